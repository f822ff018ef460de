#pragma once
#include <functional>
#include <string>
#include <vector>

#include "app/commands.hpp"
#include "app/data_files.hpp"
#include "app/note.hpp"
#include "report/table.hpp"

namespace assay::app {

/// A `table` statement and its place.
struct TableStatement {
  const notation::Table* table;
  const notation::Statement* statement;
};
/// The tables of a document, in order; those of its imports are not among them.
[[nodiscard]] std::vector<TableStatement> tables_of(const notation::Document& document);
/// The table of that name. @throws InputError if there is none, at the place that asks for it, if that is one.
[[nodiscard]] const TableStatement& find_table(const std::vector<TableStatement>& tables, const std::string& name,
                                               const std::string& document, const SourceRange& where = {});

/// Calls `work` with the note's program, its data and a budget, on a deep stack. @param threads  0: one a processor.
void at_workplace(const Note& note, DataFiles& data, const Limits& limits, unsigned threads,
                  const std::function<void(const evaluate::Workplace&)>& work);

/// Evaluates a table, and says what it rests on. @throws what `evaluate::tabulate` does.
[[nodiscard]] report::TableResult tabulate(const Note& note, DataFiles& data, const TableStatement& statement,
                                           const evaluate::Workplace& workplace);

}  // namespace assay::app
