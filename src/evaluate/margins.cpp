#include "evaluate/margins.hpp"

#include "base/error.hpp"
#include "evaluate/prover_evaluators.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

namespace {

using notation::BinaryOp;
using notation::Binder;
using notation::BinderKind;
using notation::Comparison;
using notation::ExprPtr;
using notation::make_expr;
using notation::With;
using Order = notation::Relation;

/// Margins that are evaluated together: one number, or a tuple of numbers or tuples.
struct MarginPart {
  ExprPtr value;
  std::size_t count = 1;  ///< of numbers
};
using MarginParts = std::vector<MarginPart>;

/// Builds the expressions of margins.
class MarginBuilder {
 public:
  /// The margins of a formula, in order.
  /// @param apart  each by itself; otherwise those below definitions that they share are together.
  static MarginParts of(const ExprPtr& formula, bool apart) {
    if (const auto* comparison = std::get_if<Comparison>(&formula->node)) return of(*comparison, formula->where, apart);
    if (const auto* with = std::get_if<With>(&formula->node))
      return below(with->bindings, of(with->body, apart), formula->where, apart);
    if (const auto* binder = std::get_if<Binder>(&formula->node); binder && binder->kind == BinderKind::forall)
      return least(*binder, formula->where);
    MarginParts out;
    if (const auto* both = std::get_if<notation::Binary>(&formula->node); both && both->op == BinaryOp::and_)
      for (const ExprPtr& side : {both->left, both->right})
        for (const MarginPart& margin : of(side, apart)) out.push_back(margin);
    return out;
  }

 private:
  static MarginParts of(const Comparison& chain, const SourceRange& where, bool apart) {
    if (chain.relations.size() == 1 || apart) return differences(chain, where);
    // What stands between two relations is evaluated once. No name of the notation has a space.
    Comparison named = chain;
    std::vector<notation::Binding> bindings;
    for (std::size_t i = 0; i < chain.operands.size(); ++i) {
      bindings.push_back({"operand " + std::to_string(i), chain.operands[i], where});
      named.operands[i] = make_expr(notation::Name{bindings.back().name}, where);
    }
    return below(bindings, differences(named, where), where, apart);
  }

  static MarginParts differences(const Comparison& chain, const SourceRange& where) {
    MarginParts out;
    for (std::size_t i = 0; i < chain.relations.size(); ++i) {
      const Order order = chain.relations[i];
      const bool rises = order == Order::less || order == Order::less_equal;
      if (!rises && order != Order::greater && order != Order::greater_equal) continue;
      out.push_back({make_expr(
          notation::Binary{BinaryOp::subtract, chain.operands[rises ? i + 1 : i], chain.operands[rises ? i : i + 1]},
          where)});
    }
    return out;
  }

  static MarginParts least(const Binder& forall, const SourceRange& where) {
    Binder binder = forall;
    binder.kind = BinderKind::min;
    ExprPtr body = forall.body;
    while (const auto* implication = std::get_if<notation::Binary>(&body->node)) {
      if (implication->op != BinaryOp::implies) break;
      const ExprPtr& condition = implication->left;
      binder.filter =
          binder.filter ? make_expr(notation::Binary{BinaryOp::and_, binder.filter, condition}, where) : condition;
      body = implication->right;
    }
    MarginParts out;
    for (const MarginPart& margin : of(body, true)) {
      binder.body = margin.value;
      out.push_back({make_expr(binder, where)});
    }
    return out;
  }

  static MarginParts below(const std::vector<notation::Binding>& bindings, MarginParts margins,
                           const SourceRange& where, bool apart) {
    if (!apart && margins.size() > 1) {
      MarginPart together{nullptr, 0};
      notation::Tuple tuple;
      for (const MarginPart& margin : margins) {
        tuple.items.push_back(margin.value);
        together.count += margin.count;
      }
      together.value = make_expr(tuple, where);
      margins = {together};
    }
    for (MarginPart& margin : margins) margin.value = make_expr(With{bindings, margin.value}, where);
    return margins;
  }
};

/// The ends of a number whose status is ok; nothing if it is not finite.
std::optional<Enclosure> ends_of(const MidRad& x) {
  if (!std::isfinite(x.mid) || !std::isfinite(x.rad)) return std::nullopt;
  const Rational mid = exact_rational(x.mid);
  const Rational rad = exact_rational(x.rad);
  return Enclosure{mid - rad, mid + rad};
}
std::optional<Enclosure> ends_of(const Ball& x) {
  if (!is_finite(x)) return std::nullopt;
  return Enclosure{lower(x), upper(x)};
}

template <class A>
std::optional<Enclosure> enclosure_of(const Value<A>& value) {
  const Numeric<A>* x = value.numeric();
  if (x == nullptr || !x->is_scalar() || x->status.at(0) != Status::ok || x->form == Form::complex) return std::nullopt;
  if (x->form == Form::real) return ends_of(x->reals->get(0));
  const Rational integer(exact_integer((*x->integers)[0]));
  return Enclosure{integer, integer};
}

/// The numbers of which a value consists, and of which some may be unknown.
template <class A>
void add_enclosures(const Value<A>& value, std::vector<std::optional<Enclosure>>& out) {
  if (const TupleValue<A>* tuple = value.tuple())
    for (const Value<A>& item : tuple->items) add_enclosures(item, out);
  else
    out.push_back(enclosure_of(value));
}

bool tells_the_sign(const Enclosure& x) { return x.low > 0 || x.high < 0 || (x.low == 0 && x.high == 0); }

/// Relative to its end nearest to zero, x is narrower than 2⁻²⁰.
bool is_narrow(const Enclosure& x) {
  const Rational least = x.low > 0 ? x.low : Rational(-x.high);
  return (x.high - x.low) * Rational(Integer(1) << 20U) <= least;
}

/// Encloses the numbers of a part in one arithmetic after the other.
class MarginSearch {
 public:
  MarginSearch(const Program& program, DataSource& data, const MarginPart& part, const Budget& budget)
      : budget_(budget), unit_(program.resolve(part.value)), session_(program, data, budget), found_(part.count) {}

  /// Empty if some margin stayed without an enclosure that tells its sign.
  std::vector<Enclosure> run() {
    bool is_done = look(FastArithmetic{}, true);
    // Where `<=` holds with equality no precision shows the sign; where it can be shown, so many bits show it, almost
    // always.
    constexpr long most_bits = first_precision * precision_step;
    for (long bits = first_precision; !is_done && bits <= std::min(budget_.precision_limit(), most_bits);
         bits *= precision_step) {
      budget_.check();
      is_done = look(BallArithmetic(bits), false);
    }
    std::vector<Enclosure> out;
    for (const std::optional<Enclosure>& each : found_) {
      if (!each) return {};
      out.push_back(*each);
    }
    return out;
  }

 private:
  /// Whether all numbers are known well enough now.
  template <class A>
  bool look(A arithmetic, bool must_be_narrow) {
    Evaluator<A> evaluator(std::move(arithmetic), session_);
    session_.still.clear();
    std::vector<std::optional<Enclosure>> values;
    add_enclosures(evaluator.evaluate(*unit_), values);
    session_.hand_on();
    if (values.size() != found_.size()) return false;  // a definition that they share is open or undefined
    bool is_done = true;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const std::optional<Enclosure>& value = values[i];
      const bool is_known = value && tells_the_sign(*value);
      if (is_known) found_[i] = value;
      is_done = is_done && found_[i] && (!must_be_narrow || is_narrow(*found_[i]));
    }
    return is_done;
  }

  const Budget& budget_;
  std::unique_ptr<Unit> unit_;
  Session session_;
  std::vector<std::optional<Enclosure>> found_;
};

}  // namespace

std::vector<ExprPtr> margins_of(const ExprPtr& formula) {
  std::vector<ExprPtr> out;
  for (const MarginPart& margin : MarginBuilder::of(formula, true)) out.push_back(margin.value);
  return out;
}

std::vector<Enclosure> enclose_margins(const Program& program, DataSource& data, const ExprPtr& formula,
                                       const Budget& budget) {
  std::vector<Enclosure> out;
  try {
    for (const MarginPart& part : MarginBuilder::of(formula, false)) {
      const std::vector<Enclosure> found = MarginSearch(program, data, part, budget).run();
      if (found.empty()) return {};
      out.insert(out.end(), found.begin(), found.end());
    }
  } catch (const BudgetExceeded&) {
    budget.check();  // another limit would be met each time
    return {};
  } catch (const NotRepresentable&) {
    return {};
  } catch (const InputError&) {
    return {};  // an order between other things than numbers, or what this version cannot evaluate
  }
  return out;
}

}  // namespace assay::evaluate
