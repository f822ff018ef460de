#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: values and witnesses in words.
namespace assay::evaluate {

/// The values of the generators' variables at a lane, and what the sides of the body's comparison are there.
template <class A>
Witness Evaluator<A>::witness_at(const Walk& state, LaneSpace& leaf_space, std::size_t lane) {
  Witness witness;
  LaneSpace point(leaf_space, 1, {static_cast<std::uint32_t>(lane)}, true);
  for (std::size_t g = 0; g < state.node.slots.size(); ++g) {
    const auto& entry = state.act.slots[state.node.slots[g]];
    witness.assignment.emplace_back(state.node.names[g], text(pull(entry.value, entry.space, point)));
  }
  if (state.node.has_body) {
    try {
      if (!explain_undefined(*state.node.children.back(), point, state.act, witness))
        explain(*state.node.children.back(), point, state.act, witness);
    } catch (const SplitLanes&) {
    } catch (const InputError&) {
    }
  }
  return witness;
}

/// Adds the sides of the comparison that decides `node` at a point (one lane).
template <class A>
void Evaluator<A>::explain(const Node& node, LaneSpace& space, Act& act, Witness& witness) {
  using O = Operation;
  const auto truth = [&](const Node& n) { return truth_of_value(eval(n, space, act), n.where).at(0); };
  switch (node.operation) {
    case O::comparison:
      for (const auto& child : node.children)
        if (child->operation != O::number)
          if (const Value<A> side = eval(*child, space, act); side.domain() == nullptr)
            witness.sides.emplace_back(session_.describe(*child), text(side));
      return;
    case O::logical_not: return explain(*node.children[0], space, act, witness);
    case O::logical_and:
      return explain(*node.children[truth(*node.children[0]) == Truth::true_ ? 1 : 0], space, act, witness);
    case O::implies: return explain(*node.children[1], space, act, witness);
    case O::logical_or:
    case O::iff:
      explain(*node.children[0], space, act, witness);
      return explain(*node.children[1], space, act, witness);
    case O::conditional:
      return explain(*node.children[truth(*node.children[0]) == Truth::true_ ? 1 : 2], space, act, witness);
    case O::with:
      for (std::size_t i = 0; i < node.slots.size(); ++i)
        act.slots[node.slots[i]] = {eval(*node.children[i], space, act), &space};
      return explain(*node.children.back(), space, act, witness);
    default: return;
  }
}

/// If the formula is undefined at a point, names the innermost expression that is.
template <class A>
bool Evaluator<A>::explain_undefined(const Node& node, LaneSpace& space, Act& act, Witness& witness) {
  if (status_at(eval(node, space, act), 0) != Status::undefined) return false;
  if (node.operation != Operation::binder && node.operation != Operation::with &&
      node.operation != Operation::set_builder && node.operation != Operation::conditional)
    for (const auto& child : node.children)
      if (explain_undefined(*child, space, act, witness)) return true;
  witness.sides.emplace_back(session_.describe(node), "undefined");
  if (session_.undefined_operation.empty()) {
    session_.undefined_operation = session_.describe(node);
    if (const auto reason = session_.undefined_reasons.find(&node); reason != session_.undefined_reasons.end())
      session_.undefined_operation += " (" + reason->second + ")";
    session_.undefined_at = node.where;
  }
  return true;
}

template <class A>
std::string Evaluator<A>::text(const Value<A>& value, long digits) const {
  if (const Num* x = value.numeric()) {
    if (x->status.at(0) != Status::ok) return x->status.at(0) == Status::undefined ? "undefined" : "not determined";
    const auto entry = [&](std::size_t i) -> std::string {
      if (x->form == Form::integer) return std::to_string((*x->integers)[i]);
      return x->form == Form::real ? arithmetic_.text(x->reals->get(i), digits)
                                   : arithmetic_.complex_text(x->complexes->get(i), digits);
    };
    if (x->is_scalar()) return entry(0);
    constexpr std::size_t longest = 64;
    std::string out = "[";
    for (std::size_t e = 0; e < x->entries() && e < longest; ++e) {
      const std::size_t columns = x->shape.size() > 1 ? x->shape.back() : 1;
      if (e > 0) out += x->shape.size() > 1 && e % columns == 0 ? "; " : ", ";
      out += entry(e * x->lanes);
    }
    return out + (x->entries() > longest ? ", …]" : "]");
  }
  if (const TruthLanes* truth = value.truth()) return name_of(truth->at(0));
  if (const SetLanes<A>* set = value.set()) {
    if (set->status.at(0) != Status::ok) return "not determined";
    const FiniteSet<A>& finite = set->at(0);
    if (finite.is_range && finite.size() > 8) return std::to_string(finite.first) + ".." + std::to_string(finite.last);
    std::string out = "{";
    for (std::size_t i = 0; i < finite.size() && i < 64; ++i)
      out += (i > 0 ? ", " : "") + (finite.is_range ? std::to_string(finite.first + static_cast<std::int64_t>(i))
                                                    : text(finite.items[i], digits));
    return out + (finite.size() > 64 ? ", …}" : "}");
  }
  if (const TupleValue<A>* tuple = value.tuple()) {
    std::string out = "(";
    for (std::size_t i = 0; i < tuple->items.size(); ++i) out += (i > 0 ? ", " : "") + text(tuple->items[i], digits);
    return out + ")";
  }
  if (const RecordValue<A>* record = value.record()) {
    std::string out = "record(";
    for (std::size_t i = 0; i < record->fields.size(); ++i)
      out += (i > 0 ? ", " : "") + record->fields[i].first + " = " + text(record->fields[i].second, digits);
    return out + ")";
  }
  if (const StoredRecord* stored = value.stored()) return files::description(*stored->content);
  if (const std::string* s = value.text()) return "\"" + *s + "\"";
  if (const Domain<A>* domain = value.domain())
    return domain->name == "power" ? domain->base + "^" + std::to_string(domain->dimension) : domain->name;
  if (const FunctionValue<A>* f = value.function())
    return f->unit != nullptr ? f->unit->name : f->of ? f->name + " of a function" : f->name;
  return "?";
}

}  // namespace assay::evaluate
