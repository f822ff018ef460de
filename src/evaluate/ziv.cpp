#include "evaluate/ziv.hpp"

#include <new>
#include <numeric>
#include <unordered_map>

#include "base/error.hpp"
#include "evaluate/prover_evaluators.hpp"
#include "evaluate/reducer.hpp"
#include "evaluate/show_value.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

namespace {

using Answer = CellGoal::Answer;

long precision_of(const FastArithmetic&) { return 53; }
long precision_of(const BallArithmetic& balls) { return balls.precision(); }
long precision_of(const ExactArithmetic&) { return 0; }

/// The expression of a column as the body of a binder. Its kind does not matter: it is visited, never evaluated.
notation::ExprPtr as_binder(const CellSource& source) {
  return notation::make_expr(
      notation::Binder{notation::BinderKind::vector, source.generators, source.filter, source.value},
      source.value->where);
}

/// The same for one cell: `with p = S[3], K = T[0]: value`, as the body of a binder without generators.
notation::ExprPtr as_binder(const CellSource& source, const Positions& at) {
  std::vector<notation::Binding> bindings;
  for (std::size_t g = 0; g < source.generators.size(); ++g) {
    const notation::Generator& generator = source.generators[g];
    const notation::ExprPtr position =
        notation::make_expr(notation::NumberLiteral{Rational(at[g]), std::to_string(at[g])}, generator.where);
    bindings.push_back({generator.variable,
                        notation::make_expr(notation::Index{generator.domain, {position}}, generator.domain->where),
                        generator.where});
  }
  notation::ExprPtr body = source.value;
  if (!bindings.empty()) body = notation::make_expr(notation::With{std::move(bindings), body}, source.value->where);
  return notation::make_expr(notation::Binder{notation::BinderKind::vector, {}, nullptr, body}, source.value->where);
}

/// Asks the goal about each cell of a block, and notes what became of it.
template <class A>
class CellReducer final : public Reducer<A> {
 public:
  struct Target {
    const std::vector<std::size_t>& cells;  ///< the cell of each point
    std::vector<CellEnd>& ends;
    std::unordered_map<std::size_t, Answer>& answers;
    CellGoal& goal;
    long bits;  ///< accuracy of enclosures of exact numbers
  };
  CellReducer(Evaluator<A>& evaluator, const Node& node, Target target)
      : Reducer<A>(evaluator, node, 1), target_(target), writer_(evaluator, target.bits) {}

  void absorb(BinderWalk<A>& walk, LaneSpace& leaf, const std::vector<std::uint32_t>&, const Value<A>* body) override {
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      const std::size_t cell = target_.cells[walk.levels.empty() ? 0 : this->point_of(walk, leaf, l)];
      const Status status = status_at(*body, l);
      if (status == Status::undefined)
        target_.ends[cell] = {CellEnd::Kind::undefined, reason(walk, leaf, l), A::name};
      else if (status == Status::ok)
        target_.answers[cell] =
            target_.goal.look({cell, writer_.of(*body, l), A::name, precision_of(this->arithmetic())});
    }
  }
  Value<A> finish() override { return truth_value<A>(Truth::true_); }

 private:
  std::string reason(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane) const {
    try {
      return this->why_undefined(walk, leaf, lane);
    } catch (const SplitLanes&) {
      return "";
    }
  }

  Target target_;
  ValueWriter<A> writer_;
};

/// The loop for some cells with one session: all that one arithmetic leaves open goes to the next.
class Loop {
 public:
  Loop(const Workplace& workplace, const Unit& unit, std::vector<std::size_t> cells, std::vector<CellEnd>& ends,
       CellGoal& goal, long digits)
      : session_(workplace.program, workplace.data, workplace.budget),
        unit_(unit),
        open_(std::move(cells)),
        ends_(ends),
        goal_(goal),
        bits_(digits * 333 / 100 + 64) {
    session_.describe = [](const Node& node) { return notation::print(*node.syntax); };
  }

  /// @param rows       the points of all cells. @param only_fast  leave the rest to others.
  /// @returns what stopped it, "" if nothing did.
  std::string run(const OpenPoints& rows, bool only_fast) {
    try {
      const auto is_done = [&](auto arithmetic) {
        try {
          rung(std::move(arithmetic), rows);
        } catch (const UnlistedSet&) {  // this arithmetic cannot list a generator's set: it has nothing to say
        }
        return open_.empty() || only_fast;
      };
      const long first = std::max(first_precision, bits_ - 34);
      const bool done = climb<ProverLadder>(
          session_.budget, is_done, [] { return false; }, first);
      if (!done) close_provisional();
      return done ? ""
                  : "the precision limit of " + std::to_string(session_.budget.precision_limit()) + " bits was reached";
      // When the budget ends is a matter of chance: what is provisional then stays open, and the output is the same
      // whenever there is one.
    } catch (const BudgetExceeded& exceeded) {
      close_reached();
      return exceeded.what();
    } catch (const std::bad_alloc&) {
      close_reached();
      return "out of memory";
    }
  }
  [[nodiscard]] const std::vector<std::size_t>& open() const noexcept { return open_; }

 private:
  template <class A>
  void rung(A arithmetic, const OpenPoints& rows) {
    session_.budget.check();
    Evaluator<A> evaluator(std::move(arithmetic), session_);
    session_.still.clear();
    CellReducer<A> reducer(evaluator, *unit_.body, {open_, ends_, answers_, goal_, bits_});
    const OpenPoints points = points_of(rows);
    evaluator.visit(unit_, &points, reducer);
    session_.hand_on();
    // Exact algebra and what comes after it cannot make a provisional answer better, but for one more look.
    close([&](std::size_t cell) {
      return answers_[cell] == Answer::reached || (answers_[cell] == Answer::provisional && exact_has_spoken_);
    });
    exact_has_spoken_ = exact_has_spoken_ || A::is_exact;
  }

  [[nodiscard]] OpenPoints points_of(const OpenPoints& rows) const {
    OpenPoints out;
    out.generators = rows.generators;
    for (const std::size_t cell : open_)
      out.flat.insert(out.flat.end(), rows.flat.begin() + static_cast<std::ptrdiff_t>(cell * rows.generators),
                      rows.flat.begin() + static_cast<std::ptrdiff_t>((cell + 1) * rows.generators));
    return out;
  }

  template <class Reached>
  void close(Reached reached) {
    std::erase_if(open_, [&](std::size_t cell) {
      if (ends_[cell].kind == CellEnd::Kind::undefined) return true;
      if (!reached(cell)) return false;
      ends_[cell].kind = CellEnd::Kind::reached;
      return true;
    });
  }
  /// What is known provisionally is certain, too, and no arithmetic is left that may say it better.
  void close_provisional() {
    close([&](std::size_t cell) { return answers_[cell] != Answer::open; });
  }
  void close_reached() {
    close([&](std::size_t cell) { return answers_[cell] == Answer::reached; });
  }

  Session session_;
  const Unit& unit_;
  std::vector<std::size_t> open_;
  std::vector<CellEnd>& ends_;
  std::unordered_map<std::size_t, Answer> answers_;  ///< `open` where there is none
  CellGoal& goal_;
  long bits_;
  bool exact_has_spoken_ = false;
};

/// Cells up to which those that are better alone are not evaluated together at all.
constexpr std::size_t few_cells = 16;

void settle_alone(const Workplace& workplace, const CellSource& source, const OpenPoints& rows, std::size_t cell,
                  std::vector<CellEnd>& ends, CellGoal& goal, long digits) {
  const auto at = rows.flat.begin() + static_cast<std::ptrdiff_t>(cell * rows.generators);
  const notation::ExprPtr expression =
      as_binder(source, Positions(at, at + static_cast<std::ptrdiff_t>(rows.generators)));
  const std::unique_ptr<Unit> unit = workplace.program.resolve(expression);
  Loop loop(workplace, *unit, {cell}, ends, goal, digits);
  // Its binder has no generators, so that it makes nothing of the points.
  const std::string stopped = loop.run(rows, false);
  if (ends[cell].kind == CellEnd::Kind::open) ends[cell].reason = stopped;
}

}  // namespace

bool are_better_alone(const Program& program, const CellSource& source) {
  using K = notation::BinderKind;
  const notation::ExprPtr expression = as_binder(source);
  const std::unique_ptr<Unit> unit = program.resolve(expression);
  const Node* own = unit->body.get();
  return mentions(*unit, [own](const Node& node) {
    return node.operation == Operation::binder && &node != own &&
           (node.kind == K::forall || node.kind == K::exists || node.kind == K::max || node.kind == K::min ||
            node.kind == K::argmax || node.kind == K::argmin);
  });
}

std::vector<CellEnd> settle_cells(const Workplace& workplace, const CellSource& source, const OpenPoints& rows,
                                  CellGoal& goal, long digits) {
  const std::size_t count = source.generators.empty() ? 1 : rows.size();
  std::vector<CellEnd> ends(count);
  std::vector<std::size_t> open(count);
  std::iota(open.begin(), open.end(), std::size_t{0});
  const bool alone = count == 1 || are_better_alone(workplace.program, source);
  if (!alone || count > few_cells) {
    const notation::ExprPtr expression = as_binder(source);
    const std::unique_ptr<Unit> unit = workplace.program.resolve(expression);
    Loop loop(workplace, *unit, std::move(open), ends, goal, digits);
    const std::string stopped = loop.run(rows, alone);
    open = loop.open();
    if (!alone && !open.empty() && stopped.starts_with("the precision limit")) {
      for (const std::size_t cell : open) ends[cell].reason = stopped;
      open.clear();
    }
  }
  // Alone, a cell that asks for too much does not take others with it.
  for (const std::size_t cell : open) settle_alone(workplace, source, rows, cell, ends, goal, digits);
  return ends;
}

}  // namespace assay::evaluate
