#include "evaluate/prover_products.hpp"

#include "linear/ball_product.hpp"
#include "linear/midrad_product.hpp"
#include "linear/rational_product.hpp"

namespace assay::evaluate {

std::optional<MidRadArray> dense_product(const FastArithmetic&, const MidRadArray& x, const MidRadArray& y,
                                         std::size_t rows, std::size_t inner, std::size_t columns) {
  MidRadArray out(rows * columns);
  midrad_product({x.mid(), x.rad(), rows, inner}, {y.mid(), y.rad(), inner, columns}, out.mid(), out.rad());
  return out;
}

std::optional<BoxedArray<Ball>> dense_product(const BallArithmetic& arithmetic, const BoxedArray<Ball>& x,
                                              const BoxedArray<Ball>& y, std::size_t rows, std::size_t inner,
                                              std::size_t columns) {
  // Splitting a matrix costs about as much as a few products of its entries.
  constexpr std::size_t fewest_rows = 4;
  if (rows < fewest_rows || inner < 2) return std::nullopt;
  BoxedArray<Ball> out(rows * columns);
  if (!ball_product({x.data(), rows, inner, inner}, {y.data(), inner, columns, columns}, arithmetic.precision(),
                    out.data()))
    return std::nullopt;
  return out;
}

std::optional<BoxedArray<Exact>> dense_product(const ExactArithmetic&, const BoxedArray<Exact>& x,
                                               const BoxedArray<Exact>& y, std::size_t rows, std::size_t inner,
                                               std::size_t columns) {
  if (rows < 2 || inner < 2) return std::nullopt;
  const auto rationals = [](const BoxedArray<Exact>& in) -> std::optional<std::vector<const Rational*>> {
    std::vector<const Rational*> entries(in.size());
    for (std::size_t i = 0; i < in.size(); ++i) {
      entries[i] = std::get_if<Rational>(&in.get(i).value());
      if (entries[i] == nullptr) return std::nullopt;
    }
    return entries;
  };
  const auto left = rationals(x);
  if (!left) return std::nullopt;
  const auto right = rationals(y);
  if (!right) return std::nullopt;
  std::optional<std::vector<Rational>> entries = rational_product(*left, *right, rows, inner, columns);
  if (!entries) return std::nullopt;
  BoxedArray<Exact> out(entries->size());
  for (std::size_t i = 0; i < entries->size(); ++i) out.set(i, Exact(std::move((*entries)[i])));
  return out;
}

}  // namespace assay::evaluate
