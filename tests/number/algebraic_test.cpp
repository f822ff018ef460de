#include "number/algebraic.hpp"

#include "base/contract.hpp"
#include "laws.hpp"
#include "number/limits.hpp"

using namespace assay;

namespace {

Algebraic rational(const Rational& r) { return Algebraic(r); }

/// a + b√d with small a, b.
Algebraic random_quadratic() {
  const Algebraic root = rational(Rational(*rc::gen::elementOf(std::vector<long>{-1, 2, 4}))).sqrt();
  return rational(laws::random_rational(3)) + rational(laws::random_rational(3)) * root;
}

}  // namespace

TEST_CASE("algebraic numbers are a field", "[number][algebraic][property]") {
  const std::function<Algebraic()> draw = random_quadratic;
  laws::check_field<Algebraic>(draw, Algebraic(), rational(1));
}

TEST_CASE("algebraic numbers keep the ring laws on roots of small integers", "[number][algebraic]") {
  const Algebraic x = rational(2).sqrt();
  const Algebraic y = rational(3).sqrt();
  CHECK(x * y == rational(6).sqrt());
  CHECK((x + y) * (x - y) == rational(-1));
  CHECK((x + y) * (x + y) == rational(5) + rational(2) * rational(6).sqrt());
  CHECK((rational(5) + rational(2) * rational(6).sqrt()).sqrt() == x + y);
  CHECK((x + y).minimal_polynomial() == std::vector<Integer>{1, 0, -10, 0, 1});
}

TEST_CASE("the principal branch is taken for roots and powers", "[number][algebraic]") {
  CHECK(rational(-4).sqrt() == rational(2) * Algebraic::root_of_unity(4, 1));
  CHECK(rational(-8).power(Rational(1, 3)) == rational(2) * Algebraic::root_of_unity(6, 1));
  CHECK(rational(8).power(Rational(-2, 3)) == rational(Rational(1, 4)));
  CHECK(rational(0).power(Rational(0)) == rational(1));
  CHECK_THROWS_AS(rational(0).power(Rational(-1)), InternalError);
}

TEST_CASE("algebraic order agrees with enclosures", "[number][algebraic]") {
  const Algebraic a = rational(2).sqrt() + rational(3).sqrt();
  const Algebraic b = rational(10).sqrt();
  CHECK(compare(a, b) == relation::less);  // 3.1463 < 3.1623
  CHECK(compare(b, a) == relation::greater);
  CHECK(compare(a, a) == relation::equal);
  CHECK(compare(a, Algebraic::root_of_unity(4, 1)) == relation::unequal);
  CHECK(compare(re(a.enclosure(60)), re(b.enclosure(60))) == relation::less);
  CHECK(accuracy_bits(a.enclosure(200)) >= 190);
}

TEST_CASE("degrees beyond the bound are refused", "[number][algebraic]") {
  const Algebraic x = rational(2).power(Rational(1, 7));
  CHECK_THROWS_AS(x + rational(3).power(Rational(1, 11)), NotRepresentable);
  CHECK_THROWS_AS(Algebraic::root_of_unity(113, 1), NotRepresentable);
  CHECK_THROWS_AS(rational(2).power(Rational(1, 1000)), NotRepresentable);
  CHECK_THROWS_AS(rational(2).power(Rational(1000000)), NotRepresentable);
}
