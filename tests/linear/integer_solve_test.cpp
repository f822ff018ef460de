#include "linear/integer_solve.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "linear/fraction_free.hpp"
#include "linear/padic_solve.hpp"
#include "linear/product_check.hpp"
#include "linear/rational_rank.hpp"
#include "random_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

IntegerMatrix draw(std::mt19937_64& generator, std::size_t rows, std::size_t cols, unsigned bits) {
  gmp_randclass random(gmp_randinit_default);
  random.seed(static_cast<unsigned long>(generator()));
  IntegerMatrix out(rows, cols);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < cols; ++j) {
      Integer x = generator() % 8 == 0 ? Integer((Integer(1) << bits) - 1) : Integer(random.get_z_bits(bits));
      if (generator() % 2 == 0) x = -x;
      fmpz_set_mpz(out.at(i, j), x.get_mpz_t());
    }
  return out;
}

void check_solution(const IntegerMatrix& a, const IntegerMatrix& b, const std::optional<IntegerSolution>& solution) {
  REQUIRE(solution.has_value());
  CHECK(solution->denominator > 0);
  CHECK(is_product(a, solution->numerators, solution->denominator, b));
  // The denominator is the least.
  FlintInteger common;
  fmpz_mat_content(common.get(), solution->numerators.get());
  CHECK(gcd(to_integer(common.get()), solution->denominator) == 1);
}

}  // namespace

TEST_CASE("p-adic lifting solves integer systems", "[linear][solve]") {
  std::mt19937_64 generator(1);
  for (const std::size_t n : {1, 2, 7, 33, 60})
    for (const std::size_t columns : {1, 3, 40})
      for (const unsigned bits : {2U, 50U, 56U, 57U, 58U, 59U, 60U, 61U, 62U, 120U, 126U, 127U, 400U})
        for (const unsigned threads : {1U, 2U}) {
          // Long entries in small systems, and threads in large ones.
          if ((n >= 33 && bits > 2 && bits != 57) || (n < 33 && threads > 1)) continue;
          IntegerMatrix a = draw(generator, n, n, bits);
          for (std::size_t i = 0; i < n; ++i) fmpz_add_ui(a.at(i, i), a.at(i, i), 1U << 10U);
          const IntegerMatrix b = draw(generator, n, columns, columns == 3 ? 150 : 40);
          CAPTURE(n, columns, bits, threads);
          check_solution(a, b, padic_solution(a, b, threads));
        }
}

TEST_CASE("columns may need denominators of their own", "[linear][solve]") {
  // diag(2, 3, 5, 7, …): every column of the identity has another one.
  const std::size_t n = 9;
  IntegerMatrix a(n, n);
  IntegerMatrix b(n, n);
  const unsigned long primes[] = {2, 3, 5, 7, 11, 13, 17, 19, 23};
  for (std::size_t i = 0; i < n; ++i) {
    fmpz_set_ui(a.at(i, i), primes[i]);
    fmpz_one(b.at(i, i));
  }
  const auto solution = padic_solution(a, b, 1);
  check_solution(a, b, solution);
  CHECK(solution->denominator == 223092870);
}

TEST_CASE("integer solutions may be much longer than their denominator", "[linear][solve]") {
  // Unit triangular with −1000 above the diagonal: a⁻¹ has entries near 1001ⁿ⁻².
  const std::size_t n = 30;
  IntegerMatrix a(n, n);
  IntegerMatrix b(n, 2);
  for (std::size_t i = 0; i < n; ++i) {
    fmpz_one(a.at(i, i));
    for (std::size_t j = i + 1; j < n; ++j) fmpz_set_si(a.at(i, j), -1000);
  }
  fmpz_one(b.at(n - 1, 1));
  fmpz_one(b.at(0, 0));
  const auto solution = padic_solution(a, b, 1);
  check_solution(a, b, solution);
  CHECK(solution->denominator == 1);
}

TEST_CASE("a singular system, and one with very long entries", "[linear][solve]") {
  IntegerMatrix singular(2, 2);
  fmpz_one(singular.at(0, 0));
  IntegerMatrix b(2, 1);
  fmpz_one(b.at(1, 0));
  CHECK_FALSE(padic_solution(singular, b, 1));
  CHECK_FALSE(find_solution(singular, b, 1));
  std::mt19937_64 generator(2);
  IntegerMatrix a = draw(generator, 20, 20, 60);
  const IntegerMatrix side = draw(generator, 20, 3, 30);
  fmpz_mat_scalar_mul_2exp(a.get(), a.get(), 5000);
  fmpz_add_ui(a.at(3, 4), a.at(3, 4), 1);
  CHECK_FALSE(padic_solution(a, side, 1));
  check_solution(a, side, find_solution(a, side, 1));
}

TEST_CASE("fraction-free rank and minors agree with the certified rank", "[linear][elimination][property]") {
  CHECK(rc::check("rank", [] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 9);
    const auto cols = *rc::gen::inRange<std::size_t>(1, 9);
    const auto rank = *rc::gen::inRange<std::size_t>(0, std::min(rows, cols) + 1);
    const Matrix<Rational> a = random_of_rank(rows, cols, rank, 5);
    RC_ASSERT(fraction_free_rank(clear_rows(a)->matrix) == rank);
    RC_ASSERT(exact_rank(a) == rank);
  }));
}

TEST_CASE("exact ranks of all sizes", "[linear][rank]") {
  std::mt19937_64 generator(9);
  const auto factor = [&](std::size_t rows, std::size_t cols) {
    Matrix<Rational> out(rows, cols);
    for (Rational& x : out.entries) x = static_cast<long>(generator() % 1001) - 500;
    return out;
  };
  for (const std::size_t n : {1, 5, 7, 16, 17, 30})
    for (const std::size_t m : {1, 6, 7, 18, 31})
      for (const std::size_t rank : {std::size_t{0}, std::min(m, n) / 2, std::min(m, n) - 1, std::min(m, n)})
        CHECK(exact_rank(product(factor(m, rank), factor(rank, n))) == rank);
}
