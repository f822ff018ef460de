#pragma once
#include <optional>
#include <vector>

#include "linear/singular_approx.hpp"
#include "linear/verified_clusters.hpp"

/// Singular values from one approximate decomposition, however good; singular_values.hpp tells the argument. Internal
/// to src/linear.
namespace assay::verified {

/// One matrix on top of another.
template <class T>
[[nodiscard]] Matrix<T> stacked(Matrix<T> above, const Matrix<T>& below) {
  above.entries.insert(above.entries.end(), below.entries.begin(), below.entries.end());
  above.rows += below.rows;
  return above;
}

/// The singular values of the matrices of one set, m ≥ n, from one approximate decomposition.
template <class A>
class SingularValues {
 public:
  using Scalar = typename A::Scalar;
  using Bound = typename A::Bound;

  SingularValues(const A& arithmetic, const MatrixSet<A>& a, const ApproxSingular<A>& approx)
      : arithmetic_(arithmetic), right_(approx.right) {
    const MatrixSet<A> upper = arithmetic.residual(a.mid, approx.right, approx.left, approx.values);
    const MatrixSet<A> lower = arithmetic.residual(transposed(a.mid), approx.left, approx.right, approx.values);
    pairs_ = {approx.values,
              stacked(approx.left, approx.right),
              {stacked(upper.mid, lower.mid), stacked(upper.rad, lower.rad)},
              2};
    const Matrix<typename A::Point> zero(a.mid.rows, a.mid.cols, arithmetic.point(0));
    image_ = sizes(arithmetic, arithmetic.residual(a.mid, right_, zero, {}));
    left_ = sizes(arithmetic, approx.left);
  }

  /// Takes the radii of the set into account; without this the enclosures are those of the midpoint.
  void add_radii(const Matrix<Bound>& radii) {
    const Matrix<Bound> upper = arithmetic_.bound_product(radii, sizes(arithmetic_, right_));
    add_to(arithmetic_, image_, upper);
    add_to(arithmetic_, pairs_.residuals.rad, stacked(upper, arithmetic_.bound_product(transposed(radii), left_)));
  }

  /// In ascending order.
  [[nodiscard]] std::vector<Scalar> enclose() const {
    const Clusters<A> clusters(arithmetic_, pairs_);
    const auto& list = clusters.list();
    std::size_t small = 0;  // clusters that are not certainly above those before them, or above 0
    std::optional<Scalar> least;
    while (small < list.size()) {
      const Scalar floor = least.value_or(arithmetic_.scalar(arithmetic_.point(0), arithmetic_.bound(0)));
      if (compare(floor, clusters.enclosure(list[small].first, list[small].radius)) == relation::less) break;
      least = from_zero(list[small].last);
      ++small;
    }
    std::vector<Scalar> out(small == 0 ? 0 : list[small - 1].last, least.value_or(Scalar{}));
    for (std::size_t at = small; at < list.size(); ++at)
      for (std::size_t j = list[at].first; j < list[at].last; ++j)
        out.push_back(clusters.enclosure(j, list[at].radius));
    sharpen(clusters, small, out);
    return out;
  }

 private:
  /// [0, b] for the z smallest.
  [[nodiscard]] Scalar from_zero(std::size_t z) const {
    return arithmetic_.from_zero(relative_norm(arithmetic_, columns(image_, 0, z), columns(right_, 0, z), 1));
  }

  void sharpen(const Clusters<A>& clusters, std::size_t small, std::vector<Scalar>& values) const {
    const std::vector<Scalar> plain = values;
    const Scalar zero = arithmetic_.scalar(arithmetic_.point(0), arithmetic_.bound(0));
    for (std::size_t at = small; at < clusters.list().size(); ++at) {
      const Cluster<A>& cluster = clusters.list()[at];
      if (cluster.last - cluster.first != 1) continue;
      // Below the smallest value of all there are eigenvalues ≤ 0 of S.
      const std::size_t j = cluster.first;
      values[j] = clusters.sharpened(cluster, j > 0 ? plain[j - 1] : zero,
                                     j + 1 < plain.size() ? std::optional(plain[j + 1]) : std::nullopt);
    }
  }

  const A& arithmetic_;
  Eigenpairs<A> pairs_;
  Matrix<typename A::Point> right_;
  Matrix<Bound> image_;  ///< |A·V|
  Matrix<Bound> left_;   ///< |U|
};

}  // namespace assay::verified
