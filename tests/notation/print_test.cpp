#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include "random_tree.hpp"
#include "support.hpp"

using namespace assay;
using namespace assay::notation;

namespace {

std::string printed(const std::string& text) { return print(*parse(text)); }

/// `text` without the parenthesis at `open` and its partner; texts and nested brackets do not occur.
std::string without_parentheses(std::string text, std::size_t open) {
  std::size_t close = open;
  for (int depth = 0; close < text.size(); ++close) {
    depth += text[close] == '(' ? 1 : text[close] == ')' ? -1 : 0;
    if (depth == 0) break;
  }
  text[open] = text[close] = ' ';
  return text;
}

bool parses_to(const std::string& text, const Expr& e) {
  try {
    return same_structure(*parse(text), e);
  } catch (const InputError&) {
    return false;
  }
}

}  // namespace

TEST_CASE("parsing what was printed gives the tree back", "[notation][print][property]") {
  CHECK(rc::check([] {
    const ExprPtr e = random_tree(*rc::gen::inRange(1, 100));
    const std::string text = print(*e);
    RC_LOG() << text << "\n";
    RC_ASSERT(same_structure(*parse(text), *e));
  }));
}

TEST_CASE("a statement that was printed parses to one that prints the same", "[notation][print][property]") {
  CHECK(rc::check([] {
    const Statement statement = random_statement(*rc::gen::inRange(1, 30));
    const std::string text = print(statement);
    RC_LOG() << text << "\n";
    const Document document = parse_statements(text + "\n");
    RC_ASSERT(document.statements.size() == 1U);
    RC_ASSERT(document.statements[0].node.index() == statement.node.index());
    RC_ASSERT(print(document.statements[0]) == text);
  }));
}

TEST_CASE("no pair of parentheses between operators can be left out", "[notation][print][property]") {
  CHECK(rc::check([] {
    const ExprPtr e = random_operators(*rc::gen::inRange(1, 50));
    const std::string text = print(*e);
    RC_LOG() << text << "\n";
    for (std::size_t i = 0; i < text.size(); ++i)
      if (text[i] == '(') RC_ASSERT_FALSE(parses_to(without_parentheses(text, i), *e));
  }));
}

TEST_CASE("structures are equal to themselves and different from others", "[notation][print][property]") {
  CHECK(rc::check([] {
    const ExprPtr a = random_tree(*rc::gen::inRange(1, 40));
    const ExprPtr b = random_tree(*rc::gen::inRange(1, 40));
    RC_ASSERT(same_structure(*a, *a));
    RC_ASSERT(same_structure(*a, *b) == same_structure(*b, *a));
    if (print(*a) == print(*b)) RC_ASSERT(same_structure(*a, *b));
  }));
}

TEST_CASE("printed text is what a mathematician would write", "[notation][print]") {
  CHECK(printed("((a)+(b*c))") == "a + b*c");
  CHECK(printed("(a+b)*c") == "(a + b)*c");
  CHECK(printed("0 .. (n - 1)") == "0..n-1");
  CHECK(printed("0..max(n - 1, 2)") == "0..max(n - 1, 2)");
  CHECK(printed("0..-(n-1)*2") == "0..-(n - 1)*2");
  CHECK(printed("-(x^2)") == "-x^2");
  CHECK(printed("2^(-1)") == "2^-1");
  CHECK(printed("(2^-1)^3") == "(2^-1)^3");
  CHECK(printed("a .* b .^ 2") == "a .* b .^ 2");
  CHECK(printed("f( x , y = 1 )") == "f(x, y = 1)");
  CHECK(printed("not (j in I)") == "not j in I");
  CHECK(printed("j not in I") == "j not in I");
  CHECK(printed("a == (if p then b else c)") == "a == (if p then b else c)");
  CHECK(printed("a and forall x in S: p") == "a and (forall x in S: p)");
  CHECK(printed("f(x -> x^2, [1, 2;], [1, 2; 3, 4])") == "f(x -> x^2, [1, 2;], [1, 2; 3, 4])");
  CHECK(printed("sum(k in 0..n-1 where k mod 2 == 1: k)") == "sum(k in 0..n-1 where k mod 2 == 1: k)");
  CHECK(printed("sum((k in S))") == "sum((k in S))");
  CHECK(printed("sum((k in S) and p, 2)") == "sum((k in S and p), 2)");
  CHECK(printed("(2)(3)") == "(2)(3)");
  CHECK(printed("(record)(3)") == "(record)(3)");
  CHECK(printed("w[\"a.b\"][\"c\"]") == "w[\"a.b\"].c");
  CHECK(printed("A[(\"x\")]") == "A[(\"x\")]");
  CHECK(printed("{k for k in S where p}") == "{k for k in S where p}");
  CHECK(printed("1e-10 + 0.10") == "1e-10 + 0.10");
}

TEST_CASE("a number without spelling is printed exactly", "[notation][print]") {
  const auto print_number = [](const Rational& value) { return print(*make_expr(NumberLiteral{value, ""}, {})); };
  CHECK(print_number(113) == "113");
  CHECK(print_number(Rational(1, 8)) == "0.125");
  CHECK(print_number(Rational(-1, 8)) == "-1/8");
  CHECK(print_number(Rational(1, 3)) == "1/3");
  CHECK(print_number(Rational(1, 100)) == "0.01");
  const ExprPtr third = make_expr(NumberLiteral{Rational(1, 3), ""}, {});
  CHECK(print(*make_expr(Binary{BinaryOp::power, third, third}, {})) == "(1/3)^(1/3)");
}

TEST_CASE("statements are printed on lines of their own", "[notation][print]") {
  const std::string text =
      "claim A-1 \"t\"\n  forall k in 0..n-1: f(k) == 0\n  by sampling(n = 10)\n  expect supported\n  source \"s\"";
  CHECK(print(parse_statements(text).statements.at(0)) == text);
}
