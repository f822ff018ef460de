#pragma once
#include "evaluate/precise_arithmetic.hpp"
#include "number/complex_ball.hpp"
#include "number/ends.hpp"
#include "number/gelu.hpp"
#include "number/radius.hpp"

namespace assay::evaluate {

/// Numbers of PreciseArithmetic: Arb's balls.
struct BallNumbers {
  using Real = Ball;
  using Complex = ComplexBall;
  static constexpr const char* name = "balls";

  template <class T>
  [[nodiscard]] static Real from(const T& x) {
    return ball_from(x);
  }
  [[nodiscard]] static Real from(const Rational& x, long precision) { return ball_from(x, precision); }
  [[nodiscard]] static Real between(const Rational& low, const Rational& high, long precision) {
    return ball_between(low, high, precision);
  }
  [[nodiscard]] static Real pi(long precision) { return assay::pi(precision); }
};

/// Balls of a fixed precision.
using BallArithmetic = PreciseArithmetic<BallNumbers>;

}  // namespace assay::evaluate
