#pragma once
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
template <class IsDone, class Before>
bool climb(const Budget& budget, IsDone is_done, Before before_exact) {
  if (is_done(FastArithmetic{}) || is_done(BallArithmetic(first_precision)) || before_exact() ||
      is_done(ExactArithmetic{}))
    return true;
  for (long bits = first_precision * precision_step; bits <= budget.precision_limit(); bits *= precision_step)
    if (is_done(BallArithmetic(bits))) return true;
  return false;
}
template <class IsDone>
bool climb(const Budget& budget, IsDone is_done) {
  return climb(budget, is_done, [] { return false; });
}

}  // namespace assay::evaluate
