#include "app/note.hpp"

#include "app/trainings.hpp"
#include "base/error.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"

namespace assay::app {

notation::DocumentPtr shared_prelude() {
  return {&notation::prelude(), [](const notation::Document*) {}};
}

namespace {

/// Checks the kinds of the document. @returns the trained files that it loads.
std::vector<kernel::LoadedFile> check_kinds(const notation::Document& document, DataFiles& data, TrainedFiles trained) {
  std::vector<kernel::LoadedFile> loaded;
  notation::check_kinds(document, notation::prelude(), [&](const std::string& name, const SourceRange& where) {
    if (trained == TrainedFiles::must_fit || !data.is_trained(name, where)) return data.kind(name, where);
    loaded.push_back({name, where.text ? where.text->name() : "", where});
    return notation::any_kind();
  });
  return loaded;
}

/// What is wrong with a document may be that its trained files are those of an earlier version of it: names such files.
std::vector<Diagnostic> stale_files(Note note, DataFiles& data) {
  std::vector<Diagnostic> diagnostics;
  try {
    const std::vector<kernel::LoadedFile> loaded = check_kinds(*note.document, data, TrainedFiles::may_be_anything);
    note.program = std::make_unique<evaluate::Program>(shared_prelude(), note.document);
    for (const std::string& warning : StaleFiles(note, data).warnings(loaded)) diagnostics.push_back({{}, warning, ""});
  } catch (const InputError&) {
    diagnostics.clear();  // something is wrong, or missing, whatever the files hold
  }
  return diagnostics;
}

}  // namespace

Note open_note(const std::string& path, DataFiles& data, TrainedFiles trained) {
  Note note;
  note.document = notation::load_document(path);
  for (const TrainingStatement& training : trainings_of(*note.document))
    if (!training.weights.empty()) data.expect_trained(training.weights, training.training->name, training.command());
  try {
    (void)check_kinds(*note.document, data, trained);
  } catch (const InputError& error) {
    if (trained == TrainedFiles::may_be_anything) throw;
    const std::vector<Diagnostic> stale = stale_files(std::move(note), data);
    if (stale.empty()) throw;
    std::vector<Diagnostic> all = error.diagnostics();
    all.insert(all.end(), stale.begin(), stale.end());
    throw InputError(std::move(all));
  }
  note.program = std::make_unique<evaluate::Program>(shared_prelude(), note.document);
  return note;
}

}  // namespace assay::app
