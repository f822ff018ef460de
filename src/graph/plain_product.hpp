#pragma once
#include "graph/graph.hpp"
#include "graph/plain_kernels.hpp"

/// Products of a PlainProgram. Internal to src/graph.
namespace assay::graph::plain {

/// A function like Loops::dense_product.
using DenseProduct = decltype(Loops::dense_product);

/// The library for dense products: the BLAS, or Eigen's kernels where the BLAS does not know the processor and would
/// use narrower vectors than it has. Chosen once for a processor, so that results do not depend on timing.
[[nodiscard]] DenseProduct best_dense_product();

/// The product by the BLAS, on the calling thread only.
void blas_product(const DenseMatrix& x, const DenseMatrix& y, double* z, std::size_t stride, std::size_t m,
                  std::size_t k, std::size_t n, bool accumulate);

/// Entries of an operand: entry e of lane l at data[e·pitch + l], of a uniform operand at data[e].
struct ProductOperand {
  const double* data = nullptr;
  std::size_t pitch = 1;
  bool is_uniform = false;
};

/// Does a product for `width` neighbouring lanes. Of the result, entry e of lane l is at z[e·z_pitch + l]; a sum over
/// lanes is at z[e] and, if `accumulate` is set, added to what is there.
void run_product(const Product& shape, const ProductOperand& x, const ProductOperand& y, double* z, std::size_t z_pitch,
                 std::size_t width, bool accumulate);

/// The rows first ≤ i < last of a product of two uniform operands.
void run_uniform_rows(const Product& shape, const double* x, const double* y, double* z, std::size_t first,
                      std::size_t last);

}  // namespace assay::graph::plain
