#include <catch2/catch.hpp>

#include "base/error.hpp"
#include "support.hpp"

using namespace assay;
using namespace assay::train;
using namespace assay::train::testing;

namespace {

std::vector<double> weights_after(const OptimizerSettings& optimizer, std::uint64_t steps, Schedule schedule = {}) {
  FunctionObjective objective = quadratic();
  Settings settings;
  settings.optimizer = optimizer;
  settings.schedule = schedule;
  settings.steps = steps;
  Training training(settings, quadratic_start);
  CHECK(training.run(objective, Budget(), {}).end == End::all_steps);
  return training.weights();
}

/// A few roundings apart at most: PyTorch fuses some of the operations.
void check_close(const std::vector<double>& ours, const std::vector<double>& theirs) {
  REQUIRE(ours.size() == theirs.size());
  for (std::size_t i = 0; i < ours.size(); ++i) {
    INFO(i << ": " << ours[i] << " against " << theirs[i]);
    CHECK(std::fabs(ours[i] - theirs[i]) <= 8 * 0x1p-53 * std::max(std::fabs(theirs[i]), 1.0));
  }
}

}  // namespace

// g = (−1/2, 10, 150) at the start.
TEST_CASE("the first steps are those computed by hand", "[train][optimizer]") {
  check_close(weights_after(Sgd{0.01, 0, false, 0}, 1), {0.505, -1.1, 0.5});
  // with decay 1/10: g = (−1/2 + 0.05, 10 − 0.1, 150 + 0.2)
  check_close(weights_after(Sgd{0.01, 0, false, 0.1}, 1), {0.5045, -1.099, 0.498});
  // Nesterov looks ahead: the first step is rate·(1 + momentum)·g
  check_close(weights_after(Sgd{0.01, 0.9, true, 0}, 1), {0.5095, -1.19, -0.85});
  // momentum: v₂ = 0.9·g₁ + g₂, with w₁ = (0.505, −1.1, 0.5) and so g₂ = (−0.495, 9, 0)
  check_close(weights_after(Sgd{0.01, 0.9, false, 0}, 2), {0.505 + 0.00945, -1.1 - 0.18, 0.5 - 1.35});
  // Adam's first step has the length of the rate in every coordinate, but for ε
  check_close(weights_after(Adam{0.1, 0.9, 0.999, 0, 0, false}, 1), {0.6, -1.1, 1.9});
  // AdamW shrinks by 1 − 0.1·0.5 first
  check_close(weights_after(Adam{0.1, 0.9, 0.999, 0, 0.5, true}, 1), {0.475 + 0.1, -0.95 - 0.1, 1.9 - 0.1});
}

// Facts: torch.optim of PyTorch 1.13.1 in float64, the loss of quadratic(), five steps from (0.5, −1, 2).
TEST_CASE("five steps are those of PyTorch", "[train][optimizer]") {
  check_close(weights_after(Sgd{0.01, 0, false, 0}, 5), {0x1.0c8bea84dbabfp-1, -0x1.68d5a5b9628ccp+0, 0.5});
  check_close(weights_after(Sgd{0.01, 0, false, 0.1}, 5),
              {0x1.0b44f2fa35ae4p-1, -0x1.6794798106e72p+0, 0x1.ff7d0f16c2deep-2});
  check_close(weights_after(Sgd{0.01, 0.9, false, 0.1}, 5),
              {0x1.1d815c7e6d35dp-1, -0x1.0215983e7b827p+1, 0x1.b465b5db43eadp+0});
  check_close(weights_after(Sgd{0.01, 0.9, true, 0}, 5), {0x1.295bf235e7b95p-1, -0x1.0d62eec00e38ep+1, 0.5});
  Adam adamw;
  adamw.decoupled = true;
  adamw.weight_decay = 0.01;
  check_close(weights_after(Adam{}, 5), {0x1.028f3eb569719p-1, -0x1.0147a6c3bc368p+0, 0x1.feb856c95b90bp+0});
  check_close(weights_after(adamw, 5), {0x1.028bf4a8ad007p-1, -0x1.01445e510dfe3p+0, 0x1.feb1cadfb6095p+0});
  check_close(weights_after(Adam{0.1, 0.8, 0.95, 1e-3, 0.5, false}, 5),
              {0x1.790c71121186bp-1, -0x1.7ca9a5f0bb285p+0, 0x1.81a0a8e48bd2fp+0});
  check_close(weights_after(Adam{0.1, 0.9, 0.98, 1e-6, 1, true}, 5),
              {0x1.6611771108692p-1, -0x1.fffffea2b6c99p-1, 0x1.9516f1e2bfcf5p-1});
}

// Fact: torch.optim.AdamW with LambdaLR of the same factors, PyTorch 1.13.1.
TEST_CASE("ten steps of a scheduled AdamW are those of PyTorch", "[train][optimizer][schedule]") {
  check_close(weights_after(Adam{0.1, 0.9, 0.999, 1e-8, 0.1, true}, 10, {Schedule::Form::cosine, 4, 0.1}),
              {0x1.eb09209f0e2e2p-1, -0x1.7597bf9d2edcfp+0, 0x1.61d4b346e3f24p+0});
}

TEST_CASE("L-BFGS finds the minimum of Rosenbrock's function", "[train][lbfgs]") {
  for (const std::size_t pairs : {std::size_t{1}, std::size_t{10}}) {
    FunctionObjective objective = rosenbrock(pairs);
    Settings settings;
    settings.optimizer = Lbfgs{};
    settings.steps = 200;
    settings.until = Until{Until::What::gradient, 1e-8};
    std::vector<double> start(2 * pairs);
    for (std::size_t i = 0; i < start.size(); ++i) start[i] = i % 2 == 0 ? -1.2 : 1.0;
    Training training(settings, start);
    const Outcome outcome = training.run(objective, Budget(), {});
    CHECK(outcome.end == End::reached);
    CHECK(outcome.steps < 60);
    CHECK(objective.evaluations < 80);
    for (const double x : training.weights()) CHECK(std::fabs(x - 1) < 1e-7);
  }
}

// With exact line searches BFGS is the method of conjugate gradients on a quadratic, done after n steps (Nocedal &
// Wright, theorem 6.4); c2 = 1e-6 makes them nearly exact.
TEST_CASE("L-BFGS solves a quadratic of n variables in n steps if it searches each line well", "[train][lbfgs]") {
  for (const auto& [c2, most_steps] : {std::pair{1e-6, 4U}, std::pair{0.9, 20U}}) {
    FunctionObjective objective = quadratic();
    Settings settings;
    settings.optimizer = Lbfgs{10, 1e-7, c2, 100};
    settings.steps = 30;
    settings.until = Until{Until::What::gradient, 1e-8};
    Training training(settings, quadratic_start);
    const Outcome outcome = training.run(objective, Budget(), {});
    CHECK(outcome.end == End::reached);
    CHECK(outcome.steps <= most_steps);
  }
}

TEST_CASE("L-BFGS goes on by slopes where values are rounded away", "[train][lbfgs]") {
  // Below the last bits of 10⁶ the quadratic cannot be seen, and which of two sums is lower is up to their roundings.
  FunctionObjective inner = quadratic();
  FunctionObjective objective(3, [&](std::span<const double> w, std::span<double> g) {
    const double last_bit = 0x1p-33;
    return 1e6 + inner.evaluate(w, g) + last_bit * (inner.evaluations % 3);
  });
  Settings settings;
  settings.optimizer = Lbfgs{};
  settings.steps = 60;
  settings.until = Until{Until::What::gradient, 1e-9};
  Training training(settings, quadratic_start);
  CHECK(training.run(objective, Budget(), {}).end == End::reached);
}

TEST_CASE("every step of L-BFGS meets the strong Wolfe conditions", "[train][lbfgs]") {
  FunctionObjective objective = rosenbrock(2);
  const Lbfgs settings;
  const auto optimizer = make_optimizer(settings, 4);
  std::vector<double> weights = {-1.2, 1, 2, 0.5};
  LossAndGradient at{0, std::vector<double>(4)};
  at.loss = objective.evaluate(weights, at.gradient);
  for (int step = 0; step < 25; ++step) {
    const std::vector<double> before = weights;
    const LossAndGradient from = at;
    REQUIRE(optimizer->update(objective, weights, at, 1) == Update::moved_and_evaluated);
    std::vector<double> gradient(4);
    CHECK(objective.evaluate(weights, gradient) == at.loss);
    CHECK(gradient == at.gradient);
    double slope_before = 0;  // along the whole step: α·φ'(0) and α·φ'(α)
    double slope_after = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      slope_before += from.gradient[i] * (weights[i] - before[i]);
      slope_after += at.gradient[i] * (weights[i] - before[i]);
    }
    CHECK(slope_before < 0);
    CHECK(at.loss <= from.loss + settings.c1 * slope_before + 1e-14 * from.loss);
    CHECK(std::fabs(slope_after) <= settings.c2 * std::fabs(slope_before) * (1 + 1e-9));
  }
}

TEST_CASE("L-BFGS shortens a step into where the loss is not defined", "[train][lbfgs]") {
  // x − log(x) is NaN for x < 0; the first trial from 0.01 lands beyond, at 1.01 or less than 0.
  FunctionObjective objective(1, [](std::span<const double> w, std::span<double> g) {
    g[0] = 1 - 1 / w[0];
    return w[0] > 0 ? w[0] - std::log(w[0]) : std::nan("");
  });
  for (const double start : {0.01, 50.0}) {
    Settings settings;
    settings.optimizer = Lbfgs{};
    settings.steps = 100;
    settings.until = Until{Until::What::gradient, 1e-9};
    Training training(settings, {start});
    CHECK(training.run(objective, Budget(), {}).end == End::reached);
    CHECK(std::fabs(training.weights()[0] - 1) < 1e-8);
  }
}

TEST_CASE("L-BFGS stops where no step lowers the loss", "[train][lbfgs]") {
  FunctionObjective flat(2, [](std::span<const double>, std::span<double> g) {
    g[0] = g[1] = 0;
    return 3.0;
  });
  Settings settings;
  settings.optimizer = Lbfgs{};
  Training training(settings, {1, 2});
  const Outcome outcome = training.run(flat, Budget(), {});
  CHECK(outcome.end == End::stalled);
  CHECK(outcome.steps == 0);
  CHECK(training.weights() == std::vector<double>{1, 2});
  // A gradient that lies: the loss rises along it.
  FunctionObjective liar(1, [](std::span<const double> w, std::span<double> g) {
    g[0] = -2 * w[0];
    return w[0] * w[0];
  });
  Training misled(settings, {1});
  CHECK(misled.run(liar, Budget(), {}).end == End::stalled);
}

TEST_CASE("a state of another optimizer is refused", "[train][optimizer][reject]") {
  const auto adam = make_optimizer(Adam{}, 2);
  const auto sgd = make_optimizer(Sgd{0.1, 0.9, false, 0}, 2);
  const auto lbfgs = make_optimizer(Lbfgs{}, 2);
  CHECK_THROWS_AS(adam->restore(sgd->state()), InputError);
  CHECK_THROWS_AS(sgd->restore(adam->state()), InputError);
  CHECK_THROWS_AS(lbfgs->restore(sgd->state()), InputError);
  CHECK_THROWS_AS(make_optimizer(Adam{}, 3)->restore(adam->state()), InputError);
  CHECK_THROWS_AS(lbfgs->restore({{"pairs", {0.5}}}), InputError);
  CHECK_THROWS_AS(lbfgs->restore({{"pairs", {1e9}}}), InputError);
}
