#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/commands.hpp"
#include "app/data_files.hpp"
#include "app/derive_variables.hpp"
#include "app/note.hpp"
#include "base/deep_stack.hpp"
#include "base/error.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"
#include "notation/print.hpp"
#include "number/flint_convert.hpp"
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

/// The kinds of the expression as a function of the variables, of which nothing is known.
void check_kinds(const notation::ExprPtr& expression, const std::vector<symbolic::Variable>& variables,
                 const Note& note, DataFiles& data) {
  notation::Lambda function{{}, expression};
  for (const symbolic::Variable& variable : variables) function.parameters.push_back(variable.name);
  notation::check_kinds(variables.empty() ? expression : notation::make_expr(std::move(function), expression->where),
                        note.document.get(), notation::prelude(),
                        [&](const std::string& name, const SourceRange& where) { return data.kind(name, where); });
}

void print(const DeriveOptions& options, const std::vector<symbolic::Variable>& variables,
           const symbolic::ClosedForm& form) {
  std::vector<std::string> names;
  for (const symbolic::Variable& variable : variables) names.push_back(variable.name);
  const auto latex = [&](const notation::ExprPtr& e) { return notation::print_latex(*e, names); };
  if (options.format == "json") {
    nlohmann::ordered_json out;
    out["expression"] = options.expression;
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
  if (!options.document.empty()) note = open_note(options.document, data);
  if (!note.program) note.program = std::make_unique<evaluate::Program>(shared_prelude(), nullptr);
  const auto text = std::make_shared<const SourceText>("<expression>", options.expression);
  const notation::ExprPtr expression = notation::parse_expression(text);
  const std::vector<symbolic::Variable> variables = variables_of(expression, options.variables, note, data);
  check_kinds(expression, variables, note, data);
  Budget budget;
  set_limits(budget, options.limits);
  symbolic::ClosedForm form;
  std::exception_ptr failure;
  {
    const DeepThread thread([&] {
      const FlintThread cleanup;
      try {
        form = symbolic::closed_form(*note.program, data, expression, variables,
                                     simplification_of(options.simplification), budget);
      } catch (...) {
        failure = std::current_exception();
      }
    });
  }
  if (failure) std::rethrow_exception(failure);
  print(options, variables, form);
  return exit_ok;
}

}  // namespace assay::app
