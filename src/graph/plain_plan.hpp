#pragma once
#include <unordered_map>

#include "graph/plain_view.hpp"

/// What a PlainProgram does in which order: the first half of its construction. Internal to src/graph.
///
/// Only some nodes, the *roots*, are given an array; the others are computed in registers wherever they are used. Roots
/// whose columns depend on the same columns of each other only are computed together in a *stage*, tile of columns by
/// tile of columns, so that their arrays need not leave the cache.
namespace assay::graph::plain {

/// Where the array of a node is kept.
enum class Home : std::uint8_t {
  none,      ///< nowhere: not a root, or used by its own kernel only
  input,     ///< the caller's
  constant,  ///< known when the program was made
  global,    ///< all of it, while a stage may need it
  tile       ///< the columns of the tile that a thread works on
};

/// A value that a root reads.
struct Read {
  NodeId from = 0;
  bool is_local = false;   ///< in the same columns only
  bool is_direct = false;  ///< the same entry only, so that a register of the same kernel can hold it
};

/// What is known of a needed node.
struct Place {
  bool is_needed = false;
  bool is_root = false;
  Home home = Home::none;
  bool is_output = false;
  bool is_reduced = false;    ///< summed over columns: complete after its stage
  bool is_injective = false;  ///< a scatter that never adds to the same place twice
  std::size_t level = 0;      ///< stages below this level come before
  std::size_t stage = 0;
  std::size_t rank = 0;  ///< steps of the stage below this rank come before
  std::size_t step = 0;
  std::vector<Read> reads;
};

/// Roots that are computed together: several of one kernel, or one product or log_sum_exp.
struct Step {
  std::size_t rank = 0;
  bool is_kernel = false;
  std::size_t rows = 0;  ///< of a kernel's loop
  std::vector<NodeId> roots;
};

struct Stage {
  std::size_t level = 0;
  std::size_t columns = 0;  ///< 0: a single product or log_sum_exp of few lanes, not cut into tiles
  std::vector<Step> steps;
};

struct Plan {
  std::vector<Place> places;  ///< of each node
  std::vector<Stage> stages;
};

/// The arrays known beforehand: results of earlier runs under their nodes.
using KnownArrays = std::unordered_map<NodeId, std::vector<double>>;

/// @param known  nodes to be taken as constants
[[nodiscard]] Plan make_plan(const Graph& graph, const std::vector<NodeId>& outputs, const KnownArrays& known);

/// Nodes without inputs that a program for `outputs` should be given as known arrays: as few as hold all that can be
/// computed beforehand. Picks of constants are left to be done on the way, where they need no array.
[[nodiscard]] std::vector<NodeId> constant_frontier(const Graph& graph, const std::vector<NodeId>& outputs);

/// The columns a root's stage runs along, and the rows of its loop.
[[nodiscard]] View loop_of(const Graph& graph, const Node& node);

/// Whether the operation is computed by the registers of a kernel, entry by entry.
[[nodiscard]] bool is_entrywise(Operation operation) noexcept;

}  // namespace assay::graph::plain
