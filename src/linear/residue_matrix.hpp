#pragma once
#include <cstdint>

#include "linear/integer_matrix.hpp"
#include "linear/matrix.hpp"
#include "number/residue.hpp"

/// Matrices modulo primes, for checks of what is found over the integers.
namespace assay {

/// One of 16 primes that were drawn at random between 2⁶¹ and 2⁶²; those of up to 16 successive seeds differ.
[[nodiscard]] std::uint64_t random_prime(std::uint64_t seed);

[[nodiscard]] Matrix<Residue> residues(const IntegerMatrix& a, const ResidueField& field);

/// Is a·(x·v) = factor·(c·v) for some random vector v modulo some random prime? False: a·x ≠ factor·c. True: equal but
/// for a chance of about (1 + bits of the entries)/2⁶¹ (Freivalds, Probabilistic machines can use less running time,
/// IFIP 1977).
[[nodiscard]] bool is_product_modulo(const IntegerMatrix& a, const IntegerMatrix& x, const Integer& factor,
                                     const IntegerMatrix& c);

}  // namespace assay
