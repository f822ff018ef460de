#pragma once
#include <algorithm>

#include "base/contract.hpp"
#include "number/basic_assumptions.hpp"
#include "number/exponential_polynomial_definitions.hpp"
#include "number/signs.hpp"

/// The definitions of basic_assumptions.hpp, for the sources that instantiate them.
namespace assay {

namespace normal_forms {

/// Restricts `known`, unless nothing would be left: the assumptions then contradict each other, and any will do.
inline void intersect(Relations& known, Relations sign) {
  const Relations both = known & sign;
  if (both != relation::none) known = both;
}

/// The sign of a constant c ≠ 0.
template <CoefficientField C>
[[nodiscard]] Relations sign_of_constant(const C& c) {
  if (const auto value = c.is_rational()) return relation_of(sgn(*value));
  return c.is_real() ? c.sign() : relation::unequal;
}

[[nodiscard]] inline bool is_constant(const Monomial& monomial) {
  return std::all_of(monomial.entries().begin(), monomial.entries().end(),
                     [](const auto& entry) { return entry.first.kind == Indeterminate::Kind::pi; });
}

/// Whether a nonzero sum is a constant that a theorem declares nonzero: a polynomial in π and 1/π (π is transcendental,
/// Lindemann 1882) or a sum of exponentials of different algebraic numbers (Lindemann–Weierstrass), both with
/// algebraic coefficients not all zero.
template <CoefficientField C>
[[nodiscard]] bool is_nonzero_constant(const BasicExponentialPolynomial<C>& p) {
  const auto all = [&](auto condition) { return std::all_of(p.terms().begin(), p.terms().end(), condition); };
  const bool polynomial_in_pi =
      all([](const auto& term) { return term.first.exponent.is_zero() && is_constant(term.first.monomial); });
  const bool sum_of_exponentials = all([](const auto& term) {
    const auto& exponents = term.first.exponent.entries();
    return term.first.monomial.is_zero() &&
           std::all_of(exponents.begin(), exponents.end(), [](const auto& entry) { return entry.first.is_zero(); });
  });
  return polynomial_in_pi || sum_of_exponentials;
}

}  // namespace normal_forms

template <CoefficientField C>
Relations BasicAssumptions<C>::sign(const Indeterminate& x) const {
  if (x.kind == Kind::pi) return relation::greater;
  // A complex number and its conjugate vanish together, and are equal if one is real.
  const auto place = known_.indeterminates.find(x.kind == Kind::conjugate ? Indeterminate{Kind::complex, x.index} : x);
  return place == known_.indeterminates.end() ? relation::any : place->second;
}

template <CoefficientField C>
Relations BasicAssumptions<C>::sign(const Monomial& monomial) const {
  // A monomial equal to its conjugate is a product of powers of reals and of z·conj(z) = |z|²: each degree of z or
  // conj(z) counts as a factor |z|.
  const bool is_real = monomial == conj(monomial);
  Relations result = relation::greater;
  for (const auto& [x, degree] : monomial.entries()) {
    Relations factor = sign(x);
    if (degree.value < 0) factor &= relation::unequal;  // by the precondition of the public function
    const bool counts_as_modulus = x.kind == Kind::complex || x.kind == Kind::conjugate;
    result = product_of_signs(result, sign_of_power(factor, true, counts_as_modulus ? 2 : degree.value));
  }
  if (is_real) return result;
  return may_vanish(result) ? relation::any : relation::unequal;
}

template <CoefficientField C>
Relations BasicAssumptions<C>::sign_of_term(const PowerProduct& factor, const C& coefficient) const {
  // exp never vanishes, and is positive on the reals.
  const Relations exponential = factor.exponent == conj(factor.exponent) ? relation::greater : relation::unequal;
  return product_of_signs(product_of_signs(normal_forms::sign_of_constant(coefficient), exponential),
                          sign(factor.monomial));
}

template <CoefficientField C>
Relations BasicAssumptions<C>::sign_by_terms(const Polynomial& p) const {
  Relations result = relation::equal;
  for (const auto& [factor, coefficient] : p.terms()) {
    result = sum_of_signs(result, sign_of_term(factor, coefficient));
    if (result == relation::any) break;  // nothing that follows can restrict it
  }
  return result;
}

template <CoefficientField C>
bool BasicAssumptions<C>::divides_nonzero(const Polynomial& p) const {
  return std::any_of(known_.expressions.begin(), known_.expressions.end(), [&](const auto& known) {
    return !may_vanish(known.second) && exact_quotient(known.first, p).has_value();
  });
}

template <CoefficientField C>
Relations BasicAssumptions<C>::sign_of_rest(const Polynomial& p) const {
  const Relations result = sign_by_terms(p);
  if (!may_vanish(result)) return result;
  return normal_forms::is_nonzero_constant(p) || divides_nonzero(p) ? result & relation::unequal : result;
}

template <CoefficientField C>
Relations BasicAssumptions<C>::sign_by_division(const Polynomial& p) const {
  auto [unit, rest] = factor_out_unit(p);
  Relations result = sign_by_terms(unit);
  for (const auto& [factor, sign_of_factor] : known_.expressions) {
    std::int64_t multiplicity = 0;
    // `factor` has two terms or more, so that each division leaves less; it is no multiple of an indeterminate, so that
    // the quotient has no negative degrees.
    for (auto quotient = exact_quotient(rest, factor); quotient; quotient = exact_quotient(rest, factor)) {
      rest = *quotient;
      ++multiplicity;
    }
    result = product_of_signs(result, sign_of_power(sign_of_factor, factor == factor.conj(), multiplicity));
  }
  return product_of_signs(result, sign_of_rest(rest));
}

/// p = c·e + r for an assumed expression e: what follows from the signs of e and r.
template <CoefficientField C>
Relations BasicAssumptions<C>::sign_by_difference(const Polynomial& p) const {
  Relations result = relation::any;
  for (const auto& [expression, sign] : known_.expressions) {
    const auto& [leading, one] = *expression.terms().rbegin();  // assumed expressions have leading coefficient 1
    const auto place = p.terms().find(leading);
    if (place == p.terms().end()) continue;
    const Polynomial multiple = expression * Polynomial(place->second);
    const Relations of_multiple = product_of_signs(sign, normal_forms::sign_of_constant(place->second));
    result &= sum_of_signs(of_multiple, sign_by_terms(p - multiple));
  }
  return result;
}

template <CoefficientField C>
Relations BasicAssumptions<C>::sign(const Polynomial& p) const {
  if (p.is_zero()) return relation::equal;
  Relations result = sign_by_terms(p);
  const auto is_decided = [&] { return result == relation::less || result == relation::greater; };
  if (!is_decided()) result &= sign_by_division(p);
  if (!is_decided()) result &= sign_by_difference(p);
  // Contradictory assumptions: the claim is evaluated nowhere, and every answer would be right.
  return result == relation::none ? relation::any : result;
}

template <CoefficientField C>
void BasicAssumptions<C>::narrow(const Indeterminate& x, Relations sign) {
  if (x.kind == Kind::pi) return;
  const Indeterminate key = x.kind == Kind::conjugate ? Indeterminate{Kind::complex, x.index} : x;
  normal_forms::intersect(known_.indeterminates.try_emplace(key, relation::any).first->second, sign);
}

template <CoefficientField C>
void BasicAssumptions<C>::narrow(const Polynomial& p, Relations sign) {
  for (auto& [expression, known] : known_.expressions) {
    if (expression == p) return normal_forms::intersect(known, sign);
  }
  if (sign != relation::any) known_.expressions.emplace_back(p, sign);
}

template <CoefficientField C>
void BasicAssumptions<C>::assume(const Polynomial& p, Relations sign) {
  if (p.is_zero()) return;
  const auto [unit, rest] = factor_out_unit(p);
  const auto& [factor, coefficient] = *unit.terms().begin();
  // No factor of a nonzero number is zero.
  if (!may_vanish(sign)) {
    for (const auto& [x, degree] : factor.monomial.entries()) narrow(x, relation::unequal);
  }
  if (rest.is_one()) {
    assume_term(factor, coefficient, sign);
    return;
  }
  const Relations sign_of_unit = sign_by_terms(unit);
  Relations sign_of_rest = may_vanish(sign) ? relation::any : relation::unequal;
  if (sign_of_unit == relation::greater || sign_of_unit == relation::less) {
    sign_of_rest = product_of_signs(sign, sign_of_unit);
  }
  narrow(rest, sign_of_rest);
  // rest = x + r for a single indeterminate x
  const auto& [leading, one] = *rest.terms().rbegin();
  const auto& entries = leading.monomial.entries();
  if (!leading.exponent.is_zero() || entries.size() != 1 || entries.front().first.kind != Kind::real ||
      entries.front().second.value != 1)
    return;
  const Indeterminate x = entries.front().first;
  narrow(x, sum_of_signs(sign_of_rest, sign_by_terms(Polynomial(x) - rest)));
}

template <CoefficientField C>
void BasicAssumptions<C>::assume_term(const PowerProduct& factor, const C& coefficient, Relations sign) {
  if (factor.monomial.entries().size() != 1) return;
  const auto& [x, degree] = factor.monomial.entries().front();
  const Relations constant = sign_of_term({factor.exponent, Monomial{}}, coefficient);
  const bool signs_agree = x.kind == Kind::real && degree.value % 2 != 0;  // of x and of x^degree
  if (signs_agree && (constant == relation::greater || constant == relation::less)) {
    narrow(x, product_of_signs(sign, constant));
  }
}

template <CoefficientField C>
void BasicAssumptions<C>::pop() {
  ASSAY_ENSURE(!saved_.empty(), "every pop belongs to a push");
  known_ = std::move(saved_.back());
  saved_.pop_back();
}

}  // namespace assay
