#pragma once
#include <cfloat>
#include <cmath>
#include <limits>

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "Assay's error bounds do not hold under -ffast-math."
#endif
static_assert(FLT_EVAL_METHOD == 0, "Assay's error bounds need sums and products of doubles rounded to double.");

/// Facts about IEEE-754 binary64 in round-to-nearest (the mode Assay never leaves) from which all error bounds of the
/// midpoint-radius arithmetic follow.
///
/// Write u = 2⁻⁵³, η = 2⁻¹⁰⁷⁴ (the smallest positive double), fl(·) for the rounded result, and let nothing overflow.
///   (F1) fl(a ± b) = (a ± b)(1 + δ), |δ| ≤ u, and |fl(a ± b) − (a ± b)| ≤ u·|fl(a ± b)|. Sums never underflow: a sum
///        below 2⁻¹⁰²¹ is exact, because all doubles are multiples of η.
///   (F2) fl(a·b) = a·b(1 + δ) + ε and fl(a/b) = (a/b)(1 + δ) + ε with |δ| ≤ u, |ε| ≤ η/2, δ·ε = 0.
///   (F3) fl is monotone, and fl(x) = x for every double x.
/// An overflow gives ±inf or NaN, and no operation used here turns these into finite numbers again except min, max and
/// comparisons, which therefore test for them.
/// Source: N. J. Higham, Accuracy and Stability of Numerical Algorithms (2nd ed. 2002), (2.4), (2.8) and Theorem 2.1;
/// S. M. Rump, Verification methods: rigorous results using floating-point arithmetic, Acta Numerica 19 (2010), §1–2.
///
/// The facts need: no extended intermediate precision, no contraction to fma, no flush to zero. tests/toolchain checks.
namespace assay::error_free {

inline constexpr double unit_roundoff = 0x1p-53;
inline constexpr double smallest = 0x1p-1074;

/// An upper bound of the exact value of a computed `sum`, a sum of at most three non-negative doubles in any order.
///
/// The two additions lose a factor (1 − u)² at most and this product another (1 − u), which 1 + 4u outweighs:
/// (1 − 3u)(1 + 4u) > 1. Below 2⁻¹⁰²² the sum is exact (F1) and the product does not fall below it (F3). 0 stays 0.
[[nodiscard]] inline double inflate(double sum) noexcept { return sum * (1 + 0x1p-51); }

/// Knuth's error e of the sum s = fl(a + b): a + b = s + e exactly, for any a and b, unless something overflows; then s
/// is infinite or e is NaN or infinite. Source: Knuth, TAOCP 2, §4.2.2, Theorem B; underflow: (F1).
[[nodiscard]] inline double sum_error(double a, double b, double s) noexcept {
  const double b_rounded = s - a;
  const double a_rounded = s - b_rounded;
  return (a - a_rounded) + (b - b_rounded);
}

/// Veltkamp's split: the leading 26 bits of a; a − head is then a double of at most 26 bits. NaN if |a| > 2⁹⁹⁵.
[[nodiscard]] inline double head(double a) noexcept {
  const double scaled = a * 0x8000001p0;
  return scaled - (scaled - a);
}

/// Dekker's remainder e of p = fl(a·b): p + e = a·b exactly if nothing overflows and |a·b| ≥ 2⁻⁹⁶⁹; NaN or infinite if
/// a step overflows. Source: T. J. Dekker, A floating-point technique for extending the available precision, Numer.
/// Math. 18 (1971); with underflow: S. Boldo, Pitfalls of a full floating-point proof, IJCAR 2006.
[[nodiscard]] inline double product_remainder(double a, double b, double p) noexcept {
  const double a_head = head(a);
  const double b_head = head(b);
  const double a_tail = a - a_head;
  const double b_tail = b - b_head;
  return a_tail * b_tail - (((p - a_head * b_head) - a_tail * b_head) - a_head * b_tail);
}

/// Is `e` = product_remainder(a, b, p) certainly exact? It is if |p| ≥ 2⁻⁹⁶⁸ and no step overflowed; e is then within
/// the a-priori bound u|p|, and NaN and infinity are not.
[[nodiscard]] inline bool remainder_is_exact(double p, double e) noexcept {
  const double size = std::fabs(p);
  return (std::fabs(e) <= unit_roundoff * size) & (size >= 0x1p-968);
}

/// An upper bound of |a·b − p| for p = fl(a·b); 0 if the product is exact and |p| ≥ 2⁻⁹⁶⁸, or if a factor is 0.
///
/// Where the remainder is not certain, the a-priori bound u|p| + η is taken. It follows from (F2): the error is at most
/// u|p| for |p| ≥ 2⁻¹⁰²² and η/2 below; computing u|p| loses η/2 at most, and adding η not more than η.
[[nodiscard]] inline double product_error(double a, double b, double p) noexcept {
  const double e = product_remainder(a, b, p);
  const double a_priori = unit_roundoff * std::fabs(p) + smallest;
  const double otherwise = ((a == 0) | (b == 0)) ? 0 : a_priori;
  return remainder_is_exact(p, e) ? std::fabs(e) : otherwise;
}

/// The double next below (for `round_down`) or above x, or one further away; x itself if it is infinite in that
/// direction.
///
/// c = fl(2u|x| + η) is at least the distance of the neighbours of x, so fl(x − c) ≤ pred(x) by (F3): the neighbours of
/// a double with |x| ≥ 2⁻¹⁰²² are at most 2u|x| away, and those of a smaller one η.
[[nodiscard]] inline double round_down(double x) noexcept { return x - (0x1p-52 * std::fabs(x) + smallest); }
[[nodiscard]] inline double round_up(double x) noexcept { return x + (0x1p-52 * std::fabs(x) + smallest); }

}  // namespace assay::error_free
