#include "number/ball.hpp"

#include <cmath>
#include <limits>

#include "base/contract.hpp"
#include "laws.hpp"
#include "number/limits.hpp"

using namespace assay;

namespace {

constexpr Elementary all_functions[] = {Elementary::sqrt, Elementary::exp,   Elementary::log,    Elementary::sin,
                                        Elementary::cos,  Elementary::tan,   Elementary::asin,   Elementary::acos,
                                        Elementary::atan, Elementary::sinh,  Elementary::cosh,   Elementary::tanh,
                                        Elementary::erf,  Elementary::gamma, Elementary::digamma};

Ball point(const Rational& x) { return ball_from(x, 200); }
Ball interval(double mid, double rad) { return ball_from_midrad(mid, rad); }
bool overlaps(const Ball& x, const Ball& y) { return arb_overlaps(x.get(), y.get()) != 0; }
bool encloses(const Ball& outer, const Ball& inner) { return arb_contains(outer.get(), inner.get()) != 0; }

/// A ball and a rational point of it.
struct Sample {
  Ball ball;
  Rational inside;
};

Sample random_sample() {
  const double mid = *rc::gen::inRange(-4000, 4000) / 1024.0;
  const double rad =
      std::ldexp(*rc::gen::inRange(0, 1000), -*rc::gen::element(5, 6, 7, 8, 9, 10, 12, 15, 20, 30, 40, 60));
  const Rational t(*rc::gen::inRange(-100, 101), 100);
  Rational inside = exact_rational(mid) + t * exact_rational(rad);
  inside.canonicalize();
  return {interval(mid, rad), inside};
}

}  // namespace

TEST_CASE("ring operations on balls enclose the results at all points", "[number][ball][property]") {
  CHECK(rc::check("inclusion", [] {
    const Sample x = random_sample();
    const Sample y = random_sample();
    const Rational& p = x.inside;
    const Rational& q = y.inside;
    for (const long precision : {2L, 53L, 200L}) {
      RC_ASSERT(contains(add(x.ball, y.ball, precision), p + q));
      RC_ASSERT(contains(sub(x.ball, y.ball, precision), p - q));
      RC_ASSERT(contains(mul(x.ball, y.ball, precision), p * q));
      RC_ASSERT(contains(neg(x.ball), -p));
      RC_ASSERT(contains(abs(x.ball), ::abs(p)));
      RC_ASSERT(contains(relu(x.ball), relu(p)));
      RC_ASSERT(contains(min(x.ball, y.ball, precision), p < q ? p : q));
      RC_ASSERT(contains(max(x.ball, y.ball, precision), p < q ? q : p));
      RC_ASSERT(contains(power(x.ball, 3, precision), p * p * p));
      const Ball joined = hull(x.ball, y.ball, precision);
      RC_ASSERT(contains(joined, p) && contains(joined, q));
      Ball quotient;
      if (divide(quotient, x.ball, y.ball, precision) == Status::ok) RC_ASSERT(contains(quotient, Rational(p / q)));
    }
    RC_ASSERT(lower(x.ball) <= p && p <= upper(x.ball));
    RC_ASSERT(exact_rational(lower_double(x.ball)) <= p && p <= exact_rational(upper_double(x.ball)));
  }));
}

TEST_CASE("elementary functions of a ball enclose those of its points and grow with it", "[number][ball][property]") {
  CHECK(rc::check("inclusion, monotonicity", [] {
    const Sample x = random_sample();
    const Elementary f =
        *rc::gen::elementOf(std::vector<Elementary>(std::begin(all_functions), std::end(all_functions)));
    Ball wide;
    const Status status = apply(f, wide, x.ball, 80);
    Ball at_point;
    const Status at_point_status = apply(f, at_point, point(x.inside), 120);
    if (status == Status::undefined) RC_ASSERT(at_point_status != Status::ok);
    if (status == Status::ok && at_point_status == Status::ok) RC_ASSERT(overlaps(wide, at_point));
    if (status == Status::ok) {
      RC_ASSERT(is_finite(wide));
      RC_ASSERT(at_point_status != Status::undefined);
    }
    Ball other;
    if (status == Status::ok && at_point_status == Status::ok && apply(f, other, x.ball, 200) == Status::ok)
      RC_ASSERT(overlaps(wide, other));
  }));
}

TEST_CASE("elementary functions at points are sharp", "[number][ball]") {
  for (const Elementary f : all_functions)
    for (const long precision : {53L, 300L}) {
      Ball out;
      CAPTURE(static_cast<int>(f), precision);
      REQUIRE(apply(f, out, ball_from(Rational(1, 3), precision + 20), precision) == Status::ok);
      CHECK(accuracy_bits(out) >= precision - 8);
    }
}

TEST_CASE("functional equations hold between enclosures", "[number][ball][property]") {
  CHECK(rc::check("sin² + cos² = 1, log exp = id, cosh² − sinh² = 1, Γ(x+1) = xΓ(x)", [] {
    const Ball x = point(Rational(*rc::gen::inRange(1, 4000), 1000));
    const auto at = [](Elementary f, const Ball& t) {
      Ball out;
      RC_ASSERT(apply(f, out, t, 200) == Status::ok);
      return out;
    };
    const auto square = [](const Ball& t) { return mul(t, t, 200); };
    RC_ASSERT(contains(add(square(at(Elementary::sin, x)), square(at(Elementary::cos, x)), 200), 1));
    RC_ASSERT(contains(sub(square(at(Elementary::cosh, x)), square(at(Elementary::sinh, x)), 200), 1));
    RC_ASSERT(overlaps(at(Elementary::log, at(Elementary::exp, x)), x));
    RC_ASSERT(overlaps(at(Elementary::gamma, add(x, ball_from(1), 200)), mul(x, at(Elementary::gamma, x), 200)));
  }));
}

TEST_CASE("wide arguments of monotone functions give almost the range", "[number][ball]") {
  Ball out;
  REQUIRE(apply(Elementary::exp, out, interval(0, 5), 53) == Status::ok);
  CHECK(upper_double(out) < 149);
  CHECK(lower_double(out) > -0.01);
  REQUIRE(apply(Elementary::tanh, out, interval(0, 30), 53) == Status::ok);
  CHECK(upper_double(out) < 1.001);
  REQUIRE(apply(Elementary::sqrt, out, interval(2, 2), 53) == Status::ok);
  CHECK(upper_double(out) < 2.001);
  REQUIRE(apply(Elementary::asin, out, interval(0, 1), 53) == Status::ok);
  CHECK(upper_double(out) < 1.572);
  REQUIRE(apply(Elementary::acos, out, interval(0.5, 0.5), 53) == Status::ok);
  CHECK(lower_double(out) > -0.01);
}

TEST_CASE("wide arguments around a turning point keep the turning value", "[number][ball]") {
  Ball out;
  REQUIRE(apply(Elementary::cosh, out, interval(0, 5), 53) == Status::ok);
  CHECK((contains(out, 1) && contains(out, 74)));
  REQUIRE(apply(Elementary::cos, out, interval(0, 1), 53) == Status::ok);
  CHECK(contains(out, 1));
  REQUIRE(apply(Elementary::sin, out, interval(1.5, 1), 53) == Status::ok);
  CHECK(contains(out, 1));
  REQUIRE(apply(Elementary::gamma, out, interval(1.5, 0.5), 53) == Status::ok);
  CHECK((contains(out, 1) && contains(out, Rational(8857, 10000))));  // the minimum is 0.88560…
}

TEST_CASE("domains are decided on both sides of each boundary", "[number][ball]") {
  const auto status = [](Elementary f, const Ball& x) {
    Ball out;
    return apply(f, out, x, 64);
  };
  const Ball zero;
  const Ball one = ball_from(1);
  const Ball straddles_zero = interval(0, 0x1p-40);
  const Ball straddles_one = interval(1, 0x1p-40);
  CHECK(status(Elementary::sqrt, zero) == Status::ok);
  CHECK(status(Elementary::sqrt, straddles_zero) == Status::open);
  CHECK(status(Elementary::sqrt, ball_from(-1)) == Status::undefined);
  CHECK(status(Elementary::log, zero) == Status::undefined);
  CHECK(status(Elementary::log, straddles_zero) == Status::open);
  CHECK(status(Elementary::log, interval(-1, 0.5)) == Status::undefined);
  CHECK(status(Elementary::acos, one) == Status::ok);
  CHECK(status(Elementary::acos, neg(one)) == Status::ok);
  CHECK(status(Elementary::acos, straddles_one) == Status::open);
  CHECK(status(Elementary::asin, interval(1.5, 0.25)) == Status::undefined);
  CHECK(status(Elementary::asin, interval(-1.5, 0.25)) == Status::undefined);
  CHECK(status(Elementary::gamma, zero) == Status::undefined);
  CHECK(status(Elementary::gamma, ball_from(-3)) == Status::undefined);
  CHECK(status(Elementary::gamma, interval(-3, 0.25)) == Status::open);
  CHECK(status(Elementary::gamma, ball_from(-2.5)) == Status::ok);
  CHECK(status(Elementary::tan, interval(1.5, 0.25)) == Status::open);
  Ball out;
  REQUIRE(apply(Elementary::acos, out, one, 64) == Status::ok);
  CHECK(arb_is_zero(out.get()) != 0);
}

TEST_CASE("results without a finite bound are open", "[number][ball]") {
  Ball out;
  Ball infinite;
  arb_pos_inf(infinite.get());
  Ball indeterminate;
  arb_indeterminate(indeterminate.get());
  for (const Elementary f : all_functions) {
    CHECK(apply(f, out, infinite, 64) == Status::open);
    CHECK(apply(f, out, indeterminate, 64) == Status::open);
  }
  CHECK(compare(indeterminate, ball_from(0)) == relation::any);
  CHECK(compare(indeterminate, indeterminate) == relation::any);
  CHECK_FALSE(unique_floor(indeterminate));
  CHECK_FALSE(guaranteed_decimal(infinite, 5));
  CHECK(lower_double(indeterminate) == -std::numeric_limits<double>::infinity());
  CHECK(upper_double(indeterminate) == std::numeric_limits<double>::infinity());
  CHECK_THROWS_AS(lower(infinite), NotRepresentable);
}

TEST_CASE("real powers follow the conventions of the notation", "[number][ball]") {
  Ball out;
  CHECK(power(out, Ball(), Ball(), 64) == Status::ok);
  CHECK(contains(out, 1));
  CHECK(power(out, Ball(), ball_from(-1), 64) == Status::undefined);
  CHECK(power(out, Ball(), ball_from(0.5), 64) == Status::ok);
  CHECK(arb_is_zero(out.get()) != 0);
  CHECK(power(out, Ball(), ball_from(-0.5), 64) == Status::undefined);
  CHECK(power(out, ball_from(-8), point(Rational(1, 3)), 64) == Status::undefined);
  CHECK(power(out, ball_from(-2), ball_from(3), 64) == Status::ok);
  CHECK(contains(out, -8));
  CHECK(power(out, ball_from(-2), interval(3, 0x1p-40), 64) == Status::open);
  CHECK(power(out, interval(0, 1), ball_from(0.5), 64) == Status::open);
  CHECK(power(out, interval(0, 1), ball_from(-1), 64) == Status::open);
  CHECK(power(out, interval(2, 2), ball_from(0.5), 64) == Status::ok);
  CHECK((contains(out, 0) && contains(out, 2) && upper_double(out) < 2.001));
  CHECK(power(out, ball_from(2), point(Rational(1, 3)), 64) == Status::ok);
  CHECK(contains(power(out, 3, 64), 2));
  CHECK(power(out, ball_from(3), ball_from(Integer(1) << 5000U), 64) == Status::open);
}

TEST_CASE("division by zero is undefined, by a ball around zero open", "[number][ball]") {
  Ball out;
  CHECK(divide(out, ball_from(1), Ball(), 64) == Status::undefined);
  CHECK(divide(out, ball_from(1), interval(0, 1), 64) == Status::open);
  CHECK(divide(out, ball_from(1), ball_from(4), 64) == Status::ok);
  CHECK((is_exact(out) && contains(out, Rational(1, 4))));
}

TEST_CASE("comparison excludes a relation only if no points satisfy it", "[number][ball][property]") {
  CHECK(compare(interval(0, 1), interval(2, 1)) == (relation::less | relation::equal));  // touching at 1
  CHECK(compare(interval(0, 1), interval(3, 1)) == relation::less);
  CHECK(compare(ball_from(2), ball_from(2)) == relation::equal);
  CHECK(compare(interval(2, 1), interval(2, 1)) == relation::any);
  CHECK(rc::check("the relation of two points is never excluded", [] {
    const Sample x = random_sample();
    const Sample y = random_sample();
    RC_ASSERT((compare(x.ball, y.ball) & compare(x.inside, y.inside)) != 0);
  }));
}

TEST_CASE("the floor of a ball is known exactly when its ends share it", "[number][ball]") {
  CHECK(unique_floor(interval(2.5, 0.25)) == Integer(2));
  CHECK(unique_floor(interval(-2.5, 0.25)) == Integer(-3));
  CHECK_FALSE(unique_floor(interval(3, 0x1p-40)));
  CHECK(unique_floor(ball_from(3)) == Integer(3));
  CHECK(unique_floor(interval(2.5, 0.5)) == std::nullopt);
}

TEST_CASE("guaranteed decimals show only digits that every point shares", "[number][ball]") {
  CHECK(guaranteed_decimal(pi(100), 20) == std::string("3.1415926535897932385"));
  CHECK_FALSE(guaranteed_decimal(pi(30), 20));
  CHECK_FALSE(guaranteed_decimal(interval(0.125, 0x1p-50), 2));  // around a tie
  CHECK(guaranteed_decimal(ball_from(0.125), 2) == std::string("0.12"));
  CHECK(guaranteed_decimal(ball_from(0.375), 2) == std::string("0.38"));
  CHECK_FALSE(guaranteed_decimal(interval(0, 0x1p-200), 3));
  CHECK(guaranteed_decimal(Ball(), 3) == std::string("0"));
  CHECK(guaranteed_decimal(Rational(2, 3), 4) == std::string("0.6667"));
  CHECK(rc::check("each point of the ball rounds to what is shown", [] {
    const Sample x = random_sample();
    const long digits = *rc::gen::inRange(1, 12);
    const auto shown = guaranteed_decimal(x.ball, digits);
    if (shown) RC_ASSERT(*shown == rounded_decimal(x.inside, digits));
    // Nothing is held back: if both ends round alike, it is shown.
    if (rounded_decimal(lower(x.ball), digits) == rounded_decimal(upper(x.ball), digits)) RC_ASSERT(shown.has_value());
  }));
}

TEST_CASE("relu of a ball is sharp on either side of the kink", "[number][ball]") {
  CHECK(arb_equal(relu(interval(3, 1)).get(), interval(3, 1).get()) != 0);
  CHECK(arb_is_zero(relu(interval(-3, 1)).get()) != 0);
  CHECK(arb_is_zero(relu(interval(-1, 1)).get()) != 0);
  const Ball kink = relu(interval(1, 3));
  CHECK((contains(kink, 0) && contains(kink, 4) && upper_double(kink) < 4.0001 && lower_double(kink) > -0.0001));
  const Ball distance = abs(interval(1, 3));
  CHECK((contains(distance, 0) && contains(distance, 4) && upper_double(distance) < 4.0001));
}

TEST_CASE("a radius is kept exactly if it has 30 bits, and is never rounded down", "[number][ball]") {
  CHECK(upper(interval(0, 1)) == 1);
  CHECK(upper(interval(0, 0x1p-1074)) == exact_rational(0x1p-1074));
  CHECK(upper(interval(0, 0x1.fffffff8p+3)) == exact_rational(0x1.fffffff8p+3));
  CHECK(rc::check("upwards, by at most 2^-29", [] {
    const double rad =
        std::ldexp(static_cast<double>(*rc::gen::inRange(1L << 52, 1L << 53)), *rc::gen::inRange(-1070, 900));
    const Rational kept = upper(interval(0, rad));
    RC_ASSERT(kept >= exact_rational(rad));
    RC_ASSERT(kept <= exact_rational(rad) * (1 + Rational(1, 1 << 29)));
  }));
}

TEST_CASE("balls from numbers are exact where they can be", "[number][ball]") {
  CHECK(is_exact(ball_from(0.1)));
  CHECK(is_exact(ball_from(Rational(3, 8), 53)));
  CHECK_FALSE(is_exact(ball_from(Rational(1, 3), 53)));
  CHECK(contains(ball_from(Rational(1, 3), 53), Rational(1, 3)));
  CHECK(contains(ball_between(Rational(1, 3), Rational(2, 3), 53), Rational(1, 2)));
  CHECK_THROWS_AS(ball_from(std::nan("")), InternalError);
  CHECK_THROWS_AS(ball_from_midrad(0, -1), InternalError);
  const Ball subnormal = ball_from_midrad(5e-324, 5e-324);
  CHECK(contains(subnormal, 0));
  CHECK(lower_double(subnormal) <= 0);
  CHECK(encloses(hull(ball_from(1), ball_from(2), 53), ball_from(1.5)));
}
