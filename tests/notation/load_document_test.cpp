#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "support.hpp"

using namespace assay;
using namespace assay::notation;
namespace fs = std::filesystem;

namespace {

/// A folder of documents that is removed in the end.
class Folder {
 public:
  Folder()
      : path_(fs::temp_directory_path() / ("assay-load-" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))) {
    fs::create_directories(path_ / "sub");
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& content) const {
    std::ofstream(path_ / name, std::ios::binary) << content;
  }
  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] DocumentPtr load(const std::string& name) const { return load_document(path(name)); }
  [[nodiscard]] std::string error(const std::string& name) const {
    return error_of([&] { return load(name); });
  }

 private:
  fs::path path_;
};

std::string block(const std::string& statements) { return "# A note\n\n```assay\n" + statements + "```\n"; }

std::string imports_of(const Document& document) {
  std::string names;
  for (const DocumentPtr& import : document.imports)
    names += (names.empty() ? "" : " ") + fs::path(import->text->name()).filename().string();
  return names;
}

}  // namespace

TEST_CASE("Markdown documents have blocks, others with the suffix .assay are statements throughout",
          "[notation][load]") {
  const Folder folder;
  folder.write("a.md", block("let a = 1\n"));
  folder.write("b.assay", "let b = 1\n");
  CHECK(folder.load("a.md")->statements.size() == 1);
  CHECK(folder.load("b.assay")->statements.size() == 1);
}

TEST_CASE("imports are loaded relative to the importing document, each once, in order of first appearance",
          "[notation][load]") {
  const Folder folder;
  folder.write("main.md", block("import \"sub/a.md\"\nimport \"b.assay\"\nlet m = 1\n"));
  folder.write("sub/a.md", block("import \"../c.assay\"\nlet a = 1\n"));
  folder.write("b.assay", "import \"sub/../c.assay\"\nimport \"sub/a.md\"\nlet b = 1\n");
  folder.write("c.assay", "let c = 1\nclaim C: c == 1\n");
  const DocumentPtr document = folder.load("main.md");
  CHECK(imports_of(*document) == "c.assay a.md b.assay");
  CHECK(document->imports[1]->imports.at(0) == document->imports[0]);
}

TEST_CASE("a cycle of imports is an error that shows the chain", "[notation][load]") {
  const Folder folder;
  folder.write("a.assay", "import \"b.assay\"\n");
  folder.write("b.assay", "import \"c.assay\"\n");
  folder.write("c.assay", "import \"b.assay\"\n");
  folder.write("self.assay", "import \"self.assay\"\n");
  CHECK(mentions(folder.error("a.assay"),
                 "c.assay:1:1: error: documents import each other in a cycle: "
                 "b.assay -> c.assay -> b.assay"));
  CHECK(mentions(folder.error("self.assay"), "self.assay -> self.assay"));
}

TEST_CASE("what cannot be imported is reported at the import", "[notation][load]") {
  const Folder folder;
  folder.write("a.assay", "import \"none.md\"\nimport \"sub\"\nimport \"/etc/passwd\"\nlet a = 1\n");
  const std::string error = folder.error("a.assay");
  CHECK(mentions(error, "a.assay:1:1: error: the document"));
  CHECK(mentions(error, "none.md` does not exist"));
  CHECK(mentions(error, "a.assay:2:1: error:"));
  CHECK(mentions(error, "is not a regular file"));
  CHECK(mentions(error, "a.assay:3:1: error: expected a path relative to this document"));
  CHECK(mentions(folder.error("missing.md"), "does not exist"));
}

TEST_CASE("errors in imported documents have their positions there, and all are reported", "[notation][load]") {
  const Folder folder;
  folder.write("a.assay", "import \"b.assay\"\nimport \"c.assay\"\n");
  folder.write("b.assay", "let = 1\n");
  folder.write("c.assay", "let x = (\n");
  const std::string error = folder.error("a.assay");
  CHECK(mentions(error, "b.assay:1:5: error: expected the name to be defined"));
  CHECK(mentions(error, "c.assay:1:10: error: expected an expression"));
}

TEST_CASE("a definition may not repeat an imported one", "[notation][load]") {
  const Folder folder;
  folder.write("a.assay", "import \"b.assay\"\nlet f(x) = 1\n");
  folder.write("b.assay", "let f(x) = 2\n");
  const std::string error = folder.error("a.assay");
  CHECK(mentions(error, "a.assay:2:1: error: a second `let f`; the first one is at "));
  CHECK(mentions(error, "b.assay:1:1"));
}

TEST_CASE("a long chain of imports is an error", "[notation][load]") {
  const Folder folder;
  for (int i = 0; i < 100; ++i)
    folder.write("n" + std::to_string(i) + ".assay", "import \"n" + std::to_string(i + 1) + ".assay\"\n");
  CHECK(mentions(folder.error("n0.assay"), "more than 64 documents import each other in a chain"));
}

TEST_CASE("binary and unreadable files are errors", "[notation][load]") {
  const Folder folder;
  folder.write("binary.assay", std::string("\x7F"
                                           "ELF\0\0",
                                           6));
  folder.write("large.assay", std::string((std::size_t{16} << 20U) + 1, ' '));
  CHECK(mentions(folder.error("binary.assay"), "found a NUL byte"));
  CHECK(mentions(folder.error("large.assay"), "has more than 16777216 bytes"));
}
