#include "kernel/sampled_terms.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace assay::kernel {

namespace {

using evaluate::Builtin;
using evaluate::Node;
using evaluate::Operation;
using evaluate::SampledBinder;
using notation::BinderKind;
using notation::Relation;

/// Definitions that may call each other on the way to a term.
constexpr std::size_t longest_way = 200;

/// The definition that a node stands for or calls, if it is a plain name.
const evaluate::Unit* definition_of(const Node& node) {
  if (node.operation == Operation::global && !node.definition->is_function) return node.definition->unit.get();
  if (node.operation != Operation::call) return nullptr;
  const Node& callee = *node.children[0];
  const bool is_named = callee.operation == Operation::global && callee.definition->is_function &&
                        callee.definition->unit->parameters + 1 == node.children.size();
  return is_named ? callee.definition->unit.get() : nullptr;
}

bool is_number(const Node& node, long value) { return node.operation == Operation::number && node.value == value; }

/// Whether the expression is 0 or 1 wherever it has a value.
bool is_indicator(const Node& node, std::size_t depth = 0) {
  if (depth > longest_way) return false;
  const auto child = [&](std::size_t i) { return is_indicator(*node.children[i], depth + 1); };
  if (const evaluate::Unit* unit = definition_of(node)) return is_indicator(*unit->body, depth + 1);
  switch (node.operation) {
    case Operation::number: return node.value == 0 || node.value == 1;
    case Operation::conditional: return child(1) && child(2);
    case Operation::multiply: return child(0) && child(1);
    case Operation::subtract: return is_number(*node.children[0], 1) && child(1);
    case Operation::with: return child(node.children.size() - 1);
    default: return false;
  }
}

/// Whether the expression is certainly no negative number, where it has a value; by its form.
bool is_never_negative(const Node& node, std::size_t depth = 0) {
  if (depth > longest_way) return false;
  const auto child = [&](std::size_t i) { return is_never_negative(*node.children[i], depth + 1); };
  if (const evaluate::Unit* unit = definition_of(node)) return is_never_negative(*unit->body, depth + 1);
  switch (node.operation) {
    case Operation::number: return node.value >= 0;
    case Operation::add:
    case Operation::multiply:
    case Operation::divide:
    case Operation::power: return child(0) && child(1);
    case Operation::binder: return node.kind == BinderKind::count;
    case Operation::call:
      return node.children[0]->operation == Operation::builtin_name && node.children[0]->builtin == Builtin::size;
    default: return false;
  }
}

/// How often a constant is used in an expression, counting the uses by the definitions that the expression uses, each
/// as often as it is used itself: 0, 1, or 2 for more.
class Uses {
 public:
  explicit Uses(const evaluate::Definition& constant) : constant_(constant) {}
  std::size_t in(const Node& node) {
    std::size_t uses = 0;
    if (node.operation == Operation::global) {
      if (node.definition == &constant_) return 1;
      uses = in_definition(*node.definition);
    }
    for (const auto& child : node.children) uses += in(*child);
    if (node.unit) uses += in(*node.unit->body) > 0 ? many : 0;
    return std::min(uses, many);
  }

 private:
  static constexpr std::size_t many = 2;

  std::size_t in_definition(const evaluate::Definition& definition) {
    const auto [known, is_new] = known_.emplace(&definition, std::size_t{0});
    if (!is_new) {
      if (in_progress_.contains(&definition)) recursive_.insert(&definition);
      return known->second;
    }
    in_progress_.insert(&definition);
    std::size_t inside = in(*definition.unit->body);
    in_progress_.erase(&definition);
    // A definition that uses itself is evaluated any number of times.
    if (inside > 0 && recursive_.contains(&definition)) inside = many;
    return known_[&definition] = inside;
  }

  const evaluate::Definition& constant_;
  std::set<const evaluate::Definition*> in_progress_, recursive_;
  std::map<const evaluate::Definition*, std::size_t> known_;
};

class Finder {
 public:
  SampledTerms run(const evaluate::Unit& formula) {
    visit_formula(*formula.body);
    for (const SampledTerm& term : out_.terms)
      for (const SampledBinder::Step& step : term.binder.way)
        if (step.node->operation == Operation::global && Uses(*step.node->definition).in(*formula.body) != 1)
          out_.obstacle = "'" + step.node->definition->name +
                          "', which is to be sampled, is used more than once: write the uses as one chain a < x < b";
    if (out_.obstacle.empty() && out_.terms.empty()) out_.obstacle = hint_;
    return std::move(out_);
  }

 private:
  /// How an operand depends on a term in it.
  enum class Trend { rising, falling, either };

  static Trend reversed(Trend trend) {
    return trend == Trend::rising ? Trend::falling : trend == Trend::falling ? Trend::rising : Trend::either;
  }

  /// Goes on to a child of `node`, or into its definition.
  template <class Visit>
  void step(const Node& node, std::size_t child, Visit visit) {
    if (way_.size() >= longest_way) return;
    const std::uint64_t path = path_;
    way_.push_back({&node, child});
    if (const evaluate::Unit* unit = definition_of(node)) {
      path_ = node.operation == Operation::call ? evaluate::path_through(path_, node) : 0;
      visit(*unit->body);
    } else {
      visit(*node.children[child]);
    }
    way_.pop_back();
    path_ = path;
  }

  void visit_formula(const Node& node) {
    const auto on = [this](const Node& next) { visit_formula(next); };
    if (definition_of(node) != nullptr) return step(node, 0, on);
    switch (node.operation) {
      case Operation::with: return step(node, node.children.size() - 1, on);
      case Operation::logical_and: step(node, 0, on); return step(node, 1, on);
      case Operation::binder:
        if (node.kind == BinderKind::forall) add(node, SampledTerm::Kind::forall);
        return;
      case Operation::comparison: return visit_comparison(node);
      default: return;
    }
  }

  void visit_comparison(const Node& node) {
    const std::size_t before = out_.terms.size();
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      const std::size_t first = out_.terms.size();
      step(node, i, [this](const Node& operand) { visit_number(operand, Trend::rising); });
      for (std::size_t t = first; t < out_.terms.size(); ++t) {
        // x < y holds for smaller x and for larger y.
        const bool falls = !trends_.empty() && trends_.back() == Trend::falling;
        const bool either = !trends_.empty() && trends_.back() == Trend::either;
        if (i > 0) need(out_.terms[t], node.relations[i - 1], !falls, either);
        if (i < node.relations.size()) need(out_.terms[t], node.relations[i], falls, either);
      }
    }
    const bool ordered = std::all_of(node.relations.begin(), node.relations.end(), [](Relation relation) {
      return relation == Relation::less || relation == Relation::less_equal || relation == Relation::greater ||
             relation == Relation::greater_equal;
    });
    if (out_.terms.size() == before || (ordered && out_.terms.size() == before + 1)) return;
    // No sample shows this comparison: it is evaluated as it stands, if there is something else to sample.
    hint_ = ordered ? "a comparison of several counts or means is not sampled: compare each with a constant"
                    : "a sampled count or mean is compared by <, <=, > or >= only";
    out_.terms.resize(before);
    trends_.resize(before);
  }

  /// @param grows  whether x < y is helped by larger values of the term.
  static void need(SampledTerm& term, Relation relation, bool grows, bool either) {
    const bool is_less = relation == Relation::less || relation == Relation::less_equal;
    if (either || grows == is_less) term.needs_lower = true;
    if (either || grows != is_less) term.needs_upper = true;
  }

  void visit_number(const Node& node, Trend trend) {
    const auto on = [this](Trend next) { return [this, next](const Node& child) { visit_number(child, next); }; };
    if (definition_of(node) != nullptr) return step(node, 0, on(trend));
    switch (node.operation) {
      case Operation::with: return step(node, node.children.size() - 1, on(trend));
      case Operation::negate: return step(node, 0, on(reversed(trend)));
      case Operation::add: step(node, 0, on(trend)); return step(node, 1, on(trend));
      case Operation::subtract: step(node, 0, on(trend)); return step(node, 1, on(reversed(trend)));
      case Operation::multiply:
        step(node, 0, on(is_never_negative(*node.children[1]) ? trend : Trend::either));
        return step(node, 1, on(is_never_negative(*node.children[0]) ? trend : Trend::either));
      case Operation::divide: return step(node, 0, on(is_never_negative(*node.children[1]) ? trend : Trend::either));
      case Operation::binder:
        if (node.kind == BinderKind::mean) add(node, SampledTerm::Kind::mean, trend);
        // Without filter and body it is the number of assignments, which needs no sample.
        if (node.kind == BinderKind::count && (node.has_filter || node.has_body))
          add(node, SampledTerm::Kind::count, trend);
        return;
      default: return;
    }
  }

  void add(const Node& node, SampledTerm::Kind kind, Trend trend = Trend::rising) {
    SampledTerm term;
    term.kind = kind;
    term.binder = {&node, path_, way_};
    term.is_indicator = kind == SampledTerm::Kind::mean && is_indicator(*node.children.back());
    out_.terms.push_back(std::move(term));
    trends_.push_back(trend);
  }

  SampledTerms out_;
  /// What is said if there is nothing to sample.
  std::string hint_ =
      "the formula has no `forall`, count or mean whose instances could be drawn: sampled are those that stand alone, "
      "in "
      "a conjunction, or (counts and means) on one side of <, <=, > or >=";
  std::vector<Trend> trends_;  ///< of the terms
  std::vector<SampledBinder::Step> way_;
  std::uint64_t path_ = 0;
};

}  // namespace

SampledTerms find_sampled_terms(const evaluate::Unit& formula) { return Finder().run(formula); }

}  // namespace assay::kernel
