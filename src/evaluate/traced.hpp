#pragma once
#include <memory>
#include <optional>
#include <vector>

#include "evaluate/structure.hpp"
#include "graph/graph.hpp"

namespace assay::evaluate {

/// A real number that is not computed but written down as a node of a graph; and an array of them, which is one node as
/// well. So one evaluation of a formula gives the graph of the function that it is of its inputs.
///
/// An array knows its size; how it is cut into entries and lanes, the operations say. Single elements can be read and
/// written, each as a node of its own: right, but slow, so that whatever moves or computes many has its own way below.
class Traced {
 public:
  using Scalar = Traced;

  Traced() = default;  ///< the number 0
  /// An array of which each element has to be set before it is used.
  explicit Traced(std::size_t size) : size_(size) {
    if (size != 1) elements_.resize(size);
  }
  Traced(graph::Graph& graph, graph::NodeId node) : graph_(&graph), node_(node), size_(graph.node(node).size()) {}

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] Traced get(std::size_t i) const;
  void set(std::size_t i, Traced x);
  /// The node of the array, cut into rows × columns.
  [[nodiscard]] graph::NodeId node(graph::Graph& graph, std::size_t rows, std::size_t columns) const;
  /// Rows and columns in which the array stands already, so that using it so cuts nothing anew.
  [[nodiscard]] std::pair<std::size_t, std::size_t> extent() const;
  /// The graph; null for numbers that no operation made.
  [[nodiscard]] graph::Graph* graph() const noexcept { return graph_; }

 private:
  graph::Graph* graph_ = nullptr;
  std::optional<graph::NodeId> node_;  ///< nothing: zero, or made of `elements_`
  std::size_t size_ = 1;
  std::vector<Traced> elements_;
};

/// The elements of `arrays`, one array after the other, at the places of `table`.
[[nodiscard]] std::shared_ptr<const Traced> gathered(const std::vector<const Traced*>& arrays, std::size_t entries,
                                                     std::size_t lanes, std::vector<std::uint32_t> table);
template <class From>
[[nodiscard]] std::shared_ptr<const Traced> rearranged(const Traced& in, std::size_t entries, std::size_t lanes,
                                                       From from) {
  std::vector<std::uint32_t> table(entries * lanes);
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < lanes; ++l) {
      const std::size_t i = from(e, l);
      table[e * lanes + l] = static_cast<std::uint32_t>(i == from_nowhere ? 0 : i);
    }
  return gathered({&in}, entries, lanes, std::move(table));
}

template <class To>
[[nodiscard]] std::shared_ptr<const Traced> assembled(const std::vector<Part<Traced, To>>& parts, std::size_t entries,
                                                      std::size_t lanes) {
  std::vector<std::uint32_t> table(entries * lanes);
  std::vector<const Traced*> arrays;
  std::size_t first = 0;
  for (const auto& part : parts) {
    for (std::size_t e = 0; e < part.entries; ++e)
      for (std::size_t l = 0; l < part.lanes; ++l)
        table[part.to(e, l)] =
            static_cast<std::uint32_t>(first + e * part.stored_lanes + (part.stored_lanes == 1 ? 0 : l));
    arrays.push_back(part.array);
    first += part.array->size();
  }
  return gathered(arrays, entries, lanes, std::move(table));
}

}  // namespace assay::evaluate
