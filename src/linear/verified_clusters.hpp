#pragma once
#include <algorithm>
#include <cstddef>
#include <limits>
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

/// A lower bound of σ_min(X)²: μ − ‖μI − XᵀX‖₂ with the expected square length μ.
template <class A>
[[nodiscard]] typename A::Bound least_square_stretch(const A& arithmetic, const Matrix<typename A::Point>& x,
                                                     double square_length) {
  const auto defect = arithmetic.residual(transposed(x), x, identity_points(arithmetic, x.cols),
                                          std::vector<typename A::Point>(x.cols, arithmetic.point(square_length)));
  // `bound` would be rounded upwards.
  return arithmetic.minus_below(arithmetic.size_below(arithmetic.point(square_length)),
                                spectral_norm(arithmetic, sizes(arithmetic, defect)));
}

/// ‖Y‖₂/σ_min(X), infinite if X may be deficient.
template <class A>
[[nodiscard]] typename A::Bound relative_norm(const A& arithmetic, const Matrix<typename A::Bound>& y,
                                              const Matrix<typename A::Point>& x, double square_length) {
  using Bound = typename A::Bound;
  const Bound stretch = arithmetic.root_below(least_square_stretch(arithmetic, x, square_length));
  if (!arithmetic.is_positive(stretch)) return arithmetic.bound(std::numeric_limits<double>::infinity());
  return arithmetic.over(spectral_norm(arithmetic, y), stretch);
}

template <class A>
class Clusters {
 public:
  using Bound = typename A::Bound;
  using Scalar = typename A::Scalar;

  Clusters(const A& arithmetic, const Eigenpairs<A>& pairs)
      : arithmetic_(arithmetic), pairs_(pairs), sizes_(sizes(arithmetic, pairs.residuals)) {
    measure_columns();
    find_rayleigh_quotients();
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
    Scalar plain = enclosure(cluster.first, cluster.radius);
    const Scalar& theta = rayleigh_[cluster.first];
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
      const Scalar own = enclosure(j, own_radius_[j]);
      if (reach && compare(*reach, own) != relation::less)
        out.back().last = j + 1;
      else
        out.push_back({j, j + 1});
      reach = own;
    }
    return out;
  }

  /// ρ, and the square lengths of the columns, of all pairs by themselves.
  void measure_columns() {
    const Bounds<A> norms = arithmetic_.column_dots_above(sizes_, sizes_);
    square_lengths_ = arithmetic_.column_dots(pairs_.vectors, pairs_.vectors);
    for (std::size_t j = 0; j < norms.size(); ++j) {
      const Bound length = arithmetic_.positive_below(square_lengths_[j]);
      own_radius_.push_back(arithmetic_.is_positive(length)
                                ? arithmetic_.root(arithmetic_.over(norms[j], length))
                                : arithmetic_.bound(std::numeric_limits<double>::infinity()));
    }
  }

  [[nodiscard]] Bound radius(std::size_t first, std::size_t last) const {
    if (last - first == 1) return own_radius_[first];
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

  /// θ = d + xᵀr/xᵀx of (T) for all columns, r within its enclosure.
  void find_rayleigh_quotients() {
    const Bounds<A> spread = arithmetic_.column_dots_above(sizes(arithmetic_, pairs_.vectors), pairs_.residuals.rad);
    rayleigh_ = arithmetic_.column_dots(pairs_.vectors, pairs_.residuals.mid);
    for (std::size_t j = 0; j < rayleigh_.size(); ++j) {
      const Scalar numerator = arithmetic_.sum(rayleigh_[j], arithmetic_.scalar(arithmetic_.point(0), spread[j]));
      rayleigh_[j] =
          arithmetic_.sum(enclosure(j, arithmetic_.bound(0)), arithmetic_.quotient(numerator, square_lengths_[j]));
    }
  }

  /// An upper bound of square/gap; infinite unless the gap is certainly positive.
  [[nodiscard]] Bound quotient(const Bound& square, const Scalar& gap) const {
    const Bound least = arithmetic_.positive_below(gap);
    return arithmetic_.is_positive(least) ? arithmetic_.over(square, least)
                                          : arithmetic_.bound(std::numeric_limits<double>::infinity());
  }

  const A& arithmetic_;
  const Eigenpairs<A>& pairs_;
  Matrix<Bound> sizes_;                 ///< |r|
  std::vector<Scalar> square_lengths_;  ///< xᵀx
  Bounds<A> own_radius_;                ///< ρ of each pair by itself
  std::vector<Scalar> rayleigh_;        ///< θ of (T)
  std::vector<Cluster<A>> list_;
};

/// All eigenvalues in ascending order by (C) and (T), from as many pairs as S has rows.
template <class A>
[[nodiscard]] std::vector<typename A::Scalar> enclose_eigenvalues(const A& arithmetic, const Eigenpairs<A>& pairs) {
  using Scalar = typename A::Scalar;
  const Clusters<A> clusters(arithmetic, pairs);
  std::vector<Scalar> out;
  for (const Cluster<A>& cluster : clusters.list())
    for (std::size_t j = cluster.first; j < cluster.last; ++j) out.push_back(clusters.enclosure(j, cluster.radius));
  const std::vector<Scalar> plain = out;
  for (const Cluster<A>& cluster : clusters.list()) {
    if (cluster.last - cluster.first != 1) continue;
    const std::size_t j = cluster.first;
    const auto neighbour = [&](bool exists, std::size_t at) {
      return exists ? std::optional(plain[at]) : std::nullopt;
    };
    out[j] = clusters.sharpened(cluster, neighbour(j > 0, j - 1), neighbour(j + 1 < plain.size(), j + 1));
  }
  return out;
}

}  // namespace assay::verified
