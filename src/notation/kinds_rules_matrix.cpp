#include <algorithm>

#include "notation/kinds_rules.hpp"

/// Rules of the functions of vectors and matrices.
namespace assay::notation::rules {

namespace {

using Dimensions = std::vector<Dimension>;

NumberSort entries_of(const RuleCall& call, std::size_t i) {
  const std::optional<Shape> shape = shape_of(call.kind(i));
  return shape ? shape->entries : NumberSort::any;
}

NumberSort with_quotients(NumberSort sort) { return sort == NumberSort::integer ? NumberSort::rational : sort; }

std::string entries_text(const Dimension& length) { return length ? std::to_string(*length) + " entries" : "entries"; }

/// Both vectors of one length; the length, or nullopt if that is certainly wrong.
std::optional<Dimension> two_vectors(const RuleCall& call) {
  const std::optional<Dimension> left = call.vector(0);
  const std::optional<Dimension> right = call.vector(1);
  if (!left || !right) return std::nullopt;
  if (differ(*left, *right)) {
    (void)call.reject(1, "a vector with " + entries_text(*left) + " like its first argument");
    return std::nullopt;
  }
  return *left ? left : right;
}

/// Matrices side by side (`along` 1) or on top of each other (`along` 0).
KindPtr stack(const RuleCall& call, bool side_by_side) {
  Dimension common;
  Dimension total = 0;
  NumberSort entries = NumberSort::integer;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const auto dimensions = call.matrix(i);
    if (!dimensions) return any_kind();
    const auto& [rows, columns] = *dimensions;
    const Dimension& across = side_by_side ? rows : columns;
    const Dimension& along = side_by_side ? columns : rows;
    if (differ(common, across))
      return call.reject(i, "a matrix with " + std::to_string(*common) + (side_by_side ? " rows" : " columns"));
    if (!common) common = across;
    total = add(total, along);
    entries = combine_sorts(entries, entries_of(call, i));
  }
  return tensor_kind(side_by_side ? Dimensions{common, total} : Dimensions{total, common}, entries);
}

/// The dimensions given by the arguments from `first` on: integers, or one vector or tuple of them (nullopt then).
struct GivenDimensions {
  bool valid = true;
  std::optional<Dimensions> dimensions;
};
GivenDimensions dimensions_from(const RuleCall& call, std::size_t first) {
  const bool single = call.count() == first + 1;
  if (single && std::holds_alternative<TupleKind>(call.kind(first)->form)) return {};
  const std::optional<Shape> shape = shape_of(call.kind(first));
  if (single && shape && (!shape->dimensions || shape->dimensions->size() == 1)) return {};
  Dimensions dimensions;
  for (std::size_t i = first; i < call.count(); ++i) {
    if (!call.integer(i)) return {false, std::nullopt};
    dimensions.push_back(dimension_of(call.kind(i)));
  }
  return {true, std::move(dimensions)};
}

}  // namespace

KindPtr transpose(const RuleCall& call) {
  const std::optional<Shape> shape = call.numeric(0);
  if (!shape) return any_kind();
  const std::optional<Shape> transposed = transpose_shape(*shape);
  return transposed ? kind_of(*transposed) : call.reject(0, "a vector or a matrix");
}

KindPtr scalar_of_square(const RuleCall& call) {
  return call.square(0) ? number_kind(entries_of(call, 0)) : any_kind();
}

KindPtr rank(const RuleCall& call) { return call.matrix(0) ? number_kind(NumberSort::integer) : any_kind(); }

KindPtr kernel(const RuleCall& call) {
  const auto dimensions = call.matrix(0);
  if (!dimensions) return any_kind();
  return tensor_kind({dimensions->second, std::nullopt}, with_quotients(entries_of(call, 0)));
}

KindPtr inverse(const RuleCall& call) {
  const std::optional<Dimension> n = call.square(0);
  return n ? tensor_kind({*n, *n}, with_quotients(entries_of(call, 0))) : any_kind();
}

KindPtr eigenvalues(const RuleCall& call) {
  const std::optional<Dimension> n = call.square(0);
  return n ? tensor_kind({*n}, NumberSort::any) : any_kind();
}

KindPtr characteristic_polynomial(const RuleCall& call) {
  const std::optional<Dimension> n = call.square(0);
  return n ? tensor_kind({add(*n, 1)}, entries_of(call, 0)) : any_kind();
}

KindPtr singular_values(const RuleCall& call) {
  const auto dimensions = call.matrix(0);
  if (!dimensions) return any_kind();
  const auto& [rows, columns] = *dimensions;
  return tensor_kind({rows && columns ? Dimension(std::min(*rows, *columns)) : std::nullopt}, NumberSort::real);
}

KindPtr inertia(const RuleCall& call) {
  if (!call.square(0)) return any_kind();
  const KindPtr count = number_kind(NumberSort::integer);
  return tuple_kind({count, count, count});
}

KindPtr norm(const RuleCall& call) {
  const std::optional<Shape> shape = call.numeric(0);
  if (!shape) return any_kind();
  if (shape->dimensions && shape->dimensions->empty())
    return call.reject(0, "a vector or a matrix", "Use `abs` for the absolute value of a number.");
  return number_kind(NumberSort::real);
}

KindPtr dot(const RuleCall& call) {
  return two_vectors(call) ? number_kind(combine_sorts(entries_of(call, 0), entries_of(call, 1))) : any_kind();
}

KindPtr outer(const RuleCall& call) {
  const std::optional<Dimension> rows = call.vector(0);
  const std::optional<Dimension> columns = call.vector(1);
  if (!rows || !columns) return any_kind();
  return tensor_kind({*rows, *columns}, combine_sorts(entries_of(call, 0), entries_of(call, 1)));
}

KindPtr identity(const RuleCall& call) {
  if (!call.integer(0)) return any_kind();
  const Dimension n = dimension_of(call.kind(0));
  return tensor_kind({n, n}, NumberSort::integer);
}

KindPtr filled(const RuleCall& call) {
  const GivenDimensions given = dimensions_from(call, 0);
  if (!given.valid) return any_kind();
  return given.dimensions ? tensor_kind(*given.dimensions, NumberSort::integer) : numeric_kind(NumberSort::integer);
}

KindPtr diag(const RuleCall& call) {
  const std::optional<Shape> shape = call.numeric(0);
  if (!shape) return any_kind();
  if (!shape->dimensions) return numeric_kind(shape->entries);
  const Dimensions& dimensions = *shape->dimensions;
  if (dimensions.size() == 1) return tensor_kind({dimensions[0], dimensions[0]}, shape->entries);
  if (dimensions.size() != 2) return call.reject(0, "a vector or a matrix");
  // The diagonal of a matrix; but a single row or column may also stand for a vector.
  const bool may_be_vector = !dimensions[0] || !dimensions[1] || dimensions[0] == 1 || dimensions[1] == 1;
  if (may_be_vector) return numeric_kind(shape->entries);
  return tensor_kind({std::min(*dimensions[0], *dimensions[1])}, shape->entries);
}

KindPtr concat(const RuleCall& call) {
  Dimension total = 0;
  NumberSort entries = NumberSort::integer;
  for (std::size_t i = 0; i < call.count(); ++i) {
    const std::optional<Shape> shape = shape_of(call.kind(i));
    const bool is_number = shape && shape->dimensions && shape->dimensions->empty();
    if (!shape || (!is_number && !length_of(*shape)))
      return call.reject(i, "a vector", "Matrices are put together by `hstack` and `vstack`.");
    total = add(total, is_number ? Dimension(1) : *length_of(*shape));
    entries = combine_sorts(entries, shape->entries);
  }
  return tensor_kind({total}, entries);
}

KindPtr hstack(const RuleCall& call) { return stack(call, true); }
KindPtr vstack(const RuleCall& call) { return stack(call, false); }

KindPtr reshape(const RuleCall& call) {
  const std::optional<Shape> shape = call.numeric(0);
  const GivenDimensions given = dimensions_from(call, 1);
  if (!shape || !given.valid) return any_kind();
  if (!given.dimensions) return numeric_kind(shape->entries);
  const Shape result{given.dimensions, shape->entries};
  const Dimension before = entry_count(*shape);
  const Dimension after = entry_count(result);
  if (differ(before, after)) {
    call.context.wrong_constant(
        call.where,
        "`reshape` cannot make " + describe(kind_of(result)) + " of " + std::to_string(*before) + " entries",
        "The number of entries must stay the same.");
    return any_kind();
  }
  return kind_of(result);
}

KindPtr shape(const RuleCall& call) {
  const std::optional<Shape> shape = call.numeric(0);
  if (!shape) return any_kind();
  const Dimension rank =
      shape->dimensions ? Dimension(static_cast<std::int64_t>(shape->dimensions->size())) : std::nullopt;
  return tensor_kind({rank}, NumberSort::integer);
}

KindPtr onehot(const RuleCall& call) {
  if (!call.integer(0) || !call.integer(1)) return any_kind();
  return tensor_kind({dimension_of(call.kind(0))}, NumberSort::integer);
}

KindPtr softmax(const RuleCall& call) {
  if (!call.vector(0)) return any_kind();
  const std::optional<Shape> shape = shape_of(call.kind(0));
  return kind_of(Shape{shape->dimensions, std::max(shape->entries, NumberSort::real)});
}

KindPtr log_sum_exp(const RuleCall& call) { return call.vector(0) ? number_kind(NumberSort::real) : any_kind(); }

KindPtr layernorm(const RuleCall& call) {
  if (!call.vector(0) || !call.real_number(1)) return any_kind();
  return kind_of(Shape{shape_of(call.kind(0))->dimensions, NumberSort::real});
}

KindPtr dft(const RuleCall& call) {
  const std::optional<Dimension> n = call.vector(0);
  return n ? tensor_kind({*n}, NumberSort::complex) : any_kind();
}

KindPtr convolve(const RuleCall& call) {
  const std::optional<Dimension> n = two_vectors(call);
  if (!n) return any_kind();
  return tensor_kind({*n}, combine_sorts(entries_of(call, 0), entries_of(call, 1)));
}

}  // namespace assay::notation::rules
