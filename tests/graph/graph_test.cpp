#include "graph/graph.hpp"

#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "evaluate_graph.hpp"
#include "graph/index.hpp"
#include "random_graph.hpp"
#include "rational_arithmetic.hpp"

using namespace assay;
using namespace assay::graph;

namespace {

Index strided(std::uint32_t first, std::uint32_t row, std::uint32_t column) {
  return {{first, row, nullptr}, {0, column, nullptr}, nullptr};
}

}  // namespace

TEST_CASE("equal nodes are made once", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 2, 3);
  const NodeId y = graph.input(1, 2, 3);
  CHECK(graph.input(0, 2, 3) == x);
  CHECK(graph.entrywise(Operation::add, {x, y}) == graph.entrywise(Operation::add, {y, x}));
  CHECK(graph.entrywise(Operation::subtract, {x, y}) != graph.entrywise(Operation::subtract, {y, x}));
  CHECK(graph.constant(Constant{{0.5, 0.5}, {}}, 2, 1) == graph.constant(Rational(1, 2), 2, 1));
  CHECK(graph.constant(Constant{{1, 2}, {}}, 2, 1) != graph.constant(Constant{{1, 2}, {}}, 1, 2));
  const auto table = std::make_shared<const std::vector<std::uint32_t>>(std::vector<std::uint32_t>{0, 2});
  CHECK(graph.pick(x, 2, 1, {{0, 0, table}, {}, nullptr}) == graph.pick(x, 2, 1, strided(0, 2, 0)));
}

TEST_CASE("operations that change nothing are left out", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 2, 3);
  const auto number = [&](long q) { return graph.constant(Rational(q), 2, 3); };
  CHECK(graph.entrywise(Operation::add, {x, number(0)}) == x);
  CHECK(graph.entrywise(Operation::subtract, {x, number(0)}) == x);
  CHECK(graph.entrywise(Operation::multiply, {x, number(1)}) == x);
  CHECK(graph.entrywise(Operation::multiply, {number(0), x}) == number(0));
  CHECK(graph.entrywise(Operation::divide, {x, number(1)}) == x);
  const NodeId minus = graph.entrywise(Operation::negate, {x});
  CHECK(graph.entrywise(Operation::negate, {minus}) == x);
  CHECK(graph.entrywise(Operation::multiply, {number(-1), x}) == minus);
  CHECK(graph.entrywise(Operation::subtract, {number(0), x}) == minus);
  CHECK(graph.integer_power(x, 1) == x);
  CHECK(graph.is_constant(graph.integer_power(x, 0), 1));
  CHECK(graph.entrywise(Operation::add, {number(2), number(3)}) == number(5));
  CHECK(graph.broadcast(x, 2, 3) == x);
  CHECK(graph.sum_to(x, 2, 3) == x);
  CHECK(graph.pick(x, 2, 3, strided(0, 3, 1)) == x);
  CHECK(graph.pick(x, 2, 3, strided(0, 0, 1)) != x);
  CHECK(graph.is_constant(graph.broadcast(graph.constant(Rational(7)), 4, 4), 7));
  CHECK(graph.is_constant(graph.sum_to(number(2), 1, 1), 12));
  // A division that is undefined stays one.
  CHECK(graph.node(graph.entrywise(Operation::divide, {number(1), number(0)})).operation == Operation::divide);
  CHECK(graph.node(graph.integer_power(number(0), -1)).operation == Operation::integer_power);
}

TEST_CASE("a pick of a pick is one pick", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 4, 6);
  const NodeId transposed = graph.pick(x, 6, 4, strided(0, 1, 6));
  CHECK(graph.pick(transposed, 4, 6, strided(0, 1, 4)) == x);
  const NodeId row = graph.pick(x, 1, 6, strided(12, 0, 1));
  CHECK(graph.node(graph.broadcast(row, 5, 6)).operands[0] == x);
  const NodeId sum = graph.sum_to(graph.sum_to(x, 1, 6), 1, 1);
  CHECK(sum == graph.sum_to(x, 1, 1));
}

TEST_CASE("composed positions are those of one pick after the other", "[graph][property]") {
  CHECK(rc::check([](unsigned seed) {
    // Chains of picks and scatters only: the builder composes them, the reference of each step is known.
    const RandomGraph random = random_graph(seed, 12, {false, false, {1, 2, 3, 4}, 4});
    for (NodeId id = 0; id < random.graph.size(); ++id) {
      const Node& node = random.graph.node(id);
      if (node.operation != Operation::pick) continue;
      const Index& first = random.graph.index_of(node);
      const std::size_t height = 3;
      const std::size_t width = largest(first, node.rows, node.columns) / height + 1;
      const Index second = strided(seed % 5, 1 + seed % 7, 1 + seed % 11);
      const std::optional<Index> both = composed(first, node.rows, node.columns, second, width);
      if (!both) continue;
      for (std::size_t r = 0; r < node.rows; ++r)
        for (std::size_t c = 0; c < node.columns; ++c) {
          const std::size_t i = first.at(r, c, node.columns);
          RC_ASSERT(both->at(r, c, node.columns) == second.at(i / width, i % width, width));
        }
    }
  }));
}

TEST_CASE("normalized positions are the same positions", "[graph][property]") {
  CHECK(rc::check([](const std::vector<std::uint8_t>& entries) {
    for (std::size_t rows = 1; rows <= entries.size(); ++rows) {
      if (entries.size() % rows != 0) continue;
      const std::size_t columns = entries.size() / rows;
      std::vector<std::uint32_t> table(entries.begin(), entries.end());
      Index index{{}, {}, std::make_shared<const std::vector<std::uint32_t>>(table)};
      const Index normal = normalized(index, rows, columns);
      for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c) RC_ASSERT(normal.at(r, c, columns) == table[r * columns + c]);
    }
  }));
}

TEST_CASE("a sum of products with a uniform operand sums first", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 6, 1);
  const NodeId y = graph.input(1, 3, 40);
  const NodeId z = graph.product(x, y, {2, 3, 1, false, false, true});
  CHECK_FALSE(graph.product_of(graph.node(z)).sum_lanes);
  CHECK(graph.node(graph.node(z).operands[1]).columns == 1);
}

TEST_CASE("undefined entries stay undefined in exact arithmetic, and only they", "[graph]") {
  Graph graph;
  const NodeId x = graph.input(0, 2, 1);
  const NodeId quotient = graph.entrywise(Operation::divide, {graph.constant(Rational(1), 2, 1), x});
  const NodeId sign = graph.entrywise(Operation::sign, {x});
  const RationalArithmetic rational;
  const std::vector<std::vector<Rational>> inputs = {{Rational(0), Rational(4)}};
  GraphEvaluator<RationalArithmetic> evaluate(graph, rational, inputs);
  CHECK(evaluate(quotient)[0].status == Status::undefined);
  CHECK(evaluate(quotient)[1].value == Rational(1, 4));
  CHECK(evaluate(sign)[0].status == Status::undefined);
  CHECK(evaluate(graph.sum_to(quotient, 1, 1))[0].status == Status::undefined);
}
