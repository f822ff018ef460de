#pragma once
#include <flint/fmpz.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace assay {

/// Integers modulo 2^N, N = 64·limbs, in two's complement: each stands for the number between −2^(N−1) and 2^(N−1).
class WrappedIntegers {
 public:
  /// An odd number below 2³¹ to divide by.
  struct Divisor {
    Divisor(std::uint64_t divisor, std::size_t limbs);
    std::uint64_t value;
    std::uint64_t inverse = 0;           ///< modulo 2⁶⁴
    std::uint64_t hint = 0;              ///< n_preinvert_limb
    double reciprocal;                   ///< in doubles
    std::vector<std::uint64_t> weights;  ///< 2^(64i) modulo the divisor, 0 ≤ i ≤ limbs
  };

  WrappedIntegers() = default;
  WrappedIntegers(std::size_t size, std::size_t limbs) : limbs_(limbs), words_(size * limbs, 0) {}

  /// @pre −2^(N−1) ≤ x < 2^(N−1).
  void set(std::size_t k, const fmpz* x);
  [[nodiscard]] bool is_zero(std::size_t k) const noexcept;
  [[nodiscard]] bool all_zero() const noexcept;
  /// A number congruent to the k-th modulo the divisor, of size below 2³³·(limbs + 1).
  [[nodiscard]] double residue(std::size_t k, const Divisor& divisor) const noexcept;

  /// this += factor·other.
  void add_multiple(const WrappedIntegers& other, std::int32_t factor) noexcept;
  /// this −= 2^shift·numbers. The numbers are integers of size at most 2⁵³.
  void subtract_shifted(const std::vector<double>& numbers, std::size_t shift) noexcept;
  /// Divides each number by a divisor that leaves no rest: multiplies by its inverse modulo 2^N.
  void divide_exactly(const Divisor& divisor) noexcept;

 private:
  std::size_t limbs_ = 1;
  std::vector<std::uint64_t> words_;  ///< least significant first
};

}  // namespace assay
