#pragma once
#include <cstdint>
#include <vector>

#include "linear/matrix.hpp"

/// Large matrices over Z/p for one prime p < 2⁶², as plain numbers below p, on FLINT.
///
/// The library is not trusted: a product is compared with the factors at a random vector (Freivalds, Probabilistic
/// machines can use less running time, IFIP 1977), and a rank is that of a triangular decomposition P·A = L·U, which is
/// compared in the same way. A wrong result passes with a chance of 1/p; InternalError if it does not.
namespace assay {

using ModularMatrix = Matrix<std::uint64_t>;

/// x·y modulo the prime.
[[nodiscard]] ModularMatrix modular_product(const ModularMatrix& x, const ModularMatrix& y, std::uint64_t prime);

/// The rank over Z/p.
[[nodiscard]] std::size_t modular_rank(const ModularMatrix& a, std::uint64_t prime);

}  // namespace assay
