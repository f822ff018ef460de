#include "evaluate/fast_arithmetic.hpp"

#include "number/complex_ball.hpp"

namespace assay::evaluate {

std::string FastArithmetic::text(const Real& x, long digits) const {
  if (!assay::is_finite(x)) return "[+/- inf]";
  if (const std::optional<std::int64_t> n = integer(x)) return std::to_string(*n);
  return to_string(ball_from_midrad(x.mid, x.rad), digits);
}

std::string FastArithmetic::complex_text(const Complex& x, long digits) const {
  if (!assay::is_finite(x)) return "[+/- inf]";
  return to_string(complex_from(ball_from_midrad(x.re.mid, x.re.rad), ball_from_midrad(x.im.mid, x.im.rad)), digits);
}

}  // namespace assay::evaluate
