#pragma once
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "base/truth.hpp"
#include "evaluate/lemmas.hpp"
#include "evaluate/program.hpp"
#include "files/value.hpp"
#include "number/rational_interval.hpp"

/// What the evaluators of the different arithmetics share while they work on one formula.
namespace assay::evaluate {

/// Gives the content of `load("name")` as written in a document. Thread-safe; results live as long as the source.
class DataSource {
 public:
  DataSource() = default;
  DataSource(const DataSource&) = delete;
  DataSource& operator=(const DataSource&) = delete;
  virtual ~DataSource() = default;
  /// @param document  name of the document's file in which `load` stands, to which the path is relative.
  /// @throws InputError if there is no such file or it is ill-formed.
  [[nodiscard]] virtual const files::FileValue& load(const std::string& name, const std::string& document,
                                                     const SourceRange& where) = 0;
};

/// A point of a quantifier's or an extremum's domain: the position of each generator's value in its set.
using Positions = std::vector<std::uint32_t>;

/// Which points of an outermost binder an arithmetic left open or found undefined, for the next arithmetic. Points not
/// listed are settled: for `forall` they are true, for `exists` false, for an extremum certainly beaten by a listed
/// point.
struct OpenPoints {
  std::size_t generators = 0;
  std::vector<std::uint32_t> flat;  ///< the positions of point i at [i·generators, (i+1)·generators)
  [[nodiscard]] std::size_t size() const noexcept { return generators == 0 ? 0 : flat.size() / generators; }
  void add(const Positions& point) { flat.insert(flat.end(), point.begin(), point.end()); }
};

/// Identifies an outermost binder: the node and the calls that led to it.
struct BinderKey {
  const Node* node = nullptr;
  std::uint64_t path = 0;
  auto operator<=>(const BinderKey&) const = default;
};

/// Identifies the chain of calls that leads through `node` (SplitMix64's finaliser). Two chains that met in one value
/// would be seen as one binder used twice, which is noticed (eval_binder).
[[nodiscard]] inline std::uint64_t path_through(std::uint64_t caller, const Node& node) noexcept {
  std::uint64_t z = caller * 0x9e3779b97f4a7c15U + reinterpret_cast<std::uintptr_t>(&node);
  z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
  z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
  return z ^ (z >> 31U);
}

/// A set from which points were taken in another arithmetic, and whose elements the present one cannot tell.
class UnlistedSet : public BudgetExceeded {
 public:
  UnlistedSet() : BudgetExceeded("a set of points could not be listed in every arithmetic") {}
};

/// What is put in the place of a binder that is not evaluated but was sampled: a truth value, a number, or all numbers
/// between two. None of these: a value of which nothing is known, or that is undefined.
struct StandIn {
  std::optional<Rational> number;
  std::optional<std::pair<Rational, Rational>> between;
  Truth truth = Truth::unknown;
  bool is_formula = true;

  static StandIn formula(Truth truth) { return {std::nullopt, std::nullopt, truth, true}; }
  static StandIn nothing(Truth truth) { return {std::nullopt, std::nullopt, truth, false}; }
  static StandIn value(const Rational& number) { return {number, std::nullopt, Truth::unknown, false}; }
  static StandIn range(const Rational& low, const Rational& high) {
    return {std::nullopt, std::pair(low, high), Truth::unknown, false};
  }
};

/// A point at which a formula fails (or an `exists` holds), in words.
struct Witness {
  std::vector<std::pair<std::string, std::string>> assignment;  ///< variable, value
  std::vector<std::pair<std::string, std::string>> sides;       ///< expression, value
};

/// "n = 3, x = 1/2".
[[nodiscard]] inline std::string in_words(const std::vector<std::pair<std::string, std::string>>& values) {
  std::string out;
  for (const auto& [name, value] : values) {
    if (!out.empty()) out += ", ";
    out.append(name).append(" = ").append(value);
  }
  return out;
}

/// The part of the domain of the outermost quantifier (its first generator's, or of the points that an earlier
/// arithmetic left open) that an evaluation looks at: number `index` of `count` about equal ones.
struct Slice {
  std::size_t index = 0;
  std::size_t count = 1;
  const std::atomic<std::size_t>* settled_by = nullptr;  ///< the first slice known to settle the quantifier
  [[nodiscard]] std::size_t first(std::size_t size) const noexcept { return part(size, index); }
  [[nodiscard]] std::size_t last(std::size_t size) const noexcept { return part(size, index + 1); }
  /// Whether what this slice finds cannot matter any more.
  [[nodiscard]] bool is_superfluous() const noexcept { return settled_by != nullptr && *settled_by < index; }

 private:
  [[nodiscard]] std::size_t part(std::size_t size, std::size_t i) const noexcept {
    return size / count * i + std::min(i, size % count);
  }
};

/// What one arithmetic tells the next about the solution of a system of equations in a box.
struct RootRecord {
  std::vector<Rational> near;                      ///< an approximate solution
  std::vector<RationalInterval> narrow;            ///< enclosures of the solution, in the precision last asked for
  bool is_unique = false;                          ///< it was shown that there is one solution at most
  std::optional<std::vector<Relation>> relations;  ///< between the equations, proved; nothing: not looked for
};

/// How much work an evaluation took.
struct Effort {
  std::uint64_t points = 0;                      ///< points of outermost binders looked at
  std::map<std::string, std::uint64_t> decided;  ///< arithmetic → points decided by it
  long precision = 53;                           ///< highest precision used, in bits
};

struct Session {
  Session(const Program& a_program, DataSource& a_data, const Budget& a_budget)
      : program(a_program), data(a_data), budget(a_budget) {}

  const Program& program;
  DataSource& data;
  const Budget& budget;
  /// Rationals tried for a variable that ranges over an infinite set; empty: none.
  std::vector<Rational> candidates;
  /// Binders that are not evaluated, and what stands in their place.
  std::map<BinderKey, StandIn> stand_ins;
  std::map<BinderKey, OpenPoints> open;   ///< from the arithmetic before
  std::map<BinderKey, OpenPoints> still;  ///< collected by the present one
  /// An expression in words, for reports.
  std::function<std::string(const Node&)> describe = [](const Node&) { return std::string("expression"); };
  /// Closed formulas among the parts of the formula itself that an earlier arithmetic decided: the sides of a
  /// conjunction need not be looked at again because another one is still open.
  std::map<const Node*, Truth> settled;
  std::map<const Node*, Truth> just_settled;  ///< by the present arithmetic
  std::set<BinderKey> ambiguous;              ///< met more than once in one evaluation: their points are not kept
  std::optional<Witness> witness;
  std::optional<std::pair<BinderKey, Positions>> witness_point;  ///< where in its binder's domain the witness is
  std::string first_open;                                        ///< a point that stayed open, in words
  SourceRange undefined_at;  ///< where the first partial operation was met outside its domain
  std::string undefined_operation;
  std::map<const Node*, std::string> undefined_reasons;  ///< where a derivative or description was undefined, and why
  std::map<const Node*, RootRecord> roots;               ///< of closed descriptions, and `exists` over boxes
  std::shared_ptr<LemmaStore> lemmas = std::make_shared<LemmaStore>();  ///< a copy of the session has the same ones
  std::set<std::string> notes;       ///< what the conclusion rests on besides, in words
  std::string hint;                  ///< what stopped the search for a solution last
  bool used_enclosures = false;      ///< a comparison was decided by separated enclosures
  bool met_infinite_domain = false;  ///< a quantifier over an infinite set was met
  const Node* outermost = nullptr;   ///< the formula itself, below its `with`
  bool met_empty_domain = false;     ///< it is a quantifier that has no instance at all
  Slice slice;                       ///< of its domain, if it is a quantifier
  /// For a function that is the mean over instances, which `outermost` is: the instances to take (all if null), and
  /// where to write down those that there are.
  struct {
    const OpenPoints* taken = nullptr;
    OpenPoints* seen = nullptr;
  } instances;
  Effort effort;

  /// Makes what the present arithmetic left open the work of the next. Points that it did not look at again stay as
  /// they were; those of ambiguous binders are forgotten, so that all of them are looked at.
  void hand_on() {
    for (auto& [key, points] : still) open[key] = std::move(points);
    for (const BinderKey& key : ambiguous) open.erase(key);
    settled.merge(just_settled);
  }
};

}  // namespace assay::evaluate
