#pragma once
#include <memory>
#include <string>

#include "app/data_files.hpp"
#include "evaluate/program.hpp"
#include "notation/document.hpp"

namespace assay::app {

/// A document that passed all checks, ready for the evaluator.
struct Note {
  notation::DocumentPtr document;
  std::unique_ptr<evaluate::Program> program;
};

/// The prelude, not owned.
[[nodiscard]] notation::DocumentPtr shared_prelude();

/// Whether the files that the document's own trainings save must be there with the right shapes, or may be anything,
/// since the trainings are about to make them.
enum class TrainedFiles : std::uint8_t { must_fit, may_be_anything };

/// Loads and checks a document. Tells `data` which files its trainings, and those of its imports, make.
/// @throws InputError with everything that is wrong with it.
[[nodiscard]] Note open_note(const std::string& path, DataFiles& data, TrainedFiles trained = TrainedFiles::must_fit);

}  // namespace assay::app
