#pragma once
#include <vector>

#include "app/commands.hpp"
#include "app/data_files.hpp"
#include "app/note.hpp"
#include "report/shown_table.hpp"

/// Tables that notes show, as far as a check is concerned with them. They are no claims: a check of some claims passes
/// them over, and so does a lock.
namespace assay::app {

/// The tables that a note shows, not compared yet; none if the check passes them over.
/// @throws InputError for ill-formed markers and tables that the note does not have.
[[nodiscard]] std::vector<report::ShownTable> shown_tables(const Note& note, const CheckOptions& options);

/// Evaluates the tables that a note shows, and says which are stale. If the budget of one ends, none of the note is
/// compared. @throws InputError for tables that cannot be evaluated.
[[nodiscard]] std::vector<report::ShownTable> compared(std::vector<report::ShownTable> tables, const Note& note,
                                                       DataFiles& data, const CheckOptions& options);

}  // namespace assay::app
