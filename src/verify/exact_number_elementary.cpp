#include "number/rational.hpp"
#include "verify/exact_number_internal.hpp"
#include "verify/formal_fraction.hpp"

namespace assay::verify {

using namespace detail;

namespace {

const ExactNumber& one() {
  static const ExactNumber value{Rational(1)};
  return value;
}

Status set(ExactNumber& out, ExactNumber value) {
  out = std::move(value);
  return Status::ok;
}

ExactNumber exponential(ExactNumber lambda) {
  return formal::number({Term{AlgebraicNumber(Rational(1)), Monomial{{}, std::move(lambda)}}},
                        formal::constant(AlgebraicNumber(Rational(1))));
}

/// exp(iπq).
ExactNumber on_circle(const Rational& q) { return exact_root_of_unity(q.get_den() * 2, q.get_num()); }

/// exp(c·a) for an atom a, if it is known otherwise: exp(qπi) is a root of unity, exp(q·log x) = x^q.
std::optional<ExactNumber> known_exponential(const AlgebraicNumber& c, const Atom& atom) {
  if (atom.kind == Atom::Kind::pi) {
    const std::optional<Rational> q = (c * AlgebraicNumber(CyclotomicElement::root_of_unity(4, 3))).rational();
    return q ? std::optional(on_circle(*q)) : std::nullopt;
  }
  const std::optional<Rational> q = atom.kind == Atom::Kind::log ? c.rational() : std::nullopt;
  ExactNumber out;
  if (q && q->get_den() > largest_root_degree) return std::nullopt;
  return q && power(out, atom.argument, ExactNumber(*q)) == Status::ok ? std::optional(out) : std::nullopt;
}

}  // namespace

/// exp(λ), with what is known of the exponentials of λ's terms taken out.
Status detail::exp_of(ExactNumber& out, const ExactNumber& x) {
  if (is_zero(x) == Truth::true_) return set(out, one());
  if (as_algebraic(x)) return set(out, exponential(x));
  const FormalFraction fraction = formal::fraction_of(x);
  if (fraction.has_denominator()) return set(out, exponential(x));
  ExactNumber known = one();
  Terms rest;
  for (const Term& term : fraction.numerator()) {
    const auto& powers = term.monomial.powers;
    std::optional<ExactNumber> factor;
    if (powers.size() == 1 && powers[0].second == 1 && is_zero(term.monomial.exponent) == Truth::true_)
      factor = known_exponential(term.coefficient, *powers[0].first);
    if (factor)
      known = known * *factor;
    else
      rest.push_back(term);
  }
  const ExactNumber lambda = formal::number(rest, formal::constant(AlgebraicNumber(Rational(1))));
  return set(out, rest.empty() ? known : known * exponential(lambda));
}

namespace {

Status cos_and_sin(ExactNumber& cosine, ExactNumber& sine, const ExactNumber& x) {
  if (const std::optional<Rational> q = rational_turn(x)) {
    const ExactNumber w = on_circle(*q);
    cosine = re(w);
    sine = im(w);
    return Status::ok;
  }
  ExactNumber up;
  ExactNumber down;
  if (exp_of(up, exact_i() * x) != Status::ok || exp_of(down, -(exact_i() * x)) != Status::ok) return Status::open;
  cosine = ExactNumber(Rational(1, 2)) * (up + down);
  sine = ExactNumber(Rational(-1, 2)) * exact_i() * (up - down);
  return Status::ok;
}

Status circular(Elementary f, ExactNumber& out, const ExactNumber& x) {
  ExactNumber cosine;
  ExactNumber sine;
  const Status status = cos_and_sin(cosine, sine, x);
  if (status != Status::ok) return status;
  if (f == Elementary::tan) return divide(out, sine, cosine);
  return set(out, f == Elementary::cos ? cosine : sine);
}

Status hyperbolic(Elementary f, ExactNumber& out, const ExactNumber& x) {
  ExactNumber up;
  ExactNumber down;
  if (exp_of(up, x) != Status::ok || exp_of(down, -x) != Status::ok) return Status::open;
  if (f == Elementary::tanh) return divide(out, up - down, up + down);
  return set(out, ExactNumber(Rational(1, 2)) * (f == Elementary::sinh ? up - down : up + down));
}

/// erf is odd; of a positive number it is an atom.
Status erf_of(ExactNumber& out, const ExactNumber& x) {
  if (is_real(x) != Truth::true_) return Status::open;
  const std::optional<int> sign = sign_of(x);
  if (!sign) return Status::open;
  if (*sign == 0) return set(out, ExactNumber());
  if (*sign < 0) return set(out, -formal::number(Atom::Kind::erf, -x));
  return set(out, formal::number(Atom::Kind::erf, x));
}

Status dispatch(Elementary f, ExactNumber& out, const ExactNumber& x, bool real_domain) {
  switch (f) {
    case Elementary::sqrt: return sqrt_of(out, x, real_domain);
    case Elementary::exp: return exp_of(out, x);
    case Elementary::log: return log_of(out, x, real_domain);
    case Elementary::sin:
    case Elementary::cos:
    case Elementary::tan: return circular(f, out, x);
    case Elementary::asin: return asin_of(out, x, real_domain);
    case Elementary::acos: return acos_of(out, x, real_domain);
    case Elementary::atan: return atan_of(out, x);
    case Elementary::sinh:
    case Elementary::cosh:
    case Elementary::tanh: return hyperbolic(f, out, x);
    case Elementary::erf: return erf_of(out, x);
    case Elementary::gamma: return gamma_of(out, x);
    case Elementary::digamma: return Status::open;
  }
  return Status::open;
}

}  // namespace

Status apply(Elementary f, ExactNumber& out, const ExactNumber& x, bool over_reals) {
  return guarded([&]() -> Status {
    const Truth real = over_reals ? is_real(x) : Truth::false_;
    if (real == Truth::unknown) return Status::open;
    ExactNumber result;
    const Status status = dispatch(f, result, x, real == Truth::true_);
    if (status == Status::ok) out = std::move(result);
    return status;
  });
}

}  // namespace assay::verify
