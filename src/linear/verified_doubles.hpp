#pragma once
#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "linear/matrix.hpp"
#include "linear/verified_set.hpp"
#include "number/midrad_real.hpp"

namespace assay::verified {

/// Verification in machine doubles; see verified_set.hpp for what is asked of an arithmetic. Bounds are doubles ≥ 0,
/// rounded upwards by the inflation of number/error_free.hpp; an overflow makes them infinite or NaN, which no
/// comparison accepts.
class Doubles {
 public:
  using Scalar = MidRad;
  using Point = double;
  using Bound = double;

  // Scalars and points.
  [[nodiscard]] static bool is_finite(Scalar x) noexcept { return assay::is_finite(x); }
  [[nodiscard]] static Point mid(Scalar x) noexcept { return x.mid; }
  [[nodiscard]] static Bound rad(Scalar x) noexcept { return x.rad; }
  [[nodiscard]] static Scalar scalar(Point mid, Bound rad) noexcept {
    return assay::is_finite({mid, rad}) ? Scalar{mid, rad} : no_information();
  }
  [[nodiscard]] static Scalar from_zero(Bound b) noexcept { return abs(MidRad{0, b}); }  ///< [0, b]
  [[nodiscard]] static Point point(double x) noexcept { return x; }
  [[nodiscard]] static double approx(Point x) noexcept { return x; }
  [[nodiscard]] static Point approx_sum(Point x, Point y) noexcept { return x + y; }
  [[nodiscard]] static Point approx_difference(Point x, Point y) noexcept { return x - y; }
  [[nodiscard]] static Point approx_product(Point x, Point y) noexcept { return x * y; }
  [[nodiscard]] static Point approx_quotient(Point x, Point y) noexcept { return x / y; }
  [[nodiscard]] static bool approx_less(Point x, Point y) noexcept { return x < y; }
  [[nodiscard]] static Scalar sum(Scalar x, Scalar y) noexcept { return add(x, y); }
  [[nodiscard]] static Scalar difference(Scalar x, Scalar y) noexcept { return subtract(x, y); }
  [[nodiscard]] static Scalar product(Scalar x, Scalar y) noexcept { return multiply(x, y); }
  [[nodiscard]] static Scalar quotient(Scalar x, Scalar y) noexcept {
    MidRad out;
    return divide(out, x, y) == Status::ok ? out : no_information();
  }

  // Bounds.
  [[nodiscard]] static Bound size(Point x) noexcept { return std::fabs(x); }
  [[nodiscard]] static Bound size_below(Point x) noexcept { return std::fabs(x); }
  /// A lower bound of the numbers of x, 0 if some are not positive.
  [[nodiscard]] static Bound positive_below(Scalar x) noexcept { return lower(x) > 0 ? lower(x) : 0; }
  [[nodiscard]] static Bound bound(double x) noexcept { return x; }
  [[nodiscard]] static double approx_bound(Bound x) noexcept { return x; }
  [[nodiscard]] static Bound plus(Bound x, Bound y) noexcept { return error_free::inflate(x + y); }
  [[nodiscard]] static Bound times(Bound x, Bound y) noexcept {
    return x == 0 || y == 0 ? 0 * (x + y) : error_free::inflate(x * y) + error_free::smallest;
  }
  [[nodiscard]] static Bound over(Bound x, Bound y) noexcept {  ///< x/y for a lower bound y > 0
    return x == 0 ? 0 * y : error_free::inflate(x / y) + error_free::smallest;
  }
  /// A lower bound of x − y, at least 0, for a lower bound x.
  [[nodiscard]] static Bound minus_below(Bound x, Bound y) noexcept {
    const double below = error_free::round_down(x - y);
    return below > 0 ? below : 0 * below;
  }
  [[nodiscard]] static Bound root(Bound x) noexcept { return x == 0 ? 0 : error_free::round_up(std::sqrt(x)); }
  [[nodiscard]] static Bound root_below(Bound x) noexcept {
    const double below = error_free::round_down(std::sqrt(x));
    return below > 0 ? below : 0 * below;
  }
  [[nodiscard]] static bool less(Bound x, Bound y) noexcept { return x < y; }  ///< false if one is NaN
  [[nodiscard]] static bool is_positive(Bound x) noexcept { return x > 0; }
  [[nodiscard]] static bool is_zero(Bound x) noexcept { return x == 0; }
  [[nodiscard]] static bool is_finite_bound(Bound x) noexcept { return std::isfinite(x); }
  [[nodiscard]] static Bound dot(const Bound* x, const Bound* y, std::size_t n) noexcept;
  [[nodiscard]] static std::vector<Bound> column_dots_above(const Matrix<Bound>& x, const Matrix<Bound>& y);
  [[nodiscard]] static std::vector<Scalar> column_dots(const Matrix<Point>& x, const Matrix<Point>& y);

  // Matrices.
  [[nodiscard]] static Matrix<Bound> bound_product(const Matrix<Bound>& x, const Matrix<Bound>& y);
  [[nodiscard]] static std::optional<Matrix<Point>> approx_inverse(const Matrix<Point>& a);
  [[nodiscard]] static Matrix<Point> approx_product(const Matrix<Point>& x, const Matrix<Point>& y);
  [[nodiscard]] static Matrix<Bound> inverse_defect(const Matrix<Point>& r, const Matrix<Point>& a);
  [[nodiscard]] static Bound defect_rounding(std::size_t k) noexcept;
  [[nodiscard]] static MatrixSet<Doubles> residual(const Matrix<Point>& a, const Matrix<Point>& x,
                                                   const Matrix<Point>& z, const std::vector<Point>& d);
};

}  // namespace assay::verified
