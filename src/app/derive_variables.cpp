#include "app/derive_variables.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/exact_arithmetic.hpp"
#include "notation/builtins.hpp"
#include "notation/document.hpp"
#include "notation/free_names.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"
#include "notation/words.hpp"

namespace assay::evaluate {

extern template class Evaluator<ExactArithmetic>;

}  // namespace assay::evaluate

namespace assay::app {

namespace {

using notation::Expr;
using notation::ExprPtr;
using notation::FreeName;
using symbolic::Space;
using symbolic::Variable;

constexpr const char* spaces = "A space is R, R^3, [2, 3] for matrices, interval(0, 1), or record(a = R^2, b = R).";

bool is_named(const ExprPtr& e, const char* name) {
  const auto* n = std::get_if<notation::Name>(&e->node);
  return n != nullptr && n->name == name;
}

/// Reads SPACE.
class SpaceReader {
 public:
  SpaceReader(const Note& note, DataFiles& data) : note_(note), data_(data) {}

  [[nodiscard]] Space read(const ExprPtr& e) {
    if (is_named(e, "R")) return {};
    if (const auto* power = std::get_if<notation::Binary>(&e->node))
      if (power->op == notation::BinaryOp::power && is_named(power->left, "R")) return {{extent(power->right)}, {}, {}};
    Space out;
    if (const auto* shape = std::get_if<notation::VectorLiteral>(&e->node)) {
      for (const ExprPtr& item : shape->items) out.shape.push_back(extent(item));
      return out;
    }
    if (const auto* fields = std::get_if<notation::RecordLiteral>(&e->node)) {
      for (const notation::Binding& field : fields->fields) out.fields.push_back({field.name, read(field.value)});
      if (!out.fields.empty()) return out;
    }
    if (const auto* call = std::get_if<notation::Call>(&e->node))
      if (is_named(call->callee, "interval") && call->arguments.size() == 2) {
        out.between = std::pair(rational(call->arguments[0].value), rational(call->arguments[1].value));
        if (out.between->first >= out.between->second)
          throw InputError({e->where, "this interval has no inner point", "Write interval(a, b) with a < b."});
        return out;
      }
    throw InputError({e->where, "this is no space of a variable", spaces});
  }

 private:
  [[nodiscard]] Rational rational(const ExprPtr& e) {
    notation::check_kinds(e, note_.document.get(), notation::prelude(),
                          [&](const std::string& name, const SourceRange& where) { return data_.kind(name, where); });
    const Budget budget;
    const auto unit = note_.program->resolve(e);
    evaluate::Session session(*note_.program, data_, budget);
    evaluate::Evaluator<evaluate::ExactArithmetic> evaluator(evaluate::ExactArithmetic{}, session);
    const auto value = evaluator.evaluate(*unit);
    const auto* number = value.numeric();
    if (number != nullptr && number->is_scalar() && number->status.all_ok()) {
      if (number->form == evaluate::Form::integer) return exact_integer((*number->integers)[0]);
      if (number->form == evaluate::Form::real)
        if (const auto q = evaluator.arithmetic().rational(number->reals->get(0))) return *q;
    }
    throw InputError({e->where, "a rational number is needed here", ""});
  }
  [[nodiscard]] std::size_t extent(const ExprPtr& e) {
    const auto n = to_int64(rational(e));
    constexpr std::int64_t most = 100000;
    if (!n || *n < 1 || *n > most) throw InputError({e->where, "a dimension is an integer from 1 to 100000", ""});
    return static_cast<std::size_t>(*n);
  }

  const Note& note_;
  DataFiles& data_;
};

Variable declared_variable(const std::string& declaration, const Note& note, DataFiles& data) {
  const std::size_t equals = declaration.find('=');
  Variable out{declaration.substr(0, equals), {}};
  if (!notation::is_name(out.name))
    throw InputError("--variable " + declaration + ": '" + out.name + "' is no name",
                     "Write --variable NAME or --variable NAME=SPACE. " + std::string(spaces));
  const std::vector<std::string> taken = notation::builtin_names();
  if (std::find(taken.begin(), taken.end(), out.name) != taken.end())
    throw InputError("--variable " + declaration + ": '" + out.name + "' has a meaning in the notation already",
                     "Give the variable another name.");
  if (equals == std::string::npos) return out;
  const auto text = std::make_shared<const SourceText>("<variable>", declaration.substr(equals + 1));
  out.space = SpaceReader(note, data).read(notation::parse_expression(text));
  return out;
}

/// A free name that is not declared: a real number, unless it looks like something else.
Variable undeclared_variable(const FreeName& name, const std::vector<std::string>& defined,
                             const std::vector<std::string>& built_in) {
  std::string near = nearest_word(name.name, defined);
  if (near.empty()) near = nearest_word(name.name, built_in);
  const std::string declare = "Declare it with --variable ";
  switch (name.use) {
    case FreeName::Use::value: break;
    case FreeName::Use::function: {
      throw InputError({name.where, "unknown function `" + name.name + "`",
                        near.empty() ? "Define it with `let` in the document." : "Did you mean `" + near + "`?"});
    }
    case FreeName::Use::indexed:
      throw InputError({name.where, "the variable `" + name.name + "` has entries, but it is not known how many",
                        declare + name.name + "=R^3 (a vector) or " + name.name + "=[2, 3] (a matrix)."});
    case FreeName::Use::record:
      throw InputError({name.where, "the variable `" + name.name + "` has fields, but it is not known which",
                        declare + "'" + name.name + "=record(a = R^2, b = R)'."});
  }
  // Short names are near many others: tau is not tan.
  constexpr std::size_t shortest_of_document = 3;
  constexpr std::size_t shortest_of_built_in = 5;
  const bool is_built_in = std::find(built_in.begin(), built_in.end(), near) != built_in.end();
  if (!near.empty() && name.name.size() >= (is_built_in ? shortest_of_built_in : shortest_of_document))
    throw InputError({name.where, "unknown name `" + name.name + "`",
                      "Did you mean `" + near + "`? If it is a variable, say so: --variable " + name.name + "."});
  return {name.name, {}};
}

}  // namespace

std::vector<Variable> variables_of(const ExprPtr& expression, const std::vector<std::string>& declared,
                                   const Note& note, DataFiles& data) {
  std::vector<Variable> out;
  const auto is_variable = [&](const std::string& name) {
    return std::any_of(out.begin(), out.end(), [&](const Variable& v) { return v.name == name; });
  };
  for (const std::string& declaration : declared) {
    Variable variable = declared_variable(declaration, note, data);
    if (is_variable(variable.name))
      throw InputError("--variable " + declaration + ": '" + variable.name + "' is declared twice");
    out.push_back(std::move(variable));
  }
  const std::vector<std::string> built_in = notation::builtin_names();
  std::vector<std::string> defined;
  const auto add_definitions = [&](const notation::Document& document) {
    for (const notation::Statement& statement : document.statements)
      if (const auto* let = std::get_if<notation::Let>(&statement.node)) defined.push_back(let->name);
  };
  if (note.document) {
    for (const notation::DocumentPtr& import : note.document->imports) add_definitions(*import);
    add_definitions(*note.document);
  }
  for (const FreeName& name : notation::free_names(*expression)) {
    if (is_variable(name.name) || note.program->find(name.name) != nullptr) continue;
    if (std::find(built_in.begin(), built_in.end(), name.name) != built_in.end()) continue;
    out.push_back(undeclared_variable(name, defined, built_in));
  }
  return out;
}

}  // namespace assay::app
