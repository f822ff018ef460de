#pragma once
#include <optional>
#include <vector>

#include "evaluate/value.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

namespace detail {

// Found by the type of their argument; inside the class their names would mean its members.
template <class T>
auto real_part(const T& z) {
  return re(z);
}
template <class T>
T imaginary_part(const T& z) {
  return im(z);
}
template <class T>
T conjugate(const T& z) {
  return conj(z);
}

}  // namespace detail

/// What the exact arithmetics share: one scalar type for real and complex numbers, whose ring operations throw
/// NotRepresentable where the result would be too large. That makes the result open.
template <class T, T (*imaginary_unit)()>
class GuardedArithmetic {
 public:
  using Real = T;
  using Complex = T;
  using RealArray = BoxedArray<T>;
  using ComplexArray = BoxedArray<T>;
  static constexpr bool is_traced = false;
  static constexpr bool is_exact = true;

  [[nodiscard]] T real(std::int64_t n) const { return T::from(Rational(static_cast<long>(n))); }
  [[nodiscard]] Status real(T& out, const Rational& q) const {
    return guarded([&] { out = T::from(q); });
  }
  [[nodiscard]] RealArray reals(const std::vector<double>& values) const {
    RealArray out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out.set(i, T::from(exact_rational(values[i])));
    return out;
  }
  [[nodiscard]] T complex(const T& x) const { return x; }
  [[nodiscard]] Status complex(T& out, const T& x, const T& y) const {
    return guarded([&] { out = x + imaginary_unit() * y; });
  }
  [[nodiscard]] Status re(T& out, const T& z) const {
    return guarded([&] { out = detail::real_part(z); });
  }
  [[nodiscard]] Status im(T& out, const T& z) const {
    return guarded([&] { out = detail::imaginary_part(z); });
  }
  [[nodiscard]] Status conj(T& out, const T& z) const {
    return guarded([&] { out = detail::conjugate(z); });
  }
  [[nodiscard]] Status add(T& out, const T& x, const T& y) const {
    return guarded([&] { out = x + y; });
  }
  [[nodiscard]] Status subtract(T& out, const T& x, const T& y) const {
    return guarded([&] { out = x - y; });
  }
  [[nodiscard]] Status multiply(T& out, const T& x, const T& y) const {
    return guarded([&] { out = x * y; });
  }
  [[nodiscard]] Status square(T& out, const T& x) const { return multiply(out, x, x); }
  [[nodiscard]] Status negate(T& out, const T& x) const {
    return guarded([&] { out = -x; });
  }
  [[nodiscard]] std::optional<Rational> rational(const T& x) const { return rational_value(x); }
  [[nodiscard]] std::optional<std::int64_t> integer(const T& x) const {
    const std::optional<Rational> q = rational(x);
    return q ? to_int64(*q) : std::nullopt;
  }

 private:
  template <class F>
  [[nodiscard]] static Status guarded(F compute) {
    try {
      compute();
      return Status::ok;
    } catch (const NotRepresentable&) {
      return Status::open;
    }
  }
};

}  // namespace assay::evaluate
