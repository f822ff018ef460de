#pragma once
#include <optional>
#include <string>

#include "number/limits.hpp"
#include "number/rational.hpp"

/// Decimals that are certain, written once for enclosures of any precision (real_ball.hpp says what they are).
namespace assay::detail {

template <class R>
[[nodiscard]] std::optional<std::string> guaranteed_decimal_of(const R& x, long digits) {
  if (!is_finite(x)) return std::nullopt;
  // A decimal of d digits needs an accuracy of about 3.32·d bits; far wider sets need no exact look at their ends.
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

template <class C>
[[nodiscard]] std::optional<std::string> guaranteed_complex_decimal_of(const C& z, long digits) {
  std::optional<std::string> real = guaranteed_decimal(re(z), digits);
  if (is_real(z)) return real;
  std::optional<std::string> imaginary = guaranteed_decimal(im(z), digits);
  if (!real || !imaginary) return std::nullopt;
  const bool negative = imaginary->front() == '-';
  if (negative) imaginary->erase(0, 1);
  return *real + (negative ? " - " : " + ") + *imaginary + "*I";
}

}  // namespace assay::detail
