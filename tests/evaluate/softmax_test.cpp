#include "evaluate/softmax.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "evaluate/ball_arithmetic.hpp"
#include "evaluate/fast_arithmetic.hpp"
#include "support.hpp"

/// The ranges of softmax and log_sum_exp over boxes, against the values at the corners where they are attained, by Arb
/// at 300 bits.
using namespace assay;
using namespace assay::evaluate;

namespace {

constexpr long reference_precision = 300;

struct Exponential {
  Ball low, high;
};

/// The exact end of x.
Ball end_of(End end, MidRad x) {
  Ball out = ball_from(x.mid);
  const Ball rad = ball_from(end == End::lower ? -x.rad : x.rad);
  arf_add(arb_midref(out.get()), arb_midref(out.get()), arb_midref(rad.get()), ARF_PREC_EXACT, ARF_RND_DOWN);
  return out;
}

/// exp of both ends of each entry, less a shift that keeps the exponents of Arb in reach.
std::vector<Exponential> exponentials_of(const std::vector<MidRad>& v, const Ball& shift) {
  std::vector<Exponential> out(v.size());
  const auto exponential = [&](End end, MidRad x) {
    Ball value = end_of(end, x);
    arf_sub(arb_midref(value.get()), arb_midref(value.get()), arb_midref(shift.get()), ARF_PREC_EXACT, ARF_RND_DOWN);
    arb_exp(value.get(), value.get(), reference_precision);
    return value;
  };
  for (std::size_t i = 0; i < v.size(); ++i) out[i] = {exponential(End::lower, v[i]), exponential(End::upper, v[i])};
  return out;
}

/// The least and the largest value of softmax(v)[i], summed as they are defined.
Exponential share(const std::vector<Exponential>& e, std::size_t i) {
  Ball least = e[i].low;
  Ball most = e[i].high;
  for (std::size_t j = 0; j < e.size(); ++j)
    if (j != i) {
      least = add(least, e[j].high, reference_precision);
      most = add(most, e[j].low, reference_precision);
    }
  Exponential out;
  REQUIRE(divide(out.low, e[i].low, least, reference_precision) == Status::ok);
  REQUIRE(divide(out.high, e[i].high, most, reference_precision) == Status::ok);
  return out;
}

Exponential log_of_sum(const std::vector<Exponential>& e, const Ball& shift) {
  Exponential sums = e[0];
  for (std::size_t i = 1; i < e.size(); ++i) {
    sums.low = add(sums.low, e[i].low, reference_precision);
    sums.high = add(sums.high, e[i].high, reference_precision);
  }
  Exponential out;
  REQUIRE(apply(Elementary::log, out.low, sums.low, reference_precision) == Status::ok);
  REQUIRE(apply(Elementary::log, out.high, sums.high, reference_precision) == Status::ok);
  out.low = add(out.low, shift, reference_precision);
  out.high = add(out.high, shift, reference_precision);
  return out;
}

Ball ball_of(MidRad x) { return ball_from_midrad(x.mid, x.rad); }
Ball ball_of(const Ball& x) { return x; }

/// By how much the set is wider than the range, in units of `unit`, less 2⁻¹⁶ of the width of the range; the range must
/// lie inside.
template <class Set>
double excess(const Set& set, const Exponential& range, const Ball& unit) {
  const Ball ball = ball_of(set);
  Exponential ends;
  arb_get_interval_arf(arb_midref(ends.low.get()), arb_midref(ends.high.get()), ball.get(), 2 * reference_precision);
  const auto difference = [](const Ball& x, const Ball& y) { return sub(x, y, reference_precision); };
  REQUIRE(arb_is_positive(difference(ends.low, range.low).get()) == 0);
  REQUIRE(arb_is_positive(difference(range.high, ends.high).get()) == 0);
  Ball width = difference(range.high, range.low);
  Ball most = difference(difference(ends.high, ends.low), width);
  arb_mul_2exp_si(width.get(), width.get(), -16);
  Ball ratio;
  arb_div(ratio.get(), difference(most, width).get(), unit.get(), reference_precision);
  return upper_double(ratio);
}

/// Several vectors at a time, as lanes.
template <class A>
typename A::RealArray array_of(const A&, const std::vector<std::vector<MidRad>>& lanes) {
  typename A::RealArray out(lanes.size() * lanes[0].size());
  for (std::size_t l = 0; l < lanes.size(); ++l)
    for (std::size_t i = 0; i < lanes[l].size(); ++i) {
      if constexpr (std::is_same_v<typename A::Real, MidRad>)
        out.set(i * lanes.size() + l, lanes[l][i]);
      else
        out.set(i * lanes.size() + l, ball_of(lanes[l][i]));
    }
  return out;
}

/// The largest excess over all entries and lanes, in units in the last place of the value (at least 2⁻¹⁰⁶⁰ for
/// softmax in doubles, of 1 for log_sum_exp, whose sum is known to a relative error only).
template <class A>
std::pair<double, double> excesses(const A& arithmetic, const std::vector<std::vector<MidRad>>& lanes, double ulp) {
  const std::size_t n = lanes[0].size();
  const typename A::RealArray x = array_of(arithmetic, lanes);
  std::vector<Status> statuses;
  const typename A::RealArray shares = softmax(arithmetic, x, n, lanes.size(), statuses);
  for (const Status status : statuses) REQUIRE(status == Status::ok);
  const typename A::RealArray logs = log_sum_exp(arithmetic, x, n, lanes.size(), statuses);
  for (const Status status : statuses) REQUIRE(status == Status::ok);
  std::pair<double, double> out{0, 0};
  for (std::size_t l = 0; l < lanes.size(); ++l) {
    Ball shift = end_of(End::lower, lanes[l][0]);
    for (const MidRad& entry : lanes[l]) shift = max(shift, end_of(End::lower, entry), 4000);
    const std::vector<Exponential> e = exponentials_of(lanes[l], shift);
    // All entries of short vectors, some of long ones: the reference takes n steps for each.
    for (std::size_t i = 0; i < n; i += 1 + n / 40) {
      const Exponential range = share(e, i);
      Ball unit = mul(ball_from(ulp), range.high, reference_precision);
      arb_get_ubound_arf(arb_midref(unit.get()), unit.get(), 64);
      arb_get_mid_arb(unit.get(), unit.get());
      Ball smallest = ball_from(1);
      arb_mul_2exp_si(smallest.get(), smallest.get(), std::is_same_v<A, FastArithmetic> ? -1060 : -1000000);
      unit = max(unit, smallest, 64);
      out.first = std::max(out.first, excess(shares.get(i * lanes.size() + l), range, unit));
    }
    const Exponential range = log_of_sum(e, shift);
    double largest = std::max(1.0, upper_double(assay::abs(range.high)));
    for (const MidRad& entry : lanes[l]) largest = std::max(largest, std::fabs(entry.mid));
    out.second = std::max(out.second, excess(logs.get(l), range, ball_from(ulp * largest)));
  }
  return out;
}

double thirty_bits(double x) { return static_cast<double>(static_cast<float>(x)); }

/// Entries around 0, far from it, or all close together, with radii of one of many sizes.
std::vector<MidRad> random_vector(std::size_t n) {
  const double spread = *rc::gen::element(1e-3, 1.0, 30.0, 1000.0, 1e5);
  const double around = *rc::gen::element(0.0, 0.0, 700.0, -1e4, 1e6);
  const double radius = *rc::gen::element(0.0, 0x1p-60, 0x1p-45, 1e-8, 0.01, 1.0, 50.0, 2000.0);
  std::vector<MidRad> v(n);
  for (MidRad& x : v) {
    x.mid = around + spread * static_cast<double>(*rc::gen::inRange(-1000000, 1000000)) * 1e-6;
    x.rad = thirty_bits(radius * *rc::gen::element(0.0, 1.0, 0.3, 2.0));
  }
  return v;
}

constexpr double double_ulp = 0x1p-52;
constexpr double ball_ulp = 0x1p-127;

}  // namespace

TEST_CASE("softmax and log_sum_exp over boxes are as narrow as their ranges", "[evaluate][sharpness]") {
  double worst_fast = 0;
  double worst_ball = 0;
  CHECK(rc::check("whatever the size of the entries and radii", [&] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange(1, 40));
    std::vector<std::vector<MidRad>> lanes;
    for (int l = *rc::gen::inRange(1, 4); l > 0; --l) lanes.push_back(random_vector(n));
    const auto [fast, fast_log] = excesses(FastArithmetic(), lanes, double_ulp);
    const auto [ball, ball_log] = excesses(BallArithmetic(128), lanes, ball_ulp);
    worst_fast = std::max({worst_fast, fast, fast_log});
    worst_ball = std::max({worst_ball, ball, ball_log});
    RC_ASSERT(fast <= 16);
    RC_ASSERT(fast_log <= 16);
    RC_ASSERT(ball <= 64);
    RC_ASSERT(ball_log <= 64);
  }));
  UNSCOPED_INFO("worst excess in ulps: " << worst_fast << ", " << worst_ball);
  CHECK(worst_fast > 0);
}

TEST_CASE("softmax of thousands of entries is known to a few ulps", "[evaluate][sharpness]") {
  for (const double radius : {0.0, 1e-13, 0.25}) {
    std::vector<MidRad> v(5000);
    for (std::size_t i = 0; i < v.size(); ++i)
      v[i] = {10 * std::sin(static_cast<double>(i * i)),
              thirty_bits(radius * (1 + 0.5 * std::cos(static_cast<double>(i))))};
    CAPTURE(radius);
    const auto [fast, fast_log] = excesses(FastArithmetic(), {v}, double_ulp);
    CHECK(fast <= 24);
    CHECK(fast_log <= 16);
    const auto [ball, ball_log] = excesses(BallArithmetic(128), {v}, ball_ulp);
    CHECK(ball <= 64);
    CHECK(ball_log <= 64);
  }
}

TEST_CASE("softmax and log_sum_exp at the edges of what doubles can hold", "[evaluate][sharpness]") {
  const std::vector<std::vector<MidRad>> lanes[] = {
      {{{1000, 0}, {999, 0}, {-1000, 0}}},       // exp overflows, and underflows
      {{{0, 1000}, {0, 0}, {0, 0}}},             // one entry may be far above or far below the others
      {{{0, 1000}, {-2000, 0}, {-2000, 0}}},     // far above in any case
      {{{0, 1000}, {0, 1000}, {0, 1000}}},       // nothing is known but the bounds
      {{{-1e300, 0}, {-1e300, 0}, {1e300, 0}}},  //
      {{{1e17, 8}, {1e17, 8}, {1e17, 16}}},      // ends that are no doubles
      {{{0, 0x1p-1074}, {0, 0}, {0, 0}}},        //
      {{{40, 0}, {0, 0}, {0, 0}}, {{0, 0}, {0, 0}, {0, 0}}, {{-745, 1}, {0, 0}, {745, 1}}}};
  for (const auto& block : lanes) {
    CAPTURE(block[0][0].mid, block[0][0].rad);
    const auto [fast, fast_log] = excesses(FastArithmetic(), block, double_ulp);
    CHECK(fast <= 8);
    CHECK(fast_log <= 8);
    const auto [ball, ball_log] = excesses(BallArithmetic(128), block, ball_ulp);
    CHECK(ball <= 64);
    CHECK(ball_log <= 64);
  }
  // Where one entry is without information, its lane is open and no other.
  const double infinity = std::numeric_limits<double>::infinity();
  const FastArithmetic arithmetic;
  std::vector<Status> statuses;
  const MidRadArray x = array_of(arithmetic, {{{1, 0}, {0, infinity}}, {{1, 0}, {0, 0}}});
  static_cast<void>(softmax(arithmetic, x, 2, 2, statuses));
  CHECK((statuses[0] == Status::open && statuses[1] == Status::ok));
  static_cast<void>(log_sum_exp(arithmetic, x, 2, 2, statuses));
  CHECK((statuses[0] == Status::open && statuses[1] == Status::ok));
}

TEST_CASE("shares are not negative", "[evaluate]") {
  const FastArithmetic arithmetic;
  std::vector<Status> statuses;
  const MidRadArray shares =
      softmax(arithmetic, array_of(arithmetic, {{{0, 1e-3}, {60, 1e-3}, {-900, 1}}}), 3, 1, statuses);
  for (std::size_t i = 0; i < 3; ++i) CHECK(is_nonnegative(shares.get(i)));
  CHECK(upper(shares.get(1)) <= 1 + 0x1p-51);
}

TEST_CASE("softmax, log_sum_exp and gelu mean their definitions", "[evaluate]") {
  evaluate::testing::Bench bench("let soft(v) = with e = exp(v): e/sum(e)\nlet f = softmax");
  for (const char* formula : {
           "softmax([0, 0, 0]) == [1/3, 1/3, 1/3]",
           "softmax([5]) == [1]",
           "softmax([0, log(3)]) == [1/4, 3/4]",
           "size(softmax([])) == 0",
           "forall i in 0..2: abs(softmax([1, 2, 3])[i] - soft([1, 2, 3])[i]) < 1e-30",
           "f([7, 7]) == [1/2, 1/2] and iterate(softmax, [1, 1], 3) == [1/2, 1/2]",
           "softmax([I*pi, 0, 0]) == [-1, 1, 1]",
           "softmax([1, 2])[0] == soft([1, 2])[0]",
           "forall n in 1..40: abs(sum(softmax(vector(i in 0..n-1: sqrt(i)))) - 1) < 1e-25",
           "log_sum_exp([0, 0]) == log(2) and log_sum_exp([3]) == 3",
           "abs(log_sum_exp([10000, 10000]) - 10000 - log(2)) < 1e-30",
           "gelu(0) == 0 and gelu(1) == (1 + erf(1/sqrt(2)))/2",
           "gelu(-100) < 0 and gelu(-100) > -1e-2000",
           "forall x in -50..50: abs(gelu(x/10) - x/10*(1 + erf(x/10/sqrt(2)))/2) < 1e-30",
           "abs(sum(gelu([1, -2; 3, 4])) - (gelu(1) + gelu(-2) + gelu(3) + gelu(4))) < 1e-30",
       }) {
    INFO(formula);
    CHECK(bench.truth(formula) == Truth::true_);
  }
  CHECK(bench.truth("log_sum_exp([]) < 0") == Truth::undefined);
  CHECK(bench.truth("softmax([1/0, 0])[1] < 2") == Truth::undefined);
  CHECK(bench.truth("gelu(log(-1)) < 2") == Truth::undefined);
  CHECK(bench.identity("forall x in R, y in R: softmax([x, y])[0]*(exp(x) + exp(y)) == exp(x)").truth == Truth::true_);
}

TEST_CASE("fast enclosures decide what a confident softmax says, and refute its false neighbours", "[evaluate]") {
  // The logits are known to 10⁻² in doubles, the share of the first is 1 - 4·10⁻¹⁸.
  evaluate::testing::Bench bench(
      "let x = 10^13*pi - 31415926535897\nlet v(k) = [x + 40 + k, x + k, x - k]\n"
      "let large(k) = [1000*k + pi, 0, -1000*k]");
  const auto by_fast = [&](const std::string& formula, std::uint64_t points) {
    INFO(formula);
    const Outcome outcome = bench.decide(formula);
    const auto decided = outcome.effort.decided.find(FastArithmetic::name);
    CHECK((decided != outcome.effort.decided.end() && decided->second == points));
    return outcome.truth;
  };
  CHECK(by_fast("forall k in 1..9: softmax(v(k))[0] > 0.9999", 9) == Truth::true_);
  CHECK(by_fast("forall k in 1..9: softmax(large(k))[0] > 0.9999", 9) == Truth::true_);
  CHECK(by_fast("forall k in 1..9: abs(log_sum_exp(large(k)) - 1000*k - pi) < 1e-9", 9) == Truth::true_);
  CHECK(bench.truth("forall k in 1..9: softmax(v(k))[1] < 1e-15") == Truth::true_);
  CHECK(bench.truth("forall k in 1..9: softmax(v(k))[1] < 4e-18") == Truth::false_);
  CHECK(bench.truth("softmax(v(1))[0] > 1 - 5e-18") == Truth::true_);
  CHECK(bench.truth("softmax(v(1))[0] > 1 - 4e-18") == Truth::false_);
}
