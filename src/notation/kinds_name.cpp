#include <algorithm>

#include "notation/kinds_check.hpp"

/// Names and definitions.
namespace assay::notation {

namespace {

/// The first occurrence of `word` as a whole word in `where`, else `where`.
SourceRange find_in(const SourceRange& where, const std::string& word) {
  if (!where.text) return where;
  const std::string_view content = where.text->content();
  const auto is_part = [content](std::size_t i) {
    return i < content.size() && (std::isalnum(static_cast<unsigned char>(content[i])) != 0 || content[i] == '_');
  };
  for (std::size_t at = content.find(word, where.begin); at < where.end; at = content.find(word, at + 1))
    if ((at == 0 || !is_part(at - 1)) && !is_part(at + word.size())) return {where.text, at, at + word.size()};
  return where;
}

std::string place_of(const SourceRange& where) {
  if (!where.text) return "";
  const Position position = where.text->position(where.begin);
  return " at " + where.text->name() + ":" + std::to_string(position.line) + ":" + std::to_string(position.column);
}

constexpr std::size_t most_call_work_in_all = 500'000;

}  // namespace

KindChecker::KindChecker(const Document* document, const Document& prelude, const FileKinds& files)
    : document_(document), prelude_(prelude), files_(files), remaining_call_work_(most_call_work_in_all) {
  // What the prelude defines has a kind rule of its own, with messages about the arguments instead of the definition;
  // its other definitions are like the document's.
  for (const Statement& statement : prelude_.statements)
    if (const auto* let = std::get_if<Let>(&statement.node); let != nullptr && find_builtin(let->name) == nullptr)
      definitions_.emplace(let->name, Definition{let, statement.where, Definition::State::fresh, nullptr});
  std::unordered_set<const Document*> seen;
  if (document_ != nullptr) define_all(*document_, seen);
}

void KindChecker::define_all(const Document& document, std::unordered_set<const Document*>& seen) {
  if (!seen.insert(&document).second) return;
  for (const DocumentPtr& import : document.imports)
    if (import) define_all(*import, seen);
  for (const Statement& statement : document.statements)
    if (std::holds_alternative<Let>(statement.node)) define(statement);
}

void KindChecker::define(const Statement& statement) {
  const Let& let = std::get<Let>(statement.node);
  const auto in_prelude = [this, &let] {
    return std::any_of(prelude_.statements.begin(), prelude_.statements.end(), [&let](const Statement& other) {
      const auto* definition = std::get_if<Let>(&other.node);
      return definition != nullptr && definition->name == let.name;
    });
  };
  const Builtin* builtin = find_builtin(let.name);
  // A document may define what the prelude it is checked with lacks; so the prelude itself can be checked.
  const bool builtin_elsewhere = builtin != nullptr && builtin->support == Support::prelude && !in_prelude();
  const bool taken = (builtin != nullptr && !builtin_elsewhere) || constant_named(let.name) || in_prelude();
  const SourceRange where = find_in(statement.where, let.name);
  if (taken) {
    report_.certain(where, code(let.name) + " is built in and cannot be redefined",
                    "Choose another name; parameters and bound variables may be called " + code(let.name) + ".");
    return;
  }
  const auto [entry, is_new] =
      definitions_.emplace(let.name, Definition{&let, statement.where, Definition::State::fresh, nullptr});
  if (!is_new && entry->second.let != &let)
    report_.certain(where, code(let.name) + " is already defined" + place_of(entry->second.where),
                    "Give each definition a name of its own.");
}

const Scope* KindChecker::bind(const Scope* outer, const std::string& name, KindPtr kind) {
  return &scopes_.emplace_back(Scope{name, std::move(kind), outer});
}

KindPtr KindChecker::lookup(const std::string& name, const Scope* scope) {
  for (; scope != nullptr; scope = scope->outer)
    if (scope->name == name) return scope->kind;
  const auto definition = definitions_.find(name);
  if (definition != definitions_.end()) return kind_of_definition(definition->second);
  const auto known = builtin_kinds_.find(name);
  if (known != builtin_kinds_.end()) return known->second;
  const Builtin* builtin = find_builtin(name);
  KindPtr kind = builtin != nullptr ? function_kind(std::make_shared<const Callable>(Callable{code(name), builtin}))
                                    : constant_named(name);
  if (kind) builtin_kinds_.emplace(name, kind);
  return kind;
}

KindPtr KindChecker::kind_of_definition(Definition& definition) {
  if (definition.state == Definition::State::done) return definition.kind;
  const Let& let = *definition.let;
  if (definition.state == Definition::State::active) {
    report_.certain(find_in(definition.where, let.name), "the value of " + code(let.name) + " depends on itself",
                    "Only a function may refer to itself: `let " + let.name + "(n) = …`.");
    return any_kind();
  }
  if (!let.parameters.empty()) {
    definition.kind = function_kind(
        std::make_shared<const Callable>(Callable{code(let.name), Closure{&let.parameters, let.body, nullptr}}));
  } else {
    definition.state = Definition::State::active;
    const KindReport::Fresh fresh(report_);
    definition.kind = evaluate(let.body, nullptr);
  }
  definition.state = Definition::State::done;
  return definition.kind;
}

void KindChecker::unknown_name(const std::string& name, const Scope* scope, const SourceRange& where) {
  constexpr std::size_t most_candidates = 5000;
  std::vector<std::string> candidates;
  for (; scope != nullptr && candidates.size() < most_candidates; scope = scope->outer)
    candidates.push_back(scope->name);
  for (const auto& [known, definition] : definitions_)
    if (candidates.size() < most_candidates) candidates.push_back(known);
  for (std::string& known : builtin_names()) candidates.push_back(std::move(known));
  const std::string near = nearest_word(name, candidates);
  report_.certain(where, "unknown name " + code(name),
                  near.empty() ? "Define it with `let`, or bind it with `forall`, `with` or as a parameter."
                               : "Did you mean " + code(near) + "?");
}

}  // namespace assay::notation
