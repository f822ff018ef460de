#include "number/rational.hpp"

#include <cmath>

#include "base/contract.hpp"
#include "number/concepts.hpp"

namespace assay {

static_assert(Field<Rational> && Ordered<Rational> && Rectified<Rational>);

namespace {

Integer power_of_ten(unsigned long n) {
  Integer out;
  mpz_ui_pow_ui(out.get_mpz_t(), 10, n);
  return out;
}

/// The integer nearest to a/b, ties to even; a ≥ 0, b > 0.
Integer round_half_even(const Integer& a, const Integer& b) {
  Integer quotient;
  Integer rest;
  mpz_fdiv_qr(quotient.get_mpz_t(), rest.get_mpz_t(), a.get_mpz_t(), b.get_mpz_t());
  const int side = cmp(Integer(rest * 2), b);
  if (side > 0 || (side == 0 && mpz_odd_p(quotient.get_mpz_t()) != 0)) ++quotient;
  return quotient;
}

/// The e with 10^e ≤ x < 10^(e+1), for x > 0.
long decimal_exponent(const Rational& x) {
  // Estimate from the lengths in decimal, each at most one too large (GMP: mpz_sizeinbase), then correct by comparing.
  long e = static_cast<long>(mpz_sizeinbase(x.get_num_mpz_t(), 10)) -
           static_cast<long>(mpz_sizeinbase(x.get_den_mpz_t(), 10));
  const auto at_least = [&x](long k) {
    return k >= 0 ? x.get_num() >= x.get_den() * power_of_ten(static_cast<unsigned long>(k))
                  : x.get_num() * power_of_ten(static_cast<unsigned long>(-k)) >= x.get_den();
  };
  while (!at_least(e)) --e;
  while (at_least(e + 1)) ++e;
  return e;
}

}  // namespace

std::string to_string(const Rational& x) { return x.get_str(); }

Integer floor(const Rational& x) {
  Integer out;
  mpz_fdiv_q(out.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
  return out;
}

Integer ceil(const Rational& x) {
  Integer out;
  mpz_cdiv_q(out.get_mpz_t(), x.get_num_mpz_t(), x.get_den_mpz_t());
  return out;
}

bool is_integer(const Rational& x) { return x.get_den() == 1; }

std::optional<std::int64_t> to_int64(const Integer& x) {
  static_assert(sizeof(long) == sizeof(std::int64_t));
  if (!x.fits_slong_p()) return std::nullopt;
  return x.get_si();
}

std::optional<std::int64_t> to_int64(const Rational& x) { return is_integer(x) ? to_int64(x.get_num()) : std::nullopt; }

Integer exact_integer(std::int64_t x) { return Integer(static_cast<long>(x)); }

Rational exact_rational(double x) {
  ASSAY_ENSURE(std::isfinite(x), "only a finite double denotes a rational");
  Rational out;
  mpq_set_d(out.get_mpq_t(), x);  // exact (GMP manual, 6.2)
  return out;
}

/// By continued fractions (Stern and Brocot): below 1 the simplest number is the inverse of the simplest of the
/// inverses.
Rational simplest_between(const Rational& low, const Rational& high) {
  ASSAY_ENSURE(low <= high, "an interval has an end that is not below its beginning");
  if (low <= 0 && high >= 0) return 0;
  if (high < 0) return -simplest_between(-high, -low);
  const Integer whole = ceil(low);
  if (whole <= high) return whole;
  const Integer below = whole - 1;
  return below + 1 / simplest_between(1 / (high - below), 1 / (low - below));
}

Rational power(const Rational& x, long n) {
  ASSAY_ENSURE(n >= 0 || x != 0, "zero has no negative power");
  const unsigned long k = n < 0 ? 0UL - static_cast<unsigned long>(n) : static_cast<unsigned long>(n);
  Rational out;
  // Powers of coprime numbers are coprime: no gcd is needed.
  mpz_pow_ui(out.get_num_mpz_t(), x.get_num_mpz_t(), k);
  mpz_pow_ui(out.get_den_mpz_t(), x.get_den_mpz_t(), k);
  if (n < 0) mpq_inv(out.get_mpq_t(), out.get_mpq_t());
  return out;
}

std::size_t bit_size(const Rational& x) {
  return mpz_sizeinbase(x.get_num_mpz_t(), 2) + mpz_sizeinbase(x.get_den_mpz_t(), 2);
}

std::optional<Rational> exact_sqrt(const Rational& x) { return x < 0 ? std::nullopt : exact_root(x, 2); }

std::optional<Rational> exact_root(const Rational& x, unsigned long n) {
  ASSAY_ENSURE(n >= 1, "the zeroth root does not exist");
  if (x < 0 && n % 2 == 0) return std::nullopt;
  Rational out;
  const bool found = mpz_root(out.get_num_mpz_t(), x.get_num_mpz_t(), n) != 0 &&
                     mpz_root(out.get_den_mpz_t(), x.get_den_mpz_t(), n) != 0;
  return found ? std::optional<Rational>(out) : std::nullopt;
}

std::string decimal_notation(const std::string& s, long e) {
  const long digits = static_cast<long>(s.size());
  if (e >= -5 && e < 0) return "0." + std::string(static_cast<std::size_t>(-e - 1), '0') + s;
  if (e >= 0 && e < digits) {
    const auto whole = static_cast<std::size_t>(e + 1);
    return e + 1 == digits ? s : s.substr(0, whole) + "." + s.substr(whole);
  }
  const std::string mantissa = digits == 1 ? s : s.substr(0, 1) + "." + s.substr(1);
  return mantissa + (e < 0 ? "e-" : "e+") + std::to_string(e < 0 ? -e : e);
}

std::string rounded_decimal(const Rational& x, long digits) {
  ASSAY_ENSURE(digits >= 1 && digits <= 1000000, "between 1 and a million digits can be shown");
  if (x == 0) return "0";
  const Rational magnitude = ::abs(x);
  long e = decimal_exponent(magnitude);
  const long shift = digits - 1 - e;  // magnitude·10^shift has `digits` digits before the point
  const Integer scale = power_of_ten(static_cast<unsigned long>(std::labs(shift)));
  Integer rounded = shift >= 0 ? round_half_even(magnitude.get_num() * scale, magnitude.get_den())
                               : round_half_even(magnitude.get_num(), magnitude.get_den() * scale);
  if (rounded == power_of_ten(static_cast<unsigned long>(digits))) {  // 9.99 -> 10.0
    rounded /= 10;
    ++e;
  }
  std::string out = x < 0 ? "-" : "";
  out += decimal_notation(rounded.get_str(), e);
  return out;
}

std::optional<Rational> inverse(const Rational& x) {
  if (x == 0) return std::nullopt;
  return Rational(1 / x);
}

Rational relu(const Rational& x) { return x > 0 ? x : Rational(0); }

Relations compare(const Rational& x, const Rational& y) {
  const int order = cmp(x, y);
  return order < 0 ? relation::less : order > 0 ? relation::greater : relation::equal;
}

}  // namespace assay
