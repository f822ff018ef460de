#pragma once
#include <cstddef>

/// Plain dense products of machine numbers, row-major, compiled once for each instruction set. Internal to src/linear.
///
/// Guarantee on which error bounds may rest: every entry of c is Σₜ a(i,t)·b(t,j) evaluated as a sum of k products in
/// *some* order, in round-to-nearest, each product rounded before or (with fma) together with an addition. Zeros are
/// not skipped, so that 0·∞ is NaN as in IEEE arithmetic. This holds of Eigen's blocked kernels; not of Strassen's
/// method.
namespace assay::gemm {

/// c (m × n, stride ldc) := a (m × k, stride lda) · b (k × n, stride ldb).
struct Kernels {
  void (*doubles)(const double* a, const double* b, double* c, std::size_t m, std::size_t k, std::size_t n,
                  std::size_t lda, std::size_t ldb, std::size_t ldc);
  void (*floats)(const float* a, const float* b, float* c, std::size_t m, std::size_t k, std::size_t n, std::size_t lda,
                 std::size_t ldb, std::size_t ldc);
  /// x_k := a number congruent to x_k modulo p near 0, for `count` integers |x_k| ≤ 2⁵² (machine_residue.hpp).
  void (*reduce)(double* x, std::size_t count, double p);
  /// Is x_k ≡ factor·y_k modulo p for all k < count? |x_k − factor·y_k| ≤ 2⁵², all products exact.
  bool (*are_congruent)(const double* x, const double* y, double factor, std::size_t count, double p);
  const char* name;
};

/// The kernels for any processor of the architecture we were built for.
[[nodiscard]] const Kernels& baseline_kernels() noexcept;
/// The fastest kernels that this processor can run.
[[nodiscard]] const Kernels& best_kernels() noexcept;

}  // namespace assay::gemm
