#include "evaluate/ladder.hpp"
#include "evaluate/rounded_cells.hpp"
#include "notation/literal.hpp"

namespace assay::evaluate {

Evaluated evaluate_digits(const Program& program, DataSource& data, const notation::ExprPtr& expression,
                          const Budget& budget, long digits) {
  const std::vector<notation::Generator> none;
  const Cell cell = rounded_cells({program, data, budget}, {none, nullptr, expression}, {}, digits).front();
  const std::string text = cell.text(digits);
  return {cell.is_text ? notation::text_spelling(text) : text, cell.kind != Cell::Kind::undetermined, cell.reason};
}

}  // namespace assay::evaluate
