// The properties of compiler, processor and libraries on which error bounds rest, checked on this build. T1 to T10
// number the places where toolchains were seen to fail; each test says that we do without what fails there.
#include <mpfr.h>

#include <catch2/catch.hpp>
#include <cfenv>
#include <cfloat>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <thread>
#if defined(__SSE2__)
#include <xmmintrin.h>
#endif

#include "number/integer.hpp"
#include "number/midrad.hpp"

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error "error bounds do not hold under -ffast-math"
#endif
static_assert(FLT_EVAL_METHOD == 0, "expressions of doubles are evaluated in doubles");
static_assert(std::numeric_limits<double>::is_iec559 && std::numeric_limits<double>::digits == 53);
static_assert(std::numeric_limits<float>::is_iec559 && std::numeric_limits<float>::digits == 24);

using namespace assay;

namespace {

/// A value that the compiler cannot fold.
double opaque(double x) {
  volatile double hidden = x;
  return hidden;
}

bool contains(MidRad x, const Rational& q) {
  return is_finite(x) && cmp(::abs(Rational(q - Rational(x.mid))), Rational(x.rad)) <= 0;
}

/// Do sums, products and quotients round to nearest, by values at which the modes differ?
bool rounds_to_nearest() {
  const double one = opaque(1);
  const double bit = opaque(0x1p-53);
  return std::fegetround() == FE_TONEAREST && one + bit == 1 && one + opaque(0x1.8p-53) > 1 && -one - bit == -1 &&
         one - opaque(0x1p-55) == 1 && opaque(1) / opaque(3) == 0x1.5555555555555p-2 &&
         opaque(2) / opaque(3) == 0x1.5555555555555p-1 && opaque(5) / opaque(3) == 0x1.aaaaaaaaaaaabp+0;
}

/// Are subnormal numbers neither flushed to zero nor read as zero?
bool keeps_subnormals() {
#if defined(__SSE2__)
  constexpr unsigned flush_to_zero = 0x8000;
  constexpr unsigned denormals_are_zero = 0x0040;
  if ((_mm_getcsr() & (flush_to_zero | denormals_are_zero)) != 0) return false;
#endif
  const double tiny = opaque(1e-310);
  const float tiny_float = static_cast<float>(opaque(1e-40));
  return tiny / 2 > 0 && tiny / 2 < tiny && opaque(0x1p-1074) + opaque(0x1p-1074) == 0x1p-1073 &&
         opaque(0x1p-1022) - opaque(0x1.8p-1022) == -0x1p-1023 && tiny_float * 0.5F > 0;
}

bool in_new_thread(bool (*property)()) {
  bool holds = false;
  std::thread([&] { holds = property(); }).join();
  return holds;
}

}  // namespace

TEST_CASE("T1 T2: the enclosure of 1/3 contains 1/3, computed at run time or folded by the compiler", "[toolchain]") {
  MidRad folded;
  MidRad computed;
  REQUIRE(divide(folded, {1, 0}, {3, 0}) == Status::ok);
  REQUIRE(divide(computed, {opaque(1), 0}, {opaque(3), 0}) == Status::ok);
  for (const MidRad x : {folded, computed, midrad_from(Rational(1, 3))}) {
    CHECK(x.rad > 0);
    CHECK(x.rad <= 0x1p-54);
    CHECK(contains(x, Rational(1, 3)));
  }
  CHECK(contains(add({opaque(0.1), 0}, {opaque(0.2), 0}), Rational(0.1) + Rational(0.2)));
}

TEST_CASE("T3: enclosures of exp and tanh contain the values of MPFR", "[toolchain]") {
  mpfr_t x;
  mpfr_t value;
  mpfr_init2(x, 53);
  mpfr_init2(value, 200);
  std::mt19937_64 generator(1);
  for (int i = 0; i < 2000; ++i) {
    const double point = (static_cast<double>(generator() >> 11U) * 0x1p-52 - 1) * 20;
    mpfr_set_d(x, point, MPFR_RNDN);
    for (const bool tanh : {false, true}) {
      MidRad out;
      REQUIRE(apply(tanh ? Elementary::tanh : Elementary::exp, out, {point, 0}) == Status::ok);
      (tanh ? mpfr_tanh : mpfr_exp)(value, x, MPFR_RNDN);  // 200 bits: nearer to the value than any end of `out`
      CHECK(mpfr_cmp_q(value, Rational(Rational(out.mid) - Rational(out.rad)).get_mpq_t()) >= 0);
      CHECK(mpfr_cmp_q(value, Rational(Rational(out.mid) + Rational(out.rad)).get_mpq_t()) <= 0);
    }
  }
  mpfr_clear(x);
  mpfr_clear(value);
}

TEST_CASE("T4: subnormal numbers survive, in every thread and with all our libraries linked", "[toolchain]") {
  CHECK(keeps_subnormals());
  CHECK(in_new_thread(keeps_subnormals));
}

TEST_CASE("T5: numbers survive being written and read", "[toolchain]") {
  std::mt19937_64 generator(2);
  for (int i = 0; i < 5000; ++i) {
    const double x = std::ldexp(static_cast<double>(generator() >> 11U), static_cast<int>(generator() % 2000) - 1080);
    if (!std::isfinite(x)) continue;
    char text[64];
    REQUIRE(std::snprintf(text, sizeof text, "%.17g", x) > 0);
    CHECK(std::strtod(text, nullptr) == x);
    const auto end = std::to_chars(text, text + sizeof text, x, std::chars_format::hex).ptr;
    double back = 0;
    REQUIRE(std::from_chars(text, end, back, std::chars_format::hex).ec == std::errc());
    CHECK(back == x);
    const Rational q(x);
    CHECK(Rational(q.get_str()) == q);
  }
  char text[8];
  REQUIRE(std::snprintf(text, sizeof text, "%.0f", opaque(0.5)) == 1);
  CHECK(std::string(text) == "0");  // round to nearest, ties to even; "1" under upward rounding
}

TEST_CASE("T7: every thread computes in round-to-nearest", "[toolchain]") {
  CHECK(rounds_to_nearest());
  CHECK(in_new_thread(rounds_to_nearest));
}

TEST_CASE("libraries leave the rounding mode and subnormals alone", "[toolchain]") {
  MidRad out;
  for (const Elementary f : {Elementary::exp, Elementary::sin, Elementary::gamma, Elementary::erf})
    REQUIRE(apply(f, out, {0.3, 1e-3}) == Status::ok);
  CHECK(rounds_to_nearest());
  CHECK(keeps_subnormals());
}

TEST_CASE("a product and a sum are rounded separately (-ffp-contract=off)", "[toolchain]") {
  const double a = opaque(1 + 0x1p-30);
  const double b = opaque(1 - 0x1p-30);
  const double c = opaque(-1);
  CHECK(a * b + c == 0);
  CHECK(std::fma(a, b, c) == -0x1p-60);
}

TEST_CASE("expressions are neither reassociated nor simplified", "[toolchain]") {
  const double big = opaque(0x1p60);
  const double one = opaque(1);
  CHECK((one + big) - big == 0);
  CHECK(std::isnan(opaque(std::numeric_limits<double>::infinity()) * opaque(0)));
  CHECK(std::signbit(opaque(-0.0) + opaque(-0.0)));
  CHECK(opaque(5) * (one / opaque(3)) != opaque(5) / opaque(3));
}

TEST_CASE("square roots are correctly rounded", "[toolchain]") {
  std::mt19937_64 generator(3);
  for (int i = 0; i < 5000; ++i) {
    const double x = std::ldexp(static_cast<double>(generator() >> 11U), static_cast<int>(generator() % 2000) - 1080);
    if (!std::isfinite(x)) continue;
    const double root = std::sqrt(opaque(x));
    // |√x − root| is at most half an ulp, tested by squaring the midpoints to the neighbours.
    const Rational below = (Rational(root) + Rational(std::nextafter(root, 0.0))) / 2;
    const Rational above = (Rational(root) + Rational(std::nextafter(root, INFINITY))) / 2;
    CHECK(below * below <= Rational(x));
    CHECK(above * above >= Rational(x));
  }
}
