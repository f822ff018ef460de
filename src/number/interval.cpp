#include "number/interval.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "base/contract.hpp"
#include "number/interval_internal.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay {

void Interval::copy_inline(const Interval& other) noexcept {
  value_[0] = other.value_[0];
  limbs_ = other.limbs_;
  mpfr_custom_move(left(), limbs_[0].data());
  mpfr_custom_move(right(), limbs_[1].data());
}

void Interval::take(Interval& other) noexcept {
  if (other.is_inline()) return copy_inline(other);
  value_[0] = other.value_[0];
  other.set_inline(fewest_bits, MPFR_ZERO_KIND);
}

Interval::Interval(const Interval& other) {
  if (other.is_inline()) {
    copy_inline(other);
    return;
  }
  mpfi_init2(value_, mpfi_get_prec(other.value_));
  mpfi_set(value_, other.value_);
}

Interval& Interval::operator=(const Interval& other) {
  if (this != &other) *this = Interval(other);
  return *this;
}

Interval& Interval::operator=(Interval&& other) noexcept {
  if (this == &other) return *this;
  if (!is_inline()) mpfi_clear(value_);
  take(other);
  return *this;
}

void Interval::allocate() {
  mpfi_t copy;
  mpfi_init2(copy, mpfi_get_prec(value_));
  mpfi_set(copy, value_);  // exact
  value_[0] = copy[0];
}

Interval Interval::of_precision(long bits) {
  ASSAY_ENSURE(bits >= 1 && bits <= static_cast<long>(limit::rational_bits) * 64, "a precision in bits");
  const auto precision = static_cast<mpfr_prec_t>(std::max<long>(bits, fewest_bits));
  Interval out;
  if (is_inline(bits)) {
    out.set_inline(precision, MPFR_NAN_KIND);
  } else {
    mpfi_init2(out.value_, precision);
  }
  return out;
}

Interval Interval::whole() {
  Interval out;
  mpfr_set_inf(out.left(), -1);
  mpfr_set_inf(out.right(), 1);
  return out;
}

Interval without_nan(Interval x) {
  if (mpfr_nan_p(x.left()) != 0 || mpfr_nan_p(x.right()) != 0) return Interval::whole();
  return x;
}

Interval interval_from(const Rational& x, long precision) {
  Interval out = Interval::of_precision(precision);
  mpfr_set_q(out.left(), x.get_mpq_t(), MPFR_RNDD);
  mpfr_set_q(out.right(), x.get_mpq_t(), MPFR_RNDU);
  return out;
}

Interval interval_from(const Integer& x) {
  Interval out = Interval::of_precision(static_cast<long>(mpz_sizeinbase(x.get_mpz_t(), 2)));
  mpfr_set_z(out.left(), x.get_mpz_t(), MPFR_RNDD);
  mpfr_set_z(out.right(), x.get_mpz_t(), MPFR_RNDU);
  return out;
}

Interval interval_from_int64(std::int64_t x) {
  constexpr long bits = 64;
  Interval out = Interval::of_precision(bits);
  mpfr_set_si(out.left(), static_cast<long>(x), MPFR_RNDD);
  mpfr_set_si(out.right(), static_cast<long>(x), MPFR_RNDU);
  return out;
}

Interval interval_from(double x) {
  ASSAY_ENSURE(std::isfinite(x), "only a finite double denotes a point");
  Interval out = Interval::of_precision(std::numeric_limits<double>::digits);
  mpfr_set_d(out.left(), x, MPFR_RNDD);
  mpfr_set_d(out.right(), x, MPFR_RNDU);
  return out;
}

Interval interval_between(const Rational& lower, const Rational& upper, long precision) {
  ASSAY_ENSURE(lower <= upper, "an interval's lower end is not above its upper end");
  Interval out = Interval::of_precision(precision);
  mpfr_set_q(out.left(), lower.get_mpq_t(), MPFR_RNDD);
  mpfr_set_q(out.right(), upper.get_mpq_t(), MPFR_RNDU);
  return out;
}

namespace {

using Binary = int (*)(mpfi_ptr, mpfi_srcptr, mpfi_srcptr);

/// MPFI writes to limbs on the heap: to those of the result, or to some that are kept for short results.
Interval binary(Binary operation, const Interval& x, const Interval& y, long precision) {
  Interval out = Interval::of_precision(precision);
  if (!Interval::is_inline(precision)) {
    operation(out.get(), x.get(), y.get());
    return without_nan(std::move(out));
  }
  thread_local Interval kept;
  if (kept.precision() != out.precision()) kept = Interval::of_precision(precision);
  operation(kept.get(), x.get(), y.get());
  mpfr_set(out.left(), kept.left(), MPFR_RNDD);  // exact
  mpfr_set(out.right(), kept.right(), MPFR_RNDU);
  return without_nan(std::move(out));
}

using EndFunction = int (*)(mpfr_ptr, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t);

Interval by_ends(EndFunction left, EndFunction right, const Interval& x, const Interval& y, long precision) {
  Interval out = Interval::of_precision(precision);
  left(out.left(), x.left(), y.left(), MPFR_RNDD);
  right(out.right(), x.right(), y.right(), MPFR_RNDU);
  return out;
}

}  // namespace

Interval add(const Interval& x, const Interval& y, long precision) {
  return without_nan(by_ends(mpfr_add, mpfr_add, x, y, precision));
}

Interval sub(const Interval& x, const Interval& y, long precision) {
  Interval out = Interval::of_precision(precision);
  mpfr_sub(out.left(), x.left(), y.right(), MPFR_RNDD);
  mpfr_sub(out.right(), x.right(), y.left(), MPFR_RNDU);
  return without_nan(std::move(out));
}

Interval mul(const Interval& x, const Interval& y, long precision) { return binary(mpfi_mul, x, y, precision); }

Interval neg(const Interval& x) {
  Interval out = Interval::of_precision(x.precision());
  mpfr_neg(out.left(), x.right(), MPFR_RNDD);
  mpfr_neg(out.right(), x.left(), MPFR_RNDU);
  return out;
}

Interval abs(const Interval& x) {
  if (is_nonnegative(x)) return x;
  if (is_nonpositive(x)) return neg(x);
  Interval out = Interval::of_precision(x.precision());
  const bool right_is_farther = mpfr_cmpabs(x.left(), x.right()) < 0;
  mpfr_set_zero(out.left(), 1);
  mpfr_abs(out.right(), right_is_farther ? x.right() : x.left(), MPFR_RNDU);
  return out;
}

Interval relu(const Interval& x) {
  if (is_nonnegative(x)) return x;
  if (is_nonpositive(x)) return {};
  Interval out = x;
  mpfr_set_zero(out.left(), 1);
  return out;
}

Interval scaled(const Interval& x, long n) {
  Interval out = Interval::of_precision(x.precision());
  mpfr_mul_2si(out.left(), x.left(), n, MPFR_RNDD);
  mpfr_mul_2si(out.right(), x.right(), n, MPFR_RNDU);
  return without_nan(std::move(out));
}

Interval min(const Interval& x, const Interval& y, long precision) {
  return by_ends(mpfr_min, mpfr_min, x, y, precision);
}

Interval max(const Interval& x, const Interval& y, long precision) {
  return by_ends(mpfr_max, mpfr_max, x, y, precision);
}

Interval hull(const Interval& x, const Interval& y, long precision) {
  return by_ends(mpfr_min, mpfr_max, x, y, precision);
}

Status divide(Interval& out, const Interval& x, const Interval& y, long precision) {
  if (is_zero(y)) return Status::undefined;
  if (contains_zero(y)) return Status::open;
  out = binary(mpfi_div, x, y, precision);
  return is_finite(out) ? Status::ok : Status::open;
}

Relations compare(const Interval& x, const Interval& y) {
  if (is_exact(x) && is_exact(y) && mpfr_equal_p(x.left(), y.left()) != 0) return relation::equal;
  Relations possible = relation::any;
  const int low = mpfr_cmp(x.right(), y.left());
  const int high = mpfr_cmp(x.left(), y.right());
  if (low <= 0) possible &= relation::less | relation::equal;
  if (high >= 0) possible &= relation::greater | relation::equal;
  if (low < 0 || high > 0) possible &= relation::unequal;
  return possible;
}

std::optional<Integer> unique_floor(const Interval& x) {
  if (!is_finite(x)) return std::nullopt;
  for (const mpfr_srcptr end : {x.left(), x.right()})
    if (mpfr_zero_p(end) == 0 && mpfr_get_exp(end) > static_cast<mpfr_exp_t>(limit::rational_bits)) return std::nullopt;
  Integer low;
  Integer high;
  mpfr_get_z(low.get_mpz_t(), x.left(), MPFR_RNDD);
  mpfr_get_z(high.get_mpz_t(), x.right(), MPFR_RNDD);
  if (low != high) return std::nullopt;
  return low;
}

Interval interval_pi(long precision) {
  Interval out = Interval::of_precision(precision);
  mpfr_const_pi(out.left(), MPFR_RNDD);
  mpfr_const_pi(out.right(), MPFR_RNDU);
  return out;
}

bool is_exact(const Interval& x) { return is_finite(x) && mpfr_equal_p(x.left(), x.right()) != 0; }

bool is_finite(const Interval& x) { return mpfr_number_p(x.left()) != 0 && mpfr_number_p(x.right()) != 0; }

bool contains(const Interval& x, const Rational& value) {
  return mpfr_cmp_q(x.left(), value.get_mpq_t()) <= 0 && mpfr_cmp_q(x.right(), value.get_mpq_t()) >= 0;
}

bool is_zero(const Interval& x) { return mpfr_zero_p(x.left()) != 0 && mpfr_zero_p(x.right()) != 0; }
bool is_positive(const Interval& x) { return mpfr_sgn(x.left()) > 0; }
bool is_negative(const Interval& x) { return mpfr_sgn(x.right()) < 0; }
bool is_nonnegative(const Interval& x) { return mpfr_sgn(x.left()) >= 0; }
bool is_nonpositive(const Interval& x) { return mpfr_sgn(x.right()) <= 0; }
bool contains_zero(const Interval& x) { return mpfr_sgn(x.left()) <= 0 && mpfr_sgn(x.right()) >= 0; }

double lower_double(const Interval& x) { return mpfr_get_d(x.left(), MPFR_RNDD); }

double upper_double(const Interval& x) { return mpfr_get_d(x.right(), MPFR_RNDU); }

namespace {

Rational exact_end(mpfr_srcptr end) {
  if (mpfr_number_p(end) == 0) throw NotRepresentable("an infinite interval has no ends");
  Rational out;
  if (mpfr_zero_p(end) != 0) return out;
  constexpr auto most = static_cast<mpfr_exp_t>(limit::rational_bits);
  if (mpfr_get_exp(end) > most || mpfr_get_exp(end) < -most || mpfr_min_prec(end) > most)
    throw NotRepresentable("the ends of an interval are too long");
  mpfr_get_q(out.get_mpq_t(), end);
  return out;
}

}  // namespace

Rational lower(const Interval& x) { return exact_end(x.left()); }

Rational upper(const Interval& x) { return exact_end(x.right()); }

long accuracy_bits(const Interval& x) {
  constexpr long most = std::numeric_limits<long>::max();
  if (!is_finite(x)) return -most;
  if (is_exact(x)) return most;
  constexpr mpfr_prec_t bits = 32;
  Interval size = Interval::of_precision(bits);  // of the middle and of the radius
  mpfr_add(size.left(), x.left(), x.right(), MPFR_RNDN);
  mpfr_sub(size.right(), x.right(), x.left(), MPFR_RNDU);
  if (mpfr_regular_p(size.left()) == 0 || mpfr_regular_p(size.right()) == 0) return -most;
  return static_cast<long>(mpfr_get_exp(size.left()) - mpfr_get_exp(size.right()));
}

}  // namespace assay
