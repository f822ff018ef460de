#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "evaluate_graph.hpp"
#include "graph/plain_product.hpp"
#include "graph/plain_program.hpp"
#include "rational_arithmetic.hpp"

using namespace assay;
using namespace assay::graph;

namespace {

std::vector<double> integers(std::size_t size, unsigned seed) {
  std::mt19937 generator(seed);
  std::vector<double> out(size);
  for (double& x : out) x = static_cast<double>(generator() % 19) - 9;
  return out;
}

std::vector<Rational> exact(const std::vector<double>& x) { return {x.begin(), x.end()}; }

/// Integers of this size are multiplied and summed without rounding, so the results are equal.
void check_product(const Product& shape, std::size_t x_lanes, std::size_t y_lanes, unsigned threads) {
  Graph graph;
  const NodeId x = graph.input(0, shape.m * shape.k, x_lanes);
  const NodeId y = graph.input(1, shape.k * shape.n, y_lanes);
  // The second program has operands and results that stay in tiles.
  const auto minus = [&](NodeId id) {
    return graph.entrywise(Operation::subtract,
                           {id, graph.constant(Rational(1), graph.node(id).rows, graph.node(id).columns)});
  };
  const NodeId z = graph.product(x, y, shape);
  const NodeId inner = minus(graph.product(minus(x), minus(y), shape));
  const std::vector<NodeId> outputs = {z, graph.sum_to(inner, graph.node(inner).rows, 1)};
  const std::vector<double> a = integers(graph.node(x).size(), 1);
  const std::vector<double> b = integers(graph.node(y).size(), 2);
  const RationalArithmetic rational;
  const std::vector<std::vector<Rational>> numbers = {exact(a), exact(b)};
  GraphEvaluator<RationalArithmetic> reference(graph, rational, numbers);
  PlainProgram program(graph, outputs, threads);
  program.run({a, b});
  bool is_equal = true;
  for (std::size_t o = 0; o < outputs.size(); ++o)
    for (std::size_t i = 0; i < program.output(o).size(); ++i)
      is_equal = is_equal && program.output(o)[i] == reference(outputs[o])[i].value.get_d();
  CAPTURE(shape.m, shape.k, shape.n, shape.transpose_x, shape.transpose_y, shape.sum_lanes, x_lanes, y_lanes, threads);
  CHECK(is_equal);
}

}  // namespace

TEST_CASE("products are right in every variant", "[graph]") {
  const std::vector<std::array<std::size_t, 3>> extents = {{3, 4, 5}, {1, 6, 2}, {7, 1, 4}, {5, 3, 1}, {1, 1, 1}};
  for (const auto& [m, k, n] : extents)
    for (const unsigned flags : {0U, 1U, 2U, 3U, 4U, 5U, 6U, 7U})
      for (const std::size_t lanes : {1, 3, 70})
        for (const unsigned uniform : {0U, 1U, 2U})
          check_product({m, k, n, (flags & 1U) != 0, (flags & 2U) != 0, (flags & 4U) != 0}, uniform == 1 ? 1 : lanes,
                        uniform == 2 ? 1 : lanes, 1);
}

TEST_CASE("products are right on several threads", "[graph]") {
  for (const unsigned flags : {0U, 3U, 4U, 7U})
    for (const unsigned uniform : {0U, 1U, 2U})
      check_product({6, 5, 4, (flags & 1U) != 0, (flags & 2U) != 0, (flags & 4U) != 0}, uniform == 1 ? 1 : 200,
                    uniform == 2 ? 1 : 200, 3);
  check_product({40, 30, 50, false, false, false}, 1, 1, 3);
  check_product({40, 30, 50, true, true, false}, 1, 1, 3);
}

TEST_CASE("both libraries for products agree", "[graph]") {
  constexpr std::size_t m = 9, k = 31, n = 17;
  const std::vector<double> a = integers(m * k, 3);
  const std::vector<double> b = integers(k * n, 4);
  for (const bool transpose_x : {false, true})
    for (const bool transpose_y : {false, true})
      for (const bool accumulate : {false, true}) {
        const plain::DenseMatrix x{a.data(), transpose_x ? m : k, transpose_x};
        const plain::DenseMatrix y{b.data(), transpose_y ? k : n, transpose_y};
        const auto product = [&](plain::DenseProduct multiply) {
          std::vector<double> z(m * (n + 2), 7);
          multiply(x, y, z.data(), n + 2, m, k, n, accumulate);
          return z;
        };
        const std::vector<double> expected = product(plain::blas_product);
        CHECK(product(plain::best_loops().dense_product) == expected);
        CHECK(product(plain::baseline_loops().dense_product) == expected);
        CHECK(expected[n] == 7);
      }
}

TEST_CASE("the loops of both instruction sets agree", "[graph]") {
  constexpr std::size_t m = 5, k = 3, n = 6, width = 37;
  const std::vector<double> a = integers(m * k * width, 5);
  const std::vector<double> b = integers(k * n * width, 6);
  std::vector<double> best(m * n * width), baseline(m * n * width);
  plain::best_loops().lane_product({a.data(), k, 1, width}, {b.data(), 1, k, width}, best.data(), width, m, k, n,
                                   width);
  plain::baseline_loops().lane_product({a.data(), k, 1, width}, {b.data(), 1, k, width}, baseline.data(), width, m, k,
                                       n, width);
  CHECK(best == baseline);
}
