#include "app/check_tables.hpp"

#include <fmt/format.h>

#include "app/rendered_tables.hpp"
#include "base/budget.hpp"
#include "base/error.hpp"

namespace assay::app {

std::vector<report::ShownTable> shown_tables(const Note& note, const CheckOptions& options) {
  std::vector<report::ShownTable> out;
  if (!options.only.empty() || options.lock == LockUse::write) return out;
  const SourceText& text = *note.document->text;
  for (const notation::RenderedTable& place : rendered_tables_of(note)) {
    const Position position = text.position(place.opening.begin);
    out.push_back({place.name, text.name(), position.line, position.column, {}, ""});
  }
  return out;
}

std::vector<report::ShownTable> compared(std::vector<report::ShownTable> tables, const Note& note, DataFiles& data,
                                         const CheckOptions& options) {
  using State = report::ShownTable::State;
  if (tables.empty()) return tables;
  try {
    const std::vector<Rendering> renderings = renderings_of(note, data, options.limits, options.jobs);
    for (std::size_t i = 0; i < tables.size(); ++i) {
      if (!renderings.at(i).is_stale) continue;
      tables[i].state = State::stale;
      tables[i].complaint = renderings[i].complaint + "\n    `assay render --in-place` brings it up to date";
    }
  } catch (const BudgetExceeded& exceeded) {
    for (report::ShownTable& table : tables) {
      table.state = State::undetermined;
      table.complaint = fmt::format("{}:{}: the rendered table '{}' was not compared:\n    {}", printable(table.file),
                                    table.line, table.name, printable(exceeded.what()));
    }
  }
  return tables;
}

}  // namespace assay::app
