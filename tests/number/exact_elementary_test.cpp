#include "exact_testing.hpp"
#include "number/exact.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr Elementary all_functions[] = {Elementary::sqrt, Elementary::exp,  Elementary::log,  Elementary::sin,
                                        Elementary::cos,  Elementary::tan,  Elementary::asin, Elementary::acos,
                                        Elementary::atan, Elementary::sinh, Elementary::cosh, Elementary::tanh,
                                        Elementary::erf,  Elementary::gamma};

Status status(Elementary f, const Exact& x, bool over_reals = true) {
  Exact out;
  return apply(f, out, x, over_reals);
}

}  // namespace

TEST_CASE("exact elementary functions lie in the balls of the same functions", "[number][exact]") {
  for (const Elementary f : all_functions)
    for (const Exact& x : {number(1, 3), number(-1, 3), number(2), number(-5, 2), root(2), neg(root(3)), exact_pi(),
                           turn(1, 5), turn(-7, 12), number(1) - root(2), exact_pi() * exact_pi()}) {
      CAPTURE(static_cast<int>(f), to_string(x));
      Ball expected;
      const Status ball = apply(f, expected, re(enclosure(x, 200)), 200);
      Exact out;
      const Status exact = apply(f, out, x, true);
      if (ball == Status::undefined) CHECK(exact == Status::undefined);
      if (ball == Status::ok) {
        REQUIRE(exact == Status::ok);
        CHECK(overlap(enclosure(out, 150), complex_from(expected)));
        CHECK(is_real(out) != Truth::false_);
      }
    }
}

TEST_CASE("exact complex functions lie in the complex balls of the same functions", "[number][exact]") {
  for (const Elementary f : all_functions)
    for (const Exact& x : {number(2), number(-3), exact_i() * number(2), number(1) - exact_i(),
                           exact_root_of_unity(5, 2), exact_root_of_unity(5, 4), number(-2) * exact_root_of_unity(7, 1),
                           neg(exact_i()), exact_root_of_unity(8, 5), exact_i() * exact_pi() * number(1, 7)}) {
      CAPTURE(static_cast<int>(f), to_string(x));
      ComplexBall expected;
      const Status ball = apply(f, expected, enclosure(x, 200), 200);
      Exact out;
      const Status exact = apply(f, out, x, false);
      if (ball == Status::undefined) CHECK(exact == Status::undefined);
      if (ball == Status::ok && exact == Status::ok) CHECK(overlap(enclosure(out, 150), expected));
      if (ball == Status::ok) CHECK(exact != Status::undefined);
    }
}

TEST_CASE("domains of exact functions are decided on the boundary", "[number][exact]") {
  CHECK(status(Elementary::log, number(0)) == Status::undefined);
  CHECK(status(Elementary::log, root(2) * root(3) - root(6)) == Status::undefined);
  CHECK(status(Elementary::log, number(-1)) == Status::undefined);
  CHECK(status(Elementary::log, number(-1), false) == Status::ok);
  CHECK(status(Elementary::sqrt, number(-1)) == Status::undefined);
  CHECK(status(Elementary::sqrt, number(-1), false) == Status::ok);
  CHECK(status(Elementary::sqrt, number(1) - root(2)) == Status::undefined);
  CHECK(status(Elementary::tan, turn(1, 2)) == Status::undefined);
  CHECK(status(Elementary::tan, turn(-5, 2)) == Status::undefined);
  CHECK(status(Elementary::asin, number(1)) == Status::ok);
  CHECK(status(Elementary::asin, number(1000001, 1000000)) == Status::undefined);
  CHECK(status(Elementary::acos, root(2)) == Status::undefined);
  CHECK(status(Elementary::atan, exact_i()) == Status::undefined);
  CHECK(status(Elementary::gamma, number(0)) == Status::undefined);
  CHECK(status(Elementary::gamma, number(-7)) == Status::undefined);
  CHECK(status(Elementary::gamma, number(1000000)) == Status::open);
}

TEST_CASE("classical values come out as multiples of pi, rationals and roots", "[number][exact]") {
  CHECK(rational_value(at(Elementary::exp, number(0))) == Rational(1));
  CHECK(rational_value(at(Elementary::log, number(1))) == Rational(0));
  CHECK(rational_value(at(Elementary::cos, number(0))) == Rational(1));
  CHECK(rational_value(at(Elementary::sinh, number(0))) == Rational(0));
  CHECK(rational_value(at(Elementary::sin, turn(1, 6))) == Rational(1, 2));
  CHECK(rational_value(at(Elementary::sqrt, number(9, 4))) == Rational(3, 2));
  CHECK(rational_value(at(Elementary::gamma, number(6))) == Rational(120));
  CHECK(compare(at(Elementary::acos, number(1)), number(0)) == relation::equal);
  CHECK(compare(at(Elementary::acos, number(-1)), exact_pi()) == relation::equal);
  CHECK(compare(at(Elementary::acos, number(1, 2)), turn(1, 3)) == relation::equal);
  CHECK(compare(at(Elementary::asin, number(-1)), turn(-1, 2)) == relation::equal);
  CHECK(compare(at(Elementary::atan, number(1)), turn(1, 4)) == relation::equal);
  CHECK(compare(at(Elementary::atan, root(2) - number(1)), turn(1, 8)) == relation::equal);
  CHECK(compare(at(Elementary::log, number(-1), false), exact_i() * exact_pi()) == relation::equal);
  for (long n = 3; n <= 40; ++n)
    for (long k = 0; k <= n; ++k) {
      const Exact angle = turn(k, n);
      const Exact cosine = at(Elementary::cos, angle);
      CAPTURE(k, n);
      REQUIRE(compare(at(Elementary::acos, cosine), angle) == relation::equal);
      if (2 * k >= n) continue;
      REQUIRE(compare(at(Elementary::atan, at(Elementary::tan, angle)), angle) == relation::equal);
      REQUIRE(compare(at(Elementary::asin, at(Elementary::sin, angle)), angle) == relation::equal);
      if (n > 16) break;
    }
}

TEST_CASE("gamma at half-integers is a rational times the root of pi", "[number][exact]") {
  const Exact half = at(Elementary::gamma, number(1, 2));
  CHECK(compare(half * half, exact_pi()) == relation::equal);
  for (long k = -4; k <= 4; ++k) {
    const Exact x = number(2 * k + 1, 2);
    CHECK(compare(at(Elementary::gamma, x + number(1)), x * at(Elementary::gamma, x)) == relation::equal);
  }
}

TEST_CASE("exact powers follow the conventions of the notation", "[number][exact]") {
  Exact out;
  CHECK(power(out, number(0), 0L) == Status::ok);
  CHECK(rational_value(out) == Rational(1));
  CHECK(power(out, number(0), -1L) == Status::undefined);
  CHECK(power(out, number(0), number(1, 2)) == Status::ok);
  CHECK(rational_value(out) == Rational(0));
  CHECK(power(out, number(0), number(-1, 2)) == Status::undefined);
  CHECK(power(out, number(-8), number(1, 3)) == Status::undefined);
  CHECK(power(out, number(-8), root(2)) == Status::undefined);
  CHECK(power(out, number(-8), number(1, 3), false) == Status::ok);
  CHECK(compare(out, number(1) + exact_i() * root(3)) == relation::equal);
  CHECK(power(out, number(8), number(-2, 3)) == Status::ok);
  CHECK(rational_value(out) == Rational(1, 4));
  CHECK(power(out, number(2), number(3, 2)) == Status::ok);
  CHECK(compare(out, number(2) * root(2)) == relation::equal);
  CHECK(power(out, number(2), number(1, 3)) == Status::ok);
  Exact cube;
  CHECK(power(cube, out, 3L) == Status::ok);
  CHECK(compare(cube, number(2)) == relation::equal);
  CHECK(power(out, exact_i(), exact_i()) == Status::ok);
  CHECK(compare(out, at(Elementary::exp, turn(-1, 2))) == relation::equal);
  CHECK(power(out, at(Elementary::exp, number(1)), number(5)) == Status::ok);
  CHECK(compare(out, at(Elementary::exp, number(5))) == relation::equal);
  CHECK(power(out, number(2), root(2)) == Status::ok);
  CHECK(power(out, number(3), Integer("100000000000000000000")) == Status::open);
  CHECK(power(out, number(-1), Integer("100000000000000000001")) == Status::ok);
  CHECK(rational_value(out) == Rational(-1));
  CHECK(power(out, exact_i(), Integer("100000000000000000001")) == Status::ok);
  CHECK(compare(out, exact_i()) == relation::equal);
  CHECK(power(out, number(3), 1L << 40U) == Status::open);
  CHECK(power(out, exact_root_of_unity(113, 1), -114L) == Status::ok);
  CHECK(compare(out, exact_root_of_unity(113, -1)) == relation::equal);
}
