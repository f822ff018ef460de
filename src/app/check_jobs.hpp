#pragma once
#include <memory>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "app/note.hpp"
#include "app/note_paths.hpp"
#include "app/trainings.hpp"
#include "report/shown_table.hpp"

namespace assay::app {

/// A document to be checked, with the tables that it shows and what it says of the files it uses.
struct CheckedNote {
  Note note;
  std::vector<report::ShownTable> tables;  ///< not compared yet
  std::unique_ptr<StaleFiles> stale;
};

/// One claim to be checked. What it points to must outlive it.
struct Job {
  const Note* note;
  StaleFiles* stale;
  const notation::Statement* statement;
  const notation::Claim* claim;
};

/// Opens the documents at `paths`. @throws InputError for whatever is wrong with one of them, and if two that have one
/// name would share a folder of certificates.
[[nodiscard]] std::vector<CheckedNote> open_notes(const std::vector<NotePath>& paths, const CheckOptions& options,
                                                  DataFiles& data);

/// The claims of the documents in their order, or those named `only`. @throws InputError if there is no such claim.
[[nodiscard]] std::vector<Job> jobs_of(const std::vector<CheckedNote>& notes, const std::vector<std::string>& only);

/// The `by` clause of a claim in canonical form; "" for `auto`.
[[nodiscard]] std::string method_of(const notation::Claim& claim);

}  // namespace assay::app
