#include "evaluate/sampling.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "support.hpp"

using namespace assay;
using namespace assay::evaluate;
using testing::Bench;

namespace {

SampleRequest request(std::uint64_t points, std::uint64_t seed = 1) {
  SampleRequest out;
  out.points = points;
  out.seed = seed;
  return out;
}

/// Assignments of generators of the given sizes, each independent of the others.
Assignments independent(const std::vector<Extent>& extents) {
  Assignments out;
  out.generators = extents.size();
  out.extents = extents;
  Integer total = 1;
  for (const Extent& extent : extents) total *= extent.size();
  out.up_to = {total};
  return out;
}

/// How often each assignment is drawn, subsets spelt out.
std::map<std::vector<std::uint32_t>, std::uint64_t> frequencies(const Assignments& assignments, std::uint64_t draws) {
  Drawing drawing(assignments, 7);
  DrawnPoints points;
  drawing.draw(points, draws);
  std::map<std::vector<std::uint32_t>, std::uint64_t> out;
  const std::size_t generators = assignments.generators;
  for (std::size_t i = 0; i < points.points.size(); ++i) {
    std::vector<std::uint32_t> key;
    for (std::size_t g = 0; g < generators; ++g) {
      const std::uint32_t position = points.points.flat[i * generators + g];
      if (points.forms[g] != Extent::Form::subsets) {
        const bool listed = points.forms[g] == Extent::Form::list;
        key.push_back(listed ? position : static_cast<std::uint32_t>(points.offsets[position]));
        continue;
      }
      for (const std::uint32_t element : points.subsets[position]) key.push_back(element);
      key.push_back(UINT32_MAX);
    }
    ++out[key];
  }
  return out;
}

/// Each of `values` assignments occurs within six standard deviations of draws/values times.
void check_uniform(const Assignments& assignments, std::size_t values) {
  CHECK(assignments.total() == Integer(values));
  constexpr std::uint64_t draws = 90000;
  const auto counts = frequencies(assignments, draws);
  CHECK(counts.size() == values);
  const double expected = static_cast<double>(draws) / static_cast<double>(values);
  for (const auto& [key, count] : counts)
    CHECK(std::abs(static_cast<double>(count) - expected) < 6 * std::sqrt(expected));
}

}  // namespace

TEST_CASE("independent generators are drawn uniformly", "[evaluate][property]") {
  check_uniform(independent({{7, Extent::Form::list, std::nullopt}}), 7);
  check_uniform(independent({{3, Extent::Form::list, std::nullopt}, {5, Extent::Form::list, std::nullopt}}), 15);
}

TEST_CASE("ranges are drawn uniformly without being listed", "[evaluate][property]") {
  const Extent five{5, Extent::Form::range, std::nullopt};
  check_uniform(independent({five}), 5);
  check_uniform(independent({five, {3, Extent::Form::subsets, 1}, five}), 75);
}

TEST_CASE("subsets are drawn uniformly without being listed", "[evaluate][property]") {
  check_uniform(independent({{5, Extent::Form::subsets, 2}}), 10);
  check_uniform(independent({{4, Extent::Form::subsets, std::nullopt}}), 16);
  check_uniform(independent({{5, Extent::Form::subsets, 0}}), 1);
  check_uniform(independent({{3, Extent::Form::subsets, 3}, {2, Extent::Form::list, std::nullopt}}), 2);
  CHECK(Extent{56, Extent::Form::subsets, 20}.size() == Integer("785613562163430"));
  CHECK(Extent{3, Extent::Form::subsets, 4}.size() == 0);
}

TEST_CASE("prefixes are drawn in proportion to what can follow them", "[evaluate][property]") {
  // a in 0..3, b in 0..a-1 (nothing follows a = 0), and a third generator of two values.
  Assignments triangle;
  triangle.generators = 3;
  triangle.listed = 1;
  Integer total = 0;
  for (std::uint32_t a = 0; a < 4; ++a) {
    triangle.prefixes.push_back(a);
    triangle.extents.push_back({a, Extent::Form::list, std::nullopt});
    triangle.extents.push_back({2, Extent::Form::list, std::nullopt});
    total += 2 * a;
    triangle.up_to.push_back(total);
  }
  check_uniform(triangle, 12);
}

TEST_CASE("numbers beyond 64 bits of assignments are drawn from", "[evaluate]") {
  Assignments large;
  large.generators = 2;
  large.listed = 1;
  large.prefixes = {0, 1};
  large.extents = {{200, Extent::Form::subsets, 100}, {201, Extent::Form::subsets, 100}};
  large.up_to = {large.extents[0].size(), large.extents[0].size() + large.extents[1].size()};
  Drawing drawing(large, 1);
  DrawnPoints points;
  drawing.draw(points, 3000);
  std::size_t first = 0;
  for (std::size_t i = 0; i < 3000; ++i) first += points.points.flat[2 * i] == 0 ? 1 : 0;
  // C(200, 100) : C(201, 100) = 101 : 201, so that a share of 101/302 is expected; six standard deviations are 155.
  CHECK(std::abs(static_cast<double>(first) - 1003.3) < 155);
}

TEST_CASE("the law over the generators of a formula is uniform over instances", "[evaluate][property]") {
  // With a drawn uniformly first, b == 0 would have a share of Σ 1/(a + 1)/4 = 52 %; among the instances it is 40 %.
  const auto share = [](const std::string& formula, double expected) {
    Bench bench;
    const SampleResult result = bench.sample(formula, request(40000));
    INFO(formula << ": " << result.obstacle);
    CHECK(result.points == 40000);
    CHECK(result.yes + result.no == 40000);
    CHECK(std::abs(static_cast<double>(result.yes) / 40000 - expected) < 6 * std::sqrt(0.25 / 40000));
  };
  share("forall a in 0..3, b in 0..a: b == 0", 0.4);
  share("forall a in 0..3, b in 0..a, c in 0..1: b == 0 and c == 0", 0.2);
  share("forall a in 0..3, b in 0..3 where b <= a: b == 0", 0.4);
  share("forall a in 0..3, b in a+1..3: b == 3", 0.5);
  share("forall k in 0..3, T in subsets(1..3, k): size(T) == 1", 3.0 / 8);
  share("forall T in subsets(1..3): size(T) == 1", 3.0 / 8);
  share("forall T in subsets(1..6, 3), x in T: x == 1", 1.0 / 6);
  share("forall x in {3, 1, 3, 2}: x == 3", 1.0 / 3);
  share("forall x in primes(1..10): x == 2", 0.25);
}

TEST_CASE("counts of assignments are exact, also of families too large to list", "[evaluate]") {
  Bench bench;
  const auto assignments = [&](const std::string& formula) { return bench.sample(formula, request(5)).assignments; };
  CHECK(assignments("forall T in subsets(1..56, 20), b in 0..2: b >= 0") == 3 * Integer("785613562163430"));
  CHECK(assignments("forall a in 0..999, b in 0..a: b >= 0") == 500500);
  CHECK(assignments("forall n in 1..3, k in 0..n, T in subsets(1..n, k): size(T) == k") == 14);
  CHECK(assignments("forall k in 0..3: k >= 0") == 4);
}

TEST_CASE("ranges of more integers than fit a position", "[evaluate]") {
  Bench bench;
  const SampleResult whole = bench.sample("forall x in -10^18..8*10^18: -10^18 <= x <= 8*10^18", request(20000));
  CHECK(whole.yes == 20000);
  CHECK(whole.assignments == Integer("9000000000000000001"));
  const SampleResult half = bench.sample("forall x in -5*10^18..4*10^18-1: x < -5*10^17", request(20000));
  CHECK(std::abs(static_cast<double>(half.yes) / 20000 - 0.5) < 6 * std::sqrt(0.25 / 20000));
  const SampleResult third = bench.sample("forall a in 1..3, x in 0..a*10^15-1: a == 2", request(20000));
  CHECK(std::abs(static_cast<double>(third.yes) / 20000 - 1.0 / 3) < 6 * std::sqrt(0.25 / 20000));
  // Only exact algebra sees that these points satisfy the equation, and must see the same points.
  CHECK(bench.sample("forall x in 10^12..10^13: sqrt(x^2 + 2*x + 1) == x + 1", request(50)).yes == 50);
  CHECK(bench.sample("forall x in 0..10^30: x >= 0", request(10)).points == 0);
}

TEST_CASE("drawn subsets are subsets of the right size", "[evaluate]") {
  Bench bench;
  const SampleResult result = bench.sample(
      "forall T in subsets({2, 3, 5, 7, 11}, 3): size(T) == 3 and sum(x in T: x) <= 23 and not 4 in T", request(500));
  CHECK(result.yes == 500);
}

TEST_CASE("exactly n instances are judged, and fewer say why", "[evaluate]") {
  Bench bench;
  const SampleResult half = bench.sample("forall x in 0..9999 where x mod 2 == 1: x mod 2 == 1", request(1000));
  CHECK(half.points == 1000);
  CHECK(half.yes == 1000);
  CHECK(half.drawn > 1500);
  const SampleResult few = bench.sample("forall x in 0..10^9 where x == 5: x == 5", request(10));
  CHECK(few.points < 10);
  CHECK_FALSE(few.obstacle.empty());
  const SampleResult empty = bench.sample("forall x in 5..4: x == 5", request(10));
  CHECK(empty.assignments == 0);
  CHECK(empty.points == 0);
  CHECK_FALSE(empty.obstacle.empty());
  // A set smaller than the sample is drawn from with replacement.
  CHECK(bench.sample("forall x in {4}: x == 4", request(1000)).yes == 1000);
}

TEST_CASE("too many prefixes are refused, a filter helps", "[evaluate]") {
  Bench bench;
  const SampleResult dependent = bench.sample("forall x in 0..10^7, y in 0..x: y <= x", request(10));
  CHECK(dependent.points == 0);
  CHECK(dependent.obstacle.find("where") != std::string::npos);
  CHECK(bench.sample("forall x in 0..10^7, y in 0..10^7 where y <= x: y <= x", request(10)).points == 10);
}

TEST_CASE("the sum of values in the range is enclosed", "[evaluate]") {
  Bench bench;
  SampleRequest mean = request(2000);
  mean.question.kind = Question::Kind::range;
  mean.question.low = 0;
  mean.question.high = 3;
  const SampleResult constant = bench.sample("mean(x in 0..99: sqrt(2)*sqrt(2))", mean);
  CHECK(constant.yes == 2000);
  CHECK(constant.sum_lower <= 4000);
  CHECK(constant.sum_upper >= 4000);
  CHECK(constant.sum_upper - constant.sum_lower < Rational(1, 1000000));
  const SampleResult outside = bench.sample("mean(x in 0..99: x)", mean);
  CHECK(outside.no > 0);
  REQUIRE(outside.witness);
  CHECK(outside.witness->sides.front().first == "x");
}

TEST_CASE("a filter that is undefined or open somewhere stops the sample", "[evaluate]") {
  Bench bench;
  const SampleResult undefined = bench.sample("forall x in -5..5 where 1/x > 0: x > 0", request(1000));
  CHECK(undefined.undefined == 1);
  CHECK_FALSE(undefined.obstacle.empty());
  CHECK(undefined.points < 1000);
}

TEST_CASE("samples are the same every time, and another with another seed", "[evaluate]") {
  Bench bench;
  const char* formula = "forall a in 0..999, b in 0..999: a < b";
  const std::uint64_t once = bench.sample(formula, request(1000, 5)).yes;
  CHECK(bench.sample(formula, request(1000, 5)).yes == once);
  CHECK(bench.sample(formula, request(1000, 6)).yes != once);
}
