#pragma once
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "notation/kinds.hpp"

/// The algebra of shapes: what `+`, `*`, `'` and `^` make of known and unknown dimensions.
namespace assay::notation {

/// Shape and entries of a number (no dimensions), vector, matrix or tensor; of unknown rank if `dimensions` is empty.
struct Shape {
  std::optional<std::vector<Dimension>> dimensions;
  NumberSort entries = NumberSort::any;
};

/// The shape of a kind that may be a number or tensor; nullopt if it certainly is neither.
[[nodiscard]] std::optional<Shape> shape_of(const KindPtr& kind);
[[nodiscard]] KindPtr kind_of(const Shape& shape);

/// Whether the shape can be that of a number: rank 0, every dimension known to be 1, or unknown.
[[nodiscard]] bool may_be_number(const Shape& shape);
/// The number of entries if it can stand for a vector: rank 1, or a matrix with one column or one row. nullopt if it
/// certainly cannot; a contained nullopt if the number is not known.
[[nodiscard]] std::optional<Dimension> length_of(const Shape& shape);
/// Rows and columns if it can stand for a matrix (a vector is a column); nullopt if it certainly cannot.
[[nodiscard]] std::optional<std::pair<Dimension, Dimension>> matrix_dimensions(const Shape& shape);
/// The product of all dimensions, if known and less than 2^62.
[[nodiscard]] Dimension entry_count(const Shape& shape);
/// The non-negative integer that a kind is known to be, if it is less than 2^62.
[[nodiscard]] Dimension dimension_of(const KindPtr& kind);

/// The sum of two dimensions, if known and less than 2^62.
[[nodiscard]] Dimension add(const Dimension& left, const Dimension& right);
/// Whether two dimensions certainly differ.
[[nodiscard]] bool differ(const Dimension& left, const Dimension& right);

/// The sort of the result of an operation that is closed in each sort, like + and *.
[[nodiscard]] NumberSort combine_sorts(NumberSort left, NumberSort right);

/// The shape of an entrywise operation: equal shapes, or a number with anything. nullopt if the shapes certainly
/// differ.
[[nodiscard]] std::optional<Shape> entrywise_shape(const Shape& left, const Shape& right);

/// The shape of `left * right`: scaling if one is a number, else the matrix product, in which a vector is a column and
/// a row times a column a number. nullopt if the shapes certainly do not fit.
[[nodiscard]] std::optional<Shape> product_shape(const Shape& left, const Shape& right);

/// The shape of the transpose; nullopt for tensors of rank above 2.
[[nodiscard]] std::optional<Shape> transpose_shape(const Shape& shape);

}  // namespace assay::notation
