#include "number/complex_ball.hpp"
#include "number/guaranteed_decimal.hpp"
#include "number/real_ball.hpp"

namespace assay {

std::optional<std::string> guaranteed_decimal(const Rational& x, long digits) { return rounded_decimal(x, digits); }

std::optional<std::string> guaranteed_decimal(const Ball& x, long digits) {
  return detail::guaranteed_decimal_of(x, digits);
}

std::optional<std::string> guaranteed_decimal(const ComplexBall& z, long digits) {
  return detail::guaranteed_complex_decimal_of(z, digits);
}

}  // namespace assay
