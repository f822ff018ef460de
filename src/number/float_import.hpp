#pragma once
#include <bit>
#include <cstdint>
#include <optional>

namespace assay {

/// The binary floating-point formats in which weights are stored.
enum class FloatFormat : std::uint8_t { float16, bfloat16, float32, float64 };

/// The dyadic rational that a stored float denotes, as a double; nothing for an infinity or NaN.
///
/// Let the format have `exponent_bits` = E and `fraction_bits` = F with bias b = 2^(E−1) − 1, and let `bits` hold sign
/// s, exponent field e and fraction field f. The returned double is exactly (−1)^s · 2^(e−b) · (1 + f/2^F) for e > 0
/// and (−1)^s · 2^(1−b) · f/2^F for e = 0 (subnormal), since E <= 11 and F <= 52: binary64 contains all these formats.
/// A zero of either sign is +0, as both denote the number 0. Bits of `bits` above 1 + E + F are ignored.
///
/// Only integer operations are used: a float-to-double conversion loses subnormal numbers in a process where some
/// library has switched on flush-to-zero, which is global to the process.
/// Source: IEEE 754-2019, 3.4; bfloat16 is binary32 without its low 16 bits.
template <int exponent_bits, int fraction_bits>
[[nodiscard]] constexpr std::optional<double> exact_float_value(std::uint64_t bits) noexcept {
  static_assert(exponent_bits <= 11 && fraction_bits <= 52, "binary64 contains the format");
  constexpr std::uint64_t exponent_mask = (std::uint64_t{1} << exponent_bits) - 1;
  constexpr std::uint64_t fraction_mask = (std::uint64_t{1} << fraction_bits) - 1;
  constexpr std::uint64_t bias_change = 1023 - ((std::uint64_t{1} << (exponent_bits - 1)) - 1);
  const std::uint64_t sign = (bits >> (exponent_bits + fraction_bits)) & 1U;
  std::uint64_t exponent = (bits >> fraction_bits) & exponent_mask;
  std::uint64_t fraction = bits & fraction_mask;
  if (exponent == exponent_mask) return std::nullopt;
  if (exponent == 0 && fraction == 0) return 0.0;
  if (exponent_bits == 11 || exponent != 0) {
    // bias_change is 0 for binary64, whose subnormal numbers therefore keep their exponent field 0.
    exponent += bias_change;
  } else {
    // f = 2^k · (1 + r/2^k): normalise, so that f/2^F · 2^(1−b) = 2^(1−b+k−F) · (1 + r/2^k), normal in binary64.
    const auto k = static_cast<std::uint64_t>(std::bit_width(fraction)) - 1;
    exponent = bias_change + 1 + k - fraction_bits;
    fraction = (fraction ^ (std::uint64_t{1} << k)) << (fraction_bits - k);
  }
  return std::bit_cast<double>(sign << 63U | exponent << 52U | fraction << (52 - fraction_bits));
}

/// `exact_float_value` for a format known at run time.
[[nodiscard]] std::optional<double> exact_float_value(FloatFormat format, std::uint64_t bits) noexcept;

}  // namespace assay
