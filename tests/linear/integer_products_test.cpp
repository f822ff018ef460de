#include <catch2/catch.hpp>
#include <cmath>
#include <random>

#include "base/contract.hpp"
#include "linear/balanced_digits.hpp"
#include "linear/machine_residue.hpp"
#include "linear/product_check.hpp"
#include "linear/residue_matrix.hpp"

using namespace assay;

namespace {

/// Signed integers of at most `bits` bits; some of them extreme.
IntegerMatrix draw(std::mt19937_64& generator, std::size_t rows, std::size_t cols, unsigned bits) {
  IntegerMatrix out(rows, cols);
  gmp_randclass random(gmp_randinit_default);
  random.seed(static_cast<unsigned long>(generator()));
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < cols; ++j) {
      Integer x = random.get_z_bits(bits);
      if (generator() % 8 == 0) x = (Integer(1) << bits) - 1;
      if (generator() % 8 == 0) x = 0;
      if (generator() % 2 == 0) x = -x;
      fmpz_set_mpz(out.at(i, j), x.get_mpz_t());
    }
  return out;
}

IntegerMatrix product(const IntegerMatrix& a, const IntegerMatrix& x) {
  IntegerMatrix out(a.rows(), x.cols());
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < x.cols(); ++j)
      for (std::size_t t = 0; t < a.cols(); ++t) fmpz_addmul(out.at(i, j), a.at(i, t), x.at(t, j));
  return out;
}

}  // namespace

TEST_CASE("balanced digits add up to the number and are small", "[linear][digits]") {
  std::mt19937_64 generator(3);
  for (const int bits : {3, 8, 23, 32})
    for (const unsigned length : {1U, 2U, 21U, 22U, 23U, 63U, 64U, 65U, 300U}) {
      const IntegerMatrix a = draw(generator, 3, 5, length);
      const BalancedDigits digits(a, bits);
      std::vector<double> plane(3 * 2);
      IntegerMatrix sum(3, 2);
      FlintInteger term;
      for (std::size_t s = 0; s < digits.places(); ++s) {
        digits.plane(s, 2, 2, plane.data());
        for (std::size_t i = 0; i < 3; ++i)
          for (std::size_t j = 0; j < 2; ++j) {
            CHECK(plane[i * 2 + j] >= -std::ldexp(1, bits - 1));
            CHECK(plane[i * 2 + j] < std::ldexp(1, bits - 1));
            fmpz_set_d(term.get(), plane[i * 2 + j]);
            fmpz_mul_2exp(term.get(), term.get(), s * static_cast<std::size_t>(bits));
            fmpz_add(sum.at(i, j), sum.at(i, j), term.get());
          }
      }
      CHECK(fmpz_mat_equal(sum.get(), submatrix(a, all_indices(3), {2, 3}).get()));
    }
}

TEST_CASE("residues in doubles are congruent and near zero", "[linear][residue]") {
  std::mt19937_64 generator(4);
  for (const double p : {4.0, 5.0, 65521.0, 8388593.0, 1073741789.0}) {
    const MachineResidue<> modulo(p);
    for (int k = 0; k < 2000; ++k) {
      auto x = static_cast<std::int64_t>(generator() >> (12 + generator() % 52));
      if (k % 5 == 0) x = (std::int64_t{1} << 52) - static_cast<std::int64_t>(generator() % 3);
      if (k % 2 == 0) x = -x;
      const double r = modulo(static_cast<double>(x));
      CHECK(std::fabs(r) <= p / 2 + 1);
      CHECK((x - static_cast<std::int64_t>(r)) % static_cast<std::int64_t>(p) == 0);
    }
  }
}

TEST_CASE("a right product is accepted, one that is off in one entry is not", "[linear][product]") {
  std::mt19937_64 generator(5);
  struct Extents {
    std::size_t m, k, n;
  };
  // Below and above the size from which on residues are used; one with long columns, which are cut into blocks.
  for (const auto& [m, k, n] : {Extents{1, 1, 1}, {5, 3, 4}, {31, 33, 32}, {40, 300, 10}, {40, 20, 60}})
    for (const unsigned a_bits : {1U, 30U, 200U})
      for (const unsigned x_bits : {7U, 1000U}) {
        const IntegerMatrix a = draw(generator, m, k, a_bits);
        const IntegerMatrix x = draw(generator, k, n, x_bits);
        IntegerMatrix c = product(a, x);
        for (const unsigned threads : {1U, 2U}) CHECK(is_product(a, x, Integer(1), c, threads));
        CHECK(is_product_modulo(a, x, Integer(1), c));
        // The error may be 1, or any power of two: a multiple of many of the primes would have to be chosen on purpose.
        fmpz* entry = c.at(generator() % m, generator() % n);
        FlintInteger error;
        fmpz_set(error.get(), entry);
        fmpz_one(error.get());
        fmpz_mul_2exp(error.get(), error.get(), generator() % (a_bits + x_bits));
        fmpz_add(entry, entry, error.get());
        for (const unsigned threads : {1U, 2U}) CHECK_FALSE(is_product(a, x, Integer(1), c, threads));
        CHECK_FALSE(is_product_modulo(a, x, Integer(1), c));
      }
}

TEST_CASE("a product is compared with a multiple", "[linear][product]") {
  std::mt19937_64 generator(6);
  for (const std::size_t n : {4, 40}) {
    const IntegerMatrix c = draw(generator, n, n, 20);
    const IntegerMatrix x = draw(generator, n, n, 30);
    const Integer factor("-123456789012345678901234567890");
    // a = factor·identity: a·c = factor·c.
    IntegerMatrix a(n, n);
    for (std::size_t i = 0; i < n; ++i) fmpz_set_mpz(a.at(i, i), factor.get_mpz_t());
    CHECK(is_product(a, c, factor, c));
    CHECK_FALSE(is_product(a, c, factor + 1, c));
    CHECK_FALSE(is_product(a, c, Integer(-factor), c));
    CHECK_FALSE(is_product(a, x, factor, c));
    CHECK(is_product(a, x, Integer(0), IntegerMatrix(n, n)) == false);
    CHECK(is_product(IntegerMatrix(n, n), x, Integer(0), c));
  }
}

TEST_CASE("an error that is a multiple of all primes but one is found", "[linear][product]") {
  // The check uses the primes below 2²³ in descending order until their product passes the bound; an error below the
  // bound cannot be a multiple of all of them.
  const std::size_t n = 40;
  IntegerMatrix a(n, n);
  IntegerMatrix x(n, n);
  Integer error = 1;
  for (std::uint64_t p = (1U << 23U) - 1; mpz_sizeinbase(error.get_mpz_t(), 2) < 300; p -= 2) {
    const Integer candidate(p);
    if (mpz_probab_prime_p(candidate.get_mpz_t(), 30) != 0) error *= candidate;
  }
  for (std::size_t i = 0; i < n; ++i) fmpz_one(a.at(i, i));
  fmpz_set_mpz(x.at(0, 0), error.get_mpz_t());
  CHECK_FALSE(is_product(a, x, Integer(1), IntegerMatrix(n, n)));
  CHECK_FALSE(is_product(a, IntegerMatrix(n, n), Integer(1), x));
  CHECK(is_product(a, x, Integer(1), x));
}

TEST_CASE("products with an empty side", "[linear][product]") {
  CHECK(is_product(IntegerMatrix(3, 0), IntegerMatrix(0, 2), Integer(7), IntegerMatrix(3, 2)));
  IntegerMatrix one(3, 2);
  fmpz_one(one.at(2, 1));
  CHECK_FALSE(is_product(IntegerMatrix(3, 0), IntegerMatrix(0, 2), Integer(7), one));
  CHECK(is_product(IntegerMatrix(0, 4), IntegerMatrix(4, 2), Integer(7), IntegerMatrix(0, 2)));
  CHECK_THROWS_AS(is_product(one, one, Integer(1), one), InternalError);
}
