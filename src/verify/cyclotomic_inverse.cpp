#include <numeric>

#include "base/contract.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "verify/cyclotomic_element.hpp"
#include "verify/small_integers.hpp"

namespace assay::verify {

namespace {

std::uint64_t power_modulo(std::uint64_t b, std::uint64_t k, std::uint64_t n) {
  std::uint64_t out = 1 % n;
  for (b %= n; k > 0; k >>= 1U, b = b * b % n)
    if ((k & 1U) != 0) out = out * b % n;
  return out;
}

/// ∏ σ^i(x) for 0 ≤ i < count, σ: ζ ↦ ζ^g, by doubling.
CyclotomicElement product_of_conjugates(const CyclotomicElement& x, std::uint64_t g, std::uint64_t count) {
  // The conductor of a product may be smaller than that of its factors; x's conjugates are taken in x's field.
  const std::uint64_t n = x.conductor();
  if (count == 1) return x;
  const CyclotomicElement half = product_of_conjugates(x, g, count / 2);
  const CyclotomicElement even = half * half.galois(power_modulo(g, count / 2, n));
  return count % 2 == 0 ? even : x * even.galois(g);
}

}  // namespace

/// The inverse of c·ζ^a·(1 − u), u ≠ 1 a root of unity of order m, as c^(−1)·ζ^(−a)·(−1/m)·Σ_(k<m) k·u^k:
/// (1 − u)·Σ k·u^k = Σ_(0<k<m) u^k − (m − 1)·u^m = −1 − (m − 1) = −m.
std::optional<CyclotomicElement> CyclotomicElement::binomial_inverse() const {
  if (is_dense() || terms_.size() != 2 ||
      mpz_cmpabs(terms_[0].coefficient.get_mpz_t(), terms_[1].coefficient.get_mpz_t()) != 0)
    return std::nullopt;
  const bool equal_signs = sgn(terms_[0].coefficient) == sgn(terms_[1].coefficient);
  const std::uint64_t turn =
      (2 * (terms_[1].exponent - terms_[0].exponent) + (equal_signs ? conductor_ : 0)) % (2 * conductor_);
  const std::uint64_t m = 2 * conductor_ / std::gcd(2 * conductor_, turn);
  const std::uint64_t step = turn / (2 * conductor_ / m);
  if (m > limit::conductor) return std::nullopt;
  std::vector<Rational> sum(m);
  for (std::uint64_t k = 0; k < m; ++k) sum[k * step % m] = Rational(static_cast<unsigned long>(k));
  Rational scale(-denominator_, terms_[0].coefficient * Integer(static_cast<unsigned long>(m)));
  scale.canonicalize();
  return from_coefficients(sum) * CyclotomicElement(scale) *
         root_of_unity(conductor_, -exact_integer(static_cast<std::int64_t>(terms_[0].exponent)));
}

/// 1/x = (∏ σ(x) over the automorphisms σ ≠ 1)/N(x). One cyclic factor of the group after the other: with the product
/// over it, x becomes a norm to a smaller field, and at last rational.
CyclotomicElement CyclotomicElement::inverse_by_norm() const {
  const std::uint64_t degree = euler_phi(conductor_);
  // Each of the φ coefficients has about φ times as many bits as those of this element.
  const std::uint64_t bits = bit_size() / (is_dense() ? dense_.size() : 1) + 10;
  if (degree > limit::inverse_degree || degree * degree * bits > limit::cyclotomic_bits)
    throw NotRepresentable("the inverse of a cyclotomic number is too large");
  CyclotomicElement cofactor{Rational(1)};
  CyclotomicElement norm = *this;
  for (const CyclicFactor& factor : unit_group(conductor_)) {
    if (norm.conductor() == 1) break;
    const CyclotomicElement others =
        product_of_conjugates(norm, factor.generator, factor.order - 1).galois(factor.generator);
    cofactor = cofactor * others;
    norm = norm * others;
  }
  const std::optional<Rational> rational = norm.is_rational();
  ASSAY_ENSURE(rational && *rational != 0, "the norm of a number that is not zero is rational and not zero");
  return cofactor * CyclotomicElement(Rational(1 / *rational));
}

std::optional<CyclotomicElement> CyclotomicElement::inverse() const {
  if (is_zero()) return std::nullopt;
  std::optional<CyclotomicElement> out;
  if (const std::optional<Monomial> monomial = as_monomial()) {
    out = CyclotomicElement(Rational(1 / monomial->coefficient)) *
          root_of_unity(conductor_, -exact_integer(static_cast<std::int64_t>(monomial->exponent)));
  } else if (const std::optional<Rational> value = is_rational()) {
    out = CyclotomicElement(Rational(1 / *value));
  } else {
    out = binomial_inverse();
  }
  if (!out) {
    // Gauss sums and the like: x·x̄ is rational.
    const CyclotomicElement conjugate = conj();
    const std::optional<Rational> norm = (*this * conjugate).is_rational();
    out = norm ? conjugate * CyclotomicElement(Rational(1 / *norm)) : inverse_by_norm();
  }
  const std::optional<Rational> product = (*this * *out).is_rational();
  ASSAY_ENSURE(product && *product == 1, "a number times its inverse is one");
  return out;
}

CyclotomicElement CyclotomicElement::power(long k) const {
  if (const std::optional<Monomial> monomial = as_monomial()) {
    const auto magnitude = static_cast<std::size_t>(k < 0 ? -(k + 1) : k);
    const bool is_unit = ::abs(monomial->coefficient) == 1;
    if (!is_unit && magnitude > limit::rational_bits / assay::bit_size(monomial->coefficient))
      throw NotRepresentable("a power is too large");
    const Rational unit = k % 2 != 0 ? monomial->coefficient : Rational(1);
    return CyclotomicElement(is_unit ? unit : assay::power(monomial->coefficient, k)) *
           root_of_unity(conductor_, exact_integer(static_cast<std::int64_t>(monomial->exponent)) * exact_integer(k));
  }
  if (k < 0) {
    const std::optional<CyclotomicElement> inverted = inverse();
    ASSAY_ENSURE(inverted.has_value(), "zero has no negative power");
    return k == -1 ? *inverted : inverted->power(-(k + 1)) * *inverted;
  }
  CyclotomicElement out{Rational(1)};
  CyclotomicElement square = *this;
  for (auto rest = static_cast<unsigned long>(k); rest > 0; rest >>= 1U) {
    if ((rest & 1U) != 0) out = out * square;
    if (rest > 1) square = square * square;
  }
  return out;
}

}  // namespace assay::verify
