#include "report/shown_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "files/json_line.hpp"

namespace assay::report {

const char* name_of(ShownTable::State state) noexcept {
  switch (state) {
    case ShownTable::State::current: return "current";
    case ShownTable::State::stale: return "stale";
    case ShownTable::State::undetermined: return "undetermined";
  }
  return "?";
}

std::string summary(const std::vector<ShownTable>& tables) {
  if (tables.empty()) return "";
  std::string out = fmt::format("{} rendered table{}", tables.size(), tables.size() == 1 ? "" : "s");
  for (const auto state : {ShownTable::State::stale, ShownTable::State::undetermined}) {
    const auto count =
        std::count_if(tables.begin(), tables.end(), [&](const auto& each) { return each.state == state; });
    if (count > 0) out += fmt::format(", {} {}", count, name_of(state));
  }
  return out + "\n";
}

std::string to_json(const ShownTable& table) {
  using Json = nlohmann::ordered_json;
  Json out;
  out["table"] = table.name;
  out["file"] = table.file;
  out["line"] = table.line;
  out["state"] = name_of(table.state);
  if (!table.passes()) out["error"] = table.complaint;
  return files::json_line(out);
}

}  // namespace assay::report
