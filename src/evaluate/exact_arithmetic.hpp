#pragma once
#include <string>
#include <vector>

#include "evaluate/value.hpp"
#include "number/exact.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

/// Exact numbers: rational, cyclotomic, multiples of π, elementary numbers as far as Calcium decides.
class ExactArithmetic {
 public:
  using Real = Exact;
  using Complex = Exact;
  using RealArray = BoxedArray<Exact>;
  using ComplexArray = BoxedArray<Exact>;
  static constexpr bool is_exact = true;
  static constexpr bool is_symbolic = false;
  static constexpr std::size_t block_lanes = std::size_t{1} << 10U;
  static constexpr const char* name = "exact algebra";

  [[nodiscard]] Real real(std::int64_t n) const { return Exact::from(Integer(static_cast<long>(n))); }
  [[nodiscard]] Status real(Real& out, const Rational& q) const {
    return guarded([&] { out = Exact::from(q); });
  }
  [[nodiscard]] RealArray reals(const std::vector<double>& values) const {
    RealArray out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out.set(i, Exact::from(exact_rational(values[i])));
    return out;
  }
  [[nodiscard]] Real pi() const { return exact_pi(); }
  [[nodiscard]] Complex complex(const Real& x) const { return x; }
  [[nodiscard]] Status complex(Complex& out, const Real& x, const Real& y) const {
    return guarded([&] { out = x + exact_i() * y; });
  }
  [[nodiscard]] Status re(Real& out, const Complex& z) const {
    return guarded([&] { out = assay::re(z); });
  }
  [[nodiscard]] Status im(Real& out, const Complex& z) const {
    return guarded([&] { out = assay::im(z); });
  }
  [[nodiscard]] Status conj(Complex& out, const Complex& z) const {
    return guarded([&] { out = assay::conj(z); });
  }
  [[nodiscard]] Status add(Real& out, const Real& x, const Real& y) const {
    return guarded([&] { out = x + y; });
  }
  [[nodiscard]] Status subtract(Real& out, const Real& x, const Real& y) const {
    return guarded([&] { out = x - y; });
  }
  [[nodiscard]] Status multiply(Real& out, const Real& x, const Real& y) const {
    return guarded([&] { out = x * y; });
  }
  [[nodiscard]] Status negate(Real& out, const Real& x) const {
    return guarded([&] { out = -x; });
  }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const { return assay::divide(out, x, y); }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    return assay::power(out, x, static_cast<long>(n));
  }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const { return assay::power(out, x, y, true); }
  [[nodiscard]] Status complex_power(Real& out, const Real& x, const Real& y) const {
    return assay::power(out, x, y, false);
  }
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const { return assay::apply(f, out, x, true); }
  [[nodiscard]] Status complex_apply(Elementary f, Real& out, const Real& x) const {
    return assay::apply(f, out, x, false);
  }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return assay::abs(out, x); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return assay::relu(out, x); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const { return choose(out, x, y, true); }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const { return choose(out, x, y, false); }
  [[nodiscard]] Status hull(Real&, const Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status floor(Real& out, const Real& x) const {
    const std::optional<Integer> n = assay::floor(x);
    if (!n) return Status::open;
    out = Exact::from(*n);
    return Status::ok;
  }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const { return assay::compare(x, y); }
  [[nodiscard]] std::optional<std::int64_t> integer(const Real& x) const {
    const std::optional<Rational> q = rational(x);
    return q ? to_int64(*q) : std::nullopt;
  }
  [[nodiscard]] std::optional<Rational> rational(const Real& x) const { return rational_value(x); }
  /// Whether an order between x and y was found without enclosures: both are rational.
  [[nodiscard]] bool is_order_exact(const Real& x, const Real& y) const {
    return std::holds_alternative<Rational>(x.value()) && std::holds_alternative<Rational>(y.value());
  }
  [[nodiscard]] std::string text(const Real& x, long) const { return to_string(x); }

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
  [[nodiscard]] Status choose(Real& out, const Real& x, const Real& y, bool larger) const {
    const Relations possible = compare(x, y);
    const Relations first = relation::equal | (larger ? relation::greater : relation::less);
    if ((possible & ~first) == 0)
      out = x;
    else if ((possible & first & ~relation::equal) == 0)
      out = y;
    else
      return Status::open;
    return Status::ok;
  }
};

}  // namespace assay::evaluate
