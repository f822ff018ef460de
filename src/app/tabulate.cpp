#include "app/tabulate.hpp"

#include <algorithm>

#include "app/deep_run.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "base/processors.hpp"
#include "kernel/dependencies.hpp"
#include "notation/print.hpp"

namespace assay::app {

namespace {

/// The definitions and files that the table rests on.
kernel::Dependencies dependencies_of(const notation::Table& table, const evaluate::Program& program) {
  kernel::Dependencies out;
  std::vector<notation::ExprPtr> expressions;
  for (const notation::TableColumn& column : table.columns) {
    // Bound, so that its variables are no unknown names.
    expressions.push_back(notation::make_expr(
        notation::Binder{notation::BinderKind::vector, table.generators, table.filter, column.value},
        column.value->where));
    for (const notation::Argument& option : column.options) expressions.push_back(option.value);
  }
  for (const notation::ExprPtr& expression : expressions) out.add(*program.resolve(expression));
  return out;
}

}  // namespace

std::vector<TableStatement> tables_of(const notation::Document& document) {
  std::vector<TableStatement> out;
  for (const notation::Statement& statement : document.statements)
    if (const auto* table = std::get_if<notation::Table>(&statement.node)) out.push_back({table, &statement});
  return out;
}

const TableStatement& find_table(const std::vector<TableStatement>& tables, const std::string& name,
                                 const std::string& document, const SourceRange& where) {
  std::vector<std::string> names;
  for (const TableStatement& table : tables) {
    if (table.table->name == name) return table;
    names.push_back(table.table->name);
  }
  const std::string near = nearest_word(name, names);
  throw InputError(Diagnostic{where, "there is no table '" + name + "' in " + document,
                              near.empty() ? "" : "Did you mean '" + near + "'?"});
}

void at_workplace(const Note& note, DataFiles& data, const Limits& limits, unsigned threads,
                  const std::function<void(const evaluate::Workplace&)>& work) {
  Budget budget;
  set_limits(budget, limits);
  budget.set_threads(threads_for(threads));
  run_deep([&] { work({*note.program, data, budget}); });
}

report::TableResult tabulate(const Note& note, DataFiles& data, const TableStatement& statement,
                             const evaluate::Workplace& workplace) {
  report::TableResult out;
  const SourceRange& where = statement.statement->where;
  out.file = where.text->name();
  out.line = where.text->position(where.begin).line;
  out.name = statement.table->name;
  out.caption = statement.table->caption;
  out.statement = notation::print(*statement.statement);
  for (const notation::TableColumn& column : statement.table->columns)
    out.expressions.push_back(notation::print(*column.value));
  const kernel::Dependencies dependencies = dependencies_of(*statement.table, *note.program);
  out.digest = sha256("assay table 1\n" + out.statement + "\n" + dependencies.text());
  for (const kernel::LoadedFile& loaded : dependencies.loads()) {
    std::pair<std::string, std::string> file{loaded.name, data.digest(loaded)};
    if (std::find(out.loaded.begin(), out.loaded.end(), file) == out.loaded.end())
      out.loaded.push_back(std::move(file));
  }
  out.table = evaluate::tabulate(workplace, *statement.table);
  return out;
}

}  // namespace assay::app
