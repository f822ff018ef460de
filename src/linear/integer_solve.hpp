#pragma once
#include <optional>

#include "linear/integer_matrix.hpp"

namespace assay {

/// A solution of a·X = b over Q: X = numerators/denominator.
struct IntegerSolution {
  IntegerMatrix numerators;
  Integer denominator = 1;  ///< > 0, the least common one
};

/// The solution for a nonsingular square a; nothing if a is singular, or none was found. Untrusted: check the product.
/// @param threads  how many may work on it.
[[nodiscard]] std::optional<IntegerSolution> find_solution(const IntegerMatrix& a, const IntegerMatrix& b,
                                                           unsigned threads);

}  // namespace assay
