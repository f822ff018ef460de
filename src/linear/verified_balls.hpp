#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "linear/matrix.hpp"
#include "linear/verified_set.hpp"
#include "number/magnitude.hpp"
#include "number/real_ball.hpp"

namespace assay::verified {

/// Verification in balls of any precision; see verified_set.hpp for what is asked of an arithmetic. Points are balls of
/// radius 0, bounds are Arb's mags: 30 bits, rounded upwards by Arb, of any exponent, perhaps infinite, never NaN.
class Balls {
 public:
  using Scalar = Ball;
  using Point = Ball;
  using Bound = Magnitude;

  /// Products and quotients are rounded to `precision` bits.
  explicit Balls(long precision) : precision_(precision) {}
  [[nodiscard]] long precision() const noexcept { return precision_; }

  // Scalars and points.
  [[nodiscard]] static bool is_finite(const Scalar& x) { return assay::is_finite(x); }
  [[nodiscard]] static Point mid(const Scalar& x);
  [[nodiscard]] static Bound rad(const Scalar& x);
  [[nodiscard]] static Scalar scalar(const Point& mid, const Bound& rad);
  [[nodiscard]] static Scalar from_zero(const Bound& b) { return relu(scalar(Ball(), b)); }  ///< [0, b]
  [[nodiscard]] static Point point(double x) { return ball_from(x); }
  [[nodiscard]] static double approx(const Point& x);
  [[nodiscard]] Point approx_sum(const Point& x, const Point& y) const;
  [[nodiscard]] Point approx_difference(const Point& x, const Point& y) const;
  [[nodiscard]] Point approx_product(const Point& x, const Point& y) const;
  [[nodiscard]] Point approx_quotient(const Point& x, const Point& y) const;
  [[nodiscard]] static bool approx_less(const Point& x, const Point& y);
  [[nodiscard]] Scalar sum(const Scalar& x, const Scalar& y) const { return add(x, y, precision_); }
  [[nodiscard]] Scalar difference(const Scalar& x, const Scalar& y) const { return sub(x, y, precision_); }
  [[nodiscard]] Scalar product(const Scalar& x, const Scalar& y) const { return mul(x, y, precision_); }
  [[nodiscard]] Scalar quotient(const Scalar& x, const Scalar& y) const;

  // Bounds.
  [[nodiscard]] static Bound size(const Point& x);
  [[nodiscard]] static Bound size_below(const Point& x);
  /// A lower bound of the numbers of x, 0 if some are not positive.
  [[nodiscard]] static Bound positive_below(const Scalar& x);
  [[nodiscard]] static Bound bound(double x);  ///< perhaps greater than x, even for integers
  [[nodiscard]] static double approx_bound(const Bound& x) { return mag_get_d(x.get()); }
  [[nodiscard]] static Bound plus(const Bound& x, const Bound& y);
  [[nodiscard]] static Bound times(const Bound& x, const Bound& y);
  [[nodiscard]] static Bound over(const Bound& x, const Bound& y);  ///< x/y for a lower bound y > 0
  /// A lower bound of x − y, at least 0, for a lower bound x.
  [[nodiscard]] static Bound minus_below(const Bound& x, const Bound& y);
  [[nodiscard]] static Bound root(const Bound& x);
  [[nodiscard]] static Bound root_below(const Bound& x);
  [[nodiscard]] static bool less(const Bound& x, const Bound& y) { return mag_cmp(x.get(), y.get()) < 0; }
  [[nodiscard]] static bool is_positive(const Bound& x) { return mag_is_zero(x.get()) == 0; }
  [[nodiscard]] static bool is_zero(const Bound& x) { return mag_is_zero(x.get()) != 0; }
  [[nodiscard]] static bool is_finite_bound(const Bound& x) { return mag_is_finite(x.get()) != 0; }
  [[nodiscard]] static Bound dot(const Bound* x, const Bound* y, std::size_t n);
  [[nodiscard]] static std::vector<Bound> column_dots_above(const Matrix<Bound>& x, const Matrix<Bound>& y);
  [[nodiscard]] std::vector<Scalar> column_dots(const Matrix<Point>& x, const Matrix<Point>& y) const;

  // Matrices.
  [[nodiscard]] static Matrix<Bound> bound_product(const Matrix<Bound>& x, const Matrix<Bound>& y);
  [[nodiscard]] std::optional<Matrix<Point>> approx_inverse(const Matrix<Point>& a) const;
  [[nodiscard]] Matrix<Point> approx_product(const Matrix<Point>& x, const Matrix<Point>& y) const;
  [[nodiscard]] Matrix<Bound> inverse_defect(const Matrix<Point>& r, const Matrix<Point>& a) const;
  [[nodiscard]] static Bound defect_rounding(std::size_t) { return {}; }
  [[nodiscard]] MatrixSet<Balls> residual(const Matrix<Point>& a, const Matrix<Point>& x, const Matrix<Point>& z,
                                          const std::vector<Point>& d) const;

 private:
  long precision_;
};

}  // namespace assay::verified
