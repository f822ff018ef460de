#include "number/exact.hpp"

#include "exact_testing.hpp"
#include "laws.hpp"

using namespace assay;
using namespace assay::testing;

TEST_CASE("exact numbers of all kinds keep the field laws", "[number][exact][property]") {
  CHECK(rc::check("compared by enclosures and exactly", [] {
    const Exact x = random_exact();
    const Exact y = random_exact();
    const Exact z = random_exact();
    RC_ASSERT(same(x + y, y + x));
    RC_ASSERT(same(x * (y + z), x * y + x * z));
    RC_ASSERT(same(x - x, Exact()));
    Exact quotient;
    const Status status = divide(quotient, x, y);
    RC_ASSERT((status == Status::undefined) == (is_zero(y) == Truth::true_));
    if (status == Status::ok) RC_ASSERT(same(quotient * y, x));
  }));
}

TEST_CASE("operations on exact numbers agree with balls", "[number][exact][property]") {
  CHECK(rc::check("enclosures overlap", [] {
    const Exact x = random_exact();
    const Exact y = random_exact();
    RC_ASSERT(overlap(enclosure(x + y, 100), add(enclosure(x, 100), enclosure(y, 100), 100)));
    RC_ASSERT(overlap(enclosure(x * y, 100), mul(enclosure(x, 100), enclosure(y, 100), 100)));
    RC_ASSERT(overlap(enclosure(conj(x), 100), conj(enclosure(x, 100))));
    RC_ASSERT(overlap(enclosure(re(x), 100), complex_from(re(enclosure(x, 100)))));
    RC_ASSERT(overlap(enclosure(im(x), 100), complex_from(im(enclosure(x, 100)))));
    if (is_zero(x) == Truth::false_) RC_ASSERT(accuracy_bits(enclosure(x, 100)) >= 90);
  }));
}

TEST_CASE("quadratic Gauss sums equal square roots, at once", "[number][exact]") {
  Exact sum;
  for (long k = 0; k < 113; ++k) sum = sum + exact_root_of_unity(113, k * k);
  CHECK(compare(sum, root(113)) == relation::equal);
  CHECK(compare(sum, neg(root(113))) == relation::greater);
}

TEST_CASE("classical trigonometric identities are equalities", "[number][exact]") {
  const Exact lhs = at(Elementary::tan, turn(3, 11)) + number(4) * at(Elementary::sin, turn(2, 11));
  CHECK(compare(lhs, root(11)) == relation::equal);
  CHECK(compare(at(Elementary::cos, turn(1, 5)), (number(1) + root(5)) * number(1, 4)) == relation::equal);
  CHECK(compare(at(Elementary::cos, turn(1, 7)) - at(Elementary::cos, turn(2, 7)) + at(Elementary::cos, turn(3, 7)),
                number(1, 2)) == relation::equal);
  CHECK(compare(at(Elementary::exp, exact_i() * exact_pi()), number(-1)) == relation::equal);
  const Exact u = number(1) + exact_i();
  CHECK(is_zero(u * u - number(2) * exact_i()) == Truth::true_);
}

TEST_CASE("nested radicals are decided", "[number][exact]") {
  CHECK(compare(at(Elementary::sqrt, number(5) + number(2) * root(6)), root(2) + root(3)) == relation::equal);
  CHECK(compare(at(Elementary::sqrt, number(5) - number(2) * root(6)), root(3) - root(2)) == relation::equal);
  const Exact nested = at(Elementary::sqrt, number(1) + root(2));  // does not denest over Q
  CHECK(compare(nested * nested, number(1) + root(2)) == relation::equal);
  CHECK(compare(nested, root(2)) == relation::greater);
}

TEST_CASE("roots whose common cyclotomic field is too large go to Calcium", "[number][exact]") {
  const Exact x = root(997) * root(1009);
  CHECK(compare(x * x, number(997L * 1009)) == relation::equal);
  CHECK(compare(root(4993) + root(4973), root(4987) + root(4979)) != relation::equal);
  CHECK(compare(root(4993), root(4973)) == relation::greater);
}

TEST_CASE("near misses are told apart", "[number][exact]") {
  Exact power_of_pi;
  REQUIRE(power(power_of_pi, exact_pi(), 4) == Status::ok);
  CHECK(compare(number(22) * power_of_pi, number(2143)) == relation::greater);
  CHECK(compare(at(Elementary::exp, exact_pi()) - exact_pi(), number(20)) == relation::less);
  // e^(π√163) is within 10^(−12) of an integer.
  const Exact ramanujan = at(Elementary::exp, exact_pi() * root(163));
  CHECK(compare(ramanujan, Exact::from(Integer("262537412640768744"))) == relation::less);
  CHECK(floor(ramanujan) == Integer("262537412640768743"));
  CHECK(compare(exact_pi(), number(355, 113)) == relation::less);
}

TEST_CASE("floors at and next to integers are exact", "[number][exact]") {
  CHECK(floor(at(Elementary::sqrt, number(5) + number(2) * root(6)) - root(2) - root(3) + number(7)) == Integer(7));
  CHECK(floor(neg(root(2))) == Integer(-2));
  CHECK(floor(exact_pi()) == Integer(3));
  CHECK(floor(root(2) * root(2)) == Integer(2));
  CHECK_FALSE(floor(exact_i()));
}

TEST_CASE("complex numbers are equal or unequal, never ordered", "[number][exact]") {
  CHECK(compare(exact_i(), number(1)) == relation::unequal);
  CHECK(compare(exact_i() * exact_i(), number(-1)) == relation::equal);
  Exact out;
  CHECK(abs(out, number(3) + number(4) * exact_i()) == Status::ok);
  CHECK(rational_value(out) == Rational(5));
  CHECK(abs(out, number(-3, 4)) == Status::ok);
  CHECK(rational_value(out) == Rational(3, 4));
  CHECK(relu(out, exact_pi() - number(4)) == Status::ok);
  CHECK(rational_value(out) == Rational(0));
  CHECK(relu(out, exact_i()) == Status::open);
}

TEST_CASE("the logistic map becomes open instead of exploding", "[number][exact]") {
  const auto iterate = [](Exact x) {
    for (int k = 0; k < 100; ++k) x = number(39, 10) * x * (number(1) - x);
  };
  CHECK_THROWS_AS(iterate(number(7, 10)), NotRepresentable);
  CHECK_THROWS_AS(iterate(root(2) * number(1, 2)), NotRepresentable);
  CHECK_THROWS_AS(iterate(turn(1, 4)), NotRepresentable);
  CHECK_THROWS_AS(iterate(at(Elementary::log, number(2)) * root(2)), NotRepresentable);
}

TEST_CASE("division by zero in disguise is undefined", "[number][exact]") {
  Exact out;
  CHECK(divide(out, number(1), number(0)) == Status::undefined);
  CHECK(divide(out, number(1), root(2) * root(3) - root(6)) == Status::undefined);
  CHECK(divide(out, exact_pi(), number(2) * exact_pi()) == Status::ok);
  CHECK(rational_value(out) == Rational(1, 2));
  CHECK(divide(out, number(1), exact_pi()) == Status::ok);
  CHECK(compare(out * exact_pi(), number(1)) == relation::equal);
}

TEST_CASE("exact numbers print readably", "[number][exact]") {
  CHECK(to_string(number(-3, 4)) == "-3/4");
  CHECK(to_string(root(2)) == "sqrt(2)");
  CHECK(to_string((number(1) + root(5)) * number(1, 2)) == "1/2 + sqrt(5/4)");
  CHECK(to_string(exact_pi() * number(2, 3)) == "2/3*pi");
  CHECK(to_string(exact_root_of_unity(7, 1)) == "zeta(7)");
  CHECK_FALSE(to_string(at(Elementary::exp, number(1))).empty());
}
