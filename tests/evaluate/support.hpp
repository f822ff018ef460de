#pragma once
#include <memory>
#include <string>

#include "base/error.hpp"
#include "evaluate/ladder.hpp"
#include "evaluate/sampling.hpp"
#include "files/value.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"

namespace assay::evaluate::testing {

/// Files made in memory.
class NoFiles : public DataSource {
 public:
  const files::FileValue& load(const std::string& name, const std::string&, const SourceRange& where) override {
    const files::FileValue* value = files_.find(name);
    if (value == nullptr) throw InputError(Diagnostic{where, "no such file", ""});
    return *value;
  }
  void add(const std::string& name, files::FileValue value) { static_cast<void>(files_.add(name, std::move(value))); }

 private:
  files::Record files_;
};

/// Definitions in scope, an expression, and what the ladder makes of it.
class Bench {
 public:
  explicit Bench(const std::string& definitions = "") {
    document_ = std::make_shared<const notation::Document>(
        notation::parse_document(std::make_shared<const SourceText>("test", definitions), false));
    program_ = std::make_unique<Program>(notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}),
                                         document_);
  }
  Outcome decide(const std::string& formula, const Settings& settings = {}) {
    return evaluate::decide(*program_, files, *unit(formula), budget, settings);
  }
  Truth truth(const std::string& formula) { return decide(formula).truth; }
  Outcome identity(const std::string& formula) {
    return decide_by_normal_forms(*program_, files, *unit(formula), budget, {});
  }
  std::string value(const std::string& expression, long digits = 15) {
    return evaluate_digits(*program_, files, parsed(expression), budget, digits).text;
  }

  /// Samples the binder that `formula` is.
  SampleResult sample(const std::string& formula, const SampleRequest& request) {
    const Unit& resolved = *unit(formula);
    return evaluate::sample(*program_, files, resolved, {resolved.body.get(), 0, {}}, request, budget);
  }

  NoFiles files;
  Budget budget;

 private:
  notation::ExprPtr parsed(const std::string& text) {
    expressions_.push_back(notation::parse_expression(std::make_shared<const SourceText>("formula", text)));
    notation::check_kinds(expressions_.back(), document_.get(), notation::prelude(), {});
    return expressions_.back();
  }
  const Unit* unit(const std::string& text) {
    units_.push_back(program_->resolve(parsed(text)));
    return units_.back().get();
  }

  notation::DocumentPtr document_;
  std::unique_ptr<Program> program_;
  std::vector<notation::ExprPtr> expressions_;
  std::vector<std::unique_ptr<Unit>> units_;
};

}  // namespace assay::evaluate::testing
