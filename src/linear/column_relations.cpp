#include "linear/column_relations.hpp"

#include <flint/nmod_vec.h>
#include <flint/ulong_extras.h>

#include "base/contract.hpp"
#include "linear/integer_solve.hpp"
#include "linear/product_check.hpp"
#include "linear/residue_matrix.hpp"
#include "linear/word_matrix.hpp"

namespace assay {

namespace {

bool are_distinct_below(const std::vector<std::size_t>& indices, std::size_t bound) {
  std::vector<bool> seen(bound, false);
  for (const std::size_t i : indices) {
    if (i >= bound || seen[i]) return false;
    seen[i] = true;
  }
  return true;
}

/// Has the submatrix in the order of the minor's rows and columns an LU decomposition with pivots that are not zero
/// modulo the prime? Then its determinant, their product, is not zero. By inner products (Crout), as no row or column
/// has to be exchanged.
bool has_triangular_factors(const IntegerMatrix& a, const NonzeroMinor& minor) {
  const std::size_t n = minor.rows.size();
  nmod_t mod;
  nmod_init(&mod, minor.prime);
  const int limbs = _nmod_vec_dot_bound_limbs(static_cast<slong>(n), mod);
  Matrix<mp_limb_t> lower(n, n);             // l_ij, i ≥ j
  Matrix<mp_limb_t> upper_transposed(n, n);  // u_ji at (i, j), i > j; u_jj = 1
  for (std::size_t k = 0; k < n; ++k) {
    const auto rest = [&](std::size_t i, std::size_t j) {
      const mp_limb_t sum = _nmod_vec_dot(&lower(i, 0), &upper_transposed(j, 0), static_cast<slong>(k), mod, limbs);
      return nmod_sub(fmpz_fdiv_ui(a.at(minor.rows[i], minor.cols[j]), mod.n), sum, mod);
    };
    for (std::size_t i = k; i < n; ++i) lower(i, k) = rest(i, k);
    if (lower(k, k) == 0) return false;
    const mp_limb_t inverse = nmod_inv(lower(k, k), mod);
    for (std::size_t j = k + 1; j < n; ++j) upper_transposed(j, k) = nmod_mul(rest(k, j), inverse, mod);
  }
  return true;
}

}  // namespace

NonzeroMinor find_minor(const IntegerMatrix& a, std::uint64_t seed) {
  NonzeroMinor out;
  out.prime = random_prime(seed, short_prime);
  WordMatrix residues(a, out.prime);
  std::vector<slong> permutation(a.rows());
  // Without its check for full rank the decomposition leaves an echelon form: row i < rank begins at the i-th pivot.
  const slong rank = nmod_mat_lu(permutation.data(), residues.get(), 0);
  std::size_t column = 0;
  for (slong i = 0; i < rank; ++i, ++column) {
    while (residues.at(static_cast<std::size_t>(i), column) == 0) ++column;
    out.cols.push_back(column);
    out.rows.push_back(static_cast<std::size_t>(permutation[static_cast<std::size_t>(i)]));
  }
  return out;
}

std::optional<ColumnRelations> find_relations(const IntegerMatrix& a, const NonzeroMinor& minor, unsigned threads) {
  const std::vector<std::size_t> others = other_indices(minor.cols, a.cols());
  std::optional<ColumnRelations> out;
  if (minor.rows.empty() || others.empty()) {
    out = {IntegerMatrix(minor.cols.size(), others.size()), Integer(1)};
  } else {
    auto solution = find_solution(submatrix(a, minor.rows, minor.cols), submatrix(a, minor.rows, others), threads);
    if (!solution) return std::nullopt;
    out = {std::move(solution->numerators), std::move(solution->denominator)};
  }
  const std::vector<std::size_t> rows = all_indices(a.rows());
  if (!is_product_modulo(submatrix(a, rows, minor.cols), out->numerators, out->denominator, submatrix(a, rows, others)))
    return std::nullopt;
  return out;
}

bool is_nonzero_minor(const IntegerMatrix& a, const NonzeroMinor& minor) {
  if (minor.rows.size() != minor.cols.size() || !are_distinct_below(minor.rows, a.rows()) ||
      !are_distinct_below(minor.cols, a.cols()))
    return false;
  if (minor.rows.empty()) return true;
  if (minor.prime >= (std::uint64_t{1} << 62U) || n_is_prime(minor.prime) == 0) return false;
  return has_triangular_factors(a, minor);
}

bool relations_hold(const IntegerMatrix& a, const std::vector<std::size_t>& cols, const ColumnRelations& relations,
                    unsigned threads) {
  ASSAY_ENSURE(are_distinct_below(cols, a.cols()), "columns of the matrix");
  const std::vector<std::size_t> others = other_indices(cols, a.cols());
  if (relations.numerators.rows() != cols.size() || relations.numerators.cols() != others.size() ||
      relations.denominator <= 0)
    return false;
  const std::vector<std::size_t> rows = all_indices(a.rows());
  return is_product(submatrix(a, rows, cols), relations.numerators, relations.denominator, submatrix(a, rows, others),
                    threads);
}

}  // namespace assay
