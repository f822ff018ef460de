#include "linear/symmetric_eigen.hpp"

#include <limits>

#include "base/contract.hpp"
#include "linear/symmetric_eigen_approx.hpp"
#include "linear/symmetric_eigen_definite.hpp"
#include "linear/verified_arb.hpp"
#include "linear/verified_clusters.hpp"
#include "linear/verified_lapack.hpp"
#include "number/radius.hpp"

namespace assay {

namespace verified {

namespace {

/// The narrower of both enclosures of each entry, in both places.
template <class T>
Matrix<T> symmetrised(Matrix<T> a) {
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < i; ++j) {
      T& x = a(i, j);
      T& y = a(j, i);
      (has_smaller_radius(x, y) ? y : x) = has_smaller_radius(x, y) ? x : y;
    }
  return a;
}

/// Eigenvalues of the midpoint, widened by ρ(Δ) (Weyl); and those found with the radii within the residuals. Of both
/// enclosures the narrower.
template <class A>
std::optional<std::vector<typename A::Scalar>> eigenvalues(const A& arithmetic,
                                                           const Matrix<typename A::Scalar>& matrix) {
  const auto a = matrix_set(arithmetic, symmetrised(matrix));
  if (!a) return std::nullopt;
  auto approx = approx_eigen(arithmetic, a->mid);
  if (!approx) return std::nullopt;
  sort_ascending(arithmetic, approx->values, approx->vectors);
  Eigenpairs<A> pairs{approx->values, approx->vectors, {}, 1};
  pairs.residuals = arithmetic.residual(a->mid, pairs.vectors, pairs.vectors, pairs.values);
  auto out = enclose_eigenvalues(arithmetic, pairs);
  if (all_zero(arithmetic, a->rad)) return out;
  const auto weyl = arithmetic.scalar(arithmetic.point(0), spectral_radius(arithmetic, a->rad));
  for (auto& x : out) x = arithmetic.sum(x, weyl);
  add_to(arithmetic, pairs.residuals.rad, arithmetic.bound_product(a->rad, sizes(arithmetic, pairs.vectors)));
  const auto with_radii = enclose_eigenvalues(arithmetic, pairs);
  for (std::size_t j = 0; j < out.size(); ++j)
    if (has_smaller_radius(with_radii[j], out[j])) out[j] = with_radii[j];
  return out;
}

template <class T>
std::optional<std::vector<T>> if_finite(std::optional<std::vector<T>> numbers) {
  if (numbers)
    for (const T& x : *numbers)
      if (!is_finite(x)) return std::nullopt;
  return numbers;
}

template <class T, class Test>
CountBounds count(const std::vector<T>& numbers, Test test) {
  CountBounds out;
  for (const T& x : numbers) {
    const auto [certainly, possibly] = test(x);
    out.least += certainly ? 1 : 0;
    out.most += possibly ? 1 : 0;
  }
  return out;
}

struct Certainty {
  bool certainly;
  bool possibly;
};

/// Whether one of `wanted` holds between x and y.
template <class T>
Certainty holds(const T& x, const T& y, Relations wanted) {
  const Relations possible = compare(x, y);
  return {(possible & ~wanted) == 0, (possible & wanted) != 0};
}

template <class T>
CountBounds between(const std::vector<T>& numbers, const T& low, const T& high) {
  return count(numbers, [&](const T& x) {
    const Certainty over = holds(x, low, relation::greater | relation::equal);
    const Certainty under = holds(x, high, relation::less | relation::equal);
    return Certainty{over.certainly && under.certainly, over.possibly && under.possibly};
  });
}

template <class T>
CountBounds related(const std::vector<T>& numbers, const T& x, Relations wanted) {
  return count(numbers, [&](const T& number) { return holds(number, x, wanted); });
}

template <class T>
InertiaBounds inertia(const std::vector<T>& numbers) {
  const T zero{};
  return {related(numbers, zero, relation::greater), related(numbers, zero, relation::less),
          related(numbers, zero, relation::equal)};
}

bool positive_definite(const MatrixSet<Doubles>& a) {
  const std::size_t n = a.mid.rows;
  double trace = 0;
  for (std::size_t i = 0; i < n; ++i) trace += std::fabs(a.mid(i, i));
  const double spread = spectral_radius(Doubles(), a.rad);
  const double shift = (static_cast<double>(n) + 2) * error_free::unit_roundoff * trace + 1.001 * spread + 0x1p-1000;
  Matrix<double> shifted = a.mid;
  for (std::size_t i = 0; i < n; ++i) shifted(i, i) -= shift;
  const auto lower = lapack::cholesky(shifted);
  return lower && factor_shows_definite(a, *lower, shift);
}

}  // namespace

bool factor_shows_definite(const MatrixSet<Doubles>& a, const Matrix<double>& lower, double shift) {
  const Doubles arithmetic;
  const std::size_t n = a.mid.rows;
  Matrix<double> shifted = a.mid;
  Matrix<double> lost(n, n);
  for (std::size_t i = 0; i < n; ++i) {
    shifted(i, i) -= shift;
    lost(i, i) = std::fabs(error_free::sum_error(a.mid(i, i), -shift, shifted(i, i)));
  }
  Matrix<double> error = sizes(arithmetic, arithmetic.residual(lower, transposed(lower), shifted, {}));
  add_to(arithmetic, error, lost);
  const double spread = spectral_radius(arithmetic, a.rad);
  return arithmetic.less(arithmetic.plus(spectral_norm(arithmetic, error), spread), shift);
}

}  // namespace verified

std::optional<std::vector<MidRad>> symmetric_eigen(const Matrix<MidRad>& a) {
  ASSAY_ENSURE(a.is_square(), "symmetric matrices are square");
  return verified::if_finite(verified::eigenvalues(verified::Doubles(), a));
}

std::optional<std::vector<Ball>> symmetric_eigen(const Matrix<Ball>& a, long precision) {
  ASSAY_ENSURE(a.is_square(), "symmetric matrices are square");
  return verified::if_finite(verified::eigenvalues(verified::Balls(precision), a));
}

CountBounds count_below(const std::vector<MidRad>& numbers, MidRad x) {
  return verified::related(numbers, x, relation::less);
}
CountBounds count_below(const std::vector<Ball>& numbers, const Ball& x) {
  return verified::related(numbers, x, relation::less);
}
CountBounds count_above(const std::vector<MidRad>& numbers, MidRad x) {
  return verified::related(numbers, x, relation::greater);
}
CountBounds count_above(const std::vector<Ball>& numbers, const Ball& x) {
  return verified::related(numbers, x, relation::greater);
}
CountBounds count_between(const std::vector<MidRad>& numbers, MidRad low, MidRad high) {
  return verified::between(numbers, low, high);
}
CountBounds count_between(const std::vector<Ball>& numbers, const Ball& low, const Ball& high) {
  return verified::between(numbers, low, high);
}

InertiaBounds inertia_bounds(const std::vector<MidRad>& eigenvalues) { return verified::inertia(eigenvalues); }
InertiaBounds inertia_bounds(const std::vector<Ball>& eigenvalues) { return verified::inertia(eigenvalues); }

bool is_certainly_positive_definite(const Matrix<MidRad>& a) {
  ASSAY_ENSURE(a.is_square(), "symmetric matrices are square");
  const auto set = verified::matrix_set(verified::Doubles(), verified::symmetrised(a));
  return set && verified::positive_definite(*set);
}

bool is_certainly_positive_definite(const Matrix<Ball>& a, long precision) {
  ASSAY_ENSURE(a.is_square(), "symmetric matrices are square");
  const ArbMatrix matrix(verified::symmetrised(a));
  ArbMatrix lower(a.rows, a.cols);
  return arb_mat_cho(lower.get(), matrix.get(), precision) != 0;
}

}  // namespace assay
