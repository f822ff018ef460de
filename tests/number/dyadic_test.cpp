#include "number/dyadic.hpp"

#include <cmath>
#include <limits>

#include "laws.hpp"
#include "number/limits.hpp"

using namespace assay;

namespace {

Dyadic random_dyadic() {
  return Dyadic(Integer(static_cast<long>(*rc::gen::inRange<std::int64_t>(-1000000, 1000000))),
                *rc::gen::inRange(-80, 80));
}

}  // namespace

TEST_CASE("dyadics are an ordered ring with relu", "[number][dyadic][property]") {
  const std::function<Dyadic()> draw = random_dyadic;
  laws::check_ring<Dyadic>(draw, Dyadic(), Dyadic(1));
  laws::check_order<Dyadic>(draw, Dyadic());
  laws::check_relu<Dyadic>(draw, Dyadic());
}

TEST_CASE("dyadic arithmetic agrees with rational arithmetic", "[number][dyadic][property]") {
  CHECK(rc::check("sums, products and the order are those of the rationals", [] {
    const Dyadic x = random_dyadic();
    const Dyadic y = random_dyadic();
    RC_ASSERT((x + y).to_rational() == x.to_rational() + y.to_rational());
    RC_ASSERT((x * y).to_rational() == x.to_rational() * y.to_rational());
    RC_ASSERT(compare(x, y) == compare(x.to_rational(), y.to_rational()));
  }));
}

TEST_CASE("a double is the dyadic it denotes", "[number][dyadic]") {
  CHECK(Dyadic::from(0.75).mantissa() == 3);
  CHECK(Dyadic::from(0.75).exponent() == -2);
  CHECK(Dyadic::from(std::numeric_limits<double>::denorm_min()) == Dyadic(1, -1074));
  CHECK(Dyadic::from(-0.0) == Dyadic());
  CHECK(rc::check("as its rational", [](double x) {
    RC_PRE(std::isfinite(x));
    RC_ASSERT(Dyadic::from(x).to_rational() == exact_rational(x));
  }));
}

TEST_CASE("far apart dyadics are compared but not added", "[number][dyadic]") {
  const Dyadic huge(1, std::int64_t{1} << 40U);
  const Dyadic tiny(1, -(std::int64_t{1} << 40U));
  CHECK(compare(tiny, huge) == relation::less);
  CHECK(compare(-huge, tiny) == relation::less);
  CHECK_THROWS_AS(huge + tiny, NotRepresentable);
  CHECK_THROWS_AS(huge.to_rational(), NotRepresentable);
}
