#include "graph/plain_program.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "evaluate_graph.hpp"
#include "graph/plain_view.hpp"
#include "random_graph.hpp"
#include "test_arithmetics.hpp"

using namespace assay;
using namespace assay::graph;

namespace {

using Arrays = std::vector<std::vector<double>>;

std::vector<std::span<const double>> spans(const Arrays& arrays) { return {arrays.begin(), arrays.end()}; }

std::vector<double> result(PlainProgram& program, const Arrays& inputs, std::size_t i = 0) {
  program.run(spans(inputs));
  const std::span<const double> out = program.output(i);
  return {out.begin(), out.end()};
}

bool same_bits(const std::vector<double>& x, const std::vector<double>& y) {
  return x.size() == y.size() && std::memcmp(x.data(), y.data(), x.size() * sizeof(double)) == 0;
}

std::vector<NodeId> some_outputs(const RandomGraph& random) {
  std::vector<NodeId> outputs;
  for (std::size_t i = random.nodes.size(); i-- > 0 && outputs.size() < 5; i -= std::min<std::size_t>(i, 2))
    outputs.push_back(random.nodes[i]);
  return outputs;
}

/// How many entries could be compared with the reference, which must all agree up to the running error.
std::size_t check_against_reference(const RandomGraph& random, unsigned seed, unsigned threads) {
  const auto inputs = random_inputs(seed, random);
  const RunningErrorArithmetic arithmetic;
  std::vector<std::vector<RunningErrorArithmetic::Real>> reals;
  for (const auto& array : inputs) {
    reals.emplace_back();
    for (const Rational& q : array) reals.back().push_back({q.get_d(), 0});
  }
  GraphEvaluator<RunningErrorArithmetic> evaluator(random.graph, arithmetic, reals);
  const std::vector<NodeId> outputs = some_outputs(random);
  PlainProgram program(random.graph, outputs, threads);
  program.run(spans(doubles(inputs)));
  std::size_t compared = 0;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const auto& expected = evaluator(outputs[i]);
    const std::span<const double> got = program.output(i);
    RC_ASSERT(got.size() == expected.size());
    for (std::size_t j = 0; j < got.size(); ++j) {
      if (expected[j].status != Status::ok) continue;
      const auto [value, error] = expected[j].value;
      ++compared;
      RC_ASSERT(std::fabs(got[j] - value) <= 16 * error + 1e-300);
    }
  }
  return compared;
}

}  // namespace

TEST_CASE("a plain program computes what the graph means, up to rounding", "[graph][property]") {
  std::size_t compared = 0;
  CHECK(rc::check("on one thread", [&](unsigned seed) {
    const int operations = *rc::gen::inRange(1, 40);
    compared += check_against_reference(random_graph(seed, operations, {}), seed, 1);
  }));
  CHECK(rc::check("on three threads, wide", [&](unsigned seed) {
    const int operations = *rc::gen::inRange(1, 20);
    compared += check_against_reference(random_graph(seed, operations, {true, true, {64, 1, 1500}, 20}), seed, 3);
  }));
  CHECK(compared > 100000);
}

TEST_CASE("gradients in a plain program agree with the same graph evaluated entry by entry", "[graph][property]") {
  CHECK(rc::check([&](unsigned seed) {
    const int operations = *rc::gen::inRange(1, 15);
    RandomGraph random = random_graph(seed, operations, {true, true, {1, 3, 70, 130}, 4});
    random.nodes = gradient(random.graph, random.nodes.back(), random.inputs);
    check_against_reference(random, seed, 2);
  }));
}

TEST_CASE("runs repeat bit by bit, whatever ran in between", "[graph][property]") {
  CHECK(rc::check([&](unsigned seed) {
    const RandomGraph random = random_graph(seed, *rc::gen::inRange(1, 30), {});
    const unsigned threads = *rc::gen::inRange(1U, 4U);
    const Arrays inputs = doubles(random_inputs(seed, random));
    PlainProgram program(random.graph, {random.nodes.back()}, threads);
    const std::vector<double> first = result(program, inputs);
    result(program, doubles(random_inputs(seed + 1, random)));
    RC_ASSERT(same_bits(result(program, inputs), first));
    PlainProgram other(random.graph, {random.nodes.back()}, threads);
    RC_ASSERT(same_bits(result(other, inputs), first));
    PlainProgram moved = std::move(other);
    RC_ASSERT(same_bits(result(moved, inputs), first));
  }));
}

TEST_CASE("memory is used again when its array is dead", "[graph]") {
  Graph graph;
  constexpr std::size_t n = 100;
  NodeId x = graph.input(0, n * n, 1);
  const NodeId a = x;
  for (int i = 0; i < 40; ++i)
    x = graph.elementary(Elementary::sin, graph.product(x, a, {n, n, n, false, false, false}));
  PlainProgram program(graph, {x});
  // Three matrices at a time would do; forty would be 3.2 MB.
  CHECK(program.memory() < 8 * n * n * sizeof(double));
  std::vector<double> values(n * n, 0.01);
  const double first = result(program, {values})[0];
  double expected = 0.01;
  for (int i = 0; i < 40; ++i) expected = std::sin(expected * 0.01 * n);
  CHECK(std::fabs(first - expected) < 1e-12);
}

TEST_CASE("lanes are worked on in tiles, so intermediate values take no memory of their own", "[graph]") {
  Graph graph;
  constexpr std::size_t n = 64, lanes = 20000;
  const NodeId w = graph.input(0, n * n, 1);
  NodeId x = graph.input(1, n, lanes);
  for (int i = 0; i < 5; ++i)
    x = graph.elementary(Elementary::tanh, graph.product(w, x, {n, n, 1, false, false, false}));
  PlainProgram program(graph, {graph.sum_to(x, 1, 1)}, 2);
  CHECK(program.memory() < n * lanes * sizeof(double));
}

TEST_CASE("at a kink the derivative is that from the left", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 3, 1);
  const NodeId y = graph.input(1, 3, 1);
  const NodeId step = graph.entrywise(Operation::step, {x});
  const NodeId sign = graph.entrywise(Operation::sign, {x});
  const NodeId choose = graph.entrywise(Operation::choose, {x, y, graph.constant(Rational(7), 3, 1), y});
  PlainProgram program(graph, {step, sign, choose});
  const Arrays inputs = {{-1, 0, 2}, {-2, 0, 3}};
  CHECK(result(program, inputs, 0) == std::vector<double>{0, 0, 1});
  CHECK(result(program, inputs, 1) == std::vector<double>{-1, 0, 1});
  CHECK(result(program, inputs, 2) == std::vector<double>{7, 0, 3});
}

TEST_CASE("inputs, constants and pi can be outputs", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 2, 1);
  PlainProgram program(graph, {x, graph.constant(Rational(1, 4), 2, 2), graph.pi(), graph.broadcast(graph.pi(), 1, 2)});
  CHECK(result(program, {{5, 6}}, 0) == std::vector<double>{5, 6});
  CHECK(result(program, {{5, 6}}, 1) == std::vector<double>(4, 0.25));
  CHECK(result(program, {{5, 6}}, 2) == std::vector<double>{std::acos(-1.0)});
  CHECK(result(program, {{5, 6}}, 3).size() == 2);
}

TEST_CASE("elementary functions are accurate to a few units in the last place, also far out", "[graph]") {
  struct Row {
    Elementary f;
    double (*exact)(double);
    std::vector<double> at;
  };
  const std::vector<double> all = {0,     -0.0, 1e-300, -1e-9, 1e-5,  0.1,  0.3, -0.7,
                                   0.999, 1,    2,      5,     -19.0, 22.5, 300, -700};
  const std::vector<Row> rows = {{Elementary::exp, std::exp, all},
                                 {Elementary::tanh, std::tanh, all},
                                 {Elementary::sinh, std::sinh, all},
                                 {Elementary::erf, std::erf, all},
                                 {Elementary::log, std::log, {1e-300, 0.1, 0.999, 1, 1.001, 2, 1e300}}};
  for (const Row& row : rows) {
    Graph graph;
    // Enough columns for whole vectors of every instruction set.
    std::vector<double> x = row.at;
    while (x.size() < 64) x.insert(x.end(), row.at.begin(), row.at.end());
    PlainProgram program(graph, {graph.elementary(row.f, graph.input(0, 1, x.size()))});
    const std::vector<double> got = result(program, {x});
    for (std::size_t i = 0; i < x.size(); ++i) {
      CAPTURE(static_cast<int>(row.f), x[i], got[i]);
      CHECK(std::fabs(got[i] - row.exact(x[i])) <= 6 * 0x1p-52 * std::fabs(row.exact(x[i])) + 1e-320);
    }
  }
}

TEST_CASE("what is not a number stays visible", "[graph]") {
  for (const Elementary f : {Elementary::exp, Elementary::log, Elementary::tanh, Elementary::sqrt}) {
    Graph graph;
    PlainProgram program(graph, {graph.elementary(f, graph.input(0, 1, 20))});
    CHECK(std::isnan(result(program, {std::vector<double>(20, std::nan(""))})[3]));
  }
}

TEST_CASE("functions that read their operand twice may follow any computed value", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 1, 100);
  const NodeId y = graph.input(1, 1, 100);
  const NodeId sum = graph.entrywise(Operation::add, {x, y});
  const NodeId difference = graph.entrywise(Operation::subtract, {x, y});
  const NodeId cube = graph.integer_power(sum, 3);
  const NodeId tanh = graph.elementary(Elementary::tanh, difference);
  const NodeId both = graph.entrywise(Operation::add, {cube, tanh});
  PlainProgram program(graph, {graph.sum_to(both, 1, 1)});
  CHECK(std::fabs(result(program, {std::vector<double>(100, 1), std::vector<double>(100, 3)})[0] -
                  100 * (64 - std::tanh(2.0))) < 1e-10);
}

TEST_CASE("only positions without repetition are shared by threads", "[graph]") {
  const auto table = [](std::vector<std::uint32_t> entries) {
    return Index{{}, {}, std::make_shared<const std::vector<std::uint32_t>>(std::move(entries))};
  };
  CHECK(plain::is_injective(table({3, 1, 0, 4}), {2, 2}, 5));
  CHECK_FALSE(plain::is_injective(table({3, 1, 0, 3}), {2, 2}, 5));
  CHECK_FALSE(plain::is_injective(table({0, 1, 2, 3}), {2, 2}, 3));
  CHECK(plain::is_injective({{0, 1, nullptr}, {0, 2, nullptr}, nullptr}, {2, 7}, 14));
  CHECK_FALSE(plain::is_injective({{0, 2, nullptr}, {0, 1, nullptr}, nullptr}, {3, 3}, 14));
}

TEST_CASE("an array that stays in its tile is read and written like a whole one", "[graph]") {
  constexpr std::uint32_t rows = 3, height = 4, lanes = 200;
  std::vector<std::uint32_t> by_column(lanes), by_entry(rows * lanes);
  for (std::uint32_t c = 0; c < lanes; ++c) by_column[c] = c % 7 % height * lanes + c;
  for (std::uint32_t i = 0; i < rows * lanes; ++i) by_entry[i] = i % 11 % height * lanes + i % lanes;
  const auto shared = [](std::vector<std::uint32_t> t) {
    return std::make_shared<const std::vector<std::uint32_t>>(std::move(t));
  };
  const std::vector<Index> indices = {{{}, {0, 0, shared(by_column)}, nullptr},
                                      {{}, {}, shared(by_entry)},
                                      {{lanes, 0, nullptr}, {0, 1, nullptr}, nullptr},
                                      {{0, 0, shared({600, 0, 200})}, {0, 1, nullptr}, nullptr}};
  std::vector<double> x(height * lanes);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<double>(i % 53);
  for (const Index& index : indices) {
    Graph graph;
    const NodeId tile = graph.elementary(Elementary::sqrt, graph.integer_power(graph.input(0, height, lanes), 2));
    const NodeId picked = graph.pick(tile, rows, lanes, index);
    const NodeId cubes = graph.integer_power(picked, 3);
    const NodeId scattered = graph.scatter(cubes, height, lanes, index);
    const NodeId out = graph.entrywise(Operation::multiply, {scattered, tile});
    const std::vector<double> got = [&] {
      PlainProgram program(graph, {out}, 2);
      return result(program, {x});
    }();
    std::vector<double> expected(x.size());
    for (std::size_t r = 0; r < rows; ++r)
      for (std::size_t c = 0; c < lanes; ++c) {
        const std::size_t at = index.at(r, c, lanes);
        expected[at] += x[at] * x[at] * x[at];
      }
    for (std::size_t i = 0; i < x.size(); ++i) expected[i] *= x[i];
    CHECK(got == expected);
  }
}

TEST_CASE("log_sum_exp does not overflow", "[graph]") {
  for (const std::size_t lanes : {1, 100}) {
    Graph graph;
    PlainProgram program(graph, {graph.log_sum_exp(graph.input(0, 3, lanes))});
    std::vector<double> x(3 * lanes, 1000);
    CHECK(std::fabs(result(program, {x})[0] - (1000 + std::log(3.0))) < 1e-12);
    for (double& entry : x) entry = -1e5;
    CHECK(std::fabs(result(program, {x})[0] - (-1e5 + std::log(3.0))) < 1e-10);
  }
}
