#include <catch2/catch.hpp>
#include <limits>

#include "base/error.hpp"
#include "support.hpp"
#include "train/checkpoint.hpp"

using namespace assay;
using namespace assay::train;
using namespace assay::train::testing;

namespace {

Settings settings_with(const OptimizerSettings& optimizer, std::uint64_t steps) {
  Settings settings;
  settings.optimizer = optimizer;
  settings.steps = steps;
  return settings;
}

/// As after a save to disk and a restart.
Training::State reloaded(const Training& training) {
  const std::string bytes = checkpoint_bytes({"sha256:0", 9, training.state()});
  Checkpoint checkpoint = read_checkpoint(files::load_bytes("state", bytes));
  CHECK(checkpoint.digest == "sha256:0");
  CHECK(checkpoint.wanted == 9);
  return checkpoint.state;
}

}  // namespace

TEST_CASE("a resumed training gives the same bits as an uninterrupted one", "[train][resume]") {
  const OptimizerSettings optimizer =
      GENERATE(as<OptimizerSettings>(), Sgd{0.01, 0, false, 0}, Sgd{0.01, 0.9, true, 0.01}, Adam{},
               Adam{0.01, 0.9, 0.98, 1e-8, 1, true});
  Settings settings = settings_with(optimizer, 40);
  settings.batching = Batching{7, 3};
  settings.schedule = {Schedule::Form::cosine, 5, 0.1};
  Regression objective(20);
  Training whole(settings, {0.3, -0.7});
  CHECK(whole.run(objective, Budget(), {}).end == End::all_steps);

  Training first(settings, {0.3, -0.7});
  Training::State saved;
  Callbacks callbacks;
  callbacks.checkpoint_seconds = 0;
  callbacks.checkpoint = [&] {
    if (first.steps() == 23) saved = reloaded(first);
  };
  Regression again(20);
  CHECK(first.run(again, Budget(), callbacks).end == End::all_steps);
  Training second(settings, {9, 9});
  second.restore(saved);
  CHECK(second.steps() == 23);
  CHECK(second.run(again, Budget(), {}).steps == 40);
  CHECK(second.weights() == whole.weights());
  CHECK(second.curve().points() == whole.curve().points());
}

TEST_CASE("L-BFGS resumes with the same bits, too", "[train][resume][lbfgs]") {
  FunctionObjective objective = rosenbrock(3);
  const std::vector<double> start = {-1.2, 1, 2, -1, 0, 3};
  Training whole(settings_with(Lbfgs{}, 20), start);
  (void)whole.run(objective, Budget(), {});
  Training first(settings_with(Lbfgs{}, 12), start);
  (void)first.run(objective, Budget(), {});
  Training second(settings_with(Lbfgs{}, 20), start);
  second.restore(reloaded(first));
  (void)second.run(objective, Budget(), {});
  CHECK(second.weights() == whole.weights());
}

TEST_CASE("the loss curve is thinned, and the same after a restart", "[train][resume]") {
  LossCurve curve;
  for (std::uint64_t step = 0; step < 100000; ++step) {
    curve.add(step, 1.0 / static_cast<double>(step + 1));
    if (step == 54321) curve = LossCurve(curve.points());
  }
  CHECK(curve.points().size() <= LossCurve::most_points);
  CHECK(curve.points().size() > 400);
  CHECK(curve.points()[1].step == 128);
  CHECK(curve.points().back().step > 99000);
  CHECK(curve.to_json({100000, 0.5}).ends_with(",[100000,0.5]]"));
  CHECK_THROWS_AS(LossCurve({{0, 1}, {3, 1}}), InputError);
  LossCurve full;
  for (std::uint64_t step = 0; step < 1000; ++step) full.add(step, 1);
  CHECK(full.points().back().step == 998);
  CHECK_NOTHROW(LossCurve(full.points()));
  CHECK_THROWS_AS(LossCurve({{1, 1}}), InputError);
}

TEST_CASE("the same training twice is the same", "[train]") {
  Settings settings = settings_with(Adam{}, 50);
  settings.batching = Batching{6, 1};
  std::vector<std::vector<double>> results;
  for (int i = 0; i < 2; ++i) {
    Regression objective(20);
    Training training(settings, {1, 1});
    (void)training.run(objective, Budget(), {});
    results.push_back(training.weights());
  }
  CHECK(results[0] == results[1]);
}

TEST_CASE("a step sees its batch, and the final loss all instances", "[train][batches]") {
  Settings settings = settings_with(Sgd{}, 4);
  settings.batching = Batching{4, 7};
  Regression objective(10);
  Training training(settings, {0, 0});
  const Outcome outcome = training.run(objective, Budget(), {});
  REQUIRE(objective.seen.size() == 5);
  Batches expected({4, 7}, 10);
  for (std::uint64_t step = 0; step < 4; ++step) CHECK(objective.seen[step] == expected.of_step(step));
  CHECK(objective.seen[4].empty());
  std::vector<double> gradient(2);
  Regression full(10);
  CHECK(outcome.loss == full.evaluate(training.weights(), gradient));
  FunctionObjective no_instances = quadratic();
  Training impossible(settings, quadratic_start);
  CHECK_THROWS_AS(impossible.run(no_instances, Budget(), {}), InputError);
}

TEST_CASE("a training stops as soon as its bound is reached", "[train]") {
  const auto [what, below] =
      GENERATE(table<Until::What, double>({{Until::What::loss, 0.01}, {Until::What::gradient, 0.1}}));
  Settings settings = settings_with(Sgd{0.005, 0, false, 0}, 10000);
  settings.until = Until{what, below};
  FunctionObjective objective = quadratic();
  Training training(settings, quadratic_start);
  const Outcome outcome = training.run(objective, Budget(), {});
  CHECK(outcome.end == End::reached);
  CHECK((what == Until::What::loss ? outcome.loss : outcome.gradient_norm) < below);
  settings.until.reset();
  settings.steps = outcome.steps - 1;
  Training before(settings, quadratic_start);
  const Outcome not_yet = before.run(objective, Budget(), {});
  CHECK((what == Until::What::loss ? not_yet.loss : not_yet.gradient_norm) >= below);
}

TEST_CASE("divergence is noticed and the last finite weights are kept", "[train]") {
  // log w: the weight falls by 1/2 each step, and after three steps is negative.
  FunctionObjective objective(1, [](std::span<const double> w, std::span<double> g) {
    g[0] = 1;
    return w[0] >= 0 ? w[0] : std::numeric_limits<double>::quiet_NaN();
  });
  Training training(settings_with(Sgd{0.5, 0, false, 0}, 100), {1.25});
  const Outcome outcome = training.run(objective, Budget(), {});
  CHECK(outcome.end == End::diverged);
  CHECK(outcome.reason == "the loss is not finite after 3 steps");
  CHECK(outcome.steps == 2);
  CHECK(training.steps() == 2);
  CHECK(training.weights() == std::vector<double>{0.25});
  CHECK(outcome.loss == 0.25);

  FunctionObjective steep(1, [](std::span<const double>, std::span<double> g) {
    g[0] = std::numeric_limits<double>::infinity();
    return 0.0;
  });
  Training hopeless(settings_with(Sgd{}, 100), {1});
  CHECK(hopeless.run(steep, Budget(), {}).reason == "the gradient is not finite after 0 steps");
  CHECK(hopeless.weights() == std::vector<double>{1});

  // All steps are done, but the weights they led to are none.
  Training last(settings_with(Sgd{0.5, 0, false, 0}, 3), {1.25});
  const Outcome too_far = last.run(objective, Budget(), {});
  CHECK(too_far.end == End::diverged);
  CHECK(last.weights() == std::vector<double>{0.25});
}

TEST_CASE("an interrupt ends a training between two steps", "[train]") {
  FunctionObjective objective = quadratic();
  Training training(settings_with(Sgd{0.001, 0, false, 0}, 1000), quadratic_start);
  Callbacks callbacks;
  callbacks.progress_seconds = 0;
  std::vector<std::uint64_t> reported;
  callbacks.progress = [&](const Progress& progress) {
    reported.push_back(progress.step);
    CHECK(progress.steps == 1000);
    CHECK(progress.steps_per_second > 0);
    if (progress.step == 10) interrupt_requested().store(true);
  };
  const Outcome outcome = training.run(objective, Budget(), callbacks);
  interrupt_requested().store(false);
  CHECK(outcome.end == End::interrupted);
  CHECK(outcome.reason == "interrupted");
  CHECK(outcome.steps == 10);
  CHECK(training.steps() == 10);
  CHECK(reported.size() == 10);
  CHECK(training.run(objective, Budget(), {}).steps == 1000);
}

TEST_CASE("a damaged state is refused", "[train][resume][reject]") {
  CHECK_THROWS_AS(read_checkpoint(files::load_bytes("x.json", "{\"a\": 1}")), InputError);
  const auto damaged = [](Training::State state) {
    Training training(settings_with(Sgd{}, 10), {1, 2});
    training.restore(std::move(state));
  };
  CHECK_THROWS_AS(damaged({3, {1}, {{"velocity", {}}}, {}}), InputError);
  CHECK_THROWS_AS(damaged({3, {1, 2}, {}, {}}), InputError);
  CHECK_THROWS_AS(damaged({3, {1, 2}, {{"velocity", {}}}, {{5, 1.0}}}), InputError);
  CHECK_NOTHROW(damaged({3, {1, 2}, {{"velocity", {}}}, {{0, 1.0}}}));
}
