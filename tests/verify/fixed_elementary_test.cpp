#include "verify/fixed_elementary.hpp"

#include <catch2/catch.hpp>

#include "fixed_testing.hpp"
#include "number/ball.hpp"
#include "number/complex_ball.hpp"
#include "number/gelu.hpp"
#include "verify/complex_fixed_point.hpp"

/// Compared with the prover's functions: Arb's balls of 256 bits.

using namespace assay;
using namespace assay::verify;
using namespace assay::verify::testing;

namespace {

constexpr long precision = 256;

const std::vector<Elementary> all = {Elementary::sqrt, Elementary::exp,   Elementary::log,    Elementary::sin,
                                     Elementary::cos,  Elementary::tan,   Elementary::asin,   Elementary::acos,
                                     Elementary::atan, Elementary::sinh,  Elementary::cosh,   Elementary::tanh,
                                     Elementary::erf,  Elementary::gamma, Elementary::digamma};

/// Can the number that `ball` encloses be one of x?
bool agrees(FixedPoint x, const Ball& ball) {
  constexpr Relations ordered = relation::less | relation::equal;
  return !is_finite(x) || ((assay::compare(ball_from(lower(x), precision), ball) & ordered) != 0 &&
                           (assay::compare(ball, ball_from(upper(x), precision)) & ordered) != 0);
}

/// Checks values at points, and at points of sets. @returns how often there was a value, of points and of sets.
std::pair<int, int> check_function(Elementary f, int bits, unsigned seed) {
  Numbers numbers(seed);
  int points = 0;
  int sets = 0;
  for (int i = 0; i < 1500; ++i) {
    const FixedPoint x = numbers.set(bits);
    const Rational q = numbers.point_of(x);
    FixedPoint y;
    const Status status = apply(f, y, x);
    Ball ball;
    const Status exact = assay::apply(f, ball, ball_from(q, 1000), precision);
    CAPTURE(static_cast<int>(f), x.low, x.high, q, y.low, y.high);
    REQUIRE((status == Status::ok) == is_finite(y));
    if (status == Status::undefined) REQUIRE(exact != Status::ok);
    if (status != Status::ok) continue;
    REQUIRE(exact != Status::undefined);
    if (exact != Status::ok) continue;
    if (!agrees(y, ball)) FAIL("a value is missing");
    ++(is_point(x) ? points : sets);
    if (is_point(x)) {
      // A point only if the value is one, as it agrees.
      REQUIRE(y.high - y.low <= 1);
    }
  }
  return {points, sets};
}

}  // namespace

TEST_CASE("elementary functions of fixed-point intervals contain Arb's values", "[verify][fixed][property]") {
  unsigned seed = 100;
  for (const Elementary f : all)
    for (const int bits : {42, 46, 62}) {
      const auto [points, sets] = check_function(f, bits, ++seed);
      CAPTURE(static_cast<int>(f), bits);
      if (bits == 42) {
        CHECK(points > 100);
        CHECK(sets > (f == Elementary::gamma ? 20 : 100));
      }
    }
}

TEST_CASE("ranges over fixed-point intervals are those between extremes", "[verify][fixed][sharpness]") {
  Numbers numbers(200);
  for (const Elementary f : {Elementary::exp, Elementary::sin, Elementary::cos, Elementary::tanh, Elementary::atan,
                             Elementary::cosh, Elementary::erf}) {
    for (int i = 0; i < 300; ++i) {
      const std::int64_t a = numbers.integer(43);
      const FixedPoint x = {a, a + static_cast<std::int64_t>(numbers.below(std::uint64_t{1} << (i % 43)))};
      FixedPoint y;
      if (apply(f, y, x) != Status::ok) continue;
      // The hull of values at 200 points between is almost as wide.
      FixedPoint inner;
      for (int k = 0; k <= 200; ++k) {
        FixedPoint value;
        const auto step = static_cast<std::int64_t>(static_cast<Wide>(x.high - x.low) * k / 200);
        REQUIRE(apply(f, value, point(x.low + step)) == Status::ok);
        inner = k == 0 ? value : hull(inner, value);
      }
      CAPTURE(static_cast<int>(f), x.low, x.high, y.low, y.high, inner.low, inner.high);
      REQUIRE(contains(y, inner));
      // Between two points that are h apart sin and cos miss an extremum by at most h²/8; cosh by 4 times that here.
      const Rational h = (upper(x) - lower(x)) / 200;
      REQUIRE(upper(y) - lower(y) <= upper(inner) - lower(inner) + 16 * h * h + unit());
    }
  }
}

TEST_CASE("values that are numbers of the scale are points", "[verify][fixed]") {
  const auto value = [](Elementary f, const Rational& q) {
    FixedPoint y;
    REQUIRE(apply(f, y, fixed_from(q)) == Status::ok);
    return y;
  };
  CHECK(is_same(value(Elementary::sqrt, Rational(9, 4)), fixed_from(Rational(3, 2))));
  CHECK(is_same(value(Elementary::exp, 0), fixed_from(1)));
  CHECK(is_same(value(Elementary::log, 1), fixed_from(0)));
  CHECK(is_same(value(Elementary::cos, 0), fixed_from(1)));
  CHECK(is_same(value(Elementary::sin, 0), fixed_from(0)));
  CHECK(is_same(value(Elementary::gamma, 5), fixed_from(24)));
  CHECK(is_same(value(Elementary::cosh, 0), fixed_from(1)));
  CHECK(value(Elementary::sqrt, 2).high - value(Elementary::sqrt, 2).low == 1);
}

TEST_CASE("fixed-point functions keep to their domains", "[verify][fixed]") {
  FixedPoint y;
  const FixedPoint one = fixed_from(1);
  const auto status = [&](Elementary f, FixedPoint x) { return apply(f, y, x); };
  CHECK(status(Elementary::sqrt, point(-1)) == Status::undefined);
  CHECK(status(Elementary::sqrt, {-1, 1}) == Status::open);
  CHECK(status(Elementary::sqrt, {0, 1}) == Status::ok);
  CHECK(status(Elementary::log, point(0)) == Status::undefined);
  CHECK(status(Elementary::log, {-5, 0}) == Status::undefined);
  CHECK(status(Elementary::log, {0, 5}) == Status::open);
  CHECK(status(Elementary::log, point(1)) == Status::ok);
  CHECK(status(Elementary::asin, one) == Status::ok);
  CHECK(status(Elementary::acos, point(one.low + 1)) == Status::undefined);
  CHECK(status(Elementary::acos, {one.low, one.low + 1}) == Status::open);
  CHECK(status(Elementary::asin, point(-one.low - 1)) == Status::undefined);
  CHECK(status(Elementary::gamma, fixed_from(-3)) == Status::undefined);
  CHECK(status(Elementary::gamma, fixed_from(0)) == Status::undefined);
  CHECK(status(Elementary::gamma, fixed_from(Rational(-5, 2))) == Status::ok);
  CHECK(status(Elementary::gamma, {-one.low, one.low}) == Status::open);
  CHECK(status(Elementary::gamma, fixed_from(4000000)) == Status::open);
  CHECK(status(Elementary::digamma, {-one.low, -one.low / 2}) == Status::open);
  CHECK(status(Elementary::digamma, {-one.low + 1, -one.low / 2}) == Status::open);  // near the pole it does not fit
  CHECK(status(Elementary::digamma, {-one.low / 4 * 3, -one.low / 2}) == Status::ok);
  CHECK(status(Elementary::tan, {one.low, 2 * one.low}) == Status::open);  // the pole at π/2
  CHECK(status(Elementary::tan, {-one.low, one.low}) == Status::ok);
  CHECK(status(Elementary::exp, fixed_from(15)) == Status::ok);
  CHECK(status(Elementary::exp, fixed_from(16)) == Status::open);
  for (const Elementary f : all) CHECK(status(f, unknown()) == Status::open);
}

TEST_CASE("sin and cos know where their extremes are", "[verify][fixed]") {
  FixedPoint y;
  const std::int64_t one = FixedPoint::one;
  REQUIRE(apply(Elementary::cos, y, {-one, one}) == Status::ok);
  CHECK((y.high == one && y.low < one && y.low > 0));
  REQUIRE(apply(Elementary::sin, y, {one, 2 * one}) == Status::ok);
  CHECK((y.high == one && y.low > 0));
  REQUIRE(apply(Elementary::sin, y, {-2 * one, -one}) == Status::ok);
  CHECK((y.low == -one && y.high < 0));
  REQUIRE(apply(Elementary::cos, y, {3 * one, 4 * one}) == Status::ok);
  CHECK((y.low == -one && y.high < 0));
  REQUIRE(apply(Elementary::cos, y, {0, 7 * one}) == Status::ok);
  CHECK((y.low == -one && y.high == one));
  // Far away, too.
  REQUIRE(apply(Elementary::sin, y, {FixedPoint::largest - 2 * one, FixedPoint::largest - 2 * one + 5}) == Status::ok);
  CHECK(y.high - y.low <= 7);
}

TEST_CASE("powers of fixed-point intervals", "[verify][fixed][property]") {
  Numbers numbers(300);
  int known = 0;
  for (int i = 0; i < 4000; ++i) {
    const FixedPoint x = numbers.set(43);
    const auto n = static_cast<std::int64_t>(numbers.below(15)) - 5;
    FixedPoint y;
    const Status status = power(y, x, n);
    CAPTURE(x.low, x.high, n, y.low, y.high);
    if (n < 0 && may_be_zero(x)) {
      REQUIRE(status == (is_point(x) ? Status::undefined : Status::open));
      continue;
    }
    std::vector<Rational> ends = {assay::power(lower(x), n), assay::power(upper(x), n)};
    if (may_be_zero(x)) ends.push_back(assay::power(Rational(0), n));
    const FixedPoint expected = n == 0 ? fixed_from(1)
                                       : smallest_around(*std::min_element(ends.begin(), ends.end()),
                                                         *std::max_element(ends.begin(), ends.end()));
    REQUIRE(is_same(y, expected));
    REQUIRE(status == (is_finite(expected) ? Status::ok : Status::open));
    known += status == Status::ok ? 1 : 0;
  }
  CHECK(known > 1500);
  FixedPoint y;
  CHECK(power(y, fixed_from(2), INT64_MAX) == Status::open);
  CHECK(power(y, fixed_from(2), INT64_MIN) == Status::ok);
  CHECK(is_same(y, {0, 1}));
  CHECK(power(y, fixed_from(-1), INT64_MAX) == Status::ok);
  CHECK(is_same(y, fixed_from(-1)));
}

TEST_CASE("real powers of fixed-point intervals", "[verify][fixed][property]") {
  Numbers numbers(301);
  int known = 0;
  for (int i = 0; i < 3000; ++i) {
    const FixedPoint x = numbers.set(43);
    const FixedPoint y = numbers.set(43);
    FixedPoint z;
    const Status status = power(z, x, y);
    if (status != Status::ok) continue;
    ++known;
    const Rational p = numbers.point_of(x);
    const Rational q = numbers.point_of(y);
    if (p == 0) continue;
    Ball exact;
    if (assay::power(exact, ball_from(p, 500), ball_from(q, 500), precision) != Status::ok) continue;
    CAPTURE(x.low, x.high, y.low, y.high, p, q, z.low, z.high);
    REQUIRE(agrees(z, exact));
  }
  CHECK(known > 500);
  FixedPoint z;
  const FixedPoint half = fixed_from(Rational(1, 2));
  CHECK((power(z, fixed_from(4), half) == Status::ok && is_same(z, fixed_from(2))));
  CHECK((power(z, fixed_from(0), half) == Status::ok && is_same(z, fixed_from(0))));
  CHECK(power(z, fixed_from(-4), half) == Status::undefined);
  CHECK(power(z, fixed_from(0), negate(half)) == Status::undefined);
  CHECK(power(z, {-1, 1}, half) == Status::open);
  CHECK((power(z, fixed_from(-2), fixed_from(3)) == Status::ok && is_same(z, fixed_from(-8))));
}

TEST_CASE("gelu of fixed-point intervals", "[verify][fixed][property]") {
  Numbers numbers(302);
  const std::int64_t bottom = -826603523065;
  for (int i = 0; i < 3000; ++i) {
    FixedPoint x = numbers.set(i % 2 == 0 ? 43 : 62);
    if (i % 5 == 0) {
      const auto left = static_cast<std::int64_t>(numbers.below(std::uint64_t{1} << (i % 40)));
      x = {bottom - left, bottom + static_cast<std::int64_t>(numbers.below(std::uint64_t{1} << (i % 37)))};
    }
    FixedPoint y;
    if (gelu(y, x) != Status::ok) {
      CHECK_FALSE(is_finite(y));
      continue;
    }
    Ball exact;
    REQUIRE(assay::gelu(exact, ball_from(numbers.point_of(x), 500), precision) == Status::ok);
    CAPTURE(x.low, x.high, y.low, y.high);
    REQUIRE(agrees(y, exact));
    if (is_point(x)) REQUIRE(y.high - y.low <= 1);
    // No wider than the prover's range, up to units. (Far out balls have exponents that no rational has.)
    constexpr std::int64_t far = 32 * FixedPoint::one;
    if (x.low < -far || x.high > far) continue;
    Ball range;
    REQUIRE(assay::gelu(range, ball_between(lower(x), upper(x), precision), precision) == Status::ok);
    REQUIRE(lower(y) >= assay::lower(range) - 2 * unit());
    REQUIRE(upper(y) <= assay::upper(range) + 2 * unit());
  }
  FixedPoint y;
  REQUIRE(gelu(y, {2 * bottom, 0}) == Status::ok);
  Ball least;
  REQUIRE(assay::gelu(least, ball_from(below_gelu_minimum), precision) == Status::ok);
  CHECK(lower(y) <= assay::lower(least));
  CHECK(lower(y) >= assay::lower(least) - 3 * unit());
}

TEST_CASE("exponentials of complex fixed-point rectangles are roots of unity", "[verify][fixed]") {
  for (int n = 1; n <= 113; ++n)
    for (int k = 0; k < n; k += 7) {
      FixedPoint angle;
      REQUIRE(divide(angle, multiply(fixed_pi(), fixed_from(2L * k)), fixed_from(n)) == Status::ok);
      ComplexFixedPoint z;
      REQUIRE(apply(Elementary::exp, z, {point(0), angle}) == Status::ok);
      Ball turn = ball_from(Rational(2 * k) / n, precision);
      Ball exact_angle = mul(turn, assay::pi(precision), precision);
      Ball cosine;
      Ball sine;
      REQUIRE(assay::apply(Elementary::cos, cosine, exact_angle, precision) == Status::ok);
      REQUIRE(assay::apply(Elementary::sin, sine, exact_angle, precision) == Status::ok);
      REQUIRE((agrees(z.re, cosine) && agrees(z.im, sine)));
      REQUIRE((z.re.high - z.re.low <= 10 && z.im.high - z.im.low <= 10));
    }
  ComplexFixedPoint z;
  CHECK(apply(Elementary::log, z, {point(1), point(1)}) == Status::open);
}
