#pragma once
#include <optional>
#include <span>
#include <vector>

#include "train/optimizer.hpp"

namespace assay::train {

/// A search along the ray φ(α) = f(x + αp), α > 0, with φ'(0) < 0, for the strong Wolfe conditions
///     φ(α) <= φ(0) + c1·α·φ'(0)   and   |φ'(α)| <= c2·|φ'(0)|.
/// Source: Nocedal & Wright, "Numerical Optimization", 2nd ed., algorithms 3.5 (bracketing, doubling α) and 3.6 (zoom,
/// with the cubic interpolation (3.59) kept away from the ends of the bracket). Two additions: a trial whose value or
/// gradient is not finite counts as too far; and comparisons of values allow for a few roundings of the values, since
/// near a minimum these say nothing and only slopes lead on (Hager & Zhang, SIAM J. Optim. 16 (2005), section 4).
class LineSearch {
 public:
  /// @param at  value and gradient at `start`. All must outlive the search.
  LineSearch(Objective& objective, std::span<const double> start, std::span<const double> direction,
             const LossAndGradient& at, const Lbfgs& settings);

  /// Searches from the trial `first` > 0 on. True if a point was found that meets the conditions or, when the
  /// evaluations are used up, at least has a lower value; it is then `weights`, `found`.
  [[nodiscard]] bool run(double first);
  [[nodiscard]] const std::vector<double>& weights() const noexcept { return weights_; }
  [[nodiscard]] LossAndGradient& found() noexcept { return found_; }

 private:
  /// φ and φ' at a point of the ray.
  struct Trial {
    double alpha = 0;
    double value = 0;
    double slope = 0;
    bool finite = true;
  };

  [[nodiscard]] Trial evaluate(double alpha);
  [[nodiscard]] bool too_high(const Trial& trial) const;
  /// Whether x is certainly not lower than y: by more than a few roundings.
  [[nodiscard]] static bool is_higher(const Trial& x, const Trial& y);
  [[nodiscard]] bool flat_enough(const Trial& trial) const;
  [[nodiscard]] bool zoom(Trial low, Trial high);
  /// The last resort: the best point of the bracket, if it is lower than the start.
  [[nodiscard]] bool settle(const Trial& low);
  [[nodiscard]] static double interpolate(const Trial& low, const Trial& high);

  Objective& objective_;
  std::span<const double> start_;
  std::span<const double> direction_;
  const Lbfgs& settings_;
  Trial origin_;
  std::size_t evaluations_ = 0;
  std::vector<double> weights_;
  LossAndGradient found_;
};

}  // namespace assay::train
