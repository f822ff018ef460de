#include "verify/enclosure_text.hpp"

#include <algorithm>

namespace assay::verify {

namespace {

Rational power_of_ten(long n) { return power(Rational(10), n); }

/// The e with 10^e ≤ x < 10^(e+1), x > 0.
long decimal_exponent(const Rational& x) {
  // Bits of the numerator minus bits of the denominator are log₂ x up to 1; then at most a few steps are left.
  const long bits =
      static_cast<long>(mpz_sizeinbase(x.get_num_mpz_t(), 2)) - static_cast<long>(mpz_sizeinbase(x.get_den_mpz_t(), 2));
  long e = (bits - 1) * 30103 / 100000 - 1;
  while (power_of_ten(e) > x) --e;
  while (power_of_ten(e + 1) <= x) ++e;
  return e;
}

/// x·10^places as an integer, to the nearest.
Integer in_places(const Rational& x, long places) { return floor(Rational(x * power_of_ten(places) + Rational(1, 2))); }

/// n/10^places, places ≥ 0.
std::string decimal(const Integer& n, long places) {
  std::string digits = Integer(::abs(n)).get_str();
  const auto after = static_cast<std::size_t>(places);
  if (digits.size() <= after) digits.insert(0, after + 1 - digits.size(), '0');
  if (after > 0) digits.insert(digits.size() - after, 1, '.');
  return (sgn(n) < 0 ? "-" : "") + digits;
}

/// x > 0 rounded upwards to three significant digits: "3.34e-10".
std::string radius_text(const Rational& x) {
  long e = decimal_exponent(x);
  Integer leading = ceil(Rational(x * power_of_ten(2 - e)));
  if (leading == 1000) {
    leading = 100;
    ++e;
  }
  std::string text = leading.get_str();
  text.insert(1, 1, '.');
  return text + "e" + (e < 0 ? "-" : "+") + (std::abs(e) < 10 ? "0" : "") + std::to_string(std::abs(e));
}

}  // namespace

std::string enclosure_text(const Rational& low, const Rational& high, long digits) {
  const Rational middle = (low + high) / 2;
  const Rational radius = (high - low) / 2;
  long places = middle == 0 ? 0 : digits - 1 - decimal_exponent(::abs(middle));
  if (radius != 0) places = std::min(places, -decimal_exponent(radius));
  if (middle == 0 && radius != 0) places = -decimal_exponent(radius);
  places = std::max(places, 0L);
  const Integer shown = in_places(middle, places);
  const Rational error = ::abs(Rational(middle - Rational(shown) / power_of_ten(places))) + radius;
  if (error == 0) {
    std::string text = decimal(shown, places);
    if (places > 0) {
      text.erase(text.find_last_not_of('0') + 1);
      if (text.back() == '.') text.pop_back();
    }
    return text;
  }
  return "[" + decimal(shown, places) + " +/- " + radius_text(error) + "]";
}

}  // namespace assay::verify
