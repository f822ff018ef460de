#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "linear/verified_balls.hpp"
#include "linear/verified_doubles.hpp"

/// Approximate singular value decompositions and pivots of matrices of points. Internal to src/linear; nothing rests on
/// them.
namespace assay::verified {

/// a ≈ left·diag(values)·rightᵀ for m ≥ n: left m × n, right n × n; values ascending.
template <class A>
struct ApproxSingular {
  std::vector<typename A::Point> values;
  Matrix<typename A::Point> left;
  Matrix<typename A::Point> right;
};

/// By LAPACK.
[[nodiscard]] std::optional<ApproxSingular<Doubles>> approx_singular(const Doubles&, const Matrix<double>& a);
/// From the eigenvectors of aᵀa in twice the precision, which makes up for the squaring.
[[nodiscard]] std::optional<ApproxSingular<Balls>> approx_singular(const Balls& arithmetic, const Matrix<Ball>& a);

/// Rows and columns in the order of elimination with complete pivoting, and how many pivots seem to be more than
/// rounding errors.
struct Pivots {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> cols;
  std::size_t rank = 0;
};
[[nodiscard]] Pivots approx_pivots(const Doubles&, const Matrix<double>& a);
[[nodiscard]] Pivots approx_pivots(const Balls& arithmetic, const Matrix<Ball>& a);

}  // namespace assay::verified
