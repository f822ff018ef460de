#include "evaluate/rounded_cells.hpp"

#include <algorithm>

#include "number/limits.hpp"

namespace assay::evaluate {

namespace {

/// Keeps each number as soon as its digits are determined: what one arithmetic settles no other needs to.
class RoundingGoal final : public CellGoal {
 public:
  RoundingGoal(std::size_t cells, long digits) : cells_(cells), provisional_(cells), digits_(digits) {}

  Answer look(const CellFinding& finding) override {
    Cell& cell = cells_[finding.cell];
    std::vector<bool>& provisional = provisional_[finding.cell];
    const std::size_t count = finding.value.numbers.size();
    // A number that is seen to be real has no imaginary part any more.
    if (cell.numbers.size() != count) {
      cell.numbers.assign(count, {});
      provisional.assign(count, true);
    }
    cell.pieces = finding.value.pieces;
    cell.is_text = finding.value.is_text;
    Answer answer = Answer::reached;
    for (std::size_t i = 0; i < count; ++i) {
      if (provisional[i] && finding.value.numbers[i]) look_at_number(cell.numbers[i], provisional, i, finding);
      if (!cell.numbers[i].shown)
        answer = Answer::open;
      else if (provisional[i] && answer == Answer::reached)
        answer = Answer::provisional;
    }
    return answer;
  }
  std::vector<Cell> take() { return std::move(cells_); }

 private:
  void look_at_number(CellNumber& number, std::vector<bool>& provisional, std::size_t i,
                      const CellFinding& finding) const {
    Rounding rounding = rounding_of(*finding.value.numbers[i], digits_);
    if (number.shown && !rounding.shown) return;
    // What is known to less accuracy does not replace what settled the digits provisionally, unless it is final.
    number = {std::move(rounding.shown), finding.value.numbers[i], finding.arithmetic, finding.precision};
    provisional[i] = !number.shown || rounding.may_be_whole;
  }

  std::vector<Cell> cells_;
  std::vector<std::vector<bool>> provisional_;  ///< numbers that further arithmetics are to look at
  long digits_;
};

/// Whether the number is known well enough, and only its size keeps it from being written out.
bool is_too_long(const CellNumber& number, long digits) {
  constexpr long bits_of_digit = 4;
  if (number.shown || !number.known || number.known->exact) return false;
  const Ball& ball = number.known->ball;
  if (!is_finite(ball) || accuracy_bits(ball) < bits_of_digit * digits) return false;
  try {
    (void)lower(ball);
    (void)upper(ball);
    return false;
  } catch (const NotRepresentable&) {
    return true;
  }
}

std::string text_of(const CellNumber& number, long digits) {
  if (number.shown) return number.shown->text;
  return number.known ? to_string(number.known->ball, digits) : "not determined";
}

}  // namespace

std::string Cell::text(long digits) const {
  if (kind == Kind::undefined) return "undefined";
  if (pieces.empty()) return "not determined";
  std::vector<std::string> texts;
  texts.reserve(numbers.size());
  for (const CellNumber& number : numbers) texts.push_back(text_of(number, digits));
  return put_together(pieces, texts);
}

std::vector<Cell> rounded_cells(const Workplace& workplace, const CellSource& source, const OpenPoints& rows,
                                long digits) {
  RoundingGoal goal(source.generators.empty() ? 1 : rows.size(), digits);
  std::vector<CellEnd> ends = settle_cells(workplace, source, rows, goal, digits);
  std::vector<Cell> cells = goal.take();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    using Kind = CellEnd::Kind;
    cells[i].kind = ends[i].kind == Kind::reached     ? Cell::Kind::value
                    : ends[i].kind == Kind::undefined ? Cell::Kind::undefined
                                                      : Cell::Kind::undetermined;
    cells[i].reason = std::move(ends[i].reason);
    if (cells[i].kind == Cell::Kind::undetermined &&
        std::any_of(cells[i].numbers.begin(), cells[i].numbers.end(),
                    [digits](const CellNumber& number) { return is_too_long(number, digits); }))
      cells[i].reason = "a number is too large or too small to be written out (about 10^±315000 is the limit)";
    cells[i].arithmetic = std::move(ends[i].arithmetic);
  }
  return cells;
}

}  // namespace assay::evaluate
