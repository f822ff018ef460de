#include <algorithm>
#include <string_view>

#include "report/table_text.hpp"

namespace assay::report {

namespace {

/// Characters that mean something in a line of Markdown (CommonMark 0.30, section 2.4: any ASCII punctuation may be
/// escaped), and the pipe.
std::string escaped_for_markdown(const std::string& text) {
  constexpr std::string_view special = "\\`*_[]<>|~$&#";
  return escaped(text,
                 [&](char c) { return (special.find(c) == std::string_view::npos ? "" : "\\") + std::string(1, c); });
}

/// A text that is a paragraph of its own: what stands at its beginning begins no list, rule, heading or code.
std::string paragraph(const std::string& text) {
  std::string out = escaped_for_markdown(text.substr(std::min(text.find_first_not_of(' '), text.size())));
  const std::size_t mark = std::min(out.find_first_not_of("0123456789"), out.size());
  constexpr std::string_view bullets = "-+=";
  constexpr std::string_view behind_numbers = ".)";
  if (mark < out.size() && (mark == 0 ? bullets : behind_numbers).find(out[mark]) != std::string_view::npos)
    out.insert(mark, "\\");
  return out;
}

std::string padded(const std::string& text, std::size_t left, std::size_t right) {
  return std::string(left, ' ') + text + std::string(right, ' ');
}

/// The cells of a column, all of one width, the heading first.
std::vector<std::string> aligned(const TextColumn& column) {
  const DecimalWidths widths = widths_of(column);
  std::vector<std::string> texts{escaped_for_markdown(column.heading)};
  for (std::size_t row = 0; row < column.cells.size(); ++row) {
    std::string text = escaped_for_markdown(column.cells[row]);
    if (column.is_numeric && column.is_number[row]) {
      const std::size_t before = parts_of(column.cells[row]).whole.size();
      text = padded(text, widths.before - before, widths.after - (text.size() - before));
    }
    texts.push_back(std::move(text));
  }
  std::size_t width = 3;  // of the line below the heading
  for (const std::string& text : texts) width = std::max(width, width_of(text));
  for (std::string& text : texts) {
    const std::size_t rest = width - width_of(text);
    text = column.is_numeric ? padded(text, rest, 0) : padded(text, 0, rest);
  }
  return texts;
}

}  // namespace

std::string to_markdown(const TableResult& table) {
  std::string out;
  if (const std::string caption = paragraph(on_one_line(table.caption)); !caption.empty()) out += caption + "\n\n";
  std::vector<std::vector<std::string>> columns;
  std::string rule = "|";
  for (std::size_t c = 0; c < table.table.columns.size(); ++c) {
    const TextColumn column = text_column(table, c);
    columns.push_back(aligned(column));
    const std::string dashes(width_of(columns.back().front()) - 1, '-');
    rule += column.is_numeric ? " " + dashes + ": |" : " " + dashes + "- |";
  }
  for (std::size_t row = 0; row <= table.table.row_count(); ++row) {
    out += "|";
    for (const std::vector<std::string>& column : columns) out += " " + column[row] + " |";
    out += "\n";
    if (row == 0) out += rule + "\n";
  }
  return out;
}

}  // namespace assay::report
