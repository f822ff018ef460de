#include <numeric>

#include "base/contract.hpp"
#include "number/cyclotomic.hpp"
#include "number/cyclotomic_basis.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay {

namespace {

/// x = square²·square_free up to factors that trial division does not find.
struct SquareFree {
  Integer square;
  std::uint64_t square_free;
};

/// Splits x > 0; nothing if the square-free part is not below `bound` or has a prime factor above it.
std::optional<SquareFree> split(Integer x, std::uint64_t bound) {
  SquareFree out{1, 1};
  for (std::uint64_t p = 2; p <= bound && x != 1; ++p) {
    while (mpz_divisible_ui_p(x.get_mpz_t(), p * p) != 0) {
      x /= p * p;
      out.square *= p;
    }
    if (mpz_divisible_ui_p(x.get_mpz_t(), p) != 0) {
      x /= p;
      out.square_free *= p;
      if (out.square_free > bound) return std::nullopt;
    }
  }
  if (mpz_perfect_square_p(x.get_mpz_t()) == 0) return std::nullopt;
  out.square *= sqrt(x);
  return out;
}

/// Σ_(k<|D|) (D/k) ζ_|D|^k for a fundamental discriminant D.
Cyclotomic gauss_sum(std::int64_t discriminant) {
  const auto n = static_cast<std::uint64_t>(std::llabs(discriminant));
  const Integer d = exact_integer(discriminant);
  std::vector<Rational> coefficients(n);
  for (std::uint64_t k = 0; k < n; ++k) coefficients[k] = mpz_kronecker_ui(d.get_mpz_t(), k);
  return Cyclotomic::from_coefficients(coefficients);
}

/// Whether x, a nonzero real (or a multiple of i), is positive (or has a positive imaginary part): by enclosures.
bool is_principal(const Cyclotomic& x, bool imaginary) {
  for (long precision = 64; precision <= limit::compare_precision; precision *= 2) {
    const ComplexBall value = x.enclosure(precision);
    const Ball part = imaginary ? im(value) : re(value);
    if (arb_contains_zero(part.get()) == 0) return arb_is_positive(part.get()) != 0;
  }
  throw NotRepresentable("the sign of a square root could not be seen");
}

/// Tr(x)/φ(n). Tr(ζ_m) = μ(m) and [Q(ζ_n) : Q(ζ_m)] = φ(n)/φ(m), hence Tr(ζ_n^e)/φ(n) = μ(m)/φ(m) for m = n/gcd(n, e).
Rational mean_of_conjugates(const Cyclotomic& x) {
  const std::vector<Rational> coefficients = x.coefficients();
  const std::uint64_t n = coefficients.size();
  Rational sum = 0;
  for (std::uint64_t e = 0; e < n; ++e) {
    if (coefficients[e] == 0) continue;
    const std::uint64_t order = n / std::gcd(n, e);
    int moebius = 1;
    for (const PrimePower& factor : factored(order)) moebius = factor.power == factor.prime ? -moebius : 0;
    if (moebius != 0) sum += coefficients[e] * moebius / Rational(static_cast<unsigned long>(totient(order)));
  }
  return sum;
}

}  // namespace

std::optional<Quadratic> as_quadratic(const Cyclotomic& x) {
  if (x.is_rational()) return std::nullopt;
  const Rational mean = mean_of_conjugates(x);
  const Cyclotomic root = x - Cyclotomic(mean);
  const std::optional<Rational> square = (root * root).is_rational();
  if (!square) return std::nullopt;
  return Quadratic{mean, *square, is_principal(root, *square < 0)};
}

std::optional<Cyclotomic> sqrt_of_rational(const Rational& r) {
  if (r == 0) return Cyclotomic();
  const auto bound = limit::gauss_sum_conductor;
  const bool negative = r < 0;
  // √(a/b) = √(a·b)/b, and the square-free part of a·b is the product of those of the coprime a and b.
  const std::optional<SquareFree> above = split(::abs(r.get_num()), bound);
  const std::optional<SquareFree> below = above ? split(r.get_den(), bound) : std::nullopt;
  if (!above || !below || above->square_free > bound / below->square_free) return std::nullopt;
  const std::uint64_t free = above->square_free * below->square_free;
  Rational factor(above->square, below->square * Integer(static_cast<unsigned long>(below->square_free)));
  factor.canonicalize();
  if (free == 1) return (negative ? Cyclotomic::root_of_unity(4, 1) : Cyclotomic(Rational(1))) * Cyclotomic(factor);
  const auto radicand = static_cast<std::int64_t>(free) * (negative ? -1 : 1);
  const bool odd_discriminant = ((radicand % 4) + 4) % 4 == 1;
  if (!odd_discriminant && 4 * free > bound) return std::nullopt;
  const Cyclotomic root = odd_discriminant ? gauss_sum(radicand) * Cyclotomic(factor)
                                           : gauss_sum(4 * radicand) * Cyclotomic(Rational(factor / 2));  // √(4d) = 2√d
  const std::optional<Rational> square = (root * root).is_rational();
  ASSAY_ENSURE(square && *square == r && is_principal(root, negative), "a Gauss sum is the principal square root");
  return root;
}

std::optional<Cyclotomic> Cyclotomic::sqrt_of_rational(const Rational& r) { return assay::sqrt_of_rational(r); }

}  // namespace assay
