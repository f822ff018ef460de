#include "train/line_search.hpp"

#include <algorithm>
#include <cmath>

#include "train/inner_product.hpp"

namespace assay::train {

LineSearch::LineSearch(Objective& objective, std::span<const double> start, std::span<const double> direction,
                       const LossAndGradient& at, const Lbfgs& settings)
    : objective_(objective),
      start_(start),
      direction_(direction),
      settings_(settings),
      origin_{0, at.loss, inner_product(at.gradient, direction), true},
      weights_(start.size()),
      found_{0, std::vector<double>(start.size())} {}

LineSearch::Trial LineSearch::evaluate(double alpha) {
  ++evaluations_;
  for (std::size_t i = 0; i < start_.size(); ++i) weights_[i] = start_[i] + alpha * direction_[i];
  found_.loss = objective_.evaluate(weights_, found_.gradient);
  const double slope = inner_product(found_.gradient, direction_);
  return {alpha, found_.loss, slope, std::isfinite(found_.loss) && std::isfinite(slope)};
}

/// Whether the first condition fails.
bool LineSearch::too_high(const Trial& trial) const {
  Trial bound = origin_;
  bound.value += settings_.c1 * trial.alpha * origin_.slope;
  return !trial.finite || is_higher(trial, bound);
}

bool LineSearch::is_higher(const Trial& x, const Trial& y) {
  return x.value > y.value + 8 * 0x1p-52 * std::max(std::fabs(x.value), std::fabs(y.value));
}

/// Whether the second condition holds.
bool LineSearch::flat_enough(const Trial& trial) const {
  return std::fabs(trial.slope) <= -settings_.c2 * origin_.slope;
}

bool LineSearch::run(double first) {
  Trial before = origin_;
  double alpha = first;
  while (evaluations_ < settings_.evaluations && std::isfinite(alpha)) {
    const Trial trial = evaluate(alpha);
    if (too_high(trial) || (before.alpha > 0 && is_higher(trial, before))) return zoom(before, trial);
    if (flat_enough(trial)) return true;
    if (trial.slope >= 0) return zoom(trial, before);
    before = trial;
    alpha *= 2;
  }
  return settle(before);
}

bool LineSearch::zoom(Trial low, Trial high) {
  while (evaluations_ < settings_.evaluations) {
    const double alpha = interpolate(low, high);
    if (alpha == low.alpha || alpha == high.alpha) break;  // the bracket has no double inside
    const Trial trial = evaluate(alpha);
    if (too_high(trial) || is_higher(trial, low)) {
      high = trial;
      continue;
    }
    if (flat_enough(trial)) return true;
    if (trial.slope * (high.alpha - low.alpha) >= 0) high = low;
    low = trial;
  }
  return settle(low);
}

bool LineSearch::settle(const Trial& low) {
  if (low.alpha == 0 || !(low.value < origin_.value)) return false;
  (void)evaluate(low.alpha);
  return true;
}

double LineSearch::interpolate(const Trial& low, const Trial& high) {
  const double middle = low.alpha + (high.alpha - low.alpha) / 2;
  if (!low.finite || !high.finite) return middle;
  // The minimum of the cubic through both values and slopes.
  const double d1 = low.slope + high.slope - 3 * (low.value - high.value) / (low.alpha - high.alpha);
  const double square = d1 * d1 - low.slope * high.slope;
  if (!(square >= 0)) return middle;
  const double d2 = std::copysign(std::sqrt(square), high.alpha - low.alpha);
  const double alpha =
      high.alpha - (high.alpha - low.alpha) * (high.slope + d2 - d1) / (high.slope - low.slope + 2 * d2);
  const double margin = std::fabs(high.alpha - low.alpha) / 10;
  const double least = std::min(low.alpha, high.alpha) + margin;
  const double most = std::max(low.alpha, high.alpha) - margin;
  if (!std::isfinite(alpha) || !(least <= most)) return middle;
  return std::clamp(alpha, least, most);
}

}  // namespace assay::train
