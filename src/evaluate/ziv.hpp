#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "evaluate/session.hpp"
#include "evaluate/shown_value.hpp"

/// Ziv's loop: values are computed more and more accurately until what is wanted of them is certain (A. Ziv, Fast
/// evaluation of elementary mathematical functions with correctly rounded last bit, ACM TOMS 17 (1991)). The steps are
/// those of the ladder, so that ties, which no enclosure settles, are settled by exact algebra.
namespace assay::evaluate {

/// What an arithmetic found out about one cell.
struct CellFinding {
  std::size_t cell;
  const ShownValue& value;
  const char* arithmetic;
  long precision;  ///< in bits; 0 for exact algebra
};

/// What is wanted of the values of cells. Each cell is shown to it as often as necessary.
class CellGoal {
 public:
  CellGoal() = default;
  CellGoal(const CellGoal&) = delete;
  CellGoal& operator=(const CellGoal&) = delete;
  virtual ~CellGoal() = default;
  enum class Answer : std::uint8_t {
    open,
    /// enough is known, but the arithmetics up to exact algebra may say it better; if the time or the memory ends
    /// before they were asked, the cell is open
    provisional,
    reached
  };
  [[nodiscard]] virtual Answer look(const CellFinding& finding) = 0;
};

/// How it ended for one cell.
struct CellEnd {
  enum class Kind : std::uint8_t {
    reached,
    undefined,  ///< certainly
    open        ///< the budget ended first
  };
  Kind kind = Kind::open;
  std::string reason;      ///< why it is undefined, or what stopped
  std::string arithmetic;  ///< undefined: which one found it
};

/// The program and the budget of an evaluation.
struct Workplace {
  const Program& program;
  DataSource& data;
  const Budget& budget;
};

/// A table's generators, its filter, and the expression of one column: one cell for each instance.
struct CellSource {
  const std::vector<notation::Generator>& generators;
  notation::ExprPtr filter;  ///< null if there is none
  notation::ExprPtr value;
};

/// Evaluates the cells of a column, many at once, until the goal is reached for all of them or no arithmetic is left.
///
/// @param rows    the positions of the generators' values in their sets, for each cell; their filter must hold. Without
///                generators there is one cell.
/// @param digits  about how many digits are wanted: the first balls have enough bits for them.
/// @returns the end of each cell. Where it is `reached`, what `goal` was shown last encloses the value.
/// @throws InputError for ill-formed input that only shows at evaluation.
[[nodiscard]] std::vector<CellEnd> settle_cells(const Workplace& workplace, const CellSource& source,
                                                const OpenPoints& rows, CellGoal& goal, long digits);

/// Whether the cells of the column are better evaluated one at a time: an extremum or quantifier in it hands on only
/// the points that matter if it is evaluated for one cell.
[[nodiscard]] bool are_better_alone(const Program& program, const CellSource& source);

}  // namespace assay::evaluate
