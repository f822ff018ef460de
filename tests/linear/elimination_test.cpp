#include "linear/exact_field.hpp"

#include <catch2/catch.hpp>

#include "linear/integer_matrix.hpp"
#include "linear/lagrange_reduction.hpp"
#include "linear/rational_rank.hpp"
#include "linear/rational_solve.hpp"
#include "linear/residue_matrix.hpp"
#include "random_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

template <class T, class F>
Matrix<T> mapped(const Matrix<Rational>& a, const F& f) {
  std::vector<T> entries;
  for (const Rational& x : a.entries) entries.push_back(f(x));
  return Matrix<T>(a.rows, a.cols, std::move(entries));
}

Matrix<Exact> exact(const Matrix<Rational>& a) {
  return mapped<Exact>(a, [](const Rational& x) { return Exact::from(x); });
}

bool are_equal(const Matrix<Exact>& a, const Matrix<Exact>& b) {
  if (a.rows != b.rows || a.cols != b.cols) return false;
  for (std::size_t k = 0; k < a.entries.size(); ++k)
    if (is_zero(sub(a.entries[k], b.entries[k])) != Truth::true_) return false;
  return true;
}

Exact sqrt_of(long n) {
  Exact out;
  REQUIRE(apply(Elementary::sqrt, out, Exact(Rational(n)), true) == Status::ok);
  return out;
}

/// A field in which nobody knows whether one of the numbers is zero.
struct Doubtful {
  Rational value;
  bool is_doubtful = false;
  friend Doubtful operator+(const Doubtful& x, const Doubtful& y) {
    return {x.value + y.value, x.is_doubtful || y.is_doubtful};
  }
  friend Doubtful operator-(const Doubtful& x, const Doubtful& y) {
    return {x.value - y.value, x.is_doubtful || y.is_doubtful};
  }
  friend Doubtful operator*(const Doubtful& x, const Doubtful& y) {
    return {x.value * y.value, x.is_doubtful || y.is_doubtful};
  }
  friend Doubtful operator-(const Doubtful& x) { return {-x.value, x.is_doubtful}; }
  friend Truth is_zero(const Doubtful& x) { return x.is_doubtful ? Truth::unknown : truth_of(x.value == 0); }
  friend Status divide(Doubtful& out, const Doubtful& x, const Doubtful& y) {
    if (y.is_doubtful) return Status::open;
    if (y.value == 0) return Status::undefined;
    out = {x.value / y.value, x.is_doubtful};
    return Status::ok;
  }
  friend Doubtful zero_like(const Doubtful&) { return {0}; }
  friend Doubtful one_like(const Doubtful&) { return {1}; }
  friend std::size_t pivot_cost(const Doubtful&) { return 0; }
};
static_assert(PartialField<Doubtful>);

/// value + multiple·ε for a small ε ≠ 0 of which products are 0; whether a number with ε in it is zero is not known.
struct Perturbed {
  Rational value;
  Rational multiple = 0;
  friend Perturbed operator+(const Perturbed& x, const Perturbed& y) {
    return {x.value + y.value, x.multiple + y.multiple};
  }
  friend Perturbed operator-(const Perturbed& x, const Perturbed& y) {
    return {x.value - y.value, x.multiple - y.multiple};
  }
  friend Perturbed operator*(const Perturbed& x, const Perturbed& y) {
    return {x.value * y.value, x.value * y.multiple + x.multiple * y.value};
  }
  friend Perturbed operator-(const Perturbed& x) { return {-x.value, -x.multiple}; }
  friend Truth is_zero(const Perturbed& x) { return x.multiple != 0 ? Truth::unknown : truth_of(x.value == 0); }
  friend Status divide(Perturbed& out, const Perturbed& x, const Perturbed& y) {
    if (y.multiple != 0) return Status::open;
    if (y.value == 0) return Status::undefined;
    out = {x.value / y.value, x.multiple / y.value};
    return Status::ok;
  }
  friend Perturbed zero_like(const Perturbed&) { return {0}; }
  friend Perturbed one_like(const Perturbed&) { return {1}; }
  friend std::size_t pivot_cost(const Perturbed&) { return 0; }
};
static_assert(PartialField<Perturbed>);

}  // namespace

TEST_CASE("elimination over Q agrees with the certified functions", "[linear][elimination][property]") {
  CHECK(rc::check("rank, determinant, kernel and inverse, rational and exact", [] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 7);
    const auto cols = *rc::gen::inRange<std::size_t>(1, 7);
    const auto rank = *rc::gen::inRange<std::size_t>(0, std::min(rows, cols) + 1);
    const Matrix<Rational> a = random_of_rank(rows, cols, rank, 4);
    RC_ASSERT(rank_by_elimination(a) == rank);
    RC_ASSERT(rank_by_elimination(exact(a)) == rank);
    RC_ASSERT(kernel_by_elimination(a).value() == kernel_basis(a));
    RC_ASSERT(are_equal(kernel_by_elimination(exact(a)).value(), exact(kernel_basis(a))));
    const Matrix<Rational> square = random_matrix(rows, rows, 6);
    RC_ASSERT(determinant_by_elimination(square).value() == determinant(square));
    Matrix<Rational> inverted;
    const Status status = inverse_by_elimination(inverted, square);
    const auto expected = inverse(square);
    RC_ASSERT(status == (expected ? Status::ok : Status::undefined));
    if (expected) RC_ASSERT(inverted == *expected);
  }));
  CHECK(rc::check("determinants modulo a prime", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 7);
    const Matrix<Rational> a = random_unimodular(n, 5);
    const ResidueField field(101);
    CHECK(determinant_by_elimination(residues(clear_rows(a)->matrix, field)).value() == Residue(field, 1));
  }));
}

TEST_CASE("elimination over cyclotomic and algebraic numbers", "[linear][elimination]") {
  // The Fourier matrix of order 5: its determinant is ±5^(5/2) or that times i; F·F̄ = 5.
  const std::size_t n = 5;
  Matrix<Exact> fourier(n, n);
  Matrix<Exact> conjugate(n, n);
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) {
      fourier(i, j) = exact_root_of_unity(5, Integer(static_cast<long>(i * j)));
      conjugate(i, j) = conj(fourier(i, j));
    }
  CHECK(rank_by_elimination(fourier) == n);
  Matrix<Exact> inverted;
  REQUIRE(inverse_by_elimination(inverted, fourier) == Status::ok);
  for (Exact& x : inverted.entries) x = x * Exact(Rational(5));
  CHECK(are_equal(inverted, conjugate));
  const Exact det = determinant_by_elimination(fourier).value();
  CHECK(rational_value(det * det * det * det) == Rational(9765625));  // 5¹⁰
  // [1, √2; √2, 2] is singular, [1, √2; √3, √6] too.
  const Exact r2 = sqrt_of(2);
  const Exact r3 = sqrt_of(3);
  const Exact one(Rational(1));
  CHECK(rank_by_elimination(Matrix<Exact>(2, 2, {one, r2, r2, Exact(Rational(2))})) == 1);
  CHECK(rank_by_elimination(Matrix<Exact>(2, 2, {one, r2, r3, sqrt_of(6)})) == 1);
  CHECK(is_zero(determinant_by_elimination(Matrix<Exact>(2, 2, {one, r2, r3, sqrt_of(6)})).value()) == Truth::true_);
  const Matrix<Exact> kernel = kernel_by_elimination(Matrix<Exact>(1, 2, {r2, one})).value();
  CHECK(are_equal(kernel, Matrix<Exact>(2, 1, {neg(Exact(r2 * Exact(Rational(1, 2)))), one})));
}

TEST_CASE("elimination gives no answer that depends on an undecided zero", "[linear][elimination]") {
  const Doubtful doubt{0, true};
  const Doubtful one{1};
  const Doubtful zero{0};
  CHECK_FALSE(rank_by_elimination(Matrix<Doubtful>(1, 1, doubt)));
  CHECK_FALSE(determinant_by_elimination(Matrix<Doubtful>(1, 1, doubt)));
  CHECK_FALSE(kernel_by_elimination(Matrix<Doubtful>(1, 2, {doubt, one})));
  Matrix<Doubtful> out;
  CHECK(inverse_by_elimination(out, Matrix<Doubtful>(1, 1, doubt)) == Status::open);
  CHECK(inverse_by_elimination(out, Matrix<Doubtful>(2, 2, {zero, doubt, zero, one})) == Status::undefined);
  // The second column decides what the first cannot.
  CHECK(rank_by_elimination(Matrix<Doubtful>(1, 2, {doubt, one})) == 1);
  CHECK_FALSE(rank_by_elimination(Matrix<Doubtful>(2, 2, {doubt, one, doubt, one})));
}

TEST_CASE("a square form gives no answer that depends on an undecided zero", "[linear][elimination]") {
  const Doubtful doubt{0, true};
  CHECK_FALSE(square_form(Matrix<Doubtful>(1, 1, doubt), false));
  CHECK_FALSE(square_form(Matrix<Doubtful>(2, 2, {Doubtful{0}, doubt, doubt, Doubtful{0}}), false));
  CHECK_FALSE(square_form(Matrix<Doubtful>(2, 2, {Doubtful{1}, Doubtful{0}, Doubtful{0}, doubt}), false));
}

TEST_CASE("a column that cannot be decided yet waits for the others", "[linear][elimination]") {
  // The difference of the rows has no ε. The pivots are in columns 1 and 0.
  const Matrix<Perturbed> a(2, 2, {{0, 1}, {1}, {2, 1}, {1}});
  CHECK(rank_by_elimination(a) == 2);
  const auto det = determinant_by_elimination(a);
  REQUIRE(det.has_value());
  CHECK(det->value == -2);
  CHECK(det->multiple == 0);
  CHECK_FALSE(kernel_by_elimination(a));  // the canonical basis needs the columns in order
  Matrix<Perturbed> inverted;
  REQUIRE(inverse_by_elimination(inverted, a) == Status::ok);
  const Matrix<Perturbed> expected(2, 2,
                                   {{Rational(-1, 2)}, {Rational(1, 2)}, {1, Rational(1, 2)}, {0, Rational(-1, 2)}});
  for (std::size_t k = 0; k < 4; ++k) {
    CHECK(inverted.entries[k].value == expected.entries[k].value);
    CHECK(inverted.entries[k].multiple == expected.entries[k].multiple);
  }
}

TEST_CASE("a determinant keeps its sign when rows and columns are exchanged", "[linear][elimination]") {
  CHECK(determinant_by_elimination(Matrix<Rational>(2, 2, {0, 1, 1, 0})).value() == -1);
  CHECK(determinant_by_elimination(Matrix<Rational>(3, 3, {0, 1, 0, 0, 0, 1, 1, 0, 0})).value() == 1);
  const Doubtful doubt{5, true};
  const auto swapped = determinant_by_elimination(Matrix<Doubtful>(2, 2, {doubt, {1}, {2}, {0}}));
  REQUIRE(swapped.has_value());
  CHECK(swapped->value == -2);
  // A row of zeros decides, whatever the number is.
  const auto zero = determinant_by_elimination(Matrix<Doubtful>(2, 2, {doubt, {1}, {0}, {0}}));
  REQUIRE(zero.has_value());
  CHECK(zero->value == 0);
}
