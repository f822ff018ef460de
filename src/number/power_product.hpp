#pragma once
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "number/formal_sum.hpp"
#include "number/integer.hpp"

/// The functions x^m·exp(λ) that exponential polynomials are sums of.
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

/// "1/2 + 3*I", "-I".
[[nodiscard]] std::string to_string(const GaussianRational& x);
/// "x0^2*exp(I*x1)"; nothing for 1.
[[nodiscard]] std::string to_string(const PowerProduct& factor, const IndeterminateNames& name);
/// "coefficient*factors" without trivial parts; `factors` may be empty.
[[nodiscard]] std::string product_text(const std::string& coefficient, const std::string& factors);
/// Appends "+ term" or "- term" as the sign of `term` demands.
void append_term(std::string& sum, const std::string& term);

}  // namespace assay
