#include "linear/rational_product.hpp"

#include "base/contract.hpp"
#include "linear/integer_matrix.hpp"
#include "linear/residue_matrix.hpp"

namespace assay {

namespace {

/// Brings the numbers of each line to a common denominator: entry = out/denominators[line]. The lines are the rows, or
/// the columns if `by_columns`. @returns whether all stays within the limit.
bool clear_denominators(const std::vector<const Rational*>& entries, std::size_t rows, std::size_t columns,
                        bool by_columns, IntegerMatrix& out, std::vector<Integer>& denominators) {
  denominators.assign(by_columns ? columns : rows, Integer(1));
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      Integer& common = denominators[by_columns ? j : i];
      mpz_lcm(common.get_mpz_t(), common.get_mpz_t(), entries[i * columns + j]->get_den_mpz_t());
      if (mpz_sizeinbase(common.get_mpz_t(), 2) > largest_cleared_bits) return false;
    }
  Integer numerator;
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      const Rational& x = *entries[i * columns + j];
      mpz_divexact(numerator.get_mpz_t(), denominators[by_columns ? j : i].get_mpz_t(), x.get_den_mpz_t());
      mpz_mul(numerator.get_mpz_t(), numerator.get_mpz_t(), x.get_num_mpz_t());
      if (mpz_sizeinbase(numerator.get_mpz_t(), 2) > largest_cleared_bits) return false;
      fmpz_set_mpz(out.at(i, j), numerator.get_mpz_t());
    }
  return true;
}

}  // namespace

std::optional<std::vector<Rational>> rational_product(const std::vector<const Rational*>& left,
                                                      const std::vector<const Rational*>& right, std::size_t rows,
                                                      std::size_t inner, std::size_t columns) {
  ASSAY_ENSURE(left.size() == rows * inner && right.size() == inner * columns, "matrices of the extents that are said");
  IntegerMatrix a(rows, inner);
  IntegerMatrix b(inner, columns);
  IntegerMatrix c(rows, columns);
  std::vector<Integer> row_denominators;
  std::vector<Integer> column_denominators;
  if (!clear_denominators(left, rows, inner, false, a, row_denominators) ||
      !clear_denominators(right, inner, columns, true, b, column_denominators))
    return std::nullopt;
  fmpz_mat_mul(c.get(), a.get(), b.get());
  ASSAY_ENSURE(is_product_modulo(a, b, Integer(1), c), "FLINT's product of matrices is right modulo a prime");
  std::vector<Rational> out(rows * columns);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      Rational& entry = out[i * columns + j];
      fmpz_get_mpz(entry.get_num_mpz_t(), c.at(i, j));
      mpz_mul(entry.get_den_mpz_t(), row_denominators[i].get_mpz_t(), column_denominators[j].get_mpz_t());
      entry.canonicalize();
    }
  return out;
}

}  // namespace assay
