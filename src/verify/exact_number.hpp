#pragma once
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/truth.hpp"
#include "number/arithmetic.hpp"
#include "number/complex_interval.hpp"
#include "number/integer.hpp"
#include "verify/algebraic_number.hpp"

namespace assay::verify {

class FormalFraction;

/// The scalar of the second checker's exact tier: a real or complex number, known exactly. It has the functions of
/// `Exact` (number/exact.hpp) with the same conventions, and rests on GMP, MPFR and MPFI alone.
///
/// The cheapest representation that holds the number is used: a rational, an algebraic number (algebraic_number.hpp),
/// or a formal fraction of exponentials, π, logarithms, … with algebraic coefficients (formal_fraction.hpp). Equality
/// of algebraic numbers is decided within the limits of the separation bound. Fractions are equal if they are so
/// formally, different if enclosures separate them or a theorem on transcendence does, and otherwise it is not known.
///
/// Functions returning ExactNumber throw NotRepresentable where the result is too large; functions returning a Status
/// say `open` instead.
class ExactNumber {
 public:
  using Fraction = std::shared_ptr<const FormalFraction>;
  using Value = std::variant<Rational, AlgebraicNumber, Fraction>;

  ExactNumber() = default;  ///< 0
  explicit ExactNumber(Rational x);
  explicit ExactNumber(AlgebraicNumber x);
  explicit ExactNumber(CyclotomicElement x) : ExactNumber(AlgebraicNumber(std::move(x))) {}
  /// A fraction that is not algebraic by its form.
  explicit ExactNumber(Fraction x);

  [[nodiscard]] static ExactNumber from(const Rational& x) { return ExactNumber(x); }
  [[nodiscard]] static ExactNumber from(const Integer& x) { return ExactNumber(Rational(x)); }

  [[nodiscard]] const Value& value() const noexcept { return value_; }

 private:
  Value value_;
};

[[nodiscard]] ExactNumber exact_pi();
[[nodiscard]] ExactNumber exact_i();
/// exp(2πik/n). n ≥ 1.
[[nodiscard]] ExactNumber exact_root_of_unity(const Integer& n, const Integer& k);

[[nodiscard]] ExactNumber add(const ExactNumber& x, const ExactNumber& y);
[[nodiscard]] ExactNumber sub(const ExactNumber& x, const ExactNumber& y);
[[nodiscard]] ExactNumber mul(const ExactNumber& x, const ExactNumber& y);
[[nodiscard]] ExactNumber neg(const ExactNumber& x);
[[nodiscard]] ExactNumber conj(const ExactNumber& x);
[[nodiscard]] ExactNumber re(const ExactNumber& x);
[[nodiscard]] ExactNumber im(const ExactNumber& x);
[[nodiscard]] inline ExactNumber operator+(const ExactNumber& x, const ExactNumber& y) { return add(x, y); }
[[nodiscard]] inline ExactNumber operator-(const ExactNumber& x, const ExactNumber& y) { return sub(x, y); }
[[nodiscard]] inline ExactNumber operator*(const ExactNumber& x, const ExactNumber& y) { return mul(x, y); }
[[nodiscard]] inline ExactNumber operator-(const ExactNumber& x) { return neg(x); }

/// out = x / y; y = 0: undefined; not known whether y = 0: open.
[[nodiscard]] Status divide(ExactNumber& out, const ExactNumber& x, const ExactNumber& y);
/// out = x^n; 0^0 = 1, 0^negative undefined.
[[nodiscard]] Status power(ExactNumber& out, const ExactNumber& x, long n);
[[nodiscard]] Status power(ExactNumber& out, const ExactNumber& x, const Integer& n);
/// out = x^y. Integer y as above. Else, for real x and over the reals: x > 0, or x = 0 < y; a negative x is undefined.
/// For non-real x, or with `over_reals` false: the principal branch exp(y log x).
[[nodiscard]] Status power(ExactNumber& out, const ExactNumber& x, const ExactNumber& y, bool over_reals = true);
/// out = |x|, for complex x too.
[[nodiscard]] Status abs(ExactNumber& out, const ExactNumber& x);
/// out = max(x, 0) of a real x.
[[nodiscard]] Status relu(ExactNumber& out, const ExactNumber& x);

/// out = f(x). With `over_reals` a real x outside the real domain is undefined (arithmetic.hpp); a non-real x, or any x
/// without `over_reals`, takes the principal branch.
[[nodiscard]] Status apply(Elementary f, ExactNumber& out, const ExactNumber& x, bool over_reals);

[[nodiscard]] Truth is_zero(const ExactNumber& x);
[[nodiscard]] Truth is_real(const ExactNumber& x);
/// Reals: one of less, equal, greater once decided. If either is not real: `equal` or `unequal`. Undecided: the
/// relations that remain, usually `any`.
[[nodiscard]] Relations compare(const ExactNumber& x, const ExactNumber& y);

/// Whether x is held as a rational: its order among rationals needs no enclosures.
[[nodiscard]] bool is_held_as_rational(const ExactNumber& x);
/// Whether to_string says what the number is.
[[nodiscard]] bool has_closed_form(const ExactNumber& x);
/// The value if it is known to be rational.
[[nodiscard]] std::optional<Rational> rational_value(const ExactNumber& x);
/// ⌊x⌋ of a real x, if it can be decided.
[[nodiscard]] std::optional<Integer> floor(const ExactNumber& x);

/// A complex interval around x with about `precision` accurate bits (imaginary part exactly 0 if x is known to be
/// real).
[[nodiscard]] ComplexInterval enclosure(const ExactNumber& x, long precision);
/// Rationals, cyclotomic numbers, multiples of π in closed form; of others the decimal digits.
[[nodiscard]] std::string to_string(const ExactNumber& x);

}  // namespace assay::verify
