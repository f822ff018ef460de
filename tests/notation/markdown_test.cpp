#include <catch2/catch.hpp>

#include "support.hpp"

using namespace assay;
using namespace assay::notation;

namespace {

/// The names defined by the blocks of a Markdown document, with blanks between.
std::string names_in(const std::string& markdown) {
  std::string names;
  for (const Statement& statement : parse_document(source(markdown), true).statements)
    names += (names.empty() ? "" : " ") + std::get<Let>(statement.node).name;
  return names;
}

}  // namespace

TEST_CASE("the fenced blocks whose info string begins with assay hold the statements", "[notation][markdown]") {
  CHECK(names_in("# T\n\nlet prose = 1\n\n```assay\nlet a = 1\n```\ntext\n~~~ assay title=x\nlet b = 2\n~~~\n") ==
        "a b");
  CHECK(names_in("```\nlet a = 1\n```\n").empty());
  CHECK(names_in("```assays\nlet a = 1\n```\n").empty());
  CHECK(names_in("```Assay\nlet a = 1\n```\n").empty());
  CHECK(names_in("```python assay\nlet a = 1\n```\n").empty());
  CHECK(names_in("``assay\nlet a = 1\n``\n").empty());
  CHECK(names_in("`````  assay\nlet a = 1\n`````\n") == "a");
}

TEST_CASE("a block ends at a fence of its own kind and at least its length", "[notation][markdown]") {
  CHECK(names_in("````assay\nlet a = \"```\"\n`````  \nlet prose = 1\n") == "a");
  CHECK(names_in("~~~assay\nlet a = 1 # ```\n~~~\n```assay\nlet b = 1\n```\n") == "a b");
  CHECK(names_in("```assay\nlet a = 1 # ``` \n```\n") == "a");
}

TEST_CASE("a line of backticks with an info string closes nothing", "[notation][markdown]") {
  CHECK(names_in("```text\n``` x\n```\n```assay\nlet b = 1\n```\n") == "b");
}

TEST_CASE("a block shown within a longer fence is not taken", "[notation][markdown]") {
  CHECK(names_in("````\n```assay\nlet a = 1\n```\n````\n").empty());
  CHECK(names_in("````markdown\n```assay\nlet a = 1\n```\n````\n```assay\nlet b = 1\n```\n") == "b");
  CHECK(names_in("~~~\n```assay\nlet a = 1\n```\n~~~\n").empty());
}

TEST_CASE("fences may be indented by three spaces, which are removed from their lines", "[notation][markdown]") {
  CHECK(names_in("   ```assay\n   let a = 1 +\n     2\n   let b = 2\n ```\n") == "a b");
  CHECK(names_in("  ```assay\nlet a = 1\n  let b = 2\n  ```\n") == "a b");
  CHECK(names_in("    ```assay\n    let a = 1\n    ```\n").empty());
  CHECK(names_in("\t```assay\n\tlet a = 1\n\t```\n").empty());
}

TEST_CASE("a fence within a list item is read, one in indented code is shown", "[notation][markdown]") {
  CHECK(names_in("1. item\n\n    ```assay\n    let a = 1\n    ```\n") == "a");
  CHECK(names_in("- item\n  - inner\n\n      ```assay\n      let a = 1\n      ```\n") == "a");
  CHECK(names_in("10) item\n    ~~~assay\n    let a = 1\n    ~~~\n") == "a");
  CHECK(names_in("text\n\n    ```assay\n    let a = 1\n    ```\n").empty());
  CHECK(names_in("- item\n\nno item\n\n    ```assay\n    let a = 1\n    ```\n").empty());
  CHECK(names_in("- item\n\n      ```assay\n      shown\n").empty());
  CHECK(names_in("1.5 is no item\n\n    ```assay\n    shown\n").empty());
  CHECK(names_in("-no item\n\n    ```assay\n    shown\n").empty());
}

TEST_CASE("a backtick in the info string makes a code span, not a fence", "[notation][markdown]") {
  CHECK(names_in("```assay let` x```\n\n```assay\nlet a = 1\n```\n") == "a");
}

TEST_CASE("what stands in an HTML comment is not taken", "[notation][markdown]") {
  CHECK(names_in("<!--\n```assay\nlet a = 1\n```\n-->\n```assay\nlet b = 1\n```\n") == "b");
  CHECK(names_in("<!-- one line -->\n```assay\nlet b = 1\n```\n") == "b");
}

TEST_CASE("a fence that is never closed is an error", "[notation][markdown]") {
  const auto error = [](const std::string& text) {
    return error_of([&] { return parse_document(source(text), true); });
  };
  CHECK(mentions(error("text\n```assay\nlet a = 1\n"), "test:2:1: error: this fenced block is never closed"));
  CHECK(mentions(error("```text\nlet a = 1\n~~~\n"), "never closed"));
  CHECK(mentions(error("````assay\nlet a = 1\n```\n"), "Close it with a line of 4 ```."));
  CHECK(mentions(error("```assay\nlet a = 1"), "never closed"));
}

TEST_CASE("blocks share one namespace and errors have the position in the document", "[notation][markdown]") {
  const std::string text = "```assay\nlet a = 1\n```\nprose\n  ```assay\n  let a = 2\n  let b = (\n  ```\n";
  const std::string error = error_of([&] { return parse_document(source(text), true); });
  CHECK(mentions(error, "test:6:3: error: a second `let a`; the first one is at test:2:1"));
  CHECK(mentions(error, "test:7:12: error: expected an expression"));
}

TEST_CASE("a statement does not go on into the next block", "[notation][markdown]") {
  const std::string text = "```assay\nlet a = 1 +\n```\n\n```assay\n  2\n```\n";
  const std::string error = error_of([&] { return parse_document(source(text), true); });
  CHECK(mentions(error, "test:2:12: error: expected an expression"));
  CHECK(mentions(error, "test:6:3: error: a statement starts at the beginning of a line"));
}
