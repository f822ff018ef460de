#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "evaluate/published.hpp"
#include "number/rational.hpp"
#include "support.hpp"

using namespace assay;
using namespace assay::evaluate;

namespace {

KnownReal exactly(const Rational& x) { return {x, {}}; }
KnownReal around(const Rational& low, const Rational& high, long precision = 4000) {
  return {std::nullopt, ball_between(low, high, precision)};
}
std::string text(const Rational& x, long digits) { return rounding_of(exactly(x), digits).shown->text; }
Rational ten_to(long n) { return power(Rational(10), n); }

/// x in `digits` significant digits, half to even, by definition: the multiple of the unit that is nearest.
Rational rounded_by_definition(const Rational& x, long digits) {
  const Rational magnitude = ::abs(x);
  if (magnitude == 0) return 0;
  long e = 0;
  while (ten_to(e) > magnitude) --e;
  while (ten_to(e + 1) <= magnitude) ++e;
  const Rational unit = ten_to(e + 1 - digits);
  const Rational scaled = magnitude / unit;
  Integer below = floor(scaled);
  const Rational rest = scaled - below;
  if (rest > Rational(1, 2) || (rest == Rational(1, 2) && mpz_odd_p(below.get_mpz_t()) != 0)) ++below;
  return x < 0 ? Rational(-below * unit) : Rational(below * unit);
}

Rational value_of(const std::string& decimal) { return published_number(decimal)->value; }

std::size_t significant_digits(const std::string& decimal) {
  std::string digits;
  for (const char c : decimal.substr(0, decimal.find('e')))
    if (c >= '0' && c <= '9') digits += c;
  return digits.size() - std::min(digits.find_first_not_of('0'), digits.size());
}

Rational random_rational() {
  const auto digits =
      *rc::gen::nonEmpty(rc::gen::container<std::string>(rc::gen::inRange('0', static_cast<char>('9' + 1))));
  Rational out(Integer("1" + digits.substr(0, 40)), *rc::gen::inRange<long>(1, 1'000'000'000));
  out.canonicalize();
  out *= ten_to(*rc::gen::inRange<long>(-400, 400));
  return *rc::gen::arbitrary<bool>() ? out : Rational(-out);
}

/// A number half-way between two decimals of so many digits.
Rational random_tie(long digits) {
  Integer mantissa = *rc::gen::inRange<long>(1, 10);
  for (long i = 1; i < digits; ++i) mantissa = mantissa * 10 + *rc::gen::inRange<long>(0, 10);
  const Rational tie = (Rational(mantissa) + Rational(1, 2)) * ten_to(*rc::gen::inRange<long>(-50, 50));
  return *rc::gen::arbitrary<bool>() ? tie : Rational(-tie);
}

}  // namespace

TEST_CASE("a rational number is rounded as the definition has it", "[evaluate][rounding][property]") {
  CHECK(rc::check("random rationals", [] {
    const Rational x = random_rational();
    const long digits = *rc::gen::inRange<long>(1, 40);
    const ShownNumber shown = *rounding_of(exactly(x), digits).shown;
    if (x.get_den() == 1) {
      RC_ASSERT(shown.is_whole);
      RC_ASSERT(value_of(shown.text) == x);
      return;
    }
    RC_ASSERT(value_of(shown.text) == rounded_by_definition(x, digits));
    RC_ASSERT(shown.is_whole == (value_of(shown.text) == x));
    if (!shown.is_whole) RC_ASSERT(significant_digits(shown.text) == static_cast<std::size_t>(digits));
  }));
}

TEST_CASE("ties go to even, and what is near a tie does not", "[evaluate][rounding][property]") {
  CHECK(rc::check("ties", [] {
    const long digits = *rc::gen::inRange<long>(1, 25);
    const Rational tie = random_tie(digits);
    RC_PRE(tie.get_den() != 1);
    RC_ASSERT(value_of(text(tie, digits)) == rounded_by_definition(tie, digits));
    const Rational little = tie * ten_to(-*rc::gen::inRange<long>(50, 300));
    for (const Rational& x : {Rational(tie + little), Rational(tie - little)}) {
      RC_ASSERT(value_of(text(x, digits)) == rounded_by_definition(x, digits));
      // An enclosure that contains the tie says nothing, one that is narrow enough says it.
      const Rational wide = ::abs(little) * 2;
      RC_ASSERT(!rounding_of(around(x - wide, x + wide), digits).shown);
      const Rational narrow = ::abs(little) / 4;
      RC_ASSERT(value_of(rounding_of(around(x - narrow, x + narrow), digits).shown->text) ==
                rounded_by_definition(x, digits));
    }
  }));
}

TEST_CASE("a digit is shown only if all of an enclosure has it", "[evaluate][rounding][property]") {
  CHECK(rc::check("enclosures", [] {
    const Rational x = random_rational();
    const long digits = *rc::gen::inRange<long>(1, 20);
    const Rational radius = ::abs(x) * ten_to(-*rc::gen::inRange<long>(1, 25));
    const Rounding rounding = rounding_of(around(x - radius, x + radius), digits);
    if (!rounding.shown) return;
    for (const Rational& inside : {Rational(x - radius), x, Rational(x + radius)})
      RC_ASSERT(value_of(rounding.shown->text) == rounded_by_definition(inside, digits));
    RC_ASSERT(!rounding.shown->is_whole);
    if (abs(value_of(rounding.shown->text) - x) <= radius) RC_ASSERT(rounding.may_be_whole);
  }));
}

TEST_CASE("what has more digits than are wanted may still be an integer", "[evaluate][rounding]") {
  const Rational n(Integer("123456789012345678901"));
  const auto may_be_whole = [](const Rational& low, const Rational& high) {
    const Rounding rounding = rounding_of(around(low, high), 4);
    return rounding.shown && rounding.shown->text == "1.235e+20" && rounding.may_be_whole;
  };
  CHECK(may_be_whole(n - Rational(1, 4), n + Rational(1, 4)));
  CHECK(may_be_whole(n - 100, n + 100));
  CHECK(may_be_whole(n + Rational(1, 4), n + Rational(5, 4)));
  CHECK_FALSE(may_be_whole(n + Rational(1, 4), n + Rational(3, 4)));
  CHECK_FALSE(rounding_of(around(n * ten_to(10) - 1, n * ten_to(10) + 1), 4).may_be_whole);
}

TEST_CASE("forms of rounded numbers", "[evaluate][rounding]") {
  CHECK(text(0, 5) == "0");
  CHECK(text(Rational(1, 3), 4) == "0.3333");
  CHECK(text(Rational(-1, 3), 4) == "-0.3333");
  CHECK(text(Rational(99996, 10007) * 1000, 4) == "9993");
  CHECK(text(Rational(99996, 100000) + Rational(1, 3) / 1000000, 4) == "1.000");  // a carry through all digits
  CHECK(text(Rational(-99996, 100000) - Rational(1, 3) / 1000000, 4) == "-1.000");
  CHECK(text(33333, 3) == "33333");  // integers are written out
  CHECK(text(Rational(199999, 3), 3) == "6.67e+4");
  CHECK(text(Rational(5, 2), 1) == "2");
  CHECK(text(Rational(7, 2), 1) == "4");
  CHECK(text(Rational(-5, 2), 1) == "-2");
  CHECK(text(Rational(1, 8), 2) == "0.12");
  CHECK(text(Rational(1, 8), 3) == "0.125");
  CHECK(text(Rational(1, 8), 30) == "0.125");
  CHECK(text(Rational(5, 2) * ten_to(-30), 5) == "2.5e-30");
  CHECK(text(ten_to(-400) / 3, 3) == "3.33e-401");
  CHECK(text(Rational(100), 1) == "100");
  // What is rounded keeps its zeros, although its expansion ends.
  CHECK(text(Rational(10001, 10000), 3) == "1.00");
  CHECK_FALSE(rounding_of(exactly(Rational(1, 8)), 2).shown->is_whole);
  CHECK(rounding_of(exactly(Rational(1, 8)), 3).shown->is_whole);
}

TEST_CASE("the imaginary part keeps its sign", "[evaluate][rounding]") {
  CHECK(put_together({"", " + ", "*I"}, {"1.5", "-2"}) == "1.5 - 2*I");
  CHECK(put_together({"[", " + ", "*I, ", "]"}, {"1.5", "2", "-3"}) == "[1.5 + 2*I, -3]");
}

TEST_CASE("published numbers are read as they are written", "[evaluate][published]") {
  const auto parts = [](const char* text) {
    const auto number = published_number(text);
    return number ? to_string(number->value) + " " + to_string(number->unit) : "none";
  };
  CHECK(parts("0.125") == "1/8 1/1000");
  CHECK(parts("-0.50") == "-1/2 1/100");
  CHECK(parts("\xE2\x88\x92"
              "0.50") == "-1/2 1/100");
  CHECK(parts("+7") == "7 1");
  CHECK(parts("-.5") == "-1/2 1/10");
  CHECK(parts("1.20e3") == "1200 10");
  CHECK(parts("1.20E-3") == "3/2500 1/100000");
  CHECK(parts("5.") == "5 1");
  CHECK(parts("-12.e1") == "-120 10");
  CHECK(parts("5...") == "5 1");
  CHECK(parts("2.41...") == "241/100 1/100");
  CHECK(parts("2.41\xE2\x80\xA6") == "241/100 1/100");
  for (const char* bad : {"", "-", ".", "-.", ".e1", "1e", "1,5", "1 2", "0x1", "nan", "inf", "1e999999999", "--1",
                          "1....", "1..", "1..2", "1.2.", "1.e", "+-1"})
    CHECK(parts(bad) == "none");
}

namespace {

/// x written with k decimals, cut off or to the nearest (a tie upwards in magnitude).
std::string with_decimals(const Rational& x, long k, bool nearest) {
  const Rational scaled = ::abs(x) * ten_to(k) + (nearest ? Rational(1, 2) : Rational(0));
  std::string digits = floor(scaled).get_str();
  if (static_cast<long>(digits.size()) <= k) digits.insert(0, static_cast<std::size_t>(k + 1) - digits.size(), '0');
  if (k > 0) digits.insert(digits.size() - static_cast<std::size_t>(k), ".");
  return (x < 0 ? "-" : "") + digits;
}

}  // namespace

TEST_CASE("a published number agrees iff it is the true one, rounded or cut off", "[evaluate][published][property]") {
  CHECK(rc::check("decimals", [] {
    Rational x(*rc::gen::inRange<long>(-1'000'000'000, 1'000'000'000), *rc::gen::inRange<long>(1, 1'000'000));
    x.canonicalize();
    const long k = *rc::gen::inRange<long>(0, 12);
    const Rational unit = ten_to(-k);
    const PublishedNumber rounded = *published_number(with_decimals(x, k, true));
    const PublishedNumber cut = *published_number(with_decimals(x, k, false));
    RC_ASSERT(agreement(exactly(x), rounded).rounded == Truth::true_);
    RC_ASSERT(agreement(exactly(x), cut).truncated == Truth::true_);
    const bool same = rounded.value == cut.value;
    const bool tie = abs(x - cut.value) == unit / 2;
    RC_ASSERT(agreement(exactly(x), cut).rounded == truth_of(same || tie));
    RC_ASSERT(agreement(exactly(x), rounded).truncated == truth_of(same));
    for (const int step : {-2, 2}) {
      const PublishedNumber other{rounded.value + step * unit, unit, rounded.value + step * unit < 0};
      RC_ASSERT(agreement(exactly(x), other).rounded == Truth::false_);
      if (other.value != 0) RC_ASSERT(agreement(exactly(x), other).truncated == Truth::false_);
    }
    // An enclosure of x never says the opposite.
    const Rational radius = unit / *rc::gen::inRange<long>(1, 1000);
    const Agreement enclosed = agreement(around(x - radius, x + radius), cut);
    RC_ASSERT(enclosed.truncated != Truth::false_);
    RC_ASSERT(enclosed.rounded == Truth::unknown || enclosed.rounded == truth_of(same || tie));
  }));
}

TEST_CASE("agreement at the edges", "[evaluate][published]") {
  const auto of = [](const Rational& x, const char* text) {
    const Agreement found = agreement(exactly(x), *published_number(text));
    return std::string(name_of(found.rounded)) + " " + name_of(found.truncated);
  };
  CHECK(of(Rational(1, 8), "0.12") == "true true");
  CHECK(of(Rational(1, 8), "0.13") == "true false");  // in a tie both neighbours agree
  CHECK(of(Rational(129, 1000), "0.12") == "false true");
  CHECK(of(Rational(-129, 1000), "-0.12") == "false true");
  CHECK(of(Rational(-121, 1000), "-0.13") == "false false");
  CHECK(of(Rational(9, 1000), "0.00") == "false true");
  CHECK(of(Rational(-9, 1000), "0.00") == "false true");
  CHECK(of(Rational(-9, 1000), "-0.00") == "false true");
  CHECK(of(Rational(9, 1000), "-0.00") == "false false");
  CHECK(of(Rational(13, 100), "0.12") == "false false");
  CHECK(of(Rational(-13, 100), "-0.12") == "false false");
  CHECK(of(1, "0.99") == "false false");
  CHECK(of(Rational(12345), "1.23e4") == "true true");
}

TEST_CASE("cells with several numbers agree number by number", "[evaluate][published]") {
  const ShownValue set{{"{", ", ", "}"}, {exactly(Rational(1, 3)), exactly(2)}, false};
  const auto of = [&](const ShownValue& value, const char* text) {
    const Agreement found = agreement(value, text);
    return std::string(name_of(found.rounded)) + " " + name_of(found.truncated);
  };
  CHECK(of(set, "{0.33,2}") == "true true");
  CHECK(of(set, "{ 0.333 , 2 }") == "true true");
  CHECK(of(set, "{0.34, 2}") == "false false");
  CHECK(of(set, "{0.33, 2") == "false false");
  CHECK(of(set, "{0.33, 2}x") == "false false");
  CHECK(of(set, "(0.33, 2)") == "false false");
  const ShownValue truth{{"true"}, {}, false};
  CHECK(of(truth, " true") == "true true");
  CHECK(of(truth, "false") == "false false");
  const ShownValue complex{{"", " + ", "*I"}, {exactly(1), exactly(Rational(-2, 3))}, false};
  CHECK(of(complex, "1 - 0.67*I") == "true false");
  CHECK(of(complex, "1 + 0.67*I") == "false false");
  CHECK(of(complex, "1 \xE2\x88\x92 0.67 *I") == "true false");
  CHECK(of(complex, "1 - -0.67*I") == "false false");
  CHECK(of(complex, "1") == "false false");
}

TEST_CASE("spaces may stand between the parts of a cell, not within them", "[evaluate][published]") {
  const auto of = [](const ShownValue& value, const char* text) {
    return std::string(name_of(agreement(value, text).rounded));
  };
  const ShownValue number{{"", ""}, {exactly(1234)}, false};
  CHECK(of(number, " 1234 ") == "true");
  for (const char* text : {"1 2 3 4", "12 34", "1 234", "1234 e0", "1234e 0", "1 .234e3", "+ 1234"})
    CHECK(of(number, text) == "false");
  CHECK(of({{"", ""}, {exactly(Rational(3, 2))}, false}, "1 . 5") == "false");
  const ShownValue vector{{"[", ", ", "]"}, {exactly(1), exactly(12)}, false};
  CHECK(of(vector, "[ 1,12 ]") == "true");
  CHECK(of(vector, "[1, 1 2]") == "false");
  const ShownValue range{{"{11..13}"}, {}, false};
  CHECK(of(range, "{ 11 .. 13 }") == "true");
  CHECK(of(range, "{1 1..13}") == "false");
  const ShownValue words{{"all integers"}, {}, false};
  CHECK(of(words, "all  integers") == "true");
  CHECK(of(words, "all int egers") == "false");
}

TEST_CASE("a number that may be real agrees with a real one for all that is known", "[evaluate][published]") {
  const auto of = [](const std::optional<KnownReal>& imaginary, const char* text) {
    const Agreement found = agreement({{"[", " + ", "*I]"}, {exactly(2), imaginary}, false}, text);
    return std::string(name_of(found.rounded)) + " " + name_of(found.truncated);
  };
  const KnownReal small = around(Rational(-1, 100), Rational(1, 100));
  CHECK(of(small, "[2]") == "unknown unknown");
  CHECK(of(small, "[3]") == "false false");  // its real part is none of 3
  CHECK(of(small, "[2 + 0*I]") == "true true");
  CHECK(of(small, "(2)") == "false false");
  CHECK(of(std::nullopt, "[2]") == "unknown unknown");
  CHECK(of(around(Rational(1, 200), Rational(1, 100)), "[2]") == "false false");
  CHECK(of(exactly(0), "[2]") == "true true");
  CHECK(of(exactly(1), "[2]") == "false false");
  const ShownValue real{{"[", "]"}, {exactly(2)}, false};
  CHECK(agreement(real, "[2 + 0.0*I]").rounded == Truth::true_);
  CHECK(agreement(real, "[2 - 1*I]").rounded == Truth::false_);
}

TEST_CASE("a published number that is too long to be looked at may agree", "[evaluate][published]") {
  const ShownValue number{{"", ""}, {exactly(ten_to(200000) / 3)}, false};
  for (const char* text : {"3.33333e+199999", "1e999999999", "1e-100001"}) {
    CHECK(agreement(number, text).rounded == Truth::unknown);
    CHECK(agreement(number, text).truncated == Truth::unknown);
  }
  CHECK(agreement(number, "1e99999").rounded == Truth::false_);
}
