#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "linear/matrix.hpp"

/// Approximate decompositions of matrices of doubles by LAPACK, as OpenBLAS has it, in one thread. Internal to
/// src/linear. Nothing may rest on their results: they guess, and what they guess is verified elsewhere.
///
/// Each function returns nothing if LAPACK reports a failure or a result is not finite.
/// @throws InternalError if a dimension is 30,000 or more: work spaces are counted in ints.
namespace assay::lapack {

/// a⁻¹, by LU with partial pivoting.
[[nodiscard]] std::optional<Matrix<double>> inverse(const Matrix<double>& a);

/// a ≈ vectors·diag(values)·vectorsᵀ for a symmetric a; values ascend. By divide and conquer.
struct SymmetricEigen {
  std::vector<double> values;
  Matrix<double> vectors;
};
[[nodiscard]] std::optional<SymmetricEigen> symmetric_eigen(const Matrix<double>& a);

/// a ≈ left·diag(values)·rightᵀ for m ≥ n, with left m × n and right n × n; values descend. By divide and conquer.
struct Singular {
  std::vector<double> values;
  Matrix<double> left;
  Matrix<double> right;
};
[[nodiscard]] std::optional<Singular> singular(const Matrix<double>& a);

/// The lower triangle L of a ≈ L·Lᵀ for a symmetric a that seems to be positive definite.
[[nodiscard]] std::optional<Matrix<double>> cholesky(const Matrix<double>& a);

/// Row rows[i] of a is row i of lower·upper, approximately; lower has a unit diagonal. Also for an a that seems
/// singular.
struct TriangularFactors {
  std::vector<std::size_t> rows;
  Matrix<double> lower;
  Matrix<double> upper;
};
[[nodiscard]] std::optional<TriangularFactors> triangular_factors(const Matrix<double>& a);

/// The inverse of a lower triangle without zeros on its diagonal; exactly a lower triangle.
[[nodiscard]] std::optional<Matrix<double>> inverse_of_lower(const Matrix<double>& lower);

}  // namespace assay::lapack
