#include <catch2/catch.hpp>
#include <numbers>

#include "support.hpp"
#include "train/line_search.hpp"

using namespace assay::train;
using namespace assay::train::testing;

namespace {

struct Case {
  const char* name;
  double c1;
  double c2;
  double (*value)(double);
  double (*slope)(double);
};

double power(double x, int n) { return n == 0 ? 1 : x * power(x, n - 1); }

/// Functions 1 to 3 of Moré & Thuente, "Line search algorithms with guaranteed sufficient decrease", ACM TOMS 20
/// (1994), section 5; the third one's oscillations are those of l = 39, β = 0.01.
const Case cases[] = {
    {"function 1", 0.001, 0.1, [](double a) { return -a / (a * a + 2); },
     [](double a) { return (a * a - 2) / ((a * a + 2) * (a * a + 2)); }},
    {"function 2", 0.1, 0.1, [](double a) { return power(a + 0.004, 5) - 2 * power(a + 0.004, 4); },
     [](double a) { return 5 * power(a + 0.004, 4) - 8 * power(a + 0.004, 3); }},
    {"function 3", 0.1, 0.1,
     [](double a) {
       const double kink = a <= 0.99 ? 1 - a : a >= 1.01 ? a - 1 : (a - 1) * (a - 1) / 0.02 + 0.005;
       return kink + 2 * 0.99 / (39 * std::numbers::pi) * std::sin(39 * std::numbers::pi / 2 * a);
     },
     [](double a) {
       const double kink = a <= 0.99 ? -1 : a >= 1.01 ? 1 : (a - 1) / 0.01;
       return kink + 0.99 * std::cos(39 * std::numbers::pi / 2 * a);
     }},
};

}  // namespace

TEST_CASE("a line search ends in few evaluations at a point that meets the strong Wolfe conditions", "[train][lbfgs]") {
  for (const Case& example : cases)
    for (const double first : {1e-3, 1e-1, 1e1, 1e3}) {
      INFO(example.name << " from " << first);
      FunctionObjective objective(1, [&](std::span<const double> w, std::span<double> g) {
        g[0] = example.slope(w[0]);
        return example.value(w[0]);
      });
      const std::vector<double> start = {0};
      const std::vector<double> direction = {1};
      const LossAndGradient at{example.value(0), {example.slope(0)}};
      const Lbfgs settings{10, example.c1, example.c2, 40};
      LineSearch search(objective, start, direction, at, settings);
      REQUIRE(search.run(first));
      const double alpha = search.weights()[0];
      CHECK(search.found().loss == example.value(alpha));
      CHECK(search.found().loss <= at.loss + example.c1 * alpha * at.gradient[0]);
      CHECK(std::fabs(search.found().gradient[0]) <= example.c2 * std::fabs(at.gradient[0]));
      CHECK(objective.evaluations <= 25);
    }
}

TEST_CASE("a line search that may not go on takes the best it has, if that is lower", "[train][lbfgs]") {
  FunctionObjective objective(1, [](std::span<const double> w, std::span<double> g) {
    g[0] = -1;
    return -w[0];
  });
  const std::vector<double> start = {0};
  const std::vector<double> direction = {1};
  const LossAndGradient at{0, {-1}};
  const Lbfgs settings{10, 1e-4, 0.9, 3};
  LineSearch search(objective, start, direction, at, settings);
  CHECK(search.run(1));
  CHECK(search.weights()[0] == 4);
}
