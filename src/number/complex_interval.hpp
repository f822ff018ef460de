#pragma once
#include <string>

#include "number/interval.hpp"

/// Complex intervals (rectangles: an interval for each part), with the inclusion principle of interval.hpp and the
/// functions and conventions of complex_ball.hpp.
namespace assay {

struct ComplexInterval {
  Interval re, im;  ///< by default exactly 0
};

[[nodiscard]] ComplexInterval complex_from(const Interval& re, const Interval& im);
[[nodiscard]] ComplexInterval complex_from(const Interval& re);
[[nodiscard]] Interval re(const ComplexInterval& z);
[[nodiscard]] Interval im(const ComplexInterval& z);
[[nodiscard]] ComplexInterval conj(const ComplexInterval& z);
[[nodiscard]] ComplexInterval neg(const ComplexInterval& z);
/// |z|: the range over the rectangle, rounded outward.
[[nodiscard]] Interval abs(const ComplexInterval& z, long precision);

[[nodiscard]] ComplexInterval add(const ComplexInterval& x, const ComplexInterval& y, long precision);
[[nodiscard]] ComplexInterval sub(const ComplexInterval& x, const ComplexInterval& y, long precision);
[[nodiscard]] ComplexInterval mul(const ComplexInterval& x, const ComplexInterval& y, long precision);
[[nodiscard]] ComplexInterval hull(const ComplexInterval& x, const ComplexInterval& y, long precision);
/// x^n for n ≥ 0; 0^0 = 1. @throws InternalError for negative n.
[[nodiscard]] ComplexInterval power(const ComplexInterval& x, long n, long precision);

/// out = x / y. y exactly zero: undefined; y containing zero: open.
[[nodiscard]] Status divide(ComplexInterval& out, const ComplexInterval& x, const ComplexInterval& y, long precision);
/// out ∋ f(t), principal branch, for every t of z; branches, cuts and singular points as for balls (complex_ball.hpp).
/// gamma, digamma and erf are known for real z only, and open elsewhere.
[[nodiscard]] Status apply(Elementary f, ComplexInterval& out, const ComplexInterval& z, long precision);
/// out ∋ x^y: repeated multiplication for an exact integer y (0^0 = 1, 0^negative undefined), else exp(y log x) on the
/// principal branch; 0^y is 0 for exactly zero x and re y > 0.
[[nodiscard]] Status power(ComplexInterval& out, const ComplexInterval& x, const ComplexInterval& y, long precision);

/// `equal`, `unequal` (certainly), or `any`.
[[nodiscard]] Relations compare(const ComplexInterval& x, const ComplexInterval& y);
[[nodiscard]] bool is_real(const ComplexInterval& z);  ///< the imaginary part is exactly 0
[[nodiscard]] bool is_exact(const ComplexInterval& z);
[[nodiscard]] bool is_finite(const ComplexInterval& z);
/// Bits known of the larger part, relative to |z|.
[[nodiscard]] long accuracy_bits(const ComplexInterval& z);
[[nodiscard]] std::string to_string(const ComplexInterval& z, long digits = 15);
/// "a + b*I" with each part as in the real case; nothing if a part is not determined.
[[nodiscard]] std::optional<std::string> guaranteed_decimal(const ComplexInterval& z, long digits);

}  // namespace assay
