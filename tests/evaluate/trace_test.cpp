#include "evaluate/trace.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.hpp"
#include "graph/plain_program.hpp"
#include "support.hpp"

using namespace assay;
using namespace assay::evaluate;

namespace {

/// A function w ↦ … of the notation with the arrays u: [3], A: [2, 3], s (a number), traced and run in doubles.
class Traceable {
 public:
  explicit Traceable(const std::string& function)
      : program_(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}), nullptr),
        expression_(notation::parse_expression(std::make_shared<const SourceText>("function", function))),
        unit_(program_.resolve(expression_)),
        tracer_(program_, data_, *unit_, {{"u", {3}}, {"A", {2, 3}}, {"s", {}}}, budget_) {}

  [[nodiscard]] const FunctionTracer& tracer() const { return tracer_; }
  /// Value, then the gradient of all ten numbers.
  static std::vector<double> run(TracedFunction function, const std::vector<double>& w) {
    std::vector<graph::NodeId> outputs = graph::gradient(function.graph, function.value, function.inputs);
    outputs.insert(outputs.begin(), function.value);
    graph::PlainProgram program(function.graph, outputs);
    program.run({{w.data(), 3}, {w.data() + 3, 6}, {w.data() + 9, 1}});
    std::vector<double> out;
    for (std::size_t i = 0; i < outputs.size(); ++i)
      out.insert(out.end(), program.output(i).begin(), program.output(i).end());
    return out;
  }

 private:
  Program program_;
  notation::ExprPtr expression_;
  std::unique_ptr<Unit> unit_;
  testing::NoFiles data_;
  Budget budget_;
  FunctionTracer tracer_;
};

const std::vector<double> point = {0.5, -1.25, 2, 1, 0.25, -0.75, 1.5, 2.5, -0.5, 0.8};

/// The record of `point`, in the notation.
const char* const record_at_point = "record(u = [0.5, -1.25, 2], A = [1, 0.25, -0.75; 1.5, 2.5, -0.5], s = 0.8)";

const char* const functions[] = {
    "w -> sum(w.u .* w.u)*w.s",
    "w -> norm2(w.A*w.u) + w.s^3 - 2/w.s",
    "w -> mean(i in 0..2, j in 0..1: exp(-w.u[i]^2)*tanh(w.A[j, i]) - w.s*relu(w.A[j, i]))",
    "w -> log_sum_exp(w.A*w.u) - (w.A*w.u)[1]",
    "w -> sum(softmax(w.u) .* [1, 2, 3]) + max(w.u)",
    "w -> sum(gelu(w.u)) + gelu(w.s) + sum(layernorm(w.u, 1e-5) .* [1, 2, 3])",
    "w -> sum(k in 0..4: w.u[(2*k) mod 3]*(if k mod 2 == 0 then w.s else -w.A[k mod 2, k mod 3]))",
    "w -> with h = vector(i in 0..1: dot(w.A[i], w.u)), M = hstack(h, h + w.s): sum(M*M) + abs(M[0, 1])",
    "w -> prod(i in 0..2: 1 + w.u[i]/3) + concat(w.u, [w.s, 1])[3] + trace(w.A*transpose(w.A))",
    "w -> mean(n in 0..5: with b = n mod 3, a = (n - n mod 3)/3: (w.A[a, b] - w.u[b])^2)",
    "w -> iterate(x -> w.s*x + sin(x), w.u[0], 4) + sqrt(1 + norm2(w.A[:, 1]))"};

}  // namespace

TEST_CASE("the graph of a function has its values", "[evaluate][trace]") {
  for (const char* function : functions) {
    INFO(function);
    const double traced = Traceable::run(Traceable(function).tracer().trace(), point)[0];
    // What the ladder proves of the same function at the same point, to twelve digits.
    testing::Bench bench;
    const std::string value = std::string("with f = (") + function + "): f(" + record_at_point + ")";
    CHECK(bench.truth("abs((" + value + ") - (" + Rational(traced).get_str() + ")) < 1e-12*(1 + abs(" +
                      Rational(traced).get_str() + "))") == Truth::true_);
  }
}

TEST_CASE("the gradient of a traced function is that of its difference quotients", "[evaluate][trace]") {
  for (const char* function : functions) {
    INFO(function);
    const Traceable traceable(function);
    const std::vector<double> derived = Traceable::run(traceable.tracer().trace(), point);
    REQUIRE(derived.size() == 1 + point.size());
    for (std::size_t i = 0; i < point.size(); ++i) {
      // The quotient of central differences has an error of h²·f‴/6 + u·|f|/h, both below 1e-6 for these functions.
      constexpr double h = 0x1p-14;
      std::vector<double> above = point;
      std::vector<double> below = point;
      above[i] += h;
      below[i] -= h;
      const double quotient = (Traceable::run(traceable.tracer().trace(), above)[0] -
                               Traceable::run(traceable.tracer().trace(), below)[0]) /
                              (2 * h);
      CAPTURE(i, quotient, derived[i + 1]);
      CHECK(std::fabs(quotient - derived[i + 1]) < 1e-5 * (1 + std::fabs(quotient)));
    }
  }
}

TEST_CASE("softmax of large logits neither overflows nor loses its derivative", "[evaluate][trace]") {
  // With logits 800, 799.5, -900: shares p, 1 - p, 0 and derivatives p(1 - p) of the first two to the first entry.
  const std::vector<double> w = {800, 799.5, -900, 0, 0, 0, 0, 0, 0, 0};
  const double p = 1 / (1 + std::exp(-0.5));
  const std::vector<double> run = Traceable::run(Traceable("w -> sum(softmax(w.u) .* [1, 3, 5])").tracer().trace(), w);
  CHECK(std::fabs(run[0] - (p + 3 * (1 - p))) < 1e-12);
  CHECK(std::fabs(run[1] + 2 * p * (1 - p)) < 1e-12);
  CHECK(std::fabs(run[2] - 2 * p * (1 - p)) < 1e-12);
  CHECK(run[3] == 0);
  // An empty sum has no logarithm; no graph is made of it.
  CHECK_THROWS_AS(Traceable("w -> w.s + log_sum_exp([])").tracer().trace(), InputError);
}

TEST_CASE("the outermost mean can be taken over some instances", "[evaluate][trace]") {
  const Traceable all("w -> mean(i in 0..2, j in 0..1 where i + j != 3: w.A[j, i]*w.s)");
  REQUIRE(all.tracer().instances() == 5);
  // Instances in order: (0, 0), (0, 1), (1, 0), (1, 1), (2, 0).
  const double some = Traceable::run(all.tracer().trace(std::vector<std::uint32_t>{1, 4}), point)[0];
  CHECK(std::fabs(some - 0.8 * (1.5 - 0.75) / 2) < 1e-15);
  CHECK(Traceable("w -> w.s").tracer().instances() == 0);
}

TEST_CASE("functions without graph are named with a remedy", "[evaluate][trace]") {
  for (const char* function : {"w -> if w.s > 0 then w.s else 0", "w -> w.u", "w -> floor(w.s)",
                               "w -> re(omega(3)*w.s)", "w -> w.u[3]", "w -> w.s/0"}) {
    INFO(function);
    CHECK_THROWS_AS(Traceable(function).tracer().trace(), InputError);
  }
}
