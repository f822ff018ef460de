#pragma once
#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "number/coefficient_field.hpp"
#include "number/limits.hpp"
#include "number/power_product.hpp"

/// Exponential polynomials: finite sums Σ c·x^m·exp(λ), the ring in which polynomial and trigonometric identities are
/// decided by comparing normal forms. Templates over the field of the coefficients c; the definitions are in
/// exponential_polynomial_definitions.hpp, for those who instantiate them.
namespace assay {

/// A finite sum Σ c·x^m·exp(λ) with nonzero coefficients c of `C` and distinct power products x^m·exp(λ).
///
/// It denotes a function of its variables, defined wherever the indeterminates with negative degrees are nonzero.
///
/// *Sound*: equal sums denote equal functions, since every operation is an identity of complex numbers: the laws of a
/// commutative ring, x^m·x^n = x^(m+n), exp(λ)·exp(μ) = exp(λ+μ) and exp(iπq) = a root of unity for rational q.
///
/// *Complete*, for sums in which neither π nor a constant occurs in an exponent: equal functions have equal sums. For
/// then the exponents differ pairwise by non-constants, and such exponentials are linearly independent over the
/// rational functions: take a shortest relation Σ r_j·exp(λ_j) = 0 on a line on which the λ_j stay different, divided
/// by one of its terms, and differentiate. The relation gets shorter, so (r·exp(μ))' = 0 in every other term, hence μ'
/// = −r'/r; but r'/r has only simple poles and μ' has none, so both vanish and μ is constant (É. Borel, Acta Math. 20
/// (1897); M. Rosenlicht, Pacific J. Math. 65 (1976)). Monomials are independent by the remark at `Indeterminate`. With
/// no variables at all, sums without π are unique by the theorem of Lindemann and Weierstrass, and sums without
/// exponentials by the transcendence of π. For mixtures such as e^π − π uniqueness is not known and not claimed.
/// Complete means for all real or complex values: sin(πn) = 0 for *integer* n is not seen.
template <CoefficientField C>
class BasicExponentialPolynomial {
 public:
  using Terms = std::map<PowerProduct, C>;

  /// The most terms that are kept, and the most pairs of terms that one product may multiply.
  static constexpr std::size_t term_limit = 200'000;
  static constexpr std::size_t product_limit = 4'000'000;

  BasicExponentialPolynomial() = default;  ///< zero
  explicit BasicExponentialPolynomial(const C& constant) : BasicExponentialPolynomial(constant, PowerProduct{}) {}
  explicit BasicExponentialPolynomial(const Indeterminate& x);
  /// The single term coefficient·factor.
  BasicExponentialPolynomial(const C& coefficient, PowerProduct factor);

  /// exp(argument) as a single term, if `argument` is a Laurent polynomial with Gaussian rational coefficients; its
  /// summands iπq with rational q become roots of unity. Nothing if the result is no exponential polynomial.
  [[nodiscard]] static std::optional<BasicExponentialPolynomial> exponential(
      const BasicExponentialPolynomial& argument);

  /// The terms in ascending order of their power products.
  [[nodiscard]] const Terms& terms() const noexcept { return terms_; }
  [[nodiscard]] bool is_zero() const noexcept { return terms_.empty(); }
  [[nodiscard]] bool is_one() const;
  /// The value, if the sum is a number of `C`.
  [[nodiscard]] std::optional<C> constant() const;
  /// The value, if the sum is a rational number.
  [[nodiscard]] std::optional<Rational> rational() const;

  [[nodiscard]] BasicExponentialPolynomial conj() const;
  [[nodiscard]] BasicExponentialPolynomial operator-() const;
  /// Sums and products throw NotRepresentable where they would pass a limit, here or in limits.hpp.
  BasicExponentialPolynomial& operator+=(const BasicExponentialPolynomial& other);
  [[nodiscard]] friend BasicExponentialPolynomial operator+(BasicExponentialPolynomial a,
                                                            const BasicExponentialPolynomial& b) {
    return a += b;
  }
  [[nodiscard]] friend BasicExponentialPolynomial operator-(BasicExponentialPolynomial a,
                                                            const BasicExponentialPolynomial& b) {
    return a += -b;
  }
  BasicExponentialPolynomial& operator*=(const BasicExponentialPolynomial& other);
  [[nodiscard]] friend BasicExponentialPolynomial operator*(BasicExponentialPolynomial a,
                                                            const BasicExponentialPolynomial& b) {
    return a *= b;
  }
  [[nodiscard]] friend bool operator==(const BasicExponentialPolynomial&, const BasicExponentialPolynomial&) = default;

  /// Readable text, the same on every platform, e.g. "1/2*exp(I*x0) + x0^2*x1 - 3".
  [[nodiscard]] std::string to_string(const IndeterminateNames& name = default_name) const;

 private:
  /// Adds coefficient·factor, dropping the term if it cancels.
  void add_term(const PowerProduct& factor, const C& coefficient);

  Terms terms_;
};

/// A nonzero exponential polynomial as `unit`·`rest`, where `unit` = c·x^m·exp(λ) is a single term and `rest` is an
/// ordinary polynomial in the indeterminates, divisible by none of them, with leading coefficient 1 and no exponential
/// in its leading term. So `rest` is 1 exactly if the sum has one term.
///
/// An indeterminate with positive degree in `unit` divides the sum, so it is nonzero wherever the sum is; one with
/// negative degree is nonzero wherever the sum is defined.
template <CoefficientField C>
struct Factored {
  BasicExponentialPolynomial<C> unit;
  BasicExponentialPolynomial<C> rest;
};

/// @param p  not zero.
template <CoefficientField C>
[[nodiscard]] Factored<C> factor_out_unit(const BasicExponentialPolynomial<C>& p);

/// The inverse of a single term c·x^m·exp(λ).
template <CoefficientField C>
[[nodiscard]] BasicExponentialPolynomial<C> inverse_of_term(const BasicExponentialPolynomial<C>& term);

/// The q with a = q·b, if it is found: then a = q·b holds identically. Division by leading terms, which ends with a
/// zero remainder if b divides a; it gives up when q would leave the box that the extreme degrees of a and b leave for
/// it, or after 2,000 steps.
/// @param b  not zero.
template <CoefficientField C>
[[nodiscard]] std::optional<BasicExponentialPolynomial<C>> exact_quotient(const BasicExponentialPolynomial<C>& a,
                                                                          const BasicExponentialPolynomial<C>& b);

}  // namespace assay
