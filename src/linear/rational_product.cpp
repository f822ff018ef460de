#include "linear/rational_product.hpp"

#include <flint/fmpz_mat.h>
#include <flint/ulong_extras.h>

#include "base/contract.hpp"
#include "base/random.hpp"

namespace assay {

namespace {

constexpr std::size_t largest_bits = std::size_t{1} << 16U;
/// The largest prime below 2⁶³.
constexpr mp_limb_t check_prime = 9223372036854775783U;

/// Owns an fmpz_mat.
class IntegerMatrix {
 public:
  IntegerMatrix(std::size_t rows, std::size_t columns) {
    fmpz_mat_init(value_, static_cast<slong>(rows), static_cast<slong>(columns));
  }
  IntegerMatrix(const IntegerMatrix&) = delete;
  IntegerMatrix& operator=(const IntegerMatrix&) = delete;
  ~IntegerMatrix() { fmpz_mat_clear(value_); }
  [[nodiscard]] fmpz_mat_struct* get() noexcept { return value_; }
  [[nodiscard]] fmpz* at(std::size_t i, std::size_t j) const {
    return fmpz_mat_entry(value_, static_cast<slong>(i), static_cast<slong>(j));
  }

 private:
  fmpz_mat_t value_;
};

/// Brings the numbers of each line to a common denominator: entry = out/denominators[line]. The lines are the rows, or
/// the columns if `by_columns`. @returns whether all stays within the limit.
bool clear_denominators(const std::vector<const Rational*>& entries, std::size_t rows, std::size_t columns,
                        bool by_columns, IntegerMatrix& out, std::vector<Integer>& denominators) {
  denominators.assign(by_columns ? columns : rows, Integer(1));
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      Integer& common = denominators[by_columns ? j : i];
      mpz_lcm(common.get_mpz_t(), common.get_mpz_t(), entries[i * columns + j]->get_den_mpz_t());
      if (mpz_sizeinbase(common.get_mpz_t(), 2) > largest_bits) return false;
    }
  Integer numerator;
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) {
      const Rational& x = *entries[i * columns + j];
      mpz_divexact(numerator.get_mpz_t(), denominators[by_columns ? j : i].get_mpz_t(), x.get_den_mpz_t());
      mpz_mul(numerator.get_mpz_t(), numerator.get_mpz_t(), x.get_num_mpz_t());
      if (mpz_sizeinbase(numerator.get_mpz_t(), 2) > largest_bits) return false;
      fmpz_set_mpz(out.at(i, j), numerator.get_mpz_t());
    }
  return true;
}

/// matrix·vector modulo the prime.
std::vector<mp_limb_t> apply(const IntegerMatrix& matrix, std::size_t rows, const std::vector<mp_limb_t>& vector) {
  const mp_limb_t inverse = n_preinvert_limb(check_prime);
  std::vector<mp_limb_t> out(rows, 0);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < vector.size(); ++j)
      out[i] = n_addmod(out[i],
                        n_mulmod2_preinv(fmpz_fdiv_ui(matrix.at(i, j), check_prime), vector[j], check_prime, inverse),
                        check_prime);
  return out;
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
  SplitMix64 random(rows + inner + columns);
  std::vector<mp_limb_t> vector(columns);
  for (mp_limb_t& x : vector) x = random.below(check_prime);
  ASSAY_ENSURE(apply(c, rows, vector) == apply(a, rows, apply(b, inner, vector)),
               "FLINT's product of matrices is right modulo a prime");
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
