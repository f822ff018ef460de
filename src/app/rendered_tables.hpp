#pragma once
#include <string>
#include <vector>

#include "app/tabulate.hpp"
#include "notation/table_markers.hpp"

/// Tables that a Markdown note shows between markers (notation/table_markers.hpp).
namespace assay::app {

/// Where a note shows tables, in order; a `.assay` file shows none.
/// @throws InputError for ill-formed markers and tables that the note does not have.
[[nodiscard]] std::vector<notation::RenderedTable> rendered_tables_of(const Note& note);

/// A rendered table, what it should be, and whether it is.
struct Rendering {
  notation::RenderedTable place;
  std::string content;  ///< what belongs between the markers, with the line breaks of the note
  bool is_stale = false;
  std::string complaint;  ///< if it is stale: the place, and what is different
};

/// The rendered tables of a note, evaluated anew.
/// @throws InputError for ill-formed markers and tables that the note does not have; BudgetExceeded if a cell is
/// undetermined: such a table cannot be compared, and is not to be shown as if it were done.
[[nodiscard]] std::vector<Rendering> renderings_of(const Note& note, DataFiles& data, const Limits& limits,
                                                   unsigned threads);

}  // namespace assay::app
