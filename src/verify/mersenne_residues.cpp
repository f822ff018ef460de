#include "verify/mersenne_residues.hpp"

#include <utility>

namespace assay::verify {

std::size_t MersenneResidues::rank(Matrix<evaluate::ModularNumber> a) {
  std::size_t rank = 0;
  for (std::size_t column = 0; column < a.cols && rank < a.rows; ++column) {
    std::size_t row = rank;
    while (row < a.rows && a(row, column).value == 0) ++row;
    if (row == a.rows) continue;
    for (std::size_t j = column; j < a.cols; ++j) std::swap(a(row, j), a(rank, j));
    const std::uint64_t inverted = inverse(a(rank, column).value);
    for (std::size_t i = rank + 1; i < a.rows; ++i) {
      const std::uint64_t factor = multiply(a(i, column).value, inverted);
      if (factor == 0) continue;
      for (std::size_t j = column; j < a.cols; ++j)
        a(i, j).value = subtract(a(i, j).value, multiply(factor, a(rank, j).value));
    }
    ++rank;
  }
  return rank;
}

}  // namespace assay::verify
