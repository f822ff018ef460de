#pragma once
#include <algorithm>

#include "base/budget.hpp"
#include "evaluate/ball_arithmetic.hpp"
#include "evaluate/exact_arithmetic.hpp"
#include "evaluate/fast_arithmetic.hpp"

namespace assay::evaluate {

/// The precision of the first balls, in bits; that of the next ones is `precision_step` times as high each.
inline constexpr long first_precision = 128;
inline constexpr long precision_step = 4;

/// Calls `is_done(arithmetic)` from cheap to dear (fast enclosures, balls, exact algebra, balls of growing precision up
/// to the budget's limit) until it returns true, and says whether it did.
/// @param before_exact  another rung, called before exact algebra.
/// @param first         the precision of the first balls; those of `precision_step` times as many bits are tried
///                      whatever the limit is if it is not the usual one.
template <class IsDone, class Before>
bool climb(const Budget& budget, IsDone is_done, Before before_exact, long first = first_precision) {
  if (is_done(FastArithmetic{}) || is_done(BallArithmetic(first)) || before_exact() || is_done(ExactArithmetic{}))
    return true;
  const long last =
      first == first_precision ? budget.precision_limit() : std::max(budget.precision_limit(), first * precision_step);
  for (long bits = first * precision_step; bits <= last; bits *= precision_step)
    if (is_done(BallArithmetic(bits))) return true;
  return false;
}
template <class IsDone>
bool climb(const Budget& budget, IsDone is_done) {
  return climb(budget, is_done, [] { return false; });
}

}  // namespace assay::evaluate
