#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "number/arithmetic.hpp"
#include "number/rational.hpp"

/// Enclosures of real numbers by integers over one common scale: the bulk arithmetic of assay-verify, without floating
/// point.
///
/// *Two ends.* An interval is kept as its two ends, not as midpoint and radius. Sums cost the same; relu, max, floor
/// and comparisons are exact; and a number that is no multiple of 2⁻⁴⁰ is enclosed to one unit, where a midpoint with a
/// radius takes two. Products of matrices want midpoints and radii, which the ends give exactly, doubled: low + high
/// and high − low (fixed_product.hpp).
///
/// *The scale* 2⁻⁴⁰ ≈ 10⁻¹² leaves numbers up to 2²² ≈ 4·10⁶ in 64 bits. Logits of published networks reach 10⁴, and
/// what claims make of them first are sums over a hundred of them, and sums of losses over all inputs, of which there
/// are up to 113³ = 1.4·10⁶: they have to fit, because a number that does not fit costs a whole block of inputs the
/// next rung of the ladder. A few digits less cost it only those inputs whose comparisons are as close as that. float32
/// weights are multiples of 2⁻⁴⁰ from 2⁻¹⁷ on, so that most of them are points; smaller ones, down to 10⁻³², are
/// enclosed to a unit.
namespace assay::verify {

__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UnsignedWide;

/// The numbers from low·2⁻⁴⁰ to high·2⁻⁴⁰, |low| and |high| ≤ `largest`; or any real number (`unknown()`).
///
/// Inclusion principle, for every function below: if x ∈ X and y ∈ Y then f(x, y) ∈ f(X, Y). An end of a result is that
/// of the range rounded outwards to the next multiple of 2⁻⁴⁰, unless something else is said; a result that is one
/// multiple of 2⁻⁴⁰ is a point. A result that does not fit is unknown; nothing wraps.
struct FixedPoint {
  std::int64_t low = 0;
  std::int64_t high = 0;

  static constexpr int scale = 40;                                      ///< bits after the point
  static constexpr std::int64_t one = std::int64_t{1} << scale;         ///< the number 1
  static constexpr std::int64_t beyond = (std::int64_t{1} << 62U) - 1;  ///< −low and high of what is unknown
  static constexpr std::int64_t largest = beyond - 1;
};

[[nodiscard]] constexpr FixedPoint unknown() noexcept { return {-FixedPoint::beyond, FixedPoint::beyond}; }
[[nodiscard]] constexpr FixedPoint point(std::int64_t units) noexcept { return {units, units}; }

[[nodiscard]] constexpr bool is_finite(FixedPoint x) noexcept { return x.low >= -FixedPoint::largest; }
/// Is x one known number?
[[nodiscard]] constexpr bool is_point(FixedPoint x) noexcept { return x.low == x.high; }
[[nodiscard]] constexpr bool may_be_zero(FixedPoint x) noexcept { return x.low <= 0 && x.high >= 0; }

/// From `low` to `high`, unknown if an end does not fit.
[[nodiscard]] constexpr FixedPoint fitted(std::int64_t low, std::int64_t high) noexcept {
  const bool fits = (low >= -FixedPoint::largest) & (high <= FixedPoint::largest);
  return {fits ? low : -FixedPoint::beyond, fits ? high : FixedPoint::beyond};
}
[[nodiscard]] constexpr FixedPoint fitted(Wide low, Wide high) noexcept {
  if (low < -FixedPoint::largest || high > FixedPoint::largest) return unknown();
  return {static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)};
}

/// ⌊x/2ⁿ⌋ and ⌈x/2ⁿ⌉, any x, 0 ≤ n < 127.
[[nodiscard]] constexpr Wide shifted_down(Wide x, int n) noexcept { return x >> n; }
[[nodiscard]] constexpr Wide shifted_up(Wide x, int n) noexcept {
  return (x >> n) + ((x & ((Wide{1} << n) - 1)) != 0 ? 1 : 0);
}

[[nodiscard]] constexpr FixedPoint negate(FixedPoint x) noexcept { return {-x.high, -x.low}; }

/// The ends of what is unknown are ±(2⁶² − 1), so that sums of ends fit into 64 bits. If x is unknown, y.low ≤ 0 puts
/// the lower end of the sum below −`largest`, and y.high ≥ y.low > 0 puts the upper one above it: unknown again.
[[nodiscard]] constexpr FixedPoint add(FixedPoint x, FixedPoint y) noexcept {
  return fitted(x.low + y.low, x.high + y.high);
}
[[nodiscard]] constexpr FixedPoint subtract(FixedPoint x, FixedPoint y) noexcept { return add(x, negate(y)); }

/// The extreme products of ends, over the scale 2⁻⁸⁰: at most 2¹²⁴ in size.
struct WideRange {
  Wide low;
  Wide high;
};
[[nodiscard]] constexpr WideRange products(FixedPoint x, FixedPoint y) noexcept {
  const Wide a = Wide{x.low} * y.low;
  if (is_point(x) && is_point(y)) return {a, a};
  const Wide b = Wide{x.low} * y.high;
  const Wide c = Wide{x.high} * y.low;
  const Wide d = Wide{x.high} * y.high;
  return {std::min(std::min(a, b), std::min(c, d)), std::max(std::max(a, b), std::max(c, d))};
}

/// 0 times what is unknown is unknown.
[[nodiscard]] constexpr FixedPoint multiply(FixedPoint x, FixedPoint y) noexcept {
  if (!is_finite(x) || !is_finite(y)) return unknown();
  const WideRange range = products(x, y);
  return fitted(shifted_down(range.low, FixedPoint::scale), shifted_up(range.high, FixedPoint::scale));
}

/// |x|, max(x, 0), max(x, y), min(x, y): exact.
[[nodiscard]] constexpr FixedPoint abs(FixedPoint x) noexcept {
  if (x.low >= 0) return x;
  if (x.high <= 0) return negate(x);
  return fitted(std::int64_t{0}, std::max(-x.low, x.high));
}
[[nodiscard]] constexpr FixedPoint relu(FixedPoint x) noexcept {
  return fitted(std::max<std::int64_t>(x.low, 0), std::max<std::int64_t>(x.high, 0));
}
[[nodiscard]] constexpr FixedPoint max(FixedPoint x, FixedPoint y) noexcept {
  return fitted(std::max(x.low, y.low), std::max(x.high, y.high));
}
[[nodiscard]] constexpr FixedPoint min(FixedPoint x, FixedPoint y) noexcept {
  return fitted(std::min(x.low, y.low), std::min(x.high, y.high));
}

[[nodiscard]] constexpr FixedPoint square(FixedPoint x) noexcept {
  if (!is_finite(x)) return unknown();
  const FixedPoint size = abs(x);
  return fitted(shifted_down(Wide{size.low} * size.low, FixedPoint::scale),
                shifted_up(Wide{size.high} * size.high, FixedPoint::scale));
}

/// All numbers of x, of y, and between them. Exact.
[[nodiscard]] constexpr FixedPoint hull(FixedPoint x, FixedPoint y) noexcept {
  return fitted(std::min(x.low, y.low), std::max(x.high, y.high));
}

/// The order relations that numbers of x and y may have.
[[nodiscard]] constexpr Relations compare(FixedPoint x, FixedPoint y) noexcept {
  Relations possible = relation::none;
  if (x.low < y.high) possible |= relation::less;
  if (x.high > y.low) possible |= relation::greater;
  if (x.low <= y.high && y.low <= x.high) possible |= relation::equal;
  return possible;
}

/// The integer n as a point, unknown if it does not fit.
[[nodiscard]] constexpr FixedPoint fixed_from(std::int64_t n) noexcept {
  const Wide units = Wide{n} * FixedPoint::one;
  return fitted(units, units);
}
[[nodiscard]] FixedPoint fixed_from(const Rational& value);
/// Between two rationals, low ≤ high.
[[nodiscard]] FixedPoint fixed_between(const Rational& low, const Rational& high);
/// The number that the bits of a double denote; unknown for an infinity or NaN. Integer operations only.
[[nodiscard]] FixedPoint fixed_from_double(double value) noexcept;
/// π, to one unit.
[[nodiscard]] constexpr FixedPoint fixed_pi() noexcept { return {3454217652357, 3454217652358}; }

[[nodiscard]] Rational lower(FixedPoint x);
[[nodiscard]] Rational upper(FixedPoint x);

/// x/y. `undefined` if y is the point 0; `open` if y may be 0, or x, y or the result is unknown.
[[nodiscard]] Status divide(FixedPoint& out, FixedPoint x, FixedPoint y) noexcept;

/// a/b for integers that need not fit themselves. `undefined` for b = 0, `open` if the quotient does not fit.
[[nodiscard]] Status divide(FixedPoint& out, std::int64_t a, std::int64_t b) noexcept;

/// ⌊x⌋ if it is the same for every number of x.
[[nodiscard]] std::optional<std::int64_t> unique_floor(FixedPoint x) noexcept;
/// The integer that x certainly is.
[[nodiscard]] std::optional<std::int64_t> known_integer(FixedPoint x) noexcept;

// Radii, as root finding and mean value forms use them (number/radius.hpp).
/// A point about the middle of x.
[[nodiscard]] constexpr FixedPoint midpoint(FixedPoint x) noexcept { return point((x.low + x.high) >> 1); }
[[nodiscard]] Rational midpoint_rational(FixedPoint x);
/// Half the width of x.
[[nodiscard]] Rational radius_rational(FixedPoint x);
/// Whether each number of y is one of x.
[[nodiscard]] constexpr bool contains(FixedPoint x, FixedPoint y) noexcept {
  return !is_finite(x) || (is_finite(y) && x.low <= y.low && y.high <= x.high);
}
[[nodiscard]] constexpr bool has_smaller_radius(FixedPoint x, FixedPoint y) noexcept {
  return x.high - x.low < y.high - y.low;
}
/// Two sets whose union is x; false if x is unknown, or has no point between its ends.
[[nodiscard]] bool in_halves(FixedPoint x, std::array<FixedPoint, 2>& halves) noexcept;
/// x with a radius that is larger by `factor`·(half the width of y), rounded up; factor ≥ 0.
[[nodiscard]] FixedPoint widened(FixedPoint x, double factor, FixedPoint y) noexcept;

}  // namespace assay::verify
