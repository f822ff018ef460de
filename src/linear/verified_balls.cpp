#include "linear/verified_balls.hpp"

#include <arb_mat.h>

#include <cmath>

#include "base/contract.hpp"
#include "linear/ball_product.hpp"
#include "linear/verified_arb.hpp"
#include "number/arf.hpp"

namespace assay::verified {

namespace {

/// x·y enclosed; entries without information where ball_product leaves it to others.
Matrix<Ball> enclosed_product(const Matrix<Ball>& x, const Matrix<Ball>& y, long precision) {
  Matrix<Ball> out(x.rows, y.cols);
  if (!ball_product({x.entries.data(), x.rows, x.cols, x.cols}, {y.entries.data(), y.rows, y.cols, y.cols}, precision,
                    out.entries.data()))
    for (Ball& entry : out.entries) arb_indeterminate(entry.get());
  return out;
}

template <class Operation>
Ball approx(const Ball& x, const Ball& y, long precision, Operation operation) {
  Ball out;
  operation(arb_midref(out.get()), arb_midref(x.get()), arb_midref(y.get()), precision, ARF_RND_NEAR);
  return out;
}

}  // namespace

Ball Balls::mid(const Scalar& x) {
  Ball out;
  arb_get_mid_arb(out.get(), x.get());
  return out;
}

Magnitude Balls::rad(const Scalar& x) {
  Magnitude out;
  mag_set(out.get(), arb_radref(x.get()));
  return out;
}

Ball Balls::scalar(const Point& mid, const Bound& rad) {
  Ball out = mid;
  arb_add_error_mag(out.get(), rad.get());
  return out;
}

double Balls::approx(const Point& x) { return arf_get_d(arb_midref(x.get()), ARF_RND_NEAR); }

Ball Balls::approx_sum(const Point& x, const Point& y) const { return verified::approx(x, y, precision_, arf_add); }
Ball Balls::approx_difference(const Point& x, const Point& y) const {
  return verified::approx(x, y, precision_, arf_sub);
}
Ball Balls::approx_product(const Point& x, const Point& y) const {
  Ball out;  // arf_mul is a macro
  arf_mul(arb_midref(out.get()), arb_midref(x.get()), arb_midref(y.get()), precision_, ARF_RND_NEAR);
  return out;
}
Ball Balls::approx_quotient(const Point& x, const Point& y) const {
  return verified::approx(x, y, precision_, arf_div);
}
bool Balls::approx_less(const Point& x, const Point& y) {
  return arf_cmp(arb_midref(x.get()), arb_midref(y.get())) < 0;
}

Ball Balls::quotient(const Scalar& x, const Scalar& y) const {
  Ball out;
  if (divide(out, x, y, precision_) != Status::ok) arb_indeterminate(out.get());
  return out;
}

Magnitude Balls::size(const Point& x) {
  Magnitude out;
  arb_get_mag(out.get(), x.get());
  return out;
}

Magnitude Balls::size_below(const Point& x) {
  Magnitude out;
  arb_get_mag_lower(out.get(), x.get());
  return out;
}

Magnitude Balls::positive_below(const Scalar& x) {
  Magnitude out;
  if (assay::is_finite(x)) arb_get_mag_lower_nonnegative(out.get(), x.get());
  return out;
}

Magnitude Balls::bound(double x) {
  Magnitude out;
  mag_set_d(out.get(), x);
  return out;
}

Magnitude Balls::plus(const Bound& x, const Bound& y) {
  Magnitude out;
  mag_add(out.get(), x.get(), y.get());
  return out;
}

Magnitude Balls::times(const Bound& x, const Bound& y) {
  Magnitude out;
  mag_mul(out.get(), x.get(), y.get());
  return out;
}

Magnitude Balls::over(const Bound& x, const Bound& y) {
  Magnitude out;
  mag_div(out.get(), x.get(), y.get());
  return out;
}

Magnitude Balls::minus_below(const Bound& x, const Bound& y) {
  Magnitude out;
  mag_sub_lower(out.get(), x.get(), y.get());
  return out;
}

Magnitude Balls::root(const Bound& x) {
  Magnitude out;
  mag_sqrt(out.get(), x.get());
  return out;
}

Magnitude Balls::root_below(const Bound& x) {
  Magnitude out;
  mag_sqrt_lower(out.get(), x.get());
  return out;
}

Magnitude Balls::dot(const Bound* x, const Bound* y, std::size_t n) {
  Magnitude out;
  for (std::size_t i = 0; i < n; ++i) mag_addmul(out.get(), x[i].get(), y[i].get());
  return out;
}

std::vector<Magnitude> Balls::column_dots_above(const Matrix<Bound>& x, const Matrix<Bound>& y) {
  std::vector<Magnitude> out(x.cols);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < x.cols; ++j) mag_addmul(out[j].get(), x(i, j).get(), y(i, j).get());
  return out;
}

std::vector<Ball> Balls::column_dots(const Matrix<Point>& x, const Matrix<Point>& y) const {
  std::vector<Ball> out(x.cols);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < x.cols; ++j) arb_addmul(out[j].get(), x(i, j).get(), y(i, j).get(), precision_);
  return out;
}

Matrix<Magnitude> Balls::bound_product(const Matrix<Bound>& x, const Matrix<Bound>& y) {
  ASSAY_ENSURE(x.cols == y.rows, "the operands of a matrix product have a common inner dimension");
  const Matrix<Bound> columns = transposed(y);
  Matrix<Bound> out(x.rows, y.cols);
  for (std::size_t i = 0; i < x.rows; ++i)
    for (std::size_t j = 0; j < y.cols; ++j)
      out(i, j) = dot(x.entries.data() + i * x.cols, columns.entries.data() + j * x.cols, x.cols);
  return out;
}

std::optional<Matrix<Ball>> Balls::approx_inverse(const Matrix<Point>& a) const {
  const ArbMatrix matrix(a);
  ArbMatrix inverse(a.rows, a.cols);
  if (arb_mat_approx_inv(inverse.get(), matrix.get(), precision_) == 0) return std::nullopt;
  Matrix<Ball> out = inverse.to_matrix();
  for (Ball& entry : out.entries) {
    if (!assay::is_finite(entry)) return std::nullopt;
    entry = mid(entry);
  }
  return out;
}

Matrix<Ball> Balls::approx_product(const Matrix<Point>& x, const Matrix<Point>& y) const {
  Matrix<Ball> out = enclosed_product(x, y, precision_);
  for (Ball& entry : out.entries) entry = mid(entry);
  return out;
}

Matrix<Magnitude> Balls::inverse_defect(const Matrix<Point>& r, const Matrix<Point>& a) const {
  const MatrixSet<Balls> defect = residual(r, a, identity_points(*this, r.rows), {});
  return sizes(*this, defect);
}

MatrixSet<Balls> Balls::residual(const Matrix<Point>& a, const Matrix<Point>& x, const Matrix<Point>& z,
                                 const std::vector<Point>& d) const {
  ASSAY_ENSURE(a.cols == x.rows, "the operands of a matrix product have a common inner dimension");
  ASSAY_ENSURE(z.rows == a.rows && z.cols == x.cols, "what is subtracted has the shape of the product");
  Matrix<Ball> difference = enclosed_product(a, x, precision_);
  MatrixSet<Balls> out{Matrix<Ball>(z.rows, z.cols), Matrix<Magnitude>(z.rows, z.cols)};
  for (std::size_t i = 0; i < z.rows; ++i)
    for (std::size_t j = 0; j < z.cols; ++j) {
      arb_ptr entry = difference(i, j).get();
      if (d.empty())
        arb_sub(entry, entry, z(i, j).get(), precision_);
      else
        arb_submul(entry, z(i, j).get(), d[j].get(), precision_);
      if (arb_is_finite(entry) == 0) {
        mag_inf(out.rad(i, j).get());
        continue;
      }
      out.mid(i, j) = mid(difference(i, j));
      out.rad(i, j) = rad(difference(i, j));
    }
  return out;
}

}  // namespace assay::verified
