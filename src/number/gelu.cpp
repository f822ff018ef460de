#include "number/gelu.hpp"

#include <arb_hypgeom.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "number/arf.hpp"
#include "number/ends.hpp"
#include "number/midrad_arb.hpp"
#include "number/radius.hpp"

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

GeluConstants<Ball> constants() {
  return {ball_from(below_gelu_minimum), ball_from(above_gelu_minimum), ball_from(gelu_minimum_error)};
}

auto value_in(long precision) {
  return [precision](const Ball& t) { return gelu_at_point(t, precision); };
}

/// Over x, which is no point.
GeluRange<Ball> range_over(const Ball& x, long precision) {
  Ball low;
  Ball high;
  arb_get_interval_arf(arb_midref(low.get()), arb_midref(high.get()), x.get(), precision + 64);  // outward
  return range_of_gelu(low, high, constants(), value_in(precision), precision);
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
    const GeluRange<Ball> range = range_over(ball, precision);
    out = between(midrad_arb::midrad_of(range.least.get()), midrad_arb::midrad_of(range.most.get()));
  }
  return is_finite(out) ? Status::ok : Status::open;
}

Status gelu(Ball& out, const Ball& x, long precision) {
  if (!is_finite(x)) return Status::open;
  if (is_exact(x)) {
    out = gelu_at_point(x, precision);
  } else {
    const GeluRange<Ball> range = range_over(x, precision);
    out = hull(range.least, range.most, precision);
    if (range.is_around_minimum) {
      const Ball other = gelu_near_minimum(x, midpoint(x), constants(), value_in(precision), precision);
      if (has_smaller_radius(other, out)) out = other;
    }
  }
  return is_finite(out) ? Status::ok : Status::open;
}

}  // namespace assay
