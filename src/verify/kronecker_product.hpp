#pragma once
#include <vector>

#include "number/integer.hpp"

namespace assay::verify {

/// The coefficients, from degree 0 on, of the product of two polynomials with integer coefficients, neither empty.
///
/// Kronecker's substitution: with B so large that every coefficient of the product is below 2^(B−1) in absolute value,
/// the polynomials' values at 2^B are two integers whose product has the coefficients as its signed digits (von zur
/// Gathen and Gerhard, Modern Computer Algebra, 8.4). One product of GMP does the work. Short ones are multiplied term
/// by term.
[[nodiscard]] std::vector<Integer> product(const std::vector<Integer>& a, const std::vector<Integer>& b);

/// The most bits of a coefficient; 0 for zeros only.
[[nodiscard]] std::size_t most_bits(const std::vector<Integer>& a);

}  // namespace assay::verify
