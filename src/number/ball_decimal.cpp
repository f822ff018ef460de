#include "base/contract.hpp"
#include "number/complex_ball.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "number/real_ball.hpp"

namespace assay {

std::optional<std::string> guaranteed_decimal(const Rational& x, long digits) { return rounded_decimal(x, digits); }

std::optional<std::string> guaranteed_decimal(const Ball& x, long digits) {
  if (!is_finite(x)) return std::nullopt;
  // A decimal of d digits needs an accuracy of about 3.32·d bits; far wider balls need no exact look at their ends.
  if (!is_exact(x) && accuracy_bits(x) < 3 * (digits - 1) - 8) return std::nullopt;
  try {
    // Rounding is monotone, so if both ends round to one decimal, everything between does.
    std::string low = rounded_decimal(lower(x), digits);
    if (!is_exact(x) && low != rounded_decimal(upper(x), digits)) return std::nullopt;
    return low;
  } catch (const NotRepresentable&) {
    return std::nullopt;
  }
}

std::optional<std::string> guaranteed_decimal(const ComplexBall& z, long digits) {
  std::optional<std::string> real = guaranteed_decimal(re(z), digits);
  if (is_real(z)) return real;
  std::optional<std::string> imaginary = guaranteed_decimal(im(z), digits);
  if (!real || !imaginary) return std::nullopt;
  const bool negative = imaginary->front() == '-';
  if (negative) imaginary->erase(0, 1);
  return *real + (negative ? " - " : " + ") + *imaginary + "*I";
}

}  // namespace assay
