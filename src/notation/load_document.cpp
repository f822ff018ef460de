#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <utility>

#include "base/error.hpp"
#include "notation/definitions.hpp"
#include "notation/document.hpp"
#include "notation/markdown.hpp"

namespace assay::notation {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_import_chain = 64;

/// @param importer  the import statement, for errors; points nowhere for the first document.
std::shared_ptr<const SourceText> read_text(const fs::path& path, const SourceRange& importer) {
  const std::string name = path.generic_string();
  const auto fail = [&importer](const std::string& message) { throw InputError(Diagnostic{importer, message, ""}); };
  std::error_code error;
  if (!fs::exists(path, error)) fail("the document `" + name + "` does not exist");
  if (!fs::is_regular_file(path, error)) fail("`" + name + "` is not a regular file");
  const auto size = fs::file_size(path, error);
  if (error) fail("the document `" + name + "` cannot be read");
  if (size > largest_document)
    fail("the document `" + name + "` has more than " + std::to_string(largest_document) + " bytes");
  std::ifstream stream(path, std::ios::binary);
  std::string content(static_cast<std::size_t>(size), '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!stream || static_cast<std::size_t>(stream.gcount()) != content.size())
    fail("the document `" + name + "` cannot be read");
  return std::make_shared<const SourceText>(name, std::move(content));
}

/// Loads documents and what they import, each once.
class Loader {
 public:
  DocumentPtr load(const fs::path& path, const SourceRange& importer) {
    const fs::path identity = fs::weakly_canonical(path);
    if (const auto known = loaded_.find(identity); known != loaded_.end()) return known->second;
    check_chain(identity, path, importer);
    const Link link(chain_, identity);
    auto document = std::make_shared<Document>(parse_document(read_text(path, importer), path.extension() != ".assay"));
    resolve_imports(*document, path.parent_path());
    check_definitions(*document);
    loaded_.emplace(identity, document);
    return document;
  }

 private:
  using Chain = std::vector<fs::path>;

  /// The document is being loaded while this lives.
  class Link {
   public:
    Link(Chain& chain, const fs::path& identity) : chain_(chain) { chain_.push_back(identity); }
    ~Link() { chain_.pop_back(); }
    Link(const Link&) = delete;
    Link& operator=(const Link&) = delete;

   private:
    Chain& chain_;
  };

  void check_chain(const fs::path& identity, const fs::path& path, const SourceRange& importer) const {
    const auto first = std::find(chain_.begin(), chain_.end(), identity);
    if (first != chain_.end()) {
      std::string cycle;
      for (auto link = first; link != chain_.end(); ++link) cycle += link->filename().string() + " -> ";
      throw InputError(Diagnostic{importer,
                                  "documents import each other in a cycle: " + cycle + path.filename().string(),
                                  "Move what both need into a third document."});
    }
    if (chain_.size() == longest_import_chain)
      throw InputError(Diagnostic{
          importer, "more than " + std::to_string(longest_import_chain) + " documents import each other in a chain",
          ""});
  }

  void resolve_imports(Document& document, const fs::path& folder) {
    std::vector<Diagnostic> errors;
    for (const Statement& statement : document.statements) {
      const auto* import = std::get_if<Import>(&statement.node);
      if (!import) continue;
      try {
        append(document, load_import(folder, import->path, statement.where));
      } catch (const InputError& error) {
        errors.insert(errors.end(), error.diagnostics().begin(), error.diagnostics().end());
      }
    }
    if (errors.size() > most_errors) errors.resize(most_errors);
    if (!errors.empty()) throw InputError(std::move(errors));
  }

  DocumentPtr load_import(const fs::path& folder, const std::string& path, const SourceRange& where) {
    if (fs::path(path).is_absolute())
      throw InputError(Diagnostic{where, "expected a path relative to this document, found an absolute one", ""});
    return load((folder / path).lexically_normal(), where);
  }

  /// Imports of `imported` first, then `imported` itself, each once.
  static void append(Document& document, const DocumentPtr& imported) {
    const auto append_new = [&document](const DocumentPtr& candidate) {
      if (std::find(document.imports.begin(), document.imports.end(), candidate) == document.imports.end())
        document.imports.push_back(candidate);
    };
    for (const DocumentPtr& further : imported->imports) append_new(further);
    append_new(imported);
  }

  /// Imported definitions share the namespace of the document, so no name may come from two places.
  static void check_definitions(const Document& document) {
    Definitions definitions;
    const auto add_lets = [&definitions](const Document& source) {
      for (const Statement& statement : source.statements)
        if (std::holds_alternative<Let>(statement.node)) definitions.add(statement);
    };
    for (const DocumentPtr& imported : document.imports) add_lets(*imported);
    add_lets(document);
  }

  std::map<fs::path, DocumentPtr> loaded_;
  Chain chain_;
};

}  // namespace

DocumentPtr load_document(const std::string& path) {
  try {
    return Loader().load(path, {});
  } catch (const fs::filesystem_error&) {
    throw InputError("the path `" + path + "` or one it imports cannot be resolved");
  }
}

}  // namespace assay::notation
