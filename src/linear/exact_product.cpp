#include "linear/exact_product.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>

namespace assay {

namespace {

/// The exponent of the lowest bit set in x, x finite and not 0.
int lowest_bit(double x) noexcept {
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto exponent = static_cast<int>((bits >> 52U) & 0x7FFU);
  const std::uint64_t fraction = bits & ((std::uint64_t{1} << 52U) - 1);
  if (exponent == 0) return std::countr_zero(fraction) - 1074;
  return std::countr_zero(fraction | (std::uint64_t{1} << 52U)) + exponent - 1075;
}

}  // namespace

void extend(Grid& grid, const double* values, std::size_t count) noexcept {
  for (std::size_t i = 0; i < count && grid.usable; ++i) {
    const double x = values[i];
    if (x == 0) continue;
    if (!std::isfinite(x)) {
      grid.usable = false;
      return;
    }
    grid.quantum = std::min(grid.quantum, lowest_bit(x));
    grid.peak = std::max(grid.peak, std::fabs(x));
    grid.usable = grid.peak <= std::ldexp(0x1p53, grid.quantum);
  }
}

bool sums_of_products_are_exact(const Grid& a, const Grid& b, std::size_t terms) noexcept {
  if (!a.usable || !b.usable) return false;
  if (a.peak == 0 || b.peak == 0) return true;
  const int quantum = a.quantum + b.quantum;
  // Two roundings lose less than a factor 2, which 2⁵² instead of 2⁵³ allows for; no product of peaks may overflow.
  const double bound = static_cast<double>(terms) * a.peak * b.peak;
  return quantum >= -1074 && quantum <= 900 && bound <= std::ldexp(0x1p52, quantum);
}

}  // namespace assay
