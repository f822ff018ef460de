#pragma once
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "number/laws.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "verify/exact_number.hpp"

/// Shorthands for the tests of ExactNumber.
namespace assay::verify::testing {

inline ExactNumber number(long a, long b = 1) {
  Rational r(a, b);
  r.canonicalize();
  return ExactNumber(r);
}

inline ExactNumber at(Elementary f, const ExactNumber& x, bool over_reals = true) {
  ExactNumber out;
  REQUIRE(apply(f, out, x, over_reals) == Status::ok);
  return out;
}

inline ExactNumber raised(const ExactNumber& x, const ExactNumber& y) {
  ExactNumber out;
  REQUIRE(power(out, x, y) == Status::ok);
  return out;
}

inline ExactNumber quotient(const ExactNumber& x, const ExactNumber& y) {
  ExactNumber out;
  REQUIRE(divide(out, x, y) == Status::ok);
  return out;
}

inline ExactNumber root(const ExactNumber& x) { return at(Elementary::sqrt, x); }
inline ExactNumber root(long n) { return root(number(n)); }
inline ExactNumber cube_root(const ExactNumber& x) { return raised(x, number(1, 3)); }

/// a·π/b.
inline ExactNumber turn(long a, long b) { return number(a, b) * exact_pi(); }

inline bool overlap(const ComplexInterval& x, const ComplexInterval& y) {
  return (compare(x, y) & relation::equal) != 0;
}

/// A rational, a cyclotomic number, a multiple of π, or e or a logarithm times one.
inline ExactNumber random_exact_number() {
  const ExactNumber r{laws::random_rational(6)};
  switch (*rc::gen::inRange(0, 8)) {
    case 0: return r;
    case 1: return r * exact_root_of_unity(*rc::gen::inRange(1, 12), *rc::gen::inRange(0, 12));
    case 2: return r * exact_pi();
    case 3: return r + root(*rc::gen::inRange(2, 12));
    case 4: return r * at(Elementary::exp, number(*rc::gen::inRange(1, 3)));
    case 5: return r + raised(number(*rc::gen::inRange(2, 5)), number(1, 3));
    case 6: return r * root(number(1) + root(2));
    default: return r + at(Elementary::log, number(*rc::gen::inRange(2, 7)));
  }
}

}  // namespace assay::verify::testing
