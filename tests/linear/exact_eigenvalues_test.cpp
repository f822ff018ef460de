#include "linear/exact_eigenvalues.hpp"

#include <catch2/catch.hpp>

#include "base/contract.hpp"
#include "random_matrices.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

Exact sqrt_of(long n) {
  Exact out;
  REQUIRE(apply(Elementary::sqrt, out, Exact(Rational(n)), true) == Status::ok);
  return out;
}

void check_eigenvalues(const Matrix<Rational>& a, const std::vector<Exact>& expected) {
  const auto found = exact_eigenvalues(a);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) CHECK(compare((*found)[k], expected[k]) == relation::equal);
}

Exact number(long numerator, long denominator = 1) { return Exact(Rational(numerator, denominator)); }

}  // namespace

TEST_CASE("eigenvalues that are rational or quadratic are exact", "[linear][eigenvalues]") {
  check_eigenvalues(Matrix<Rational>(0, 0), {});
  check_eigenvalues(Matrix<Rational>(1, 1, Rational(-3, 7)), {number(-3, 7)});
  check_eigenvalues(Matrix<Rational>(3, 3), {number(0), number(0), number(0)});
  check_eigenvalues(Matrix<Rational>(2, 2, {0, 1, 1, 0}), {number(-1), number(1)});
  // The path of three vertices, Fibonacci's matrix, and the second difference: 2 − √2, 2, 2 + √2.
  check_eigenvalues(Matrix<Rational>(3, 3, {0, 1, 0, 1, 0, 1, 0, 1, 0}), {neg(sqrt_of(2)), number(0), sqrt_of(2)});
  check_eigenvalues(Matrix<Rational>(2, 2, {1, 1, 1, 0}),
                    {mul(sub(number(1), sqrt_of(5)), number(1, 2)), mul(add(number(1), sqrt_of(5)), number(1, 2))});
  check_eigenvalues(Matrix<Rational>(3, 3, {2, -1, 0, -1, 2, -1, 0, -1, 2}),
                    {sub(number(2), sqrt_of(2)), number(2), add(number(2), sqrt_of(2))});
  // Halves: 1/2·(1 ± √5)/… with multiplicity two.
  check_eigenvalues(Matrix<Rational>(4, 4, {Rational(1, 2), 1, 0, 0, 1, 0, 0, 0, 0, 0, Rational(1, 2), 1, 0, 0, 1, 0}),
                    {mul(sub(number(1), sqrt_of(17)), number(1, 4)), mul(sub(number(1), sqrt_of(17)), number(1, 4)),
                     mul(add(number(1), sqrt_of(17)), number(1, 4)), mul(add(number(1), sqrt_of(17)), number(1, 4))});
}

TEST_CASE("eigenvalues of higher degree are left to enclosures", "[linear][eigenvalues]") {
  // x³ − x² − 2x + 1 is irreducible: 2cos(π/7) and its conjugates.
  CHECK_FALSE(exact_eigenvalues(Matrix<Rational>(3, 3, {1, 1, 0, 1, 0, 1, 0, 1, 0})));
  CHECK_THROWS_AS(exact_eigenvalues(Matrix<Rational>(2, 2, {0, 1, 0, 0})), InternalError);
}

TEST_CASE("sum and product of eigenvalues are trace and determinant", "[linear][eigenvalues][property]") {
  CHECK(rc::check("symmetric matrices of two rows", [] {
    Matrix<Rational> a = random_matrix(2, 2, 12);
    a(1, 0) = a(0, 1);
    const std::vector<Exact> values = exact_eigenvalues(a).value();
    RC_ASSERT(rational_value(add(values[0], values[1])) == Rational(a(0, 0) + a(1, 1)));
    RC_ASSERT(rational_value(mul(values[0], values[1])) == Rational(a(0, 0) * a(1, 1) - a(0, 1) * a(0, 1)));
    const Relations order = compare(values[0], values[1]);
    RC_ASSERT(order == relation::less || order == relation::equal);
  }));
}
