#include "evaluate/table.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>
#include <exception>

#include "base/deep_stack.hpp"
#include "evaluate/published.hpp"
#include "number/flint_convert.hpp"
#include "support.hpp"

using namespace assay;
using namespace assay::evaluate;

namespace {

/// A document with tables, and their cells.
class Tables {
 public:
  explicit Tables(const std::string& text) {
    document_ = std::make_shared<const notation::Document>(
        notation::parse_document(std::make_shared<const SourceText>("test", text), false));
    notation::check_kinds(*document_, notation::prelude(), {});
    program_ = std::make_unique<Program>(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}),
                                         document_);
  }
  [[nodiscard]] const notation::Table& statement() const {
    for (const notation::Statement& statement : document_->statements)
      if (const auto* table = std::get_if<notation::Table>(&statement.node)) return *table;
    throw InputError("no table");
  }
  [[nodiscard]] Workplace workplace() { return {*program_, files_, budget}; }
  /// On a deep stack, as the command does it.
  Tabulated tabulated() {
    Tabulated out;
    std::exception_ptr failure;
    {
      const DeepThread thread([&] {
        const FlintThread cleanup;
        try {
          out = tabulate(workplace(), statement());
        } catch (...) {
          failure = std::current_exception();
        }
      });
    }
    if (failure) std::rethrow_exception(failure);
    return out;
  }
  /// The cells of a column, with blanks between them.
  std::string column(std::size_t c = 0) {
    const Tabulated table = tabulated();
    std::string out;
    for (const Cell& cell : table.cells[c]) out += (out.empty() ? "" : " ") + cell.text(table.columns[c].digits);
    return out;
  }

  Budget budget;

 private:
  notation::DocumentPtr document_;
  std::unique_ptr<Program> program_;
  testing::NoFiles files_;
};

std::string column_of(const std::string& clauses) { return Tables("table t\n  " + clauses).column(); }

}  // namespace

TEST_CASE("rows are the assignments that satisfy the filter, in order", "[evaluate][table]") {
  CHECK(column_of("for a in 1..3, b in a..3 where a + b != 4\n  column \"s\" = 10*a + b") == "11 12 23 33");
  CHECK(column_of("for K in subsets({3, 1, 2}, 2)\n  column \"K\" = K") == "{1, 2} {1, 3} {2, 3}");
  CHECK(column_of("for x in {sqrt(2), 1/2, pi}\n  column \"x\" = x digits 3") == "0.5 1.41 3.14");
  CHECK(column_of("column \"x\" = 1/4") == "0.25");
  CHECK(column_of("for x in {}\n  column \"x\" = 1/4").empty());
  // So many values of the first generator that the second one's are walked through one after the other.
  CHECK(column_of("for a in 0..9999, b in 0..1 where a mod 5000 == 0\n  column \"s\" = 2*a + b") == "0 1 10000 10001");
  // Far more rows than a block has lanes, the last generator fastest.
  const std::string many = column_of("for a in 0..299, b in 0..299 where a == 299\n  column \"s\" = b");
  CHECK(many.starts_with("0 1 2 3"));
  CHECK(many.ends_with("297 298 299"));
}

TEST_CASE("a filter that only exact algebra decides", "[evaluate][table]") {
  CHECK(column_of("for k in 0..6 where cos(pi*k/3) == 1/2\n  column \"k\" = k") == "1 5");
}

TEST_CASE("ties and whole numbers are decided exactly", "[evaluate][table]") {
  CHECK(column_of("for k in 0..3\n  column \"x\" = sqrt(2)^2*(k + 1/2)/4 digits 1") == "0.2 0.8 1 2");
  CHECK(column_of("for k in 0..6\n  column \"x\" = cos(pi*k/3) digits 30") == "1 0.5 -0.5 -1 -0.5 0.5 1");
  CHECK(column_of("for k in 1..2\n  column \"x\" = 1/8 + erf(k)*10^(-40) digits 2") == "0.13 0.13");
  CHECK(column_of("for k in 1..2\n  column \"x\" = 1/8 - erf(k)*10^(-40) digits 2") == "0.12 0.12");
  // 9.999… becomes 10.0, 0.0999… becomes 0.100.
  CHECK(column_of("for k in -1..1\n  column \"x\" = (10 - erf(1)*10^(-20))*10^k digits 3") == "1.00 10.0 100");
}

TEST_CASE("what is not a real number", "[evaluate][table]") {
  CHECK(column_of("for k in 0..1\n  column \"x\" = k == 1") == "false true");
  CHECK(column_of("for k in 0..1\n  column \"x\" = if k == 1 then \"one\" else \"zero\"") == "zero one");
  CHECK(column_of("for k in 0..2\n  column \"x\" = exp(I*pi*k/4) digits 4") == "1 0.7071 + 0.7071*I 0 + 1*I");
  CHECK(column_of("for k in 1..2\n  column \"x\" = [k, k/3] digits 2") == "[1, 0.33] [2, 0.67]");
  CHECK(column_of("for k in 1..2\n  column \"x\" = (k, {sqrt(k)}) digits 2") == "(1, {1}) (2, {1.4})");
}

TEST_CASE("values of different shapes", "[evaluate][table]") {
  CHECK(column_of("for k in 1..3\n  column \"x\" = vector(i in 1..k: i)") == "[1] [1, 2] [1, 2, 3]");
}

TEST_CASE("undefined cells say what is undefined", "[evaluate][table]") {
  Tables tables("let f(x) = 1/x\ntable t\n  for x in -1..1\n  column \"x\" = f(x)\n  column \"y\" = log(x + 1) + x");
  const Tabulated table = tables.tabulated();
  CHECK(table.cells[0][1].kind == Cell::Kind::undefined);
  CHECK(table.cells[0][1].reason == "f(x)");
  CHECK(table.cells[1][0].reason == "log(x + 1)");
  CHECK(tables.column(0) == "-1 undefined 1");
}

TEST_CASE("a cell that stays open says so, and the others are determined", "[evaluate][table]") {
  Tables tables(
      "table t\n  for k in 0..1\n  column \"x\" = gamma(1/3)*gamma(2/3) - 2*pi/sqrt(3) + k\n  column \"y\" = exp(k)");
  tables.budget.set_precision_limit(600);
  const Tabulated table = tables.tabulated();
  CHECK(table.cells[0][0].kind == Cell::Kind::undetermined);
  CHECK(table.cells[0][0].reason.find("600 bits") != std::string::npos);
  // 1 for all that can be known: the digits are certain, whether they are all is not.
  CHECK(table.cells[0][1].text(6) == "1.00000");
  CHECK(table.cells[1][1].text(6) == "2.71828");
}

TEST_CASE("one cell that asks for too much leaves the others alone", "[evaluate][table]") {
  Tables tables("let f(n) = if n == 0 then 0 else 1 + f(n - 1)\ntable t\n  for n in {3, 10^6}\n  column \"f\" = f(n)");
  const Tabulated table = tables.tabulated();
  CHECK(table.cells[0][0].text(6) == "3");
  CHECK(table.cells[0][1].kind == Cell::Kind::undetermined);
  CHECK_FALSE(table.cells[0][1].reason.empty());
}

TEST_CASE("what is provisional when the budget ends stays open", "[evaluate][table]") {
  /// Content with all it is shown for the time being, until the user asks to stop.
  class Stopping final : public CellGoal {
   public:
    Answer look(const CellFinding&) override {
      interrupt_requested() = true;
      return Answer::provisional;
    }
  };
  Tables tables("table t\n  for k in 0..1\n  column \"x\" = if k == 1 then 1/(k - 1) else sqrt(2)^2/8");
  const Tabulated table = tables.tabulated();
  CHECK(tables.column() == "0.25 undefined");
  Stopping goal;
  const std::vector<CellEnd> ends = settle_again(tables.workplace(), tables.statement(), table, 0, {0, 1}, goal);
  interrupt_requested() = false;
  CHECK(ends[0].kind == CellEnd::Kind::open);
  CHECK(ends[0].reason.find("interrupted") != std::string::npos);
  CHECK(ends[1].kind == CellEnd::Kind::undefined);
}

TEST_CASE("a time limit makes cells undetermined, and none of them different", "[evaluate][table]") {
  // Doubles know six digits of it at once, and only exact algebra that there are no more.
  Tables tables(
      "table t\n  column \"x\" = sum(k in 1..200: cos(2*pi*k/997)^2) - sum(k in 1..200: cos(2*pi*k/997)^2) + 1/8 "
      "digits 4");
  const std::string all = tables.column();
  CHECK(all == "0.125");
  for (const double limit : {0.001, 0.01, 0.03, 0.1, 0.3}) {
    tables.budget.set_time_limit(limit);
    try {
      const Cell cell = tables.tabulated().cells[0][0];
      if (cell.kind == Cell::Kind::value) CHECK(cell.text(4) == all);
    } catch (const BudgetExceeded&) {  // before the digits were known, or the rows
    }
  }
}

TEST_CASE("tables that have no meaning", "[evaluate][table]") {
  const auto complaint = [](const std::string& clauses) -> std::string {
    try {
      return "no complaint: " + column_of(clauses);
    } catch (const InputError& error) {
      return error.what();
    }
  };
  CHECK(complaint("for x in R\n  column \"x\" = x").find("finite sets") != std::string::npos);
  CHECK(complaint("for x in 0..2 where 1/x > 0\n  column \"x\" = x").find("undefined at x = 0") != std::string::npos);
  CHECK(complaint("for x in {1/0}\n  column \"x\" = x").find("undefined") != std::string::npos);
  CHECK(complaint("for x in 1..2\n  column \"x\" = x digits 0").find("between 1 and") != std::string::npos);
  CHECK(complaint("for x in 1..2\n  column \"x\" = x digits 10^9").find("between 1 and") != std::string::npos);
  CHECK(complaint("for x in 1..2\n  column \"x\" = x digits x").find("the same in all rows") != std::string::npos);
}

TEST_CASE("cells are the same together and alone", "[evaluate][table][property]") {
  CHECK(rc::check("expressions", [] {
    static const std::vector<std::string> expressions = {"exp(k/7)",
                                                         "sin(k)/3",
                                                         "log(1 + k^2)",
                                                         "1/(k - 3)",
                                                         "sqrt(k - 2)",
                                                         "k/8",
                                                         "cos(pi*k/6)",
                                                         "sum(i in 1..k: 1/i)",
                                                         "max(i in 0..3: i*k)",
                                                         "if k > 2 then 1/k else \"-\"",
                                                         "[k, erf(k)]",
                                                         "{k mod 3, k mod 2}",
                                                         "k mod 2 == 0",
                                                         "gamma(k)",
                                                         "exp(I*pi*k/5)"};
    const std::string& e = expressions[*rc::gen::inRange<std::size_t>(0, expressions.size())];
    const long digits = *rc::gen::inRange<long>(1, 40);
    Tables tables("table t\n  for k in -2..20\n  column \"x\" = " + e + " digits " + std::to_string(digits));
    const Tabulated table = tables.tabulated();
    testing::Bench bench;
    for (int k = -2; k <= 20; ++k) {
      const std::string alone = bench.value("with k = " + std::to_string(k) + ": " + e, digits);
      const Cell& cell = table.cells[0][static_cast<std::size_t>(k + 2)];
      RC_ASSERT((cell.is_text ? "\"" + cell.text(digits) + "\"" : cell.text(digits)) == alone);
    }
  }));
}

TEST_CASE("what is found does not depend on the number of threads", "[evaluate][table]") {
  Tables tables(
      "table t\n  for k in 1..5000\n  column \"x\" = exp(k/700) digits 15\n  column \"y\" = min(i in 1..5: sin(i*k))");
  const Tabulated one = tables.tabulated();
  tables.budget.set_threads(5);
  const Tabulated five = tables.tabulated();
  for (std::size_t c = 0; c < 2; ++c)
    for (std::size_t row = 0; row < 5000; ++row) {
      const CellNumber& a = one.cells[c][row].numbers.at(0);
      const CellNumber& b = five.cells[c][row].numbers.at(0);
      if (a.shown->text != b.shown->text || a.precision != b.precision ||
          to_string(a.known->ball, 60) != to_string(b.known->ball, 60))
        FAIL_CHECK("row " << row);
    }
}

TEST_CASE("a published cell near a boundary is looked at again", "[evaluate][table][published]") {
  Tables tables("table t\n  for k in 1..2\n  column \"x\" = 1/8 + (k - 1)*erf(1)*10^(-30) digits 3");
  const Tabulated table = tables.tabulated();
  AgreementGoal goal({"0.12", "0.12"});
  const std::vector<CellEnd> ends = settle_again(tables.workplace(), tables.statement(), table, 0, {0, 1}, goal);
  CHECK(goal.agreements()[0].rounded == Truth::true_);
  CHECK(goal.agreements()[1].rounded == Truth::false_);
  CHECK(goal.agreements()[1].truncated == Truth::true_);
  CHECK(ends[1].kind == CellEnd::Kind::reached);
}

TEST_CASE("a published number may have more digits than show that the value is real", "[evaluate][table][published]") {
  Tables tables("table t\n  for k in 1..2\n  column \"x\" = exp(k*I) + exp(-k*I)\n  column \"y\" = exp(k*I)");
  const Tabulated table = tables.tabulated();
  AgreementGoal goal({"1.08060461173627943480187321488595321", "1.08060461173627943480187321488595321"});
  (void)settle_again(tables.workplace(), tables.statement(), table, 0, {0, 1}, goal);
  CHECK(goal.agreements()[0].rounded == Truth::true_);
  CHECK(goal.agreements()[1].rounded == Truth::false_);
  AgreementGoal complex({"0.54", "-0.416 + 0.9093*I"});
  (void)settle_again(tables.workplace(), tables.statement(), table, 1, {0, 1}, complex);
  CHECK(complex.agreements()[0].rounded == Truth::false_);
  CHECK(complex.agreements()[0].truncated == Truth::false_);
  CHECK(complex.agreements()[1].rounded == Truth::true_);
}
