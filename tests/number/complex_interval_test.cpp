#include "number/complex_interval.hpp"

#include <acb.h>

#include <catch2/catch.hpp>

#include "base/contract.hpp"
#include "interval_testing.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr Elementary functions[] = {Elementary::sqrt, Elementary::exp,  Elementary::log,  Elementary::sin,
                                    Elementary::cos,  Elementary::tan,  Elementary::asin, Elementary::acos,
                                    Elementary::atan, Elementary::sinh, Elementary::cosh, Elementary::tanh};

struct ComplexSample {
  ComplexInterval rectangle;
  Rational re, im;
};

Sample random_part() {
  const int size = *rc::gen::element(0, 0, 0, 1, 3, -4, -20);
  Rational low = random_rational(size);
  low /= *rc::gen::element(1, 1, 100000);
  if (*rc::gen::inRange(0, 4) == 0) low = Rational(floor(low));
  Rational width = ::abs(random_rational(*rc::gen::element(-300, -60, -30, -10, -1)));
  if (*rc::gen::inRange(0, 2) == 0) width = 0;
  const Interval out = interval_between(low, low + width, *rc::gen::element(24L, 64L, 128L));
  Rational inside = lower(out) + Rational(*rc::gen::inRange(0, 9), 8) * (upper(out) - lower(out));
  inside.canonicalize();
  return {out, inside};
}

ComplexSample random_complex() {
  const Sample re = random_part();
  const Sample im = random_part();
  return {{re.interval, im.interval}, re.inside, im.inside};
}

ComplexBall ball_of(const Rational& re, const Rational& im) {
  return complex_from(ball_from(re, 1000), ball_from(im, 1000));
}
ComplexBall point_of(const ComplexSample& z) { return ball_of(z.re, z.im); }

ComplexInterval at(double re, double im) { return {interval_from(re), interval_from(im)}; }
Interval interval(double low, double high) { return hull(interval_from(low), interval_from(high), 53); }

bool may_contain(const ComplexInterval& x, const ComplexBall& y) {
  return testing::may_contain(x.re, re(y)) && testing::may_contain(x.im, im(y));
}

/// Whether x is wider than the value by a few units in the last place of the value's size at most.
bool is_sharp_point(const ComplexInterval& x, const ComplexBall& value, long precision, long bits_lost) {
  Ball allowed = abs(value, reference_precision);
  arb_mul_2exp_si(allowed.get(), allowed.get(), bits_lost - precision);
  const auto close = [&](const Interval& part, const Ball& y) {
    return !is_certainly_less(allowed, assay::abs(sub(ball_at(part.left()), y, reference_precision))) &&
           !is_certainly_less(allowed, assay::abs(sub(ball_at(part.right()), y, reference_precision)));
  };
  return close(x.re, re(value)) && close(x.im, im(value));
}

}  // namespace

TEST_CASE("operations on rectangles enclose the results at all points", "[number][interval][complex][property]") {
  CHECK(rc::check("inclusion by Arb", [] {
    const ComplexSample x = random_complex();
    const ComplexSample y = random_complex();
    const ComplexBall p = point_of(x);
    const ComplexBall q = point_of(y);
    constexpr long more = reference_precision;
    for (const long precision : {2L, 53L, 128L}) {
      RC_ASSERT(may_contain(add(x.rectangle, y.rectangle, precision), add(p, q, more)));
      RC_ASSERT(may_contain(sub(x.rectangle, y.rectangle, precision), sub(p, q, more)));
      RC_ASSERT(may_contain(mul(x.rectangle, y.rectangle, precision), mul(p, q, more)));
      RC_ASSERT(may_contain(neg(x.rectangle), neg(p)));
      RC_ASSERT(may_contain(conj(x.rectangle), conj(p)));
      RC_ASSERT(testing::may_contain(abs(x.rectangle, precision), abs(p, more)));
      for (const long n : {0L, 1L, 2L, 5L}) RC_ASSERT(may_contain(power(x.rectangle, n, precision), power(p, n, more)));
      ComplexInterval quotient;
      ComplexBall expected;
      const Status status = divide(quotient, x.rectangle, y.rectangle, precision);
      if (status == Status::ok) {
        RC_ASSERT(divide(expected, p, q, more) == Status::ok);
        RC_ASSERT(may_contain(quotient, expected));
      } else {
        RC_ASSERT(contains_zero(y.rectangle.re) && contains_zero(y.rectangle.im));
      }
    }
  }));
}

TEST_CASE("complex functions of rectangles enclose those of their points", "[number][interval][complex][property]") {
  for (const Elementary f : functions)
    CHECK(rc::check("containment of function " + std::to_string(static_cast<int>(f)), [f] {
      const ComplexSample z = random_complex();
      ComplexInterval out;
      ComplexBall expected;
      const long precision = *rc::gen::element(20L, 53L, 128L);
      const Status status = apply(f, out, z.rectangle, precision);
      const Status there = apply(f, expected, point_of(z), reference_precision);
      if (status == Status::undefined) RC_ASSERT(there == Status::undefined);
      if (status != Status::ok) return;
      RC_ASSERT(is_finite(out));
      if (there == Status::ok) RC_ASSERT(may_contain(out, expected));
    }));
}

TEST_CASE("complex functions at points are sharp and have the statuses of balls",
          "[number][interval][complex][property]") {
  for (const Elementary f : functions)
    CHECK(rc::check("points, function " + std::to_string(static_cast<int>(f)), [f] {
      const auto part = [] { return *rc::gen::inRange(-40, 41) / 8.0; };
      const double x = part();
      const double y = part();
      constexpr long precision = 100;
      ComplexInterval out;
      ComplexBall expected;
      const Status status = apply(f, out, at(x, y), precision);
      const Status there = apply(f, expected, complex_from(ball_from(x), ball_from(y)), reference_precision);
      RC_ASSERT(status == there || (status == Status::ok && there == Status::open));
      if (status != Status::ok || there != Status::ok) return;
      RC_ASSERT(may_contain(out, expected));
      RC_ASSERT(is_sharp_point(out, expected, precision, 4));
    }));
}

TEST_CASE("principal branches are those of balls, on their cuts too", "[number][interval][complex]") {
  const auto of = [](Elementary f, const ComplexInterval& z) {
    ComplexInterval out;
    REQUIRE(apply(f, out, z, 100) == Status::ok);
    return guaranteed_decimal(out, 8).value_or("none");
  };
  const auto status = [](Elementary f, const ComplexInterval& z) {
    ComplexInterval out;
    return apply(f, out, z, 100);
  };
  CHECK(of(Elementary::log, at(-1, 0)) == "0 + 3.1415927*I");
  CHECK(of(Elementary::log, conj(at(-1, 0))) == "0 + 3.1415927*I");  // no sign of zero
  CHECK(of(Elementary::log, at(0, -2)) == "0.69314718 - 1.5707963*I");
  CHECK(of(Elementary::sqrt, at(-4, 0)) == "0 + 2.0000000*I");
  CHECK(of(Elementary::sqrt, conj(at(-4, 0))) == "0 + 2.0000000*I");
  CHECK(of(Elementary::sqrt, at(-4, -1)) == "0.24809839 - 2.0153295*I");
  CHECK(of(Elementary::sqrt, at(4, 0)) == "2.0000000");
  CHECK(of(Elementary::asin, at(2, 0)) == "1.5707963 - 1.3169579*I");
  CHECK(of(Elementary::acos, at(-2, 0)) == "3.1415927 - 1.3169579*I");
  for (const Elementary f : {Elementary::asin, Elementary::acos, Elementary::atan})
    for (const ComplexInterval& z : {at(2, 0), at(-2, 0), at(0, 2), at(0, -2), at(3, 0.5), at(-3, -0.5)}) {
      ComplexInterval out;
      ComplexBall expected;
      REQUIRE(apply(f, out, z, 100) == Status::ok);
      REQUIRE(apply(f, expected, complex_from(ball_at(z.re.left()), ball_at(z.im.left())), 300) == Status::ok);
      CHECK(may_contain(out, expected));
      CHECK(is_sharp_point(out, expected, 100, 3));
    }
  CHECK(status(Elementary::log, at(0, 0)) == Status::undefined);
  CHECK(status(Elementary::log, {interval(-1, 1), Interval()}) == Status::open);
  CHECK(status(Elementary::log, {interval(-2, -1), interval(-1, 1)}) == Status::open);
  CHECK(status(Elementary::log, {interval(-2, -1), interval(0, 1)}) == Status::open);
  CHECK(status(Elementary::log, {interval(1, 2), interval(-1, 1)}) == Status::ok);
  CHECK(status(Elementary::sqrt, {interval(-2, -1), interval(-1, 1)}) == Status::open);
  CHECK(status(Elementary::sqrt, {interval(-1, 1), Interval()}) == Status::open);
  CHECK(status(Elementary::sqrt, {interval(0, 1), interval(-1, 1)}) == Status::ok);
  CHECK(status(Elementary::atan, at(0, 1)) == Status::undefined);
  CHECK(status(Elementary::atan, at(0, -1)) == Status::undefined);
  CHECK(status(Elementary::asin, {interval(0, 2), interval(-1, 1)}) == Status::open);
  CHECK(status(Elementary::asin, {interval(0, 0.5), interval(-0.25, 0.25)}) == Status::ok);
  CHECK(status(Elementary::erf, at(1, 1)) == Status::open);
  CHECK(status(Elementary::gamma, at(-1, 0)) == Status::undefined);
  CHECK(of(Elementary::gamma, at(5, 0)) == "24.000000");
}

TEST_CASE("the square root of a rectangle is hardly larger than its range", "[number][interval][complex]") {
  ComplexInterval out;
  REQUIRE(apply(Elementary::sqrt, out, {interval(0, 4), interval(0, 3)}, 53) == Status::ok);
  CHECK(lower_double(out.re) == 0);
  // √((5 + 4)/2) = 2.12132034355… and Im √(3i) = 1.22474487139…
  CHECK((upper_double(out.re) > 2.1213203435 && upper_double(out.re) < 2.1213203436));
  CHECK((upper_double(out.im) > 1.2247448713 && upper_double(out.im) < 1.2247448714));
  REQUIRE(apply(Elementary::sqrt, out, {interval(1, 4), interval(-3, 3)}, 53) == Status::ok);
  CHECK(lower_double(out.re) == 1);
  CHECK(upper_double(out.im) == -lower_double(out.im));
}

TEST_CASE("logarithms near the unit circle keep their digits", "[number][interval][complex]") {
  // |3/5 + 4/5 i| = 1 in numbers of 200 bits, up to 2⁻¹⁹⁹.
  ComplexInterval z{interval_from(Rational(3, 5), 200), interval_from(Rational(4, 5), 200)};
  ComplexInterval out;
  REQUIRE(apply(Elementary::log, out, z, 100) == Status::ok);
  CHECK(contains_zero(out.re));
  CHECK(upper_double(abs(out.re)) < 0x1p-195);
  z = {interval_from(1), interval_from(0x1p-40)};  // log = 2⁻⁸¹ − …
  REQUIRE(apply(Elementary::log, out, z, 100) == Status::ok);
  CHECK(accuracy_bits(out.re) > 95);
}

TEST_CASE("complex powers follow the rules of balls", "[number][interval][complex]") {
  ComplexInterval out;
  CHECK(power(out, at(0, 0), at(0, 0), 64) == Status::ok);
  CHECK(compare(out, at(1, 0)) == relation::equal);
  CHECK(power(out, at(0, 0), at(-1, 0), 64) == Status::undefined);
  CHECK(power(out, at(0, 0), at(-1, 1), 64) == Status::undefined);
  CHECK(power(out, at(0, 0), at(0, 1), 64) == Status::open);
  CHECK(power(out, at(0, 0), at(1, 1), 64) == Status::ok);
  CHECK(power(out, {interval(-1, 1), interval(-1, 1)}, at(-2, 0), 64) == Status::open);
  REQUIRE(power(out, at(0, 1), at(-3, 0), 64) == Status::ok);
  CHECK(compare(out, at(0, 1)) == relation::equal);
  REQUIRE(power(out, at(0, 1), at(0, 1), 64) == Status::ok);
  CHECK(guaranteed_decimal(out, 10) == "0.2078795764");  // e^(−π/2)
  CHECK(power(out, at(-2, 0), at(0.5, 0), 64) == Status::ok);
  CHECK_THROWS_AS(power(at(1, 1), -1, 64), InternalError);
}

TEST_CASE("complex intervals compare and print as sets of numbers", "[number][interval][complex]") {
  CHECK(compare(at(1, 2), at(1, 2)) == relation::equal);
  CHECK(compare(at(1, 2), at(1, 3)) == relation::unequal);
  CHECK(compare({interval(0, 1), interval_from(0)}, at(0.5, 0)) == relation::any);
  CHECK(to_string(at(1, 0.5)) == "1 + 0.5*I");
  CHECK(to_string(at(1, 0)) == "1");
  CHECK(accuracy_bits(at(1, 2)) > 1000);
  CHECK(accuracy_bits({interval_from(Rational(1, 3), 100), interval_from(0)}) > 97);
}

TEST_CASE("complex functions of hostile rectangles are open, or finite", "[number][interval][complex]") {
  const Interval huge = scaled(interval_from(1), 1L << 29);
  const std::vector<Interval> parts = {Interval(),
                                       Interval::whole(),
                                       huge,
                                       neg(huge),
                                       scaled(interval_from(1), -(1L << 29)),
                                       interval(-1, 1),
                                       scaled(interval_from(1), 1L << 40),
                                       interval_from(1e9)};
  for (const Interval& x : parts)
    for (const Interval& y : parts) {
      const ComplexInterval z{x, y};
      for (const Elementary f : functions) {
        ComplexInterval out;
        CAPTURE(static_cast<int>(f), to_string(z));
        const Status status = apply(f, out, z, 64);
        if (status == Status::ok) CHECK(is_finite(out));
        if (!is_finite(z)) CHECK(status == Status::open);
      }
      ComplexInterval out;
      if (divide(out, at(1, 1), z, 64) == Status::ok) CHECK(is_finite(out));
      if (power(out, z, at(0.5, 0.5), 64) == Status::ok) CHECK(is_finite(out));
      for (const ComplexInterval& w : {mul(z, z, 64), power(z, 1L << 40, 64), add(z, z, 64)})
        CHECK((mpfr_nan_p(w.re.left()) == 0 && mpfr_nan_p(w.im.right()) == 0));
    }
}
