#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/data_files.hpp"
#include "app/deep_run.hpp"
#include "app/derive_variables.hpp"
#include "app/note.hpp"
#include "base/error.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"
#include "notation/print.hpp"
#include "symbolic/closed_form.hpp"

namespace assay::app {

namespace {

symbolic::Simplification simplification_of(const std::string& word) {
  using S = symbolic::Simplification;
  if (word == "none") return S::none;
  if (word == "expand") return S::expand;
  if (word == "normal") return S::normal;
  if (word == "factor") return S::factor;
  return word == "collect" ? S::collect : S::automatic;
}

/// An expression of the kind that the values of the space have, of which nothing else is known.
notation::ExprPtr example_of(const symbolic::Space& space) {
  using notation::make_expr;
  const auto number = [](std::size_t n) {
    return make_expr(notation::NumberLiteral{Rational(static_cast<unsigned long>(n)), std::to_string(n)}, {});
  };
  const auto call = [](const char* name, const std::vector<notation::ExprPtr>& arguments) {
    notation::Call out{make_expr(notation::Name{name}, {}), {}};
    for (const notation::ExprPtr& argument : arguments) out.arguments.push_back({"", argument});
    return make_expr(std::move(out), {});
  };
  if (!space.fields.empty()) {
    notation::RecordLiteral out;
    for (const symbolic::SpaceField& field : space.fields)
      out.fields.push_back({field.name, example_of(field.space), {}});
    return make_expr(std::move(out), {});
  }
  if (space.shape.empty()) return call("sqrt", {number(2)});
  std::vector<notation::ExprPtr> extents;
  for (const std::size_t extent : space.shape) extents.push_back(number(extent));
  return call("zeros", extents);
}

/// Checks names, kinds and shapes in the expression, with variables of their kinds.
void check_kinds(const notation::ExprPtr& expression, const std::vector<symbolic::Variable>& variables,
                 const Note& note, DataFiles& data) {
  notation::With with{{}, expression};
  for (const symbolic::Variable& variable : variables)
    with.bindings.push_back({variable.name, example_of(variable.space), expression->where});
  notation::check_kinds(variables.empty() ? expression : notation::make_expr(std::move(with), expression->where),
                        note.document.get(), notation::prelude(),
                        [&](const std::string& name, const SourceRange& where) { return data.kind(name, where); });
}

/// The errors, with what was taken for granted of variables that are not declared.
InputError with_guesses(const InputError& error, const std::vector<symbolic::Variable>& variables,
                        const std::vector<std::string>& declared) {
  std::vector<Diagnostic> out = error.diagnostics();
  std::string names;
  for (std::size_t i = declared.size(); i < variables.size(); ++i)
    names.append(names.empty() ? "`" : ", `").append(variables[i].name).append("`");
  if (!names.empty())
    out.push_back({{},
                   names + (variables.size() == declared.size() + 1 ? " was taken for a real number"
                                                                    : " were taken for real numbers"),
                   "If it is a vector or a matrix, say so: --variable " + variables.back().name + "=R^3."});
  return InputError(std::move(out));
}

void print(const DeriveOptions& options, const std::string& formula, const std::vector<symbolic::Variable>& variables,
           const symbolic::ClosedForm& form) {
  std::vector<std::string> names;
  for (const symbolic::Variable& variable : variables) names.push_back(variable.name);
  const auto latex = [&](const notation::ExprPtr& e) { return notation::print_latex(*e, names); };
  if (options.format == "json") {
    nlohmann::ordered_json out;
    out["expression"] = formula;
    out["variables"] = nlohmann::ordered_json::array();
    for (const symbolic::Variable& variable : variables)
      out["variables"].push_back({{"name", variable.name}, {"space", symbolic::print(variable.space)}});
    out["text"] = notation::print(*form.expression);
    out["latex"] = latex(form.expression);
    out["conditions"] = nlohmann::ordered_json::array();
    for (const notation::ExprPtr& condition : form.conditions)
      out["conditions"].push_back({{"text", notation::print(*condition)}, {"latex", latex(condition)}});
    out["points"] = form.points;
    fmt::print("{}\n", out.dump());
    return;
  }
  const bool is_latex = options.format == "latex";
  fmt::print("{}\n", is_latex ? latex(form.expression) : notation::print(*form.expression));
  if (form.conditions.empty()) return;
  std::string conditions;
  for (const notation::ExprPtr& condition : form.conditions)
    conditions.append(conditions.empty() ? ""
                      : is_latex         ? ", \\; "
                                         : ", ")
        .append(is_latex ? latex(condition) : notation::print(*condition));
  fmt::print("{} {}\n", is_latex ? "% where" : "where", conditions);
}

}  // namespace

int derive(const DeriveOptions& options) {
  DataFiles data(options.data);
  Note note;
  if (options.second.empty() && std::filesystem::exists(options.first))
    throw InputError("the expression is missing", "Write assay derive " + options.first + " 'EXPRESSION'.");
  const bool has_document = !options.second.empty();
  const std::string& formula = has_document ? options.second : options.first;
  if (has_document) note = open_note(options.first, data);
  if (!note.program) note.program = std::make_unique<evaluate::Program>(shared_prelude(), nullptr);
  const auto text = std::make_shared<const SourceText>("<expression>", formula);
  const notation::ExprPtr expression = notation::parse_expression(text);
  std::vector<std::string> declared = options.variables;
  declared.insert(declared.end(), options.names.begin(), options.names.end());
  const std::vector<symbolic::Variable> variables = variables_of(expression, declared, note, data);
  try {
    check_kinds(expression, variables, note, data);
  } catch (const InputError& error) {
    throw with_guesses(error, variables, declared);
  }
  Budget budget;
  set_limits(budget, options.limits);
  symbolic::ClosedForm form;
  run_deep([&] {
    form = symbolic::closed_form(*note.program, data, expression, variables, simplification_of(options.simplification),
                                 budget);
  });
  print(options, formula, variables, form);
  return exit_ok;
}

}  // namespace assay::app
