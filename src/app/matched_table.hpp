#pragma once
#include <string>
#include <vector>

#include "files/csv.hpp"
#include "report/table.hpp"

namespace assay::app {

/// A published table whose columns and rows are matched with those of a table.
struct MatchedTable {
  struct Column {
    std::size_t published;  ///< its number in the file
    std::size_t own;        ///< its number in the table
  };
  struct Row {
    std::size_t published;  ///< its number among the records, the header not counted
    std::size_t own;
  };
  std::vector<Column> columns;  ///< those to be compared; not those by which rows are matched
  std::vector<Row> rows;
  std::vector<std::string> ignored;  ///< headings of the file that no column of the table has
  std::size_t not_published = 0;     ///< rows of the table that the file does not have
  bool by_key = false;               ///< rows are matched by the variables' values, not by their order
};

/// Columns are matched by their headings. If there is a column for each variable of the table (its heading is the
/// variable's name, or it is a column of the table whose expression is that variable) rows are matched by their values,
/// else by their order.
/// @throws InputError with the place in the file: no column fits; a heading fits twice; a row occurs twice or fits no
/// row of the table; by order, the numbers of rows differ.
[[nodiscard]] MatchedTable match(const std::vector<files::CsvRecord>& published, const report::TableResult& table);

}  // namespace assay::app
