#pragma once
#include <string>
#include <utility>
#include <vector>

#include "evaluate/table.hpp"

/// Tables with verified digits, and their renderings (docs/tables.md). The JSON object is the source of truth.
namespace assay::report {

/// A table of a document, evaluated.
struct TableResult {
  std::string file;
  std::size_t line = 0;
  std::string name;
  std::string caption;
  std::string statement;
  std::string digest;                                       ///< of the statement and the definitions it rests on
  std::vector<std::pair<std::string, std::string>> loaded;  ///< names and digests of the files it rests on
  std::vector<std::string> expressions;                     ///< of the columns, as the notation prints them
  evaluate::Tabulated table;

  [[nodiscard]] bool is_determined() const;  ///< no cell is undetermined
};

/// What a cell shows: its value, `undefined` or `undetermined`.
[[nodiscard]] std::string shown(const TableResult& table, std::size_t column, std::size_t row);
/// Whether all values of the column are single real numbers (some may be undefined or undetermined).
[[nodiscard]] bool is_numeric(const TableResult& table, std::size_t column);

/// A pipe table, in whose source the numbers of a column are aligned on the decimal point; above it the caption.
[[nodiscard]] std::string to_markdown(const TableResult& table);
/// A `table` (a `longtable` if it is long) with booktabs' rules and siunitx's columns.
[[nodiscard]] std::string to_latex(const TableResult& table);
/// RFC 4180: a header of the columns' headings, then a record for each row; lines end in CR LF.
[[nodiscard]] std::string to_csv(const TableResult& table);
/// A `table` element with its caption, for inclusion in a page.
[[nodiscard]] std::string to_html(const TableResult& table);
/// One object on one line, keys in fixed order.
[[nodiscard]] std::string to_json(const TableResult& table);

}  // namespace assay::report
