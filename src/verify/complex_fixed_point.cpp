#include "verify/complex_fixed_point.hpp"

namespace assay::verify {

namespace {

constexpr bool is_zero(FixedPoint x) noexcept { return x.low == 0 && x.high == 0; }

Status checked(ComplexFixedPoint& out) noexcept {
  if (is_finite(out)) return Status::ok;
  out = {unknown(), unknown()};
  return Status::open;
}

}  // namespace

FixedPoint abs(const ComplexFixedPoint& x) {
  if (is_zero(x.im)) return abs(x.re);
  if (is_zero(x.re)) return abs(x.im);
  FixedPoint root;
  static_cast<void>(apply(Elementary::sqrt, root, add(square(x.re), square(x.im))));
  return root;
}

Status divide(ComplexFixedPoint& out, const ComplexFixedPoint& x, const ComplexFixedPoint& y) noexcept {
  out = {unknown(), unknown()};
  if (is_zero(y.re) && is_zero(y.im)) return Status::undefined;
  Status re = Status::ok;
  Status im = Status::ok;
  if (is_zero(y.im)) {
    re = divide(out.re, x.re, y.re);
    im = divide(out.im, x.im, y.re);
  } else {
    const ComplexFixedPoint numerator = multiply(x, conj(y));
    // Not the point 0: y is none, and rounding is outwards.
    const FixedPoint size = add(square(y.re), square(y.im));
    re = divide(out.re, numerator.re, size);
    im = divide(out.im, numerator.im, size);
  }
  return re == Status::ok && im == Status::ok ? checked(out) : Status::open;
}

Status power(ComplexFixedPoint& out, const ComplexFixedPoint& x, std::int64_t n) {
  const ComplexFixedPoint one = {point(FixedPoint::one), point(0)};
  if (n < 0) {
    ComplexFixedPoint inverse;
    if (const Status status = divide(inverse, one, x); status != Status::ok) return status;
    return n == INT64_MIN ? Status::open : power(out, inverse, -n);
  }
  if (!is_finite(x)) return Status::open;
  out = one;
  ComplexFixedPoint factor = x;
  for (; n > 0; n >>= 1) {
    if ((n & 1) != 0) out = multiply(out, factor);
    if (n > 1) factor = square(factor);
  }
  return checked(out);
}

/// e^(a + bi) = e^a·(cos b + i sin b).
Status apply(Elementary f, ComplexFixedPoint& out, const ComplexFixedPoint& x) {
  out = {unknown(), unknown()};
  if (f != Elementary::exp || !is_finite(x)) return Status::open;
  FixedPoint size;
  FixedPoint cosine;
  FixedPoint sine;
  for (const Status status :
       {apply(Elementary::exp, size, x.re), apply(Elementary::cos, cosine, x.im), apply(Elementary::sin, sine, x.im)})
    if (status != Status::ok) return Status::open;
  out = {multiply(size, cosine), multiply(size, sine)};
  return checked(out);
}

}  // namespace assay::verify
