#include "notation/kinds_check.hpp"

/// Kinds of calls: of built-in functions by their rules, of definitions by evaluating their bodies.
namespace assay::notation {

namespace {

bool is_any(const KindPtr& kind) { return std::holds_alternative<AnyKind>(kind->form); }

std::string arguments_text(std::size_t count) {
  return std::to_string(count) + (count == 1 ? " argument" : " arguments");
}

std::string usage_of(const Callable& callable, const Closure& closure) {
  if (callable.name.front() != '`') return "";
  std::string usage = callable.name.substr(1, callable.name.size() - 2) + "(";
  for (std::size_t i = 0; i < closure.parameters->size(); ++i) usage += (i > 0 ? ", " : "") + (*closure.parameters)[i];
  return usage + ")";
}

/// Expressions evaluated within calls for one statement: a tree of calls can be exponentially large. What is left then
/// has an unknown kind.
constexpr std::size_t most_call_work = 50'000;

/// The number of entries of a vector, record or tuple, flattened; nullopt if it certainly is none.
std::optional<Dimension> flattened_count(const KindPtr& kind) {
  if (const auto* tuple = std::get_if<TupleKind>(&kind->form)) {
    Dimension total = 0;
    for (const KindPtr& item : tuple->items) {
      const std::optional<Dimension> count = flattened_count(item);
      if (!count) return std::nullopt;
      total = add(total, *count);
    }
    return total;
  }
  if (const auto* record = std::get_if<RecordKind>(&kind->form)) {
    Dimension total = 0;
    for (const auto& [name, field] : record->fields) {
      if (name == "__metadata__") continue;  // the texts that a file has about itself
      const std::optional<Dimension> count = flattened_count(field);
      if (!count) return std::nullopt;
      total = add(total, *count);
    }
    return total;
  }
  const std::optional<Shape> shape = shape_of(kind);
  if (!shape) return std::nullopt;
  return entry_count(*shape);
}

}  // namespace

void KindChecker::mismatch(const SourceRange& where, const std::string& message, const std::string& remedy) {
  report_.mismatch(where, message, remedy);
}

void KindChecker::wrong_constant(const SourceRange& where, const std::string& message, const std::string& remedy) {
  report_.wrong_constant(where, message, remedy);
}

bool KindChecker::spend(std::size_t work) {
  if (call_work_ + work > most_call_work || work > remaining_call_work_) return false;
  call_work_ += work;
  remaining_call_work_ -= work;
  return true;
}

KindPtr KindChecker::file_kind(const std::string& path, const SourceRange& where) {
  if (!files_) return any_kind();
  const auto [entry, is_new] = file_kinds_.emplace(path, any_kind());
  if (!is_new) return entry->second;
  try {
    if (KindPtr kind = files_(path, where)) entry->second = std::move(kind);
  } catch (const InputError& error) {
    report_.add(error, where);
  }
  return entry->second;
}

KindPtr KindChecker::call(const notation::Call& node, const Scope* scope, const SourceRange& where) {
  const KindPtr function = evaluate(node.callee, scope);
  std::vector<RuleArgument> arguments;
  std::vector<KindPtr> kinds;
  for (const Argument& argument : node.arguments) {
    arguments.push_back({evaluate(argument.value, scope), argument.value->where, argument.value.get()});
    kinds.push_back(arguments.back().kind);
    if (!argument.name.empty())
      report_.certain(argument.value->where,
                      "arguments have no names here, but this one is called " + code(argument.name),
                      "Write the arguments in order, without names.");
  }
  if (is_any(function)) return any_kind();
  const auto* known = std::get_if<FunctionKind>(&function->form);
  if (known == nullptr) {
    not_a_function(function, node.callee->where);
    return any_kind();
  }
  if (const auto* builtin = std::get_if<const Builtin*>(&known->callable->what))
    return apply_builtin(**builtin, std::move(arguments), where);
  return apply(function, kinds, where);
}

void KindChecker::not_a_function(const KindPtr& kind, const SourceRange& where) {
  const std::optional<Shape> shape = shape_of(kind);
  const bool is_number = shape && shape->dimensions && shape->dimensions->empty();
  const bool indexed = std::holds_alternative<SetKind>(kind->form) || std::holds_alternative<TupleKind>(kind->form);
  mismatch(where, "only a function can be applied, but this is " + describe(kind),
           is_number          ? "A product is written with `*`."
           : shape || indexed ? "An index is written in brackets: `v[k]`."
                              : "");
}

bool KindChecker::check_count(const std::string& callee, std::size_t minimum, std::size_t maximum, std::size_t given,
                              const std::string& usage, const SourceRange& where) {
  if (minimum <= given && given <= maximum) return true;
  std::string needed = arguments_text(minimum);
  if (maximum == any_number_of_arguments)
    needed = "at least " + needed;
  else if (maximum != minimum)
    needed = std::to_string(minimum) + " to " + arguments_text(maximum);
  mismatch(where,
           callee + " takes " + needed + ", but " + std::to_string(given) + (given == 1 ? " is given" : " are given"),
           usage.empty() ? "" : "It is used as " + code(usage) + ".");
  return false;
}

KindPtr KindChecker::apply_builtin(const Builtin& builtin, std::vector<RuleArgument> arguments,
                                   const SourceRange& where) {
  const bool fits = check_count(code(builtin.name), builtin.minimum_arguments, builtin.maximum_arguments,
                                arguments.size(), std::string(builtin.usage), where);
  return fits ? builtin.rule(RuleCall{builtin, std::move(arguments), where, *this}) : any_kind();
}

KindPtr KindChecker::apply(const KindPtr& function, const std::vector<KindPtr>& arguments, const SourceRange& where) {
  const auto* known = std::get_if<FunctionKind>(&function->form);
  if (known == nullptr) {
    if (!is_any(function)) not_a_function(function, where);
    return any_kind();
  }
  const Callable& callable = *known->callable;
  if (const auto* builtin = std::get_if<const Builtin*>(&callable.what)) {
    std::vector<RuleArgument> places;
    for (const KindPtr& kind : arguments) places.push_back({kind, where, nullptr});
    return apply_builtin(**builtin, std::move(places), where);
  }
  if (const auto* derivative = std::get_if<Derivative>(&callable.what))
    return apply_derivative(*derivative, arguments, where);
  return apply_closure(callable, std::get<Closure>(callable.what), arguments, where);
}

KindPtr KindChecker::apply_closure(const Callable& callable, const Closure& closure,
                                   const std::vector<KindPtr>& arguments, const SourceRange& where) {
  const std::size_t count = closure.parameters->size();
  if (!check_count(callable.name, count, count, arguments.size(), usage_of(callable, closure), where))
    return any_kind();
  // Recursion is cut off: whatever the inner call gives, the other branches of the definition are checked.
  if (active_bodies_.contains(closure.body.get())) return any_kind();
  constexpr std::size_t kinds_for_one_expression = 8;  // they are only compared
  std::size_t weight = 0;
  for (const KindPtr& argument : arguments) weight += argument->weight;
  if (!spend(weight / kinds_for_one_expression)) return any_kind();
  std::string key = std::to_string(reinterpret_cast<std::uintptr_t>(closure.body.get())) + ' ' +
                    std::to_string(reinterpret_cast<std::uintptr_t>(closure.scope)) + ' ';
  for (const KindPtr& argument : arguments) key += key_of(argument) + ' ';
  const auto known = results_.find(key);
  if (known != results_.end()) return known->second;
  KindPtr result = evaluate_body(callable, closure, arguments, where);
  results_.emplace(std::move(key), result);
  return result;
}

KindPtr KindChecker::evaluate_body(const Callable& callable, const Closure& closure,
                                   const std::vector<KindPtr>& arguments, const SourceRange& where) {
  const Scope* scope = closure.scope;
  for (std::size_t i = 0; i < arguments.size(); ++i) scope = bind(scope, (*closure.parameters)[i], arguments[i]);
  const KindReport::Call frame(report_, callable.name, arguments, where);
  active_bodies_.insert(closure.body.get());
  KindPtr result = evaluate(closure.body, scope);
  active_bodies_.erase(closure.body.get());
  return result;
}

KindPtr KindChecker::apply_derivative(const Derivative& derivative, const std::vector<KindPtr>& arguments,
                                      const SourceRange& where) {
  const bool is_jacobian = derivative.order == Derivative::Order::jacobian;
  const std::string name = is_jacobian                                       ? "`jacobian(F)`"
                           : derivative.order == Derivative::Order::gradient ? "`grad(f)`"
                                                                             : "`hessian(f)`";
  if (!check_count(name, 1, 1, arguments.size(), "", where)) return any_kind();
  const std::optional<Dimension> inputs = flattened_count(arguments[0]);
  if (!inputs) {
    mismatch(
        where,
        name + " is a function of a vector, or of a record or tuple of tensors, but this is " + describe(arguments[0]),
        "");
    return any_kind();
  }
  const KindPtr value = apply(derivative.function, {without_values(arguments[0])}, where);
  const std::optional<Shape> shape = shape_of(value);
  const std::optional<Dimension> outputs = flattened_count(value);
  if (is_jacobian ? !outputs : !shape || !may_be_number(*shape)) {
    mismatch(where,
             name + " needs a function whose value is " +
                 (is_jacobian ? "a vector, or a record or tuple of tensors" : "a number") + ", but its value is " +
                 describe(value),
             !is_jacobian && shape ? "The derivative of a vector is its `jacobian`." : "");
    return any_kind();
  }
  if (derivative.order == Derivative::Order::gradient) return tensor_kind({*inputs}, NumberSort::any);
  return tensor_kind({is_jacobian ? *outputs : *inputs, *inputs}, NumberSort::any);
}

}  // namespace assay::notation
