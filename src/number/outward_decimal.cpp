#include "number/outward_decimal.hpp"

#include "number/rational.hpp"

namespace assay {

namespace {

/// The value of the last of `digits` significant digits of x ≠ 0.
Rational last_place(const Rational& x, long digits) {
  const Rational size = ::abs(x);
  const auto length = [](const Integer& n) { return static_cast<long>(mpz_sizeinbase(n.get_mpz_t(), 10)); };
  long exponent = length(size.get_num()) - length(size.get_den()) + 1;  // an upper bound of that of the first digit
  while (power(Rational(10), exponent) > size) --exponent;
  return power(Rational(10), exponent - digits + 1);
}

}  // namespace

Rational decimal_below(const Rational& x, long digits) {
  if (x == 0) return x;
  const Rational unit = last_place(x, digits);
  return Rational(floor(Rational(x / unit))) * unit;
}

Rational decimal_above(const Rational& x, long digits) { return -decimal_below(-x, digits); }

}  // namespace assay
