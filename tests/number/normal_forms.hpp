#pragma once
#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>
#include <cstddef>

#include "number/limits.hpp"

// The header that says over which field: it declares ExponentialPolynomial, Symbolic, Assumptions, SymbolicFunctions.
// The build compiles the tests of normal forms once for each.
#ifndef NORMAL_FORMS
#define NORMAL_FORMS "number/symbolic_functions.hpp"
#endif
#include NORMAL_FORMS

/// Short names for formulas of symbols, and random ones.
namespace assay::testing {

using Coefficient = Symbolic::Coefficient;

inline const Assumptions no_assumptions;

inline Symbolic rational(long numerator, long denominator = 1) {
  Rational value(numerator, denominator);
  value.canonicalize();
  return Symbolic::from(value);
}

inline Symbolic x(std::size_t index) { return Symbolic::variable(index); }

inline Symbolic applied(Elementary f, const Symbolic& argument) {
  Symbolic out;
  REQUIRE(apply(f, out, argument, true, no_assumptions) == Status::ok);
  return out;
}

inline Symbolic exp(const Symbolic& t) { return applied(Elementary::exp, t); }
inline Symbolic cos(const Symbolic& t) { return applied(Elementary::cos, t); }
inline Symbolic sin(const Symbolic& t) { return applied(Elementary::sin, t); }
inline Symbolic cosh(const Symbolic& t) { return applied(Elementary::cosh, t); }
inline Symbolic sinh(const Symbolic& t) { return applied(Elementary::sinh, t); }
inline Symbolic square(const Symbolic& t) { return t * t; }

inline Symbolic ratio(const Symbolic& a, const Symbolic& b, const Assumptions& assumptions = no_assumptions) {
  Symbolic out;
  REQUIRE(divide(out, a, b, assumptions) == Status::ok);
  return out;
}

inline bool are_equal(const Symbolic& a, const Symbolic& b) {
  const bool by_normal_form = compare(a, b, no_assumptions) == relation::equal;
  CHECK((a == b) == by_normal_form);
  return by_normal_form;
}

inline Rational small_rational() {
  Rational value(*rc::gen::inRange(-6L, 7L), *rc::gen::inRange(1L, 5L));
  value.canonicalize();
  return value;
}

/// A root of unity that is not rational, of order 5 if the field has it.
inline Coefficient some_root_of_unity() {
  try {
    return Coefficient::root_of_unity(5, 2);
  } catch (const NotRepresentable&) {
    return Coefficient::root_of_unity(4, 3);
  }
}

// Random expressions.

inline Symbolic random_polynomial() {
  Symbolic sum;
  for (int term = *rc::gen::inRange(0, 4); term > 0; --term) {
    Symbolic product = Symbolic::from(small_rational());
    for (int degree = *rc::gen::inRange(0, 3); degree > 0; --degree) {
      const auto factor = *rc::gen::inRange<std::size_t>(0, 4);
      product = product * (factor < 3 ? x(factor) : Symbolic::complex_variable(0));
    }
    sum = sum + product;
  }
  return sum;
}

inline Symbolic random_symbolic() {
  Symbolic sum = random_polynomial();
  if (*rc::gen::arbitrary<bool>()) sum = sum + cos(random_polynomial()) * x(1);
  if (*rc::gen::arbitrary<bool>()) sum = sum + conj(exp(Symbolic::i() * random_polynomial() + rational(1, 2)));
  if (*rc::gen::arbitrary<bool>()) sum = sum + Symbolic::from(some_root_of_unity()) * Symbolic::pi();
  if (*rc::gen::arbitrary<bool>()) sum = ratio(sum, rational(1) + square(x(0)));
  // x + 2i has no real zero, so that the precondition of `fraction` holds.
  const Symbolic never_zero = x(2) + rational(2) * Symbolic::i();
  if (*rc::gen::arbitrary<bool>()) sum = sum * Symbolic::fraction(rational(1).numerator(), never_zero.numerator());
  return sum;
}

}  // namespace assay::testing
