#include "function_bench.hpp"

using namespace assay;
using namespace assay::testing;

TEST_CASE("functions without normal form are values of their own", "[number][symbolic]") {
  FunctionBench b;
  const Symbolic x = Symbolic::variable(0);
  const Symbolic y = Symbolic::variable(1);
  const Symbolic one = rational(1);
  CHECK(b.are_equal(b.log(x), b.log(x)));
  CHECK_FALSE(b.are_equal(b.log(x), b.log(x + one)));
  CHECK_FALSE(b.are_equal(b.log(x), b.sqrt(x)));
  CHECK(b.are_equal(b.sqrt(x) * b.sqrt(x), x));
  CHECK(b.are_equal(x * ratio(b, one, b.sqrt(x)), b.sqrt(x)));
  CHECK(b.are_equal(b.sqrt(rational(4) * x), rational(2) * b.sqrt(x)));
  CHECK(b.are_equal(b.exp(b.log(x)), x));
  CHECK(b.are_equal(b.exp(y - rational(2) * b.log(x)) * x * x, b.exp(y)));
  CHECK(b.are_equal(b.log(b.exp(y)), y));
  CHECK(b.are_equal(b.log(rational(3) * x * x * b.exp(y) * (one + y * y)),
                    b.log(rational(3)) + rational(2) * b.log(x) + y + b.log(one + y * y)));
  CHECK(b.are_equal(b.log(ratio(b, one, x * (one + x))), -b.log(x) + b.log(ratio(b, one, one + x))));
  const Symbolic nested = b.sqrt(one + b.sqrt(x));
  CHECK(b.are_equal((nested * nested - one) * (nested * nested - one), x));
  Symbolic power;
  REQUIRE(b.functions.power(power, x, Rational(-3, 2), b.assumptions) == Status::ok);
  CHECK(b.are_equal(power * power * x * x * x, one));
  CHECK(b.functions.name(Indeterminate{Indeterminate::Kind::real, 0}) == "x0");
  CHECK(b.functions.name(b.log(x + one).numerator().terms().begin()->first.monomial.entries().front().first) ==
        "log(x0 + 1)");
}

TEST_CASE("functions are defined where the assumptions say so", "[number][symbolic]") {
  FunctionBench b;
  const Symbolic x = Symbolic::variable(0);
  const Symbolic y = Symbolic::variable(1);
  const Symbolic one = rational(1);
  CHECK(b.status(Elementary::log, y) == Status::open);
  CHECK(b.status(Elementary::log, y * y) == Status::open);
  CHECK(b.status(Elementary::log, one + y * y) == Status::ok);
  CHECK(b.status(Elementary::sqrt, y) == Status::open);
  CHECK(b.status(Elementary::sqrt, y * y) == Status::ok);
  CHECK_FALSE(b.are_equal(b.sqrt(y * y), y));
  CHECK(b.status(Elementary::asin, y) == Status::open);
  CHECK(b.status(Elementary::gamma, x) == Status::ok);
  CHECK(b.status(Elementary::gamma, y) == Status::open);
  CHECK(b.status(Elementary::atan, y) == Status::ok);
  CHECK(b.status(Elementary::atan, Symbolic::complex_variable(0)) == Status::open);
  // What is assumed in a scope does not outlive it.
  b.assumptions.push();
  assume(b.assumptions, y, relation::greater);
  CHECK(b.status(Elementary::log, y) == Status::ok);
  b.assumptions.pop();
  CHECK(b.status(Elementary::log, y) == Status::open);
  // x + 1 > 0 and y - 2 >= 0, from which y > 0.
  assume(b.assumptions, y - rational(2), relation::greater | relation::equal);
  CHECK(b.status(Elementary::log, y * (x + one)) == Status::ok);
  CHECK(b.status(Elementary::log, y - one) == Status::ok);
  CHECK(b.status(Elementary::log, y - rational(2)) == Status::open);
  CHECK(b.status(Elementary::sqrt, y - rational(2)) == Status::ok);
  CHECK(b.status(Elementary::log, y - rational(3)) == Status::open);
  const Symbolic z = Symbolic::variable(2);
  assume(b.assumptions, z + rational(3), relation::greater);
  CHECK(b.status(Elementary::log, z + rational(3)) == Status::ok);
  CHECK(b.status(Elementary::log, z) == Status::open);
  CHECK(b.status(Elementary::sqrt, z) == Status::open);
  // Signs.
  CHECK(sign(b.log(x), b.assumptions) == relation::any);
  CHECK(sign(b.sqrt(x), b.assumptions) == relation::greater);
  CHECK(sign(b.log(x + one), b.assumptions) == relation::greater);
  CHECK(sign(b.exp(y), b.assumptions) == relation::greater);
  CHECK(sign(b.apply(Elementary::atan, -x), b.assumptions) == relation::less);
  CHECK(sign(b.apply(Elementary::erf, y - rational(3)), b.assumptions) == relation::any);
}
