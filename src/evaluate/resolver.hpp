#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "evaluate/program.hpp"

/// From syntax trees to resolved expressions: names become slots, and what an expression depends on is found. Used by
/// Program only.
namespace assay::evaluate {

using notation::Expr;
using notation::ExprPtr;

/// Finds the free variables of a node whose children are known, whether it is cheap, and its frontier (program.hpp).
void analyse(Node& node);

[[nodiscard]] inline bool is_builtin(const Node& node, Builtin builtin) {
  return node.operation == Operation::builtin_name && node.builtin == builtin;
}

/// Resolves the names of one unit. Scopes are a stack of (name, slot); a lambda gets a resolver of its own whose
/// `outer_` is this one.
class Resolver {
 public:
  Resolver(const Program& program, Unit& unit, Resolver* outer) : program_(program), unit_(unit), outer_(outer) {}

  Slot bind(const std::string& name) {
    const Slot slot = static_cast<Slot>(unit_.slots++);
    unit_.slot_names.push_back(name);
    scope_.emplace_back(name, slot);
    return slot;
  }

  std::unique_ptr<Node> resolve(const ExprPtr& expr);

 private:
  using NodePtr = std::unique_ptr<Node>;

  std::optional<Slot> lookup(const std::string& name) {
    for (auto it = scope_.rbegin(); it != scope_.rend(); ++it)
      if (it->first == name) return it->second;
    if (outer_ == nullptr) return std::nullopt;
    const std::optional<Slot> captured = outer_->lookup(name);
    if (!captured) return std::nullopt;
    const Slot slot = static_cast<Slot>(unit_.slots++);
    unit_.slot_names.push_back(name);
    scope_.insert(scope_.begin(), {name, slot});
    unit_.captures.emplace_back(*captured, slot);
    return slot;
  }

  void child(Node& node, const ExprPtr& expr) { node.children.push_back(resolve(expr)); }

  void generators(Node& node, const std::vector<notation::Generator>& list) {
    for (const notation::Generator& generator : list) {
      child(node, generator.domain);
      node.slots.push_back(bind(generator.variable));
      node.names.push_back(generator.variable);
    }
  }

  void fill(Node& node, const notation::NumberLiteral& e) {
    node.operation = Operation::number;
    node.value = e.value;
  }
  void fill(Node& node, const notation::TruthLiteral& e) {
    node.operation = Operation::truth;
    node.flag = e.value;
  }
  void fill(Node& node, const notation::TextLiteral& e) {
    node.operation = Operation::text;
    node.text = e.value;
  }
  void fill(Node& node, const notation::Name& e);
  void fill(Node& node, const notation::Unary& e) {
    node.operation = e.op == notation::UnaryOp::negate ? Operation::negate
                     : e.op == notation::UnaryOp::not_ ? Operation::logical_not
                                                       : Operation::transpose;
    child(node, e.operand);
  }
  void fill(Node& node, const notation::Binary& e);
  void fill(Node& node, const notation::Comparison& e) {
    node.operation = Operation::comparison;
    node.relations = e.relations;
    for (const ExprPtr& operand : e.operands) child(node, operand);
  }
  void fill(Node& node, const notation::Conditional& e) {
    node.operation = Operation::conditional;
    child(node, e.condition);
    child(node, e.then_branch);
    child(node, e.else_branch);
  }
  void fill(Node& node, const notation::With& e) {
    node.operation = Operation::with;
    for (const notation::Binding& binding : e.bindings) {
      child(node, binding.value);
      node.slots.push_back(bind(binding.name));
      node.names.push_back(binding.name);
      reads_[node.slots.back()] = node.children.back()->free;
    }
    child(node, e.body);
    leave(node.slots.size());
  }
  void fill(Node& node, const notation::Binder& e) {
    node.operation = e.kind == notation::BinderKind::integral ? Operation::unsupported : Operation::binder;
    node.text = "integral";
    node.kind = e.kind;
    if (e.kind == notation::BinderKind::exists && e.generators.size() == 1 && !e.filter)
      node.system = system_of(e.body, e.generators[0].variable);
    generators(node, e.generators);
    finish_binder(node, e.filter, e.body);
  }
  void fill(Node& node, const notation::SetBuilder& e) {
    node.operation = Operation::set_builder;
    generators(node, e.generators);
    finish_binder(node, e.filter, e.body);
  }
  void finish_binder(Node& node, const ExprPtr& filter, const ExprPtr& body) {
    node.has_filter = filter != nullptr;
    node.has_body = body != nullptr;
    if (filter) child(node, filter);
    if (body) child(node, body);
    leave(node.slots.size());
  }
  void fill(Node& node, const notation::SetLiteral& e) {
    node.operation = Operation::set_literal;
    for (const ExprPtr& item : e.items) child(node, item);
  }
  void fill(Node& node, const notation::Lambda& e) {
    node.operation = Operation::lambda;
    node.unit = std::make_unique<Unit>();
    node.unit->name = "function";
    node.unit->parameters = e.parameters.size();
    Resolver inner(program_, *node.unit, this);
    for (const std::string& parameter : e.parameters) inner.bind(parameter);
    node.unit->body = inner.resolve(e.body);
  }
  void fill(Node& node, const notation::Call& e) {
    node.operation = Operation::call;
    child(node, e.callee);
    if (is_builtin(*node.children[0], Builtin::diff) && e.arguments.size() == 2)
      return differentiation(node, e.arguments[0].value, e.arguments[1].value);
    for (const notation::Argument& argument : e.arguments) child(node, argument.value);
  }
  /// diff(e, x): the arguments become the function x -> e and x.
  void differentiation(Node& node, const ExprPtr& expression, const ExprPtr& variable);
  void fill(Node& node, const notation::RecordLiteral& e) {
    node.operation = Operation::record;
    for (const notation::Binding& field : e.fields) {
      child(node, field.value);
      node.names.push_back(field.name);
    }
  }
  void fill(Node& node, const notation::Index& e) {
    node.operation = Operation::index;
    child(node, e.base);
    for (const notation::IndexItem& item : e.items) {
      node.index_given.push_back(item != nullptr);
      if (item) child(node, item);
    }
  }
  void fill(Node& node, const notation::Field& e) {
    node.operation = Operation::field;
    node.text = e.name;
    child(node, e.base);
  }
  void fill(Node& node, const notation::Tuple& e) {
    node.operation = Operation::tuple;
    for (const ExprPtr& item : e.items) child(node, item);
  }
  void fill(Node& node, const notation::VectorLiteral& e) {
    node.operation = Operation::vector;
    for (const ExprPtr& item : e.items) child(node, item);
  }
  void fill(Node& node, const notation::MatrixLiteral& e) {
    node.operation = Operation::matrix;
    node.columns = e.rows.empty() ? 0 : e.rows.front().size();
    for (const auto& row : e.rows)
      for (const ExprPtr& item : row) child(node, item);
  }
  void fill(Node& node, const notation::Expectation&) {
    node.operation = Operation::unsupported;
    node.text = "expect";
  }
  void fill(Node& node, const notation::DefiniteDescription& e) {
    node.operation = Operation::description;
    child(node, e.generator.domain);
    node.children.push_back(
        function_of(e.generator.variable, e.condition, [&](Resolver& inner) { return inner.resolve(e.condition); }));
    node.system = system_of(e.condition, e.generator.variable);
  }
  /// The condition as a system of equations for the variable; null if it has no equation.
  std::unique_ptr<System> system_of(const ExprPtr& condition, const std::string& variable);
  /// The function of one parameter whose body `make_body` resolves.
  template <class MakeBody>
  NodePtr function_of(const std::string& parameter, const ExprPtr& syntax, MakeBody make_body) {
    auto function = std::make_unique<Node>();
    function->where = syntax->where;
    function->syntax = syntax.get();
    function->operation = Operation::lambda;
    function->unit = std::make_unique<Unit>();
    function->unit->name = "function";
    function->unit->parameters = 1;
    Resolver inner(program_, *function->unit, this);
    inner.bind(parameter);
    function->unit->body = make_body(inner);
    analyse(*function);
    return function;
  }

  /// Whether the value that `with` gave to the name is made of the variable.
  bool depends(const std::string& name, const std::string& variable);
  bool depends(Slot slot, Slot variable) const {
    if (slot == variable) return true;
    const auto known = reads_.find(slot);
    if (known == reads_.end()) return false;
    const std::vector<Slot>& reads = known->second;
    return std::any_of(reads.begin(), reads.end(), [&](Slot s) { return depends(s, variable); });
  }

  /// Removes the last `count` names from the scope; captured names may have been put in front meanwhile.
  void leave(std::size_t count) { scope_.resize(scope_.size() - count); }

  const Program& program_;
  Unit& unit_;
  Resolver* outer_;
  std::vector<std::pair<std::string, Slot>> scope_;
  std::map<Slot, std::vector<Slot>> reads_;  ///< of names bound by `with`: the slots that their values read
};

/// The body of a definition that some arithmetics evaluate as a whole (program.hpp).
[[nodiscard]] std::unique_ptr<Node> call_of_whole(Builtin builtin, std::size_t parameters, std::unique_ptr<Node> body);

}  // namespace assay::evaluate
