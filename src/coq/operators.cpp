#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coq/translator.hpp"
#include "number/rational.hpp"

namespace assay::coq {

using evaluate::Operation;
using notation::Relation;

namespace {

/// An operation on numbers: infix in the statement, a function in the copy.
Text number_operation(const std::string& infix, const std::string& function, const Text& a, const Text& b) {
  const Text real = in_scope('R', "({} " + infix + " {})", {a, b});
  return {real.real, filled("(" + function + " {} {})", {a, b}).copy, real.cost};
}

void set_bounds(Value& out, std::initializer_list<double> corners) {
  out.low = std::min(corners);
  out.high = std::max(corners);
  if (std::isnan(out.low) || std::isnan(out.high)) {
    out.low = -std::numeric_limits<double>::infinity();
    out.high = -out.low;
  }
}

}  // namespace

Value Translator::to_number(const Node& node, Value a) {
  if (a.type.is(Kind::number)) return a;
  if (!a.type.is(Kind::integer)) refuse(node, "a number was expected");
  if (a.literal) {
    std::string digits = a.text.real.substr(0, a.text.real.size() - 2);  // without %Z
    a.text = {digits + "%R", "(nz " + digits + ")"};
  } else {
    a.text = filled2("(IZR {})", "(nz {})", {a.text});
  }
  a.digits = digits_of(a);
  a.type = number_type();
  a.cost += 1;
  a.text.cost = a.cost;
  return a;
}

Value Translator::to_integer(const Node& node, Value a) {
  if (a.type.is(Kind::integer)) return a;
  if (!a.type.is(Kind::number)) refuse(node, "an integer was expected");
  if (a.above) {
    Value out;
    out.type = integer_type();
    out.text = in_scope('Z', "({} / {})", {a.above->text, a.below->text});
    out.defined = both(a.defined, in_scope('Z', "({} mod {} =? 0)", {a.above->text, a.below->text}));
    out.cost = a.cost;
    if (a.below->low > 0)
      set_bounds(out, {a.above->low / a.below->low, a.above->high / a.below->low, a.above->low / a.below->high,
                       a.above->high / a.below->high});
    return out;
  }
  if (method_ != Method::exact) refuse(node, "an integer that is not one by its form");
  Value out;
  out.type = integer_type();
  out.text = filled2("(rfloor {})", "(nfloor {})", {a.text});
  out.defined = both(a.defined, filled2("(Reqb {} (IZR (rfloor {})))", "(neqb {} (nz (nfloor {})))", {a.text, a.text}));
  out.cost = a.cost + 2;
  return out;
}

Value Translator::mapped(const Node& node, const Value& a, const std::function<Value(Value)>& function) {
  if (a.type.is_scalar()) return function(a);
  if (!a.type.is_array()) refuse(node, "a function of something that is no number or array");
  const std::string name = fresh("x");
  scope_.push_back(name);
  Value item;
  item.type = a.type.items[0];
  item.text = same(name);
  item.take(a);
  const Value image = function(item);
  scope_.pop_back();
  const Text lambda = lambda_text(name, a.type.items[0], image.text);
  Value out = a;
  out.type.items[0] = image.type;
  const bool is_vector = a.type.is(Kind::vector);
  out.text = filled(is_vector ? "(map {} {})" : "(map (map {}) {})", {lambda, a.text});
  if (!image.defined.empty()) {
    const Text test = lambda_text(name, a.type.items[0], image.defined);
    out.defined = both(a.defined, filled2(is_vector ? "(forallb {} {})" : "(forallb (forallb {}) {})",
                                          is_vector ? "(call {} {})" : "(call (call {}) {})", {test, a.text}));
    out.defined.cost += (image.defined.cost + 1) * a.length * a.columns;
  }
  out.take(image);
  out.form = std::max(image.form, a.form);
  out.cost = a.cost + (image.cost + 1) * a.length * a.columns;
  return out;
}

Value Translator::negated(const Node& node, Value a) {
  if (a.type.is_array()) return mapped(node, a, [&](Value x) { return negated(node, std::move(x)); });
  if (a.literal) return literal_value(-*a.literal);
  Value out = a;  // as many summands
  out.cost += 1;
  if (a.type.is(Kind::integer)) {
    out.text = in_scope('Z', "(- {})", {a.text});
    set_bounds(out, {-a.low, -a.high});
  } else if (a.type.is(Kind::number)) {
    out.text = {in_scope('R', "(- {})", {a.text}).real, filled("(nopp {})", {a.text}).copy, a.cost + 1};
  } else {
    refuse(node, "the negative of something that is no number or array");
  }
  out.above = out.below = nullptr;
  return out;
}

Value Translator::arithmetic(const Node& node, Operation operation, Value a, Value b) {
  if (a.type.is_scalar() && b.type.is_scalar()) {
    if (operation == Operation::entrywise_multiply) operation = Operation::multiply;
    if (operation == Operation::entrywise_divide) operation = Operation::divide;
    if (operation == Operation::entrywise_power) operation = Operation::power;
    return scalar_operation(node, operation, std::move(a), std::move(b));
  }
  if (operation == Operation::power && a.type.is(Kind::domain))
    return builtin(node, evaluate::Builtin::power_domain, {std::move(a), std::move(b)});
  if (operation == Operation::multiply && a.type.is_array() && b.type.is_array())
    return product(node, std::move(a), std::move(b));
  if (operation == Operation::power && !a.type.is_scalar()) refuse(node, "a power of a matrix");
  return entrywise(node, operation, std::move(a), std::move(b));
}

Value Translator::entrywise(const Node& node, Operation operation, Value a, Value b) {
  const Operation scalar = operation == Operation::entrywise_multiply ? Operation::multiply
                           : operation == Operation::entrywise_divide ? Operation::divide
                           : operation == Operation::entrywise_power  ? Operation::power
                                                                      : operation;
  const auto simple = [&](Value& value, std::vector<std::pair<std::string, Value>>& bound) {
    if (is_simple(value) || value.literal) return;
    const std::string name = fresh("s");
    Value variable = value;
    variable.text = same(name);
    variable.defined = {};
    variable.above = variable.below = nullptr;
    bound.emplace_back(name, value);
    scope_.push_back(name);
    value = variable;
  };
  if (a.type.is_scalar() || b.type.is_scalar()) {
    const bool left = a.type.is_scalar();
    std::vector<std::pair<std::string, Value>> bound;
    Value& scalar_side = left ? a : b;
    simple(scalar_side, bound);
    const Value out = mapped(node, left ? b : a, [&](Value x) {
      return left ? scalar_operation(node, scalar, a, std::move(x)) : scalar_operation(node, scalar, std::move(x), b);
    });
    if (!bound.empty()) scope_.pop_back();
    Value result = let_in(bound, out);
    return result;
  }
  if (!a.type.is_array() || a.type.kind != b.type.kind) refuse(node, "arrays of different kinds");
  const std::string x = fresh("x");
  scope_.push_back(x);
  const std::string y = fresh("y");
  scope_.push_back(y);
  Value first;
  first.type = a.type.items[0];
  first.text = same(x);
  first.take(a);
  Value second;
  second.type = b.type.items[0];
  second.text = same(y);
  second.take(b);
  const Value image = scalar_operation(node, scalar, first, second);
  scope_.resize(scope_.size() - 2);
  const auto function = [&](const Text& body) {
    return Text{fmt::format("(fun ({} : {}) ({} : {}) => {})", x, type_text(first.type, false), y,
                            type_text(second.type, false), body.real),
                fmt::format("(fun ({} : {}) ({} : {}) => {})", x, type_text(first.type, true), y,
                            type_text(second.type, true), body.copy)};
  };
  const bool is_vector = a.type.is(Kind::vector);
  Value out = a;
  out.type.items[0] = image.type;
  out.text = filled(is_vector ? "(zip {} {} {})" : "(zip (zip {}) {} {})", {function(image.text), a.text, b.text});
  out.defined = both(a.defined, b.defined);
  out.defined = both(out.defined, in_scope('Z', "(size {} =? size {})", {a.text, b.text}));
  if (!is_vector)
    out.defined = both(out.defined, filled("(equal Z.eqb (map size {}) (map size {}))", {a.text, b.text}));
  if (!image.defined.empty()) {
    // What integers alone decide has the type bool in the copy, too.
    const std::string real = is_vector ? "(forallb (fun b : bool => b) (zip {} {} {}))"
                                       : "(forallb (forallb (fun b : bool => b)) (zip (zip {}) {} {}))";
    const std::string copy = is_vector ? "(call (fun b : truth => b) (zip {} {} {}))"
                                       : "(call (call (fun b : truth => b)) (zip (zip {}) {} {}))";
    const bool of_integers = image.defined.real == image.defined.copy;
    out.defined =
        both(out.defined, filled2(real, of_integers ? real : copy, {function(image.defined), a.text, b.text}));
    out.defined.cost += (image.defined.cost + 1) * a.length * a.columns;
  }
  out.take(image);
  out.cost = a.cost + b.cost + (image.cost + 1) * a.length * a.columns;
  return out;
}

Value Translator::scalar_operation(const Node& node, Operation operation, Value a, Value b) {
  if (operation == Operation::power) return power(node, std::move(a), std::move(b));
  if (operation == Operation::divide) return divide(node, std::move(a), std::move(b));
  Value out;
  out.form = std::max(a.form, b.form);
  out.defined = both(a.defined, b.defined);
  out.cost = a.cost + b.cost + 1;
  if (operation == Operation::mod) {
    a = to_integer(node, std::move(a));
    b = to_integer(node, std::move(b));
    out.defined = both(a.defined, b.defined);
    if (!b.literal || *b.literal <= 0) out.defined = both(out.defined, in_scope('Z', "(0 <? {})", {b.text}));
    out.type = integer_type();
    out.text = in_scope('Z', "({} mod {})", {a.text, b.text});
    out.low = 0;
    out.high = b.high - 1;
    out.cost = a.cost + b.cost + operation_cost(method_, out.type, digits_of(a), true);
    return out;
  }
  const bool integers = a.type.is(Kind::integer) && b.type.is(Kind::integer);
  if (integers) {
    out.type = integer_type();
    switch (operation) {
      case Operation::add:
        out.text = in_scope('Z', "({} + {})", {a.text, b.text});
        set_bounds(out, {a.low + b.low, a.high + b.high});
        return out;
      case Operation::subtract:
        out.text = in_scope('Z', "({} - {})", {a.text, b.text});
        set_bounds(out, {a.low - b.high, a.high - b.low});
        return out;
      case Operation::multiply:
        out.text = in_scope('Z', "({} * {})", {a.text, b.text});
        set_bounds(out, {a.low * b.low, a.low * b.high, a.high * b.low, a.high * b.high});
        out.cost += operation_cost(method_, out.type, {digits_of(out).whole / 2, 0}, true);
        return out;
      default: refuse(node, "an operation that is not exported");
    }
  }
  // A quotient of integers times an integer is one again: p/2 + 1, for use as an integer.
  if (operation == Operation::multiply && (a.above || b.above) &&
      (a.type.is(Kind::integer) || b.type.is(Kind::integer))) {
    const Value& quotient = a.above ? a : b;
    const Value& factor = a.above ? b : a;
    out.above = std::make_shared<Value>(scalar_operation(node, Operation::multiply, factor, *quotient.above));
    out.below = quotient.below;
  }
  a = to_number(node, std::move(a));
  b = to_number(node, std::move(b));
  out.type = number_type();
  const bool product = operation == Operation::multiply;
  out.monomials = product ? a.monomials * b.monomials : a.monomials + b.monomials;
  out.digits = product ? Digits{a.digits.whole + b.digits.whole, a.digits.below + b.digits.below}
                       : Digits{std::max(a.digits.whole, b.digits.whole) + 1, std::max(a.digits.below, b.digits.below)};
  out.quotient = a.quotient || b.quotient;
  out.cost = a.cost + b.cost + operation_cost(method_, out.type, out.digits);
  if (method_ == Method::symbolic) out.cost += out.monomials;
  switch (operation) {
    case Operation::add: out.text = number_operation("+", "nadd", a.text, b.text); break;
    case Operation::subtract: out.text = number_operation("-", "nsub", a.text, b.text); break;
    case Operation::multiply: out.text = number_operation("*", "nmul", a.text, b.text); break;
    default: refuse(node, "an operation that is not exported");
  }
  if (operation != Operation::multiply && a.summands > 0 && b.summands > 0) out.summands = a.summands + b.summands;
  if (operation == Operation::multiply && a.literal == Rational(2) && b.summands > 0) out.summands = 2 * b.summands;
  return out;
}

Value Translator::divide(const Node& node, Value a, Value b) {
  Value out;
  out.form = b.form == Form::rational ? a.form : Form::interval;
  out.type = number_type();
  if (a.literal && b.literal && *b.literal != 0) {
    const Rational quotient = *a.literal / *b.literal;
    if (!is_integer(quotient)) {
      Value literal = literal_value(quotient);
      // as it is written: 4/2 stays a quotient, 2/6 is not shortened in the statement
      if (is_integer(*a.literal) && is_integer(*b.literal) && quotient.get_den() == b.literal->get_num())
        return literal;
    }
  }
  if (a.type.is(Kind::integer) && b.type.is(Kind::integer)) {
    out.above = std::make_shared<Value>(a);
    out.below = std::make_shared<Value>(b);
  }
  out.defined = both(a.defined, b.defined);
  if (!b.literal || *b.literal == 0) {
    const Text is_zero = b.type.is(Kind::integer) ? in_scope('Z', "({} =? 0)", {b.text})
                                                  : filled2("(Reqb {} 0%R)", "(neqb {} (nz 0))", {b.text});
    out.defined = both(out.defined, negation_of(is_zero));
  }
  out.cost = a.cost + b.cost + 2;
  out.quotient = a.quotient || !b.literal;
  out.monomials = a.monomials * b.monomials;
  a = to_number(node, std::move(a));
  b = to_number(node, std::move(b));
  out.digits = {a.digits.whole + b.digits.below, a.digits.below + b.digits.whole + b.digits.below};
  out.cost += operation_cost(method_, out.type, out.digits);
  out.text = number_operation("/", "ndiv", a.text, b.text);
  return out;
}

Value Translator::power(const Node& node, Value a, Value b) {
  Value out;
  out.form = a.form;
  out.defined = both(a.defined, b.defined);
  if (!b.type.is(Kind::integer)) {
    if (b.above) refuse(node, "a power whose exponent is a quotient");
    refuse(node, "a power whose exponent is no integer");
  }
  out.cost = a.cost + b.cost + std::min(1000.0, std::max(std::abs(b.low), std::abs(b.high)));
  const bool never_negative = b.low >= 0;
  if (a.type.is(Kind::integer) && never_negative) {
    out.type = integer_type();
    out.text = in_scope('Z', "({} ^ {})", {a.text, b.text});
    if (!b.literal) out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", {b.text}));
    out.cost +=
        operation_cost(method_, out.type, {digits_of(a).whole * std::max(1.0, std::min(1000.0, b.high)) / 2, 0}, true);
    if (a.low >= 0)
      set_bounds(out, {0, 1, std::pow(a.high, b.high)});
    else
      set_bounds(out, {-std::pow(std::max(-a.low, a.high), b.high), std::pow(std::max(-a.low, a.high), b.high)});
    return out;
  }
  const bool base_is_literal = a.literal && *a.literal != 0;
  a = to_number(node, std::move(a));
  out.type = number_type();
  const double steps = std::min(1000.0, std::max(1.0, std::max(std::abs(b.low), std::abs(b.high))));
  out.digits = {a.digits.whole * steps, (a.digits.below + (never_negative ? 0 : a.digits.whole)) * steps};
  out.quotient = a.quotient || !never_negative;
  out.cost += steps * operation_cost(method_, out.type, {out.digits.whole / 2, out.digits.below / 2});
  // As many as there are ways to choose so many factors from the terms of the base.
  for (int i = 1; i <= static_cast<int>(steps); ++i) out.monomials *= (a.monomials + i - 1) / i;
  if (method_ == Method::symbolic) out.cost += out.monomials;
  if (b.literal && *b.literal >= 0 && *b.literal <= 1000) {
    const std::string n = b.literal->get_num().get_str();
    out.text = {in_scope('R', "({} ^ " + n + ")", {a.text}).real, filled("(npow_nat {} " + n + ")", {a.text}).copy,
                out.cost};
    return out;
  }
  out.text = filled2("(powerRZ {} {})", "(npow {} {})", {a.text, b.text});
  if (!base_is_literal)
    out.defined = both(out.defined, filled2("(negb (Reqb {} 0%R) || (0 <=? {})%Z)",
                                            "(cor (cneg (neqb {} (nz 0))) (0 <=? {})%Z)", {a.text, b.text}));
  return out;
}

Value Translator::product(const Node& node, Value a, Value b) {
  const auto numbers = [&](Value x) {
    Type type = x.type;
    type.items[0] = number_type();
    return join(node, std::move(x), type);
  };
  if (!a.type.is(Kind::matrix)) refuse(node, "a product of a column with an array");
  a = numbers(std::move(a));
  b = numbers(std::move(b));
  Value out;
  out.type = b.type;
  out.form = std::max(a.form, b.form);
  out.defined = both(a.defined, b.defined);
  out.length = a.length;
  out.defined = both(out.defined, in_scope('Z', "(width {} =? size {})", {a.text, b.text}));
  const double terms = std::max(b.length, a.columns);
  out.monomials = terms * a.monomials * b.monomials;
  out.digits = {a.digits.whole + b.digits.whole + std::log2(terms + 1), a.digits.below + b.digits.below};
  out.quotient = a.quotient || b.quotient;
  if (out.quotient) out.digits.below *= terms;
  out.cost =
      a.cost + b.cost + 2 * a.length * terms * std::max(1.0, b.columns) * operation_cost(method_, out.type, out.digits);
  out.text.cost = out.cost;
  if (b.type.is(Kind::vector)) {
    out.text = filled2("(rapply {} {})", "(napply {} {})", {a.text, b.text});
    // A row times a column is a number; how many rows there are must be known here, and is said in the statement.
    const Text is_row = in_scope('Z', "(size {} =? 1)", {a.text});
    if (a.length <= 1) {
      out.type = number_type();
      out.text = filled2("(entry 0%R {} 0%Z)", "(entry (nz 0) {} 0%Z)", {out.text});
      out.defined = both(out.defined, is_row);
      out.length = 1;
      return out;
    }
    out.defined = both(out.defined, negation_of(is_row));
    return out;
  }
  out.text = filled2("(rproduct {} {})", "(nproduct {} {})", {a.text, b.text});
  // Without rows the list does not show how many columns there are.
  out.defined = both(out.defined, filled("(attained {})", {b.text}));
  out.columns = b.columns;
  return out;
}

Value Translator::logical(const Node& node, Frame& frame) {
  const Value a = translate(*node.children[0], frame);
  if (!a.type.is(Kind::truth)) refuse(node, "a condition that is not a truth value");
  Value out;
  out.type = truth_type();
  out.cost = a.cost + 1;
  if (node.operation == Operation::logical_not) {
    out.text = negation_of(a.text);
    out.uncertain = a.uncertain;
    out.defined = a.defined;
    return out;
  }
  const Value b = translate(*node.children[1], frame);
  if (!b.type.is(Kind::truth)) refuse(node, "a condition that is not a truth value");
  out.cost += b.cost;
  out.uncertain = a.uncertain || b.uncertain;
  switch (node.operation) {
    case Operation::logical_and:
      out.text = both(a.text, b.text);
      out.defined = both(a.defined, where(a.text, b.defined));
      return out;
    case Operation::logical_or:
      out.text = either(a.text, b.text);
      out.defined = both(a.defined, where(negation_of(a.text), b.defined));
      return out;
    case Operation::implies:
      out.text = where(a.text, b.text);
      out.defined = both(a.defined, where(a.text, b.defined));
      return out;
    default:
      out.text = equivalence(a.text, b.text);
      out.defined = both(a.defined, b.defined);
      return out;
  }
}

Value Translator::comparison(const Node& node, Frame& frame) {
  Value out;
  out.type = truth_type();
  out.cost = 0;
  Value left = translate(*node.children[0], frame);
  for (std::size_t i = 0; i < node.relations.size(); ++i) {
    Value right = translate(*node.children[i + 1], frame);
    const Value one = compare(node, node.relations[i], left, right);
    out.text = both(out.text, one.text);
    out.uncertain = out.uncertain || one.uncertain;
    out.defined = both(out.defined, one.defined);
    out.cost += one.cost;
    left = std::move(right);
  }
  return out;
}

Value Translator::compare(const Node& node, Relation relation, const Value& a, const Value& b) {
  if (relation == Relation::in || relation == Relation::not_in) {
    Value out = membership(node, a, b);
    if (relation == Relation::not_in) out.text = negation_of(out.text);
    return out;
  }
  if (relation == Relation::greater) return compare(node, Relation::less, b, a);
  if (relation == Relation::greater_equal) return compare(node, Relation::less_equal, b, a);
  Value out;
  out.type = truth_type();
  out.defined = both(a.defined, b.defined);
  const double step =
      std::max(operation_cost(method_, a.type, digits_of(a)), operation_cost(method_, b.type, digits_of(b)));
  out.cost = a.cost + b.cost + step * (a.length * a.columns + 1);
  if (a.type.is(Kind::tuple) && b.type.is(Kind::tuple)) {
    const std::size_t parts = a.type.items.size();
    if (parts != b.type.items.size() || relation == Relation::less || relation == Relation::less_equal)
      refuse(node, "a comparison of tuples that is not exported");
    if (parts != 2 && (a.items.empty() || b.items.empty())) refuse(node, "tuples of more than two parts");
    for (std::size_t i = 0; i < parts; ++i) {
      const auto part = [&](const Value& tuple) {
        if (!tuple.items.empty()) {
          Value item = tuple.items[i];
          item.defined = {};
          return item;
        }
        Value item;
        item.type = tuple.type.items[i];
        item.text = filled(i == 0 ? "(fst {})" : "(snd {})", {tuple.text});
        return item;
      };
      const Value one = compare(node, Relation::equal, part(a), part(b));
      out.text = both(out.text, one.text);
      out.uncertain = out.uncertain || one.uncertain;
    }
    if (relation == Relation::not_equal) out.text = negation_of(out.text);
    return out;
  }
  if (a.type.is(Kind::matrix) && b.type.is(Kind::vector)) return compare(node, relation, a, as_matrix(node, b));
  if (a.type.is(Kind::vector) && b.type.is(Kind::matrix)) return compare(node, relation, as_matrix(node, a), b);
  const Type type = common(node, a.type, b.type);
  const Value x = join(node, a, type);
  const Value y = join(node, b, type);
  const bool equality = relation == Relation::equal || relation == Relation::not_equal;
  if (equality && std::max(a.form, b.form) == Form::interval)
    refuse(node, "an equation between numbers that are only enclosed");
  if (type.is(Kind::integer)) {
    const char* symbol = equality ? "=?" : relation == Relation::less ? "<?" : "<=?";
    out.text = in_scope('Z', std::string("({} ") + symbol + " {})", {x.text, y.text});
  } else if (type.is(Kind::number)) {
    const std::string name = equality ? "eqb" : relation == Relation::less ? "ltb" : "leb";
    out.text = filled2("(R" + name + " {} {})", "(n" + name + " {} {})", {x.text, y.text});
    out.uncertain = method_ == Method::enclosed;
  } else if (equality && type.is(Kind::truth)) {
    out.text = equivalence(x.text, y.text);
    out.uncertain = x.uncertain || y.uncertain;
  } else if (equality && (type.is_array() || type.is(Kind::set))) {
    const Type& item = type.items[0];
    if (!item.is_scalar()) refuse(node, "equality of sets whose elements are not integers");
    if (type.is_array())  // arrays of different shapes cannot be compared
      out.defined = both(out.defined, in_scope('Z', "(size {} =? size {})", {x.text, y.text}));
    if (type.is(Kind::matrix))
      out.defined = both(out.defined, filled("(equal Z.eqb (map size {}) (map size {}))", {x.text, y.text}));
    if (item.is(Kind::integer)) {
      out.text =
          filled(type.is(Kind::matrix) ? "(equal (equal Z.eqb) {} {})" : "(equal Z.eqb {} {})", {x.text, y.text});
    } else {
      const bool is_matrix = type.is(Kind::matrix);
      out.text = filled2(is_matrix ? "(equal (equal Reqb) {} {})" : "(equal Reqb {} {})",
                         is_matrix ? "(cequal (cequal neqb) {} {})" : "(cequal neqb {} {})", {x.text, y.text});
      out.uncertain = method_ == Method::enclosed;
    }
  } else {
    refuse(node, "a comparison that is not exported");
  }
  if (relation == Relation::not_equal) out.text = negation_of(out.text);
  return out;
}

Value Translator::membership(const Node& node, const Value& a, const Value& b) {
  if (!b.type.is(Kind::set) || !b.type.items[0].is(Kind::integer))
    refuse(node, "membership in something that is no set of integers");
  if (!a.type.is(Kind::integer)) refuse(node, "membership of something that is no integer");
  Value out;
  out.type = truth_type();
  out.defined = both(a.defined, b.defined);
  out.cost = a.cost + b.cost + b.length;
  if (b.first && is_simple(a)) {
    out.text = both(in_scope('Z', "({} <=? {})", {b.first->text, a.text}),
                    in_scope('Z', "({} <=? {})", {a.text, b.last->text}));
    return out;
  }
  out.text = filled("(element {} {})", {a.text, b.text});
  return out;
}

}  // namespace assay::coq
