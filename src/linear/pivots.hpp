#pragma once
#include <cstddef>
#include <vector>

#include "linear/matrix.hpp"

namespace assay {

/// Rows and columns of a square submatrix.
struct Minor {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> cols;
};

/// The rows and columns of a submatrix of that size that seems to be as regular as one can choose by Gaussian
/// elimination with complete pivoting; smaller if the pivots become nothing but rounding errors. A guess in machine
/// numbers: nothing may rest on it.
[[nodiscard]] Minor choose_minor(Matrix<double> a, std::size_t size);

}  // namespace assay
