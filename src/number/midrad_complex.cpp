#include "number/midrad_complex.hpp"

#include "base/contract.hpp"
#include "number/midrad_arb.hpp"

namespace assay {

namespace {

using midrad_arb::ComplexBall;
using midrad_arb::midrad_of;
using midrad_arb::precision;

using Function = void (*)(acb_t, const acb_t, slong);

Function function_of(Elementary f) {
  switch (f) {
    case Elementary::sqrt: return acb_sqrt;
    case Elementary::exp: return acb_exp;
    case Elementary::log: return acb_log;
    case Elementary::sin: return acb_sin;
    case Elementary::cos: return acb_cos;
    case Elementary::tan: return acb_tan;
    case Elementary::asin: return acb_asin;
    case Elementary::acos: return acb_acos;
    case Elementary::atan: return acb_atan;
    case Elementary::sinh: return acb_sinh;
    case Elementary::cosh: return acb_cosh;
    case Elementary::tanh: return acb_tanh;
    case Elementary::erf: return acb_hypgeom_erf;
    case Elementary::gamma: return acb_gamma;
    case Elementary::digamma: return acb_digamma;
  }
  ASSAY_ENSURE(false, "every elementary function has a complex method");
  return nullptr;
}

bool is_point_zero(const ComplexMidRad& x) noexcept {
  return x.re.mid == 0 && x.re.rad == 0 && x.im.mid == 0 && x.im.rad == 0;
}

/// Is x a point at which f certainly has no value: 0 for log, ±i for atan, 0, −1, −2, … for gamma and digamma?
bool is_outside(Elementary f, const ComplexMidRad& x) noexcept {
  if (!is_point(x.re) || !is_point(x.im)) return false;
  if (f == Elementary::log) return is_point_zero(x);
  if (f == Elementary::atan) return x.re.mid == 0 && std::fabs(x.im.mid) == 1;
  if (f == Elementary::gamma || f == Elementary::digamma)
    return x.im.mid == 0 && x.re.mid <= 0 && std::floor(x.re.mid) == x.re.mid;
  return false;
}

Status checked(ComplexMidRad& out) noexcept {
  if (is_finite(out)) return Status::ok;
  out = {no_information(), no_information()};
  return Status::open;
}

}  // namespace

MidRad abs(const ComplexMidRad& x) noexcept {
  if (x.im.mid == 0 && x.im.rad == 0) return abs(x.re);
  if (x.re.mid == 0 && x.re.rad == 0) return abs(x.im);
  // relu takes back what rounding may have put below 0.
  MidRad root;
  return sqrt(root, relu(add(square(x.re), square(x.im)))) == Status::ok ? root : no_information();
}

ComplexMidRad power(const ComplexMidRad& x, unsigned long n) noexcept {
  if (!is_finite(x)) return {no_information(), no_information()};
  if (n == 0) return {MidRad{1, 0}, MidRad{0, 0}};
  ComplexMidRad result = x;
  for (unsigned long bit = (1UL << (63U - static_cast<unsigned>(__builtin_clzl(n)))) >> 1U; bit != 0; bit >>= 1U) {
    result = square(result);
    if ((n & bit) != 0) result = multiply(result, x);
  }
  return result;
}

Status divide(ComplexMidRad& out, const ComplexMidRad& x, const ComplexMidRad& y) noexcept {
  out = {no_information(), no_information()};
  if (is_point_zero(y)) return Status::undefined;
  if (y.im.mid == 0 && y.im.rad == 0) {
    const Status re = divide(out.re, x.re, y.re);
    const Status im = divide(out.im, x.im, y.re);
    return re == Status::ok && im == Status::ok ? checked(out) : Status::open;
  }
  const ComplexMidRad numerator = multiply(x, conj(y));
  const MidRad size = add(square(y.re), square(y.im));
  // A size that underflowed to 0 is no proof of y = 0: only `open` may follow from it.
  const Status re = divide(out.re, numerator.re, size);
  const Status im = divide(out.im, numerator.im, size);
  return re == Status::ok && im == Status::ok ? checked(out) : Status::open;
}

Status apply(Elementary f, ComplexMidRad& out, const ComplexMidRad& x) {
  out = {no_information(), no_information()};
  if (!is_finite(x)) return Status::open;
  if (is_outside(f, x)) return Status::undefined;
  ComplexBall ball;
  ball.assign(x);
  function_of(f)(ball.get(), ball.get(), precision);
  out = {midrad_of(acb_realref(ball.get())), midrad_of(acb_imagref(ball.get()))};
  return checked(out);
}

}  // namespace assay
