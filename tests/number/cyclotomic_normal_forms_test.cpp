#include "normal_forms.hpp"

#include "function_bench.hpp"

// What only normal forms over all cyclotomic numbers can say.

using namespace assay;
using namespace assay::testing;

namespace {

/// MODADD-13: Σ_s (cos(wa + φ_s) + cos(wb + ψ_s))²·cos(wc + φ_s + ψ_s) with φ_s = 2πus/M and ψ_s = 2πvs/M.
Symbolic cyclic_family(long u, long v, long m) {
  const Symbolic w = x(0), a = x(1), b = x(2), c = x(3);
  Symbolic sum;
  for (long s = 0; s < m; ++s) {
    const Symbolic phi = Symbolic::pi() * rational(2 * u * s, m);
    const Symbolic psi = Symbolic::pi() * rational(2 * v * s, m);
    sum = sum + square(cos(w * a + phi) + cos(w * b + psi)) * cos(w * c + phi + psi);
  }
  return sum;
}

}  // namespace

TEST_CASE("a cyclic family of phases adds exactly just when its divisibility conditions hold", "[number][symbolic]") {
  const Symbolic angle = x(0) * (x(1) + x(2) - x(3));
  CHECK(are_equal(cyclic_family(1, 4, 6), rational(3) * cos(angle)));
  CHECK_FALSE(are_equal(cyclic_family(1, 4, 6), rational(-3) * cos(angle)));
  for (long m = 2; m <= 6; ++m) {
    for (long u = 0; u < m; ++u) {
      const long v = (u + 3) % m;
      bool expected = true;
      for (const long n : {u + v, 3 * u + v, u - v, u + 3 * v, 2 * (u + v), 2 * u, 2 * v}) {
        expected = expected && n % m != 0;
      }
      INFO("M = " << m << ", u = " << u << ", v = " << v);
      CHECK(are_equal(cyclic_family(u, v, m), rational(m, 2) * cos(angle)) == expected);
    }
  }
}

TEST_CASE("square roots and signs of cyclotomic constants are found", "[number][symbolic]") {
  Symbolic out;
  CHECK(power(out, rational(5), Rational(1, 2), true, no_assumptions) == Status::ok);
  CHECK(are_equal(square(out), rational(5)));
  CHECK(compare(out, Symbolic{}, no_assumptions) == relation::greater);
  CHECK(compare(out, rational(9, 4), no_assumptions) == relation::less);
  CHECK(compare(out * rational(-1), rational(-9, 4), no_assumptions) == relation::greater);
  CHECK(power(out, rational(-7), Rational(1, 2), false, no_assumptions) == Status::ok);
  CHECK(are_equal(square(out), rational(-7)));
  CHECK(sign(out, no_assumptions) == relation::unequal);
  const auto sign_of = [&](const Symbolic& s) { return sign(s, no_assumptions); };
  CHECK(sign_of(cos(Symbolic::pi() * rational(2, 5)) + square(x(2))) == relation::greater);
  CHECK(sign_of(cos(Symbolic::pi() * rational(3, 5)) - square(x(2))) == relation::less);
  CHECK(sign_of(cos(Symbolic::pi() * rational(1, 5)) - rational(809, 1000)) == relation::greater);
  CHECK(sign_of(cos(Symbolic::pi() * rational(1, 5)) - rational(810, 1000)) == relation::less);
  CHECK(are_equal(applied(Elementary::tan, Symbolic::pi() * rational(1, 4)), rational(1)));
  CHECK(to_string(cos(Symbolic::pi() * rational(1, 4)) * x(0)) == "(1/2*zeta(8) - 1/2*zeta(8)^3)*x0");
}

TEST_CASE("exponents are Gaussian rationals", "[number][symbolic]") {
  Symbolic out;
  const Symbolic fifth = Symbolic::from(Coefficient::root_of_unity(5, 1));
  CHECK(apply(Elementary::exp, out, x(0) * fifth, true, no_assumptions) == Status::open);
  CHECK(apply(Elementary::exp, out, x(0) * re(fifth), true, no_assumptions) == Status::open);
}

TEST_CASE("square roots of rational contents come out of kernels", "[number][symbolic]") {
  FunctionBench b;
  const Symbolic t = x(0);
  CHECK(b.are_equal(b.sqrt(rational(2) * t) * b.sqrt(rational(8) * t), rational(4) * t));
}
