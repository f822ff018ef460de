#include "kernel/claim.hpp"

#include <map>

#include "base/digest.hpp"
#include "notation/print.hpp"

namespace assay::kernel {

namespace {

using evaluate::Definition;
using evaluate::Node;
using evaluate::Operation;

/// Everything that a formula rests on: definitions by name, and files.
class Dependencies {
 public:
  void of(const Node& node) {
    if (node.operation == Operation::global) of(*node.definition);
    if (node.operation == Operation::call && node.children[0]->operation == Operation::builtin_name &&
        node.children[0]->builtin == evaluate::Builtin::load && node.children.size() == 2 &&
        node.children[1]->operation == Operation::text)
      loads.push_back({node.children[1]->text, node.where.text ? node.where.text->name() : "", node.where});
    for (const auto& child : node.children) of(*child);
    if (node.unit) of(*node.unit->body);
  }

  std::map<std::string, std::string> definitions;  ///< name → canonical text
  std::vector<Claim::Loaded> loads;

 private:
  void of(const Definition& definition) {
    if (definitions.contains(definition.name)) return;
    std::string text = "let " + definition.name + "(";
    for (std::size_t i = 0; i < definition.unit->parameters; ++i)
      text += (i > 0 ? ", " : "") + definition.unit->slot_names[i];
    definitions[definition.name] = text + ") = " + notation::print(*definition.unit->body->syntax);
    of(*definition.unit->body);
  }
};

}  // namespace

Claim::Claim(std::string id, std::string title, notation::ExprPtr formula, const evaluate::Program& program)
    : id_(std::move(id)),
      title_(std::move(title)),
      formula_(std::move(formula)),
      resolved_(program.resolve(formula_)),
      statement_(notation::print(*formula_)) {
  Dependencies dependencies;
  dependencies.of(*resolved_->body);
  std::string canonical = "assay claim 1\n" + statement_ + "\n";
  for (const auto& [name, text] : dependencies.definitions) canonical += text + "\n";
  digest_ = sha256(canonical);
  loads_ = std::move(dependencies.loads);
}

}  // namespace assay::kernel
