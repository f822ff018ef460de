// The products of plain_loops.cpp; compiled once for each instruction set in the same way.
#define ASSAY_JOIN_(a, b) a##b
#define ASSAY_JOIN(a, b) ASSAY_JOIN_(a, b)
#define Eigen ASSAY_JOIN(EigenGraph_, ASSAY_GRAPH_VARIANT)
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_NO_DEBUG
#include <Eigen/Core>

#include "graph/plain_kernels.hpp"

namespace assay::graph::plain::ASSAY_GRAPH_VARIANT {

namespace {

/// As many doubles as the processor computes with at a time.
using Vector = Eigen::internal::packet_traits<double>::type;
constexpr std::size_t vector_bytes = sizeof(Vector);

template <class V>
inline V read(const double* p) {
  V v;
  __builtin_memcpy(&v, p, sizeof v);
  return v;
}

/// A block of I × J entries of z in as many lanes as V has, in registers.
template <class V, std::size_t I, std::size_t J>
void product_block(const LaneMatrix& x, const LaneMatrix& y, double* z, std::size_t z_pitch, std::size_t k,
                   std::size_t n) {
  V total[I][J] = {};
  for (std::size_t t = 0; t < k; ++t) {
    V right[J];
    for (std::size_t j = 0; j < J; ++j) right[j] = read<V>(y.data + (t * y.row + j * y.column) * y.pitch);
    for (std::size_t i = 0; i < I; ++i) {
      const V left = read<V>(x.data + (i * x.row + t * x.column) * x.pitch);
      for (std::size_t j = 0; j < J; ++j) total[i][j] = Eigen::internal::pmadd(left, right[j], total[i][j]);
    }
  }
  for (std::size_t i = 0; i < I; ++i)
    for (std::size_t j = 0; j < J; ++j) __builtin_memcpy(z + (i * n + j) * z_pitch, &total[i][j], sizeof(V));
}

template <class V, std::size_t I>
void product_rows(const LaneMatrix& x, LaneMatrix y, double* z, std::size_t z_pitch, std::size_t k, std::size_t n) {
  const double* first = y.data;
  std::size_t j = 0;
  for (; j + 4 <= n; j += 4) {
    y.data = first + j * y.column * y.pitch;
    product_block<V, I, 4>(x, y, z + j * z_pitch, z_pitch, k, n);
  }
  for (; j < n; ++j) {
    y.data = first + j * y.column * y.pitch;
    product_block<V, I, 1>(x, y, z + j * z_pitch, z_pitch, k, n);
  }
}

template <class V>
void product_lanes(LaneMatrix x, const LaneMatrix& y, double* z, std::size_t z_pitch, std::size_t m, std::size_t k,
                   std::size_t n) {
  const double* first = x.data;
  std::size_t i = 0;
  for (; i + 4 <= m; i += 4) {
    x.data = first + i * x.row * x.pitch;
    product_rows<V, 4>(x, y, z + i * n * z_pitch, z_pitch, k, n);
  }
  for (; i < m; ++i) {
    x.data = first + i * x.row * x.pitch;
    product_rows<V, 1>(x, y, z + i * n * z_pitch, z_pitch, k, n);
  }
}

}  // namespace

void lane_product(const LaneMatrix& x, const LaneMatrix& y, double* z, std::size_t z_pitch, std::size_t m,
                  std::size_t k, std::size_t n, std::size_t width) {
  constexpr std::size_t lanes = vector_bytes / sizeof(double);
  LaneMatrix left = x;
  LaneMatrix right = y;
  std::size_t l = 0;
  for (; l + lanes <= width; l += lanes) {
    left.data = x.data + l;
    right.data = y.data + l;
    product_lanes<Vector>(left, right, z + l, z_pitch, m, k, n);
  }
  for (; l < width; ++l) {
    left.data = x.data + l;
    right.data = y.data + l;
    product_lanes<double>(left, right, z + l, z_pitch, m, k, n);
  }
}

void dense_product(const DenseMatrix& x, const DenseMatrix& y, double* z, std::size_t stride, std::size_t m,
                   std::size_t k, std::size_t n, bool accumulate) {
  using Matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Stride = Eigen::OuterStride<>;
  const auto index = [](std::size_t size) { return static_cast<Eigen::Index>(size); };
  const auto stored = [&](const DenseMatrix& a, std::size_t rows, std::size_t columns) {
    return Eigen::Map<const Matrix, 0, Stride>(a.data, index(a.transposed ? columns : rows),
                                               index(a.transposed ? rows : columns), Stride(index(a.stride)));
  };
  const auto left = stored(x, m, k);
  const auto right = stored(y, k, n);
  Eigen::Map<Matrix, 0, Stride> result(z, index(m), index(n), Stride(index(stride)));
  if (!accumulate) result.setZero();
  if (x.transposed && y.transposed)
    result.noalias() += left.transpose() * right.transpose();
  else if (x.transposed)
    result.noalias() += left.transpose() * right;
  else if (y.transposed)
    result.noalias() += left * right.transpose();
  else
    result.noalias() += left * right;
}

}  // namespace assay::graph::plain::ASSAY_GRAPH_VARIANT
