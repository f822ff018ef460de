#pragma once
#include <cstddef>

namespace assay {

/// The common grid of some doubles: all of them are multiples of 2^quantum and at most `peak` in size.
struct Grid {
  int quantum = 2000;  ///< 2000 (more than any double has) if all are 0
  double peak = 0;
  bool usable = true;  ///< false once the grid is so fine that no product on it can be exact, or an entry is not finite
};

/// Narrows `grid` to hold `count` numbers at `values` too; stops early, with `usable` false, once more than 53 bits lie
/// between quantum and peak.
void extend(Grid& grid, const double* values, std::size_t count) noexcept;

/// Is every product, and every partial sum of at most `terms` products, of numbers on the two grids exact in doubles?
///
/// They are multiples of 2^q, q the sum of the quanta, and at most terms·peak·peak. If that is ≤ 2⁵³·2^q, q ≥ −1074 and
/// nothing overflows, all of them are doubles, hence computed exactly in any order (F3 of number/error_free.hpp).
[[nodiscard]] bool sums_of_products_are_exact(const Grid& a, const Grid& b, std::size_t terms) noexcept;

}  // namespace assay
