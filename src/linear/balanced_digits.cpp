#include "linear/balanced_digits.hpp"

#include <algorithm>
#include <cstdint>

#include "base/contract.hpp"

namespace assay {

BalancedDigits::BalancedDigits(const IntegerMatrix& a, int bits)
    : rows_(a.rows()),
      cols_(a.cols()),
      places_(places_for(longest(a), bits)),
      stride_(places_ * static_cast<std::size_t>(bits) / 64 + 2),
      bits_(bits),
      limbs_(rows_ * cols_ * stride_, 0) {
  ASSAY_ENSURE(bits >= 3 && bits <= 32, "a base of a sensible size");
  Integer offset = 0;
  for (std::size_t s = 0; s < places_; ++s)
    mpz_setbit(offset.get_mpz_t(), (s + 1) * static_cast<std::size_t>(bits) - 1);
  Integer shifted;
  for (std::size_t i = 0; i < rows_; ++i)
    for (std::size_t j = 0; j < cols_; ++j) {
      fmpz_get_mpz(shifted.get_mpz_t(), a.at(i, j));
      shifted += offset;
      ASSAY_ENSURE(shifted >= 0 && mpz_size(shifted.get_mpz_t()) < stride_, "the places hold the number");
      std::copy_n(mpz_limbs_read(shifted.get_mpz_t()), mpz_size(shifted.get_mpz_t()),
                  limbs_.begin() + static_cast<std::ptrdiff_t>((i * cols_ + j) * stride_));
    }
}

void BalancedDigits::plane(std::size_t s, std::size_t first, std::size_t count, double* out) const noexcept {
  const std::size_t place = s * static_cast<std::size_t>(bits_);
  const std::size_t shift = place % 64;
  const mp_limb_t mask = (mp_limb_t{1} << static_cast<unsigned>(bits_)) - 1;
  const std::int64_t half = std::int64_t{1} << static_cast<unsigned>(bits_ - 1);
  for (std::size_t i = 0; i < rows_; ++i) {
    const mp_limb_t* limb = limbs_.data() + (i * cols_ + first) * stride_ + place / 64;
    for (std::size_t j = 0; j < count; ++j, limb += stride_) {
      const mp_limb_t bits = (limb[0] >> shift) | ((limb[1] << 1U) << (63 - shift));
      *out++ = static_cast<double>(static_cast<std::int64_t>(bits & mask) - half);
    }
  }
}

}  // namespace assay
