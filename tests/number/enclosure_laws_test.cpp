#include "laws.hpp"
#include "number/ball.hpp"
#include "number/midrad.hpp"
#include "number/radius.hpp"

/// The laws of laws.hpp on the types that enclose numbers instead of being numbers.
using namespace assay;

namespace {

constexpr long precision = 64;

struct Reals {
  using Set = MidRad;
  static Set add(Set x, Set y) { return assay::add(x, y); }
  static Set subtract(Set x, Set y) { return assay::subtract(x, y); }
  static Set multiply(Set x, Set y) { return assay::multiply(x, y); }
  static Set negate(Set x) { return assay::negate(x); }
  static Set from(int n) { return {static_cast<double>(n), 0}; }
  static Ball ball(Set x) { return ball_from_midrad(x.mid, x.rad); }
  static bool is_finite(Set x) { return assay::is_finite(x); }
  static bool meet(Set x, Set y) { return arb_overlaps(ball(x).get(), ball(y).get()) != 0; }
  static bool contains(Set outer, Set inner) {
    return !is_finite(outer) || arb_contains(ball(outer).get(), ball(inner).get()) != 0;
  }
};

struct Complexes {
  using Set = ComplexMidRad;
  static Set add(const Set& x, const Set& y) { return assay::add(x, y); }
  static Set subtract(const Set& x, const Set& y) { return assay::subtract(x, y); }
  static Set multiply(const Set& x, const Set& y) { return assay::multiply(x, y); }
  static Set negate(const Set& x) { return assay::negate(x); }
  static Set from(int n) { return {Reals::from(n), Reals::from(0)}; }
  static bool is_finite(const Set& x) { return assay::is_finite(x); }
  static bool meet(const Set& x, const Set& y) { return Reals::meet(x.re, y.re) && Reals::meet(x.im, y.im); }
  static bool contains(const Set& x, const Set& y) {
    return Reals::contains(x.re, y.re) && Reals::contains(x.im, y.im);
  }
};

struct Balls {
  using Set = Ball;
  static Set add(const Set& x, const Set& y) { return assay::add(x, y, precision); }
  static Set subtract(const Set& x, const Set& y) { return assay::sub(x, y, precision); }
  static Set multiply(const Set& x, const Set& y) { return assay::mul(x, y, precision); }
  static Set negate(const Set& x) { return assay::neg(x); }
  static Set from(int n) { return ball_from(n); }
  static bool is_finite(const Set& x) { return assay::is_finite(x); }
  static bool meet(const Set& x, const Set& y) { return arb_overlaps(x.get(), y.get()) != 0; }
  static bool contains(const Set& x, const Set& y) { return arb_contains(x.get(), y.get()) != 0; }
};

struct ComplexBalls {
  using Set = ComplexBall;
  static Set add(const Set& x, const Set& y) { return assay::add(x, y, precision); }
  static Set subtract(const Set& x, const Set& y) { return assay::sub(x, y, precision); }
  static Set multiply(const Set& x, const Set& y) { return assay::mul(x, y, precision); }
  static Set negate(const Set& x) { return assay::neg(x); }
  static Set from(int n) { return complex_from(ball_from(n)); }
  static bool is_finite(const Set& x) { return assay::is_finite(x); }
  static bool meet(const Set& x, const Set& y) { return acb_overlaps(x.get(), y.get()) != 0; }
  static bool contains(const Set& x, const Set& y) { return acb_contains(x.get(), y.get()) != 0; }
};

/// Midpoints of all sizes with full mantissas, radii from 0 to the midpoint's size.
MidRad random_set() {
  const double mid = std::ldexp(static_cast<double>(*rc::gen::arbitrary<std::int64_t>()),
                                *rc::gen::element(-1100, -560, -400, -63, -30, 0, 100, 400));
  const double rad = *rc::gen::element(0.0, 0x1p-60, 0x1p-53, 0x1p-30, 0.01, 1.0);
  return {mid, std::abs(mid) * rad};
}
Ball random_ball() {
  const MidRad x = random_set();
  return Reals::ball(x);
}

}  // namespace

TEST_CASE("midpoint-radius numbers follow the laws of enclosures", "[number][midrad][laws]") {
  laws::check_enclosure_ring<Reals>(random_set);
  laws::check_enclosure_ring<Complexes>([] { return ComplexMidRad{random_set(), random_set()}; });
}

TEST_CASE("balls follow the laws of enclosures", "[number][ball][laws]") {
  laws::check_enclosure_ring<Balls>(random_ball);
  laws::check_enclosure_ring<ComplexBalls>([] { return complex_from(random_ball(), random_ball()); });
}

TEST_CASE("halves of an enclosure cover it", "[number][radius]") {
  std::array<MidRad, 2> parts{};
  REQUIRE(in_halves(MidRad{1.5, 0.25}, parts));
  CHECK((lower(parts[0]) <= 1.25 && upper(parts[0]) >= 1.5 && lower(parts[1]) <= 1.5 && upper(parts[1]) >= 1.75));
  CHECK((parts[0].rad < 0.2 && parts[1].rad < 0.2));
  CHECK_FALSE(in_halves(MidRad{1.5, 0}, parts));
  CHECK_FALSE(in_halves(no_information(), parts));
  std::array<Ball, 2> balls;
  const Ball whole = ball_between(Rational(1, 3), Rational(2, 3), 200);
  REQUIRE(in_halves(whole, balls));
  for (const Rational& q : {Rational(1, 3), Rational(2, 5), Rational(1, 2), Rational(3, 5), Rational(2, 3)})
    CHECK((contains(balls[0], q) || contains(balls[1], q)));
  CHECK((has_smaller_radius(balls[0], whole) && has_smaller_radius(balls[1], whole)));
  CHECK_FALSE(in_halves(ball_from(1.5), balls));
}
