#pragma once
#include "evaluate/rounded_cells.hpp"

/// The `table` statement, evaluated.
namespace assay::evaluate {

/// Significant digits of a column that does not say how many it wants.
inline constexpr long default_digits = 6;
inline constexpr long most_digits_of_column = 100'000;

struct ColumnHead {
  std::string heading;
  long digits = default_digits;
};

/// A table with all of its cells. A variable of a generator is kept like a column, with `assignment_digits` digits.
struct Tabulated {
  static constexpr long assignment_digits = 15;
  std::vector<std::string> variables;
  std::vector<ColumnHead> columns;
  OpenPoints rows;
  std::vector<std::vector<Cell>> assignments;  ///< of each variable: its value in each row
  std::vector<std::vector<Cell>> cells;        ///< of each column: its cells
  [[nodiscard]] std::size_t row_count() const noexcept { return variables.empty() ? 1 : rows.size(); }
};

/// Evaluates all cells of a table whose kinds were checked, on `workplace.budget.threads()` threads. What is found does
/// not depend on their number. The calling thread needs a deep stack (base/deep_stack.hpp).
/// @throws InputError for what is ill-formed; BudgetExceeded if the budget ends before the rows are known, or the user
/// asked to stop. Cells that the budget does not suffice for are undetermined.
[[nodiscard]] Tabulated tabulate(const Workplace& workplace, const notation::Table& table);

/// Looks at some cells of a column again with another goal.
/// @param rows  numbers of the rows, ascending. The goal's cell i is that of row rows[i].
[[nodiscard]] std::vector<CellEnd> settle_again(const Workplace& workplace, const notation::Table& table,
                                                const Tabulated& tabulated, std::size_t column,
                                                const std::vector<std::size_t>& rows, CellGoal& goal);

}  // namespace assay::evaluate
