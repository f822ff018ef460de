#include <fmt/format.h>

#include <cstdio>

#include "app/compare.hpp"
#include "app/progress.hpp"
#include "app/tabulate.hpp"
#include "app/target.hpp"
#include "base/error.hpp"

namespace assay::app {

namespace {

std::string rendered(const report::TableResult& table, const std::string& format) {
  if (format == "latex") return report::to_latex(table);
  if (format == "csv") return report::to_csv(table);
  if (format == "html") return report::to_html(table);
  if (format == "json") return report::to_json(table) + "\n";
  return report::to_markdown(table);
}

std::vector<TableStatement> selected(const Note& note, const std::string& path, const std::string& name) {
  std::vector<TableStatement> all = tables_of(*note.document);
  if (name.empty()) return all;
  return {find_table(all, name, path)};
}

/// Says why cells are undetermined, each reason once.
void explain(const report::TableResult& table) {
  std::vector<std::string> said;
  for (const auto& column : table.table.cells)
    for (const evaluate::Cell& cell : column) {
      if (cell.kind != evaluate::Cell::Kind::undetermined) continue;
      if (std::find(said.begin(), said.end(), cell.reason) != said.end()) continue;
      said.push_back(cell.reason);
      fmt::print(stderr, "{}: cells are undetermined: {}\n", table.name, printable(cell.reason));
    }
}

}  // namespace

int table(const TableOptions& options) {
  const auto [path, name] = split_target(options.target);
  DataFiles data(options.data);
  const Note note = open_note(path, data);
  const std::vector<TableStatement> tables = selected(note, path, name);
  if (tables.empty()) {
    fmt::print(stderr, "error: {} holds no table\n  A table is a statement `table NAME`, see docs/tables.md.\n", path);
    return exit_nothing;
  }
  const bool needs_one = options.format == "csv" || !options.compare.empty();
  if (needs_one && tables.size() > 1)
    throw InputError(path + " holds " + std::to_string(tables.size()) + " tables, but one is needed here",
                     "Name it: " + path + "#" + tables.front().table->name);
  int code = exit_ok;
  const Progress progress(tables.size(), true);
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const TableStatement& statement = tables[i];
    std::string text;
    progress.at(i, statement.table->name);
    at_workplace(note, data, options.limits, options.jobs, [&](const evaluate::Workplace& workplace) {
      const report::TableResult table = tabulate(note, data, statement, workplace);
      if (!options.compare.empty()) {
        code = compare(options, statement, table, workplace, text);
        return;
      }
      text = rendered(table, options.format);
      if (!table.is_determined()) code = exit_unexpected;
      progress.clear();
      explain(table);
    });
    progress.clear();
    if (i > 0 && options.format != "json") fmt::print("\n");
    fmt::print("{}", text);
    (void)std::fflush(stdout);
  }
  return code;
}

}  // namespace assay::app
