#pragma once
#include <string>
#include <vector>

#include "notation/syntax.hpp"
#include "number/rational.hpp"

/// Makes small pieces of the syntax tree, without places in a text.
namespace assay::symbolic::tree {

using notation::BinaryOp;
using notation::ExprPtr;

/// The parser takes at most 1,000 operations upon each other: longer sums and products are bracketed into parts.
inline constexpr std::size_t longest_chain = 500;

[[nodiscard]] inline ExprPtr named(const std::string& name) { return notation::make_expr(notation::Name{name}, {}); }
[[nodiscard]] inline ExprPtr integer(const Integer& n) {
  return notation::make_expr(notation::NumberLiteral{Rational(n), n.get_str()}, {});
}
[[nodiscard]] inline ExprPtr binary(BinaryOp op, ExprPtr left, ExprPtr right) {
  return notation::make_expr(notation::Binary{op, std::move(left), std::move(right)}, {});
}
[[nodiscard]] inline ExprPtr negated(ExprPtr e) {
  return notation::make_expr(notation::Unary{notation::UnaryOp::negate, std::move(e)}, {});
}
[[nodiscard]] inline ExprPtr number(const Rational& q) {
  ExprPtr out = integer(abs(q.get_num()));
  if (q < 0) out = negated(out);
  return q.get_den() == 1 ? out : binary(BinaryOp::divide, out, integer(q.get_den()));
}
[[nodiscard]] inline ExprPtr call(const std::string& name, const std::vector<ExprPtr>& arguments) {
  notation::Call out{named(name), {}};
  for (const ExprPtr& argument : arguments) out.arguments.push_back({"", argument});
  return notation::make_expr(std::move(out), {});
}

}  // namespace assay::symbolic::tree
