#include "number/symbolic_functions.hpp"

#include "function_bench.hpp"
#include "symbolic_points.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

/// The same number as a symbol and as a ball at a point.
struct Both {
  Symbolic symbol;
  ComplexBall value;
};

}  // namespace

TEST_CASE("symbols with functions agree with balls at points", "[number][symbolic][property]") {
  rc::prop("evaluation of what was computed", [] {
    FunctionBench b;
    const Symbolic x = Symbolic::variable(0);
    const Symbolic y = Symbolic::variable(1);
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
