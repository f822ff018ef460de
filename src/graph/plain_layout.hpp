#pragma once
#include "graph/plain_compile.hpp"
#include "graph/plain_product.hpp"

/// Where the arrays of a PlainProgram lie in memory, and what each stage does with them: the second half of its
/// construction. Internal to src/graph.
namespace assay::graph::plain {

/// Something that needs room from one moment to another, both included.
struct Lifetime {
  std::size_t first = 0;
  std::size_t last = 0;
  std::size_t size = 0;    ///< in doubles
  std::size_t offset = 0;  ///< the result
};

/// Puts things that live at the same time side by side, others over each other: each in turn at the lowest offset free
/// during its whole life. Offsets are multiples of a cache line. @returns the room needed for all.
std::size_t assign_offsets(std::vector<Lifetime>& things);

struct LaidStep {
  std::vector<NodeId> roots;
  bool is_kernel = false;
  CompiledKernel kernel;
};

/// A sum over columns for which each thread but the first has a place of its own.
struct Sum {
  NodeId node = 0;
  std::size_t size = 0;
  std::size_t offset = 0;  ///< in the thread's memory
};

struct LaidStage {
  std::size_t columns = 0;
  std::size_t widest = 0;  ///< columns in a tile at most
  unsigned threads = 1;    ///< that take part
  std::vector<LaidStep> steps;
  std::vector<Sum> sums;
  std::vector<NodeId> cleared;    ///< scatters that all threads add to
  std::size_t thread_memory = 0;  ///< doubles that each thread needs for tiles, sums and registers
  std::size_t register_offset = 0;
  std::size_t most_places = 0;
  std::size_t most_accesses = 0;
};

struct Layout {
  Plan plan;
  std::vector<LaidStage> stages;
  std::vector<std::size_t> offsets;  ///< of each node's array: in the global memory, or in a thread's
  std::size_t global_size = 0;       ///< doubles
  std::size_t thread_size = 0;       ///< doubles for each thread
};

[[nodiscard]] Layout lay_out(const Graph& graph, Plan plan, unsigned threads);

}  // namespace assay::graph::plain
