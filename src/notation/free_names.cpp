#include "notation/free_names.hpp"

#include <algorithm>

#include "notation/name_scope.hpp"

namespace assay::notation {

namespace {

class Collector {
 public:
  [[nodiscard]] std::vector<FreeName> take() && { return std::move(found_); }

  void visit(const ExprPtr& e, FreeName::Use use = FreeName::Use::value) {
    if (e) visit(*e, use);
  }
  void visit(const Expr& e, FreeName::Use use = FreeName::Use::value) {
    if (const Name* name = std::get_if<Name>(&e.node)) return note(*name, e.where, use);
    std::visit([this](const auto& node) { (*this)(node); }, e.node);
  }

  void operator()(const NumberLiteral&) {}
  void operator()(const TruthLiteral&) {}
  void operator()(const TextLiteral&) {}
  void operator()(const Name&) {}  // visit has its place
  void operator()(const Unary& n) {
    visit(n.operand, n.op == UnaryOp::transpose ? FreeName::Use::indexed : FreeName::Use::value);
  }
  void operator()(const Binary& n) { visit(n.left), visit(n.right); }
  void operator()(const Comparison& n) { all(n.operands); }
  void operator()(const Conditional& n) { visit(n.condition), visit(n.then_branch), visit(n.else_branch); }
  void operator()(const With& n) {
    const NameScope scope(bound_);
    for (const Binding& binding : n.bindings) {
      visit(binding.value);
      bound_.push_back(binding.name);
    }
    visit(n.body);
  }
  void operator()(const Binder& n) {
    const NameScope scope(bound_);
    bind(n.generators);
    visit(n.filter), visit(n.body);
  }
  void operator()(const SetBuilder& n) {
    const NameScope scope(bound_);
    bind(n.generators);
    visit(n.filter), visit(n.body);
  }
  void operator()(const SetLiteral& n) { all(n.items); }
  void operator()(const Lambda& n) {
    const NameScope scope(bound_);
    bound_.insert(bound_.end(), n.parameters.begin(), n.parameters.end());
    visit(n.body);
  }
  void operator()(const Call& n) {
    visit(n.callee, FreeName::Use::function);
    const Name* callee = std::get_if<Name>(&n.callee->node);
    const bool takes_function =
        callee != nullptr && (callee->name == "grad" || callee->name == "jacobian" || callee->name == "hessian");
    for (const Argument& argument : n.arguments)
      visit(argument.value, takes_function ? FreeName::Use::function : FreeName::Use::value);
  }
  void operator()(const RecordLiteral& n) {
    for (const Binding& field : n.fields) visit(field.value);
  }
  void operator()(const Index& n) {
    visit(n.base, FreeName::Use::indexed);
    all(n.items);
  }
  void operator()(const Field& n) { visit(n.base, FreeName::Use::record); }
  void operator()(const Tuple& n) { all(n.items); }
  void operator()(const VectorLiteral& n) { all(n.items); }
  void operator()(const MatrixLiteral& n) {
    for (const auto& row : n.rows) all(row);
  }
  void operator()(const Expectation& n) {
    const NameScope scope(bound_);
    for (const RandomVariable& variable : n.variables) visit(variable.distribution);
    for (const RandomVariable& variable : n.variables)
      bound_.insert(bound_.end(), variable.names.begin(), variable.names.end());
    visit(n.body);
  }
  void operator()(const DefiniteDescription& n) {
    const NameScope scope(bound_);
    bind({n.generator});
    visit(n.condition);
  }

 private:
  void all(const std::vector<ExprPtr>& items) {
    for (const ExprPtr& item : items) visit(item);
  }
  void bind(const std::vector<Generator>& generators) {
    for (const Generator& generator : generators) {
      visit(generator.domain);
      bound_.push_back(generator.variable);
    }
  }
  void note(const Name& name, const SourceRange& where, FreeName::Use use) {
    if (std::find(bound_.begin(), bound_.end(), name.name) != bound_.end()) return;
    const auto known =
        std::find_if(found_.begin(), found_.end(), [&](const FreeName& f) { return f.name == name.name; });
    if (known == found_.end())
      found_.push_back({name.name, where, use});
    else if (known->use == FreeName::Use::value)
      known->use = use;
  }

  std::vector<FreeName> found_;
  std::vector<std::string> bound_;
};

}  // namespace

std::vector<FreeName> free_names(const Expr& expression) {
  Collector collector;
  collector.visit(expression);
  return std::move(collector).take();
}

}  // namespace assay::notation
