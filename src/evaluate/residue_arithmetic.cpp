#include "evaluate/residue_arithmetic.hpp"

namespace assay::evaluate {

namespace {

template <class Numbers>
ModularMatrix plain(const Numbers& numbers, std::size_t rows, std::size_t columns) {
  ModularMatrix out(rows, columns);
  for (std::size_t i = 0; i < out.entries.size(); ++i) out.entries[i] = numbers[i].value;
  return out;
}

}  // namespace

std::optional<BoxedArray<ModularNumber>> dense_product(const ResidueArithmetic&, const BoxedArray<ModularNumber>& x,
                                                       const BoxedArray<ModularNumber>& y, std::size_t rows,
                                                       std::size_t inner, std::size_t columns) {
  // Below that the library's set-up costs more than the product.
  constexpr std::size_t fewest_terms = 64;
  if (rows * inner * columns < fewest_terms) return std::nullopt;
  const ModularMatrix product =
      modular_product(plain(x.data(), rows, inner), plain(y.data(), inner, columns), ResidueArithmetic::prime);
  BoxedArray<ModularNumber> out(rows * columns);
  for (std::size_t i = 0; i < out.size(); ++i) out.set(i, {product.entries[i]});
  return out;
}

std::size_t FlintResidues::rank(const Matrix<ModularNumber>& a) {
  return modular_rank(plain(a.entries, a.rows, a.cols), prime);
}

}  // namespace assay::evaluate
