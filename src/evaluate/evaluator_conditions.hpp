#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: truth values, what is undefined or open, and what conditions protect.
namespace assay::evaluate {

/// A value of that shape of which nothing is known, or that is undefined. If its shape or kind is not known either it
/// is a scalar, which stands for anything.
template <class A>
Value<A> Evaluator<A>::poison(std::vector<Status> statuses, const Shape& shape) {
  Value<A> out = integer_value<A>(IntArray(entry_count(shape), 0), shape, LaneStatus(std::move(statuses)));
  std::get<Num>(out.data).lanes = 1;
  return out;
}

/// Whether a value may stand for one of any kind: a scalar that is ok in no lane.
template <class A>
bool Evaluator<A>::is_poison(const Value<A>& value) {
  const Num* x = value.numeric();
  if (x == nullptr || !x->is_scalar() || x->status.all_ok()) return false;
  for (std::size_t l = 0; l < x->status.size(); ++l)
    if (x->status.at(l) == Status::ok) return false;
  return true;
}

/// Truth lanes of a value that must be a formula's. A number none of whose lanes is ok stands for any kind.
template <class A>
TruthLanes Evaluator<A>::truth_of_value(const Value<A>& value, const SourceRange& where) {
  if (const TruthLanes* truth = value.truth()) return *truth;
  const std::size_t lanes = lane_count(value);
  std::vector<Truth> out(lanes);
  for (std::size_t l = 0; l < lanes; ++l) {
    const Status status = status_at(value, l);
    if (status == Status::ok) fail(where, "a truth value is needed here", "A formula is a comparison or a quantifier.");
    out[l] = status == Status::undefined ? Truth::undefined : Truth::unknown;
  }
  return truth_lanes(std::move(out));
}

/// The value with lanes marked as not ok in addition.
template <class A>
Value<A> Evaluator<A>::with_status(const Value<A>& value, const LaneStatus& extra) {
  if (extra.all_ok()) return value;
  if (const Num* x = value.numeric()) {
    Num out = *x;
    out.status = combine(x->status, extra);
    return {std::move(out)};
  }
  if (const SetLanes<A>* x = value.set()) return {SetLanes<A>{x->sets, combine(x->status, extra)}};
  if (const TruthLanes* x = value.truth()) {
    std::vector<Truth> out(std::max(x->size(), extra.size()));
    for (std::size_t l = 0; l < out.size(); ++l)
      out[l] = extra.at(l) == Status::undefined ? Truth::undefined
               : extra.at(l) == Status::open    ? Truth::unknown
                                                : x->at(l);
    return {truth_lanes(std::move(out))};
  }
  if (const TupleValue<A>* x = value.tuple()) {
    std::vector<Value<A>> items;
    for (const auto& item : x->items) items.push_back(with_status(item, extra));
    return tuple_value<A>(std::move(items));
  }
  std::vector<Status> statuses(extra.size());
  for (std::size_t l = 0; l < statuses.size(); ++l) statuses[l] = extra.at(l);
  return poison(std::move(statuses));
}

/// The value without its marks: its data mean nothing where it was not ok.
template <class A>
Value<A> Evaluator<A>::without_status(const Value<A>& value) {
  if (const Num* x = value.numeric()) {
    Num out = *x;
    out.status = {};
    return {std::move(out)};
  }
  if (const SetLanes<A>* x = value.set()) return {SetLanes<A>{x->sets, {}}};
  if (const TupleValue<A>* x = value.tuple()) {
    std::vector<Value<A>> items;
    for (const auto& item : x->items) items.push_back(without_status(item));
    return tuple_value<A>(std::move(items));
  }
  return value;
}

template <class A>
Value<A> Evaluator<A>::eval_conditional(const Node& node, LaneSpace& space, Act& act) {
  const TruthLanes condition = truth_of_value(eval(*node.children[0], space, act), node.children[0]->where);
  const std::size_t lanes = condition.size() == 1 ? 1 : space.lanes();
  const LanesByTruth by(condition, lanes);
  if (by.yes.size() == lanes) return eval(*node.children[1], space, act);
  if (by.no.size() == lanes) return eval(*node.children[2], space, act);
  if (by.rest.size() == lanes) return poison(by.rest_status);
  std::vector<std::pair<Value<A>, std::size_t>> parts;
  std::vector<std::uint32_t> order(lanes);
  std::uint32_t next = 0;
  const auto branch = [&](const std::vector<std::uint32_t>& index, const Node& body) {
    if (index.empty()) return;
    LaneSpace part(space, index.size(), index, true);
    parts.emplace_back(eval(body, part, act), index.size());
    for (const std::uint32_t lane : index) order[lane] = next++;
  };
  branch(by.yes, *node.children[1]);
  branch(by.no, *node.children[2]);
  if (!by.rest.empty()) {
    // Lanes whose condition is not decided take any value of the right kind, marked as not ok. That it is undefined in
    // the lane it was made for says nothing about them.
    const Value<A> filler = without_status(at_lane(parts.front().first, 0));
    parts.emplace_back(with_status(filler, LaneStatus(by.rest_status)), by.rest.size());
    for (const std::uint32_t lane : by.rest) order[lane] = next++;
  }
  return gather(join(arithmetic_, parts, node.where), order);
}

template <class A>
Value<A> Evaluator<A>::eval_logical(const Node& node, LaneSpace& space, Act& act) {
  using O = Operation;
  TruthLanes left = truth_of_value(eval(*node.children[0], space, act), node.children[0]->where);
  if (node.operation == O::iff) {
    const TruthLanes right = truth_of_value(eval(*node.children[1], space, act), node.children[1]->where);
    std::vector<Truth> out(std::max(left.size(), right.size()));
    for (std::size_t l = 0; l < out.size(); ++l) {
      const Truth a = left.at(l);
      const Truth b = right.at(l);
      out[l] = a == Truth::undefined || b == Truth::undefined ? Truth::undefined
               : a == Truth::unknown || b == Truth::unknown   ? Truth::unknown
                                                              : truth_of(a == b);
    }
    return {truth_lanes(std::move(out))};
  }
  if (node.operation == O::implies) {
    std::vector<Truth> negated(left.size());
    for (std::size_t l = 0; l < negated.size(); ++l) negated[l] = !left.at(l);
    left = truth_lanes(std::move(negated));
  }
  // a or b, a implies b = (not a) or b: the right side matters where the left is false. a and b: where it is true.
  const Truth passes = node.operation == O::logical_and ? Truth::true_ : Truth::false_;
  const std::size_t lanes = left.size() == 1 ? 1 : space.lanes();
  std::vector<std::uint32_t> active;
  for (std::size_t l = 0; l < lanes; ++l)
    if (left.at(l) == passes) active.push_back(static_cast<std::uint32_t>(l));
  if constexpr (A::is_symbolic) {
    if (lanes == 1 && left.at(0) == Truth::unknown) {
      // Under the assumption that the left side does not decide, which must be certain to be defined.
      arithmetic_.assumptions().push();
      const bool sure = assume(*node.children[0], node.operation != O::logical_or, space, act);
      LaneSpace guarded(space, space.lanes(), {}, true);
      const Truth right = truth_of_value(eval(*node.children[1], guarded, act), node.children[1]->where).at(0);
      arithmetic_.assumptions().pop();
      const Truth settled = node.operation == O::logical_and ? Truth::false_ : Truth::true_;
      return truth_value<A>(sure && right == settled ? settled : Truth::unknown);
    }
  }
  if (active.empty()) return {left};
  if (active.size() == lanes) return eval(*node.children[1], space, act);
  LaneSpace part(space, active.size(), active, true);
  const TruthLanes right = truth_of_value(eval(*node.children[1], part, act), node.children[1]->where);
  std::vector<Truth> out(lanes);
  for (std::size_t l = 0; l < lanes; ++l) out[l] = left.at(l);
  for (std::size_t i = 0; i < active.size(); ++i) out[active[i]] = right.at(i);
  return {truth_lanes(std::move(out))};
}

}  // namespace assay::evaluate
