#include "kernel/limbs.hpp"

#include <algorithm>
#include <bit>

#include "base/contract.hpp"

namespace assay::kernel {

namespace {

constexpr std::size_t word_bits = 64;
constexpr int least_word_first = -1;

/// Bits of n in two's complement, its sign among them: −2^k needs k + 1, as 2^k − 1 does.
std::size_t bits_of(const Integer& n) {
  const Integer magnitude = n < 0 ? Integer(-n - 1) : n;
  return (magnitude == 0 ? 0 : mpz_sizeinbase(magnitude.get_mpz_t(), 2)) + 1;
}

}  // namespace

std::size_t limbs_of(const Matrix<Integer>& a) {
  std::size_t bits = 1;
  for (const Integer& entry : a.entries) bits = std::max(bits, bits_of(entry));
  return (bits + word_bits - 1) / word_bits;
}

std::vector<std::int64_t> to_limbs(const Matrix<Integer>& a, std::size_t limbs) {
  ASSAY_ENSURE(limbs >= limbs_of(a), "an entry fits into its words");
  const Integer modulus = Integer(1) << (word_bits * limbs);
  std::vector<std::int64_t> out;
  out.reserve(a.entries.size() * limbs);
  std::vector<std::uint64_t> words(limbs);
  for (const Integer& entry : a.entries) {
    std::fill(words.begin(), words.end(), 0);
    const Integer residue = entry < 0 ? Integer(entry + modulus) : entry;
    mpz_export(words.data(), nullptr, least_word_first, sizeof(std::uint64_t), 0, 0, residue.get_mpz_t());
    for (const std::uint64_t word : words) out.push_back(std::bit_cast<std::int64_t>(word));
  }
  return out;
}

Matrix<Integer> from_limbs(std::size_t rows, std::size_t cols, std::size_t limbs, std::span<const std::int64_t> words) {
  const std::size_t count = limbs == 0 ? 0 : words.size() / limbs;
  ASSAY_ENSURE(limbs > 0 && words.size() % limbs == 0 && count == rows * cols, "each entry has its words");
  const Integer modulus = Integer(1) << (word_bits * limbs);
  std::vector<Integer> entries;
  entries.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    const auto of_entry = words.subspan(i * limbs, limbs);
    Integer entry;
    mpz_import(entry.get_mpz_t(), limbs, least_word_first, sizeof(std::int64_t), 0, 0, of_entry.data());
    if (of_entry.back() < 0) entry -= modulus;
    entries.push_back(std::move(entry));
  }
  return {rows, cols, std::move(entries)};
}

}  // namespace assay::kernel
