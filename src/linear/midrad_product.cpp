// The enclosure is Rump's midpoint-radius product,
//     |AB − fl(mA·mB)| ≤ |mA|·rB + rA·(|mB| + rB) + E,   E = |fl(mA·mB) − mA·mB| ≤ γ_k·|mA||mB| + k·η,
// for A = mA ± rA, B = mB ± rB of inner dimension k, γ_k = ku/(1 − ku) ≤ (k + 1)u (as k ≤ 2²²), u = 2⁻⁵³, η = 2⁻¹⁰⁷⁴.
// The bound of E holds for every order of summation, with or without fma. So the radius is, up to rounding,
//     |mA|·(rB + c·|mB|) + rA·(|mB| + rB) with c = (k + 2)u,  or c = 0 where mA·mB is known to be exact:
// two dense products for point matrices A, three otherwise.
//
// The products of radii are computed in single precision, at twice the speed: a radius need not have more than a few
// digits, only be no less than it should. Rows of the left factor and blocks of the right one are scaled by powers of
// two to entries ≤ 1. Let v = 2⁻²⁴, ζ = 2⁻¹⁴⁹ be the constants of float, α and τ the scaled entries and a, t what float
// makes of them: α ≤ (a + ζ)/(1 − v), the same for τ, and a, t ≤ 1. With P the float result,
//     Σ a·t ≤ (P + kζ)/(1 − v)^k,   so   Σ α·τ ≤ (Σ a·t + 3kζ)/(1 − v)² ≤ (P + 4kζ)/(1 − v)^(k + 2)
//                                                                      ≤ (P + 4kζ)·(1 + 4/3·(k + 2)v)   for (k + 2)v ≤
//                                                                      ¼.
// (A number that underflows while it is scaled loses η, for which the step from 2kζ + kζ² to 3kζ has room.)
// We multiply by 1 + 2(k + 8)v: what is left over, more than 2⁻²², pays for the roundings in double precision: the
// entries τ (2 of them), the result (5) and the sum (1), each u = 2⁻⁵³ relative. Underflow in double precision costs at
// most kη in E and η·Σ|α| in the entries τ, and is paid for by adding `guard` = (k + Σ|α|)·2⁻¹⁰⁰⁰, which also keeps
// radii away from slow subnormal numbers. Matrices with infinite or NaN entries go the same way in doubles unscaled,
// where v = u, ζ = η and entries are not converted at all; infinities and NaN then reach the result by themselves.
//
// Sources: S. M. Rump, Fast and parallel interval arithmetic, BIT 39 (1999), §2 and Algorithm 4.5;
// N. J. Higham, Accuracy and Stability (2002), Lemma 3.1, (3.5) and (3.13), and p. 61 for underflow.
#include "linear/midrad_product.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/contract.hpp"
#include "linear/exact_product.hpp"
#include "linear/gemm.hpp"
#include "number/error_free.hpp"

namespace assay {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// v and ζ of the derivation above.
template <class Scalar>
constexpr double roundoff = static_cast<double>(std::numeric_limits<Scalar>::epsilon()) / 2;
template <class Scalar>
constexpr double tiniest = static_cast<double>(std::numeric_limits<Scalar>::denorm_min());

void multiply(const float* a, const float* b, float* c, std::size_t m, std::size_t k, std::size_t n) {
  gemm::best_kernels().floats(a, b, c, m, k, n, k, n, n);
}
void multiply(const double* a, const double* b, double* c, std::size_t m, std::size_t k, std::size_t n) {
  gemm::best_kernels().doubles(a, b, c, m, k, n, k, n, n);
}

/// 2^exponent, but at least the smallest normal double and perhaps infinite: an upper bound, exact in the usual range.
double upper_power_of_two(int exponent) { return std::ldexp(1.0, std::max(exponent, -1022)); }

/// An exponent e with peak·2^−e ≤ 1 and, unless e is cut off, > ½. 0 for 0.
int exponent_of(double peak) {
  int exponent = 0;
  std::frexp(peak, &exponent);
  return std::clamp(exponent, -1000, 1024);
}

/// Multiplies by 2^−exponent in two steps: the power can be out of range for entries that are all subnormal or all
/// huge.
class Scaling {
 public:
  explicit Scaling(int exponent)
      : half_(std::ldexp(1.0, -exponent / 2)), rest_(std::ldexp(1.0, -exponent - (-exponent / 2))) {}
  double operator()(double x) const { return x * half_ * rest_; }

 private:
  double half_;
  double rest_;
};

/// The left factor of a product of radii: |values| scaled row by row.
template <class Scalar>
struct LeftFactor {
  std::vector<Scalar> entries;
  std::vector<int> exponents;  ///< row i of `entries` is to be multiplied by 2^exponents[i]
  std::vector<double> guards;  ///< `guard` of the derivation
};

template <class Scalar>
LeftFactor<Scalar> left_factor(const double* values, std::size_t rows, std::size_t k) {
  constexpr bool scales = sizeof(Scalar) < sizeof(double);
  LeftFactor<Scalar> factor{std::vector<Scalar>(rows * k), std::vector<int>(rows, 0), std::vector<double>(rows)};
  for (std::size_t i = 0; i < rows; ++i) {
    const double* row = values + i * k;
    double peak = 0;
    double sum = 0;
    for (std::size_t t = 0; t < k; ++t) {
      peak = std::max(peak, std::fabs(row[t]));
      sum += std::fabs(row[t]);
    }
    if (scales) factor.exponents[i] = exponent_of(peak);
    const Scaling scaled(factor.exponents[i]);
    for (std::size_t t = 0; t < k; ++t) factor.entries[i * k + t] = static_cast<Scalar>(scaled(std::fabs(row[t])));
    factor.guards[i] = (static_cast<double>(k) + sum) * 0x1p-1000;
  }
  return factor;
}

/// A block of columns [begin, begin + width) of the right operand.
struct Block {
  const ConstMidRadMatrix* matrix;
  std::size_t begin;
  std::size_t width;

  const double* mid(std::size_t t) const { return matrix->mid + t * matrix->cols + begin; }
  const double* rad(std::size_t t) const { return matrix->rad ? matrix->rad + t * matrix->cols + begin : nullptr; }
};

/// Calls visit(j, rad + c·|mid|) for the entries of row t of a block.
template <class Visit>
void for_entries(const Block& block, std::size_t t, double c, Visit visit) {
  const double* mid = block.mid(t);
  if (const double* rad = block.rad(t)) {
    for (std::size_t j = 0; j < block.width; ++j) visit(j, rad[j] + c * std::fabs(mid[j]));
  } else {
    for (std::size_t j = 0; j < block.width; ++j) visit(j, c * std::fabs(mid[j]));
  }
}

/// The largest number rad + c·|mid| of a block; infinite if any is infinite or NaN.
double peak_of(const Block& block, double c) {
  // Independent partial results, which the compiler can keep in vectors: it may not reorder sums and maxima itself.
  constexpr std::size_t parts = 8;
  double peak[parts] = {};
  double poison[parts] = {};
  for (std::size_t t = 0; t < block.matrix->rows; ++t) {
    const double* mid = block.mid(t);
    const double* rad = block.rad(t);
    const auto take = [&](std::size_t part, std::size_t j) {
      const double x = (rad != nullptr ? rad[j] : 0.0) + c * std::fabs(mid[j]);
      peak[part] = x > peak[part] ? x : peak[part];
      poison[part] += 0.0 * x;
    };
    std::size_t j = 0;
    for (; j + parts <= block.width; j += parts)
      for (std::size_t part = 0; part < parts; ++part) take(part, j + part);
    for (; j < block.width; ++j) take(0, j);
  }
  double all = 0;
  double any_poison = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    all = std::max(all, peak[part]);
    any_poison += poison[part];
  }
  return any_poison == 0 ? all : infinity;
}

/// Memory reused from block to block.
template <class Scalar>
struct Scratch {
  std::vector<Scalar> right;
  std::vector<Scalar> product;
};

/// Adds an upper bound of left·(rB + c|mB|) to the block's columns of `out`; or sets them, if `first`.
/// `peak` is the largest number of the right factor.
template <class Scalar>
void add_radius_product(const LeftFactor<Scalar>& left, const Block& block, double c, double peak, bool first,
                        double* out, Scratch<Scalar>& scratch) {
  constexpr bool scales = sizeof(Scalar) < sizeof(double);
  const std::size_t k = block.matrix->rows;
  const std::size_t m = left.exponents.size();
  const int exponent = scales ? exponent_of(peak) : 0;
  const Scaling scaled(exponent);
  scratch.right.resize(k * block.width);
  scratch.product.resize(m * block.width);
  for (std::size_t t = 0; t < k; ++t) {
    Scalar* row = scratch.right.data() + t * block.width;
    for_entries(block, t, c, [&](std::size_t j, double x) { row[j] = static_cast<Scalar>(scaled(x)); });
  }
  multiply(left.entries.data(), scratch.right.data(), scratch.product.data(), m, k, block.width);
  const double inflation = 1 + 2 * (static_cast<double>(k) + 8) * roundoff<Scalar>;
  const double underflow = 4 * static_cast<double>(k) * tiniest<Scalar>;
  for (std::size_t i = 0; i < m; ++i) {
    const double factor = inflation * upper_power_of_two(left.exponents[i] + exponent);
    const double guard = left.guards[i];
    const Scalar* row = scratch.product.data() + i * block.width;
    double* radius = out + i * block.matrix->cols + block.begin;
    if (first) {
      for (std::size_t j = 0; j < block.width; ++j)
        radius[j] = (static_cast<double>(row[j]) + underflow) * factor + guard;
    } else {
      for (std::size_t j = 0; j < block.width; ++j)
        radius[j] = error_free::inflate(radius[j] + ((static_cast<double>(row[j]) + underflow) * factor + guard));
    }
  }
}

/// One midpoint-radius product: the left operand prepared, and the blocks of the right one taken in turn.
class Product {
 public:
  Product(const ConstMidRadMatrix& a, const ConstMidRadMatrix& b, double* mid_out, double* rad_out)
      : a_(a), b_(b), mid_out_(mid_out), rad_out_(rad_out), k_(a.cols) {
    extend(grid_, a.mid, a.rows * a.cols);
    finite_ = all_finite(a.mid) && (a.rad == nullptr || all_finite(a.rad));
  }

  void run() {
    for (std::size_t begin = 0; begin < b_.cols; begin += width_)
      enclose({&b_, begin, std::min(width_, b_.cols - begin)});
  }

 private:
  bool all_finite(const double* values) const {
    double poison = 0;
    for (std::size_t i = 0; i < a_.rows * a_.cols; ++i) poison += 0 * values[i];
    return poison == 0;
  }

  bool midpoint_is_exact(const Block& block) const {
    Grid grid;
    for (std::size_t t = 0; t < k_ && grid.usable && grid_.usable; ++t) extend(grid, block.mid(t), block.width);
    return sums_of_products_are_exact(grid_, grid, k_);
  }

  void enclose(const Block& block) {
    gemm::best_kernels().doubles(a_.mid, b_.mid + block.begin, mid_out_ + block.begin, a_.rows, k_, block.width, k_,
                                 b_.cols, b_.cols);
    const double c = midpoint_is_exact(block) ? 0 : (static_cast<double>(k_) + 2) * error_free::unit_roundoff;
    const double peak = peak_of(block, c);
    const double size = a_.rad != nullptr ? peak_of(block, 1) : peak;
    if (finite_ && std::isfinite(peak) && std::isfinite(size)) {
      enclose_radius(float_, block, c, peak, size);
    } else {
      enclose_radius(double_, block, c, peak, size);
    }
  }

  template <class Scalar>
  struct Factors {
    LeftFactor<Scalar> mid;
    LeftFactor<Scalar> rad;
    Scratch<Scalar> scratch;
    bool ready = false;
  };

  template <class Scalar>
  void enclose_radius(Factors<Scalar>& factors, const Block& block, double c, double peak, double size) {
    if (!factors.ready) {
      factors.mid = left_factor<Scalar>(a_.mid, a_.rows, k_);
      if (a_.rad != nullptr) factors.rad = left_factor<Scalar>(a_.rad, a_.rows, k_);
      factors.ready = true;
    }
    if (c == 0 && peak == 0) {  // an exact product of points; c·|mB| > 0 may underflow to a peak of 0
      for (std::size_t i = 0; i < a_.rows; ++i) std::fill_n(rad_out_ + i * b_.cols + block.begin, block.width, 0.0);
    } else {
      add_radius_product(factors.mid, block, c, peak, true, rad_out_, factors.scratch);
    }
    if (a_.rad != nullptr) add_radius_product(factors.rad, block, 1, size, false, rad_out_, factors.scratch);
  }

  /// Columns in a block: the operand's and the result's part then take about 4 MB together.
  std::size_t block_width() const {
    constexpr std::size_t numbers = std::size_t{1} << 19U;
    return std::clamp<std::size_t>(numbers / (k_ + a_.rows) / 64 * 64, 64, 4096);
  }

  ConstMidRadMatrix a_;
  ConstMidRadMatrix b_;
  double* mid_out_;
  double* rad_out_;
  std::size_t k_;
  std::size_t width_ = block_width();
  Grid grid_;
  bool finite_ = false;
  Factors<float> float_;
  Factors<double> double_;
};

}  // namespace

void midrad_product(ConstMidRadMatrix a, ConstMidRadMatrix b, double* mid_out, double* rad_out) {
  ASSAY_ENSURE(a.cols == b.rows, "the operands of a matrix product have a common inner dimension");
  ASSAY_ENSURE(a.cols < (std::size_t{1} << 22U) - 8, "the inner dimension is within the range of the error bound");
  if (a.rows == 0 || b.cols == 0) return;
  if (a.cols == 0) {
    std::fill_n(mid_out, a.rows * b.cols, 0.0);
    std::fill_n(rad_out, a.rows * b.cols, 0.0);
    return;
  }
  Product(a, b, mid_out, rad_out).run();
}

}  // namespace assay
