#include <catch2/catch.hpp>

#include "support.hpp"

using namespace assay;
using namespace assay::evaluate;
using testing::Bench;

namespace {

struct Report {
  Truth truth;
  std::string assignment, undefined;
  bool exact, empty, infinite;
  std::uint64_t points, open_points;
  std::string first_open;
  auto operator<=>(const Report&) const = default;
};

Report report(const std::string& formula, unsigned threads, const std::string& definitions) {
  Bench bench(definitions);
  bench.budget.set_threads(threads);
  bench.budget.set_precision_limit(1000);
  const Outcome outcome = bench.decide(formula, {{0, 1, Rational(1, 2), -3}, {}, false});
  return {outcome.truth,
          outcome.witness ? in_words(outcome.witness->assignment) : "",
          outcome.truth == Truth::undefined ? outcome.undefined_operation : "",
          outcome.exact,
          outcome.empty_domain,
          outcome.infinite_domain,
          outcome.truth == Truth::true_ ? outcome.effort.points : 0,
          outcome.open_points,
          outcome.first_open};
}

}  // namespace

TEST_CASE("a quantifier on several threads finds what it finds on one", "[evaluate][slices]") {
  const std::string definitions = "let tiny = 2^(-300)\nlet near(n) = pi + n*tiny";
  for (const char* formula : {
           "forall a in 0..999: a >= 0",
           "forall a in 0..999, b in 0..a: b <= a",
           "forall a in 0..999: a != 500 and a != 900",         // two witnesses, the first counts
           "forall a in 0..999: 1/(a - 700) != 2",              // undefined at one place
           "forall a in 0..999: 1/(a - 700) != 2 and a < 900",  // a false instance counts more than an undefined one
           "forall a in 0..999: a < 10 or 1/(a - 20) > 1",
           "exists a in 0..999: a == 999",
           "exists a in 0..999: a*a == 2",
           "exists a in 0..999: 1/(a - 5) == 1/2",
           "forall a in 0..99: sqrt(a)^2/a == 1",              // undefined in the first slice, open in all
           "forall a in 0..99: sqrt(99 - a)^2/(99 - a) == 1",  // in the last
           "exists a in 0..99: sqrt(a)^2/a != 1",
           "forall a in 1..0: false",
           "exists a in 1..0: true",
           "forall a in 0..0: a == 0",
           "forall a in {3, 1, 2} where a != 2: a == 1 or a == 3",
           "forall a in 0..999: near(a) >= near(0)",                         // left to more precision
           "forall a in 0..99: cos(2*pi*a/100) >= cos(2*pi*(100 - a)/100)",  // ties, left to exact algebra
           "forall a in 0..9: exists b in 0..9: a + b == 9",
           "with p = 7: forall a in 0..p-1, b in 0..p-1: (a + b) mod p < p",
           "forall x in R, a in 1..5: x*x + a > 0",  // tried at some points only
           "exists x in R: x*x == 9",
       })
    for (const unsigned threads : {2U, 3U, 7U}) {
      CAPTURE(formula, threads);
      const Report alone = report(formula, 1, definitions);
      const Report together = report(formula, threads, definitions);
      CHECK(together == alone);
    }
}

TEST_CASE("points that stay open are counted over all slices", "[evaluate][slices]") {
  const std::string formula = "forall a in 0..29: exp(a) - exp(a)*(1 + exp(-9000)) != 0";
  const Report alone = report(formula, 1, "");
  CHECK(report(formula, 4, "") == alone);
}

TEST_CASE("what a slice throws is thrown, unless an earlier slice has settled the quantifier", "[evaluate][slices]") {
  Bench bench;
  bench.budget.set_threads(4);
  CHECK_THROWS_AS(
      bench.decide("forall a in 0..99: if a < 80 then a >= 0 else sum(vector(i in 0..a-80: 1) + [1, 1]) == 2"),
      InputError);
  CHECK(bench.truth("forall a in 0..99: if a < 80 then a != 3 else sum(vector(i in 0..a-80: 1) + [1, 1]) == 2") ==
        Truth::false_);
}

TEST_CASE("a quantifier in the condition of a description is asked anew in each slice and arithmetic",
          "[evaluate][slices]") {
  // Doubles leave k = 1 open at a = 1, and k = 2 at a = 2, where it is false: that the latter is open must not be
  // forgotten because the other slice's point is.
  const std::string formula =
      "forall a in {1, 2}: (the t in interval(0, 3): t == a and (forall k in {1, 2}: if k != a then true else "
      "(if a == 1 then exp(1) > 2.7182818284590452353602874713526 else exp(1) < 2.7182818284590452353602874713526))) "
      "> 0";
  for (const unsigned threads : {1U, 2U}) CHECK(report(formula, threads, "").truth == Truth::undefined);
}

TEST_CASE("what a conclusion rests on is told of all slices", "[evaluate][slices]") {
  Bench bench("");
  bench.budget.set_threads(2);
  const Outcome outcome = bench.decide(
      "forall a in {1, 2}: if a == 1 then true else (exists t in ball([1, 1], 1/10): t[0]*t[1] == 1 + 1/100)");
  CHECK(outcome.truth == Truth::true_);
  CHECK(outcome.notes.size() == 1);
}
