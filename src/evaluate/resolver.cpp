#include "evaluate/resolver.hpp"

#include <set>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

bool Resolver::depends(const std::string& name, const std::string& variable) {
  const auto own = [this](const std::string& what) -> std::optional<Slot> {
    for (auto it = scope_.rbegin(); it != scope_.rend(); ++it)
      if (it->first == what) return it->second;
    return std::nullopt;
  };
  const std::optional<Slot> slot = own(name);
  const bool is_captured = slot && std::any_of(unit_.captures.begin(), unit_.captures.end(),
                                               [&](const auto& capture) { return capture.second == *slot; });
  if (!slot || is_captured) return outer_ != nullptr && outer_->depends(name, variable);
  const std::optional<Slot> by = lookup(variable);
  return by && *slot != *by && depends(*slot, *by);
}

/// The conditions whose conjunction a condition is.
static void collect_conjuncts(const ExprPtr& condition, std::vector<ExprPtr>& conjuncts) {
  const auto* both = std::get_if<notation::Binary>(&condition->node);
  if (both == nullptr || both->op != notation::BinaryOp::and_) return conjuncts.push_back(condition);
  collect_conjuncts(both->left, conjuncts);
  collect_conjuncts(both->right, conjuncts);
}

std::unique_ptr<System> Resolver::system_of(const ExprPtr& condition, const std::string& variable) {
  std::vector<ExprPtr> conjuncts;
  collect_conjuncts(condition, conjuncts);
  std::vector<ExprPtr> equations;
  std::vector<ExprPtr> others;
  bool rest_protects = false;
  for (const ExprPtr& conjunct : conjuncts) {
    const auto* comparison = std::get_if<notation::Comparison>(&conjunct->node);
    const auto is_equality = [](notation::Relation r) { return r == notation::Relation::equal; };
    const bool is_equation =
        comparison != nullptr && std::all_of(comparison->relations.begin(), comparison->relations.end(), is_equality);
    rest_protects = rest_protects || (is_equation && !others.empty());
    (is_equation ? equations : others).push_back(conjunct);
  }
  if (equations.empty()) return nullptr;
  const auto new_node = [](Operation operation, const ExprPtr& syntax) {
    auto node = std::make_unique<Node>();
    node->operation = operation;
    node->where = syntax->where;
    node->syntax = syntax.get();
    return node;
  };
  auto system = std::make_unique<System>();
  system->rest_protects = rest_protects;
  system->equations = function_of(variable, condition, [&](Resolver& inner) {
    NodePtr differences = new_node(Operation::tuple, condition);
    for (const ExprPtr& equation : equations) {
      const auto& sides = std::get<notation::Comparison>(equation->node).operands;
      for (std::size_t i = 0; i + 1 < sides.size(); ++i) {
        NodePtr difference = new_node(Operation::subtract, equation);
        inner.child(*difference, sides[i]);
        inner.child(*difference, sides[i + 1]);
        analyse(*difference);
        differences->children.push_back(std::move(difference));
      }
    }
    analyse(*differences);
    return differences;
  });
  if (!others.empty())
    system->rest = function_of(variable, condition, [&](Resolver& inner) {
      NodePtr all = inner.resolve(others[0]);
      for (std::size_t i = 1; i < others.size(); ++i) {
        NodePtr both = new_node(Operation::logical_and, others[i]);
        both->children.push_back(std::move(all));
        inner.child(*both, others[i]);
        analyse(*both);
        all = std::move(both);
      }
      return all;
    });
  return system;
}

void Resolver::differentiation(Node& node, const ExprPtr& expression, const ExprPtr& variable) {
  const auto* name = std::get_if<notation::Name>(&variable->node);
  if (name == nullptr || !lookup(name->name))
    throw InputError({variable->where, "diff(e, x) differentiates by a variable",
                      "x must be the name of a bound variable, as in forall x in R: diff(x^2, x) == 2*x."});
  NodePtr function = function_of(name->name, expression, [&](Resolver& inner) { return inner.resolve(expression); });
  for (const auto& [outer, inner] : function->unit->captures)
    if (const std::string& other = function->unit->slot_names[inner]; depends(other, name->name))
      throw InputError(
          {expression->where,
           "'" + other + "' depends on '" + name->name + "' through `with`, and diff does not look into it",
           "Differentiate the whole expression, or define a function and apply it to " + name->name + "."});
  node.children.push_back(std::move(function));
  child(node, variable);
}

void Resolver::fill(Node& node, const notation::Name& e) {
  if (const std::optional<Slot> slot = lookup(e.name)) {
    node.operation = Operation::local;
    node.slot = *slot;
  } else if (const Definition* definition = program_.find(e.name)) {
    node.operation = Operation::global;
    node.definition = definition;
  } else if (e.name == "pi") {
    node.operation = Operation::pi;
  } else if (e.name == "I") {
    node.operation = Operation::imaginary_unit;
  } else if (e.name == "N" || e.name == "Z" || e.name == "Q" || e.name == "R" || e.name == "C") {
    node.operation = Operation::domain;
    node.text = e.name;
  } else if (const Builtin* builtin = find_builtin(e.name)) {
    node.operation = Operation::builtin_name;
    node.builtin = *builtin;
    node.text = e.name;
  } else {
    node.operation = Operation::unsupported;
    node.text = e.name;
  }
}

/// Whether the first expression is x' and x is written like the second: they stand in one scope, so they are the same.
static bool is_transpose_of(const Expr& transposed, const Expr& x) {
  const auto* unary = std::get_if<notation::Unary>(&transposed.node);
  return unary != nullptr && unary->op == notation::UnaryOp::transpose &&
         notation::print(*unary->operand) == notation::print(x);
}

void Resolver::fill(Node& node, const notation::Binary& e) {
  using B = notation::BinaryOp;
  static const std::map<B, Operation> table = {{B::iff, Operation::iff},
                                               {B::implies, Operation::implies},
                                               {B::or_, Operation::logical_or},
                                               {B::and_, Operation::logical_and},
                                               {B::range, Operation::range},
                                               {B::add, Operation::add},
                                               {B::subtract, Operation::subtract},
                                               {B::multiply, Operation::multiply},
                                               {B::divide, Operation::divide},
                                               {B::mod, Operation::mod},
                                               {B::entrywise_multiply, Operation::entrywise_multiply},
                                               {B::entrywise_divide, Operation::entrywise_divide},
                                               {B::power, Operation::power},
                                               {B::entrywise_power, Operation::entrywise_power}};
  node.operation = table.at(e.op);
  node.is_gram = e.op == B::multiply && (is_transpose_of(*e.left, *e.right) || is_transpose_of(*e.right, *e.left));
  child(node, e.left);
  child(node, e.right);
}

/// Collects the frontier of `root` (program.hpp) below `node`. `guarded` marks places that a condition protects: calls
/// there must not be evaluated early.
static void collect_frontier(const Node& root, const Node& node, std::vector<const Node*>& frontier, bool& complete) {
  if (node.operation == Operation::lambda || node.operation == Operation::unsupported) {
    if (!node.free.empty()) complete = false;
    return;
  }
  if (node.free.empty()) return;
  const auto outside = [&](Slot slot) { return std::binary_search(root.free.begin(), root.free.end(), slot); };
  if (&node != &root && node.cheap && std::all_of(node.free.begin(), node.free.end(), outside)) {
    frontier.push_back(&node);
    return;
  }
  for (const auto& child : node.children) collect_frontier(root, *child, frontier, complete);
}

void analyse(Node& node) {
  std::set<Slot> free;
  node.cheap = node.operation != Operation::call && node.operation != Operation::binder &&
               node.operation != Operation::set_builder && node.operation != Operation::lambda;
  if (node.operation == Operation::call && node.children[0]->operation == Operation::builtin_name)
    node.cheap = node.children[0]->builtin != Builtin::iterate && node.children[0]->builtin != Builtin::diff &&
                 !is_linear_algebra(node.children[0]->builtin);
  for (const auto& child : node.children) {
    free.insert(child->free.begin(), child->free.end());
    node.cheap = node.cheap && child->cheap;
  }
  if (node.operation == Operation::local) free.insert(node.slot);
  if (node.unit)
    for (const auto& [outer, inner] : node.unit->captures) free.insert(outer);
  for (const Slot slot : node.slots) free.erase(slot);
  node.free.assign(free.begin(), free.end());
  if (!node.cheap && (node.operation == Operation::call || node.operation == Operation::binder)) {
    node.frontier_complete = true;
    collect_frontier(node, node, node.frontier, node.frontier_complete);
  }
}

std::unique_ptr<Node> Resolver::resolve(const ExprPtr& expr) {
  auto node = std::make_unique<Node>();
  node->where = expr->where;
  node->syntax = expr.get();
  std::visit([&](const auto& alternative) { fill(*node, alternative); }, expr->node);
  analyse(*node);
  return node;
}

/// The body of a definition that some arithmetics evaluate as a whole (program.hpp).
std::unique_ptr<Node> call_of_whole(Builtin builtin, std::size_t parameters, std::unique_ptr<Node> body) {
  const auto node_for = [&](Operation operation) {
    auto node = std::make_unique<Node>();
    node->operation = operation;
    node->where = body->where;
    node->syntax = body->syntax;
    return node;
  };
  auto call = node_for(Operation::call);
  call->children.push_back(node_for(Operation::builtin_name));
  call->children[0]->builtin = builtin;
  for (std::size_t i = 0; i < parameters; ++i) {
    call->children.push_back(node_for(Operation::local));
    call->children.back()->slot = static_cast<Slot>(i);
  }
  for (const auto& child : call->children) analyse(*child);
  call->children.push_back(std::move(body));
  analyse(*call);
  return call;
}

}  // namespace assay::evaluate
