#include "verify/fixed_point.hpp"

#include <bit>

namespace assay::verify {

namespace {

/// In units of 2⁻⁴⁰.
Rational scaled(const Rational& q) {
  Rational out;
  mpq_mul_2exp(out.get_mpq_t(), q.get_mpq_t(), FixedPoint::scale);
  return out;
}
Rational unscaled(const Rational& units) {
  Rational out;
  mpq_div_2exp(out.get_mpq_t(), units.get_mpq_t(), FixedPoint::scale);
  return out;
}
Rational unscaled(std::int64_t units) { return unscaled(Rational(exact_integer(units))); }

FixedPoint from_units(const Integer& low, const Integer& high) {
  const std::optional<std::int64_t> first = to_int64(low);
  const std::optional<std::int64_t> last = to_int64(high);
  return first && last ? fitted(*first, *last) : unknown();
}

/// ⌊a/b⌋ and ⌈a/b⌉, b > 0.
Wide quotient_below(Wide a, Wide b) noexcept {
  const Wide quotient = a / b;  // NOLINT(clang-analyzer-core.DivideZero): it does not know that ends are in order
  return a % b < 0 ? quotient - 1 : quotient;
}
Wide quotient_above(Wide a, Wide b) noexcept { return -quotient_below(-a, b); }

/// x/y for y > 0: increasing in x, and in y decreasing or increasing as x is positive or negative.
FixedPoint quotient(FixedPoint x, FixedPoint y) noexcept {
  const Wide low = Wide{x.low} * FixedPoint::one;
  const Wide high = Wide{x.high} * FixedPoint::one;
  return fitted(quotient_below(low, low >= 0 ? y.high : y.low), quotient_above(high, high >= 0 ? y.low : y.high));
}

}  // namespace

FixedPoint fixed_from(const Rational& value) { return fixed_between(value, value); }

FixedPoint fixed_between(const Rational& low, const Rational& high) {
  return from_units(assay::floor(scaled(low)), assay::ceil(scaled(high)));
}

/// A double is ±f·2^(e − 1075) with f < 2⁵³, where e is its exponent field, or 1 if that is 0, and f its fraction
/// field, with a leading 1 unless the exponent field is 0. Source: IEEE 754-2019, 3.4.
FixedPoint fixed_from_double(double value) noexcept {
  constexpr int fraction_bits = 52;
  constexpr std::uint64_t fraction_mask = (std::uint64_t{1} << fraction_bits) - 1;
  constexpr int exponent_mask = 0x7ff;
  const auto bits = std::bit_cast<std::uint64_t>(value);
  const int exponent = static_cast<int>(bits >> fraction_bits) & exponent_mask;
  if (exponent == exponent_mask) return unknown();
  const std::uint64_t leading = exponent == 0 ? 0 : std::uint64_t{1} << fraction_bits;
  const auto fraction = static_cast<std::int64_t>((bits & fraction_mask) | leading);
  constexpr int bias = 1075;
  const int shift = std::max(exponent, 1) - bias + FixedPoint::scale;  // in units: fraction·2^shift
  FixedPoint size;
  if (fraction == 0) {
    size = point(0);
  } else if (shift >= 0) {
    // A fraction with its leading bit is 2⁵² at least, and 2⁵²·2¹⁰ does not fit; without it the shift is negative.
    constexpr int too_far = 10;
    size = shift < too_far ? fitted(fraction << shift, fraction << shift) : unknown();
  } else {
    constexpr int all = 62;  // more than the fraction has
    const int by = std::min(-shift, all);
    size = {fraction >> by, -(-fraction >> by)};
  }
  return bits >> 63U == 0 ? size : negate(size);
}

Rational lower(FixedPoint x) { return unscaled(x.low); }
Rational upper(FixedPoint x) { return unscaled(x.high); }

Status divide(FixedPoint& out, FixedPoint x, FixedPoint y) noexcept {
  out = unknown();
  if (y.low == 0 && y.high == 0) return Status::undefined;
  if (!is_finite(x) || !is_finite(y)) return Status::open;
  if (y.low > 0) out = quotient(x, y);
  if (y.high < 0) out = quotient(negate(x), negate(y));
  return is_finite(out) ? Status::ok : Status::open;
}

Status divide(FixedPoint& out, std::int64_t a, std::int64_t b) noexcept {
  out = unknown();
  if (b == 0) return Status::undefined;
  const Wide numerator = Wide{b < 0 ? -1 : 1} * a * FixedPoint::one;
  const Wide denominator = b < 0 ? -Wide{b} : Wide{b};
  out = fitted(quotient_below(numerator, denominator), quotient_above(numerator, denominator));
  return is_finite(out) ? Status::ok : Status::open;
}

std::optional<std::int64_t> unique_floor(FixedPoint x) noexcept {
  const std::int64_t low = x.low >> FixedPoint::scale;
  if (!is_finite(x) || low != x.high >> FixedPoint::scale) return std::nullopt;
  return low;
}

std::optional<std::int64_t> known_integer(FixedPoint x) noexcept {
  if (!is_point(x) || x.low % FixedPoint::one != 0) return std::nullopt;
  return x.low / FixedPoint::one;
}

Rational midpoint_rational(FixedPoint x) { return unscaled(x.low + x.high) / 2; }
Rational radius_rational(FixedPoint x) { return unscaled(x.high - x.low) / 2; }

bool in_halves(FixedPoint x, std::array<FixedPoint, 2>& halves) noexcept {
  if (!is_finite(x) || is_point(x)) return false;
  const std::int64_t middle = midpoint(x).low;
  halves = {FixedPoint{x.low, middle}, FixedPoint{middle, x.high}};
  return middle > x.low && middle < x.high;
}

FixedPoint widened(FixedPoint x, double factor, FixedPoint y) noexcept {
  if (!is_finite(x) || !is_finite(y)) return unknown();
  const std::int64_t radius = (y.high - y.low + 1) >> 1;
  const FixedPoint more = multiply(fixed_from_double(factor), point(radius));
  if (!is_finite(more)) return unknown();
  return fitted(x.low - more.high, x.high + more.high);
}

}  // namespace assay::verify
