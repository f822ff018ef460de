#include "app/foundations.hpp"

#include <filesystem>

#include "app/check_jobs.hpp"
#include "base/digest.hpp"

namespace assay::app {

namespace {

namespace fs = std::filesystem;

bool defines(const notation::Document& document, const std::string& name) {
  for (const notation::Statement& statement : document.statements)
    if (const auto* let = std::get_if<notation::Let>(&statement.node); let != nullptr && let->name == name) return true;
  return false;
}

/// A path as seen from the folder of the note.
std::string as_seen_from(const Note& note, const fs::path& path) {
  const fs::path folder = fs::path(note.document->text->name()).parent_path();
  return path.lexically_normal().lexically_relative(folder.lexically_normal()).generic_string();
}

/// Where a definition stands (regression::Foundations::Definition::document).
std::string document_of(const std::string& name, const Note& note) {
  if (defines(*note.document, name)) return "";
  for (const notation::DocumentPtr& imported : note.document->imports)
    if (defines(*imported, name)) return as_seen_from(note, imported->text->name());
  return "prelude";
}

}  // namespace

regression::Foundations foundations_of(const kernel::Claim& claim, const notation::Claim& written, const Note& note,
                                       DataFiles& data) {
  regression::Foundations out;
  out.claim = claim.digest();
  out.statement = sha256(claim.statement());
  out.method = method_of(written);
  out.margins_decide = regression::margins_decide(claim.formula());
  kernel::Dependencies dependencies;
  dependencies.add(claim.resolved());
  for (const auto& [name, text] : dependencies.definitions())
    out.definitions[name] = {sha256(text), document_of(name, note)};
  for (const kernel::LoadedFile& loaded : claim.loads())
    out.files[as_seen_from(note, fs::path(loaded.document).parent_path() / loaded.name)] = data.digest(loaded);
  return out;
}

}  // namespace assay::app
