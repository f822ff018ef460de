#pragma once
#include <acb.h>

#include <optional>
#include <string>

#include "number/real_ball.hpp"

/// Complex balls (rectangles: a real ball for each part), with the inclusion principle of real_ball.hpp.
namespace assay {

class ComplexBall {
 public:
  ComplexBall() noexcept { acb_init(value_); }  ///< exactly 0
  ComplexBall(const ComplexBall& other) : ComplexBall() { acb_set(value_, other.value_); }
  ComplexBall(ComplexBall&& other) noexcept : ComplexBall() { acb_swap(value_, other.value_); }
  ComplexBall& operator=(const ComplexBall& other) {
    acb_set(value_, other.value_);
    return *this;
  }
  ComplexBall& operator=(ComplexBall&& other) noexcept {
    acb_swap(value_, other.value_);
    return *this;
  }
  ~ComplexBall() { acb_clear(value_); }

  [[nodiscard]] acb_ptr get() noexcept { return value_; }
  [[nodiscard]] acb_srcptr get() const noexcept { return value_; }

 private:
  acb_t value_;
};

[[nodiscard]] ComplexBall complex_from(const Ball& re, const Ball& im);
[[nodiscard]] ComplexBall complex_from(const Ball& re);
[[nodiscard]] Ball re(const ComplexBall& z);
[[nodiscard]] Ball im(const ComplexBall& z);
[[nodiscard]] ComplexBall conj(const ComplexBall& z);
[[nodiscard]] ComplexBall neg(const ComplexBall& z);
/// |z|.
[[nodiscard]] Ball abs(const ComplexBall& z, long precision);

[[nodiscard]] ComplexBall add(const ComplexBall& x, const ComplexBall& y, long precision);
[[nodiscard]] ComplexBall sub(const ComplexBall& x, const ComplexBall& y, long precision);
[[nodiscard]] ComplexBall mul(const ComplexBall& x, const ComplexBall& y, long precision);
[[nodiscard]] ComplexBall hull(const ComplexBall& x, const ComplexBall& y, long precision);
/// x^n for n ≥ 0; 0^0 = 1. @throws InternalError for negative n.
[[nodiscard]] ComplexBall power(const ComplexBall& x, long n, long precision);

/// out = x / y. y exactly zero: undefined; y containing zero: open.
[[nodiscard]] Status divide(ComplexBall& out, const ComplexBall& x, const ComplexBall& y, long precision);
/// out ∋ f(t), principal branch, for every t of z. log has −π < arg ≤ π; the others follow from it, on their cuts too:
/// asin z = −i log(iz + √(1 − z²)), acos z = π/2 − asin z, atan z = (i/2)(log(1 − iz) − log(1 + iz)) (DLMF 4.23(iv)).
/// A z that lies partly on a cut, or straddles a singularity, is open; at the exact points log 0, atan ±i and
/// gamma 0, −1, −2, … it is undefined.
[[nodiscard]] Status apply(Elementary f, ComplexBall& out, const ComplexBall& z, long precision);
/// out ∋ x^y: repeated multiplication for an exact integer y (0^0 = 1, 0^negative undefined), else exp(y log x) on the
/// principal branch; 0^y is 0 for exactly zero x and re y > 0.
[[nodiscard]] Status power(ComplexBall& out, const ComplexBall& x, const ComplexBall& y, long precision);

/// `equal`, `unequal` (certainly), or `any`.
[[nodiscard]] Relations compare(const ComplexBall& x, const ComplexBall& y);
[[nodiscard]] bool is_real(const ComplexBall& z);  ///< the imaginary part is exactly 0
[[nodiscard]] bool is_exact(const ComplexBall& z);
[[nodiscard]] bool is_finite(const ComplexBall& z);
/// Bits known of the larger part, relative to |z|.
[[nodiscard]] long accuracy_bits(const ComplexBall& z);
[[nodiscard]] std::string to_string(const ComplexBall& z, long digits = 15);
/// "a + b*I" with each part as in the real case; nothing if a part is not determined.
[[nodiscard]] std::optional<std::string> guaranteed_decimal(const ComplexBall& z, long digits);

}  // namespace assay
