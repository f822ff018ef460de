#include "number/assumptions.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "number/real_ball.hpp"

namespace assay {

namespace {

using Kind = Indeterminate::Kind;

/// Bits up to which the sign of a real cyclotomic constant is sought.
constexpr long sign_precision = 4096;

[[nodiscard]] Relations relation_of(int sign) {
  return sign < 0 ? relation::less : sign > 0 ? relation::greater : relation::equal;
}

/// The union of f(s, t) over the signs s, t in {−1, 0, 1} that `a` and `b` allow.
template <class Function>
[[nodiscard]] Relations for_all_signs(Relations a, Relations b, Function f) {
  Relations result = relation::none;
  for (const int s : {-1, 0, 1}) {
    for (const int t : {-1, 0, 1}) {
      if ((a & relation_of(s)) != 0 && (b & relation_of(t)) != 0) result |= f(s, t);
    }
  }
  return result;
}

/// Nonzero complex summands stand as {less, greater}; adding one to anything nonzero gives `any`, as it must.
[[nodiscard]] Relations sum_of_signs(Relations a, Relations b) {
  return for_all_signs(a, b, [](int s, int t) { return s * t < 0 ? relation::any : relation_of(s + t); });
}

[[nodiscard]] bool may_vanish(Relations sign) { return (sign & relation::equal) != 0; }

/// Whether `sign` says that the number is real: `any` and `unequal` do not.
[[nodiscard]] bool says_real(Relations sign) { return sign != relation::any && sign != relation::unequal; }

/// The sign of t^degree, given that of t and whether t is real.
[[nodiscard]] Relations sign_of_power(Relations sign, bool is_real, std::int64_t degree) {
  if (degree == 0) return relation::greater;
  if (!is_real && !says_real(sign)) return sign;
  if (degree % 2 != 0) return sign;
  return may_vanish(sign) ? Relations{relation::greater | relation::equal} : relation::greater;
}

/// Restricts `known`, unless nothing would be left: the assumptions then contradict each other, and any will do.
void intersect(Relations& known, Relations sign) {
  const Relations both = known & sign;
  if (both != relation::none) known = both;
}

/// The sign of a constant c ≠ 0.
[[nodiscard]] Relations sign_of_constant(const Cyclotomic& c) {
  if (const auto value = c.is_rational()) return relation_of(sgn(*value));
  if (!c.is_real()) return relation::unequal;
  for (long precision = 64; precision <= sign_precision; precision *= 2) {
    const Relations found = compare(re(c.enclosure(precision)), Ball());
    if (found == relation::less || found == relation::greater) return found;
  }
  return relation::unequal;
}

[[nodiscard]] bool is_constant(const Monomial& monomial) {
  return std::all_of(monomial.entries().begin(), monomial.entries().end(),
                     [](const auto& entry) { return entry.first.kind == Kind::pi; });
}

/// Whether a nonzero sum is a constant that a theorem declares nonzero: a polynomial in π and 1/π (π is transcendental,
/// Lindemann 1882) or a sum of exponentials of different algebraic numbers (Lindemann–Weierstrass), both with
/// algebraic coefficients not all zero.
[[nodiscard]] bool is_nonzero_constant(const ExponentialPolynomial& p) {
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

}  // namespace

Relations product_of_signs(Relations a, Relations b) {
  return for_all_signs(a, b, [](int s, int t) { return relation_of(s * t); });
}

Relations Assumptions::sign(const Indeterminate& x) const {
  if (x.kind == Kind::pi) return relation::greater;
  // A complex number and its conjugate vanish together, and are equal if one is real.
  const auto place = known_.indeterminates.find(x.kind == Kind::conjugate ? Indeterminate{Kind::complex, x.index} : x);
  return place == known_.indeterminates.end() ? relation::any : place->second;
}

Relations Assumptions::sign(const Monomial& monomial) const {
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

Relations Assumptions::sign_of_term(const PowerProduct& factor, const Cyclotomic& coefficient) const {
  // exp never vanishes, and is positive on the reals.
  const Relations exponential = factor.exponent == conj(factor.exponent) ? relation::greater : relation::unequal;
  return product_of_signs(product_of_signs(sign_of_constant(coefficient), exponential), sign(factor.monomial));
}

Relations Assumptions::sign_by_terms(const ExponentialPolynomial& p) const {
  Relations result = relation::equal;
  for (const auto& [factor, coefficient] : p.terms()) {
    result = sum_of_signs(result, sign_of_term(factor, coefficient));
    if (result == relation::any) break;  // nothing that follows can restrict it
  }
  return result;
}

bool Assumptions::divides_nonzero(const ExponentialPolynomial& p) const {
  return std::any_of(known_.expressions.begin(), known_.expressions.end(), [&](const auto& known) {
    return !may_vanish(known.second) && exact_quotient(known.first, p).has_value();
  });
}

Relations Assumptions::sign_of_rest(const ExponentialPolynomial& p) const {
  const Relations result = sign_by_terms(p);
  if (!may_vanish(result)) return result;
  return is_nonzero_constant(p) || divides_nonzero(p) ? result & relation::unequal : result;
}

Relations Assumptions::sign_by_division(const ExponentialPolynomial& p) const {
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
Relations Assumptions::sign_by_difference(const ExponentialPolynomial& p) const {
  Relations result = relation::any;
  for (const auto& [expression, sign] : known_.expressions) {
    const auto& [leading, one] = *expression.terms().rbegin();  // assumed expressions have leading coefficient 1
    const auto place = p.terms().find(leading);
    if (place == p.terms().end()) continue;
    const ExponentialPolynomial multiple = expression * ExponentialPolynomial(place->second);
    const Relations of_multiple = product_of_signs(sign, sign_of_constant(place->second));
    result &= sum_of_signs(of_multiple, sign_by_terms(p - multiple));
  }
  return result;
}

Relations Assumptions::sign(const ExponentialPolynomial& p) const {
  if (p.is_zero()) return relation::equal;
  Relations result = sign_by_terms(p);
  const auto is_decided = [&] { return result == relation::less || result == relation::greater; };
  if (!is_decided()) result &= sign_by_division(p);
  if (!is_decided()) result &= sign_by_difference(p);
  // Contradictory assumptions: the claim is evaluated nowhere, and every answer would be right.
  return result == relation::none ? relation::any : result;
}

void Assumptions::narrow(const Indeterminate& x, Relations sign) {
  if (x.kind == Kind::pi) return;
  const Indeterminate key = x.kind == Kind::conjugate ? Indeterminate{Kind::complex, x.index} : x;
  intersect(known_.indeterminates.try_emplace(key, relation::any).first->second, sign);
}

void Assumptions::narrow(const ExponentialPolynomial& p, Relations sign) {
  for (auto& [expression, known] : known_.expressions) {
    if (expression == p) return intersect(known, sign);
  }
  if (sign != relation::any) known_.expressions.emplace_back(p, sign);
}

void Assumptions::assume(const ExponentialPolynomial& p, Relations sign) {
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
  narrow(x, sum_of_signs(sign_of_rest, sign_by_terms(ExponentialPolynomial(x) - rest)));
}

void Assumptions::assume_term(const PowerProduct& factor, const Cyclotomic& coefficient, Relations sign) {
  if (factor.monomial.entries().size() != 1) return;
  const auto& [x, degree] = factor.monomial.entries().front();
  const Relations constant = sign_of_term({factor.exponent, Monomial{}}, coefficient);
  const bool signs_agree = x.kind == Kind::real && degree.value % 2 != 0;  // of x and of x^degree
  if (signs_agree && (constant == relation::greater || constant == relation::less)) {
    narrow(x, product_of_signs(sign, constant));
  }
}

void Assumptions::pop() {
  ASSAY_ENSURE(!saved_.empty(), "every pop belongs to a push");
  known_ = std::move(saved_.back());
  saved_.pop_back();
}

}  // namespace assay
