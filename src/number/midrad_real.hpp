#pragma once
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

#include "number/arithmetic.hpp"
#include "number/error_free.hpp"
#include "number/integer.hpp"

namespace assay {

/// The set [mid − rad, mid + rad] of real numbers, rad ≥ 0. If mid or rad is infinite or NaN: no information at all.
///
/// Inclusion principle, for every function below: if x ∈ X and y ∈ Y then f(x, y) ∈ f(X, Y). Operations whose result is
/// a double for point operands (rad 0) give it with rad 0, underflow apart; otherwise the radius of one operation on
/// points is about 2⁻⁵² of the midpoint at most, underflow apart.
/// Computed in round-to-nearest; the bounds are derived from the facts (F1) to (F3) of number/error_free.hpp.
/// Source: S. M. Rump, Fast and parallel interval arithmetic, BIT 39 (1999), pp. 534–554.
struct MidRad {
  double mid = 0;
  double rad = 0;
};

/// What is known of a number of which nothing is known.
[[nodiscard]] inline MidRad no_information() noexcept { return {0, std::numeric_limits<double>::infinity()}; }

[[nodiscard]] inline bool is_finite(MidRad x) noexcept { return std::isfinite(x.mid) && std::isfinite(x.rad); }
/// Is x one known number?
[[nodiscard]] inline bool is_point(MidRad x) noexcept { return std::isfinite(x.mid) && x.rad == 0; }

/// A lower bound of the numbers of x, −inf without information; exact if mid − rad is a double.
[[nodiscard]] inline double lower(MidRad x) noexcept {
  const double bound = x.mid - x.rad;
  // Written so that a NaN (an overflow inside sum_error) counts as inexact.
  const bool inexact = !(error_free::sum_error(x.mid, -x.rad, bound) >= 0);
  if (!is_finite(x)) return -std::numeric_limits<double>::infinity();
  return inexact ? error_free::round_down(bound) : bound;
}

/// An upper bound of the numbers of x, +inf without information; exact if mid + rad is a double.
[[nodiscard]] inline double upper(MidRad x) noexcept { return -lower({-x.mid, x.rad}); }

/// Is every number of x ≥ 0, resp. ≤ 0? Exact: no rounding is involved.
[[nodiscard]] inline bool is_nonnegative(MidRad x) noexcept { return is_finite(x) && x.mid >= x.rad; }
[[nodiscard]] inline bool is_nonpositive(MidRad x) noexcept { return is_finite(x) && -x.mid >= x.rad; }
/// May x be 0? True without information.
[[nodiscard]] inline bool may_be_zero(MidRad x) noexcept { return !(is_finite(x) && std::fabs(x.mid) > x.rad); }

/// The smallest set with representable midpoint, up to rounding of the radius, that contains [low, high].
[[nodiscard]] inline MidRad midrad_between(double low, double high) noexcept {
  if (low == high && std::isfinite(low)) return {low, 0};
  const double mid = 0.5 * low + 0.5 * high;  // any midpoint is sound
  const double above = high - mid;
  const double below = mid - low;
  // NaN and infinite bounds reach `above` or `below`; adding 0·(…) keeps them from getting lost in the comparison.
  return {mid, error_free::inflate(above > below ? above : below) + 0 * (above + below)};
}

[[nodiscard]] inline MidRad midrad_from(double value) noexcept { return {value, 0}; }
[[nodiscard]] inline MidRad midrad_from(std::int64_t value) noexcept {
  const auto mid = static_cast<double>(value);
  // Modulo 2⁶⁴, where mid = 2⁶³ has a place too; the difference is at most 512.
  const auto bits = mid < 0x1p63 ? static_cast<std::uint64_t>(static_cast<std::int64_t>(mid)) : std::uint64_t{1} << 63U;
  return {mid, std::fabs(static_cast<double>(static_cast<std::int64_t>(static_cast<std::uint64_t>(value) - bits)))};
}
/// The nearest double (a tie may go either way) and the distance to it, rounded up.
[[nodiscard]] MidRad midrad_from(const Rational& value);
/// π to within 1.3·10⁻¹⁶. The digits of π − mid are those of fdlibm's pi_lo, rounded up.
[[nodiscard]] inline MidRad midrad_pi() noexcept { return {0x1.921fb54442d18p+1, 0x1.1a62633145c08p-53}; }

[[nodiscard]] inline MidRad negate(MidRad x) noexcept { return {-x.mid, x.rad}; }

[[nodiscard]] inline MidRad add(MidRad x, MidRad y) noexcept {
  const double mid = x.mid + y.mid;
  return {mid, error_free::inflate((x.rad + y.rad) + std::fabs(error_free::sum_error(x.mid, y.mid, mid)))};
}

[[nodiscard]] inline MidRad subtract(MidRad x, MidRad y) noexcept { return add(x, negate(y)); }

/// |xy − mx·my| ≤ |mx|·ry + rx·(|my| + ry), and the error of fl(mx·my).
///
/// Rounding: each of the two products loses a factor (1 − u) and η/2, the sums (1 − u)³ at most, and the last product
/// (1 − u); (1 − u)⁵(1 + 8u) > 1 makes that good. Below 2⁻¹⁰²² sums are exact and the rounding of |my| + ry costs η/2
/// more; 4η covers all of it. Products of points, and with the point 0, skip all that to stay exact.
[[nodiscard]] inline MidRad multiply(MidRad x, MidRad y) noexcept {
  const double mid = x.mid * y.mid;
  const double error = error_free::product_error(x.mid, y.mid, mid);
  const double spread = std::fabs(x.mid) * y.rad + x.rad * (std::fabs(y.mid) + y.rad);
  const double inflated = (spread + error) * (1 + 0x1p-50) + 4 * error_free::smallest;
  const bool as_points = ((x.rad == 0) & ((y.rad == 0) | (x.mid == 0))) | ((y.rad == 0) & (y.mid == 0));
  // 0·(…) is NaN for an infinite radius: 0 times "no information" is no information.
  return {mid, as_points ? error + 0 * (x.rad + y.rad) : inflated};
}

/// The set of squares. Never reaches below 0.
///
/// With a = |mx| ≥ r: (a ± r)² = (a² + r²) ± 2ar. The errors of a², r² and of the sum join the radius, and are covered
/// as in `multiply`. Where a < r, or rounding would let the set reach below 0, the hull [0, (a + r)²] is taken.
[[nodiscard, gnu::always_inline]] inline MidRad square(MidRad x) noexcept {
  const double a = std::fabs(x.mid);
  const double a2 = a * a;
  const double r2 = x.rad * x.rad;
  const double mid = a2 + r2;
  const double error = error_free::product_error(a, a, a2);
  const double errors = (error + 0x1p-53 * r2) + std::fabs(error_free::sum_error(a2, r2, mid));
  const double inflated = (2 * a * x.rad + errors) * (1 + 0x1p-50) + 4 * error_free::smallest;
  const double rad = x.rad == 0 ? error : inflated;
  const double high = error_free::inflate(a + x.rad);
  const double half = 0.5 * (high * high * (1 + 0x1p-51)) + 4 * error_free::smallest;
  const bool clear = (mid >= rad) & (a >= x.rad);
  return {clear ? mid : half, clear ? rad : half};
}

/// xⁿ by its values at the ends of x, for a radius so large that repeated multiplication is not sharp.
[[nodiscard]] MidRad power_of_wide(MidRad x, unsigned long n) noexcept;

/// xⁿ by repeated squaring; x⁰ = 1 for every x (also for 0), except without information.
[[nodiscard]] inline MidRad power(MidRad x, unsigned long n) noexcept {
  if (!is_finite(x)) return no_information();
  if (n == 0) return {1, 0};
  if (n > 2 && x.rad > 0x1p-20 * std::fabs(x.mid)) return power_of_wide(x, n);
  MidRad result = x;
  for (unsigned long bit = (1UL << (63U - static_cast<unsigned>(__builtin_clzl(n)))) >> 1U; bit != 0; bit >>= 1U) {
    result = square(result);
    if ((n & bit) != 0) result = multiply(result, x);
  }
  return result;
}

/// |x|: x or −x where the sign is certain, else [0, |mid| + rad].
[[nodiscard]] inline MidRad abs(MidRad x) noexcept {
  const double half = 0.5 * error_free::inflate(std::fabs(x.mid) + x.rad);
  const double rad = half + error_free::smallest;  // halving an odd subnormal rounds, by η/2
  return {std::fabs(x.mid) >= x.rad ? std::fabs(x.mid) : rad, std::fabs(x.mid) >= x.rad ? x.rad : rad};
}

/// max(x, 0): x or 0 where the sign is certain, else the hull [0, mid + rad].
[[nodiscard]] inline MidRad relu(MidRad x) noexcept {
  const double rad = 0.5 * error_free::inflate(x.mid + x.rad) + error_free::smallest;
  const bool positive = x.mid >= x.rad;
  const bool negative = -x.mid >= x.rad;
  const double zero = 0 * x.mid + 0 * x.rad;  // NaN, not 0, if x is −inf or has an infinite radius
  return {positive ? x.mid : negative ? zero : rad, positive ? x.rad : negative ? std::fabs(zero) : rad};
}

/// The smallest set that contains both, up to rounding.
[[nodiscard]] inline MidRad hull(MidRad x, MidRad y) noexcept {
  if (!is_finite(x) || !is_finite(y)) return no_information();
  if (x.mid == y.mid) return {x.mid, x.rad > y.rad ? x.rad : y.rad};
  const double low = lower(x) < lower(y) ? lower(x) : lower(y);
  const double high = upper(x) > upper(y) ? upper(x) : upper(y);
  return midrad_between(low, high);
}

/// The larger of the two numbers; one of the operands, unchanged, where the order is certain.
[[nodiscard]] inline MidRad max(MidRad x, MidRad y) noexcept {
  if (!is_finite(x) || !is_finite(y)) return no_information();
  if (lower(x) >= upper(y)) return x;
  if (lower(y) >= upper(x)) return y;
  const double low = lower(x) > lower(y) ? lower(x) : lower(y);
  const double high = upper(x) > upper(y) ? upper(x) : upper(y);
  return midrad_between(low, high);
}

[[nodiscard]] inline MidRad min(MidRad x, MidRad y) noexcept { return negate(max(negate(x), negate(y))); }

/// Whether every number of x is smaller than every number of y, if that shows at first sight: false says nothing.
///
/// Let D = y.mid − x.mid and R = x.rad + y.rad as real numbers, d and r as computed; x < y if D > R. With the unit
/// roundoff u = 2⁻⁵³, d ≤ (1 + u)·D for D > 0 and r ≥ (1 − u)·R, neither with an underflow error (Higham, Accuracy and
/// Stability of Numerical Algorithms, 2nd ed., section 2.2 and problem 2.19). The test is d > fl(r·c) with c = 1 + 16u.
/// If r·c is at least 2⁻¹⁰²², fl(r·c) ≥ (1 − u)(1 + 16u)·r, so D > (1 − u)²(1 + 16u)/(1 + u)·R ≥ R. Below, r is an
/// exact sum, R = r ≤ fl(r·c) < d; and as rounding is monotone, D ≤ r would give d ≤ r.
[[nodiscard]] inline bool is_plainly_less(MidRad x, MidRad y) noexcept {
  const double d = y.mid - x.mid;
  return d > (x.rad + y.rad) * (1 + 0x1p-49) && d <= std::numeric_limits<double>::max();
}

/// The order relations that numbers of x and y may have. Points are compared exactly.
[[nodiscard]] inline Relations compare(MidRad x, MidRad y) noexcept {
  if (is_plainly_less(x, y)) return relation::less;
  if (is_plainly_less(y, x)) return relation::greater;
  if (!is_finite(x) || !is_finite(y)) return relation::any;
  Relations possible = relation::none;
  if (lower(x) < upper(y)) possible |= relation::less;
  if (upper(x) > lower(y)) possible |= relation::greater;
  if (lower(x) <= upper(y) && lower(y) <= upper(x)) possible |= relation::equal;
  return possible;
}

/// ⌊x⌋ if it is the same for every number of x and an int64.
[[nodiscard]] inline std::optional<std::int64_t> unique_floor(MidRad x) noexcept {
  const double low = std::floor(lower(x));
  const double high = std::floor(upper(x));
  if (!is_finite(x) || low != high || !(low >= -0x1p63 && low < 0x1p63)) return std::nullopt;
  return static_cast<std::int64_t>(low);
}

/// x/y. `undefined` if y is the point 0; `open` if y may be 0, x or y is without information, or the result overflows.
[[nodiscard]] Status divide(MidRad& out, MidRad x, MidRad y) noexcept;

/// √x, undefined if x < 0. The root of a square is exact.
[[nodiscard]] Status sqrt(MidRad& out, MidRad x) noexcept;

/// f(x) over the reals, through Arb. `undefined` if x is certainly outside the domain, `open` if only a part of it is
/// or Arb cannot tell. Exact where the value is a double and Arb knows it, such as cos(0) = 1.
[[nodiscard]] Status apply(Elementary f, MidRad& out, MidRad x);

/// x^y over the reals. An exponent that is a point and an integer gives the integer power (0⁰ = 1); any other wants x >
/// 0, or x ≥ 0 and y > 0. `undefined` if x is negative and y a point but no integer, or 0 to a negative power.
[[nodiscard]] Status power(MidRad& out, MidRad x, MidRad y);

}  // namespace assay
