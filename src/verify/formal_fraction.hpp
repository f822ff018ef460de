#pragma once
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "verify/algebraic_number.hpp"
#include "verify/exact_number.hpp"

namespace assay::verify {

/// A positive real number that formal fractions take for an indeterminate.
struct Atom {
  enum class Kind : std::uint8_t { pi, log, atan, erf, gamma, base };
  Kind kind = Kind::pi;
  /// log: above 1; atan, erf, gamma: positive; base: positive, the number itself.
  ExactNumber argument;
};
using AtomPointer = std::shared_ptr<const Atom>;

/// ∏ a^q · exp(λ) with different atoms a, rationals q ≠ 0 and a number λ.
struct Monomial {
  std::vector<std::pair<AtomPointer, Rational>> powers;
  ExactNumber exponent;
};

struct Term {
  AlgebraicNumber coefficient;
  Monomial monomial;
};
using Terms = std::vector<Term>;

/// A fraction of two sums of c·∏ a^q·exp(λ) with algebraic c, in the field that ℂ is; the atoms are taken for
/// indeterminates only as far as "formally zero" goes, that is: no terms are left after those with equal monomials are
/// put together. What is formally zero is zero. The divisor is a number that is not 0.
class FormalFraction {
 public:
  FormalFraction(Terms numerator, Terms denominator);

  [[nodiscard]] const Terms& numerator() const noexcept { return numerator_; }
  [[nodiscard]] const Terms& denominator() const noexcept { return denominator_; }
  [[nodiscard]] bool has_denominator() const noexcept;
  /// Whether the fraction is formally equal to its conjugate.
  [[nodiscard]] bool is_real() const noexcept { return is_real_; }
  /// Nothing if this precision is too low to see that something is in a domain.
  [[nodiscard]] std::optional<ComplexInterval> enclosure(long precision) const;
  /// Whether a theorem says that the number is not 0: the numerator is a polynomial in roots of π
  /// with algebraic coefficients not all 0 (π is transcendental, Lindemann 1882), or a sum of exponentials of different
  /// algebraic numbers with algebraic coefficients not all 0 (Lindemann–Weierstrass).
  [[nodiscard]] bool is_nonzero_by_theorem() const;

 private:
  Terms numerator_;
  Terms denominator_;
  bool is_real_ = false;
};

namespace formal {

[[nodiscard]] Terms constant(const AlgebraicNumber& c);
[[nodiscard]] Terms sum(const Terms& x, const Terms& y);
[[nodiscard]] Terms product(const Terms& x, const Terms& y);
[[nodiscard]] Terms negated(const Terms& x);
[[nodiscard]] Terms conjugated(const Terms& x);
/// Formally.
[[nodiscard]] bool equal(const Terms& x, const Terms& y);
/// x as a fraction.
[[nodiscard]] FormalFraction fraction_of(const ExactNumber& x);
/// numerator/denominator in its simplest form here; the denominator is not 0.
[[nodiscard]] ExactNumber number(Terms numerator, Terms denominator);
[[nodiscard]] ExactNumber number(Atom::Kind kind, const ExactNumber& argument);
/// x if it is a single term over 1.
[[nodiscard]] std::optional<Term> single_term(const ExactNumber& x);

}  // namespace formal

}  // namespace assay::verify
