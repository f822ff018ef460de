#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "number/arithmetic.hpp"
#include "number/integer.hpp"
#include "number/interval.hpp"

namespace assay::verify {

/// An element of a cyclotomic field Q(ζ_n), ζ_n = exp(2πi/n), with the embedding into ℂ that this spelling fixes: the
/// second checker's own arithmetic, on GMP's integers alone.
///
/// Each element carries its *conductor* n, never ≡ 2 (mod 4) and not necessarily the least; operands of different
/// conductors meet in the least common multiple. Let R = Q[x]/(x^n − 1) for odd n and R = Q[x]/(x^(n/2) + 1) for even
/// n; ζ_n is a root of both polynomials, which have no multiple roots. Over a common denominator an element is held as
///  - a *sparse* polynomial in R of few terms, any one with the right value, so that roots of unity cost O(1); or
///  - a *dense* one, in the ideal e·R, where e = ∏ (1 − (1/p)·Σ_(j<p) x^(j·n/p)) over the odd primes p | n.
/// The factor for p of e is 1 at the roots of unity ζ with ζ^(n/p) ≠ 1 and 0 at the others, hence e is 1 at the
/// primitive n-th roots of unity and 0 at the other roots: e² = e, and f ↦ f(ζ_n) is an isomorphism of e·R with Q(ζ_n).
/// So dense elements add and multiply without any reduction, equal ones have equal coefficients, and those are no
/// larger than the largest conjugate (they are means of the conjugates times roots of unity). Nothing is divided by
/// Φ_n.
///
/// Every function whose result would pass the bounds in number/limits.hpp throws NotRepresentable.
class CyclotomicElement {
 public:
  CyclotomicElement() = default;  ///< 0
  explicit CyclotomicElement(const Rational& value);

  /// exp(2πik/n). n ≥ 1.
  [[nodiscard]] static CyclotomicElement root_of_unity(std::uint64_t n, const Integer& k);
  /// Σ c_e ζ_n^e for n = the number of coefficients ≥ 1.
  [[nodiscard]] static CyclotomicElement from_coefficients(const std::vector<Rational>& coefficients);
  /// √r ≥ 0, for r < 0 i·√|r|, as a product of quadratic Gauss sums; the square and the sign are verified. Nothing if
  /// the conductor would exceed limit::gauss_sum_conductor or trial division does not find the square-free part of r.
  [[nodiscard]] static std::optional<CyclotomicElement> sqrt_of_rational(const Rational& r);

  [[nodiscard]] std::uint64_t conductor() const noexcept { return conductor_; }

  [[nodiscard]] CyclotomicElement conj() const;
  [[nodiscard]] CyclotomicElement re() const;
  [[nodiscard]] CyclotomicElement im() const;  ///< conductor lcm(n, 4)
  /// The conjugate under ζ_n ↦ ζ_n^g; g coprime to n.
  [[nodiscard]] CyclotomicElement galois(std::uint64_t g) const;
  [[nodiscard]] bool is_fixed_by(std::uint64_t g) const;  ///< equal to that conjugate
  [[nodiscard]] bool is_zero() const;
  [[nodiscard]] bool is_real() const;
  /// Of a real number: less, equal or greater; `unequal` if enclosures of limit::compare_precision bits do not show the
  /// sign of a number that is not 0. @throws InternalError if the number is not real.
  [[nodiscard]] Relations sign() const;
  /// The value if it is rational (decided, not recognised).
  [[nodiscard]] std::optional<Rational> is_rational() const;
  /// The mean of the conjugates, Tr(x)/φ(n).
  [[nodiscard]] Rational mean() const;
  /// If the element is visibly c·ζ_n^e: c and e.
  struct Monomial {
    Rational coefficient;
    std::uint64_t exponent;
  };
  [[nodiscard]] std::optional<Monomial> as_monomial() const;
  /// The inverse, verified by multiplication; nothing for 0.
  [[nodiscard]] std::optional<CyclotomicElement> inverse() const;
  /// this^k; O(1) for a single term. 0^0 = 1. @throws InternalError for 0 to a negative power.
  [[nodiscard]] CyclotomicElement power(long k) const;
  /// Coefficients c_0, …, c_(n−1) of Σ c_e ζ_n^e.
  [[nodiscard]] std::vector<Rational> coefficients() const;
  /// Intervals around the real and the imaginary part, absolute error about 2^(−precision) relative to Σ |c_e|.
  struct Enclosure {
    Interval re;
    Interval im;
  };
  [[nodiscard]] Enclosure enclosure(long precision) const;
  /// Integers a ≥ Σ |c_e| of numerators and d ≥ 1 with: d·x is an algebraic integer all of whose conjugates have an
  /// absolute value ≤ a.
  struct Size {
    Integer conjugates;
    Integer denominator;
  };
  [[nodiscard]] Size size() const;
  [[nodiscard]] std::size_t bit_size() const;

  friend CyclotomicElement operator+(const CyclotomicElement& x, const CyclotomicElement& y);
  friend CyclotomicElement operator-(const CyclotomicElement& x, const CyclotomicElement& y);
  friend CyclotomicElement operator*(const CyclotomicElement& x, const CyclotomicElement& y);
  friend CyclotomicElement operator-(const CyclotomicElement& x);
  /// Equality of numbers, whatever the forms and conductors.
  friend bool operator==(const CyclotomicElement& x, const CyclotomicElement& y);

 private:
  struct Term {
    std::uint64_t exponent;  ///< below the period
    Integer coefficient;     ///< not 0
  };

  /// Of terms with any exponents < n.
  [[nodiscard]] static CyclotomicElement sparse(std::uint64_t n, std::vector<Term> terms, Integer denominator);
  /// Of coefficients in e·R.
  [[nodiscard]] static CyclotomicElement dense(std::uint64_t n, std::vector<Integer> coefficients, Integer denominator);
  [[nodiscard]] bool is_dense() const noexcept { return !dense_.empty(); }
  /// The coefficients of this number in e·R for the conductor n.
  struct Projected {
    std::vector<Integer> coefficients;
    Integer denominator;
  };
  [[nodiscard]] Projected projected_in(std::uint64_t n) const;
  [[nodiscard]] std::vector<Term> terms_in(std::uint64_t n) const;
  [[nodiscard]] CyclotomicElement sum(const CyclotomicElement& other, int sign) const;
  [[nodiscard]] CyclotomicElement rotated(const CyclotomicElement& monomial) const;
  [[nodiscard]] std::optional<CyclotomicElement> binomial_inverse() const;
  [[nodiscard]] CyclotomicElement inverse_by_norm() const;
  void finish();

  std::uint64_t conductor_ = 1;
  std::vector<Term> terms_;     // sparse: ascending exponents
  std::vector<Integer> dense_;  // dense: one for each exponent below the period
  Integer denominator_ = 1;     // positive, coprime to the content
};

/// a ± √r with rational a and r, r not a square.
struct QuadraticNumber {
  Rational rational;
  Rational radicand;
  bool positive;  ///< a + √r (principal root) or a − √r
};

/// x as an element of a quadratic field, if it is one: with a = Tr(x)/φ(n), exactly if (x − a)² is rational.
[[nodiscard]] std::optional<QuadraticNumber> as_quadratic(const CyclotomicElement& x);

/// "1/2 + 3*zeta(5)^2", at most `longest` terms before an ellipsis, in the basis of number/cyclotomic.hpp.
[[nodiscard]] std::string to_string(const CyclotomicElement& x, std::size_t longest = 12);

}  // namespace assay::verify
