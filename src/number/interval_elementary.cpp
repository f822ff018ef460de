#include <algorithm>
#include <optional>
#include <utility>

#include "base/contract.hpp"
#include "number/interval_internal.hpp"
#include "number/limits.hpp"

namespace assay {

/// MPFR rounds correctly, so that an inexact value rounded up is the next number above it rounded down.
Interval at_point(RoundedFunction f, mpfr_srcptr t, long precision) {
  Interval out = Interval::of_precision(precision);
  const bool is_exact_value = f(out.left(), t, MPFR_RNDD) == 0;
  mpfr_set(out.right(), out.left(), MPFR_RNDU);
  if (!is_exact_value) mpfr_nextabove(out.right());
  return without_nan(std::move(out));
}

namespace {

Interval at_ends(RoundedFunction f, mpfr_srcptr where_low, mpfr_srcptr where_high, long precision) {
  if (mpfr_equal_p(where_low, where_high) != 0) return at_point(f, where_low, precision);
  Interval out = Interval::of_precision(precision);
  f(out.left(), where_low, MPFR_RNDD);
  f(out.right(), where_high, MPFR_RNDU);
  return without_nan(std::move(out));
}

/// An upper bound of the width of x, with so many bits that what is added to a narrow one is below 2^(−precision − 4).
Interval width_of(const Interval& x, long precision) {
  constexpr long more_bits = 16;
  Interval out = Interval::of_precision(precision / 2 + more_bits);
  mpfr_sub(out.right(), x.right(), x.left(), MPFR_RNDU);
  return out;
}

/// More bits than the result has, where a value is rounded once more.
constexpr long extra_bits = 8;

/// Whether an interval of that width is so narrow that the square of the width is below 2^(−precision − 4).
bool is_narrow(const Interval& width, long precision) {
  if (mpfr_regular_p(width.right()) == 0) return mpfr_zero_p(width.right()) != 0;
  return mpfr_get_exp(width.right()) <= -(precision / 2 + 3);
}

}  // namespace

Interval increasing(RoundedFunction f, const Interval& x, long precision) {
  return at_ends(f, x.left(), x.right(), precision);
}

Interval decreasing(RoundedFunction f, const Interval& x, long precision) {
  return at_ends(f, x.right(), x.left(), precision);
}

/// Where l ≤ t ≤ l + d and d ≤ 1, exp t ≤ exp l · e^d and e^d ≤ 1 + d + d², because d²/2 + d³/6 + … ≤ d²: for narrow x
/// one value of exp, which is what takes time, instead of two.
Interval exponential(const Interval& x, long precision) {
  const Interval width = width_of(x, precision);
  if (is_exact(x) || !is_narrow(width, precision)) return increasing(mpfr_exp, x, precision);
  const mpfr_srcptr d = width.right();
  const Interval at_left = at_point(mpfr_exp, x.left(), precision + extra_bits);
  Interval more = Interval::of_precision(width.precision());
  mpfr_fma(more.right(), d, d, d, MPFR_RNDU);
  mpfr_mul(more.right(), more.right(), at_left.right(), MPFR_RNDU);
  Interval out = Interval::of_precision(precision);
  mpfr_set(out.left(), at_left.left(), MPFR_RNDD);
  mpfr_add(out.right(), at_left.right(), more.right(), MPFR_RNDU);
  return without_nan(std::move(out));
}

Interval point(mpfr_srcptr x) {
  Interval out = Interval::of_precision(static_cast<long>(mpfr_get_prec(x)));
  mpfr_set(out.left(), x, MPFR_RNDD);  // exact
  mpfr_set(out.right(), x, MPFR_RNDU);
  return out;
}

namespace {

/// Whether x lies in the real domain of f: ok, certainly outside, or neither.
Status domain(Elementary f, const Interval& x) {
  const auto decide = [](bool inside, bool outside) {
    return inside ? Status::ok : outside ? Status::undefined : Status::open;
  };
  switch (f) {
    case Elementary::sqrt: return decide(is_nonnegative(x), is_negative(x));
    case Elementary::log: return decide(is_positive(x), is_nonpositive(x));
    case Elementary::asin:
    case Elementary::acos:
      return decide(mpfr_cmp_si(x.left(), -1) >= 0 && mpfr_cmp_si(x.right(), 1) <= 0,
                    mpfr_cmp_si(x.left(), 1) > 0 || mpfr_cmp_si(x.right(), -1) < 0);
    case Elementary::gamma:
    case Elementary::digamma: {
      if (is_positive(x)) return Status::ok;
      // The least integer in x, if there is one, is a pole unless it is positive. Rounded up it fits in those bits.
      Interval least = Interval::of_precision(x.precision());
      mpfr_ceil(least.left(), x.left());
      const bool has_pole = mpfr_sgn(least.left()) <= 0 && mpfr_lessequal_p(least.left(), x.right()) != 0;
      return decide(!has_pole, is_exact(x));
    }
    default: return Status::ok;
  }
}

/// Integers such that for each zero kπ of the sine (with `offset`: kπ + π/2 of the cosine) in x, but for one at the
/// left end of x, first < k ≤ last.
struct HalfTurns {
  Integer first, last;
};

/// Longer arguments would need as many digits of π.
constexpr mpfr_exp_t longest_argument = 65536;

bool is_too_long(const Interval& x) {
  const auto is_long = [](mpfr_srcptr end) { return mpfr_zero_p(end) == 0 && mpfr_get_exp(end) > longest_argument; };
  return is_long(x.left()) || is_long(x.right());
}

Integer floored(mpfr_srcptr x) {
  Integer out;
  mpfr_get_z(out.get_mpz_t(), x, MPFR_RNDD);
  return out;
}

/// kπ ≤ t if and only if k ≤ ⌊t/π⌋, and kπ + π/2 ≤ t if and only if k ≤ ⌊t/π − 1/2⌋. The quotient is enclosed with at
/// least 64 bits behind the point, and what the enclosure leaves open is counted in.
HalfTurns half_turns(const Interval& x, bool offset, long precision) {
  const auto turns = [&](mpfr_srcptr end) {
    const long length = mpfr_zero_p(end) != 0 ? 0 : std::max<long>(0, static_cast<long>(mpfr_get_exp(end)));
    const long working = length + precision + 64;
    Interval out = Interval::of_precision(working);
    mpfi_div(out.get(), point(end).get(), interval_pi(working).get());
    if (offset) mpfi_sub_d(out.get(), out.get(), 0.5);
    return out;
  };
  return {floored(turns(x.left()).left()), floored(turns(x.right()).right())};
}

Interval minus_one_to_one(long precision) {
  Interval out = Interval::of_precision(precision);
  mpfr_set_si(out.left(), -1, MPFR_RNDD);
  mpfr_set_si(out.right(), 1, MPFR_RNDU);
  return out;
}

/// Values of both at t.
struct SineAndCosine {
  SineAndCosine(mpfr_srcptr t, long precision)
      : sine(Interval::of_precision(precision)), cosine(Interval::of_precision(precision)) {
    const int inexact = mpfr_sin_cos(sine.left(), cosine.left(), t, MPFR_RNDD);
    mpfr_set(sine.right(), sine.left(), MPFR_RNDU);
    mpfr_set(cosine.right(), cosine.left(), MPFR_RNDU);
    if ((inexact & 3) != 0) mpfr_nextabove(sine.right());
    if ((inexact >> 2) != 0) mpfr_nextabove(cosine.right());
  }

  Interval sine, cosine;
};

/// Sine or cosine f over x = l + [0, d]: by Taylor's theorem f(l + h) = f(l) + f'(l)·h + r, |r| ≤ h²/2 ≤ d², of the one
/// point l. Nothing if x is not narrow, or so near a zero of f that d² counts.
std::optional<Interval> wave_over_narrow(bool is_sine, const Interval& x, long precision) {
  const Interval width = width_of(x, precision);
  if (!is_narrow(width, precision)) return std::nullopt;
  const long working = precision + extra_bits;
  const SineAndCosine at_left(x.left(), working);
  const Interval value = is_sine ? at_left.sine : at_left.cosine;
  const Interval slope = is_sine ? at_left.cosine : neg(at_left.sine);
  Interval square = Interval::of_precision(width.precision());
  mpfr_sqr(square.right(), width.right(), MPFR_RNDU);
  mpfr_neg(square.left(), square.right(), MPFR_RNDD);
  if (contains_zero(value) ||
      mpfr_get_exp(square.right()) > std::min(mpfr_get_exp(value.left()), mpfr_get_exp(value.right())) - working)
    return std::nullopt;
  Interval step = Interval::of_precision(width.precision());
  mpfr_set_zero(step.left(), 1);  // from 0 to d
  mpfr_set(step.right(), width.right(), MPFR_RNDU);
  const Interval change = add(mul(slope, step, working), square, working);
  Interval out = add(value, change, precision);
  if (mpfr_cmp_si(out.left(), -1) < 0) mpfr_set_si(out.left(), -1, MPFR_RNDD);
  if (mpfr_cmp_si(out.right(), 1) > 0) mpfr_set_si(out.right(), 1, MPFR_RNDU);
  return out;
}

/// Sine and cosine over x: their values at the ends, and those at the zeros of the derivative in between, which are
/// (−1)^k at kπ for the cosine and at kπ + π/2 for the sine.
Interval wave(RoundedFunction f, bool is_sine, const Interval& x, long precision) {
  if (is_too_long(x)) return minus_one_to_one(precision);
  if (is_exact(x)) return at_point(f, x.left(), precision);
  if (std::optional<Interval> out = wave_over_narrow(is_sine, x, precision)) return *std::move(out);
  const HalfTurns turns = half_turns(x, is_sine, precision);
  const Integer count = turns.last - turns.first;
  if (count >= 2) return minus_one_to_one(precision);
  Interval out = hull(at_point(f, x.left(), precision), at_point(f, x.right(), precision), precision);
  if (count == 1 && mpz_even_p(turns.last.get_mpz_t()) != 0) mpfr_set_si(out.right(), 1, MPFR_RNDU);
  if (count == 1 && mpz_odd_p(turns.last.get_mpz_t()) != 0) mpfr_set_si(out.left(), -1, MPFR_RNDD);
  return out;
}

/// The tangent increases between its poles, which are where the cosine is 0: at kπ + π/2.
Interval tangent(const Interval& x, long precision) {
  if (is_too_long(x)) return Interval::whole();
  if (!is_exact(x)) {
    const HalfTurns turns = half_turns(x, true, precision);
    if (turns.first != turns.last) return Interval::whole();
  }
  return increasing(mpfr_tan, x, precision);
}

/// Whether t² is within 2^−(precision + 8) of 3.
bool is_near_root_of_3(mpfr_srcptr t, long precision) {
  Interval gap = Interval::of_precision(2 * static_cast<long>(mpfr_get_prec(t)) + 4);
  mpfr_sqr(gap.left(), t, MPFR_RNDN);
  mpfr_sub_ui(gap.left(), gap.left(), 3, MPFR_RNDN);
  return mpfr_get_exp(gap.left()) < -(precision + 8);  // 3 is no square of a t
}

/// MPFR 4.2.0 does not return from mpfr_erf at t with t² within about 2^−(p + 19) of 3, for results of p bits (measured
/// for p from 53 to 109). Ends are rounded outward to p bits, and to the next such number where they are that near.
Interval error_function(const Interval& x, long precision) {
  Interval argument = add(x, Interval(), precision);
  if (is_near_root_of_3(argument.left(), precision)) mpfr_nextbelow(argument.left());
  if (is_near_root_of_3(argument.right(), precision)) mpfr_nextabove(argument.right());
  return increasing(mpfr_erf, argument, precision);
}

/// cosh t = cosh |t|, which increases in |t|.
Interval cosh_of(const Interval& x, long precision) { return increasing(mpfr_cosh, abs(x), precision); }

Status finite(Interval& out, Interval result) {
  if (!is_finite(result)) return Status::open;
  out = std::move(result);
  return Status::ok;
}

}  // namespace

Status apply(Elementary f, Interval& out, const Interval& x, long precision) {
  if (!is_finite(x)) return Status::open;
  const Status inside = domain(f, x);
  if (inside != Status::ok) return inside;
  switch (f) {
    case Elementary::sqrt: return finite(out, increasing(mpfr_sqrt, x, precision));
    case Elementary::exp: return finite(out, exponential(x, precision));
    case Elementary::log: return finite(out, increasing(mpfr_log, x, precision));
    case Elementary::sin: return finite(out, wave(mpfr_sin, true, x, precision));
    case Elementary::cos: return finite(out, wave(mpfr_cos, false, x, precision));
    case Elementary::tan: return finite(out, tangent(x, precision));
    case Elementary::asin: return finite(out, increasing(mpfr_asin, x, precision));
    case Elementary::acos: return finite(out, decreasing(mpfr_acos, x, precision));
    case Elementary::atan: return finite(out, increasing(mpfr_atan, x, precision));
    case Elementary::sinh: return finite(out, increasing(mpfr_sinh, x, precision));
    case Elementary::cosh: return finite(out, cosh_of(x, precision));
    case Elementary::tanh: return finite(out, increasing(mpfr_tanh, x, precision));
    case Elementary::erf: return finite(out, error_function(x, precision));
    case Elementary::gamma: return gamma_of(out, x, precision);
    case Elementary::digamma: return digamma_of(out, x, precision);
  }
  contract_violated("f", __FILE__, __LINE__, "every elementary function has a rule");
}

namespace {

/// x^n by its values at the ends of x, where 0 ∉ x if n < 0. For even n it is |x|ⁿ, for odd n it is monotone on each
/// side of 0; both fall with x > 0 (or |x|) where n < 0. `raise(out, t, rounding)` is t^n.
template <class Raise>
Interval integer_power(const Interval& x, bool is_even, bool is_negative_exponent, long precision, Raise raise) {
  const Interval base = is_even ? abs(x) : x;
  Interval out = Interval::of_precision(precision);
  raise(out.left(), is_negative_exponent ? base.right() : base.left(), MPFR_RNDD);
  raise(out.right(), is_negative_exponent ? base.left() : base.right(), MPFR_RNDU);
  return without_nan(std::move(out));
}

/// An integer exponent longer than this would take too many squarings.
constexpr std::size_t exponent_bits = 4096;

Status power_to_integer(Interval& out, const Interval& x, const Integer& n, long precision) {
  if (mpz_sizeinbase(n.get_mpz_t(), 2) > exponent_bits) return Status::open;
  if (n < 0 && is_zero(x)) return Status::undefined;
  if (n < 0 && contains_zero(x)) return Status::open;
  return finite(out, integer_power(x, mpz_even_p(n.get_mpz_t()) != 0, n < 0, precision,
                                   [&n](mpfr_ptr to, mpfr_srcptr t, mpfr_rnd_t rounding) {
                                     mpfr_pow_z(to, t, n.get_mpz_t(), rounding);
                                   }));
}

/// x^y = exp(y·log x) for x > 0, or for x ≥ 0 and y > 0. The logarithm of x^y is a product, which over a rectangle is
/// least and largest at corners (at x = 0 in the limit, where 0^y = 0).
Interval power_at_corners(const Interval& x, const Interval& y, long precision) {
  Interval out = Interval::of_precision(precision);
  Interval corner = Interval::of_precision(precision);
  bool is_first = true;
  for (const mpfr_srcptr base : {x.left(), x.right()})
    for (const mpfr_srcptr exponent : {y.left(), y.right()}) {
      Interval& to = is_first ? out : corner;
      mpfr_pow(to.left(), base, exponent, MPFR_RNDD);
      mpfr_pow(to.right(), base, exponent, MPFR_RNDU);
      to = without_nan(std::move(to));
      if (!is_first) out = hull(out, corner, precision);
      is_first = false;
      if (is_exact(x) && is_exact(y)) return out;
    }
  return out;
}

bool is_integer_point(const Interval& y) { return is_exact(y) && mpfr_integer_p(y.left()) != 0; }

bool contains_no_integer(const Interval& y) {
  const std::optional<Integer> below = unique_floor(y);
  return below && mpfr_cmp_z(y.left(), below->get_mpz_t()) > 0;
}

}  // namespace

Interval power(const Interval& x, long n, long precision) {
  ASSAY_ENSURE(n >= 0, "a negative power is a division");
  return integer_power(x, n % 2 == 0, false, precision, [n](mpfr_ptr to, mpfr_srcptr t, mpfr_rnd_t rounding) {
    mpfr_pow_ui(to, t, static_cast<unsigned long>(n), rounding);
  });
}

Status power(Interval& out, const Interval& x, const Interval& y, long precision) {
  if (!is_finite(x) || !is_finite(y)) return Status::open;
  if (is_integer_point(y)) {
    if (mpfr_get_exp(y.left()) > static_cast<mpfr_exp_t>(exponent_bits) && !is_zero(y)) return Status::open;
    return power_to_integer(out, x, floored(y.left()), precision);
  }
  if (is_positive(x)) return finite(out, power_at_corners(x, y, precision));
  if (is_zero(x) && is_negative(y)) return Status::undefined;
  if (is_nonnegative(x) && is_positive(y)) return finite(out, power_at_corners(x, y, precision));
  if (is_negative(x) && contains_no_integer(y)) return Status::undefined;
  return Status::open;
}

}  // namespace assay
