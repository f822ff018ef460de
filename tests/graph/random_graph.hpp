#pragma once
#include <random>
#include <vector>

#include "graph/graph.hpp"

/// Random graphs over all operations, for property tests.
namespace assay::graph {

struct GraphKind {
  bool has_elementary = true;  ///< else values of rational inputs are rational
  bool has_kinks = true;
  std::vector<std::size_t> lanes = {1, 2, 5, 64, 70, 130, 600};
  std::size_t most_rows = 6;
};

struct RandomGraph {
  Graph graph;
  std::vector<NodeId> inputs;
  std::vector<NodeId> nodes;  ///< of which tests choose outputs; the last is the deepest
};

/// A graph of `operations` random operations: the same for the same arguments.
[[nodiscard]] RandomGraph random_graph(unsigned seed, int operations, const GraphKind& kind);

/// Inputs for the graph: multiples of 1/8 in [−2, 2], so that sums and products of a few are exact doubles.
[[nodiscard]] std::vector<std::vector<Rational>> random_inputs(unsigned seed, const RandomGraph& random);
[[nodiscard]] std::vector<std::vector<double>> doubles(const std::vector<std::vector<Rational>>& arrays);

}  // namespace assay::graph
