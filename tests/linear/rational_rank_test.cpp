#include "linear/rational_rank.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "linear/residue_matrix.hpp"
#include "random_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

std::size_t proved_rank(const Matrix<Rational>& a, unsigned threads = 1) {
  const auto certificate = find_rank(a, threads);
  REQUIRE(certificate.has_value());
  const auto rank = checked_rank(a, *certificate, threads);
  REQUIRE(rank.has_value());
  return *rank;
}

Matrix<Rational> hilbert(std::size_t n) {
  Matrix<Rational> out(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) out(i, j) = Rational(1, static_cast<long>(i + j + 1));
  return out;
}

/// Changes one part of the certificate.
void mutate(RankCertificate& certificate) {
  const auto index = [](const auto& list) { return *rc::gen::inRange<std::size_t>(0, list.size()); };
  switch (*rc::gen::inRange(0, 8)) {
    case 0: certificate.of_transpose = !certificate.of_transpose; break;
    case 1:
      if (!certificate.rows.empty()) certificate.rows[index(certificate.rows)] = *rc::gen::inRange<std::size_t>(0, 12);
      break;
    case 2:
      if (!certificate.cols.empty()) certificate.cols[index(certificate.cols)] = *rc::gen::inRange<std::size_t>(0, 12);
      break;
    case 3:
      certificate.prime = *rc::gen::element<std::uint64_t>(0, 1, 2, 4, 7, ~std::uint64_t{0}, 4611686018427387847);
      break;
    case 4:
      if (!certificate.relations.entries.empty())
        certificate.relations.entries[index(certificate.relations.entries)] += *rc::gen::inRange(-2, 3);
      break;
    case 5: certificate.denominator = *rc::gen::inRange(-3, 4); break;
    case 6:
      if (!certificate.rows.empty()) certificate.rows.pop_back();
      if (!certificate.cols.empty() && *rc::gen::arbitrary<bool>()) certificate.cols.pop_back();
      break;
    default: certificate.relations.rows += 1; break;
  }
}

}  // namespace

TEST_CASE("the rank of a product around a diagonal matrix is the diagonal's", "[linear][rank][property]") {
  CHECK(rc::check("rank of a matrix of known rank, and of its transpose", [] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 10);
    const auto cols = *rc::gen::inRange<std::size_t>(1, 10);
    const auto rank = *rc::gen::inRange<std::size_t>(0, std::min(rows, cols) + 1);
    const Matrix<Rational> a = random_of_rank(rows, cols, rank, 6);
    RC_ASSERT(proved_rank(a) == rank);
    RC_ASSERT(proved_rank(transposed(a)) == rank);
  }));
}

TEST_CASE("a certificate that was changed proves the rank or nothing", "[linear][rank][property]") {
  CHECK(rc::check("mutated certificates", [] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 8);
    const auto cols = *rc::gen::inRange<std::size_t>(1, 8);
    const auto rank = *rc::gen::inRange<std::size_t>(0, std::min(rows, cols) + 1);
    const Matrix<Rational> a = random_of_rank(rows, cols, rank, 4);
    RankCertificate certificate = find_rank(a).value();
    const int changes = *rc::gen::inRange(1, 4);
    for (int i = 0; i < changes; ++i) mutate(certificate);
    const auto proved = checked_rank(a, certificate);
    RC_CLASSIFY(!proved.has_value(), "rejected");
    RC_ASSERT(!proved || *proved == rank);
  }));
}

TEST_CASE("a certificate with a wrong part is rejected", "[linear][rank]") {
  const Matrix<Rational> a(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  const RankCertificate right = find_rank(a).value();
  REQUIRE(checked_rank(a, right) == 2);
  RankCertificate wrong = right;
  wrong.relations.entries[1] += 1;
  CHECK_FALSE(checked_rank(a, wrong));
  wrong = right;
  wrong.denominator = 0;
  CHECK_FALSE(checked_rank(a, wrong));
  wrong = right;
  wrong.relations = Matrix<Integer>();
  CHECK_FALSE(checked_rank(a, wrong));
  wrong = right;
  wrong.rows = {0, 0};
  CHECK_FALSE(checked_rank(a, wrong));
  wrong = right;
  wrong.cols = {0, 3};
  CHECK_FALSE(checked_rank(a, wrong));
  wrong = right;
  wrong.prime = 3;  // the minors of size two are −3, −6 and −12
  CHECK_FALSE(checked_rank(a, wrong));
  wrong = right;
  wrong.prime = 15;
  CHECK_FALSE(checked_rank(a, wrong));
  wrong = right;
  wrong.prime = std::uint64_t{1} << 63U;
  CHECK_FALSE(checked_rank(a, wrong));
  // A true lower bound, with relations that do not span.
  wrong = right;
  wrong.rows = {0};
  wrong.cols = {0};
  wrong.relations = Matrix<Integer>(1, 2, {2, 3});
  wrong.denominator = 1;
  CHECK_FALSE(checked_rank(a, wrong));
  // Extents whose product overflows.
  wrong.relations = Matrix<Integer>();
  wrong.relations.rows = wrong.relations.cols = std::size_t{1} << 32U;
  CHECK_FALSE(checked_rank(a, wrong));
  // Zero times the other columns is zero.
  wrong.relations = Matrix<Integer>(1, 2);
  wrong.denominator = 0;
  CHECK_FALSE(checked_rank(a, wrong));
  // Moved to another matrix.
  CHECK_FALSE(checked_rank(Matrix<Rational>(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 10}), right));
  CHECK_FALSE(checked_rank(Matrix<Rational>(4, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 1, 2}), right));
  // Of a matrix with two rows the minor is all that is needed.
  CHECK(checked_rank(Matrix<Rational>(2, 3, {1, 2, 3, 4, 5, 6}), right) == 2);
}

TEST_CASE("ranks that rounding gets wrong", "[linear][rank]") {
  CHECK(proved_rank(hilbert(12)) == 12);
  CHECK(proved_rank(hilbert(40)) == 40);
  // As decimals the rows are in arithmetic progression; the doubles nearest to them are not.
  Matrix<Rational> decimals(3, 3);
  Matrix<Rational> doubles(3, 3);
  for (std::size_t k = 0; k < 9; ++k) {
    decimals.entries[k] = Rational(static_cast<long>(k + 1), 10);
    decimals.entries[k].canonicalize();
    doubles.entries[k] = exact_rational(decimals.entries[k].get_num().get_d() / decimals.entries[k].get_den().get_d());
  }
  CHECK(proved_rank(decimals) == 2);
  CHECK(proved_rank(doubles) == 3);
  CHECK(proved_rank(Matrix<Rational>(2, 2, {94906267, 94906266, 94906266, 94906265})) == 2);
}

TEST_CASE("matrices without rows, columns or entries other than zero have rank 0", "[linear][rank]") {
  for (const auto& [rows, cols] : {std::pair<std::size_t, std::size_t>{0, 0}, {0, 5}, {5, 0}, {1, 1}, {4, 7}, {7, 4}}) {
    const Matrix<Rational> a(rows, cols);
    CHECK(proved_rank(a) == 0);
    RankCertificate certificate = find_rank(a).value();
    certificate.rows = certificate.cols = {0};
    certificate.prime = 1000003;
    CHECK_FALSE(checked_rank(a, certificate));
  }
  CHECK(proved_rank(Matrix<Rational>(1, 1, Rational(-3, 7))) == 1);
}

TEST_CASE("a matrix whose denominators are too long has no certificate", "[linear][rank]") {
  Matrix<Rational> a(1, 2, Rational(1));
  a(0, 1) = 1 / power(Rational(3), 60000);
  CHECK_FALSE(find_rank(a));
  CHECK_FALSE(checked_rank(a, RankCertificate{}));
}

TEST_CASE("a prime that divides all large minors is replaced by another", "[linear][rank]") {
  const Integer p(random_prime(1, short_prime));  // the first that the search takes
  Matrix<Rational> a = identity(20);
  a(3, 3) = p;
  CHECK(proved_rank(a) == 20);
  CHECK(exact_rank(a) == 20);
  a(7, 7) = 0;
  CHECK(proved_rank(a) == 19);
  CHECK(exact_rank(a) == 19);
}

TEST_CASE("large matrices of low rank, tall and wide", "[linear][rank]") {
  std::mt19937_64 generator(7);
  const auto factor = [&](std::size_t rows, std::size_t cols, int bits) {
    Matrix<Rational> out(rows, cols);
    for (Rational& x : out.entries) x = static_cast<long>(generator() >> (64 - bits)) - (1L << (bits - 1));
    return out;
  };
  for (const unsigned threads : {1U, 2U}) {
    CHECK(proved_rank(product(factor(60, 33, 16), factor(33, 70, 16)), threads) == 33);
    CHECK(proved_rank(product(factor(200, 5, 30), factor(5, 40, 60)), threads) == 5);
    CHECK(proved_rank(product(factor(50, 49, 20), factor(49, 200, 20)), threads) == 49);
  }
}
