#pragma once
#include <optional>

#include "linear/integer_matrix.hpp"
#include "linear/integer_solve.hpp"

namespace assay {

/// The solution of a·X = b by p-adic lifting with products of machine doubles.
///
/// Modulo a prime p < 2²¹ the inverse of a gives one digit of X after the other (J. D. Dixon, Exact solution of linear
/// equations using p-adic expansions, Numer. Math. 40, 1982). The digits of one column are carried on until its
/// numbers can be told as fractions; the common denominator that this gives then halves the number of digits that the
/// other columns need.
///
/// Untrusted, like all searches: the arithmetic is exact, but when to stop is guessed.
/// @returns nothing if entries of a or b have more than 4096 bits, a is singular (as far as a few primes tell), or the
/// numbers did not show.
[[nodiscard]] std::optional<IntegerSolution> padic_solution(const IntegerMatrix& a, const IntegerMatrix& b,
                                                            unsigned threads);

}  // namespace assay
