/// Loss and gradient of the quadratic network for addition modulo p = 113, all in doubles on two threads: the network
/// of width 512 that sends (a, b) to W·(u_a + v_b)², on a random half of the pairs. One JSON object a line; with
/// arguments
/// `--profile N` the step runs N times and nothing else does.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <numeric>
#include <random>
#include <string_view>

#include "graph/plain_program.hpp"

namespace {

using namespace assay;
using namespace assay::graph;

constexpr std::size_t p = 113;
constexpr std::size_t width = 512;
constexpr unsigned threads = 2;
using Table = std::vector<std::uint32_t>;

Index::Axis axis(Table table) { return {0, 0, std::make_shared<const Table>(std::move(table))}; }

/// A random half of the pairs (a, b), as in the published experiments, in ascending order.
std::vector<std::uint32_t> random_pairs() {
  std::vector<std::uint32_t> pairs(p * p);
  std::iota(pairs.begin(), pairs.end(), 0U);
  std::mt19937 generator(1);
  std::shuffle(pairs.begin(), pairs.end(), generator);
  pairs.resize(p * p / 2);
  return pairs;
}

struct Step {
  Graph graph;
  std::vector<NodeId> outputs;  ///< loss, and its derivatives by U, V, W
  std::size_t lanes = 0;
};

/// U, V: width × p and W: p × width are the inputs 0, 1, 2.
Step training_step() {
  Step step;
  Graph& g = step.graph;
  const NodeId u = g.input(0, width * p);
  const NodeId v = g.input(1, width * p);
  const NodeId w = g.input(2, p * width);
  const std::vector<std::uint32_t> pairs = random_pairs();
  const std::size_t n = step.lanes = pairs.size();
  Table a(n), b(n), right(n);
  for (std::size_t l = 0; l < n; ++l) {
    a[l] = static_cast<std::uint32_t>(pairs[l] / p);
    b[l] = static_cast<std::uint32_t>(pairs[l] % p);
    right[l] = static_cast<std::uint32_t>((a[l] + b[l]) % p * n + l);
  }
  const auto embedded = [&](NodeId x, Table which) {
    return g.pick(x, width, n, {{0, p, nullptr}, axis(std::move(which)), nullptr});
  };
  const NodeId hidden = g.integer_power(g.entrywise(Operation::add, {embedded(u, a), embedded(v, b)}), 2);
  const NodeId logits = g.product(w, hidden, {p, width, 1, false, false, false});
  const NodeId chosen = g.pick(logits, 1, n, {{}, axis(std::move(right)), nullptr});
  const NodeId losses = g.entrywise(Operation::subtract, {g.log_sum_exp(logits), chosen});
  const NodeId mean =
      g.entrywise(Operation::divide, {g.sum_to(losses, 1, 1), g.constant(Rational(static_cast<long>(n)))});
  step.outputs = {mean};
  for (const NodeId derivative : gradient(g, mean, {u, v, w})) step.outputs.push_back(derivative);
  return step;
}

std::vector<double> normal_numbers(std::size_t size, double deviation, unsigned seed) {
  std::mt19937 generator(seed);
  std::normal_distribution<double> normal(0, deviation);
  std::vector<double> out(size);
  for (double& x : out) x = normal(generator);
  return out;
}

struct Time {
  double wall = 0;       ///< in seconds
  double processor = 0;  ///< of all threads: says more on a busy machine
};

Time measure(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  const std::clock_t processor = std::clock();
  work();
  return {std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(),
          static_cast<double>(std::clock() - processor) / CLOCKS_PER_SEC};
}

}  // namespace

int main(int argc, char** argv) {
  const Step step = training_step();
  PlainProgram program(step.graph, step.outputs, threads);
  const std::vector<double> u = normal_numbers(width * p, 0.1, 1);
  const std::vector<double> v = normal_numbers(width * p, 0.1, 2);
  const std::vector<double> w = normal_numbers(p * width, 0.05, 3);
  const auto run = [&] { program.run({u, v, w}); };
  const bool is_profile = argc > 2 && std::string_view(argv[1]) == "--profile";
  const int rounds = is_profile ? std::atoi(argv[2]) : 50;
  run();
  std::vector<double> wall, processor;
  for (int i = 0; i < rounds; ++i) {
    const Time time = measure(run);
    wall.push_back(time.wall);
    processor.push_back(time.processor);
  }
  std::sort(wall.begin(), wall.end());
  std::sort(processor.begin(), processor.end());
  // Forward, and two products backward.
  const double flops = 3.0 * 2 * p * width * static_cast<double>(step.lanes);
  fmt::print(
      "{{\"benchmark\": \"training step of the quadratic network\", \"threads\": {}, \"best_ns\": {:.0f}, "
      "\"median_ns\": {:.0f}, \"best_processor_ns\": {:.0f}, \"flops\": {:.0f}, \"memory_bytes\": {}, "
      "\"loss\": {:.9f}}}\n",
      threads, wall.front() * 1e9, wall[wall.size() / 2] * 1e9, processor.front() * 1e9, flops, program.memory(),
      program.output(0)[0]);
}
