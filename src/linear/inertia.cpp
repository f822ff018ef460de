#include "linear/inertia.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/contract.hpp"
#include "linear/lagrange_reduction.hpp"
#include "linear/positive_definite.hpp"
#include "linear/product_check.hpp"

namespace assay {

namespace {

/// basisᵀ·a·basis, and its negative for sign −1.
IntegerMatrix gram(const IntegerMatrix& a, const IntegerMatrix& basis, int sign, unsigned threads) {
  const IntegerMatrix image = checked_product(a, basis, threads);
  IntegerMatrix out = checked_product(transposed(basis), image, threads);
  if (sign < 0) fmpz_mat_neg(out.get(), out.get());
  return out;
}

/// The matrix in doubles after a congruence by powers of two, D·A·D with D = diag(2^exponents).
struct ScaledDoubles {
  Eigen::MatrixXd matrix;
  std::vector<long> exponents;
};

/// Brings the largest entries of each row near 1 (D. Ruiz, A scaling algorithm to equilibrate both rows and columns
/// norms in matrices, 2001: each step halves the distance on the scale of exponents).
ScaledDoubles scaled(const IntegerMatrix& a) {
  constexpr long none = std::numeric_limits<long>::min();
  const std::size_t n = a.rows();
  Matrix<double> mantissas(n, n);
  Matrix<long> exponents(n, n, none);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (!fmpz_is_zero(a.at(i, j))) mantissas(i, j) = fmpz_get_d_2exp(&exponents(i, j), a.at(i, j));
  ScaledDoubles out{Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(n), static_cast<Eigen::Index>(n)),
                    std::vector<long>(n, 0)};
  for (int round = 0; round < 20; ++round) {
    const std::vector<long> before = out.exponents;
    for (std::size_t i = 0; i < n; ++i) {
      long peak = none;
      for (std::size_t j = 0; j < n; ++j)
        if (exponents(i, j) != none) peak = std::max(peak, exponents(i, j) + before[i] + before[j]);
      if (peak != none) out.exponents[i] = before[i] - (peak >= 0 ? peak / 2 : -(-peak / 2));
    }
    if (out.exponents == before) break;
  }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (exponents(i, j) != none)
        out.matrix(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = std::ldexp(
            mantissas(i, j),
            static_cast<int>(std::clamp(exponents(i, j) + out.exponents[i] + out.exponents[j], -2000L, 500L)));
  return out;
}

/// Approximate eigenvectors of the `rank` eigenvalues of largest size.
struct ApproximateEigenvectors {
  std::vector<Eigen::VectorXd> positive, negative;
  double smallest = 1;  ///< the least size of these eigenvalues, relative to the largest
};

std::optional<ApproximateEigenvectors> approximate_eigenvectors(const Eigen::MatrixXd& a, std::size_t rank) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(a);
  if (solver.info() != Eigen::Success) return std::nullopt;
  const Eigen::VectorXd& values = solver.eigenvalues();
  std::vector<Eigen::Index> order(static_cast<std::size_t>(a.rows()));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::sort(order.begin(), order.end(),
            [&](Eigen::Index i, Eigen::Index j) { return std::fabs(values[i]) > std::fabs(values[j]); });
  ApproximateEigenvectors out;
  for (std::size_t k = 0; k < rank; ++k)
    (values[order[k]] > 0 ? out.positive : out.negative).emplace_back(solver.eigenvectors().col(order[k]));
  if (rank > 0) out.smallest = std::fabs(values[order[rank - 1]]) / std::fabs(values[order[0]]);
  return std::isfinite(out.smallest) ? std::optional(out) : std::nullopt;
}

/// The vectors, times D and a power of two, with entries rounded to about `bits` bits before that.
IntegerMatrix rounded(const std::vector<Eigen::VectorXd>& vectors, const std::vector<long>& exponents, int bits) {
  const std::size_t n = exponents.size();
  const long least = n == 0 ? 0 : *std::min_element(exponents.begin(), exponents.end());
  IntegerMatrix out(n, vectors.size());
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t k = 0; k < vectors.size(); ++k) {
      fmpz_set_d(out.at(i, k), std::nearbyint(std::ldexp(vectors[k][static_cast<Eigen::Index>(i)], bits)));
      fmpz_mul_2exp(out.at(i, k), out.at(i, k), static_cast<mp_bitcnt_t>(exponents[i] - least));
    }
  return out;
}

/// Do two bases whose Gram matrices are diagonally dominant come from eigenvectors in doubles?
bool find_rounded_bases(const IntegerMatrix& a, std::size_t rank, unsigned threads, InertiaCertificate& out) {
  constexpr int most_bits = 52;
  const ScaledDoubles doubles = scaled(a);
  const auto vectors = approximate_eigenvectors(doubles.matrix, rank);
  if (!vectors || !(vectors->smallest > 0)) return false;
  // An error of 2^-bits in every entry of the basis changes n entries in each row of the Gram matrix by that, relative
  // to the largest eigenvalue; the diagonal is at least `smallest`.
  int bits = static_cast<int>(4 - std::log2(vectors->smallest) + std::log2(static_cast<double>(a.rows())) / 2);
  for (bits = std::min(bits, most_bits);; bits = std::min(bits + 8, most_bits)) {
    const IntegerMatrix positive = rounded(vectors->positive, doubles.exponents, bits);
    const IntegerMatrix negative = rounded(vectors->negative, doubles.exponents, bits);
    if (is_diagonally_dominant(gram(a, positive, 1, threads)) &&
        is_diagonally_dominant(gram(a, negative, -1, threads))) {
      out.positive = to_integers(positive);
      out.negative = to_integers(negative);
      return true;
    }
    if (bits == most_bits) return false;
  }
}

/// The columns of a rational basis with these indices, each times its common denominator.
Matrix<Integer> integer_columns(const Matrix<Rational>& basis, const std::vector<std::size_t>& columns) {
  Matrix<Rational> chosen(columns.size(), basis.rows);
  for (std::size_t k = 0; k < columns.size(); ++k)
    for (std::size_t i = 0; i < basis.rows; ++i) chosen(k, i) = basis(i, columns[k]);
  const auto cleared = clear_rows(chosen);
  if (!cleared) throw NotRepresentable("the denominators of a square form are too long");
  return transposed(to_integers(cleared->matrix));
}

bool find_exact_bases(const Matrix<Rational>& a, InertiaCertificate& out) {
  const auto form = square_form(a, true);
  if (!form) return false;
  std::vector<std::size_t> positive;
  std::vector<std::size_t> negative;
  for (std::size_t k = 0; k < form->rank; ++k) (form->values[k] > 0 ? positive : negative).push_back(k);
  try {
    out.positive = integer_columns(form->basis, positive);
    out.negative = integer_columns(form->basis, negative);
  } catch (const NotRepresentable&) {
    return false;
  }
  return true;
}

/// Are the extents those of a basis in a space of dimension `rows`? Those of a hostile matrix may be anything.
bool fits(const Matrix<Integer>& basis, std::size_t rows) {
  return basis.rows == rows && basis.cols <= rows && basis.entries.size() == basis.rows * basis.cols;
}

}  // namespace

std::optional<InertiaCertificate> find_inertia(const Matrix<Rational>& a, unsigned threads) {
  ASSAY_ENSURE(is_symmetric(a), "inertia is asked of symmetric matrices");
  auto rank = find_rank(a, threads);
  const std::optional<Cleared> cleared = clear_all(a);
  if (!rank || !cleared) return std::nullopt;
  InertiaCertificate out{std::move(*rank), Matrix<Integer>(a.rows, 0), Matrix<Integer>(a.rows, 0)};
  const std::size_t size = out.rank.rows.size();
  if (size == 0 || find_rounded_bases(cleared->matrix, size, threads, out) || find_exact_bases(a, out)) return out;
  return std::nullopt;
}

std::optional<Inertia> checked_inertia(const Matrix<Rational>& a, const InertiaCertificate& certificate,
                                       unsigned threads) {
  if (!is_symmetric(a) || !fits(certificate.positive, a.rows) || !fits(certificate.negative, a.rows))
    return std::nullopt;
  const auto rank = checked_rank(a, certificate.rank, threads);
  const std::optional<Cleared> cleared = clear_all(a);
  if (!rank || !cleared || certificate.positive.cols + certificate.negative.cols != *rank) return std::nullopt;
  // The common denominator is positive, so that it changes no sign.
  if (!is_positive_definite(gram(cleared->matrix, integer_matrix(certificate.positive), 1, threads)) ||
      !is_positive_definite(gram(cleared->matrix, integer_matrix(certificate.negative), -1, threads)))
    return std::nullopt;
  return Inertia{certificate.positive.cols, certificate.negative.cols, a.rows - *rank};
}

std::optional<Inertia> exact_inertia(const Matrix<Rational>& a, unsigned threads) {
  const auto certificate = find_inertia(a, threads);
  return certificate ? checked_inertia(a, *certificate, threads) : std::nullopt;
}

}  // namespace assay
