#include "verify/fixed_elementary.hpp"

#include <mpfr.h>

#include "base/contract.hpp"

namespace assay::verify {

namespace {

static_assert(sizeof(long) == sizeof(std::int64_t), "MPFR's integers have 64 bits");

/// A number of MPFR with its own precision, in bits.
class Number {
 public:
  explicit Number(mpfr_prec_t bits) { mpfr_init2(x_, bits); }
  ~Number() { mpfr_clear(x_); }
  Number(const Number&) = delete;
  Number& operator=(const Number&) = delete;
  [[nodiscard]] mpfr_ptr get() noexcept { return x_; }

 private:
  mpfr_t x_;
};

constexpr mpfr_prec_t bits_of_units = 64;

/// Sets x to n·2⁻⁴⁰, exactly.
void set_units(Number& x, std::int64_t n) { mpfr_set_si_2exp(x.get(), n, -FixedPoint::scale, MPFR_RNDN); }

/// ⌊x·2⁴⁰⌋ and whether that is x; of x rounded downwards, `is_rounded`. Unknown if it does not fit.
FixedPoint cell_of(Number& x, bool is_rounded) {
  if (mpfr_number_p(x.get()) == 0) return unknown();
  if (mpfr_zero_p(x.get()) == 0) {
    constexpr mpfr_exp_t most_bits = 62;
    mpfr_mul_2si(x.get(), x.get(), FixedPoint::scale, MPFR_RNDD);
    if (mpfr_get_exp(x.get()) > most_bits) return unknown();
  }
  const std::int64_t below = mpfr_get_si(x.get(), MPFR_RNDD);
  const bool exact = !is_rounded && mpfr_integer_p(x.get()) != 0;
  return fitted(below, exact ? below : below + 1);
}

/// The smallest set that contains the value at n·2⁻⁴⁰ of a function of MPFR, which `f(out, in)` rounds downwards.
template <class F>
FixedPoint value_at(std::int64_t n, F f) {
  thread_local Number in(bits_of_units);
  thread_local Number out(bits_of_units);
  set_units(in, n);
  const int rounded = f(out.get(), in.get());
  return cell_of(out, rounded != 0);
}

/// The range of a function over an interval where it is monotone.
template <class F>
FixedPoint at_ends(FixedPoint x, F f) {
  const FixedPoint low = value_at(x.low, f);
  return is_point(x) || !is_finite(low) ? low : hull(low, value_at(x.high, f));
}

using Function = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_rnd_t);

Function function_of(Elementary f) {
  switch (f) {
    case Elementary::sqrt: return mpfr_sqrt;
    case Elementary::exp: return mpfr_exp;
    case Elementary::log: return mpfr_log;
    case Elementary::sin: return mpfr_sin;
    case Elementary::cos: return mpfr_cos;
    case Elementary::tan: return mpfr_tan;
    case Elementary::asin: return mpfr_asin;
    case Elementary::acos: return mpfr_acos;
    case Elementary::atan: return mpfr_atan;
    case Elementary::sinh: return mpfr_sinh;
    case Elementary::cosh: return mpfr_cosh;
    case Elementary::tanh: return mpfr_tanh;
    case Elementary::erf: return mpfr_erf;
    case Elementary::gamma: return mpfr_gamma;
    case Elementary::digamma: return mpfr_digamma;
  }
  ASSAY_ENSURE(false, "every elementary function has a method");
  return nullptr;
}

/// Is x inside (`ok`), outside (`undefined`) or partly outside (`open`) the domain? Poles inside of sets are left to
/// the functions.
Status domain_of(Elementary f, FixedPoint x) {
  switch (f) {
    case Elementary::sqrt:
      if (x.high < 0) return Status::undefined;
      return x.low >= 0 ? Status::ok : Status::open;
    case Elementary::log:
      if (x.high <= 0) return Status::undefined;
      return x.low > 0 ? Status::ok : Status::open;
    case Elementary::asin:
    case Elementary::acos:
      if (x.low > FixedPoint::one || x.high < -FixedPoint::one) return Status::undefined;
      return x.low >= -FixedPoint::one && x.high <= FixedPoint::one ? Status::ok : Status::open;
    case Elementary::gamma:
    case Elementary::digamma: return is_point(x) && x.low <= 0 && known_integer(x) ? Status::undefined : Status::ok;
    default: return Status::ok;
  }
}

/// ⌊x/π + shift/2⌋ for x = n·2⁻⁴⁰, if that shows: in which interval between multiples of π, or odd multiples of π/2, x
/// lies. 128 bits leave x/π about 60 bits after the point; multiples of 2⁻⁴⁰ do not come so close to those of π/2.
std::optional<std::int64_t> half_turns(std::int64_t n, int shift) {
  constexpr mpfr_prec_t bits = 128;
  thread_local Number x(bits_of_units);
  thread_local Number pi(bits);
  thread_local Number turns(bits);
  set_units(x, n);
  const auto below = [&](mpfr_rnd_t rounding, mpfr_rnd_t opposite) {
    mpfr_const_pi(pi.get(), n >= 0 ? opposite : rounding);
    mpfr_div(turns.get(), x.get(), pi.get(), rounding);
    mpfr_mul_2si(turns.get(), turns.get(), 1, rounding);
    mpfr_add_si(turns.get(), turns.get(), shift, rounding);
    mpfr_div_2ui(turns.get(), turns.get(), 1, rounding);
    return mpfr_get_si(turns.get(), MPFR_RNDD);
  };
  const std::int64_t low = below(MPFR_RNDD, MPFR_RNDU);
  const std::int64_t high = below(MPFR_RNDU, MPFR_RNDD);
  if (low != high) return std::nullopt;
  return low;
}

/// cos x, for shift 0, or sin x, for shift 1. With k = ⌊x/π + shift/2⌋ the function is monotone where k is constant.
/// Where k goes up to an even number cos is 1 and sin is −1, to an odd one it is the other way.
FixedPoint wave(FixedPoint x, int shift, Function f) {
  const auto value = [f](mpfr_ptr out, mpfr_srcptr in) { return f(out, in, MPFR_RNDD); };
  if (is_point(x)) return value_at(x.low, value);
  const FixedPoint everything = {-FixedPoint::one, FixedPoint::one};
  const std::optional<std::int64_t> first = half_turns(x.low, shift);
  const std::optional<std::int64_t> last = half_turns(x.high, shift);
  if (!first || !last || *last - *first > 1) return everything;
  const FixedPoint ends = at_ends(x, value);
  if (*first == *last) return ends;
  const bool is_top = (*last - shift) % 2 == 0;
  return hull(ends, point(is_top ? FixedPoint::one : -FixedPoint::one));
}

/// Increasing between two poles, (k − ½)π and (k + ½)π.
FixedPoint tangent(FixedPoint x) {
  if (!is_point(x)) {
    const std::optional<std::int64_t> first = half_turns(x.low, 1);
    if (!first || first != half_turns(x.high, 1)) return unknown();
  }
  return at_ends(x, [](mpfr_ptr out, mpfr_srcptr in) { return mpfr_tan(out, in, MPFR_RNDD); });
}

/// Even, least at 0.
FixedPoint hyperbolic_cosine(FixedPoint x) {
  return at_ends(abs(x), [](mpfr_ptr out, mpfr_srcptr in) { return mpfr_cosh(out, in, MPFR_RNDD); });
}

/// Γ decreases on (0, 5/4] and increases from 3/2 on, as it is least at 1.4616…; from 13 on it does not fit.
FixedPoint gamma(FixedPoint x) {
  constexpr std::int64_t most = 64 * FixedPoint::one;  // MPFR's effort grows with the size
  const bool is_monotone = x.low >= FixedPoint::one / 2 * 3 || (x.low > 0 && x.high <= FixedPoint::one / 4 * 5);
  if (x.low < -most || x.high > most || !(is_point(x) || is_monotone)) return unknown();
  return at_ends(x, [](mpfr_ptr out, mpfr_srcptr in) { return mpfr_gamma(out, in, MPFR_RNDD); });
}

/// The digamma function increases between two poles, and for positive numbers.
FixedPoint digamma(FixedPoint x) {
  const bool is_monotone = x.low > 0 || (x.low % FixedPoint::one != 0 && unique_floor(x));
  if (!is_point(x) && !is_monotone) return unknown();
  return at_ends(x, [](mpfr_ptr out, mpfr_srcptr in) { return mpfr_digamma(out, in, MPFR_RNDD); });
}

Status checked(const FixedPoint& out) { return is_finite(out) ? Status::ok : Status::open; }

/// xⁿ for n > 0: increasing, for even n in |x|. 1/x of that: decreasing in |x|, if 0 is not in x.
FixedPoint power_by_ends(FixedPoint x, std::int64_t n) {
  const auto value = [n](mpfr_ptr out, mpfr_srcptr in) { return mpfr_pow_si(out, in, n, MPFR_RNDD); };
  return at_ends(n % 2 == 0 ? abs(x) : x, value);
}

/// x^y for x > 0, or x ≥ 0 and y > 0: monotone in x for each y and in y for each x, so extremes are at corners.
FixedPoint power_at_corners(FixedPoint x, FixedPoint y) {
  thread_local Number exponent(bits_of_units);
  const auto value = [](mpfr_ptr out, mpfr_srcptr in) { return mpfr_pow(out, in, exponent.get(), MPFR_RNDD); };
  set_units(exponent, y.low);
  const FixedPoint first = at_ends(x, value);
  if (is_point(y)) return first;
  set_units(exponent, y.high);
  return hull(first, at_ends(x, value));
}

/// gelu at n·2⁻⁴⁰: t·erfc(−t/√2)/2, where erfc decreases. Two ends that are rounded outwards at each step.
FixedPoint gelu_at(std::int64_t n) {
  constexpr mpfr_prec_t bits = 128;
  thread_local Number t(bits_of_units);
  thread_local Number root(bits);
  thread_local Number value(bits);
  set_units(t, n);
  const auto rounded = [&](mpfr_rnd_t rounding, mpfr_rnd_t opposite) {
    // For t ≥ 0 the value is rounded as Φ(t) is, for t < 0 the other way. Φ is rounded as t/√2 is, which for t ≥ 0
    // wants √2 the other way, for t < 0 the same way.
    const mpfr_rnd_t of_factor = n >= 0 ? rounding : opposite;
    mpfr_set_ui(root.get(), 2, MPFR_RNDN);
    mpfr_sqrt(root.get(), root.get(), opposite);
    mpfr_div(value.get(), t.get(), root.get(), of_factor);
    mpfr_neg(value.get(), value.get(), MPFR_RNDN);
    mpfr_erfc(value.get(), value.get(), of_factor);
    mpfr_mul(value.get(), value.get(), t.get(), rounding);
    mpfr_div_2ui(value.get(), value.get(), 1, rounding);
    return cell_of(value, false);
  };
  return hull(rounded(MPFR_RNDD, MPFR_RNDU), rounded(MPFR_RNDU, MPFR_RNDD));
}

}  // namespace

Status apply(Elementary f, FixedPoint& out, FixedPoint x) {
  out = unknown();
  if (!is_finite(x)) return Status::open;
  if (const Status domain = domain_of(f, x); domain != Status::ok) return domain;
  const Function function = function_of(f);
  const auto value = [function](mpfr_ptr to, mpfr_srcptr from) { return function(to, from, MPFR_RNDD); };
  switch (f) {
    case Elementary::cos: out = wave(x, 0, function); break;
    case Elementary::sin: out = wave(x, 1, function); break;
    case Elementary::tan: out = tangent(x); break;
    case Elementary::cosh: out = hyperbolic_cosine(x); break;
    case Elementary::gamma: out = gamma(x); break;
    case Elementary::digamma: out = digamma(x); break;
    default: out = at_ends(x, value); break;
  }
  return checked(out);
}

Status power(FixedPoint& out, FixedPoint x, std::int64_t n) {
  out = unknown();
  if (!is_finite(x)) return Status::open;
  if (n < 0 && may_be_zero(x)) return is_point(x) ? Status::undefined : Status::open;
  switch (n) {
    case 0: out = point(FixedPoint::one); break;
    case 1: out = x; break;
    case 2: out = square(x); break;
    default: out = power_by_ends(x, n); break;
  }
  return checked(out);
}

Status power(FixedPoint& out, FixedPoint x, FixedPoint y) {
  out = unknown();
  if (!is_finite(x) || !is_finite(y)) return Status::open;
  if (const std::optional<std::int64_t> n = known_integer(y)) return power(out, x, *n);
  if (x.low > 0 || (x.low >= 0 && y.low > 0)) {
    out = power_at_corners(x, y);
    return checked(out);
  }
  if (is_point(x) && x.low == 0) return y.high < 0 ? Status::undefined : Status::open;
  return x.high < 0 && is_point(y) ? Status::undefined : Status::open;
}

/// gelu falls up to t₀ = −0.75179…, where it is least, and rises from there (number/gelu.hpp). Near t₀ its values
/// exceed the least one by at most 2/5·(t − t₀)², which is less than a unit for the multiples of 2⁻⁴⁰ on both sides of
/// it.
Status gelu(FixedPoint& out, FixedPoint x) {
  out = unknown();
  if (!is_finite(x)) return Status::open;
  constexpr std::int64_t below_minimum = -826603523065;  // ⌊t₀·2⁴⁰⌋
  out = gelu_at(x.low);
  if (!is_point(x) && is_finite(out)) out = hull(out, gelu_at(x.high));
  if (is_finite(out) && x.low <= below_minimum && x.high > below_minimum) {
    static const FixedPoint least = point(gelu_at(below_minimum).low - 1);
    out = hull(out, least);
  }
  return checked(out);
}

FixedPoint exp_of_units(std::int64_t n) {
  return value_at(n, [](mpfr_ptr out, mpfr_srcptr in) { return mpfr_exp(out, in, MPFR_RNDD); });
}

}  // namespace assay::verify
