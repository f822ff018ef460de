#pragma once
#include <optional>

#include "number/integer.hpp"
#include "verify/exact_number.hpp"

namespace assay::verify {

/// arctan(x) for a rational x > 0 as the argument of a product of Gaussian primes: a multiple of π/4 plus a sum of
/// multiples of arctan(v/u) for primes p = u² + v², u > v > 0. These determine the sum (Z[i] has unique factorisation),
/// so formulas such as Machin's, 4·arctan(1/5) − arctan(1/239) = π/4, are formal equalities. Nothing if trial division
/// does not find the primes.
[[nodiscard]] std::optional<ExactNumber> angle_by_gaussian_primes(const Rational& x);

}  // namespace assay::verify
