#include "number/cyclotomic_basis.hpp"

#include "base/contract.hpp"

namespace assay {

namespace {

/// Eliminates the exponents e for which e mod p^k has the leading base-p digit p − 1, by Σ_j ζ_n^(e + j·n/p) = 0.
void eliminate(fmpz* c, std::uint64_t n, const PrimePower& factor) {
  const std::uint64_t p = factor.prime;
  const std::uint64_t q = factor.power;
  const std::uint64_t step = n / p;
  // n/p = (q/p)·(n/q) with n/q prime to p: as e grows by n/p, e mod q keeps its lower digits while its leading digit
  // runs through all p values, so each coset loses exactly one exponent. The residues of e modulo the other prime
  // powers stay, since q' | n/p: eliminating for one prime never brings back what another has eliminated.
  const std::uint64_t first_excluded = q - q / p;
  for (std::uint64_t block = first_excluded; block < n; block += q) {
    for (std::uint64_t e = block; e < block + q / p; ++e) {
      if (fmpz_is_zero(c + e) != 0) continue;
      for (std::uint64_t j = 1, at = e; j < p; ++j) {
        at = at + step < n ? at + step : at + step - n;
        fmpz_sub(c + at, c + at, c + e);
      }
      fmpz_zero(c + e);
    }
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
