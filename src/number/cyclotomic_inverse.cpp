#include <flint/fmpq_poly.h>
#include <flint/ulong_extras.h>

#include <numeric>

#include "base/contract.hpp"
#include "number/cyclotomic.hpp"
#include "number/cyclotomic_basis.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay {

namespace {

IntegerPolynomial cyclotomic_polynomial_flint(std::uint64_t n) {
  ASSAY_ENSURE(n >= 1, "cyclotomic polynomials have a positive index");
  if (n > limit::conductor) throw NotRepresentable("the index of a cyclotomic polynomial is too large");
  IntegerPolynomial out;
  fmpz_poly_cyclotomic(out.get(), n);
  ASSAY_ENSURE(fmpz_poly_degree(out.get()) == static_cast<slong>(totient(n)), "the degree of Φ_n is φ(n)");
  return out;
}

}  // namespace

std::vector<Integer> cyclotomic_polynomial(std::uint64_t n) {
  const IntegerPolynomial phi = cyclotomic_polynomial_flint(n);
  std::vector<Integer> out;
  for (slong k = 0; k < fmpz_poly_length(phi.get()); ++k) out.push_back(to_integer(phi.get()->coeffs + k));
  return out;
}

/// The inverse of c·ζ^a·(1 − u), u ≠ 1 a root of unity of order m, as c^(−1)·ζ^(−a)·(−1/m)·Σ_(k<m) k·u^k:
/// (1 − u)·Σ k·u^k = Σ_(0<k<m) u^k − (m − 1)·u^m = −1 − (m − 1) = −m.
std::optional<Cyclotomic> Cyclotomic::binomial_inverse() const {
  if (dense_ || terms_.size() != 2 ||
      mpz_cmpabs(terms_[0].coefficient.get_mpz_t(), terms_[1].coefficient.get_mpz_t()) != 0)
    return std::nullopt;
  const bool equal_signs = sgn(terms_[0].coefficient) == sgn(terms_[1].coefficient);
  const Cyclotomic u = root_of_unity(
      2 * conductor_, exact_integer(static_cast<std::int64_t>(2 * (terms_[1].exponent - terms_[0].exponent) +
                                                              (equal_signs ? conductor_ : 0))));
  // u = ± ζ_r^e with r = conductor of u; its order is r, or 2r for the sign − and odd r.
  const bool negative = u.terms_[0].coefficient < 0;
  const std::uint64_t m = negative ? 2 * u.conductor_ : u.conductor_;
  IntegerPolynomial sum;
  fmpz_poly_fit_length(sum.get(), static_cast<slong>(u.conductor_));
  FlintInteger coefficient;
  for (std::uint64_t k = 1; k < m; ++k) {
    const auto exponent = static_cast<slong>(k % u.conductor_ * u.terms_[0].exponent % u.conductor_);
    fmpz_poly_get_coeff_fmpz(coefficient.get(), sum.get(), exponent);
    if (negative && k % 2 == 1) {
      fmpz_sub_ui(coefficient.get(), coefficient.get(), k);
    } else {
      fmpz_add_ui(coefficient.get(), coefficient.get(), k);
    }
    fmpz_poly_set_coeff_fmpz(sum.get(), exponent, coefficient.get());
  }
  const Cyclotomic geometric = folded(u.conductor_, std::move(sum), 1);
  Rational scale(-denominator_, terms_[0].coefficient * exact_integer(static_cast<std::int64_t>(m)));
  scale.canonicalize();
  return geometric * Cyclotomic(scale) *
         root_of_unity(conductor_, exact_integer(-static_cast<std::int64_t>(terms_[0].exponent)));
}

/// By the extended Euclidean algorithm: s·f + t·Φ_n = 1 in Q[x], so s is the inverse of f modulo Φ_n.
Cyclotomic Cyclotomic::euclidean_inverse() const {
  const std::uint64_t degree = totient(conductor_);
  IntegerPolynomial f = spread(conductor_);
  const auto bits = static_cast<std::uint64_t>(std::labs(fmpz_poly_max_bits(f.get()))) + 10;
  // By Hadamard's inequality the inverse has about φ·(bits + log φ) bits for each of its φ coefficients.
  if (degree > limit::inverse_degree || degree * degree * bits > limit::cyclotomic_bits)
    throw NotRepresentable("the inverse of a cyclotomic number is too large");
  const IntegerPolynomial phi = cyclotomic_polynomial_flint(conductor_);
  fmpz_poly_rem(f.get(), f.get(), phi.get());
  RationalPolynomial a;
  RationalPolynomial b;
  RationalPolynomial common;
  RationalPolynomial s;
  RationalPolynomial t;
  fmpq_poly_set_fmpz_poly(a.get(), f.get());
  fmpq_poly_set_fmpz_poly(b.get(), phi.get());
  fmpq_poly_xgcd(common.get(), s.get(), t.get(), a.get(), b.get());
  IntegerPolynomial numerator;
  fmpq_poly_get_numerator(numerator.get(), s.get());
  return folded(conductor_, std::move(numerator), to_integer(fmpq_poly_denref(s.get()))) *
         Cyclotomic(Rational(denominator_));
}

std::optional<Cyclotomic> Cyclotomic::inverse() const {
  if (is_zero()) return std::nullopt;
  if (const std::optional<Monomial> monomial = as_monomial()) {
    const Integer back = exact_integer(-static_cast<std::int64_t>(monomial->exponent));
    return Cyclotomic(Rational(1 / monomial->coefficient)) * root_of_unity(conductor_, back);
  }
  std::optional<Cyclotomic> out = binomial_inverse();
  if (!out) {
    // Gauss sums and the like: x·x̄ is rational.
    const Cyclotomic conjugate = conj();
    const std::optional<Rational> norm = (*this * conjugate).is_rational();
    out = norm ? conjugate * Cyclotomic(Rational(1 / *norm)) : euclidean_inverse();
  }
  const std::optional<Rational> product = (*this * *out).is_rational();
  ASSAY_ENSURE(product && *product == 1, "a number times its inverse is one");
  return out;
}

Cyclotomic Cyclotomic::power(long k) const {
  if (const std::optional<Monomial> monomial = as_monomial()) {
    const auto magnitude = static_cast<std::size_t>(k < 0 ? -(k + 1) : k);
    const bool unit = ::abs(monomial->coefficient) == 1;
    if (!unit && magnitude > limit::rational_bits / assay::bit_size(monomial->coefficient))
      throw NotRepresentable("a power is too large");
    const Rational coefficient =
        unit ? Rational(k % 2 != 0 ? monomial->coefficient : Rational(1)) : assay::power(monomial->coefficient, k);
    return Cyclotomic(coefficient) *
           root_of_unity(conductor_, exact_integer(static_cast<std::int64_t>(monomial->exponent)) * exact_integer(k));
  }
  if (k < 0) {
    const std::optional<Cyclotomic> inverted = inverse();
    ASSAY_ENSURE(inverted.has_value(), "zero has no negative power");
    return k == -1 ? *inverted : inverted->power(-(k + 1)) * *inverted;
  }
  Cyclotomic out{Rational(1)};
  Cyclotomic square = *this;
  for (auto rest = static_cast<unsigned long>(k); rest > 0; rest >>= 1U) {
    if ((rest & 1U) != 0) out = out * square;
    if (rest > 1) square = square * square;
  }
  return out;
}

}  // namespace assay
