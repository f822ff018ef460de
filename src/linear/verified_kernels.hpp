#pragma once
#include <cstddef>

/// Approximate decompositions of machine numbers by Eigen, compiled once for each instruction set. Internal to
/// src/linear. Nothing may rest on their results: they guess, and what they guess is verified elsewhere.
///
/// Matrices are row-major and dense. Each function returns false if a result is not finite.
namespace assay::approximate {

struct Kernels {
  /// inverse (n × n) ≈ a⁻¹, by LU with partial pivoting. `inverse` may be `a`.
  bool (*invert)(const double* a, double* inverse, std::size_t n);
  /// a ≈ left·diag(values)·rightᵀ for m ≥ n, with left m × n and right n × n; values descend.
  bool (*singular)(const double* a, double* left, double* values, double* right, std::size_t m, std::size_t n);
  /// a ≈ lower·lowerᵀ for a positive definite a, of which the lower triangle is read; also false if it seems not to be.
  bool (*cholesky)(const double* a, double* lower, std::size_t n);
  /// Rows p_i permuted: a(p_i, ·) ≈ (lower·upper)(i, ·) with a unit lower triangle; returns also where a seems
  /// singular.
  bool (*lu)(const double* a, double* lower, double* upper, std::size_t* permutation, std::size_t n);
  /// out ≈ the inverse of a lower triangle without zeros on its diagonal.
  bool (*invert_lower)(const double* lower, double* inverse, std::size_t n);
  /// Complete pivoting: a(rows[i], cols[j]) = (L·U)(i, j) approximately; pivots[t], t < min(m, n), are |U(t, t)|.
  bool (*complete_pivots)(const double* a, std::size_t* rows, std::size_t* cols, double* pivots, std::size_t m,
                          std::size_t n);
};

/// The fastest kernels that this processor can run.
[[nodiscard]] const Kernels& best_kernels() noexcept;

}  // namespace assay::approximate
