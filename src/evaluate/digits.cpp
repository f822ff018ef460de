#include "evaluate/ball_arithmetic.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/exact_arithmetic.hpp"
#include "evaluate/ladder.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

extern template class Evaluator<BallArithmetic>;
extern template class Evaluator<ExactArithmetic>;

namespace {

/// Prints values of one arithmetic with guaranteed digits; says nothing if some digit is not determined.
template <class A>
class GuaranteedText {
 public:
  GuaranteedText(const Evaluator<A>& evaluator, long digits) : evaluator_(evaluator), digits_(digits) {}

  [[nodiscard]] std::optional<std::string> of(const Value<A>& value) const {
    if (status_at(value, 0) != Status::ok) return std::nullopt;
    if (const Numeric<A>* x = value.numeric()) return of_numbers(*x);
    if (const TupleValue<A>* tuple = value.tuple()) {
      std::string out = "(";
      for (std::size_t i = 0; i < tuple->items.size(); ++i) {
        const std::optional<std::string> item = of(tuple->items[i]);
        if (!item) return std::nullopt;
        out += (i > 0 ? ", " : "") + *item;
      }
      return out + ")";
    }
    if (const RecordValue<A>* record = value.record()) {
      std::string out = "record(";
      for (std::size_t i = 0; i < record->fields.size(); ++i) {
        const std::optional<std::string> item = of(record->fields[i].second);
        if (!item) return std::nullopt;
        out += (i > 0 ? ", " : "") + record->fields[i].first + " = " + *item;
      }
      return out + ")";
    }
    if (const SetLanes<A>* set = value.set(); set != nullptr && !set->at(0).is_range) {
      std::string out = "{";
      for (std::size_t i = 0; i < set->at(0).size(); ++i) {
        const std::optional<std::string> item = of(set->at(0).items[i]);
        if (!item) return std::nullopt;
        out += (i > 0 ? ", " : "") + *item;
      }
      return out + "}";
    }
    return evaluator_.text(value, digits_);
  }

 private:
  [[nodiscard]] std::optional<std::string> of_numbers(const Numeric<A>& x) const {
    std::string out = x.is_scalar() ? "" : "[";
    for (std::size_t e = 0; e < x.entries(); ++e) {
      const std::size_t columns = x.shape.size() > 1 ? x.shape.back() : 1;
      if (e > 0) out += x.shape.size() > 1 && e % columns == 0 ? "; " : ", ";
      const std::optional<std::string> entry = of_entry(x, e);
      if (!entry) return std::nullopt;
      out += *entry;
    }
    return out + (x.is_scalar() ? "" : "]");
  }
  [[nodiscard]] std::optional<std::string> of_entry(const Numeric<A>& x, std::size_t e) const {
    if (x.form == Form::integer) return std::to_string((*x.integers)[e]);
    return x.form == Form::real ? of_scalar(x.reals->get(e)) : of_scalar(x.complexes->get(e));
  }
  [[nodiscard]] std::optional<std::string> of_scalar(const Ball& x) const {
    // An integer that is known exactly is shown whole.
    if (is_exact(x) && arb_is_int(x.get()) != 0) return Integer(lower(x).get_num()).get_str();
    return guaranteed_decimal(x, digits_);
  }
  [[nodiscard]] std::optional<std::string> of_scalar(const ComplexBall& x) const {
    return guaranteed_decimal(x, digits_);
  }
  [[nodiscard]] std::optional<std::string> of_scalar(const Exact& x) const {
    const std::optional<Rational> q = rational_value(x);
    if (!q) return std::nullopt;
    if (q->get_den() == 1) return q->get_num().get_str();
    return guaranteed_decimal(*q, digits_);
  }

  const Evaluator<A>& evaluator_;
  long digits_;
};

template <class A>
std::optional<Evaluated> attempt(A arithmetic, Session& session, const Unit& expression, long digits) {
  Evaluator<A> evaluator(std::move(arithmetic), session);
  session.still.clear();
  const Value<A> value = evaluator.evaluate(expression);
  session.hand_on();
  if (status_at(value, 0) == Status::undefined) return Evaluated{"undefined", true, {}};
  if (value.truth() != nullptr && value.truth()->at(0) == Truth::unknown) return std::nullopt;
  const std::optional<std::string> text = GuaranteedText<A>(evaluator, digits).of(value);
  if (text) return Evaluated{*text, true, {}};
  return Evaluated{evaluator.text(value, digits), false, {}};
}

}  // namespace

Evaluated evaluate_digits(const Program& program, DataSource& data, const Unit& expression, const Budget& budget,
                          long digits) {
  Session session(program, data, budget);
  session.describe = [](const Node& node) { return notation::print(*node.syntax); };
  Evaluated best{"not determined", false, "the precision limit was reached"};
  const auto keep = [&](std::optional<Evaluated> result) {
    if (result) {
      result->reason = best.reason;
      best = std::move(*result);
    }
    return best.determined;
  };
  try {
    // log2(10) < 3.33; 30 bits beyond the digits absorb ordinary cancellation.
    const long first = std::max(128L, digits * 333 / 100 + 30);
    // Integers beyond 64 bits and exact ties need exact algebra; balls give the digits of everything else.
    if (keep(attempt(BallArithmetic(first), session, expression, digits))) return best;
    if (keep(attempt(ExactArithmetic{}, session, expression, digits))) return best;
    for (long bits = 2 * first; bits <= std::max(budget.precision_limit(), 4 * first); bits *= 2)
      if (keep(attempt(BallArithmetic(bits), session, expression, digits))) return best;
  } catch (const BudgetExceeded& exceeded) {
    best.reason = exceeded.what();
  }
  return best;
}

}  // namespace assay::evaluate
