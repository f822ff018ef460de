#include "linear/integer_matrix.hpp"

#include <cstdlib>
#include <numeric>

namespace assay {

namespace {

bool fits(const Integer& x) { return mpz_sizeinbase(x.get_mpz_t(), 2) <= largest_cleared_bits; }

void take_common(Integer& denominator, const Rational& x) {
  if (mpz_cmp_ui(x.get_den_mpz_t(), 1) == 0 || mpz_cmp(denominator.get_mpz_t(), x.get_den_mpz_t()) == 0) return;
  mpz_lcm(denominator.get_mpz_t(), denominator.get_mpz_t(), x.get_den_mpz_t());
}

/// out = x·denominator, an integer. @returns whether it stays within the limit.
bool put_over(fmpz* out, const Rational& x, const Integer& denominator) {
  if (mpz_cmp(denominator.get_mpz_t(), x.get_den_mpz_t()) == 0) {
    fmpz_set_mpz(out, x.get_num_mpz_t());
    return fmpz_bits(out) <= largest_cleared_bits;
  }
  Integer numerator;
  mpz_divexact(numerator.get_mpz_t(), denominator.get_mpz_t(), x.get_den_mpz_t());
  mpz_mul(numerator.get_mpz_t(), numerator.get_mpz_t(), x.get_num_mpz_t());
  fmpz_set_mpz(out, numerator.get_mpz_t());
  return fits(numerator);
}

}  // namespace

std::optional<ClearedRows> clear_rows(const Matrix<Rational>& a) {
  ClearedRows out{IntegerMatrix(a.rows, a.cols), std::vector<Integer>(a.rows, Integer(1))};
  for (std::size_t i = 0; i < a.rows; ++i) {
    Integer& common = out.denominators[i];
    for (std::size_t j = 0; j < a.cols; ++j) {
      take_common(common, a(i, j));
      if (!fits(common)) return std::nullopt;
    }
    for (std::size_t j = 0; j < a.cols; ++j)
      if (!put_over(out.matrix.at(i, j), a(i, j), common)) return std::nullopt;
  }
  return out;
}

std::optional<Cleared> clear_all(const Matrix<Rational>& a) {
  Cleared out{IntegerMatrix(a.rows, a.cols), Integer(1)};
  for (const Rational& x : a.entries) {
    take_common(out.denominator, x);
    if (!fits(out.denominator)) return std::nullopt;
  }
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.cols; ++j)
      if (!put_over(out.matrix.at(i, j), a(i, j), out.denominator)) return std::nullopt;
  return out;
}

IntegerMatrix integer_matrix(const Matrix<Integer>& a) {
  IntegerMatrix out(a.rows, a.cols);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.cols; ++j) fmpz_set_mpz(out.at(i, j), a(i, j).get_mpz_t());
  return out;
}

Matrix<Integer> to_integers(const IntegerMatrix& a) {
  Matrix<Integer> out(a.rows(), a.cols());
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t j = 0; j < out.cols; ++j) fmpz_get_mpz(out(i, j).get_mpz_t(), a.at(i, j));
  return out;
}

Matrix<Rational> quotient(const IntegerMatrix& a, const Integer& denominator) {
  ASSAY_ENSURE(denominator != 0, "a denominator is not zero");
  Matrix<Rational> out(a.rows(), a.cols());
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t j = 0; j < out.cols; ++j) {
      Rational& x = out(i, j);
      fmpz_get_mpz(x.get_num_mpz_t(), a.at(i, j));
      x.get_den() = denominator;
      x.canonicalize();
    }
  return out;
}

std::size_t longest(const IntegerMatrix& a) { return static_cast<std::size_t>(std::labs(fmpz_mat_max_bits(a.get()))); }

IntegerMatrix submatrix(const IntegerMatrix& a, const std::vector<std::size_t>& rows,
                        const std::vector<std::size_t>& cols) {
  IntegerMatrix out(rows.size(), cols.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (std::size_t j = 0; j < cols.size(); ++j) fmpz_set(out.at(i, j), a.at(rows[i], cols[j]));
  return out;
}

IntegerMatrix transposed(const IntegerMatrix& a) {
  IntegerMatrix out(a.cols(), a.rows());
  fmpz_mat_transpose(out.get(), a.get());
  return out;
}

std::vector<std::size_t> all_indices(std::size_t n) {
  std::vector<std::size_t> out(n);
  std::iota(out.begin(), out.end(), std::size_t{0});
  return out;
}

std::vector<std::size_t> other_indices(const std::vector<std::size_t>& indices, std::size_t n) {
  std::vector<bool> is_taken(n, false);
  for (const std::size_t i : indices) is_taken[i] = true;
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < n; ++i)
    if (!is_taken[i]) out.push_back(i);
  return out;
}

}  // namespace assay
