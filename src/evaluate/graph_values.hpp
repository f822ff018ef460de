#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "evaluate/product.hpp"
#include "evaluate/softmax.hpp"
#include "graph/graph.hpp"

namespace assay::evaluate {

/// The values of a graph's nodes in one of the evaluator's arithmetics, whole arrays at a time, each computed once.
///
/// An array may have a *depth*: it then stands for that many arrays of the node's extent, which differ in the input
/// that was given with this depth (the seeds of a derivative), element (r, c) of array d at index (r·columns + c)·depth
/// + d. So the derivatives in many directions are computed together, by the same matrix products. Nodes may depend on
/// such an input linearly only.
///
/// Guarantee: as for the evaluator. Where a status is `ok` every element is right; `undefined`: some element on the way
/// certainly is no number, or a derivative was asked for at a kink (step and sign at 0, choose at a tie); `open`: this
/// arithmetic cannot tell.
template <class A>
class GraphValues {
 public:
  using Real = typename A::Real;
  using Array = typename A::RealArray;

  struct Values {
    std::shared_ptr<const Array> numbers;  ///< null if the status is not ok
    std::size_t depth = 1;
    Status status = Status::ok;
  };

  GraphValues(const graph::Graph& graph, const A& arithmetic, const Budget& budget)
      : graph_(graph), arithmetic_(arithmetic), budget_(budget) {}

  /// Gives the input of that index its elements, in `depth` variants; forgets what was computed from former ones.
  void set_input(std::size_t index, std::shared_ptr<const Array> numbers, std::size_t depth = 1) {
    if (inputs_.size() <= index) inputs_.resize(index + 1);
    if (inputs_[index].numbers) forget_dependents(index);
    inputs_[index] = {std::move(numbers), depth, Status::ok};
  }

  const Values& operator()(graph::NodeId id) {
    known_.resize(graph_.size());  // the graph may have grown
    std::vector<graph::NodeId> open = {id};
    while (!open.empty()) {
      const graph::NodeId next = open.back();
      if (known_[next]) {
        open.pop_back();
        continue;
      }
      const std::size_t before = open.size();
      for (const graph::NodeId operand : graph_.node(next).operands)
        if (!known_[operand]) open.push_back(operand);
      if (open.size() > before) continue;
      budget_.check();
      known_[next] = evaluated(graph_.node(next));
    }
    return *known_[id];
  }

  /// What made the first undefined value so, in words; empty if there was none.
  [[nodiscard]] const std::string& cause() const noexcept { return cause_; }
  /// Whether an order was decided by separated enclosures.
  [[nodiscard]] bool used_enclosures() const noexcept { return used_enclosures_; }

  /// The relation between two numbers, noting whether enclosures decided it.
  [[nodiscard]] Relations compare(const Real& x, const Real& y) {
    const Relations possible = arithmetic_.compare(x, y);
    if (possible == relation::less || possible == relation::greater)
      used_enclosures_ = used_enclosures_ || !arithmetic_.is_order_exact(x, y);
    return possible;
  }

 private:
  using Node = graph::Node;
  using O = graph::Operation;

  const Values& of(const Node& node, std::size_t i) const { return *known_[node.operands[i]]; }

  void forget_dependents(std::size_t index) {
    std::vector<bool> depends(known_.size());
    for (graph::NodeId id = 0; id < known_.size(); ++id) {
      const Node& node = graph_.node(id);
      depends[id] = node.operation == O::input && node.index == static_cast<std::int64_t>(index);
      for (const graph::NodeId operand : node.operands) depends[id] = depends[id] || depends[operand];
      if (depends[id]) known_[id].reset();
    }
  }

  Values failed(Status status, const char* cause) {
    if (status == Status::undefined && cause_.empty()) cause_ = cause;
    return {nullptr, 1, status};
  }

  Values evaluated(const Node& node) {
    Status status = Status::ok;
    for (std::size_t i = 0; i < node.operands.size(); ++i) status = combine(status, of(node, i).status);
    if (status != Status::ok) return {nullptr, 1, status};
    switch (node.operation) {
      case O::input: return input(node);
      case O::constant: return constant(node);
      case O::pi:
        if constexpr (requires { arithmetic_.pi(); }) {
          Array out(1);
          out.set(0, arithmetic_.pi());
          return {std::make_shared<const Array>(std::move(out)), 1, Status::ok};
        } else {
          return failed(Status::open, "");
        }
      case O::variable: return of(node, 0);
      case O::log_sum_exp: return log_sum_exp(node);
      case O::pick: return pick(node);
      case O::scatter: return scatter(node);
      case O::product: return product(node);
      case O::add: return binary(node, "", [&](Real& r, const auto& x, const auto& y) { return a().add(r, x, y); });
      case O::subtract:
        return binary(node, "", [&](Real& r, const auto& x, const auto& y) { return a().subtract(r, x, y); });
      case O::multiply:
        return binary(node, "", [&](Real& r, const auto& x, const auto& y) { return a().multiply(r, x, y); });
      case O::divide:
        return binary(node, "a division by 0",
                      [&](Real& r, const auto& x, const auto& y) { return a().divide(r, x, y); });
      case O::maximum:
        return binary(node, "", [&](Real& r, const auto& x, const auto& y) { return a().maximum(r, x, y); });
      case O::minimum:
        return binary(node, "", [&](Real& r, const auto& x, const auto& y) { return a().minimum(r, x, y); });
      case O::real_power:
        return binary(node, "a power outside its domain",
                      [&](Real& r, const auto& x, const auto& y) { return a().power(r, x, y); });
      default: return unary(node);
    }
  }

  Values unary(const Node& node) {
    const Real zero = arithmetic_.real(0);
    switch (node.operation) {
      case O::negate: return map(node, "", [&](Real& r, const auto& x) { return a().negate(r, x); });
      case O::abs: return map(node, "", [&](Real& r, const auto& x) { return a().abs(r, x); });
      case O::relu: return map(node, "", [&](Real& r, const auto& x) { return a().relu(r, x); });
      case O::integer_power:
        if (node.index == 2) return map(node, "", [&](Real& r, const auto& x) { return a().square(r, x); });
        return map(node, "a negative power of 0", [&](Real& r, const auto& x) { return a().power(r, x, node.index); });
      case O::elementary:
        return map(node, "a function outside its domain",
                   [&](Real& r, const auto& x) { return a().apply(static_cast<Elementary>(node.index), r, x); });
      case O::step:
        return map(node, "the derivative of relu at 0",
                   [&](Real& r, const auto& x) { return chosen(r, x, zero, arithmetic_.real(1), zero); });
      case O::sign:
        return map(node, "the derivative of abs at 0", [&](Real& r, const auto& x) {
          return chosen(r, x, zero, arithmetic_.real(1), arithmetic_.real(-1));
        });
      case O::choose: return choose(node);
      default: ASSAY_ENSURE(false, "an entrywise operation has a meaning"); return {};
    }
  }

  const A& a() const noexcept { return arithmetic_; }

  /// u where x > y, v where x < y: as one value, if the arithmetic has such.
  Status chosen(Real& out, const Real& x, const Real& y, const Real& u, const Real& v) {
    if constexpr (requires { arithmetic_.chosen(out, x, y, u, v); }) return arithmetic_.chosen(out, x, y, u, v);
    switch (compare(x, y)) {
      case relation::greater: out = u; return Status::ok;
      case relation::less: out = v; return Status::ok;
      case relation::equal: return Status::undefined;
      default: return Status::open;
    }
  }

  Values input(const Node& node) const {
    const auto index = static_cast<std::size_t>(node.index);
    ASSAY_ENSURE(index < inputs_.size() && inputs_[index].numbers &&
                     inputs_[index].numbers->size() == node.size() * inputs_[index].depth,
                 "an input has the extent of its node");
    return inputs_[index];
  }

  Values constant(const Node& node) {
    const graph::Constant& numbers = graph_.constant_of(node);
    Status status = Status::ok;
    if (numbers.rationals.empty() && numbers.doubles.size() == node.size())
      return {std::make_shared<const Array>(arithmetic_.reals(numbers.doubles)), 1, status};
    Array out(node.size());
    std::vector<Real> values(numbers.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      status = combine(status, arithmetic_.real(values[i], numbers.at(i)));
    for (std::size_t i = 0; i < node.size(); ++i) out.set(i, values[values.size() == 1 ? 0 : i]);
    if (status != Status::ok) return failed(status, "");
    return {std::make_shared<const Array>(std::move(out)), 1, Status::ok};
  }

  template <class Op>
  Values map(const Node& node, const char* cause, Op op) {
    const Values& x = of(node, 0);
    const std::size_t size = node.size() * x.depth;
    Array out(size);
    Status status = Status::ok;
    for (std::size_t i = 0; i < size; ++i) {
      Real result{};
      status = combine(status, op(result, x.numbers->get(i)));
      out.set(i, std::move(result));
    }
    if (status != Status::ok) return failed(status, cause);
    return {std::make_shared<const Array>(std::move(out)), x.depth, Status::ok};
  }

  template <class Op>
  Values binary(const Node& node, const char* cause, Op op) {
    const Values& x = of(node, 0);
    const Values& y = of(node, 1);
    const std::size_t depth = std::max(x.depth, y.depth);
    Array out(node.size() * depth);
    Status status = Status::ok;
    for (std::size_t i = 0; i < node.size(); ++i)
      for (std::size_t d = 0; d < depth; ++d) {
        Real result{};
        status = combine(status, op(result, x.numbers->get(x.depth == 1 ? i : i * depth + d),
                                    y.numbers->get(y.depth == 1 ? i : i * depth + d)));
        out.set(i * depth + d, std::move(result));
      }
    if (status != Status::ok) return failed(status, cause);
    return {std::make_shared<const Array>(std::move(out)), depth, Status::ok};
  }

  Values choose(const Node& node) {
    std::array<const Values*, 4> in{};
    std::size_t depth = 1;
    for (std::size_t k = 0; k < in.size(); ++k) {
      in[k] = &of(node, k);
      depth = std::max(depth, in[k]->depth);
    }
    Array out(node.size() * depth);
    Status status = Status::ok;
    for (std::size_t i = 0; i < node.size() * depth; ++i) {
      const auto operand = [&](std::size_t k) -> decltype(auto) {
        return in[k]->numbers->get(in[k]->depth == 1 ? i / depth : i);
      };
      Real result{};
      status = combine(status, chosen(result, operand(0), operand(1), operand(2), operand(3)));
      out.set(i, std::move(result));
    }
    if (status != Status::ok) return failed(status, "the derivative of max, min or a power at a kink");
    return {std::make_shared<const Array>(std::move(out)), depth, Status::ok};
  }

  Values pick(const Node& node) {
    const graph::Index& index = graph_.index_of(node);
    const Values& x = of(node, 0);
    const std::size_t depth = x.depth;
    auto numbers = rearranged(*x.numbers, node.rows, node.columns * depth, [&](std::size_t r, std::size_t l) {
      return index.at(r, l / depth, node.columns) * depth + l % depth;
    });
    return {std::move(numbers), depth, Status::ok};
  }

  Values scatter(const Node& node) {
    const graph::Index& index = graph_.index_of(node);
    const Node& source = graph_.node(node.operands[0]);
    const Values& x = of(node, 0);
    const std::size_t depth = x.depth;
    std::vector<std::optional<Real>> sums(node.size() * depth);
    Status status = Status::ok;
    for (std::size_t r = 0; r < source.rows; ++r)
      for (std::size_t c = 0; c < source.columns; ++c) {
        const std::size_t to = index.at(r, c, source.columns) * depth;
        const std::size_t from = (r * source.columns + c) * depth;
        for (std::size_t d = 0; d < depth; ++d) {
          std::optional<Real>& sum = sums[to + d];
          if (!sum) {
            sum = x.numbers->get(from + d);
            continue;
          }
          Real next{};
          status = combine(status, arithmetic_.add(next, *sum, x.numbers->get(from + d)));
          sum = std::move(next);
        }
      }
    if (status != Status::ok) return failed(status, "");
    Array out(sums.size());
    for (std::size_t i = 0; i < sums.size(); ++i) out.set(i, sums[i] ? std::move(*sums[i]) : arithmetic_.real(0));
    return {std::make_shared<const Array>(std::move(out)), depth, Status::ok};
  }

  Values log_sum_exp(const Node& node) {
    const Node& source = graph_.node(node.operands[0]);
    const Values& x = of(node, 0);
    ASSAY_ENSURE(x.depth == 1, "only what depends linearly on an input has a depth");
    if constexpr (!A::is_exact) {
      std::vector<Status> statuses;
      Array out = evaluate::log_sum_exp(arithmetic_, *x.numbers, source.rows, source.columns, statuses);
      return finished(std::move(out), 1, statuses);
    } else {
      Array out(node.columns);
      Status status = Status::ok;
      for (std::size_t c = 0; c < node.columns; ++c) {
        Real sum = arithmetic_.real(0);
        for (std::size_t r = 0; r < source.rows; ++r) {
          Real power{};
          Real next{};
          status = combine(status, arithmetic_.apply(Elementary::exp, power, x.numbers->get(r * node.columns + c)));
          status = combine(status, arithmetic_.add(next, sum, power));
          sum = std::move(next);
        }
        Real log{};
        status = combine(status, arithmetic_.apply(Elementary::log, log, sum));
        out.set(c, std::move(log));
      }
      return finished(std::move(out), 1, {status});
    }
  }

  Values finished(Array out, std::size_t depth, const std::vector<Status>& statuses) {
    Status status = Status::ok;
    for (const Status each : statuses) status = combine(status, each);
    if (status != Status::ok) return failed(status, "");
    return {std::make_shared<const Array>(std::move(out)), depth, Status::ok};
  }

  // Products. An operand's element (i, t, c, d), of row i and column t of the matrix of lane c and variant d, is at
  // i·s₀ + t·s₁ + c·s₂ + d·s₃.
  struct Operand {
    const Array* numbers;
    std::size_t lanes;
    std::size_t depth;
    std::array<std::size_t, 4> strides;
  };
  static Operand operand(const Values& values, std::size_t lanes, std::size_t rows, std::size_t columns,
                         bool transpose) {
    const std::size_t unit = lanes * values.depth;
    return {values.numbers.get(),
            lanes,
            values.depth,
            {(transpose ? 1 : columns) * unit, (transpose ? rows : 1) * unit, lanes == 1 ? 0 : values.depth,
             values.depth == 1 ? std::size_t{0} : std::size_t{1}}};
  }
  /// The array whose element (i₀, i₁, i₂, i₃), by rows over `extents`, is in(i₀·s₀ + i₁·s₁ + i₂·s₂ + i₃·s₃ + first).
  static std::shared_ptr<const Array> strided(const Array& in, const std::array<std::size_t, 4>& extents,
                                              const std::array<std::size_t, 4>& strides, std::size_t first = 0) {
    return rearranged(in, extents[0] * extents[1], extents[2] * extents[3], [&](std::size_t e, std::size_t l) {
      return first + e / extents[1] * strides[0] + e % extents[1] * strides[1] + l / extents[3] * strides[2] +
             l % extents[3] * strides[3];
    });
  }
  Array dense(const Array& x, const Array& y, std::size_t rows, std::size_t inner, std::size_t columns,
              std::vector<Status>& statuses) {
    if (auto out = dense_product(arithmetic_, x, y, rows, inner, columns)) return std::move(*out);
    return generic_product(arithmetic_, x, 1, y, 1, {rows, inner, columns, {}}, statuses);
  }

  Values product(const Node& node) {
    const graph::Product& p = graph_.product_of(node);
    const Operand x = operand(of(node, 0), graph_.node(node.operands[0]).columns, p.m, p.k, p.transpose_x);
    const Operand y = operand(of(node, 1), graph_.node(node.operands[1]).columns, p.k, p.n, p.transpose_y);
    const std::size_t lanes = std::max(x.lanes, y.lanes);
    const std::size_t depth = std::max(x.depth, y.depth);
    ASSAY_ENSURE(x.depth == 1 || y.depth == 1, "only what depends linearly on an input has a depth");
    std::vector<Status> statuses;
    if (p.sum_lanes) return summed_product(p, x, y, lanes, depth);
    if (x.lanes == lanes && y.lanes == lanes && lanes > 1) return lanewise_product(p, x, y, lanes, depth);
    // One matrix product: the lanes and variants of x join its rows, those of y its columns.
    const auto [xi, xt, xc, xd] = x.strides;
    const auto [yt, yj, yc, yd] = y.strides;
    const auto left = strided(*x.numbers, {p.m, x.lanes, x.depth, p.k}, {xi, xc, xd, xt});
    const auto right = strided(*y.numbers, {p.k, p.n, y.lanes, y.depth}, {yt, yj, yc, yd});
    const std::size_t rows = p.m * x.lanes * x.depth;
    const std::size_t columns = p.n * y.lanes * y.depth;
    Array out = dense(*left, *right, rows, p.k, columns, statuses);
    if (x.lanes * x.depth == 1) return finished(std::move(out), depth, statuses);
    // From (i, lane and variant of x; j, lane and variant of y) to (i, j; lane, variant).
    const std::size_t of_x = columns;
    const auto ordered = strided(out, {p.m, p.n, lanes, depth},
                                 {x.lanes * x.depth * of_x, y.lanes * y.depth,
                                  x.lanes > 1   ? x.depth * of_x
                                  : y.lanes > 1 ? y.depth
                                                : 0,
                                  x.depth > 1   ? of_x
                                  : y.depth > 1 ? std::size_t{1}
                                                : std::size_t{0}});
    return finished(*ordered, depth, statuses);
  }

  /// Σ over lanes: the lanes join the inner dimension.
  Values summed_product(const graph::Product& p, const Operand& x, const Operand& y, std::size_t lanes,
                        std::size_t depth) {
    const auto [xi, xt, xc, xd] = x.strides;
    const auto [yt, yj, yc, yd] = y.strides;
    std::vector<Status> statuses;
    const auto left = strided(*x.numbers, {p.m, x.depth, p.k, lanes}, {xi, xd, xt, xc});
    const auto right = strided(*y.numbers, {p.k, lanes, p.n, y.depth}, {yt, yc, yj, yd});
    Array out = dense(*left, *right, p.m * x.depth, p.k * lanes, p.n * y.depth, statuses);
    if (x.depth == 1) return finished(std::move(out), depth, statuses);
    const auto ordered = strided(out, {p.m, p.n, 1, depth}, {x.depth * p.n, 1, 0, p.n});
    return finished(*ordered, depth, statuses);
  }

  /// Both operands vary with the lanes: a product in each.
  Values lanewise_product(const graph::Product& p, const Operand& x, const Operand& y, std::size_t lanes,
                          std::size_t depth) {
    const auto [xi, xt, xc, xd] = x.strides;
    const auto [yt, yj, yc, yd] = y.strides;
    std::vector<Status> statuses;
    if (depth == 1) {
      const auto left = strided(*x.numbers, {p.m, p.k, lanes, 1}, {xi, xt, xc, 0});
      const auto right = strided(*y.numbers, {p.k, p.n, lanes, 1}, {yt, yj, yc, 0});
      Array out = generic_product(arithmetic_, *left, lanes, *right, lanes, {p.m, p.k, p.n, {}}, statuses);
      return finished(std::move(out), 1, statuses);
    }
    Array out(p.m * p.n * lanes * depth);
    for (std::size_t c = 0; c < lanes; ++c) {
      const auto left = strided(*x.numbers, {p.m, x.depth, p.k, 1}, {xi, xd, xt, 0}, c * xc);
      const auto right = strided(*y.numbers, {p.k, 1, p.n, y.depth}, {yt, 0, yj, yd}, c * yc);
      Array one = dense(*left, *right, p.m * x.depth, p.k, p.n * y.depth, statuses);
      for (std::size_t i = 0; i < p.m; ++i)
        for (std::size_t j = 0; j < p.n; ++j)
          for (std::size_t d = 0; d < depth; ++d)
            out.set(((i * p.n + j) * lanes + c) * depth + d,
                    one.get(x.depth > 1 ? (i * depth + d) * p.n + j : (i * p.n + j) * depth + d));
    }
    return finished(std::move(out), depth, statuses);
  }

  const graph::Graph& graph_;
  const A& arithmetic_;
  const Budget& budget_;
  std::vector<Values> inputs_;
  std::vector<std::optional<Values>> known_;
  std::string cause_;
  bool used_enclosures_ = false;
};

}  // namespace assay::evaluate
