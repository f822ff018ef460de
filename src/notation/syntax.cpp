#include "notation/syntax.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace assay::notation {

namespace {

// ---- the parts of a node, in one place: `visit_parts(visitor, node)` calls the visitor on every child
// ----------------

template <class Visitor>
void visit_part(Visitor& visitor, const ExprPtr& child) {
  visitor(child);
}
template <class Visitor>
void visit_part(Visitor& visitor, const Binding& binding) {
  visitor(binding.value);
}
template <class Visitor>
void visit_part(Visitor& visitor, const Generator& generator) {
  visitor(generator.domain);
}
template <class Visitor>
void visit_part(Visitor& visitor, const Argument& argument) {
  visitor(argument.value);
}
template <class Visitor>
void visit_part(Visitor& visitor, const RandomVariable& variable) {
  visitor(variable.distribution);
}
template <class Visitor, class Part>
void visit_part(Visitor& visitor, const std::vector<Part>& parts) {
  for (const Part& part : parts) visit_part(visitor, part);
}
template <class Visitor, class... Parts>
void visit_all(Visitor& visitor, const Parts&... parts) {
  (visit_part(visitor, parts), ...);
}

template <class Visitor>
struct Children {
  Visitor& visitor;
  void operator()(const NumberLiteral&) const {}
  void operator()(const TruthLiteral&) const {}
  void operator()(const TextLiteral&) const {}
  void operator()(const Name&) const {}
  void operator()(const Unary& n) const { visit_all(visitor, n.operand); }
  void operator()(const Binary& n) const { visit_all(visitor, n.left, n.right); }
  void operator()(const Comparison& n) const { visit_all(visitor, n.operands); }
  void operator()(const Conditional& n) const { visit_all(visitor, n.condition, n.then_branch, n.else_branch); }
  void operator()(const With& n) const { visit_all(visitor, n.bindings, n.body); }
  void operator()(const Binder& n) const { visit_all(visitor, n.generators, n.filter, n.body); }
  void operator()(const SetBuilder& n) const { visit_all(visitor, n.body, n.generators, n.filter); }
  void operator()(const SetLiteral& n) const { visit_all(visitor, n.items); }
  void operator()(const Lambda& n) const { visit_all(visitor, n.body); }
  void operator()(const Call& n) const { visit_all(visitor, n.callee, n.arguments); }
  void operator()(const RecordLiteral& n) const { visit_all(visitor, n.fields); }
  void operator()(const Index& n) const { visit_all(visitor, n.base, n.items); }
  void operator()(const Field& n) const { visit_all(visitor, n.base); }
  void operator()(const Tuple& n) const { visit_all(visitor, n.items); }
  void operator()(const VectorLiteral& n) const { visit_all(visitor, n.items); }
  void operator()(const MatrixLiteral& n) const { visit_all(visitor, n.rows); }
  void operator()(const Expectation& n) const { visit_all(visitor, n.variables, n.body); }
  void operator()(const DefiniteDescription& n) const { visit_all(visitor, n.generator, n.condition); }
};

// ---- equality: what is not a child is compared by `same`
// ----------------------------------------------------------------

bool same(const ExprPtr& a, const ExprPtr& b) {
  if (!a || !b) return !a && !b;
  return a == b || same_structure(*a, *b);
}
bool same(const Binding& a, const Binding& b) { return a.name == b.name && same(a.value, b.value); }
bool same(const Generator& a, const Generator& b) { return a.variable == b.variable && same(a.domain, b.domain); }
bool same(const Argument& a, const Argument& b) { return a.name == b.name && same(a.value, b.value); }
bool same(const RandomVariable& a, const RandomVariable& b) {
  return a.names == b.names && same(a.distribution, b.distribution);
}
template <class Part>
bool same(const std::vector<Part>& a, const std::vector<Part>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Part& x, const Part& y) { return same(x, y); });
}

bool same(const NumberLiteral& a, const NumberLiteral& b) { return a.value == b.value; }
bool same(const TruthLiteral& a, const TruthLiteral& b) { return a.value == b.value; }
bool same(const TextLiteral& a, const TextLiteral& b) { return a.value == b.value; }
bool same(const Name& a, const Name& b) { return a.name == b.name; }
bool same(const Unary& a, const Unary& b) { return a.op == b.op && same(a.operand, b.operand); }
bool same(const Binary& a, const Binary& b) { return a.op == b.op && same(a.left, b.left) && same(a.right, b.right); }
bool same(const Comparison& a, const Comparison& b) {
  return a.relations == b.relations && same(a.operands, b.operands);
}
bool same(const Conditional& a, const Conditional& b) {
  return same(a.condition, b.condition) && same(a.then_branch, b.then_branch) && same(a.else_branch, b.else_branch);
}
bool same(const With& a, const With& b) { return same(a.bindings, b.bindings) && same(a.body, b.body); }
bool same(const Binder& a, const Binder& b) {
  return a.kind == b.kind && same(a.generators, b.generators) && same(a.filter, b.filter) && same(a.body, b.body);
}
bool same(const SetBuilder& a, const SetBuilder& b) {
  return same(a.body, b.body) && same(a.generators, b.generators) && same(a.filter, b.filter);
}
bool same(const SetLiteral& a, const SetLiteral& b) { return same(a.items, b.items); }
bool same(const Lambda& a, const Lambda& b) { return a.parameters == b.parameters && same(a.body, b.body); }
bool same(const Call& a, const Call& b) { return same(a.callee, b.callee) && same(a.arguments, b.arguments); }
bool same(const RecordLiteral& a, const RecordLiteral& b) { return same(a.fields, b.fields); }
bool same(const Index& a, const Index& b) { return same(a.base, b.base) && same(a.items, b.items); }
bool same(const Field& a, const Field& b) { return a.name == b.name && same(a.base, b.base); }
bool same(const Tuple& a, const Tuple& b) { return same(a.items, b.items); }
bool same(const VectorLiteral& a, const VectorLiteral& b) { return same(a.items, b.items); }
bool same(const MatrixLiteral& a, const MatrixLiteral& b) { return same(a.rows, b.rows); }
bool same(const Expectation& a, const Expectation& b) { return same(a.variables, b.variables) && same(a.body, b.body); }
bool same(const DefiniteDescription& a, const DefiniteDescription& b) {
  return same(a.generator, b.generator) && same(a.condition, b.condition);
}

}  // namespace

ExprPtr make_expr(Node node, SourceRange where) {
  std::uint32_t height = 0;
  auto measure = [&height](const ExprPtr& child) {
    if (child) height = std::max(height, child->height);
  };
  std::visit(Children<decltype(measure)>{measure}, node);
  return std::make_shared<const Expr>(Expr{std::move(node), std::move(where), height + 1});
}

bool same_structure(const Expr& left, const Expr& right) {
  if (left.node.index() != right.node.index()) return false;
  return std::visit(
      [&right](const auto& node) { return same(node, std::get<std::decay_t<decltype(node)>>(right.node)); }, left.node);
}

}  // namespace assay::notation
