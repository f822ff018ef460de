#pragma once
#include <cstddef>

#include "linear/integer_matrix.hpp"

/// Fraction-free elimination over the integers: every entry on the way is a minor of the matrix (E. Bareiss,
/// Sylvester's identity and multistep integer-preserving Gaussian elimination, Math. Comp. 22, 1968).
namespace assay {

/// The rank. Exact; meant for small matrices, as the numbers grow with the rank.
[[nodiscard]] std::size_t fraction_free_rank(IntegerMatrix a);

/// Are all leading principal minors of the symmetric matrix positive?
[[nodiscard]] bool leading_minors_are_positive(IntegerMatrix a);

}  // namespace assay
