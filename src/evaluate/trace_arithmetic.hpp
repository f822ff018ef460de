#pragma once
#include <string>
#include <vector>

#include "evaluate/product.hpp"
#include "evaluate/traced.hpp"

namespace assay::evaluate {

class TraceArithmetic;

/// What an evaluation that is written down as a graph asks of the one it serves, if that one knows the numbers at which
/// the graph is wanted: the derivatives of a function at a point (evaluator_derivatives.hpp).
class TraceHost {
 public:
  TraceHost() = default;
  TraceHost(const TraceHost&) = delete;
  TraceHost& operator=(const TraceHost&) = delete;
  virtual ~TraceHost() = default;

  /// The value of a definition that is no function, as constants or inputs of the graph.
  [[nodiscard]] virtual Value<TraceArithmetic> definition(const Node& name) = 0;
  /// The relations between two nodes, 1 × 1 each, that hold at the point and all around it: a tie of numbers that vary
  /// with what is differentiated by is not decided, because derivatives would not see its other side.
  [[nodiscard]] virtual Relations compare(graph::NodeId x, graph::NodeId y) = 0;
  /// Whether the numbers are exact, so that definitions are followed step by step rather than evaluated stably.
  [[nodiscard]] virtual bool is_exact() const = 0;
};

/// Writes a formula down as a graph (graph/graph.hpp) instead of computing it: the arithmetic behind training and
/// derivatives. Machine integers, and with them all indices, sets and conditions on them, are computed as everywhere.
///
/// Real numbers have an order only if there is a host to ask; without one a condition on them is open. relu, abs, max
/// and min have nodes. Complex numbers are open unless they are real.
class TraceArithmetic {
 public:
  using Real = Traced;
  using Complex = Traced;
  using RealArray = Traced;
  using ComplexArray = Traced;
  static constexpr bool is_traced = true;
  static constexpr bool is_exact = true;
  static constexpr bool is_symbolic = false;
  /// A graph is best made of few large nodes.
  static constexpr std::size_t block_lanes = std::size_t{1} << 20U;
  static constexpr std::size_t largest_array = std::size_t{1} << 31U;
  static constexpr const char* name = "a graph";

  explicit TraceArithmetic(graph::Graph& graph, TraceHost* host = nullptr) : graph_(&graph), host_(host) {}

  [[nodiscard]] Traced real(std::int64_t n) const { return constant(Rational(static_cast<long>(n))); }
  [[nodiscard]] Status real(Traced& out, const Rational& q) const { return done(out, constant(q)); }
  [[nodiscard]] Traced reals(const std::vector<double>& values) const;
  [[nodiscard]] Traced reals(const IntArray& values) const;
  [[nodiscard]] Traced pi() const { return {*graph_, graph_->pi()}; }
  [[nodiscard]] Traced complex(const Traced& x) const { return x; }
  [[nodiscard]] Status complex(Traced&, const Traced&, const Traced&) const { return Status::open; }
  [[nodiscard]] Status re(Traced& out, const Traced& z) const { return done(out, z); }
  [[nodiscard]] Status im(Traced& out, const Traced& z) const;
  [[nodiscard]] Status conj(Traced& out, const Traced& z) const { return done(out, z); }

  [[nodiscard]] Status add(Traced& out, const Traced& x, const Traced& y) const {
    return entrywise(out, graph::Operation::add, {&x, &y});
  }
  [[nodiscard]] Status subtract(Traced& out, const Traced& x, const Traced& y) const {
    return entrywise(out, graph::Operation::subtract, {&x, &y});
  }
  [[nodiscard]] Status multiply(Traced& out, const Traced& x, const Traced& y) const {
    return entrywise(out, graph::Operation::multiply, {&x, &y});
  }
  /// `undefined` if y is the constant 0; elsewhere it is for the one who runs the graph to notice.
  [[nodiscard]] Status divide(Traced& out, const Traced& x, const Traced& y) const;
  [[nodiscard]] Status negate(Traced& out, const Traced& x) const {
    return entrywise(out, graph::Operation::negate, {&x});
  }
  [[nodiscard]] Status square(Traced& out, const Traced& x) const { return power(out, x, std::int64_t{2}); }
  [[nodiscard]] Status power(Traced& out, const Traced& x, std::int64_t n) const;
  [[nodiscard]] Status power(Traced& out, const Traced& x, const Traced& y) const {
    return entrywise(out, graph::Operation::real_power, {&x, &y});
  }
  [[nodiscard]] Status complex_power(Traced&, const Traced&, const Traced&) const { return Status::open; }
  [[nodiscard]] Status apply(Elementary f, Traced& out, const Traced& x) const;
  [[nodiscard]] Status complex_apply(Elementary, Traced&, const Traced&) const { return Status::open; }
  [[nodiscard]] Status abs(Traced& out, const Traced& x) const { return entrywise(out, graph::Operation::abs, {&x}); }
  [[nodiscard]] Status relu(Traced& out, const Traced& x) const { return entrywise(out, graph::Operation::relu, {&x}); }
  [[nodiscard]] Status maximum(Traced& out, const Traced& x, const Traced& y) const {
    return entrywise(out, graph::Operation::maximum, {&x, &y});
  }
  [[nodiscard]] Status minimum(Traced& out, const Traced& x, const Traced& y) const {
    return entrywise(out, graph::Operation::minimum, {&x, &y});
  }
  [[nodiscard]] Status floor(Traced&, const Traced&) const { return Status::open; }
  [[nodiscard]] Relations compare(const Traced& x, const Traced& y) const {
    return host_ == nullptr ? relation::any : host_->compare(x.node(*graph_, 1, 1), y.node(*graph_, 1, 1));
  }
  [[nodiscard]] std::optional<std::int64_t> integer(const Traced&) const { return std::nullopt; }
  [[nodiscard]] std::optional<Rational> rational(const Traced&) const { return std::nullopt; }
  /// The host notes what it decides by enclosures.
  [[nodiscard]] bool is_order_exact(const Traced&, const Traced&) const noexcept { return host_ != nullptr; }
  [[nodiscard]] std::string text(const Traced&, long) const { return "an expression"; }
  [[nodiscard]] std::string complex_text(const Traced&, long) const { return "an expression"; }

  /// An array of entries × lanes, of which a scalar (one entry) or uniform (one lane) array is repeated.
  [[nodiscard]] Traced broadcast(const Traced& x, std::size_t entries, std::size_t lanes, std::size_t to_entries,
                                 std::size_t to_lanes) const;
  [[nodiscard]] Traced sum_of_entries(const Traced& x, std::size_t entries, std::size_t lanes) const;
  /// sums(e, origin[l]) + Σ_l terms(e, l).
  [[nodiscard]] Traced add_lanes(const Traced& sums, const Traced& terms, std::size_t entries, std::size_t term_lanes,
                                 std::size_t lanes, const std::vector<std::uint32_t>& origin,
                                 std::size_t base_lanes) const;
  /// log Σ_e exp x(e) in each lane.
  [[nodiscard]] Traced log_sum_exp(const Traced& x, std::size_t entries, std::size_t lanes) const;
  [[nodiscard]] graph::Graph& graph() const noexcept { return *graph_; }
  [[nodiscard]] TraceHost* host() const noexcept { return host_; }

 private:
  [[nodiscard]] Traced constant(const Rational& q) const { return {*graph_, graph_->constant(q)}; }
  [[nodiscard]] Status entrywise(Traced& out, graph::Operation operation,
                                 std::initializer_list<const Traced*> operands) const;
  static Status done(Traced& out, Traced value) {
    out = std::move(value);
    return Status::ok;
  }

  graph::Graph* graph_;
  TraceHost* host_;
};

[[nodiscard]] inline Traced reals_from(const TraceArithmetic& arithmetic, const IntArray& integers) {
  return arithmetic.reals(integers);
}

[[nodiscard]] Traced product(const TraceArithmetic& arithmetic, const Traced& x, std::size_t x_lanes, const Traced& y,
                             std::size_t y_lanes, const ProductShape& shape, std::vector<Status>& statuses);

}  // namespace assay::evaluate
