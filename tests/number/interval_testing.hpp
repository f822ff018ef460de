#pragma once
#include <arb.h>
#include <rapidcheck.h>

#include <cmath>

#include "number/ball.hpp"
#include "number/interval.hpp"
#include "number/radius.hpp"

/// Intervals against Arb: the reference is a ball of far more bits.
namespace assay::testing {

constexpr long reference_precision = 500;

/// The end of an interval as a ball, exactly.
inline Ball ball_at(mpfr_srcptr end) {
  Ball out;
  arf_set_mpfr(arb_midref(out.get()), end);
  return out;
}

/// A ball that contains the interval, and exceeds it by less than 2⁻²⁰ of its width.
inline Ball enclosing_ball(const Interval& x) {
  return hull(ball_at(x.left()), ball_at(x.right()), std::max(x.precision(), 64L) + 64);
}

inline bool is_certainly_less(const Ball& x, const Ball& y) { return arb_lt(x.get(), y.get()) != 0; }

/// Whether nothing shows that the number that `y` encloses is not in x.
inline bool may_contain(const Interval& x, const Ball& y) {
  return !is_certainly_less(y, ball_at(x.left())) && !is_certainly_less(ball_at(x.right()), y);
}

/// Whether the ends of x lie within `ulps` units of the last of `precision` places of these two numbers.
inline bool is_sharp(const Interval& x, const Ball& low, const Ball& high, long precision, long ulps = 2) {
  const auto near = [&](const Ball& end, const Ball& at) {
    Ball distance = sub(end, at, reference_precision);
    Ball allowed = assay::abs(at);
    arb_mul_2exp_si(allowed.get(), allowed.get(), 1 - precision);
    arb_mul_si(allowed.get(), allowed.get(), ulps, reference_precision);
    return !is_certainly_less(allowed, assay::abs(distance));
  };
  return near(ball_at(x.left()), low) && near(ball_at(x.right()), high);
}

inline Rational random_rational(int exponent) {
  Rational out(*rc::gen::inRange(-1000000, 1000001), *rc::gen::inRange(1, 1000000));
  out.canonicalize();
  if (exponent >= 0) return out * Rational(Integer(1) << static_cast<unsigned>(exponent));
  return out / Rational(Integer(1) << static_cast<unsigned>(-exponent));
}

/// Intervals of several precisions and widths, around numbers of several sizes, and a point of them.
struct Sample {
  Interval interval;
  Rational inside;
};

inline Sample random_sample() {
  const int size = *rc::gen::element(0, 0, 0, 1, 3, 6, -4, -40, 40);
  Rational low = random_rational(size);
  const int narrow = *rc::gen::element(1, 0, -3, -10, -30, -60, -200);
  Rational width = *rc::gen::inRange(0, 4) == 0 ? Rational(0) : Rational(::abs(random_rational(size + narrow)));
  if (*rc::gen::inRange(0, 8) == 0) low = Rational(floor(low));
  const Interval out = interval_between(low, low + width, *rc::gen::element(24L, 53L, 64L, 128L, 300L));
  const Rational share(*rc::gen::inRange(0, 101), 100);
  Rational inside = lower(out) + share * (upper(out) - lower(out));
  inside.canonicalize();
  return {out, inside};
}

}  // namespace assay::testing
