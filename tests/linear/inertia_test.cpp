#include "linear/inertia.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "base/contract.hpp"
#include "linear/exact_field.hpp"
#include "linear/lagrange_reduction.hpp"
#include "linear/positive_definite.hpp"
#include "number/exact.hpp"
#include "random_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

Inertia proved_inertia(const Matrix<Rational>& a) {
  const auto certificate = find_inertia(a);
  REQUIRE(certificate.has_value());
  const auto inertia = checked_inertia(a, *certificate);
  REQUIRE(inertia.has_value());
  return *inertia;
}

Matrix<Rational> congruent(const Matrix<Rational>& m, const std::vector<Rational>& diagonal) {
  Matrix<Rational> middle(diagonal.size(), diagonal.size());
  for (std::size_t i = 0; i < diagonal.size(); ++i) middle(i, i) = diagonal[i];
  return product(product(transposed(m), middle), m);
}

Inertia signs(const std::vector<Rational>& diagonal) {
  Inertia out;
  for (const Rational& d : diagonal) ++(d > 0 ? out.positive : d < 0 ? out.negative : out.zero);
  return out;
}

Matrix<Rational> hilbert(std::size_t n) {
  Matrix<Rational> out(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) out(i, j) = Rational(1, static_cast<long>(i + j + 1));
  return out;
}

std::vector<Rational> random_diagonal(std::size_t n) {
  std::vector<Rational> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(random_rational(8));
  return out;
}

void mutate(Matrix<Integer>& basis) {
  if (basis.entries.empty()) {
    basis.cols += 1;
    return;
  }
  Integer& entry = basis.entries[*rc::gen::inRange<std::size_t>(0, basis.entries.size())];
  entry = *rc::gen::arbitrary<bool>() ? Integer(-entry) : Integer(entry + (*rc::gen::inRange(-1000, 1000)));
}

}  // namespace

TEST_CASE("congruence keeps the inertia (Sylvester)", "[linear][inertia][property]") {
  CHECK(rc::check("certificates and elimination, rational and exact", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 9);
    const std::vector<Rational> diagonal = random_diagonal(n);
    const Matrix<Rational> a = congruent(random_unimodular(n, 4), diagonal);
    RC_ASSERT(proved_inertia(a) == signs(diagonal));
    RC_ASSERT(inertia_by_elimination(a) == signs(diagonal));
    std::vector<Exact> entries;
    for (const Rational& x : a.entries) entries.push_back(Exact::from(x));
    RC_ASSERT(inertia_by_elimination(Matrix<Exact>(n, n, std::move(entries))) == signs(diagonal));
  }));
}

TEST_CASE("a square form is what its basis says", "[linear][inertia][property]") {
  CHECK(rc::check("basisᵀ·A·basis = diag(values)", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 8);
    Matrix<Rational> a = random_matrix(n, n, 5);
    for (std::size_t i = 0; i < n; ++i) {
      if (*rc::gen::arbitrary<bool>()) a(i, i) = 0;
      for (std::size_t j = 0; j < i; ++j) a(i, j) = a(j, i);
    }
    const auto form = square_form(a, true).value();
    Matrix<Rational> expected(n, n);
    for (std::size_t i = 0; i < n; ++i) expected(i, i) = form.values[i];
    RC_ASSERT(product(product(transposed(form.basis), a), form.basis) == expected);
    RC_ASSERT(rank_by_elimination(form.basis) == n);
    RC_ASSERT(proved_inertia(a) == signs(form.values));
  }));
}

TEST_CASE("a certificate of inertia that was changed proves the inertia or nothing", "[linear][inertia][property]") {
  CHECK(rc::check("mutated certificates", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 7);
    const std::vector<Rational> diagonal = random_diagonal(n);
    const Matrix<Rational> a = congruent(random_unimodular(n, 3), diagonal);
    InertiaCertificate certificate = find_inertia(a).value();
    switch (*rc::gen::inRange(0, 4)) {
      case 0: mutate(certificate.positive); break;
      case 1: mutate(certificate.negative); break;
      case 2: std::swap(certificate.positive, certificate.negative); break;
      default:
        if (!certificate.rank.rows.empty()) certificate.rank.rows.pop_back();
        if (!certificate.rank.cols.empty()) certificate.rank.cols.pop_back();
    }
    const auto proved = checked_inertia(a, certificate);
    RC_CLASSIFY(!proved.has_value(), "rejected");
    RC_ASSERT(!proved || *proved == signs(diagonal));
  }));
}

TEST_CASE("inertia of forms that doubles do not separate", "[linear][inertia]") {
  CHECK(proved_inertia(hilbert(12)) == Inertia{12, 0, 0});
  CHECK(proved_inertia(hilbert(30)) == Inertia{30, 0, 0});
  // det = −1, eigenvalues about 2·10⁸ and −5·10⁻⁹.
  CHECK(proved_inertia(Matrix<Rational>(2, 2, {94906267, 94906266, 94906266, 94906265})) == Inertia{1, 1, 0});
  // The eigenvalue nearest to 0 is ±10⁻⁴⁰ or 0, in doubles always the same matrix.
  const Rational tiny = 1 / power(Rational(10), 40);
  CHECK(proved_inertia(Matrix<Rational>(2, 2, {1, 1, 1, Rational(1 + tiny)})) == Inertia{2, 0, 0});
  CHECK(proved_inertia(Matrix<Rational>(2, 2, {1, 1, 1, Rational(1 - tiny)})) == Inertia{1, 1, 0});
  CHECK(proved_inertia(Matrix<Rational>(2, 2, {1, 1, 1, 1})) == Inertia{1, 0, 1});
  // Sizes that only scaling brings into the range of doubles.
  const Rational huge = power(Rational(10), 400);
  CHECK(proved_inertia(Matrix<Rational>(3, 3, {huge, 1, 0, 1, Rational(-1 / huge), 0, 0, 0, tiny})) ==
        Inertia{2, 1, 0});
}

TEST_CASE("small forms, and forms without a diagonal", "[linear][inertia]") {
  CHECK(proved_inertia(Matrix<Rational>(0, 0)) == Inertia{0, 0, 0});
  CHECK(proved_inertia(Matrix<Rational>(1, 1)) == Inertia{0, 0, 1});
  CHECK(proved_inertia(Matrix<Rational>(1, 1, Rational(-1, 3))) == Inertia{0, 1, 0});
  CHECK(proved_inertia(Matrix<Rational>(2, 2, {0, 1, 1, 0})) == Inertia{1, 1, 0});
  CHECK(proved_inertia(Matrix<Rational>(3, 3)) == Inertia{0, 0, 3});
  CHECK(inertia_by_elimination(Matrix<Rational>(0, 0)) == Inertia{0, 0, 0});
  CHECK(inertia_by_elimination(Matrix<Rational>(3, 3, {0, 0, 1, 0, 0, 0, 1, 0, 0})) == Inertia{1, 1, 1});
  CHECK_FALSE(inertia_by_elimination(Matrix<Rational>(2, 2, {1, 2, 3, 4})));
  CHECK_FALSE(checked_inertia(Matrix<Rational>(2, 2, {1, 2, 3, 4}), InertiaCertificate{}));
  CHECK_THROWS_AS(find_inertia(Matrix<Rational>(2, 2, {1, 2, 3, 4})), InternalError);
}

TEST_CASE("the inertia of a form over the real cyclotomic numbers", "[linear][inertia]") {
  Exact root;
  REQUIRE(apply(Elementary::sqrt, root, Exact(Rational(2)), true) == Status::ok);
  const Exact one(Rational(1));
  CHECK(inertia_by_elimination(Matrix<Exact>(2, 2, {one, root, root, one})) == Inertia{1, 1, 0});
  CHECK(inertia_by_elimination(Matrix<Exact>(2, 2, {one, root, root, Exact(Rational(2))})) == Inertia{1, 0, 1});
  CHECK_FALSE(inertia_by_elimination(Matrix<Exact>(1, 1, exact_i())));
}

TEST_CASE("a basis on which the form is not definite is rejected", "[linear][inertia]") {
  const Matrix<Rational> a(2, 2, {1, 0, 0, -1});
  InertiaCertificate wrong = find_inertia(a).value();
  wrong.positive = Matrix<Integer>(2, 2, {1, 0, 0, 1});
  wrong.negative = Matrix<Integer>(2, 0);
  CHECK_FALSE(checked_inertia(a, wrong));
  wrong.positive = Matrix<Integer>(2, 2, {1, 1, 0, 0});  // dependent columns
  CHECK_FALSE(checked_inertia(a, wrong));
}

TEST_CASE("a certificate of inertia with a basis that is too small is rejected", "[linear][inertia]") {
  const Matrix<Rational> a(3, 3, {2, 1, 0, 1, 2, 0, 0, 0, -1});
  const InertiaCertificate right = find_inertia(a).value();
  REQUIRE(checked_inertia(a, right) == Inertia{2, 1, 0});
  InertiaCertificate wrong = right;
  wrong.positive = Matrix<Integer>(3, 1, {1, 0, 0});
  CHECK_FALSE(checked_inertia(a, wrong));
  wrong = right;
  wrong.negative = Matrix<Integer>(3, 0);
  CHECK_FALSE(checked_inertia(a, wrong));
  wrong = right;
  wrong.positive.entries.pop_back();
  CHECK_FALSE(checked_inertia(a, wrong));
  // Extents whose sum and whose products overflow.
  const Matrix<Rational> none(2, 2);
  wrong = find_inertia(none).value();
  wrong.positive.cols = wrong.negative.cols = std::size_t{1} << 63U;
  CHECK_FALSE(checked_inertia(none, wrong));
  wrong = right;
  wrong.rank = find_rank(Matrix<Rational>(3, 3, {2, 1, 0, 1, 2, 0, 0, 0, 0})).value();
  CHECK_FALSE(checked_inertia(a, wrong));
  wrong.negative = Matrix<Integer>(3, 0);  // now the numbers of columns fit
  CHECK_FALSE(checked_inertia(a, wrong));
}

TEST_CASE("positive definiteness is decided where the diagonal does not dominate", "[linear][inertia]") {
  const auto matrix = [](std::size_t n, std::initializer_list<Integer> entries) {
    return integer_matrix(Matrix<Integer>(n, n, std::vector<Integer>(entries)));
  };
  CHECK(is_positive_definite(matrix(0, {})));
  CHECK(is_positive_definite(matrix(3, {4, 3, 3, 3, 4, 3, 3, 3, 4})));
  CHECK_FALSE(is_diagonally_dominant(matrix(3, {4, 3, 3, 3, 4, 3, 3, 3, 4})));
  CHECK_FALSE(is_positive_definite(matrix(3, {3, 3, 3, 3, 3, 3, 3, 3, 3})));
  CHECK_FALSE(is_positive_definite(matrix(2, {1, 2, 2, 1})));
  CHECK_FALSE(is_positive_definite(matrix(2, {0, 0, 0, 1})));
  CHECK_FALSE(is_diagonally_dominant(matrix(2, {1, 1, 1, 1})));    // dominance must be strict
  CHECK(is_diagonally_dominant(matrix(2, {1000000, 10, 10, 1})));  // after scaling 1, 10⁻², 10⁻², 1
  CHECK_THROWS_AS(is_positive_definite(matrix(2, {1, 0, 1, 1})), InternalError);
}

TEST_CASE("inertia of larger forms", "[linear][inertia]") {
  std::mt19937_64 generator(5);
  for (const std::size_t n : {25, 60}) {
    Matrix<Rational> half(n, n);
    for (Rational& x : half.entries) x = static_cast<long>(generator() % 201) - 100;
    std::vector<Rational> diagonal(n, Rational(1));
    for (std::size_t i = 0; i < n / 3; ++i) diagonal[i] = -1;
    diagonal[n - 1] = 0;
    CHECK(proved_inertia(congruent(half, diagonal)) == signs(diagonal));
  }
}
