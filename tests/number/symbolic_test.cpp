#include "number/symbolic.hpp"

#include <vector>

#include "normal_forms.hpp"
#include "symbolic_points.hpp"

using namespace assay;
using namespace assay::testing;

namespace {

Point random_point() {
  Point point;
  for (int k = 0; k < 4; ++k) point.reals.push_back(small_rational());
  point.complexes.emplace_back(small_rational(), small_rational());
  return point;
}

}  // namespace

TEST_CASE("operations on symbols agree with operations on balls at points", "[number][symbolic][property]") {
  rc::prop("evaluation is a homomorphism", [] {
    const Symbolic a = random_symbolic();
    const Symbolic b = random_symbolic();
    const Point point = random_point();
    const ComplexBall u = value_at(a, point);
    const ComplexBall v = value_at(b, point);
    RC_ASSERT(overlap(value_at(a + b, point), add(u, v, precision)));
    RC_ASSERT(overlap(value_at(a * b, point), mul(u, v, precision)));
    RC_ASSERT(overlap(value_at(-a, point), neg(u)));
    RC_ASSERT(overlap(value_at(conj(a), point), conj(u)));
    RC_ASSERT(acb_is_finite(value_at(a * b, point).get()) != 0);
  });
}

TEST_CASE("elementary functions of symbols agree with those of balls", "[number][symbolic][property]") {
  rc::prop("f(p)(point) = f(p(point))", [] {
    const Symbolic p = random_polynomial() + Symbolic::pi() * Symbolic::from(small_rational()) +
                       Symbolic::pi() * Symbolic::i() * Symbolic::from(small_rational());
    const Point point = random_point();
    const auto f =
        *rc::gen::element(Elementary::exp, Elementary::sin, Elementary::cos, Elementary::sinh, Elementary::cosh);
    ComplexBall expected;
    RC_ASSERT(apply(f, expected, value_at(p, point), precision) == Status::ok);
    RC_ASSERT(overlap(value_at(applied(f, p), point), expected));
  });
}

TEST_CASE("a nonzero normal form is nonzero at a generic point", "[number][symbolic][property]") {
  rc::prop("compare does not call different functions equal", [] {
    const Symbolic a = random_symbolic();
    const Symbolic b = random_symbolic();
    Point generic;  // large coprime parts, so that small coincidences do not happen
    generic.reals = {Rational(101, 97), Rational(211, 193), Rational(307, 311), Rational(401, 397)};
    generic.complexes = {{Rational(503, 499), Rational(601, 607)}};
    const bool may_be_equal = overlap(value_at(a, generic), value_at(b, generic));
    RC_ASSERT((a == b) == may_be_equal);
  });
}

TEST_CASE("a sign that is deduced holds at every point where the assumptions do", "[number][symbolic][property]") {
  rc::prop("sign is sound", [] {
    const Symbolic s = random_symbolic();
    const Symbolic condition = random_polynomial();
    const Symbolic tested = *rc::gen::arbitrary<bool>() ? s * condition : s + condition * condition;
    const Point point = random_point();
    const auto relations_at = [&](const Symbolic& expression) -> Relations {
      const ComplexBall value = value_at(expression, point);
      if (acb_contains_zero(value.get()) != 0) return relation::any;
      if (!is_real(value)) return relation::any;
      return arb_is_positive(re(value).get()) != 0 ? relation::greater : relation::less;
    };
    Assumptions assumptions;
    const Relations known = relations_at(condition);
    if (known != relation::any) assume(assumptions, condition, known);
    const Relations actual = relations_at(tested);
    if (actual == relation::any) return;
    RC_ASSERT((sign(tested, assumptions) & actual) != 0);
  });
}

TEST_CASE("formal sums are ordered as a group", "[number][symbolic][property]") {
  using Sum = FormalSum<int, long>;
  rc::prop("a < b implies a + c < b + c, and exactly one of <, =, > holds", [] {
    const auto random_sum = [] {
      Sum sum;
      for (int k = 0; k < 3; ++k) sum = sum + Sum(*rc::gen::inRange(0, 4), *rc::gen::inRange(-2L, 3L));
      return sum;
    };
    const Sum a = random_sum(), b = random_sum(), c = random_sum();
    RC_ASSERT((a < b) == (a + c < b + c));
    RC_ASSERT(int(a < b) + int(b < a) + int(a == b) == 1);
    RC_ASSERT((a - b) + b == a);
    if (a < b && b < c) RC_ASSERT(a < c);
  });
}
