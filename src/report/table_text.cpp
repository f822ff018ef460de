#include "report/table_text.hpp"

#include <algorithm>

#include "base/error.hpp"

namespace assay::report {

namespace {

bool is_one_number(const evaluate::Cell& cell) {
  return cell.kind == evaluate::Cell::Kind::value && cell.pieces == std::vector<std::string>{"", ""};
}

}  // namespace

bool TableResult::is_determined() const {
  return std::none_of(table.cells.begin(), table.cells.end(), [](const auto& column) {
    return std::any_of(column.begin(), column.end(),
                       [](const evaluate::Cell& cell) { return cell.kind == evaluate::Cell::Kind::undetermined; });
  });
}

std::string shown(const TableResult& table, std::size_t column, std::size_t row) {
  const evaluate::Cell& cell = table.table.cells[column][row];
  if (cell.kind == evaluate::Cell::Kind::undetermined) return "undetermined";
  return cell.text(table.table.columns[column].digits);
}

bool is_numeric(const TableResult& table, std::size_t column) {
  const std::vector<evaluate::Cell>& cells = table.table.cells[column];
  return std::any_of(cells.begin(), cells.end(), is_one_number) &&
         std::all_of(cells.begin(), cells.end(), [](const evaluate::Cell& cell) {
           return cell.kind != evaluate::Cell::Kind::value || is_one_number(cell);
         });
}

std::string on_one_line(const std::string& text) {
  std::string out = text;
  for (char& c : out)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return printable(out);
}

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

DecimalParts parts_of(std::string_view decimal) {
  const std::size_t exponent = std::min(decimal.find('e'), decimal.size());
  const std::size_t point = std::min(decimal.find('.'), exponent);
  const std::size_t fraction = std::min(point + 1, exponent);
  return {decimal.substr(0, point), decimal.substr(fraction, exponent - fraction), decimal.substr(exponent)};
}

TextColumn text_column(const TableResult& table, std::size_t column) {
  TextColumn out{on_one_line(table.table.columns[column].heading), {}, {}, is_numeric(table, column)};
  for (std::size_t row = 0; row < table.table.row_count(); ++row) {
    out.cells.push_back(on_one_line(shown(table, column, row)));
    out.is_number.push_back(is_one_number(table.table.cells[column][row]));
  }
  return out;
}

DecimalWidths widths_of(const TextColumn& column) {
  DecimalWidths out;
  for (std::size_t row = 0; row < column.cells.size(); ++row) {
    if (!column.is_number[row]) continue;
    const std::size_t before = parts_of(column.cells[row]).whole.size();
    out.before = std::max(out.before, before);
    out.after = std::max(out.after, column.cells[row].size() - before);
  }
  return out;
}

}  // namespace assay::report
