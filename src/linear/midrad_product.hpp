#pragma once
#include <cstddef>

namespace assay {

/// A view of a midpoint-radius matrix: entry (i, j) is the set [mid − rad, mid + rad] with both at index i·cols + j.
struct ConstMidRadMatrix {
  const double* mid = nullptr;
  const double* rad = nullptr;  ///< null: all entries are points
  std::size_t rows = 0;
  std::size_t cols = 0;
};

/// Encloses the matrix product: for all A ∈ a and B ∈ b, (A·B)ᵢⱼ ∈ [mid_out − rad_out, mid_out + rad_out]ᵢⱼ.
///
/// With k = a.cols and u = 2⁻⁵³ the radius is at most
///     (1 + ε)·(|mA|·rB + rA·(|mB| + rB) + (k + 2)·u·|mA||mB|) + δ,   ε = (k + 8)·2⁻²³,
/// where δ is about 2⁻¹⁴⁷·k times the largest entries that meet (2⁻¹⁰⁰⁰ where all is tiny). It is 0 for points whose
/// entries are multiples of a common power of two and so small that the product is exact, as of small integers.
/// An entry whose computation meets an infinite or NaN number, or overflows, is infinite or NaN itself: without
/// information, never wrongly finite.
///
/// Meant for a thin `a` (weights) times a wide `b` (a batch, one column an assignment): works in blocks of columns that
/// stay in cache. The numbers may differ in the last bits between processors, never the guarantee.
///
/// @param a, b              a.cols == b.rows.
/// @param mid_out, rad_out  a.rows × b.cols numbers each, row-major; must not overlap the operands.
void midrad_product(ConstMidRadMatrix a, ConstMidRadMatrix b, double* mid_out, double* rad_out);

}  // namespace assay
