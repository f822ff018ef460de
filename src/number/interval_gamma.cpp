// Γ and the digamma function ψ = Γ′/Γ over intervals, from their values at points, which MPFR rounds correctly.
//
// On each branch, (0, ∞) or (−n−1, −n) for n ≥ 0, ψ′(t) = Σ_{k≥0} 1/(t + k)² > 0 (DLMF 5.15.1). So ψ increases, and
// log|Γ|, whose derivative is ψ, is convex, and so is |Γ|; the sign of Γ does not change: it is −1 on (−n−1, −n) for
// even n. Over an interval in one branch |Γ| is therefore largest at an end, and least
// - at the left end if ψ ≥ 0 there, at the right end if ψ ≤ 0 there,
// - else at a zero of ψ in between. For every c of the interval the tangent of the convex log|Γ| at c is below it, so
//       |Γ(t)| ≥ |Γ(c)|·e^(ψ(c)(t − c)) ≥ |Γ(c)|·e^(−|ψ(c)|·w)
//   for all t, where w is the width. c is found by bisection, and that ψ(c) is small only makes the bound sharp.
#include <algorithm>

#include "number/interval_internal.hpp"

namespace assay {

namespace {

/// A point between the ends of x, where ψ is negative and positive, at which ψ is about 0.
Interval near_zero_of_digamma(const Interval& x, long precision) {
  constexpr int halvings = 64;
  constexpr mpfr_prec_t bits_of_sign = 32;
  Interval bracket = Interval::of_precision(std::max(precision, x.precision()) + halvings);
  mpfi_set(bracket.get(), x.get());
  Interval middle = Interval::of_precision(bracket.precision());
  Interval slope = Interval::of_precision(bits_of_sign);
  for (int i = 0; i < halvings; ++i) {
    mpfi_mid(middle.left(), bracket.get());
    mpfr_digamma(slope.left(), middle.left(), MPFR_RNDN);
    mpfr_set(mpfr_sgn(slope.left()) < 0 ? bracket.left() : bracket.right(), middle.left(), MPFR_RNDN);
  }
  return point(bracket.left());
}

/// A lower bound of |Γ| over an interval between whose ends it is least.
Interval least_around_minimum(const Interval& x, long precision) {
  const long working = precision + 8;
  const Interval c = near_zero_of_digamma(x, working);
  const Interval width = sub(point(x.right()), point(x.left()), working);
  const Interval slope = abs(at_point(mpfr_digamma, c.left(), working));
  const Interval value = abs(at_point(mpfr_gamma, c.left(), working));
  return mul(value, increasing(mpfr_exp, neg(mul(slope, width, working)), working), working);
}

}  // namespace

Status gamma_of(Interval& out, const Interval& x, long precision) {
  const Interval at_left = at_point(mpfr_gamma, x.left(), precision);
  if (is_exact(x)) {
    out = at_left;
    return is_finite(out) ? Status::ok : Status::open;
  }
  const Interval at_right = at_point(mpfr_gamma, x.right(), precision);
  if (!is_finite(at_left) || !is_finite(at_right)) return Status::open;
  constexpr long bits_of_sign = 32;
  Interval size = hull(abs(at_left), abs(at_right), precision);
  const bool falls_at_first = !is_nonnegative(at_point(mpfr_digamma, x.left(), bits_of_sign));
  const bool rises_at_last = !is_nonpositive(at_point(mpfr_digamma, x.right(), bits_of_sign));
  if (falls_at_first && rises_at_last) size = hull(size, least_around_minimum(x, precision), precision);
  const std::optional<Integer> below = unique_floor(x);
  const bool is_negative_branch = !is_positive(x) && below && mpz_odd_p(below->get_mpz_t()) != 0;
  if (!is_positive(x) && !below) return Status::open;
  out = is_negative_branch ? neg(size) : size;
  return is_finite(out) ? Status::ok : Status::open;
}

Status digamma_of(Interval& out, const Interval& x, long precision) {
  out = increasing(mpfr_digamma, x, precision);
  return is_finite(out) ? Status::ok : Status::open;
}

}  // namespace assay
