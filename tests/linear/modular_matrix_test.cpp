#include "linear/modular_matrix.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "linear/exact_field.hpp"
#include "linear/pivots.hpp"

using namespace assay;

namespace {

ModularMatrix draw(std::mt19937_64& generator, std::size_t rows, std::size_t cols, std::uint64_t prime) {
  ModularMatrix out(rows, cols);
  for (std::uint64_t& x : out.entries) x = generator() % 4 == 0 ? 0 : generator() % prime;
  return out;
}

Matrix<Residue> residues_of(const ModularMatrix& a, const ResidueField& field) {
  std::vector<Residue> entries;
  for (const std::uint64_t x : a.entries) entries.emplace_back(field, x);
  return {a.rows, a.cols, std::move(entries)};
}

}  // namespace

TEST_CASE("products and ranks modulo a prime are those of the field", "[linear][modular]") {
  std::mt19937_64 generator(20261125);
  for (const std::uint64_t prime : {std::uint64_t{2}, std::uint64_t{101}, std::uint64_t{4611686018427387847U}}) {
    const ResidueField field(prime);
    for (int round = 0; round < 60; ++round) {
      const std::size_t m = generator() % 7 + 1;
      const std::size_t k = generator() % 5 + 1;
      const std::size_t n = generator() % 7 + 1;
      const ModularMatrix x = draw(generator, m, k, prime);
      const ModularMatrix y = draw(generator, k, n, prime);
      const ModularMatrix z = modular_product(x, y, prime);
      for (std::size_t i = 0; i < m; ++i)
        for (std::size_t j = 0; j < n; ++j) {
          Residue sum(field, 0);
          for (std::size_t t = 0; t < k; ++t) sum = sum + Residue(field, x(i, t)) * Residue(field, y(t, j));
          CHECK(z(i, j) == sum.value());
        }
      const std::optional<std::size_t> rank = rank_by_elimination(residues_of(z, field));
      REQUIRE(rank);
      CHECK(modular_rank(z, prime) == *rank);
      CHECK(modular_rank(transposed(z), prime) == *rank);
    }
  }
}

TEST_CASE("ranks modulo a prime of matrices without entries and of zeros", "[linear][modular]") {
  CHECK(modular_rank(ModularMatrix(0, 3), 101) == 0);
  CHECK(modular_rank(ModularMatrix(3, 0), 101) == 0);
  CHECK(modular_rank(ModularMatrix(3, 4), 101) == 0);
}

TEST_CASE("a minor is chosen where the matrix is regular", "[linear][pivots]") {
  Matrix<double> a(3, 4);  // the second row is twice the first, the first column is zero
  const double rows[3][4] = {{0, 1, 2, 3}, {0, 2, 4, 6}, {0, 1, 0, 1}};
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 4; ++j) a(i, j) = rows[i][j];
  const Minor minor = choose_minor(a, 3);
  REQUIRE(minor.rows.size() == 2);
  CHECK(minor.rows[1] == 2);
  CHECK(minor.cols[0] > 0);
  CHECK(std::is_sorted(minor.cols.begin(), minor.cols.end()));
  CHECK(choose_minor(a, 1).rows == std::vector<std::size_t>{1});
  CHECK(choose_minor(a, 1).cols == std::vector<std::size_t>{3});
}
