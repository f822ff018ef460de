#include "verify/fixed_arithmetic.hpp"

#include <algorithm>

#include "verify/enclosure_text.hpp"

namespace assay::verify {

FixedArray FixedArithmetic::reals(const std::vector<double>& values) const {
  FixedArray out(values.size());
  bool are_points = true;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const FixedPoint x = fixed_from_double(values[i]);
    are_points = are_points && is_point(x);
    out.set(i, x);
  }
  if (!are_points) return out;
  FixedArray points = FixedArray::of_points(values.size());
  std::copy(out.low(), out.low() + out.size(), points.points());
  return points;
}

FixedPoint FixedArithmetic::point_near(End end, const Real& x) const noexcept {
  if (!verify::is_finite(x)) return point(0);
  return point(end == End::lower ? x.low : x.high);
}

FixedPoint FixedArithmetic::exp_at(End end, const Real& x, const Real& shift) const {
  if (!verify::is_finite(x) || !verify::is_finite(shift)) return unknown();
  return exp_of_units((end == End::lower ? x.low : x.high) - shift.low);
}

/// For 0 ≤ d ≤ 1: 1 + d ≤ e^d ≤ 1 + d + d², as its series shows. So a narrow x takes one exponential instead of two.
void FixedArithmetic::exp_at_ends(Real& low, Real& high, const Real& x, const Real& shift) const {
  low = exp_at(End::lower, x, shift);
  const std::int64_t width = x.high - x.low;
  constexpr std::int64_t narrow = FixedPoint::one >> 24;
  if (width == 0) {
    high = low;
  } else if (width <= narrow) {
    high = verify::multiply(low, {FixedPoint::one + width, FixedPoint::one + width + 1});
  } else {
    high = exp_at(End::upper, x, shift);
  }
}

double FixedArithmetic::midpoint_approx(const Real& x) const { return midpoint_rational(x).get_d(); }

std::string FixedArithmetic::text(const Real& x, long digits) const {
  if (!verify::is_finite(x)) return "[+/- inf]";
  if (const std::optional<std::int64_t> n = integer(x)) return std::to_string(*n);
  return enclosure_text(lower(x), upper(x), digits);
}

std::string FixedArithmetic::complex_text(const Complex& x, long digits) const {
  if (x.im.low == 0 && x.im.high == 0) return text(x.re, digits);
  std::string imaginary = text(x.im, digits) + "*I";
  if (x.re.low == 0 && x.re.high == 0) return imaginary;
  return text(x.re, digits) + " + " + imaginary;
}

std::optional<FixedArray> dense_product(const FixedArithmetic&, const FixedArray& x, const FixedArray& y,
                                        std::size_t rows, std::size_t inner, std::size_t columns) {
  FixedArray out(rows * columns);
  fixed_product({x.low(), x.high(), rows, inner}, {y.low(), y.high(), inner, columns}, out.low(), out.high());
  return out;
}

}  // namespace assay::verify
