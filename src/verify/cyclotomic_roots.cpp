#include "base/contract.hpp"
#include "number/limits.hpp"
#include "verify/cyclotomic_element.hpp"
#include "verify/small_integers.hpp"

namespace assay::verify {

namespace {

/// x = square²·square_free.
struct SquareFree {
  Integer square;
  std::uint64_t square_free;
};

/// Splits x > 0; nothing if the square-free part is not below `bound` or has a prime factor above it.
std::optional<SquareFree> split(Integer x, std::uint64_t bound) {
  SquareFree out{1, 1};
  for (std::uint64_t p = 2; p <= bound && x != 1; ++p) {
    if (mpz_divisible_ui_p(x.get_mpz_t(), p) == 0) continue;
    const Integer prime(static_cast<unsigned long>(p));
    const auto multiplicity = mpz_remove(x.get_mpz_t(), x.get_mpz_t(), prime.get_mpz_t());
    Integer root;
    mpz_pow_ui(root.get_mpz_t(), prime.get_mpz_t(), multiplicity / 2);
    out.square *= root;
    if (multiplicity % 2 == 1) out.square_free *= p;
    if (out.square_free > bound) return std::nullopt;
  }
  if (mpz_perfect_square_p(x.get_mpz_t()) == 0) return std::nullopt;
  out.square *= sqrt(x);
  return out;
}

/// Σ ζ_p^(k²) over k < p for an odd prime p: √p for p ≡ 1, i·√p for p ≡ 3 (mod 4) (Gauss; Ireland–Rosen, ch. 6).
CyclotomicElement gauss_sum(std::uint64_t p) {
  std::vector<Rational> coefficients(p);
  for (std::uint64_t k = 0; k < p; ++k) coefficients[k * k % p] += 1;
  return CyclotomicElement::from_coefficients(coefficients);
}

/// Whether the conductor of √d, the discriminant of Q(√d), is within the bound for d square-free.
bool conductor_is_small(std::uint64_t d, bool negative) {
  const bool is_one_modulo_four = d % 4 == (negative ? 3 : 1);
  return (is_one_modulo_four ? d : 4 * d) <= limit::gauss_sum_conductor;
}

/// √d, or √(−d), for a square-free d.
CyclotomicElement root_of_square_free(std::uint64_t d, bool negative) {
  CyclotomicElement out{Rational(1)};
  int quarter_turns = negative ? 1 : 0;  // √(−1) = i
  for (const PrimePower& q : factors(d)) {
    if (q.prime == 2) {
      out = out * (CyclotomicElement::root_of_unity(8, 1) + CyclotomicElement::root_of_unity(8, -1));
      continue;
    }
    out = out * gauss_sum(q.prime);
    if (q.prime % 4 == 3) --quarter_turns;
  }
  return out * CyclotomicElement::root_of_unity(4, quarter_turns);
}

}  // namespace

std::optional<CyclotomicElement> CyclotomicElement::sqrt_of_rational(const Rational& r) {
  if (r == 0) return CyclotomicElement();
  constexpr std::uint64_t bound = limit::gauss_sum_conductor;
  const bool negative = r < 0;
  // √(a/b) = √(a·b)/b, and the square-free part of a·b is the product of those of the coprime a and b.
  const std::optional<SquareFree> above = split(::abs(r.get_num()), bound);
  const std::optional<SquareFree> below = above ? split(r.get_den(), bound) : std::nullopt;
  if (!above || !below || above->square_free > bound / below->square_free) return std::nullopt;
  const std::uint64_t free = above->square_free * below->square_free;
  if (!conductor_is_small(free, negative)) return std::nullopt;
  Rational factor(above->square, below->square * Integer(static_cast<unsigned long>(below->square_free)));
  factor.canonicalize();
  const CyclotomicElement out = root_of_square_free(free, negative) * CyclotomicElement(factor);
  const std::optional<Rational> square = (out * out).is_rational();
  const CyclotomicElement part = negative ? out * root_of_unity(4, 3) : out;
  ASSAY_ENSURE(square && *square == r && part.is_real() && part.sign() == relation::greater,
               "a product of Gauss sums is the principal square root");
  return out;
}

std::optional<QuadraticNumber> as_quadratic(const CyclotomicElement& x) {
  if (x.is_rational()) return std::nullopt;
  const Rational mean = x.mean();
  const CyclotomicElement root = x - CyclotomicElement(mean);
  const std::optional<Rational> square = (root * root).is_rational();
  if (!square) return std::nullopt;
  const CyclotomicElement part = *square < 0 ? root * CyclotomicElement::root_of_unity(4, 3) : root;
  const Relations sign = part.sign();
  if (sign != relation::greater && sign != relation::less)
    throw NotRepresentable("the sign of a square root could not be seen");
  return QuadraticNumber{mean, *square, sign == relation::greater};
}

}  // namespace assay::verify
