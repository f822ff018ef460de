#pragma once
#include "linear/digit_split.hpp"

namespace assay {

/// Encloses the product of matrices of balls: for all A ∈ a and B ∈ b, (A·B)ᵢⱼ ∈ outᵢⱼ.
///
/// Let e_i be the exponent of row i of `a` and f_j that of column j of `b` (all midpoints below 2^e_i, 2^f_j) and k the
/// inner dimension. The radius is at most
///     (1 + 2⁻²⁰)·(|mA|·rB + rA·(|mB| + rB))ᵢⱼ + 2^(e_i + f_j − precision) + the rounding of the midpoint to
///     `precision` bits,
/// and the second term is 0 if the row or the column is 0, or if the digits of both factors fit (digit_split.hpp), as
/// those of exact numbers of few bits. So points whose product has at most `precision` bits have an exact product. The
/// bound is by rows and columns, not entry by entry: an entry that is tiny beside 2^(e_i + f_j) may have few correct
/// bits, and more precision gives them.
///
/// @param a, b  a.cols == b.rows.
/// @param out   a.rows × b.cols balls, row-major; must not overlap the operands.
/// @returns false, with `out` unspecified, if an entry is not finite or has an exponent beyond ±2⁴⁰: such matrices are
///          for products term by term.
[[nodiscard]] bool ball_product(const ConstBallMatrix& a, const ConstBallMatrix& b, long precision, Ball* out);

}  // namespace assay
