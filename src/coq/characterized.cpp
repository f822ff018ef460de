#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "coq/translator.hpp"

namespace assay::coq {

using evaluate::Builtin;

bool Translator::is_characterized(Builtin builtin) noexcept {
  return builtin == Builtin::rank || builtin == Builtin::inertia || builtin == Builtin::kernel;
}

std::string name_of_characterized(Builtin builtin) {
  return builtin == Builtin::rank ? "rank" : builtin == Builtin::kernel ? "kernel" : "inertia";
}

/// A vector counts as the matrix with one column that it is.
Value Translator::as_matrix(const Node& node, Value value) {
  if (value.type.is(Kind::matrix)) return join(node, std::move(value), matrix_of(number_type()));
  if (!value.type.is(Kind::vector)) refuse(node, "something that is no matrix in the place of one");
  Value out = join(node, std::move(value), vector_of(number_type()));
  out.type = matrix_of(number_type());
  out.text = filled2("(map (fun x : R => [x]) {})", "(map (fun x : num => [x]) {})", {out.text});
  out.cost += out.length;
  out.columns = 1;
  return out;
}

Value Translator::characterized(const Node& node, Builtin what, Value matrix) {
  const std::string name = name_of_characterized(what);
  const std::string article = what == Builtin::inertia ? "an " : "a ";
  if (method_ != Method::exact) refuse(node, article + name + " of a matrix that is not rational");
  std::size_t variables = 0;
  if (met_)
    for (const Characterized& each : *met_) variables += each.names.size();
  if (!met_ || scope_.size() < met_depth_)
    refuse(node, article + name + " that is not a part of a comparison at the top of the claim");
  if (scope_.size() != met_depth_ + variables)
    refuse(node, article + name + " inside of a sum, vector or other binder");
  matrix = as_matrix(node, std::move(matrix));
  // Without rows the list does not show how many columns there are.
  if (what != Builtin::rank) matrix.defined = both(matrix.defined, filled("(attained {})", {matrix.text}));
  Characterized one{what, {}, {}};
  const auto variable = [&](const char* letter) {
    one.names.push_back(fresh(letter));
    scope_.push_back(one.names.back());
    Value value;
    value.type = integer_type();
    value.text = same(one.names.back());
    value.defined = matrix.defined;
    value.low = 0;
    value.high = std::min(matrix.length, matrix.columns);
    return value;
  };
  const double m = matrix.length;
  const double n = matrix.columns;
  const double r = std::min(m, n);
  const Digits minors = {matrix.digits.whole * r, matrix.digits.below * r};
  const double step = operation_cost(method_, number_type(), minors) / 20;
  Value out;
  if (what == Builtin::rank) {
    out = variable("r");
    out.cost = m * n * (2 * r + 10 + m * r) * step;
  } else if (what == Builtin::kernel) {
    out = variable("K");
    out.type = matrix_of(number_type());
    out.length = n;
    out.columns = n;
    out.low = -std::numeric_limits<double>::infinity();
    out.high = std::numeric_limits<double>::infinity();
    out.digits = minors;
    out.quotient = true;
    out.cost = (m * n * (2 * r + 10 + 2 * n) + n * n * n) * step;
  } else {
    out.type.kind = Kind::tuple;
    for (const char* letter : {"p", "q", "z"}) {
      out.items.push_back(variable(letter));
      out.type.items.push_back(integer_type());
    }
    out.text = same(fmt::format("({}, {}, {})", one.names[0], one.names[1], one.names[2]));
    out.defined = matrix.defined;
    out.cost = m * n * (8 * r + 20) * step;
  }
  uses_.insert(what);
  one.matrix = std::move(matrix);
  met_->push_back(std::move(one));
  return out;
}

void Translator::begin_comparison() {
  met_.emplace();
  met_depth_ = scope_.size();
}

std::vector<Translator::Characterized> Translator::end_comparison() {
  std::vector<Characterized> out = std::move(*met_);
  met_.reset();
  return out;
}

/// Says around the formula what its variables are.
Formula Translator::with_characterized(const std::vector<Characterized>& met, Formula formula) {
  for (auto it = met.rbegin(); it != met.rend(); ++it) {
    const std::string names = fmt::format("{}", fmt::join(it->names, " "));
    const bool is_kernel = it->what == Builtin::kernel;
    const std::string name = name_of_characterized(it->what);
    formula.text.real = fmt::format("(exists {} : {}, {}_is {} {} /\\ {})", names, is_kernel ? "list (list R)" : "Z",
                                    name, it->matrix.text.real, names, formula.text.real);
    formula.text.copy = fmt::format("(with_{} {} (fun {} : {} => {}))", name, it->matrix.text.copy, names,
                                    is_kernel ? "list (list num)" : "Z", formula.text.copy);
    formula.cost += it->matrix.cost;
  }
  return formula;
}

}  // namespace assay::coq
