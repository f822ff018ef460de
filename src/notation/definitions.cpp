#include "notation/definitions.hpp"

#include <algorithm>
#include <string_view>

#include "base/error.hpp"

namespace assay::notation {

namespace {

/// What a statement defines, e.g. "let f" or "claim MODADD-01"; empty for an import.
std::string title_of(const Statement& statement) {
  struct Title {
    std::string operator()(const Let& s) const { return "let " + s.name; }
    std::string operator()(const Claim& s) const { return "claim " + s.id; }
    std::string operator()(const Table& s) const { return "table " + s.name; }
    std::string operator()(const Train& s) const { return "train " + s.name; }
    std::string operator()(const Plot& s) const { return "plot " + s.name; }
    std::string operator()(const Import&) const { return ""; }
  };
  return std::visit(Title{}, statement.node);
}

std::string place_of(const SourceRange& where) {
  const Position position = where.text->position(where.begin);
  return where.text->name() + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

/// The first line of a statement, for errors that concern all of it.
SourceRange head_of(const Statement& statement) {
  const std::string_view content = statement.where.text->content();
  const std::size_t line_end = std::min(content.find_first_of("\r\n", statement.where.begin), content.size());
  return {statement.where.text, statement.where.begin, std::min(statement.where.end, line_end)};
}

}  // namespace

void Definitions::add(const Statement& statement) {
  const std::string title = title_of(statement);
  if (title.empty()) return;
  const auto [known, is_new] = places_.emplace(title, statement.where);
  if (!is_new)
    throw InputError(Diagnostic{head_of(statement),
                                "a second `" + title + "`; the first one is at " + place_of(known->second),
                                "Give each a name of its own."});
}

}  // namespace assay::notation
