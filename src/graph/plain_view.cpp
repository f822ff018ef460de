#include "graph/plain_view.hpp"

#include <algorithm>

#include "graph/index.hpp"

namespace assay::graph::plain {

namespace {

using Table = std::vector<std::uint32_t>;

std::shared_ptr<const Table> shared(Table table) { return std::make_shared<const Table>(std::move(table)); }

}  // namespace

View view_of(std::size_t rows, std::size_t columns) {
  return columns < fewest_lanes ? View{1, rows * columns} : View{rows, columns};
}

View view_of(const Node& node) { return view_of(node.rows, node.columns); }

Index index_in_view(const Index& index, std::size_t rows, std::size_t columns) {
  if (columns >= fewest_lanes || rows == 1) return index;
  if (columns == 1 && !index.table) return normalized({index.column, index.row, nullptr}, 1, rows);
  Table positions(rows * columns);
  for (std::size_t r = 0; r < rows; ++r)
    for (std::size_t c = 0; c < columns; ++c)
      positions[r * columns + c] = static_cast<std::uint32_t>(index.at(r, c, columns));
  return normalized({{}, {}, shared(std::move(positions))}, 1, rows * columns);
}

std::optional<Index> row_numbers(const Index& index, const View& loop) {
  const std::size_t columns = loop.columns;
  if (index.table) {
    Table numbers(index.table->size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if ((*index.table)[i] % columns != i % columns) return std::nullopt;
      numbers[i] = static_cast<std::uint32_t>((*index.table)[i] / columns);
    }
    return Index{{}, {}, shared(std::move(numbers))};
  }
  // row(r) = q(r)·columns + b with the same b for all rows, else some entry would leave its column.
  const std::size_t b = index.row.at(0) % columns;
  Table row(loop.rows), column(columns);
  for (std::size_t r = 0; r < loop.rows; ++r) {
    if (index.row.at(r) % columns != b) return std::nullopt;
    row[r] = static_cast<std::uint32_t>(index.row.at(r) / columns);
  }
  for (std::size_t c = 0; c < columns; ++c) {
    const std::size_t at = b + index.column.at(c);
    if (at % columns != c) return std::nullopt;
    column[c] = static_cast<std::uint32_t>(at / columns);
  }
  return normalized({{0, 0, shared(std::move(row))}, {0, 0, shared(std::move(column))}, nullptr}, loop.rows, columns);
}

bool is_injective(const Index& index, const View& loop, std::size_t size) {
  if (loop.rows * loop.columns > size) return false;
  std::vector<bool> taken(size);
  for (std::size_t r = 0; r < loop.rows; ++r)
    for (std::size_t c = 0; c < loop.columns; ++c) {
      const std::size_t at = index.at(r, c, loop.columns);
      if (taken[at]) return false;
      taken[at] = true;
    }
  return true;
}

}  // namespace assay::graph::plain
