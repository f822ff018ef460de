#pragma once
#include "base/contract.hpp"
#include "number/assumptions_definitions.hpp"
#include "number/basic_symbolic.hpp"
#include "number/limits.hpp"
#include "number/signs.hpp"

/// The definitions of basic_symbolic.hpp but its elementary functions, for the sources that instantiate them.
namespace assay {

namespace normal_forms {

template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> one() {
  return BasicSymbolic<C>::from(Rational(1));
}

template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> half() {
  return BasicSymbolic<C>::from(Rational(1, 2));
}

}  // namespace normal_forms

template <CoefficientField C>
BasicSymbolic<C> BasicSymbolic<C>::variable(std::size_t index) {
  return BasicSymbolic(Polynomial(Indeterminate{Indeterminate::Kind::real, index}));
}

template <CoefficientField C>
BasicSymbolic<C> BasicSymbolic<C>::complex_variable(std::size_t index) {
  return BasicSymbolic(Polynomial(Indeterminate{Indeterminate::Kind::complex, index}));
}

template <CoefficientField C>
BasicSymbolic<C> BasicSymbolic<C>::pi() {
  return BasicSymbolic(Polynomial(Indeterminate{Indeterminate::Kind::pi, 0}));
}

template <CoefficientField C>
BasicSymbolic<C> BasicSymbolic<C>::i() {
  return from(C::root_of_unity(4, 1));
}

template <CoefficientField C>
BasicSymbolic<C> BasicSymbolic<C>::fraction(const Polynomial& numerator, const Polynomial& denominator) {
  ASSAY_ENSURE(!denominator.is_zero(), "a denominator is not the zero polynomial");
  const auto [unit, rest] = factor_out_unit(denominator);
  Polynomial scaled = numerator * inverse_of_term(unit);
  if (rest.is_one()) return BasicSymbolic(std::move(scaled));
  if (auto quotient = exact_quotient(scaled, rest)) return BasicSymbolic(std::move(*quotient));
  return {std::move(scaled), rest};
}

template <CoefficientField C>
BasicSymbolic<C> add(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y) {
  const BasicExponentialPolynomial<C>& a = x.denominator();
  const BasicExponentialPolynomial<C>& b = y.denominator();
  if (x.is_polynomial() && y.is_polynomial()) return BasicSymbolic<C>(x.numerator() + y.numerator());
  if (a == b) return BasicSymbolic<C>::fraction(x.numerator() + y.numerator(), a);
  if (const auto q = exact_quotient(b, a)) return BasicSymbolic<C>::fraction(x.numerator() * *q + y.numerator(), b);
  if (const auto q = exact_quotient(a, b)) return BasicSymbolic<C>::fraction(x.numerator() + y.numerator() * *q, a);
  return BasicSymbolic<C>::fraction(x.numerator() * b + y.numerator() * a, a * b);
}

template <CoefficientField C>
BasicSymbolic<C> sub(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y) {
  return add(x, neg(y));
}

template <CoefficientField C>
BasicSymbolic<C> neg(const BasicSymbolic<C>& x) {
  return mul(BasicSymbolic<C>::from(Rational(-1)), x);
}

template <CoefficientField C>
BasicSymbolic<C> mul(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y) {
  if (x.is_polynomial() && y.is_polynomial()) return BasicSymbolic<C>(x.numerator() * y.numerator());
  // Cancel crosswise first: both denominators are nonzero where the product is used.
  const BasicSymbolic<C> left = BasicSymbolic<C>::fraction(x.numerator(), y.denominator());
  const BasicSymbolic<C> right = BasicSymbolic<C>::fraction(y.numerator(), x.denominator());
  return BasicSymbolic<C>::fraction(left.numerator() * right.numerator(), left.denominator() * right.denominator());
}

template <CoefficientField C>
BasicSymbolic<C> conj(const BasicSymbolic<C>& x) {
  if (x.is_polynomial()) return BasicSymbolic<C>(x.numerator().conj());
  return BasicSymbolic<C>::fraction(x.numerator().conj(), x.denominator().conj());
}

template <CoefficientField C>
BasicSymbolic<C> re(const BasicSymbolic<C>& x) {
  return normal_forms::half<C>() * (x + conj(x));
}

template <CoefficientField C>
BasicSymbolic<C> im(const BasicSymbolic<C>& x) {
  return normal_forms::half<C>() * BasicSymbolic<C>::i() * (conj(x) - x);  // 1/(2i) = −i/2
}

template <CoefficientField C>
bool operator==(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y) {
  return x.numerator() * y.denominator() == y.numerator() * x.denominator();
}

template <CoefficientField C>
void assume(BasicAssumptions<C>& assumptions, const BasicSymbolic<C>& x, Relations sign) {
  if (x.is_polynomial()) return assumptions.assume(x.numerator(), sign);
  if ((sign & relation::equal) == 0) assumptions.assume(x.numerator(), relation::unequal);
  // n/d has the sign of n·conj(d), its multiple by |d|² > 0.
  assumptions.assume(x.numerator() * x.denominator().conj(), sign);
}

template <CoefficientField C>
Relations sign(const BasicSymbolic<C>& x, const BasicAssumptions<C>& assumptions) {
  const Relations numerator = assumptions.sign(x.numerator());
  if (x.is_polynomial()) return numerator;
  const Relations denominator = assumptions.sign(x.denominator()) & relation::unequal;
  const Relations result = product_of_signs(numerator, denominator);
  return result == relation::none ? relation::any : result;  // none: the assumptions contradict each other
}

template <CoefficientField C>
Status divide(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, const BasicSymbolic<C>& y,
              const BasicAssumptions<C>& assumptions) {
  if (y.numerator().is_zero()) return Status::undefined;
  try {
    if ((sign(y, assumptions) & relation::equal) != 0) return Status::open;
    out = x * BasicSymbolic<C>::fraction(y.denominator(), y.numerator());
    return Status::ok;
  } catch (const NotRepresentable&) {
    return Status::open;
  }
}

template <CoefficientField C>
Relations compare(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y, const BasicAssumptions<C>& assumptions) {
  try {
    const Relations known = sign(x - y, assumptions);
    const bool is_order = known != relation::any && known != relation::equal && known != relation::unequal;
    if (!is_order || x == conj(x)) return known;
    // The difference is real, but x and y are not: they have no order.
    return (known & relation::equal) != 0 ? relation::any : relation::unequal;
  } catch (const NotRepresentable&) {
    return relation::any;
  }
}

template <CoefficientField C>
std::optional<Rational> rational_value(const BasicSymbolic<C>& x) {
  return x.is_polynomial() ? x.numerator().rational() : std::nullopt;
}

template <CoefficientField C>
std::optional<C> constant_value(const BasicSymbolic<C>& x) {
  return x.is_polynomial() ? x.numerator().constant() : std::nullopt;
}

template <CoefficientField C>
std::string to_string(const BasicSymbolic<C>& x, const IndeterminateNames& name) {
  if (x.is_polynomial()) return x.numerator().to_string(name);
  std::string text = "(";
  text += x.numerator().to_string(name);
  text += ")/(";
  text += x.denominator().to_string(name);
  text += ")";
  return text;
}

}  // namespace assay
