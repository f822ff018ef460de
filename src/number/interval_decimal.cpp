#include <algorithm>
#include <memory>

#include "number/complex_interval.hpp"
#include "number/guaranteed_decimal.hpp"
#include "number/interval_ends.hpp"

namespace assay {

std::optional<std::string> guaranteed_decimal(const Interval& x, long digits) {
  return detail::guaranteed_decimal_of(x, digits);
}

std::optional<std::string> guaranteed_decimal(const ComplexInterval& z, long digits) {
  return detail::guaranteed_complex_decimal_of(z, digits);
}

namespace {

/// x rounded to `digits` ≥ 2 decimal digits.
std::string decimal(mpfr_srcptr x, long digits, mpfr_rnd_t rounding) {
  if (mpfr_zero_p(x) != 0) return "0";
  mpfr_exp_t exponent = 0;  // x is 0.ddd·10^exponent
  const std::unique_ptr<char, decltype(&mpfr_free_str)> text(
      mpfr_get_str(nullptr, &exponent, 10, static_cast<std::size_t>(digits), x, rounding), mpfr_free_str);
  const std::string all = text.get();
  const std::string sign = all.front() == '-' ? "-" : "";
  return sign + decimal_notation(all.substr(sign.size()), static_cast<long>(exponent) - 1);
}

/// Without the zeros behind the point at the end.
std::string trimmed(std::string text) {
  const std::size_t point = text.find('.');
  const std::size_t end = std::min(text.find('e'), text.size());
  if (point == std::string::npos) return text;
  std::size_t last = text.find_last_not_of('0', end - 1);
  if (text[last] == '.') --last;
  return text.erase(last + 1, end - last - 1);
}

/// An upper bound of the distance between that decimal and the points of x.
Interval distance_above(const Interval& x, const std::string& text) {
  constexpr long bits_of_result = 53;
  Interval middle = Interval::of_precision(x.precision() + 64);
  mpfr_set_str(middle.left(), text.c_str(), 10, MPFR_RNDD);
  mpfr_set_str(middle.right(), text.c_str(), 10, MPFR_RNDU);
  return abs(sub(x, middle, bits_of_result));
}

constexpr long digits_of_radius = 3;

}  // namespace

std::string to_string(const Interval& x, long digits) {
  if (!is_finite(x)) return "[+/- inf]";
  constexpr double digits_per_bit = 0.30103;
  constexpr long most = 1000000;
  const auto known = static_cast<long>(static_cast<double>(accuracy_bits(x)) * digits_per_bit);
  if (known < 1) return "[+/- " + decimal(abs(x).right(), digits_of_radius, MPFR_RNDU) + "]";
  const std::string middle = decimal(midpoint(x).left(), std::clamp(std::min(digits, known), 2L, most), MPFR_RNDN);
  const Interval distance = distance_above(x, middle);
  if (is_zero(distance)) return trimmed(middle);
  return "[" + middle + " +/- " + decimal(distance.right(), digits_of_radius, MPFR_RNDU) + "]";
}

}  // namespace assay
