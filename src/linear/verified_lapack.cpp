// LAPACK reads matrices by columns. What is given by rows is to it the transpose, which is often as good: the inverse
// of the transpose is the transpose of the inverse, a symmetric matrix is its own.
#include "linear/verified_lapack.hpp"

#include <cblas.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/contract.hpp"

// OpenBLAS has no header for LAPACK. The last arguments are the lengths of the texts, as Fortran compilers pass them.
extern "C" {
void dgetrf_(const int* m, const int* n, double* a, const int* lda, int* pivots, int* info);
void dgetri_(const int* n, double* a, const int* lda, const int* pivots, double* work, const int* work_size, int* info);
void dsyevd_(const char* job, const char* triangle, const int* n, double* a, const int* lda, double* values,
             double* work, const int* work_size, int* integers, const int* integers_size, int* info, std::size_t,
             std::size_t);
void dgesdd_(const char* job, const int* m, const int* n, double* a, const int* lda, double* values, double* u,
             const int* ldu, double* vt, const int* ldvt, double* work, const int* work_size, int* integers, int* info,
             std::size_t);
void dpotrf_(const char* triangle, const int* n, double* a, const int* lda, int* info, std::size_t);
void dtrtri_(const char* triangle, const char* diagonal, const int* n, double* a, const int* lda, int* info,
             std::size_t, std::size_t);
}

namespace assay::lapack {

namespace {

int dimension(std::size_t n) {
  ASSAY_ENSURE(n < 30000, "a matrix that is decomposed in doubles is of moderate size");
  static const bool single_thread = (openblas_set_num_threads(1), true);
  return single_thread ? static_cast<int>(n) : 0;
}

bool all_finite(const std::vector<double>& numbers) {
  return std::all_of(numbers.begin(), numbers.end(), [](double x) { return std::isfinite(x); });
}

/// The work space that LAPACK asks for when it is called with a size of −1.
template <class Call>
int with_work_space(Call call) {
  double wanted = 0;
  int info = 0;
  int size = -1;
  call(&wanted, &size, &info);
  if (info != 0) return info;
  size = static_cast<int>(wanted);
  std::vector<double> work(static_cast<std::size_t>(size));
  call(work.data(), &size, &info);
  return info;
}

void clear_above_diagonal(Matrix<double>& a) {
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = i + 1; j < a.cols; ++j) a(i, j) = 0;
}

}  // namespace

std::optional<Matrix<double>> inverse(const Matrix<double>& a) {
  Matrix<double> out = a;
  if (a.rows == 0) return out;
  const int n = dimension(a.rows);
  std::vector<int> pivots(a.rows);
  int info = 0;
  dgetrf_(&n, &n, out.entries.data(), &n, pivots.data(), &info);
  if (info != 0) return std::nullopt;
  info = with_work_space([&](double* work, const int* size, int* result) {
    dgetri_(&n, out.entries.data(), &n, pivots.data(), work, size, result);
  });
  if (info != 0 || !all_finite(out.entries)) return std::nullopt;
  return out;
}

std::optional<SymmetricEigen> symmetric_eigen(const Matrix<double>& a) {
  SymmetricEigen out{std::vector<double>(a.rows), a};
  if (a.rows == 0) return out;
  const int n = dimension(a.rows);
  std::vector<int> integers(5 * a.rows + 3);  // the size that LAPACK documents
  const int integers_size = static_cast<int>(integers.size());
  const int info = with_work_space([&](double* work, const int* size, int* result) {
    dsyevd_("V", "L", &n, out.vectors.entries.data(), &n, out.values.data(), work, size, integers.data(),
            &integers_size, result, 1, 1);
  });
  if (info != 0 || !all_finite(out.values) || !all_finite(out.vectors.entries)) return std::nullopt;
  out.vectors = transposed(out.vectors);
  return out;
}

std::optional<Singular> singular(const Matrix<double>& a) {
  ASSAY_ENSURE(a.rows >= a.cols, "a matrix with more columns than rows is to be transposed");
  Singular out{std::vector<double>(a.cols), Matrix<double>(a.rows, a.cols), Matrix<double>(a.cols, a.cols)};
  if (a.cols == 0) return out;
  // To LAPACK this is aᵀ = V·Σ·Uᵀ, n × m.
  const int m = dimension(a.rows);
  const int n = dimension(a.cols);
  Matrix<double> copy = a;
  std::vector<int> integers(8 * a.cols);  // the size that LAPACK documents
  const int info = with_work_space([&](double* work, const int* size, int* result) {
    dgesdd_("S", &n, &m, copy.entries.data(), &n, out.values.data(), out.right.entries.data(), &n,
            out.left.entries.data(), &n, work, size, integers.data(), result, 1);
  });
  if (info != 0) return std::nullopt;
  if (!all_finite(out.values) || !all_finite(out.left.entries) || !all_finite(out.right.entries)) return std::nullopt;
  out.right = transposed(out.right);
  return out;
}

std::optional<Matrix<double>> cholesky(const Matrix<double>& a) {
  Matrix<double> out = a;
  if (a.rows == 0) return out;
  const int n = dimension(a.rows);
  int info = 0;
  dpotrf_("U", &n, out.entries.data(), &n, &info, 1);
  if (info != 0) return std::nullopt;
  clear_above_diagonal(out);
  if (!all_finite(out.entries)) return std::nullopt;
  return out;
}

std::optional<TriangularFactors> triangular_factors(const Matrix<double>& a) {
  TriangularFactors out{std::vector<std::size_t>(a.rows), Matrix<double>(a.rows, a.rows),
                        Matrix<double>(a.rows, a.rows)};
  std::iota(out.rows.begin(), out.rows.end(), std::size_t{0});
  if (a.rows == 0) return out;
  const int n = dimension(a.rows);
  Matrix<double> factors = transposed(a);
  std::vector<int> pivots(a.rows);
  int info = 0;
  dgetrf_(&n, &n, factors.entries.data(), &n, pivots.data(), &info);
  if (info < 0 || !all_finite(factors.entries)) return std::nullopt;
  for (std::size_t i = 0; i < a.rows; ++i) std::swap(out.rows[i], out.rows[static_cast<std::size_t>(pivots[i]) - 1]);
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.rows; ++j) (j < i ? out.lower : out.upper)(i, j) = factors(j, i);
  for (std::size_t i = 0; i < a.rows; ++i) out.lower(i, i) = 1;
  return out;
}

std::optional<Matrix<double>> inverse_of_lower(const Matrix<double>& lower) {
  Matrix<double> out = lower;
  if (lower.rows == 0) return out;
  const int n = dimension(lower.rows);
  int info = 0;
  dtrtri_("U", "N", &n, out.entries.data(), &n, &info, 1, 1);
  if (info != 0) return std::nullopt;
  clear_above_diagonal(out);
  if (!all_finite(out.entries)) return std::nullopt;
  return out;
}

}  // namespace assay::lapack
