#include "linear/division_free.hpp"

#include <catch2/catch.hpp>

#include "linear/rational_solve.hpp"
#include "number/residue.hpp"
#include "number/symbolic.hpp"
#include "random_matrices.hpp"

using namespace assay;
using namespace assay::testing;

TEST_CASE("without division the same characteristic polynomial", "[linear][division_free][property]") {
  CHECK(rc::check("characteristic polynomial, determinant and adjugate over Q", [] {
    const auto n = *rc::gen::inRange<std::size_t>(0, 7);
    const Matrix<Rational> a = random_matrix(n, n, 6);
    RC_ASSERT(characteristic_polynomial_without_division(a, Rational(1)) == characteristic_polynomial(a));
    const Rational det = determinant(a);
    RC_ASSERT(determinant_without_division(a, Rational(1)) == det);
    Matrix<Rational> expected(n, n);
    for (std::size_t i = 0; i < n; ++i) expected(i, i) = det;
    RC_ASSERT(product(a, adjugate_without_division(a, Rational(0), Rational(1))) == expected);
  }));
}

TEST_CASE("Vandermonde's determinant, for all values of its variables", "[linear][division_free]") {
  const Symbolic one = Symbolic::from(Rational(1));
  const Symbolic x = Symbolic::variable(0);
  const Symbolic y = Symbolic::variable(1);
  const Symbolic z = Symbolic::variable(2);
  const Matrix<Symbolic> vandermonde(3, 3, {one, x, x * x, one, y, y * y, one, z, z * z});
  CHECK(determinant_without_division(vandermonde, one) == (y - x) * (z - x) * (z - y));
  const std::vector<Symbolic> polynomial =
      characteristic_polynomial_without_division(Matrix<Symbolic>(2, 2, {x, y, z, x}), one);
  CHECK(polynomial[0] == x * x - y * z);
  CHECK(polynomial[1] == -(x + x));
  const Matrix<Symbolic> adjugate = adjugate_without_division(Matrix<Symbolic>(2, 2, {x, y, z, one}), Symbolic(), one);
  CHECK(adjugate(0, 0) == one);
  CHECK(adjugate(0, 1) == -y);
  CHECK(adjugate(1, 0) == -z);
  CHECK(adjugate(1, 1) == x);
}

TEST_CASE("in characteristic 2 nothing is divided by 2", "[linear][division_free]") {
  const ResidueField field(2);
  const Residue one(field, 1);
  const Matrix<Residue> a(2, 2, {one, one, one, Residue(field, 0)});
  CHECK(characteristic_polynomial_without_division(a, one) == std::vector<Residue>{one, one, one});
}
