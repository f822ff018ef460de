#pragma once
#include <arb.h>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>

#include "number/arithmetic.hpp"
#include "number/integer.hpp"

/// Balls of any precision: Arb's midpoint-radius intervals.
///
/// A `Ball` is a set [m − r, m + r] of reals that contains one exact, perhaps unknown, number. The *inclusion
/// principle*: each function below returns a ball that contains f(x, y) for all points x, y of its arguments; radii are
/// upper bounds, rounded outward by Arb (Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval
/// arithmetic", IEEE Trans. Comput. 66 (2017)). Precision is an argument in bits (≥ 2), never global state; it bounds
/// the midpoint's length, not the error. Because of it balls have no operators, no order and no conversion to double.
namespace assay {

class Ball {
 public:
  Ball() noexcept { arb_init(value_); }  ///< exactly 0
  Ball(const Ball& other) : Ball() { arb_set(value_, other.value_); }
  Ball(Ball&& other) noexcept : Ball() { arb_swap(value_, other.value_); }
  Ball& operator=(const Ball& other) {
    arb_set(value_, other.value_);
    return *this;
  }
  Ball& operator=(Ball&& other) noexcept {
    arb_swap(value_, other.value_);
    return *this;
  }
  ~Ball() { arb_clear(value_); }

  [[nodiscard]] arb_ptr get() noexcept { return value_; }
  [[nodiscard]] arb_srcptr get() const noexcept { return value_; }

 private:
  arb_t value_;
};

/// A ball around x with relative error at most 2^(1−precision); exact if x is dyadic and short enough.
[[nodiscard]] Ball ball_from(const Rational& x, long precision);
/// The exact point x.
[[nodiscard]] Ball ball_from(const Integer& x);
[[nodiscard]] Ball ball_from_int64(std::int64_t x);
template <std::integral T>
[[nodiscard]] Ball ball_from(T x) {
  return ball_from_int64(static_cast<std::int64_t>(x));
}
/// The exact point x. @throws InternalError unless x is finite.
[[nodiscard]] Ball ball_from(double x);
/// [mid − rad, mid + rad], with rad rounded upwards to 30 bits (relative 2⁻²⁹ at most). @throws InternalError unless
/// finite with rad ≥ 0.
[[nodiscard]] Ball ball_from_midrad(double mid, double rad);
/// A ball containing every number between `lower` and `upper`. @throws InternalError if lower > upper.
[[nodiscard]] Ball ball_between(const Rational& lower, const Rational& upper, long precision);

[[nodiscard]] Ball add(const Ball& x, const Ball& y, long precision);
[[nodiscard]] Ball sub(const Ball& x, const Ball& y, long precision);
[[nodiscard]] Ball mul(const Ball& x, const Ball& y, long precision);
[[nodiscard]] Ball neg(const Ball& x);
[[nodiscard]] Ball abs(const Ball& x);
[[nodiscard]] Ball min(const Ball& x, const Ball& y, long precision);
[[nodiscard]] Ball max(const Ball& x, const Ball& y, long precision);
/// A ball containing max(t, 0) for every t of x: x itself, exactly 0, or a ball around [0, upper(x)] (as tight as a
/// ball with a 30-bit radius allows) if x straddles 0.
[[nodiscard]] Ball relu(const Ball& x);
/// The smallest ball Arb finds that contains x and y.
[[nodiscard]] Ball hull(const Ball& x, const Ball& y, long precision);
/// x^n for n ≥ 0; 0^0 = 1. @throws InternalError for negative n (use the power below, or divide).
[[nodiscard]] Ball power(const Ball& x, long n, long precision);

/// out = x / y. y exactly zero: undefined; y containing zero: open.
[[nodiscard]] Status divide(Ball& out, const Ball& x, const Ball& y, long precision);
/// out ∋ f(t) for every t of x, over the reals (domains: arithmetic.hpp). All of x outside the domain: undefined; a
/// part of it, or a result without finite bound: open, and `out` is unspecified. Closed ends belong to the domain where
/// f is defined there: sqrt(0) and acos(1) are ok.
[[nodiscard]] Status apply(Elementary f, Ball& out, const Ball& x, long precision);
/// out ∋ x^y over the reals: any integer y (exactly known; 0^0 = 1; 0^negative undefined), else x > 0, else x exactly 0
/// with y > 0. A negative base with a y that contains no integer is undefined; anything straddling is open.
[[nodiscard]] Status power(Ball& out, const Ball& x, const Ball& y, long precision);

/// The order relations between some point of x and some point of y that the balls do not exclude.
[[nodiscard]] Relations compare(const Ball& x, const Ball& y);
/// The integer that is the floor of every point of x, if there is one.
[[nodiscard]] std::optional<Integer> unique_floor(const Ball& x);
[[nodiscard]] Ball pi(long precision);
[[nodiscard]] bool is_exact(const Ball& x);   ///< radius 0 and finite
[[nodiscard]] bool is_finite(const Ball& x);  ///< midpoint and radius are finite
[[nodiscard]] bool contains(const Ball& x, const Rational& value);

/// The nearest double ≤ (≥) every point of x; −∞ (+∞) if there is none. Never NaN.
[[nodiscard]] double lower_double(const Ball& x);
[[nodiscard]] double upper_double(const Ball& x);
/// The exact ends m − r and m + r. @throws NotRepresentable if x is not finite or an end needs more than
/// limit::rational_bits bits.
[[nodiscard]] Rational lower(const Ball& x);
[[nodiscard]] Rational upper(const Ball& x);
/// About −log2 of the relative error: how many leading bits of x are known. Large for exact x, negative if x is wide.
[[nodiscard]] long accuracy_bits(const Ball& x);
/// "[m +/- r]" in decimal, valid as an enclosure.
[[nodiscard]] std::string to_string(const Ball& x, long digits = 15);

/// The decimal of `digits` significant digits (form: `rounded_decimal`) to which every point of x rounds (half to
/// even); nothing if the ends of x round differently, or have no common sign, or are too long to be looked at.
[[nodiscard]] std::optional<std::string> guaranteed_decimal(const Ball& x, long digits);
/// The same for an exact number; always there.
[[nodiscard]] std::optional<std::string> guaranteed_decimal(const Rational& x, long digits);

}  // namespace assay
