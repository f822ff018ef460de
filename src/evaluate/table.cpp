#include "evaluate/table.hpp"

#include <atomic>
#include <exception>
#include <iterator>
#include <memory>

#include "base/deep_stack.hpp"
#include "base/error.hpp"
#include "evaluate/table_rows.hpp"
#include "notation/free_names.hpp"
#include "number/flint_convert.hpp"

namespace assay::evaluate {

namespace {

/// Rows that are evaluated together, and cells up to which those that are better alone are tasks of their own. How the
/// work is cut does not depend on the number of threads: enclosures may depend on it.
constexpr std::size_t rows_of_task = 2048;
constexpr std::size_t few_rows = 64;

/// The number of digits that a column wants.
long digits_of(const Workplace& workplace, const notation::Table& table, const notation::TableColumn& column) {
  if (column.options.empty()) return default_digits;
  const notation::ExprPtr& wanted = column.options.front().value;
  for (const notation::FreeName& name : notation::free_names(*wanted))
    for (const notation::Generator& generator : table.generators)
      if (name.name == generator.variable)
        throw InputError(Diagnostic{name.where, "the digits of a column must be the same in all rows", ""});
  const std::vector<notation::Generator> none;
  const Cell cell = rounded_cells(workplace, {none, nullptr, wanted}, {}, 20).front();
  if (cell.kind == Cell::Kind::undetermined)
    throw BudgetExceeded("how many digits a column has was not determined: " + cell.reason);
  const bool is_known = cell.kind == Cell::Kind::value && cell.numbers.size() == 1 && cell.numbers[0].known->exact;
  const Rational digits = is_known ? *cell.numbers[0].known->exact : Rational(0);
  if (digits.get_den() != 1 || digits < 1 || digits > most_digits_of_column)
    throw InputError(Diagnostic{
        wanted->where,
        "the digits of a column must be an integer between 1 and " + std::to_string(most_digits_of_column), ""});
  return digits.get_num().get_si();
}

/// Some rows of a column.
struct Task {
  CellSource source;
  long digits;
  OpenPoints rows;
  std::size_t first;
  std::vector<Cell>* out;
};

OpenPoints part(const OpenPoints& rows, std::size_t first, std::size_t count) {
  const auto begin = rows.flat.begin() + static_cast<std::ptrdiff_t>(first * rows.generators);
  return {rows.generators, {begin, begin + static_cast<std::ptrdiff_t>(count * rows.generators)}};
}

void add_tasks(const Workplace& workplace, const CellSource& source, long digits, const Tabulated& table,
               std::vector<Cell>& out, std::vector<Task>& tasks) {
  const std::size_t count = table.row_count();
  out.resize(count);
  const std::size_t step = count <= few_rows && are_better_alone(workplace.program, source) ? 1 : rows_of_task;
  for (std::size_t first = 0; first < count; first += step)
    tasks.push_back({source, digits, part(table.rows, first, std::min(step, count - first)), first, &out});
}

void run(const Workplace& workplace, const Task& task) {
  std::vector<Cell> cells = rounded_cells(workplace, task.source, task.rows, task.digits);
  std::move(cells.begin(), cells.end(), task.out->begin() + static_cast<std::ptrdiff_t>(task.first));
}

/// Runs all tasks. @throws what the first task threw that threw something.
void run_all(const Workplace& workplace, const std::vector<Task>& tasks) {
  std::vector<std::exception_ptr> failures(tasks.size());
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    for (std::size_t i = next++; i < tasks.size(); i = next++) {
      try {
        run(workplace, tasks[i]);
      } catch (...) {
        failures[i] = std::current_exception();
      }
    }
  };
  {
    std::vector<std::unique_ptr<DeepThread>> threads;
    for (std::size_t i = 1; i < std::min<std::size_t>(workplace.budget.threads(), tasks.size()); ++i)
      threads.push_back(std::make_unique<DeepThread>([&] {
        const FlintThread cleanup;
        work();
      }));
    work();
  }
  for (const std::exception_ptr& failure : failures)
    if (failure) std::rethrow_exception(failure);
}

}  // namespace

Tabulated tabulate(const Workplace& workplace, const notation::Table& table) {
  Tabulated out;
  for (const notation::Generator& generator : table.generators) out.variables.push_back(generator.variable);
  for (const notation::TableColumn& column : table.columns)
    out.columns.push_back({column.heading, digits_of(workplace, table, column)});
  out.rows = list_rows(workplace, table.generators, table.filter);
  out.assignments.resize(table.generators.size());
  out.cells.resize(table.columns.size());
  std::vector<Task> tasks;
  for (std::size_t g = 0; g < table.generators.size(); ++g) {
    const notation::Generator& generator = table.generators[g];
    const notation::ExprPtr name = notation::make_expr(notation::Name{generator.variable}, generator.where);
    add_tasks(workplace, {table.generators, table.filter, name}, Tabulated::assignment_digits, out, out.assignments[g],
              tasks);
  }
  for (std::size_t c = 0; c < table.columns.size(); ++c)
    add_tasks(workplace, {table.generators, table.filter, table.columns[c].value}, out.columns[c].digits, out,
              out.cells[c], tasks);
  run_all(workplace, tasks);
  if (interrupt_requested()) throw BudgetExceeded("interrupted");
  return out;
}

std::vector<CellEnd> settle_again(const Workplace& workplace, const notation::Table& table, const Tabulated& tabulated,
                                  std::size_t column, const std::vector<std::size_t>& rows, CellGoal& goal) {
  OpenPoints points{tabulated.rows.generators, {}};
  for (const std::size_t row : rows) {
    const OpenPoints one = part(tabulated.rows, row, 1);
    points.flat.insert(points.flat.end(), one.flat.begin(), one.flat.end());
  }
  return settle_cells(workplace, {table.generators, table.filter, table.columns[column].value}, points, goal,
                      tabulated.columns[column].digits);
}

}  // namespace assay::evaluate
