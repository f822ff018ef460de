#pragma once
#include <bit>
#include <cmath>
#include <cstdint>
#include <random>

#include "number/midrad.hpp"

/// What the tests of midpoint-radius numbers share: nasty operands and exact comparisons.
namespace assay::testing {

inline constexpr double infinity = std::numeric_limits<double>::infinity();
inline constexpr double eta = 0x1p-1074;
inline constexpr double ulp = 0x1p-52;  ///< two unit roundoffs: the relative distance of neighbours at most

[[nodiscard]] inline Rational exact(double x) { return Rational(x); }

/// Is q one of the numbers of x? Never without information, so that no test passes on NaN.
[[nodiscard]] inline bool contains(MidRad x, const Rational& q) {
  if (!is_finite(x) || x.rad < 0) return false;
  return cmp(::abs(Rational(q - exact(x.mid))), exact(x.rad)) <= 0;
}

/// Doubles that break things: all exponents, subnormals, zeros, small integers, powers of two, near cancellations.
class Numbers {
 public:
  explicit Numbers(unsigned seed) : generator_(seed) {}

  double any() {
    switch (pick(7)) {
      case 0: return std::bit_cast<double>(generator_() & ~(std::uint64_t{0x7FF} << 52U)) * (pick(2) ? 1 : 0x1p40);
      case 1: return static_cast<double>(static_cast<int>(pick(41)) - 20);
      case 2: return std::ldexp(sign(), static_cast<int>(pick(2000)) - 1000);
      case 3: return finite();
      case 4: return last_ = -last_ * (1 + ulp * static_cast<double>(pick(3)));
      default: return moderate();
    }
  }

  /// Around 1, with all 53 bits.
  double moderate() { return last_ = sign() * (0.5 + static_cast<double>(generator_() >> 11U) * 0x1p-52); }

  MidRad set() {
    const double mid = any();
    switch (pick(5)) {
      case 0: return {mid, 0};
      case 1: return {mid, std::fabs(any())};
      case 2: return {mid, std::fabs(mid)};
      default: return {mid, std::fabs(mid) * std::ldexp(1.0, -static_cast<int>(pick(60)))};
    }
  }
  MidRad moderate_set() {
    return {moderate(), pick(4) == 0 ? 0 : std::ldexp(std::fabs(moderate()), -static_cast<int>(pick(60)))};
  }

  /// A number of x: an end, the midpoint, or one between.
  Rational point_of(MidRad x) {
    const auto eighths = static_cast<int>(pick(9)) - 4;
    return exact(x.mid) + exact(x.rad) * Rational(eighths, 4);
  }

  unsigned pick(unsigned n) { return static_cast<unsigned>(generator_() % n); }

 private:
  double sign() { return pick(2) ? 1 : -1; }
  double finite() {
    for (;;) {
      const auto x = std::bit_cast<double>(generator_());
      if (std::isfinite(x)) return x;
    }
  }

  std::mt19937_64 generator_;
  double last_ = 1;
};

}  // namespace assay::testing
