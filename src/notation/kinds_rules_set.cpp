#include "notation/kinds_check.hpp"
#include "notation/kinds_rules.hpp"

/// Rules of the functions of sets, of functions, and of files.
namespace assay::notation::rules {

namespace {

/// The set of integers that argument `i` must be, null if it is not known to be one.
const SetKind* set_of_integers(const RuleCall& call, std::size_t i) {
  const SetKind* set = call.set(i);
  if (set == nullptr) return nullptr;
  const std::optional<Shape> element = shape_of(set->element);
  if (element && may_be_number(*element) && element->entries != NumberSort::complex) return set;
  (void)call.reject(i, "a set of integers");
  return nullptr;
}

bool is_function(const RuleCall& call, std::size_t i) {
  if (std::holds_alternative<FunctionKind>(call.kind(i)->form)) return true;
  if (!std::holds_alternative<AnyKind>(call.kind(i)->form))
    (void)call.reject(i, "a function", "Name a function, or write one: `x -> e`.");
  return false;
}

/// Real values of the shape of `kind`, field by field for a record.
KindPtr with_real_entries(const KindPtr& kind) {
  if (const auto* record = std::get_if<RecordKind>(&kind->form)) {
    FieldKinds fields;
    for (const auto& [name, field] : record->fields) fields.emplace_back(name, with_real_entries(field));
    return record_kind(std::move(fields));
  }
  const std::optional<Shape> shape = shape_of(kind);
  if (!shape || std::holds_alternative<AnyKind>(kind->form)) return kind;
  return kind_of(Shape{shape->dimensions, NumberSort::real});
}

}  // namespace

KindPtr size(const RuleCall& call) {
  const KindPtr& kind = call.kind(0);
  if (const auto* set = std::get_if<SetKind>(&kind->form)) {
    if (!set->finite) return call.reject(0, "a finite set or a vector");
    return set->size ? constant_kind(Rational(Integer(*set->size))) : number_kind(NumberSort::integer);
  }
  if (const auto* tuple = std::get_if<TupleKind>(&kind->form))
    return constant_kind(Rational(static_cast<unsigned long>(tuple->items.size())));
  const std::optional<Shape> shape = shape_of(kind);
  if (!shape || (shape->dimensions && shape->dimensions->empty()))
    return call.reject(0, "a finite set or a vector", "The dimensions of a matrix are `shape(A)`.");
  if (shape->dimensions && shape->dimensions->size() == 1 && (*shape->dimensions)[0])
    return constant_kind(Rational(Integer(*(*shape->dimensions)[0])));
  return number_kind(NumberSort::integer);
}

KindPtr primes(const RuleCall& call) {
  (void)set_of_integers(call, 0);
  return set_kind(number_kind(NumberSort::integer));
}

KindPtr subsets(const RuleCall& call) {
  const SetKind* set = call.set(0);
  if (set != nullptr && !set->finite) return call.reject(0, "a finite set");
  const bool sized = call.count() == 2;
  if (sized && !call.integer(1)) return any_kind();
  return set_kind(
      set_kind(set != nullptr ? set->element : any_kind(), sized ? dimension_of(call.kind(1)) : std::nullopt));
}

KindPtr sample(const RuleCall& call) {
  const SetKind* set = call.set(0);
  const bool numbers = call.integer(1) && call.integer(2);
  return set != nullptr && numbers ? set_kind(set->element) : any_kind();
}

KindPtr interval(const RuleCall& call) {
  const bool ends = call.real_number(0) && call.real_number(1);
  return ends ? infinite_set_kind(number_kind(NumberSort::real)) : any_kind();
}

KindPtr box(const RuleCall& call) {
  const KindPtr low = with_real_entries(call.kind(0));
  const KindPtr high = with_real_entries(call.kind(1));
  const std::optional<Shape> low_shape = shape_of(low);
  const std::optional<Shape> high_shape = shape_of(high);
  if (!low_shape || !high_shape) {
    const bool records = !low_shape && !high_shape && std::holds_alternative<RecordKind>(low->form) &&
                         std::holds_alternative<RecordKind>(high->form);
    if (records) return infinite_set_kind(join(low, high));
    return call.reject(low_shape ? 1 : 0, "two corners: numbers, vectors or matrices");
  }
  const std::optional<Shape> common = entrywise_shape(*low_shape, *high_shape);
  if (!common) return call.reject(1, "a corner of the shape of the first (" + describe(low) + ")");
  const bool unknown = std::holds_alternative<AnyKind>(low->form) && std::holds_alternative<AnyKind>(high->form);
  return infinite_set_kind(unknown ? any_kind() : kind_of(Shape{common->dimensions, NumberSort::real}));
}

KindPtr ball(const RuleCall& call) {
  const bool is_record = std::holds_alternative<RecordKind>(call.kind(0)->form);
  if (!is_record && !shape_of(call.kind(0))) return call.reject(0, "a center: a number, vector, matrix or record");
  if (!call.real_number(1)) return any_kind();
  return infinite_set_kind(with_real_entries(call.kind(0)));
}

KindPtr iterate(const RuleCall& call) {
  const bool applicable = is_function(call, 0);
  if (!call.integer(2)) return any_kind();
  if (!applicable) return any_kind();
  if (dimension_of(call.kind(2)) == 0) return call.kind(1);
  // The kinds of x, f(x), f(f(x)), … from the point where two steps agree; no fixed point in two steps: unknown.
  KindPtr kind = without_values(call.kind(1));
  for (int step = 0; step < 2; ++step) {
    const KindPtr next = join(kind, without_values(call.context.apply(call.kind(0), {kind}, call.where)));
    if (key_of(next) == key_of(kind)) return kind;
    kind = next;
  }
  return any_kind();
}

KindPtr derivative(const RuleCall& call) {
  const bool known = is_function(call, 0);
  if (!known) return any_kind();
  const Derivative::Order order = call.builtin.name == "grad"       ? Derivative::Order::gradient
                                  : call.builtin.name == "jacobian" ? Derivative::Order::jacobian
                                                                    : Derivative::Order::hessian;
  return function_kind(std::make_shared<const Callable>(
                           Callable{code(call.builtin.name) + " of a function", Derivative{order, call.kind(0)}}),
                       call.kind(0));
}

KindPtr diff(const RuleCall& call) {
  const std::optional<Shape> value = call.numeric(0);
  const Expr* variable = call.arguments[1].expression;
  if (variable != nullptr && !std::holds_alternative<Name>(variable->node)) {
    call.context.mismatch(call.arguments[1].where, "`diff` needs the name of a variable here",
                          "Write `diff(e, x)` for the derivative of e with respect to the variable x.");
    return any_kind();
  }
  if (!call.number(1) || !value) return any_kind();
  return kind_of(Shape{value->dimensions, value->entries == NumberSort::complex ? value->entries : NumberSort::any});
}

KindPtr load(const RuleCall& call) {
  const auto* text = std::get_if<TextKind>(&call.kind(0)->form);
  if (text == nullptr) {
    if (std::holds_alternative<AnyKind>(call.kind(0)->form)) return any_kind();
    return call.reject(0, "a text", "Write the file's name in quotes: `load(\"weights/net.safetensors\")`.");
  }
  return text->value ? call.context.file_kind(*text->value, call.arguments[0].where) : any_kind();
}

}  // namespace assay::notation::rules
