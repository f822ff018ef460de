#include "train/training.hpp"

#include <algorithm>
#include <cmath>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "train/inner_product.hpp"
#include "train/schedule.hpp"

namespace assay::train {

const char* name_of(End end) noexcept {
  switch (end) {
    case End::all_steps: return "all steps";
    case End::reached: return "reached";
    case End::stalled: return "stalled";
    case End::interrupted: return "interrupted";
    case End::diverged: return "diverged";
  }
  return "";
}

/// Calls the callbacks when their time has come.
class Training::Reporter {
 public:
  Reporter(const Callbacks& callbacks, const Training& training)
      : callbacks_(callbacks), training_(training), shown_steps_(training.steps_) {}

  void after_step(const Outcome& outcome) {
    const Clock::time_point now = Clock::now();
    if (callbacks_.progress && seconds(shown_, now) >= callbacks_.progress_seconds) {
      const double elapsed = std::max(seconds(shown_, now), 1e-9);
      callbacks_.progress({training_.steps_, training_.settings_.steps, outcome.loss, outcome.gradient_norm,
                           static_cast<double>(training_.steps_ - shown_steps_) / elapsed});
      shown_ = now;
      shown_steps_ = training_.steps_;
    }
    if (callbacks_.checkpoint && seconds(saved_, now) >= callbacks_.checkpoint_seconds) {
      callbacks_.checkpoint();
      saved_ = Clock::now();
    }
  }

 private:
  using Clock = std::chrono::steady_clock;
  static double seconds(Clock::time_point from, Clock::time_point to) {
    return std::chrono::duration<double>(to - from).count();
  }

  const Callbacks& callbacks_;
  const Training& training_;
  Clock::time_point shown_ = Clock::now();
  Clock::time_point saved_ = shown_;
  std::uint64_t shown_steps_;
};

Training::Training(const Settings& settings, std::vector<double> start)
    : settings_(settings),
      optimizer_(make_optimizer(settings.optimizer, start.size())),
      weights_(std::move(start)),
      at_{0, std::vector<double>(weights_.size())} {
  ASSAY_ENSURE(!settings.batching || !std::holds_alternative<Lbfgs>(settings.optimizer),
               "a line search needs a loss that stays the same");
}

Training::State Training::state() const { return {steps_, weights_, optimizer_->state(), curve_.points()}; }

void Training::restore(State state) {
  if (state.weights.size() != weights_.size())
    throw InputError("the saved training has " + std::to_string(state.weights.size()) + " weights, not " +
                         std::to_string(weights_.size()),
                     "Train again without --resume.");
  curve_ = LossCurve(std::move(state.curve));
  optimizer_->restore(std::move(state.optimizer));
  weights_ = std::move(state.weights);
  steps_ = state.steps;
  evaluated_ = false;
}

bool Training::evaluate(Objective& objective, Outcome& outcome) {
  if (!evaluated_) at_.loss = objective.evaluate(weights_, at_.gradient);
  const double norm = std::sqrt(inner_product(at_.gradient, at_.gradient));
  if (!std::isfinite(at_.loss) || !std::isfinite(norm)) return false;
  outcome.steps = steps_;
  outcome.loss = at_.loss;
  outcome.gradient_norm = norm;
  last_finite_ = weights_;
  return true;
}

End Training::diverge(Outcome& outcome) {
  outcome.reason = std::string(std::isfinite(at_.loss) ? "the gradient" : "the loss") + " is not finite after " +
                   std::to_string(steps_) + " steps";
  if (!last_finite_.empty()) {
    weights_ = last_finite_;
    steps_ = outcome.steps;
  }
  return End::diverged;
}

bool Training::reached(const Outcome& outcome) const {
  if (!settings_.until) return false;
  const double value = settings_.until->what == Until::What::loss ? outcome.loss : outcome.gradient_norm;
  return value < settings_.until->below;
}

std::optional<End> Training::step(Objective& objective, Outcome& outcome) {
  if (steps_ >= settings_.steps) return End::all_steps;
  if (batches_) objective.restrict_to(batches_->of_step(steps_));
  if (!evaluate(objective, outcome)) return diverge(outcome);
  curve_.add(steps_, outcome.loss);
  if (reached(outcome)) return End::reached;
  const double factor = rate_factor(settings_.schedule, steps_ + 1, settings_.steps);
  const Update update = optimizer_->update(objective, weights_, at_, factor);
  if (update == Update::stalled) return End::stalled;
  evaluated_ = update == Update::moved_and_evaluated;
  ++steps_;
  return std::nullopt;
}

/// Loss and gradient over all instances at the weights that are kept.
void Training::finish(Objective& objective, Outcome& outcome) {
  if (batches_) {
    objective.restrict_to({});
    evaluated_ = false;
  }
  if (evaluate(objective, outcome)) return;
  outcome.end = diverge(outcome);
}

Outcome Training::run(Objective& objective, const Budget& budget, const Callbacks& callbacks) {
  ASSAY_ENSURE(objective.size() == weights_.size(), "the objective is a function of these weights");
  if (settings_.batching) {
    if (objective.instances() == 0)
      throw InputError("`batch` needs a loss that is a mean over instances",
                       "Let the loss begin with `mean(… in …: …)`, or leave out `batch`.");
    batches_.emplace(*settings_.batching, objective.instances());
  }
  objective.restrict_to({});
  evaluated_ = false;
  Outcome outcome;
  Reporter reporter(callbacks, *this);
  try {
    std::optional<End> end;
    while (!(end = step(objective, outcome))) {
      reporter.after_step(outcome);
      budget.check();
    }
    outcome.end = *end;
    if (is_finished(outcome.end)) finish(objective, outcome);
  } catch (const BudgetExceeded& exceeded) {
    outcome.end = End::interrupted;
    outcome.reason = exceeded.what();
    outcome.steps = steps_;
  }
  return outcome;
}

}  // namespace assay::train
