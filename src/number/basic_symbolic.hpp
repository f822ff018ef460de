#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "number/arithmetic.hpp"
#include "number/basic_assumptions.hpp"
#include "number/basic_exponential_polynomial.hpp"

namespace assay {

/// The scalar of the methods `ring` and `trig`: a fraction of exponential polynomials, that is, a function of the
/// variables of a claim. A formula evaluated with its variables bound to indeterminates is thereby evaluated for all
/// their values at once.
///
/// *Domain.* A value may be used at the points where its denominator and its indeterminates of negative degree are
/// nonzero. Only `divide` and negative powers make such conditions, and they answer `ok` only if the assumptions imply
/// them; so at every point that satisfies the assumptions under which a value was computed it is the number that
/// the expression denotes there.
///
/// *Soundness.* Every operation is an identity on that domain; `compare` says `equal` only of expressions that are
/// equal at every point of it. *Completeness* is that of BasicExponentialPolynomial.
///
/// The definitions are in symbolic_definitions.hpp and symbolic_elementary_definitions.hpp.
///
/// Ring operations throw NotRepresentable when the result passes a limit; functions with a Status say `open`.
template <CoefficientField C>
class BasicSymbolic {
 public:
  using Coefficient = C;
  using Polynomial = BasicExponentialPolynomial<C>;

  BasicSymbolic() = default;  ///< 0
  explicit BasicSymbolic(Polynomial numerator) : numerator_(std::move(numerator)) {}

  [[nodiscard]] static BasicSymbolic from(const Rational& value) { return from(C(value)); }
  [[nodiscard]] static BasicSymbolic from(const C& value) { return BasicSymbolic(Polynomial(value)); }
  /// The real variable number `index`.
  [[nodiscard]] static BasicSymbolic variable(std::size_t index);
  /// The complex variable number `index`, of a numbering of its own.
  [[nodiscard]] static BasicSymbolic complex_variable(std::size_t index);
  [[nodiscard]] static BasicSymbolic pi();
  [[nodiscard]] static BasicSymbolic i();

  /// numerator / denominator in lowest visible terms: unit factors of the denominator are moved into the numerator, and
  /// a denominator that divides the numerator exactly is divided out. There is no greatest common divisor.
  /// @pre at every point where it will be used the denominator is not zero; so it is not the zero polynomial.
  [[nodiscard]] static BasicSymbolic fraction(const Polynomial& numerator, const Polynomial& denominator);

  [[nodiscard]] const Polynomial& numerator() const noexcept { return numerator_; }
  [[nodiscard]] const Polynomial& denominator() const noexcept { return denominator_; }
  [[nodiscard]] bool is_polynomial() const { return denominator_.is_one(); }

 private:
  BasicSymbolic(Polynomial numerator, Polynomial denominator)
      : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {}

  Polynomial numerator_;
  Polynomial denominator_{C(Rational(1))};
};

template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> add(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y);
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> sub(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y);
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> mul(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y);
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> neg(const BasicSymbolic<C>& x);
/// The complex conjugate, for all values of the variables.
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> conj(const BasicSymbolic<C>& x);
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> re(const BasicSymbolic<C>& x);
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> im(const BasicSymbolic<C>& x);
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> operator+(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y) {
  return add(x, y);
}
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> operator-(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y) {
  return sub(x, y);
}
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> operator*(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y) {
  return mul(x, y);
}
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> operator-(const BasicSymbolic<C>& x) {
  return neg(x);
}
/// Whether the two are equal at every point of their common domain, as far as normal forms tell: `true` is a proof,
/// `false` is one only where exponential polynomials are complete.
template <CoefficientField C>
[[nodiscard]] bool operator==(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y);

/// Takes for granted that only the relations `sign` hold between x and 0, wherever the claim is evaluated.
template <CoefficientField C>
void assume(BasicAssumptions<C>& assumptions, const BasicSymbolic<C>& x, Relations sign);
/// The relations between x and 0 that the assumptions leave open; `unequal` alone does not imply that x is real.
template <CoefficientField C>
[[nodiscard]] Relations sign(const BasicSymbolic<C>& x, const BasicAssumptions<C>& assumptions);

/// out = x / y. `ok` if the assumptions imply y ≠ 0; `undefined` if y is identically zero; else open.
template <CoefficientField C>
[[nodiscard]] Status divide(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, const BasicSymbolic<C>& y,
                            const BasicAssumptions<C>& assumptions);
/// out = x^n; 0^0 = 1 (so x^0 = 1 everywhere). Negative n divides. Beyond |n| ≤ 10,000: open.
template <CoefficientField C>
[[nodiscard]] Status power(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, long n,
                           const BasicAssumptions<C>& assumptions);
/// out = x^q. Integer q as above. Else x must be a real exponential exp(λ), or a rational of which the root that the
/// denominator of q asks for is in `C` (a square root) or rational; over the reals a negative x is undefined.
/// Everything else is open.
template <CoefficientField C>
[[nodiscard]] Status power(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, const Rational& q, bool over_reals,
                           const BasicAssumptions<C>& assumptions);
/// out = |x| of a real x whose sign is known; else open.
template <CoefficientField C>
[[nodiscard]] Status abs(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, const BasicAssumptions<C>& assumptions);
/// out = max(x, 0) of a real x whose sign is known; else open.
template <CoefficientField C>
[[nodiscard]] Status relu(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, const BasicAssumptions<C>& assumptions);

/// out = f(x). exp, sin, cos, sinh, cosh of a Laurent polynomial with Gaussian rational coefficients (Euler's formulas:
/// they hold for all complex arguments), tan and tanh where their denominator is known to be nonzero, sqrt of a
/// rational, and f(0) where it is rational; everything else is open.
template <CoefficientField C>
[[nodiscard]] Status apply(Elementary f, BasicSymbolic<C>& out, const BasicSymbolic<C>& x, bool over_reals,
                           const BasicAssumptions<C>& assumptions);

/// The relations that may hold between x and y somewhere on the domain that the assumptions describe: `equal` alone if
/// x = y identically, `less` if both are real and x < y everywhere. For complex values `unequal` means different.
template <CoefficientField C>
[[nodiscard]] Relations compare(const BasicSymbolic<C>& x, const BasicSymbolic<C>& y,
                                const BasicAssumptions<C>& assumptions);

/// The value if it is a rational constant.
template <CoefficientField C>
[[nodiscard]] std::optional<Rational> rational_value(const BasicSymbolic<C>& x);
/// The value if it is a constant.
template <CoefficientField C>
[[nodiscard]] std::optional<C> constant_value(const BasicSymbolic<C>& x);
/// Readable text, e.g. "(x0^2 - 1)/(x0 + x1)".
template <CoefficientField C>
[[nodiscard]] std::string to_string(const BasicSymbolic<C>& x, const IndeterminateNames& name = default_name);

}  // namespace assay
