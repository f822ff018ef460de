#include <mpfr.h>

#include <catch2/catch.hpp>

#include "midrad_testing.hpp"
#include "number/midrad.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

struct Case {
  const char* name;
  Elementary f;
  int (*reference)(mpfr_t, const mpfr_t, mpfr_rnd_t);
  double low, high;  ///< where points are taken
  double steepness;  ///< sharpness: the radius is at most 2 ulps and this times the operand's radius, there
};

const Case cases[] = {
    {"sqrt", Elementary::sqrt, mpfr_sqrt, 0.01, 1e6, 6},
    {"exp", Elementary::exp, mpfr_exp, -30, 5, 200},
    {"log", Elementary::log, mpfr_log, 0.01, 1e6, 110},
    {"sin", Elementary::sin, mpfr_sin, -100, 100, 1.1},
    {"cos", Elementary::cos, mpfr_cos, -100, 100, 1.1},
    {"tan", Elementary::tan, mpfr_tan, -1.4, 1.4, 40},
    {"asin", Elementary::asin, mpfr_asin, -0.99, 0.99, 10},
    {"acos", Elementary::acos, mpfr_acos, -0.99, 0.99, 10},
    {"atan", Elementary::atan, mpfr_atan, -50, 50, 1.1},
    {"sinh", Elementary::sinh, mpfr_sinh, -5, 5, 100},
    {"cosh", Elementary::cosh, mpfr_cosh, -5, 5, 100},
    {"tanh", Elementary::tanh, mpfr_tanh, -20, 20, 1.1},
    {"erf", Elementary::erf, mpfr_erf, -5, 5, 1.3},
    {"gamma", Elementary::gamma, mpfr_gamma, 0.1, 10, 2e6},
    {"digamma", Elementary::digamma, mpfr_digamma, 0.1, 10, 110},
};

/// Does x contain the number that lies between the two roundings of f(p) to 200 bits?
bool contains_value(MidRad x, const Case& c, double p) {
  if (!is_finite(x)) return false;
  mpfr_t argument;
  mpfr_t value;
  mpfr_init2(argument, 53);
  mpfr_init2(value, 200);
  mpfr_set_d(argument, p, MPFR_RNDN);
  const Rational low = exact(x.mid) - exact(x.rad);
  const Rational high = exact(x.mid) + exact(x.rad);
  const auto compared = [&](mpfr_rnd_t direction, const Rational& bound) {
    c.reference(value, argument, direction);
    return mpfr_cmp_q(value, bound.get_mpq_t());
  };
  // With no number of 200 bits between them, bound and value compare like bound and either rounding.
  const bool inside = compared(MPFR_RNDU, low) >= 0 && compared(MPFR_RNDD, high) <= 0;
  mpfr_clear(argument);
  mpfr_clear(value);
  return inside;
}

}  // namespace

TEST_CASE("elementary functions of sets contain the values at their points, by MPFR", "[number][midrad][property]") {
  for (const Case& c : cases) {
    Numbers numbers(31);
    for (int i = 0; i < 600; ++i) {
      const double mid = c.low + (c.high - c.low) * std::fabs(numbers.moderate()) / 2.5;
      const double rad =
          i % 3 == 0 ? 0 : std::ldexp(std::min(mid - c.low, c.high - mid), -static_cast<int>(numbers.pick(60)));
      const MidRad x{mid, rad};
      MidRad out;
      CAPTURE(c.name, mid, rad);
      const Status status = apply(c.f, out, x);
      if (status == Status::open && rad > 0x1p-20) continue;  // too wide for Arb
      REQUIRE(status == Status::ok);
      for (const double p : {mid, mid - rad * 0.999, mid + rad * 0.999, mid + rad / 3}) {
        if (!contains({mid, rad}, exact(p))) continue;
        CHECK(contains_value(out, c, p));
      }
      if (rad <= 0x1p-10 * std::fabs(mid)) CHECK(out.rad <= 2 * ulp * std::fabs(out.mid) + c.steepness * rad);
    }
  }
}

TEST_CASE("elementary functions know their exact values", "[number][midrad]") {
  const auto is = [](Elementary f, double x, double value) {
    MidRad out;
    return apply(f, out, {x, 0}) == Status::ok && out.mid == value && out.rad == 0;
  };
  CHECK(is(Elementary::exp, 0, 1));
  CHECK(is(Elementary::log, 1, 0));
  CHECK(is(Elementary::cos, 0, 1));
  CHECK(is(Elementary::cosh, 0, 1));
  CHECK(is(Elementary::acos, 1, 0));
  CHECK(is(Elementary::gamma, 1, 1));
  CHECK(is(Elementary::gamma, 5, 24));
  for (const Elementary f : {Elementary::sin, Elementary::tan, Elementary::asin, Elementary::atan, Elementary::sinh,
                             Elementary::tanh, Elementary::erf, Elementary::sqrt})
    CHECK(is(f, 0, 0));
  CHECK(is(Elementary::sqrt, 4, 2));
  CHECK(is(Elementary::sqrt, 0x1.8p-3 * 0x1.8p-3, 0x1.8p-3));
  MidRad out;
  CHECK(apply(Elementary::sqrt, out, {2, 0}) == Status::ok);
  CHECK(out.rad > 0);
}

TEST_CASE("elementary functions are undefined outside their domain and open across its edge", "[number][midrad]") {
  const auto status = [](Elementary f, MidRad x) {
    MidRad out;
    return apply(f, out, x);
  };
  for (const Elementary f : {Elementary::sqrt, Elementary::log}) {
    CHECK(status(f, {-eta, 0}) == Status::undefined);
    CHECK(status(f, {-1, 0.5}) == Status::undefined);
    CHECK(status(f, {0.5, 1}) == Status::open);
    CHECK(status(f, {eta, 0}) == Status::ok);
  }
  CHECK(status(Elementary::log, {0, 0}) == Status::undefined);
  CHECK(status(Elementary::log, {-1, 1}) == Status::undefined);
  CHECK(status(Elementary::log, {1, 1}) == Status::open);
  CHECK(status(Elementary::sqrt, {1, 1}) == Status::ok);
  CHECK(status(Elementary::sqrt, {-1, 1}) == Status::open);
  for (const Elementary f : {Elementary::asin, Elementary::acos}) {
    CHECK(status(f, {1, 0}) == Status::ok);
    CHECK(status(f, {0, 1}) == Status::ok);
    CHECK(status(f, {1 + ulp, 0}) == Status::undefined);
    CHECK(status(f, {1, ulp}) == Status::open);
    CHECK(status(f, {-2, 0.5}) == Status::undefined);
  }
  CHECK(status(Elementary::gamma, {-3, 0}) == Status::undefined);
  CHECK(status(Elementary::gamma, {0, 0}) == Status::undefined);
  CHECK(status(Elementary::gamma, {-3, 0.1}) == Status::open);
  CHECK(status(Elementary::gamma, {-3.5, 0.1}) == Status::ok);
  CHECK(status(Elementary::tan, {1.5707, 0.001}) == Status::open);
  CHECK(status(Elementary::tan, {0x1.921fb54442d18p+0, 0}) == Status::ok);
  CHECK(status(Elementary::exp, {1000, 0}) == Status::open);
}

TEST_CASE("huge, tiny and wide operands of elementary functions", "[number][midrad]") {
  MidRad out;
  REQUIRE(apply(Elementary::exp, out, {-744, 0}) == Status::ok);
  CHECK(contains_value(out, cases[1], -744));
  CHECK(out.rad <= eta);
  REQUIRE(apply(Elementary::exp, out, {-1e9, 0}) == Status::ok);
  CHECK((lower(out) <= 0 && upper(out) > 0 && upper(out) <= 4 * eta));
  REQUIRE(apply(Elementary::sin, out, {1e300, 0}) == Status::ok);
  CHECK(contains_value(out, cases[3], 1e300));
  REQUIRE(apply(Elementary::tanh, out, {0, 3}) == Status::ok);
  CHECK((upper(out) < 1 && lower(out) > -1));
  REQUIRE(apply(Elementary::cos, out, {0, 1e10}) == Status::ok);
  CHECK((upper(out) <= 1.01 && lower(out) >= -1.01));
  REQUIRE(apply(Elementary::log, out, {0.5, 0.5 - ulp}) == Status::ok);
  CHECK((lower(out) < -30 && upper(out) >= -ulp && upper(out) < 64 * ulp));
}

TEST_CASE("pi is enclosed to the last bit", "[number][midrad]") {
  mpfr_t pi;
  mpfr_init2(pi, 300);
  mpfr_const_pi(pi, MPFR_RNDN);
  const MidRad x = midrad_pi();
  CHECK(mpfr_cmp_q(pi, Rational(exact(x.mid) - exact(x.rad)).get_mpq_t()) > 0);
  CHECK(mpfr_cmp_q(pi, Rational(exact(x.mid) + exact(x.rad)).get_mpq_t()) < 0);
  CHECK(x.rad < 1.2246468e-16);
  mpfr_clear(pi);
}

TEST_CASE("real powers follow the conventions at 0 and below", "[number][midrad]") {
  const auto is = [](MidRad x, MidRad y, double value) {
    MidRad out;
    return power(out, x, y) == Status::ok && out.mid == value && out.rad == 0;
  };
  const auto status = [](MidRad x, MidRad y) {
    MidRad out;
    return power(out, x, y);
  };
  CHECK(is({0, 0}, {0, 0}, 1));
  CHECK(is({-2, 0}, {3, 0}, -8));
  CHECK(is({-2, 0}, {-2, 0}, 0.25));
  CHECK(is({0, 0}, {0.5, 0}, 0));
  CHECK(is({2, 0}, {100, 0}, 0x1p100));
  CHECK(status({0, 0}, {-1, 0}) == Status::undefined);
  CHECK(status({0, 0}, {-0.5, 0}) == Status::undefined);
  CHECK(status({-8, 0}, {0.5, 0}) == Status::undefined);
  CHECK(status({-8, 0}, {1, 0.5}) == Status::open);
  CHECK(status({0, 1}, {0.5, 0}) == Status::open);
  CHECK(status({0, 0}, {0, 0.5}) == Status::open);
  CHECK(status({1e-200, 0}, {-2, 0}) == Status::open);  // underflow on the way is no proof of 0
  MidRad out;
  REQUIRE(power(out, {1, 1}, {0.5, 0}) == Status::ok);
  CHECK((contains(out, 0) && contains(out, Rational(1414, 1000)) && upper(out) < 1.42));
  REQUIRE(power(out, {2, 0.5}, {0, 1}) == Status::ok);
  CHECK((contains(out, Rational(2, 5)) && contains(out, Rational(5, 2)) && upper(out) < 2.51 && lower(out) > 0.39));
}

TEST_CASE("complex arithmetic contains the values at points", "[number][midrad][property]") {
  Numbers numbers(32);
  for (int i = 0; i < 5000; ++i) {
    const ComplexMidRad x{numbers.moderate_set(), numbers.moderate_set()};
    const ComplexMidRad y{numbers.moderate_set(), numbers.moderate_set()};
    const Rational a = numbers.point_of(x.re), b = numbers.point_of(x.im);
    const Rational c = numbers.point_of(y.re), d = numbers.point_of(y.im);
    const auto holds = [](const ComplexMidRad& z, const Rational& re, const Rational& im) {
      return contains(z.re, re) && contains(z.im, im);
    };
    CHECK(holds(add(x, y), a + c, b + d));
    CHECK(holds(subtract(x, y), a - c, b - d));
    CHECK(holds(multiply(x, y), a * c - b * d, a * d + b * c));
    CHECK(holds(square(x), a * a - b * b, 2 * a * b));
    CHECK(holds(power(x, 3), a * a * a - 3 * a * b * b, 3 * a * a * b - b * b * b));
    ComplexMidRad quotient;
    if (divide(quotient, x, y) == Status::ok) {
      const Rational size = c * c + d * d;
      CHECK(holds(quotient, (a * c + b * d) / size, (b * c - a * d) / size));
    }
    const MidRad modulus = assay::abs(x);
    CHECK(contains(square(modulus), a * a + b * b));
  }
}

TEST_CASE("complex functions take principal values and know their singularities", "[number][midrad]") {
  ComplexMidRad out;
  const auto point = [](double re, double im) { return ComplexMidRad{MidRad{re, 0}, MidRad{im, 0}}; };
  REQUIRE(apply(Elementary::sqrt, out, point(-4, 0)) == Status::ok);
  CHECK(compare(out, point(0, 2)) == relation::equal);
  REQUIRE(apply(Elementary::log, out, point(-1, 0)) == Status::ok);
  CHECK((out.re.mid == 0 && out.re.rad == 0 && (compare(out.im, midrad_pi()) & relation::equal) != 0));
  REQUIRE(apply(Elementary::exp, out, point(0, 0)) == Status::ok);
  CHECK(compare(out, point(1, 0)) == relation::equal);
  REQUIRE(apply(Elementary::log, out, {MidRad{-1, 0}, MidRad{0, 1e-10}}) ==
          Status::ok);  // across the cut: both branches
  CHECK((upper(out.im) > 3.14 && lower(out.im) < -3.14));
  CHECK(apply(Elementary::log, out, point(0, 0)) == Status::undefined);
  CHECK(apply(Elementary::gamma, out, point(-1, 0)) == Status::undefined);
  CHECK(apply(Elementary::atan, out, point(0, 1)) == Status::undefined);
  CHECK(divide(out, point(1, 1), point(0, 0)) == Status::undefined);
  CHECK(divide(out, point(1, 1), {MidRad{0, 1}, MidRad{0, 1}}) == Status::open);
  CHECK(divide(out, point(1, 0), point(1e-200, 1e-200)) == Status::open);
  CHECK(compare(point(1, 2), point(1, 3)) == relation::unequal);
  CHECK(compare(point(1, 2), {MidRad{1, 0}, MidRad{2, 1}}) == relation::any);
  CHECK(assay::abs(point(3, 4)).mid == 5);
  CHECK(assay::abs(point(3, 4)).rad == 0);
}
