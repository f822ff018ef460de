#include "number/rational.hpp"

#include <cmath>
#include <limits>

#include "base/contract.hpp"
#include "laws.hpp"

using namespace assay;

TEST_CASE("rationals are an ordered field with relu", "[number][rational][property]") {
  const std::function<Rational()> draw = [] { return laws::random_rational(); };
  laws::check_ring<Rational>(draw, 0, 1);
  laws::check_field<Rational>(draw, 0, 1);
  laws::check_order<Rational>(draw, 0);
  laws::check_relu<Rational>(draw, 0);
}

TEST_CASE("floor and ceil bracket a rational, negative ones too", "[number][rational]") {
  CHECK(floor(Rational(-7, 2)) == -4);
  CHECK(ceil(Rational(-7, 2)) == -3);
  CHECK(floor(Rational(4)) == 4);
  CHECK(rc::check("x − 1 < ⌊x⌋ ≤ x ≤ ⌈x⌉ < x + 1", [] {
    const Rational x = laws::random_rational();
    RC_ASSERT(x - 1 < floor(x) && floor(x) <= x && x <= ceil(x) && ceil(x) < x + 1);
    RC_ASSERT((floor(x) == ceil(x)) == is_integer(x));
  }));
}

TEST_CASE("the 64-bit value of a rational exists exactly for integers in range", "[number][rational]") {
  CHECK(to_int64(Rational(5)) == 5);
  CHECK_FALSE(to_int64(Rational(5, 2)));
  CHECK(to_int64(Rational("9223372036854775807")) == std::numeric_limits<std::int64_t>::max());
  CHECK_FALSE(to_int64(Rational("9223372036854775808")));
  CHECK(to_int64(Rational("-9223372036854775808")) == std::numeric_limits<std::int64_t>::min());
}

TEST_CASE("a double becomes exactly the rational it denotes, subnormals included", "[number][rational]") {
  CHECK(exact_rational(0.1) == Rational("3602879701896397/36028797018963968"));
  const double tiny = std::numeric_limits<double>::denorm_min();
  CHECK(exact_rational(tiny) * power(Rational(2), 1074) == 1);
  CHECK_THROWS_AS(exact_rational(std::nan("")), InternalError);
  CHECK_THROWS_AS(exact_rational(std::numeric_limits<double>::infinity()), InternalError);
  CHECK(rc::check("the round trip is the identity", [](double x) {
    RC_PRE(std::isfinite(x));
    RC_ASSERT(exact_rational(x).get_d() == x);
  }));
}

TEST_CASE("powers of rationals multiply out", "[number][rational]") {
  CHECK(power(Rational(-2, 3), 3) == Rational(-8, 27));
  CHECK(power(Rational(-2, 3), -3) == Rational(-27, 8));
  CHECK(power(Rational(0), 0) == 1);
  CHECK_THROWS_AS(power(Rational(0), -1), InternalError);
}

TEST_CASE("exact roots are found exactly when they exist", "[number][rational]") {
  CHECK(exact_sqrt(Rational(9, 4)) == Rational(3, 2));
  CHECK_FALSE(exact_sqrt(Rational(2)));
  CHECK_FALSE(exact_sqrt(Rational(-4)));
  CHECK(exact_root(Rational(-8, 27), 3) == Rational(-2, 3));
}

TEST_CASE("decimals are rounded half to even on the exact value", "[number][rational]") {
  CHECK(rounded_decimal(Rational(25, 10), 1) == "2");
  CHECK(rounded_decimal(Rational(35, 10), 1) == "4");
  CHECK(rounded_decimal(Rational(125, 1000), 2) == "0.12");
  CHECK(rounded_decimal(Rational("1250000000000000000001/10000000000000000000000"), 2) == "0.13");
  CHECK(rounded_decimal(Rational(-1, 3), 5) == "-0.33333");
  CHECK(rounded_decimal(Rational(9999, 1000), 3) == "10.0");
  CHECK(rounded_decimal(Rational(99999), 3) == "1.00e+5");
  CHECK(rounded_decimal(Rational(123456), 6) == "123456");
  CHECK(rounded_decimal(Rational(1, 100000), 2) == "0.000010");
  CHECK(rounded_decimal(Rational(1, 1000000), 2) == "1.0e-6");
  CHECK(rounded_decimal(Rational(0), 7) == "0");
  CHECK(rc::check("the decimal is within half a unit of its last place", [] {
    const Rational x = laws::random_rational();
    RC_PRE(x != 0);
    const long digits = *rc::gen::inRange(1, 20);
    const std::string text = rounded_decimal(x, digits);
    const std::size_t e = text.find('e');
    std::string mantissa = text.substr(0, e);
    const std::size_t point = mantissa.find('.');
    long shift = e == std::string::npos ? 0 : std::stol(text.substr(e + 1));
    if (point != std::string::npos) {
      shift -= static_cast<long>(mantissa.size() - point - 1);
      mantissa.erase(point, 1);
    }
    const Rational unit = power(Rational(10), shift);
    const Rational error = Rational(Integer(mantissa, 10)) * unit - x;
    RC_ASSERT(2 * ::abs(error) <= unit);
    const std::string significant = mantissa.substr(mantissa.find_first_not_of("-0"));
    RC_ASSERT(static_cast<long>(significant.size()) == digits);
  }));
}

TEST_CASE("the simplest rational of an interval", "[number][rational]") {
  CHECK(simplest_between(Rational(3, 10), Rational(4, 10)) == Rational(1, 3));
  CHECK(simplest_between(Rational(-4, 10), Rational(-3, 10)) == Rational(-1, 3));
  CHECK(simplest_between(Rational(-1, 7), Rational(5)) == 0);
  CHECK(simplest_between(Rational(5, 2), Rational(17, 2)) == 3);
  CHECK(simplest_between(Rational(22, 7), Rational(22, 7)) == Rational(22, 7));
  CHECK(simplest_between(Rational(314159, 100000), Rational(314160, 100000)) == Rational(355, 113));
}

TEST_CASE("no rational of an interval has a smaller denominator than the simplest", "[number][rational]") {
  for (long d = 1; d <= 12; ++d)
    for (long n = 0; n <= 3 * d; ++n)
      for (long width = 1; width <= 3; ++width) {
        const Rational low = Rational(Integer(n), Integer(d));
        Rational canonical = low;
        canonical.canonicalize();
        const Rational high = canonical + Rational(width, 40);
        const Rational simplest = simplest_between(canonical, high);
        CHECK((canonical <= simplest && simplest <= high));
        for (Integer smaller = 1; smaller < simplest.get_den(); ++smaller) {
          Integer numerator;
          const Rational scaled = canonical * smaller;
          mpz_cdiv_q(numerator.get_mpz_t(), scaled.get_num_mpz_t(), scaled.get_den_mpz_t());
          CHECK(Rational(numerator) > high * smaller);
        }
      }
}
