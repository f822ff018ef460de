#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "number/arithmetic.hpp"
#include "number/complex_ball.hpp"
#include "number/flint_convert.hpp"
#include "number/integer.hpp"

namespace assay {

/// An element of a cyclotomic field Q(ζ_n), ζ_n = exp(2πi/n), with the embedding into ℂ that this spelling fixes.
///
/// Each element carries its own *conductor* n (any n with the element in Q(ζ_n), not necessarily the least); operands
/// of different conductors meet in the least common multiple. Elements are held modulo xⁿ − 1 over a common denominator
/// in one of two forms:
///  - *sparse*: a few terms c·ζ^e, not reduced any further, so that roots of unity and their powers cost O(1);
///  - *dense*: an integer polynomial of degree < n, reduced to a basis of Q(ζ_n). For every prime p | n the sum of
///    ζ^(e + j·n/p) over j = 0, …, p − 1 is zero, so one exponent of each such coset can go: the e for which e mod p^k
///    (p^k ‖ n) has the leading base-p digit p − 1. Π_p (p^k − p^(k−1)) = φ(n) exponents remain and they span, hence
///    they are a basis (compare Bosma, "Canonical bases for cyclotomic fields", AAECC 1 (1990)). For a prime power n it
///    is the usual power basis modulo Φ_n. No division takes place.
/// A product is one integer polynomial product, a fold and one reduction.
///
/// Every function whose result would pass the bounds in limits.hpp throws NotRepresentable.
class Cyclotomic {
 public:
  Cyclotomic() = default;  ///< 0
  explicit Cyclotomic(const Rational& value);

  /// ζ_n^k = exp(2πik/n). n ≥ 1.
  [[nodiscard]] static Cyclotomic root_of_unity(std::uint64_t n, const Integer& k);

  /// As the function of that name below.
  [[nodiscard]] static std::optional<Cyclotomic> sqrt_of_rational(const Rational& r);

  /// Σ c_e ζ_n^e for n = the number of coefficients ≥ 1.
  [[nodiscard]] static Cyclotomic from_coefficients(const std::vector<Rational>& coefficients);

  [[nodiscard]] std::uint64_t conductor() const noexcept { return conductor_; }

  [[nodiscard]] Cyclotomic conj() const;
  [[nodiscard]] Cyclotomic re() const;
  [[nodiscard]] Cyclotomic im() const;  ///< conductor lcm(n, 4)
  [[nodiscard]] bool is_zero() const;
  [[nodiscard]] bool is_real() const;
  /// The value if it is rational (decided, not recognised).
  [[nodiscard]] std::optional<Rational> is_rational() const;
  /// If the element is visibly c·ζ_n^e (one term): c and e. A dense element may be of this form unseen.
  struct Monomial {
    Rational coefficient;
    std::uint64_t exponent;
  };
  [[nodiscard]] std::optional<Monomial> as_monomial() const;
  /// The inverse, verified by multiplication; nothing for 0.
  [[nodiscard]] std::optional<Cyclotomic> inverse() const;
  /// this^k; O(1) for a single term. k < 0 inverts; 0^0 = 1. @throws InternalError for 0 to a negative power.
  [[nodiscard]] Cyclotomic power(long k) const;
  /// The same element in dense form, or of conductor 1 if it is rational: equal elements of one conductor then have
  /// equal coefficients.
  [[nodiscard]] Cyclotomic reduced() const;
  /// Coefficients c_0, …, c_(n−1) of Σ c_e ζ_n^e, after reduction to the basis.
  [[nodiscard]] std::vector<Rational> coefficients() const;
  /// A complex ball around the element, absolute error about 2^(−precision) relative to the sum of |c_e|.
  [[nodiscard]] ComplexBall enclosure(long precision) const;
  /// The relation of a real element to zero: less, equal or greater; `unequal` if it is not zero, and enclosures of
  /// 4,096 bits do not tell its sign. @pre is_real()
  [[nodiscard]] Relations sign() const;
  /// Bits of all coefficients together, and at least 1 for each term.
  [[nodiscard]] std::size_t bit_size() const;

  friend Cyclotomic operator+(const Cyclotomic& x, const Cyclotomic& y);
  friend Cyclotomic operator-(const Cyclotomic& x, const Cyclotomic& y);
  friend Cyclotomic operator*(const Cyclotomic& x, const Cyclotomic& y);
  friend Cyclotomic operator-(const Cyclotomic& x);
  /// Equality of numbers, whatever the forms and conductors.
  friend bool operator==(const Cyclotomic& x, const Cyclotomic& y);

 private:
  struct Term {
    std::uint64_t exponent;
    Integer coefficient;
  };

  [[nodiscard]] static Cyclotomic sparse(std::uint64_t n, std::vector<Term> terms, Integer denominator);
  [[nodiscard]] static Cyclotomic folded(std::uint64_t n, IntegerPolynomial polynomial, Integer denominator);
  [[nodiscard]] IntegerPolynomial spread(std::uint64_t n) const;
  [[nodiscard]] Cyclotomic sum(const Cyclotomic& other, int sign) const;
  [[nodiscard]] Cyclotomic sparse_product(const Cyclotomic& other) const;
  [[nodiscard]] Cyclotomic monomial_product(const Term& term, std::uint64_t conductor,
                                            const Integer& denominator) const;
  [[nodiscard]] std::optional<Cyclotomic> binomial_inverse() const;
  [[nodiscard]] Cyclotomic euclidean_inverse() const;
  void remove_content();
  void check_size() const;

  std::uint64_t conductor_ = 1;
  bool dense_ = false;
  std::vector<Term> terms_;       // sparse: ascending exponents < n, coefficients not 0
  IntegerPolynomial polynomial_;  // dense: reduced
  Integer denominator_ = 1;       // positive, coprime to the content
};

/// Φ_n as coefficients from degree 0 on. n ≥ 1.
[[nodiscard]] std::vector<Integer> cyclotomic_polynomial(std::uint64_t n);

/// √r (for r < 0: i·√|r|) as a quadratic Gauss sum: for a fundamental discriminant D, Σ_{k<|D|} (D/k) ζ_|D|^k is √D if
/// D > 0 and i√|D| if D < 0 (Gauss; Ireland–Rosen, ch. 6; Davenport, Multiplicative Number Theory, ch. 2). The square
/// and the sign are verified. Nothing if the conductor would exceed limit::gauss_sum_conductor or the square-free part
/// of r is not found by trial division with primes below that.
[[nodiscard]] std::optional<Cyclotomic> sqrt_of_rational(const Rational& r);

/// a ± √r with rational a and r, r not a square: an element of a quadratic field.
struct Quadratic {
  Rational rational;
  Rational radicand;
  bool positive;  ///< a + √r (principal root) or a − √r
};

/// x as an element of a quadratic field, if it is one. Decided: with a = Tr(x)/φ(n), x is quadratic or rational exactly
/// if (x − a)² is rational.
[[nodiscard]] std::optional<Quadratic> as_quadratic(const Cyclotomic& x);

/// "1/2 + 3*zeta(5)^2", at most `longest` terms before an ellipsis.
[[nodiscard]] std::string to_string(const Cyclotomic& x, std::size_t longest = 12);

}  // namespace assay
