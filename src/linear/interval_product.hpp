#pragma once
#include <cstddef>

#include "number/interval.hpp"

namespace assay {

/// A view of a matrix of intervals, row-major; entry (i, j) at i·stride + j.
struct ConstIntervalMatrix {
  const Interval* entries = nullptr;
  std::size_t rows = 0;
  std::size_t cols = 0;
  std::size_t stride = 0;
  [[nodiscard]] const Interval& at(std::size_t i, std::size_t j) const { return entries[i * stride + j]; }
};

/// Encloses the product of matrices of intervals: for all A ∈ a and B ∈ b, (A·B)ᵢⱼ ∈ outᵢⱼ.
///
/// Let all numbers of row i of `a` be below 2^e_i in size, those of column j of `b` below 2^f_j, for the least such e_i
/// and f_j, with m and r for middles and radii, and k the inner dimension. The radius is at most
///     (1 + 2⁻²⁰)·(|mA|·rB + rA·(|mB| + rB))ᵢⱼ + 2^(e_i + f_j − precision) + the rounding of the ends to `precision`
///     bits,
/// and the second term is 0 if all entries of `a` and `b` are numbers of so few bits that nothing of them is cut off.
/// So points whose product has at most `precision` bits have an exact product. The bound is by rows and columns, not
/// entry by entry: an entry that is tiny beside 2^(e_i + f_j) may have few correct bits, and more precision gives them.
///
/// @param a, b  a.cols == b.rows.
/// @param out   a.rows × b.cols intervals, row-major; must not overlap the operands.
/// @returns false, with `out` unspecified, if an entry is not finite: such matrices are for products term by term.
[[nodiscard]] bool interval_product(const ConstIntervalMatrix& a, const ConstIntervalMatrix& b, long precision,
                                    Interval* out);

}  // namespace assay
