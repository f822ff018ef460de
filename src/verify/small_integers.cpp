#include "verify/small_integers.hpp"

#include "base/contract.hpp"

namespace assay::verify {

namespace {

/// b^k mod n, n < 2^31.
std::uint64_t power_modulo(std::uint64_t b, std::uint64_t k, std::uint64_t n) {
  std::uint64_t out = 1 % n;
  for (b %= n; k > 0; k >>= 1U, b = b * b % n)
    if ((k & 1U) != 0) out = out * b % n;
  return out;
}

/// A generator of (Z/p^k)* for an odd prime p: of a generator g modulo p, either g or g + p is one.
std::uint64_t primitive_root(const PrimePower& q) {
  const std::vector<PrimePower> divisors = factors(q.prime - 1);
  const auto generates = [&](std::uint64_t g) {
    for (const PrimePower& divisor : divisors)
      if (power_modulo(g, (q.prime - 1) / divisor.prime, q.prime) == 1) return false;
    return true;
  };
  std::uint64_t g = 1;
  while (!generates(g)) ++g;
  if (q.power > q.prime && power_modulo(g, q.prime - 1, q.prime * q.prime) == 1) g += q.prime;
  return g;
}

/// The x mod n with x ≡ a (mod q) and x ≡ 1 (mod n/q), for coprime q and n/q.
std::uint64_t lifted(std::uint64_t a, std::uint64_t q, std::uint64_t n) {
  const std::uint64_t rest = n / q;
  for (std::uint64_t x = 1;; x += rest)
    if (x % q == a % q) return x % n;
}

}  // namespace

std::vector<PrimePower> factors(std::uint64_t n) {
  ASSAY_ENSURE(n >= 1, "zero has no factorisation");
  std::vector<PrimePower> out;
  for (std::uint64_t p = 2; p * p <= n; ++p) {
    if (n % p != 0) continue;
    PrimePower factor{p, 1};
    for (; n % p == 0; n /= p) factor.power *= p;
    out.push_back(factor);
  }
  if (n > 1) out.push_back({n, n});
  return out;
}

std::uint64_t euler_phi(std::uint64_t n) {
  std::uint64_t out = 1;
  for (const PrimePower& q : factors(n)) out *= q.power / q.prime * (q.prime - 1);
  return out;
}

std::vector<CyclicFactor> unit_group(std::uint64_t n) {
  ASSAY_ENSURE(n < (std::uint64_t{1} << 31U), "products of residues fit a word");
  std::vector<CyclicFactor> out;
  for (const PrimePower& q : factors(n)) {
    if (q.prime != 2) {
      out.push_back({lifted(primitive_root(q), q.power, n), q.power / q.prime * (q.prime - 1)});
      continue;
    }
    if (q.power >= 4) out.push_back({lifted(q.power - 1, q.power, n), 2});
    if (q.power >= 8) out.push_back({lifted(5, q.power, n), q.power / 4});
  }
  return out;
}

}  // namespace assay::verify
