#include <fmt/format.h>

#include <cstdio>

#include "app/commands.hpp"
#include "app/data_files.hpp"
#include "app/deep_run.hpp"
#include "app/note.hpp"
#include "base/budget.hpp"
#include "evaluate/ladder.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"

namespace assay::app {

int eval(const EvalOptions& options) {
  DataFiles data(options.data);
  Note note;
  if (!options.document.empty()) note = open_note(options.document, data);
  const auto text = std::make_shared<const SourceText>("<expression>", options.expression);
  const notation::ExprPtr expression = notation::parse_expression(text);
  notation::check_kinds(expression, note.document.get(), notation::prelude(),
                        [&](const std::string& name, const SourceRange& where) { return data.kind(name, where); });
  if (!note.program) note.program = std::make_unique<evaluate::Program>(shared_prelude(), nullptr);
  Budget budget;
  set_limits(budget, options.limits);
  evaluate::Evaluated value;
  run_deep([&] { value = evaluate::evaluate_digits(*note.program, data, expression, budget, options.digits); });
  fmt::print("{}\n", value.text);
  if (value.determined) return exit_ok;
  fmt::print(stderr, "not determined to {} digits: {}\n", options.digits, value.reason);
  return exit_unexpected;
}

}  // namespace assay::app
