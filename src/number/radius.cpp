#include "number/radius.hpp"

#include "number/magnitude.hpp"
#include "number/midrad_arb.hpp"

namespace assay {

MidRad midpoint(MidRad x) noexcept { return {x.mid, 0}; }

Ball midpoint(const Ball& x) {
  Ball out;
  arb_get_mid_arb(out.get(), x.get());
  return out;
}

MidRad to_midrad(MidRad x) noexcept { return x; }
MidRad to_midrad(const Ball& x) { return midrad_arb::midrad_of(x.get()); }

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
