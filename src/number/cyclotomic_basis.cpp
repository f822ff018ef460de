#include "number/cyclotomic_basis.hpp"

#include <flint/ulong_extras.h>

#include "base/contract.hpp"

namespace assay {

namespace {

/// Eliminates the exponents whose p-component has the leading digit p − 1, by Σ_j ζ_n^(e + j·n/p) = 0.
void eliminate(fmpz* c, std::uint64_t n, const PrimePower& factor) {
  const std::uint64_t p = factor.prime;
  const std::uint64_t q = factor.power;
  const std::uint64_t step = n / p;
  // ζ_n^e = Π_p ζ_q^(a_p) with e ≡ a_p·n/q (mod q): the p-component of e is a_p = e·(n/q)^(−1) mod q. It grows by
  // (n/q)^(−1) as e grows by 1, and by q/p as e grows by n/p; the components at the other primes then stay.
  const std::uint64_t cofactor = (n / q) % q;
  const std::uint64_t increment = q == n ? 1 : n_invmod(cofactor, q);
  const std::uint64_t first_excluded = q - q / p;
  std::uint64_t component = 0;
  for (std::uint64_t e = 0; e < n; ++e) {
    if (component >= first_excluded && fmpz_is_zero(c + e) == 0) {
      for (std::uint64_t j = 1, at = e; j < p; ++j) {
        at = at + step < n ? at + step : at + step - n;
        fmpz_sub(c + at, c + at, c + e);
      }
      fmpz_zero(c + e);
    }
    component += increment;
    if (component >= q) component -= q;
  }
}

}  // namespace

std::vector<PrimePower> factored(std::uint64_t n) {
  ASSAY_ENSURE(n >= 1, "only positive integers have a factorisation");
  std::vector<PrimePower> factors;
  for (std::uint64_t p = 2; p * p <= n; ++p) {
    if (n % p != 0) continue;
    std::uint64_t power = 1;
    for (; n % p == 0; n /= p) power *= p;
    factors.push_back({p, power});
  }
  if (n > 1) factors.push_back({n, n});
  return factors;
}

std::uint64_t totient(std::uint64_t n) {
  std::uint64_t phi = 1;
  for (const PrimePower& factor : factored(n)) phi *= factor.power - factor.power / factor.prime;
  return phi;
}

void reduce_to_basis(fmpz* coefficients, std::uint64_t n) {
  for (const PrimePower& factor : factored(n)) eliminate(coefficients, n, factor);
}

}  // namespace assay
