#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <vector>

#include "base/contract.hpp"
#include "graph/graph.hpp"

/// Evaluation of graphs in any arithmetic, entry by entry: slow, and simple enough to be the definition of what a graph
/// means.
namespace assay::graph {

/// An entry of an array: a number of the arithmetic, or why there is none.
template <class Real>
struct Entry {
  Real value{};
  Status status = Status::ok;
};

/// Evaluates graphs in the arithmetic A, one of those of evaluate/ or another with their functions: a scalar type
/// `Real`, and members that put the result into `out` and return a Status:
///     real(out, q), add, subtract, multiply, divide, maximum, minimum (out, x, y), negate, abs, relu (out, x),
///     power(out, x, n), power(out, x, y), apply(f, out, x), and compare(x, y) → Relations; optionally pi() → Real.
///
/// Guarantee: if A's operations are right, then so is every entry with status `ok`, and where a function on the way is
/// undefined the entry is not `ok`. Undefined means: outside a natural domain; step and sign at 0, choose at a tie.
template <class A>
class GraphEvaluator {
 public:
  using Real = typename A::Real;
  using Array = std::vector<Entry<Real>>;

  /// @param inputs  by index, as long as the input nodes' extents.
  GraphEvaluator(const Graph& graph, const A& arithmetic, const std::vector<std::vector<Real>>& inputs)
      : graph_(graph), arithmetic_(arithmetic), inputs_(inputs) {}

  /// The entries of a node, by rows. Each node is evaluated once.
  const Array& operator()(NodeId id) {
    known_.resize(graph_.size());  // the graph may have grown
    std::vector<NodeId> open = {id};
    while (!open.empty()) {
      const NodeId next = open.back();
      if (known_[next]) {
        open.pop_back();
        continue;
      }
      bool is_ready = true;
      for (const NodeId operand : graph_.node(next).operands)
        if (!known_[operand]) {
          open.push_back(operand);
          is_ready = false;
        }
      if (is_ready) known_[next] = evaluated(graph_.node(next));
    }
    return *known_[id];
  }

 private:
  using Item = Entry<Real>;

  const Array& of(NodeId id) const { return *known_[id]; }

  Array evaluated(const Node& node) const {
    switch (node.operation) {
      case Operation::input: return input(node);
      case Operation::constant: return constant(node);
      case Operation::pi: return {pi()};
      case Operation::variable: return of(node.operands[0]);
      case Operation::log_sum_exp: return log_sum_exp(node);
      case Operation::pick: return pick(node);
      case Operation::scatter: return scatter(node);
      case Operation::product: return product(node);
      default: break;
    }
    Array out(node.size());
    std::vector<Item> x(node.operands.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
      for (std::size_t j = 0; j < x.size(); ++j) x[j] = of(node.operands[j])[i];
      out[i] = entry(node, x);
    }
    return out;
  }

  Array input(const Node& node) const {
    const auto index = static_cast<std::size_t>(node.index);
    ASSAY_ENSURE(index < inputs_.size() && inputs_[index].size() == node.size(), "an input has the extent of its node");
    Array out(node.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i].value = inputs_[index][i];
    return out;
  }

  Array constant(const Node& node) const {
    const Constant& numbers = graph_.constant_of(node);
    Array out(node.size());
    for (std::size_t i = 0; i < out.size(); ++i) out[i].status = arithmetic_.real(out[i].value, numbers.at(i));
    return out;
  }

  Item pi() const {
    if constexpr (requires { arithmetic_.pi(); }) return {arithmetic_.pi(), Status::ok};
    return {Real{}, Status::open};
  }

  Array pick(const Node& node) const {
    const Index& index = graph_.index_of(node);
    const Array& x = of(node.operands[0]);
    Array out;
    out.reserve(node.size());
    for (std::size_t r = 0; r < node.rows; ++r)
      for (std::size_t c = 0; c < node.columns; ++c) out.push_back(x[index.at(r, c, node.columns)]);
    return out;
  }

  Array scatter(const Node& node) const {
    const Index& index = graph_.index_of(node);
    const Node& source = graph_.node(node.operands[0]);
    const Array& x = of(node.operands[0]);
    Array out(node.size(), number(0));
    for (std::size_t r = 0; r < source.rows; ++r)
      for (std::size_t c = 0; c < source.columns; ++c) {
        Item& sum = out[index.at(r, c, source.columns)];
        sum = added(sum, x[r * source.columns + c]);
      }
    return out;
  }

  Array log_sum_exp(const Node& node) const {
    const Array& x = of(node.operands[0]);
    const std::size_t rows = graph_.node(node.operands[0]).rows;
    Array out(node.size());
    for (std::size_t c = 0; c < node.columns; ++c) {
      Item shift = x[c];
      for (std::size_t r = 1; r < rows; ++r) shift = apply2(&A::maximum, shift, x[r * node.columns + c]);
      Item sum = number(0);
      for (std::size_t r = 0; r < rows; ++r)
        sum = added(sum, elementary(Elementary::exp, apply2(&A::subtract, x[r * node.columns + c], shift)));
      out[c] = added(shift, elementary(Elementary::log, sum));
    }
    return out;
  }

  Array product(const Node& node) const {
    const Product& p = graph_.product_of(node);
    const Array& x = of(node.operands[0]);
    const Array& y = of(node.operands[1]);
    const std::size_t x_lanes = graph_.node(node.operands[0]).columns;
    const std::size_t y_lanes = graph_.node(node.operands[1]).columns;
    Array out(node.size(), number(0));
    for (std::size_t l = 0; l < std::max(x_lanes, y_lanes); ++l)
      for (std::size_t i = 0; i < p.m; ++i)
        for (std::size_t j = 0; j < p.n; ++j)
          for (std::size_t t = 0; t < p.k; ++t) {
            const std::size_t at_x = p.transpose_x ? t * p.m + i : i * p.k + t;
            const std::size_t at_y = p.transpose_y ? j * p.k + t : t * p.n + j;
            Item& sum = out[(i * p.n + j) * node.columns + (p.sum_lanes ? 0 : l)];
            sum = added(sum, apply2(&A::multiply, x[at_x * x_lanes + (x_lanes == 1 ? 0 : l)],
                                    y[at_y * y_lanes + (y_lanes == 1 ? 0 : l)]));
          }
    return out;
  }

  Item number(int n) const {
    Item out;
    out.status = arithmetic_.real(out.value, Rational(n));
    return out;
  }
  Item added(const Item& x, const Item& y) const { return apply2(&A::add, x, y); }

  static Status worse(Status a, Status b) {
    if (a == Status::undefined || b == Status::undefined) return Status::undefined;
    return a == Status::open ? a : b;
  }

  /// f(x) or f(x, y) where the operands are numbers.
  template <class F>
  Item apply1(F f, const Item& x) const {
    Item out{Real{}, x.status};
    if (x.status == Status::ok) out.status = f(out.value, x.value);
    return out;
  }
  template <class F>
  Item apply2(F f, const Item& x, const Item& y) const {
    Item out{Real{}, worse(x.status, y.status)};
    if (out.status == Status::ok) out.status = std::invoke(f, arithmetic_, out.value, x.value, y.value);
    return out;
  }
  Item elementary(Elementary f, const Item& x) const {
    return apply1([&](Real& out, const Real& v) { return arithmetic_.apply(f, out, v); }, x);
  }

  Item entry(const Node& node, const std::vector<Item>& x) const {
    const A& a = arithmetic_;
    switch (node.operation) {
      case Operation::add: return added(x[0], x[1]);
      case Operation::subtract: return apply2(&A::subtract, x[0], x[1]);
      case Operation::multiply: return apply2(&A::multiply, x[0], x[1]);
      case Operation::divide: return apply2(&A::divide, x[0], x[1]);
      case Operation::maximum: return apply2(&A::maximum, x[0], x[1]);
      case Operation::minimum: return apply2(&A::minimum, x[0], x[1]);
      case Operation::real_power:
        return apply2([](const A& b, Real& out, const Real& u, const Real& v) { return b.power(out, u, v); }, x[0],
                      x[1]);
      case Operation::negate: return apply1([&](Real& out, const Real& v) { return a.negate(out, v); }, x[0]);
      case Operation::abs: return apply1([&](Real& out, const Real& v) { return a.abs(out, v); }, x[0]);
      case Operation::relu: return apply1([&](Real& out, const Real& v) { return a.relu(out, v); }, x[0]);
      case Operation::integer_power:
        return apply1([&](Real& out, const Real& v) { return a.power(out, v, node.index); }, x[0]);
      case Operation::elementary: return elementary(static_cast<Elementary>(node.index), x[0]);
      case Operation::step: return chosen(x[0], number(0), number(1), number(0));
      case Operation::sign: return chosen(x[0], number(0), number(1), number(-1));
      case Operation::choose: return chosen(x[0], x[1], x[2], x[3]);
      default: ASSAY_ENSURE(false, "an entrywise operation has a meaning"); return {};
    }
  }

  /// u where x > y, v where x < y.
  Item chosen(const Item& x, const Item& y, const Item& u, const Item& v) const {
    const Status status = worse(worse(x.status, y.status), worse(u.status, v.status));
    if (status != Status::ok) return {Real{}, status};
    switch (arithmetic_.compare(x.value, y.value)) {
      case relation::greater: return u;
      case relation::less: return v;
      case relation::equal: return {Real{}, Status::undefined};
      default: return {Real{}, Status::open};
    }
  }

  const Graph& graph_;
  const A& arithmetic_;
  const std::vector<std::vector<Real>>& inputs_;
  std::vector<std::optional<Array>> known_;
};

}  // namespace assay::graph
