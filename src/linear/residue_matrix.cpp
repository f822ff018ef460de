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

}  // namespace

std::uint64_t random_prime(std::uint64_t seed) {
  // A search for a prime takes longer than what is done with it for a small matrix.
  static const std::array<std::uint64_t, 16> primes = [] {
    std::array<std::uint64_t, 16> out{};
    SplitMix64 random(1);
    // Below 2^62 - 2^32, so that the next prime is below 2^62: gaps between primes below 2^64 are less than 2000.
    for (std::uint64_t& p : out)
      p = n_nextprime((std::uint64_t{1} << 61U) + random.below((std::uint64_t{1} << 61U) - (std::uint64_t{1} << 32U)),
                      1);
    return out;
  }();
  return primes[seed % primes.size()];
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
