#pragma once
#include <string>
#include <vector>

#include "evaluate/guarded_arithmetic.hpp"
#include "number/exact.hpp"

namespace assay::evaluate {

/// Exact numbers: rational, cyclotomic, multiples of π, elementary numbers as far as Calcium decides.
class ExactArithmetic : public GuardedArithmetic<Exact, exact_i> {
 public:
  static constexpr bool is_symbolic = false;
  static constexpr std::size_t block_lanes = std::size_t{1} << 10U;
  static constexpr std::size_t largest_array = std::size_t{1} << 23U;
  static constexpr const char* name = "exact algebra";

  [[nodiscard]] Real pi() const { return exact_pi(); }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const { return assay::divide(out, x, y); }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    return assay::power(out, x, static_cast<long>(n));
  }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const {
    return noted(assay::power(out, x, y, true), x);
  }
  [[nodiscard]] Status complex_power(Real& out, const Real& x, const Real& y) const {
    return assay::power(out, x, y, false);
  }
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const {
    return noted(assay::apply(f, out, x, true), x);
  }
  [[nodiscard]] Status complex_apply(Elementary f, Real& out, const Real& x) const {
    return assay::apply(f, out, x, false);
  }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return assay::abs(out, x); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return assay::relu(out, x); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const { return choose(out, x, y, true); }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const { return choose(out, x, y, false); }
  [[nodiscard]] Status floor(Real& out, const Real& x) const {
    const std::optional<Integer> n = assay::floor(x);
    if (!n) return Status::open;
    out = Exact::from(*n);
    return Status::ok;
  }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const { return assay::compare(x, y); }
  /// Whether an order between x and y was found without enclosures: both are rational.
  [[nodiscard]] bool is_order_exact(const Real& x, const Real& y) const {
    return std::holds_alternative<Rational>(x.value()) && std::holds_alternative<Rational>(y.value());
  }
  /// Whether a number that is not rational was found outside of a domain: by enclosures of it.
  [[nodiscard]] bool used_enclosures() const noexcept { return used_enclosures_; }
  /// Numbers in closed form exactly; for others their digits say more than Calcium's representation would.
  [[nodiscard]] std::string text(const Real& x, long digits) const {
    return has_closed_form(x) ? to_string(x) : to_string(assay::re(assay::enclosure(x, text_precision)), digits);
  }
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const {
    return has_closed_form(x) ? to_string(x) : to_string(assay::enclosure(x, text_precision), digits);
  }

 private:
  static constexpr long text_precision = 256;

  Status noted(Status status, const Real& x) const {
    if (status == Status::undefined && !rational_value(x)) used_enclosures_ = true;
    return status;
  }

  [[nodiscard]] static bool has_closed_form(const Exact& x) {
    return !std::holds_alternative<CalciumNumber>(x.value()) || rational_value(x);
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

  mutable bool used_enclosures_ = false;
};

}  // namespace assay::evaluate
