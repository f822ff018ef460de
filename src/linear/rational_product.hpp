#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "number/integer.hpp"

namespace assay {

/// The exact product of matrices of rationals, both by rows: rows × inner times inner × columns.
///
/// Rows of the left and columns of the right factor are brought to common denominators, so that one product of integer
/// matrices (FLINT's fmpz_mat_mul, which works modulo several primes) does the work; each entry is then brought to
/// lowest terms once, instead of after each of its `inner` additions. The library's product is checked modulo a prime
/// (Freivalds, Probabilistic machines can use less running time, IFIP 1977).
///
/// @returns nothing if a common denominator, or a number over it, has more than 2¹⁶ bits.
/// @throws InternalError if the check fails.
[[nodiscard]] std::optional<std::vector<Rational>> rational_product(const std::vector<const Rational*>& left,
                                                                    const std::vector<const Rational*>& right,
                                                                    std::size_t rows, std::size_t inner,
                                                                    std::size_t columns);

}  // namespace assay
