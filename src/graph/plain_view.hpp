#pragma once
#include <optional>

#include "graph/graph.hpp"

/// How arrays look to the kernels of a PlainProgram. Internal to src/graph.
namespace assay::graph::plain {

/// Lanes from which on loops run along the columns; an array with fewer is seen as one long row, entry after entry.
inline constexpr std::size_t fewest_lanes = 64;

/// The extent over which loops see an array: the rows, and the columns they run along. The positions are the same.
struct View {
  std::size_t rows = 0;
  std::size_t columns = 0;
  bool operator==(const View&) const = default;
};

[[nodiscard]] View view_of(std::size_t rows, std::size_t columns);
[[nodiscard]] View view_of(const Node& node);

/// The positions of an index over rows × columns, as an index over view_of(rows, columns).
[[nodiscard]] Index index_in_view(const Index& index, std::size_t rows, std::size_t columns);

/// Positions that stay in their column: Index(r, c) = number(r, c)·columns + c. The row numbers, like an Index:
/// number(r, c) = row(r) + column(c), or the table's entry.
[[nodiscard]] std::optional<Index> row_numbers(const Index& index, const View& loop);

/// Whether different places have different positions, all below `size`.
[[nodiscard]] bool is_injective(const Index& index, const View& loop, std::size_t size);

}  // namespace assay::graph::plain
