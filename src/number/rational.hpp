#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "number/arithmetic.hpp"
#include "number/integer.hpp"

namespace assay {

/// "3/4", "-5": lowest terms, without a denominator 1.
[[nodiscard]] std::string to_string(const Rational& x);

/// Largest integer ≤ x.
[[nodiscard]] Integer floor(const Rational& x);
/// Smallest integer ≥ x.
[[nodiscard]] Integer ceil(const Rational& x);
[[nodiscard]] bool is_integer(const Rational& x);
/// The value of x if it is an integer of 64 bits.
[[nodiscard]] std::optional<std::int64_t> to_int64(const Rational& x);
[[nodiscard]] std::optional<std::int64_t> to_int64(const Integer& x);

/// The integer `x` (gmpxx has no constructor from the 64-bit types on every platform).
[[nodiscard]] Integer exact_integer(std::int64_t x);
/// The rational that the double denotes. @throws InternalError if `x` is infinite or not a number.
[[nodiscard]] Rational exact_rational(double x);

/// The rational with the smallest denominator in [low, high], and of those the one nearest to 0; low ≤ high.
[[nodiscard]] Rational simplest_between(const Rational& low, const Rational& high);

/// x^n for any n with x ≠ 0 or n ≥ 0; 0^0 = 1. The size of the result, about |n|·bit_size(x) bits, is the caller's
/// concern. @throws InternalError for 0 to a negative power.
[[nodiscard]] Rational power(const Rational& x, long n);

/// Bits of the numerator plus bits of the denominator.
[[nodiscard]] std::size_t bit_size(const Rational& x);

/// The rational r ≥ 0 with r² = x, if there is one.
[[nodiscard]] std::optional<Rational> exact_sqrt(const Rational& x);
/// The rational r with rⁿ = x (the positive one if n is even), if there is one. n ≥ 1.
[[nodiscard]] std::optional<Rational> exact_root(const Rational& x, unsigned long n);

/// x rounded to `digits` significant decimal digits, half to even, decided on the exact value; 1 ≤ digits ≤ 10⁶.
/// Plain notation with exactly that many digits if the decimal exponent e (10^e ≤ |x| < 10^(e+1) after rounding) has
/// −5 ≤ e < digits, else scientific: "-1.20e+31". Zero is "0".
[[nodiscard]] std::string rounded_decimal(const Rational& x, long digits);

/// The number with those decimal digits, the first of which is worth 10^exponent, in the notation of rounded_decimal.
[[nodiscard]] std::string decimal_notation(const std::string& digits, long exponent);

/// 1/x; nothing for 0.
[[nodiscard]] std::optional<Rational> inverse(const Rational& x);
/// max(x, 0).
[[nodiscard]] Rational relu(const Rational& x);
/// The exact order of two rationals: one of less, equal, greater.
[[nodiscard]] Relations compare(const Rational& x, const Rational& y);

}  // namespace assay
