#include <fmt/format.h>

#include <algorithm>

#include "coq/translator.hpp"

namespace assay::coq {

using evaluate::Operation;
using notation::BinderKind;
using notation::Relation;

Formula Translator::guarded(const Text& defined, Formula formula) {
  if (defined.empty()) return formula;
  formula.text.real = fmt::format("({} = true /\\ {})", defined.real, formula.text.real);
  formula.text.copy = fmt::format("(cand {} {})", defined.copy, formula.text.copy);
  formula.cost += defined.cost;
  return formula;
}

Formula Translator::leaf(const Value& value) {
  Formula out;
  out.text = {fmt::format("({} = true)", value.text.real), value.text.copy, 0};
  out.cost = value.cost;
  return guarded(value.defined, out);
}

Formula Translator::formula(const Node& node, Frame& frame) {
  switch (node.operation) {
    case Operation::logical_and: return conjunction(node, frame);
    case Operation::comparison: return relations(node, frame);
    case Operation::with: return bound(node, frame);
    case Operation::binder:
      if (node.kind == BinderKind::forall || node.kind == BinderKind::exists) return quantifier(node, frame);
      break;
    case Operation::call: {
      // A definition whose value is a proposition: its body, so that its quantifiers are those of Coq.
      const Node& callee = *node.children[0];
      if (callee.operation != Operation::global) break;
      const evaluate::Unit& unit = *callee.definition->unit;
      const Operation body = unit.body->operation;
      if (body != Operation::logical_and && body != Operation::binder && body != Operation::comparison) break;
      if (in_progress_.contains(callee.definition))
        refuse(node, "the definition of '" + callee.definition->name + "' calls itself");
      Frame inner;
      Text defined;
      bool simple = true;
      const std::size_t depth = scope_.size();
      begin_comparison();
      for (std::size_t i = 1; i < node.children.size(); ++i) {
        Value argument = translate(*node.children[i], frame);
        defined = both(defined, argument.defined);
        argument.defined = {};
        simple = simple && (argument.type.is_static() || is_simple(argument) || argument.text.real.size() < 200);
        inner.slots[static_cast<evaluate::Slot>(i - 1)] = std::move(argument);
      }
      const std::vector<Characterized> met = end_comparison();
      if (!simple) {
        scope_.resize(depth);
        break;
      }
      Formula out = with_characterized(met, guarded(defined, formula(*unit.body, inner)));
      scope_.resize(depth);
      return out;
    }
    default: break;
  }
  const Value value = translate(node, frame);
  if (!value.type.is(Kind::truth)) refuse(node, "a formula that is no truth value");
  return leaf(value);
}

Formula Translator::negation(const Node& node, Frame& frame) {
  if (method_ == Method::symbolic) refuse(node, "the negation of a claim about all real numbers");
  Value value = translate(node, frame);
  if (!value.type.is(Kind::truth)) refuse(node, "a formula that is no truth value");
  value.text = negation_of(value.text);
  return leaf(value);
}

Formula Translator::conjunction(const Node& node, Frame& frame) {
  const Formula a = formula(*node.children[0], frame);
  const Formula b = formula(*node.children[1], frame);
  Formula out;
  out.text = {fmt::format("({} /\\ {})", a.text.real, b.text.real),
              fmt::format("(cand {} {})", a.text.copy, b.text.copy)};
  out.cost = a.cost + b.cost;
  return out;
}

Formula Translator::bound(const Node& node, Frame& frame) {
  struct Step {
    std::vector<Characterized> met;
    std::string name;  ///< empty: the value was put in
    Value value;
  };
  std::vector<Step> steps;
  const std::size_t depth = scope_.size();
  for (std::size_t i = 0; i < node.slots.size(); ++i) {
    begin_comparison();
    Value value = translate(*node.children[i], frame);
    Step step{end_comparison(), {}, {}};
    const bool has_simple_parts =
        !value.items.empty() && std::ranges::all_of(value.items, [&](const Value& item) { return is_simple(item); });
    Value variable = value;
    if (value.type.is_static() || is_simple(value) || has_simple_parts) {
      if (value.type.is_static() || (step.met.empty() && value.defined.empty())) {
        frame.slots[node.slots[i]] = std::move(variable);
        continue;
      }
      step.value.defined = value.defined;  // whether it is used or not
      step.value.cost = value.cost;
      variable.defined = {};
      for (Value& item : variable.items) item.defined = {};
      variable.cost = 1;
    } else {
      step.name = fresh(node.names[i]);
      scope_.push_back(step.name);
      variable.text = same(step.name);
      variable.defined = {};
      variable.cost = 1;
      variable.items.clear();
      variable.above = variable.below = variable.first = variable.last = nullptr;
      step.value = std::move(value);
    }
    frame.slots[node.slots[i]] = std::move(variable);
    steps.push_back(std::move(step));
  }
  Formula out = formula(*node.children.back(), frame);
  scope_.resize(depth);
  for (auto it = steps.rbegin(); it != steps.rend(); ++it) {
    if (!it->name.empty()) out.text = filled("(let " + it->name + " := {} in {})", {it->value.text, out.text});
    out.cost += it->value.cost;
    out = with_characterized(it->met, guarded(it->value.defined, std::move(out)));
  }
  return out;
}

Formula Translator::quantifier(const Node& node, Frame& frame) {
  const bool forall = node.kind == BinderKind::forall;
  struct Variable {
    std::string name;
    Value domain;
  };
  std::vector<Variable> variables;
  const std::size_t depth = scope_.size();
  double points = 1;
  for (std::size_t i = 0; i < node.slots.size(); ++i) {
    Value domain = translate(*node.children[i], frame);
    const std::string name = fresh(node.names[i]);
    if (domain.type.is(Kind::domain)) {
      if (method_ != Method::symbolic || !forall) refuse(node, "a variable over an infinite set");
      Value variable;
      variable.text = same(name);
      variable.type = domain.name == "R" ? number_type() : vector_of(number_type());
      if (domain.name != "R" && domain.name != "R^n") refuse(node, "a variable over " + domain.name);
      variable.length = static_cast<double>(domain.dimension);
      variable.summands = domain.name == "R" ? 1 : -1;
      frame.slots[node.slots[i]] = std::move(variable);
    } else {
      if (!domain.type.is(Kind::set)) refuse(node, "a variable that does not range over a set");
      frame.slots[node.slots[i]] = variable_in(domain, name);
      points *= std::max(1.0, domain.length);
    }
    scope_.push_back(name);
    variables.push_back({name, std::move(domain)});
  }
  std::optional<Value> filter;
  std::string premise;
  if (node.has_filter) {
    if (method_ == Method::symbolic) premise = proposition(*node.children[node.slots.size()], frame);
    filter = translate(*node.children[node.slots.size()], frame);
  }
  Formula out = formula(*node.children.back(), frame);
  scope_.resize(depth);
  if (filter) {
    const Text& f = filter->text;
    out.cost += filter->cost;
    if (forall) {
      out.text.real = premise.empty() ? fmt::format("({} = true -> {})", f.real, out.text.real)
                                      : fmt::format("({} -> {})", premise, out.text.real);
      out.text.copy = fmt::format("(cor (cneg {}) {})", f.copy, out.text.copy);
    } else {
      out.text.real = fmt::format("({} = true /\\ {})", f.real, out.text.real);
      out.text.copy = fmt::format("(cand {} {})", f.copy, out.text.copy);
    }
    out = guarded(filter->defined, std::move(out));
  }
  constexpr double tactics = 300;  // of each case
  out.cost = (out.cost + (method_ == Method::symbolic ? tactics : 1)) * points;
  for (auto it = variables.rbegin(); it != variables.rend(); ++it) {
    const auto& [name, domain] = *it;
    if (domain.type.is(Kind::domain)) {
      out.text.real = domain.name == "R" ? fmt::format("(forall {} : R, {})", name, out.text.real)
                                         : fmt::format("(forall {0} : list R, length {0} = {1}%nat -> {2})", name,
                                                       domain.dimension, out.text.real);
      continue;
    }
    const Type& item = domain.type.items[0];
    const Text lambda = lambda_text(name, item, out.text);
    const char* connective = forall ? "->" : "/\\";
    const std::string inside =
        domain.first ? in_scope('Z', "({} <= {} <= {})", {domain.first->text, same(name), domain.last->text}).real
                     : fmt::format("In {} {}", name, domain.text.real);
    out.text = {fmt::format("({} {} : {}, {} {} {})", forall ? "forall" : "exists", name, type_text(item, false),
                            inside, connective, out.text.real),
                fmt::format("({} {} {})", forall ? "call" : "csome", lambda.copy, domain.text.copy)};
    out.cost += domain.cost;
    out = guarded(domain.defined, std::move(out));
  }
  return out;
}

/// A comparison; its ranks, inertias and kernels become variables that are bound around it.
Formula Translator::relations(const Node& node, Frame& frame) {
  if (met_) return plain_relations(node, frame);
  const std::size_t depth = scope_.size();
  begin_comparison();
  Formula out = plain_relations(node, frame);
  out = with_characterized(end_comparison(), std::move(out));
  scope_.resize(depth);
  return out;
}

Formula Translator::plain_relations(const Node& node, Frame& frame) {
  Formula out;
  out.cost = 0;
  out.text = {};
  Value left = translate(*node.children[0], frame);
  Text defined = left.defined;
  for (std::size_t i = 0; i < node.relations.size(); ++i) {
    Value right = translate(*node.children[i + 1], frame);
    defined = both(defined, right.defined);
    left.defined = {};
    Value bare = right;
    bare.defined = {};
    const Formula one = relation(node, node.relations[i], left, bare);
    out.text = out.text.empty() ? one.text
                                : Text{fmt::format("({} /\\ {})", out.text.real, one.text.real),
                                       fmt::format("(cand {} {})", out.text.copy, one.text.copy)};
    out.cost += one.cost;
    left = std::move(right);
  }
  return guarded(defined, std::move(out));
}

Formula Translator::relation(const Node& node, Relation relation, const Value& a, const Value& b) {
  if (relation == Relation::greater) return this->relation(node, Relation::less, b, a);
  if (relation == Relation::greater_equal) return this->relation(node, Relation::less_equal, b, a);
  if (relation == Relation::equal && !a.items.empty() && a.items.size() == b.items.size()) {  // tuples
    Formula out;
    for (std::size_t i = 0; i < a.items.size(); ++i) {
      Value x = a.items[i];
      Value y = b.items[i];
      x.defined = y.defined = {};
      const Formula one = this->relation(node, relation, x, y);
      out.text = i == 0 ? one.text
                        : Text{fmt::format("({} /\\ {})", out.text.real, one.text.real),
                               fmt::format("(cand {} {})", out.text.copy, one.text.copy)};
      out.cost += one.cost;
    }
    out.cost += a.cost + b.cost;
    return out;
  }
  if (relation == Relation::in || relation == Relation::not_in || a.type.is(Kind::tuple) || a.type.is(Kind::truth))
    return leaf(compare(node, relation, a, b));
  if (a.type.is(Kind::matrix) && b.type.is(Kind::vector)) return this->relation(node, relation, a, as_matrix(node, b));
  if (a.type.is(Kind::vector) && b.type.is(Kind::matrix)) return this->relation(node, relation, as_matrix(node, a), b);
  const Type type = common(node, a.type, b.type);
  const Value test = compare(node, relation, a, b);  // the computation; refuses what cannot be compared
  const Text x = join(node, a, type).text;
  const Text y = join(node, b, type).text;
  const char* symbol = relation == Relation::equal       ? "="
                       : relation == Relation::not_equal ? "<>"
                       : relation == Relation::less      ? "<"
                                                         : "<=";
  if (relation == Relation::not_equal && !type.is_scalar()) return leaf(test);
  Formula out;
  out.cost = test.cost;
  out.text.copy = test.text.copy;
  const std::string pattern = std::string("({} ") + symbol + " {})";
  if (type.is_scalar())
    out.text.real = in_scope(type.is(Kind::integer) ? 'Z' : 'R', pattern, {x, y}).real;
  else
    out.text.real = filled(pattern, {x, y}).real;
  return out;
}

/// The condition of a quantifier over the real numbers: comparisons as those of Coq.
std::string Translator::proposition(const Node& node, Frame& frame) {
  if (node.operation == Operation::logical_and)
    return fmt::format("({} /\\ {})", proposition(*node.children[0], frame), proposition(*node.children[1], frame));
  if (node.operation != Operation::comparison) {
    const Value value = translate(node, frame);
    if (!value.defined.empty()) refuse(node, "a condition that is not defined everywhere");
    return fmt::format("({} = true)", value.text.real);
  }
  const Formula formula = relations(node, frame);
  return formula.text.real;
}

}  // namespace assay::coq
