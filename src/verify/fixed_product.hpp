#pragma once
#include <cstddef>
#include <cstdint>

/// Products of matrices of fixed-point intervals (fixed_point.hpp).
namespace assay::verify {

/// A row-major matrix by the ends of its entries; `low == high` as pointers if all are known to be points.
struct FixedMatrix {
  const std::int64_t* low = nullptr;
  const std::int64_t* high = nullptr;
  std::size_t rows = 0;
  std::size_t columns = 0;
};

/// Enclosures of the entries of a·b into `low` and `high`; a.columns = b.rows. Entries that depend on something
/// unknown, or do not fit, are unknown.
///
/// Write X for the doubled midpoints of a matrix, its low + high, and W for its doubled radii, high − low (of points,
/// the numbers themselves and 0), and X′ for those of the other factor. Sums of products of midpoints are exact in 128
/// bits, and
///     |entry − Σ X·X′| ≤ Σ |X|·W′ + Σ W·(|X′| + W′)
/// is computed from numbers that are rounded upwards to about 28 bits relative to the largest of a row, or of a batch
/// of columns. Then the ends are rounded outwards to multiples of 2⁻⁴⁰ once. Where both factors are points there is
/// nothing but Σ X·X′.
void fixed_product(const FixedMatrix& a, const FixedMatrix& b, std::int64_t* low, std::int64_t* high);

}  // namespace assay::verify
