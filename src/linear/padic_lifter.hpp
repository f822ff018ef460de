#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "linear/integer_matrix.hpp"
#include "linear/machine_residue.hpp"
#include "linear/wrapped_integers.hpp"

namespace assay {

/// The p-adic digits of the solutions of A·Y = d·b, one after the other, for a prime p < 2²¹ (J. D. Dixon, Exact
/// solution of linear equations using p-adic expansions, Numer. Math. 40, 1982). All arithmetic is exact.
class PadicLifter {
 public:
  /// @returns nothing if A is singular modulo a few primes, has too many rows, or entries are too long.
  [[nodiscard]] static std::optional<PadicLifter> make(const IntegerMatrix& a, const IntegerMatrix& b);

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::uint64_t prime() const noexcept { return prime_; }

  /// What changes from step to step for some columns of the right side.
  struct State {
    std::size_t columns = 0;                        ///< at least 4: some may be zero
    WrappedIntegers side;                           ///< rows × columns
    std::vector<double> side_modulo;                ///< the same modulo p
    WrappedIntegers residual;                       ///< R_i
    std::vector<std::vector<std::int32_t>> digits;  ///< for each step, rows × columns
  };

  /// Before the first step, for `count` columns of b from `first` on.
  [[nodiscard]] State initial_state(const IntegerMatrix& b, std::size_t first, std::size_t count) const;

  /// One more step for each digit of the denominator. After all of its digits, and any number of zeros, the solution of
  /// A·Y = d·b is Σ_i digits_i·p^i in the columns whose residual is zero.
  void lift(State& state, const std::vector<std::int32_t>& denominator) const;

  /// A bound of the digits that numerators and denominators of a solution have together, by Cramer and Hadamard.
  [[nodiscard]] std::size_t most_digits() const noexcept { return (2 * rows_ * 64 * limbs_) / 20 + 32; }

 private:
  PadicLifter(const IntegerMatrix& a, std::uint64_t p, std::size_t limbs);
  /// Computes the inverse of A modulo p; false if there is none.
  [[nodiscard]] bool invert(const IntegerMatrix& a);
  void multiply(const std::vector<double>& left, const std::vector<double>& right, std::vector<double>& out,
                std::size_t columns) const;

  std::size_t rows_, limbs_;
  std::uint64_t prime_;
  WrappedIntegers::Divisor divisor_;
  MachineResidue<> modulo_;
  int piece_bits_;                           ///< γ
  std::vector<double> inverse_;              ///< B
  std::vector<std::vector<double>> pieces_;  ///< of A, the least significant first
};

}  // namespace assay
