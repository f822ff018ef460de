#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "number/real_ball.hpp"

/// Error-free splitting of matrices of dyadic numbers into digits that machine doubles multiply exactly.
///
/// With a base 2^β every number |x| < 2^e has digits 0 ≤ d_s < 2^β with |x| = Σ_s d_s·2^(e − β(s+1)). The digits of one
/// place s, with the sign of x, are a *plane*: a matrix of doubles. Sums of k products of digits are below k·2^(2β), so
/// that products of planes are exact in any order if that is at most 2⁵³.
/// Source: K. Ozaki, T. Ogita, S. Oishi, S. M. Rump, Error-free transformations of matrix multiplication by using fast
/// routines of matrix multiplication and its applications, Numer. Algorithms 59 (2012), here with bits instead of
/// floating-point splittings, so that numbers may have any length.
namespace assay {

/// A view of a matrix of balls, row-major; entry (i, j) at i·stride + j.
struct ConstBallMatrix {
  const Ball* entries = nullptr;
  std::size_t rows = 0;
  std::size_t cols = 0;
  std::size_t stride = 0;
  [[nodiscard]] const Ball& at(std::size_t i, std::size_t j) const { return entries[i * stride + j]; }
};

/// The base and the number of places of a product.
struct DigitFormat {
  int bits = 0;            ///< β
  std::size_t places = 0;  ///< D: further digits are cut off
};

/// The largest base in which sums of D·k products of digits are exact, where D digits hold `precision` + log₂(8kD) bits
/// at least. 1 ≤ k < 2³⁰, 2 ≤ precision.
[[nodiscard]] DigitFormat digit_format(std::size_t k, long precision);

/// Which factor of a product is split: its lines are the rows of a left factor, the columns of a right one. A line has
/// one exponent e, the least with |x| < 2^e for the midpoints x of its entries; nothing if they are all 0.
enum class Side : bool { left, right };

/// The midpoints of a matrix in digits.
struct DigitPlanes {
  /// Left: the planes side by side in ascending order, so that place s of row i is at i·planes·cols + s·cols.
  /// Right: one below the other in descending order, so that place s begins at (planes − 1 − s)·rows·cols.
  /// So for each d, Σ_{s+t=d} A_s·B_t is one product of contiguous parts.
  std::vector<double> digits;
  std::vector<std::optional<long>> exponents;
  std::size_t planes = 0;
  bool cut_off = false;  ///< some number has digits ≠ 0 behind the last plane
};

/// Nothing if an entry is not finite or an exponent is beyond ±2⁴⁰.
[[nodiscard]] std::optional<DigitPlanes> split(const ConstBallMatrix& matrix, Side side, const DigitFormat& format);

}  // namespace assay
