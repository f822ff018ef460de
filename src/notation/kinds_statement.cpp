#include <algorithm>

#include "notation/kinds_bound.hpp"
#include "notation/kinds_check.hpp"
#include "notation/words.hpp"

/// Statements: what a claim, a table, a training and a plot need of their expressions.
namespace assay::notation {

namespace {

bool is_any(const KindPtr& kind) { return std::holds_alternative<AnyKind>(kind->form); }

std::vector<std::string> names_of(std::span<const Vocabulary> words) {
  std::vector<std::string> names;
  for (const Vocabulary& word : words) names.emplace_back(word.name);
  return names;
}

std::string listed(const std::vector<std::string>& names) {
  std::string all;
  for (std::size_t i = 0; i < names.size(); ++i)
    all += (i == 0 ? "`" : i + 1 == names.size() ? " or `" : ", `") + names[i] + "`";
  return all;
}

/// "Did you mean `adamw`?", or all the words there are.
std::string suggestion(const std::string& given, const std::vector<std::string>& names) {
  const std::string near = nearest_word(given, names);
  return near.empty() ? "Choose " + listed(names) + "." : "Did you mean " + code(near) + "?";
}

}  // namespace

void KindChecker::check_document() {
  std::unordered_set<const Document*> seen;
  check_definitions(*document_, seen);
  for (const Statement& statement : document_->statements) check_statement(statement);
}

void KindChecker::check_definitions(const Document& document, std::unordered_set<const Document*>& seen) {
  if (!seen.insert(&document).second) return;
  for (const DocumentPtr& import : document.imports)
    if (import) check_definitions(*import, seen);
  for (const Statement& statement : document.statements) {
    const auto* let = std::get_if<Let>(&statement.node);
    if (let == nullptr) continue;
    const auto found = definitions_.find(let->name);
    if (found != definitions_.end() && found->second.let == let) check_definition(found->second);
  }
}

void KindChecker::check_definition(Definition& definition) {
  call_work_ = 0;
  (void)kind_of_definition(definition);
  if (definition.let->parameters.empty()) return;
  const Scope* scope = nullptr;
  for (const std::string& parameter : definition.let->parameters) scope = bind(scope, parameter, any_kind());
  (void)evaluate(definition.let->body, scope);
}

void KindChecker::check_statement(const Statement& statement) {
  call_work_ = 0;
  if (const auto* claim = std::get_if<Claim>(&statement.node)) check(*claim);
  if (const auto* table = std::get_if<Table>(&statement.node)) check(*table);
  if (const auto* train = std::get_if<Train>(&statement.node)) check(*train);
  if (const auto* plot = std::get_if<Plot>(&statement.node)) check(*plot);
}

KindPtr KindChecker::check_expression(const ExprPtr& expression) { return evaluate(expression, nullptr); }

void KindChecker::check(const Claim& claim) {
  require_truth(evaluate(claim.formula, nullptr), claim.formula->where, "the formula of a claim");
  if (claim.method) check_method(*claim.method, claim.formula);
}

void KindChecker::check_method(const Method& method, const ExprPtr& formula) {
  const Vocabulary* word = find_word(methods(), method.name);
  if (word == nullptr) {
    report_.certain(method.where, "unknown method " + code(method.name), suggestion(method.name, names_of(methods())));
    return;
  }
  check_arguments(*word, method.arguments, method.where);
  const Scope* scope = nullptr;
  for (const std::string& name : bound_names(formula)) scope = bind(scope, name, any_kind());
  for (const Argument& argument : method.arguments) (void)evaluate(argument.value, scope);
}

void KindChecker::check_arguments(const Vocabulary& word, const std::vector<Argument>& arguments,
                                  const SourceRange& where) {
  std::size_t positional = 0;
  std::set<std::string> given;
  const std::vector<std::string> named(word.named.begin(), word.named.end());
  for (const Argument& argument : arguments) {
    if (argument.name.empty())
      ++positional;
    else if (std::find(named.begin(), named.end(), argument.name) == named.end())
      report_.certain(argument.value->where, code(word.name) + " has no argument " + code(argument.name),
                      named.empty() ? "It is used as " + code(word.usage) + "." : suggestion(argument.name, named));
    else if (!given.insert(argument.name).second)
      report_.certain(argument.value->where, "a second " + code(argument.name), "Give each argument once.");
  }
  (void)check_count(code(word.name), word.minimum_positional, word.maximum_positional, positional,
                    std::string(word.usage), where);
}

void KindChecker::check_vocabulary(const ExprPtr& use, std::span<const Vocabulary> words, const std::string& what) {
  const auto* called = std::get_if<notation::Call>(&use->node);
  const auto* name = std::get_if<Name>(called != nullptr ? &called->callee->node : &use->node);
  const Vocabulary* word = name != nullptr ? find_word(words, name->name) : nullptr;
  if (word != nullptr) {
    static const std::vector<Argument> none;
    check_arguments(*word, called != nullptr ? called->arguments : none, use->where);
  } else if (name != nullptr) {
    report_.certain(called != nullptr ? called->callee->where : use->where,
                    "unknown name " + code(name->name) + " of " + what, suggestion(name->name, names_of(words)));
  } else {
    report_.certain(use->where, "expected " + what, "Choose " + listed(names_of(words)) + ".");
  }
}

void KindChecker::check(const Table& table) {
  std::vector<Element> elements;
  const Scope* scope = bind_generators(table.generators, nullptr, elements);
  if (table.filter) require_truth(evaluate(table.filter, scope), table.filter->where, "the filter after `where`");
  const KindReport::Branch branch(report_, table.filter != nullptr);
  for (const TableColumn& column : table.columns) {
    const KindPtr value = evaluate(column.value, scope);
    if (std::holds_alternative<FunctionKind>(value->form))
      mismatch(column.value->where, "a column shows values, but this is a function", "Apply it: `f(x)`.");
    for (const Argument& option : column.options)
      (void)require_integer(evaluate(option.value, scope), option.value->where, "the number of " + code(option.name));
  }
}

void KindChecker::check(const Train& train) {
  FieldKinds fields;
  for (const WeightShape& weight : train.weights) {
    std::vector<Dimension> dimensions;
    for (const ExprPtr& dimension : weight.dimensions) {
      const KindPtr kind = evaluate(dimension, nullptr);
      (void)require_integer(kind, dimension->where, "a dimension of " + code(weight.name));
      dimensions.push_back(dimension_of(kind));
    }
    fields.emplace_back(weight.name, tensor_kind(std::move(dimensions), NumberSort::real));
  }
  const KindPtr weights = record_kind(std::move(fields));
  for (const Clause& clause : train.clauses) check_clause(clause, weights);
}

void KindChecker::check_clause(const Clause& clause, const KindPtr& weights) {
  const std::vector<std::string>& keywords = train_words();
  if (std::find(keywords.begin(), keywords.end(), clause.keyword) == keywords.end()) {
    report_.certain(clause.where, "unknown clause " + code(clause.keyword) + " of `train`",
                    suggestion(clause.keyword, keywords));
    return;
  }
  if (clause.values.size() != 1) {
    report_.certain(
        clause.where,
        code(clause.keyword) + " takes one expression, but " + std::to_string(clause.values.size()) + " are given", "");
    return;
  }
  const ExprPtr& value = clause.values[0];
  if (clause.keyword == "init") return check_use(value, initializers(), "an initializer");
  if (clause.keyword == "optimizer") return check_use(value, optimizers(), "an optimizer");
  if (clause.keyword == "schedule") return check_use(value, schedules(), "a schedule");
  if (clause.keyword == "batch") return check_use(value, batchings(), "a way to choose batches");
  if (clause.keyword == "until") return check_use(value, stop_conditions(), "a condition to stop");
  const KindPtr kind = evaluate(value, nullptr);
  if (clause.keyword == "steps") {
    (void)require_integer(kind, value->where, "the number of steps");
  } else if (clause.keyword == "save") {
    if (!is_any(kind) && !std::holds_alternative<TextKind>(kind->form))
      mismatch(value->where, "`save` needs the name of a file, but this is " + describe(kind), "Write it in quotes.");
  } else {
    check_loss(kind, weights, value->where);
  }
}

void KindChecker::check_use(const ExprPtr& use, std::span<const Vocabulary> words, const std::string& what) {
  check_vocabulary(use, words, what);
  const auto* called = std::get_if<notation::Call>(&use->node);
  if (called == nullptr) return;
  for (const Argument& argument : called->arguments) {
    const KindPtr kind = evaluate(argument.value, nullptr);
    if (std::holds_alternative<TupleKind>(kind->form)) continue;
    if (argument.name.empty()) {  // the file of `load`; it is read when the training begins, not when it is checked
      if (!is_any(kind) && !std::holds_alternative<TextKind>(kind->form))
        mismatch(argument.value->where, "`load` needs the name of a file, but this is " + describe(kind),
                 "Write it in quotes.");
    } else if (argument.name == "nesterov") {
      require_truth(kind, argument.value->where, "`nesterov`");
    } else {
      (void)operand(kind, argument.value->where, what);
    }
  }
}

void KindChecker::check_loss(const KindPtr& loss, const KindPtr& weights, const SourceRange& where) {
  if (is_any(loss)) return;
  if (!std::holds_alternative<FunctionKind>(loss->form)) {
    mismatch(where, "`minimize` needs a function of the weights, but this is " + describe(loss), "Write `w -> …`.");
    return;
  }
  const KindPtr value = apply(loss, {weights}, where);
  const std::optional<Shape> shape = shape_of(value);
  if (!shape || !may_be_number(*shape) || shape->entries == NumberSort::complex)
    mismatch(where, "what is minimized must be a real number, but this is " + describe(value), "");
}

void KindChecker::check(const Plot& plot) {
  static const std::vector<std::string> forms = {"bars", "points", "line", "heatmap", "arrows"};
  if (std::find(forms.begin(), forms.end(), plot.form) == forms.end())
    report_.certain(plot.value->where, "unknown form " + code(plot.form) + " of a plot", suggestion(plot.form, forms));
  std::vector<Element> elements;
  const Scope* scope = bind_generators(plot.generators, nullptr, elements);
  const KindPtr value = evaluate(plot.value, scope);
  const bool drawable = is_any(value) || shape_of(value) || std::holds_alternative<TupleKind>(value->form);
  if (!drawable) mismatch(plot.value->where, "a plot shows numbers, but this is " + describe(value), "");
}

void check_kinds(const Document& document, const Document& prelude, const FileKinds& files) {
  KindChecker checker(&document, prelude, files);
  checker.check_document();
  checker.finish();
}

void check_kinds(const ExprPtr& expression, const Document* document, const Document& prelude, const FileKinds& files) {
  (void)infer_kind(expression, document, prelude, files);
}

KindPtr infer_kind(const ExprPtr& expression, const Document* document, const Document& prelude,
                   const FileKinds& files) {
  KindChecker checker(document, prelude, files);
  KindPtr kind = checker.check_expression(expression);
  checker.finish();
  // A function's kind points into the checker.
  return std::holds_alternative<FunctionKind>(kind->form) ? any_kind() : kind;
}

}  // namespace assay::notation
