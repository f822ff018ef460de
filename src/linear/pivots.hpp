#pragma once
#include <cstddef>
#include <vector>

#include "linear/matrix.hpp"

namespace assay {

/// Rows and columns of a square submatrix.
struct Minor {
  std::vector<std::size_t> rows;  ///< ascending
  std::vector<std::size_t> cols;  ///< ascending
  double smallest_pivot = 1;      ///< divided by the largest
};

/// The rows and columns of a submatrix of that size that seems to be as regular as one can choose by Gaussian
/// elimination with complete pivoting; smaller if the pivots become `negligible` beside the largest. A guess in machine
/// numbers: nothing may rest on it.
[[nodiscard]] Minor choose_minor(Matrix<double> a, std::size_t size, double negligible = 1e-12);

}  // namespace assay
