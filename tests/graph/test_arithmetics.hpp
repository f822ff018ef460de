#pragma once
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include "rational_arithmetic.hpp"

/// Arithmetics for tests of graphs.
namespace assay::graph {

/// Doubles with a running bound of what rounding may have done to them [Hig02, §3.3]; the bounds of functions are of
/// first order, doubled. For orders that the error leaves open there is no answer.
class RunningErrorArithmetic {
 public:
  struct Real {
    double value = 0;
    double error = 0;
  };
  [[nodiscard]] Status real(Real& out, const Rational& q) const { return rounded(out, q.get_d(), 0); }
  [[nodiscard]] Real pi() const { return {std::numbers::pi, unit * std::numbers::pi}; }
  [[nodiscard]] Status add(Real& out, const Real& x, const Real& y) const {
    return rounded(out, x.value + y.value, x.error + y.error);
  }
  [[nodiscard]] Status subtract(Real& out, const Real& x, const Real& y) const {
    return rounded(out, x.value - y.value, x.error + y.error);
  }
  [[nodiscard]] Status multiply(Real& out, const Real& x, const Real& y) const {
    return rounded(out, x.value * y.value,
                   std::fabs(x.value) * y.error + std::fabs(y.value) * x.error + x.error * y.error);
  }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const {
    const double least = std::fabs(y.value) - y.error;
    if (!(least > 0)) return y.value == 0 && y.error == 0 ? Status::undefined : Status::open;
    const double z = x.value / y.value;
    return rounded(out, z, (x.error + std::fabs(z) * y.error) / least);
  }
  [[nodiscard]] Status negate(Real& out, const Real& x) const { return rounded(out, -x.value, x.error); }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return rounded(out, std::fabs(x.value), x.error); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return rounded(out, std::max(x.value, 0.0), x.error); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const {
    return rounded(out, std::max(x.value, y.value), std::max(x.error, y.error));
  }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const {
    return rounded(out, std::min(x.value, y.value), std::max(x.error, y.error));
  }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    Real z{1, 0};
    for (std::int64_t i = 0; i < std::abs(n); ++i) static_cast<void>(multiply(z, z, x));
    if (n >= 0) return rounded(out, z.value, z.error);
    return divide(out, {1, 0}, z);
  }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const {
    if (!(x.value - x.error > 0)) return Status::open;
    const double z = std::pow(x.value, y.value);
    return rounded(out, z, 2 * z * (std::fabs(y.value) * x.error / x.value + std::fabs(std::log(x.value)) * y.error));
  }
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const;
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const {
    const double margin = x.error + y.error;
    if (std::fabs(x.value - y.value) <= margin) return margin == 0 ? relation::equal : relation::any;
    return x.value < y.value ? relation::less : relation::greater;
  }

 private:
  static constexpr double unit = 0x1p-53;
  static Status rounded(Real& out, double value, double error) {
    out = {value, error + 4 * unit * std::fabs(value)};
    return std::fabs(value) < 1e100 && error < 1e100 ? Status::ok : Status::open;
  }
};

inline Status RunningErrorArithmetic::apply(Elementary f, Real& out, const Real& x) const {
  const double a = x.value;
  const auto result = [&](double value, double slope) {
    return rounded(out, value, 2 * std::fabs(slope) * x.error + 4 * unit * std::fabs(a * slope));
  };
  switch (f) {
    case Elementary::sqrt: return a - x.error > 0 ? result(std::sqrt(a), 0.5 / std::sqrt(a)) : Status::open;
    case Elementary::exp: return result(std::exp(a), std::exp(a));
    case Elementary::log: return a - x.error > 0 ? result(std::log(a), 1 / a) : Status::open;
    case Elementary::sin: return result(std::sin(a), 1);
    case Elementary::cos: return result(std::cos(a), 1);
    case Elementary::tan: return result(std::tan(a), 1 + std::tan(a) * std::tan(a));
    case Elementary::asin: return std::fabs(a) < 0.9 ? result(std::asin(a), 3) : Status::open;
    case Elementary::acos: return std::fabs(a) < 0.9 ? result(std::acos(a), 3) : Status::open;
    case Elementary::atan: return result(std::atan(a), 1);
    case Elementary::sinh: return result(std::sinh(a), std::cosh(a));
    case Elementary::cosh: return result(std::cosh(a), std::cosh(a));
    case Elementary::tanh: return result(std::tanh(a), 1);
    case Elementary::erf: return result(std::erf(a), 1.2);
    case Elementary::gamma:
    case Elementary::digamma: return Status::open;
  }
  return Status::open;
}

/// Dual numbers x + ε·x′ over ℚ, ε² = 0: exact derivatives along a direction [GW08, ch. 3].
class DualArithmetic {
 public:
  struct Real {
    Rational value;
    Rational slope;
  };
  [[nodiscard]] Status real(Real& out, const Rational& q) const { return assign(out, q, 0); }
  [[nodiscard]] Status add(Real& out, const Real& x, const Real& y) const {
    return assign(out, x.value + y.value, x.slope + y.slope);
  }
  [[nodiscard]] Status subtract(Real& out, const Real& x, const Real& y) const {
    return assign(out, x.value - y.value, x.slope - y.slope);
  }
  [[nodiscard]] Status multiply(Real& out, const Real& x, const Real& y) const {
    return assign(out, x.value * y.value, x.slope * y.value + x.value * y.slope);
  }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const {
    if (y.value == 0) return Status::undefined;
    return assign(out, x.value / y.value, (x.slope * y.value - x.value * y.slope) / (y.value * y.value));
  }
  [[nodiscard]] Status negate(Real& out, const Real& x) const { return assign(out, -x.value, -x.slope); }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return maximum(out, x, {-x.value, -x.slope}); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return maximum(out, x, {0, 0}); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const {
    if (x.value == y.value) return Status::undefined;
    const Real larger = x.value > y.value ? x : y;
    return assign(out, larger.value, larger.slope);
  }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const {
    if (x.value == y.value) return Status::undefined;
    const Real smaller = x.value < y.value ? x : y;
    return assign(out, smaller.value, smaller.slope);
  }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    if (x.value == 0 && n < 1) return Status::undefined;
    const Rational less = assay::power(x.value, static_cast<long>(n) - 1);
    return assign(out, less * x.value, exact_integer(n) * less * x.slope);
  }
  [[nodiscard]] Status power(Real& /*out*/, const Real& /*x*/, const Real& /*y*/) const { return Status::open; }
  [[nodiscard]] Status apply(Elementary /*f*/, Real& /*out*/, const Real& /*x*/) const { return Status::open; }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const { return assay::compare(x.value, y.value); }

 private:
  static Status assign(Real& out, const Rational& value, const Rational& slope) {
    // Numbers that have grown too long only cost time.
    if (bit_size(value) > 20000 || bit_size(slope) > 20000) return Status::open;
    out = {value, slope};
    return Status::ok;
  }
};

}  // namespace assay::graph
