#pragma once
#include <array>
#include <span>

namespace assay::train {

/// ⟨x, y⟩ in doubles. The order of the sum is fixed: eight partial sums, so that it may run in vector registers and
/// still gives the same bits everywhere.
[[nodiscard]] inline double inner_product(std::span<const double> x, std::span<const double> y) noexcept {
  std::array<double, 8> sums{};
  std::size_t i = 0;
  for (; i + 8 <= x.size(); i += 8)
    for (std::size_t k = 0; k < 8; ++k) sums[k] += x[i + k] * y[i + k];
  for (; i < x.size(); ++i) sums[i % 8] += x[i] * y[i];
  return ((sums[0] + sums[4]) + (sums[2] + sums[6])) + ((sums[1] + sums[5]) + (sums[3] + sums[7]));
}

}  // namespace assay::train
