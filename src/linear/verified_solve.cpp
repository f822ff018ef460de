#include "linear/verified_solve.hpp"

#include "base/contract.hpp"
#include "linear/verified_arb.hpp"
#include "linear/verified_balls.hpp"
#include "linear/verified_contraction.hpp"
#include "linear/verified_doubles.hpp"

namespace assay {

namespace verified {

namespace {

template <class A>
bool certainly_regular(const A& arithmetic, const Matrix<typename A::Scalar>& matrix) {
  ASSAY_ENSURE(matrix.is_square(), "only square matrices are regular");
  const std::optional<MatrixSet<A>> a = matrix_set(arithmetic, matrix);
  if (!a) return false;
  const auto r = arithmetic.approx_inverse(a->mid);
  return r && find_contraction(arithmetic, InverseDefect<A>(arithmetic, *r, *a), a->mid.rows).has_value();
}

/// R·f for all f of a set: midpoint by midpoint, and |R|·rad f.
template <class A>
MatrixSet<A> preconditioned(const A& arithmetic, const InverseDefect<A>& defect, const Matrix<typename A::Point>& r,
                            const MatrixSet<A>& f) {
  const Matrix<typename A::Point> zero(f.mid.rows, f.mid.cols, arithmetic.point(0));
  MatrixSet<A> out = arithmetic.residual(r, f.mid, zero, {});
  add_to(arithmetic, out.rad, arithmetic.bound_product(defect.inverse(), f.rad));
  return out;
}

/// A·X − B for all A, B of the sets.
template <class A>
MatrixSet<A> residual_set(const A& arithmetic, const MatrixSet<A>& a, const MatrixSet<A>& b,
                          const Matrix<typename A::Point>& x) {
  MatrixSet<A> out = arithmetic.residual(a.mid, x, b.mid, {});
  add_to(arithmetic, out.rad, b.rad);
  if (!all_zero(arithmetic, a.rad)) add_to(arithmetic, out.rad, arithmetic.bound_product(a.rad, sizes(arithmetic, x)));
  return out;
}

template <class A>
typename A::Bound largest(const A& arithmetic, const Bounds<A>& x) {
  typename A::Bound most = arithmetic.bound(0);
  for (const auto& entry : x) most = larger(arithmetic, most, entry);
  return most;
}

template <class A>
typename A::Bound largest(const A& arithmetic, const Matrix<typename A::Point>& x) {
  return largest(arithmetic, sizes(arithmetic, x).entries);
}

/// Iterative refinement X ← X − R·(m·X − B) as long as it gains something.
template <class A>
Matrix<typename A::Point> refined(const A& arithmetic, const Matrix<typename A::Point>& r, const MatrixSet<A>& a,
                                  const MatrixSet<A>& b) {
  auto x = arithmetic.approx_product(r, b.mid);
  auto before = largest(arithmetic, x);
  for (int round = 0; round < 6; ++round) {
    const auto step = arithmetic.approx_product(r, arithmetic.residual(a.mid, x, b.mid, {}).mid);
    const auto length = largest(arithmetic, step);
    if (!arithmetic.less(length, arithmetic.times(before, arithmetic.bound(0.25)))) break;
    before = length;
    for (std::size_t i = 0; i < x.entries.size(); ++i)
      x.entries[i] = arithmetic.approx_difference(x.entries[i], step.entries[i]);
    // Errors shrink by this step's ratio each time: what is left would not show.
    if (arithmetic.less(length, arithmetic.times(largest(arithmetic, x), arithmetic.bound(0x1p-30)))) break;
  }
  return x;
}

/// Bounds of the error of one column from those of Y: |Y| + c·|G|v, and then, as long as it gains something,
/// |Err| ≤ |Y| + |G||Err| once more. Nothing if v − |G|v is not certainly positive.
template <class A>
std::optional<Bounds<A>> error_bounds(const A& arithmetic, const InverseDefect<A>& defect,
                                      const Contraction<A>& contraction, const Bounds<A>& y) {
  using Bound = typename A::Bound;
  Bound c = arithmetic.bound(0);
  for (std::size_t i = 0; i < y.size(); ++i) {
    const Bound room = arithmetic.minus_below(contraction.v[i], contraction.image[i]);
    if (!arithmetic.is_positive(room)) return std::nullopt;
    c = larger(arithmetic, c, arithmetic.over(y[i], room));
  }
  Bounds<A> error = contraction.image;
  for (Bound& x : error) x = arithmetic.times(c, x);
  for (int round = 0; round < 8; ++round) {
    const Bound first = largest(arithmetic, y);
    const Bound second = largest(arithmetic, error);
    for (std::size_t i = 0; i < y.size(); ++i) error[i] = arithmetic.plus(y[i], error[i]);
    if (arithmetic.less(second, arithmetic.times(first, arithmetic.bound(0x1p-7))) || round == 7) break;
    Bounds<A> image = defect.times(error);
    if (!arithmetic.less(largest(arithmetic, image), arithmetic.times(second, arithmetic.bound(0.99)))) break;
    error = std::move(image);
  }
  return error;
}

template <class A>
std::optional<Matrix<typename A::Scalar>> solve(const A& arithmetic, const Matrix<typename A::Scalar>& matrix,
                                                const Matrix<typename A::Scalar>& right) {
  const std::optional<MatrixSet<A>> a = matrix_set(arithmetic, matrix);
  const std::optional<MatrixSet<A>> b = matrix_set(arithmetic, right);
  if (!a || !b) return std::nullopt;
  const auto r = arithmetic.approx_inverse(a->mid);
  if (!r) return std::nullopt;
  const InverseDefect<A> defect(arithmetic, *r, *a);
  const auto contraction = find_contraction(arithmetic, defect, matrix.rows);
  if (!contraction) return std::nullopt;
  const auto x = refined(arithmetic, *r, *a, *b);
  const auto y = sizes(arithmetic, preconditioned(arithmetic, defect, *r, residual_set(arithmetic, *a, *b, x)));
  Matrix<typename A::Scalar> out(x.rows, x.cols);
  for (std::size_t j = 0; j < x.cols; ++j) {
    Bounds<A> column(x.rows);
    for (std::size_t i = 0; i < x.rows; ++i) column[i] = y(i, j);
    const auto error = error_bounds(arithmetic, defect, *contraction, column);
    if (!error) return std::nullopt;
    for (std::size_t i = 0; i < x.rows; ++i) {
      out(i, j) = arithmetic.scalar(x(i, j), (*error)[i]);
      if (!arithmetic.is_finite(out(i, j))) return std::nullopt;
    }
  }
  return out;
}

}  // namespace

}  // namespace verified

bool is_certainly_regular(const Matrix<MidRad>& a) { return verified::certainly_regular(verified::Doubles(), a); }

bool is_certainly_regular(const Matrix<Ball>& a, long precision) {
  return verified::certainly_regular(verified::Balls(precision), a);
}

std::optional<Matrix<MidRad>> verified_solve(const Matrix<MidRad>& a, const Matrix<MidRad>& b) {
  ASSAY_ENSURE(a.is_square() && b.rows == a.rows, "a linear system has as many equations as unknowns");
  return verified::solve(verified::Doubles(), a, b);
}

std::optional<Matrix<Ball>> verified_solve(const Matrix<Ball>& a, const Matrix<Ball>& b, long precision) {
  ASSAY_ENSURE(a.is_square() && b.rows == a.rows, "a linear system has as many equations as unknowns");
  const ArbMatrix left(a);
  const ArbMatrix right(b);
  ArbMatrix out(b.rows, b.cols);
  if (arb_mat_solve(out.get(), left.get(), right.get(), precision) != 0 && arb_mat_is_finite(out.get()) != 0)
    return out.to_matrix();
  return verified::solve(verified::Balls(precision), a, b);
}

std::optional<Matrix<MidRad>> verified_inverse(const Matrix<MidRad>& a) {
  Matrix<MidRad> identity(a.rows, a.rows);
  for (std::size_t i = 0; i < a.rows; ++i) identity(i, i) = {1, 0};
  return verified_solve(a, identity);
}

std::optional<Matrix<Ball>> verified_inverse(const Matrix<Ball>& a, long precision) {
  return verified_solve(a, verified::identity_points(verified::Balls(precision), a.rows), precision);
}

Ball verified_determinant(const Matrix<Ball>& a, long precision) {
  ASSAY_ENSURE(a.is_square(), "only square matrices have a determinant");
  const ArbMatrix matrix(a);
  Ball out;
  arb_mat_det(out.get(), matrix.get(), precision);
  return out;
}

}  // namespace assay
