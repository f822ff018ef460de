#pragma once
#include <string>

#include "app/tabulate.hpp"

namespace assay::app {

/// Compares a table with the published one in the file `options.compare` (docs/tables.md says how their columns and
/// rows are matched), and writes a mark for each cell to `out`, as text or JSON.
/// @returns the exit code: whether all cells agree. @throws InputError if the file is ill-formed or does not fit.
[[nodiscard]] int compare(const TableOptions& options, const TableStatement& statement,
                          const report::TableResult& table, const evaluate::Workplace& workplace, std::string& out);

}  // namespace assay::app
