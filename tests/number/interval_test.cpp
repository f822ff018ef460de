#include "number/interval.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <limits>

#include "base/contract.hpp"
#include "interval_testing.hpp"
#include "number/ends.hpp"
#include "number/gelu.hpp"
#include "number/interval_ends.hpp"
#include "number/interval_midrad.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

constexpr Elementary all_functions[] = {Elementary::sqrt, Elementary::exp,   Elementary::log,    Elementary::sin,
                                        Elementary::cos,  Elementary::tan,   Elementary::asin,   Elementary::acos,
                                        Elementary::atan, Elementary::sinh,  Elementary::cosh,   Elementary::tanh,
                                        Elementary::erf,  Elementary::gamma, Elementary::digamma};

Interval interval(double low, double high) { return hull(interval_from(low), interval_from(high), 53); }

/// ±2^exponent.
Interval power_of_two(long exponent, int sign = 1) {
  Interval out = interval_from(sign);
  return scaled(out, exponent);
}

Interval infinite(int sign) {
  Interval out = interval_from(1);
  mpfr_set_inf(sign > 0 ? out.right() : out.left(), sign);
  return out;
}

bool has_no_nan(const Interval& x) { return mpfr_nan_p(x.left()) == 0 && mpfr_nan_p(x.right()) == 0; }

Ball reference(Elementary f, const Ball& x) {
  Ball out;
  if (apply(f, out, x, reference_precision) != Status::ok) arb_indeterminate(out.get());
  return out;
}

/// Points of x at which f may be least or largest besides its ends, where this test knows them.
std::vector<Ball> turning_points(Elementary f, const Interval& x) {
  std::vector<Ball> out;
  const auto add_if_inside = [&](const Ball& t) {
    if (is_certainly_less(ball_at(x.left()), t) && is_certainly_less(t, ball_at(x.right()))) out.push_back(t);
  };
  if (f == Elementary::cosh) add_if_inside(Ball());
  if (f == Elementary::sin || f == Elementary::cos)
    for (int k = -260; k <= 260; ++k) {
      Ball t = pi(reference_precision);
      arb_mul_si(t.get(), t.get(), f == Elementary::sin ? 2 * k + 1 : 2 * k, reference_precision);
      arb_mul_2exp_si(t.get(), t.get(), -1);
      add_if_inside(t);
    }
  return out;
}

}  // namespace

TEST_CASE("ring operations on intervals enclose the results at all points", "[number][interval][property]") {
  CHECK(rc::check("inclusion", [] {
    const Sample x = random_sample();
    const Sample y = random_sample();
    const Rational& p = x.inside;
    const Rational& q = y.inside;
    for (const long precision : {2L, 53L, 200L}) {
      RC_ASSERT(contains(add(x.interval, y.interval, precision), p + q));
      RC_ASSERT(contains(sub(x.interval, y.interval, precision), p - q));
      RC_ASSERT(contains(mul(x.interval, y.interval, precision), p * q));
      RC_ASSERT(contains(neg(x.interval), -p));
      RC_ASSERT(contains(abs(x.interval), ::abs(p)));
      RC_ASSERT(contains(relu(x.interval), relu(p)));
      RC_ASSERT(contains(scaled(x.interval, -3), p / 8));
      RC_ASSERT(contains(min(x.interval, y.interval, precision), p < q ? p : q));
      RC_ASSERT(contains(max(x.interval, y.interval, precision), p < q ? q : p));
      for (const long n : {0L, 1L, 2L, 3L, 4L, 7L}) RC_ASSERT(contains(power(x.interval, n, precision), power(p, n)));
      const Interval joined = hull(x.interval, y.interval, precision);
      RC_ASSERT(contains(joined, p) && contains(joined, q));
      Interval quotient;
      if (divide(quotient, x.interval, y.interval, precision) == Status::ok)
        RC_ASSERT(contains(quotient, Rational(p / q)));
      else
        RC_ASSERT(contains_zero(y.interval));
    }
    RC_ASSERT(lower(x.interval) <= p && p <= upper(x.interval));
    RC_ASSERT(exact_rational(lower_double(x.interval)) <= p && p <= exact_rational(upper_double(x.interval)));
    RC_ASSERT(contains(x.interval, midpoint(x.interval)));
  }));
}

TEST_CASE("ring operations on intervals round their ranges to the nearest ends outward",
          "[number][interval][property]") {
  CHECK(rc::check("the corners of the operands are attained", [] {
    const Interval x = random_sample().interval;
    const Interval y = random_sample().interval;
    const long precision = *rc::gen::element(24L, 53L, 128L);
    const auto tight = [&](const Interval& out, const std::vector<Rational>& corners) {
      const auto [low, high] = std::minmax_element(corners.begin(), corners.end());
      const Interval exact = interval_between(*low, *high, precision);
      return mpfr_equal_p(out.left(), exact.left()) != 0 && mpfr_equal_p(out.right(), exact.right()) != 0;
    };
    const Rational a = lower(x);
    const Rational b = upper(x);
    const Rational c = lower(y);
    const Rational d = upper(y);
    RC_ASSERT(tight(add(x, y, precision), {a + c, b + d}));
    RC_ASSERT(tight(sub(x, y, precision), {a - d, b - c}));
    RC_ASSERT(tight(mul(x, y, precision), {a * c, a * d, b * c, b * d}));
    Interval quotient;
    if (divide(quotient, x, y, precision) == Status::ok)
      RC_ASSERT(tight(quotient, {Rational(a / c), Rational(a / d), Rational(b / c), Rational(b / d)}));
    for (const long n : {2L, 3L, 6L}) {
      std::vector<Rational> corners = {power(a, n), power(b, n)};
      if (a < 0 && b > 0) corners.emplace_back(0);
      RC_ASSERT(tight(power(x, n, precision), corners));
    }
    if (a > 0 || b < 0) {
      Interval inverse;
      for (const int n : {-1, -2, -5}) {
        RC_ASSERT(power(inverse, x, interval_from(n), precision) == Status::ok);
        RC_ASSERT(tight(inverse, {power(a, n), power(b, n)}));
      }
    }
  }));
}

TEST_CASE("elementary functions of intervals enclose those of their points, by Arb", "[number][interval][property]") {
  for (const Elementary f : all_functions)
    CHECK(rc::check("containment of function " + std::to_string(static_cast<int>(f)), [f] {
      const Sample x = random_sample();
      const long precision = *rc::gen::element(10L, 53L, 128L, 333L);
      const Ball at_point = reference(f, ball_from(x.inside, 1000));
      Interval out;
      const Status status = apply(f, out, x.interval, precision);
      if (status == Status::undefined) RC_ASSERT(!is_finite(at_point));
      if (status != Status::ok) return;
      RC_ASSERT(is_finite(out));
      RC_ASSERT(may_contain(out, at_point));
    }));
}

TEST_CASE("elementary functions of intervals are as narrow as their ranges", "[number][interval][property]") {
  for (const Elementary f : all_functions)
    CHECK(rc::check("sharpness of function " + std::to_string(static_cast<int>(f)), [f] {
      const Interval x = random_sample().interval;
      const long precision = *rc::gen::element(53L, 128L, 256L);
      Interval out;
      if (apply(f, out, x, precision) != Status::ok) return;
      const bool is_wave = f == Elementary::sin || f == Elementary::cos;
      if (is_wave && !is_exact(x) && upper_double(abs(x)) > 800) return;  // beyond the turning points known here
      if (mpfr_zero_p(out.left()) != 0 && !contains_zero(x)) return;      // below MPFR's range of exponents
      std::vector<Ball> at = turning_points(f, x);
      at.push_back(ball_at(x.left()));
      at.push_back(ball_at(x.right()));
      Ball low = reference(f, at.back());
      Ball high = low;
      if (accuracy_bits(low) < precision + 20) return;  // the reference is no good, as far out sin is
      for (const Ball& t : at) {
        low = min(low, reference(f, t), reference_precision);
        high = max(high, reference(f, t), reference_precision);
      }
      const bool has_minimum_inside = f == Elementary::gamma && !is_exact(x) &&
                                      !is_nonnegative(sub(x, interval_from(1.46), 53)) &&
                                      !(is_positive(x) && upper_double(x) < 1.461);
      if (has_minimum_inside) return;  // a test of its own
      RC_ASSERT(is_sharp(out, low, high, precision));
    }));
}

TEST_CASE("an interval has the same domains as a ball", "[number][interval][property]") {
  CHECK(rc::check("statuses", [] {
    const Elementary f =
        *rc::gen::elementOf(std::vector<Elementary>(std::begin(all_functions), std::end(all_functions)));
    const Rational mid(*rc::gen::inRange(-16, 17), 4);
    const Rational rad(*rc::gen::inRange(0, 9), 4);
    const Interval x = interval_between(mid - rad, mid + rad, 64);
    Interval out;
    Ball ball;
    const Status status = apply(f, out, x, 64);
    const Status of_ball = apply(f, ball, ball_from_midrad(mid.get_d(), rad.get_d()), 64);
    // Arb may not see that a function is finite over a wide ball; never the other way round.
    RC_ASSERT(status == of_ball || (status == Status::ok && of_ball == Status::open && rad > 0));
    const Rational exponent(*rc::gen::inRange(-8, 9), 4);
    const Rational spread(*rc::gen::inRange(0, 3), 4);
    const Interval y = interval_between(exponent - spread, exponent + spread, 64);
    const Status raised = power(out, x, y, 64);
    const Status raised_ball =
        power(ball, ball_from_midrad(mid.get_d(), rad.get_d()), ball_from_midrad(exponent.get_d(), spread.get_d()), 64);
    RC_ASSERT(raised == raised_ball || (raised == Status::ok && raised_ball == Status::open));
  }));
  const auto status = [](Elementary f, const Interval& x) {
    Interval out;
    return apply(f, out, x, 64);
  };
  CHECK(status(Elementary::sqrt, interval(0, 1)) == Status::ok);
  CHECK(status(Elementary::sqrt, interval(-1, 1)) == Status::open);
  CHECK(status(Elementary::sqrt, interval(-1, -0.5)) == Status::undefined);
  CHECK(status(Elementary::sqrt, interval(-1, 0)) == Status::open);
  CHECK(status(Elementary::log, interval(0, 1)) == Status::open);
  CHECK(status(Elementary::log, interval(-1, 0)) == Status::undefined);
  CHECK(status(Elementary::log, interval_from(0)) == Status::undefined);
  CHECK(status(Elementary::asin, interval(-1, 1)) == Status::ok);
  CHECK(status(Elementary::acos, interval(1, 1.5)) == Status::open);
  CHECK(status(Elementary::acos, interval(-1.5, -1.25)) == Status::undefined);
  CHECK(status(Elementary::tan, interval(1, 2)) == Status::open);
  CHECK(status(Elementary::tan, interval(1, 1.5)) == Status::ok);
  CHECK(status(Elementary::tan, interval(2, 4)) == Status::ok);
  for (const Elementary f : {Elementary::gamma, Elementary::digamma}) {
    CHECK(status(f, interval_from(0)) == Status::undefined);
    CHECK(status(f, interval_from(-3)) == Status::undefined);
    CHECK(status(f, interval(-0.5, 0)) == Status::open);
    CHECK(status(f, interval(0, 1)) == Status::open);
    CHECK(status(f, interval(-1, -0.5)) == Status::open);
    CHECK(status(f, interval(-2.5, -1.5)) == Status::open);
    CHECK(status(f, interval(-0.75, -0.25)) == Status::ok);
    CHECK(status(f, interval(-1.75, -1.25)) == Status::ok);
  }
}

TEST_CASE("gamma around a minimum is enclosed, and hardly wider than its range", "[number][interval][property]") {
  // Minima of |Γ|: 1.46163…, −0.50408…, −1.57349…, −2.61072…
  CHECK(rc::check("against Arb at the zero of digamma", [] {
    const double turn =
        *rc::gen::element(1.4616321449683622, -0.5040830082644554, -1.5734984731623904, -2.6107208684441446);
    const double left = std::ldexp(*rc::gen::inRange(1, 100), -*rc::gen::element(7, 9, 20, 33, 45));
    const double right = std::ldexp(*rc::gen::inRange(1, 100), -*rc::gen::element(7, 9, 20, 33, 45));
    const double low = turn - left * 0.45;
    const double high = turn + right * 0.45;
    if (std::floor(low) != std::floor(high) && turn < 0) return;
    const Interval x = interval(low, high);
    const long precision = *rc::gen::element(53L, 128L);
    Interval out;
    RC_ASSERT(apply(Elementary::gamma, out, x, precision) == Status::ok);
    const Ball at_turn = reference(Elementary::gamma, ball_from(turn));  // within 2⁻¹⁰⁵ of the extreme value
    const Ball at_low = reference(Elementary::gamma, ball_at(x.left()));
    const Ball at_high = reference(Elementary::gamma, ball_at(x.right()));
    const Ball least = min(at_turn, min(at_low, at_high, reference_precision), reference_precision);
    const Ball most = max(at_turn, max(at_low, at_high, reference_precision), reference_precision);
    RC_ASSERT(may_contain(out, at_turn) && may_contain(out, at_low) && may_contain(out, at_high));
    RC_ASSERT(is_sharp(out, least, most, std::min(precision, 64L), 4));
  }));
  Interval out;
  REQUIRE(apply(Elementary::gamma, out, interval(0.5, 3), 53) == Status::ok);
  CHECK(lower_double(out) > 0.88560319441);
  CHECK(lower_double(out) < 0.88560319442);
  CHECK(upper_double(out) < 2.0000001);
}

TEST_CASE("powers enclose, are sharp, and follow the rules for bases that are not positive",
          "[number][interval][property]") {
  CHECK(rc::check("x^y by Arb at the corners", [] {
    const Interval x = interval(std::ldexp(*rc::gen::inRange(1, 4000), -9), 8 + *rc::gen::inRange(0, 9));
    const double low = *rc::gen::inRange(-40, 40) / 8.0;
    const Interval y = interval(low, low + *rc::gen::element(0.0, 0x1p-50, 0.25, 3.0));
    Interval out;
    RC_ASSERT(power(out, x, y, 100) == Status::ok);
    std::optional<Ball> least;
    std::optional<Ball> most;
    for (const mpfr_srcptr base : {x.left(), x.right()})
      for (const mpfr_srcptr exponent : {y.left(), y.right()}) {
        Ball corner;
        RC_ASSERT(power(corner, ball_at(base), ball_at(exponent), reference_precision) == Status::ok);
        least = least ? min(*least, corner, reference_precision) : corner;
        most = most ? max(*most, corner, reference_precision) : corner;
      }
    RC_ASSERT(may_contain(out, *least) && may_contain(out, *most));
    RC_ASSERT(is_sharp(out, *least, *most, 100));
  }));
  Interval out;
  CHECK(power(out, interval_from(0), interval_from(0), 53) == Status::ok);
  CHECK(contains(out, 1));
  CHECK(power(out, interval_from(0), interval_from(-1), 53) == Status::undefined);
  CHECK(power(out, interval(-1, 1), interval_from(-1), 53) == Status::open);
  CHECK(power(out, interval(-1, 1), interval_from(-2), 53) == Status::open);
  CHECK(power(out, interval(-2, -1), interval_from(0.5), 53) == Status::undefined);
  CHECK(power(out, interval(-2, -1), interval(0.5, 1.5), 53) == Status::open);
  REQUIRE(power(out, interval(0, 4), interval_from(0.5), 53) == Status::ok);
  CHECK(contains(out, interval(0, 2)));
  CHECK(upper_double(out) <= 2);
  REQUIRE(power(out, interval(0, 4), interval(0.5, 2), 53) == Status::ok);
  CHECK(lower_double(out) == 0);
  CHECK(upper_double(out) == 16);
  CHECK(power(out, interval(0, 4), interval(-0.5, 2), 53) == Status::open);
  CHECK(power(out, interval_from(0), interval_from(0.5), 53) == Status::ok);
  CHECK(is_zero(out));
  CHECK(power(out, interval_from(0), interval_from(-0.5), 53) == Status::undefined);
  CHECK_THROWS_AS(power(interval_from(2), -1, 53), InternalError);
}

TEST_CASE("intervals compare as sets of numbers", "[number][interval]") {
  CHECK(compare(interval_from(1), interval_from(2)) == relation::less);
  CHECK(compare(interval_from(2), interval_from(2.0)) == relation::equal);
  CHECK(compare(interval(0, 1), interval(2, 3)) == relation::less);
  CHECK(compare(interval(2, 3), interval(0, 1)) == relation::greater);
  CHECK(compare(interval(0, 1), interval(1, 2)) == (relation::less | relation::equal));
  CHECK(compare(interval(1, 2), interval(0, 1)) == (relation::greater | relation::equal));
  CHECK(compare(interval(0, 2), interval(1, 3)) == relation::any);
  CHECK(compare(interval(0, 2), interval(0, 2)) == relation::any);
  CHECK(compare(Interval::whole(), interval_from(0)) == relation::any);
  CHECK(compare(neg(interval_from(0)), interval_from(0)) == relation::equal);
}

TEST_CASE("floors of intervals are found where all points share one", "[number][interval]") {
  CHECK(unique_floor(interval(1.25, 1.5)) == Integer(1));
  CHECK(unique_floor(interval(-1.5, -1.25)) == Integer(-2));
  CHECK(unique_floor(interval(1, 1.5)) == Integer(1));
  CHECK_FALSE(unique_floor(interval(0.5, 1)));
  CHECK_FALSE(unique_floor(Interval::whole()));
  CHECK_FALSE(unique_floor(infinite(1)));
  CHECK_FALSE(unique_floor(power_of_two(1L << 22)));
  CHECK(unique_floor(power_of_two(100)) == Integer(1) << 100);
  CHECK(unique_floor(power_of_two(-(1L << 25))) == Integer(0));
  CHECK(unique_floor(power_of_two(-(1L << 25), -1)) == Integer(-1));
}

TEST_CASE("pi, e and others are what mpmath says", "[number][interval]") {
  // mpmath 1.2.1, mp.dps = 60.
  const auto digits = [](Elementary f, double x) {
    Interval out;
    REQUIRE(apply(f, out, interval_from(x), 200) == Status::ok);
    return guaranteed_decimal(out, 40);
  };
  CHECK(guaranteed_decimal(interval_pi(200), 40) == "3.141592653589793238462643383279502884197");
  CHECK(digits(Elementary::exp, 1) == "2.718281828459045235360287471352662497757");
  CHECK(digits(Elementary::erf, 0.5) == "0.5204998778130465376827466538919645287365");
  CHECK(digits(Elementary::gamma, 0.5) == "1.772453850905516027298167483341145182798");
  CHECK(digits(Elementary::gamma, -1.5) == "2.363271801207354703064223311121526910397");
  CHECK(digits(Elementary::digamma, 1) == "-0.5772156649015328606065120900824024310422");
  CHECK(digits(Elementary::digamma, -0.5) == "0.03648997397857652055902366700124443280684");
}

TEST_CASE("intervals are made from numbers exactly where they fit", "[number][interval]") {
  CHECK(is_exact(interval_from(Rational(3, 8), 10)));
  CHECK_FALSE(is_exact(interval_from(Rational(1, 3), 10)));
  CHECK(contains(interval_from(Rational(1, 3), 10), Rational(1, 3)));
  CHECK(accuracy_bits(interval_from(Rational(1, 3), 100)) >= 98);
  const Integer large = (Integer(1) << 1000) + 1;
  CHECK(is_exact(interval_from(large)));
  CHECK(lower(interval_from(large)) == large);
  CHECK(lower(interval_from(std::numeric_limits<std::int64_t>::min())) == exact_integer(INT64_MIN));
  CHECK(lower(interval_from(0x1p-1074)) == exact_rational(0x1p-1074));
  CHECK_THROWS_AS(interval_from(std::numeric_limits<double>::quiet_NaN()), InternalError);
  CHECK_THROWS_AS(interval_from(std::numeric_limits<double>::infinity()), InternalError);
  CHECK_THROWS_AS(interval_between(1, 0, 53), InternalError);
  Interval copy = interval(1, 2);
  Interval moved = std::move(copy);
  copy = moved;
  CHECK(contains(copy, interval(1, 2)));
  const Interval& same = copy;
  copy = same;
  CHECK(contains(copy, interval(1, 2)));
}

TEST_CASE("numbers out of range are never wrong and never NaN", "[number][interval]") {
  CHECK_FALSE(is_finite(power_of_two(1L << 40)));
  CHECK(contains_zero(power_of_two(-(1L << 40))));
  CHECK(is_nonnegative(power_of_two(-(1L << 40))));
  const std::vector<Interval> hostile = {Interval(),
                                         Interval::whole(),
                                         infinite(1),
                                         infinite(-1),
                                         interval(0, 1),
                                         interval(-1, 0),
                                         interval(-1, 1),
                                         power_of_two(1L << 40),
                                         power_of_two(1L << 40, -1),
                                         power_of_two(-(1L << 40)),
                                         power_of_two(1L << 29),
                                         power_of_two(1L << 29, -1),
                                         power_of_two(-(1L << 29)),
                                         power_of_two(-(1L << 29), -1),
                                         hull(interval_from(1), power_of_two(1L << 29), 53),
                                         hull(interval_from(-0.5), power_of_two(-(1L << 29), -1), 53),
                                         interval_from(1e300),
                                         interval_from(-1e300),
                                         add(interval_from(1e300), interval_from(0.5), 1100),
                                         add(interval_from(-1e300), interval_from(0.5), 1100),
                                         interval_from(-1e6 + 0.5),
                                         interval_from(4e7 + 0.5),
                                         interval_from(65536.25),
                                         power_of_two(65535),
                                         power_of_two(65537),
                                         add(interval_from(1), power_of_two(-2000), 2100)};
  for (const Interval& x : hostile) {
    CAPTURE(to_string(x));
    for (const Elementary f : all_functions) {
      CAPTURE(static_cast<int>(f));
      Interval out;
      const Status status = apply(f, out, x, 128);
      CHECK(has_no_nan(out));
      if (status == Status::ok) CHECK(is_finite(out));
      if (!is_finite(x)) CHECK(status == Status::open);
    }
    Interval out;
    static_cast<void>(gelu(out, x, 128));
    for (const Interval& y : hostile) {
      for (const Interval& z :
           {add(x, y, 64), sub(x, y, 64), mul(x, y, 64), min(x, y, 64), max(x, y, 64), hull(x, y, 64),
            exp_at(End::lower, x, point_near(End::upper, y), 64), widened(x, 0.5, y)}) {
        CHECK(has_no_nan(z));
        CHECK(mpfr_lessequal_p(z.left(), z.right()) != 0);
      }
      if (power(out, x, y, 64) == Status::ok) CHECK((has_no_nan(out) && is_finite(out)));
      if (divide(out, x, y, 64) == Status::ok) CHECK((has_no_nan(out) && is_finite(out)));
      CHECK(compare(x, y) != relation::none);
      CHECK((is_exact(x) || (compare(x, x) & relation::equal) != 0));
    }
    for (const long n : {0L, 1L, 2L, 3L, 1000L, std::numeric_limits<long>::max()}) {
      CHECK(has_no_nan(power(x, n, 64)));
    }
    CHECK_FALSE((is_finite(x) && to_string(x).empty()));
    static_cast<void>(lower_double(x));
    static_cast<void>(accuracy_bits(x));
  }
  CHECK_THROWS_AS(lower(Interval::whole()), NotRepresentable);
  CHECK_THROWS_AS(lower(power_of_two(1L << 29)), NotRepresentable);
  CHECK(mpfr_zero_p(mul(Interval(), Interval::whole(), 64).left()) != 0);
  Interval out;
  REQUIRE(apply(Elementary::exp, out, interval_from(-1e300), 64) == Status::ok);
  CHECK((is_nonnegative(out) && contains(out, interval_between(0, 0, 2))));
  CHECK(apply(Elementary::exp, out, interval_from(1e300), 64) == Status::open);
  REQUIRE(apply(Elementary::sin, out, power_of_two(1L << 29), 64) == Status::ok);
  CHECK(contains(interval(-1, 1), out));
}

TEST_CASE("texts of intervals enclose them", "[number][interval][property]") {
  CHECK(to_string(interval_from(1)) == "1");
  CHECK(to_string(interval_from(-12)) == "-12");
  CHECK(to_string(interval_from(0.5)) == "0.5");
  CHECK(to_string(Interval()) == "0");
  CHECK(to_string(interval_pi(100)) == "[3.14159265358979 +/- 3.24e-15]");
  CHECK(to_string(interval_pi(200), 30) == "[3.14159265358979323846264338328 +/- 4.98e-31]");
  CHECK(to_string(interval(-1, 2)) == "[+/- 2.00]");
  CHECK(to_string(Interval::whole()) == "[+/- inf]");
  CHECK(rc::check("middle and radius", [] {
    const Interval x = random_sample().interval;
    const std::string text = to_string(x, *rc::gen::inRange(1, 40));
    Ball parsed;
    RC_ASSERT(arb_set_str(parsed.get(), text.c_str(), 400) == 0);
    RC_ASSERT(arb_contains(parsed.get(), ball_at(x.left()).get()) != 0);
    RC_ASSERT(arb_contains(parsed.get(), ball_at(x.right()).get()) != 0);
  }));
}

TEST_CASE("guaranteed decimals of intervals are those of balls", "[number][interval]") {
  CHECK(guaranteed_decimal(interval_from(Rational(1, 3), 100), 10) == "0.3333333333");
  CHECK_FALSE(guaranteed_decimal(interval_from(Rational(1, 3), 20), 10));
  CHECK_FALSE(guaranteed_decimal(interval(-1, 1), 3));
  CHECK_FALSE(guaranteed_decimal(Interval::whole(), 3));
  CHECK(guaranteed_decimal(Interval(), 3) == "0");
}

TEST_CASE("ends, middles and radii of intervals", "[number][interval][property]") {
  CHECK(rc::check("as exact rationals say", [] {
    const Interval x = random_sample().interval;
    const Interval y = random_sample().interval;
    RC_ASSERT(lower(point_near(End::lower, x)) == lower(x) && is_exact(point_near(End::upper, x)));
    RC_ASSERT(radius_rational(x) == (upper(x) - lower(x)) / 2);
    RC_ASSERT(contains(x, midpoint_rational(x)) && is_exact(midpoint(x)));
    RC_ASSERT(contains(x, y) == (lower(x) <= lower(y) && upper(y) <= upper(x)));
    std::array<Interval, 2> halves;
    if (in_halves(x, halves)) {
      RC_ASSERT(lower(halves[0]) == lower(x) && upper(halves[1]) == upper(x));
      RC_ASSERT(upper(halves[0]) == lower(halves[1]));
    } else {
      RC_ASSERT(is_exact(x));
    }
    if (!is_exact(y))
      RC_ASSERT(exact_rational(radius_ratio(x, y)) >= Rational(radius_rational(x) / radius_rational(y)));
    const Rational more = radius_rational(y) * exact_rational(0.375);
    RC_ASSERT(contains(widened(x, 0.375, y), Rational(upper(x) + more)));
    RC_ASSERT(contains(widened(x, 0.375, y), Rational(lower(x) - more)));
    const MidRad doubles = to_midrad(x);
    RC_ASSERT(exact_rational(doubles.mid) - exact_rational(doubles.rad) <= lower(x));
    RC_ASSERT(exact_rational(doubles.mid) + exact_rational(doubles.rad) >= upper(x));
    const Interval both = between(point_near(End::lower, x), point_near(End::upper, x), x.precision());
    RC_ASSERT(contains(both, x) && contains(x, both));
  }));
}

TEST_CASE("intervals too large for doubles are sets without information", "[number][interval][midrad]") {
  CHECK_FALSE(is_finite(to_midrad(Interval::whole())));
  CHECK_FALSE(is_finite(to_midrad(power_of_two(2000))));
  CHECK_FALSE(is_finite(to_midrad(power_of_two(2000, -1))));
  CHECK(to_midrad(interval_from(-1.5)).rad == 0);
  CHECK(to_midrad(power_of_two(-2000)).rad <= 0x1p-1073);
}

TEST_CASE("exponentials at ends of intervals are sharp for ends of any size", "[number][interval][property]") {
  CHECK(rc::check("against Arb", [] {
    const Interval x = random_sample().interval;
    const Interval shift = point_near(End::upper, random_sample().interval);
    const Ball difference = sub(ball_at(x.right()), ball_at(shift.left()), reference_precision);
    if (std::fabs(upper_double(difference)) > 1e8) return;
    const Ball expected = reference(Elementary::exp, difference);
    const Interval out = exp_at(End::upper, x, shift, 100);
    RC_ASSERT(may_contain(out, expected));
    RC_ASSERT(is_sharp(out, expected, expected, 100));
    Interval low;
    Interval high;
    exp_at_ends(low, high, x, shift, 100);
    RC_ASSERT(contains(high, out) && contains(low, exp_at(End::lower, x, shift, 100)));
  }));
}

TEST_CASE("gelu of intervals is sharp everywhere", "[number][interval][gelu][property]") {
  CHECK(rc::check("against balls", [] {
    const double mid =
        *rc::gen::element(-0.7517915246935645, 0.0, 1.0, -5.0, -20.0, 30.0, 100.0) + *rc::gen::inRange(-8, 9) / 64.0;
    const double rad = *rc::gen::element(0.0, 0x1p-70, 0x1p-52, 0x1p-30, 0x1p-10, 0.5, 4.0);
    const Ball ball = ball_from_midrad(mid, rad);
    const Interval x =
        hull(sub(interval_from(mid), interval_from(rad), 200), add(interval_from(mid), interval_from(rad), 200), 200);
    Ball expected;
    Interval out;
    RC_ASSERT(gelu(expected, ball, 300) == Status::ok);
    RC_ASSERT(gelu(out, x, 128) == Status::ok);
    const Interval values = hull(interval_between(lower(expected), lower(expected), 400),
                                 interval_between(upper(expected), upper(expected), 400), 400);
    // The ball holds the range up to 30 bits of its radius, and the interval up to rounding.
    RC_ASSERT(contains(widened(values, 0x1p-20, values), out) || is_sharp(out, expected, expected, 128, 8));
    for (const double t : {mid - rad, mid, mid + rad}) {
      if (exact_rational(t) < lower(x) || exact_rational(t) > upper(x)) continue;
      Ball at;
      RC_ASSERT(gelu(at, ball_from(t), 300) == Status::ok);
      RC_ASSERT(may_contain(out, at));
    }
  }));
  Interval out;
  CHECK(gelu(out, Interval::whole(), 64) == Status::open);
}

TEST_CASE("intervals keep their values when they are copied and moved", "[number][interval]") {
  const auto third = [](long precision) { return interval_from(Rational(1, 3), precision); };
  for (const long bits : {2L, 53L, 128L, 192L, 193L, 1000L}) {
    std::vector<Interval> all;
    for (int i = 0; i < 40; ++i) all.push_back(mul(third(bits), interval_from(i), bits));  // reallocates
    std::vector<Interval> copies = all;
    std::rotate(all.begin(), all.begin() + 7, all.end());
    copies.insert(copies.begin(), third(1000));  // moves from the back, over limbs of another length
    for (int i = 0; i < 40; ++i) {
      CHECK(contains(all[static_cast<std::size_t>((i + 33) % 40)], Rational(i, 3)));
      CHECK(contains(copies[static_cast<std::size_t>(i + 1)], Rational(i, 3)));
    }
    Interval x = third(bits);
    const Interval& same = x;
    x = same;
    CHECK(contains(x, Rational(1, 3)));
    mpfi_set_ui(x.get(), 5);  // takes limbs of its own
    CHECK(contains(x, 5));
    std::swap(x, all.front());
    CHECK(contains(all.front(), 5));
    x = Interval();
    CHECK(is_zero(x));
  }
}

TEST_CASE("erf has values near the square root of 3, where MPFR 4.2.0 does not return", "[number][interval]") {
  for (const long precision : {24L, 53L, 64L, 100L, 109L, 128L, 300L})
    for (const long bits : {precision / 2, precision, precision + 18, precision + 30, 3 * precision}) {
      Interval root;
      REQUIRE(apply(Elementary::sqrt, root, interval_from(3), bits) == Status::ok);
      Interval out;
      REQUIRE(apply(Elementary::erf, out, root, precision) == Status::ok);
      CHECK(may_contain(out, reference(Elementary::erf, ball_at(root.left()))));
      CHECK(may_contain(out, reference(Elementary::erf, ball_at(root.right()))));
      CHECK(accuracy_bits(out) >= std::min(precision, bits) - 4);
    }
}
