#include "number/real_ball.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/contract.hpp"
#include "number/arf.hpp"
#include "number/flint_convert.hpp"
#include "number/limits.hpp"

namespace assay {

namespace {

Ball interval(const arf_t lower, const arf_t upper, long precision) {
  Ball out;
  arb_set_interval_arf(out.get(), lower, upper, precision);
  return out;
}

/// Bits enough for the sharp end of a ball: its radius has 30.
constexpr long end_precision = 128;

}  // namespace

Ball ball_from(const Rational& x, long precision) {
  Ball out;
  const FlintRational value(x);
  arb_set_fmpq(out.get(), value.get(), precision);
  return out;
}

Ball ball_from(const Integer& x) {
  Ball out;
  const FlintInteger value(x);
  arb_set_fmpz(out.get(), value.get());
  return out;
}

Ball ball_from_int64(std::int64_t x) {
  Ball out;
  arb_set_si(out.get(), x);
  return out;
}

Ball ball_from(double x) {
  ASSAY_ENSURE(std::isfinite(x), "only a finite double denotes a point");
  Ball out;
  arb_set_d(out.get(), x);
  return out;
}

Ball ball_from_midrad(double mid, double rad) {
  ASSAY_ENSURE(std::isfinite(rad) && rad >= 0, "a radius is finite and not negative");
  Ball out = ball_from(mid);
  int exponent = 0;
  const double scaled =
      std::ldexp(std::frexp(rad, &exponent), MAG_BITS);  // exact: rad = scaled·2^(exponent − MAG_BITS)
  const double whole = std::ceil(scaled);                // at most 2^MAG_BITS, an integer
  mag_set_ui_2exp_si(arb_radref(out.get()), static_cast<ulong>(whole), exponent - MAG_BITS);
  return out;
}

Ball ball_between(const Rational& lower, const Rational& upper, long precision) {
  ASSAY_ENSURE(lower <= upper, "an interval's lower end is not above its upper end");
  return hull(ball_from(lower, precision), ball_from(upper, precision), precision);
}

Ball add(const Ball& x, const Ball& y, long precision) {
  Ball out;
  arb_add(out.get(), x.get(), y.get(), precision);
  return out;
}

Ball sub(const Ball& x, const Ball& y, long precision) {
  Ball out;
  arb_sub(out.get(), x.get(), y.get(), precision);
  return out;
}

Ball mul(const Ball& x, const Ball& y, long precision) {
  Ball out;
  arb_mul(out.get(), x.get(), y.get(), precision);
  return out;
}

Ball neg(const Ball& x) {
  Ball out;
  arb_neg(out.get(), x.get());
  return out;
}

Ball abs(const Ball& x) {
  if (arb_is_nonnegative(x.get()) != 0) return x;
  if (arb_is_nonpositive(x.get()) != 0) return neg(x);
  return hull(relu(x), relu(neg(x)), end_precision);
}

Ball min(const Ball& x, const Ball& y, long precision) {
  Ball out;
  arb_min(out.get(), x.get(), y.get(), precision);
  return out;
}

Ball max(const Ball& x, const Ball& y, long precision) {
  Ball out;
  arb_max(out.get(), x.get(), y.get(), precision);
  return out;
}

Ball relu(const Ball& x) {
  if (arb_is_nonnegative(x.get()) != 0 || arf_is_nan(arb_midref(x.get())) != 0) return x;
  if (arb_is_nonpositive(x.get()) != 0) return {};
  Arf upper;
  Arf zero;
  arb_get_ubound_arf(upper.get(), x.get(), end_precision);  // rounds upwards
  return interval(zero.get(), upper.get(), end_precision);
}

Ball hull(const Ball& x, const Ball& y, long precision) {
  Ball out;
  arb_union(out.get(), x.get(), y.get(), precision);
  return out;
}

namespace {

/// Is the radius so large against the midpoint that products of x with itself are not sharp?
bool is_wide(const Ball& x) {
  constexpr long bits = 20;
  return is_finite(x) && !is_exact(x) && accuracy_bits(x) < bits;
}

/// xⁿ, n > 0, by its values at the ends of x: increasing for odd n and where x ≥ 0, and for even n that of |x|.
Ball power_at_ends(const Ball& x, long n, long precision) {
  Ball low;
  Ball high;
  arb_get_interval_arf(arb_midref(low.get()), arb_midref(high.get()), x.get(), precision + 64);  // outward
  const auto raise = [n, precision](Ball& t) { arb_pow_ui(t.get(), t.get(), static_cast<ulong>(n), precision); };
  if (n % 2 == 0 && arb_contains_zero(x.get()) != 0) {
    Ball most = abs(low);
    arb_max(most.get(), most.get(), abs(high).get(), precision + 64);
    raise(most);
    return hull(Ball(), most, precision);
  }
  raise(low);
  raise(high);
  return hull(low, high, precision);
}

}  // namespace

Ball power(const Ball& x, long n, long precision) {
  ASSAY_ENSURE(n >= 0, "a negative power is a division");
  if (n > 1 && is_wide(x)) return power_at_ends(x, n, precision);
  Ball out;
  arb_pow_ui(out.get(), x.get(), static_cast<ulong>(n), precision);
  return out;
}

Status divide(Ball& out, const Ball& x, const Ball& y, long precision) {
  if (arb_is_zero(y.get()) != 0) return Status::undefined;
  if (arb_contains_zero(y.get()) != 0) return Status::open;
  arb_div(out.get(), x.get(), y.get(), precision);
  return is_finite(out) ? Status::ok : Status::open;
}

Relations compare(const Ball& x, const Ball& y) {
  if (arb_eq(x.get(), y.get()) != 0) return relation::equal;
  Relations possible = relation::any;
  // Arb's predicates are true only if they hold for all points of both balls; all are false on NaN.
  if (arb_le(x.get(), y.get()) != 0) possible &= relation::less | relation::equal;
  if (arb_ge(x.get(), y.get()) != 0) possible &= relation::greater | relation::equal;
  if (arb_ne(x.get(), y.get()) != 0) possible &= relation::unequal;
  return possible;
}

std::optional<Integer> unique_floor(const Ball& x) {
  const long most = static_cast<long>(limit::rational_bits);
  if (!is_finite(x) || arf_abs_bound_lt_2exp_si(arb_midref(x.get())) > most ||
      mag_cmp_2exp_si(arb_radref(x.get()), 0) >= 0)
    return std::nullopt;
  // Bounds, rounded outward: if their floors agree, so does the floor of everything between.
  Arf lower;
  Arf upper;
  arb_get_lbound_arf(lower.get(), x.get(), most + 64);
  arb_get_ubound_arf(upper.get(), x.get(), most + 64);
  FlintInteger floor_lower;
  FlintInteger floor_upper;
  arf_get_fmpz(floor_lower.get(), lower.get(), ARF_RND_FLOOR);
  arf_get_fmpz(floor_upper.get(), upper.get(), ARF_RND_FLOOR);
  if (fmpz_equal(floor_lower.get(), floor_upper.get()) == 0) return std::nullopt;
  return to_integer(floor_lower.get());
}

Ball pi(long precision) {
  Ball out;
  arb_const_pi(out.get(), precision);
  return out;
}

bool is_exact(const Ball& x) { return arb_is_exact(x.get()) != 0 && is_finite(x); }

bool is_finite(const Ball& x) { return arb_is_finite(x.get()) != 0; }

bool contains(const Ball& x, const Rational& value) {
  const FlintRational v(value);
  return arb_contains_fmpq(x.get(), v.get()) != 0;
}

double lower_double(const Ball& x) {
  Arf lower;
  arb_get_lbound_arf(lower.get(), x.get(), end_precision);
  if (arf_is_nan(lower.get()) != 0) return -std::numeric_limits<double>::infinity();
  return arf_get_d(lower.get(), ARF_RND_FLOOR);
}

double upper_double(const Ball& x) { return -lower_double(neg(x)); }

long accuracy_bits(const Ball& x) { return arb_rel_accuracy_bits(x.get()); }

Rational lower(const Ball& x) {
  if (!is_finite(x)) throw NotRepresentable("an infinite ball has no ends");
  constexpr long most = static_cast<long>(limit::rational_bits);
  const auto in_range = [](const fmpz_t exponent) {
    return fmpz_cmp_si(exponent, most) <= 0 && fmpz_cmp_si(exponent, -most) >= 0;
  };
  const bool mid_fits = arf_is_zero(arb_midref(x.get())) != 0 ||
                        (in_range(ARF_EXPREF(arb_midref(x.get()))) && arf_bits(arb_midref(x.get())) <= most);
  const bool rad_fits = mag_is_zero(arb_radref(x.get())) != 0 || in_range(MAG_EXPREF(arb_radref(x.get())));
  if (!mid_fits || !rad_fits) throw NotRepresentable("the ends of a ball are too long");
  Arf end;
  Arf radius;
  arf_set_mag(radius.get(), arb_radref(x.get()));
  arf_sub(end.get(), arb_midref(x.get()), radius.get(), ARF_PREC_EXACT, ARF_RND_DOWN);
  FlintRational out;
  arf_get_fmpq(out.get(), end.get());
  return to_rational(out.get());
}

Rational upper(const Ball& x) { return -lower(neg(x)); }

std::string to_string(const Ball& x, long digits) {
  char* text = arb_get_str(x.get(), std::max(digits, 1L), 0);
  std::string out(text);
  flint_free(text);
  return out;
}

}  // namespace assay
