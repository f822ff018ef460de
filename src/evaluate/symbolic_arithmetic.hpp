#pragma once
#include <string>
#include <vector>

#include "evaluate/value.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "number/symbolic.hpp"

namespace assay::evaluate {

/// Functions of indeterminates: a formula evaluated here is evaluated for all values of its variables at once.
/// Divisions and comparisons answer under the assumptions in force.
class SymbolicArithmetic {
 public:
  using Real = Symbolic;
  using Complex = Symbolic;
  using RealArray = BoxedArray<Symbolic>;
  using ComplexArray = BoxedArray<Symbolic>;
  static constexpr bool is_exact = true;
  static constexpr bool is_symbolic = true;
  static constexpr std::size_t block_lanes = 1;
  static constexpr const char* name = "normal forms";

  [[nodiscard]] Assumptions& assumptions() noexcept { return assumptions_; }

  [[nodiscard]] Real real(std::int64_t n) const { return Symbolic::from(Rational(static_cast<long>(n))); }
  [[nodiscard]] Status real(Real& out, const Rational& q) const {
    return guarded([&] { out = Symbolic::from(q); });
  }
  [[nodiscard]] RealArray reals(const std::vector<double>& values) const {
    RealArray out(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) out.set(i, Symbolic::from(exact_rational(values[i])));
    return out;
  }
  [[nodiscard]] Real pi() const { return Symbolic::pi(); }
  [[nodiscard]] Complex complex(const Real& x) const { return x; }
  [[nodiscard]] Status complex(Complex& out, const Real& x, const Real& y) const {
    return guarded([&] { out = x + Symbolic::i() * y; });
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
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const {
    return assay::divide(out, x, y, assumptions_);
  }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    return assay::power(out, x, static_cast<long>(n), assumptions_);
  }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const { return power(out, x, y, true); }
  [[nodiscard]] Status complex_power(Real& out, const Real& x, const Real& y) const { return power(out, x, y, false); }
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const {
    return assay::apply(f, out, x, true, assumptions_);
  }
  [[nodiscard]] Status complex_apply(Elementary f, Real& out, const Real& x) const {
    return assay::apply(f, out, x, false, assumptions_);
  }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return assay::abs(out, x, assumptions_); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return assay::relu(out, x, assumptions_); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const {
    return choose(out, x, y, relation::equal | relation::greater, relation::equal | relation::less);
  }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const {
    return choose(out, x, y, relation::equal | relation::less, relation::equal | relation::greater);
  }
  [[nodiscard]] Status hull(Real&, const Real&, const Real&) const { return Status::open; }
  [[nodiscard]] Status floor(Real& out, const Real& x) const {
    const std::optional<Rational> q = rational_value(x);
    if (!q) return Status::open;
    out = Symbolic::from(Rational(assay::floor(*q)));
    return Status::ok;
  }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const {
    try {
      return assay::compare(x, y, assumptions_);
    } catch (const NotRepresentable&) {
      return relation::any;
    }
  }
  [[nodiscard]] std::optional<std::int64_t> integer(const Real& x) const {
    const std::optional<Rational> q = rational_value(x);
    return q ? to_int64(*q) : std::nullopt;
  }
  [[nodiscard]] std::optional<Rational> rational(const Real& x) const { return rational_value(x); }
  [[nodiscard]] bool is_order_exact(const Real&, const Real&) const noexcept { return true; }
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
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y, bool over_reals) const {
    const std::optional<Rational> q = rational_value(y);
    return q ? assay::power(out, x, *q, over_reals, assumptions_) : Status::open;
  }
  [[nodiscard]] Status choose(Real& out, const Real& x, const Real& y, Relations first, Relations second) const {
    const Relations possible = compare(x, y);
    if ((possible & ~first) == 0)
      out = x;
    else if ((possible & ~second) == 0)
      out = y;
    else
      return Status::open;
    return Status::ok;
  }

  Assumptions assumptions_;
};

}  // namespace assay::evaluate
