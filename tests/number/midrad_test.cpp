#include "number/midrad.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>
#include <thread>

#include "midrad_testing.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr int many = 20000;
using Binary = std::function<MidRad(MidRad, MidRad)>;
using ExactBinary = std::function<Rational(const Rational&, const Rational&)>;

/// Counts the pairs of random sets, and points of them, for which `f` has an answer; checks that it is right.
int check_containment(unsigned seed, const Binary& f, const ExactBinary& exact_f) {
  Numbers numbers(seed);
  int answers = 0;
  for (int i = 0; i < many; ++i) {
    const MidRad x = numbers.set();
    const MidRad y = numbers.set();
    const MidRad z = f(x, y);
    if (!is_finite(z)) continue;
    ++answers;
    const Rational p = numbers.point_of(x);
    const Rational q = numbers.point_of(y);
    if (contains(z, exact_f(p, q))) continue;
    CAPTURE(x.mid, x.rad, y.mid, y.rad, z.mid, z.rad, p, q);
    FAIL("a value is missing");
  }
  return answers;
}

MidRad quotient(MidRad x, MidRad y) {
  MidRad out;
  return divide(out, x, y) == Status::ok ? out : no_information();
}

}  // namespace

TEST_CASE("sums, differences and products of sets contain those of their points", "[number][midrad][property]") {
  CHECK(check_containment(
            1, [](MidRad x, MidRad y) { return add(x, y); },
            [](const Rational& p, const Rational& q) { return Rational(p + q); }) > many * 9 / 10);
  CHECK(check_containment(
            2, [](MidRad x, MidRad y) { return subtract(x, y); },
            [](const Rational& p, const Rational& q) { return Rational(p - q); }) > many * 9 / 10);
  CHECK(check_containment(
            3, [](MidRad x, MidRad y) { return multiply(x, y); },
            [](const Rational& p, const Rational& q) { return Rational(p * q); }) > many * 8 / 10);
}

TEST_CASE("quotients, squares and powers of sets contain those of their points", "[number][midrad][property]") {
  CHECK(check_containment(4, quotient, [](const Rational& p, const Rational& q) { return Rational(p / q); }) >
        many / 3);
  CHECK(check_containment(
            5, [](MidRad x, MidRad) { return square(x); },
            [](const Rational& p, const Rational&) { return Rational(p * p); }) > many * 8 / 10);
  CHECK(check_containment(
            6, [](MidRad x, MidRad) { return power(x, 5); },
            [](const Rational& p, const Rational&) { return Rational(p * p * p * p * p); }) > many / 2);
  CHECK(check_containment(
            7, [](MidRad x, MidRad) { return power(x, 6); },
            [](const Rational& p, const Rational&) { return Rational(p * p * p * p * p * p); }) > many / 2);
}

TEST_CASE("relu, abs, min, max and hull of sets contain those of their points", "[number][midrad][property]") {
  const auto larger = [](const Rational& p, const Rational& q) { return Rational(p < q ? q : p); };
  CHECK(check_containment(
            8, [](MidRad x, MidRad) { return relu(x); },
            [&](const Rational& p, const Rational&) { return larger(p, 0); }) > many * 9 / 10);
  CHECK(check_containment(
            9, [](MidRad x, MidRad) { return assay::abs(x); },
            [](const Rational& p, const Rational&) { return Rational(::abs(p)); }) > many * 9 / 10);
  CHECK(check_containment(
            10, [](MidRad x, MidRad y) { return max(x, y); }, larger) > many * 9 / 10);
  CHECK(check_containment(
            11, [](MidRad x, MidRad y) { return min(x, y); },
            [&](const Rational& p, const Rational& q) { return Rational(-larger(-p, -q)); }) > many * 9 / 10);
  CHECK(check_containment(
            12, [](MidRad x, MidRad y) { return hull(x, y); }, [](const Rational& p, const Rational&) { return p; }) >
        many * 9 / 10);
  CHECK(check_containment(
            13, [](MidRad x, MidRad y) { return hull(x, y); }, [](const Rational&, const Rational& q) { return q; }) >
        many * 9 / 10);
}

TEST_CASE("an operation on points has a radius of at most 2^-52 of its midpoint, and 0 if it is exact",
          "[number][midrad][sharpness]") {
  Numbers numbers(20);
  for (int i = 0; i < many; ++i) {
    const double a = numbers.any();
    const double b = numbers.any();
    const auto check = [&](MidRad z, const Rational& value) {
      if (!is_finite(z)) return;
      CAPTURE(a, b, z.mid, z.rad);
      CHECK(z.rad <= ulp * std::fabs(z.mid) * (1 + 16 * ulp) + 4 * eta);
      // Exactness of products and quotients is not noticed near under- and overflow.
      const auto usual = [](double v) { return std::fabs(v) >= 0x1p-900 && std::fabs(v) <= 0x1p900; };
      if (exact(z.mid) == value && usual(z.mid) && usual(a) && usual(b)) CHECK(z.rad == 0);
    };
    check(add({a, 0}, {b, 0}), exact(a) + exact(b));
    check(multiply({a, 0}, {b, 0}), exact(a) * exact(b));
    check(square({a, 0}), exact(a) * exact(a));
    // Of quotients near underflow only containment is promised.
    if (std::fabs(b) < 0x1p900 && std::fabs(b) > 0x1p-900 && std::fabs(a) > 0x1p-960)
      check(quotient({a, 0}, {b, 0}), exact(a) / exact(b));
  }
}

TEST_CASE("the radius of a sum or product of sets is the least possible up to rounding",
          "[number][midrad][sharpness]") {
  Numbers numbers(21);
  for (int i = 0; i < many; ++i) {
    const MidRad x = numbers.moderate_set();
    const MidRad y = numbers.moderate_set();
    const MidRad sum = add(x, y);
    CHECK(sum.rad <= (x.rad + y.rad) * (1 + 8 * ulp) + ulp * std::fabs(sum.mid));
    const MidRad product = multiply(x, y);
    const double least = std::fabs(x.mid) * y.rad + x.rad * (std::fabs(y.mid) + y.rad);
    CHECK(product.rad <= least * (1 + 8 * ulp) + ulp * std::fabs(product.mid) + 8 * eta);
  }
}

TEST_CASE("enclosures of smaller sets are smaller, up to rounding", "[number][midrad][property]") {
  Numbers numbers(22);
  const auto inside = [](MidRad inner, MidRad outer) {
    const double slack = 8 * ulp * (std::fabs(outer.mid) + outer.rad);
    return lower(inner) >= lower(outer) - slack && upper(inner) <= upper(outer) + slack;
  };
  for (int i = 0; i < many; ++i) {
    const MidRad x = numbers.moderate_set();
    const MidRad y = numbers.moderate_set();
    const MidRad part{x.mid + 0.25 * x.rad, 0.5 * x.rad};
    CHECK(inside(add(part, y), add(x, y)));
    CHECK(inside(multiply(part, y), multiply(x, y)));
    CHECK(inside(square(part), square(x)));
    CHECK(inside(relu(part), relu(x)));
    CHECK(inside(assay::abs(part), assay::abs(x)));
    CHECK(inside(max(part, y), max(x, y)));
  }
}

TEST_CASE("bounds of a set are outside it, at most two ulps, and exact where they are doubles", "[number][midrad]") {
  Numbers numbers(23);
  for (int i = 0; i < many; ++i) {
    const MidRad x = numbers.set();
    const Rational low = exact(x.mid) - exact(x.rad);
    const double bound = lower(x);
    if (!std::isfinite(bound)) continue;
    CAPTURE(x.mid, x.rad, bound);
    CHECK(exact(bound) <= low);
    CHECK(exact(std::nextafter(std::nextafter(std::nextafter(bound, infinity), infinity), infinity)) > low);
    if (exact(low.get_d()) == low) CHECK(exact(bound) == low);
    CHECK(upper(negate(x)) == -bound);
  }
  CHECK(lower({-1e308, 1e308}) == -infinity);
  CHECK(lower(no_information()) == -infinity);
  CHECK(upper({infinity, 0}) == infinity);
  CHECK(lower({infinity, 0}) == -infinity);
}

TEST_CASE("comparison leaves exactly the possible relations of points", "[number][midrad]") {
  CHECK(compare({1, 0}, {1, 0}) == relation::equal);
  CHECK(compare({0, 0}, {-0.0, 0}) == relation::equal);
  CHECK(compare({1, 0}, {1 + ulp, 0}) == relation::less);
  CHECK(compare({eta, 0}, {0, 0}) == relation::greater);
  CHECK(compare({0, 1}, {2, 1}) == (relation::less | relation::equal));
  CHECK(compare({0, 1}, {2, 0.5}) == relation::less);
  CHECK(compare({1, 0.25}, {1, 0}) == relation::any);
  CHECK(compare({1e300, 0}, no_information()) == relation::any);
  CHECK(compare({std::nan(""), 0}, {1, 0}) == relation::any);
  CHECK(compare({infinity, 0}, {1, 0}) == relation::any);
}

TEST_CASE("comparison of sets never excludes a relation that points of them have", "[number][midrad][property]") {
  Numbers numbers(24);
  for (int i = 0; i < many; ++i) {
    const MidRad x = numbers.set();
    const MidRad y = numbers.pick(3) == 0 ? MidRad{std::nextafter(x.mid, 0), x.rad} : numbers.set();
    const Rational p = numbers.point_of(x);
    const Rational q = numbers.point_of(y);
    const Relations actual = p < q ? relation::less : p > q ? relation::greater : relation::equal;
    CAPTURE(x.mid, x.rad, y.mid, y.rad);
    CHECK((compare(x, y) & actual) != 0);
  }
}

TEST_CASE("nothing finite is concluded from infinities and NaN", "[number][midrad]") {
  const double nan = std::nan("");
  const MidRad known[] = {{0, 0}, {1, 0}, {-1, 0}, {-3, 1}, {2, 5}};
  for (const MidRad bad : {no_information(), MidRad{infinity, 0}, MidRad{-infinity, 0}, MidRad{nan, 0}, MidRad{1, nan},
                           MidRad{-5, infinity}, MidRad{-infinity, infinity}}) {
    CAPTURE(bad.mid, bad.rad);
    for (const MidRad x : known) {
      for (const MidRad z :
           {add(x, bad), subtract(bad, x), multiply(x, bad), multiply(bad, x), max(x, bad), min(bad, x), hull(x, bad)})
        CHECK_FALSE(is_finite(z));
      MidRad out;
      CHECK(divide(out, bad, {2, 0}) == Status::open);
      CHECK(divide(out, x, bad) == Status::open);
      CHECK(power(out, x, bad) == Status::open);
    }
    for (const MidRad z : {relu(bad), assay::abs(bad), square(bad), power(bad, 3), power(bad, 0)})
      CHECK_FALSE(is_finite(z));
    MidRad out;
    CHECK(assay::sqrt(out, bad) == Status::open);
    CHECK(apply(Elementary::exp, out, bad) == Status::open);
    CHECK_FALSE(unique_floor(bad).has_value());
  }
}

TEST_CASE("overflow loses information instead of giving a wrong set", "[number][midrad]") {
  const double huge = std::numeric_limits<double>::max();
  CHECK_FALSE(is_finite(add({huge, 0}, {huge, 0})));
  CHECK_FALSE(is_finite(multiply({1e200, 0}, {1e200, 0})));
  CHECK_FALSE(is_finite(multiply({1, 1e200}, {1, 1e200})));
  CHECK_FALSE(is_finite(square({1e200, 0})));
  CHECK_FALSE(is_finite(add({0, huge}, {0, huge})));
  MidRad out;
  CHECK(divide(out, {1e300, 0}, {1e-300, 0}) == Status::open);
  CHECK(contains(multiply({0x1p1000, 0}, {0.7, 0}), exact(0x1p1000) * exact(0.7)));
}

TEST_CASE("division tells zero from what may be zero", "[number][midrad]") {
  MidRad out;
  CHECK(divide(out, {1, 0}, {0, 0}) == Status::undefined);
  CHECK(divide(out, {0, 0}, {-0.0, 0}) == Status::undefined);
  CHECK(divide(out, {1, 0}, {1, 1}) == Status::open);
  CHECK(divide(out, {1, 0}, {eta, 0}) == Status::open);
  CHECK(divide(out, {6, 0}, {3, 0}) == Status::ok);
  CHECK((out.mid == 2 && out.rad == 0));
  CHECK(divide(out, {0, 0}, {0.1, 0.05}) == Status::ok);
  CHECK((out.mid == 0 && out.rad == 0));
}

TEST_CASE("relu and abs at the kink", "[number][midrad]") {
  CHECK((relu({1, 1}).mid == 1 && relu({1, 1}).rad == 1));
  CHECK((relu({-1, 1}).mid == 0 && relu({-1, 1}).rad == 0));
  CHECK((relu({0, 0}).mid == 0 && relu({0, 0}).rad == 0));
  CHECK(relu({-eta, 0}).mid == 0);
  CHECK(relu({eta, 0}).mid == eta);
  CHECK(is_nonnegative(relu({-0.5, 1})));
  CHECK(upper(relu({-0.5, 1})) <= 0.5 * (1 + 8 * ulp));
  CHECK(contains(relu({0, eta}), exact(eta)));
  CHECK(is_nonnegative(assay::abs({-0.25, 1})));
  CHECK(is_nonnegative(square({0.5, 0.5})));
  CHECK(is_nonnegative(square({1e-200, 0})));
}

TEST_CASE("integers become sets that contain them, points up to 2^53", "[number][midrad]") {
  for (const std::int64_t n : {std::int64_t{0}, std::int64_t{1} << 53U, (std::int64_t{1} << 53U) + 1, INT64_MAX,
                               INT64_MIN, INT64_MIN + 1, INT64_MAX - 511, -(std::int64_t{1} << 60U) - 77}) {
    const MidRad x = midrad_from(n);
    CAPTURE(n);
    CHECK(contains(x, Rational(static_cast<long>(n))));
    CHECK(x.rad <= 512);
    if (n >= -(std::int64_t{1} << 53U) && n <= (std::int64_t{1} << 53U)) CHECK(x.rad == 0);
  }
  CHECK(midrad_from(INT64_MIN).rad == 0);
}

TEST_CASE("rationals become the nearest double with half an ulp", "[number][midrad]") {
  Numbers numbers(25);
  for (int i = 0; i < many / 4; ++i) {
    const double d = numbers.any();
    CHECK((midrad_from(exact(d)).mid == d && midrad_from(exact(d)).rad == 0));
    const double divisor = numbers.moderate();
    const Rational q = exact(d) / exact(divisor);
    const MidRad x = midrad_from(q);
    if (!is_finite(x)) continue;
    CAPTURE(d, divisor);
    CHECK(contains(x, q));
    CHECK(x.rad <= 0.5 * ulp * std::fabs(x.mid) * (1 + ulp) + eta);
  }
  CHECK(midrad_from(Rational(1, 3)).mid == 1.0 / 3);
  Rational huge = 1;
  huge <<= 2000;
  CHECK_FALSE(is_finite(midrad_from(huge)));
  const MidRad tiny = midrad_from(Rational(1 / huge));
  CHECK(contains(tiny, Rational(1 / huge)));
  CHECK(tiny.rad <= eta);
}

TEST_CASE("the floor is told only where it is the same on the whole set", "[number][midrad]") {
  CHECK(unique_floor({2.5, 0.25}) == 2);
  CHECK(unique_floor({-2.5, 0.5}) == std::nullopt);
  CHECK(unique_floor({-2.5, 0.4}) == -3);
  CHECK(unique_floor({3, 0}) == 3);
  CHECK(unique_floor({3, eta}) == std::nullopt);
  CHECK(unique_floor({1e30, 0}) == std::nullopt);
  CHECK(unique_floor({-0x1p63, 0}) == INT64_MIN);
}
