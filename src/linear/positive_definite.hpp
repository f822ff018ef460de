#pragma once
#include "linear/integer_matrix.hpp"

namespace assay {

/// Is the symmetric integer matrix positive definite? Decided exactly.
///
/// First by strict diagonal dominance of the congruent matrix D·A·D, with D the powers of two that bring the diagonal
/// near 1 (Horn and Johnson, Matrix Analysis, Theorem 6.1.10); where that does not hold, by the signs of the leading
/// principal minors (Sylvester's criterion, ibid. Theorem 7.2.5).
/// @throws InternalError if the matrix is not symmetric.
[[nodiscard]] bool is_positive_definite(const IntegerMatrix& a);

/// The first of the two tests alone: true only of positive definite matrices. Of a symmetric matrix.
[[nodiscard]] bool is_diagonally_dominant(const IntegerMatrix& a);

}  // namespace assay
