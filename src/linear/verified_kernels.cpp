// Compiled once for each instruction set, as gemm_kernels.cpp is and for the reasons told there.
#define ASSAY_JOIN_(a, b) a##b
#define ASSAY_JOIN(a, b) ASSAY_JOIN_(a, b)
#define Eigen ASSAY_JOIN(EigenDense_, ASSAY_GEMM_VARIANT)
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_NO_DEBUG
#include "linear/verified_kernels.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>
#include <Eigen/SVD>
#include <algorithm>
#include <numeric>

namespace assay::approximate {

namespace {

using ByRows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ByColumns = Eigen::MatrixXd;

Eigen::Index index(std::size_t size) { return static_cast<Eigen::Index>(size); }

Eigen::Map<const ByRows> rows_of(const double* a, std::size_t m, std::size_t n) { return {a, index(m), index(n)}; }
Eigen::Map<ByRows> rows_of(double* a, std::size_t m, std::size_t n) { return {a, index(m), index(n)}; }

bool invert(const double* a, double* inverse, std::size_t n) {
  // Read by columns the matrix is transposed, and so is its inverse: nothing needs to be copied into another order.
  const Eigen::Map<const ByColumns> transposed(a, index(n), index(n));
  const ByColumns result = transposed.partialPivLu().inverse();
  Eigen::Map<ByColumns>(inverse, index(n), index(n)) = result;
  return result.allFinite();
}

bool singular(const double* a, double* left, double* values, double* right, std::size_t m, std::size_t n) {
  const Eigen::BDCSVD<ByColumns> svd(ByColumns(rows_of(a, m, n)), Eigen::ComputeThinU | Eigen::ComputeThinV);
  if (svd.info() != Eigen::Success) return false;
  Eigen::Map<Eigen::VectorXd>(values, index(n)) = svd.singularValues();
  rows_of(left, m, n) = svd.matrixU();
  rows_of(right, n, n) = svd.matrixV();
  return svd.singularValues().allFinite() && svd.matrixU().allFinite() && svd.matrixV().allFinite();
}

bool cholesky(const double* a, double* lower, std::size_t n) {
  const Eigen::LLT<ByColumns> llt(ByColumns(rows_of(a, n, n)));
  if (llt.info() != Eigen::Success) return false;
  const ByRows factor = llt.matrixL();
  rows_of(lower, n, n) = factor;
  return factor.allFinite();
}

bool lu(const double* a, double* lower, double* upper, std::size_t* permutation, std::size_t n) {
  const Eigen::PartialPivLU<ByColumns> lu(ByColumns(rows_of(a, n, n)));
  ByRows factor = lu.matrixLU();
  rows_of(upper, n, n) = factor.triangularView<Eigen::Upper>();
  factor.diagonal().setOnes();
  rows_of(lower, n, n) = factor.triangularView<Eigen::Lower>();
  // Row i of a comes to row indices()(i).
  for (std::size_t i = 0; i < n; ++i) permutation[lu.permutationP().indices()(index(i))] = i;
  return factor.allFinite() && rows_of(upper, n, n).allFinite();
}

bool invert_lower(const double* lower, double* inverse, std::size_t n) {
  const ByRows result = rows_of(lower, n, n).triangularView<Eigen::Lower>().solve(ByRows::Identity(index(n), index(n)));
  rows_of(inverse, n, n) = result.triangularView<Eigen::Lower>();
  return result.allFinite();
}

bool complete_pivots(const double* a, std::size_t* rows, std::size_t* cols, double* pivots, std::size_t m,
                     std::size_t n) {
  const Eigen::FullPivLU<ByColumns> lu(ByColumns(rows_of(a, m, n)));
  for (std::size_t i = 0; i < m; ++i) rows[lu.permutationP().indices()(index(i))] = i;
  for (std::size_t j = 0; j < n; ++j) cols[j] = static_cast<std::size_t>(lu.permutationQ().indices()(index(j)));
  const std::size_t count = std::min(m, n);
  for (std::size_t t = 0; t < count; ++t) pivots[t] = std::abs(lu.matrixLU()(index(t), index(t)));
  return lu.matrixLU().allFinite();
}

}  // namespace

extern const Kernels ASSAY_JOIN(dense_, ASSAY_GEMM_VARIANT);
const Kernels ASSAY_JOIN(dense_, ASSAY_GEMM_VARIANT) = {invert, singular, cholesky, lu, invert_lower, complete_pivots};

}  // namespace assay::approximate
