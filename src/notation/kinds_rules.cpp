#include "notation/kinds_rules.hpp"

namespace assay::notation {

KindPtr RuleCall::reject(std::size_t i, const std::string& needed, const std::string& remedy) const {
  context.mismatch(arguments[i].where,
                   code(builtin.name) + " needs " + needed + " here, but this is " + describe(kind(i)),
                   remedy.empty() ? "It is used as " + code(builtin.usage) + "." : remedy);
  return any_kind();
}

std::optional<Shape> RuleCall::numeric(std::size_t i) const {
  std::optional<Shape> shape = shape_of(kind(i));
  if (!shape) (void)reject(i, "a number, vector or matrix");
  return shape;
}

std::optional<NumberSort> RuleCall::number(std::size_t i) const {
  const std::optional<Shape> shape = shape_of(kind(i));
  if (shape && may_be_number(*shape)) return shape->entries;
  (void)reject(i, "a number");
  return std::nullopt;
}

bool RuleCall::real_number(std::size_t i) const {
  const std::optional<NumberSort> sort = number(i);
  if (sort == NumberSort::complex) (void)reject(i, "a real number", "Take its real part `re`, `im` or `abs` first.");
  return sort && sort != NumberSort::complex;
}

bool RuleCall::integer(std::size_t i) const {
  if (!real_number(i)) return false;
  const auto* known = std::get_if<NumberKind>(&kind(i)->form);
  if (known == nullptr || !known->value || known->value->get_den() == 1) return true;
  context.wrong_constant(arguments[i].where,
                         code(builtin.name) + " needs an integer here, but this is " + describe(kind(i)),
                         "Use `floor` or `ceil` if a rounded number is meant.");
  return false;
}

std::optional<Dimension> RuleCall::vector(std::size_t i) const {
  const std::optional<Shape> shape = shape_of(kind(i));
  if (shape) {
    const std::optional<Dimension> length = length_of(*shape);
    if (length) return length;
  }
  (void)reject(i, "a vector");
  return std::nullopt;
}

std::optional<std::pair<Dimension, Dimension>> RuleCall::matrix(std::size_t i) const {
  const std::optional<Shape> shape = shape_of(kind(i));
  if (shape) {
    const auto dimensions = matrix_dimensions(*shape);
    if (dimensions) return dimensions;
  }
  (void)reject(i, "a matrix");
  return std::nullopt;
}

std::optional<Dimension> RuleCall::square(std::size_t i) const {
  const auto dimensions = matrix(i);
  if (!dimensions) return std::nullopt;
  if (differ(dimensions->first, dimensions->second)) {
    (void)reject(i, "a square matrix");
    return std::nullopt;
  }
  return dimensions->first ? dimensions->first : dimensions->second;
}

const SetKind* RuleCall::set(std::size_t i) const {
  if (const auto* found = std::get_if<SetKind>(&kind(i)->form)) return found;
  if (!std::holds_alternative<AnyKind>(kind(i)->form)) (void)reject(i, "a set");
  return nullptr;
}

}  // namespace assay::notation
