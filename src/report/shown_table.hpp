#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace assay::report {

/// A table that a note shows between markers (docs/tables.md), held against what the note says now.
struct ShownTable {
  enum class State : std::uint8_t {
    current,
    stale,        ///< it shows something else
    undetermined  ///< the budget ended before that was known
  };
  std::string name;
  std::string file;
  std::size_t line = 0;  ///< of the opening marker
  std::size_t column = 0;
  State state = State::current;
  std::string complaint;  ///< what is wrong, on several lines perhaps; empty if it is current

  [[nodiscard]] bool passes() const noexcept { return state == State::current; }
};

/// "current", "stale", "undetermined".
[[nodiscard]] const char* name_of(ShownTable::State state) noexcept;
/// "3 rendered tables, 1 stale" and the end of the line; "" if there are none.
[[nodiscard]] std::string summary(const std::vector<ShownTable>& tables);
/// One object on one line, keys in fixed order. It has `table` where that of a claim has `id`.
[[nodiscard]] std::string to_json(const ShownTable& table);

}  // namespace assay::report
