#pragma once
#include <acb.h>
#include <acb_hypgeom.h>
#include <arb.h>
#include <arb_hypgeom.h>

#include "number/midrad_complex.hpp"

/// Passing midpoint-radius doubles through Arb. Internal to src/number.
namespace assay::midrad_arb {

/// Bits of the intermediate result: 11 more than a double has, so that Arb's rounding hardly shows in the radius.
inline constexpr slong precision = 64;

/// An Arb ball that frees itself.
class Ball {
 public:
  Ball() { arb_init(ball_); }
  explicit Ball(MidRad x) : Ball() { assign(x); }
  ~Ball() { arb_clear(ball_); }
  Ball(const Ball&) = delete;
  Ball& operator=(const Ball&) = delete;

  /// Contains x afterwards: the midpoint exactly, the radius rounded up to 30 bits.
  void assign(MidRad x) {
    arf_set_d(arb_midref(ball_), x.mid);
    mag_set_d(arb_radref(ball_), x.rad);
  }
  arb_ptr get() { return ball_; }

 private:
  arb_t ball_;
};

/// A complex Arb ball (a rectangle) that frees itself.
class ComplexBall {
 public:
  ComplexBall() { acb_init(ball_); }
  ~ComplexBall() { acb_clear(ball_); }
  ComplexBall(const ComplexBall&) = delete;
  ComplexBall& operator=(const ComplexBall&) = delete;

  void assign(const ComplexMidRad& x) {
    arf_set_d(arb_midref(acb_realref(ball_)), x.re.mid);
    mag_set_d(arb_radref(acb_realref(ball_)), x.re.rad);
    arf_set_d(arb_midref(acb_imagref(ball_)), x.im.mid);
    mag_set_d(arb_radref(acb_imagref(ball_)), x.im.rad);
  }
  acb_ptr get() { return ball_; }

 private:
  acb_t ball_;
};

/// The set that contains `ball`; without information if it is not finite or too large for doubles.
[[nodiscard]] MidRad midrad_of(const arb_t ball);

}  // namespace assay::midrad_arb
