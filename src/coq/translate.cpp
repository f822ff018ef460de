#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coq/preamble.hpp"
#include "coq/translator.hpp"
#include "number/rational.hpp"

namespace assay::coq {

using evaluate::Operation;

std::string type_text(const Type& type, bool copy, bool inner) {
  const auto wrapped = [&](const std::string& text) { return inner ? "(" + text + ")" : text; };
  switch (type.kind) {
    case Kind::integer: return "Z";
    case Kind::number: return copy ? "num" : "R";
    case Kind::truth: return copy ? "truth" : "bool";
    case Kind::vector:
    case Kind::set: return wrapped("list " + type_text(type.items[0], copy, true));
    case Kind::matrix: return wrapped("list (list " + type_text(type.items[0], copy, true) + ")");
    case Kind::tuple: {
      std::string text;
      for (const Type& item : type.items) text += (text.empty() ? "" : " * ") + type_text(item, copy, true);
      return "(" + text + ")";
    }
    default: return "?";
  }
}

namespace {
/// Truth values that come from integers alone are of type bool in the copy, too.
Text truth_filled(const std::string& real, const std::string& copy, const std::vector<Text>& parts) {
  for (const Text& part : parts)
    if (part.real != part.copy) return filled2(real, copy, parts);
  return filled(real, parts);
}
}  // namespace

Text both(const Text& a, const Text& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return truth_filled("({} && {})", "(cand {} {})", {a, b});
}

Text negation_of(const Text& a) { return truth_filled("(negb {})", "(cneg {})", {a}); }
Text either(const Text& a, const Text& b) { return truth_filled("({} || {})", "(cor {} {})", {a, b}); }
Text equivalence(const Text& a, const Text& b) { return truth_filled("(Bool.eqb {} {})", "(ciff {} {})", {a, b}); }
Text all_of(const Text& function, const Text& list, double length) {
  Text out = truth_filled("(forallb {} {})", "(call {} {})", {function, list});
  out.cost = list.cost + length * (function.cost + 1);
  return out;
}
Text some_of(const Text& function, const Text& list, double length) {
  Text out = truth_filled("(existsb {} {})", "(csome {} {})", {function, list});
  out.cost = list.cost + length * (function.cost + 1);
  return out;
}

Text where(const Text& a, const Text& b) {
  if (b.empty() || a.empty()) return b;
  return either(negation_of(a), b);
}

namespace {
std::string fill(const std::string& pattern, const std::vector<Text>& parts, bool copy) {
  std::string out;
  std::size_t next = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern.compare(i, 2, "{}") != 0) {
      out += pattern[i];
      continue;
    }
    out += copy ? parts.at(next).copy : parts.at(next).real;
    ++next;
    ++i;
  }
  return out;
}
double cost_of(const std::vector<Text>& parts) {
  double cost = 1;
  for (const Text& part : parts) cost += part.cost;
  return cost;
}
}  // namespace

Text filled(const std::string& pattern, const std::vector<Text>& parts) {
  return {fill(pattern, parts, false), fill(pattern, parts, true), cost_of(parts)};
}
Text filled2(const std::string& real, const std::string& copy, const std::vector<Text>& parts) {
  return {fill(real, parts, false), fill(copy, parts, true), cost_of(parts)};
}

Digits digits_of(const Value& value) {
  if (value.type.has_numbers()) return value.digits;
  const double largest = std::max(std::abs(value.low), std::abs(value.high));
  return {std::isfinite(largest) ? std::log2(largest + 1) + 1 : 64, 0};
}

void include(Estimates& of_entries, const Value& entry) {
  const Digits digits = digits_of(entry);
  of_entries.digits.whole = std::max(of_entries.digits.whole, digits.whole);
  of_entries.digits.below = std::max(of_entries.digits.below, digits.below);
  of_entries.quotient = of_entries.quotient || entry.quotient;
  of_entries.monomials = std::max(of_entries.monomials, entry.monomials);
  of_entries.form = std::max(of_entries.form, entry.form);
  of_entries.low = std::min(of_entries.low, entry.low);
  of_entries.high = std::max(of_entries.high, entry.high);
}

double operation_cost(Method method, const Type& type, const Digits& digits, bool is_product) {
  if (method != Method::exact) return 1;
  if (!type.has_numbers()) return is_product ? 2 + digits.whole * digits.whole / 8 : 1 + digits.whole / 4;
  const double bits = std::min(1e6, std::max(0.0, digits.whole) + 2 * digits.below);
  return 20 + bits / 2 + bits * bits / 400;
}

Text in_scope(char scope, const std::string& pattern, std::vector<Text> parts) {
  const std::string suffix = std::string("%") + scope;
  const auto strip = [&](std::string& text) {
    if (text.size() > 2 && text.compare(text.size() - 2, 2, suffix) == 0) text.resize(text.size() - 2);
  };
  for (Text& part : parts) {
    strip(part.real);
    strip(part.copy);
  }
  return filled(pattern + suffix, parts);
}

Value literal_value(const Rational& value) {
  Value out;
  out.literal = value;
  const std::string numerator = value.get_num().get_str();
  const bool negative = sgn(value) < 0;
  if (is_integer(value)) {
    out.type = integer_type();
    out.text = same((negative ? "(" + numerator + ")" : numerator) + "%Z");
    out.low = out.high = value.get_d();
    return out;
  }
  out.digits = {1, static_cast<double>(mpz_sizeinbase(value.get_den().get_mpz_t(), 2))};
  out.digits.whole +=
      std::max(0.0, static_cast<double>(mpz_sizeinbase(value.get_num().get_mpz_t(), 2)) - out.digits.below);
  out.type = number_type();
  const std::string denominator = value.get_den().get_str();
  out.text.real = fmt::format("({} / {})%R", negative ? "(" + numerator + ")" : numerator, denominator);
  out.text.copy = fmt::format("(nlit {} {})", negative ? "(" + numerator + ")" : numerator, denominator);
  return out;
}

void Translator::refuse(const Node& node, const std::string& reason) { throw NotExportable(reason, node.where); }

void Translator::announce(const std::string& lemma, std::size_t arguments) {
  std::string copy = lemma.substr(0, lemma.size() - 3) + "_c";  // NAME_ok is about NAME_c
  for (std::size_t i = 0; i < arguments; ++i) copy += " _";
  lemmas_ += "  | |- _ (" + copy + ") _ => simple apply " + lemma + "\n";
  definitions_ += "Ltac known ::=\n  lazymatch goal with\n" + lemmas_ + "  end.\n\n";
}

bool Translator::is_simple(const Value& value) const {
  return (value.literal && value.type.is(Kind::integer)) || value.text.real.find_first_of(" (") == std::string::npos;
}

std::string Translator::fresh(const std::string& name) {
  std::string base;
  for (const char c : name) base += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' ? c : '_';
  if (base.empty() || std::isalpha(static_cast<unsigned char>(base[0])) == 0) base = "v" + base;
  const auto taken = [&](const std::string& candidate) {
    return is_reserved(candidate) || global_names_.contains(candidate) ||
           std::find(scope_.begin(), scope_.end(), candidate) != scope_.end();
  };
  std::string candidate = base;
  for (int i = 1; taken(candidate); ++i) candidate = base + std::to_string(i);
  return candidate;
}

Text Translator::lambda_text(const std::string& name, const Type& type, const Text& body) const {
  return {fmt::format("(fun {} : {} => {})", name, type_text(type, false), body.real),
          fmt::format("(fun {} : {} => {})", name, type_text(type, true), body.copy), body.cost};
}

/// `let x := e in … body`, and what the body's definedness needs of it.
Value Translator::let_in(const std::vector<std::pair<std::string, Value>>& bound, Value body) const {
  for (auto it = bound.rbegin(); it != bound.rend(); ++it) {
    const auto& [name, value] = *it;
    const std::string pattern = "(let " + name + " := {} in {})";
    body.text = filled(pattern, {value.text, body.text});
    if (!body.defined.empty()) body.defined = filled(pattern, {value.text, body.defined});
    body.defined = both(value.defined, body.defined);
    body.cost += value.cost;
    body.literal.reset();
    body.above = body.below = body.first = body.last = nullptr;
  }
  return body;
}

bool Translator::is_closed(const Text& text) const {
  std::string word;
  for (const char c : text.real + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '\'') {
      word += c;
      continue;
    }
    if (!word.empty() && std::find(scope_.begin(), scope_.end(), word) != scope_.end()) return false;
    word.clear();
  }
  return true;
}

void Translator::define(const std::string& name, const Text& text, const Type& type) {
  definitions_ += fmt::format("Definition {} : {} :=\n  {}.\n", name, type_text(type, false), text.real);
  if (text.real == text.copy) return;
  definitions_ += fmt::format(
      "Definition {0}_c : {1} :=\n  {2}.\nLemma {0}_ok : {3} {0}_c {0}.\nProof. unfold {0}, {0}_c. congruent. Qed.\n",
      name, type_text(type, true), text.copy, relation_of(type));
  announce(name + "_ok", 0);
}

Value Translator::shared(const Node& node, Value value) {
  constexpr double worth_it = 200;  // operations
  const Type& type = value.type;
  if (method_ == Method::symbolic || !(type.is_scalar() || type.is_array()) || value.literal || value.above ||
      is_simple(value) || value.cost < worth_it || (scope_.empty() && value.defined.empty()) ||
      !is_closed(value.text) || !is_closed(value.defined))
    return value;
  std::string stem = "constant";
  if (node.operation == Operation::call && node.children[0]->operation == Operation::global)
    stem = node.children[0]->definition->name + "_value";
  const auto name_for = [&](const Text& text, const Type& of, const std::string& suffix) {
    const std::string key = text.real + "\n" + text.copy;
    auto known = shared_.find(key);
    if (known == shared_.end()) {
      std::string name = fresh(stem + suffix);
      while (global_names_.contains(name + "_c")) name += "'";
      for (const char* ending : {"", "_c", "_ok"}) global_names_.insert(name + ending);
      define(name, text, of);
      shared_cost_ += text.cost;
      known = shared_.emplace(key, Text{name, text.real == text.copy ? name : name + "_c", 1}).first;
    }
    return known->second;
  };
  value.text = name_for(value.text, type, "");
  value.cost = 1;
  if (!value.defined.empty() && value.defined.cost > 20)
    value.defined = name_for(value.defined, truth_type(), "_defined");
  return value;
}

Value Translator::translate(const Node& node, Frame& frame) {
  Value value = translate_node(node, frame);
  value.text.cost = value.cost;
  return value.type.is_static() ? value : shared(node, std::move(value));
}

Value Translator::translate_node(const Node& node, Frame& frame) {
  switch (node.operation) {
    case Operation::number: return literal_value(node.value);
    case Operation::truth: {
      Value out;
      out.type = truth_type();
      out.text = same(node.flag ? "true" : "false");
      return out;
    }
    case Operation::text:
    case Operation::domain: {
      Value out;
      out.type.kind = node.operation == Operation::text ? Kind::text : Kind::domain;
      out.name = node.text;
      return out;
    }
    case Operation::pi: {
      if (method_ == Method::exact) refuse(node, "pi is not rational");
      Value out;
      out.type = number_type();
      out.text = {"PI", "npi"};
      out.form = Form::cosines;
      return out;
    }
    case Operation::imaginary_unit: refuse(node, "complex numbers are not exported");
    case Operation::local: return local(node, frame);
    case Operation::global: return global(node);
    case Operation::builtin_name: {
      Value out;
      out.type.kind = Kind::function;
      Closure closure;
      closure.builtin = node.builtin;
      out.function = std::make_shared<const Closure>(std::move(closure));
      return out;
    }
    case Operation::negate: return negated(node, translate(*node.children[0], frame));
    case Operation::logical_not:
    case Operation::iff:
    case Operation::implies:
    case Operation::logical_or:
    case Operation::logical_and: return logical(node, frame);
    case Operation::transpose:
      return builtin(node, evaluate::Builtin::transpose, {translate(*node.children[0], frame)});
    case Operation::range: {
      Value a = to_integer(node, translate(*node.children[0], frame));
      Value b = to_integer(node, translate(*node.children[1], frame));
      Value out;
      out.type = set_of(integer_type());
      out.text = filled("(range {} {})", {a.text, b.text});
      out.defined = both(a.defined, b.defined);
      out.low = a.low;
      out.high = b.high;
      out.length = std::max(0.0, b.high - a.low + 1);
      out.cost = a.cost + b.cost + out.length;
      out.first = std::make_shared<Value>(std::move(a));
      out.last = std::make_shared<Value>(std::move(b));
      return out;
    }
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::mod:
    case Operation::entrywise_multiply:
    case Operation::entrywise_divide:
    case Operation::power:
    case Operation::entrywise_power: {
      Value a = translate(*node.children[0], frame);
      Value b = translate(*node.children[1], frame);
      return arithmetic(node, node.operation, std::move(a), std::move(b));
    }
    case Operation::comparison: return comparison(node, frame);
    case Operation::conditional: return conditional(node, frame);
    case Operation::with: return with(node, frame);
    case Operation::binder: return binder(node, frame);
    case Operation::set_builder: return set_builder(node, frame);
    case Operation::set_literal: return set_literal(node, frame);
    case Operation::lambda: return lambda(node, frame);
    case Operation::call: return call(node, frame);
    case Operation::record: {
      Value out;
      out.type.kind = Kind::record;
      for (std::size_t i = 0; i < node.children.size(); ++i)
        out.fields.emplace(node.names[i], translate(*node.children[i], frame));
      return out;
    }
    case Operation::index: return index(node, frame);
    case Operation::field: return field(node, frame);
    case Operation::tuple: {
      Value out;
      out.type.kind = Kind::tuple;
      std::vector<Text> parts;
      std::string pattern;
      for (const auto& child : node.children) {
        Value item = translate(*child, frame);
        if (item.type.is_static()) refuse(node, "a tuple of functions or records");
        out.type.items.push_back(item.type);
        parts.push_back(item.text);
        pattern += pattern.empty() ? "({}" : ", {}";
        out.defined = both(out.defined, item.defined);
        out.cost += item.cost;
        out.items.push_back(std::move(item));
      }
      out.text = filled(pattern + ")", parts);
      return out;
    }
    case Operation::vector: return vector_literal(node, frame);
    case Operation::matrix: return matrix_literal(node, frame);
    case Operation::description: refuse(node, "definite descriptions are not exported");
    case Operation::unsupported: refuse(node, "'" + node.text + "' is not exported");
  }
  refuse(node, "not exported");
}

Value Translator::local(const Node& node, Frame& frame) {
  const auto it = frame.slots.find(node.slot);
  if (it == frame.slots.end()) refuse(node, "a variable out of the scope that Coq sees");
  return it->second;
}

Value Translator::global(const Node& node) {
  const evaluate::Definition& definition = *node.definition;
  if (definition.is_function) {
    Value out;
    out.type.kind = Kind::function;
    Closure closure;
    closure.definition = &definition;
    closure.unit = definition.unit.get();
    out.function = std::make_shared<const Closure>(std::move(closure));
    return out;
  }
  return instance(node, definition, {});
}

/// `if`, of which the copy may not know the condition if that is a matter of real numbers.
Text Translator::choice(const Node& node, const Value& condition, const Type& type, const Text& a, const Text& b) {
  if (!condition.uncertain) return filled("(if {} then {} else {})", {condition.text, a, b});
  if (type.is(Kind::number)) return filled2("(if {} then {} else {})", "(nif {} {} {})", {condition.text, a, b});
  if (type.is(Kind::truth)) return filled2("(if {} then {} else {})", "(cif {} {} {})", {condition.text, a, b});
  refuse(node, "a choice by a comparison of real numbers");
}

Value Translator::conditional(const Node& node, Frame& frame) {
  const Value c = translate(*node.children[0], frame);
  if (!c.type.is(Kind::truth)) refuse(node, "a condition that is not a truth value");
  Value a = translate(*node.children[1], frame);
  Value b = translate(*node.children[2], frame);
  const Type type = common(node, a.type, b.type);
  a = join(node, std::move(a), type);
  b = join(node, std::move(b), type);
  Value out;
  out.type = type;
  out.text = choice(node, c, type, a.text, b.text);
  out.uncertain = c.uncertain || a.uncertain || b.uncertain;
  out.form = std::max(a.form, b.form);
  out.digits = {std::max(digits_of(a).whole, digits_of(b).whole), std::max(digits_of(a).below, digits_of(b).below)};
  out.quotient = a.quotient || b.quotient;
  out.monomials = std::max(a.monomials, b.monomials);
  Text inner;
  if (!a.defined.empty() || !b.defined.empty()) {
    const Text yes = same("true");
    inner = choice(node, c, truth_type(), a.defined.empty() ? yes : a.defined, b.defined.empty() ? yes : b.defined);
  }
  out.defined = both(c.defined, inner);
  out.cost = c.cost + std::max(a.cost, b.cost);
  out.low = std::min(a.low, b.low);
  out.high = std::max(a.high, b.high);
  out.length = std::max(a.length, b.length);
  out.columns = std::max(a.columns, b.columns);
  return out;
}

Value Translator::with(const Node& node, Frame& frame) {
  std::vector<std::pair<std::string, Value>> bound;
  const std::size_t depth = scope_.size();
  for (std::size_t i = 0; i < node.slots.size(); ++i) {
    Value value = translate(*node.children[i], frame);
    if (value.type.is_static() || is_simple(value)) {
      frame.slots[node.slots[i]] = std::move(value);
      continue;
    }
    const std::string name = fresh(node.names[i]);
    scope_.push_back(name);
    Value variable = value;
    variable.text = same(name);
    variable.defined = {};
    variable.cost = 1;
    variable.items.clear();
    variable.above = variable.below = variable.first = variable.last = nullptr;
    if (value.uncertain) refuse(node, "a name for what depends on a comparison of real numbers");
    frame.slots[node.slots[i]] = std::move(variable);
    bound.emplace_back(name, std::move(value));
  }
  Value body = translate(*node.children.back(), frame);
  scope_.resize(depth);
  if (body.type.is_static() && !bound.empty()) refuse(node, "a function or record that is made of local values");
  return let_in(bound, std::move(body));
}

Value Translator::set_literal(const Node& node, Frame& frame) {
  Value out;
  std::vector<Value> items;
  Type type = integer_type();
  bool ascending = true;
  out.low = std::numeric_limits<double>::infinity();
  out.high = -out.low;
  for (const auto& child : node.children) {
    Value item = translate(*child, frame);
    if (!item.type.is_scalar()) refuse(node, "a set whose elements are not numbers");
    type = common(node, type, item.type);
    ascending = ascending && item.literal && (items.empty() || *items.back().literal < *item.literal);
    out.defined = both(out.defined, item.defined);
    out.cost += item.cost;
    out.low = std::min(out.low, item.low);
    out.high = std::max(out.high, item.high);
    items.push_back(std::move(item));
  }
  if (type.is(Kind::number) && !ascending)
    refuse(node, "a set of numbers that are not written down in ascending order");
  std::vector<Text> parts;
  std::string pattern;
  for (Value& item : items) {
    parts.push_back(join(node, std::move(item), type).text);
    pattern += pattern.empty() ? "{}" : "; {}";
  }
  out.type = set_of(type);
  out.length = static_cast<double>(parts.size());
  out.text = filled(ascending ? "[" + pattern + "]" : "(set_of [" + pattern + "])", parts);
  if (parts.empty()) out.text = same("(@nil Z)");
  return out;
}

Type Translator::common(const Node& node, const Type& a, const Type& b) {
  if (a == b) return a;
  if (a.is_scalar() && b.is_scalar()) return number_type();
  if (a.kind == b.kind && a.items.size() == b.items.size() && (a.is_array() || a.is(Kind::set))) {
    Type out = a;
    out.items[0] = common(node, a.items[0], b.items[0]);
    return out;
  }
  refuse(node, "values of different kinds in one place");
}

Value Translator::join(const Node& node, Value a, const Type& type) {
  if (a.type == type) return a;
  if (type.is(Kind::number) && a.type.is(Kind::integer)) return to_number(node, std::move(a));
  if (type.is_array() && a.type.kind == type.kind && type.items[0].is(Kind::number) &&
      a.type.items[0].is(Kind::integer)) {
    a.text = type.is(Kind::vector) ? filled2("(map IZR {})", "(map nz {})", {a.text})
                                   : filled2("(map (map IZR) {})", "(map (map nz) {})", {a.text});
    a.digits = digits_of(a);
    a.type = type;
    a.cost += a.length * a.columns;
    a.text.cost = a.cost;
    return a;
  }
  refuse(node, "values of different kinds in one place");
}

Value Translator::vector_literal(const Node& node, Frame& frame) {
  std::vector<Value> items;
  Type type = integer_type();
  for (const auto& child : node.children) {
    items.push_back(translate(*child, frame));
    if (!items.back().type.is_scalar()) refuse(node, "a vector whose entries are not numbers");
    type = common(node, type, items.back().type);
  }
  Value out;
  out.type = vector_of(type);
  std::vector<Text> parts;
  std::string pattern;
  out.low = std::numeric_limits<double>::infinity();
  out.high = -out.low;
  for (Value& item : items) {
    item = join(node, std::move(item), type);
    out.defined = both(out.defined, item.defined);
    include(out, item);
    out.cost += item.cost;
    parts.push_back(item.text);
    pattern += pattern.empty() ? "{}" : "; {}";
  }
  out.length = static_cast<double>(items.size());
  out.text = filled("[" + pattern + "]", parts);
  if (items.empty()) out.text = same("(@nil Z)");
  return out;
}

Value Translator::matrix_literal(const Node& node, Frame& frame) {
  std::vector<Value> items;
  Type type = integer_type();
  for (const auto& child : node.children) {
    items.push_back(translate(*child, frame));
    if (!items.back().type.is_scalar()) refuse(node, "a matrix whose entries are not numbers");
    type = common(node, type, items.back().type);
  }
  if (items.empty()) refuse(node, "an empty matrix");
  Value out;
  out.type = matrix_of(type);
  std::vector<Text> parts;
  std::string pattern = "[";
  out.low = std::numeric_limits<double>::infinity();
  out.high = -out.low;
  for (std::size_t i = 0; i < items.size(); ++i) {
    Value item = join(node, std::move(items[i]), type);
    out.defined = both(out.defined, item.defined);
    include(out, item);
    out.cost += item.cost;
    parts.push_back(item.text);
    const bool first = i % node.columns == 0;
    pattern += std::string(first ? (i == 0 ? "[" : "; [") : "; ") + "{}";
    if (i % node.columns + 1 == node.columns) pattern += "]";
  }
  const std::size_t rows = items.size() / node.columns;
  out.length = static_cast<double>(rows);
  out.columns = static_cast<double>(node.columns);
  out.text = filled(pattern + "]", parts);
  return out;
}

Value Translator::lambda(const Node& node, Frame& frame) {
  Value out;
  out.type.kind = Kind::function;
  Closure closure;
  closure.unit = node.unit.get();
  for (const auto& [outer, inner] : node.unit->captures) {
    const auto it = frame.slots.find(outer);
    if (it == frame.slots.end()) refuse(node, "a function that captures what Coq does not see");
    closure.captured[inner] = it->second;
  }
  out.function = std::make_shared<const Closure>(std::move(closure));
  return out;
}

}  // namespace assay::coq
