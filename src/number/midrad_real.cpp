#include "number/midrad_real.hpp"

#include <cmath>

namespace assay {

namespace {

using error_free::inflate;
using error_free::smallest;

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The answer `open` where a result has come out without information.
Status checked(MidRad& out) noexcept {
  if (is_finite(out)) return Status::ok;
  out = no_information();
  return Status::open;
}

/// An upper bound of |a − q·b| for q = fl(a/b), a ≠ 0.
///
/// If q and q·b are far from underflow, p = fl(q·b) and a agree to 3u, so that a − p is exact (Sterbenz's lemma), and
/// so is Dekker's remainder e; only the last subtraction may round, and an exact quotient gives 0. Else (F2) says |a/b
/// − q| ≤ u|q| + η/2, doubled here to cover the rounding of the bound itself.
double division_residual(double a, double b, double q) noexcept {
  const double p = q * b;
  const double e = error_free::product_remainder(q, b, p);
  if (error_free::remainder_is_exact(p, e) && std::fabs(q) >= 0x1p-1022) return inflate(std::fabs((a - p) - e));
  return (2 * error_free::unit_roundoff * std::fabs(q) + 2 * smallest) * std::fabs(b) + smallest;
}

/// √x for a radius that is not small against the midpoint, by the monotone function at both ends. x ≥ 0.
MidRad wide_sqrt(MidRad x) noexcept {
  const double low = lower(x);
  // IEEE square roots are correctly rounded, never under- or overflow, and are at least 2⁻⁵³⁷ for positive operands.
  const double high = error_free::round_up(std::sqrt(upper(x)));
  if (!(low > 0)) return {0.5 * high, 0.5 * high};
  return midrad_between(error_free::round_down(std::sqrt(low)), high);
}

/// a/b rounded downwards, b > 0. The quotient of a double and another is a zero only for a = 0 or by underflow.
double quotient_below(double a, double b) noexcept { return a == 0 ? 0 : error_free::round_down(a / b); }

/// x/y for a y > 0 whose radius is not small against its midpoint: decreasing or increasing in y as x is positive or
/// negative, and increasing in x. The lower end of y is positive: if mid − rad is rounded, it is above 2⁻¹⁰²².
MidRad wide_quotient(MidRad x, MidRad y) noexcept {
  const double low = lower(x);
  const double high = upper(x);
  return midrad_between(quotient_below(low, low >= 0 ? upper(y) : lower(y)),
                        -quotient_below(-high, high >= 0 ? lower(y) : upper(y)));
}

}  // namespace

MidRad midrad_from(const Rational& value) {
  double mid = value.get_d();  // GMP truncates towards 0
  if (!std::isfinite(mid)) return no_information();
  Rational error = value - Rational(mid);
  if (error == 0) return {mid, 0};
  const double away = std::nextafter(mid, sgn(value) < 0 ? -infinity : infinity);
  if (std::isfinite(away)) {
    const Rational other = value - Rational(away);
    if (cmp(::abs(other), ::abs(error)) < 0) {
      mid = away;
      error = other;
    }
  }
  const Rational size = ::abs(error);
  const double truncated = size.get_d();
  return {mid, Rational(truncated) == size ? truncated : std::nextafter(truncated, infinity)};
}

MidRad power_of_wide(MidRad x, unsigned long n) noexcept {
  const MidRad low = power({lower(x), 0}, n);
  const MidRad high = power({upper(x), 0}, n);
  if (n % 2 == 1) return hull(low, high);
  if (is_nonnegative(x) || is_nonpositive(x)) return hull(low, high);
  // The value 0 inside is the least one.
  const MidRad most = max(low, high);
  return is_finite(most) ? midrad_between(0, upper(most)) : no_information();
}

/// With x = mx + α, y = my + β, q = fl(mx/my):  x/y − q = (mx − q·my + α − q·β)/(my + β), hence
///     |x/y − q| ≤ (|mx − q·my| + rx + |q|·ry)/(|my| − ry).
/// Rounding: the numerator has one product and two sums, covered by (1 − u)⁴(1 + 8u) > 1 and 2η; the denominator, a
/// difference, is exact below 2⁻¹⁰²² and otherwise right up to 1 − u, covered by 1 − 4u; the quotient by 1 + 4u and η.
Status divide(MidRad& out, MidRad x, MidRad y) noexcept {
  out = no_information();
  if (y.mid == 0 && y.rad == 0) return Status::undefined;
  if (!is_finite(x) || may_be_zero(y)) return Status::open;
  if (x.mid == 0 && x.rad == 0) {
    out = {0, 0};
    return Status::ok;
  }
  if (y.rad > 0x1p-20 * std::fabs(y.mid)) {  // first-order bounds are not sharp
    out = y.mid > 0 ? wide_quotient(x, y) : negate(wide_quotient(x, negate(y)));
    return checked(out);
  }
  const double q = x.mid / y.mid;
  const double residual = x.mid == 0 ? 0 : division_residual(x.mid, y.mid, q);
  if (residual == 0 && x.rad == 0 && y.rad == 0) {
    out = {q, 0};
    return checked(out);
  }
  const double numerator = (residual + x.rad + std::fabs(q) * y.rad) * (1 + 0x1p-50) + 2 * smallest;
  const double denominator = (std::fabs(y.mid) - y.rad) * (1 - 0x1p-51);
  out = {q, inflate(numerator / denominator) + smallest};
  return checked(out);
}

/// |√x − √m| = |x − m|/(√x + √m) ≤ r/(√(m − r) + √m). The computed denominator exceeds the true one by a factor of
/// (1 + u)³ at most, for which 1 − 8u makes up; quotient and sum lose (1 − u)³ and η/2, covered by 1 + 8u and η.
Status sqrt(MidRad& out, MidRad x) noexcept {
  out = no_information();
  if (!is_finite(x)) return Status::open;
  if (-x.mid > x.rad) return Status::undefined;
  if (!(x.mid >= x.rad)) return Status::open;
  const double root = std::sqrt(x.mid);
  const double p = root * root;
  const double remainder = error_free::product_remainder(root, root, p);
  const bool exact = x.mid == 0 || (p == x.mid && remainder == 0 && error_free::remainder_is_exact(p, remainder));
  const double error = exact ? 0 : error_free::unit_roundoff * root;  // half a unit in the last place, or more
  if (x.rad == 0) {
    out = {root, error};
  } else if (x.rad > 0x1p-10 * x.mid) {
    out = wide_sqrt(x);
  } else {
    const double denominator = (root + std::sqrt(lower(x))) * (1 - 0x1p-50);
    out = {root, (x.rad / denominator + error) * (1 + 0x1p-50) + smallest};
  }
  return checked(out);
}

}  // namespace assay
