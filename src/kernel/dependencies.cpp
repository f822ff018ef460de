#include "kernel/dependencies.hpp"

#include "notation/print.hpp"

namespace assay::kernel {

using evaluate::Definition;
using evaluate::Node;
using evaluate::Operation;

std::string Dependencies::text() const {
  std::string lines;
  for (const auto& [name, definition] : definitions_) lines += definition + "\n";
  return lines;
}

void Dependencies::add(const Node& node) {
  if (node.operation == Operation::global) add(*node.definition);
  if (node.operation == Operation::call && node.children[0]->operation == Operation::builtin_name &&
      node.children[0]->builtin == evaluate::Builtin::load && node.children.size() == 2 &&
      node.children[1]->operation == Operation::text)
    loads_.push_back({node.children[1]->text, node.where.text ? node.where.text->name() : "", node.where});
  for (const auto& child : node.children) add(*child);
  if (node.unit) add(*node.unit->body);
}

void Dependencies::add(const Definition& definition) {
  if (definitions_.contains(definition.name)) return;
  std::string text = "let " + definition.name + "(";
  for (std::size_t i = 0; i < definition.unit->parameters; ++i)
    text += (i > 0 ? ", " : "") + definition.unit->slot_names[i];
  definitions_[definition.name] = text + ") = " + notation::print(*definition.unit->body->syntax);
  add(*definition.unit->body);
}

}  // namespace assay::kernel
