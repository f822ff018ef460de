#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coq/translator.hpp"

namespace assay::coq {

using notation::BinderKind;

Value Translator::variable_in(const Value& domain, const std::string& name) {
  Value variable;
  variable.type = domain.type.items[0];
  variable.text = same(name);
  variable.low = domain.low;
  variable.high = domain.high;
  if (variable.type.is(Kind::set)) variable.length = domain.columns;
  return variable;
}

Translator::Generators Translator::enter(const Node& node, Frame& frame) {
  Generators out;
  for (std::size_t i = 0; i < node.slots.size(); ++i) {
    Value domain = translate(*node.children[i], frame);
    if (!domain.type.is(Kind::set)) refuse(node, "a variable that does not range over a finite set");
    if (domain.type.items[0].is(Kind::number))
      refuse(node, "a variable over numbers that are not integers, inside of a formula");
    const std::string name = fresh(node.names[i]);
    frame.slots[node.slots[i]] = variable_in(domain, name);
    scope_.push_back(name);
    out.names.push_back(name);
    out.points *= std::max(1.0, domain.length);
    out.domains.push_back(std::move(domain));
  }
  if (node.has_filter) {
    const Value filter = translate(*node.children[node.slots.size()], frame);
    if (!filter.type.is(Kind::truth)) refuse(node, "a filter that is not a truth value");
    out.filter = filter.text;
    out.filter_defined = filter.defined;
    out.filter_uncertain = filter.uncertain;
    out.filter_cost = filter.cost;
  }
  return out;
}

void Translator::leave(const Generators& generators) { scope_.resize(scope_.size() - generators.names.size()); }

/// The list that the i-th variable goes through; the last one's is filtered.
Text Translator::domain_of(const Generators& generators, std::size_t i) const {
  const Text& set = generators.domains[i].text;
  if (i + 1 < generators.domains.size() || generators.filter.empty()) return set;
  return filled("(filter {} {})",
                {lambda_text(generators.names[i], generators.domains[i].type.items[0], generators.filter), set});
}

/// Where everything is defined: the domains, the filter for all elements, the body for those that it lets through.
Text Translator::all_defined(const Generators& generators, const Text& body) const {
  Text inner = both(generators.filter_defined, where(generators.filter, body));
  for (std::size_t i = generators.domains.size(); i-- > 0;) {
    const Value& domain = generators.domains[i];
    if (!inner.empty())
      inner = all_of(lambda_text(generators.names[i], domain.type.items[0], inner), domain.text, domain.length);
    inner = both(domain.defined, inner);
  }
  return inner;
}

Text Translator::listed(const Generators& generators, const Text& item) const {
  Text out = item;
  for (std::size_t i = generators.domains.size(); i-- > 0;) {
    const char* pattern = i + 1 == generators.domains.size() ? "(map {} {})" : "(flat_map {} {})";
    const Text list = domain_of(generators, i);
    const double cost = list.cost + generators.domains[i].length * (out.cost + 1);
    out = filled(pattern, {lambda_text(generators.names[i], generators.domains[i].type.items[0], out), list});
    out.cost = cost;
  }
  return out;
}

Value Translator::binder(const Node& node, Frame& frame) {
  const Generators generators = enter(node, frame);
  Value body;
  if (node.has_body) body = translate(*node.children.back(), frame);
  leave(generators);
  if (body.type.is_static()) refuse(node, "a binder over functions or records");
  if (generators.filter_uncertain && node.kind != BinderKind::forall && node.kind != BinderKind::exists)
    refuse(node, "a selection by a comparison of real numbers");
  Value out;
  switch (node.kind) {
    case BinderKind::forall:
    case BinderKind::exists:
    case BinderKind::count: out = quantified(node, generators, body); break;
    case BinderKind::sum:
    case BinderKind::prod:
    case BinderKind::mean: out = summed(node, generators, body); break;
    case BinderKind::max:
    case BinderKind::min:
    case BinderKind::argmax:
    case BinderKind::argmin: out = extreme(node, generators, body); break;
    case BinderKind::vector:
    case BinderKind::matrix: out = array(node, generators, body); break;
    default: refuse(node, "integrals are not exported");
  }
  out.defined = both(all_defined(generators, body.defined), out.defined);
  for (const Value& domain : generators.domains) out.cost += domain.cost;
  double round = 1;
  if (body.type.has_numbers()) {
    out.digits = body.digits;
    out.quotient = body.quotient;
    const double points = std::min(generators.points, 1e6);
    const bool is_sum = node.kind == BinderKind::sum || node.kind == BinderKind::mean;
    out.monomials = is_sum                          ? body.monomials * points
                    : node.kind == BinderKind::prod ? std::pow(body.monomials, points)
                                                    : body.monomials;
    if (node.kind == BinderKind::prod) {
      out.digits = {body.digits.whole * points, body.digits.below * points};
    } else if (is_sum) {
      out.digits.whole += std::log2(points + 1);
      if (body.quotient) out.digits.below *= points;
    }
    round = operation_cost(method_, body.type, out.digits);
  } else {
    round = operation_cost(method_, body.type, digits_of(body), node.kind == BinderKind::prod);
  }
  out.cost += generators.points * (body.cost + generators.filter_cost + round);
  out.form = body.form;
  return out;
}

Value Translator::quantified(const Node& node, const Generators& generators, const Value& body) {
  Value out;
  out.type = truth_type();
  Text inner = body.text;
  if (node.kind == BinderKind::count) {
    out.type = integer_type();
    out.low = 0;
    out.high = generators.points;
    inner = generators.filter.empty() ? same("true") : generators.filter;
    if (node.has_body) inner = both(generators.filter, body.text);
    if (body.uncertain) refuse(node, "a count of what depends on comparisons of real numbers");
  } else if (!body.type.is(Kind::truth)) {
    refuse(node, "a quantifier over something that is no truth value");
  } else {
    inner = node.kind == BinderKind::forall ? where(generators.filter, inner) : both(generators.filter, inner);
    out.uncertain = body.uncertain || generators.filter_uncertain;
  }
  for (std::size_t i = generators.domains.size(); i-- > 0;) {
    const Value& domain = generators.domains[i];
    const bool innermost = i + 1 == generators.domains.size();
    const Text lambda = lambda_text(generators.names[i], domain.type.items[0], inner);
    if (node.kind == BinderKind::count)
      inner = filled(innermost ? "(count {} {})" : "(zsum {} {})", {domain.text, lambda});
    else
      inner = node.kind == BinderKind::forall ? all_of(lambda, domain.text, domain.length)
                                              : some_of(lambda, domain.text, domain.length);
  }
  out.text = inner;
  return out;
}

Value Translator::summed(const Node& node, const Generators& generators, Value body) {
  if (node.kind == BinderKind::mean) {
    if (!body.type.is_scalar()) refuse(node, "a mean of arrays");
    body = to_number(node, std::move(body));
    Value out;
    out.type = number_type();
    const Text list = listed(generators, body.text);
    out.text = filled2("(rmean {} (fun x : R => x))", "(nmean {} (fun x : num => x))", {list});
    out.defined = filled("(attained {})", {list});
    return out;
  }
  if (!body.type.is_scalar()) refuse(node, "a sum of arrays");
  Value out;
  out.type = body.type;
  const bool integers = body.type.is(Kind::integer);
  const std::string name = node.kind == BinderKind::sum ? "sum" : "prod";
  Text inner = body.text;
  for (std::size_t i = generators.domains.size(); i-- > 0;) {
    const Text lambda = lambda_text(generators.names[i], generators.domains[i].type.items[0], inner);
    const std::string arguments = name + " {} {})";
    inner = integers ? filled("(z" + arguments, {domain_of(generators, i), lambda})
                     : filled2("(r" + arguments, "(n" + arguments, {domain_of(generators, i), lambda});
  }
  out.text = inner;
  if (integers && node.kind == BinderKind::sum) {
    out.low = std::min(0.0, body.low * generators.points);
    out.high = std::max(0.0, body.high * generators.points);
  }
  return out;
}

namespace {
/// "b is better than a".
Text better_than(const Type& type, bool largest) {
  if (type.is(Kind::integer)) return same(largest ? "Z.ltb" : "(fun a b : Z => (b <? a)%Z)");
  if (largest) return {"Rltb", "nltb"};
  return {"(fun a b : R => Rltb b a)", "(fun a b : num => nltb b a)"};
}
Text zero_of(const Type& type) { return type.is(Kind::number) ? Text{"0%R", "(nz 0)"} : same("0%Z"); }
}  // namespace

Value Translator::extreme(const Node& node, const Generators& generators, Value body) {
  if (!body.type.is_scalar()) refuse(node, "an extremum of something that is no number");
  const bool largest = node.kind == BinderKind::max || node.kind == BinderKind::argmax;
  if (method_ == Method::enclosed && body.type.is(Kind::number))
    refuse(node, "an extremum of real numbers that are not rational");
  const Text better = better_than(body.type, largest);
  Value out;
  if (node.kind == BinderKind::max || node.kind == BinderKind::min) {
    const Text list = listed(generators, body.text);
    out.type = body.type;
    out.text = filled("(extremum {} {} {})", {better, zero_of(body.type), list});
    out.defined = filled("(attained {})", {list});
    out.low = body.low;
    out.high = body.high;
    return out;
  }
  body = to_number(node, std::move(body));
  if (method_ == Method::enclosed) refuse(node, "argmax of real numbers that are not rational");
  if (generators.names.size() > 2) refuse(node, "argmax over more than two variables");
  for (const Value& domain : generators.domains)
    if (!domain.type.items[0].is(Kind::integer)) refuse(node, "argmax over something that is no integer");
  const bool pair = generators.names.size() == 2;
  const Text key = same(pair ? "(" + generators.names[0] + ", " + generators.names[1] + ")" : generators.names[0]);
  const Text list = listed(generators, filled("({}, {})", {key, body.text}));
  const Text order = better_than(number_type(), largest);
  out.type = integer_type();
  if (pair) out.type = {Kind::tuple, {integer_type(), integer_type()}};
  out.text = filled("(best {} {} {} {})", {order, same(pair ? "(0, 0)%Z" : "0%Z"), zero_of(number_type()), list});
  out.defined = filled("(is_unique {} {} {})", {order, zero_of(number_type()), list});
  out.low = generators.domains[0].low;
  out.high = generators.domains[0].high;
  return out;
}

Value Translator::array(const Node& node, const Generators& generators, Value body) {
  if (!body.type.is_scalar()) refuse(node, "an array of arrays");
  Value out;
  out.low = body.low;
  out.high = body.high;
  out.length = generators.domains[0].length;
  if (node.kind == BinderKind::vector) {
    if (generators.domains.size() != 1) refuse(node, "a vector over more than one variable");
    out.type = vector_of(body.type);
    out.text = listed(generators, body.text);
    return out;
  }
  if (generators.domains.size() != 2 || !generators.filter.empty())
    refuse(node, "a matrix that is not over two variables");
  out.type = matrix_of(body.type);
  out.columns = generators.domains[1].length;
  const Text row = filled(
      "(map {} {})",
      {lambda_text(generators.names[1], generators.domains[1].type.items[0], body.text), generators.domains[1].text});
  out.text = filled("(map {} {})", {lambda_text(generators.names[0], generators.domains[0].type.items[0], row),
                                    generators.domains[0].text});
  return out;
}

Value Translator::set_builder(const Node& node, Frame& frame) {
  const Generators generators = enter(node, frame);
  Value body = translate(*node.children.back(), frame);
  if (body.type.is(Kind::number)) body = to_integer(node, std::move(body));
  leave(generators);
  if (!body.type.is(Kind::integer)) refuse(node, "a set whose elements are not integers");
  Value out;
  out.type = set_of(integer_type());
  out.text = filled("(set_of {})", {listed(generators, body.text)});
  out.defined = all_defined(generators, body.defined);
  out.length = generators.points;
  out.low = body.low;
  out.high = body.high;
  for (const Value& domain : generators.domains) out.cost += domain.cost;
  out.cost += generators.points * (body.cost + generators.filter_cost + 1) + generators.points * generators.points / 4;
  return out;
}

}  // namespace assay::coq
