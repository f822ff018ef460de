#include "number/calcium.hpp"

#include <thread>

#include "laws.hpp"
#include "number/cyclotomic.hpp"
#include "number/flint_convert.hpp"
#include "number/limits.hpp"

using namespace assay;

namespace {

CalciumNumber rational(const Rational& r) { return CalciumNumber(r); }

CalciumNumber at(Elementary f, const CalciumNumber& x) {
  CalciumNumber out(Rational(0));
  REQUIRE(apply(f, out, x) == Status::ok);
  return out;
}

}  // namespace

TEST_CASE("Calcium decides identities between elementary numbers", "[number][calcium]") {
  const CalciumNumber root2 = at(Elementary::sqrt, rational(2));
  const CalciumNumber root3 = at(Elementary::sqrt, rational(3));
  const CalciumNumber root6 = at(Elementary::sqrt, rational(6));
  CHECK(equal(at(Elementary::sqrt, rational(5) + rational(2) * root6), root2 + root3) == Truth::true_);
  CHECK(equal(root2 + root3, at(Elementary::sqrt, rational(10))) == Truth::false_);
  CHECK(equal(at(Elementary::exp, at(Elementary::log, rational(7))), rational(7)) == Truth::true_);
  CHECK(equal(at(Elementary::log, rational(6)), at(Elementary::log, rational(2)) + at(Elementary::log, rational(3))) ==
        Truth::true_);
  const CalciumNumber x = at(Elementary::exp, rational(1));
  CHECK((x * x - at(Elementary::exp, rational(2))).is_zero() == Truth::true_);
  CHECK(equal(rational(4) * at(Elementary::atan, rational(Rational(1, 5))) -
                  at(Elementary::atan, rational(Rational(1, 239))),
              CalciumNumber::pi() * rational(Rational(1, 4))) == Truth::true_);
}

TEST_CASE("Calcium agrees with cyclotomic numbers", "[number][calcium]") {
  for (const std::uint64_t n : {5UL, 8UL, 12UL, 15UL}) {
    const Cyclotomic x = Cyclotomic::root_of_unity(n, 1) + Cyclotomic(Rational(1, 3));
    const Cyclotomic y = Cyclotomic::root_of_unity(n, 2) - Cyclotomic(Rational(2));
    CHECK(equal(CalciumNumber::from_cyclotomic(x * y),
                CalciumNumber::from_cyclotomic(x) * CalciumNumber::from_cyclotomic(y)) == Truth::true_);
    CHECK(acb_overlaps(CalciumNumber::from_cyclotomic(x).enclosure(100).get(), x.enclosure(100).get()) != 0);
  }
  CHECK_THROWS_AS(CalciumNumber::root_of_unity(1009, 1), NotRepresentable);
}

TEST_CASE("division by a number that is zero in disguise is undefined", "[number][calcium]") {
  CalciumNumber out(Rational(0));
  const CalciumNumber root2 = at(Elementary::sqrt, rational(2));
  CHECK(divide(out, rational(1), root2 * root2 - rational(2)) == Status::undefined);
  CHECK(divide(out, rational(1), root2) == Status::ok);
  CHECK(equal(out * root2, rational(1)) == Truth::true_);
  CHECK(apply(Elementary::log, out, root2 * root2 - rational(2)) != Status::ok);
}

TEST_CASE("numbers are called different only when enclosures separate, however far one has to look",
          "[number][calcium]") {
  const CalciumNumber e = at(Elementary::exp, rational(1));
  const auto shifted = [&e](unsigned long digits) {
    Integer scale;
    mpz_ui_pow_ui(scale.get_mpz_t(), 10, digits);
    return e + rational(Rational(Integer(1), scale));
  };
  CHECK(equal(e, shifted(3000)) == Truth::false_);
  CHECK(equal(e, shifted(25000)) == Truth::unknown);  // beyond limit::compare_precision bits
}

TEST_CASE("realness is decided where Calcium can", "[number][calcium]") {
  CHECK(at(Elementary::exp, rational(1)).is_real() == Truth::true_);
  CHECK(CalciumNumber::i().is_real() == Truth::false_);
  CHECK(equal(CalciumNumber::i().conj(), -CalciumNumber::i()) == Truth::true_);
}

TEST_CASE("values meet across contexts and threads", "[number][calcium]") {
  const CalciumNumber here = at(Elementary::sqrt, rational(2)) + CalciumNumber::pi();
  std::optional<CalciumNumber> there;
  std::thread other([&there, &here] {
    const FlintThread cleanup;
    CalciumNumber root(Rational(0));
    if (apply(Elementary::sqrt, root, CalciumNumber(Rational(2))) == Status::ok) there = here - root;
  });
  other.join();
  REQUIRE(there.has_value());
  CHECK(equal(*there, CalciumNumber::pi()) == Truth::true_);
}

TEST_CASE("a full context is left for a fresh one without harm to its values", "[number][calcium]") {
  const CalciumNumber early = at(Elementary::sqrt, rational(2)) + CalciumNumber::pi();
  CalciumNumber last = early;
  for (long k = 1; k <= 450; ++k) last = at(Elementary::exp, rational(Rational(1, k)));
  CHECK(equal(early - CalciumNumber::pi(), at(Elementary::sqrt, rational(2))) == Truth::true_);
  CHECK(equal(at(Elementary::sqrt, rational(2)), early - CalciumNumber::pi()) == Truth::true_);
  CalciumNumber power_of_last(Rational(0));
  CHECK(power(power_of_last, last, rational(450)) == Status::ok);
  CHECK(equal(power_of_last, at(Elementary::exp, rational(1))) != Truth::false_);
}

TEST_CASE("Calcium's functions agree with Arb's", "[number][calcium]") {
  for (const Elementary f :
       {Elementary::sqrt, Elementary::exp, Elementary::log, Elementary::sin, Elementary::cos, Elementary::tan,
        Elementary::asin, Elementary::acos, Elementary::atan, Elementary::erf, Elementary::gamma})
    for (const Rational& r : {Rational(1, 3), Rational(2), Rational(-7, 3)}) {
      CAPTURE(static_cast<int>(f), r.get_str());
      ComplexBall expected;
      REQUIRE(apply(f, expected, complex_from(ball_from(r, 128)), 128) == Status::ok);
      CHECK(acb_overlaps(at(f, rational(r)).enclosure(128).get(), expected.get()) != 0);
    }
}
