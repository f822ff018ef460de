#include "evaluate/interval_arithmetic.hpp"

#include "linear/interval_product.hpp"

namespace assay::evaluate {

std::optional<BoxedArray<Interval>> dense_product(const IntervalArithmetic& arithmetic, const BoxedArray<Interval>& x,
                                                  const BoxedArray<Interval>& y, std::size_t rows, std::size_t inner,
                                                  std::size_t columns) {
  // Scaling a matrix costs about as much as a few products of its entries.
  constexpr std::size_t fewest_rows = 4;
  if (rows < fewest_rows || inner < 2) return std::nullopt;
  BoxedArray<Interval> out(rows * columns);
  if (!interval_product({x.data(), rows, inner, inner}, {y.data(), inner, columns, columns}, arithmetic.precision(),
                        out.data()))
    return std::nullopt;
  return out;
}

}  // namespace assay::evaluate
