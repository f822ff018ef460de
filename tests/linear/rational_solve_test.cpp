#include "linear/rational_solve.hpp"

#include <catch2/catch.hpp>

#include "base/contract.hpp"
#include "linear/rational_rank.hpp"
#include "linear/residue_matrix.hpp"
#include "number/limits.hpp"
#include "random_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

Rational q(long numerator, long denominator) {
  Rational out(numerator, denominator);
  out.canonicalize();
  return out;
}

}  // namespace

TEST_CASE("kernel, determinant, inverse and characteristic polynomial agree with SymPy and PARI",
          "[linear][rational]") {
  const Matrix<Rational> a(3, 3, {q(1, 2), 2, -1, 3, q(-5, 3), 0, 7, 1, q(2, 5)});
  CHECK(determinant(a) == q(-87, 5));
  CHECK(inverse(a).value() == Matrix<Rational>(3, 3,
                                               {q(10, 261), q(3, 29), q(25, 261), q(2, 29), q(-12, 29), q(5, 29),
                                                q(-220, 261), q(-45, 58), q(205, 522)}));
  CHECK(characteristic_polynomial(a) == std::vector<Rational>{q(87, 5), q(-3, 10), q(23, 30), 1});
  const Matrix<Rational> wide(
      3, 5, {-3, q(6, 5), q(3, 4), q(3, 5), q(5, 2), 2, -4, 3, q(-1, 4), 0, q(7, 4), 3, q(8, 5), q(4, 5), q(-2, 3)});
  CHECK(kernel_basis(wide) ==
        Matrix<Rational>(
            5, 2, {q(49, 708), q(130, 177), q(-541, 2832), q(125, 3894), q(-77, 354), q(-290, 649), 1, 0, 0, 1}));
  const Matrix<Rational> deficient(4, 4,
                                   {q(-2, 5), 4, q(2, 5), q(6, 5), q(-7, 5), q(-9, 4), q(-1, 5), -1, q(6, 5), 2,
                                    q(3, 2), -1, q(17, 15), q(59, 12), q(7, 15), q(9, 5)});
  CHECK(kernel_basis(deficient) == Matrix<Rational>(4, 1, {q(-153, 859), q(-1976, 4295), q(1222, 859), 1}));
  CHECK(determinant(deficient) == 0);
  CHECK_FALSE(inverse(deficient));
  const Matrix<Rational> count(3, 3, {1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(kernel_basis(count) == Matrix<Rational>(3, 1, {1, -2, 1}));
  CHECK(characteristic_polynomial(count) == std::vector<Rational>{0, -18, -15, 1});
}

TEST_CASE("determinants that rounding gets wrong", "[linear][rational]") {
  CHECK(determinant(Matrix<Rational>(2, 2, {94906267, 94906266, 94906266, 94906265})) == -1);
  CHECK(determinant(Matrix<Rational>(
            3, 3, {q(1, 10), q(2, 10), q(3, 10), q(4, 10), q(5, 10), q(6, 10), q(7, 10), q(8, 10), q(9, 10)})) == 0);
  Matrix<Rational> hilbert(12, 12);
  for (std::size_t i = 0; i < 12; ++i)
    for (std::size_t j = 0; j < 12; ++j) hilbert(i, j) = q(1, static_cast<long>(i + j + 1));
  CHECK(1 / determinant(hilbert) ==
        Rational("379106579436304517151885479034796391880188687864118464104324304732160000000000"));
}

TEST_CASE("the pivots of the canonical kernel need not be the first columns", "[linear][rational]") {
  const Matrix<Rational> a(3, 5, {0, 2, 4, 0, 6, 0, 0, 0, 3, 9, 0, 2, 4, 3, 15});
  CHECK(kernel_basis(a) == Matrix<Rational>(5, 3, {1, 0, 0, 0, -2, -3, 0, 1, 0, 0, 0, -3, 0, 0, 1}));
}

TEST_CASE("a prime that hides a pivot does not change the canonical kernel", "[linear][rational]") {
  const Integer p(random_prime(1, short_prime));  // the first that the search takes
  CHECK(kernel_basis(Matrix<Rational>(1, 2, {p, 1})) == Matrix<Rational>(2, 1, {Rational(Integer(-1), p), 1}));
  CHECK(kernel_basis(Matrix<Rational>(2, 3, {p, 1, 0, 0, 0, p})) ==
        Matrix<Rational>(3, 1, {Rational(Integer(-1), p), 1, 0}));
}

TEST_CASE("matrices of size 0 and 1", "[linear][rational]") {
  const Matrix<Rational> none(0, 0);
  CHECK(determinant(none) == 1);
  CHECK(inverse(none) == none);
  CHECK(characteristic_polynomial(none) == std::vector<Rational>{1});
  CHECK(kernel_basis(none) == none);
  CHECK(kernel_basis(Matrix<Rational>(0, 3)) == identity(3));
  CHECK(kernel_basis(Matrix<Rational>(2, 3)) == identity(3));
  CHECK(kernel_basis(Matrix<Rational>(3, 0)) == none);
  const Matrix<Rational> one(1, 1, q(-2, 3));
  CHECK(determinant(one) == q(-2, 3));
  CHECK(inverse(one).value()(0, 0) == q(-3, 2));
  CHECK(characteristic_polynomial(one) == std::vector<Rational>{q(2, 3), 1});
  CHECK(kernel_basis(one) == Matrix<Rational>(1, 0));
  CHECK(determinant(Matrix<Rational>(1, 1)) == 0);
  CHECK_FALSE(inverse(Matrix<Rational>(1, 1)));
  CHECK(characteristic_polynomial(Matrix<Rational>(3, 3)) == std::vector<Rational>{0, 0, 0, 1});
}

TEST_CASE("no system with a singular matrix has the solution", "[linear][rational]") {
  const Matrix<Rational> singular(2, 2, {1, 2, 2, 4});
  CHECK_FALSE(solve(singular, Matrix<Rational>(2, 1)));
  CHECK_FALSE(solve(singular, Matrix<Rational>(2, 1, {1, 2})));
}

TEST_CASE("what has no determinant or too long denominators is refused", "[linear][rational]") {
  CHECK_THROWS_AS(determinant(Matrix<Rational>(2, 3)), InternalError);
  CHECK_THROWS_AS(characteristic_polynomial(Matrix<Rational>(2, 3)), InternalError);
  CHECK_THROWS_AS(inverse(Matrix<Rational>(2, 3)), InternalError);
  CHECK_THROWS_AS(determinant(Matrix<Rational>(1, 1, 1 / power(Rational(3), 60000))), NotRepresentable);
}

TEST_CASE("laws of determinants, inverses, kernels and characteristic polynomials", "[linear][rational][property]") {
  CHECK(rc::check("the determinant is multiplicative", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 8);
    const Matrix<Rational> a = random_matrix(n, n, 8);
    const Matrix<Rational> b = random_matrix(n, n, 8);
    RC_ASSERT(determinant(product(a, b)) == Rational(determinant(a) * determinant(b)));
    RC_ASSERT(determinant(transposed(a)) == determinant(a));
  }));
  CHECK(rc::check("an inverse is one on both sides, and exists iff the determinant is not zero", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 8);
    const Matrix<Rational> a = random_matrix(n, n, 8);
    const auto inverted = inverse(a);
    RC_ASSERT(inverted.has_value() == (determinant(a) != 0));
    if (!inverted) return;
    RC_ASSERT(product(a, *inverted) == identity(n));
    RC_ASSERT(product(*inverted, a) == identity(n));
  }));
  CHECK(rc::check("the kernel is mapped to zero and has the dimension that the rank leaves", [] {
    const auto rows = *rc::gen::inRange<std::size_t>(1, 9);
    const auto cols = *rc::gen::inRange<std::size_t>(1, 9);
    const auto rank = *rc::gen::inRange<std::size_t>(0, std::min(rows, cols) + 1);
    const Matrix<Rational> a = random_of_rank(rows, cols, rank, 5);
    const Matrix<Rational> kernel = kernel_basis(a);
    RC_ASSERT(kernel.cols == cols - rank);
    RC_ASSERT(product(a, kernel) == Matrix<Rational>(rows, kernel.cols));
    RC_ASSERT(checked_rank(kernel, find_rank(kernel).value()) == kernel.cols);
  }));
  CHECK(rc::check("a matrix is a root of its characteristic polynomial (Cayley and Hamilton)", [] {
    const auto n = *rc::gen::inRange<std::size_t>(1, 7);
    const Matrix<Rational> a = random_matrix(n, n, 6);
    const std::vector<Rational> polynomial = characteristic_polynomial(a);
    Matrix<Rational> value(n, n);
    for (std::size_t k = polynomial.size(); k-- > 0;) {
      value = product(value, a);
      for (std::size_t i = 0; i < n; ++i) value(i, i) += polynomial[k];
    }
    RC_ASSERT(value == Matrix<Rational>(n, n));
    RC_ASSERT(polynomial[0] == (n % 2 == 0 ? determinant(a) : Rational(-determinant(a))));
  }));
}
