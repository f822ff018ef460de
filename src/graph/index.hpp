#pragma once
#include <optional>
#include <string>

#include "graph/graph.hpp"

/// Normal forms and composition of positions in arrays.
namespace assay::graph {

/// The same positions over `rows` × `columns` in a form in which equal positions mostly look equal: axes that are
/// arithmetic progressions have no table, a table that is a sum of two axes is replaced by them, an axis of length one
/// has stride 0, and the first row carries the offset where it can.
[[nodiscard]] Index normalized(Index index, std::size_t rows, std::size_t columns);

/// Whether a normalized index is Index(r, c) = r·columns + c.
[[nodiscard]] bool is_identity(const Index& index, std::size_t rows, std::size_t columns);

/// The positions (r, c) ↦ second(i div width, i mod width) with i = first(r, c), as the sum of two axes.
/// Nothing if they are not of this form, or not evidently so.
/// @param rows, columns  the extent over which `first` is used
/// @param width  the columns of the extent that `first` points into, over which `second` is used
[[nodiscard]] std::optional<Index> composed(const Index& first, std::size_t rows, std::size_t columns,
                                            const Index& second, std::size_t width);

/// The largest position over `rows` × `columns`, both positive.
[[nodiscard]] std::size_t largest(const Index& index, std::size_t rows, std::size_t columns);

/// A text that tells normalized indices apart.
[[nodiscard]] std::string digest(const Index& index);

}  // namespace assay::graph
