#pragma once
#include <string>
#include <vector>

#include "evaluate/guarded_arithmetic.hpp"
#include "number/basic_symbolic_functions.hpp"

namespace assay::evaluate {

/// Functions of indeterminates: a formula evaluated here is evaluated for all values of its variables at once.
/// Divisions, comparisons and functions with a domain answer under the assumptions in force. What is const remembers
/// functions that have no normal form (BasicSymbolicFunctions), and what is known of their signs.
template <CoefficientField C>
class BasicSymbolicArithmetic : public GuardedArithmetic<BasicSymbolic<C>, BasicSymbolic<C>::i> {
 public:
  using Real = BasicSymbolic<C>;
  using Complex = BasicSymbolic<C>;
  static constexpr bool is_symbolic = true;
  static constexpr std::size_t block_lanes = 1;
  static constexpr std::size_t largest_array = std::size_t{1} << 23U;
  static constexpr const char* name = "normal forms";

  [[nodiscard]] BasicAssumptions<C>& assumptions() noexcept { return assumptions_; }

  [[nodiscard]] Real pi() const { return Real::pi(); }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const {
    return assay::divide(out, x, y, assumptions_);
  }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    return assay::power(out, x, static_cast<long>(n), assumptions_);
  }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const { return power(out, x, y, true); }
  [[nodiscard]] Status complex_power(Real& out, const Real& x, const Real& y) const { return power(out, x, y, false); }
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const {
    return functions_.apply(f, out, x, assumptions_);
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
  [[nodiscard]] Status floor(Real& out, const Real& x) const {
    const std::optional<Rational> q = rational_value(x);
    if (!q) return Status::open;
    out = Real::from(Rational(assay::floor(*q)));
    return Status::ok;
  }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const {
    try {
      const Relations known = assay::compare(x, y, assumptions_);
      const bool may_be_equal = known != relation::equal && (known & relation::equal) != 0;
      return may_be_equal && functions_.reduced(x - y).numerator().is_zero() ? Relations{relation::equal} : known;
    } catch (const NotRepresentable&) {
      return relation::any;
    }
  }
  [[nodiscard]] bool is_order_exact(const Real&, const Real&) const noexcept { return true; }
  [[nodiscard]] std::string text(const Real& x, long) const {
    return to_string(x, [this](const Indeterminate& each) { return functions_.name(each); });
  }
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const { return text(x, digits); }

 private:
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y, bool over_reals) const {
    const std::optional<Rational> q = rational_value(y);
    if (!q) return Status::open;
    return over_reals ? functions_.power(out, x, *q, assumptions_) : assay::power(out, x, *q, false, assumptions_);
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

  mutable BasicAssumptions<C> assumptions_;
  mutable BasicSymbolicFunctions<C> functions_;
};

}  // namespace assay::evaluate
