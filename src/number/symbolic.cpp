#include "number/symbolic.hpp"

#include "base/contract.hpp"
#include "number/limits.hpp"

namespace assay {

namespace {

using Kind = Indeterminate::Kind;

[[nodiscard]] Symbolic half() { return Symbolic::from(Rational(1, 2)); }

}  // namespace

Symbolic Symbolic::variable(std::size_t index) {
  return Symbolic(ExponentialPolynomial(Indeterminate{Kind::real, index}));
}

Symbolic Symbolic::complex_variable(std::size_t index) {
  return Symbolic(ExponentialPolynomial(Indeterminate{Kind::complex, index}));
}

Symbolic Symbolic::pi() { return Symbolic(ExponentialPolynomial(Indeterminate{Kind::pi, 0})); }

Symbolic Symbolic::i() { return from(Cyclotomic::root_of_unity(4, 1)); }

Symbolic Symbolic::fraction(const ExponentialPolynomial& numerator, const ExponentialPolynomial& denominator) {
  ASSAY_ENSURE(!denominator.is_zero(), "a denominator is not the zero polynomial");
  const auto [unit, rest] = factor_out_unit(denominator);
  ExponentialPolynomial scaled = numerator * inverse_of_term(unit);
  if (rest.is_one()) return Symbolic(std::move(scaled));
  if (auto quotient = exact_quotient(scaled, rest)) return Symbolic(std::move(*quotient));
  return {std::move(scaled), rest};
}

Symbolic add(const Symbolic& x, const Symbolic& y) {
  const ExponentialPolynomial& a = x.denominator();
  const ExponentialPolynomial& b = y.denominator();
  if (x.is_polynomial() && y.is_polynomial()) return Symbolic(x.numerator() + y.numerator());
  if (a == b) return Symbolic::fraction(x.numerator() + y.numerator(), a);
  if (const auto q = exact_quotient(b, a)) return Symbolic::fraction(x.numerator() * *q + y.numerator(), b);
  if (const auto q = exact_quotient(a, b)) return Symbolic::fraction(x.numerator() + y.numerator() * *q, a);
  return Symbolic::fraction(x.numerator() * b + y.numerator() * a, a * b);
}

Symbolic sub(const Symbolic& x, const Symbolic& y) { return add(x, neg(y)); }

Symbolic neg(const Symbolic& x) { return mul(Symbolic::from(Rational(-1)), x); }

Symbolic mul(const Symbolic& x, const Symbolic& y) {
  if (x.is_polynomial() && y.is_polynomial()) return Symbolic(x.numerator() * y.numerator());
  // Cancel crosswise first: both denominators are nonzero where the product is used.
  const Symbolic left = Symbolic::fraction(x.numerator(), y.denominator());
  const Symbolic right = Symbolic::fraction(y.numerator(), x.denominator());
  return Symbolic::fraction(left.numerator() * right.numerator(), left.denominator() * right.denominator());
}

Symbolic conj(const Symbolic& x) {
  if (x.is_polynomial()) return Symbolic(x.numerator().conj());
  return Symbolic::fraction(x.numerator().conj(), x.denominator().conj());
}

Symbolic re(const Symbolic& x) { return half() * (x + conj(x)); }

Symbolic im(const Symbolic& x) { return half() * Symbolic::i() * (conj(x) - x); }  // 1/(2i) = −i/2

bool operator==(const Symbolic& x, const Symbolic& y) {
  return x.numerator() * y.denominator() == y.numerator() * x.denominator();
}

void assume(Assumptions& assumptions, const Symbolic& x, Relations sign) {
  if (x.is_polynomial()) return assumptions.assume(x.numerator(), sign);
  if ((sign & relation::equal) == 0) assumptions.assume(x.numerator(), relation::unequal);
  // n/d has the sign of n·conj(d), its multiple by |d|² > 0.
  assumptions.assume(x.numerator() * x.denominator().conj(), sign);
}

Relations sign(const Symbolic& x, const Assumptions& assumptions) {
  const Relations numerator = assumptions.sign(x.numerator());
  if (x.is_polynomial()) return numerator;
  const Relations denominator = assumptions.sign(x.denominator()) & relation::unequal;
  const Relations result = product_of_signs(numerator, denominator);
  return result == relation::none ? relation::any : result;  // none: the assumptions contradict each other
}

Status divide(Symbolic& out, const Symbolic& x, const Symbolic& y, const Assumptions& assumptions) {
  if (y.numerator().is_zero()) return Status::undefined;
  try {
    if ((sign(y, assumptions) & relation::equal) != 0) return Status::open;
    out = x * Symbolic::fraction(y.denominator(), y.numerator());
    return Status::ok;
  } catch (const NotRepresentable&) {
    return Status::open;
  }
}

Relations compare(const Symbolic& x, const Symbolic& y, const Assumptions& assumptions) {
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

std::optional<Rational> rational_value(const Symbolic& x) {
  return x.is_polynomial() ? x.numerator().rational() : std::nullopt;
}

std::optional<Cyclotomic> cyclotomic_value(const Symbolic& x) {
  return x.is_polynomial() ? x.numerator().constant() : std::nullopt;
}

std::string to_string(const Symbolic& x, const IndeterminateNames& name) {
  if (x.is_polynomial()) return x.numerator().to_string(name);
  std::string text = "(";
  text += x.numerator().to_string(name);
  text += ")/(";
  text += x.denominator().to_string(name);
  text += ")";
  return text;
}

}  // namespace assay
