#pragma once
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "number/complex_ball.hpp"
#include "number/real_ball.hpp"
#include "number/symbolic_functions.hpp"

/// Symbols evaluated at a point, in balls: the second way to compute everything.
namespace assay::testing {

inline constexpr long precision = 128;

struct Point {
  std::vector<Rational> reals;
  std::vector<std::pair<Rational, Rational>> complexes;
  const SymbolicFunctions* functions = nullptr;  ///< what kernels stand for
};

inline ComplexBall value_at(const Symbolic& s, const Point& point);

inline ComplexBall pi_ball() {
  Ball pi;
  arb_const_pi(pi.get(), precision);
  return complex_from(pi);
}

inline ComplexBall gaussian_ball(const Rational& re, const Rational& im) {
  return complex_from(ball_from(re, precision), ball_from(im, precision));
}

inline ComplexBall value_at(const Indeterminate& indeterminate, const Point& point) {
  using Kind = Indeterminate::Kind;
  if (indeterminate.kind == Kind::pi) return pi_ball();
  if (point.functions != nullptr)
    if (const auto* kernel = point.functions->find(indeterminate)) {
      Ball value;
      const Status status = apply(kernel->function, value, re(value_at(kernel->argument, point)), precision);
      ASSAY_ENSURE(status == Status::ok, "the argument of a kernel is in its domain");
      return complex_from(value);
    }
  if (indeterminate.kind == Kind::real) return complex_from(ball_from(point.reals.at(indeterminate.index), precision));
  const auto& [re, im] = point.complexes.at(indeterminate.index);
  return gaussian_ball(re, indeterminate.kind == Kind::complex ? im : Rational(-im));
}

inline ComplexBall value_at(const Monomial& monomial, const Point& point) {
  ComplexBall result = gaussian_ball(1, 0);
  for (const auto& [indeterminate, degree] : monomial.entries()) {
    ComplexBall factor;
    acb_pow_si(factor.get(), value_at(indeterminate, point).get(), degree.value, precision);
    result = mul(result, factor, precision);
  }
  return result;
}

inline ComplexBall value_at(const ExponentialPolynomial& p, const Point& point) {
  ComplexBall sum;
  for (const auto& [factor, coefficient] : p.terms()) {
    ComplexBall exponent;
    for (const auto& [monomial, c] : factor.exponent.entries()) {
      exponent = add(exponent, mul(gaussian_ball(c.re, c.im), value_at(monomial, point), precision), precision);
    }
    ComplexBall exponential;
    acb_exp(exponential.get(), exponent.get(), precision);
    const ComplexBall rest = mul(coefficient.enclosure(precision), value_at(factor.monomial, point), precision);
    sum = add(sum, mul(exponential, rest, precision), precision);
  }
  return sum;
}

inline ComplexBall value_at(const Symbolic& s, const Point& point) {
  ComplexBall out;
  acb_div(out.get(), value_at(s.numerator(), point).get(), value_at(s.denominator(), point).get(), precision);
  return out;
}

inline bool overlap(const ComplexBall& a, const ComplexBall& b) { return acb_overlaps(a.get(), b.get()) != 0; }

}  // namespace assay::testing
