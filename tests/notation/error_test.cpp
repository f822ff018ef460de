#include <catch2/catch.hpp>

#include "support.hpp"

using namespace assay;
using namespace assay::notation;

TEST_CASE("an error names file, line and column, shows the line with a caret and says what was expected",
          "[notation][error]") {
  CHECK(statement_error("let x = 1\nlet y = if x > 0 than 1 else 2\n") ==
        "test:2:18: error: expected an operator or `then`, found `than`\n"
        "  | let y = if x > 0 than 1 else 2\n"
        "  |                  ^~~~\n"
        "  Did you mean `then`?\n");
}

TEST_CASE("a misspelt word gets a suggestion", "[notation][error]") {
  CHECK(mentions(statement_error("lte x = 1"), "Did you mean `let`?"));
  CHECK(mentions(statement_error("clam X: 1 == 1"), "Did you mean `claim`?"));
  CHECK(mentions(expression_error("a adn b"), "Did you mean `and`?"));
  CHECK(mentions(expression_error("a impiles b"), "Did you mean `implies`?"));
  CHECK(mentions(expression_error("foral x in S: p"), "Did you mean `forall` instead of `foral`?"));
  CHECK(mentions(expression_error("wiht x = 1: x"), "Did you mean `with` instead of `wiht`?"));
  CHECK(mentions(expression_error("sum(k in S wehre p: k)"), "Did you mean `where`?"));
  CHECK(mentions(statement_error("claim X: a\n  by rign"), "Did you mean `ring`?"));
  CHECK(mentions(statement_error("claim X: a\n  expect refutde"), "Did you mean `refuted`?"));
  CHECK(mentions(statement_error("claim X: a\n  exepct refuted"), "Did you mean `expect`?"));
  CHECK(mentions(statement_error("plot X\n  bras k in S: k"), "Did you mean `bars`?"));
  CHECK(mentions(statement_error("train X\n  wieghts U: [1]"), "Did you mean `weights`?"));
  CHECK(mentions(statement_error("table X\n  colum \"a\" = 1"), "Did you mean `column`?"));
  CHECK(mentions(statement_error("table X\n  column \"a\" = 1 digit 3"), "Did you mean `digits`?"));
}

TEST_CASE("what other notations write gets the spelling of this one", "[notation][error]") {
  const auto hint = [](const std::string& text, const std::string& ascii) {
    INFO(text);
    CHECK(mentions(expression_error(text), "Write " + ascii + " instead."));
  };
  hint("a ≤ b", "<=");
  hint("a × b", "*");
  hint("a − b", "-");
  hint("∀ x", "forall");
  hint("a ∈ S", "in");
  hint("a ∉ S", "not in");
  hint("π", "pi");
  hint("load(“x”)", "\"");
  hint("a && b", "and");
  hint("a || b", "or");
  hint("a % b", "mod");
  hint("a ** b", "^");
  hint("a <=> b", "iff");
  hint("x²", "^2");
  CHECK(mentions(expression_error("a => b"), "Write implies (or, for an order, >=) instead."));
  CHECK(mentions(expression_error("a = b"), "Equality is written ==."));
  CHECK(mentions(expression_error("2 x"), "A product is written with *."));
  CHECK(mentions(expression_error("2(x + 1)"), "A product is written with *."));
  CHECK(mentions(expression_error("a\u00A0+ b"), "Replace it by a space."));
  CHECK(mentions(expression_error("f == x -> x"), "(x -> e)"));
  CHECK(mentions(expression_error("a $ b"), "`$` is not part of the notation"));
  CHECK(mentions(expression_error("a 漢 b"), "`漢` is not part of the notation, which is written in ASCII"));
}

TEST_CASE("invisible characters and those that turn the reading direction are refused, even in texts and comments",
          "[notation][error]") {
  CHECK(mentions(expression_error("a \u202E b"), "invisible character"));
  CHECK(mentions(expression_error("\"a \u202E b\""), "invisible character"));
  CHECK(mentions(expression_error("a # \u2066 b"), "invisible character"));
  CHECK(mentions(expression_error("a\u200B"), "invisible character"));
  CHECK(expression_error("\"Jürgen → 漢\"").empty());
  CHECK(expression_error("a # Jürgen → 漢").empty());
}

TEST_CASE("an unclosed bracket is named with its place", "[notation][error]") {
  CHECK(mentions(statement_error("let x = f(1,\n  2\nlet y = 3"), "to close the `(` of line 1, column 10"));
  CHECK(mentions(expression_error("[1, 2"), "to close the `[` of line 1, column 1"));
  CHECK(mentions(expression_error("{1, 2"), "to close the `{`"));
  CHECK(mentions(expression_error("(a]"), "expected an operator, `,` or `)`, found `]`"));
  CHECK(mentions(statement_error("let x = 1)"), "closes nothing"));
  CHECK(mentions(statement_error("claim X: 1 == 1]"), "closes nothing"));
}

TEST_CASE("expressions that look right but mean nothing are refused", "[notation][error]") {
  CHECK(mentions(expression_error("a iff b iff c"), "`iff` cannot be chained"));
  CHECK(mentions(expression_error("a..b..c"), "`..` cannot be chained"));
  CHECK(mentions(expression_error("a == not b"), "`not` binds more loosely"));
  CHECK(mentions(expression_error("()"), "expected an expression, found `)`"));
  CHECK(mentions(expression_error("(a,)"), "a tuple has at least two"));
  CHECK(mentions(expression_error("[1, 2; 3]"), "expected a row of length 2"));
  CHECK(mentions(expression_error("[1, ]"), "expected an expression, found `]`"));
  CHECK(mentions(expression_error("A[]"), "expected an index or `:`"));
  CHECK(mentions(expression_error("f(a = 1, 2)"), "expected a named argument"));
  CHECK(mentions(expression_error("f(a = 1, a = 2)"), "`a` occurs twice"));
  CHECK(mentions(expression_error("record(a = 1, a = 2)"), "`a` occurs twice"));
  CHECK(mentions(expression_error("record(1)"), "expected the name of a field"));
  CHECK(mentions(expression_error("(x, x) -> x"), "`x` occurs twice"));
  CHECK(mentions(expression_error("x.5"), "expected the name of a field after `.`"));
  CHECK(mentions(expression_error("forall a, b in S: p"), "Each variable has a domain of its own"));
  CHECK(mentions(expression_error("forall x in S"), "`:` and the body"));
  CHECK(mentions(expression_error("sum(k in S)"), "`:` and the body"));
  CHECK(mentions(expression_error("sum(k in S: k"), "expected an operator, `,` or `)`"));
  CHECK(mentions(expression_error("matrix(i in S: i)"), "`matrix` takes exactly two variables, found 1"));
  CHECK(mentions(expression_error("vector(i in S, j in T: i)"), "`vector` takes exactly one variable, found 2"));
  CHECK(mentions(expression_error("matrix(i in S, j in T where p: i)"), "`matrix` takes no `where`"));
  CHECK(mentions(expression_error("integral(x in S where p: x)"), "`integral` takes no `where`"));
  CHECK(mentions(expression_error("expect(u, v: u)"), "expected `~`"));
  CHECK(mentions(expression_error("forall in in S: p"), "reserved words cannot be names"));
  CHECK(mentions(expression_error(R"("a\q")"), R"(expected one of the escapes)"));
  CHECK(mentions(expression_error("\"abc"), "this text is not closed on its line"));
  CHECK(mentions(expression_error(""), "expected an expression, found the end"));
  CHECK(mentions(expression_error("# nothing"), "expected an expression, found the end"));
  CHECK(mentions(expression_error("a b"), "expected an operator or the end of the expression"));
}

TEST_CASE("every statement with an error is reported in one run, in order", "[notation][error]") {
  const std::string errors = statement_error("let = 1\nlet ok = 2\nlet y = (1\nclaim\n  by ring\n");
  CHECK(mentions(errors, "test:1:5: error: expected the name to be defined, found `=`"));
  CHECK(mentions(errors, "test:3:11: error:"));
  CHECK(mentions(errors, "test:5:3: error: expected the id of the claim on the line of `claim`"));
  CHECK(errors.find("test:1:5") < errors.find("test:3:11"));
}

TEST_CASE("at most twenty errors are reported", "[notation][error]") {
  std::string content;
  for (int i = 0; i < 50; ++i) content += "let = 1\n";
  try {
    static_cast<void>(parse_statements(content));
    FAIL("no error");
  } catch (const InputError& error) {
    CHECK(error.diagnostics().size() == 20);
  }
}
