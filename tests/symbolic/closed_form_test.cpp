#include "symbolic/closed_form.hpp"

#include <catch2/catch.hpp>

#include "evaluate/support.hpp"
#include "notation/free_names.hpp"
#include "notation/print.hpp"
#include "symbolic/confirm.hpp"

namespace {

using namespace assay;
using namespace assay::symbolic;

notation::ExprPtr parsed(const std::string& text) {
  return notation::parse_expression(std::make_shared<const SourceText>("formula", text));
}

/// Without definitions but the prelude's.
class Workbench {
 public:
  ClosedForm form(const std::string& expression, const std::vector<Variable>& variables,
                  Simplification how = Simplification::automatic) {
    return closed_form(program_, files_, parsed(expression), variables, how, budget_);
  }
  std::string text(const std::string& expression, const std::vector<Variable>& variables,
                   Simplification how = Simplification::automatic) {
    return notation::print(*form(expression, variables, how).expression);
  }
  symbolic::Comparison compare(const std::string& first, const std::string& second,
                               const std::vector<Variable>& variables) {
    const auto left = program_.resolve(parsed(first));
    const auto right = program_.resolve(parsed(second));
    return compare_at_points(program_, files_, *left, *right, variables, 3, budget_);
  }

 private:
  evaluate::Program program_{notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}), nullptr};
  evaluate::testing::NoFiles files_;
  Budget budget_;
};

const std::vector<Variable> x = {{"x", {}}};
const std::vector<Variable> ab = {{"a", {}}, {"b", {}}};
const std::vector<Variable> x_of_unit = {{"x", {{}, std::pair(Rational(0), Rational(1)), {}}}};

}  // namespace

TEST_CASE("a wrong closed form is noticed at a point", "[symbolic]") {
  Workbench bench;
  CHECK_FALSE(bench.compare("x -> (x + 1)^2", "x -> x^2 + 2*x + 1", x).differ);
  CHECK(bench.compare("x -> (x + 1)^2", "x -> x^2 + 2*x + 1", x).points == 3);
  const auto comparison = bench.compare("x -> (x + 1)^2", "x -> x^2 + 2*x + 1 + 1e-15*x", x);
  CHECK(comparison.differ);
  CHECK(comparison.where.substr(0, 4) == "x = ");
  CHECK(bench.compare("x -> [x, x]", "x -> [x, 2*x]", x).differ);
  CHECK(bench.compare("x -> [x, x]", "x -> [x, x, x]", x).differ);
  CHECK(bench.compare("x -> (x, x)", "x -> [x, x]", x).differ);
  CHECK(bench.compare("x -> record(a = x)", "x -> record(b = x)", x).differ);
  CHECK(bench.compare("x -> x + I", "x -> x - I", x).differ);
  CHECK(bench.compare("2", "3", {}).differ);
  CHECK(bench.compare("2", "2", {}).points == 1);
}

TEST_CASE("a closed form may be defined in more places than its expression, not in fewer", "[symbolic]") {
  Workbench bench;
  CHECK(bench.compare("x -> x", "x -> x + 0/(x - x)", x).differ);
  const auto comparison = bench.compare("x -> x + 0/(x - x)", "x -> x", x);
  CHECK_FALSE(comparison.differ);
  CHECK(comparison.points == 0);
  CHECK(bench.compare("x -> exp(log(x))", "x -> x", x).points == 3);
}

TEST_CASE("numbers of which only wide enclosures are known do not count as compared", "[symbolic]") {
  Workbench bench;
  // The value is 1 or 0, and no enclosure tells which.
  const auto comparison = bench.compare("x -> if sin(x)^2 + cos(x)^2 >= 1 then 1 else 0", "x -> 1", x);
  CHECK_FALSE(comparison.differ);
  CHECK(comparison.points == 0);
}

TEST_CASE("sums and products have one order and one choice of signs", "[symbolic]") {
  Workbench bench;
  CHECK(bench.text("b + a^2 - 3 + a*b", ab) == "a^2 + a*b + b - 3");
  CHECK(bench.text("1/(b - a)", ab) == "-1/(a - b)");
  CHECK(bench.text("1/(a - b)", ab) == "1/(a - b)");
  CHECK(bench.text("(b - a)^2/(a - b)^3", ab) == "1/(a - b)");
  CHECK(bench.text("-(a - b)*exp(a)", ab, Simplification::none) == "exp(a)*(b - a)");
  CHECK(bench.text("1 - a^2", ab) == "1 - a^2");
  CHECK(bench.text("-a - b", ab) == "-a - b");
  CHECK(bench.text("a/2 - 3*b/4", ab, Simplification::expand) == "a/2 - 3*b/4");
  CHECK(bench.text("1/sqrt(a) + 1/a^2", {{"a", {}}}, Simplification::none) == "1/sqrt(a) + 1/a^2");
  CHECK(bench.text("max(b, min(a, 1), 2)", ab) == "max(2, b, min(1, a))");
}

TEST_CASE("derivatives of the step functions are simplified away from kinks", "[symbolic]") {
  Workbench bench;
  CHECK(bench.text("diff(relu(x)^2, x)", x) == "2*relu(x)");
  CHECK(bench.text("diff(abs(x)^3, x)", x) == "3*x^2*sign(x)");
  CHECK(bench.text("diff(relu(x)*relu(x), x)", x, Simplification::none) != "2*relu(x)");
  CHECK(bench.text("diff(relu(3 - x), x)", x) == "-(if x < 3 then 1 else 0)");
  CHECK(bench.text("diff(x^(5/2), x)", x) == "5*x^(3/2)/2");
  CHECK(bench.text("diff(max(a, b), a)*diff(max(a, b), b)", ab) == "0");
  CHECK(bench.text("diff(abs(x)*abs(x), x)", x) == "2*x");
  const ClosedForm form = bench.form("diff(max(x, 2*x - 3), x)", x);
  REQUIRE(form.conditions.size() == 1);
  CHECK(notation::print(*form.conditions[0]) == "x != 3");
}

TEST_CASE("assumptions come from intervals only", "[symbolic]") {
  Workbench bench;
  CHECK(bench.text("sqrt(x^2)", x_of_unit) == "x");
  CHECK(bench.text("sqrt(x^2)", x) == "sqrt(x^2)");
  CHECK(bench.text("log(x^2)", x) == "log(x^2)");
}

TEST_CASE("what has no closed form says why", "[symbolic]") {
  Workbench bench;
  CHECK_THROWS_WITH(bench.form("if x < 1 then x else 1", x), Catch::Contains("the order of x and 1"));
  CHECK_THROWS_WITH(bench.form("1/(x - x)", x), Catch::Contains("undefined"));
  CHECK_THROWS_WITH(bench.form("diff(gamma(x), x)", x), Catch::Contains("digamma"));
  CHECK_THROWS_WITH(bench.form("sqrt(-1 - x^2)", x), Catch::Contains("no point"));
  CHECK_THROWS_WITH(bench.form("2^(10^9)", {}), Catch::Contains("no closed form"));
}

TEST_CASE("free names are those that nothing binds, with their use", "[notation]") {
  const auto found = notation::free_names(
      *parsed("f(x) + sum(k in S: k*t[k]) + (y -> y*z)(w.U) + with a = b, c = a: a + c + grad(g)(A') + y"));
  std::string text;
  for (const auto& name : found) text += name.name + std::to_string(static_cast<int>(name.use)) + " ";
  CHECK(text == "f1 x0 S0 t2 z0 w3 b0 grad1 g1 A2 y0 ");
}

TEST_CASE("entries of variables are named as in the notation", "[symbolic]") {
  const std::vector<Variable> variables = {{"s", {}}, {"w", {{}, {}, {{"U", {{1, 2}, {}, {}}}, {"v", {{2}, {}, {}}}}}}};
  std::string text;
  for (const Entry& entry : entries_of(variables)) text += notation::print(*entry.expression) + "; ";
  CHECK(text == "s; w.U[0, 0]; w.U[0, 1]; w.v[0]; w.v[1]; ");
  CHECK(symbolic::print(variables[1].space) == "record(U = [1, 2], v = R^2)");
  CHECK_THROWS_AS(entries_of({{"t", {{1000, 1000}, {}, {}}}}), InputError);
}
