#pragma once
#include <cstdint>

#include "number/arithmetic.hpp"
#include "number/rational.hpp"

namespace assay::graph {

/// The field ℚ with its order: exact wherever it answers. What need not be rational (elementary functions, real powers,
/// π) stays open.
class RationalArithmetic {
 public:
  using Real = Rational;

  [[nodiscard]] Status real(Real& out, const Rational& q) const { return assign(out, q); }
  [[nodiscard]] Status add(Real& out, const Real& x, const Real& y) const { return assign(out, x + y); }
  [[nodiscard]] Status subtract(Real& out, const Real& x, const Real& y) const { return assign(out, x - y); }
  [[nodiscard]] Status multiply(Real& out, const Real& x, const Real& y) const { return assign(out, x * y); }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const {
    if (y == 0) return Status::undefined;
    return assign(out, x / y);
  }
  [[nodiscard]] Status negate(Real& out, const Real& x) const { return assign(out, -x); }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return assign(out, sgn(x) < 0 ? Rational(-x) : x); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return assign(out, assay::relu(x)); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const { return assign(out, x > y ? x : y); }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const { return assign(out, x < y ? x : y); }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    if (x == 0 && n < 0) return Status::undefined;
    return assign(out, assay::power(x, static_cast<long>(n)));
  }
  [[nodiscard]] Status power(Real& /*out*/, const Real& /*x*/, const Real& /*y*/) const { return Status::open; }
  [[nodiscard]] Status apply(Elementary /*f*/, Real& /*out*/, const Real& /*x*/) const { return Status::open; }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const { return assay::compare(x, y); }

 private:
  template <class Expression>
  static Status assign(Real& out, const Expression& value) {
    out = value;
    return Status::ok;
  }
};

}  // namespace assay::graph
