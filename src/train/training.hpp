#pragma once
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "train/batches.hpp"
#include "train/loss_curve.hpp"
#include "train/optimizer.hpp"

namespace assay::train {

/// Why a training ended.
enum class End : std::uint8_t {
  all_steps,    ///< it did all its steps
  reached,      ///< the bound of `until` was reached
  stalled,      ///< no step lowers the loss (lbfgs)
  interrupted,  ///< Ctrl-C, or a limit of the budget
  diverged      ///< loss or gradient became infinite or NaN
};
/// "all steps", "reached", …: the words that trained files record.
[[nodiscard]] const char* name_of(End end) noexcept;
/// Whether the weights are what the statement asks for.
[[nodiscard]] constexpr bool is_finished(End end) noexcept {
  return end == End::all_steps || end == End::reached || end == End::stalled;
}

struct Progress {
  std::uint64_t step;  ///< updates done
  std::uint64_t steps;
  double loss;           ///< of the step
  double gradient_norm;  ///< Euclidean
  double steps_per_second;
};

/// Called between updates, from the thread that trains.
struct Callbacks {
  std::function<void(const Progress&)> progress;  ///< may be empty
  double progress_seconds = 0.1;                  ///< at least so long between calls; 0: in every step
  std::function<void()> checkpoint;               ///< may be empty; the training is then in a state that may be saved
  double checkpoint_seconds = 60;
};

struct Outcome {
  End end = End::all_steps;
  std::uint64_t steps = 0;  ///< updates that the weights have seen
  /// Over all instances at the weights, except after an interrupt or divergence: then those of the last step before.
  double loss = std::numeric_limits<double>::quiet_NaN();
  double gradient_norm = std::numeric_limits<double>::quiet_NaN();
  std::string reason;  ///< interrupted: by what; diverged: what is not finite, and where
};

/// A training in progress: the weights, what the optimizer remembers, and the losses so far.
///
/// Deterministic: the weights after n steps depend on settings, start and objective only, also if the training was
/// saved and restored in between.
class Training {
 public:
  Training(const Settings& settings, std::vector<double> start);

  /// What must be saved to go on later.
  struct State {
    std::uint64_t steps = 0;
    std::vector<double> weights;
    OptimizerState optimizer;
    std::vector<LossCurve::Point> curve;
  };
  [[nodiscard]] State state() const;
  /// @throws InputError if the state does not fit these settings or this number of weights.
  void restore(State state);

  /// Trains up to `settings.steps` updates altogether, or until one of the other ends.
  /// After `diverged` the weights are the last at which loss and gradient were finite, and `state()` is of no use.
  /// @throws InputError if batches are asked for and the objective has no instances.
  [[nodiscard]] Outcome run(Objective& objective, const Budget& budget, const Callbacks& callbacks);

  [[nodiscard]] const std::vector<double>& weights() const noexcept { return weights_; }
  [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }
  [[nodiscard]] const LossCurve& curve() const noexcept { return curve_; }

 private:
  class Reporter;
  /// One step, or why there is none.
  [[nodiscard]] std::optional<End> step(Objective& objective, Outcome& outcome);
  /// Loss and gradient at the weights over the present instances; false if they are not finite.
  [[nodiscard]] bool evaluate(Objective& objective, Outcome& outcome);
  [[nodiscard]] End diverge(Outcome& outcome);
  [[nodiscard]] bool reached(const Outcome& outcome) const;
  void finish(Objective& objective, Outcome& outcome);

  Settings settings_;
  std::unique_ptr<Optimizer> optimizer_;
  std::optional<Batches> batches_;
  std::vector<double> weights_;
  std::vector<double> last_finite_;  ///< the weights at which loss and gradient were last seen to be finite
  LossAndGradient at_;
  bool evaluated_ = false;  ///< `at_` is the loss of the present weights over all instances
  std::uint64_t steps_ = 0;
  LossCurve curve_;
};

}  // namespace assay::train
