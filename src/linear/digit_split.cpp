#include "linear/digit_split.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>

#include "base/contract.hpp"

namespace assay {

namespace {

constexpr long limb_bits = FLINT_BITS;
constexpr long largest_exponent = 1L << 40U;

/// The midpoint ±0.b₀b₁b₂…·2^exponent of a ball, b₀ = 1; `limbs` null for 0.
struct Midpoint {
  mp_srcptr limbs = nullptr;
  mp_size_t size = 0;
  long exponent = 0;
  bool negative = false;

  /// Number of bits up to the last one that is not 0.
  [[nodiscard]] long length() const { return size * limb_bits - std::countr_zero(limbs[0]); }

  /// Bits b_from … b_(from + count − 1) as a number; bits before b₀ and behind the last are 0. count < 64.
  [[nodiscard]] mp_limb_t bits(long from, long count) const {
    if (from < 0) return count + from > 0 ? bits(0, count + from) : 0;
    const mp_size_t limb = size - 1 - from / limb_bits;
    const long offset = from % limb_bits;
    if (limb < 0) return 0;
    mp_limb_t top = limbs[limb] << offset;
    if (offset > 0 && limb > 0) top |= limbs[limb - 1] >> (limb_bits - offset);
    return top >> (limb_bits - count);
  }
};

/// @returns false if the midpoint is not finite or its exponent is out of range.
bool read(const Ball& ball, Midpoint& out) {
  const arf_struct* mid = arb_midref(ball.get());
  out.limbs = nullptr;
  if (arf_is_zero(mid)) return true;
  if (arf_is_special(mid) || COEFF_IS_MPZ(ARF_EXP(mid)) || std::abs(ARF_EXP(mid)) > largest_exponent) return false;
  ARF_GET_MPN_READONLY(out.limbs, out.size, mid);
  out.exponent = ARF_EXP(mid);
  out.negative = ARF_SGNBIT(mid) != 0;
  return true;
}

}  // namespace

DigitFormat digit_format(std::size_t k, long precision) {
  ASSAY_ENSURE(k >= 1 && k < (std::size_t{1} << 30U) && precision >= 2, "a product that can be split into digits");
  const auto log2_above = [](std::size_t n) { return static_cast<long>(std::bit_width(n)); };
  for (int bits = 24; bits > 0; --bits) {
    long places = 1;
    while (places * bits < precision + 3 + log2_above(k * static_cast<std::size_t>(places))) ++places;
    if (log2_above(k * static_cast<std::size_t>(places)) + 2L * bits <= 53)
      return {bits, static_cast<std::size_t>(places)};
  }
  ASSAY_ENSURE(false, "some base is small enough");
}

std::optional<DigitPlanes> split(const ConstBallMatrix& matrix, Side side, const DigitFormat& format) {
  const auto line_of = [side](std::size_t i, std::size_t j) { return side == Side::left ? i : j; };
  const std::size_t lines = side == Side::left ? matrix.rows : matrix.cols;
  DigitPlanes out;
  out.exponents.resize(lines);
  Midpoint x;
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < matrix.cols; ++j) {
      if (!read(matrix.at(i, j), x)) return std::nullopt;
      if (x.limbs == nullptr) continue;
      std::optional<long>& exponent = out.exponents[line_of(i, j)];
      exponent = std::max(exponent.value_or(x.exponent), x.exponent);
    }
  long longest = 1;
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < matrix.cols; ++j)
      if (read(matrix.at(i, j), x) && x.limbs != nullptr)
        longest = std::max(longest, *out.exponents[line_of(i, j)] - x.exponent + x.length());
  const auto needed = static_cast<std::size_t>((longest + format.bits - 1) / format.bits);
  out.planes = std::min(needed, format.places);
  out.cut_off = needed > format.places;
  out.digits.assign(out.planes * matrix.rows * matrix.cols, 0.0);
  for (std::size_t i = 0; i < matrix.rows; ++i)
    for (std::size_t j = 0; j < matrix.cols; ++j) {
      if (!read(matrix.at(i, j), x) || x.limbs == nullptr) continue;
      const long shift = *out.exponents[line_of(i, j)] - x.exponent;
      const long length = x.length() + shift;
      for (std::size_t s = 0; s < out.planes; ++s) {
        const long from = static_cast<long>(s) * format.bits;
        if (from >= length) break;
        const auto digit = static_cast<double>(x.bits(from - shift, format.bits));
        const std::size_t place = side == Side::left ? (i * out.planes + s) * matrix.cols + j
                                                     : ((out.planes - 1 - s) * matrix.rows + i) * matrix.cols + j;
        out.digits[place] = x.negative ? -digit : digit;
      }
    }
  return out;
}

}  // namespace assay
