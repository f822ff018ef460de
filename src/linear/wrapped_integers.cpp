#include "linear/wrapped_integers.hpp"

#include <flint/flint.h>
#include <flint/ulong_extras.h>
#include <gmpxx.h>

#include <algorithm>

#include "base/contract.hpp"

namespace assay {

namespace {

/// Subtracts 2^shift·number from `limbs` words.
void subtract(std::uint64_t* words, std::size_t limbs, std::int64_t number, std::size_t shift) noexcept {
  const std::size_t offset = shift % 64;
  const std::uint64_t sign = number < 0 ? ~std::uint64_t{0} : 0;
  std::uint64_t part = static_cast<std::uint64_t>(number) << offset;
  std::uint64_t next = offset == 0 ? sign : static_cast<std::uint64_t>(number >> (64 - offset));
  std::uint64_t borrow = 0;
  for (std::size_t i = shift / 64; i < limbs; ++i) {
    const std::uint64_t difference = words[i] - part;
    const std::uint64_t lost = (words[i] < part ? 1U : 0U) + (difference < borrow ? 1U : 0U);
    words[i] = difference - borrow;
    borrow = lost;
    part = next;
    next = sign;
  }
}

}  // namespace

WrappedIntegers::Divisor::Divisor(std::uint64_t divisor, std::size_t limbs)
    : value(divisor), inverse(divisor), hint(n_preinvert_limb(divisor)), reciprocal(1 / static_cast<double>(divisor)) {
  ASSAY_ENSURE(divisor % 2 == 1 && divisor < (std::uint64_t{1} << 31U), "an odd divisor of less than 32 bits");
  // Newton's iteration doubles the number of right bits; d·d = 1 modulo 8 begins with three.
  for (int i = 0; i < 5; ++i) inverse *= 2 - value * inverse;
  weights.push_back(1 % value);
  const std::uint64_t base = n_powmod2_ui_preinv(2 % value, 64, value, hint);
  for (std::size_t i = 0; i < limbs; ++i) weights.push_back(n_mulmod2_preinv(weights.back(), base, value, hint));
}

void WrappedIntegers::set(std::size_t k, const fmpz* x) {
  mpz_class number;
  fmpz_get_mpz(number.get_mpz_t(), x);
  ASSAY_ENSURE(mpz_sizeinbase(number.get_mpz_t(), 2) < 64 * limbs_, "the words hold the number");
  std::uint64_t* words = words_.data() + k * limbs_;
  std::fill_n(words, limbs_, 0);
  std::copy_n(mpz_limbs_read(number.get_mpz_t()), mpz_size(number.get_mpz_t()), words);
  if (number < 0) mpn_neg(words, words, static_cast<mp_size_t>(limbs_));
}

bool WrappedIntegers::is_zero(std::size_t k) const noexcept {
  const auto first = words_.begin() + static_cast<std::ptrdiff_t>(k * limbs_);
  return std::all_of(first, first + static_cast<std::ptrdiff_t>(limbs_), [](std::uint64_t word) { return word == 0; });
}

bool WrappedIntegers::all_zero() const noexcept {
  return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}

double WrappedIntegers::residue(std::size_t k, const Divisor& divisor) const noexcept {
  const std::uint64_t* words = words_.data() + k * limbs_;
  if (limbs_ == 1) {
    // The quotient in doubles is off by 1 + 2⁶³/d·2⁻⁵² at most, which leaves less than 2·2³¹ + 2¹².
    const auto number = static_cast<std::int64_t>(words[0]);
    const auto quotient = static_cast<std::int64_t>(static_cast<double>(number) * divisor.reciprocal);
    return static_cast<double>(number - quotient * static_cast<std::int64_t>(divisor.value));
  }
  double sum = 0;
  for (std::size_t i = 0; i < limbs_; ++i)
    sum +=
        static_cast<double>(n_mod2_preinv(words[i], divisor.value, divisor.hint) * divisor.weights[i] % divisor.value);
  if (words[limbs_ - 1] >> 63U != 0) sum -= static_cast<double>(divisor.weights[limbs_]);
  return sum;
}

void WrappedIntegers::add_multiple(const WrappedIntegers& other, std::int32_t factor) noexcept {
  if (factor == 0) return;
  if (limbs_ == 1) {
    const auto wrapped = static_cast<std::uint64_t>(static_cast<std::int64_t>(factor));
    for (std::size_t k = 0; k < words_.size(); ++k) words_[k] += wrapped * other.words_[k];
    return;
  }
  const auto size = static_cast<mp_size_t>(limbs_);
  const auto magnitude = static_cast<mp_limb_t>(factor < 0 ? -static_cast<std::int64_t>(factor) : factor);
  for (std::size_t k = 0; k < words_.size(); k += limbs_) {
    if (factor < 0)
      mpn_submul_1(&words_[k], &other.words_[k], size, magnitude);
    else
      mpn_addmul_1(&words_[k], &other.words_[k], size, magnitude);
  }
}

void WrappedIntegers::subtract_shifted(const std::vector<double>& numbers, std::size_t shift) noexcept {
  if (limbs_ == 1) {
    for (std::size_t k = 0; k < words_.size(); ++k)
      words_[k] -= static_cast<std::uint64_t>(static_cast<std::int64_t>(numbers[k])) << shift;
    return;
  }
  for (std::size_t k = 0; k < numbers.size(); ++k)
    subtract(&words_[k * limbs_], limbs_, static_cast<std::int64_t>(numbers[k]), shift);
}

void WrappedIntegers::divide_exactly(const Divisor& divisor) noexcept {
  // Hensel's division, from the least significant word on: q_i = (w_i − carry)·d⁻¹ modulo 2⁶⁴, and the high word of
  // q_i·d is carried on.
  for (std::size_t k = 0; k < words_.size(); k += limbs_) {
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < limbs_; ++i) {
      std::uint64_t& word = words_[k + i];
      const std::uint64_t borrow = word < carry ? 1 : 0;
      word = (word - carry) * divisor.inverse;
      if (i + 1 == limbs_) break;
      mp_limb_t high = 0;
      mp_limb_t low = 0;
      umul_ppmm(high, low, word, divisor.value);
      carry = high + borrow;
    }
  }
}

}  // namespace assay
