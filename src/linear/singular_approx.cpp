#include "linear/singular_approx.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "linear/symmetric_eigen_approx.hpp"
#include "linear/verified_lapack.hpp"

namespace assay::verified {

std::optional<ApproxSingular<Doubles>> approx_singular(const Doubles&, const Matrix<double>& a) {
  auto svd = lapack::singular(a);
  if (!svd) return std::nullopt;
  ApproxSingular<Doubles> out{std::move(svd->values), std::move(svd->left), std::move(svd->right)};
  sort_ascending(Doubles(), out.values, out.left, out.right);
  return out;
}

std::optional<ApproxSingular<Balls>> approx_singular(const Balls& arithmetic, const Matrix<Ball>& a) {
  const Balls twice(2 * arithmetic.precision() + 32);
  const auto eigen = approx_eigen(twice, twice.approx_product(transposed(a), a));
  if (!eigen) return std::nullopt;
  ApproxSingular<Balls> out{{}, twice.approx_product(a, eigen->vectors), eigen->vectors};
  for (std::size_t j = 0; j < a.cols; ++j) {
    Ball& value = out.values.emplace_back();
    if (arf_sgn(arb_midref(eigen->values[j].get())) > 0)
      arf_sqrt(arb_midref(value.get()), arb_midref(eigen->values[j].get()), twice.precision(), ARF_RND_NEAR);
    for (std::size_t i = 0; i < a.rows; ++i)
      out.left(i, j) =
          arf_is_zero(arb_midref(value.get())) != 0 ? Ball() : twice.approx_quotient(out.left(i, j), value);
  }
  sort_ascending(arithmetic, out.values, out.left, out.right);
  return out;
}

namespace {

/// Elimination with complete pivoting, in place.
template <class A>
class Elimination {
 public:
  using Bound = typename A::Bound;
  using Point = typename A::Point;

  /// Pivots of at most `noise` times the first one are taken for rounding errors.
  Elimination(const A& arithmetic, const Matrix<Point>& a, double noise)
      : arithmetic_(arithmetic),
        noise_(noise),
        a_(a),
        out_{std::vector<std::size_t>(a.rows), std::vector<std::size_t>(a.cols)} {
    std::iota(out_.rows.begin(), out_.rows.end(), std::size_t{0});
    std::iota(out_.cols.begin(), out_.cols.end(), std::size_t{0});
  }

  Pivots run() {
    const std::size_t count = std::min(a_.rows, a_.cols);
    Bound least = arithmetic_.bound(0);
    for (std::size_t t = 0; t < count; ++t) {
      const Bound size = move_pivot(t);
      if (t == 0) least = arithmetic_.times(size, arithmetic_.bound(noise_));
      if (!arithmetic_.less(least, size)) break;
      eliminate(t);
      ++out_.rank;
    }
    return out_;
  }

 private:
  [[nodiscard]] Point& at(std::size_t i, std::size_t j) { return a_(out_.rows[i], out_.cols[j]); }

  /// Brings the largest entry behind the first t rows and columns to place (t, t).
  Bound move_pivot(std::size_t t) {
    std::size_t row = t;
    std::size_t col = t;
    Bound most = arithmetic_.size(at(t, t));
    for (std::size_t i = t; i < a_.rows; ++i)
      for (std::size_t j = t; j < a_.cols; ++j) {
        const Bound size = arithmetic_.size(at(i, j));
        if (!arithmetic_.less(most, size)) continue;
        most = size;
        row = i;
        col = j;
      }
    std::swap(out_.rows[t], out_.rows[row]);
    std::swap(out_.cols[t], out_.cols[col]);
    return most;
  }

  void eliminate(std::size_t t) {
    for (std::size_t i = t + 1; i < a_.rows; ++i) {
      const Point factor = arithmetic_.approx_quotient(at(i, t), at(t, t));
      for (std::size_t j = t + 1; j < a_.cols; ++j)
        at(i, j) = arithmetic_.approx_difference(at(i, j), arithmetic_.approx_product(factor, at(t, j)));
    }
  }

  const A& arithmetic_;
  double noise_;
  Matrix<Point> a_;
  Pivots out_;
};

}  // namespace

Pivots approx_pivots(const Doubles& arithmetic, const Matrix<double>& a) {
  return Elimination<Doubles>(arithmetic, a, 0x1p-52).run();
}

Pivots approx_pivots(const Balls& arithmetic, const Matrix<Ball>& a) {
  const double noise = std::ldexp(1.0, static_cast<int>(-std::min(arithmetic.precision(), 1000L)));
  return Elimination<Balls>(arithmetic, a, noise).run();
}

}  // namespace assay::verified
