#pragma once
#include <flint/fmpz.h>

#include <cstdint>
#include <vector>

namespace assay {

/// A prime p with p^k dividing n exactly.
struct PrimePower {
  std::uint64_t prime;
  std::uint64_t power;  ///< p^k
};

/// n ≥ 1 in ascending primes, by trial division; meant for n ≤ limit::conductor.
[[nodiscard]] std::vector<PrimePower> factored(std::uint64_t n);
/// φ(n).
[[nodiscard]] std::uint64_t totient(std::uint64_t n);

/// Rewrites Σ c_e ζ_n^e (e < n) in the basis that the class Cyclotomic describes: afterwards the coefficients are
/// unique, and c_e = 0 for the n − φ(n) exponents outside the basis. About n additions for each prime dividing n.
void reduce_to_basis(fmpz* coefficients, std::uint64_t n);

}  // namespace assay
