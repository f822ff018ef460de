#include "graph/index.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "base/digest.hpp"

namespace assay::graph {

namespace {

using Table = std::vector<std::uint32_t>;
using TablePtr = std::shared_ptr<const Table>;

/// first, first + stride, … as an axis without table if it is that with a stride ≥ 0.
Index::Axis axis_of(Table values) {
  if (values.size() == 1) return {values[0], 0, nullptr};
  if (values[1] >= values[0]) {
    const std::uint32_t stride = values[1] - values[0];
    bool is_progression = true;
    for (std::size_t i = 2; i < values.size() && is_progression; ++i)
      is_progression = values[i] >= values[i - 1] && values[i] - values[i - 1] == stride;
    if (is_progression) return {values[0], stride, nullptr};
  }
  return {0, 0, std::make_shared<const Table>(std::move(values))};
}

Index::Axis normalized_axis(const Index::Axis& axis, std::size_t length) {
  if (axis.table) {
    ASSAY_ENSURE(axis.table->size() >= length, "a table of positions covers its axis");
    return axis_of(Table(axis.table->begin(), axis.table->begin() + static_cast<std::ptrdiff_t>(length)));
  }
  return length == 1 ? Index::Axis{axis.first, 0, nullptr} : axis;
}

/// The table as row(r) + column(c), if it is that.
std::optional<Index> separated(const Table& table, std::size_t rows, std::size_t columns) {
  Table row(rows), column(columns);
  const std::uint32_t least = *std::min_element(table.begin(), table.begin() + static_cast<std::ptrdiff_t>(columns));
  for (std::size_t c = 0; c < columns; ++c) column[c] = table[c] - least;
  for (std::size_t r = 0; r < rows; ++r) {
    if (table[r * columns] < column[0]) return std::nullopt;
    row[r] = table[r * columns] - column[0];
    for (std::size_t c = 0; c < columns; ++c)
      if (table[r * columns + c] != row[r] + column[c]) return std::nullopt;
  }
  return Index{axis_of(std::move(row)), axis_of(std::move(column)), nullptr};
}

struct Parts {
  Table quotients, remainders;
};

/// Quotients and remainders of the positions of an axis by `width`.
Parts divided(const Index::Axis& axis, std::size_t length, std::size_t width) {
  Parts parts{Table(length), Table(length)};
  for (std::size_t i = 0; i < length; ++i) {
    parts.quotients[i] = static_cast<std::uint32_t>(axis.at(i) / width);
    parts.remainders[i] = static_cast<std::uint32_t>(axis.at(i) % width);
  }
  return parts;
}

bool is_zero(const Table& values) {
  return std::all_of(values.begin(), values.end(), [](std::uint32_t v) { return v == 0; });
}

/// out[i] += axis(a[i]) for two tables of which at least one is zero, or an axis without table:
/// axis(a + b) = axis(a) + (axis(b) − axis(0)).
bool add_composed(const Index::Axis& axis, const Table& a, const Table& b, Table& out_a, Table& out_b) {
  if (axis.table && !is_zero(a) && !is_zero(b)) return false;
  const bool all_in_b = is_zero(a);
  for (std::size_t i = 0; i < a.size(); ++i) out_a[i] += all_in_b ? 0 : axis.at(a[i]);
  for (std::size_t i = 0; i < b.size(); ++i) out_b[i] += all_in_b ? axis.at(b[i]) : axis.stride * b[i];
  return true;
}

std::uint32_t largest(const Index::Axis& axis, std::size_t length) {
  if (axis.table) return *std::max_element(axis.table->begin(), axis.table->end());
  return std::max(axis.at(0), axis.at(length - 1));
}

std::string digest(const Index::Axis& axis, const char* name) {
  if (!axis.table) return std::string(name) + std::to_string(axis.first) + "+" + std::to_string(axis.stride);
  const std::string_view bytes(reinterpret_cast<const char*>(axis.table->data()),
                               axis.table->size() * sizeof(std::uint32_t));
  return name + sha256(bytes);
}

}  // namespace

Index normalized(Index index, std::size_t rows, std::size_t columns) {
  if (rows == 0 || columns == 0) return {};
  if (index.table) {
    ASSAY_ENSURE(index.table->size() == rows * columns, "a table of positions covers the extent");
    std::optional<Index> parts = separated(*index.table, rows, columns);
    if (!parts) return {{}, {}, std::move(index.table)};
    index = std::move(*parts);
  }
  index.row = normalized_axis(index.row, rows);
  index.column = normalized_axis(index.column, columns);
  if (rows == 1 && index.column.table && index.row.first != 0) {
    Table shifted = *index.column.table;
    for (std::uint32_t& position : shifted) position += index.row.first;
    index.column.table = std::make_shared<const Table>(std::move(shifted));
    index.row.first = 0;
  }
  if (!index.row.table && !index.column.table) {
    index.row.first += index.column.first;
    index.column.first = 0;
  }
  if (columns == 1 && index.row.table && index.column.first != 0) {
    Table shifted = *index.row.table;
    for (std::uint32_t& position : shifted) position += index.column.first;
    index.row.table = std::make_shared<const Table>(std::move(shifted));
    index.column.first = 0;
  }
  return index;
}

bool is_identity(const Index& index, std::size_t rows, std::size_t columns) {
  if (index.table || index.row.table || index.column.table) return false;
  return index.row.first == 0 && (rows <= 1 || index.row.stride == columns) &&
         (columns <= 1 || index.column.stride == 1);
}

std::optional<Index> composed(const Index& first, std::size_t rows, std::size_t columns, const Index& second,
                              std::size_t width) {
  if (first.table || second.table || rows == 0 || columns == 0) return std::nullopt;
  const Parts row = divided(first.row, rows, width);
  const Parts column = divided(first.column, columns, width);
  const auto greatest = [](const Table& t) { return std::size_t{*std::max_element(t.begin(), t.end())}; };
  if (greatest(row.remainders) + greatest(column.remainders) >= width) return std::nullopt;
  Table new_row(rows), new_column(columns);
  if (!add_composed(second.row, row.quotients, column.quotients, new_row, new_column)) return std::nullopt;
  if (!add_composed(second.column, row.remainders, column.remainders, new_row, new_column)) return std::nullopt;
  const Index::Axis row_axis{0, 0, std::make_shared<const Table>(std::move(new_row))};
  const Index::Axis column_axis{0, 0, std::make_shared<const Table>(std::move(new_column))};
  return normalized({row_axis, column_axis, nullptr}, rows, columns);
}

std::size_t largest(const Index& index, std::size_t rows, std::size_t columns) {
  if (index.table) return *std::max_element(index.table->begin(), index.table->end());
  return std::size_t{largest(index.row, rows)} + largest(index.column, columns);
}

std::string digest(const Index& index) {
  if (index.table) return digest(Index::Axis{0, 0, index.table}, "t");
  return digest(index.row, "r") + digest(index.column, "c");
}

}  // namespace assay::graph
