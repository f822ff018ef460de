#pragma once
#include <algorithm>
#include <cstddef>
#include <numeric>
#include <optional>
#include <vector>

#include "linear/verified_set.hpp"

/// Eigenvalues from residuals, cluster by cluster. Internal to src/linear.
///
/// For a symmetric S (N × N) let there be n approximate eigenpairs: columns x₁ … x_n and numbers d₁ ≤ … ≤ d_n, with
/// residuals rᵢ = S·xᵢ − dᵢ·xᵢ. For k of them with X (N × k) of full column rank and D diagonal:
///
///   (C) S has k eigenvalues λ₁ ≤ … ≤ λ_k, counted with multiplicity, with |λⱼ − dⱼ| ≤ ρ = ‖SX − XD‖₂/σ_min(X).
///
/// If the numbers are put into clusters whose ranges [min d − ρ, max d + ρ] are disjoint, the k eigenvalues that (C)
/// finds for each are different ones. If moreover n = N (or the clusters are known to hold all that there is in their
/// part of the line), each range holds exactly k, and so the eigenvalues in ascending order are within ρ of the dⱼ.
///
///   (T) Let x ≠ 0, ρ = ‖(S − d)x‖/‖x‖, θ = xᵀSx/xᵀx, and let (a, b) ∋ θ contain exactly one eigenvalue λ. Then
///       θ − ρ²/(b − θ) ≤ λ ≤ θ + ρ²/(θ − a).
///
/// Sources: (C) Z.-H. Cao, J.-J. Xie, R.-C. Li, A sharp version of Kahan's theorem on clustered eigenvalues, Linear
/// Algebra Appl. 245 (1996); for k = 1 it is elementary (B. N. Parlett, The Symmetric Eigenvalue Problem,
/// Theorem 4.5.1). (T) Temple and Kato: Parlett, Theorem 11.7.1 with its proof; ‖(S − θ)x‖ ≤ ‖(S − d)x‖, as θ minimises
/// it.
namespace assay::verified {

/// Approximate eigenpairs with enclosed residuals, in ascending order of `values`.
template <class A>
struct Eigenpairs {
  std::vector<typename A::Point> values;
  Matrix<typename A::Point> vectors;  ///< N × n, column j for values[j], of length about √square_length
  MatrixSet<A> residuals;             ///< N × n
  double square_length = 1;
};

/// Pairs first … last − 1 with the ρ of (C).
template <class A>
struct Cluster {
  std::size_t first;
  std::size_t last;
  typename A::Bound radius;
};

/// The columns first … last − 1.
template <class T>
[[nodiscard]] Matrix<T> columns(const Matrix<T>& a, std::size_t first, std::size_t last) {
  Matrix<T> out(a.rows, last - first);
  for (std::size_t i = 0; i < a.rows; ++i)
    std::copy(a.entries.begin() + static_cast<std::ptrdiff_t>(i * a.cols + first),
              a.entries.begin() + static_cast<std::ptrdiff_t>(i * a.cols + last),
              out.entries.begin() + static_cast<std::ptrdiff_t>(i * out.cols));
  return out;
}

/// A lower bound of σ_min(X)²: Σ xᵢ² for one column, else μ − ‖μI − XᵀX‖₂ with the expected square length μ.
template <class A>
[[nodiscard]] typename A::Bound least_square_stretch(const A& arithmetic, const Matrix<typename A::Point>& x,
                                                     double square_length) {
  if (x.cols == 1) return arithmetic.square_sum_below(x.entries.data(), 1, x.rows);
  const auto defect = arithmetic.residual(transposed(x), x, identity_points(arithmetic, x.cols),
                                          std::vector<typename A::Point>(x.cols, arithmetic.point(square_length)));
  return arithmetic.minus_below(arithmetic.bound(square_length), spectral_norm(arithmetic, sizes(arithmetic, defect)));
}

/// ‖Y‖₂/σ_min(X), infinite if X may be deficient.
template <class A>
[[nodiscard]] typename A::Bound relative_norm(const A& arithmetic, const Matrix<typename A::Bound>& y,
                                              const Matrix<typename A::Point>& x, double square_length) {
  using Bound = typename A::Bound;
  const Bound stretch = arithmetic.root_below(least_square_stretch(arithmetic, x, square_length));
  if (!arithmetic.is_positive(stretch)) return arithmetic.bound(std::numeric_limits<double>::infinity());
  const Bound norm = y.cols == 1 ? norm2(arithmetic, y.entries.data(), y.rows) : spectral_norm(arithmetic, y);
  return arithmetic.over(norm, stretch);
}

template <class A>
class Clusters {
 public:
  using Bound = typename A::Bound;
  using Scalar = typename A::Scalar;

  Clusters(const A& arithmetic, const Eigenpairs<A>& pairs)
      : arithmetic_(arithmetic), pairs_(pairs), sizes_(sizes(arithmetic, pairs.residuals)) {
    for (const Run& run : runs()) push(run.first, run.last);
  }

  /// In ascending order, with disjoint ranges.
  [[nodiscard]] const std::vector<Cluster<A>>& list() const noexcept { return list_; }

  /// d ± ρ.
  [[nodiscard]] Scalar enclosure(std::size_t j, const Bound& radius) const {
    return arithmetic_.scalar(pairs_.values[j], radius);
  }

  /// The enclosure of the only eigenvalue of a cluster of one by (T), if it is better than d ± ρ, for a line where the
  /// next ones are ≤ all of `below` and ≥ all of `above`; nothing where there is none on that side.
  [[nodiscard]] Scalar sharpened(const Cluster<A>& cluster, const std::optional<Scalar>& below,
                                 const std::optional<Scalar>& above) const {
    const Scalar plain = enclosure(cluster.first, cluster.radius);
    const Scalar theta = rayleigh_quotient(cluster.first);
    if (!arithmetic_.is_finite(theta)) return plain;
    const Bound square = arithmetic_.times(cluster.radius, cluster.radius);
    Bound error = arithmetic_.bound(0);
    if (above) error = larger(arithmetic_, error, quotient(square, arithmetic_.difference(*above, theta)));
    if (below) error = larger(arithmetic_, error, quotient(square, arithmetic_.difference(theta, *below)));
    const Bound radius = arithmetic_.plus(arithmetic_.rad(theta), error);
    return arithmetic_.less(radius, cluster.radius) ? arithmetic_.scalar(arithmetic_.mid(theta), radius) : plain;
  }

 private:
  struct Run {
    std::size_t first;
    std::size_t last;
  };

  /// Pairs whose own ranges overlap, one after the other.
  [[nodiscard]] std::vector<Run> runs() const {
    std::vector<Run> out;
    std::optional<Scalar> reach;
    for (std::size_t j = 0; j < pairs_.values.size(); ++j) {
      const Scalar own = enclosure(j, radius(j, j + 1));
      if (reach && compare(*reach, own) != relation::less)
        out.back().last = j + 1;
      else
        out.push_back({j, j + 1});
      reach = own;
    }
    return out;
  }

  [[nodiscard]] Bound radius(std::size_t first, std::size_t last) const {
    return relative_norm(arithmetic_, columns(sizes_, first, last), columns(pairs_.vectors, first, last),
                         pairs_.square_length);
  }

  /// Adds a cluster, joined with those before it as long as their ranges are not certainly disjoint.
  void push(std::size_t first, std::size_t last) {
    Cluster<A> next{first, last, radius(first, last)};
    while (!list_.empty() && compare(enclosure(list_.back().last - 1, list_.back().radius),
                                     enclosure(next.first, next.radius)) != relation::less) {
      next.first = list_.back().first;
      next.radius = radius(next.first, next.last);
      list_.pop_back();
    }
    list_.push_back(next);
  }

  /// θ = d + xᵀr/xᵀx for r within its enclosure; |xᵀx| is enclosed by its own lower bound and an equally good upper
  /// one.
  [[nodiscard]] Scalar rayleigh_quotient(std::size_t j) const {
    Scalar numerator = arithmetic_.scalar(arithmetic_.point(0), arithmetic_.bound(0));
    Scalar denominator = numerator;
    for (std::size_t i = 0; i < pairs_.vectors.rows; ++i) {
      const Scalar x = arithmetic_.scalar(pairs_.vectors(i, j), arithmetic_.bound(0));
      const Scalar r = arithmetic_.scalar(pairs_.residuals.mid(i, j), pairs_.residuals.rad(i, j));
      numerator = arithmetic_.sum(numerator, arithmetic_.product(x, r));
      denominator = arithmetic_.sum(denominator, arithmetic_.product(x, x));
    }
    const Scalar d = arithmetic_.scalar(pairs_.values[j], arithmetic_.bound(0));
    return arithmetic_.sum(d, arithmetic_.quotient(numerator, denominator));
  }

  /// An upper bound of square/gap; infinite unless the gap is certainly positive.
  [[nodiscard]] Bound quotient(const Bound& square, const Scalar& gap) const {
    const Bound least = arithmetic_.positive_below(gap);
    return arithmetic_.is_positive(least) ? arithmetic_.over(square, least)
                                          : arithmetic_.bound(std::numeric_limits<double>::infinity());
  }

  const A& arithmetic_;
  const Eigenpairs<A>& pairs_;
  Matrix<Bound> sizes_;
  std::vector<Cluster<A>> list_;
};

/// The pairs in ascending order of their values.
template <class A>
void sort_ascending(const A& arithmetic, std::vector<typename A::Point>& values, Matrix<typename A::Point>& vectors) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t i, std::size_t j) { return arithmetic.approx_less(values[i], values[j]); });
  if (std::is_sorted(order.begin(), order.end())) return;
  std::vector<typename A::Point> sorted;
  for (const std::size_t j : order) sorted.push_back(values[j]);
  values = std::move(sorted);
  std::vector<std::size_t> all(vectors.rows);
  std::iota(all.begin(), all.end(), std::size_t{0});
  vectors = submatrix(vectors, all, order);
}

}  // namespace assay::verified
