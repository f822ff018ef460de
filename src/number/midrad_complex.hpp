#pragma once
#include "number/midrad_real.hpp"

namespace assay {

/// The rectangle of the complex numbers whose real part is in `re` and whose imaginary part is in `im`.
struct ComplexMidRad {
  MidRad re;
  MidRad im;

  ComplexMidRad() = default;
  /// Not an aggregate, so that `add({1, 0}, {2, 0})` means real numbers.
  ComplexMidRad(MidRad real, MidRad imaginary) noexcept : re(real), im(imaginary) {}
};

[[nodiscard]] inline bool is_finite(const ComplexMidRad& x) noexcept { return is_finite(x.re) && is_finite(x.im); }

[[nodiscard]] inline ComplexMidRad conj(const ComplexMidRad& x) noexcept { return {x.re, negate(x.im)}; }
[[nodiscard]] inline ComplexMidRad negate(const ComplexMidRad& x) noexcept { return {negate(x.re), negate(x.im)}; }

[[nodiscard]] inline ComplexMidRad add(const ComplexMidRad& x, const ComplexMidRad& y) noexcept {
  return {add(x.re, y.re), add(x.im, y.im)};
}

[[nodiscard]] inline ComplexMidRad subtract(const ComplexMidRad& x, const ComplexMidRad& y) noexcept {
  return {subtract(x.re, y.re), subtract(x.im, y.im)};
}

[[nodiscard]] inline ComplexMidRad multiply(const ComplexMidRad& x, const ComplexMidRad& y) noexcept {
  return {subtract(multiply(x.re, y.re), multiply(x.im, y.im)), add(multiply(x.re, y.im), multiply(x.im, y.re))};
}

[[nodiscard]] inline ComplexMidRad square(const ComplexMidRad& x) noexcept {
  const MidRad half = multiply(x.re, x.im);
  return {subtract(square(x.re), square(x.im)), add(half, half)};
}

/// |x|, never negative; without information if |x|² overflows.
[[nodiscard]] MidRad abs(const ComplexMidRad& x) noexcept;

/// xⁿ by repeated squaring; x⁰ = 1.
[[nodiscard]] ComplexMidRad power(const ComplexMidRad& x, unsigned long n) noexcept;

/// x/y. `undefined` if y is the point 0; `open` if y may be 0 or something over- or underflows.
[[nodiscard]] Status divide(ComplexMidRad& out, const ComplexMidRad& x, const ComplexMidRad& y) noexcept;

/// The principal value of f(x), through Arb; all branches that meet x where it crosses a cut. `undefined` at the point
/// 0 for log and at the poles of gamma, `open` where Arb cannot enclose.
[[nodiscard]] Status apply(Elementary f, ComplexMidRad& out, const ComplexMidRad& x);

/// `equal` for two equal points, `unequal` if some part differs for certain, else `any`.
[[nodiscard]] inline Relations compare(const ComplexMidRad& x, const ComplexMidRad& y) noexcept {
  const Relations re = compare(x.re, y.re);
  const Relations im = compare(x.im, y.im);
  if (re == relation::equal && im == relation::equal) return relation::equal;
  return (re & im & relation::equal) == 0 ? relation::unequal : relation::any;
}

}  // namespace assay
