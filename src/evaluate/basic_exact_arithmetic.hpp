#pragma once
#include <string>
#include <vector>

#include "evaluate/guarded_arithmetic.hpp"
#include "number/integer.hpp"

namespace assay::evaluate {

namespace detail {

// Found by the type of their arguments; inside the class their names would mean its members.
template <class T>
Status quotient(T& out, const T& x, const T& y) {
  return divide(out, x, y);
}
template <class T, class Exponent, class... Domain>
Status raised(T& out, const T& x, const Exponent& y, Domain... domain) {
  return power(out, x, y, domain...);
}
template <class T>
Status elementary(Elementary f, T& out, const T& x, bool over_reals) {
  return apply(f, out, x, over_reals);
}
template <class T>
Status modulus(T& out, const T& x) {
  return abs(out, x);
}
template <class T>
Status rectified(T& out, const T& x) {
  return relu(out, x);
}
template <class T>
std::optional<Integer> integer_below(const T& x) {
  return floor(x);
}
template <class T>
Relations order(const T& x, const T& y) {
  return compare(x, y);
}
template <class T>
auto enclosed(const T& x, long precision) {
  return enclosure(x, precision);
}

}  // namespace detail

/// Exact numbers of a type T like `Exact` (number/exact.hpp), whose functions it has under the same names: a rational,
/// or another number in a representation that decides as much as it can.
template <class T, T (*pi_number)(), T (*imaginary_unit)()>
class BasicExactArithmetic : public GuardedArithmetic<T, imaginary_unit> {
 public:
  using Real = T;
  using Complex = T;
  static constexpr bool is_symbolic = false;
  static constexpr std::size_t block_lanes = std::size_t{1} << 10U;
  static constexpr std::size_t largest_array = std::size_t{1} << 23U;
  static constexpr const char* name = "exact algebra";

  [[nodiscard]] Real pi() const { return pi_number(); }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const { return detail::quotient(out, x, y); }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const {
    return detail::raised(out, x, static_cast<long>(n));
  }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const {
    return noted(detail::raised(out, x, y, true), x);
  }
  [[nodiscard]] Status complex_power(Real& out, const Real& x, const Real& y) const {
    return detail::raised(out, x, y, false);
  }
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const {
    return noted(detail::elementary(f, out, x, true), x);
  }
  [[nodiscard]] Status complex_apply(Elementary f, Real& out, const Real& x) const {
    return detail::elementary(f, out, x, false);
  }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return detail::modulus(out, x); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return detail::rectified(out, x); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const { return choose(out, x, y, true); }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const { return choose(out, x, y, false); }
  [[nodiscard]] Status floor(Real& out, const Real& x) const {
    const std::optional<Integer> n = detail::integer_below(x);
    if (!n) return Status::open;
    out = T::from(*n);
    return Status::ok;
  }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const { return detail::order(x, y); }
  /// Whether an order between x and y was found without enclosures: both are rational.
  [[nodiscard]] bool is_order_exact(const Real& x, const Real& y) const {
    return is_held_as_rational(x) && is_held_as_rational(y);
  }
  /// Whether a number that is not rational was found outside of a domain: by enclosures of it.
  [[nodiscard]] bool used_enclosures() const noexcept { return used_enclosures_; }
  /// Numbers in closed form exactly; for others their digits say more than their representation would.
  [[nodiscard]] std::string text(const Real& x, long digits) const {
    return has_closed_form(x) ? to_string(x)
                              : to_string(detail::real_part(detail::enclosed(x, text_precision)), digits);
  }
  [[nodiscard]] std::string complex_text(const Complex& x, long digits) const {
    return has_closed_form(x) ? to_string(x) : to_string(detail::enclosed(x, text_precision), digits);
  }

 private:
  static constexpr long text_precision = 256;

  Status noted(Status status, const Real& x) const {
    if (status == Status::undefined && !rational_value(x)) used_enclosures_ = true;
    return status;
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
