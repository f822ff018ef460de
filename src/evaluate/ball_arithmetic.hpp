#pragma once
#include <string>
#include <vector>

#include "evaluate/value.hpp"
#include "number/complex_ball.hpp"
#include "number/ends.hpp"
#include "number/gelu.hpp"
#include "number/radius.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

/// Balls of a fixed precision.
class BallArithmetic {
 public:
  using Real = Ball;
  using Complex = ComplexBall;
  using RealArray = BoxedArray<Ball>;
  using ComplexArray = BoxedArray<ComplexBall>;
  static constexpr bool is_traced = false;
  static constexpr bool is_exact = false;
  static constexpr bool is_symbolic = false;
  static constexpr std::size_t block_lanes = std::size_t{1} << 12U;
  static constexpr std::size_t largest_array = std::size_t{1} << 23U;
  static constexpr const char* name = "balls";

  explicit BallArithmetic(long precision) : precision_(precision) {}
  [[nodiscard]] long precision() const noexcept { return precision_; }

  [[nodiscard]] Real real(std::int64_t n) const { return ball_from(n); }
  [[nodiscard]] Status real(Real& out, const Rational& q) const { return done(out, ball_from(q, precision_)); }
  /// All numbers from `low` to `high`.
  [[nodiscard]] Status between(Real& out, const Rational& low, const Rational& high) const {
    return done(out, ball_between(low, high, precision_));
  }
  [[nodiscard]] RealArray reals(const std::vector<double>& values) const {
    RealArray out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out.set(i, ball_from(values[i]));
    return out;
  }
  [[nodiscard]] Real pi() const { return assay::pi(precision_); }
  [[nodiscard]] Complex complex(const Real& x) const { return complex_from(x); }
  [[nodiscard]] Status complex(Complex& out, const Real& re, const Real& im) const {
    return done(out, complex_from(re, im));
  }
  [[nodiscard]] Status re(Real& out, const Complex& z) const { return done(out, assay::re(z)); }
  [[nodiscard]] Status im(Real& out, const Complex& z) const { return done(out, assay::im(z)); }
  [[nodiscard]] Status conj(Complex& out, const Complex& z) const { return done(out, assay::conj(z)); }

  template <class T>
  [[nodiscard]] Status add(T& out, const T& x, const T& y) const {
    return done(out, assay::add(x, y, precision_));
  }
  template <class T>
  [[nodiscard]] Status subtract(T& out, const T& x, const T& y) const {
    return done(out, assay::sub(x, y, precision_));
  }
  template <class T>
  [[nodiscard]] Status multiply(T& out, const T& x, const T& y) const {
    return done(out, assay::mul(x, y, precision_));
  }
  template <class T>
  [[nodiscard]] Status negate(T& out, const T& x) const {
    return done(out, assay::neg(x));
  }
  template <class T>
  [[nodiscard]] Status divide(T& out, const T& x, const T& y) const {
    return assay::divide(out, x, y, precision_);
  }
  template <class T>
  [[nodiscard]] Status square(T& out, const T& x) const {
    return power(out, x, std::int64_t{2});
  }
  template <class T>
  [[nodiscard]] Status power(T& out, const T& x, std::int64_t n) const {
    if (n >= 0) return done(out, assay::power(x, static_cast<long>(n), precision_));
    if (n == INT64_MIN) return Status::open;
    T denominator = assay::power(x, static_cast<long>(-n), precision_);
    return assay::divide(out, one(x), denominator, precision_);
  }
  template <class T>
  [[nodiscard]] Status power(T& out, const T& x, const T& y) const {
    return assay::power(out, x, y, precision_);
  }
  template <class T>
  [[nodiscard]] Status apply(Elementary f, T& out, const T& x) const {
    return assay::apply(f, out, x, precision_);
  }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return done(out, assay::abs(x)); }
  [[nodiscard]] Status abs(Real& out, const Complex& x) const { return done(out, assay::abs(x, precision_)); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return done(out, assay::relu(x)); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const {
    return done(out, assay::max(x, y, precision_));
  }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const {
    return done(out, assay::min(x, y, precision_));
  }
  [[nodiscard]] Status gelu(Real& out, const Real& x) const { return assay::gelu(out, x, precision_); }
  /// For ranges that are put together from values at the ends of their arguments (number/ends.hpp).
  [[nodiscard]] Real point_near(End end, const Real& x) const { return assay::point_near(end, x); }
  [[nodiscard]] Real exp_at(End end, const Real& x, const Real& shift) const {
    return assay::exp_at(end, x, shift, precision_);
  }
  void exp_at_ends(Real& low, Real& high, const Real& x, const Real& shift) const {
    assay::exp_at_ends(low, high, x, shift, precision_);
  }
  [[nodiscard]] Real between(const Real& low, const Real& high) const { return assay::between(low, high, precision_); }
  [[nodiscard]] double midpoint_approx(const Real& x) const { return assay::midpoint_approx(x); }
  [[nodiscard]] bool is_finite(const Real& x) const { return assay::is_finite(x); }
  [[nodiscard]] Status floor(Real& out, const Real& x) const {
    const std::optional<Integer> n = unique_floor(x);
    if (!n) return Status::open;
    return done(out, ball_from(*n));
  }
  template <class T>
  [[nodiscard]] Relations compare(const T& x, const T& y) const {
    return assay::compare(x, y);
  }
  [[nodiscard]] std::optional<std::int64_t> integer(const Real& x) const {
    const std::optional<Rational> q = rational(x);
    return q ? to_int64(*q) : std::nullopt;
  }
  [[nodiscard]] std::optional<Rational> rational(const Real& x) const {
    if (!assay::is_exact(x)) return std::nullopt;
    return lower(x);
  }
  /// Whether an order between x and y is one of numbers known exactly: both balls are points.
  template <class T>
  [[nodiscard]] bool is_order_exact(const T& x, const T& y) const noexcept {
    return assay::is_exact(x) && assay::is_exact(y);
  }
  [[nodiscard]] std::string text(const Real& x, long digits) const { return to_string(x, digits); }
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const { return to_string(x, digits); }

 private:
  template <class T>
  static Status done(T& out, T value) {
    out = std::move(value);
    return Status::ok;
  }
  static Real one(const Real&) { return ball_from(1); }
  static Complex one(const Complex&) { return complex_from(ball_from(1)); }

  long precision_;
};

}  // namespace assay::evaluate
