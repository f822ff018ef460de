#include "report/table.hpp"

namespace assay::report {

namespace {

/// RFC 4180, section 2: a field with commas, quotes or line breaks stands in quotes, and its quotes are doubled. One
/// with spaces around it, too: some readers drop them.
std::string field(const std::string& text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string::npos && text.front() != ' ' && text.back() != ' ')
    return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? "\"\"" : std::string(1, c);
  return out + "\"";
}

}  // namespace

std::string to_csv(const TableResult& table) {
  const std::size_t columns = table.table.columns.size();
  std::string out;
  for (std::size_t c = 0; c < columns; ++c) out += (c > 0 ? "," : "") + field(table.table.columns[c].heading);
  out += "\r\n";
  for (std::size_t row = 0; row < table.table.row_count(); ++row) {
    for (std::size_t c = 0; c < columns; ++c) out += (c > 0 ? "," : "") + field(shown(table, c, row));
    out += "\r\n";
  }
  return out;
}

}  // namespace assay::report
