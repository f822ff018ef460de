#include "notation/table_markers.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "base/error.hpp"

using namespace assay;
using namespace assay::notation;

namespace {

std::vector<RenderedTable> found(const std::string& content) {
  return find_rendered_tables(std::make_shared<const SourceText>("n.md", content));
}
std::string complaint(const std::string& content) {
  try {
    return std::to_string(found(content).size()) + " tables";
  } catch (const InputError& error) {
    return error.what();
  }
}
std::string content_of(const RenderedTable& table) {
  return std::string(
      table.content.text->content().substr(table.content.begin, table.content.end - table.content.begin));
}

}  // namespace

TEST_CASE("rendered tables stand between their markers", "[notation][markers]") {
  const auto tables = found(
      "x\n<!-- assay table A-1 -->\nold\n  <!-- /assay table A-1 -->\n<!--assay table b-->\n<!--/assay table b-->");
  REQUIRE(tables.size() == 2);
  CHECK(tables[0].name == "A-1");
  CHECK(content_of(tables[0]) == "old\n");
  CHECK(tables[1].name == "b");
  CHECK(content_of(tables[1]).empty());
  CHECK(tables[1].newline == "\n");
}

TEST_CASE("lines may end in CR LF", "[notation][markers]") {
  const auto tables = found("<!-- assay table a -->\r\nold\r\n<!-- /assay table a -->\r\n");
  REQUIRE(tables.size() == 1);
  CHECK(content_of(tables[0]) == "old\r\n");
  CHECK(tables[0].newline == "\r\n");
}

TEST_CASE("code and comments hold no markers", "[notation][markers]") {
  CHECK(complaint("```\n<!-- assay table a -->\n```\n") == "0 tables");
  CHECK(complaint("~~~ text\n<!-- assay table a -->\n~~~\n") == "0 tables");
  CHECK(complaint("    <!-- assay table a -->\n") == "0 tables");
  CHECK(complaint("<!-- a comment\n<!-- assay table a -->\n") == "0 tables");
  CHECK(complaint("see <!-- assay table a -->\n") == "0 tables");
  CHECK(complaint("<!-- assay tables a -->\n") == "0 tables");
  CHECK(complaint("<!-- assay table a -->\n```\n<!-- /assay table a -->\n```\n").find("no closing marker") !=
        std::string::npos);
}

TEST_CASE("markers that do not fit are refused with their place", "[notation][markers]") {
  const std::string open = "<!-- assay table a -->\n";
  const std::string close = "<!-- /assay table a -->\n";
  CHECK(complaint("x\n" + open).find("n.md:2:1: error: the rendered table 'a' has no closing marker") !=
        std::string::npos);
  CHECK(complaint(close).find("n.md:1:1: error: a closing marker without an opening one") != std::string::npos);
  CHECK(complaint(open + close + open + close).find("n.md:3:1: error: the table 'a' is rendered a second time") !=
        std::string::npos);
  CHECK(complaint(open + "<!-- assay table b -->\n<!-- /assay table b -->\n").find("n.md:1:1") != std::string::npos);
  CHECK(complaint(open + "<!-- /assay table b -->\n").find("this closes 'b', but 'a' is open") != std::string::npos);
  for (const char* bad : {"<!-- assay table -->\n", "<!-- assay table 1a -->\n", "<!-- assay table a b -->\n",
                          "<!-- assay table a --> x\n", "<!-- assay table a", "<!-- /assay table -->\n"})
    CHECK(complaint(bad).find("no well-formed marker") != std::string::npos);
}

TEST_CASE("statements between markers are refused", "[notation][markers]") {
  const std::string open = "<!-- assay table a -->\n";
  const std::string close = "<!-- /assay table a -->\n";
  const std::string block = "```assay\nclaim A: 1 == 1\n```\n";
  const std::string found = complaint("x\n" + open + "\n" + block + close);
  CHECK(found.find("n.md:2:1: error: statements stand between the markers of the rendered table 'a'") !=
        std::string::npos);
  CHECK(found.find("begins in line 4") != std::string::npos);
  CHECK(complaint(open + block + close).find("n.md:1:1: error: statements") != std::string::npos);
  CHECK(complaint(open + "```assay\n```\n" + close).find("n.md:1:1: error: statements") != std::string::npos);
  CHECK(complaint(block + open + "old\n" + close + block) == "1 tables");
  const std::string other = "<!-- assay table b -->\n";
  CHECK(complaint(open + close + block + other + block + "<!-- /assay table b -->\n").find("n.md:6:1: error") !=
        std::string::npos);
  CHECK(complaint(open + "```text\nold\n```\n" + close) == "1 tables");
}

TEST_CASE("a hundred thousand rendered tables are found in one pass", "[notation][markers]") {
  std::string content;
  for (int i = 0; i < 100'000; ++i) {
    const std::string name = "t" + std::to_string(i) + " -->\n";
    content += "<!-- assay table " + name + "<!-- /assay table " + name;
  }
  CHECK(found(content).size() == 100'000);
}

TEST_CASE("whatever the lines are, tables do not overlap", "[notation][markers][property]") {
  CHECK(rc::check("lines", [] {
    const auto line = rc::gen::element<std::string>("<!-- assay table a -->", "<!-- /assay table a -->",
                                                    "<!-- assay table b -->", "<!-- /assay table b -->", "", "```",
                                                    "text", "<!--", "-->", "    <!-- assay table a -->",
                                                    "- <!-- assay table a -->", "~~~", "<!-- assay table -->");
    std::string content;
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(line)) content += part + "\r\n";
    try {
      std::size_t done = 0;
      for (const RenderedTable& table : found(content)) {
        RC_ASSERT(table.opening.begin >= done);
        RC_ASSERT(table.content.begin <= table.content.end);
        RC_ASSERT(table.content.begin == table.opening.end + 2);
        done = table.content.end;
      }
    } catch (const InputError& error) {
      RC_ASSERT(!error.diagnostics().empty());
    }
  }));
}
