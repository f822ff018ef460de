#pragma once
#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "laws.hpp"
#include "number/exact.hpp"

/// Shorthands for the tests of Exact.
namespace assay::testing {

inline Exact number(long a, long b = 1) {
  Rational r(a, b);
  r.canonicalize();
  return Exact(r);
}

inline Exact at(Elementary f, const Exact& x, bool over_reals = true) {
  Exact out;
  REQUIRE(apply(f, out, x, over_reals) == Status::ok);
  return out;
}

inline Exact root(long n) { return at(Elementary::sqrt, number(n)); }

/// a·π/b.
inline Exact turn(long a, long b) { return number(a, b) * exact_pi(); }

inline bool overlap(const ComplexBall& x, const ComplexBall& y) { return acb_overlaps(x.get(), y.get()) != 0; }

/// Equal by exact decision; where Calcium does not know, at least by overlapping enclosures.
inline bool same(const Exact& x, const Exact& y) {
  const Relations relations = compare(x, y);
  if (relations == relation::any) return overlap(enclosure(x, 400), enclosure(y, 400));
  return relations == relation::equal;
}

/// A rational, a cyclotomic number, a multiple of π, or e or a logarithm times one.
inline Exact random_exact() {
  const Exact r{laws::random_rational(6)};
  Exact out;
  switch (*rc::gen::inRange(0, 6)) {
    case 0: return r;
    case 1: return r * exact_root_of_unity(*rc::gen::inRange(1, 12), *rc::gen::inRange(0, 12));
    case 2: return r * exact_pi();
    case 3:
      return apply(Elementary::sqrt, out, Exact(Rational(*rc::gen::inRange(2, 12))), true) == Status::ok ? r + out : r;
    case 4: return apply(Elementary::exp, out, Exact(Rational(1)), true) == Status::ok ? r * out : r;
    default: return apply(Elementary::log, out, Exact(Rational(2)), true) == Status::ok ? r + out : r;
  }
}

}  // namespace assay::testing
