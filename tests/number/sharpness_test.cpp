#include <arb_hypgeom.h>
#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <functional>

#include "number/ball.hpp"
#include "number/ends.hpp"
#include "number/gelu.hpp"
#include "number/midrad.hpp"

/// Enclosures of the functions that networks are made of must contain the range, and be hardly larger. The range is
/// found by Arb at 300 bits, at the ends of the argument and at turning points, where it is attained.
using namespace assay;

namespace {

constexpr long reference_precision = 300;

/// The leading 30 bits of x, which the radius of a ball can hold.
double thirty_bits(double x) {
  int exponent = 0;
  const double mantissa = std::frexp(x, &exponent);
  return std::ldexp(std::trunc(std::ldexp(mantissa, 30)), exponent - 30);
}

/// A random set: centres of all sizes, some with few bits, radii from 0 to far above the centre.
MidRad random_set(int largest_exponent = 1000) {
  const double mantissa = static_cast<double>(*rc::gen::inRange<std::int64_t>(-(1LL << 53), 1LL << 53)) * 0x1p-53;
  const int near = *rc::gen::inRange(-6, 7);
  const int any = *rc::gen::inRange(-1070, largest_exponent);
  const double full = std::ldexp(mantissa, *rc::gen::element(near, near, near, any));
  const double mid = *rc::gen::element(full, thirty_bits(full));
  const double share = *rc::gen::element(0.0, 0x1p-56, 0x1p-52, 0x1p-40, 0x1p-21, 0x1p-19, 0x1p-8, 0.5, 1.0, 3.0, 1e6);
  const double rad = std::fabs(mid) * share * *rc::gen::element(1.0, 0.7);
  return {mid, std::isfinite(rad) ? thirty_bits(rad) : 0};
}

/// The exact ends of x.
Ball end_of(End end, MidRad x) {
  const Ball mid = ball_from(x.mid);
  const Ball rad = ball_from(x.rad);
  Ball out;
  if (end == End::lower)
    arf_sub(arb_midref(out.get()), arb_midref(mid.get()), arb_midref(rad.get()), ARF_PREC_EXACT, ARF_RND_DOWN);
  else
    arf_add(arb_midref(out.get()), arb_midref(mid.get()), arb_midref(rad.get()), ARF_PREC_EXACT, ARF_RND_DOWN);
  return out;
}

struct Range {
  Ball low, high;
};

Range range_of(std::initializer_list<Ball> values) {
  Range out{*values.begin(), *values.begin()};
  for (const Ball& value : values) {
    out.low = min(out.low, value, reference_precision);
    out.high = max(out.high, value, reference_precision);
  }
  return out;
}

Ball reference(Elementary f, const Ball& x) {
  Ball out;
  RC_ASSERT(apply(f, out, x, reference_precision) == Status::ok);
  return out;
}

/// t·(1 + erf(t/√2))/2 with enough bits for the cancellation.
Ball reference_gelu(const Ball& t) {
  constexpr long bits = 6000;
  Ball root;
  arb_set_ui(root.get(), 2);
  arb_sqrt(root.get(), root.get(), bits);
  Ball out;
  arb_div(out.get(), t.get(), root.get(), bits);
  arb_hypgeom_erf(out.get(), out.get(), bits);
  arb_add_ui(out.get(), out.get(), 1, bits);
  arb_mul(out.get(), out.get(), t.get(), bits);
  arb_mul_2exp_si(out.get(), out.get(), -1);
  return out;
}

/// The exact ends of an enclosure.
Range ends_of(MidRad x) { return {end_of(End::lower, x), end_of(End::upper, x)}; }
Range ends_of(const Ball& x) {
  Range out;
  arb_get_interval_arf(arb_midref(out.low.get()), arb_midref(out.high.get()), x.get(), 4 * reference_precision);
  return out;
}

/// excess ≤ small·(width of the range) + ulps·unit·|largest value| + smallest, where the range lies inside.
template <class Set>
void check(const Set& set, const Range& range, double small, double unit, double smallest) {
  const Range ends = ends_of(set);
  const auto difference = [](const Ball& x, const Ball& y) { return sub(x, y, reference_precision); };
  RC_ASSERT(arb_is_negative(difference(range.low, ends.low).get()) == 0);
  RC_ASSERT(arb_is_negative(difference(ends.high, range.high).get()) == 0);
  const Ball excess = difference(difference(ends.high, ends.low), difference(range.high, range.low));
  const Ball size = max(abs(range.low), abs(range.high), reference_precision);
  Ball allowed = mul(ball_from(small), difference(range.high, range.low), reference_precision);
  allowed = add(allowed, mul(ball_from(unit), size, reference_precision), reference_precision);
  allowed = add(allowed, ball_from(smallest), reference_precision);
  // The reference itself is rounded.
  allowed = add(allowed, mul(ball_from(0x1p-250), size, reference_precision), reference_precision);
  RC_ASSERT(arb_is_positive(difference(excess, allowed).get()) == 0);
}

/// For midpoint-radius doubles: points are known to an ulp, ranges to 2⁻¹⁰ of their width and a few ulps.
void check_midrad(MidRad set, bool point, const Range& range) {
  constexpr double ulp = 0x1p-52;
  check(set, range, 0x1p-10, point ? 2 * ulp : 8 * ulp, 16 * 0x1p-1074);
}

constexpr long ball_precision = 128;

void check_ball(const Ball& set, const Range& range, double small = 0x1p-10) {
  check(set, range, small, std::ldexp(8, -static_cast<int>(ball_precision)), 0);
}

constexpr std::pair<Elementary, const char*> increasing[] = {
    {Elementary::exp, "exp"},   {Elementary::tanh, "tanh"}, {Elementary::erf, "erf"}, {Elementary::sinh, "sinh"},
    {Elementary::atan, "atan"}, {Elementary::sqrt, "sqrt"}, {Elementary::log, "log"}};

}  // namespace

TEST_CASE("monotone functions of sets are as narrow as their ranges", "[number][midrad][ball][sharpness]") {
  for (const auto& [function, name] : increasing)
    CHECK(rc::check(name, [f = function] {
      MidRad x = random_set(f == Elementary::exp || f == Elementary::sinh || f == Elementary::erf ? 9 : 1000);
      if (f == Elementary::sqrt || f == Elementary::log) {
        x.mid = std::fabs(x.mid);
        x.rad = thirty_bits(std::min(x.rad, x.mid));
        RC_PRE(f == Elementary::sqrt || x.mid > x.rad);
      }
      MidRad fast;
      const Range argument = ends_of(x);
      const Range range{reference(f, argument.low), reference(f, argument.high)};
      RC_PRE(apply(f, fast, x) == Status::ok || upper_double(abs(range.high)) > 0x1p1022);
      if (is_finite(fast)) check_midrad(fast, x.rad == 0, range);
      Ball ball;
      RC_ASSERT(apply(f, ball, ball_from_midrad(x.mid, x.rad), ball_precision) == Status::ok);
      check_ball(ball, range);
    }));
}

TEST_CASE("relu, squares and powers of sets are as narrow as their ranges", "[number][midrad][ball][sharpness]") {
  CHECK(rc::check("at both sides of the kink and of the least value, and around them", [] {
    const MidRad x = random_set(150);
    const Range argument = ends_of(x);
    const bool around = lower_double(argument.low) < 0 && upper_double(argument.high) > 0;
    const bool point = x.rad == 0;
    const Ball ball = ball_from_midrad(x.mid, x.rad);
    check_midrad(relu(x), point, {relu(argument.low), relu(argument.high)});
    check_ball(relu(ball), {relu(argument.low), relu(argument.high)});
    const int n = *rc::gen::inRange(2, 6);
    const auto raised = [n](const Ball& t) { return power(t, n, 4 * reference_precision); };
    Range range = range_of({raised(argument.low), raised(argument.high)});
    if (around && n % 2 == 0) range.low = Ball();
    check_midrad(n == 2 ? square(x) : power(x, static_cast<unsigned long>(n)), point && n == 2, range);
    check_ball(power(ball, n, ball_precision), range);
  }));
}

TEST_CASE("quotients of sets are as narrow as their ranges", "[number][midrad][ball][sharpness]") {
  CHECK(rc::check("at the corners", [] {
    const MidRad x = random_set(300);
    MidRad y = random_set(300);
    if (y.mid == 0) y.mid = 1;
    if (may_be_zero(y)) y.rad = thirty_bits(std::fabs(y.mid) * *rc::gen::element(0.0, 0x1p-50, 0.3, 0.999));
    RC_PRE(std::fabs(y.mid) > 0x1p-500 && (x.mid == 0 || std::fabs(x.mid) > 0x1p-500));
    const Range above = ends_of(x);
    const Range below = ends_of(y);
    const auto quotient = [](const Ball& a, const Ball& b) {
      Ball out;
      RC_ASSERT(divide(out, a, b, reference_precision) == Status::ok);
      return out;
    };
    const Range range = range_of({quotient(above.low, below.low), quotient(above.low, below.high),
                                  quotient(above.high, below.low), quotient(above.high, below.high)});
    MidRad fast;
    RC_ASSERT(divide(fast, x, y) == Status::ok);
    check_midrad(fast, x.rad == 0 && y.rad == 0, range);
    Ball ball;
    RC_ASSERT(divide(ball, ball_from_midrad(x.mid, x.rad), ball_from_midrad(y.mid, y.rad), ball_precision) ==
              Status::ok);
    check_ball(ball, range, 0x1p-5);  // Arb's bound is larger by 1/64
  }));
}

TEST_CASE("the least point of gelu lies between its two neighbours", "[number]") {
  // The sign of Φ(t) + tφ(t).
  const auto slope = [](double t) {
    const Ball x = ball_from(t);
    Ball density = mul(x, x, reference_precision);
    arb_mul_2exp_si(density.get(), density.get(), -1);
    density = reference(Elementary::exp, neg(density));
    Ball root = pi(reference_precision);
    arb_mul_2exp_si(root.get(), root.get(), 1);
    Ball out;
    RC_ASSERT(divide(out, density, reference(Elementary::sqrt, root), reference_precision) == Status::ok);
    Ball distribution;
    RC_ASSERT(divide(distribution, reference_gelu(x), x, reference_precision) == Status::ok);
    return add(distribution, mul(x, out, reference_precision), reference_precision);
  };
  CHECK(upper_double(slope(below_gelu_minimum)) < 0);
  CHECK(lower_double(slope(above_gelu_minimum)) > 0);
  CHECK(std::nextafter(below_gelu_minimum, 0) == above_gelu_minimum);
}

TEST_CASE("gelu of sets is as narrow as its range", "[number][midrad][ball][sharpness]") {
  CHECK(rc::check("on both sides of the least value and around it", [] {
    MidRad x = random_set(6);
    if (*rc::gen::inRange(0, 3) == 0) x.mid = above_gelu_minimum + x.rad * *rc::gen::element(0.0, 0.5, 1.0, 1.0625);
    const Range argument = ends_of(x);
    Range range = range_of({reference_gelu(argument.low), reference_gelu(argument.high)});
    const Ball below = ball_from(below_gelu_minimum);
    const Ball above = ball_from(above_gelu_minimum);
    const bool is_around =
        arb_le(argument.low.get(), below.get()) != 0 && arb_ge(argument.high.get(), above.get()) != 0;
    if (is_around) range.low = reference_gelu(below);  // to 105 bits
    // An end within an ulp of the least point is not looked at.
    RC_PRE(is_around || arb_le(argument.high.get(), below.get()) != 0 || arb_ge(argument.low.get(), above.get()) != 0);
    MidRad fast;
    RC_ASSERT(gelu(fast, x) == Status::ok);
    check_midrad(fast, x.rad == 0, range);
    Ball ball;
    RC_ASSERT(gelu(ball, ball_from_midrad(x.mid, x.rad), ball_precision) == Status::ok);
    if (!is_around || x.rad > 0x1p-40) check_ball(ball, range);
  }));
  MidRad fast;
  for (const double far : {-1e308, -1e6, -39.0, -1e-320, 0.0, 1e-320, 1e6, 1e308}) {
    CAPTURE(far);
    REQUIRE(gelu(fast, {far, 0}) == Status::ok);
    CHECK(fast.rad <= 0x1p-52 * std::fabs(fast.mid) + 2 * 0x1p-1074);
    CHECK(std::fabs(fast.mid - (far > 0 ? far / (far < 1 ? 2 : 1) : far < -1 ? 0 : far / 2)) <= 1e-300);
  }
  CHECK(gelu(fast, {0, std::numeric_limits<double>::infinity()}) == Status::open);
  REQUIRE(gelu(fast, {0, 100}) == Status::ok);
  CHECK(std::fabs(lower(fast) + 0.16997120747990369) < 3e-14);  // as sharp as a midpoint near 50 allows
  CHECK(upper(fast) < 100 + 1e-13);
}

TEST_CASE("exponentials at the ends of a set are known to an ulp", "[number][midrad][ball][sharpness]") {
  CHECK(rc::check("whatever the size of the end and of the shift", [] {
    const MidRad x = random_set();
    const End end = *rc::gen::element(End::lower, End::upper);
    const MidRad shift = point_near(end, {x.mid + *rc::gen::element(0.0, 1e-9, 5.0, -5.0, 700.0), x.rad});
    Ball difference;
    const Ball exact = end_of(end, x);
    arb_sub_arf(difference.get(), exact.get(), arb_midref(ball_from(shift.mid).get()), ARF_PREC_EXACT);
    RC_PRE(std::fabs(upper_double(difference)) < 1e15);  // else beyond the exponents of Arb
    const Ball value = reference(Elementary::exp, difference);
    const MidRad fast = exp_at(end, x, shift);
    if (is_finite(fast))
      check_midrad(fast, true, {value, value});
    else
      RC_ASSERT(upper_double(value) > 0x1p1023);
    if (std::fabs(x.mid) < 0x1p60 && x.rad < 0x1p60) {
      Ball ball = ball_from(x.mid);
      arf_get_mag(arb_radref(ball.get()), arb_midref(ball_from(0).get()));
      check_ball(exp_at(end, ball, ball_from(shift.mid), ball_precision),
                 range_of({reference(Elementary::exp, sub(ball_from(x.mid), ball_from(shift.mid), 2000))}));
    }
  }));
}

TEST_CASE("both exponentials at once are those of the ends", "[number][midrad][sharpness]") {
  CHECK(rc::check("to a few ulps and 2^-20 of the radius", [] {
    const MidRad x = random_set(5);
    const MidRad shift = {*rc::gen::element(0.0, 1.5, -700.0, 100.0, x.mid), 0};
    MidRad low;
    MidRad high;
    exp_at_ends(low, high, x, shift);
    RC_PRE(is_finite(low) && is_finite(high));
    for (const auto& [end, value] : {std::pair(End::lower, low), std::pair(End::upper, high)}) {
      const Ball exact = reference(Elementary::exp, sub(end_of(end, x), ball_from(shift.mid), 4000));
      const double square = x.rad <= 0x1p-20 ? x.rad * x.rad : 0;
      check(value, {exact, exact}, 0, 4 * 0x1p-52 + 4 * square, 32 * 0x1p-1074);
    }
  }));
}

TEST_CASE("what lies between two sets is enclosed with both of them", "[number][midrad][sharpness]") {
  CHECK(rc::check("and little more", [] {
    const MidRad x = random_set();
    const MidRad y = random_set();
    const MidRad both = between(x, y);
    RC_PRE(is_finite(both));
    const Range ends = ends_of(both);
    for (const MidRad& part : {x, y}) {
      RC_ASSERT(arb_le(ends.low.get(), ends_of(part).low.get()) != 0);
      RC_ASSERT(arb_ge(ends.high.get(), ends_of(part).high.get()) != 0);
    }
    if (x.rad == 0 && y.rad == 0) check_midrad(both, true, range_of({ball_from(x.mid), ball_from(y.mid)}));
  }));
}
