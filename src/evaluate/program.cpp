#include "evaluate/program.hpp"

#include <algorithm>
#include <set>

#include "base/contract.hpp"
#include "base/error.hpp"
#include "notation/builtins.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

namespace {

using notation::Expr;
using notation::ExprPtr;

const std::unordered_map<std::string, Builtin>& builtin_table() {
  static const std::unordered_map<std::string, Builtin> table = {
      {"abs", Builtin::abs},
      {"sign", Builtin::sign},
      {"floor", Builtin::floor},
      {"ceil", Builtin::ceil},
      {"sqrt", Builtin::sqrt},
      {"exp", Builtin::exp},
      {"log", Builtin::log},
      {"sin", Builtin::sin},
      {"cos", Builtin::cos},
      {"tan", Builtin::tan},
      {"asin", Builtin::asin},
      {"acos", Builtin::acos},
      {"atan", Builtin::atan},
      {"sinh", Builtin::sinh},
      {"cosh", Builtin::cosh},
      {"tanh", Builtin::tanh},
      {"erf", Builtin::erf},
      {"gamma", Builtin::gamma},
      {"relu", Builtin::relu},
      {"max", Builtin::max},
      {"min", Builtin::min},
      {"gcd", Builtin::gcd},
      {"binomial", Builtin::binomial},
      {"factorial", Builtin::factorial},
      {"conj", Builtin::conj},
      {"re", Builtin::re},
      {"im", Builtin::im},
      {"omega", Builtin::omega},
      {"log_sum_exp", Builtin::log_sum_exp},
      {"iterate", Builtin::iterate},
      {"sum", Builtin::sum},
      {"prod", Builtin::prod},
      {"mean", Builtin::mean},
      {"argmax", Builtin::argmax},
      {"argmin", Builtin::argmin},
      {"size", Builtin::size},
      {"primes", Builtin::primes},
      {"subsets", Builtin::subsets},
      {"sample", Builtin::sample},
      {"transpose", Builtin::transpose},
      {"zeros", Builtin::zeros},
      {"ones", Builtin::ones},
      {"diag", Builtin::diag},
      {"concat", Builtin::concat},
      {"hstack", Builtin::hstack},
      {"vstack", Builtin::vstack},
      {"reshape", Builtin::reshape},
      {"shape", Builtin::shape},
      {"interval", Builtin::interval},
      {"box", Builtin::box},
      {"ball", Builtin::ball},
      {"load", Builtin::load},
      {"grad", Builtin::grad},
      {"jacobian", Builtin::jacobian},
      {"hessian", Builtin::hessian},
      {"diff", Builtin::diff},
      {"det", Builtin::det},
      {"rank", Builtin::rank},
      {"kernel", Builtin::kernel},
      {"inverse", Builtin::inverse},
      {"inertia", Builtin::inertia},
      {"eigenvalues", Builtin::eigenvalues},
      {"singular_values", Builtin::singular_values},
      {"characteristic_polynomial", Builtin::characteristic_polynomial}};
  return table;
}

void analyse(Node& node);

bool is_builtin(const Node& node, Builtin builtin) {
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
    node.text = e.generator.variable;
    child(node, e.generator.domain);
    node.system = system_of(e.condition, e.generator.variable);
  }
  /// The condition as a system of equations for the variable; null if it has no equation.
  std::unique_ptr<System> system_of(const ExprPtr& condition, const std::string& variable);
  template <class MakeBody>
  NodePtr function_of(const std::string& parameter, const ExprPtr& syntax, MakeBody make_body);

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

/// The function of one parameter whose body `make_body` resolves.
template <class MakeBody>
std::unique_ptr<Node> Resolver::function_of(const std::string& parameter, const ExprPtr& syntax, MakeBody make_body) {
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

/// The conditions whose conjunction a condition is.
void collect_conjuncts(const ExprPtr& condition, std::vector<ExprPtr>& conjuncts) {
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
bool is_transpose_of(const Expr& transposed, const Expr& x) {
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
void collect_frontier(const Node& root, const Node& node, std::vector<const Node*>& frontier, bool& complete) {
  if (node.operation == Operation::lambda || node.operation == Operation::unsupported ||
      node.operation == Operation::description) {
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
               node.operation != Operation::set_builder && node.operation != Operation::lambda &&
               node.operation != Operation::description;
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
  if (node.system)
    for (const Node* part : {node.system->equations.get(), node.system->rest.get()})
      if (part != nullptr) free.insert(part->free.begin(), part->free.end());
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

}  // namespace

std::optional<Builtin> whole_definition(const std::string& name) {
  if (name == "softmax") return Builtin::softmax;
  if (name == "gelu") return Builtin::gelu;
  if (name == "layernorm") return Builtin::layernorm;
  return std::nullopt;
}

const Builtin* find_builtin(const std::string& name) {
  const auto it = builtin_table().find(name);
  return it == builtin_table().end() ? nullptr : &it->second;
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
