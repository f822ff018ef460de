// The residual a·x − z·diag(d) of point matrices, with errors of about 2⁻²² times those of a plain product.
//
// With β = ⌊(53 − ⌈log₂k⌉)/2⌋ for the inner dimension k, and 2^e the power of two above the largest entry of a row of
// a,
//     σ = 2^(e + 53 − β),   q = fl(fl(σ + α) − σ)
// splits each entry α of the row, |α| ≤ 2^e ≤ σ: the sum lies between σ − 2^e and σ + 2^e, which are doubles, so that
// |q| ≤ 2^e; it is a multiple of 2^(e − β), the least spacing of doubles there, and so is q, whose subtraction is exact
// (Sterbenz); and α − q, the error of the first sum, is a double, of size at most 2^(e − β). The same for the columns
// of x. Write a = A₁ + A₂, x = X₁ + X₂. Products of entries of A₁ and X₁ are multiples of 2^(e + f − 2β), and sums of k
// of them at most k·2^(e + f) ≤ 2⁵³·2^(e + f − 2β): exact in every order, with or without fma. Then
//     a·x = A₁X₁ + (A₁X₂ + A₂x),
// the bracket computed as one product [A₁ A₂]·[X₂; x] of inner dimension 2k, with an error of at most
//     γ_2k·(|A₁||X₂| + |A₂||x|) + 2kη ≤ (2k + 2)u·(Σₜ|A₁|ᵢₜ·maxₜ|X₂|ₜⱼ + Σₜ|A₂|ᵢₜ·maxₜ|x|ₜⱼ) + 2kη.
// A row or column whose exponent is beyond ±500 is taken with A₁ = 0, A₂ = a (X₁ = 0, X₂ = x), so that no product of A₁
// and X₁ under- or overflows. Bounds are sums and products of a few non-negative doubles, for whose roundings 1 + 2⁻⁴⁰
// makes up, row sums of 2²² terms included (2²²·u = 2⁻³¹ has a factor of its own).
//
// Sources: S. M. Rump, T. Ogita, S. Oishi, Accurate floating-point summation I, SIAM J. Sci. Comput. 31 (2008), §3;
// K. Ozaki, T. Ogita, S. Oishi, S. M. Rump, Error-free transformations of matrix multiplication, Numer. Algorithms 59
// (2012); N. J. Higham, Accuracy and Stability (2002), Lemma 3.1 and (3.13).
#include "linear/verified_doubles.hpp"

#include <algorithm>
#include <limits>

#include "base/contract.hpp"
#include "linear/gemm.hpp"
#include "linear/verified_lapack.hpp"

namespace assay::verified {

namespace {

using error_free::inflate;
using error_free::smallest;
using error_free::unit_roundoff;

constexpr double few_roundings = 1 + 0x1p-40;
constexpr double many_roundings = 1 + 0x1p-30;  ///< of a sum of up to 2²² terms

void check_inner_dimension(std::size_t k) {
  ASSAY_ENSURE(k < (std::size_t{1} << 21U) - 8, "the inner dimension is within the range of the error bound");
}

/// Some sum, by parts that the compiler can keep in vectors: it may not reorder a sum itself.
template <class Term>
double sum_of(std::size_t n, Term term) {
  constexpr std::size_t parts = 8;
  double sums[parts] = {};
  std::size_t i = 0;
  for (; i + parts <= n; i += parts)
    for (std::size_t part = 0; part < parts; ++part) sums[part] += term(i + part);
  double out = 0;
  for (; i < n; ++i) out += term(i);
  for (const double sum : sums) out += sum;
  return out;
}

/// β of the derivation.
int split_bits(std::size_t k) {
  int log = 0;
  while ((std::size_t{1} << static_cast<unsigned>(log)) < k) ++log;
  return (53 - log) / 2;
}

/// σ of the derivation for a line of numbers up to `peak`; 0 if all of the line is to be its second part.
double splitter(double peak, int bits) {
  int exponent = 0;
  std::frexp(peak, &exponent);
  const bool usable = peak > 0 && std::isfinite(peak) && std::abs(exponent) <= 500;
  return usable ? std::ldexp(1.0, exponent + 53 - bits) : 0;
}

/// The first part of x; 0 for σ = 0.
double leading(double x, double sigma) { return sigma == 0 ? 0 : (sigma + x) - sigma; }

/// [A₁ A₂] by rows, and bounds of their row sums.
struct LeftSplit {
  std::vector<double> parts;
  std::vector<double> first_sums;
  std::vector<double> second_sums;
  bool has_second = false;
};

LeftSplit split_rows(const Matrix<double>& a, int bits) {
  const std::size_t k = a.cols;
  LeftSplit out{std::vector<double>(2 * a.entries.size()), std::vector<double>(a.rows), std::vector<double>(a.rows)};
  for (std::size_t i = 0; i < a.rows; ++i) {
    const double* row = a.entries.data() + i * k;
    double* first = out.parts.data() + 2 * i * k;
    double* second = first + k;
    double peak = 0;
    for (std::size_t t = 0; t < k; ++t) peak = std::max(peak, std::fabs(row[t]));
    const double sigma = splitter(peak, bits);
    for (std::size_t t = 0; t < k; ++t) {
      first[t] = leading(row[t], sigma);
      second[t] = row[t] - first[t];
    }
    out.first_sums[i] = many_roundings * sum_of(k, [&](std::size_t t) { return std::fabs(first[t]); });
    out.second_sums[i] = many_roundings * sum_of(k, [&](std::size_t t) { return std::fabs(second[t]); });
    if (out.second_sums[i] != 0) out.has_second = true;  // also if it is NaN
  }
  return out;
}

/// X₁; and [X₂; x], with the largest entries of the columns of both.
struct RightSplit {
  std::vector<double> first;
  std::vector<double> rest;
  std::vector<double> second_peaks;
  std::vector<double> peaks;
  bool has_second = false;
};

RightSplit split_columns(const Matrix<double>& x, int bits) {
  const std::size_t n = x.cols;
  const std::size_t all = x.entries.size();
  RightSplit out{std::vector<double>(all), std::vector<double>(2 * all), std::vector<double>(n),
                 std::vector<double>(n)};
  for (std::size_t t = 0; t < x.rows; ++t)
    for (std::size_t j = 0; j < n; ++j) out.peaks[j] = std::max(out.peaks[j], std::fabs(x(t, j)));
  std::vector<double> sigma(n);
  for (std::size_t j = 0; j < n; ++j) sigma[j] = splitter(out.peaks[j], bits);
  for (std::size_t t = 0; t < x.rows; ++t)
    for (std::size_t j = 0; j < n; ++j) {
      const double first = leading(x(t, j), sigma[j]);
      const double second = x(t, j) - first;
      out.first[t * n + j] = first;
      out.rest[t * n + j] = second;
      out.second_peaks[j] = std::max(out.second_peaks[j], std::fabs(second));
    }
  std::copy(x.entries.begin(), x.entries.end(), out.rest.begin() + static_cast<std::ptrdiff_t>(all));
  for (const double peak : out.second_peaks) out.has_second = out.has_second || peak != 0;
  return out;
}

/// a·x = first + rest, `first` being exact and `rest` up to rounding·(Σ|A₁|·max|X₂| + Σ|A₂|·max|x|) + underflow.
struct SplitProduct {
  Matrix<double> first;
  Matrix<double> rest;
  LeftSplit left;
  RightSplit right;
  double rounding = 0;
  double underflow = 0;

  SplitProduct(const Matrix<double>& a, const Matrix<double>& x) : first(a.rows, x.cols), rest(a.rows, x.cols) {
    const std::size_t k = a.cols;
    const std::size_t n = x.cols;
    if (a.rows == 0 || k == 0 || n == 0) return;
    check_inner_dimension(k);
    const auto& kernels = gemm::best_kernels();
    left = split_rows(a, split_bits(k));
    right = split_columns(x, split_bits(k));
    kernels.doubles(left.parts.data(), right.first.data(), first.entries.data(), a.rows, k, n, 2 * k, n, n);
    if (!left.has_second && !right.has_second) return;
    // Without A₂ (or without X₂) a product of inner dimension k is enough.
    const std::size_t skip = right.has_second ? 0 : k;
    const std::size_t inner = (left.has_second ? 2 * k : k) - skip;
    kernels.doubles(left.parts.data() + skip, right.rest.data() + skip * n, rest.entries.data(), a.rows, inner, n,
                    2 * k, n, n);
    rounding = (2 * static_cast<double>(k) + 3) * unit_roundoff;
    underflow = (2 * static_cast<double>(k) + 8) * smallest;
  }
};

/// first + rest − z·d, and a bound of what is lost: each sum's own rounding error, found by `sum_error`.
MidRad subtracted(double first, double rest, double z, double d) {
  const double p = z * d;
  const double remainder = error_free::product_remainder(z, d, p);
  const bool exact = error_free::remainder_is_exact(p, remainder);
  const double tail = exact ? remainder : 0;
  const double unknown = exact ? 0 : error_free::product_error(z, d, p);
  const double main = first - p;
  const double lost = error_free::sum_error(first, -p, main);
  const double small = lost - tail;
  const double side = small + rest;
  const double mid = main + side;
  const double errors = std::fabs(error_free::sum_error(lost, -tail, small)) +
                        std::fabs(error_free::sum_error(small, rest, side)) +
                        std::fabs(error_free::sum_error(main, side, mid));
  return {mid, inflate(inflate(errors) + unknown)};
}

void subtract_row(const double* __restrict first, const double* __restrict rest, const double* __restrict z,
                  const double* __restrict d, double* __restrict mid, double* __restrict rad, std::size_t n) {
  for (std::size_t j = 0; j < n; ++j) {
    const MidRad entry = subtracted(first[j], rest[j], z[j], d[j]);
    mid[j] = entry.mid;
    rad[j] = entry.rad;
  }
}

}  // namespace

MatrixSet<Doubles> Doubles::residual(const Matrix<Point>& a, const Matrix<Point>& x, const Matrix<Point>& z,
                                     const std::vector<Point>& d) {
  ASSAY_ENSURE(a.cols == x.rows, "the operands of a matrix product have a common inner dimension");
  ASSAY_ENSURE(z.rows == a.rows && z.cols == x.cols, "what is subtracted has the shape of the product");
  const SplitProduct product(a, x);
  MatrixSet<Doubles> out{Matrix<double>(a.rows, x.cols), Matrix<double>(a.rows, x.cols)};
  const std::vector<double> factors = d.empty() ? std::vector<double>(x.cols, 1.0) : d;
  for (std::size_t i = 0; i < a.rows; ++i) {
    const std::size_t row = i * x.cols;
    subtract_row(product.first.entries.data() + row, product.rest.entries.data() + row, z.entries.data() + row,
                 factors.data(), out.mid.entries.data() + row, out.rad.entries.data() + row, x.cols);
    if (product.rounding == 0) continue;
    const double first = product.left.first_sums[i] * product.rounding * few_roundings;
    const double second = product.left.second_sums[i] * product.rounding * few_roundings;
    double* radius = out.rad.entries.data() + row;
    for (std::size_t j = 0; j < x.cols; ++j)
      radius[j] = inflate(
          radius[j] + (first * product.right.second_peaks[j] + second * product.right.peaks[j] + product.underflow) *
                          few_roundings);
  }
  return out;
}

/// Underflow costs η/2 a product, the sum γ_k relative to |r||a|, which is left to the caller, and the subtraction u.
Matrix<double> Doubles::inverse_defect(const Matrix<Point>& r, const Matrix<Point>& a) {
  check_inner_dimension(r.cols);
  Matrix<double> out(r.rows, a.cols);
  if (r.cols == 0) return out;
  gemm::best_kernels().doubles(r.entries.data(), a.entries.data(), out.entries.data(), r.rows, r.cols, a.cols, r.cols,
                               a.cols, a.cols);
  const double underflow = static_cast<double>(r.cols) * smallest;
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t j = 0; j < out.cols; ++j)
      out(i, j) = inflate(std::fabs((i == j ? 1.0 : 0.0) - out(i, j)) + underflow);
  return out;
}

double Doubles::defect_rounding(std::size_t k) noexcept { return (static_cast<double>(k) + 2) * unit_roundoff; }

/// With s = fl(Σ xᵢyᵢ), all terms ≥ 0: Σ xᵢyᵢ ≤ (s + nη)/(1 − u)ⁿ ≤ (s + nη)(1 + 2nu) for nu ≤ ½; two more roundings.
double Doubles::dot(const Bound* x, const Bound* y, std::size_t n) noexcept {
  const double sum = sum_of(n, [&](std::size_t i) { return x[i] * y[i]; });
  bool none = sum == 0;
  for (std::size_t i = 0; none && i < n; ++i) none = x[i] == 0 || y[i] == 0;
  if (none) return 0;
  const auto count = static_cast<double>(n);
  return (sum + 2 * count * smallest) * (1 + (2 * count + 8) * unit_roundoff);
}

/// The bound of `dot`; a sum that is 0 is looked at again, as its terms may have vanished.
std::vector<double> Doubles::column_dots_above(const Matrix<Bound>& x, const Matrix<Bound>& y) {
  std::vector<double> out(x.cols);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < x.cols; ++j) out[j] += x(i, j) * y(i, j);
  const auto count = static_cast<double>(x.rows);
  for (std::size_t j = 0; j < x.cols; ++j) {
    bool none = out[j] == 0;
    for (std::size_t i = 0; none && i < x.rows; ++i) none = x(i, j) == 0 || y(i, j) == 0;
    if (!none) out[j] = (out[j] + 2 * count * smallest) * (1 + (2 * count + 8) * unit_roundoff);
  }
  return out;
}

/// |fl(Σ xᵢyᵢ) − Σ xᵢyᵢ| ≤ γ_n Σ|xᵢyᵢ| + nη, the last sum bounded as in `dot`.
std::vector<MidRad> Doubles::column_dots(const Matrix<Point>& x, const Matrix<Point>& y) {
  std::vector<double> sums(x.cols);
  std::vector<double> sizes(x.cols);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < x.cols; ++j) {
      const double term = x(i, j) * y(i, j);
      sums[j] += term;
      sizes[j] += std::fabs(term);
    }
  std::vector<MidRad> out;
  const auto count = static_cast<double>(x.rows);
  for (std::size_t j = 0; j < x.cols; ++j) {
    const double error = (count + 2) * unit_roundoff * sizes[j] + 4 * count * smallest;
    out.push_back(scalar(sums[j], error * (1 + (2 * count + 8) * unit_roundoff)));
  }
  return out;
}

/// The bound of `dot`, entry by entry.
Matrix<double> Doubles::bound_product(const Matrix<Bound>& x, const Matrix<Bound>& y) {
  ASSAY_ENSURE(x.cols == y.rows, "the operands of a matrix product have a common inner dimension");
  check_inner_dimension(x.cols);
  Matrix<double> out(x.rows, y.cols);
  if (x.cols == 0 || out.entries.empty()) return out;
  gemm::best_kernels().doubles(x.entries.data(), y.entries.data(), out.entries.data(), x.rows, x.cols, y.cols, x.cols,
                               y.cols, y.cols);
  const auto k = static_cast<double>(x.cols);
  for (double& entry : out.entries) entry = (entry + 2 * k * smallest) * (1 + (2 * k + 8) * unit_roundoff);
  return out;
}

std::optional<Matrix<double>> Doubles::approx_inverse(const Matrix<Point>& a) { return lapack::inverse(a); }

Matrix<double> Doubles::approx_product(const Matrix<Point>& x, const Matrix<Point>& y) {
  Matrix<double> out(x.rows, y.cols);
  if (x.cols == 0 || out.entries.empty()) return out;
  gemm::best_kernels().doubles(x.entries.data(), y.entries.data(), out.entries.data(), x.rows, x.cols, y.cols, x.cols,
                               y.cols, y.cols);
  return out;
}

}  // namespace assay::verified
