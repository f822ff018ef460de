#include "linear/singular_values.hpp"

#include <algorithm>

#include "linear/singular_enclosures.hpp"
#include "linear/verified_contraction.hpp"
#include "number/radius.hpp"

namespace assay {

namespace verified {

namespace {

template <class A>
std::optional<std::vector<typename A::Scalar>> singular(const A& arithmetic, const Matrix<typename A::Scalar>& matrix) {
  const auto a = matrix_set(arithmetic, matrix.rows < matrix.cols ? transposed(matrix) : matrix);
  if (!a) return std::nullopt;
  const auto approx = approx_singular(arithmetic, a->mid);
  if (!approx) return std::nullopt;
  SingularValues<A> values(arithmetic, *a, *approx);
  auto out = values.enclose();
  if (!all_zero(arithmetic, a->rad)) {
    // Of two enclosures the narrower: with ‖Δ‖₂ added (Weyl's inequality for S), or with the radii in the residuals.
    const auto weyl = arithmetic.scalar(arithmetic.point(0), spectral_norm(arithmetic, a->rad));
    values.add_radii(a->rad);
    const auto with_radii = values.enclose();
    for (std::size_t j = 0; j < out.size(); ++j) {
      out[j] = arithmetic.sum(out[j], weyl);
      if (!has_smaller_radius(out[j], with_radii[j])) out[j] = with_radii[j];
    }
  }
  for (const auto& x : out)
    if (!arithmetic.is_finite(x)) return std::nullopt;
  std::reverse(out.begin(), out.end());
  return out;
}

/// Is the submatrix of the first r pivots regular, for all matrices of the set?
template <class A>
bool minor_is_regular(const A& arithmetic, const MatrixSet<A>& a, const Pivots& pivots, std::size_t r) {
  const auto end = static_cast<std::ptrdiff_t>(r);
  const std::vector<std::size_t> rows(pivots.rows.begin(), pivots.rows.begin() + end);
  const std::vector<std::size_t> cols(pivots.cols.begin(), pivots.cols.begin() + end);
  const MatrixSet<A> minor{submatrix(a.mid, rows, cols), submatrix(a.rad, rows, cols)};
  const auto inverse = arithmetic.approx_inverse(minor.mid);
  return inverse && find_contraction(arithmetic, InverseDefect<A>(arithmetic, *inverse, minor), r).has_value();
}

/// The largest r found: downwards in growing steps until a minor is regular, then by bisection.
template <class A>
std::size_t rank_at_least(const A& arithmetic, const Matrix<typename A::Scalar>& matrix) {
  const auto a = matrix_set(arithmetic, matrix);
  if (!a) return 0;
  const Pivots pivots = approx_pivots(arithmetic, a->mid);
  std::size_t regular = pivots.rank;
  std::size_t open = regular + 1;
  for (std::size_t step = 1; regular > 0 && !minor_is_regular(arithmetic, *a, pivots, regular); step *= 2) {
    open = regular;
    regular -= std::min(regular, step);
  }
  while (open - regular > 1) {
    const std::size_t middle = regular + (open - regular) / 2;
    (minor_is_regular(arithmetic, *a, pivots, middle) ? regular : open) = middle;
  }
  return regular;
}

}  // namespace

}  // namespace verified

std::optional<std::vector<MidRad>> singular_values(const Matrix<MidRad>& a) {
  return verified::singular(verified::Doubles(), a);
}

std::optional<std::vector<Ball>> singular_values(const Matrix<Ball>& a, long precision) {
  return verified::singular(verified::Balls(precision), a);
}

std::size_t rank_lower_bound(const Matrix<MidRad>& a) { return verified::rank_at_least(verified::Doubles(), a); }

std::size_t rank_lower_bound(const Matrix<Ball>& a, long precision) {
  return verified::rank_at_least(verified::Balls(precision), a);
}

}  // namespace assay
