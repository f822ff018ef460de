#include "base/contract.hpp"
#include "number/exact.hpp"
#include "number/exact_internal.hpp"
#include "number/rational.hpp"

namespace assay {

using exact_detail::as_cyclotomic;
using exact_detail::guarded;
using exact_detail::sign_of;
using exact_detail::to_calcium;

namespace {

Status rational_power(Exact& out, const Rational& x, long n) {
  if (x == 0 || x == 1 || n == 0) {
    out = Exact(n == 0 ? Rational(1) : x);
    return Status::ok;
  }
  if (x == -1) {
    out = Exact(Rational(n % 2 == 0 ? 1 : -1));
    return Status::ok;
  }
  const auto magnitude = static_cast<std::size_t>(n < 0 ? -(n + 1) : n);
  if (magnitude > limit::rational_bits / (bit_size(x) - 1)) return Status::open;
  out = Exact(power(x, n));
  return Status::ok;
}

Status calcium_power(Exact& out, const Exact& x, const Exact& y) {
  CalciumNumber result(Rational(0));
  const Status status = power(result, to_calcium(x), to_calcium(y));
  if (status == Status::ok) out = Exact(std::move(result));
  return status == Status::undefined ? Status::open : status;
}

/// 0^y for y that is not an integer: 0 on the right half-plane, else undefined or unknown.
Status power_of_zero(Exact& out, const Exact& y) {
  if (is_real(y) != Truth::true_) return Status::open;
  const std::optional<int> sign = sign_of(y);
  if (!sign) return Status::open;
  if (*sign <= 0) return Status::undefined;
  out = Exact();
  return Status::ok;
}

/// Whether the real y is certainly no integer.
bool is_no_integer(const Exact& y) {
  if (const std::optional<Rational> rational = rational_value(y)) return !is_integer(*rational);
  if (!std::holds_alternative<CalciumNumber>(y.value())) return true;  // an irrational, or a multiple of π
  const std::optional<Integer> below = floor(y);
  return below && (compare(y, Exact::from(*below)) & relation::equal) == 0;
}

/// x^(a/b) for rational x > 0: a rational if x has a rational b-th root, a square root, or Calcium's power.
Status rational_root(Exact& out, const Rational& x, const Rational& y) {
  const Integer& degree = y.get_den();
  if (!degree.fits_ulong_p() || !y.get_num().fits_slong_p()) return Status::open;
  if (const std::optional<Rational> root = exact_root(x, degree.get_ui()))
    return rational_power(out, *root, y.get_num().get_si());
  if (degree != 2) return calcium_power(out, Exact(x), Exact(y));
  Exact root;
  const Status status = apply(Elementary::sqrt, root, Exact(x), true);
  return status == Status::ok ? power(out, root, y.get_num()) : status;
}

/// exp(y·log x), principal branch, x ≠ 0.
Status general_power(Exact& out, const Exact& x, const Exact& y) {
  const std::optional<Rational> exponent = rational_value(y);
  const std::optional<Rational> base = rational_value(x);
  if (exponent && base && *base > 0) return rational_root(out, *base, *exponent);
  if (exponent && exponent->get_den() == 2) {
    Exact root;
    const Status status = apply(Elementary::sqrt, root, x, false);
    return status == Status::ok ? power(out, root, exponent->get_num()) : status;
  }
  Exact logarithm;
  const Status logged = apply(Elementary::log, logarithm, x, false);
  if (logged != Status::ok) return logged;
  if (exponent && std::holds_alternative<CalciumNumber>(logarithm.value())) return calcium_power(out, x, y);
  return apply(Elementary::exp, out, mul(y, logarithm), false);
}

}  // namespace

Status power(Exact& out, const Exact& x, long n) {
  return guarded([&]() -> Status {
    if (n == 0) {
      out = Exact(Rational(1));
      return Status::ok;
    }
    if (n == 1) {
      out = x;
      return Status::ok;
    }
    if (n < 0) {
      const Truth zero = is_zero(x);
      if (zero != Truth::false_) return zero == Truth::true_ ? Status::undefined : Status::open;
    }
    if (const auto* rational = std::get_if<Rational>(&x.value())) return rational_power(out, *rational, n);
    if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) {
      out = Exact(cyclotomic->power(n));
      return Status::ok;
    }
    return calcium_power(out, x, Exact(Rational(n)));
  });
}

Status power(Exact& out, const Exact& x, const Integer& n) {
  if (n.fits_slong_p()) return power(out, x, n.get_si());
  return guarded([&]() -> Status {
    // So large an exponent has a power that can be written down only for 0 and roots of unity.
    if (is_zero(x) == Truth::true_) return n < 0 ? Status::undefined : power(out, x, 1L);
    const std::optional<Cyclotomic> base = as_cyclotomic(x);
    const std::optional<Cyclotomic::Monomial> monomial = base ? base->as_monomial() : std::nullopt;
    if (!monomial || ::abs(monomial->coefficient) != 1) return Status::open;
    return power(out, x, static_cast<long>(mpz_fdiv_ui(n.get_mpz_t(), 2 * base->conductor())));
  });
}

Status power(Exact& out, const Exact& x, const Exact& y, bool over_reals) {
  return guarded([&]() -> Status {
    if (const std::optional<Rational> exponent = rational_value(y); exponent && is_integer(*exponent))
      return power(out, x, exponent->get_num());
    const Truth zero = is_zero(x);
    if (zero == Truth::true_) return power_of_zero(out, y);
    if (zero != Truth::false_) return Status::open;
    const Truth real = is_real(x);
    if (over_reals && real == Truth::unknown) return Status::open;
    if (over_reals && real == Truth::true_ && is_real(y) != Truth::false_) {
      const std::optional<int> sign = sign_of(x);
      if (!sign) return Status::open;
      if (*sign < 0) return is_real(y) == Truth::true_ && is_no_integer(y) ? Status::undefined : Status::open;
    }
    return general_power(out, x, y);
  });
}

}  // namespace assay
