#include "number/complex_ball.hpp"

#include <acb_hypgeom.h>

#include <algorithm>

#include "base/contract.hpp"
#include "number/flint_convert.hpp"

namespace assay {

namespace {

/// An integer exponent longer than this would take too many squarings.
constexpr flint_bitcnt_t exponent_bits = 4096;

bool is_zero(const ComplexBall& z) { return acb_is_zero(z.get()) != 0; }

/// Some points of z may lie on the cut (−∞, 0) and others not: the imaginary part has 0 inside but is not exactly 0.
bool straddles_negative_axis(const ComplexBall& z) {
  const Ball imaginary = im(z);
  return arb_is_zero(imaginary.get()) == 0 && arb_contains_zero(imaginary.get()) != 0 &&
         arb_contains_negative(re(z).get()) != 0;
}

ComplexBall times_i(const ComplexBall& z) {
  ComplexBall out;
  acb_mul_onei(out.get(), z.get());
  return out;
}

ComplexBall one() { return complex_from(ball_from(1)); }

Status checked(ComplexBall& out, ComplexBall result) {
  if (!is_finite(result)) return Status::open;
  out = std::move(result);
  return Status::ok;
}

Status log_of(ComplexBall& out, const ComplexBall& z, long precision) {
  if (is_zero(z)) return Status::undefined;
  if (acb_contains_zero(z.get()) != 0 || straddles_negative_axis(z)) return Status::open;
  ComplexBall result;
  acb_log(result.get(), z.get(), precision);
  return checked(out, std::move(result));
}

Status sqrt_of(ComplexBall& out, const ComplexBall& z, long precision) {
  if (straddles_negative_axis(z)) return Status::open;
  if (is_real(z) && arb_is_nonnegative(re(z).get()) == 0 && arb_is_negative(re(z).get()) == 0) return Status::open;
  if (is_real(z)) {
    // Exactly one of the parts is 0; taken apart so that a ball touching 0 keeps a finite root.
    const bool negative = arb_is_negative(re(z).get()) != 0;
    Ball root;
    arb_sqrtpos(root.get(), negative ? neg(re(z)).get() : re(z).get(), precision);
    return checked(out, negative ? complex_from(Ball(), root) : complex_from(root));
  }
  ComplexBall result;
  acb_sqrt(result.get(), z.get(), precision);
  return checked(out, std::move(result));
}

/// asin z = −i log(iz + √(1 − z²)), for all z off the singular points ±1.
Status asin_by_definition(ComplexBall& out, const ComplexBall& z, long precision) {
  ComplexBall root;
  const Status rooted = sqrt_of(root, sub(one(), mul(z, z, precision), precision), precision);
  if (rooted != Status::ok) return rooted;
  ComplexBall logarithm;
  const Status logged = log_of(logarithm, add(times_i(z), root, precision), precision);
  return logged == Status::ok ? checked(out, neg(times_i(logarithm))) : Status::open;
}

Status asin_of(ComplexBall& out, const ComplexBall& z, long precision) {
  if (is_real(z)) {
    Ball value;
    if (apply(Elementary::asin, value, re(z), precision) == Status::ok) return checked(out, complex_from(value));
    return asin_by_definition(out, z, precision);
  }
  const Ball distance = abs(re(z));
  if (arb_contains_zero(im(z).get()) != 0 && arb_lt(distance.get(), ball_from(1).get()) == 0) return Status::open;
  ComplexBall result;
  acb_asin(result.get(), z.get(), precision);
  return checked(out, std::move(result));
}

Status acos_of(ComplexBall& out, const ComplexBall& z, long precision) {
  if (is_real(z)) {
    Ball value;
    if (apply(Elementary::acos, value, re(z), precision) == Status::ok) return checked(out, complex_from(value));
  }
  ComplexBall result;
  const Status status = asin_of(result, z, precision);
  if (status != Status::ok) return status;
  Ball quarter = pi(precision);
  arb_mul_2exp_si(quarter.get(), quarter.get(), -1);
  return checked(out, sub(complex_from(quarter), result, precision));
}

/// atan z = (i/2)(log(1 − iz) − log(1 + iz)): its cuts are those of the two logarithms.
Status atan_of(ComplexBall& out, const ComplexBall& z, long precision) {
  if (is_real(z)) {
    Ball value;
    const Status status = apply(Elementary::atan, value, re(z), precision);
    return status == Status::ok ? checked(out, complex_from(value)) : status;
  }
  ComplexBall first;
  ComplexBall second;
  const Status one_side = log_of(first, sub(one(), times_i(z), precision), precision);
  if (one_side != Status::ok) return one_side;
  const Status other_side = log_of(second, add(one(), times_i(z), precision), precision);
  if (other_side != Status::ok) return other_side;
  ComplexBall result = times_i(sub(first, second, precision));
  acb_mul_2exp_si(result.get(), result.get(), -1);
  return checked(out, std::move(result));
}

using AcbFunction = void (*)(acb_t, const acb_t, slong);

/// gamma and digamma, with poles at 0, −1, −2, …
Status gamma_of(AcbFunction function, ComplexBall& out, const ComplexBall& z, long precision) {
  if (is_exact(z) && acb_is_int(z.get()) != 0 && arb_is_nonpositive(re(z).get()) != 0) return Status::undefined;
  ComplexBall result;
  function(result.get(), z.get(), precision);
  return checked(out, std::move(result));
}

/// Functions without cuts; poles come out as not finite.
Status meromorphic(AcbFunction function, ComplexBall& out, const ComplexBall& z, long precision) {
  ComplexBall result;
  function(result.get(), z.get(), precision);
  return checked(out, std::move(result));
}

}  // namespace

ComplexBall complex_from(const Ball& re, const Ball& im) {
  ComplexBall out;
  acb_set_arb_arb(out.get(), re.get(), im.get());
  return out;
}

ComplexBall complex_from(const Ball& re) { return complex_from(re, Ball()); }

Ball re(const ComplexBall& z) {
  Ball out;
  acb_get_real(out.get(), z.get());
  return out;
}

Ball im(const ComplexBall& z) {
  Ball out;
  acb_get_imag(out.get(), z.get());
  return out;
}

ComplexBall conj(const ComplexBall& z) {
  ComplexBall out;
  acb_conj(out.get(), z.get());
  return out;
}

ComplexBall neg(const ComplexBall& z) {
  ComplexBall out;
  acb_neg(out.get(), z.get());
  return out;
}

Ball abs(const ComplexBall& z, long precision) {
  if (is_real(z)) return abs(re(z));
  Ball out;
  acb_abs(out.get(), z.get(), precision);
  return out;
}

ComplexBall add(const ComplexBall& x, const ComplexBall& y, long precision) {
  ComplexBall out;
  acb_add(out.get(), x.get(), y.get(), precision);
  return out;
}

ComplexBall sub(const ComplexBall& x, const ComplexBall& y, long precision) {
  ComplexBall out;
  acb_sub(out.get(), x.get(), y.get(), precision);
  return out;
}

ComplexBall mul(const ComplexBall& x, const ComplexBall& y, long precision) {
  ComplexBall out;
  acb_mul(out.get(), x.get(), y.get(), precision);
  return out;
}

ComplexBall hull(const ComplexBall& x, const ComplexBall& y, long precision) {
  ComplexBall out;
  acb_union(out.get(), x.get(), y.get(), precision);
  return out;
}

ComplexBall power(const ComplexBall& x, long n, long precision) {
  ASSAY_ENSURE(n >= 0, "a negative power is a division");
  ComplexBall out;
  acb_pow_ui(out.get(), x.get(), static_cast<ulong>(n), precision);
  return out;
}

Status divide(ComplexBall& out, const ComplexBall& x, const ComplexBall& y, long precision) {
  if (is_zero(y)) return Status::undefined;
  if (acb_contains_zero(y.get()) != 0) return Status::open;
  ComplexBall result;
  acb_div(result.get(), x.get(), y.get(), precision);
  return checked(out, std::move(result));
}

Status apply(Elementary f, ComplexBall& out, const ComplexBall& z, long precision) {
  if (!is_finite(z)) return Status::open;
  switch (f) {
    case Elementary::sqrt: return sqrt_of(out, z, precision);
    case Elementary::log: return log_of(out, z, precision);
    case Elementary::asin: return asin_of(out, z, precision);
    case Elementary::acos: return acos_of(out, z, precision);
    case Elementary::atan: return atan_of(out, z, precision);
    case Elementary::gamma: return gamma_of(acb_gamma, out, z, precision);
    case Elementary::digamma: return gamma_of(acb_digamma, out, z, precision);
    case Elementary::exp: return meromorphic(acb_exp, out, z, precision);
    case Elementary::sin: return meromorphic(acb_sin, out, z, precision);
    case Elementary::cos: return meromorphic(acb_cos, out, z, precision);
    case Elementary::tan: return meromorphic(acb_tan, out, z, precision);
    case Elementary::sinh: return meromorphic(acb_sinh, out, z, precision);
    case Elementary::cosh: return meromorphic(acb_cosh, out, z, precision);
    case Elementary::tanh: return meromorphic(acb_tanh, out, z, precision);
    case Elementary::erf: return meromorphic(acb_hypgeom_erf, out, z, precision);
  }
  return Status::open;
}

Status power(ComplexBall& out, const ComplexBall& x, const ComplexBall& y, long precision) {
  if (!is_finite(x) || !is_finite(y)) return Status::open;
  if (is_exact(y) && acb_is_int(y.get()) != 0) {
    FlintInteger n;
    if (arb_get_unique_fmpz(n.get(), acb_realref(y.get())) == 0) return Status::open;
    if (fmpz_bits(n.get()) > exponent_bits) return Status::open;
    if (fmpz_sgn(n.get()) < 0 && is_zero(x)) return Status::undefined;
    if (fmpz_sgn(n.get()) < 0 && acb_contains_zero(x.get()) != 0) return Status::open;
    ComplexBall result;
    acb_pow_fmpz(result.get(), x.get(), n.get(), precision);
    return checked(out, std::move(result));
  }
  if (is_zero(x)) {
    if (arb_is_positive(re(y).get()) != 0) return checked(out, ComplexBall());
    return arb_is_negative(re(y).get()) != 0 ? Status::undefined : Status::open;
  }
  ComplexBall logarithm;
  const Status logged = log_of(logarithm, x, precision);
  if (logged != Status::ok) return logged;
  return apply(Elementary::exp, out, mul(y, logarithm, precision), precision);
}

Relations compare(const ComplexBall& x, const ComplexBall& y) {
  if (acb_eq(x.get(), y.get()) != 0) return relation::equal;
  return acb_ne(x.get(), y.get()) != 0 ? relation::unequal : relation::any;
}

bool is_real(const ComplexBall& z) { return acb_is_real(z.get()) != 0; }

bool is_exact(const ComplexBall& z) { return acb_is_exact(z.get()) != 0 && is_finite(z); }

bool is_finite(const ComplexBall& z) { return acb_is_finite(z.get()) != 0; }

long accuracy_bits(const ComplexBall& z) { return acb_rel_accuracy_bits(z.get()); }

std::string to_string(const ComplexBall& z, long digits) {
  if (is_real(z)) return to_string(re(z), digits);
  return to_string(re(z), digits) + " + " + to_string(im(z), digits) + "*I";
}

}  // namespace assay
