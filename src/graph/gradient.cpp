#include <algorithm>
#include <array>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "graph/graph.hpp"

namespace assay::graph {

namespace {

/// Builds the adjoints of one reverse sweep. The adjoint of a node z is ∂(Σ output)/∂z, an array of z's extent.
class ReverseSweep {
 public:
  ReverseSweep(Graph& graph, NodeId output, const std::vector<NodeId>& inputs);
  NodeId adjoint_or_zero(NodeId id);

 private:
  /// z = node(id) has the adjoint g: adds to the adjoints of its operands.
  void differentiate(NodeId id, NodeId g);
  void entrywise(const Node& z, NodeId id, NodeId g);
  void binary(const Node& z, NodeId id, NodeId g);
  void elementary(const Node& z, NodeId id, NodeId g);
  void log_sum_exp(const Node& z, NodeId id, NodeId g);
  void product(const Node& z, NodeId g);
  /// The adjoint of x grows by what `term` builds, if x depends on an input.
  template <class Term>
  void accumulate(NodeId x, Term term) {
    if (x >= is_active_.size() || !is_active_[x]) return;
    const NodeId more = term();
    adjoints_[x] = adjoints_[x] ? add(*adjoints_[x], more) : more;
  }

  NodeId number(const Rational& q, NodeId like) {
    return graph_.constant(q, graph_.node(like).rows, graph_.node(like).columns);
  }
  NodeId add(NodeId x, NodeId y) { return graph_.entrywise(Operation::add, {x, y}); }
  NodeId subtract(NodeId x, NodeId y) { return graph_.entrywise(Operation::subtract, {x, y}); }
  NodeId multiply(NodeId x, NodeId y) { return graph_.entrywise(Operation::multiply, {x, y}); }
  NodeId divide(NodeId x, NodeId y) { return graph_.entrywise(Operation::divide, {x, y}); }
  NodeId negate(NodeId x) { return graph_.entrywise(Operation::negate, {x}); }
  NodeId apply(Elementary f, NodeId x) { return graph_.elementary(f, x); }
  NodeId square(NodeId x) { return graph_.integer_power(x, 2); }
  NodeId one_plus(NodeId x) { return add(number(1, x), x); }
  NodeId one_minus(NodeId x) { return subtract(number(1, x), x); }
  NodeId elementary_term(Elementary f, NodeId x, NodeId z, NodeId g);

  Graph& graph_;
  std::vector<bool> is_active_;  ///< of the nodes that existed before the sweep: depends on one of the inputs
  std::vector<std::optional<NodeId>> adjoints_;
};

ReverseSweep::ReverseSweep(Graph& graph, NodeId output, const std::vector<NodeId>& inputs)
    : graph_(graph), is_active_(std::size_t{output} + 1), adjoints_(std::size_t{output} + 1) {
  for (const NodeId input : inputs)
    if (input <= output) is_active_[input] = true;
  for (NodeId id = 0; id <= output; ++id)
    for (const NodeId operand : graph_.node(id).operands)
      if (is_active_[operand]) is_active_[id] = true;
  accumulate(output, [&] { return number(1, output); });
  for (NodeId id = output + 1; id-- > 0;)
    if (adjoints_[id] && is_active_[id]) differentiate(id, *adjoints_[id]);
}

NodeId ReverseSweep::adjoint_or_zero(NodeId id) {
  return id < adjoints_.size() && adjoints_[id] ? *adjoints_[id] : number(0, id);
}

void ReverseSweep::differentiate(NodeId id, NodeId g) {
  const Node z = graph_.node(id);  // a copy: building nodes moves them
  switch (z.operation) {
    case Operation::input:
    case Operation::constant:
    case Operation::pi: return;
    case Operation::elementary: return elementary(z, id, g);
    case Operation::log_sum_exp: return log_sum_exp(z, id, g);
    case Operation::variable: return accumulate(z.operands[0], [&] { return g; });
    case Operation::product: return product(z, g);
    case Operation::pick:  // transposed: the adjoint goes back to where its entry came from
    case Operation::scatter: {
      const Index index = graph_.index_of(z);
      const NodeId x = z.operands[0];
      const std::size_t rows = graph_.node(x).rows;
      const std::size_t columns = graph_.node(x).columns;
      return accumulate(x, [&] {
        return z.operation == Operation::pick ? graph_.scatter(g, rows, columns, index)
                                              : graph_.pick(g, rows, columns, index);
      });
    }
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::maximum:
    case Operation::minimum:
    case Operation::real_power: return binary(z, id, g);
    default: return entrywise(z, id, g);
  }
}

void ReverseSweep::binary(const Node& z, NodeId id, NodeId g) {
  const NodeId x = z.operands[0];
  const NodeId y = z.operands[1];
  const auto choose = [&](NodeId u, NodeId v) { return graph_.entrywise(Operation::choose, {x, y, u, v}); };
  const NodeId zero = number(0, x);
  switch (z.operation) {
    case Operation::add:  // dz = dx + dy
      accumulate(x, [&] { return g; });
      return accumulate(y, [&] { return g; });
    case Operation::subtract:  // dz = dx − dy
      accumulate(x, [&] { return g; });
      return accumulate(y, [&] { return negate(g); });
    case Operation::multiply:  // dz = y dx + x dy
      accumulate(x, [&] { return multiply(g, y); });
      return accumulate(y, [&] { return multiply(g, x); });
    case Operation::divide:  // dz = dx/y − (z/y) dy
      accumulate(x, [&] { return divide(g, y); });
      return accumulate(y, [&] { return negate(divide(multiply(g, id), y)); });
    case Operation::maximum:  // dz = dx where x > y, dy where x < y
      accumulate(x, [&] { return choose(g, zero); });
      return accumulate(y, [&] { return choose(zero, g); });
    case Operation::minimum:  // dz = dy where x > y, dx where x < y
      accumulate(x, [&] { return choose(zero, g); });
      return accumulate(y, [&] { return choose(g, zero); });
    case Operation::real_power:  // d xʸ = y x^(y−1) dx + xʸ log x dy for x > 0; at the end 0 of its domain undefined
      accumulate(x, [&] {
        const NodeId less = graph_.entrywise(Operation::real_power, {x, subtract(y, number(1, y))});
        return multiply(g, multiply(y, graph_.entrywise(Operation::choose, {x, zero, less, zero})));
      });
      return accumulate(y, [&] { return multiply(g, multiply(id, apply(Elementary::log, x))); });
    default: ASSAY_ENSURE(false, "an operation of two operands has a derivative");
  }
}

void ReverseSweep::entrywise(const Node& z, NodeId /*id*/, NodeId g) {
  const NodeId x = z.operands[0];
  switch (z.operation) {
    case Operation::negate:  // dz = −dx
      return accumulate(x, [&] { return negate(g); });
    case Operation::integer_power:  // d xⁿ = n x^(n−1) dx
      if (z.index == 0) return;
      return accumulate(x, [&] {
        const NodeId less = graph_.integer_power(x, z.index - 1);
        return multiply(g, multiply(number(Rational(exact_integer(z.index)), x), less));
      });
    case Operation::abs:  // d|x| = sign(x) dx
      return accumulate(x, [&] { return multiply(g, graph_.entrywise(Operation::sign, {x})); });
    case Operation::relu:  // d max(x, 0) = step(x) dx
      return accumulate(x, [&] { return multiply(g, graph_.entrywise(Operation::step, {x})); });
    case Operation::step:
    case Operation::sign: return;  // locally constant
    case Operation::choose: {      // dz = du where x > y, dv where x < y; locally constant in x and y
      const NodeId y = z.operands[1];
      const NodeId zero = number(0, x);
      accumulate(z.operands[2], [&] { return graph_.entrywise(Operation::choose, {x, y, g, zero}); });
      return accumulate(z.operands[3], [&] { return graph_.entrywise(Operation::choose, {x, y, zero, g}); });
    }
    default: ASSAY_ENSURE(false, "an entrywise operation has a derivative");
  }
}

/// g·f′(x) for z = f(x).
NodeId ReverseSweep::elementary_term(Elementary f, NodeId x, NodeId z, NodeId g) {
  switch (f) {
    case Elementary::sqrt: return divide(g, multiply(number(2, z), z));           // 1/(2√x)
    case Elementary::exp: return multiply(g, z);                                  // eˣ
    case Elementary::log: return divide(g, x);                                    // 1/x
    case Elementary::sin: return multiply(g, apply(Elementary::cos, x));          // cos x
    case Elementary::cos: return negate(multiply(g, apply(Elementary::sin, x)));  // −sin x
    case Elementary::tan: return multiply(g, one_plus(square(z)));                // 1 + tan² x
    case Elementary::asin:                                                        // 1/√(1 − x²)
      return divide(g, apply(Elementary::sqrt, one_minus(square(x))));
    case Elementary::acos:  // −1/√(1 − x²)
      return negate(divide(g, apply(Elementary::sqrt, one_minus(square(x)))));
    case Elementary::atan: return divide(g, one_plus(square(x)));           // 1/(1 + x²)
    case Elementary::sinh: return multiply(g, apply(Elementary::cosh, x));  // cosh x
    case Elementary::cosh: return multiply(g, apply(Elementary::sinh, x));  // sinh x
    case Elementary::tanh: return multiply(g, one_minus(square(z)));        // 1 − tanh² x
    case Elementary::erf: {                                                 // 2/√π · exp(−x²)
      const NodeId scale = divide(number(2, graph_.pi()), apply(Elementary::sqrt, graph_.pi()));
      const NodeId bell = apply(Elementary::exp, negate(square(x)));
      return multiply(g, multiply(graph_.broadcast(scale, graph_.node(x).rows, graph_.node(x).columns), bell));
    }
    case Elementary::gamma: return multiply(g, multiply(z, apply(Elementary::digamma, x)));  // Γ′ = Γ·ψ
    case Elementary::digamma: break;
  }
  throw NotSupported({}, "the second derivative of gamma");
}

void ReverseSweep::elementary(const Node& z, NodeId id, NodeId g) {
  const NodeId x = z.operands[0];
  accumulate(x, [&] { return elementary_term(static_cast<Elementary>(z.index), x, id, g); });
}

/// d log Σ exp x_r = Σ exp(x_r − z) dx_r.
void ReverseSweep::log_sum_exp(const Node& z, NodeId id, NodeId g) {
  const NodeId x = z.operands[0];
  accumulate(x, [&] {
    const std::size_t rows = graph_.node(x).rows;
    const std::size_t columns = graph_.node(x).columns;
    const NodeId softmax = apply(Elementary::exp, subtract(x, graph_.broadcast(id, rows, columns)));
    return multiply(graph_.broadcast(g, rows, columns), softmax);
  });
}

/// For z = X·Y with X = op(x), Y = op(y) the adjoints are X̄ = g·Yᵀ and Ȳ = Xᵀ·g; of a transposed operand, which is Xᵀ,
/// the adjoint is X̄ᵀ = Y·gᵀ (and gᵀ·X). An operand with one lane takes part in all, so its adjoint is their sum; where
/// the result is their sum, every lane has the same adjoint.
void ReverseSweep::product(const Node& z, NodeId g) {
  const Product p = graph_.product_of(z);
  const NodeId x = z.operands[0];
  const NodeId y = z.operands[1];
  const auto adjoint_of = [&](NodeId operand, NodeId left, NodeId right, Product shape) {
    shape.sum_lanes = graph_.node(operand).columns == 1;
    const NodeId result = graph_.product(left, right, shape);
    return graph_.broadcast(result, graph_.node(operand).rows, graph_.node(operand).columns);
  };
  accumulate(x, [&] {
    return p.transpose_x ? adjoint_of(x, y, g, {p.k, p.n, p.m, p.transpose_y, true, false})
                         : adjoint_of(x, g, y, {p.m, p.n, p.k, false, !p.transpose_y, false});
  });
  accumulate(y, [&] {
    return p.transpose_y ? adjoint_of(y, g, x, {p.n, p.m, p.k, true, p.transpose_x, false})
                         : adjoint_of(y, x, g, {p.k, p.m, p.n, !p.transpose_x, false, false});
  });
}

}  // namespace

std::vector<NodeId> gradient(Graph& graph, NodeId output, const std::vector<NodeId>& inputs) {
  ReverseSweep sweep(graph, output, inputs);
  std::vector<NodeId> derivatives;
  derivatives.reserve(inputs.size());
  for (const NodeId input : inputs) derivatives.push_back(sweep.adjoint_or_zero(input));
  return derivatives;
}

}  // namespace assay::graph
