#include <algorithm>
#include <set>

#include "notation/kinds_check.hpp"

/// Kinds of literals, names, records, indices and conditionals.
namespace assay::notation {

namespace {

/// Trees are at most `greatest_height` high; calls add to it up to this depth, which the stack of a thread can bear.
constexpr std::size_t deepest_evaluation = 1500;

bool is_any(const KindPtr& kind) { return std::holds_alternative<AnyKind>(kind->form); }

}  // namespace

/// Sends each node to its function.
struct KindChecker::Visitor {
  KindChecker& checker;
  const Expr& expression;
  const Scope* scope;

  KindPtr operator()(const NumberLiteral& node) const { return constant_kind(node.value); }
  KindPtr operator()(const TruthLiteral& node) const { return truth_kind(node.value); }
  KindPtr operator()(const TextLiteral& node) const { return text_kind(node.value); }
  KindPtr operator()(const Name& node) const { return checker.name(node, scope, expression.where); }
  KindPtr operator()(const Unary& node) const { return checker.unary(node, scope); }
  KindPtr operator()(const Binary&) const { return checker.binary(expression, scope); }
  KindPtr operator()(const Comparison& node) const { return checker.comparison(node, scope); }
  KindPtr operator()(const Conditional& node) const { return checker.conditional(node, scope); }
  KindPtr operator()(const With& node) const { return checker.with(node, scope); }
  KindPtr operator()(const Binder& node) const { return checker.binder(node, scope, expression.where); }
  KindPtr operator()(const SetBuilder& node) const { return checker.set_builder(node, scope); }
  KindPtr operator()(const SetLiteral& node) const { return checker.set_literal(node, scope); }
  KindPtr operator()(const Lambda& node) const { return checker.lambda(node, scope); }
  KindPtr operator()(const Call& node) const { return checker.call(node, scope, expression.where); }
  KindPtr operator()(const RecordLiteral& node) const { return checker.record(node, scope); }
  KindPtr operator()(const Index& node) const { return checker.index(node, scope, expression.where); }
  KindPtr operator()(const Field& node) const { return checker.field(node, scope, expression.where); }
  KindPtr operator()(const Tuple& node) const { return checker.tuple(node, scope); }
  KindPtr operator()(const VectorLiteral& node) const { return checker.vector_literal(node, scope); }
  KindPtr operator()(const MatrixLiteral& node) const { return checker.matrix_literal(node, scope); }
  KindPtr operator()(const Expectation& node) const { return checker.expectation(node, scope); }
  KindPtr operator()(const DefiniteDescription& node) const { return checker.definite_description(node, scope); }
};

KindPtr KindChecker::evaluate(const ExprPtr& expression, const Scope* scope) {
  if (report_.in_call() && !spend(1)) return any_kind();
  if (depth_ >= deepest_evaluation) return any_kind();
  ++depth_;
  KindPtr kind = std::visit(Visitor{*this, *expression, scope}, expression->node);
  --depth_;
  return kind;
}

KindPtr KindChecker::name(const Name& node, const Scope* scope, const SourceRange& where) {
  KindPtr kind = lookup(node.name, scope);
  if (kind) return kind;
  unknown_name(node.name, scope, where);
  return any_kind();
}

KindPtr KindChecker::conditional(const Conditional& node, const Scope* scope) {
  const KindPtr condition = evaluate(node.condition, scope);
  require_truth(condition, node.condition->where, "the condition of `if`");
  const auto* truth = std::get_if<TruthKind>(&condition->form);
  const std::optional<bool> known = truth != nullptr ? truth->value : std::nullopt;
  const auto branch = [this, scope, &known](const ExprPtr& expression, bool when) {
    const KindReport::Branch guarded(report_, !known);
    std::optional<KindReport::Dead> dead;
    if (known == !when) dead.emplace(report_);
    return evaluate(expression, scope);
  };
  KindPtr then_kind = branch(node.then_branch, true);
  KindPtr else_kind = branch(node.else_branch, false);
  if (known) return *known ? then_kind : else_kind;
  return join(then_kind, else_kind);
}

KindPtr KindChecker::with(const With& node, const Scope* scope) {
  for (const Binding& binding : node.bindings) scope = bind(scope, binding.name, evaluate(binding.value, scope));
  return evaluate(node.body, scope);
}

KindPtr KindChecker::set_literal(const SetLiteral& node, const Scope* scope) {
  KindPtr element;
  std::set<std::string> distinct;
  bool all_known = true;
  for (const ExprPtr& item : node.items) {
    const KindPtr kind = evaluate(item, scope);
    const auto* number = std::get_if<NumberKind>(&kind->form);
    if (number != nullptr && number->value)
      distinct.insert(number->value->get_str());
    else
      all_known = false;
    element = element ? join(element, kind) : kind;
  }
  if (!element) return set_kind(any_kind(), 0);
  return set_kind(without_values(element),
                  all_known ? Dimension(static_cast<std::int64_t>(distinct.size())) : std::nullopt);
}

KindPtr KindChecker::lambda(const Lambda& node, const Scope* scope) {
  // Checked once for itself; within calls this would repeat for each argument what is done when it is applied.
  if (!report_.in_call()) {
    const Scope* inner = scope;
    for (const std::string& parameter : node.parameters) inner = bind(inner, parameter, any_kind());
    (void)evaluate(node.body, inner);
  }
  return function_kind(
      std::make_shared<const Callable>(Callable{"this function", Closure{&node.parameters, node.body, scope}}));
}

KindPtr KindChecker::record(const RecordLiteral& node, const Scope* scope) {
  FieldKinds fields;
  for (const Binding& field : node.fields) fields.emplace_back(field.name, evaluate(field.value, scope));
  return record_kind(std::move(fields));
}

KindPtr KindChecker::field_of_record(const RecordKind& record, const std::string& name, const SourceRange& where) {
  constexpr std::size_t few = 12;
  std::vector<std::string> names;
  for (const auto& [field, kind] : record.fields) {
    if (field == name) return kind;
    names.push_back(field);
  }
  const std::string near = nearest_word(name, names);
  std::string remedy = near.empty() ? "" : "Did you mean " + code(near) + "?";
  if (near.empty() && !names.empty()) {
    remedy = "Its fields are ";
    for (std::size_t i = 0; i < names.size() && i < few; ++i) remedy += (i > 0 ? ", " : "") + names[i];
    remedy += names.size() > few ? ", …" : ".";
  }
  mismatch(where, "this record has no field " + code(name), remedy);
  return any_kind();
}

KindPtr KindChecker::field(const Field& node, const Scope* scope, const SourceRange& where) {
  const KindPtr base = evaluate(node.base, scope);
  if (is_any(base)) return any_kind();
  if (const auto* record = std::get_if<RecordKind>(&base->form)) return field_of_record(*record, node.name, where);
  mismatch(node.base->where, "only a record has fields like " + code(node.name) + ", but this is " + describe(base),
           std::holds_alternative<FunctionKind>(base->form) ? "Apply the function first." : "");
  return any_kind();
}

KindPtr KindChecker::tuple(const Tuple& node, const Scope* scope) {
  std::vector<KindPtr> items;
  for (const ExprPtr& item : node.items) items.push_back(evaluate(item, scope));
  return tuple_kind(std::move(items));
}

NumberSort KindChecker::entry(const ExprPtr& expression, const KindPtr& kind, const std::string& of) {
  const std::optional<Shape> shape = shape_of(kind);
  if (shape && may_be_number(*shape)) return shape->entries;
  const bool is_tensor = shape.has_value();
  mismatch(expression->where, "an entry of " + of + " must be a number, but this is " + describe(kind),
           is_tensor ? "Put vectors and matrices together with `concat`, `hstack` and `vstack`."
                     : "Other values are collected in a tuple, `(a, b)`, or a set, `{a, b}`.");
  return NumberSort::any;
}

KindPtr KindChecker::vector_literal(const VectorLiteral& node, const Scope* scope) {
  NumberSort entries = NumberSort::integer;
  for (const ExprPtr& item : node.items)
    entries = combine_sorts(entries, entry(item, evaluate(item, scope), "a vector"));
  return tensor_kind({static_cast<std::int64_t>(node.items.size())}, entries);
}

KindPtr KindChecker::matrix_literal(const MatrixLiteral& node, const Scope* scope) {
  NumberSort entries = NumberSort::integer;
  for (const std::vector<ExprPtr>& row : node.rows)
    for (const ExprPtr& item : row) entries = combine_sorts(entries, entry(item, evaluate(item, scope), "a matrix"));
  const std::size_t columns = node.rows.empty() ? 0 : node.rows.front().size();
  return tensor_kind({static_cast<std::int64_t>(node.rows.size()), static_cast<std::int64_t>(columns)}, entries);
}

bool KindChecker::check_index(const KindPtr& item, const SourceRange& where) {
  if (std::holds_alternative<SetKind>(item->form)) return true;
  const std::optional<Shape> shape = shape_of(item);
  if (shape && !may_be_number(*shape)) return true;  // a vector of indices
  return require_integer(item, where, "an index");
}

KindPtr KindChecker::index(const Index& node, const Scope* scope, const SourceRange& where) {
  const KindPtr base = evaluate(node.base, scope);
  std::vector<KindPtr> items;
  for (const IndexItem& item : node.items) items.push_back(item ? evaluate(item, scope) : nullptr);
  if (is_any(base)) return any_kind();
  if (const auto* record = std::get_if<RecordKind>(&base->form)) {
    const auto* text = items.size() == 1 && items[0] ? std::get_if<TextKind>(&items[0]->form) : nullptr;
    if (text != nullptr) return text->value ? field_of_record(*record, *text->value, where) : any_kind();
    mismatch(where, "a record has no entries, only fields: this is " + describe(base), "Write `w.U` or `w[\"U\"]`.");
    return any_kind();
  }
  for (std::size_t i = 0; i < items.size(); ++i)
    if (items[i] && !check_index(items[i], node.items[i]->where)) return any_kind();
  const auto* set = std::get_if<SetKind>(&base->form);
  const auto* tuple = std::get_if<TupleKind>(&base->form);
  if (set == nullptr && tuple == nullptr) return index_tensor(node, base, items, where);
  if (items.size() != 1 || !items[0]) {
    mismatch(where, describe(base) + " takes one index", "Write `S[k]` for the k-th element, from 0.");
    return any_kind();
  }
  if (set != nullptr) return std::holds_alternative<NumberKind>(items[0]->form) ? set->element : any_kind();
  const Dimension position = dimension_of(items[0]);
  return position && static_cast<std::size_t>(*position) < tuple->items.size()
             ? tuple->items[static_cast<std::size_t>(*position)]
             : any_kind();
}

KindPtr KindChecker::index_tensor(const Index& node, const KindPtr& base, const std::vector<KindPtr>& items,
                                  const SourceRange& where) {
  const std::optional<Shape> shape = shape_of(base);
  if (!shape || (shape->dimensions && shape->dimensions->empty())) {
    mismatch(node.base->where,
             "only a vector, matrix, tensor, set or tuple has an index, but this is " + describe(base),
             std::holds_alternative<FunctionKind>(base->form) ? "A function is applied with parentheses: `f(x)`." : "");
    return any_kind();
  }
  if (!shape->dimensions) return numeric_kind(shape->entries);
  const std::vector<Dimension>& dimensions = *shape->dimensions;
  if (items.size() > dimensions.size()) {
    mismatch(where, std::to_string(items.size()) + " indices are too many for " + describe(base),
             "It takes at most " + std::to_string(dimensions.size()) + ".");
    return any_kind();
  }
  std::vector<Dimension> remaining;
  for (std::size_t i = 0; i < dimensions.size(); ++i) {
    if (i >= items.size() || !items[i]) {
      remaining.push_back(dimensions[i]);
    } else if (const auto* set = std::get_if<SetKind>(&items[i]->form)) {
      remaining.push_back(set->size);
    } else {
      const std::optional<Shape> item = shape_of(items[i]);
      if (!std::holds_alternative<NumberKind>(items[i]->form) && !(item && item->dimensions))
        return numeric_kind(shape->entries);  // a number or several of them
      if (!item->dimensions->empty() && may_be_number(*item)) return numeric_kind(shape->entries);
      if (!item->dimensions->empty()) remaining.push_back(length_of(*item).value_or(std::nullopt));
    }
  }
  return tensor_kind(std::move(remaining), shape->entries);
}

}  // namespace assay::notation
