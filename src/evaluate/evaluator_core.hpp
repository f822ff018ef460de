#pragma once
#include "base/contract.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/trace_arithmetic.hpp"

/// Evaluator: dispatch, placement in lane spaces, local bindings, conditions and calls.
namespace assay::evaluate {

/// Lanes below which evaluating on distinct arguments is not worth the bookkeeping.
inline constexpr std::size_t fewest_lanes_to_compress = 256;

template <class A>
Value<A> Evaluator<A>::evaluate(const Unit& unit) {
  LaneSpace root;
  Act act;
  act.slots.resize(unit.slots);
  act.serial = next_serial_++;
  return eval(*unit.body, root, act);
}

template <class A>
Value<A> Evaluator<A>::apply(const Unit& unit, std::vector<Value<A>> arguments) {
  LaneSpace root;
  Act act;
  act.slots.resize(unit.slots);
  act.serial = next_serial_++;
  const Value<A> value = eval(*unit.body, root, act);
  const FunctionValue<A>* function = value.function();
  if (function == nullptr || function->unit == nullptr)
    fail(unit.body->where, "a function is needed here, as in w -> …");
  std::vector<Placed> placed;
  for (Value<A>& argument : arguments) placed.push_back({std::move(argument), nullptr});
  return call(*function, std::move(placed), root, *unit.body, act);
}

template <class A>
Truth Evaluator<A>::decide(const Unit& unit) {
  const Value<A> value = evaluate(unit);
  return truth_of_value(value, unit.body->where).at(0);
}

/// Leaves are cheaper to evaluate where they stand than to look up.
[[nodiscard]] inline bool is_leaf(const Node& node) { return node.children.empty() && !node.unit; }

/// Comparisons, quantifiers and what is made of them by connectives.
[[nodiscard]] inline bool is_formula(const Node& node) {
  using O = Operation;
  switch (node.operation) {
    case O::comparison:
    case O::logical_not:
    case O::logical_and:
    case O::logical_or:
    case O::implies:
    case O::iff: return true;
    case O::binder: return node.kind == notation::BinderKind::forall || node.kind == notation::BinderKind::exists;
    default: return false;
  }
}

template <class A>
Value<A> Evaluator<A>::eval(const Node& node, LaneSpace& space, Act& act) {
  if (is_leaf(node)) return eval_here(node, space, act);
  Placed placed = eval_placed(node, space, act);
  return placed.space == &space ? std::move(placed.value) : pull(placed.value, placed.space, space);
}

/// Evaluates `node` in the outermost lane space that knows all its variables: what does not depend on an inner binder's
/// variable is evaluated once, outside. Nothing is moved out of an anchored space, where a condition may protect it.
template <class A>
typename Evaluator<A>::Placed Evaluator<A>::eval_placed(const Node& node, LaneSpace& space, Act& act) {
  LaneSpace* home = space.anchor();
  for (const Slot slot : node.free)
    if (act.slots[slot].space != nullptr && act.slots[slot].space->depth() > home->depth())
      home = act.slots[slot].space;
  if (home == &space) return {eval_here(node, space, act), &space};
  const LaneSpace::Key key{&node, act.serial};
  if (const std::shared_ptr<const void> known = home->cached(key))
    return {*std::static_pointer_cast<const Value<A>>(known), home};
  auto value = std::make_shared<const Value<A>>(eval_here(node, *home, act));
  home->cache(key, value);
  return {*value, home};
}

/// Like eval_placed, for variables too: the value in the lanes in which it was bound.
template <class A>
typename Evaluator<A>::Placed Evaluator<A>::eval_unmoved(const Node& node, LaneSpace& space, Act& act) {
  if (node.operation == Operation::local) return {act.slots[node.slot].value, act.slots[node.slot].space};
  if (is_leaf(node)) return {eval_here(node, space, act), &space};
  return eval_placed(node, space, act);
}

template <class A>
Value<A> Evaluator<A>::pull(const Value<A>& value, const LaneSpace* from, LaneSpace& to) {
  if (from == nullptr || from == &to || lane_count(value) == 1) return value;
  ASSAY_ENSURE(to.parent() != nullptr, "a value is used only inside the lane space it was made for");
  Value<A> outer = pull(value, from, *to.parent());
  return to.index().empty() ? outer : gather(outer, to.index());
}

template <class A>
Value<A> Evaluator<A>::local(const Node& node, LaneSpace& space, Act& act) {
  const auto& entry = act.slots[node.slot];
  if (entry.space == &space || entry.space == nullptr || lane_count(entry.value) == 1) return entry.value;
  // Bound further out: gather once for this space. A slot is bound once for each (activation, space).
  const LaneSpace::Key key{&entry, act.serial};
  if (const std::shared_ptr<const void> known = space.cached(key))
    return *std::static_pointer_cast<const Value<A>>(known);
  auto value = std::make_shared<const Value<A>>(pull(entry.value, entry.space, space));
  space.cache(key, value);
  return *value;
}

template <class A>
Value<A> Evaluator<A>::number(const Rational& q) {
  if (q.get_den() == 1 && q.get_num().fits_slong_p()) return integer_value<A>(q.get_num().get_si());
  typename A::RealArray data(1);
  typename A::Real x;
  const Status status = arithmetic_.real(x, q);
  data.set(0, std::move(x));
  return real_value<A>(std::move(data), 1, {}, LaneStatus({status}));
}

/// A part of the claim's formula itself (no call on the way to it) that does not depend on a variable is closed; once
/// its truth value is certain, the arithmetics that follow take it as it is.
template <class A>
Value<A> Evaluator<A>::eval_here(const Node& node, LaneSpace& space, Act& act) {
  if (!is_formula(node) || !space.is_root() || act.path != 0) return eval_operation(node, space, act);
  if (const auto known = session_.settled.find(&node); known != session_.settled.end())
    return truth_value<A>(known->second);
  Value<A> value = eval_operation(node, space, act);
  if (const TruthLanes* truth = value.truth(); truth != nullptr && truth->at(0) != Truth::unknown)
    session_.just_settled[&node] = truth->at(0);
  return value;
}

template <class A>
Value<A> Evaluator<A>::eval_operation(const Node& node, LaneSpace& space, Act& act) {
  using O = Operation;
  if (std::optional<Value<A>> compressed = eval_on_distinct(node, space, act)) return std::move(*compressed);
  switch (node.operation) {
    case O::number: return number(node.value);
    case O::truth: return truth_value<A>(truth_of(node.flag));
    case O::text: return {node.text};
    case O::domain: return {Domain<A>{node.text, {}, 0, {}, nullptr}};
    case O::pi:
      if constexpr (requires { arithmetic_.pi(); }) {
        typename A::RealArray data(1);
        data.set(0, arithmetic_.pi());
        return real_value<A>(std::move(data), 1);
      } else {
        return poison({Status::open});
      }
    case O::imaginary_unit: {
      typename A::ComplexArray data(1);
      typename A::Complex i;
      const Status status = arithmetic_.complex(i, arithmetic_.real(0), arithmetic_.real(1));
      data.set(0, std::move(i));
      return complex_value<A>(std::move(data), 1, {}, LaneStatus({status}));
    }
    case O::local: return local(node, space, act);
    case O::global: return global(node);
    case O::builtin_name: return {FunctionValue<A>{nullptr, &node.builtin, node.text, {}, nullptr}};
    case O::negate: return negate(numeric(eval(*node.children[0], space, act), node.where, "-"));
    case O::transpose: {
      const Value<A> operand = eval(*node.children[0], space, act);
      return transpose(numeric(operand, node.where, "'"), node.where);
    }
    case O::logical_not: {
      const TruthLanes in = truth_of_value(eval(*node.children[0], space, act), node.children[0]->where);
      std::vector<Truth> out(in.size());
      for (std::size_t i = 0; i < out.size(); ++i) out[i] = !in.at(i);
      return {truth_lanes(std::move(out))};
    }
    case O::iff:
    case O::implies:
    case O::logical_or:
    case O::logical_and: return eval_logical(node, space, act);
    case O::range: return eval_range(node, space, act);
    case O::add:
    case O::subtract:
    case O::multiply:
    case O::divide:
    case O::mod:
    case O::entrywise_multiply:
    case O::entrywise_divide:
    case O::power:
    case O::entrywise_power: return eval_binary(node, space, act);
    case O::comparison: return eval_comparison(node, space, act);
    case O::conditional: return eval_conditional(node, space, act);
    case O::with: return eval_with(node, space, act);
    case O::binder:
    case O::set_builder: return eval_binder(node, space, act);
    case O::set_literal: return eval_set_literal(node, space, act);
    case O::lambda: return eval_lambda(node, space, act);
    case O::call: return eval_call(node, space, act);
    case O::record: return eval_record(node, space, act);
    case O::index: return eval_index(node, space, act);
    case O::field: return eval_field(node, space, act);
    case O::tuple: {
      std::vector<Value<A>> items;
      for (const auto& child : node.children) items.push_back(eval(*child, space, act));
      return tuple_value<A>(std::move(items));
    }
    case O::vector:
    case O::matrix: return eval_vector(node, space, act);
    case O::description: return eval_description(node, space, act);
    case O::unsupported: throw NotSupported(node.where, "'" + node.text + "'");
  }
  ASSAY_ENSURE(false, "every operation is evaluated");
}

/// Evaluates an expensive node once for each distinct value of the integers it depends on, where that saves at least
/// half of the lanes: `L(a, b, c)` that only uses a + b − c has 337 values on (Z/113)³, not 1.4 million.
template <class A>
std::optional<Value<A>> Evaluator<A>::eval_on_distinct(const Node& node, LaneSpace& space, Act& act) {
  const std::size_t lanes = space.lanes();
  if (node.frontier.empty() || !node.frontier_complete || lanes < fewest_lanes_to_compress) return std::nullopt;
  if (node.operation == Operation::call && node.children[0]->operation == Operation::builtin_name) return std::nullopt;
  std::size_t combinations = 1;
  std::vector<std::uint32_t> code(lanes, 0);
  for (const Node* part : node.frontier) {
    const Value<A> value = eval(*part, space, act);
    if (is_uniform(value)) continue;
    const Num* x = value.numeric();
    if (x == nullptr || x->form != Form::integer || !x->is_scalar() || x->lanes != lanes) return std::nullopt;
    const auto [low, high] = std::minmax_element(x->integers->begin(), x->integers->end());
    const std::uint64_t width = static_cast<std::uint64_t>(*high) - static_cast<std::uint64_t>(*low);
    if (width >= 4 * lanes || (width + 1) * combinations > 4 * lanes) return std::nullopt;
    const std::size_t range = width + 1;
    const std::int64_t base = *low;
    for (std::size_t l = 0; l < lanes; ++l)
      code[l] = static_cast<std::uint32_t>(code[l] * range + static_cast<std::size_t>((*x->integers)[l] - base));
    // Lanes of this part that are not ok would be merged with others of the same data: leave those blocks alone.
    if (!x->status.all_ok()) return std::nullopt;
    combinations *= range;
  }
  constexpr std::uint32_t unseen = UINT32_MAX;
  std::vector<std::uint32_t> number_of(combinations, unseen);
  std::vector<std::uint32_t> representative;
  for (std::size_t l = 0; l < lanes; ++l)
    if (number_of[code[l]] == unseen) {
      number_of[code[l]] = static_cast<std::uint32_t>(representative.size());
      representative.push_back(static_cast<std::uint32_t>(l));
      if (2 * representative.size() > lanes) return std::nullopt;
    }
  for (std::uint32_t& c : code) c = number_of[c];
  const std::size_t values = representative.size();
  LaneSpace distinct(space, values, std::move(representative), true);
  const Value<A> value = eval(node, distinct, act);
  // What a function captures would outlive the lanes it was made for.
  if (has_function(value)) return std::nullopt;
  return gather(value, code);
}

template <class A>
Value<A> Evaluator<A>::global(const Node& node) {
  const Definition& definition = *node.definition;
  if (definition.is_function) return {FunctionValue<A>{definition.unit.get(), nullptr, definition.name, {}, nullptr}};
  const auto known = globals_.find(&definition);
  if (known != globals_.end()) return known->second;
  if constexpr (A::is_traced)
    if (TraceHost* host = arithmetic_.host())
      return globals_.emplace(&definition, host->definition(node)).first->second;
  if (in_progress_[&definition]) fail(node.where, "the definition of '" + definition.name + "' needs its own value");
  in_progress_[&definition] = true;
  Value<A> value = evaluate(*definition.unit);
  in_progress_[&definition] = false;
  return globals_.emplace(&definition, std::move(value)).first->second;
}

template <class A>
Value<A> Evaluator<A>::eval_with(const Node& node, LaneSpace& space, Act& act) {
  for (std::size_t i = 0; i < node.slots.size(); ++i) {
    Placed placed = eval_placed(*node.children[i], space, act);
    act.slots[node.slots[i]] = {std::move(placed.value), placed.space};
  }
  return eval(*node.children.back(), space, act);
}

template <class A>
Value<A> Evaluator<A>::eval_lambda(const Node& node, LaneSpace&, Act& act) {
  FunctionValue<A> function{node.unit.get(), nullptr, node.unit->name, {}, nullptr};
  for (const auto& [outer, inner] : node.unit->captures)
    function.captured.push_back(
        {inner, std::make_shared<const Value<A>>(act.slots[outer].value), act.slots[outer].space});
  return {std::move(function)};
}

template <class A>
Value<A> Evaluator<A>::eval_call(const Node& node, LaneSpace& space, Act& act) {
  const Node& callee = *node.children[0];
  if (callee.operation == Operation::builtin_name) return eval_builtin(node, callee.builtin, space, act);
  const Value<A> function = eval(callee, space, act);
  const FunctionValue<A>* f = function.function();
  if (f == nullptr) fail(callee.where, "this is called but is not a function");
  if (f->builtin != nullptr && !f->of) return eval_builtin(node, *f->builtin, space, act);
  std::vector<Placed> arguments;
  for (std::size_t i = 1; i < node.children.size(); ++i)
    arguments.push_back(eval_placed(*node.children[i], space, act));
  return apply_function(*f, std::move(arguments), space, node, act);
}

template <class A>
Value<A> Evaluator<A>::call(const FunctionValue<A>& function, std::vector<Placed> arguments, LaneSpace& space,
                            const Node& node, const Act& caller) {
  const Unit& unit = *function.unit;
  if (arguments.size() != unit.parameters)
    fail(node.where, "'" + unit.name + "' takes " + std::to_string(unit.parameters) + " arguments, not " +
                         std::to_string(arguments.size()));
  if (depth_ >= session_.budget.depth_limit()) throw BudgetExceeded("definitions call each other too deeply");
  session_.budget.check();
  Act act;
  act.slots.resize(unit.slots);
  act.serial = next_serial_++;
  act.path = path_through(caller.path, node);
  for (std::size_t i = 0; i < arguments.size(); ++i) act.slots[i] = {std::move(arguments[i].value), arguments[i].space};
  for (const auto& captured : function.captured) act.slots[captured.slot] = {*captured.value, captured.space};
  struct Depth {
    std::size_t& depth;
    explicit Depth(std::size_t& d) : depth(d) { ++depth; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    ~Depth() { --depth; }
  } guard(depth_);
  return eval(*unit.body, space, act);
}

template <class A>
Value<A> Evaluator<A>::eval_record(const Node& node, LaneSpace& space, Act& act) {
  RecordValue<A> out;
  for (std::size_t i = 0; i < node.children.size(); ++i)
    out.fields.emplace_back(node.names[i], eval(*node.children[i], space, act));
  return {std::make_shared<const RecordValue<A>>(std::move(out))};
}

template <class A>
Value<A> Evaluator<A>::eval_field(const Node& node, LaneSpace& space, Act& act) {
  Value<A> base = eval(*node.children[0], space, act);
  if (const StoredRecord* stored = base.stored())
    if (const auto* fields = std::get_if<files::Record>(&stored->content->content)) {
      if (const files::FileValue* field = fields->find(node.text)) return from_stored(*field, node.where);
      const std::string near = nearest_word(node.text, fields->names());
      fail(node.where, "the file has no field '" + node.text + "'", near.empty() ? "" : "Did you mean '" + near + "'?");
    }
  if (is_poison(base)) return base;
  const RecordValue<A>* record = base.record();
  if (record == nullptr) fail(node.where, "field '" + node.text + "' of something that is not a record");
  for (const auto& [name, value] : record->fields)
    if (name == node.text) return value;
  std::vector<std::string> names;
  for (const auto& [name, value] : record->fields) names.push_back(name);
  const std::string near = nearest_word(node.text, names);
  fail(node.where, "the record has no field '" + node.text + "'", near.empty() ? "" : "Did you mean '" + near + "'?");
}

template <class A>
Value<A> Evaluator<A>::eval_vector(const Node& node, LaneSpace& space, Act& act) {
  const bool is_matrix = node.operation == Operation::matrix;
  std::vector<Value<A>> items;
  for (const auto& child : node.children) {
    items.push_back(eval(*child, space, act));
    const Num& x = numeric(items.back(), child->where, "an entry");
    if (!x.is_scalar())
      fail(child->where, "an entry must be a scalar, not of shape " + describe(x.shape),
           "Use hstack or vstack to put matrices together.");
  }
  const std::size_t columns = is_matrix ? node.columns : 1;
  const Shape shape =
      is_matrix ? Shape{items.size() / std::max<std::size_t>(columns, 1), columns} : Shape{items.size()};
  if (items.empty()) return integer_value<A>(IntArray{}, shape);
  Value<A> flat = concat(items, node.where);
  std::get<Num>(flat.data).shape = shape;
  return flat;
}

}  // namespace assay::evaluate
