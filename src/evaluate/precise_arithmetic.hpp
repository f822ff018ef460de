#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/value.hpp"
#include "number/end.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

/// The functions of enclosures, found by the types of their arguments; inside the class their names would mean its
/// members.
namespace enclosed {
inline constexpr auto sum = [](const auto& x, const auto& y, long p) { return add(x, y, p); };
inline constexpr auto quotient = [](auto& out, const auto& x, const auto& y, long p) { return divide(out, x, y, p); };
inline constexpr auto whole_power = [](const auto& x, long n, long p) { return power(x, n, p); };
inline constexpr auto general_power = [](auto& out, const auto& x, const auto& y, long p) {
  return power(out, x, y, p);
};
inline constexpr auto value_of = [](Elementary f, auto& out, const auto& x, long p) { return apply(f, out, x, p); };
inline constexpr auto size = [](const auto& x, auto... p) { return abs(x, p...); };
inline constexpr auto rectified = [](const auto& x) { return relu(x); };
inline constexpr auto gelu_of = [](auto& out, const auto& x, long p) { return gelu(out, x, p); };
inline constexpr auto real_part = [](const auto& z) { return re(z); };
inline constexpr auto imaginary_part = [](const auto& z) { return im(z); };
inline constexpr auto conjugate = [](const auto& z) { return conj(z); };
inline constexpr auto is_point = [](const auto& x) { return is_exact(x); };
inline constexpr auto relations = [](const auto& x, const auto& y) { return compare(x, y); };
inline constexpr auto has_ends = [](const auto& x) { return is_finite(x); };
inline constexpr auto point_at = [](End end, const auto& x) { return point_near(end, x); };
inline constexpr auto exp_of_end = [](End end, const auto& x, const auto& s, long p) { return exp_at(end, x, s, p); };
inline constexpr auto exp_of_ends = [](auto& low, auto& high, const auto& x, const auto& s, long p) {
  exp_at_ends(low, high, x, s, p);
};
inline constexpr auto joined = [](const auto& low, const auto& high, long p) { return between(low, high, p); };
inline constexpr auto approx_middle = [](const auto& x) { return midpoint_approx(x); };
}  // namespace enclosed

/// Enclosures of a fixed precision, written once for all kinds of them.
///
/// @tparam Numbers  names the types `Real` and `Complex`, which have the functions of real_ball.hpp, complex_ball.hpp,
///     ends.hpp and gelu.hpp, and makes numbers: `from(n)`, `from(double)`, `from(Integer)`, `from(Rational,
///     precision)`, `between(Rational, Rational, precision)`, `pi(precision)`.
template <class Numbers>
class PreciseArithmetic {
 public:
  using Real = typename Numbers::Real;
  using Complex = typename Numbers::Complex;
  using RealArray = BoxedArray<Real>;
  using ComplexArray = BoxedArray<Complex>;
  static constexpr bool is_traced = false;
  static constexpr bool is_exact = false;
  static constexpr bool is_symbolic = false;
  static constexpr std::size_t block_lanes = std::size_t{1} << 12U;
  static constexpr std::size_t largest_array = std::size_t{1} << 23U;
  static constexpr const char* name = Numbers::name;

  explicit PreciseArithmetic(long precision) : precision_(precision) {}
  [[nodiscard]] long precision() const noexcept { return precision_; }

  [[nodiscard]] Real real(std::int64_t n) const { return Numbers::from(n); }
  [[nodiscard]] Status real(Real& out, const Rational& q) const { return done(out, Numbers::from(q, precision_)); }
  /// All numbers from `low` to `high`.
  [[nodiscard]] Status between(Real& out, const Rational& low, const Rational& high) const {
    return done(out, Numbers::between(low, high, precision_));
  }
  [[nodiscard]] RealArray reals(const std::vector<double>& values) const {
    RealArray out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out.set(i, Numbers::from(values[i]));
    return out;
  }
  [[nodiscard]] Real pi() const { return Numbers::pi(precision_); }
  [[nodiscard]] Complex complex(const Real& x) const { return complex_from(x); }
  [[nodiscard]] Status complex(Complex& out, const Real& re, const Real& im) const {
    return done(out, complex_from(re, im));
  }
  [[nodiscard]] Status re(Real& out, const Complex& z) const { return done(out, enclosed::real_part(z)); }
  [[nodiscard]] Status im(Real& out, const Complex& z) const { return done(out, enclosed::imaginary_part(z)); }
  [[nodiscard]] Status conj(Complex& out, const Complex& z) const { return done(out, enclosed::conjugate(z)); }

  template <class T>
  [[nodiscard]] Status add(T& out, const T& x, const T& y) const {
    return done(out, enclosed::sum(x, y, precision_));
  }
  template <class T>
  [[nodiscard]] Status subtract(T& out, const T& x, const T& y) const {
    return done(out, sub(x, y, precision_));
  }
  template <class T>
  [[nodiscard]] Status multiply(T& out, const T& x, const T& y) const {
    return done(out, mul(x, y, precision_));
  }
  template <class T>
  [[nodiscard]] Status negate(T& out, const T& x) const {
    return done(out, neg(x));
  }
  template <class T>
  [[nodiscard]] Status divide(T& out, const T& x, const T& y) const {
    return enclosed::quotient(out, x, y, precision_);
  }
  template <class T>
  [[nodiscard]] Status square(T& out, const T& x) const {
    return power(out, x, std::int64_t{2});
  }
  template <class T>
  [[nodiscard]] Status power(T& out, const T& x, std::int64_t n) const {
    if (n >= 0) return done(out, enclosed::whole_power(x, static_cast<long>(n), precision_));
    if (n == INT64_MIN) return Status::open;
    T denominator = enclosed::whole_power(x, static_cast<long>(-n), precision_);
    return enclosed::quotient(out, one(x), denominator, precision_);
  }
  template <class T>
  [[nodiscard]] Status power(T& out, const T& x, const T& y) const {
    return enclosed::general_power(out, x, y, precision_);
  }
  template <class T>
  [[nodiscard]] Status apply(Elementary f, T& out, const T& x) const {
    return enclosed::value_of(f, out, x, precision_);
  }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return done(out, enclosed::size(x)); }
  [[nodiscard]] Status abs(Real& out, const Complex& x) const { return done(out, enclosed::size(x, precision_)); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return done(out, enclosed::rectified(x)); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const {
    return done(out, max(x, y, precision_));
  }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const {
    return done(out, min(x, y, precision_));
  }
  [[nodiscard]] Status gelu(Real& out, const Real& x) const { return enclosed::gelu_of(out, x, precision_); }
  /// For ranges that are put together from values at the ends of their arguments (number/ends.hpp).
  [[nodiscard]] Real point_near(End end, const Real& x) const { return enclosed::point_at(end, x); }
  [[nodiscard]] Real exp_at(End end, const Real& x, const Real& shift) const {
    return enclosed::exp_of_end(end, x, shift, precision_);
  }
  void exp_at_ends(Real& low, Real& high, const Real& x, const Real& shift) const {
    enclosed::exp_of_ends(low, high, x, shift, precision_);
  }
  [[nodiscard]] Real between(const Real& low, const Real& high) const {
    return enclosed::joined(low, high, precision_);
  }
  [[nodiscard]] double midpoint_approx(const Real& x) const { return enclosed::approx_middle(x); }
  [[nodiscard]] bool is_finite(const Real& x) const { return enclosed::has_ends(x); }
  [[nodiscard]] Status floor(Real& out, const Real& x) const {
    const std::optional<Integer> n = unique_floor(x);
    if (!n) return Status::open;
    return done(out, Numbers::from(*n));
  }
  template <class T>
  [[nodiscard]] Relations compare(const T& x, const T& y) const {
    return enclosed::relations(x, y);
  }
  [[nodiscard]] std::optional<std::int64_t> integer(const Real& x) const {
    const std::optional<Rational> q = rational(x);
    return q ? to_int64(*q) : std::nullopt;
  }
  [[nodiscard]] std::optional<Rational> rational(const Real& x) const {
    if (!enclosed::is_point(x)) return std::nullopt;
    return lower(x);
  }
  /// Whether an order between x and y is one of numbers known exactly: both sets are points.
  template <class T>
  [[nodiscard]] bool is_order_exact(const T& x, const T& y) const noexcept {
    return enclosed::is_point(x) && enclosed::is_point(y);
  }
  [[nodiscard]] std::string text(const Real& x, long digits) const { return to_string(x, digits); }
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const { return to_string(x, digits); }

 private:
  template <class T>
  static Status done(T& out, T value) {
    out = std::move(value);
    return Status::ok;
  }
  static Real one(const Real&) { return Numbers::from(1); }
  static Complex one(const Complex&) { return complex_from(Numbers::from(1)); }

  long precision_;
};

}  // namespace assay::evaluate
