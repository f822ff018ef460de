#pragma once
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "evaluate/sampling.hpp"
#include "evaluate/session.hpp"

/// The escalation from cheap to dear arithmetics: fast enclosures → balls of 128 bits → exact algebra → balls of
/// growing precision. What one arithmetic settles the next ones do not look at again (filtered exact computation).
namespace assay::evaluate {

struct Settings {
  /// Rationals tried for variables that range over infinite sets: they can refute `forall` and show `exists`.
  std::vector<Rational> candidates;
  /// Binders that are not evaluated, and what stands in their place.
  std::map<BinderKey, StandIn> stand_ins;
  /// Leave out exact algebra (method `enclose`).
  bool enclosures_only = false;
  /// Certificates of ranks, inertias and solutions: nothing is searched for, these are checked. Null: what is needed is
  /// searched for, and checked. Must outlive the call.
  const Lemmas* lemmas = nullptr;
};

/// What an evaluation established about a closed formula. `truth` is certain if it is not `unknown`.
struct Outcome {
  Truth truth = Truth::unknown;
  std::optional<Witness> witness;  ///< why it is false or undefined, or where an `exists` holds
  bool exact = true;               ///< no comparison was decided by separated enclosures
  bool infinite_domain = false;    ///< it quantifies over an infinite set
  bool empty_domain = false;       ///< an outermost quantifier has no instance
  Effort effort;
  std::string undefined_operation;
  SourceRange undefined_at;
  std::string reason;             ///< unknown: what stopped the evaluation
  std::uint64_t open_points = 0;  ///< unknown: points of outermost binders that stayed open
  std::string first_open;         ///< unknown: one of them
  std::set<std::string> notes;    ///< what the truth value rests on besides, in words
  /// What had to be searched for, for `Settings::lemmas`; nothing if it is too much to be kept.
  std::optional<Lemmas> lemmas;
};

/// An expression's value in words, with digits that are all guaranteed.
struct Evaluated {
  std::string text;
  bool determined = false;  ///< false: `text` is the best enclosure, or says why there is none
  std::string reason;       ///< what stopped if not determined, or why it is undefined
};

/// Decides formulas by some ladder of arithmetics. There are two that share no arithmetic: the prover's, and that of
/// the second checker, which looks for nothing. Stateless, so that one serves all threads.
class Engine {
 public:
  Engine() = default;
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  virtual ~Engine() = default;

  /// Whether none of its arithmetics is the prover's.
  [[nodiscard]] virtual bool is_independent() const noexcept = 0;
  /// Decides a closed formula. @throws InputError for ill-formed input that only shows at evaluation, NotSupported.
  [[nodiscard]] virtual Outcome decide(const Program& program, DataSource& data, const Unit& formula,
                                       const Budget& budget, const Settings& settings) const = 0;
  /// Decides a closed formula for all values of the variables that range over infinite sets, by normal forms: `true_`
  /// is a proof, `false_` too (a false comparison of constants), anything else says nothing.
  [[nodiscard]] virtual Outcome decide_by_normal_forms(const Program& program, DataSource& data, const Unit& formula,
                                                       const Budget& budget, const Settings& settings) const = 0;
  /// Draws instances of `binder` in the closed `formula` and asks at each (sampling.hpp). @throws as `decide`.
  [[nodiscard]] virtual SampleResult sample(const Program& program, DataSource& data, const Unit& formula,
                                            const SampledBinder& binder, const SampleRequest& request,
                                            const Budget& budget) const = 0;
};

/// The prover's arithmetics: doubles, balls, FLINT's and Calcium's numbers. It looks for what it needs.
[[nodiscard]] const Engine& prover_engine();

// The same by the prover's engine.
[[nodiscard]] Outcome decide(const Program& program, DataSource& data, const Unit& formula, const Budget& budget,
                             const Settings& settings);

[[nodiscard]] Outcome decide_by_normal_forms(const Program& program, DataSource& data, const Unit& formula,
                                             const Budget& budget, const Settings& settings);

/// Evaluates a closed expression to `digits` significant digits for each number in it (rounded_cells.hpp).
[[nodiscard]] Evaluated evaluate_digits(const Program& program, DataSource& data, const notation::ExprPtr& expression,
                                        const Budget& budget, long digits);

}  // namespace assay::evaluate
