#pragma once
#include <optional>
#include <vector>

#include "linear/matrix.hpp"
#include "number/exact.hpp"
#include "number/integer.hpp"

namespace assay {

/// The eigenvalues of a symmetric rational matrix as exact numbers, ascending, each as often as its multiplicity.
///
/// The characteristic polynomial is factored over Q (FLINT's fmpz_poly_factor, checked by multiplying out; whether the
/// factors are irreducible does not matter). A linear factor gives a rational, a quadratic one a ± b·√c.
///
/// @returns nothing if a factor has a higher degree, an order cannot be decided, or a number is too long.
/// @throws InternalError if `a` is not symmetric.
[[nodiscard]] std::optional<std::vector<Exact>> exact_eigenvalues(const Matrix<Rational>& a);

}  // namespace assay
