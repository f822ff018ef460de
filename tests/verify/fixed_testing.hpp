#pragma once
#include <random>

#include "verify/fixed_point.hpp"

/// Random fixed-point intervals and points of them.
namespace assay::verify::testing {

/// 2⁻⁴⁰.
inline Rational unit() {
  Rational out(1);
  mpq_div_2exp(out.get_mpq_t(), out.get_mpq_t(), FixedPoint::scale);
  return out;
}
inline Rational units(const Rational& x) { return x / unit(); }

/// All sizes, so that products of some fit and of others do not; signs of all kinds, points, edges of the range.
class Numbers {
 public:
  explicit Numbers(unsigned seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t n) { return random_() % n; }
  /// Of up to `bits` bits, with that many in half of the cases.
  std::int64_t integer(int bits) {
    const int size = below(2) == 0 ? bits : static_cast<int>(below(static_cast<std::uint64_t>(bits) + 1));
    const auto n = static_cast<std::int64_t>(size == 0 ? 0 : random_() >> (64 - size));
    return below(2) == 0 ? n : -n;
  }
  FixedPoint set(int bits = 62) {
    switch (below(12)) {
      case 0: return point(0);
      case 1: return edge();
      case 2: return point(integer(bits / 2) & ~std::int64_t{0xfffff});  // few bits
      default: break;
    }
    const std::int64_t a = std::clamp(integer(bits), -FixedPoint::largest, FixedPoint::largest);
    switch (below(4)) {
      case 0: return point(a);
      case 1: return fitted(std::min(a, integer(bits)), std::max(a, integer(bits)));
      default: return fitted(a, a + static_cast<std::int64_t>(below(std::uint64_t{1} << below(30))));
    }
  }
  /// An end of the set, or a number in it.
  Rational point_of(FixedPoint x) {
    switch (below(3)) {
      case 0: return lower(x);
      case 1: return upper(x);
      default:
        return lower(x) + (upper(x) - lower(x)) * Rational(exact_integer(static_cast<std::int64_t>(below(17)))) / 16;
    }
  }

 private:
  FixedPoint edge() {
    switch (below(4)) {
      case 0: return point(FixedPoint::largest);
      case 1: return point(-FixedPoint::largest);
      case 2: return {-FixedPoint::largest, FixedPoint::largest};
      default: return {FixedPoint::largest - static_cast<std::int64_t>(below(9)), FixedPoint::largest};
    }
  }
  std::mt19937_64 random_;
};

inline bool contains_rational(FixedPoint x, const Rational& q) {
  return !is_finite(x) || (lower(x) <= q && q <= upper(x));
}

/// The smallest set around [low, high], or unknown if there is none: what a sharp operation gives.
inline FixedPoint smallest_around(const Rational& low, const Rational& high) {
  const Integer first = assay::floor(units(low));
  const Integer last = assay::ceil(units(high));
  if (first < -FixedPoint::largest || last > FixedPoint::largest) return unknown();
  return {first.get_si(), last.get_si()};
}

inline bool is_same(FixedPoint x, FixedPoint y) { return x.low == y.low && x.high == y.high; }

}  // namespace assay::verify::testing
