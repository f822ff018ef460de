#pragma once
#include <optional>
#include <vector>

#include "linear/verified_balls.hpp"
#include "linear/verified_doubles.hpp"

/// Approximate eigenvalues and eigenvectors of symmetric matrices of points. Internal to src/linear; nothing rests on
/// them.
namespace assay::verified {

/// a ≈ vectors·diag(values)·vectorsᵀ with vectors ≈ orthogonal, values ascending.
template <class A>
struct ApproxEigen {
  std::vector<typename A::Point> values;
  Matrix<typename A::Point> vectors;
};

/// By LAPACK.
[[nodiscard]] std::optional<ApproxEigen<Doubles>> approx_eigen(const Doubles&, const Matrix<double>& a);

/// Doubles first, then refined to about the precision of the arithmetic: each step about doubles the digits.
///
/// With an approximate X, made orthogonal by Newton and Schulz's X ← X(3I − XᵀX)/2, and S = XᵀAX, the columns are
/// corrected by X ← X(I + W), Wᵢⱼ = sᵢⱼ/(sⱼⱼ − sᵢᵢ), where the gap is large beside the entries off the diagonal; within
/// clusters, where it is not, a diagonal block minus its mean, scaled to size 1, is an eigenproblem that doubles solve.
/// Source: T. Ogita, K. Aishima, Iterative refinement for symmetric eigenvalue decomposition I and II, Japan J. Indust.
/// Appl. Math. 35 (2018) and 36 (2019), in a form that spends a product more and needs no case for multiple
/// eigenvalues.
[[nodiscard]] std::optional<ApproxEigen<Balls>> approx_eigen(const Balls& arithmetic, const Matrix<Ball>& a);

}  // namespace assay::verified
