#include <fmt/format.h>

#include <algorithm>

#include "report/table_text.hpp"

namespace assay::report {

namespace {

/// Rows that fit on a page with its caption; a longer table may be broken.
constexpr std::size_t rows_of_page = 40;

std::string escaped_for_latex(const std::string& text) {
  return escaped(text, [](char c) -> std::string {
    switch (c) {
      case '\\': return "\\textbackslash{}";
      case '~': return "\\textasciitilde{}";
      case '^': return "\\textasciicircum{}";
      case '<': return "\\textless{}";
      case '>': return "\\textgreater{}";
      case '|': return "\\textbar{}";
      case '"': return "\\string\"";
      case '&':
      case '%':
      case '$':
      case '#':
      case '_':
      case '{':
      case '}': return std::string("\\") + c;
      default: return std::string(1, c);
    }
  });
}

/// A label with nothing in it that TeX reads in its own way.
std::string label_of(const std::string& name) { return "tab:" + name; }

/// A value that is no number: a minus sign is set as one, and nothing in the first cell of a row is taken for an
/// argument of the `\\` before it.
std::string text_cell(const std::string& text, bool is_first) {
  std::string out = is_first && (text.starts_with("[") || text.starts_with("*")) ? "{}" : "";
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_minus = text[i] == '-' && i + 1 < text.size() &&
                          (std::isdigit(static_cast<unsigned char>(text[i + 1])) != 0 || text[i + 1] == ' ');
    out += is_minus ? "$-$" : escaped_for_latex(text.substr(i, 1));
  }
  return out;
}

/// siunitx's table-format: how many digits there are on both sides of the decimal point, and in the exponent.
std::string column_type(const TextColumn& column) {
  if (!column.is_numeric) return "l";
  std::size_t whole = 1;
  std::size_t fraction = 0;
  std::size_t exponent = 0;
  bool negative = false;
  bool negative_exponent = false;
  for (std::size_t row = 0; row < column.cells.size(); ++row) {
    if (!column.is_number[row]) continue;
    const DecimalParts parts = parts_of(column.cells[row]);
    const bool is_negative = parts.whole.starts_with("-");
    negative = negative || is_negative;
    whole = std::max(whole, parts.whole.size() - (is_negative ? 1 : 0));
    fraction = std::max(fraction, parts.fraction.size());
    if (parts.exponent.empty()) continue;
    exponent = std::max(exponent, parts.exponent.size() - 2);
    negative_exponent = negative_exponent || parts.exponent[1] == '-';
  }
  std::string format = fmt::format("{}{}.{}", negative ? "-" : "", whole, fraction);
  if (exponent > 0) format += fmt::format("e{}{}", negative_exponent ? "-" : "", exponent);
  return "S[table-format=" + format + "]";
}

std::string row_of(const std::vector<TextColumn>& columns, std::size_t row) {
  std::string out;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    const TextColumn& column = columns[c];
    const std::string text = text_cell(column.cells[row], c == 0);
    // siunitx reads what is not in braces as a number.
    out += (c > 0 ? " & " : "    ") + (column.is_numeric && column.is_number[row] ? column.cells[row]
                                       : column.is_numeric                        ? "{" + text + "}"
                                                                                  : text);
  }
  return out + " \\\\\n";
}

}  // namespace

std::string to_latex(const TableResult& table) {
  const bool is_long = table.table.row_count() > rows_of_page;
  std::vector<TextColumn> columns;
  std::string types;
  std::string head;
  for (std::size_t c = 0; c < table.table.columns.size(); ++c) {
    columns.push_back(text_column(table, c));
    types += (c > 0 ? " " : "") + column_type(columns.back());
    head += (c > 0 ? " & " : "    ") + ("{" + escaped_for_latex(columns.back().heading) + "}");
  }
  head = "    \\toprule\n" + head + " \\\\\n    \\midrule\n";
  std::string caption;
  if (!table.caption.empty())
    caption = fmt::format("  \\caption{{{}}}\n", escaped_for_latex(on_one_line(table.caption)));
  const std::string label = fmt::format("\\label{{{}}}", label_of(table.name));
  std::string out = fmt::format("% \\usepackage{{booktabs,siunitx{}}}\n", is_long ? ",longtable" : "");
  if (is_long) {
    out += "\\begin{longtable}{" + types + "}\n";
    if (!caption.empty()) out += caption + "  " + label + " \\\\\n";
    out += head + "    \\endhead\n    \\bottomrule\n    \\endfoot\n";
  } else {
    out += "\\begin{table}\n  \\centering\n" + caption + (caption.empty() ? "" : "  " + label + "\n");
    out += "  \\begin{tabular}{" + types + "}\n" + head;
  }
  for (std::size_t row = 0; row < table.table.row_count(); ++row) out += row_of(columns, row);
  if (!is_long) out += "    \\bottomrule\n  \\end{tabular}\n";
  return out + (is_long ? "\\end{longtable}\n" : "\\end{table}\n");
}

}  // namespace assay::report
