#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coq/translator.hpp"
#include "number/rational.hpp"

namespace assay::coq {

using evaluate::Operation;

namespace {

/// Puts a definition into `in_progress` while its body is translated.
class Progress {
 public:
  Progress(std::set<const evaluate::Definition*>& set, const evaluate::Definition* definition)
      : set_(set), definition_(definition) {
    set_.insert(definition_);
  }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  ~Progress() { set_.erase(definition_); }

 private:
  std::set<const evaluate::Definition*>& set_;
  const evaluate::Definition* definition_;
};

bool has_static(const Value& value) { return value.type.is_static(); }

}  // namespace

Value Translator::call(const Node& node, Frame& frame) {
  const Node& callee = *node.children[0];
  std::vector<Value> arguments;
  const auto translate_arguments = [&] {
    for (std::size_t i = 1; i < node.children.size(); ++i) arguments.push_back(translate(*node.children[i], frame));
  };
  if (callee.operation == Operation::builtin_name) {
    if (evaluate::is_whole_definition(callee.builtin)) {
      if (method_ == Method::exact) refuse(node, "a function whose values are not rational");
      return translate(*node.children.back(), frame);  // what the prelude says it is
    }
    translate_arguments();
    return builtin(node, callee.builtin, std::move(arguments));
  }
  const Value function = translate(callee, frame);
  translate_arguments();
  return apply(node, function, std::move(arguments));
}

Value Translator::apply(const Node& node, const Value& function, std::vector<Value> arguments) {
  if (!function.function) refuse(node, "a call of something that is no function");
  const Closure& closure = *function.function;
  if (closure.builtin) return builtin(node, *closure.builtin, std::move(arguments));
  if (closure.definition == nullptr) return apply_unit(node, *closure.unit, std::move(arguments), closure.captured);
  if (in_progress_.contains(closure.definition))
    refuse(node, "the definition of '" + closure.definition->name + "' calls itself");
  if (met_ && mentions(*closure.unit, [](const Node& n) {
        return n.operation == Operation::builtin_name && is_characterized(n.builtin);
      }))
    return in_place(node, *closure.definition, arguments);
  if (std::none_of(arguments.begin(), arguments.end(), has_static))
    return instance(node, *closure.definition, arguments);
  const Progress progress(in_progress_, closure.definition);
  return apply_unit(node, *closure.definition->unit, std::move(arguments), {});
}

/// The body with the arguments in the place of the parameters: ranks, inertias and kernels in it are the claim's.
Value Translator::in_place(const Node& node, const evaluate::Definition& definition,
                           const std::vector<Value>& arguments) {
  if (arguments.size() != definition.unit->parameters) refuse(node, "a call with another number of arguments");
  const Progress progress(in_progress_, &definition);
  Frame frame;
  Text defined;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    Value argument = arguments[i];
    defined = both(defined, argument.defined);
    argument.defined = {};
    frame.slots[static_cast<evaluate::Slot>(i)] = std::move(argument);
  }
  Value out = translate(*definition.unit->body, frame);
  out.defined = both(defined, out.defined);
  return out;
}

/// Puts the arguments into the body: what is not simple is bound to a name first.
Value Translator::apply_unit(const Node& node, const evaluate::Unit& unit, std::vector<Value> arguments,
                             const std::map<evaluate::Slot, Value>& captured) {
  if (arguments.size() != unit.parameters) refuse(node, "a call with another number of arguments");
  if (scope_.size() > 200) refuse(node, "calls that are nested too deeply");
  Frame frame;
  for (const auto& [slot, value] : captured) frame.slots[slot] = value;
  std::vector<std::pair<std::string, Value>> bound;
  const std::size_t depth = scope_.size();
  Text defined;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    Value& argument = arguments[i];
    if (has_static(argument)) {
      frame.slots[static_cast<evaluate::Slot>(i)] = argument;
      continue;
    }
    if (argument.uncertain) refuse(node, "an argument that depends on a comparison of real numbers");
    if (is_simple(argument)) {
      defined = both(defined, argument.defined);
      argument.defined = {};
      frame.slots[static_cast<evaluate::Slot>(i)] = argument;
      continue;
    }
    const std::string name = fresh(unit.slot_names[i]);
    scope_.push_back(name);
    Value variable = argument;
    variable.text = same(name);
    variable.defined = {};
    variable.cost = 1;
    variable.items.clear();
    variable.literal.reset();
    variable.above = variable.below = variable.first = variable.last = nullptr;
    frame.slots[static_cast<evaluate::Slot>(i)] = std::move(variable);
    bound.emplace_back(name, std::move(argument));
  }
  Value body = translate(*unit.body, frame);
  scope_.resize(depth);
  if (has_static(body) && !bound.empty()) refuse(node, "a function or record that is made of local values");
  body = let_in(bound, std::move(body));
  body.defined = both(defined, body.defined);
  return body;
}

/// A call of a definition of the note (or the prelude) with terms of Coq as arguments: the definition of the file for
/// their types, which is written when it is first met.
Value Translator::instance(const Node& node, const evaluate::Definition& definition,
                           const std::vector<Value>& arguments) {
  if (in_progress_.contains(&definition)) refuse(node, "the definition of '" + definition.name + "' calls itself");
  std::string key = definition.name;
  for (const Value& argument : arguments) key += " " + type_text(argument.type, false, true);
  for (const Value& argument : arguments)
    if (argument.type.is(Kind::set)) key += "s";
  std::string key_with_bounds = key;
  for (const Value& a : arguments)
    key_with_bounds +=
        fmt::format(" {} {} {} {} {} {} {} {} {} {}", a.low, a.high, a.length, a.columns, static_cast<int>(a.form),
                    a.summands, a.digits.whole, a.digits.below, a.quotient, a.monomials);
  for (const Value& argument : arguments)
    if (argument.uncertain || (method_ == Method::enclosed && argument.type.is(Kind::truth)))
      refuse(node, "an argument that is a truth value");
  const evaluate::Unit& unit = *definition.unit;
  auto known = instances_.find(key_with_bounds);
  if (known == instances_.end()) {
    const Progress progress(in_progress_, &definition);
    std::optional<std::vector<Characterized>> none_met;
    std::swap(none_met, met_);
    std::vector<std::string> scope;
    std::swap(scope, scope_);
    Frame frame;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const std::string name = fresh(unit.slot_names[i]);
      scope_.push_back(name);
      names.push_back(name);
      Value variable;
      variable.type = arguments[i].type;
      variable.text = same(name);
      variable.take(arguments[i]);
      variable.length = arguments[i].length;
      variable.columns = arguments[i].columns;
      variable.summands = arguments[i].summands;
      frame.slots[static_cast<evaluate::Slot>(i)] = std::move(variable);
    }
    Value body = translate(*unit.body, frame);
    std::swap(scope, scope_);
    std::swap(none_met, met_);
    if (has_static(body)) {
      if (!arguments.empty()) {  // a function or record that is made of the arguments: put them in
        std::vector<Value> again = arguments;
        return apply_unit(node, unit, std::move(again), {});
      }
      return body;
    }
    // What is known of the arguments may change the form of the body, and so the definition.
    key += "\n" + body.text.real + "\n" + body.defined.real;
    auto name = instance_names_.find(key);
    if (name == instance_names_.end()) {
      std::string global = fresh(definition.name);
      while (global_names_.contains(global + "_c") || global_names_.contains(global + "_defined")) global += "'";
      for (const char* suffix : {"", "_c", "_ok", "_defined", "_defined_c", "_defined_ok"})
        global_names_.insert(global + suffix);
      name = instance_names_.emplace(key, global).first;
      std::string parameters;
      std::string copies;
      std::string both_parameters;
      std::string hypotheses;
      std::string used;
      std::string used_copies;
      for (std::size_t i = 0; i < arguments.size(); ++i) {
        const Type& type = arguments[i].type;
        parameters += fmt::format(" ({} : {})", names[i], type_text(type, false));
        copies += fmt::format(" ({} : {})", names[i], type_text(type, true));
        used += " " + names[i];
        if (!type.has_numbers()) {
          both_parameters += fmt::format(" ({} : {})", names[i], type_text(type, false));
          used_copies += " " + names[i];
          continue;
        }
        if (type.is(Kind::tuple) || type.is(Kind::set)) refuse(node, "tuples or sets of numbers as arguments");
        both_parameters +=
            fmt::format(" ({0} : {1}) ({0}_c : {2})", names[i], type_text(type, false), type_text(type, true));
        used_copies += " " + names[i] + "_c";
        hypotheses += fmt::format("{} {}_c {} -> ", relation_of(type), names[i], names[i]);
      }
      // Texts without numbers are the same in the copy, but not the types of variables.
      const bool has_numbers =
          std::any_of(arguments.begin(), arguments.end(), [](const Value& a) { return a.type.has_numbers(); });
      const auto write = [&](const std::string& what, const Text& text, const Type& type) {
        const bool needs_copy = text.real != text.copy || has_numbers;
        definitions_ +=
            fmt::format("Definition {0}{1} : {2} :=\n  {3}.\n", what, parameters, type_text(type, false), text.real);
        if (method_ == Method::symbolic || !needs_copy) return;
        definitions_ +=
            fmt::format("Definition {0}_c{1} : {2} :=\n  {3}.\n", what, copies, type_text(type, true), text.copy);
        definitions_ +=
            fmt::format("Lemma {0}_ok{1} : {2}{3} ({0}_c{4}) ({0}{5}).\nProof. unfold {0}, {0}_c. congruent. Qed.\n",
                        what, both_parameters, hypotheses, relation_of(type), used_copies, used);
        announce(what + "_ok", arguments.size());
      };
      if (body.type.is(Kind::tuple) && body.type.has_numbers()) refuse(node, "tuples of numbers as values");
      write(global, body.text, body.type);
      if (!body.defined.empty()) write(global + "_defined", body.defined, truth_type());
      if (arguments.empty()) shared_cost_ += body.cost + body.defined.cost;
    }
    Value result = body;
    result.name = name->second;
    const bool has_numbers =
        std::any_of(arguments.begin(), arguments.end(), [](const Value& a) { return a.type.has_numbers(); });
    result.same_text = body.text.real == body.text.copy && !has_numbers;
    result.same_defined = body.defined.real == body.defined.copy && !has_numbers;
    result.literal.reset();
    result.items.clear();
    result.above = result.below = result.first = result.last = nullptr;
    known = instances_.emplace(key_with_bounds, std::move(result)).first;
  }
  const Value& form = known->second;
  Value out = form;
  out.name.clear();
  std::vector<Text> parts;
  std::string pattern;
  Text defined;
  for (const Value& argument : arguments) {
    pattern += " {}";
    parts.push_back(argument.text);
    defined = both(defined, argument.defined);
    out.cost += argument.cost;
  }
  const auto applied = [&](const std::string& name, bool same_text, double cost) {
    const std::string copy = same_text ? name : name + "_c";
    if (arguments.empty()) return Text{name, copy, 1};
    Text text = filled2("(" + name + pattern + ")", "(" + copy + pattern + ")", parts);
    text.cost += cost;
    return text;
  };
  out.text = applied(form.name, form.same_text, form.cost);
  out.defined = form.defined.empty()
                    ? defined
                    : both(defined, applied(form.name + "_defined", form.same_defined, form.defined.cost));
  if (arguments.empty()) out.cost = 1;
  return out;
}

std::string relation_of(const Type& type) {
  if (type.is(Kind::truth)) return "rb";
  if (!type.has_numbers()) return "eq";
  if (type.is(Kind::number)) return "rn";
  if (type.is(Kind::vector)) return "Forall2 rn";
  if (type.is(Kind::matrix)) return "Forall2 (Forall2 rn)";
  return "keyed";
}

}  // namespace assay::coq
