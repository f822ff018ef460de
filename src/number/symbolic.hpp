#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

#include "number/arithmetic.hpp"
#include "number/assumptions.hpp"
#include "number/exponential_polynomial.hpp"

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
/// equal at every point of it. *Completeness* is that of ExponentialPolynomial.
///
/// Ring operations throw NotRepresentable when the result passes a limit; functions with a Status say `open`.
class Symbolic {
 public:
  Symbolic() = default;  ///< 0
  explicit Symbolic(ExponentialPolynomial numerator) : numerator_(std::move(numerator)) {}

  [[nodiscard]] static Symbolic from(const Rational& value) { return from(Cyclotomic(value)); }
  [[nodiscard]] static Symbolic from(const Cyclotomic& value) { return Symbolic(ExponentialPolynomial(value)); }
  /// The real variable number `index`.
  [[nodiscard]] static Symbolic variable(std::size_t index);
  /// The complex variable number `index`, of a numbering of its own.
  [[nodiscard]] static Symbolic complex_variable(std::size_t index);
  [[nodiscard]] static Symbolic pi();
  [[nodiscard]] static Symbolic i();

  /// numerator / denominator in lowest visible terms: unit factors of the denominator are moved into the numerator, and
  /// a denominator that divides the numerator exactly is divided out. There is no greatest common divisor.
  /// @pre at every point where it will be used the denominator is not zero; so it is not the zero polynomial.
  [[nodiscard]] static Symbolic fraction(const ExponentialPolynomial& numerator,
                                         const ExponentialPolynomial& denominator);

  [[nodiscard]] const ExponentialPolynomial& numerator() const noexcept { return numerator_; }
  [[nodiscard]] const ExponentialPolynomial& denominator() const noexcept { return denominator_; }
  [[nodiscard]] bool is_polynomial() const { return denominator_.is_one(); }

 private:
  Symbolic(ExponentialPolynomial numerator, ExponentialPolynomial denominator)
      : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {}

  ExponentialPolynomial numerator_;
  ExponentialPolynomial denominator_{Cyclotomic(Rational(1))};
};

[[nodiscard]] Symbolic add(const Symbolic& x, const Symbolic& y);
[[nodiscard]] Symbolic sub(const Symbolic& x, const Symbolic& y);
[[nodiscard]] Symbolic mul(const Symbolic& x, const Symbolic& y);
[[nodiscard]] Symbolic neg(const Symbolic& x);
/// The complex conjugate, for all values of the variables.
[[nodiscard]] Symbolic conj(const Symbolic& x);
[[nodiscard]] Symbolic re(const Symbolic& x);
[[nodiscard]] Symbolic im(const Symbolic& x);
[[nodiscard]] inline Symbolic operator+(const Symbolic& x, const Symbolic& y) { return add(x, y); }
[[nodiscard]] inline Symbolic operator-(const Symbolic& x, const Symbolic& y) { return sub(x, y); }
[[nodiscard]] inline Symbolic operator*(const Symbolic& x, const Symbolic& y) { return mul(x, y); }
[[nodiscard]] inline Symbolic operator-(const Symbolic& x) { return neg(x); }
/// Whether the two are equal at every point of their common domain, as far as normal forms tell: `true` is a proof,
/// `false` is one only where ExponentialPolynomial is complete.
[[nodiscard]] bool operator==(const Symbolic& x, const Symbolic& y);

/// Takes for granted that only the relations `sign` hold between x and 0, wherever the claim is evaluated.
void assume(Assumptions& assumptions, const Symbolic& x, Relations sign);
/// The relations between x and 0 that the assumptions leave open; `unequal` alone does not imply that x is real.
[[nodiscard]] Relations sign(const Symbolic& x, const Assumptions& assumptions);

/// out = x / y. `ok` if the assumptions imply y ≠ 0; `undefined` if y is identically zero; else open.
[[nodiscard]] Status divide(Symbolic& out, const Symbolic& x, const Symbolic& y, const Assumptions& assumptions);
/// out = x^n; 0^0 = 1 (so x^0 = 1 everywhere). Negative n divides. Beyond |n| ≤ 10,000: open.
[[nodiscard]] Status power(Symbolic& out, const Symbolic& x, long n, const Assumptions& assumptions);
/// out = x^q. Integer q as above. Else x must be a real exponential exp(λ), or a rational of which the root that the
/// denominator of q asks for is cyclotomic (any square root) or rational; over the reals a negative x is undefined.
/// Everything else is open.
[[nodiscard]] Status power(Symbolic& out, const Symbolic& x, const Rational& q, bool over_reals,
                           const Assumptions& assumptions);
/// out = |x| of a real x whose sign is known; else open.
[[nodiscard]] Status abs(Symbolic& out, const Symbolic& x, const Assumptions& assumptions);
/// out = max(x, 0) of a real x whose sign is known; else open.
[[nodiscard]] Status relu(Symbolic& out, const Symbolic& x, const Assumptions& assumptions);

/// out = f(x). exp, sin, cos, sinh, cosh of a Laurent polynomial with Gaussian rational coefficients (Euler's formulas:
/// they hold for all complex arguments), tan and tanh where their denominator is known to be nonzero, sqrt of a
/// rational, and f(0) where it is rational; everything else is open.
[[nodiscard]] Status apply(Elementary f, Symbolic& out, const Symbolic& x, bool over_reals,
                           const Assumptions& assumptions);

/// The relations that may hold between x and y somewhere on the domain that the assumptions describe: `equal` alone if
/// x = y identically, `less` if both are real and x < y everywhere. For complex values `unequal` means different.
[[nodiscard]] Relations compare(const Symbolic& x, const Symbolic& y, const Assumptions& assumptions);

/// The value if it is a rational constant.
[[nodiscard]] std::optional<Rational> rational_value(const Symbolic& x);
/// The value if it is a cyclotomic constant.
[[nodiscard]] std::optional<Cyclotomic> cyclotomic_value(const Symbolic& x);
/// Readable text, e.g. "(x0^2 - 1)/(x0 + x1)".
[[nodiscard]] std::string to_string(const Symbolic& x, const IndeterminateNames& name = default_name);

}  // namespace assay
