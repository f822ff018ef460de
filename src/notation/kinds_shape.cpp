#include "notation/kinds_shape.hpp"

#include <algorithm>

namespace assay::notation {

namespace {

constexpr std::int64_t largest_dimension = std::int64_t{1} << 62;

bool all_one(const std::vector<Dimension>& dimensions) {
  return std::all_of(dimensions.begin(), dimensions.end(), [](const Dimension& d) { return d == 1; });
}

/// The more that is known of two dimensions that are equal.
Dimension unify(const Dimension& left, const Dimension& right) { return left ? left : right; }

/// Dimensions with a vector of n entries as the n×1 matrix that it may be written as.
std::vector<Dimension> as_column(std::vector<Dimension> dimensions) {
  if (dimensions.size() == 1) dimensions.emplace_back(1);
  return dimensions;
}

std::optional<std::vector<Dimension>> unify_all(const std::vector<Dimension>& left,
                                                const std::vector<Dimension>& right) {
  const bool mixed = left.size() != right.size() && left.size() <= 2 && right.size() <= 2;
  const std::vector<Dimension> a = mixed ? as_column(left) : left;
  const std::vector<Dimension> b = mixed ? as_column(right) : right;
  if (a.size() != b.size()) return std::nullopt;
  std::vector<Dimension> result;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (differ(a[i], b[i])) return std::nullopt;
    result.push_back(unify(a[i], b[i]));
  }
  if (mixed) result.pop_back();
  return result;
}

/// The product of two tensors of known rank 1 or 2, none of them a number.
std::optional<Shape> matrix_product(const std::vector<Dimension>& left, const std::vector<Dimension>& right,
                                    NumberSort entries) {
  if (left.size() > 2 || right.size() > 2 || (left.size() == 1 && right.size() == 1)) return std::nullopt;
  const std::vector<Dimension> a = as_column(left);
  const std::vector<Dimension> b = as_column(right);
  if (differ(a[1], b[0])) return std::nullopt;
  if (right.size() == 1) {
    // The single entry of a row times a column is a number: without the number of rows it is not known whether this
    // is a vector.
    if (!a[0]) return Shape{std::nullopt, entries};
    return Shape{std::vector<Dimension>{a[0]}, entries};
  }
  const bool may_be_single = (!a[0] || a[0] == 1) && (!b[1] || b[1] == 1);
  if (may_be_single && !(a[0] && b[1])) return Shape{std::nullopt, entries};
  return Shape{std::vector<Dimension>{a[0], b[1]}, entries};
}

}  // namespace

std::optional<Shape> shape_of(const KindPtr& kind) {
  if (std::holds_alternative<AnyKind>(kind->form)) return Shape{};
  if (const auto* number = std::get_if<NumberKind>(&kind->form)) return Shape{std::vector<Dimension>{}, number->sort};
  if (const auto* tensor = std::get_if<TensorKind>(&kind->form)) return Shape{tensor->dimensions, tensor->entries};
  return std::nullopt;
}

KindPtr kind_of(const Shape& shape) {
  return shape.dimensions ? tensor_kind(*shape.dimensions, shape.entries) : numeric_kind(shape.entries);
}

bool may_be_number(const Shape& shape) { return !shape.dimensions || all_one(*shape.dimensions); }

std::optional<Dimension> length_of(const Shape& shape) {
  if (!shape.dimensions) return Dimension{};
  const std::vector<Dimension>& dimensions = *shape.dimensions;
  if (dimensions.size() == 1) return dimensions[0];
  if (dimensions.size() != 2) return std::nullopt;
  if (dimensions[1] == 1) return dimensions[0];
  if (dimensions[0] == 1) return dimensions[1];
  if (dimensions[0] && dimensions[1]) return std::nullopt;
  return Dimension{};
}

std::optional<std::pair<Dimension, Dimension>> matrix_dimensions(const Shape& shape) {
  if (!shape.dimensions) return std::pair<Dimension, Dimension>{};
  const std::vector<Dimension>& dimensions = *shape.dimensions;
  if (dimensions.size() == 1) return std::pair<Dimension, Dimension>{dimensions[0], 1};
  if (dimensions.size() == 2) return std::pair{dimensions[0], dimensions[1]};
  return std::nullopt;
}

Dimension entry_count(const Shape& shape) {
  if (!shape.dimensions) return std::nullopt;
  std::int64_t count = 1;
  for (const Dimension& dimension : *shape.dimensions) {
    if (!dimension) return std::nullopt;
    if (*dimension != 0 && count > largest_dimension / *dimension) return std::nullopt;
    count *= *dimension;
  }
  return count;
}

Dimension dimension_of(const KindPtr& kind) {
  const auto* number = std::get_if<NumberKind>(&kind->form);
  if (number == nullptr || !number->value || number->value->get_den() != 1) return std::nullopt;
  const Integer& value = number->value->get_num();
  if (value < 0 || mpz_sizeinbase(value.get_mpz_t(), 2) > 62) return std::nullopt;
  return value.get_si();
}

Dimension add(const Dimension& left, const Dimension& right) {
  if (!left || !right || *left > largest_dimension - 1 || *right > largest_dimension - 1 - *left) return std::nullopt;
  return *left + *right;
}

bool differ(const Dimension& left, const Dimension& right) { return left && right && *left != *right; }

NumberSort combine_sorts(NumberSort left, NumberSort right) {
  if (left == NumberSort::complex || right == NumberSort::complex) return NumberSort::complex;
  return std::max(left, right);
}

std::optional<Shape> entrywise_shape(const Shape& left, const Shape& right) {
  const NumberSort entries = combine_sorts(left.entries, right.entries);
  if (left.dimensions && all_one(*left.dimensions) && (!right.dimensions || !right.dimensions->empty()))
    return Shape{right.dimensions, entries};
  if (right.dimensions && all_one(*right.dimensions)) return Shape{left.dimensions, entries};
  if (!left.dimensions) return Shape{right.dimensions, entries};
  if (!right.dimensions) return Shape{left.dimensions, entries};
  std::optional<std::vector<Dimension>> unified = unify_all(*left.dimensions, *right.dimensions);
  if (!unified) return std::nullopt;
  return Shape{std::move(unified), entries};
}

std::optional<Shape> product_shape(const Shape& left, const Shape& right) {
  const NumberSort entries = combine_sorts(left.entries, right.entries);
  if (left.dimensions && right.dimensions && !all_one(*left.dimensions) && !all_one(*right.dimensions))
    return matrix_product(*left.dimensions, *right.dimensions, entries);
  if (left.dimensions && all_one(*left.dimensions) && (!right.dimensions || !right.dimensions->empty()))
    return Shape{right.dimensions, entries};
  if (right.dimensions && all_one(*right.dimensions)) return Shape{left.dimensions, entries};
  return Shape{std::nullopt, entries};
}

std::optional<Shape> transpose_shape(const Shape& shape) {
  if (!shape.dimensions || shape.dimensions->empty()) return shape;
  const std::vector<Dimension>& dimensions = *shape.dimensions;
  if (dimensions.size() == 1) return Shape{std::vector<Dimension>{1, dimensions[0]}, shape.entries};
  if (dimensions.size() == 2) return Shape{std::vector<Dimension>{dimensions[1], dimensions[0]}, shape.entries};
  return std::nullopt;
}

}  // namespace assay::notation
