#pragma once
#include "number/arithmetic.hpp"

/// Where gelu (gelu.hpp) is least, and its range over an interval, written once for enclosures of any precision.
namespace assay {

/// Neighbouring doubles below and above the point t₀ = −0.7517915246935645… at which gelu is least.
inline constexpr double below_gelu_minimum = -0x1.80ead197f00b4p-1;
inline constexpr double above_gelu_minimum = -0x1.80ead197f00b3p-1;
/// gelu(below_gelu_minimum) exceeds the least value of all by at most this: with a = below_gelu_minimum and
/// t₀ − a ≤ 2⁻⁵³, 0 ≤ gelu(a) − gelu(t₀) ≤ (t₀ − a)²/2·sup|h′|, and |h′| < 4/5, its value at its largest, 2φ(0) =
/// 0.798.
inline constexpr double gelu_minimum_error = 0x1p-107;

/// The three numbers as points.
template <class R>
struct GeluConstants {
  R below, above, error;
};

/// Enclosures of the least and the largest value of gelu over an interval.
template <class R>
struct GeluRange {
  R least, most;
  bool is_around_minimum = false;
};

/// @param low, high  points: the ends of the interval, or beyond them.
/// @param value  value(t) encloses gelu(t) for a point t.
template <class R, class Value>
[[nodiscard]] GeluRange<R> range_of_gelu(const R& low, const R& high, const GeluConstants<R>& constants, Value value,
                                         long precision) {
  const R first = value(low);
  const R last = value(high);
  if ((compare(low, constants.above) & relation::less) == 0) return {first, last};
  if ((compare(high, constants.below) & relation::greater) == 0) return {last, first};
  const R least = value(constants.below);
  return {hull(sub(least, constants.error, precision), least, precision), max(first, last, precision), true};
}

/// Encloses gelu over an interval x around t₀. |h(t)| ≤ 4/5·|t − t₀|, so that gelu(x) is within r·4/5·(|m − t₀| + r) of
/// gelu(m), for any m with |t − m| ≤ r for all t of x. Where r is tiny that is sharper than a least value known to 107
/// bits. (4/5 is left out.)
/// @param mid  a point.
template <class R, class Value>
[[nodiscard]] R gelu_near_minimum(const R& x, const R& mid, const GeluConstants<R>& constants, Value value,
                                  long precision) {
  const long working = precision + 64;
  const R radius = abs(sub(x, mid, working));
  const R distance = abs(sub(hull(constants.below, constants.above, working), mid, working));
  const R bound = mul(radius, add(distance, radius, working), working);
  return add(value(mid), hull(neg(bound), bound, working), precision);
}

}  // namespace assay
