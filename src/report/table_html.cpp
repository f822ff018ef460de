#include <fmt/format.h>

#include "report/table_text.hpp"

namespace assay::report {

namespace {

std::string escaped_for_html(const std::string& text) {
  return escaped(text, [](char c) -> std::string {
    switch (c) {
      case '&': return "&amp;";
      case '<': return "&lt;";
      case '>': return "&gt;";
      case '"': return "&quot;";
      case '\'': return "&#39;";
      default: return std::string(1, c);
    }
  });
}

/// What brings the decimal points of a column below one another: as many figures as the longest fraction has, unseen.
std::string filling(const std::string& number, const DecimalWidths& widths) {
  const std::size_t missing = widths.after - (number.size() - parts_of(number).whole.size());
  if (missing == 0) return "";
  const bool lacks_point = number.size() == parts_of(number).whole.size();
  const std::string figures = (lacks_point ? "." : "") + std::string(missing - (lacks_point ? 1 : 0), '0');
  return "<span aria-hidden=\"true\" style=\"visibility: hidden\">" + figures + "</span>";
}

std::string cell_of(const TextColumn& column, const DecimalWidths& widths, std::size_t row) {
  const std::string text = escaped_for_html(column.cells[row]);
  if (!column.is_numeric) return "<td>" + text + "</td>";
  return "<td style=\"text-align: right; font-variant-numeric: tabular-nums\">" + text +
         (column.is_number[row] ? filling(column.cells[row], widths) : "") + "</td>";
}

}  // namespace

std::string to_html(const TableResult& table) {
  std::vector<TextColumn> columns;
  std::vector<DecimalWidths> widths;
  std::string out = fmt::format("<table id=\"{}\">\n", escaped_for_html(table.name));
  out += fmt::format("  <caption>{}</caption>\n",
                     escaped_for_html(on_one_line(table.caption.empty() ? table.name : table.caption)));
  out += "  <thead>\n    <tr>";
  for (std::size_t c = 0; c < table.table.columns.size(); ++c) {
    columns.push_back(text_column(table, c));
    widths.push_back(widths_of(columns.back()));
    out += "<th scope=\"col\">" + escaped_for_html(columns.back().heading) + "</th>";
  }
  out += "</tr>\n  </thead>\n  <tbody>\n";
  // The first column heads its row if it shows what the row is about: a variable.
  const bool first_heads = !table.table.variables.empty() && !table.expressions.empty() &&
                           std::find(table.table.variables.begin(), table.table.variables.end(),
                                     table.expressions.front()) != table.table.variables.end();
  for (std::size_t row = 0; row < table.table.row_count(); ++row) {
    out += "    <tr>";
    for (std::size_t c = 0; c < columns.size(); ++c)
      out += c == 0 && first_heads ? "<th scope=\"row\">" + escaped_for_html(columns[c].cells[row]) + "</th>"
                                   : cell_of(columns[c], widths[c], row);
    out += "</tr>\n";
  }
  return out + "  </tbody>\n</table>\n";
}

}  // namespace assay::report
