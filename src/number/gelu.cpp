#include "number/gelu.hpp"

#include <arb_hypgeom.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "number/arf.hpp"
#include "number/ends.hpp"
#include "number/magnitude.hpp"
#include "number/midrad_arb.hpp"

namespace assay {

namespace {

/// Bits that the relative error of erfc(u) is larger than that of u: a factor of about 2u² for large u.
long guard_bits(const Ball& t) {
  constexpr long fewest = 16;
  constexpr long most = 128;
  const fmpz* exponent = ARF_EXPREF(arb_midref(t.get()));
  if (arf_is_special(arb_midref(t.get())) != 0 || fmpz_sgn(exponent) < 0) return fewest;
  return fmpz_cmp_si(exponent, most) > 0 ? most : std::min(most, fewest + 2 * fmpz_get_si(exponent));
}

/// Φ(t) = erfc(−t/√2)/2, which does not cancel for negative t as 1 + erf(t/√2) does.
Ball distribution(const Ball& t, long precision) {
  const long working = precision + guard_bits(t);
  Ball argument;
  Ball out;
  arb_set_ui(out.get(), 2);
  arb_sqrt(out.get(), out.get(), working);
  arb_div(argument.get(), t.get(), out.get(), working);
  arb_neg(argument.get(), argument.get());
  arb_hypgeom_erfc(out.get(), argument.get(), working);
  arb_mul_2exp_si(out.get(), out.get(), -1);
  return out;
}

Ball gelu_at_point(const Ball& t, long precision) { return mul(t, distribution(t, precision), precision); }

/// φ(t) = exp(−t²/2)/√(2π).
Ball density(const Ball& t, long precision) {
  static const Ball factor = [] {
    constexpr long most = 128;
    Ball out = assay::pi(most);
    arb_mul_2exp_si(out.get(), out.get(), 1);
    arb_rsqrt(out.get(), out.get(), most);
    return out;
  }();
  Ball out = power(t, 2, precision);
  arb_mul_2exp_si(out.get(), out.get(), -1);
  arb_neg(out.get(), out.get());
  arb_exp(out.get(), out.get(), precision);
  return mul(out, factor, precision);
}

/// An upper bound of |x|.
double abs_upper(const Ball& x) { return std::max(upper_double(x), -lower_double(x)); }

/// gelu over a narrow x = m ± r by one value instead of two:
///     |gelu(t) − gelu(m)| ≤ r|h(m)| + r²/2·sup|h′|,
/// where |h′(ξ)| = |2 − ξ²|φ(ξ) ≤ (|2 − m²| + 2|m|r + r²)·φ(m)e^(|m|r) for |ξ − m| ≤ r. Nothing where x is not narrow,
/// or the second term not small: then it is not sharp.
std::optional<MidRad> gelu_of_narrow(MidRad x) {
  constexpr double largest = 64;
  const double a = std::fabs(x.mid);
  const double r = x.rad;
  if (r > 0x1p-20 || a > largest) return std::nullopt;
  constexpr long precision = midrad_arb::precision;
  const Ball mid = ball_from(x.mid);
  const Ball probability = distribution(mid, precision);
  const Ball phi = density(mid, precision);
  const double slope = abs_upper(add(probability, mul(mid, phi, precision), precision));
  // e^(|m|r) < 1.0001, and 1.01 makes up for rounding, too.
  const double curvature = 1.01 * (std::fabs(2 - a * a) + 2 * a * r + r * r) * abs_upper(phi);
  if (curvature * r > 0x1p-11 * slope) return std::nullopt;
  const MidRad value = midrad_arb::midrad_of(mul(mid, probability, precision).get());
  const double more = 0.51 * ((r * curvature) * r) + error_free::smallest;
  const double rad = error_free::inflate(value.rad + (r * slope * (1 + 0x1p-50) + 2 * error_free::smallest) + more);
  return MidRad{value.mid, rad};
}

/// A ball that contains the least value of all, gelu(t₀), to 105 bits after the point.
///
/// With a = below_gelu_minimum and t₀ − a ≤ 2⁻⁵³: 0 ≤ gelu(a) − gelu(t₀) ≤ (t₀ − a)²/2·sup|h′|, and |h′| < 4/5, its
/// value at its largest, 2φ(0) = 0.798.
Ball least_value(long precision) {
  Ball out = gelu_at_point(ball_from(below_gelu_minimum), precision);
  Ball error;
  arf_set_ui_2exp_si(arb_midref(error.get()), 1, -107);
  Ball below;
  arb_sub(below.get(), out.get(), error.get(), precision);
  return hull(below, out, precision);
}

/// For x around t₀. |h(t)| ≤ 4/5·|t − t₀|, so that gelu(x) is within r·4/5·(|m − t₀| + r) of gelu(m), for the midpoint
/// m and the radius r. Where r is tiny that is sharper than a least value known to 105 bits.
Ball near_minimum(const Ball& x, long precision) {
  Ball mid;
  arb_get_mid_arb(mid.get(), x.get());
  Ball distance = ball_from(below_gelu_minimum);
  arb_add_error_2exp_si(distance.get(), -53);
  arb_sub(distance.get(), distance.get(), mid.get(), precision);
  Magnitude bound;
  arb_get_mag(bound.get(), distance.get());
  mag_add(bound.get(), bound.get(), arb_radref(x.get()));
  mag_mul(bound.get(), bound.get(), arb_radref(x.get()));  // 4/5 is left out
  Ball out = gelu_at_point(mid, precision);
  arb_add_error_mag(out.get(), bound.get());
  return out;
}

/// Enclosures of the least and the largest value of gelu over x, which is no point.
struct Range {
  Ball least, most;
  bool is_around_minimum = false;
};

Range range_of_gelu(const Ball& x, long precision) {
  Ball low;
  Ball high;
  arb_get_interval_arf(arb_midref(low.get()), arb_midref(high.get()), x.get(), precision + 64);  // outward
  const bool decreasing = arf_cmp_d(arb_midref(high.get()), below_gelu_minimum) <= 0;
  const bool increasing = arf_cmp_d(arb_midref(low.get()), above_gelu_minimum) >= 0;
  const Ball first = gelu_at_point(low, precision);
  const Ball last = gelu_at_point(high, precision);
  if (increasing) return {first, last};
  if (decreasing) return {last, first};
  return {least_value(precision), max(first, last, precision), true};
}

}  // namespace

Status gelu(MidRad& out, MidRad x) {
  out = no_information();
  if (!is_finite(x)) return Status::open;
  const Ball ball = ball_from_midrad(x.mid, x.rad);
  constexpr long precision = midrad_arb::precision;
  if (x.rad == 0) {
    out = midrad_arb::midrad_of(gelu_at_point(ball, precision).get());
  } else if (const std::optional<MidRad> narrow = gelu_of_narrow(x)) {
    out = *narrow;
  } else {
    const Range range = range_of_gelu(ball, precision);
    out = between(midrad_arb::midrad_of(range.least.get()), midrad_arb::midrad_of(range.most.get()));
  }
  return is_finite(out) ? Status::ok : Status::open;
}

Status gelu(Ball& out, const Ball& x, long precision) {
  if (!is_finite(x)) return Status::open;
  if (is_exact(x)) {
    out = gelu_at_point(x, precision);
  } else {
    const Range range = range_of_gelu(x, precision);
    out = hull(range.least, range.most, precision);
    if (range.is_around_minimum) {
      const Ball other = near_minimum(x, precision);
      if (mag_cmp(arb_radref(other.get()), arb_radref(out.get())) < 0) out = other;
    }
  }
  return is_finite(out) ? Status::ok : Status::open;
}

}  // namespace assay
