#pragma once
#include <utility>

#include "base/contract.hpp"
#include "number/basic_exponential_polynomial.hpp"
#include "number/rational.hpp"

/// The definitions of basic_exponential_polynomial.hpp, for the sources that instantiate them.
namespace assay {

namespace normal_forms {

inline constexpr std::size_t quotient_limit = 2'000;

/// c as a Gaussian rational, if it is one.
template <CoefficientField C>
[[nodiscard]] std::optional<GaussianRational> gaussian_value(const C& c) {
  const auto re = c.re().is_rational();
  if (!re) return std::nullopt;
  const auto im = c.im().is_rational();
  if (!im) return std::nullopt;
  return GaussianRational{*re, *im};
}

template <CoefficientField C>
[[nodiscard]] std::string text_of(const C& c) {
  const auto gaussian = gaussian_value(c);
  return gaussian ? to_string(*gaussian) : to_string(c);
}

[[nodiscard]] inline const Monomial& pi_monomial() {
  static const Monomial pi(Indeterminate{}, Degree{1});
  return pi;
}

/// exp(iπq), the root of unity exp(2πi·n/(2d)) for q = n/d.
template <CoefficientField C>
[[nodiscard]] C exp_of_i_pi_times(const Rational& q) {
  const Integer twice_denominator = 2 * q.get_den();
  if (twice_denominator > limit::conductor) throw NotRepresentable("a root of unity of very high order");
  return C::root_of_unity(twice_denominator.get_ui(), q.get_num());
}

}  // namespace normal_forms

template <CoefficientField C>
BasicExponentialPolynomial<C>::BasicExponentialPolynomial(const Indeterminate& x)
    : BasicExponentialPolynomial(C(Rational(1)), PowerProduct{Exponent{}, Monomial(x, Degree{1})}) {}

template <CoefficientField C>
BasicExponentialPolynomial<C>::BasicExponentialPolynomial(const C& coefficient, PowerProduct factor) {
  if (!coefficient.is_zero()) terms_.emplace(std::move(factor), coefficient);
}

template <CoefficientField C>
std::optional<BasicExponentialPolynomial<C>> BasicExponentialPolynomial<C>::exponential(
    const BasicExponentialPolynomial& argument) {
  Exponent exponent;
  Rational imaginary_pi = 0;
  for (const auto& [factor, number] : argument.terms_) {
    if (!factor.exponent.is_zero()) return std::nullopt;  // exp(exp(x)) is no exponential polynomial
    auto coefficient = normal_forms::gaussian_value(number);
    if (!coefficient) return std::nullopt;
    // exp((a + bi)π) = exp(aπ)·exp(iπb): the second factor is algebraic and belongs to the coefficient.
    if (factor.monomial == normal_forms::pi_monomial()) std::swap(imaginary_pi, coefficient->im);
    exponent = exponent + Exponent(factor.monomial, *coefficient);
  }
  return BasicExponentialPolynomial(normal_forms::exp_of_i_pi_times<C>(imaginary_pi),
                                    PowerProduct{exponent, Monomial{}});
}

template <CoefficientField C>
bool BasicExponentialPolynomial<C>::is_one() const {
  const auto value = rational();
  return value && *value == 1;
}

template <CoefficientField C>
std::optional<C> BasicExponentialPolynomial<C>::constant() const {
  if (is_zero()) return C{};
  const auto& [factor, coefficient] = *terms_.begin();
  if (terms_.size() > 1 || !(factor == PowerProduct{})) return std::nullopt;
  return coefficient;
}

template <CoefficientField C>
std::optional<Rational> BasicExponentialPolynomial<C>::rational() const {
  const auto value = constant();
  return value ? value->is_rational() : std::nullopt;
}

template <CoefficientField C>
BasicExponentialPolynomial<C> BasicExponentialPolynomial<C>::conj() const {
  BasicExponentialPolynomial result;
  for (const auto& [factor, coefficient] : terms_) {
    result.add_term({assay::conj(factor.exponent), assay::conj(factor.monomial)}, coefficient.conj());
  }
  return result;
}

template <CoefficientField C>
BasicExponentialPolynomial<C> BasicExponentialPolynomial<C>::operator-() const {
  BasicExponentialPolynomial result = *this;
  for (auto& [factor, coefficient] : result.terms_) coefficient = -coefficient;
  return result;
}

template <CoefficientField C>
BasicExponentialPolynomial<C>& BasicExponentialPolynomial<C>::operator+=(const BasicExponentialPolynomial& other) {
  if (&other == this) return *this += BasicExponentialPolynomial(other);
  for (const auto& [factor, coefficient] : other.terms_) add_term(factor, coefficient);
  return *this;
}

template <CoefficientField C>
void BasicExponentialPolynomial<C>::add_term(const PowerProduct& factor, const C& coefficient) {
  const auto [place, is_new] = terms_.try_emplace(factor, coefficient);
  if (!is_new) place->second = place->second + coefficient;
  if (place->second.is_zero()) terms_.erase(place);
  if (terms_.size() > term_limit) throw NotRepresentable("an exponential polynomial of too many terms");
}

template <CoefficientField C>
BasicExponentialPolynomial<C>& BasicExponentialPolynomial<C>::operator*=(const BasicExponentialPolynomial& other) {
  // Each factor has at most term_limit terms, so the product of the sizes does not overflow.
  if (terms_.size() * other.terms_.size() > product_limit) {
    throw NotRepresentable("a product of too long exponential polynomials");
  }
  BasicExponentialPolynomial product;
  for (const auto& [left, c] : terms_) {
    for (const auto& [right, d] : other.terms_) product.add_term(left * right, c * d);
  }
  return *this = std::move(product);
}

template <CoefficientField C>
std::string BasicExponentialPolynomial<C>::to_string(const IndeterminateNames& name) const {
  if (is_zero()) return "0";
  std::string text;
  for (auto term = terms_.rbegin(); term != terms_.rend(); ++term) {
    append_term(text, product_text(normal_forms::text_of(term->second), assay::to_string(term->first, name)));
  }
  return text;
}

template <CoefficientField C>
Factored<C> factor_out_unit(const BasicExponentialPolynomial<C>& p) {
  ASSAY_ENSURE(!p.is_zero(), "zero has no leading term");
  Extremes<Indeterminate, Degree> degrees;
  for (const auto& [factor, coefficient] : p.terms()) degrees.include(factor.monomial);
  const auto& [leading, leading_coefficient] = *p.terms().rbegin();
  BasicExponentialPolynomial<C> unit(leading_coefficient, PowerProduct{leading.exponent, degrees.least()});
  BasicExponentialPolynomial<C> rest = p * inverse_of_term(unit);
  return {std::move(unit), std::move(rest)};
}

template <CoefficientField C>
BasicExponentialPolynomial<C> inverse_of_term(const BasicExponentialPolynomial<C>& term) {
  ASSAY_ENSURE(term.terms().size() == 1, "only a single term has an inverse");
  const auto& [factor, coefficient] = *term.terms().begin();
  const auto inverse = coefficient.inverse();
  ASSAY_ENSURE(inverse, "the coefficients of an exponential polynomial are not zero");
  return {*inverse, factor.inverse()};
}

namespace normal_forms {

/// The extreme coefficients of the exponents and of the monomials of an exponential polynomial. For a product they
/// are the sums of those of the factors: each coordinate is a homomorphism into an ordered group, and the parts of two
/// nonzero factors where it is extreme have a nonzero product, since the ring has no zero divisors.
class Box {
 public:
  template <CoefficientField C>
  explicit Box(const BasicExponentialPolynomial<C>& p) {
    for (const auto& [factor, coefficient] : p.terms()) {
      exponents_.include(factor.exponent);
      monomials_.include(factor.monomial);
    }
  }
  [[nodiscard]] bool may_contain_quotient_term(const Box& divisor, const PowerProduct& q) const {
    return monomials_.may_contain_shift(divisor.monomials_, q.monomial) &&
           exponents_.may_contain_shift(divisor.exponents_, q.exponent);
  }

 private:
  Extremes<Monomial, GaussianRational> exponents_;
  Extremes<Indeterminate, Degree> monomials_;
};

}  // namespace normal_forms

template <CoefficientField C>
std::optional<BasicExponentialPolynomial<C>> exact_quotient(const BasicExponentialPolynomial<C>& a,
                                                            const BasicExponentialPolynomial<C>& b) {
  ASSAY_ENSURE(!b.is_zero(), "division by the zero polynomial");
  const auto& [leading, leading_coefficient] = *b.terms().rbegin();
  const BasicExponentialPolynomial<C> inverse_of_leading =
      inverse_of_term(BasicExponentialPolynomial<C>(leading_coefficient, leading));
  const normal_forms::Box dividend_box(a);
  const normal_forms::Box divisor_box(b);
  BasicExponentialPolynomial<C> quotient;
  BasicExponentialPolynomial<C> remainder = a;
  for (std::size_t step = 0; !remainder.is_zero(); ++step) {
    const auto& [factor, coefficient] = *remainder.terms().rbegin();
    const BasicExponentialPolynomial<C> term = BasicExponentialPolynomial<C>(coefficient, factor) * inverse_of_leading;
    if (step == normal_forms::quotient_limit ||
        !dividend_box.may_contain_quotient_term(divisor_box, term.terms().begin()->first)) {
      return std::nullopt;
    }
    quotient += term;
    remainder += -(term * b);  // a = quotient·b + remainder throughout; the leading terms cancel
  }
  return quotient;
}

}  // namespace assay
