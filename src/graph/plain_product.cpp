#include "graph/plain_product.hpp"

#include <cblas.h>

#include <algorithm>
#include <array>
#include <string_view>

extern "C" char* openblas_get_corename(void);

namespace assay::graph::plain {

namespace {

/// x uniform: z_j = op(x)·y_j for each column j of y, whose rows are long over the lanes.
void uniform_left(const Product& p, const ProductOperand& x, const ProductOperand& y, double* z, std::size_t z_pitch,
                  std::size_t width) {
  const DenseProduct dense = best_dense_product();
  const DenseMatrix left{x.data, p.transpose_x ? p.m : p.k, p.transpose_x};
  const bool is_packed = y.pitch == width && z_pitch == width;
  if (!p.transpose_y && (is_packed || p.n == 1)) {
    const DenseMatrix right{y.data, p.n * y.pitch, false};
    return dense(left, right, z, p.n * z_pitch, p.m, p.k, p.n == 1 ? width : p.n * width, false);
  }
  for (std::size_t j = 0; j < p.n; ++j) {
    const std::size_t first = p.transpose_y ? j * p.k : j;
    const DenseMatrix right{y.data + first * y.pitch, (p.transpose_y ? 1 : p.n) * y.pitch, false};
    dense(left, right, z + j * z_pitch, p.n * z_pitch, p.m, p.k, width, false);
  }
}

/// y uniform: z_i = op(y)ᵀ·x_i for each row i of x.
void uniform_right(const Product& p, const ProductOperand& x, const ProductOperand& y, double* z, std::size_t z_pitch,
                   std::size_t width) {
  const DenseProduct dense = best_dense_product();
  const DenseMatrix left{y.data, p.transpose_y ? p.k : p.n, !p.transpose_y};
  for (std::size_t i = 0; i < p.m; ++i) {
    const std::size_t first = p.transpose_x ? i : i * p.k;
    const DenseMatrix right{x.data + first * x.pitch, (p.transpose_x ? p.m : 1) * x.pitch, false};
    dense(left, right, z + i * p.n * z_pitch, z_pitch, p.n, p.k, width, false);
  }
}

/// Σ_l op(x_l)·op(y_l) = Σ_t (column t of x over the lanes)·(row t of y over the lanes)ᵀ.
void summed(const Product& p, const ProductOperand& x, const ProductOperand& y, double* z, std::size_t width,
            bool accumulate) {
  const DenseProduct dense = best_dense_product();
  if (!p.transpose_x && (p.transpose_y || p.k == 1) && x.pitch == width && y.pitch == width) {
    const std::size_t depth = p.k * width;
    return dense({x.data, depth, false}, {y.data, depth, true}, z, p.n, p.m, depth, p.n, accumulate);
  }
  for (std::size_t t = 0; t < p.k; ++t) {
    const DenseMatrix left{x.data + (p.transpose_x ? t * p.m : t) * x.pitch, (p.transpose_x ? 1 : p.k) * x.pitch,
                           false};
    const DenseMatrix right{y.data + (p.transpose_y ? t : t * p.n) * y.pitch, (p.transpose_y ? p.k : 1) * y.pitch,
                            true};
    dense(left, right, z, p.n, p.m, width, p.n, accumulate || t > 0);
  }
}

int blas_size(std::size_t n) { return static_cast<int>(n); }

/// Whether OpenBLAS has chosen kernels of 512-bit vectors.
bool blas_is_wide() {
  constexpr std::array<std::string_view, 5> wide = {"SkylakeX", "Cooperlake", "SapphireRapids", "Zen4", "Zen5"};
  const std::string_view core = openblas_get_corename();
  return std::find(wide.begin(), wide.end(), core) != wide.end();
}

}  // namespace

void blas_product(const DenseMatrix& x, const DenseMatrix& y, double* z, std::size_t stride, std::size_t m,
                  std::size_t k, std::size_t n, bool accumulate) {
  if (m == 0 || n == 0) return;
  const auto form = [](const DenseMatrix& a) { return a.transposed ? CblasTrans : CblasNoTrans; };
  cblas_dgemm(CblasRowMajor, form(x), form(y), blas_size(m), blas_size(n), blas_size(k), 1, x.data, blas_size(x.stride),
              y.data, blas_size(y.stride), accumulate ? 1 : 0, z, blas_size(stride));
}

DenseProduct best_dense_product() {
  static const DenseProduct best = [] {
    openblas_set_num_threads(1);  // tiles are multiplied by threads of our own
    const bool has_wider = std::string_view(best_loops().name) == "avx512" && !blas_is_wide();
    return has_wider ? best_loops().dense_product : blas_product;
  }();
  return best;
}

void run_product(const Product& shape, const ProductOperand& x, const ProductOperand& y, double* z, std::size_t z_pitch,
                 std::size_t width, bool accumulate) {
  if (shape.sum_lanes) return summed(shape, x, y, z, width, accumulate);
  if (x.is_uniform && y.is_uniform) return run_uniform_rows(shape, x.data, y.data, z, 0, shape.m);
  if (x.is_uniform) return uniform_left(shape, x, y, z, z_pitch, width);
  if (y.is_uniform) return uniform_right(shape, x, y, z, z_pitch, width);
  const LaneMatrix left{x.data, shape.transpose_x ? 1 : shape.k, shape.transpose_x ? shape.m : 1, x.pitch};
  const LaneMatrix right{y.data, shape.transpose_y ? 1 : shape.n, shape.transpose_y ? shape.k : 1, y.pitch};
  best_loops().lane_product(left, right, z, z_pitch, shape.m, shape.k, shape.n, width);
}

void run_uniform_rows(const Product& shape, const double* x, const double* y, double* z, std::size_t first,
                      std::size_t last) {
  const DenseMatrix left{x + (shape.transpose_x ? first : first * shape.k), shape.transpose_x ? shape.m : shape.k,
                         shape.transpose_x};
  const DenseMatrix right{y, shape.transpose_y ? shape.k : shape.n, shape.transpose_y};
  best_dense_product()(left, right, z + first * shape.n, shape.n, last - first, shape.k, shape.n, false);
}

}  // namespace assay::graph::plain
