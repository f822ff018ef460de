#include <algorithm>
#include <vector>

#include "exact_number_testing.hpp"
#include "number/exact.hpp"

/// The two exact arithmetics, run side by side: the prover's on FLINT and Calcium, the verifier's on GMP and MPFI. They
/// may know different things, but never contradict each other.

using namespace assay;
using verify::ExactNumber;
using verify::testing::number;

namespace {

/// One number, computed twice.
struct Twin {
  Exact prover;
  ExactNumber verifier;
};

bool encloses(const Interval& x, const Ball& y) { return contains(x, lower(y)) || contains(x, upper(y)); }

/// Whether the enclosures of both have a point in common.
bool meet(const Twin& x) {
  const ComplexBall ball = enclosure(x.prover, 200);
  const ComplexInterval box = enclosure(x.verifier, 100);
  return !is_finite(box) || (encloses(box.re, re(ball)) && encloses(box.im, im(ball)));
}

constexpr Elementary all_functions[] = {Elementary::sqrt, Elementary::exp,  Elementary::log,  Elementary::sin,
                                        Elementary::cos,  Elementary::tan,  Elementary::asin, Elementary::acos,
                                        Elementary::atan, Elementary::sinh, Elementary::cosh, Elementary::tanh,
                                        Elementary::erf,  Elementary::gamma};

bool contradict(Status a, Status b) { return a != Status::open && b != Status::open && a != b; }

/// What two comparisons of the same numbers leave possible.
bool contradict(Relations a, Relations b) { return (a & b) == relation::none; }
bool contradict(Truth a, Truth b) { return a != Truth::unknown && b != Truth::unknown && a != b; }

std::vector<Twin> constants() {
  std::vector<Twin> out;
  for (const Rational& r : {Rational(0), Rational(1), Rational(-1), Rational(2), Rational(1, 3), Rational(-5, 2)})
    out.push_back({Exact(r), ExactNumber(r)});
  out.push_back({exact_pi(), verify::exact_pi()});
  out.push_back({exact_i(), verify::exact_i()});
  out.push_back({exact_root_of_unity(5, 1), verify::exact_root_of_unity(5, 1)});
  return out;
}

/// A straight-line program of random operations: each on two of the numbers before it.
class Program {
 public:
  void step() {
    const Twin x = any();
    const Twin y = any();
    Twin out;
    Status prover = Status::ok;
    Status verifier = Status::ok;
    const int operation = *rc::gen::inRange(0, 8);
    try {
      switch (operation) {
        case 0: out = {x.prover + y.prover, x.verifier + y.verifier}; break;
        case 1: out = {x.prover - y.prover, x.verifier - y.verifier}; break;
        case 2: out = {x.prover * y.prover, x.verifier * y.verifier}; break;
        case 3:
          prover = divide(out.prover, x.prover, y.prover);
          verifier = divide(out.verifier, x.verifier, y.verifier);
          break;
        case 4: {
          const Rational q = *rc::gen::element(Rational(1, 2), Rational(1, 3), Rational(2), Rational(-3, 2));
          prover = power(out.prover, x.prover, Exact(q));
          verifier = power(out.verifier, x.verifier, ExactNumber(q));
          break;
        }
        case 5: out = {conj(x.prover), conj(x.verifier)}; break;
        case 6:
          prover = abs(out.prover, x.prover);
          verifier = abs(out.verifier, x.verifier);
          break;
        default: {
          const Elementary f =
              *rc::gen::elementOf(std::vector<Elementary>(std::begin(all_functions), std::end(all_functions)));
          prover = apply(f, out.prover, x.prover, true);
          verifier = apply(f, out.verifier, x.verifier, true);
        }
      }
    } catch (const NotRepresentable&) {
      return;
    }
    RC_ASSERT(!contradict(prover, verifier));
    if (prover != Status::ok || verifier != Status::ok) return;
    // Towers of exponentials are not what is tested here.
    const Interval size = abs(enclosure(out.verifier, 64), 64);
    if (!is_finite(size) || compare(size, interval_from(1L << 40)) != relation::less) return;
    RC_ASSERT(meet(out));
    compare_with_all(out);
    numbers_.push_back(std::move(out));
  }

 private:
  [[nodiscard]] const Twin& any() const { return numbers_[*rc::gen::inRange<std::size_t>(0, numbers_.size())]; }

  void compare_with_all(const Twin& x) const {
    RC_ASSERT(!contradict(is_real(x.prover), is_real(x.verifier)));
    for (const Twin& y : numbers_) RC_ASSERT(!contradict(compare(x.prover, y.prover), compare(x.verifier, y.verifier)));
    const auto p = rational_value(x.prover);
    const auto q = rational_value(x.verifier);
    if (p && q) RC_ASSERT(*p == *q);
    if (q) RC_ASSERT((compare(x.prover, Exact(*q)) & relation::equal) != 0);
    const auto m = floor(x.prover);
    const auto n = floor(x.verifier);
    if (m && n) RC_ASSERT(*m == *n);
  }

  std::vector<Twin> numbers_ = constants();
};

}  // namespace

TEST_CASE("the prover's and the verifier's exact numbers never contradict each other", "[verify][exact][property]") {
  CHECK(rc::check("random programs", [] {
    Program program;
    for (int k = 0; k < 7; ++k) program.step();
  }));
}

TEST_CASE("the verifier's elementary functions agree with the prover's, real and complex", "[verify][exact]") {
  const auto root = [](long n) {
    return Twin{*[n] {
                  Exact out;
                  return apply(Elementary::sqrt, out, Exact(Rational(n)), true) == Status::ok ? std::optional(out)
                                                                                              : std::nullopt;
                }(),
                verify::testing::root(n)};
  };
  std::vector<Twin> numbers = constants();
  numbers.push_back(root(2));
  numbers.push_back({neg(root(3).prover), neg(root(3).verifier)});
  for (const Rational& turn : {Rational(1, 5), Rational(-7, 12), Rational(1, 2)})
    numbers.push_back({Exact(turn) * exact_pi(), ExactNumber(turn) * verify::exact_pi()});
  numbers.push_back({exact_pi() * exact_pi(), verify::exact_pi() * verify::exact_pi()});
  numbers.push_back({Exact(Rational(1)) - exact_i(), number(1) - verify::exact_i()});
  for (const auto& [n, k] : {std::pair(5, 2), std::pair(7, 1), std::pair(8, 5)})
    numbers.push_back(
        {Exact(Rational(-2)) * exact_root_of_unity(n, k), number(-2) * verify::exact_root_of_unity(n, k)});
  int known = 0;
  for (const Elementary f : all_functions)
    for (const Twin& x : numbers)
      for (const bool over_reals : {true, false}) {
        Twin out;
        const Status prover = apply(f, out.prover, x.prover, over_reals);
        const Status verifier = apply(f, out.verifier, x.verifier, over_reals);
        CAPTURE(static_cast<int>(f), to_string(x.verifier), over_reals);
        REQUIRE_FALSE(contradict(prover, verifier));
        if (verifier == Status::ok) ++known;
        if (prover == Status::ok && verifier == Status::ok) REQUIRE(meet(out));
        ComplexInterval expected;
        // At an argument with more bits than the result MPFR 4.2.0 does not always return (formal_fraction.cpp).
        const ComplexInterval argument = add(enclosure(x.verifier, 200), ComplexInterval(), 200);
        if (verifier == Status::ok && apply(f, expected, argument, 200) == Status::ok)
          REQUIRE(verify::testing::overlap(enclosure(out.verifier, 150), expected));
      }
  CHECK(known >= 300);
}

TEST_CASE("classical values come out as multiples of pi, rationals and roots for the verifier", "[verify][exact]") {
  using namespace verify::testing;
  for (long n = 3; n <= 40; ++n)
    for (long k = 0; k <= n; ++k) {
      const ExactNumber angle = turn(k, n);
      CAPTURE(k, n);
      REQUIRE(compare(at(Elementary::acos, at(Elementary::cos, angle)), angle) == relation::equal);
      if (2 * k >= n) continue;
      REQUIRE(compare(at(Elementary::atan, at(Elementary::tan, angle)), angle) == relation::equal);
      REQUIRE(compare(at(Elementary::asin, at(Elementary::sin, angle)), angle) == relation::equal);
      if (n > 16) break;
    }
  CHECK(compare(at(Elementary::atan, root(2) - number(1)), turn(1, 8)) == relation::equal);
  CHECK(compare(at(Elementary::log, number(-1), false), verify::exact_i() * verify::exact_pi()) == relation::equal);
  const ExactNumber half = at(Elementary::gamma, number(1, 2));
  CHECK(compare(half * half, verify::exact_pi()) == relation::equal);
  for (long k = -4; k <= 4; ++k)
    for (const ExactNumber& x : {number(2 * k + 1, 2), number(3 * k + 1, 3)})
      CHECK(compare(at(Elementary::gamma, x + number(1)), x * at(Elementary::gamma, x)) == relation::equal);
}

TEST_CASE("domains of the verifier's functions are decided on the boundary", "[verify][exact]") {
  using namespace verify::testing;
  const auto status = [](Elementary f, const ExactNumber& x, bool over_reals = true) {
    ExactNumber out;
    return apply(f, out, x, over_reals);
  };
  CHECK(status(Elementary::log, number(0)) == Status::undefined);
  CHECK(status(Elementary::log, root(2) * root(3) - root(6)) == Status::undefined);
  CHECK(status(Elementary::log, number(-1)) == Status::undefined);
  CHECK(status(Elementary::log, number(-1), false) == Status::ok);
  CHECK(status(Elementary::sqrt, number(-1)) == Status::undefined);
  CHECK(status(Elementary::sqrt, number(-1), false) == Status::ok);
  CHECK(status(Elementary::sqrt, number(1) - root(2)) == Status::undefined);
  CHECK(status(Elementary::sqrt, cube_root(number(2)) * cube_root(number(4)) - number(2)) == Status::ok);
  CHECK(status(Elementary::tan, turn(1, 2)) == Status::undefined);
  CHECK(status(Elementary::tan, turn(-5, 2)) == Status::undefined);
  CHECK(status(Elementary::asin, number(1)) == Status::ok);
  CHECK(status(Elementary::asin, number(1000001, 1000000)) == Status::undefined);
  CHECK(status(Elementary::acos, root(2)) == Status::undefined);
  CHECK(status(Elementary::atan, verify::exact_i(), false) == Status::undefined);
  CHECK(status(Elementary::gamma, number(0)) == Status::undefined);
  CHECK(status(Elementary::gamma, number(-7)) == Status::undefined);
  CHECK(status(Elementary::gamma, number(1000000)) == Status::open);
}

TEST_CASE("powers of the verifier's numbers follow the conventions of the notation", "[verify][exact]") {
  using namespace verify::testing;
  ExactNumber out;
  CHECK(power(out, number(0), 0L) == Status::ok);
  CHECK(rational_value(out) == Rational(1));
  CHECK(power(out, number(0), -1L) == Status::undefined);
  CHECK(power(out, number(0), number(1, 2)) == Status::ok);
  CHECK(rational_value(out) == Rational(0));
  CHECK(power(out, number(0), number(-1, 2)) == Status::undefined);
  CHECK(power(out, number(-8), number(1, 3)) == Status::undefined);
  CHECK(power(out, number(-8), root(2)) == Status::undefined);
  CHECK(power(out, number(-8), number(1, 3), false) == Status::ok);
  CHECK(compare(out, number(1) + verify::exact_i() * root(3)) == relation::equal);
  CHECK(power(out, number(8), number(-2, 3)) == Status::ok);
  CHECK(rational_value(out) == Rational(1, 4));
  CHECK(power(out, number(2), number(3, 2)) == Status::ok);
  CHECK(compare(out, number(2) * root(2)) == relation::equal);
  CHECK(power(out, verify::exact_i(), verify::exact_i()) == Status::ok);
  CHECK(compare(out, at(Elementary::exp, turn(-1, 2))) == relation::equal);
  CHECK(power(out, at(Elementary::exp, number(1)), number(5)) == Status::ok);
  CHECK(compare(out, at(Elementary::exp, number(5))) == relation::equal);
  CHECK(power(out, number(3), Integer("100000000000000000000")) == Status::open);
  CHECK(power(out, number(-1), Integer("100000000000000000001")) == Status::ok);
  CHECK(rational_value(out) == Rational(-1));
  CHECK(power(out, verify::exact_i(), Integer("100000000000000000001")) == Status::ok);
  CHECK(compare(out, verify::exact_i()) == relation::equal);
  CHECK(power(out, number(3), 1L << 40U) == Status::open);
}
