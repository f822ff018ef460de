#pragma once
#include <functional>
#include <string>
#include <utility>

#include "base/budget_scope.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/ladder_parts.hpp"
#include "evaluate/rungs.hpp"
#include "evaluate/sampler.hpp"
#include "evaluate/slices.hpp"

/// The escalation through the arithmetics of a ladder, for the file that instantiates it.
namespace assay::evaluate {

namespace detail {

template <class Ladder, class A>
Truth decide_in(A arithmetic, Session& session, const Unit& formula) {
  const BudgetScope scope(session.budget);
  Evaluator<A> evaluator(std::move(arithmetic), session);
  const Truth truth = evaluator.decide(formula);
  if constexpr (std::is_same_v<A, typename Ladder::Exact>)
    if (truth == Truth::undefined && evaluator.arithmetic().used_enclosures()) session.used_enclosures = true;
  return truth;
}

/// One rung: evaluates in `arithmetic` what the rungs below left open.
template <class Ladder, class A>
Truth rung(A arithmetic, Session& session, const Unit& formula) {
  const unsigned threads = session.budget.threads();
  session.still.clear();
  session.outermost = outermost(formula);
  const bool in_slices = threads > 1 && can_be_sliced(*session.outermost);
  const Truth truth =
      in_slices ? decide_in_slices(
                      session, threads, [&](Session& part) { return decide_in<Ladder>(arithmetic, part, formula); },
                      [](const std::function<void()>& work) {
                        const typename Ladder::ThreadScope scope;
                        work();
                      })
                : decide_in<Ladder>(std::move(arithmetic), session, formula);
  session.hand_on();
  return truth;
}

/// Values of expressions without quantifier that can be compared only after more precision are tried again and again; a
/// formula whose only obstacle is an infinite domain is not.
template <class Ladder>
class Climb {
 public:
  Climb(Session& session, const Unit& formula, const Settings& settings)
      : session_(session), formula_(formula), settings_(settings) {}

  Truth run() {
    Truth truth = Truth::unknown;
    const auto is_done = [&](auto arithmetic) {
      using A = decltype(arithmetic);
      if constexpr (std::is_same_v<A, typename Ladder::Exact>)
        if (settings_.enclosures_only) return false;
      if constexpr (std::is_same_v<A, typename Ladder::Enclosing>) {
        if (arithmetic.precision() > first_precision && !is_worth_more_precision()) return true;
        session_.effort.precision = arithmetic.precision();
      }
      truth = step(std::move(arithmetic));
      return truth != Truth::unknown;
    };
    // Ranks may be bounded modulo a prime long before the matrix is known exactly.
    climb<Ladder>(session_.budget, is_done, [&] {
      return !settings_.enclosures_only && mentions_rank(formula_) && is_done(typename Ladder::Residues{});
    });
    return truth;
  }

 private:
  template <class A>
  Truth step(A arithmetic) {
    session_.budget.check();
    session_.first_open.clear();
    session_.witness.reset();
    session_.witness_point.reset();
    const Truth truth = rung<Ladder>(std::move(arithmetic), session_, formula_);
    // Enclosures saw that something is outside of a domain.
    if (truth == Truth::undefined && !A::is_exact) session_.used_enclosures = true;
    return truth;
  }
  [[nodiscard]] bool is_worth_more_precision() const {
    // What nothing is known of is not known better in more digits.
    for (const auto& [key, what] : settings_.stand_ins)
      if (what.truth == Truth::unknown && !what.number) return false;
    return !session_.met_infinite_domain || !session_.open.empty();
  }

  Session& session_;
  const Unit& formula_;
  const Settings& settings_;
};

/// Looks at the witness once more, exactly: a variable of an infinite domain was tried at a rational, which an
/// enclosing arithmetic can only show as an enclosure; what is undefined is so exactly, more often than not. If exact
/// algebra comes to the same truth value there, its witness is shown, and the verdict rests on it alone; if it cannot
/// decide, nothing changes.
template <class Ladder>
void show_exactly(Session& session, const Unit& formula, Truth truth) {
  if (!session.used_enclosures && !session.met_infinite_domain) return;
  if (truth != Truth::undefined && !(session.witness_point && session.met_infinite_domain)) return;
  Session at_witness(session.program, session.data, session.budget);
  at_witness.candidates = session.candidates;
  at_witness.stand_ins = session.stand_ins;
  at_witness.describe = session.describe;
  at_witness.lemmas = session.lemmas;
  if (session.witness_point) {
    auto& [key, point] = *session.witness_point;
    at_witness.open[key] = {point.size(), point};
  }
  try {
    if (rung<Ladder>(typename Ladder::Exact{}, at_witness, formula) != truth) return;
  } catch (const BudgetExceeded&) {
    return;
  }
  if (session.witness_point && !at_witness.witness) return;
  session.witness = std::move(at_witness.witness);
  session.used_enclosures = at_witness.used_enclosures;
}

}  // namespace detail

/// An engine on the arithmetics that `Ladder` names (rungs.hpp).
template <class Ladder>
class LadderEngine final : public Engine {
 public:
  [[nodiscard]] bool is_independent() const noexcept override { return Ladder::is_independent; }
  [[nodiscard]] Outcome decide(const Program& program, DataSource& data, const Unit& formula, const Budget& budget,
                               const Settings& settings) const override {
    Session session = detail::new_session(program, data, budget, settings, Ladder::searches);
    Truth truth = Truth::unknown;
    std::string reason = "the precision limit of " + std::to_string(budget.precision_limit()) + " bits was reached";
    try {
      truth = detail::Climb<Ladder>(session, formula, settings).run();
      if (truth != Truth::unknown && !settings.enclosures_only) detail::show_exactly<Ladder>(session, formula, truth);
      if (session.met_infinite_domain) reason = "it quantifies over an infinite set";
    } catch (const BudgetExceeded& exceeded) {
      reason = exceeded.what();
    } catch (const NotRepresentable& too_large) {
      reason = too_large.what();
    }
    return detail::outcome_of(session, truth, std::move(reason));
  }

  [[nodiscard]] Outcome decide_by_normal_forms(const Program& program, DataSource& data, const Unit& formula,
                                               const Budget& budget, const Settings& settings) const override {
    Session session = detail::new_session(program, data, budget, settings, Ladder::searches);
    Truth truth = Truth::unknown;
    std::string reason = "the two sides have different normal forms, or something in the formula has none";
    try {
      truth = detail::rung<Ladder>(typename Ladder::Symbolic{}, session, formula);
    } catch (const BudgetExceeded& exceeded) {
      reason = exceeded.what();
    } catch (const NotRepresentable& too_large) {
      reason = too_large.what();
    }
    return detail::outcome_of(session, truth, std::move(reason));
  }

  [[nodiscard]] SampleResult sample(const Program& program, DataSource& data, const Unit& formula,
                                    const SampledBinder& binder, const SampleRequest& request,
                                    const Budget& budget) const override {
    const BudgetScope scope(budget);
    return Sampler<Ladder>(program, data, formula, binder, request, budget).run();
  }
};

}  // namespace assay::evaluate
