#include <nlohmann/json.hpp>

#include "files/json_line.hpp"
#include "number/dyadic.hpp"
#include "number/limits.hpp"
#include "report/table.hpp"

namespace assay::report {

namespace {

using Json = nlohmann::ordered_json;
using evaluate::Cell;
using evaluate::CellNumber;

/// An end of a ball: its denominator is a power of two.
Json dyadic(const Rational& x) {
  const auto exponent = static_cast<std::int64_t>(mpz_scan1(x.get_den().get_mpz_t(), 0));
  return to_string(Dyadic(x.get_num(), -exponent));
}

void add_bounds(Json& out, const evaluate::KnownReal& known) {
  if (known.exact) {
    out["exact"] = known.exact->get_str();
    return;
  }
  try {
    const Json low = dyadic(lower(known.ball));
    const Json high = dyadic(upper(known.ball));
    out["lower"] = low;
    out["upper"] = high;
  } catch (const NotRepresentable&) {  // an exponent beyond all that could be written out
    out["enclosure"] = to_string(known.ball);
  }
}

Json number_of(const CellNumber& number, long digits) {
  Json out;
  out["text"] = number.shown ? Json(number.shown->text) : Json(nullptr);
  out["digits"] = !number.shown ? Json(0) : number.shown->is_whole ? Json("all") : Json(digits);
  if (!number.known) return out;
  add_bounds(out, *number.known);
  out["arithmetic"] = number.arithmetic;
  if (number.precision > 0) out["precision"] = number.precision;
  return out;
}

const char* name_of(Cell::Kind kind) {
  switch (kind) {
    case Cell::Kind::value: return "determined";
    case Cell::Kind::undefined: return "undefined";
    case Cell::Kind::undetermined: return "undetermined";
  }
  return "?";
}

Json cell_of(const TableResult& table, std::size_t column, std::size_t row) {
  const Cell& cell = table.table.cells[column][row];
  Json out;
  out["text"] = shown(table, column, row);
  out["state"] = name_of(cell.kind);
  if (cell.kind != Cell::Kind::value) out["reason"] = cell.reason;
  if (cell.kind == Cell::Kind::undefined) {
    out["arithmetic"] = cell.arithmetic;
    return out;
  }
  out["numbers"] = Json::array();
  for (const CellNumber& number : cell.numbers)
    out["numbers"].push_back(number_of(number, table.table.columns[column].digits));
  return out;
}

}  // namespace

std::string to_json(const TableResult& table) {
  Json out;
  out["table"] = table.name;
  out["caption"] = table.caption;
  out["file"] = table.file;
  out["line"] = table.line;
  out["statement"] = table.statement;
  out["digest"] = table.digest;
  out["loads"] = Json::array();
  for (const auto& [name, digest] : table.loaded) out["loads"].push_back({{"name", name}, {"digest", digest}});
  out["rounding"] = "half to even";
  out["columns"] = Json::array();
  for (std::size_t c = 0; c < table.table.columns.size(); ++c)
    out["columns"].push_back({{"heading", table.table.columns[c].heading},
                              {"expression", table.expressions[c]},
                              {"digits", table.table.columns[c].digits}});
  out["rows"] = Json::array();
  for (std::size_t row = 0; row < table.table.row_count(); ++row) {
    Json assignment = Json::object();
    for (std::size_t g = 0; g < table.table.variables.size(); ++g)
      assignment[table.table.variables[g]] =
          table.table.assignments[g][row].text(evaluate::Tabulated::assignment_digits);
    Json cells = Json::array();
    for (std::size_t c = 0; c < table.table.columns.size(); ++c) cells.push_back(cell_of(table, c, row));
    out["rows"].push_back({{"assignment", std::move(assignment)}, {"cells", std::move(cells)}});
  }
  out["assay"] = ASSAY_VERSION;
  return files::json_line(out);
}

}  // namespace assay::report
