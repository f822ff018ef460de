#include "number/radius.hpp"

#include <algorithm>

#include "number/magnitude.hpp"
#include "number/midrad_arb.hpp"
#include "number/real_ball.hpp"

namespace assay {

MidRad midpoint(MidRad x) noexcept { return {x.mid, 0}; }

Ball midpoint(const Ball& x) {
  Ball out;
  arb_get_mid_arb(out.get(), x.get());
  return out;
}

Rational midpoint_rational(MidRad x) { return exact_rational(x.mid); }
Rational midpoint_rational(const Ball& x) { return lower(midpoint(x)); }
double midpoint_approx(const Ball& x) { return arf_get_d(arb_midref(x.get()), ARF_RND_NEAR); }

Rational radius_rational(MidRad x) { return exact_rational(x.rad); }
Rational radius_rational(const Ball& x) {
  Ball radius;
  arf_set_mag(arb_midref(radius.get()), arb_radref(x.get()));
  return lower(radius);
}

RationalInterval rational_bounds(MidRad x) {
  const Rational mid = exact_rational(x.mid);
  const Rational rad = exact_rational(x.rad);
  return {mid - rad, mid + rad};
}
RationalInterval rational_bounds(const Ball& x) { return {lower(x), upper(x)}; }

bool contains(MidRad x, MidRad y) {
  if (!is_finite(x) || !is_finite(y)) return !is_finite(x);
  return abs(Rational(exact_rational(x.mid) - exact_rational(y.mid))) + exact_rational(y.rad) <= exact_rational(x.rad);
}
bool contains(const Ball& x, const Ball& y) { return arb_contains(x.get(), y.get()) != 0; }

MidRad to_midrad(MidRad x) noexcept { return x; }
MidRad to_midrad(const Ball& x) { return midrad_arb::midrad_of(x.get()); }

bool in_halves(MidRad x, std::array<MidRad, 2>& halves) noexcept {
  if (!is_finite(x) || x.rad == 0) return false;
  halves = {midrad_between(lower(x), x.mid), midrad_between(x.mid, upper(x))};
  return true;
}

/// Arb's union of two balls contains all numbers between them.
bool in_halves(const Ball& x, std::array<Ball, 2>& halves) {
  if (!is_finite(x) || mag_is_zero(arb_radref(x.get())) != 0) return false;
  Ball low;
  Ball high;
  constexpr long bits_of_radius = 64;
  const long precision = std::max(bits_of_radius, arb_bits(x.get()) + bits_of_radius);
  arb_get_lbound_arf(arb_midref(low.get()), x.get(), precision);
  arb_get_ubound_arf(arb_midref(high.get()), x.get(), precision);
  const Ball middle = midpoint(x);
  arb_union(halves[0].get(), low.get(), middle.get(), precision);
  arb_union(halves[1].get(), middle.get(), high.get(), precision);
  return true;
}

bool has_smaller_radius(MidRad x, MidRad y) noexcept { return is_finite(x) && (!is_finite(y) || x.rad < y.rad); }

bool has_smaller_radius(const Ball& x, const Ball& y) {
  return is_finite(x) && (!is_finite(y) || mag_cmp(arb_radref(x.get()), arb_radref(y.get())) < 0);
}

/// A quotient is off by a factor of 1 + u and η/2.
double radius_ratio(MidRad x, MidRad y) noexcept { return error_free::inflate(x.rad / y.rad) + error_free::smallest; }

/// mag_div rounds upwards; the double of its 30 bits is exact unless it underflows.
double radius_ratio(const Ball& x, const Ball& y) {
  Magnitude ratio;
  mag_div(ratio.get(), arb_radref(x.get()), arb_radref(y.get()));
  return error_free::inflate(mag_get_d(ratio.get())) + error_free::smallest;
}

MidRad widened(MidRad x, double factor, MidRad y) noexcept {
  const double more = error_free::inflate(factor * y.rad) + error_free::smallest;
  const MidRad out = {x.mid, error_free::inflate(x.rad + more)};
  return is_finite(out) && std::isfinite(factor) ? out : no_information();
}

Ball widened(const Ball& x, double factor, const Ball& y) {
  Ball out = x;
  Magnitude more;
  if (std::isfinite(factor))
    mag_set_d(more.get(), factor);
  else
    mag_inf(more.get());
  mag_mul(more.get(), more.get(), arb_radref(y.get()));
  arb_add_error_mag(out.get(), more.get());
  return out;
}

}  // namespace assay
