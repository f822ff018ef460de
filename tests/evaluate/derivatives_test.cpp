#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "../graph/rational_arithmetic.hpp"
#include "base/error.hpp"
#include "claims.hpp"
#include "evaluate/ball_arithmetic.hpp"
#include "random_formula.hpp"
#include "support.hpp"

/// Derivatives through claims. Random formulas are differentiated a second time by dual numbers (random_formula.hpp),
/// which share no code with graphs and reverse accumulation: over rational numbers exactly, over balls of 400 bits
/// otherwise.
using namespace assay;
using namespace assay::evaluate;
using namespace assay::evaluate::testing;

namespace {

using Rationals = Certain<graph::RationalArithmetic>;
using Balls = Certain<BallArithmetic>;

const Rationals& rationals() {
  static const Rationals arithmetic{graph::RationalArithmetic()};
  return arithmetic;
}
const Balls& balls() {
  static const Balls arithmetic{BallArithmetic(400)};
  return arithmetic;
}

std::string function_of(const Formula& f) { return std::string(formula_data) + "let f(v) = " + text(f) + "\n"; }

std::vector<Rational> gradient_of(const Formula& f, const std::vector<Rational>& x) {
  std::vector<Rational> out;
  for (std::size_t i = 0; i < x.size(); ++i) out.push_back(slope(rationals(), f, x, i));
  return out;
}
std::vector<Rational> hessian_of(const Formula& f, const std::vector<Rational>& x) {
  std::vector<Rational> out;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < x.size(); ++j) out.push_back(curvature(rationals(), f, x, i, j));
  return out;
}

std::vector<Rational> changed(std::vector<Rational> numbers) {
  const auto i = static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(numbers.size())));
  numbers[i] += Rational(1) / power(Rational(10), 30);
  return numbers;
}

/// Neither true nor false.
void check_not_decided(Bench& bench, const std::string& formula) {
  check_not(bench, formula, {Truth::true_, Truth::false_});
}

}  // namespace

TEST_CASE("derivatives of random rational functions are exact", "[evaluate][derivatives][property]") {
  CHECK(rc::check("gradient, Hessian and the Jacobian of the gradient", [] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange<int>(1, 4));
    const Formula f = random_formula(n, *rc::gen::inRange<int>(1, 4), true);
    const std::vector<Rational> x = random_point(n);
    Bench bench(function_of(f));
    const std::string at = "(" + text(x) + ")";
    const auto gradient = gradient_of(f, x);
    const auto hessian = hessian_of(f, x);
    require(bench, "grad(f)" + at + " == " + text(gradient), Truth::true_);
    require(bench, "grad(f)" + at + " == " + text(changed(gradient)), Truth::false_);
    require(bench, "hessian(f)" + at + " == " + text(hessian, n), Truth::true_);
    require(bench, "hessian(f)" + at + " == " + text(changed(hessian), n), Truth::false_);
    require(bench, "jacobian(grad(f))" + at + " == " + text(hessian, n), Truth::true_);
    require(bench, "hessian(f)" + at + " == hessian(f)" + at + "'", Truth::true_);
  }));
}

TEST_CASE("Jacobians have a row for each value and a column for each variable", "[evaluate][derivatives][property]") {
  CHECK(rc::check("of fewer, as many and more values than variables", [] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange<int>(1, 4));
    const auto m = static_cast<std::size_t>(*rc::gen::inRange<int>(1, 5));
    const std::vector<Rational> x = random_point(n);
    std::string definitions = std::string(formula_data) + "let f(v) = [";
    std::vector<Rational> jacobian;
    for (std::size_t i = 0; i < m; ++i) {
      const Formula f = random_formula(n, *rc::gen::inRange<int>(0, 3), true);
      definitions += (i > 0 ? ", " : "") + text(f);
      for (const Rational& q : gradient_of(f, x)) jacobian.push_back(q);
    }
    Bench bench(definitions + "]\n");
    require(bench, "jacobian(f)(" + text(x) + ") == " + text(jacobian, n), Truth::true_);
    require(bench, "jacobian(f)(" + text(x) + ") == " + text(changed(jacobian), n), Truth::false_);
  }));
}

TEST_CASE("derivatives of random elementary functions are enclosed, and sharply", "[evaluate][derivatives][property]") {
  int runs = 0;
  int sharp = 0;
  CHECK(rc::check("against dual balls of 400 bits", [&] {
    const auto n = static_cast<std::size_t>(*rc::gen::inRange<int>(1, 3));
    const Formula f = random_formula(n, *rc::gen::inRange<int>(1, 4), false);
    const std::vector<Rational> x = random_point(n);
    Bench bench(function_of(f));
    Settings enclosures;
    enclosures.enclosures_only = true;
    const auto i = static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(n)));
    const auto j = static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(n)));
    const auto compare = [&](const std::string& derivative, const Ball& reference) {
      const std::string difference = "abs(" + derivative + " - " + text(midpoint_rational(reference)) + ")";
      const std::string size = "(1 + abs(" + text(midpoint_rational(reference)) + "))";
      // False in doubles if their enclosure does not contain the number; then true in balls.
      RC_ASSERT(bench.decide(difference + " < 1e-40*" + size, enclosures).truth == Truth::true_);
      RC_ASSERT(bench.decide(difference + " > 1e-40*" + size, enclosures).truth == Truth::false_);
      const Outcome rough = bench.decide(difference + " < 1e-9*" + size, enclosures);
      RC_ASSERT(rough.truth == Truth::true_);
      ++runs;
      sharp += rough.effort.precision == 53;
    };
    compare("grad(f)(" + text(x) + ")[" + std::to_string(i) + "]", slope(balls(), f, x, i));
    compare("hessian(f)(" + text(x) + ")[" + std::to_string(i) + ", " + std::to_string(j) + "]",
            curvature(balls(), f, x, i, j));
  }));
  CHECK(sharp * 10 > runs * 9);
}

TEST_CASE("the inertia of an enclosed Hessian is that of the exact one", "[evaluate][derivatives][property]") {
  int checked = 0;
  CHECK(rc::check("of functions of two variables", [&] {
    const Formula f = random_formula(2, *rc::gen::inRange<int>(2, 4), false);
    const std::vector<Rational> x = random_point(2);
    const auto entry = [&](std::size_t i, std::size_t j) { return midpoint_approx(curvature(balls(), f, x, i, j)); };
    const double determinant = entry(0, 0) * entry(1, 1) - entry(0, 1) * entry(0, 1);
    const double trace = entry(0, 0) + entry(1, 1);
    if (!(std::fabs(determinant) > 1e-6) || !(std::fabs(trace) > 1e-6)) return;
    Bench bench(function_of(f));
    Settings enclosures;
    enclosures.enclosures_only = true;
    const std::string inertia = determinant < 0 ? "(1, 1, 0)" : trace > 0 ? "(2, 0, 0)" : "(0, 2, 0)";
    RC_ASSERT(bench.decide("inertia(hessian(f)(" + text(x) + ")) == " + inertia, enclosures).truth == Truth::true_);
    RC_ASSERT(bench.decide("inertia(hessian(f)(" + text(x) + ")) == (1, 0, 1)", enclosures).truth == Truth::false_);
    ++checked;
  }));
  CHECK(checked > 3);
}

TEST_CASE("a batch of derivatives is what single points give", "[evaluate][derivatives][property]") {
  CHECK(rc::check("with what the function captures, and its point, varying", [] {
    const Formula f = random_formula(2, *rc::gen::inRange<int>(1, 4), true);
    std::vector<Rational> first;
    std::vector<Rational> second;
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 4; ++b) {
        const std::vector<Rational> x = {ratio(a, 2), Rational(b - 1)};
        const auto gradient = gradient_of(f, x);
        first.push_back(gradient[0] * (a + 1));
        second.push_back(gradient[1] * (a + 1) + b);
      }
    const auto claim = [&](const std::vector<Rational>& g, const std::vector<Rational>& h) {
      return "with G = " + text(g, 4) + ", H = " + text(h, 4) +
             ": forall a in 0..2, b in 0..3: grad(v -> (a + 1)*f(v) + b*v[1])([a/2, b - 1]) == [G[a, b], H[a, b]]";
    };
    Bench bench(function_of(f));
    require(bench, claim(first, second), Truth::true_);
    require(bench, claim(changed(first), second), Truth::false_);
    require(bench, claim(first, changed(second)), Truth::false_);
  }));
}

TEST_CASE("diff in many lanes", "[evaluate][derivatives]") {
  Bench bench("let f(x, y) = x^2*y + x*y^3");
  check(bench, "forall x in -3..3, y in -3..3: diff(f(x, y), x) == 2*x*y + y^3 and diff(f(x, y), y) == x^2 + 3*x*y^2");
  check(bench, "forall x in -3..3, y in -3..3: diff(f(x, y), x) == 2*x*y + x^3", Truth::false_);
  check(bench, "forall x in 1..5: sum(k in 1..4: diff(x^k, x)) == sum(k in 1..4: k*x^(k - 1))");
  check(bench, "forall x in -2..2: x == 0 or diff(abs(x), x) == sign(x)");
  check(bench, "forall x in -2..2: diff(abs(x), x) == sign(x)", Truth::undefined);
  check(bench, "forall x in -2..2: (if x == 0 then 0 else diff(abs(x), x)) == sign(x)");
  check(bench, "forall a in 1..4: grad(v -> a*v[0]^2)([3]) == [6*a]");
  check(bench, "forall a in 1..4: grad(v -> a*v[0]^2)([3]) == [6]", Truth::false_);
  check(bench, "forall x in 1..3: diff([x^2, x^3], x) == [2*x, 3*x^2]");
  check(bench, "forall x in 1..3: diff([x^2, x^3; 1, x], x) == [2*x, 3*x^2; 0, 1]");
  CHECK_THROWS_AS(bench.truth("forall x in 1..3: with u = x^2: diff(u, x) == 2*x"), InputError);
}

TEST_CASE("nested derivatives keep their variables apart", "[evaluate][derivatives]") {
  Bench bench;
  check(bench, "grad(x -> x[0]*grad(y -> x[0] + y[0])([1])[0])([1]) == [1]");
  check(bench, "grad(x -> x[0]*grad(y -> x[0]*y[0])(x)[0])([3]) == [6]");
  check(bench, "grad(x -> grad(y -> x[0]^2*y[0]^3)(x)[0])([2]) == [3*4*2^3]");
  check(bench, "grad(x -> grad(y -> x[0]^2*y[0]^3)([5])[0])([2]) == [2*2*3*25]");
  check(bench, "forall x in 1..4: diff(x*diff(x*x, x), x) == 4*x");
  check(bench, "grad(x -> hessian(y -> x[0]*y[0]^2*y[1])([x[0], 1])[0, 1])([3]) == [4*3]");
}

TEST_CASE("the derivative of a derivative is undefined where the function is", "[evaluate][derivatives]") {
  Bench bench;
  // The formula of the inner derivative has a value there.
  check(bench, "jacobian(grad(x -> log(x[0])))([-1]) == [-1;]", Truth::undefined);
  check(bench, "jacobian(grad(x -> log(x[0])))([2]) == [-1/4;]");
  check(bench, "grad(x -> jacobian(y -> [log(y[0]), y[0]])(x)[0, 0])([-1]) == [-1]", Truth::undefined);
  check(bench, "jacobian(jacobian(grad(x -> relu(x[0]) + x[0]^3)))([0]) == [6;]", Truth::undefined);
  check(bench, "jacobian(jacobian(grad(x -> relu(x[0]) + x[0]^3)))([1]) == [6;]");
  check(bench, "grad(x -> hessian(y -> relu(y[0]) + y[0]^3)(x)[0, 0])([0]) == [6]", Truth::undefined);
  check(bench, "grad(x -> hessian(y -> relu(y[0]) + y[0]^3)(x)[0, 0])([1/2]) == [6]");
  check(bench, "grad(x -> grad(y -> log(x[0])*0 + y[0]^2)([1])[0])([-1]) == [0]", Truth::undefined);
}

TEST_CASE("derivatives at kinks and outside of domains are undefined", "[evaluate][derivatives]") {
  Bench bench;
  for (const char* body : {"abs(v[0])",
                           "relu(v[0])",
                           "max(v[0], 0)",
                           "min(v[0], 2*v[0])",
                           "relu(v[0]) - relu(v[0])",
                           "relu(v[0])^2",
                           "0*relu(v[0])",
                           "abs(v[0])*v[0]",
                           "sqrt(v[0]^2)",
                           "norm(v)",
                           "v[0]^(3/2)",
                           "1/v[0]*0",
                           "v[0]/0",
                           "exp(log(v[0]))",
                           "sqrt(v[0])*0",
                           "asin(1 + v[0])",
                           "acos(v[0] - 1)",
                           "max(k in 0..1: k*v[0])",
                           "sqrt(v[0] - 1)^2",
                           "log(-1 - v[0])"}) {
    INFO(body);
    const std::string f = std::string("v -> ") + body;
    CHECK(bench.truth("grad(" + f + ")([0]) == [0]") == Truth::undefined);
    CHECK(bench.truth("jacobian(" + f + ")([0]) == [0;]") == Truth::undefined);
    CHECK(bench.truth("hessian(" + f + ")([0]) == [0;]") == Truth::undefined);
  }
  // Enclosures cannot tell a kink from a number beside it: what is near is not at it.
  check(bench, "grad(v -> abs(v[0]))([1e-300]) == [1] and grad(v -> relu(v[0]))([-1e-300]) == [0]");
  check(bench, "grad(v -> abs(v[0]^2 - 2))([sqrt(2)]) == [0]", Truth::undefined);
  check(bench, "grad(v -> abs(v[0]^2 - 2))([sqrt(2) + 1e-40])[0] > 2");
}

TEST_CASE("a condition that a variable touches with equality is not decided", "[evaluate][derivatives]") {
  Bench bench;
  for (const char* body :
       {"if v[0] == 1 then 0 else v[0]", "if v[0] != 1 then v[0] else 0", "if v[0] >= 1 then v[0] else 0",
        "if v[0] > 1 then 0 else v[0]", "if v[0] in {1} then 0 else v[0]", "if v[0] in Z then v[0] else 0",
        "if v[0] in Q then v[0] else 0", "if v[0] in interval(0, 1) then v[0] else 0", "size({v[0], 1})*v[0]",
        "count(k in 0..2 where v[0] > k)*v[0]", "argmax(k in 0..1: k*(v[0] - 1))*v[0]",
        "if (v[0], 1) == (1, 1) then 0 else v[0]", "if (forall k in 0..1: v[0] == 1) then 0 else v[0]", "floor(v[0])",
        "if v == [1] then 0 else v[0]", "{v[0], 1}[0]"}) {
    for (const char* slope : {"0", "1", "2"})
      check_not_decided(bench, std::string("grad(v -> ") + body + ")([1]) == [" + slope + "]");
  }
  check(bench, "grad(v -> if v[0] >= 1 then v[0]^2 else 0)([1 + 1e-40])[0] > 2");
  check(bench, "grad(v -> count(k in 0..2 where v[0] >= k)*v[0])([3/2]) == [2]");
  check(bench, "grad(v -> if v[0] in interval(0, 1) then v[0] else 0)([1/2]) == [1]");
  // What does not vary may be equal.
  check(bench, "with c = sqrt(2): grad(v -> if c^2 == 2 then v[0] else 5*v[0])([1]) == [1]");
}

TEST_CASE("derivatives by records and stored tensors are flattened in order of declaration",
          "[evaluate][derivatives]") {
  Bench bench(
      "let F(w) = w.b*w.A[0, 1] + w.A[1, 0]^2 + w.c[0]*w.b^2\n"
      "let at = record(A = [1, 2; 3, 4], b = 5, c = [6, 7])\n"
      "let stored = load(\"weights\")\n");
  files::Record weights;
  const auto store = [&](const std::string& field, const files::Shape& shape, std::vector<double> entries) {
    const auto decode = [entries] { return files::TensorValues(entries); };
    REQUIRE(weights.add(field, {std::make_shared<const files::Tensor>(files::ElementType::float32, shape, decode)}));
  };
  store("A", {2, 2}, {1, 2, 3, 4});
  store("b", {}, {5});
  store("c", {2}, {6, 7});
  bench.files.add("weights", {weights});
  check(bench, "grad(F)(at) == [0, 5, 6, 0, 2 + 60, 25, 0]");
  check(bench, "jacobian(w -> [F(w), w.c[1]])(at) == [0, 5, 6, 0, 62, 25, 0; 0, 0, 0, 0, 0, 0, 1]");
  check(bench, "hessian(F)(at)[1, 4] == 1 and hessian(F)(at)[2, 2] == 2 and hessian(F)(at)[4, 4] == 12");
  check(bench, "hessian(F)(at) == jacobian(grad(F))(at)");
  check(bench, "grad(F)(stored) == grad(F)(at) and hessian(F)(stored) == hessian(F)(at)");
  CHECK_THROWS_AS(bench.truth("grad(w -> w.A)(at) == 0"), InputError);
}

TEST_CASE("enclosed derivatives of the built-in functions", "[evaluate][derivatives]") {
  Bench bench;
  const std::vector<std::pair<std::string, std::string>> known = {
      {"sqrt(x)", "1/(2*sqrt(x))"},
      {"exp(x)", "exp(x)"},
      {"log(x)", "1/x"},
      {"sin(x)", "cos(x)"},
      {"cos(x)", "-sin(x)"},
      {"tan(x)", "1/cos(x)^2"},
      {"asin(x)", "1/sqrt(1 - x^2)"},
      {"acos(x)", "-1/sqrt(1 - x^2)"},
      {"atan(x)", "1/(1 + x^2)"},
      {"sinh(x)", "cosh(x)"},
      {"cosh(x)", "sinh(x)"},
      {"tanh(x)", "1/cosh(x)^2"},
      {"erf(x)", "2/sqrt(pi)*exp(-x^2)"},
      {"x^(5/2)", "5/2*x^(3/2)"},
      {"x^x", "x^x*(log(x) + 1)"},
      {"2^x", "log(2)*2^x"},
      {"x^(-3)", "-3*x^(-4)"},
      {"gelu(x)", "(1 + erf(x/sqrt(2)))/2 + x*exp(-x^2/2)/sqrt(2*pi)"},
      {"softmax([x, 1 - 2*x])[0]", "3*exp(x)*exp(1 - 2*x)/(exp(x) + exp(1 - 2*x))^2"},
      {"log_sum_exp([x, 2*x])", "(exp(x) + 2*exp(2*x))/(exp(x) + exp(2*x))"}};
  for (const auto& [f, slope] : known) {
    check(bench, "forall k in 1..4: with x = k/5: abs(grad(x -> " + f + ")(x)[0] - (" + slope + ")) < 1e-60");
    check(bench, "forall k in 1..4: with x = k/5: abs(grad(x -> " + f + ")(x)[0] - (" + slope + ") - 1e-60) < 1e-61",
          Truth::false_);
  }
}
