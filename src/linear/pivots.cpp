#include "linear/pivots.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace assay {

Minor choose_minor(Matrix<double> a, std::size_t size, double negligible) {
  Minor chosen;
  std::vector<bool> row_taken(a.rows);
  std::vector<bool> col_taken(a.cols);
  double largest = 0;
  for (std::size_t step = 0; step < size; ++step) {
    std::size_t row = a.rows;
    std::size_t col = a.cols;
    double best = 0;
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < a.cols && !row_taken[i]; ++j)
        if (!col_taken[j] && std::fabs(a(i, j)) > best) {
          best = std::fabs(a(i, j));
          row = i;
          col = j;
        }
    largest = std::max(largest, best);
    if (row == a.rows || best <= negligible * largest) break;
    chosen.smallest_pivot = std::min(chosen.smallest_pivot, best / largest);
    row_taken[row] = col_taken[col] = true;
    chosen.rows.push_back(row);
    chosen.cols.push_back(col);
    for (std::size_t i = 0; i < a.rows; ++i) {
      if (row_taken[i]) continue;
      const double factor = a(i, col) / a(row, col);
      if (factor != 0)
        for (std::size_t j = 0; j < a.cols; ++j) a(i, j) -= factor * a(row, j);
    }
  }
  std::sort(chosen.rows.begin(), chosen.rows.end());
  std::sort(chosen.cols.begin(), chosen.cols.end());
  return chosen;
}

}  // namespace assay
