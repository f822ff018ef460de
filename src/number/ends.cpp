#include "number/ends.hpp"

#include <algorithm>
#include <limits>

#include "number/arf.hpp"
#include "number/midrad_arb.hpp"

namespace assay {

namespace {

/// More bits than the result has, for the difference of an end and the shift.
constexpr long guard_bits = 128;

}  // namespace

MidRad point_near(End end, MidRad x) noexcept {
  if (!is_finite(x)) return {0, 0};
  constexpr double largest = std::numeric_limits<double>::max();
  return {std::clamp(end == End::lower ? x.mid - x.rad : x.mid + x.rad, -largest, largest), 0};
}

Ball point_near(End end, const Ball& x) {
  Ball out;
  if (!is_finite(x)) return out;
  if (end == End::lower)
    arb_get_lbound_arf(arb_midref(out.get()), x.get(), guard_bits);
  else
    arb_get_ubound_arf(arb_midref(out.get()), x.get(), guard_bits);
  return out;
}

/// Sums of doubles are exact in Arb, so that only the exponential and the way back to doubles are rounded.
MidRad exp_at(End end, MidRad x, MidRad shift) {
  if (!is_finite(x) || !is_finite(shift)) return no_information();
  midrad_arb::Ball value;
  Arf term;
  arf_ptr mid = arb_midref(value.get());
  arf_set_d(mid, x.mid);
  if (x.rad != 0) {
    arf_set_d(term.get(), end == End::lower ? -x.rad : x.rad);
    arf_add(mid, mid, term.get(), ARF_PREC_EXACT, ARF_RND_DOWN);
  }
  arf_set_d(term.get(), shift.mid);
  arf_sub(mid, mid, term.get(), ARF_PREC_EXACT, ARF_RND_DOWN);
  arb_exp(value.get(), value.get(), midrad_arb::precision);
  return midrad_arb::midrad_of(value.get());
}

Ball exp_at(End end, const Ball& x, const Ball& shift, long precision) {
  // Exponents of balls have no bound, so sums are rounded, and enclosed.
  Ball value;
  Arf radius;
  arf_set_mag(radius.get(), arb_radref(x.get()));
  arb_set_arf(value.get(), arb_midref(x.get()));
  if (end == End::lower)
    arb_sub_arf(value.get(), value.get(), radius.get(), precision + guard_bits);
  else
    arb_add_arf(value.get(), value.get(), radius.get(), precision + guard_bits);
  arb_sub(value.get(), value.get(), shift.get(), precision + guard_bits);
  arb_exp(value.get(), value.get(), precision);
  return value;
}

/// For 0 ≤ r ≤ 1: e^r − 1 ∈ [r, r + r²] and e^(−r) − 1 ∈ [−r, −r + r²], as their series show.
void exp_at_ends(MidRad& low, MidRad& high, MidRad x, MidRad shift) {
  if (!is_finite(x) || x.rad > 0x1p-20) {
    low = exp_at(End::lower, x, shift);
    high = exp_at(End::upper, x, shift);
    return;
  }
  const MidRad middle = exp_at(End::lower, {x.mid, 0}, shift);
  const double square = error_free::inflate(x.rad * x.rad) + error_free::smallest;
  low = x.rad == 0 ? middle : multiply(middle, add({1, 0}, {-x.rad, square}));
  high = x.rad == 0 ? middle : multiply(middle, add({1, 0}, {x.rad, square}));
}

void exp_at_ends(Ball& low, Ball& high, const Ball& x, const Ball& shift, long precision) {
  low = exp_at(End::lower, x, shift, precision);
  high = exp_at(End::upper, x, shift, precision);
}

/// For any midpoint m, the numbers of `low` are at most |low.mid − m| + low.rad away from it, those of `high` at most
/// |high.mid − m| + high.rad. Each is a rounded difference and a rounded sum, which `inflate` makes good.
MidRad between(MidRad low, MidRad high) noexcept {
  if (!is_finite(low) || !is_finite(high)) return no_information();
  const double mid = 0.5 * low.mid + 0.5 * high.mid + 0.5 * (high.rad - low.rad);
  const double below = std::fabs(mid - low.mid) + low.rad;
  const double above = std::fabs(high.mid - mid) + high.rad;
  if (!(below <= std::numeric_limits<double>::max() && above <= std::numeric_limits<double>::max()))
    return no_information();
  return {mid, error_free::inflate(std::max(below, above))};
}

Ball between(const Ball& low, const Ball& high, long precision) { return hull(low, high, precision); }

}  // namespace assay
