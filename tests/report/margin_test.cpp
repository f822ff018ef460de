#include <catch2/catch.hpp>
#include <stdexcept>

#include "number/outward_decimal.hpp"
#include "number/rational.hpp"
#include "report/margin.hpp"

using namespace assay;
using namespace assay::report;

TEST_CASE("enclosures are rounded outward to ten digits", "[report][margin]") {
  const auto text = [](const Rational& low, const Rational& high) {
    const evaluate::Enclosure out = rounded({low, high});
    CHECK(out.low <= low);
    CHECK(high <= out.high);
    return decimal(out.low) + " " + decimal(out.high);
  };
  CHECK(text(Rational(1, 3), Rational(1, 3)) == "0.3333333333 0.3333333334");
  CHECK(text(Rational(-1, 3), Rational(2, 3)) == "-0.3333333334 0.6666666667");
  CHECK(text(Rational(1, 2), Rational(1, 2)) == "0.5000000000 0.5000000000");
  CHECK(text(0, 0) == "0 0");
  CHECK(text(Rational("9999999999999/10000"), Rational("10000000000001/10000")) == "999999999.9 1000000001");
  const Rational tiny = power(Rational(10), -400) / 3;
  CHECK(text(tiny, tiny) == "3.333333333e-401 3.333333334e-401");
  const Rational huge = power(Rational(2), 3000);
  CHECK(text(-huge, huge) == "-1.230231923e+903 1.230231923e+903");
}

TEST_CASE("decimals round down to the largest one below", "[number][rational]") {
  for (long p = -30; p <= 30; ++p)
    for (long q = 1; q <= 30; ++q) {
      Rational x(p, q);
      x.canonicalize();
      for (const long digits : {1L, 2L, 5L}) {
        const Rational below = decimal_below(x, digits);
        const Rational above = decimal_above(x, digits);
        CHECK(below <= x);
        CHECK(x <= above);
        CHECK(decimal_below(below, digits) == below);
        CHECK(decimal_above(above, digits) == above);
        // Nothing lies between: the width is one unit of the last digit, which is at most 10^(1 - digits)·|x|.
        CHECK(above - below <= ::abs(x) * power(Rational(10), 1 - digits));
        CHECK((below == above) == (below == x));
      }
    }
}

TEST_CASE("only what `decimal` writes is read back", "[report][margin]") {
  for (const std::string text :
       {"0", "0.3333333333", "-1.500000000", "3.333333333e-401", "1.000000000e+30", "1000000001"})
    CHECK(decimal(decimal_value(text)) == text);
  for (const std::string text :
       {"", "-", "0.5", "+1.500000000", "00.3333333333", "1/2", "1e5", "nan", "1.500000000 ", "-0", "1.500000000e",
        "1e999999999", "1.5000000000", ".3333333333", "1.500000000e+0x", "1e1-1"})
    CHECK_THROWS_AS(decimal_value(text), std::invalid_argument);
}
