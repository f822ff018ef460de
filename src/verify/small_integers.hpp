#pragma once
#include <cstdint>
#include <vector>

/// Elementary number theory of small integers, by trial division.
namespace assay::verify {

/// A prime p with p^k dividing n exactly.
struct PrimePower {
  std::uint64_t prime;
  std::uint64_t power;  ///< p^k
};

/// n ≥ 1 in ascending primes.
[[nodiscard]] std::vector<PrimePower> factors(std::uint64_t n);
/// φ(n).
[[nodiscard]] std::uint64_t euler_phi(std::uint64_t n);

/// An element of the group (Z/n)* and how many different powers of it are counted.
struct CyclicFactor {
  std::uint64_t generator;
  std::uint64_t order;
};

/// (Z/n)* as a direct product of cyclic groups, n < 2^31 (Gauss; Ireland–Rosen, chapter 4): for each odd p^k ‖ n one of
/// order φ(p^k), for 2^k those of −1 and of 5.
[[nodiscard]] std::vector<CyclicFactor> unit_group(std::uint64_t n);

}  // namespace assay::verify
