#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.hpp"
#include "evaluate_graph.hpp"
#include "graph/plain_program.hpp"
#include "random_graph.hpp"
#include "test_arithmetics.hpp"

using namespace assay;
using namespace assay::graph;

namespace {

using Rationals = std::vector<std::vector<Rational>>;
using Duals = std::vector<std::vector<DualArithmetic::Real>>;

Duals along(const Rationals& point, const Rationals& direction) {
  Duals out(point.size());
  for (std::size_t i = 0; i < point.size(); ++i)
    for (std::size_t j = 0; j < point[i].size(); ++j) out[i].push_back({point[i][j], direction[i][j]});
  return out;
}

/// Checks that the gradient's component along `direction`, both exact, is the slope of dual numbers. False if an entry
/// on the way is undefined or too long.
bool check_gradient(Graph& graph, NodeId output, const std::vector<NodeId>& inputs, const Rationals& point,
                    const Rationals& direction) {
  const std::vector<NodeId> derivatives = gradient(graph, output, inputs);
  const DualArithmetic dual;
  const Duals duals = along(point, direction);
  GraphEvaluator<DualArithmetic> slopes(graph, dual, duals);
  Rational expected = 0;
  for (const auto& entry : slopes(output)) {
    if (entry.status != Status::ok) return false;
    expected += entry.value.slope;
  }
  const RationalArithmetic rational;
  GraphEvaluator<RationalArithmetic> values(graph, rational, point);
  Rational found = 0;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const auto& component = values(derivatives[i]);
    RC_ASSERT(component.size() == point[i].size());
    for (std::size_t j = 0; j < component.size(); ++j) {
      if (component[j].status != Status::ok) return false;
      found += component[j].value * direction[i][j];
    }
  }
  RC_ASSERT(found == expected);
  return true;
}

NodeId entry(Graph& graph, NodeId x, std::size_t at) {
  Index index;
  index.row.first = static_cast<std::uint32_t>(at);
  return graph.pick(x, 1, 1, index);
}

}  // namespace

TEST_CASE("the gradient of a rational graph is exactly the derivative along every direction", "[graph][property]") {
  int checked = 0;
  CHECK(rc::check([&](unsigned seed) {
    RandomGraph random = random_graph(seed, *rc::gen::inRange(1, 12), {false, true, {1, 2, 5}, 4});
    checked += check_gradient(random.graph, random.nodes.back(), random.inputs, random_inputs(seed, random),
                              random_inputs(seed + 1, random));
  }));
  CHECK(checked > 30);
}

TEST_CASE("second derivatives are exact and symmetric", "[graph][property]") {
  int checked = 0;
  CHECK(rc::check([&](unsigned seed) {
    RandomGraph random = random_graph(seed, *rc::gen::inRange(1, 9), {false, true, {1, 2}, 3});
    Graph& graph = random.graph;
    const Rationals point = random_inputs(seed, random);
    const std::vector<NodeId> first = gradient(graph, random.nodes.back(), random.inputs);
    const std::size_t i = seed % graph.node(first[0]).size();
    const std::size_t j = seed / 7 % graph.node(first[1]).size();
    const NodeId at_i = entry(graph, first[0], i);
    const NodeId at_j = entry(graph, first[1], j);
    checked += check_gradient(graph, at_i, random.inputs, point, random_inputs(seed + 1, random));
    const NodeId ij = entry(graph, gradient(graph, at_i, {random.inputs[1]})[0], j);
    const NodeId ji = entry(graph, gradient(graph, at_j, {random.inputs[0]})[0], i);
    const RationalArithmetic rational;
    GraphEvaluator<RationalArithmetic> values(graph, rational, point);
    const auto x = values(ij)[0];
    const auto y = values(ji)[0];
    if (x.status == Status::ok && y.status == Status::ok) RC_ASSERT(x.value == y.value);
  }));
  CHECK(checked > 30);
}

TEST_CASE("derivatives of functions agree with difference quotients", "[graph]") {
  const auto check = [](const std::function<NodeId(Graph&, NodeId)>& build, double at) {
    Graph graph;
    const NodeId x = graph.input(0, 1, 1);
    const NodeId f = build(graph, x);
    const NodeId first = gradient(graph, f, {x})[0];
    const NodeId second = gradient(graph, first, {x})[0];
    PlainProgram program(graph, {f, first, second});
    const auto value = [&](double t, std::size_t i) {
      const std::vector<double> point = {t};
      program.run({std::span<const double>(point)});
      return program.output(i)[0];
    };
    for (const std::size_t i : {0, 1}) {
      // Richardson: halving the step leaves a quarter of the truncation error, so the difference bounds it.
      const double h = 1e-3;
      const auto quotient = [&](double step) { return (value(at + step, i) - value(at - step, i)) / (2 * step); };
      const double coarse = quotient(h);
      const double fine = quotient(h / 2);
      const double rounding = 8 * 0x1p-52 * std::fabs(value(at, i)) / h;
      CHECK(std::fabs(value(at, i + 1) - fine) <= std::fabs(coarse - fine) + rounding);
    }
  };
  for (int f = 0; f < 13; ++f)
    for (const double at : {0.3, 0.55}) {
      CAPTURE(f, at);
      check([f](Graph& graph, NodeId x) { return graph.elementary(static_cast<Elementary>(f), x); }, at);
    }
  check([](Graph& g, NodeId x) { return g.entrywise(Operation::real_power, {x, g.integer_power(x, 2)}); }, 0.7);
  check([](Graph& g, NodeId x) { return g.integer_power(x, -3); }, 0.7);
  check(
      [](Graph& g, NodeId x) {
        const NodeId three = g.broadcast(x, 3, 1);
        const NodeId weights = g.constant(Constant{{1, -2, 0.5}, {}}, 3, 1);
        return g.log_sum_exp(g.entrywise(Operation::multiply, {three, weights}));
      },
      0.7);
}

TEST_CASE("the derivative of gamma is gamma times digamma; the second one is refused", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 1, 6);
  const NodeId slope = gradient(graph, graph.elementary(Elementary::gamma, x), {x})[0];
  // Γ′ by PARI: gamma'(x) = gamma(x)*psi(x).
  const std::vector<double> at = {0.5, 1, 2, 4.5, 12.25, -1.5};
  const std::vector<double> expected = {-3.4802309069132620, -0.57721566490153286, 0.42278433509846714,
                                        16.154969393303071,  181636558.15833661,   1.6617502606685966};
  PlainProgram program(graph, {slope});
  program.run(std::vector<std::span<const double>>{at});
  const std::span<const double> got = program.output(0);
  for (std::size_t i = 0; i < at.size(); ++i) CHECK(std::fabs(got[i] - expected[i]) <= 1e-13 * std::fabs(expected[i]));
  CHECK_THROWS_AS(gradient(graph, slope, {x}), NotSupported);
}

TEST_CASE("the gradient of what does not depend on an input is 0", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 1, 1);
  const NodeId y = graph.input(1, 2, 1);
  const NodeId z = graph.elementary(Elementary::gamma, x);
  const std::vector<NodeId> none = gradient(graph, z, {y});
  CHECK(graph.is_constant(none[0], 0));
  CHECK(graph.node(none[0]).rows == 2);
}

TEST_CASE("the gradient of a linear function needs no sums", "[graph]") {
  Graph graph;
  const NodeId w = graph.input(0, 6, 1);
  const NodeId x = graph.input(1, 3, 50);
  const NodeId y = graph.product(w, x, {2, 3, 1, false, false, false});
  const std::vector<NodeId> g = gradient(graph, y, {w, x});
  // ∂Σ/∂W = Σ_l 1·x_lᵀ and ∂Σ/∂x = Wᵀ·1: one product each.
  CHECK(graph.node(g[0]).operation == Operation::product);
  CHECK(graph.product_of(graph.node(g[0])).sum_lanes);
  CHECK(graph.node(g[1]).operation == Operation::product);
}
