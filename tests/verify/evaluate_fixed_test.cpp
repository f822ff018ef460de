#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "../evaluate/random_formula.hpp"
#include "../evaluate/support.hpp"
#include "evaluate/prover_evaluators.hpp"
#include "fixed_testing.hpp"
#include "verify/evaluators.hpp"
#include "verify/fixed_arithmetic.hpp"

/// The evaluator over fixed-point intervals, compared with exact algebra and with the prover's ladder.

using namespace assay;
using namespace assay::evaluate;
using namespace assay::verify;
using namespace assay::verify::testing;
using assay::evaluate::testing::formula_data;
using assay::evaluate::testing::random_formula;
using assay::evaluate::testing::random_point;
using assay::evaluate::testing::text;

namespace {

/// Definitions, and expressions evaluated in one arithmetic.
class Workbench {
 public:
  explicit Workbench(const std::string& definitions)
      : document_(std::make_shared<const notation::Document>(
            notation::parse_document(std::make_shared<const SourceText>("test", definitions), false))),
        program_(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}), document_) {}

  template <class A>
  Value<A> value(const std::string& expression) {
    Session session(program_, files, budget_);
    return Evaluator<A>(A{}, session).evaluate(*unit(expression));
  }
  template <class A>
  Truth truth(const std::string& formula) {
    Session session(program_, files, budget_);
    const Unit& resolved = *unit(formula);
    session.outermost = resolved.body.get();
    return Evaluator<A>(A{}, session).decide(resolved);
  }
  Truth ladder(const std::string& formula) {
    return evaluate::decide(program_, files, *unit(formula), budget_, {}).truth;
  }

  assay::evaluate::testing::NoFiles files;

 private:
  const Unit* unit(const std::string& source) {
    const auto expression = notation::parse_expression(std::make_shared<const SourceText>("formula", source));
    notation::check_kinds(expression, document_.get(), notation::prelude(), {});
    expressions_.push_back(expression);
    units_.push_back(program_.resolve(expression));
    return units_.back().get();
  }

  notation::DocumentPtr document_;
  Program program_;
  Budget budget_;
  std::vector<notation::ExprPtr> expressions_;
  std::vector<std::unique_ptr<Unit>> units_;
};

std::vector<FixedPoint> enclosures(const Value<FixedArithmetic>& value) {
  const auto* x = value.numeric();
  REQUIRE(x != nullptr);
  REQUIRE(x->status.all_ok());
  std::vector<FixedPoint> out;
  for (std::size_t i = 0; i < x->entries(); ++i)
    out.push_back(x->form == Form::integer ? fixed_from((*x->integers)[i]) : x->reals->get(i));
  return out;
}

std::vector<Rational> rationals(const Value<evaluate::ExactArithmetic>& value) {
  const auto* x = value.numeric();
  REQUIRE(x != nullptr);
  std::vector<Rational> out;
  for (std::size_t i = 0; i < x->entries(); ++i) {
    if (x->form == Form::integer) {
      out.push_back(exact_integer((*x->integers)[i]));
      continue;
    }
    const auto q = evaluate::ExactArithmetic().rational(x->reals->get(i));
    REQUIRE(q);
    out.push_back(*q);
  }
  return out;
}

/// A random multiple of 2^−bits between −2 and 2; in two parts, as integers have to fit.
std::string random_dyadic(int bits) {
  constexpr int first_bits = 20;
  const auto quotient = [](long n, int by) { return std::to_string(n) + "/" + std::to_string(1L << by); };
  const int first = std::min(bits, first_bits);
  std::string out = "(" + quotient(*rc::gen::inRange<long>(-(2L << first), (2L << first) + 1), first);
  if (bits > first) {
    const long rest = *rc::gen::inRange<long>(0, 1L << (bits - first));
    out += " + " + quotient(rest, first_bits) + "/" + std::to_string(1L << (bits - first_bits));
  }
  return out + ")";
}

std::string random_matrix(std::size_t rows, std::size_t columns, int bits) {
  std::string out = "[";
  for (std::size_t i = 0; i < rows * columns; ++i)
    out += (i == 0 ? "" : i % columns == 0 ? "; " : ", ") + random_dyadic(bits);
  return out + (columns == rows * columns ? ";]" : "]");
}

}  // namespace

TEST_CASE("random rational functions in fixed point contain their exact values", "[verify][fixed][property]") {
  int known = 0;
  int runs = 0;
  int sharp = 0;
  CHECK(rc::check("against exact algebra", [&] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange<int>(1, 4));
    const auto f = random_formula(n, *rc::gen::inRange<int>(1, 5), true);
    const std::vector<Rational> x = random_point(n);
    Workbench bench(std::string(formula_data) + "let v = " + text(x) + "\n");
    ++runs;
    const Value<FixedArithmetic> value = bench.value<FixedArithmetic>(text(f));
    if (!value.numeric()->status.all_ok()) return;  // a quotient of what does not fit
    const FixedPoint found = enclosures(value).front();
    const Rational exact = rationals(bench.value<evaluate::ExactArithmetic>(text(f))).front();
    RC_ASSERT(contains_rational(found, exact));
    if (!is_finite(found)) return;
    ++known;
    const Rational size = ::abs(exact) + 1;
    if (upper(found) - lower(found) <= size / 1000000) ++sharp;
  }));
  CHECK(runs >= 100);
  CHECK(known >= runs / 2);
  CHECK(sharp >= known * 9 / 10);
}

TEST_CASE("random elementary functions are decided as by the ladder, or not at all", "[verify][fixed][property]") {
  int decided = 0;
  int runs = 0;
  CHECK(rc::check("comparisons with rationals nearby", [&] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange<int>(1, 3));
    const auto f = random_formula(n, *rc::gen::inRange<int>(1, 4), false);
    Workbench bench(std::string(formula_data) + "let v = " + text(random_point(n)) + "\n");
    const auto bound = [&] { return std::to_string(*rc::gen::inRange<int>(-40, 41)) + "/16"; };
    const std::string claim = text(f) + " < " + bound() + " or " + text(f) + "^2 > " + bound();
    const Truth truth = bench.truth<FixedArithmetic>(claim);
    ++runs;
    if (truth == Truth::unknown) return;
    ++decided;
    const Truth expected = bench.ladder(claim);
    if (truth != expected) RC_LOG() << claim << "\n";
    RC_ASSERT(truth == expected);
  }));
  CHECK(decided >= runs * 8 / 10);
}

TEST_CASE("random networks over all inputs: products, squares, relu, argmax", "[verify][fixed][property]") {
  CHECK(rc::check("values are enclosed, and claims decided as by exact algebra", [] {
    const auto hidden = static_cast<std::size_t>(*rc::gen::inRange<int>(2, 9));
    const auto n = static_cast<std::size_t>(*rc::gen::inRange<int>(2, 6));
    const int bits = *rc::gen::element(3, 20, 41);  // points, points, enclosed weights
    const std::string activation = *rc::gen::element<std::string>("relu", "square", "abs");
    const std::string p = std::to_string(n);
    Workbench bench("let E = " + random_matrix(hidden, n, bits) + "\nlet W = " + random_matrix(hidden, hidden, bits) +
                    "\nlet b = transpose(" + random_matrix(1, hidden, bits) +
                    ")\nlet U = " + random_matrix(n, hidden, bits) + "\nlet square(v) = v.^2\nlet last = " + p +
                    " - 1\nlet unit(a) = vector(i in 0..last: if i == a then 1 else 0)\n" +
                    "let inner(a, c) = W*(E*unit(a) + E*unit(c)) + b\n" + "let logits(a, c) = U*" + activation +
                    "(inner(a, c))\n");
    const std::string all = "concat(logits(0, 0), concat(logits(last, 0), logits(1, last)))";
    const std::vector<FixedPoint> found = enclosures(bench.value<FixedArithmetic>(all));
    const std::vector<Rational> exact = rationals(bench.value<evaluate::ExactArithmetic>(all));
    RC_ASSERT(found.size() == exact.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
      RC_ASSERT(is_finite(found[i]));
      RC_ASSERT(contains_rational(found[i], exact[i]));
      // Sums of 8·8 terms of sizes up to 2·16 each, an error of a unit in the first factors.
      RC_ASSERT(found[i].high - found[i].low <= 1 << 20);
      if (bits == 3) RC_ASSERT(is_point(found[i]));
    }
    const std::string domain = "a in 0..last, c in 0..last";
    const std::string every = "forall " + domain;
    for (const std::string& claim :
         {every + ": argmax(logits(a, c)) == (a + c) mod (last + 1)", "max(" + domain + ": max(logits(a, c))) < 20",
          "sum(" + domain + ": sum(logits(a, c))) > 0", every + ": logits(a, c)[0] > logits(a, c)[1] - 30",
          "count(" + domain + " where logits(a, c)[0] > logits(a, c)[1]) >= 2"}) {
      const Truth truth = bench.truth<FixedArithmetic>(claim);
      const Truth expected = bench.ladder(claim);
      if (truth != Truth::unknown && truth != expected) RC_LOG() << claim << "\n";
      RC_ASSERT(truth == Truth::unknown || truth == expected);
      // With few bits everything is exact, ties included.
      if (bits == 3) RC_ASSERT(truth != Truth::unknown);
    }
  }));
}

TEST_CASE("whole functions and roots of unity in fixed point", "[verify][fixed]") {
  Workbench bench("let v = [1/3, -2, 5/7]\nlet w = [300, 301, -1000]\nlet n = 113\n");
  const auto check = [&](const std::string& claim) {
    INFO(claim);
    CHECK(bench.ladder(claim) == Truth::true_);
    CHECK(bench.truth<FixedArithmetic>(claim) == Truth::true_);
  };
  check("abs(sum(softmax(v)) - 1) < 1e-10");
  check("abs(softmax(v)[0] - exp(1/3)/(exp(1/3) + exp(-2) + exp(5/7))) < 1e-10");
  check("abs(softmax(w)[0] - 1/(1 + exp(1))) < 1e-10");
  check("abs(log_sum_exp(w) - 300 - log(1 + exp(1))) < 1e-10");
  check("abs(gelu(v)[1] + 2*(1 + erf(-2/sqrt(2)))/2) < 1e-10");
  check("abs(sum(layernorm(v, 1e-5))) < 1e-9");
  check("abs(re(sum(k in 0..n-1: omega(n)^k))) < 1e-6 and abs(im(omega(4)) - 1) < 1e-10");
  check("abs(omega(7)) < 1 + 1e-10");
  check("forall a in 0..n-1: abs(cos(2*pi*a/n)^2 + sin(2*pi*a/n)^2 - 1) < 1e-10");
  check("(17 mod 5) + floor(7/2) + ceil(sqrt(2)) == 7");
  check("exists a in 0..n-1: cos(2*pi*a/n) < -0.999");
  check("sqrt(2)^2 < 2.000001 and 2^10 == 1024 and 2^(1/2) > 1.4");
}

TEST_CASE("what does not fit into fixed point stays undecided", "[verify][fixed]") {
  Workbench bench("let big = [3000.5, 1; 1, 2]\n");
  for (const char* claim :
       {"3000.5^2 > 9000000", "exp(20) > 1", "sum(k in 1..3000: k + 0.5) > 4000000", "(big*big)[0, 0] > 9000000",
        "1/(sqrt(2) - 1.414213562373) > 1", "5000000.5 > 1", "sqrt(2)*sqrt(2) == 2"}) {
    INFO(claim);
    CHECK(bench.truth<FixedArithmetic>(claim) == Truth::unknown);
  }
  // Next to it, what fits is decided. Quotients of integers fit if the integers do not.
  CHECK(bench.truth<FixedArithmetic>("abs(sqrt(2) - 1.4142135) < 1/10000000") == Truth::true_);
  CHECK(bench.truth<FixedArithmetic>("[20000001, 1]/10000000 == [2 + 1/10000000, 0]") == Truth::false_);
  CHECK(bench.truth<FixedArithmetic>("forall k in 1..100: k*10^16/10^17 > k/10.001") == Truth::true_);
  CHECK(bench.truth<FixedArithmetic>("10000001/0 > 1") == Truth::undefined);
  CHECK(bench.truth<FixedArithmetic>("10^18/3 > 1") == Truth::unknown);
  CHECK(bench.truth<FixedArithmetic>("(big*big)[1, 1] == 5") == Truth::true_);
  CHECK(bench.truth<FixedArithmetic>("sum(k in 1..2000: k + 0.5) > 2000000") == Truth::true_);
  CHECK(bench.truth<FixedArithmetic>("1/0 > 1") == Truth::undefined);
  CHECK(bench.truth<FixedArithmetic>("sqrt(-1/2) > 1") == Truth::undefined);
}

TEST_CASE("stored doubles of any size are enclosed", "[verify][fixed]") {
  Workbench bench("let w = load(\"weights\")\n");
  files::Record weights;
  const std::vector<double> entries = {0x1p-1074, 1e-32, -1e-32, 0.1, 30.5, 1e308};
  const auto decode = [entries] { return files::TensorValues(entries); };
  REQUIRE(
      weights.add("A", {std::make_shared<const files::Tensor>(files::ElementType::float64, files::Shape{6}, decode)}));
  bench.files.add("weights", {weights});
  CHECK(bench.truth<FixedArithmetic>("abs(w.A[0]) < 1e-11 and abs(w.A[1] + w.A[2]) < 1e-11") == Truth::true_);
  CHECK(bench.truth<FixedArithmetic>("w.A[0] >= 0 and w.A[2] <= 0 and w.A[4] == 30.5") == Truth::true_);
  CHECK(bench.truth<FixedArithmetic>("w.A[0] > 0") == Truth::unknown);
  CHECK(bench.truth<FixedArithmetic>("w.A[5] > 0") == Truth::unknown);
  CHECK(bench.truth<FixedArithmetic>("abs(w.A[3] - 0.1) < 1e-11") == Truth::true_);
}

TEST_CASE("linear algebra and solutions are left to the next arithmetic", "[verify][fixed]") {
  Workbench bench("");
  for (const char* claim : {"inverse([sqrt(2), 0; 0, 1])[0, 0] < 1", "det([pi, 1; 1, pi]) > 0",
                            "(the x in box([1], [2]): x[0]^2 == 2)[0] < 1.5"}) {
    INFO(claim);
    CHECK(bench.truth<FixedArithmetic>(claim) == Truth::unknown);
  }
}
