#include "number/symbolic_functions.hpp"

#include <rapidcheck/catch.h>

#include <catch2/catch.hpp>

#include "symbolic_points.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

Symbolic rational(long numerator, long denominator = 1) { return Symbolic::from(Rational(numerator, denominator)); }
const Symbolic x = Symbolic::variable(0);
const Symbolic y = Symbolic::variable(1);

/// x > 0, and nothing about y.
class Bench {
 public:
  Bench() { assume(assumptions, x, relation::greater); }
  Symbolic apply(Elementary f, const Symbolic& u) {
    Symbolic out;
    REQUIRE(functions.apply(f, out, u, assumptions) == Status::ok);
    return out;
  }
  Status status(Elementary f, const Symbolic& u) {
    Symbolic out;
    return functions.apply(f, out, u, assumptions);
  }
  Symbolic log(const Symbolic& u) { return apply(Elementary::log, u); }
  Symbolic sqrt(const Symbolic& u) { return apply(Elementary::sqrt, u); }
  Symbolic exp(const Symbolic& u) { return apply(Elementary::exp, u); }
  bool are_equal(const Symbolic& a, const Symbolic& b) const { return functions.reduced(a - b).numerator().is_zero(); }

  Assumptions assumptions;
  SymbolicFunctions functions;
};

Symbolic ratio(const Bench& bench, const Symbolic& a, const Symbolic& b) {
  Symbolic out;
  REQUIRE(divide(out, a, b, bench.assumptions) == Status::ok);
  return out;
}

/// The same number as a symbol and as a ball at a point.
struct Both {
  Symbolic symbol;
  ComplexBall value;
};

}  // namespace

TEST_CASE("functions without normal form are values of their own", "[number][symbolic]") {
  Bench b;
  const Symbolic one = rational(1);
  CHECK(b.are_equal(b.log(x), b.log(x)));
  CHECK_FALSE(b.are_equal(b.log(x), b.log(x + one)));
  CHECK_FALSE(b.are_equal(b.log(x), b.sqrt(x)));
  CHECK(b.are_equal(b.sqrt(x) * b.sqrt(x), x));
  CHECK(b.are_equal(x * ratio(b, one, b.sqrt(x)), b.sqrt(x)));
  CHECK(b.are_equal(b.sqrt(rational(4) * x), rational(2) * b.sqrt(x)));
  CHECK(b.are_equal(b.sqrt(rational(2) * x) * b.sqrt(rational(8) * x), rational(4) * x));
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
  Bench b;
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

TEST_CASE("symbols with functions agree with balls at points", "[number][symbolic][property]") {
  rc::prop("evaluation of what was computed", [] {
    Bench b;
    Point point;
    point.reals = {Rational(*rc::gen::inRange(1, 30), *rc::gen::inRange(1, 9)), small_rational()};
    point.reals[0].canonicalize();
    point.functions = &b.functions;
    std::vector<Both> pool = {
        {x, value_at(x, point)}, {y, value_at(y, point)}, {rational(3, 2), value_at(rational(3, 2), point)}};
    const auto pick = [&] { return pool[*rc::gen::inRange<std::size_t>(0, pool.size())]; };
    for (int step = 0; step < 7; ++step) {
      const Both a = pick();
      const Both c = pick();
      Both out;
      switch (*rc::gen::inRange(0, 6)) {
        case 0: out = {a.symbol + c.symbol, add(a.value, c.value, precision)}; break;
        case 1: out = {a.symbol * c.symbol, mul(a.value, c.value, precision)}; break;
        case 2: out = {a.symbol - c.symbol, add(a.value, neg(c.value), precision)}; break;
        case 3: {
          if (divide(out.symbol, a.symbol, c.symbol, b.assumptions) != Status::ok) continue;
          acb_div(out.value.get(), a.value.get(), c.value.get(), precision);
          break;
        }
        default: {
          const auto f = *rc::gen::element(Elementary::sqrt, Elementary::exp, Elementary::log, Elementary::atan,
                                           Elementary::erf, Elementary::sin, Elementary::gamma, Elementary::acos);
          if (b.functions.apply(f, out.symbol, a.symbol, b.assumptions) != Status::ok) continue;
          Ball value;
          if (apply(f, value, re(a.value), precision) != Status::ok) continue;
          out.value = complex_from(value);
        }
      }
      if (acb_is_finite(out.value.get()) == 0) continue;
      RC_ASSERT(overlap(value_at(out.symbol, point), out.value));
      RC_ASSERT(overlap(value_at(b.functions.reduced(out.symbol), point), out.value));
      const Relations known = sign(out.symbol, b.assumptions);
      if (known != relation::any && known != relation::unequal)
        RC_ASSERT((compare(re(out.value), Ball()) & known) != 0);
      pool.push_back(std::move(out));
    }
  });
}
