#pragma once
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "linear/matrix.hpp"

/// What the verification methods of linear algebra share: each is written once, as a template over an arithmetic `A`,
/// and is used with `Doubles` (verified_doubles.hpp) and `Balls` (verified_balls.hpp). Internal to src/linear.
///
/// An arithmetic has three kinds of numbers: a `Scalar` is a set of reals (MidRad, Ball), a `Point` one known number
/// (double, a ball of radius 0), a `Bound` a number ≥ 0 that is rounded upwards (double, mag), or downwards where a
/// name says `below`. Everything rigorous rests on these members, besides the functions of scalars and bounds:
///
///   residual(a, x, z, d)     a set that contains a·x − z·diag(d), all factors being points; d empty: all dⱼ = 1.
///   Sharp:
///                            in doubles the radius is about u|a·x − z·diag(d)| + 2⁻²⁰·k·u|a||x|, in balls
///                            2^−precision·max|a|·max|x|.
///   inverse_defect(r, a)     E with |I − r·a| ≤ E + defect_rounding(k)·|r||a|, for the price of one product
///   bound_product(x, y)      an upper bound of the product of upper bounds
///   dot, column_dots_above   upper bounds of Σ xᵢyᵢ of bounds, for vectors and for all columns of two matrices
///   column_dots(x, y)        enclosures of Σᵢ xᵢⱼyᵢⱼ for all columns j of two matrices of points
///
/// The members called `approx_…` guess. A set of matrices is taken as midpoint and radius, so that the dependence of a
/// result on the radii is a product of bounds, the same in all arithmetics.
namespace assay::verified {

/// All matrices M with |M − mid| ≤ rad, entry by entry.
template <class A>
struct MatrixSet {
  Matrix<typename A::Point> mid;
  Matrix<typename A::Bound> rad;
};

template <class A>
using Bounds = std::vector<typename A::Bound>;

/// Nothing if an entry is not finite.
template <class A>
[[nodiscard]] std::optional<MatrixSet<A>> matrix_set(const A& arithmetic, const Matrix<typename A::Scalar>& a) {
  MatrixSet<A> out{Matrix<typename A::Point>(a.rows, a.cols), Matrix<typename A::Bound>(a.rows, a.cols)};
  for (std::size_t i = 0; i < a.entries.size(); ++i) {
    if (!arithmetic.is_finite(a.entries[i])) return std::nullopt;
    out.mid.entries[i] = arithmetic.mid(a.entries[i]);
    out.rad.entries[i] = arithmetic.rad(a.entries[i]);
  }
  return out;
}

template <class A>
[[nodiscard]] bool all_zero(const A& arithmetic, const Matrix<typename A::Bound>& a) {
  return std::all_of(a.entries.begin(), a.entries.end(), [&](const auto& x) { return arithmetic.is_zero(x); });
}

template <class A>
[[nodiscard]] Matrix<typename A::Bound> sizes(const A& arithmetic, const Matrix<typename A::Point>& a) {
  Matrix<typename A::Bound> out(a.rows, a.cols);
  for (std::size_t i = 0; i < a.entries.size(); ++i) out.entries[i] = arithmetic.size(a.entries[i]);
  return out;
}

/// |M| for all M of the set.
template <class A>
[[nodiscard]] Matrix<typename A::Bound> sizes(const A& arithmetic, const MatrixSet<A>& a) {
  Matrix<typename A::Bound> out(a.mid.rows, a.mid.cols);
  for (std::size_t i = 0; i < out.entries.size(); ++i)
    out.entries[i] = arithmetic.plus(arithmetic.size(a.mid.entries[i]), a.rad.entries[i]);
  return out;
}

/// a += b.
template <class A>
void add_to(const A& arithmetic, Matrix<typename A::Bound>& a, const Matrix<typename A::Bound>& b) {
  for (std::size_t i = 0; i < a.entries.size(); ++i) a.entries[i] = arithmetic.plus(a.entries[i], b.entries[i]);
}

template <class A>
[[nodiscard]] Bounds<A> times(const A& arithmetic, const Matrix<typename A::Bound>& a, const Bounds<A>& v) {
  Bounds<A> out(a.rows);
  for (std::size_t i = 0; i < a.rows; ++i) out[i] = arithmetic.dot(a.entries.data() + i * a.cols, v.data(), a.cols);
  return out;
}

template <class A>
[[nodiscard]] Matrix<typename A::Point> identity_points(const A& arithmetic, std::size_t n) {
  Matrix<typename A::Point> out(n, n, arithmetic.point(0));
  for (std::size_t i = 0; i < n; ++i) out(i, i) = arithmetic.point(1);
  return out;
}

/// The larger of two bounds; NaN if one is.
template <class A>
[[nodiscard]] typename A::Bound larger(const A& arithmetic, const typename A::Bound& x, const typename A::Bound& y) {
  return arithmetic.less(x, y) || !arithmetic.is_finite_bound(y) ? y : x;
}

/// An upper bound of the Euclidean norm of a vector of bounds.
template <class A>
[[nodiscard]] typename A::Bound norm2(const A& arithmetic, const typename A::Bound* v, std::size_t n) {
  return arithmetic.root(arithmetic.dot(v, v, n));
}

/// An upper bound of the spectral norm of every M with |M| ≤ a: the least of ‖a‖_F and √(‖a‖₁‖a‖_∞).
/// Source: N. J. Higham, Accuracy and Stability (2002), (6.6) to (6.9) and Lemma 6.6.
template <class A>
[[nodiscard]] typename A::Bound spectral_norm(const A& arithmetic, const Matrix<typename A::Bound>& a) {
  using Bound = typename A::Bound;
  const Bound frobenius = norm2(arithmetic, a.entries.data(), a.entries.size());
  const auto largest = [&](const Bounds<A>& sums) {
    Bound out = arithmetic.bound(0);
    for (const Bound& sum : sums) out = larger(arithmetic, out, sum);
    return out;
  };
  const Bound rows = largest(times(arithmetic, a, Bounds<A>(a.cols, arithmetic.bound(1))));
  const Bound cols = largest(times(arithmetic, transposed(a), Bounds<A>(a.rows, arithmetic.bound(1))));
  const Bound mixed = arithmetic.root(arithmetic.times(rows, cols));
  return arithmetic.less(mixed, frobenius) ? mixed : frobenius;
}

/// An upper bound of the spectral radius, and of the spectral norm if it is symmetric, of every M with |M| ≤ a, a
/// square: max (a·v)ᵢ/vᵢ for any v > 0 (Collatz and Wielandt; R. A. Horn, C. R. Johnson, Matrix Analysis, 2nd ed.,
/// Theorems 8.1.18 and 8.1.26). A few steps of the power method, shifted to stay positive, make v close to the Perron
/// vector.
template <class A>
[[nodiscard]] typename A::Bound spectral_radius(const A& arithmetic, const Matrix<typename A::Bound>& a) {
  using Bound = typename A::Bound;
  Bounds<A> v(a.rows, arithmetic.bound(1));
  Bound best = arithmetic.bound(0);
  for (int step = 0; step < 6; ++step) {
    const Bounds<A> image = times(arithmetic, a, v);
    Bound most = arithmetic.bound(0);
    for (std::size_t i = 0; i < v.size(); ++i) most = larger(arithmetic, most, arithmetic.over(image[i], v[i]));
    if (step == 0 || arithmetic.less(most, best)) best = most;
    if (arithmetic.is_zero(most) || !arithmetic.is_finite_bound(most)) break;
    for (std::size_t i = 0; i < v.size(); ++i)
      v[i] = arithmetic.plus(arithmetic.over(image[i], most), arithmetic.times(v[i], arithmetic.bound(0x1p-7)));
  }
  return best;
}

/// Brings values into ascending order, and the columns that belong to them.
template <class A, class... Matrices>
void sort_ascending(const A& arithmetic, std::vector<typename A::Point>& values, Matrices&... columns) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return arithmetic.approx_less(values[i], values[j]); });
  if (std::is_sorted(order.begin(), order.end())) return;
  std::vector<typename A::Point> sorted;
  for (const std::size_t j : order) sorted.push_back(values[j]);
  values = std::move(sorted);
  const auto sort = [&order](auto& matrix) {
    std::vector<std::size_t> rows(matrix.rows);
    std::iota(rows.begin(), rows.end(), std::size_t{0});
    matrix = submatrix(matrix, rows, order);
  };
  (sort(columns), ...);
}

}  // namespace assay::verified
