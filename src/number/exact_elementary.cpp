#include "base/contract.hpp"
#include "number/exact.hpp"
#include "number/exact_internal.hpp"
#include "number/rational.hpp"

namespace assay {

using namespace exact_detail;

namespace {

Status set(Exact& out, Exact value) {
  out = std::move(value);
  return Status::ok;
}

Status by_calcium(Elementary f, Exact& out, const Exact& x) {
  CalciumNumber result(Rational(0));
  const Status status = apply(f, result, to_calcium(x));
  if (status == Status::ok) out = Exact(std::move(result));
  return status;
}

/// q if x = q·π.
std::optional<Rational> rational_turn(const Exact& x) {
  const std::optional<Cyclotomic> coefficient = pi_coefficient(x);
  return coefficient ? coefficient->is_rational() : std::nullopt;
}

/// q if x = q·π·i.
std::optional<Rational> imaginary_turn(const Exact& x) {
  const std::optional<Cyclotomic> coefficient = pi_coefficient(x);
  return coefficient ? (*coefficient * Cyclotomic::root_of_unity(4, 3)).is_rational() : std::nullopt;
}

/// exp(iπq).
Exact on_circle(const Rational& q) { return exact_root_of_unity(q.get_den() * 2, q.get_num()); }

Status exp_of(Exact& out, const Exact& x) {
  if (const std::optional<Rational> q = imaginary_turn(x)) return set(out, on_circle(*q));
  return by_calcium(Elementary::exp, out, x);
}

Status cos_of(Exact& out, const Exact& x) {
  if (const std::optional<Rational> q = rational_turn(x)) return set(out, re(on_circle(*q)));
  return by_calcium(Elementary::cos, out, x);
}

Status sin_of(Exact& out, const Exact& x) {
  if (const std::optional<Rational> q = rational_turn(x)) return set(out, im(on_circle(*q)));
  return by_calcium(Elementary::sin, out, x);
}

/// tan(πq) = −i(w − 1)/(w + 1) with w = exp(2πiq); a pole where w = −1.
Status tan_of(Exact& out, const Exact& x) {
  if (const std::optional<Rational> q = rational_turn(x)) {
    const Exact w = on_circle(Rational(2 * *q));
    const Exact one(Rational(1));
    return divide(out, mul(neg(exact_i()), sub(w, one)), add(w, one));
  }
  Exact sine;
  Exact cosine;
  const Status first = sin_of(sine, x);
  const Status second = cos_of(cosine, x);
  if (first != Status::ok || second != Status::ok) return Status::open;
  return divide(out, sine, cosine);
}

/// sinh, cosh and tanh by exp(x) and exp(−x).
Status hyperbolic(Elementary f, Exact& out, const Exact& x) {
  Exact up;
  Exact down;
  const Status first = exp_of(up, x);
  const Status second = exp_of(down, neg(x));
  if (first != Status::ok || second != Status::ok) return Status::open;
  const Exact half(Rational(1, 2));
  const Exact sinh = mul(half, sub(up, down));
  const Exact cosh = mul(half, add(up, down));
  if (f == Elementary::tanh) return divide(out, sinh, cosh);
  return set(out, f == Elementary::sinh ? sinh : cosh);
}

Status erf_of(Exact& out, const Exact& x) {
  if (is_zero(x) == Truth::true_) return set(out, Exact());
  return by_calcium(Elementary::erf, out, x);
}

Status dispatch(Elementary f, Exact& out, const Exact& x, bool real_domain) {
  switch (f) {
    case Elementary::sqrt: return exact_sqrt_of(out, x, real_domain);
    case Elementary::exp: return exp_of(out, x);
    case Elementary::log: return exact_log_of(out, x, real_domain);
    case Elementary::sin: return sin_of(out, x);
    case Elementary::cos: return cos_of(out, x);
    case Elementary::tan: return tan_of(out, x);
    case Elementary::asin: return exact_asin_of(out, x, real_domain);
    case Elementary::acos: return exact_acos_of(out, x, real_domain);
    case Elementary::atan: return exact_atan_of(out, x);
    case Elementary::sinh:
    case Elementary::cosh:
    case Elementary::tanh: return hyperbolic(f, out, x);
    case Elementary::erf: return erf_of(out, x);
    case Elementary::gamma: return exact_gamma_of(out, x);
    case Elementary::digamma: return Status::open;
  }
  return Status::open;
}

}  // namespace

Status apply(Elementary f, Exact& out, const Exact& x, bool over_reals) {
  return guarded([&]() -> Status {
    const Truth real = over_reals ? is_real(x) : Truth::false_;
    if (real == Truth::unknown) return Status::open;
    Exact result;
    const Status status = dispatch(f, result, x, real == Truth::true_);
    if (status == Status::ok) out = std::move(result);
    return status;
  });
}

}  // namespace assay
