#include "kernel/sample_plan.hpp"

#include "base/error.hpp"

namespace assay::kernel {

namespace {

/// The rational that a number literal spells, perhaps with a sign or divided by another.
std::optional<Rational> constant(const notation::Expr& expression) {
  if (const auto* number = std::get_if<notation::NumberLiteral>(&expression.node)) return number->value;
  if (const auto* sign = std::get_if<notation::Unary>(&expression.node); sign != nullptr) {
    const std::optional<Rational> operand = constant(*sign->operand);
    if (operand && sign->op == notation::UnaryOp::negate) return -*operand;
  }
  if (const auto* pair = std::get_if<notation::Binary>(&expression.node);
      pair != nullptr && pair->op == notation::BinaryOp::divide) {
    const std::optional<Rational> left = constant(*pair->left);
    const std::optional<Rational> right = constant(*pair->right);
    if (left && right && *right != 0) return *left / *right;
  }
  return std::nullopt;
}

Rational number(const notation::Argument& argument) {
  if (const std::optional<Rational> value = constant(*argument.value)) return *value;
  throw InputError(Diagnostic{argument.value->where, "the argument '" + argument.name + "' must be a number", ""});
}

[[noreturn]] void refuse(const SourceRange& where, const std::string& message) {
  throw InputError(Diagnostic{where, message, ""});
}

}  // namespace

std::optional<SamplePlan> sample_plan(const std::optional<notation::Method>& method) {
  if (!method || method->name != "sampling") return std::nullopt;
  constexpr long most_points = 100000000;
  SamplePlan plan;
  std::optional<Rational> low;
  std::optional<Rational> high;
  for (const notation::Argument& argument : method->arguments) {
    const Rational value = number(argument);
    const SourceRange& where = argument.value->where;
    if (argument.name == "n") {
      if (value.get_den() != 1 || value < 1 || value > most_points)
        refuse(where, "n must be an integer from 1 to 10^8");
      plan.points = value.get_num().get_ui();
    } else if (argument.name == "seed") {
      if (value.get_den() != 1 || !value.get_num().fits_slong_p()) refuse(where, "the seed must be a 64-bit integer");
      plan.seed = value.get_num().get_si();
    } else if (argument.name == "low") {
      low = value;
    } else if (argument.name == "high") {
      high = value;
    } else {
      if (value <= 0 || value >= 1) refuse(where, "the confidence must be between 0 and 1");
      plan.confidence = value;
    }
  }
  if (low.has_value() != high.has_value()) refuse(method->where, "a range has two ends: give both 'low' and 'high'");
  if (low && !(*low < *high)) refuse(method->where, "'low' must be less than 'high'");
  if (low) plan.range = {*low, *high};
  return plan;
}

}  // namespace assay::kernel
