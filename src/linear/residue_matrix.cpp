#include "linear/residue_matrix.hpp"

#include <flint/ulong_extras.h>

#include <array>

#include "base/contract.hpp"
#include "base/random.hpp"

namespace assay {

namespace {

/// matrix·vector modulo p.
std::vector<mp_limb_t> apply(const IntegerMatrix& matrix, const std::vector<mp_limb_t>& vector, mp_limb_t p) {
  const mp_limb_t inverse = n_preinvert_limb(p);
  std::vector<mp_limb_t> out(matrix.rows(), 0);
  for (std::size_t i = 0; i < matrix.rows(); ++i)
    for (std::size_t j = 0; j < vector.size(); ++j)
      out[i] = n_addmod(out[i], n_mulmod2_preinv(fmpz_fdiv_ui(matrix.at(i, j), p), vector[j], p, inverse), p);
  return out;
}

/// Primes between 2^(bits − 1) and 2^bits.
std::array<std::uint64_t, 16> draw_primes(unsigned bits) {
  std::array<std::uint64_t, 16> out{};
  SplitMix64 random(bits);
  const std::uint64_t least = std::uint64_t{1} << (bits - 1);
  // The next prime is not far: gaps between primes below 2^64 are less than 2000.
  for (std::uint64_t& p : out) p = n_nextprime(least + random.below(least - 2000), 1);
  return out;
}

}  // namespace

std::uint64_t random_prime(std::uint64_t seed, unsigned bits) {
  // A search for a prime takes longer than what is done with it for a small matrix.
  static const std::array<std::uint64_t, 16> long_primes = draw_primes(long_prime);
  static const std::array<std::uint64_t, 16> short_primes = draw_primes(short_prime);
  ASSAY_ENSURE(bits == long_prime || bits == short_prime, "primes of a length that is kept");
  return (bits == long_prime ? long_primes : short_primes)[seed % 16];
}

Matrix<Residue> residues(const IntegerMatrix& a, const ResidueField& field) {
  Matrix<Residue> out(a.rows(), a.cols(), Residue(field, 0));
  for (std::size_t i = 0; i < out.rows; ++i)
    for (std::size_t j = 0; j < out.cols; ++j) out(i, j) = Residue(field, fmpz_fdiv_ui(a.at(i, j), field.prime()));
  return out;
}

bool is_product_modulo(const IntegerMatrix& a, const IntegerMatrix& x, const Integer& factor, const IntegerMatrix& c) {
  ASSAY_ENSURE(a.cols() == x.rows() && a.rows() == c.rows() && x.cols() == c.cols(), "a product's extents fit");
  const mp_limb_t p = random_prime(a.rows() + 3 * a.cols() + 5 * x.cols());
  SplitMix64 random(p);
  std::vector<mp_limb_t> vector(x.cols());
  for (mp_limb_t& entry : vector) entry = random.below(p);
  const std::vector<mp_limb_t> left = apply(a, apply(x, vector, p), p);
  std::vector<mp_limb_t> right = apply(c, vector, p);
  const mp_limb_t scale = mpz_fdiv_ui(factor.get_mpz_t(), p);
  for (mp_limb_t& entry : right) entry = n_mulmod2_preinv(entry, scale, p, n_preinvert_limb(p));
  return left == right;
}

}  // namespace assay
