#include "number/interval_ends.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/contract.hpp"
#include "number/interval_internal.hpp"

namespace assay {

namespace {

/// More bits than the result has, for the difference of an end and the shift: differences from 2³¹ on are beyond MPFR's
/// exponents, and below that the relative error of exp, which is the error of the difference, is at most
/// 2^(31 − guard_bits) units of the last place.
constexpr long guard_bits = 40;

/// The width of x, rounded upwards to that many bits; +∞ if x is not finite.
Interval width_above(const Interval& x, long bits = 53) {
  Interval out = Interval::of_precision(bits);
  if (is_finite(x))
    mpfr_sub(out.right(), x.right(), x.left(), MPFR_RNDU);
  else
    mpfr_set_inf(out.right(), 1);
  mpfr_set_zero(out.left(), 1);
  return out;
}

}  // namespace

Interval point_near(End end, const Interval& x) {
  if (!is_finite(x)) return {};
  return point(end == End::lower ? x.left() : x.right());
}

Interval exp_at(End end, const Interval& x, const Interval& shift, long precision) {
  if (!is_finite(x)) return Interval::whole();
  return exponential(sub(point_near(end, x), shift, precision + guard_bits), precision);
}

void exp_at_ends(Interval& low, Interval& high, const Interval& x, const Interval& shift, long precision) {
  low = exp_at(End::lower, x, shift, precision);
  high = is_exact(x) ? low : exp_at(End::upper, x, shift, precision);
}

Interval between(const Interval& low, const Interval& high, long precision) { return hull(low, high, precision); }

/// Rounding is monotone, so that the rounded middle of two numbers of that precision lies between them.
Interval midpoint(const Interval& x) {
  if (!is_finite(x)) return x;
  Interval out = Interval::of_precision(x.precision() + 2);
  mpfi_mid(out.left(), x.get());
  mpfr_set(out.right(), out.left(), MPFR_RNDN);
  return out;
}

Rational midpoint_rational(const Interval& x) { return lower(midpoint(x)); }

double midpoint_approx(const Interval& x) {
  const double out = mpfr_get_d(midpoint(x).left(), MPFR_RNDN);
  return is_finite(x) ? out : 0;
}

Rational radius_rational(const Interval& x) { return (upper(x) - lower(x)) / 2; }

bool contains(const Interval& x, const Interval& y) {
  return mpfr_lessequal_p(x.left(), y.left()) != 0 && mpfr_greaterequal_p(x.right(), y.right()) != 0;
}

bool in_halves(const Interval& x, std::array<Interval, 2>& halves) {
  if (!is_finite(x) || is_exact(x)) return false;
  const Interval middle = midpoint(x);
  const long precision = middle.precision();  // x has fewer bits, so that nothing is rounded
  halves = {hull(point_near(End::lower, x), middle, precision), hull(middle, point_near(End::upper, x), precision)};
  return true;
}

bool has_smaller_radius(const Interval& x, const Interval& y) {
  return is_finite(x) && (!is_finite(y) || mpfr_less_p(width_above(x).right(), width_above(y).right()) != 0);
}

double radius_ratio(const Interval& x, const Interval& y) {
  Interval width_of_y = Interval::of_precision(std::numeric_limits<double>::digits);
  mpfr_sub(width_of_y.left(), y.right(), y.left(), MPFR_RNDD);
  Interval ratio = width_above(x);
  mpfr_div(ratio.right(), ratio.right(), width_of_y.left(), MPFR_RNDU);
  return mpfr_get_d(ratio.right(), MPFR_RNDU);
}

Interval widened(const Interval& x, double factor, const Interval& y) {
  ASSAY_ENSURE(!(factor < 0), "a radius is widened by a factor that is not negative");
  if (!is_finite(x) || !is_finite(y) || !std::isfinite(factor)) return Interval::whole();
  Interval more = width_above(y);
  mpfr_mul_d(more.right(), more.right(), factor, MPFR_RNDU);
  mpfr_div_2ui(more.right(), more.right(), 1, MPFR_RNDU);
  Interval out = Interval::of_precision(std::max({x.precision(), y.precision(), 64L}));
  mpfr_sub(out.left(), x.left(), more.right(), MPFR_RNDD);
  mpfr_add(out.right(), x.right(), more.right(), MPFR_RNDU);
  return without_nan(out);
}

RationalInterval rational_bounds(const Interval& x) { return {lower(x), upper(x)}; }

}  // namespace assay
