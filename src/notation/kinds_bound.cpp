#include "notation/kinds_bound.hpp"

namespace assay::notation {

namespace {

/// Visits one node: notes the names it binds, and the expressions below it that are still to be visited.
struct Visit {
  std::set<std::string>& names;
  std::vector<const Expr*>& pending;

  void later(const ExprPtr& expression) const {
    if (expression) pending.push_back(expression.get());
  }
  void later(const std::vector<ExprPtr>& expressions) const {
    for (const ExprPtr& expression : expressions) later(expression);
  }
  void later(const std::vector<Generator>& generators) const {
    for (const Generator& generator : generators) later(generator);
  }
  void later(const Generator& generator) const {
    names.insert(generator.variable);
    later(generator.domain);
  }

  void operator()(const NumberLiteral&) const {}
  void operator()(const TruthLiteral&) const {}
  void operator()(const TextLiteral&) const {}
  void operator()(const Name&) const {}
  void operator()(const Unary& node) const { later(node.operand); }
  void operator()(const Binary& node) const {
    later(node.left);
    later(node.right);
  }
  void operator()(const Comparison& node) const { later(node.operands); }
  void operator()(const Conditional& node) const {
    later(node.condition);
    later(node.then_branch);
    later(node.else_branch);
  }
  void operator()(const With& node) const {
    for (const Binding& binding : node.bindings) {
      names.insert(binding.name);
      later(binding.value);
    }
    later(node.body);
  }
  void operator()(const Binder& node) const {
    later(node.generators);
    later(node.filter);
    later(node.body);
  }
  void operator()(const SetBuilder& node) const {
    later(node.generators);
    later(node.filter);
    later(node.body);
  }
  void operator()(const SetLiteral& node) const { later(node.items); }
  void operator()(const Lambda& node) const {
    names.insert(node.parameters.begin(), node.parameters.end());
    later(node.body);
  }
  void operator()(const Call& node) const {
    later(node.callee);
    for (const Argument& argument : node.arguments) later(argument.value);
  }
  void operator()(const RecordLiteral& node) const {
    for (const Binding& field : node.fields) later(field.value);
  }
  void operator()(const Index& node) const {
    later(node.base);
    later(node.items);
  }
  void operator()(const Field& node) const { later(node.base); }
  void operator()(const Tuple& node) const { later(node.items); }
  void operator()(const VectorLiteral& node) const { later(node.items); }
  void operator()(const MatrixLiteral& node) const {
    for (const std::vector<ExprPtr>& row : node.rows) later(row);
  }
  void operator()(const Expectation& node) const {
    for (const RandomVariable& variable : node.variables) {
      names.insert(variable.names.begin(), variable.names.end());
      later(variable.distribution);
    }
    later(node.body);
  }
  void operator()(const DefiniteDescription& node) const {
    later(node.generator);
    later(node.condition);
  }
};

}  // namespace

std::set<std::string> bound_names(const ExprPtr& expression) {
  std::set<std::string> names;
  std::vector<const Expr*> pending = {expression.get()};
  while (!pending.empty()) {
    const Expr* next = pending.back();
    pending.pop_back();
    std::visit(Visit{names, pending}, next->node);
  }
  return names;
}

}  // namespace assay::notation
