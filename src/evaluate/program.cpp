#include "evaluate/program.hpp"

#include <algorithm>
#include <set>

#include "evaluate/resolver.hpp"

namespace assay::evaluate {

namespace {

class Search {
 public:
  explicit Search(const std::function<bool(const Node&)>& property) : property_(property) {}
  bool in(const Node& node) {
    if (property_(node)) return true;
    if (std::any_of(node.children.begin(), node.children.end(), [this](const auto& child) { return in(*child); }))
      return true;
    if (node.unit && in(*node.unit->body)) return true;
    return node.operation == Operation::global && seen_.insert(node.definition).second &&
           in(*node.definition->unit->body);
  }

 private:
  const std::function<bool(const Node&)>& property_;
  std::set<const Definition*> seen_;
};

}  // namespace

bool mentions(const Unit& unit, const std::function<bool(const Node&)>& property) {
  return Search(property).in(*unit.body);
}

Program::Program(notation::DocumentPtr prelude, notation::DocumentPtr document)
    : prelude_(std::move(prelude)), document_(std::move(document)) {
  // Names first, bodies second, so that a definition may call itself and its neighbours.
  std::vector<notation::DocumentPtr> documents;
  if (prelude_) documents.push_back(prelude_);
  if (document_) {
    documents.insert(documents.end(), document_->imports.begin(), document_->imports.end());
    documents.push_back(document_);
  }
  for (const auto& each : documents) add_definitions(each);
  for (const auto& each : documents)
    for (const notation::Statement& statement : each->statements)
      if (const auto* let = std::get_if<notation::Let>(&statement.node)) {
        Definition& definition = *definitions_.at(let->name);
        if (definition.document != each) continue;
        definition.unit = std::make_unique<Unit>();
        definition.unit->name = let->name;
        definition.unit->parameters = let->parameters.size();
        Resolver resolver(*this, *definition.unit, nullptr);
        for (const std::string& parameter : let->parameters) resolver.bind(parameter);
        definition.unit->body = resolver.resolve(let->body);
        if (const std::optional<Builtin> whole = whole_definition(let->name); whole && each == prelude_)
          definition.unit->body = call_of_whole(*whole, let->parameters.size(), std::move(definition.unit->body));
      }
}

void Program::add_definitions(const notation::DocumentPtr& document) {
  for (const notation::Statement& statement : document->statements)
    if (const auto* let = std::get_if<notation::Let>(&statement.node)) {
      auto definition = std::make_unique<Definition>();
      definition->name = let->name;
      definition->is_function = !let->parameters.empty();
      definition->document = document;
      definitions_[let->name] = std::move(definition);
    }
}

std::unique_ptr<Unit> Program::resolve(const ExprPtr& expression) const {
  auto unit = std::make_unique<Unit>();
  Resolver resolver(*this, *unit, nullptr);
  unit->body = resolver.resolve(expression);
  return unit;
}

const Definition* Program::find(const std::string& name) const {
  const auto it = definitions_.find(name);
  return it == definitions_.end() ? nullptr : it->second.get();
}

}  // namespace assay::evaluate
