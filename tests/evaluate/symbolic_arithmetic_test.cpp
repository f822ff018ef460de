#include "evaluate/basic_symbolic_arithmetic.hpp"

#include "../number/normal_forms.hpp"
#include "evaluate/basic_symbolic_matrices.hpp"

/// The arithmetic of normal forms and their matrices, over the field that the build names.
using namespace assay;
using namespace assay::testing;
using Arithmetic = evaluate::BasicSymbolicArithmetic<Coefficient>;
using Symbols = Matrix<Symbolic>;

TEST_CASE("the arithmetic of symbols chooses what its assumptions decide", "[evaluate][symbolic]") {
  Arithmetic a;
  Symbolic out;
  CHECK(a.maximum(out, x(0), x(1)) == Status::open);
  assume(a.assumptions(), x(0) - x(1), relation::greater);
  REQUIRE(a.maximum(out, x(0), x(1)) == Status::ok);
  CHECK(out == x(0));
  REQUIRE(a.minimum(out, x(0), x(1)) == Status::ok);
  CHECK(out == x(1));
  REQUIRE(a.divide(out, square(x(0)) - square(x(1)), x(0) - x(1)) == Status::ok);
  CHECK(out == x(0) + x(1));
  CHECK(a.divide(out, rational(1), x(0)) == Status::open);
  REQUIRE(a.floor(out, rational(-7, 2)) == Status::ok);
  CHECK(out == rational(-4));
  CHECK(a.floor(out, x(0)) == Status::open);
  Symbolic root;
  REQUIRE(a.apply(Elementary::sqrt, root, rational(1) + square(x(2))) == Status::ok);
  CHECK(a.compare(square(root), rational(1) + square(x(2))) == relation::equal);
  CHECK(a.compare(root, rational(0)) == relation::greater);
  CHECK(a.text(root * x(0), 10) == "x0*sqrt(x2^2 + 1)");
  REQUIRE(a.complex(out, x(0), x(1)) == Status::ok);
  CHECK(out == x(0) + Symbolic::i() * x(1));
  CHECK(a.real(-3) == rational(-3));
}

TEST_CASE("matrices of symbols have determinants and inverses", "[evaluate][symbolic]") {
  Arithmetic arithmetic;
  const auto matrices = matrices_of(arithmetic);
  const Symbolic one = rational(1), a = x(0), b = x(1), c = x(2);
  const Symbols vandermonde(3, 3, {one, a, a * a, one, b, b * b, one, c, c * c});
  const auto determinant = matrices.determinant(vandermonde);
  REQUIRE(determinant.status == Status::ok);
  CHECK(determinant.value == (b - a) * (c - a) * (c - b));
  CHECK(matrices.inverse(vandermonde).status == Status::open);
  for (const Symbolic& difference : {a - b, b - c, c - a})
    assume(arithmetic.assumptions(), difference, relation::unequal);
  const auto inverse = matrices.inverse(vandermonde);
  REQUIRE(inverse.status == Status::ok);
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j) {
      Symbolic entry;
      for (std::size_t k = 0; k < 3; ++k) entry = entry + vandermonde(i, k) * inverse.value(k, j);
      CHECK(entry == rational(i == j ? 1 : 0));
    }
  CHECK(matrices.inverse(Symbols(2, 2, {a, b, a, b})).status == Status::undefined);
  const auto polynomial = matrices.characteristic_polynomial(Symbols(2, 2, {a, b, c, a}));
  REQUIRE(polynomial.status == Status::ok);
  CHECK(polynomial.value.at(0) == a * a - b * c);
  CHECK(polynomial.value.at(1) == rational(-2) * a);
  CHECK(matrices.rank(vandermonde).status == Status::open);
}
