#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coq/translator.hpp"
#include "number/rational.hpp"

namespace assay::coq {

using evaluate::Builtin;

namespace {
Text zero_of(const Type& type) { return type.is(Kind::number) ? Text{"0%R", "(nz 0)"} : same("0%Z"); }
Text better_than(const Type& type, bool largest) {
  if (type.is(Kind::integer)) return same(largest ? "Z.ltb" : "(fun a b : Z => (b <? a)%Z)");
  if (largest) return {"Rltb", "nltb"};
  return {"(fun a b : R => Rltb b a)", "(fun a b : num => nltb b a)"};
}
}  // namespace

Value Translator::builtin(const Node& node, Builtin builtin, std::vector<Value> arguments) {
  switch (builtin) {
    case Builtin::max:
    case Builtin::min: return extremum(node, builtin == Builtin::max, std::move(arguments));
    case Builtin::gcd:
    case Builtin::binomial:
    case Builtin::factorial: return builtin_of_integers(node, builtin, std::move(arguments));
    case Builtin::primes:
    case Builtin::subsets: return builtin_of_sets(node, builtin, arguments);
    case Builtin::zeros:
    case Builtin::ones:
    case Builtin::diag:
    case Builtin::concat:
    case Builtin::hstack:
    case Builtin::vstack:
    case Builtin::reshape:
    case Builtin::shape:
    case Builtin::transpose: return constructed(node, builtin, arguments);
    case Builtin::power_domain: {
      const Value& n = arguments.at(1);
      if (arguments[0].name != "R" || !n.literal) refuse(node, "a power of an infinite set other than R");
      Value out;
      out.type.kind = Kind::domain;
      out.name = "R^n";
      out.dimension = n.literal->get_num().get_ui();
      return out;
    }
    case Builtin::load: {
      const std::string& name = arguments.at(0).name;
      const std::string document = node.where.text ? node.where.text->name() : "";
      const files::FileValue& file = data_.load(name, document, node.where);
      std::string stem = name.substr(name.find_last_of('/') + 1);
      return stored(node, file, stem.substr(0, stem.find('.')));
    }
    case Builtin::iterate: {
      if (arguments.size() != 3 || !arguments[2].literal)
        refuse(node, "an iteration whose number of steps is not written down");
      const std::optional<std::int64_t> n = to_int64(*arguments[2].literal);
      if (!n || *n < 0 || *n > 20) refuse(node, "an iteration of more than 20 steps");
      Value x = arguments[1];
      for (std::int64_t i = 0; i < *n; ++i) x = apply(node, arguments[0], {x});
      return x;
    }
    case Builtin::conj:
    case Builtin::re: return arguments.at(0);  // of real numbers: complex ones are not exported
    case Builtin::sum:
    case Builtin::prod:
    case Builtin::mean: return reduction(node, builtin, arguments.at(0));
    case Builtin::argmax:
    case Builtin::argmin: return position(node, builtin == Builtin::argmax, arguments.at(0));
    case Builtin::size: {
      const Value& x = arguments.at(0);
      if (!x.type.is(Kind::vector) && !x.type.is(Kind::set))
        refuse(node, "the size of something that is no vector or set");
      Value out;
      out.type = integer_type();
      out.text = filled("(size {})", {x.text});
      out.defined = x.defined;
      out.cost = x.cost + x.length;
      out.low = 0;
      out.high = x.length;
      return out;
    }
    case Builtin::grad:
    case Builtin::jacobian:
    case Builtin::hessian:
    case Builtin::diff: refuse(node, "derivatives are not exported");
    case Builtin::rank:
    case Builtin::kernel:
    case Builtin::inertia: return characterized(node, builtin, arguments.at(0));
    case Builtin::inverse: refuse(node, "inverses of matrices are not exported");
    case Builtin::det: {
      Value& matrix = arguments.at(0);
      if (!matrix.type.is(Kind::matrix) || matrix.length > 6)
        refuse(node, "the determinant of something that is no matrix of at most 6 rows");
      matrix = join(node, std::move(matrix), matrix_of(number_type()));
      Value out;
      out.type = number_type();
      out.text = filled2("(rdet {})", "(ndet {})", {matrix.text});
      out.defined = both(matrix.defined, in_scope('Z', "(size {} =? width {})", {matrix.text, matrix.text}));
      out.digits = {matrix.digits.whole * matrix.length, matrix.digits.below * matrix.length};
      out.quotient = matrix.quotient;
      out.form = matrix.form;
      out.monomials = std::tgamma(matrix.length + 1) * std::pow(matrix.monomials, matrix.length);
      out.cost = matrix.cost + 3 * std::tgamma(matrix.length + 2) * operation_cost(method_, out.type, out.digits);
      return out;
    }
    case Builtin::eigenvalues:
    case Builtin::singular_values:
    case Builtin::characteristic_polynomial: refuse(node, "eigenvalues are not exported");
    case Builtin::sample: refuse(node, "seeded samples are not exported");
    case Builtin::omega: refuse(node, "complex numbers are not exported");
    case Builtin::interval:
    case Builtin::box:
    case Builtin::ball: refuse(node, "intervals, boxes and balls are not exported");
    default:
      return mapped(node, arguments.at(0), [&](Value x) { return builtin_of_scalar(node, builtin, std::move(x)); });
  }
}

Value Translator::builtin_of_scalar(const Node& node, Builtin builtin, Value x) {
  Value out = x;
  out.literal.reset();
  out.above = out.below = nullptr;
  out.cost += 2;
  const bool is_integer = x.type.is(Kind::integer);
  switch (builtin) {
    case Builtin::abs:
      out.text = is_integer ? filled("(Z.abs {})", {x.text}) : filled2("(Rabs {})", "(nabs {})", {x.text});
      out.low = 0;
      out.high = std::max(std::abs(x.low), std::abs(x.high));
      return out;
    case Builtin::relu:
      out.text = is_integer ? filled("(Z.max 0 {})", {x.text}) : filled2("(relu {})", "(nrelu {})", {x.text});
      out.low = std::max(0.0, x.low);
      out.high = std::max(0.0, x.high);
      return out;
    case Builtin::sign:
      out.type = integer_type();
      if (!is_integer && method_ != Method::exact) refuse(node, "the sign of a number that is not rational");
      out.text = is_integer ? filled("(Z.sgn {})", {x.text}) : filled2("(rsign {})", "(nsign {})", {x.text});
      out.low = -1;
      out.high = 1;
      return out;
    case Builtin::floor:
    case Builtin::ceil: {
      if (is_integer) return x;
      out.type = integer_type();
      const bool up = builtin == Builtin::ceil;
      if (x.above) {
        out.text = up ? in_scope('Z', "(- (- {} / {}))", {x.above->text, x.below->text})
                      : in_scope('Z', "({} / {})", {x.above->text, x.below->text});
        out.cost += operation_cost(method_, out.type, digits_of(*x.above), true);
        if (x.below->low > 0) {
          const auto [low, high] = std::minmax({x.above->low / x.below->low, x.above->low / x.below->high,
                                                x.above->high / x.below->low, x.above->high / x.below->high});
          out.low = std::isnan(low) ? -std::numeric_limits<double>::infinity() : std::floor(low);
          out.high = std::isnan(high) ? std::numeric_limits<double>::infinity() : std::ceil(high);
        }
        return out;
      }
      if (method_ != Method::exact) refuse(node, "the integer part of a number that is not rational");
      out.text = up ? filled2("(- rfloor (- {}))%Z", "(- nfloor (nopp {}))%Z", {x.text})
                    : filled2("(rfloor {})", "(nfloor {})", {x.text});
      return out;
    }
    case Builtin::sqrt:
    case Builtin::exp:
    case Builtin::log:
    case Builtin::sin:
    case Builtin::cos:
    case Builtin::tan:
    case Builtin::atan:
    case Builtin::sinh:
    case Builtin::cosh:
    case Builtin::tanh: {
      if (method_ == Method::exact) refuse(node, "a function whose values are not rational");
      if (method_ == Method::symbolic) {
        constexpr int most_summands = 3;  // the addition theorems make 2^(n-1) products of n factors each
        if (builtin != Builtin::cos && builtin != Builtin::sin)
          refuse(node, "an identity with other functions than cos and sin");
        if (x.summands < 1 || x.summands > most_summands)
          refuse(node, "an identity with angles that are not sums of at most three variables");
        out.summands = -1;
      }
      x = to_number(node, std::move(x));
      out.type = number_type();
      static const std::map<Builtin, std::pair<const char*, const char*>> names = {
          {Builtin::sqrt, {"sqrt", "nsqrt"}}, {Builtin::exp, {"exp", "nexp"}}, {Builtin::log, {"ln", "nln"}},
          {Builtin::sin, {"sin", "nsin"}},    {Builtin::cos, {"cos", "ncos"}}, {Builtin::tan, {"tan", "ntan"}},
          {Builtin::atan, {"atan", "natan"}}};
      const auto it = names.find(builtin);
      if (it == names.end()) refuse(node, "hyperbolic functions are not exported");
      out.text = filled2(std::string("(") + it->second.first + " {})", std::string("(") + it->second.second + " {})",
                         {x.text});
      if (builtin == Builtin::sqrt)
        out.defined = both(out.defined, filled2("(Rleb 0%R {})", "(nleb (nz 0) {})", {x.text}));
      if (builtin == Builtin::log)
        out.defined = both(out.defined, filled2("(Rltb 0%R {})", "(nltb (nz 0) {})", {x.text}));
      if (builtin == Builtin::tan)
        out.defined =
            both(out.defined, filled2("(negb (Reqb (cos {}) 0%R))", "(cneg (neqb (ncos {}) (nz 0)))", {x.text}));
      out.form =
          builtin == Builtin::cos || builtin == Builtin::sin ? std::max(out.form, Form::cosines) : Form::interval;
      out.low = -std::numeric_limits<double>::infinity();
      out.high = std::numeric_limits<double>::infinity();
      out.cost += 300;
      return out;
    }
    default: refuse(node, "a function that is not exported");
  }
}

Value Translator::builtin_of_integers(const Node& node, Builtin builtin, std::vector<Value> arguments) {
  Value out;
  out.type = integer_type();
  std::vector<Text> parts;
  for (Value& argument : arguments) {
    argument = to_integer(node, std::move(argument));
    out.defined = both(out.defined, argument.defined);
    const double bits = digits_of(argument).whole;
    out.cost += argument.cost + bits * bits * bits / 8 + 10;
    parts.push_back(argument.text);
  }
  out.low = 0;
  if (builtin == Builtin::gcd && parts.size() == 2) {
    out.text = filled("(Z.gcd {} {})", parts);
    out.high = std::max(std::max(std::abs(arguments[0].low), std::abs(arguments[0].high)),
                        std::max(std::abs(arguments[1].low), std::abs(arguments[1].high)));
    return out;
  }
  if (builtin == Builtin::factorial && parts.size() == 1) {
    out.text = filled("(factorial {})", parts);
    out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", parts));
    return out;
  }
  if (builtin == Builtin::binomial && parts.size() == 2) {
    out.text = filled("(binomial {} {})", parts);
    out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", {parts[0]}));
    out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", {parts[1]}));
    return out;
  }
  refuse(node, "a function of integers with this number of arguments");
}

Value Translator::builtin_of_sets(const Node& node, Builtin builtin, const std::vector<Value>& arguments) {
  const Value& set = arguments.at(0);
  if (!set.type.is(Kind::set)) refuse(node, "a set was expected");
  Value out = set;
  out.first = out.last = nullptr;
  if (builtin == Builtin::primes) {
    if (set.first == nullptr) refuse(node, "primes of a set that is no range");
    out.text = filled("(primes {})", {set.text});
    out.cost += set.length * std::max(1.0, set.high) * operation_cost(method_, integer_type(), digits_of(set), true);
    return out;
  }
  out.type = set_of(set.type);
  out.columns = set.length;
  out.length = std::pow(2.0, set.length);
  if (out.length > 1e5) refuse(node, "the subsets of a set of more than 16 elements");
  out.cost += out.length * set.length;
  if (arguments.size() == 1) {
    out.text = filled("(subsets {})", {set.text});
    return out;
  }
  const Value k = to_integer(node, arguments[1]);
  out.defined = both(out.defined, k.defined);
  out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", {k.text}));
  out.text = filled("(subsets_of_size {} {})", {set.text, k.text});
  return out;
}

Value Translator::reduction(const Node& node, Builtin builtin, Value x) {
  if (x.type.is(Kind::matrix)) {
    x.type = vector_of(x.type.items[0]);
    x.text = filled("(concat {})", {x.text});
    x.length *= x.columns;
    x.columns = 1;
    if (x.type.items[0].has_numbers()) refuse(node, "the sum of a matrix of numbers");
  }
  if (!x.type.is(Kind::vector)) refuse(node, "the sum of something that is no vector");
  if (builtin == Builtin::mean) {
    Type type = vector_of(number_type());
    x = join(node, std::move(x), type);
  }
  Value out;
  out.type = x.type.items[0];
  const bool integers = out.type.is(Kind::integer);
  const std::string name = builtin == Builtin::sum ? "sum" : builtin == Builtin::prod ? "prod" : "mean";
  const std::string item = fresh("x");
  out.text = integers ? filled("(z" + name + " {} (fun " + item + " : Z => " + item + "))", {x.text})
                      : filled2("(r" + name + " {} (fun " + item + " : R => " + item + "))",
                                "(n" + name + " {} (fun " + item + " : num => " + item + "))", {x.text});
  out.defined = x.defined;
  if (builtin == Builtin::mean) out.defined = both(out.defined, filled("(attained {})", {x.text}));
  out.digits = digits_of(x);
  out.quotient = x.quotient;
  out.monomials = builtin == Builtin::prod ? std::pow(x.monomials, x.length) : x.monomials * x.length;
  if (builtin == Builtin::prod) {
    out.digits = {out.digits.whole * x.length, out.digits.below * x.length};
  } else {
    out.digits.whole += std::log2(x.length + 1);
    if (x.quotient) out.digits.below *= x.length;
  }
  out.cost = x.cost + x.length * operation_cost(method_, out.type, out.digits);
  out.form = x.form;
  return out;
}

Value Translator::extremum(const Node& node, bool largest, std::vector<Value> arguments) {
  Value list;
  if (arguments.size() == 1 && arguments[0].type.is(Kind::vector)) {
    list = arguments[0];
  } else if (arguments.size() >= 2) {
    Type type = arguments[0].type;
    for (const Value& argument : arguments) {
      if (!argument.type.is_scalar()) refuse(node, "the maximum of things that are no numbers");
      type = common(node, type, argument.type);
    }
    std::string pattern;
    std::vector<Text> parts;
    list.low = std::numeric_limits<double>::infinity();
    list.high = -list.low;
    for (Value& argument : arguments) {
      argument = join(node, std::move(argument), type);
      pattern += pattern.empty() ? "{}" : "; {}";
      parts.push_back(argument.text);
      list.defined = both(list.defined, argument.defined);
      list.cost += argument.cost;
      include(list, argument);
    }
    list.type = vector_of(type);
    list.text = filled("[" + pattern + "]", parts);
    list.length = static_cast<double>(parts.size());
  } else {
    refuse(node, "the maximum of something that is no vector");
  }
  Value out;
  out.type = list.type.items[0];
  if (method_ == Method::enclosed && out.type.is(Kind::number))
    refuse(node, "an extremum of real numbers that are not rational");
  out.text = filled("(extremum {} {} {})", {better_than(out.type, largest), zero_of(out.type), list.text});
  out.defined = list.defined;
  if (arguments.size() == 1) out.defined = both(out.defined, filled("(attained {})", {list.text}));
  out.digits = list.digits;
  out.quotient = list.quotient;
  out.cost = list.cost + list.length * operation_cost(method_, out.type, out.digits);
  out.low = list.low;
  out.high = list.high;
  return out;
}

Value Translator::position(const Node& node, bool largest, Value x) {
  if (!x.type.is(Kind::vector)) refuse(node, "argmax of something that is no vector");
  x = join(node, std::move(x), vector_of(number_type()));
  if (method_ == Method::enclosed) refuse(node, "argmax of real numbers that are not rational");
  const Text order = better_than(number_type(), largest);
  const Text list = filled("(numbered {})", {x.text});
  Value out;
  out.type = integer_type();
  out.text = filled("(best {} 0%Z {} {})", {order, zero_of(number_type()), list});
  out.defined = both(x.defined, filled("(is_unique {} {} {})", {order, zero_of(number_type()), list}));
  out.cost = x.cost + x.length * operation_cost(method_, x.type, x.digits);
  out.defined.cost += 2 * x.length * operation_cost(method_, x.type, x.digits) + x.cost;
  out.low = 0;
  out.high = x.length - 1;
  return out;
}

Value Translator::constructed(const Node& node, Builtin builtin, const std::vector<Value>& arguments) {
  Value out;
  for (const Value& argument : arguments) {
    out.defined = both(out.defined, argument.defined);
    out.cost += argument.cost + argument.length * argument.columns;
    include(out, argument);
  }
  const Value& x = arguments.at(0);
  switch (builtin) {
    case Builtin::transpose:
      if (!x.type.is_array()) refuse(node, "the transpose of something that is no array");
      if (x.type.is(Kind::vector)) {
        out.type = matrix_of(x.type.items[0]);
        out.text = filled("[{}]", {x.text});
        out.length = 1;
        out.columns = x.length;
        return out;
      }
      out.type = x.type;
      out.text = filled("(transposed {} {})", {zero_of(x.type.items[0]), x.text});
      out.defined = both(out.defined, filled("(attained {})", {x.text}));
      out.length = x.columns;
      out.columns = x.length;
      out.low = x.low;
      out.high = x.high;
      return out;
    case Builtin::zeros:
    case Builtin::ones: {
      std::string entry = builtin == Builtin::zeros ? "0%Z" : "1%Z";
      out.low = out.high = builtin == Builtin::zeros ? 0 : 1;
      const Value n = to_integer(node, x);
      out.length = n.high;
      out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", {n.text}));
      if (arguments.size() == 1) {
        out.type = vector_of(integer_type());
        out.text = filled("(map (fun _ : Z => " + entry + ") (range 0 {}))", {in_scope('Z', "({} - 1)", {n.text})});
        out.cost += out.length;
        return out;
      }
      const Value m = to_integer(node, arguments[1]);
      out.columns = m.high;
      out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", {m.text}));
      out.type = matrix_of(integer_type());
      out.text = filled("(map (fun _ : Z => map (fun _ : Z => " + entry + ") (range 0 {})) (range 0 {}))",
                        {in_scope('Z', "({} - 1)", {m.text}), in_scope('Z', "({} - 1)", {n.text})});
      out.cost += out.length * out.columns;
      return out;
    }
    case Builtin::concat: {
      Type type = x.type;
      for (const Value& argument : arguments) {
        if (!argument.type.is(Kind::vector)) refuse(node, "concat of something that is no vector");
        type = common(node, type, argument.type);
      }
      std::string pattern;
      std::vector<Text> parts;
      out.length = 0;
      for (const Value& argument : arguments) {
        parts.push_back(join(node, argument, type).text);
        pattern += pattern.empty() ? "{}" : " ++ {}";
        out.length += argument.length;
      }
      out.type = type;
      out.text = filled("(" + pattern + ")%list", parts);
      return out;
    }
    case Builtin::diag: {
      if (!x.type.is(Kind::vector)) refuse(node, "diag of something that is no vector");
      const std::string i = fresh("i");
      const std::string j = fresh("j");
      const Text n = in_scope('Z', "(size {} - 1)", {x.text});
      out.type = matrix_of(x.type.items[0]);
      out.text = filled("(map (fun " + i + " : Z => map (fun " + j + " : Z => if (" + i + " =? " + j +
                            ")%Z then entry {} {} " + i + " else {}) (range 0 {})) (range 0 {}))",
                        {zero_of(x.type.items[0]), x.text, zero_of(x.type.items[0]), n, n});
      out.length = out.columns = x.length;
      out.cost += x.length * x.length * (2 + x.length / 8);
      return out;
    }
    case Builtin::hstack:
    case Builtin::vstack: {
      if (arguments.size() != 2 || !x.type.is(Kind::matrix) || !arguments[1].type.is(Kind::matrix))
        refuse(node, "hstack or vstack of something else than two matrices");
      const Type type = common(node, x.type, arguments[1].type);
      const Text a = join(node, x, type).text;
      const Text b = join(node, arguments[1], type).text;
      out.type = type;
      if (builtin == Builtin::vstack) {
        out.text = filled("({} ++ {})%list", {a, b});
        out.defined = both(out.defined, in_scope('Z', "(width {} =? width {})", {a, b}));
        out.length = x.length + arguments[1].length;
        out.columns = x.columns;
        return out;
      }
      out.text = filled("(zip (fun r s => r ++ s)%list {} {})", {a, b});
      out.defined = both(out.defined, in_scope('Z', "(size {} =? size {})", {a, b}));
      out.length = x.length;
      out.columns = x.columns + arguments[1].columns;
      return out;
    }
    case Builtin::reshape: {
      if (!x.type.is(Kind::vector) || arguments.size() != 3)
        refuse(node, "reshape of something else than a vector into a matrix");
      const Value rows = to_integer(node, arguments[1]);
      const Value columns = to_integer(node, arguments[2]);
      const std::string i = fresh("i");
      const std::string j = fresh("j");
      out.type = matrix_of(x.type.items[0]);
      const Text position = in_scope('Z', "({} * " + i + " + " + j + ")", {columns.text});
      out.text =
          filled("(map (fun " + i + " : Z => map (fun " + j + " : Z => entry {} {} {}) (range 0 {})) (range 0 {}))",
                 {zero_of(x.type.items[0]), x.text, position, in_scope('Z', "({} - 1)", {columns.text}),
                  in_scope('Z', "({} - 1)", {rows.text})});
      out.defined = both(out.defined, in_scope('Z', "({} * {} =? size {})", {rows.text, columns.text, x.text}));
      out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", {rows.text}));
      out.defined = both(out.defined, in_scope('Z', "(0 <=? {})", {columns.text}));
      out.length = rows.high;
      out.columns = columns.high;
      return out;
    }
    case Builtin::shape: {
      if (!x.type.is_array()) refuse(node, "the shape of something that is no array");
      if (x.type.is(Kind::matrix)) out.defined = both(out.defined, filled("(attained {})", {x.text}));
      out.type = vector_of(integer_type());
      out.text =
          x.type.is(Kind::vector) ? filled("[size {}]", {x.text}) : filled("[size {}; width {}]", {x.text, x.text});
      out.low = 0;
      out.high = std::max(x.length, x.columns);
      out.length = x.type.is(Kind::vector) ? 1 : 2;
      return out;
    }
    default: refuse(node, "an array that is not exported");
  }
}

}  // namespace assay::coq
