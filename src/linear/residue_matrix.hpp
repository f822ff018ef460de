#pragma once
#include <cstdint>

#include "linear/integer_matrix.hpp"
#include "linear/matrix.hpp"
#include "number/residue.hpp"

/// Matrices modulo primes, for checks of what is found over the integers.
namespace assay {

inline constexpr unsigned long_prime = 62;  ///< bits of primes for checks that are wrong with probability near 2⁻⁶²
inline constexpr unsigned short_prime = 28;  ///< bits of primes for searches: sums of products fit into 64 bits

/// One of 16 primes that were drawn at random between 2^(bits − 1) and 2^bits, bits = `long_prime` or `short_prime`;
/// those of up to 16 successive seeds differ.
[[nodiscard]] std::uint64_t random_prime(std::uint64_t seed, unsigned bits = long_prime);

[[nodiscard]] Matrix<Residue> residues(const IntegerMatrix& a, const ResidueField& field);

/// Is a·(x·v) = factor·(c·v) for some random vector v modulo some random prime? False: a·x ≠ factor·c. True: equal but
/// for a chance of about (1 + bits of the entries)/2⁶¹ (Freivalds, Probabilistic machines can use less running time,
/// IFIP 1977).
[[nodiscard]] bool is_product_modulo(const IntegerMatrix& a, const IntegerMatrix& x, const Integer& factor,
                                     const IntegerMatrix& c);

}  // namespace assay
