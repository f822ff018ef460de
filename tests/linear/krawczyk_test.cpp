#include "linear/krawczyk.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <limits>

#include "verified_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

MidRad scaled(MidRad x, double factor) { return multiply(x, {factor, 0}); }

/// x² + y² = 4, x·y = 1, and its Jacobian.
std::vector<MidRad> circle_and_hyperbola(const std::vector<MidRad>& x) {
  return {subtract(add(square(x[0]), square(x[1])), {4, 0}), subtract(multiply(x[0], x[1]), {1, 0})};
}
Matrix<MidRad> its_jacobian(const std::vector<MidRad>& x) {
  return {2, 2, {scaled(x[0], 2), scaled(x[1], 2), x[1], x[0]}};
}

Krawczyk<MidRad> test_box(const std::vector<MidRad>& box) {
  std::vector<MidRad> centre;
  for (const MidRad x : box) centre.push_back({x.mid, 0});
  return krawczyk(box, circle_and_hyperbola(centre), its_jacobian(box));
}

/// F(x) = x² − shift at [c − r, c + r].
Krawczyk<MidRad> test_parabola(double c, double r, double shift) {
  const MidRad x = {c, r};
  return krawczyk({x}, {subtract(square({c, 0}), {shift, 0})}, Matrix<MidRad>(1, 1, {scaled(x, 2)}));
}

}  // namespace

TEST_CASE("a root of two equations is found unique, with an inclusion that contains it", "[linear][krawczyk]") {
  // x = √(2 + √3), y = √(2 − √3).
  Ball root_3, x, y;
  REQUIRE(apply(Elementary::sqrt, root_3, ball_from(3), 300) == Status::ok);
  REQUIRE(apply(Elementary::sqrt, x, add(ball_from(2), root_3, 300), 300) == Status::ok);
  REQUIRE(apply(Elementary::sqrt, y, sub(ball_from(2), root_3, 300), 300) == Status::ok);
  for (const double r : {1e-14, 1e-10, 1e-5, 1e-2, 0.1}) {
    CAPTURE(r);
    const Krawczyk<MidRad> result = test_box({{1.9318516525781366, r}, {0.5176380902050415, r}});
    REQUIRE(result.test == RootTest::unique);
    CHECK(contains(result.root[0], lower(x)));
    CHECK(contains(result.root[1], upper(y)));
    CHECK(result.root[0].rad <= 1e-14 + 2 * r * r);  // second order in the box
  }
  CHECK(test_box({{1.9, 1e-3}, {0.5, 1e-3}}).test == RootTest::none);
  CHECK(test_box({{1.2, 1.5}, {1.2, 1.5}}).test == RootTest::open);  // both roots
}

TEST_CASE("a double root is never called unique, nor excluded", "[linear][krawczyk]") {
  for (const double c : {0.0, 1e-30, 1e-8, -1e-3, 0.25})
    for (const double r : {1e-30, 1e-12, 1e-6, 1e-3, 0.5, 10.0}) {
      CAPTURE(c, r);
      const Krawczyk<MidRad> result = test_parabola(c, r, 0);
      if (std::fabs(c) <= r) CHECK(result.test == RootTest::open);
      CHECK(result.test != RootTest::unique);
    }
  // Two roots ±√shift in the box, or one on its edge.
  CHECK(test_parabola(0.5, 1.75, 1).test == RootTest::open);
  CHECK(test_parabola(1.5, 0.5, 1).test != RootTest::unique);
  CHECK(test_parabola(1.5, 0.5, 1).test != RootTest::none);
  CHECK(test_parabola(1.2, 0.3, 1).test == RootTest::unique);
  CHECK(test_parabola(1.5, 0.25, 1).test == RootTest::none);
  CHECK(test_parabola(1.5, 0.4, -1).test != RootTest::unique);  // no real root at all
}

TEST_CASE("Krawczyk's test of random quadratics agrees with their roots", "[linear][krawczyk][property]") {
  Draw draw(1);
  int unique = 0;
  int none = 0;
  for (int round = 0; round < 3000; ++round) {
    const double shift = draw.uniform();
    const double c = draw.uniform();
    const double r = std::exp2(-8 * std::fabs(draw.uniform()));
    const RootTest test = test_parabola(c, r, shift).test;
    int roots = 0;  // exactly: t = ±√shift in [c − r, c + r]
    const Rational low = Rational(c) - Rational(r);
    const Rational high = Rational(c) + Rational(r);
    const auto not_above = [&](const Rational& end) {  // √shift ≤ end
      return end >= 0 && Rational(shift) <= end * end;
    };
    const auto not_below = [&](const Rational& end) { return end <= 0 || Rational(shift) >= end * end; };
    if (shift >= 0) {
      roots += not_below(low) && not_above(high) ? 1 : 0;
      roots += not_above(Rational(-low)) && not_below(Rational(-high)) ? 1 : 0;
    }
    CAPTURE(shift, c, r, roots);
    if (test == RootTest::unique) REQUIRE(roots == 1);
    if (test == RootTest::none) REQUIRE(roots == 0);
    unique += test == RootTest::unique ? 1 : 0;
    none += test == RootTest::none ? 1 : 0;
  }
  CHECK(unique > 100);
  CHECK(none > 1000);
}

TEST_CASE("the proposed box of a simple root passes the test", "[linear][krawczyk]") {
  for (const double off : {0.0, 1e-12, 1e-6, 1e-3}) {
    const std::vector<MidRad> centre = {{1.9318516525781366 + off, 0}, {0.5176380902050415 - off, 0}};
    const auto box = propose_box(centre, circle_and_hyperbola(centre), its_jacobian(centre));
    REQUIRE(box.size() == 2);
    CHECK(test_box(box).test == RootTest::unique);
    CHECK(box[0].rad <= 4 * off + 1e-14);
  }
  CHECK(propose_box({{0, 0}}, {{1, 0}}, Matrix<MidRad>(1, 1)).empty());
}

TEST_CASE("an open box suggests another one", "[linear][krawczyk]") {
  Krawczyk<MidRad> result = test_parabola(1.0001, 1.00001e-4, 1);
  CHECK(result.test == RootTest::open);
  int rounds = 0;
  while (result.test == RootTest::open && !result.next.empty() && ++rounds < 5)
    result = test_parabola(result.next[0].mid, result.next[0].rad, 1);
  CHECK(result.test == RootTest::unique);
}

TEST_CASE("systems in balls of any precision", "[linear][krawczyk]") {
  for (const long precision : {64L, 200L, 1000L}) {
    // x² = 2 from its Newton iterate of about half the precision, which is not good enough for the box to be smaller.
    Ball c;
    REQUIRE(apply(Elementary::sqrt, c, ball_from(2), precision) == Status::ok);
    mag_zero(arb_radref(c.get()));
    const Ball value = sub(mul(c, c, 2 * precision), ball_from(2), 2 * precision);
    const auto box = propose_box({c}, {value}, Matrix<Ball>(1, 1, {mul(c, ball_from(2), precision)}), precision);
    REQUIRE(box.size() == 1);
    const auto result = krawczyk(box, {value}, Matrix<Ball>(1, 1, {mul(box[0], ball_from(2), precision)}), precision);
    REQUIRE(result.test == RootTest::unique);
    CHECK(compare(mul(result.root[0], result.root[0], 2 * precision), ball_from(2)) != relation::less);
    CHECK((compare(mul(result.root[0], result.root[0], 2 * precision), ball_from(2)) & relation::equal) != 0);
    CHECK(accuracy_bits(result.root[0]) >= precision - 5);
    // x² = 0.
    const Ball around = ball_from_midrad(0, 1e-9);
    CHECK(krawczyk({around}, {Ball()}, Matrix<Ball>(1, 1, {mul(around, ball_from(2), precision)}), precision).test ==
          RootTest::open);
  }
}

TEST_CASE("systems of no unknowns, and what is not finite", "[linear][krawczyk]") {
  CHECK(krawczyk(std::vector<MidRad>(), {}, Matrix<MidRad>(0, 0)).test == RootTest::unique);
  const double infinity = std::numeric_limits<double>::infinity();
  for (const MidRad bad :
       {MidRad{infinity, 0}, MidRad{std::nan(""), 0}, MidRad{1, infinity}, MidRad{1, std::nan("")}}) {
    CHECK(krawczyk({{1, 0.5}}, {bad}, Matrix<MidRad>(1, 1, {{1, 0}})).test == RootTest::open);
    CHECK(krawczyk({bad}, {{1, 0}}, Matrix<MidRad>(1, 1, {{1, 0}})).test == RootTest::open);
    CHECK(krawczyk({{1, 0.5}}, {{0, 0}}, Matrix<MidRad>(1, 1, {bad})).test == RootTest::open);
  }
  CHECK(krawczyk({{1, 0}}, {{0, 0}}, Matrix<MidRad>(1, 1, {{1, 0}})).test == RootTest::open);  // no interior
}
