#include "app/rendered_tables.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "app/progress.hpp"
#include "base/error.hpp"
#include "report/shortened.hpp"

namespace assay::app {

namespace {

/// Bytes of a line that are shown.
constexpr std::size_t longest_line = 200;

std::string with_newlines(const std::string& text, std::string_view newline) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string(newline) : std::string(1, c);
  return out;
}

std::string first_line_of(std::string_view text) {
  const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
  return std::string(text.substr(0, end));
}

/// Where two different texts differ first: "note.md:12: … is `a`, and should be `b`".
std::string difference(const Rendering& rendering) {
  const SourceRange& content = rendering.place.content;
  const std::string_view is = content.text->content().substr(content.begin, content.end - content.begin);
  const std::string_view should = rendering.content;
  std::size_t line = 0;  // where the line begins in which they differ
  for (std::size_t i = 0; i < is.size() && i < should.size() && is[i] == should[i]; ++i)
    if (is[i] == '\n') line = i + 1;
  const std::string here = first_line_of(is.substr(line));
  const std::string there = first_line_of(should.substr(line));
  std::string out = fmt::format("{}:{}: the rendered table '{}' is stale", printable(content.text->name()),
                                content.text->position(content.begin + line).line, rendering.place.name);
  if (here != there)
    out += fmt::format("\n    it shows   {}\n    instead of {}", report::shortened(printable(here), longest_line),
                       report::shortened(printable(there), longest_line));
  return out;
}

}  // namespace

std::vector<notation::RenderedTable> rendered_tables_of(const Note& note) {
  const notation::Document& document = *note.document;
  if (std::filesystem::path(document.text->name()).extension() == ".assay") return {};
  const std::vector<TableStatement> tables = tables_of(document);
  std::vector<notation::RenderedTable> places = notation::find_rendered_tables(document.text);
  for (const notation::RenderedTable& place : places)
    (void)find_table(tables, place.name, document.text->name(), place.opening);
  return places;
}

std::vector<Rendering> renderings_of(const Note& note, DataFiles& data, const Limits& limits, unsigned threads) {
  std::vector<Rendering> out;
  const std::vector<TableStatement> tables = tables_of(*note.document);
  std::vector<notation::RenderedTable> places = rendered_tables_of(note);
  const Progress progress(places.size(), true);
  for (notation::RenderedTable& place : places) {
    progress.at(out.size(), place.name);
    const TableStatement& statement = find_table(tables, place.name, note.document->text->name());
    std::string text;
    at_workplace(note, data, limits, threads, [&](const evaluate::Workplace& workplace) {
      const report::TableResult table = tabulate(note, data, statement, workplace);
      if (!table.is_determined())
        throw BudgetExceeded(
            "cells of the table '" + place.name + "' of " + table.file +
            " are undetermined; `assay table` shows which, --time-limit and --precision-limit may help");
      text = "\n" + report::to_markdown(table) + "\n";
    });
    Rendering rendering{std::move(place), "", false, ""};
    rendering.content = with_newlines(text, rendering.place.newline);
    const SourceRange& content = rendering.place.content;
    rendering.is_stale =
        content.text->content().substr(content.begin, content.end - content.begin) != rendering.content;
    if (rendering.is_stale) rendering.complaint = difference(rendering);
    out.push_back(std::move(rendering));
    progress.clear();
  }
  return out;
}

}  // namespace assay::app
