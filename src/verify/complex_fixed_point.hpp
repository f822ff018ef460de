#pragma once
#include "verify/fixed_elementary.hpp"
#include "verify/fixed_point.hpp"

namespace assay::verify {

/// The rectangle of the complex numbers whose real part is in `re` and whose imaginary part is in `im`.
struct ComplexFixedPoint {
  FixedPoint re;
  FixedPoint im;
};

[[nodiscard]] constexpr bool is_finite(const ComplexFixedPoint& x) noexcept {
  return is_finite(x.re) && is_finite(x.im);
}
[[nodiscard]] constexpr ComplexFixedPoint conj(const ComplexFixedPoint& x) noexcept { return {x.re, negate(x.im)}; }
[[nodiscard]] constexpr ComplexFixedPoint negate(const ComplexFixedPoint& x) noexcept {
  return {negate(x.re), negate(x.im)};
}
[[nodiscard]] constexpr ComplexFixedPoint add(const ComplexFixedPoint& x, const ComplexFixedPoint& y) noexcept {
  return {add(x.re, y.re), add(x.im, y.im)};
}
[[nodiscard]] constexpr ComplexFixedPoint subtract(const ComplexFixedPoint& x, const ComplexFixedPoint& y) noexcept {
  return {subtract(x.re, y.re), subtract(x.im, y.im)};
}
[[nodiscard]] constexpr ComplexFixedPoint multiply(const ComplexFixedPoint& x, const ComplexFixedPoint& y) noexcept {
  return {subtract(multiply(x.re, y.re), multiply(x.im, y.im)), add(multiply(x.re, y.im), multiply(x.im, y.re))};
}
[[nodiscard]] constexpr ComplexFixedPoint square(const ComplexFixedPoint& x) noexcept {
  const FixedPoint half = multiply(x.re, x.im);
  return {subtract(square(x.re), square(x.im)), add(half, half)};
}

/// `equal` for two equal points, `unequal` if some part differs for certain, else `any`.
[[nodiscard]] constexpr Relations compare(const ComplexFixedPoint& x, const ComplexFixedPoint& y) noexcept {
  const Relations re = compare(x.re, y.re);
  const Relations im = compare(x.im, y.im);
  if (re == relation::equal && im == relation::equal) return relation::equal;
  return (re & im & relation::equal) == 0 ? relation::unequal : relation::any;
}

/// |x|, never negative; unknown if |x|² does not fit.
[[nodiscard]] FixedPoint abs(const ComplexFixedPoint& x);
/// x/y. `undefined` if y is the point 0; `open` if y may be 0 or something does not fit.
[[nodiscard]] Status divide(ComplexFixedPoint& out, const ComplexFixedPoint& x, const ComplexFixedPoint& y) noexcept;
/// xⁿ by repeated squaring; x⁰ = 1. `undefined` for the point 0 and n < 0.
[[nodiscard]] Status power(ComplexFixedPoint& out, const ComplexFixedPoint& x, std::int64_t n);
/// exp; open for every other function.
[[nodiscard]] Status apply(Elementary f, ComplexFixedPoint& out, const ComplexFixedPoint& x);

}  // namespace assay::verify
