#include "laws.hpp"
#include "number/ball.hpp"

using namespace assay;

namespace {

constexpr long precision = 120;

ComplexBall point(double x, double y) { return complex_from(ball_from(x), ball_from(y)); }
bool overlaps(const ComplexBall& x, const ComplexBall& y) { return acb_overlaps(x.get(), y.get()) != 0; }

ComplexBall at(Elementary f, const ComplexBall& z) {
  ComplexBall out;
  REQUIRE(apply(f, out, z, precision) == Status::ok);
  return out;
}

Status status(Elementary f, const ComplexBall& z) {
  ComplexBall out;
  return apply(f, out, z, precision);
}

}  // namespace

TEST_CASE("complex functions agree with the real ones on their real domains", "[number][complex]") {
  for (const Elementary f : {Elementary::sqrt, Elementary::exp, Elementary::log, Elementary::sin, Elementary::cos,
                             Elementary::tan, Elementary::asin, Elementary::acos, Elementary::atan, Elementary::sinh,
                             Elementary::cosh, Elementary::tanh, Elementary::erf, Elementary::gamma}) {
    Ball real;
    REQUIRE(apply(f, real, ball_from(0.375), precision) == Status::ok);
    const ComplexBall complex = at(f, complex_from(ball_from(0.375)));
    CAPTURE(static_cast<int>(f));
    CHECK(overlaps(complex, complex_from(real)));
    CHECK(accuracy_bits(complex) > precision - 10);
    CHECK(is_real(complex));
  }
}

TEST_CASE("inverse functions invert and satisfy their defining formulas, on the cuts too", "[number][complex]") {
  const ComplexBall i = point(0, 1);
  const auto definition = [&i](const ComplexBall& z) {  // −i log(iz + √(1 − z²))
    const ComplexBall root = at(Elementary::sqrt, sub(point(1, 0), mul(z, z, precision), precision));
    return neg(mul(i, at(Elementary::log, add(mul(i, z, precision), root, precision)), precision));
  };
  for (const ComplexBall& z :
       {point(2, 0), point(-2, 0), point(0.5, 1), point(-0.5, -1), point(3, -0.25), point(0, 2), point(0, -2)}) {
    CAPTURE(to_string(z));
    CHECK(overlaps(at(Elementary::asin, z), definition(z)));
    CHECK(overlaps(at(Elementary::sin, at(Elementary::asin, z)), z));
    CHECK(overlaps(at(Elementary::cos, at(Elementary::acos, z)), z));
    CHECK(overlaps(at(Elementary::tan, at(Elementary::atan, z)), z));
    CHECK(overlaps(at(Elementary::exp, at(Elementary::log, z)), z));
    const ComplexBall root = at(Elementary::sqrt, z);
    CHECK(overlaps(mul(root, root, precision), z));
    CHECK(arb_is_negative(re(root).get()) == 0);
    CHECK(accuracy_bits(at(Elementary::acos, z)) > 90);
  }
}

TEST_CASE("the principal branch of log and sqrt on the negative axis is the one from above", "[number][complex]") {
  CHECK(overlaps(at(Elementary::log, point(-1, 0)), complex_from(Ball(), pi(precision))));
  CHECK(overlaps(at(Elementary::sqrt, point(-4, 0)), point(0, 2)));
}

TEST_CASE("straddled cuts and singular points are not answered", "[number][complex]") {
  const ComplexBall across = complex_from(ball_from(-1), ball_from_midrad(0, 0x1p-40));
  CHECK(status(Elementary::log, across) == Status::open);
  CHECK(status(Elementary::sqrt, across) == Status::open);
  CHECK(status(Elementary::asin, complex_from(ball_from(2), ball_from_midrad(0, 0x1p-40))) == Status::open);
  CHECK(status(Elementary::acos, complex_from(ball_from(-2), ball_from_midrad(0, 0x1p-40))) == Status::open);
  CHECK(status(Elementary::atan, complex_from(ball_from_midrad(0, 0x1p-40), ball_from(2))) == Status::open);
  CHECK(status(Elementary::atan, point(0, 1)) == Status::undefined);
  CHECK(status(Elementary::atan, point(0, -1)) == Status::undefined);
  CHECK(status(Elementary::log, point(0, 0)) == Status::undefined);
  CHECK(status(Elementary::gamma, point(-2, 0)) == Status::undefined);
  CHECK(status(Elementary::sqrt, complex_from(ball_from_midrad(0, 1))) == Status::open);
  CHECK(status(Elementary::log, complex_from(ball_from_midrad(1, 2), ball_from_midrad(1, 2))) == Status::open);
}

TEST_CASE("a ball around a complex point encloses the function at the point", "[number][complex][property]") {
  CHECK(rc::check("inclusion off the cuts", [] {
    const auto coordinate = [] { return *rc::gen::inRange(-2000, 2000) / 512.0; };
    const double x = coordinate();
    const double y = coordinate();
    const double radius = std::ldexp(1.0, -*rc::gen::inRange(2, 50));
    const ComplexBall wide = complex_from(ball_from_midrad(x, radius), ball_from_midrad(y, radius));
    for (const Elementary f : {Elementary::sqrt, Elementary::log, Elementary::asin, Elementary::acos, Elementary::atan,
                               Elementary::tan, Elementary::tanh, Elementary::gamma, Elementary::erf}) {
      ComplexBall out;
      ComplexBall inner;
      if (apply(f, out, wide, 80) != Status::ok) continue;
      const ComplexBall corner = point(x + radius, y - radius);
      RC_ASSERT(apply(f, inner, corner, precision) == Status::ok);
      RC_ASSERT(overlaps(out, inner));
    }
  }));
}

TEST_CASE("complex powers follow the principal branch", "[number][complex]") {
  ComplexBall out;
  CHECK(power(out, point(0, 1), point(0, 1), precision) == Status::ok);  // i^i = e^(−π/2)
  Ball expected;
  Ball quarter = pi(precision);
  arb_mul_2exp_si(quarter.get(), quarter.get(), -1);
  REQUIRE(apply(Elementary::exp, expected, neg(quarter), precision) == Status::ok);
  CHECK(overlaps(out, complex_from(expected)));
  CHECK(power(out, point(0, 0), point(0, 0), precision) == Status::ok);
  CHECK(overlaps(out, point(1, 0)));
  CHECK(power(out, point(0, 0), point(-1, 0), precision) == Status::undefined);
  CHECK(power(out, point(0, 0), point(0.5, 3), precision) == Status::ok);
  CHECK(power(out, point(-8, 0), complex_from(ball_from(Rational(1, 3), precision)), precision) == Status::ok);
  CHECK(arb_is_positive(im(out).get()) != 0);
  CHECK(divide(out, point(1, 0), point(0, 0), precision) == Status::undefined);
  CHECK(divide(out, point(1, 0), complex_from(ball_from_midrad(0, 1)), precision) == Status::open);
}

TEST_CASE("complex comparison tells only equal from unequal", "[number][complex]") {
  CHECK(compare(point(1, 2), point(1, 2)) == relation::equal);
  CHECK(compare(point(1, 2), point(1, 3)) == relation::unequal);
  CHECK(compare(complex_from(ball_from_midrad(1, 1)), point(1, 0)) == relation::any);
  CHECK(guaranteed_decimal(point(0.5, -2), 2) == std::string("0.50 - 2.0*I"));
}
