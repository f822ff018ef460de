#include "verify/fixed_point.hpp"

#include <bit>
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "fixed_testing.hpp"
#include "number/float_import.hpp"
#include "verify/complex_fixed_point.hpp"
#include "verify/enclosure_text.hpp"

using namespace assay;
using namespace assay::verify;
using namespace assay::verify::testing;

namespace {

constexpr int many = 20000;
using Exact = std::function<Rational(const Rational&, const Rational&)>;

/// Checks that `f` of random sets contains `exact` of points of them, and, as the extremes of `exact` are at the ends,
/// or at 0 where `has_zero` says so, that it is the smallest such set.
/// @returns how many results were known.
int check_sharp(unsigned seed, const std::function<FixedPoint(FixedPoint, FixedPoint)>& f, const Exact& exact,
                bool has_zero = false) {
  Numbers numbers(seed);
  int known = 0;
  for (int i = 0; i < many; ++i) {
    const FixedPoint x = numbers.set(i % 2 == 0 ? 62 : 50);
    const FixedPoint y = numbers.set(i % 2 == 0 ? 62 : 50);
    const FixedPoint z = f(x, y);
    CAPTURE(x.low, x.high, y.low, y.high, z.low, z.high);
    const Rational p = numbers.point_of(x);
    const Rational q = numbers.point_of(y);
    if (!contains_rational(z, exact(p, q))) FAIL("a value is missing");
    Rational least = exact(lower(x), lower(y));
    Rational most = least;
    for (const Rational& a : {lower(x), upper(x), Rational(has_zero && may_be_zero(x) ? Rational(0) : lower(x))})
      for (const Rational& b : {lower(y), upper(y)}) {
        least = std::min(least, exact(a, b));
        most = std::max(most, exact(a, b));
      }
    if (!is_same(z, smallest_around(least, most))) FAIL("not the smallest set");
    if (is_finite(z)) ++known;
  }
  return known;
}

Rational largest_number() { return upper(point(FixedPoint::largest)); }

}  // namespace

TEST_CASE("ring operations on fixed-point intervals are the smallest enclosures, or unknown where those do not fit",
          "[verify][fixed][property]") {
  const auto between = [](int n) { return n > many / 4 && n < many; };
  CHECK(between(check_sharp(
      1, [](FixedPoint x, FixedPoint y) { return add(x, y); },
      [](const Rational& p, const Rational& q) { return Rational(p + q); })));
  CHECK(between(check_sharp(
      2, [](FixedPoint x, FixedPoint y) { return subtract(x, y); },
      [](const Rational& p, const Rational& q) { return Rational(p - q); })));
  CHECK(between(check_sharp(
      3, [](FixedPoint x, FixedPoint y) { return multiply(x, y); },
      [](const Rational& p, const Rational& q) { return Rational(p * q); })));
  CHECK(between(check_sharp(
      4, [](FixedPoint x, FixedPoint) { return square(x); },
      [](const Rational& p, const Rational&) { return Rational(p * p); }, true)));
}

TEST_CASE("abs, relu, max and min of fixed-point intervals are exact", "[verify][fixed][property]") {
  CHECK(check_sharp(
            5, [](FixedPoint x, FixedPoint) { return verify::abs(x); },
            [](const Rational& p, const Rational&) { return Rational(::abs(p)); }, true) == many);
  CHECK(check_sharp(
            6, [](FixedPoint x, FixedPoint) { return verify::relu(x); },
            [](const Rational& p, const Rational&) { return assay::relu(p); }, true) == many);
  CHECK(check_sharp(
            7, [](FixedPoint x, FixedPoint y) { return verify::max(x, y); },
            [](const Rational& p, const Rational& q) { return std::max(p, q); }) == many);
  CHECK(check_sharp(
            8, [](FixedPoint x, FixedPoint y) { return verify::min(x, y); },
            [](const Rational& p, const Rational& q) { return std::min(p, q); }) == many);
}

TEST_CASE("quotients of fixed-point intervals are the smallest enclosures", "[verify][fixed][property]") {
  Numbers numbers(9);
  int known = 0;
  for (int i = 0; i < many; ++i) {
    const FixedPoint x = numbers.set(50);
    const FixedPoint y = numbers.set(50);
    FixedPoint z;
    const Status status = divide(z, x, y);
    CAPTURE(x.low, x.high, y.low, y.high, z.low, z.high);
    if (may_be_zero(y)) {
      REQUIRE(status == (is_point(y) ? Status::undefined : Status::open));
      continue;
    }
    Rational least = lower(x) / lower(y);
    Rational most = least;
    for (const Rational& p : {lower(x), upper(x)})
      for (const Rational& q : {lower(y), upper(y)}) {
        least = std::min(least, Rational(p / q));
        most = std::max(most, Rational(p / q));
      }
    const FixedPoint expected = smallest_around(least, most);
    REQUIRE(status == (is_finite(expected) ? Status::ok : Status::open));
    REQUIRE(is_same(z, expected));
    known += status == Status::ok ? 1 : 0;
  }
  CHECK(known > many / 4);
}

TEST_CASE("quotients of integers of any size are the smallest enclosures", "[verify][fixed][property]") {
  Numbers numbers(16);
  int known = 0;
  const auto any = [&] {
    const std::int64_t edges[] = {0, 1, -1, INT64_MAX, INT64_MIN, 4194304, -10000000};
    return numbers.below(4) == 0 ? edges[numbers.below(7)] : numbers.integer(63);
  };
  for (int i = 0; i < many; ++i) {
    const std::int64_t a = any();
    const std::int64_t b = any();
    FixedPoint z;
    const Status status = divide(z, a, b);
    CAPTURE(a, b, z.low, z.high);
    if (b == 0) {
      REQUIRE(status == Status::undefined);
      continue;
    }
    const Rational exact = Rational(exact_integer(a)) / Rational(exact_integer(b));
    const FixedPoint expected = smallest_around(exact, exact);
    REQUIRE(is_same(z, expected));
    REQUIRE(status == (is_finite(expected) ? Status::ok : Status::open));
    known += status == Status::ok ? 1 : 0;
  }
  CHECK(known > many / 4);
}

TEST_CASE("relations between fixed-point intervals are those that their numbers have", "[verify][fixed][property]") {
  Numbers numbers(10);
  for (int i = 0; i < many; ++i) {
    const int bits = i % 2 == 0 ? 4 : 62;
    const FixedPoint x = numbers.set(bits);
    const FixedPoint y = numbers.set(bits);
    const Relations found = compare(x, y);
    Relations expected = relation::none;
    if (lower(x) < upper(y)) expected |= relation::less;
    if (upper(x) > lower(y)) expected |= relation::greater;
    if (lower(x) <= upper(y) && lower(y) <= upper(x)) expected |= relation::equal;
    REQUIRE(found == expected);
    REQUIRE((found & assay::compare(numbers.point_of(x), numbers.point_of(y))) != 0);
  }
  CHECK(compare(unknown(), point(5)) == relation::any);
  CHECK(compare(point(FixedPoint::largest), unknown()) == relation::any);
}

TEST_CASE("nothing becomes known of what is unknown", "[verify][fixed]") {
  Numbers numbers(11);
  for (int i = 0; i < many; ++i) {
    const FixedPoint x = i % 8 == 0 ? unknown() : numbers.set();
    for (const FixedPoint& z :
         {add(unknown(), x), add(x, unknown()), subtract(unknown(), x), subtract(x, unknown()), multiply(unknown(), x),
          multiply(x, unknown()), negate(unknown()), verify::abs(unknown()), verify::relu(unknown()), square(unknown()),
          verify::max(x, unknown()), verify::min(unknown(), x), hull(x, unknown())})
      REQUIRE(is_same(z, unknown()));
    FixedPoint out;
    REQUIRE(divide(out, unknown(), point(FixedPoint::one)) == Status::open);
    REQUIRE(divide(out, x, unknown()) == Status::open);
    REQUIRE_FALSE(unique_floor(unknown()));
    REQUIRE_FALSE(known_integer(unknown()));
  }
}

TEST_CASE("the range of fixed-point numbers ends where it says", "[verify][fixed]") {
  const FixedPoint top = point(FixedPoint::largest);
  CHECK(is_finite(top));
  CHECK_FALSE(is_finite(add(top, point(1))));
  CHECK_FALSE(is_finite(subtract(negate(top), point(1))));
  CHECK(is_same(add(top, point(-1)), point(FixedPoint::largest - 1)));
  CHECK(is_same(add(top, negate(top)), point(0)));
  const std::int64_t whole = (std::int64_t{1} << 22U) - 1;
  CHECK(known_integer(fixed_from(whole)) == whole);
  CHECK_FALSE(is_finite(fixed_from(whole + 1)));
  CHECK_FALSE(is_finite(fixed_from(-whole - 1)));
  CHECK_FALSE(is_finite(fixed_from(INT64_MAX)));
  CHECK_FALSE(is_finite(fixed_from(INT64_MIN)));
  CHECK(is_finite(fixed_from(largest_number())));
  CHECK_FALSE(is_finite(fixed_from(Rational(largest_number() + unit() / 1000))));
  CHECK_FALSE(is_finite(fixed_from(Rational(-largest_number() - unit() / 1000))));
  CHECK_FALSE(is_finite(fixed_from(Rational(power(Rational(10), 400)))));
  CHECK(is_same(fixed_from(Rational(power(Rational(10), -400))), {0, 1}));
  // 2048² just does not fit, and the square root of the largest number just does.
  CHECK_FALSE(is_finite(square(fixed_from(2048))));
  CHECK(is_finite(square(point(fixed_from(2048).low - 1))));
  FixedPoint out;
  CHECK(divide(out, top, point(FixedPoint::one - 1)) == Status::open);
  CHECK(divide(out, top, point(FixedPoint::one)) == Status::ok);
}

TEST_CASE("doubles are read from their bits", "[verify][fixed][property]") {
  Numbers numbers(12);
  const double edges[] = {
      0.0,     -0.0,      0x1p-1074,  -0x1p-1074, 0x1p-1022, 0x0.fffffffffffffp-1022, 1e308, -1e308, 1e-32, 0x1p-40,
      0x1p-41, 0x1.8p-40, -0x1.8p-40, 0x1p22,     -0x1p22,   0x1.fffffffffffffp21,    0.1,   30.5};
  int points = 0;
  int known = 0;
  const auto check = [&](double x) {
    const FixedPoint found = fixed_from_double(x);
    const Rational exact = exact_rational(x);
    CAPTURE(x, found.low, found.high);
    REQUIRE(is_same(found, smallest_around(exact, exact)));
    known += is_finite(found) ? 1 : 0;
    points += is_finite(found) && is_point(found) ? 1 : 0;
  };
  for (const double x : edges) check(x);
  for (int i = 0; i < many; ++i) {
    const std::uint64_t fraction = numbers.below(std::uint64_t{1} << 52U) >> (i % 3 == 0 ? 29 : 0)
                                                                                 << (i % 3 == 0 ? 29 : 0);
    const std::uint64_t exponent = i % 2 == 0 ? numbers.below(2047) : 1023 - 45 + numbers.below(70);
    check(std::bit_cast<double>(numbers.below(2) << 63U | exponent << 52U | fraction));
  }
  CHECK(known > many / 2);
  CHECK(points > many / 20);
  for (const double x : {std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                         std::nan(""), std::numeric_limits<double>::signaling_NaN()}) {
    CHECK_FALSE(is_finite(fixed_from_double(x)));
    // They are refused before anything is computed (files/elements.hpp).
    CHECK_FALSE(exact_float_value(FloatFormat::float64, std::bit_cast<std::uint64_t>(x)));
  }
}

TEST_CASE("floors and integers of fixed-point intervals", "[verify][fixed]") {
  const FixedPoint half = fixed_from(Rational(1, 2));
  CHECK(unique_floor(half) == 0);
  CHECK(unique_floor(negate(half)) == -1);
  CHECK(unique_floor(fixed_from(-3)) == -3);
  CHECK_FALSE(unique_floor({-1, 0}));
  CHECK_FALSE(unique_floor({FixedPoint::one - 1, FixedPoint::one}));
  CHECK(unique_floor({FixedPoint::one, 2 * FixedPoint::one - 1}) == 1);
  CHECK(known_integer(fixed_from(-7)) == -7);
  CHECK_FALSE(known_integer(half));
  CHECK_FALSE(known_integer({0, FixedPoint::one}));
}

TEST_CASE("halves, middles and wider sets", "[verify][fixed][property]") {
  Numbers numbers(13);
  for (int i = 0; i < many; ++i) {
    const FixedPoint x = numbers.set();
    std::array<FixedPoint, 2> halves;
    if (in_halves(x, halves)) {
      REQUIRE((halves[0].low == x.low && halves[1].high == x.high && halves[0].high == halves[1].low));
      REQUIRE((has_smaller_radius(halves[0], x) && has_smaller_radius(halves[1], x)));
    } else {
      REQUIRE(x.high - x.low <= 1);
    }
    REQUIRE(contains(x, midpoint(x)));
    REQUIRE(midpoint_rational(x) + radius_rational(x) == upper(x));
    const FixedPoint y = numbers.set(40);
    const FixedPoint wide = widened(y, 0x1p-3, x);
    if (is_finite(wide)) {
      REQUIRE(lower(wide) <= lower(y) - radius_rational(x) / 8);
      REQUIRE(upper(wide) >= upper(y) + radius_rational(x) / 8);
      REQUIRE(upper(wide) <= upper(y) + radius_rational(x) / 8 + 2 * unit());
    }
  }
  CHECK_FALSE(is_finite(widened(point(0), std::numeric_limits<double>::infinity(), {0, 1})));
}

TEST_CASE("complex fixed-point rectangles contain sums, products, quotients and powers", "[verify][fixed][property]") {
  Numbers numbers(14);
  struct Pair {
    Rational re, im;
  };
  const auto times = [](const Pair& a, const Pair& b) {
    return Pair{a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  };
  const auto inside = [](const ComplexFixedPoint& z, const Pair& q) {
    return contains_rational(z.re, q.re) && contains_rational(z.im, q.im);
  };
  int quotients = 0;
  int powers = 0;
  for (int i = 0; i < many / 4; ++i) {
    const ComplexFixedPoint x = {numbers.set(42), numbers.set(42)};
    const ComplexFixedPoint y = {numbers.set(42), numbers.set(42)};
    const Pair p = {numbers.point_of(x.re), numbers.point_of(x.im)};
    const Pair q = {numbers.point_of(y.re), numbers.point_of(y.im)};
    REQUIRE(inside(add(x, y), {p.re + q.re, p.im + q.im}));
    REQUIRE(inside(subtract(x, y), {p.re - q.re, p.im - q.im}));
    REQUIRE(inside(multiply(x, y), times(p, q)));
    REQUIRE(inside(square(x), times(p, p)));
    ComplexFixedPoint z;
    if (divide(z, x, y) == Status::ok) {
      const Rational size = q.re * q.re + q.im * q.im;
      const Pair product = times(p, {q.re, -q.im});
      REQUIRE(inside(z, {product.re / size, product.im / size}));
      ++quotients;
    }
    if (power(z, x, 5) == Status::ok) {
      const Pair p2 = times(p, p);
      REQUIRE(inside(z, times(times(p2, p2), p)));
      ++powers;
    }
    const FixedPoint size = verify::abs(x);
    if (is_finite(size)) {
      REQUIRE(lower(size) * lower(size) <= p.re * p.re + p.im * p.im);
      REQUIRE(upper(size) * upper(size) >= p.re * p.re + p.im * p.im);
    }
  }
  CHECK(quotients > many / 40);
  CHECK(powers > many / 40);
  ComplexFixedPoint out;
  CHECK(divide(out, {point(1), point(0)}, {point(0), point(0)}) == Status::undefined);
  CHECK(power(out, {point(0), point(0)}, -2) == Status::undefined);
  CHECK(power(out, {point(0), point(0)}, 0) == Status::ok);
  CHECK(compare(ComplexFixedPoint{point(1), point(2)}, ComplexFixedPoint{point(1), point(2)}) == relation::equal);
  CHECK(compare(ComplexFixedPoint{point(1), point(2)}, ComplexFixedPoint{{0, 9}, point(3)}) == relation::unequal);
  CHECK(compare(ComplexFixedPoint{point(1), {1, 2}}, ComplexFixedPoint{{0, 9}, point(2)}) == relation::any);
}

TEST_CASE("enclosures in words contain what they are made of", "[verify][text][property]") {
  CHECK(enclosure_text(Rational(1, 2), Rational(1, 2), 15) == "0.5");
  CHECK(enclosure_text(-12, -12, 15) == "-12");
  CHECK(enclosure_text(0, 0, 15) == "0");
  CHECK(enclosure_text(120, 120, 3) == "120");
  CHECK(enclosure_text(Rational(1, 3), Rational(1, 3), 5) == "[0.33333 +/- 3.34e-06]");
  CHECK(enclosure_text(-1, 1, 15) == "[0 +/- 1.00e+00]");
  CHECK(enclosure_text(Rational(3, 10), Rational(4, 10), 15) == "[0.35 +/- 5.00e-02]");
  CHECK(enclosure_text(1234567, 1234567, 3) == "1234567");
  Numbers numbers(15);
  for (int i = 0; i < 2000; ++i) {
    const FixedPoint x = numbers.set();
    const std::string text = enclosure_text(lower(x), upper(x), 1 + static_cast<long>(numbers.below(20)));
    const std::size_t plus = text.find(" +/- ");
    const auto decimal = [](std::string s) {
      long exponent = 0;
      if (const std::size_t e = s.find('e'); e != std::string::npos) {
        exponent = std::stol(s.substr(e + 1));
        s.resize(e);
      }
      if (const std::size_t dot = s.find('.'); dot != std::string::npos) {
        exponent -= static_cast<long>(s.size() - dot - 1);
        s.erase(dot, 1);
      }
      return Rational(Rational(Integer(s, 10)) * power(Rational(10), exponent));
    };
    CAPTURE(x.low, x.high, text);
    if (plus == std::string::npos) {
      REQUIRE(lower(x) == upper(x));
      REQUIRE(decimal(text) == lower(x));
    } else {
      const Rational middle = decimal(text.substr(1, plus - 1));
      const Rational radius = decimal(text.substr(plus + 5, text.size() - plus - 6));
      REQUIRE((middle - radius <= lower(x) && upper(x) <= middle + radius));
    }
  }
}
