#pragma once
#include <memory>

#include "base/thread_pool.hpp"
#include "graph/plain_layout.hpp"
#include "graph/plain_program.hpp"

/// The inside of a PlainProgram. Internal to src/graph.
namespace assay::graph {

namespace plain {

/// Memory that begins at a cache line.
class AlignedDoubles {
 public:
  explicit AlignedDoubles(std::size_t size = 0) : memory_(size + 8) {
    void* p = memory_.data();
    std::size_t space = memory_.size() * sizeof(double);
    data_ = static_cast<double*>(std::align(64, size * sizeof(double), p, space));
  }
  AlignedDoubles(AlignedDoubles&&) noexcept = default;
  AlignedDoubles& operator=(AlignedDoubles&&) noexcept = default;
  AlignedDoubles(const AlignedDoubles&) = delete;  // a copy's memory would begin elsewhere
  AlignedDoubles& operator=(const AlignedDoubles&) = delete;
  ~AlignedDoubles() = default;
  [[nodiscard]] double* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return memory_.size(); }

 private:
  std::vector<double> memory_;
  double* data_ = nullptr;
};

}  // namespace plain

/// A program: what was planned, and the memory that it runs in.
struct PlainProgram::Body {
  Body(const Graph& g, const std::vector<NodeId>& results, unsigned threads, plain::KnownArrays known);

  void run(const std::vector<std::span<const double>>& inputs);

  /// What a thread has of its own.
  struct Own {
    plain::AlignedDoubles memory;
    std::vector<double*> bases;
    std::vector<std::size_t> pitches;
    std::vector<double*> places;
  };

  void make_constants(plain::KnownArrays known);
  void make_threads();
  void bind_inputs(const std::vector<std::span<const double>>& arrays);
  void copy_outputs();
  void run_tiled(const plain::LaidStage& stage);
  void run_whole(const plain::LaidStage& stage);
  void run_tiles(const plain::LaidStage& stage, unsigned thread);
  void run_step(const plain::LaidStage& stage, const plain::LaidStep& step, unsigned thread, std::size_t first,
                std::size_t width, bool is_first_tile);
  void run_kernel(const plain::LaidStage& stage, const plain::CompiledKernel& kernel, unsigned thread,
                  std::size_t first, std::size_t width);
  void run_product(const plain::LaidStage& stage, NodeId id, unsigned thread, std::size_t first, std::size_t width,
                   bool is_first_tile);
  void run_log_sum_exp(const plain::LaidStage& stage, NodeId id, unsigned thread, std::size_t first, std::size_t width);
  void add_sums(const plain::LaidStage& stage, unsigned thread);
  void clear(NodeId id, unsigned thread, std::size_t first, std::size_t width);
  /// The array of a node, in a thread that uses it; of a tile, the tile.
  double* array(NodeId id, unsigned thread) const;
  /// The same from the given column on, for arrays whose rows are their lanes.
  double* columns_from(NodeId id, unsigned thread, std::size_t first) const {
    return array(id, thread) + (place(id).home == plain::Home::tile ? 0 : first);
  }
  std::size_t pitch(NodeId id, std::size_t width) const {
    return place(id).home == plain::Home::tile ? width : graph.node(id).columns;
  }
  const plain::Place& place(NodeId id) const { return layout.plan.places[id]; }

  Graph graph;
  std::vector<NodeId> outputs;
  plain::Layout layout;
  plain::KnownArrays constants;
  std::vector<const double*> inputs;        ///< of each node that is an input
  std::vector<std::vector<double>> copies;  ///< of outputs that are inputs
  plain::AlignedDoubles memory;
  std::vector<Own> own;                    ///< of each thread
  std::vector<std::vector<double*>> sums;  ///< sums[thread]: of each node, in the stage that runs
  ThreadPool pool;
};

}  // namespace assay::graph
