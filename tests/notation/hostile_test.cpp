// Input that nobody writes by accident must end in an error with a position, in bounded time and memory.
#include <catch2/catch.hpp>

#include <initializer_list>

#include "support.hpp"

using namespace assay;
using namespace assay::notation;

namespace {

std::string repeated(const std::string& part, std::size_t times) {
  std::string all;
  all.reserve(part.size() * times);
  for (std::size_t i = 0; i < times; ++i) all += part;
  return all;
}

}  // namespace

TEST_CASE("deep nesting of any form is an error, not a crash", "[notation][hostile]") {
  // clang-format off
  for (const char* opening : {"(", "[", "{", "f(", "A[", "-", "not ", "x^", "x .^ ", "a implies ", "x -> ", "(x, y) -> ",
                              "forall x in S: ", "with x = ", "with x = 1: ", "if ", "if a then ", "if a then b else ",
                              "the t in ", "sum(k in ", "sum(k in S: ", "sum(k in S where ", "expect(x ~ ", "{a for k in ",
                              "record(a = ", "f(a = ", "1 + (", "2^-", "a == (", "a..(", "[1; ", "(a, "}) {
    // clang-format on
    INFO(opening);
    const std::string error = expression_error(repeated(opening, 2'000));
    CHECK(mentions(error, "nested too deeply; the limit is 256 levels"));
    CHECK(error.size() < 2000);
  }
}

TEST_CASE("a hundred thousand brackets are an error, not a crash", "[notation][hostile]") {
  CHECK(mentions(expression_error(repeated("(", 100'000)), "nested too deeply"));
  CHECK(mentions(expression_error(repeated("{", 100'000)), "nested too deeply"));
  CHECK(mentions(expression_error(repeated("f[-", 100'000)), "nested too deeply"));
}

TEST_CASE("nesting up to the limit is accepted, one more level is not", "[notation][hostile]") {
  CHECK(expression_error(repeated("(", 255) + "a" + repeated(")", 255)).empty());
  CHECK(mentions(expression_error(repeated("(", 256) + "a" + repeated(")", 256)), "nested too deeply"));
  CHECK(expression_error(repeated("-", 255) + "a").empty());
  CHECK(mentions(expression_error(repeated("-", 256) + "a"), "nested too deeply"));
}

TEST_CASE("long chains are an error, not a crash", "[notation][hostile]") {
  for (const char* link : {" + a", " - a", "*a", " and a", " or a", " mod a", "(a)", "[a]", ".a", "'"}) {
    INFO(link);
    CHECK(expression_error("a" + repeated(link, 999)).empty());
    CHECK(mentions(expression_error("a" + repeated(link, 1000)), "too high a tree: the limit is 1000 operations"));
  }
  CHECK(mentions(expression_error("a" + repeated("+a", 400'000)), "too high a tree"));
}

TEST_CASE("a high tree can be printed, compared and destroyed", "[notation][hostile]") {
  std::string text = "a";
  for (int i = 0; i < 240; ++i) text.insert(0, "(").append(" + a + a + a)*b");
  const ExprPtr high = parse(text);
  CHECK(high->height > 900);
  CHECK(same_structure(*parse(print(*high)), *high));
  CHECK(print_latex(*high).size() > 240);
}

TEST_CASE("long lists are no trouble", "[notation][hostile]") {
  CHECK(std::get<VectorLiteral>(parse("[" + repeated("1, ", 20'000) + "1]")->node).items.size() == 20'001);
  CHECK(std::get<Comparison>(parse("a" + repeated(" < a", 20'000))->node).operands.size() == 20'001);
}

TEST_CASE("a huge number literal is an error", "[notation][hostile]") {
  for (const char* number : {"1e999999999", "1e-999999999", "1e100001", "0.1e-100000", "1e99999999999999999999999999",
                             "1e+4294967296", "0e18446744073709551616"})
    CHECK(mentions(expression_error(number), "more than 100000 digits"));
  CHECK(mentions(expression_error(repeated("9", 100'001)), "more than 100000 digits"));
  CHECK(expression_error("1e99999").empty());
  CHECK(expression_error("1e000000000000000000001").empty());
  CHECK(expression_error(repeated("9", 10'000)).empty());
}

TEST_CASE("a line of ten megabytes is an error or a tree, and its message is short", "[notation][hostile]") {
  for (const char* part : {"x", "\"", "("}) {
    INFO(part);
    const std::string error = statement_error("let a = " + repeated(part, 10'000'000 / std::string(part).size()));
    CHECK(error.size() < 2000);
  }
}

TEST_CASE("a statement of too many tokens is an error", "[notation][hostile]") {
  CHECK(mentions(statement_error("let a = [" + repeated("1,", 600'000) + "1]"), "more than 1000000 tokens"));
}

TEST_CASE("what is no text is an error", "[notation][hostile]") {
  CHECK(mentions(statement_error(std::string("let a = 1\0", 10)), "found a NUL byte"));
  CHECK(mentions(statement_error("let a = 1\rlet b = 2"), "carriage return without line feed"));
  CHECK(mentions(statement_error("let a = 1\r"), "carriage return without line feed"));
  for (const char* bytes :
       {"\x80", "\xC0\xAF", "\xC3", "\xE2\x82", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF\xFE", "\xE0\x80\xAF"}) {
    CHECK(mentions(statement_error(std::string("let a = 1 # ") + bytes), "expected UTF-8"));
    CHECK(mentions(error_of([&] { return parse_document(source(bytes), true); }), "expected UTF-8"));
    CHECK(mentions(expression_error(bytes), "expected UTF-8"));
  }
  CHECK(mentions(statement_error(repeated("#", (std::size_t{16} << 20U) + 1)), "the limit is 16777216"));
  CHECK(mentions(statement_error("let a = \x01"), "is not part of the notation"));
  CHECK(mentions(statement_error("let a = \"\x1B[31m\""), "control or invisible character"));
}

TEST_CASE("line ends of Windows and a byte order mark change nothing", "[notation][hostile]") {
  const Document document = parse_statements("\xEF\xBB\xBFlet a = 1 +\r\n\r\n  2\r\nlet b = \"x\"\r\n");
  REQUIRE(document.statements.size() == 2);
  CHECK(print(document.statements[0]) == "let a = 1 + 2");
  CHECK(print(document.statements[1]) == "let b = \"x\"");
  CHECK(parse_document(source("\xEF\xBB\xBF```assay\r\nlet a = 1\r\n```\r\n"), true).statements.size() == 1);
}

TEST_CASE("a tower of imports and fences without content is nothing", "[notation][hostile]") {
  CHECK(parse_document(source(repeated("```assay\n```\n", 10'000)), true).statements.empty());
  CHECK(parse_document(source(repeated("\n", 100'000)), true).statements.empty());
}
