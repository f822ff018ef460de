#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "number/cyclotomic.hpp"
#include "number/formal_sum.hpp"
#include "number/integer.hpp"
#include "number/limits.hpp"

/// Exponential polynomials: finite sums Σ c·x^m·exp(λ), the ring in which polynomial and trigonometric identities are
/// decided by comparing normal forms.
namespace assay {

/// What a monomial is made of: the number π, a real variable, a complex variable or the conjugate of a complex
/// variable.
///
/// As functions of the real variables and of the real and imaginary parts of the complex ones they are algebraically
/// independent over the algebraic numbers, π included (Lindemann 1882; z and its conjugate are an invertible linear
/// image of the real and imaginary part).
struct Indeterminate {
  enum class Kind : std::uint8_t { pi, real, complex, conjugate };
  Kind kind = Kind::pi;
  std::size_t index = 0;

  [[nodiscard]] friend auto operator<=>(const Indeterminate&, const Indeterminate&) = default;
};

/// An exponent of a monomial; it may be negative. Its sum throws NotRepresentable instead of overflowing.
struct Degree {
  std::int64_t value = 0;

  [[nodiscard]] Degree operator-() const noexcept { return {-value}; }
  [[nodiscard]] friend auto operator<=>(Degree, Degree) = default;
};

[[nodiscard]] Degree operator+(Degree a, Degree b);

/// re + im·i with rational parts, ordered lexicographically (a group order, not a field order).
struct GaussianRational {
  Rational re = 0;
  Rational im = 0;

  [[nodiscard]] GaussianRational conj() const { return {re, Rational(-im)}; }
  [[nodiscard]] GaussianRational operator-() const { return {Rational(-re), Rational(-im)}; }
  [[nodiscard]] friend GaussianRational operator+(const GaussianRational& a, const GaussianRational& b) {
    return {Rational(a.re + b.re), Rational(a.im + b.im)};
  }
  [[nodiscard]] friend bool operator==(const GaussianRational& a, const GaussianRational& b) {
    return a.re == b.re && a.im == b.im;
  }
  [[nodiscard]] friend bool operator<(const GaussianRational& a, const GaussianRational& b) {
    return a.re != b.re ? a.re < b.re : a.im < b.im;
  }
};

/// A Laurent monomial ∏ x^m, written additively: the formal sum of its indeterminates with their degrees.
using Monomial = FormalSum<Indeterminate, Degree>;
/// The λ of exp(λ): a Laurent polynomial with Gaussian rational coefficients.
using Exponent = FormalSum<Monomial, GaussianRational>;

[[nodiscard]] Monomial conj(const Monomial& monomial);
[[nodiscard]] Exponent conj(const Exponent& exponent);

/// x^m·exp(λ). These functions form a multiplicative group, here with a group order.
struct PowerProduct {
  Exponent exponent;
  Monomial monomial;

  [[nodiscard]] PowerProduct inverse() const { return {-exponent, -monomial}; }
  [[nodiscard]] friend PowerProduct operator*(const PowerProduct& a, const PowerProduct& b) {
    return {a.exponent + b.exponent, a.monomial + b.monomial};
  }
  [[nodiscard]] friend bool operator==(const PowerProduct& a, const PowerProduct& b) = default;
  [[nodiscard]] friend bool operator<(const PowerProduct& a, const PowerProduct& b) {
    return a.exponent == b.exponent ? a.monomial < b.monomial : a.exponent < b.exponent;
  }
};

/// How indeterminates are printed. The default gives pi, x0, z1, conj(z1).
using IndeterminateNames = std::function<std::string(const Indeterminate&)>;
[[nodiscard]] std::string default_name(const Indeterminate& indeterminate);

/// A finite sum Σ c·x^m·exp(λ) with nonzero cyclotomic numbers c and distinct power products x^m·exp(λ).
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
class ExponentialPolynomial {
 public:
  using Terms = std::map<PowerProduct, Cyclotomic>;

  /// The most terms that are kept, and the most pairs of terms that one product may multiply.
  static constexpr std::size_t term_limit = 200'000;
  static constexpr std::size_t product_limit = 4'000'000;

  ExponentialPolynomial() = default;  ///< zero
  explicit ExponentialPolynomial(const Cyclotomic& constant) : ExponentialPolynomial(constant, PowerProduct{}) {}
  explicit ExponentialPolynomial(const Indeterminate& x);
  /// The single term coefficient·factor.
  ExponentialPolynomial(const Cyclotomic& coefficient, PowerProduct factor);

  /// exp(argument) as a single term, if `argument` is a Laurent polynomial with Gaussian rational coefficients; its
  /// summands iπq with rational q become roots of unity. Nothing if the result is no exponential polynomial.
  [[nodiscard]] static std::optional<ExponentialPolynomial> exponential(const ExponentialPolynomial& argument);

  /// The terms in ascending order of their power products.
  [[nodiscard]] const Terms& terms() const noexcept { return terms_; }
  [[nodiscard]] bool is_zero() const noexcept { return terms_.empty(); }
  [[nodiscard]] bool is_one() const;
  /// The value, if the sum is a cyclotomic number.
  [[nodiscard]] std::optional<Cyclotomic> constant() const;
  /// The value, if the sum is a rational number.
  [[nodiscard]] std::optional<Rational> rational() const;

  [[nodiscard]] ExponentialPolynomial conj() const;
  [[nodiscard]] ExponentialPolynomial operator-() const;
  /// Sums and products throw NotRepresentable where they would pass a limit, here or in limits.hpp.
  ExponentialPolynomial& operator+=(const ExponentialPolynomial& other);
  [[nodiscard]] friend ExponentialPolynomial operator+(ExponentialPolynomial a, const ExponentialPolynomial& b) {
    return a += b;
  }
  [[nodiscard]] friend ExponentialPolynomial operator-(ExponentialPolynomial a, const ExponentialPolynomial& b) {
    return a += -b;
  }
  ExponentialPolynomial& operator*=(const ExponentialPolynomial& other);
  [[nodiscard]] friend ExponentialPolynomial operator*(ExponentialPolynomial a, const ExponentialPolynomial& b) {
    return a *= b;
  }
  [[nodiscard]] friend bool operator==(const ExponentialPolynomial&, const ExponentialPolynomial&) = default;

  /// Readable text, the same on every platform, e.g. "1/2*exp(I*x0) + x0^2*x1 - 3".
  [[nodiscard]] std::string to_string(const IndeterminateNames& name = default_name) const;

 private:
  /// Adds coefficient·factor, dropping the term if it cancels.
  void add_term(const PowerProduct& factor, const Cyclotomic& coefficient);

  Terms terms_;
};

/// A nonzero exponential polynomial as `unit`·`rest`, where `unit` = c·x^m·exp(λ) is a single term and `rest` is an
/// ordinary polynomial in the indeterminates, divisible by none of them, with leading coefficient 1 and no exponential
/// in its leading term. So `rest` is 1 exactly if the sum has one term.
///
/// An indeterminate with positive degree in `unit` divides the sum, so it is nonzero wherever the sum is; one with
/// negative degree is nonzero wherever the sum is defined.
struct Factored {
  ExponentialPolynomial unit;
  ExponentialPolynomial rest;
};

/// @param p  not zero.
[[nodiscard]] Factored factor_out_unit(const ExponentialPolynomial& p);

/// The inverse of a single term c·x^m·exp(λ).
[[nodiscard]] ExponentialPolynomial inverse_of_term(const ExponentialPolynomial& term);

/// The q with a = q·b, if it is found: then a = q·b holds identically. Division by leading terms, which ends with a
/// zero remainder if b divides a; it gives up when q would leave the box that the extreme degrees of a and b leave for
/// it, or after 2,000 steps.
/// @param b  not zero.
[[nodiscard]] std::optional<ExponentialPolynomial> exact_quotient(const ExponentialPolynomial& a,
                                                                  const ExponentialPolynomial& b);

}  // namespace assay
