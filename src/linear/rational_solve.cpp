#include "linear/rational_solve.hpp"

#include "base/contract.hpp"
#include "linear/column_relations.hpp"
#include "linear/exact_field.hpp"
#include "linear/integer_solve.hpp"
#include "linear/product_check.hpp"
#include "linear/rational_rank.hpp"
#include "linear/residue_matrix.hpp"
#include "number/limits.hpp"

namespace assay {

namespace {

constexpr std::uint64_t attempts = 4;  ///< primes that are tried

template <class T>
const T& representable(const std::optional<T>& cleared) {
  if (!cleared) throw NotRepresentable("a common denominator of a matrix is too long");
  return *cleared;
}

/// Are these relations those of the reduced row echelon form: each column is a combination of pivots to its left?
bool is_echelon(const std::vector<std::size_t>& pivots, const std::vector<std::size_t>& others,
                const IntegerMatrix& numerators) {
  for (std::size_t i = 0; i < pivots.size(); ++i)
    for (std::size_t k = 0; k < others.size(); ++k)
      if (pivots[i] > others[k] && !fmpz_is_zero(numerators.at(i, k))) return false;
  return true;
}

/// Is the square matrix singular? Proved either way, by its rank.
bool is_singular(const Matrix<Rational>& a, unsigned threads) {
  const auto certificate = find_rank(a, threads);
  const auto rank = certificate ? checked_rank(a, *certificate, threads) : std::nullopt;
  ASSAY_ENSURE(rank.has_value(), "the rank of a square matrix is found");
  return *rank < a.rows;
}

Residue determinant_modulo(const IntegerMatrix& a, const ResidueField& field) {
  return determinant_by_elimination(residues(a, field)).value();
}

Residue value_at(const std::vector<Integer>& coefficients, const Residue& x) {
  Residue out(x.field(), 0);
  for (std::size_t k = coefficients.size(); k-- > 0;) out = out * x + Residue(x.field(), coefficients[k]);
  return out;
}

/// det(x·I − a) by FLINT, checked: monic of the right degree, and right at a random point modulo a random prime. A
/// wrong polynomial passes if the prime divides the difference of two coefficients, or the point is a root of it.
std::vector<Integer> integer_characteristic_polynomial(const IntegerMatrix& a) {
  IntegerPolynomial polynomial;
  fmpz_mat_charpoly(polynomial.get(), a.get());
  std::vector<Integer> out(a.rows() + 1);
  ASSAY_ENSURE(fmpz_poly_length(polynomial.get()) == static_cast<slong>(out.size()),
               "a characteristic polynomial has the degree of its matrix");
  for (std::size_t k = 0; k < out.size(); ++k)
    fmpz_get_mpz(out[k].get_mpz_t(), fmpz_poly_get_coeff_ptr(polynomial.get(), static_cast<slong>(k)));
  ASSAY_ENSURE(out.back() == 1, "a characteristic polynomial is monic");
  const ResidueField field(random_prime(a.rows()));
  const Residue x(field, random_prime(a.rows() + 1));
  Matrix<Residue> shifted = residues(a, field);
  for (Residue& entry : shifted.entries) entry = -entry;
  for (std::size_t i = 0; i < shifted.rows; ++i) shifted(i, i) = shifted(i, i) + x;
  ASSAY_ENSURE(value_at(out, x) == determinant_by_elimination(shifted).value(),
               "FLINT's characteristic polynomial is right modulo a prime");
  return out;
}

}  // namespace

Matrix<Rational> kernel_basis(const Matrix<Rational>& a, unsigned threads) {
  const std::optional<ClearedRows> rows = clear_rows(a);
  const IntegerMatrix& matrix = representable(rows).matrix;
  for (std::uint64_t seed = 1; seed <= attempts; ++seed) {
    const NonzeroMinor minor = find_minor(matrix, seed);
    const auto relations = find_relations(matrix, minor, threads);
    const std::vector<std::size_t> others = other_indices(minor.cols, a.cols);
    if (!relations || !is_echelon(minor.cols, others, relations->numerators)) continue;
    ASSAY_ENSURE(is_nonzero_minor(matrix, minor) && relations_hold(matrix, minor.cols, *relations, threads),
                 "the kernel that was found is one");
    const Matrix<Rational> coefficients = quotient(relations->numerators, relations->denominator);
    Matrix<Rational> out(a.cols, others.size());
    for (std::size_t k = 0; k < others.size(); ++k) {
      out(others[k], k) = 1;
      for (std::size_t i = 0; i < minor.cols.size(); ++i) out(minor.cols[i], k) = -coefficients(i, k);
    }
    return out;
  }
  ASSAY_ENSURE(false, "one of several primes leaves the rank as it is");
}

Rational determinant(const Matrix<Rational>& a, unsigned threads) {
  ASSAY_ENSURE(a.is_square(), "only a square matrix has a determinant");
  if (a.rows == 0) return 1;
  const std::optional<ClearedRows> rows = clear_rows(a);
  const IntegerMatrix& matrix = representable(rows).matrix;
  const ResidueField field(random_prime(a.rows));
  const Residue modulo = determinant_modulo(matrix, field);
  if (modulo.value() == 0 && is_singular(a, threads)) return 0;
  FlintInteger numerator;
  fmpz_mat_det(numerator.get(), matrix.get());
  Rational out(to_integer(numerator.get()));
  ASSAY_ENSURE(Residue(field, out.get_num()) == modulo, "FLINT's determinant is right modulo a prime");
  for (const Integer& denominator : rows->denominators) out.get_den() *= denominator;
  out.canonicalize();
  return out;
}

std::optional<Matrix<Rational>> solve(const Matrix<Rational>& a, const Matrix<Rational>& b, unsigned threads) {
  ASSAY_ENSURE(a.is_square() && b.rows == a.rows, "a square matrix and right sides of its height");
  if (a.rows == 0) return Matrix<Rational>(0, b.cols);
  if (is_singular(a, threads)) return std::nullopt;
  Matrix<Rational> both(a.rows, a.cols + b.cols);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < both.cols; ++j) both(i, j) = j < a.cols ? a(i, j) : b(i, j - a.cols);
  const std::optional<ClearedRows> cleared = clear_rows(both);
  const IntegerMatrix& rows = representable(cleared).matrix;
  const std::vector<std::size_t> left = all_indices(a.cols);
  const IntegerMatrix matrix = submatrix(rows, all_indices(a.rows), left);
  const IntegerMatrix sides = submatrix(rows, all_indices(a.rows), other_indices(left, both.cols));
  const auto solution = find_solution(matrix, sides, threads);
  ASSAY_ENSURE(solution.has_value(), "a system with a nonsingular matrix is solved");
  ASSAY_ENSURE(is_product(matrix, solution->numerators, solution->denominator, sides, threads),
               "the solution of a system solves it");
  return quotient(solution->numerators, solution->denominator);
}

std::optional<Matrix<Rational>> inverse(const Matrix<Rational>& a, unsigned threads) {
  Matrix<Rational> identity(a.rows, a.rows);
  for (std::size_t i = 0; i < a.rows; ++i) identity(i, i) = 1;
  return solve(a, identity, threads);
}

std::vector<Rational> characteristic_polynomial(const Matrix<Rational>& a) {
  ASSAY_ENSURE(a.is_square(), "only a square matrix has a characteristic polynomial");
  if (a.rows == 0) return {Rational(1)};
  const std::optional<Cleared> cleared = clear_all(a);
  // det(x·I − N/d) = d⁻ⁿ·det(d·x·I − N)
  const std::vector<Integer> integers = integer_characteristic_polynomial(representable(cleared).matrix);
  std::vector<Rational> out(integers.size());
  Integer power = 1;
  for (std::size_t k = integers.size(); k-- > 0; power *= cleared->denominator) {
    out[k] = Rational(integers[k], power);
    out[k].canonicalize();
  }
  return out;
}

}  // namespace assay
