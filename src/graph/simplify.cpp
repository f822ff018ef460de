#include <cstdlib>

#include "graph/graph.hpp"

/// Simplifications of entrywise operations: members of Graph that return a node of equal value, if there is one that is
/// simpler than the operation itself.
namespace assay::graph {

namespace {

/// Exact powers of constants are folded up to this exponent: larger ones may be astronomically long.
constexpr std::int64_t largest_folded_exponent = 64;

}  // namespace

const Rational* Graph::uniform_constant(NodeId id) const {
  const Node& node = nodes_[id];
  if (node.operation != Operation::constant) return nullptr;
  const Constant& value = constant_of(node);
  return value.rationals.size() == 1 ? &value.rationals[0] : nullptr;
}

bool Graph::is_constant(NodeId id, const Rational& q) const {
  const Rational* value = uniform_constant(id);
  return value != nullptr && *value == q;
}

std::optional<NodeId> Graph::simplified(Operation operation, const std::vector<NodeId>& x) {
  if (const std::optional<NodeId> number = folded(operation, x)) return number;
  switch (operation) {
    case Operation::add:
    case Operation::subtract: return simplified_sum(operation, x[0], x[1]);
    case Operation::multiply: return simplified_product(x[0], x[1]);
    case Operation::divide:
      if (is_constant(x[1], 1)) return x[0];
      return std::nullopt;
    case Operation::maximum:
    case Operation::minimum: return x[0] == x[1] ? std::optional(x[0]) : std::nullopt;
    case Operation::real_power: return is_constant(x[1], 1) ? std::optional(x[0]) : std::nullopt;
    default: return x.size() == 1 ? simplified_unary(operation, x[0]) : std::nullopt;
  }
}

std::optional<NodeId> Graph::simplified_sum(Operation operation, NodeId x, NodeId y) {
  const bool is_sum = operation == Operation::add;
  if (is_constant(y, 0)) return x;
  if (is_constant(x, 0)) return is_sum ? y : entrywise(Operation::negate, {y});
  const auto negated = [&](NodeId id) -> std::optional<NodeId> {
    return nodes_[id].operation == Operation::negate ? std::optional(nodes_[id].operands[0]) : std::nullopt;
  };
  if (const std::optional<NodeId> z = negated(y))
    return entrywise(is_sum ? Operation::subtract : Operation::add, {x, *z});
  if (const std::optional<NodeId> z = negated(x); z && is_sum) return entrywise(Operation::subtract, {y, *z});
  return std::nullopt;
}

std::optional<NodeId> Graph::simplified_product(NodeId x, NodeId y) {
  if (uniform_constant(y) != nullptr) std::swap(x, y);
  const Rational* factor = uniform_constant(x);
  if (factor == nullptr) return std::nullopt;
  if (*factor == 0) return nodes_[y].is_smooth ? std::optional(x) : std::nullopt;
  if (*factor == 1) return y;
  if (*factor == -1) return entrywise(Operation::negate, {y});
  const Node other = nodes_[y];              // a copy: building nodes moves them
  if (other.operation == Operation::negate)  // the factor is not 0
    return entrywise(Operation::multiply, {constant(Rational(-*factor), other.rows, other.columns), other.operands[0]});
  if (other.operation != Operation::multiply) return std::nullopt;
  for (std::size_t i = 0; i < 2; ++i)
    if (const Rational* inner = uniform_constant(other.operands[i])) {
      const NodeId rest = other.operands[1 - i];
      return entrywise(Operation::multiply, {constant(Rational(*factor * *inner), other.rows, other.columns), rest});
    }
  return std::nullopt;
}

std::optional<NodeId> Graph::simplified_unary(Operation operation, NodeId x) {
  const Operation inner = nodes_[x].operation;
  if (operation == Operation::negate && inner == Operation::negate) return nodes_[x].operands[0];
  const bool is_nonnegative = inner == Operation::abs || inner == Operation::relu;
  if ((operation == Operation::abs || operation == Operation::relu) && is_nonnegative) return x;
  if (operation == Operation::abs && inner == Operation::negate)
    return entrywise(Operation::abs, {nodes_[x].operands[0]});
  return std::nullopt;
}

/// The operation on numbers that are the same everywhere, done exactly, where it is defined and rational.
std::optional<NodeId> Graph::folded(Operation operation, const std::vector<NodeId>& x) {
  std::vector<Rational> q;
  for (const NodeId id : x) {
    const Rational* value = uniform_constant(id);
    if (value == nullptr) return std::nullopt;
    q.push_back(*value);
  }
  const Node& first = nodes_[x[0]];
  const auto number = [&](const Rational& value) -> std::optional<NodeId> {
    return constant(value, first.rows, first.columns);
  };
  switch (operation) {
    case Operation::add: return number(q[0] + q[1]);
    case Operation::subtract: return number(q[0] - q[1]);
    case Operation::multiply: return number(q[0] * q[1]);
    case Operation::divide: return q[1] == 0 ? std::nullopt : number(q[0] / q[1]);
    case Operation::maximum: return number(q[0] > q[1] ? q[0] : q[1]);
    case Operation::minimum: return number(q[0] < q[1] ? q[0] : q[1]);
    case Operation::negate: return number(-q[0]);
    case Operation::abs: return number(::abs(q[0]));
    case Operation::relu: return number(relu(q[0]));
    case Operation::step: return q[0] == 0 ? std::nullopt : number(q[0] > 0 ? 1 : 0);
    case Operation::sign: return q[0] == 0 ? std::nullopt : number(sgn(q[0]));
    case Operation::choose: return q[0] == q[1] ? std::nullopt : number(q[0] > q[1] ? q[2] : q[3]);
    default: return std::nullopt;
  }
}

NodeId Graph::integer_power(NodeId x, std::int64_t n) {
  const std::size_t rows = nodes_[x].rows;
  const std::size_t columns = nodes_[x].columns;
  if ((n == 0 && nodes_[x].is_smooth) || rows * columns == 0) return constant(Rational(1), rows, columns);
  if (n == 1) return x;
  if (const Rational* q = uniform_constant(x); q != nullptr && std::abs(n) <= largest_folded_exponent)
    if (n > 0 || *q != 0) return constant(power(*q, static_cast<long>(n)), rows, columns);
  return add({Operation::integer_power, rows, columns, n, {x}}, std::to_string(n));
}

}  // namespace assay::graph
