#pragma once
#include <array>
#include <numeric>

#include "evaluate/reducer_collection.hpp"
#include "evaluate/reducer_extremum.hpp"
#include "evaluate/reducer_sum.hpp"
#include "evaluate/reducer_truth.hpp"
#include "evaluate/sample.hpp"

/// Evaluator: the expansion of binders into lanes.
namespace assay::evaluate {

/// 0, …, n−1 in two halves.
[[nodiscard]] inline std::array<std::vector<std::uint32_t>, 2> halves(std::size_t n) {
  std::array<std::vector<std::uint32_t>, 2> out{std::vector<std::uint32_t>(n / 2),
                                                std::vector<std::uint32_t>(n - n / 2)};
  std::iota(out[0].begin(), out[0].end(), 0U);
  std::iota(out[1].begin(), out[1].end(), static_cast<std::uint32_t>(n / 2));
  return out;
}

template <class A>
std::unique_ptr<Reducer<A>> Evaluator<A>::reducer_for(const Node& node, LaneSpace& base, Act& act) {
  using K = notation::BinderKind;
  const std::size_t lanes = base.lanes();
  if (node.operation == Operation::set_builder) return std::make_unique<SetReducer<A>>(*this, node, lanes);
  const BinderKey key{&node, act.path};
  bool tracked = base.is_root() && (node.kind == K::forall || node.kind == K::exists || node.kind == K::max ||
                                    node.kind == K::min || node.kind == K::argmax || node.kind == K::argmin);
  if (tracked && (++uses_[key] > 1 || session_.ambiguous.contains(key))) {
    session_.ambiguous.insert(key);
    tracked = false;
  }
  switch (node.kind) {
    case K::forall:
    case K::exists: return std::make_unique<TruthReducer<A>>(*this, node, lanes, tracked, key);
    case K::sum:
    case K::prod:
    case K::mean: return std::make_unique<SumReducer<A>>(*this, node, lanes);
    case K::count: return std::make_unique<CountReducer<A>>(*this, node, lanes);
    case K::max:
    case K::min:
    case K::argmax:
    case K::argmin: return std::make_unique<ExtremumReducer<A>>(*this, node, lanes, tracked, key);
    case K::vector:
    case K::matrix: return std::make_unique<VectorReducer<A>>(*this, node, lanes);
    case K::integral: break;
  }
  throw NotSupported(node.where, "this binder");
}

template <class A>
Value<A> Evaluator<A>::eval_binder(const Node& node, LaneSpace& space, Act& act) {
  if (space.is_root() && !session_.stand_ins.empty())
    if (const auto it = session_.stand_ins.find({&node, act.path}); it != session_.stand_ins.end())
      return stand_in(it->second);
  if (!node.system) return eval_instances(node, space, act);
  std::vector<Truth> truths = solvable(node, space, act);
  if (std::find(truths.begin(), truths.end(), Truth::unknown) != truths.end()) {
    // What equations do not tell, single instances may.
    const Value<A> by_instances = eval_instances(node, space, act);
    const TruthLanes others = truth_of_value(by_instances, node.where);
    if (others.size() > truths.size()) truths.assign(others.size(), Truth::unknown);
    for (std::size_t l = 0; l < truths.size(); ++l)
      if (truths[l] == Truth::unknown) truths[l] = others.at(l);
  }
  return {TruthLanes{std::make_shared<const std::vector<Truth>>(std::move(truths))}};
}

/// A binder, instance by instance.
template <class A>
Value<A> Evaluator<A>::eval_instances(const Node& node, LaneSpace& space, Act& act) {
  const std::unique_ptr<Reducer<A>> reducer = reducer_for(node, space, act);
  Walk state{node, space, act, *reducer, {}, nullptr};
  if (space.is_root() && !session_.ambiguous.contains({&node, act.path})) {
    const auto known = session_.open.find({&node, act.path});
    if (known != session_.open.end()) state.restriction = &known->second;
  }
  if (&node == session_.outermost && session_.instances.taken != nullptr) state.restriction = session_.instances.taken;
  if (&node == session_.outermost && space.is_root()) state.slice = session_.slice;
  if (state.restriction != nullptr) {
    const OpenPoints& points = *state.restriction;
    walk_points(
        state, state.slice.first(points.size()), state.slice.last(points.size()),
        [&](std::size_t point, std::size_t generator) { return points.flat[point * points.generators + generator]; });
  } else {
    walk(state, space, true);
  }
  return reducer->finish();
}

template <class A>
void Evaluator<A>::visit(const Unit& unit, const OpenPoints* points, Reducer<A>& reducer) {
  LaneSpace root;
  Act act;
  act.slots.resize(unit.slots);
  act.serial = next_serial_++;
  Walk state{*unit.body, root, act, reducer, {}, points};
  state.without_filter = points != nullptr;
  if (points == nullptr || unit.body->slots.empty()) return walk(state, root, true);
  walk_points(state, 0, points->size(), [points](std::size_t point, std::size_t generator) {
    return points->flat[point * points->generators + generator];
  });
}

template <class A>
Value<A> Evaluator<A>::stand_in(const StandIn& what) {
  if (what.is_formula) return truth_value<A>(what.truth);
  if (what.number) return number(*what.number);
  if constexpr (requires(typename A::Real x) { arithmetic_.between(x, Rational(), Rational()); })
    if (what.between) {
      typename A::RealArray data(1);
      typename A::Real x;
      const Status status = arithmetic_.between(x, what.between->first, what.between->second);
      data.set(0, std::move(x));
      return real_value<A>(std::move(data), 1, {}, LaneStatus({status}));
    }
  return poison({what.truth == Truth::undefined ? Status::undefined : Status::open});
}

template <class A>
void Evaluator<A>::bind(Walk& state, Value<A> value, Level level) {
  const std::size_t generator = state.levels.size();
  state.act.slots[state.node.slots[generator]] = {std::move(value), level.space};
  state.levels.push_back(std::move(level));
}

/// The lane of `base` that each lane of `leaf` belongs to.
template <class A>
std::vector<std::uint32_t> Evaluator<A>::origins(const LaneSpace& leaf, const LaneSpace& base) const {
  std::vector<std::uint32_t> out(leaf.lanes());
  if (base.lanes() == 1) return out;
  for (std::size_t l = 0; l < out.size(); ++l) out[l] = static_cast<std::uint32_t>(l);
  for (const LaneSpace* s = &leaf; s != &base; s = s->parent())
    if (!s->index().empty() || s->parent()->lanes() == 1)
      for (std::uint32_t& lane : out) lane = s->origin(lane);
  return out;
}

/// The positions of the generators' values in a lane of `leaf`.
template <class A>
Positions Evaluator<A>::trace(const Walk& state, const LaneSpace& leaf, std::size_t lane) const {
  Positions out(state.levels.size());
  std::size_t level = state.levels.size();
  for (const LaneSpace* s = &leaf; s != &state.base; s = s->parent()) {
    if (level > 0 && s == state.levels[level - 1].space) {
      --level;
      out[level] = state.levels[level].at(lane);
    }
    lane = s->origin(lane);
  }
  return out;
}

/// @param one_lane_per_origin  no lane of the base has been expanded into several so far.
template <class A>
void Evaluator<A>::walk(Walk& state, LaneSpace& space, bool one_lane_per_origin) {
  const std::size_t generator = state.levels.size();
  if (generator == state.node.slots.size()) return leaf(state, space);
  Value<A> domain;
  try {
    if (state.survey != nullptr && generator == state.survey->listed) return survey(state, space);
    domain = eval(*state.node.children[generator], space, state.act);
  } catch (const SplitLanes& request) {
    if (!split_domain(state, space, one_lane_per_origin, request)) throw;
    return;
  }
  if (const Domain<A>* infinite = domain.domain()) {
    session_.met_infinite_domain = true;
    if constexpr (A::is_symbolic) return walk_symbolically(state, space, *infinite);
    state.reducer.incomplete();
    domain = {candidates(*infinite, space.lanes(), state.node.children[generator]->where)};
  }
  const SetLanes<A> set = set_of(domain, state.node.children[generator]->where);
  if (!set.status.all_ok()) {
    const std::vector<std::uint32_t> origin = origins(space, state.base);
    for (std::size_t l = 0; l < space.lanes(); ++l)
      if (set.status.at(l) != Status::ok) state.reducer.not_ok(origin[l], set.status.at(l));
  }
  if (generator == 0) state.reducer.first_domain(set);
  constexpr std::size_t enough_lanes = A::block_lanes / 8;
  if (generator == 0 && state.slice.count > 1)
    walk_slice(state, space, set);
  else if (one_lane_per_origin && space.lanes() >= enough_lanes && set.sets.size() == 1)
    walk_serially(state, space, set);
  else
    walk_grouped(state, space, set);
}

/// Walks on in two halves of the lanes, in which a set could not be evaluated together. Not for the first generator:
/// its reducer wants the sets of all lanes, and whoever made those lanes splits them.
template <class A>
bool Evaluator<A>::split_domain(Walk& state, LaneSpace& space, bool one_lane_per_origin, const SplitLanes& request) {
  if (space.lanes() == 1 && state.base.lanes() == 1)
    fail(request.where, request.why, "The values must have one shape and kind.");
  if (space.lanes() == 1 || &space == &state.base) return false;
  for (const std::vector<std::uint32_t>& half : halves(space.lanes())) {
    LaneSpace part(space, half.size(), half, true);
    walk(state, part, one_lane_per_origin);
  }
  return true;
}

/// One element after the other, each for all lanes: for many lanes and a set that is the same in all of them.
template <class A>
void Evaluator<A>::walk_serially(Walk& state, LaneSpace& space, const SetLanes<A>& set) {
  for (std::size_t k = 0; k < set.at(0).size() && !state.reducer.done(); ++k) {
    LaneSpace child(space, space.lanes(), {}, false);
    bind(state, element(set.at(0), k), {&child, {}, static_cast<std::uint32_t>(k)});
    walk(state, child, true);
    state.levels.pop_back();
  }
}

/// Lanes [first_lane, last_lane), each with the elements at positions [first_position, last_position) of its set.
template <class A>
bool Evaluator<A>::expand_chunk(Walk& state, LaneSpace& space, const SetLanes<A>& set, std::size_t first_lane,
                                std::size_t last_lane, std::size_t first_position, std::size_t last_position) {
  std::vector<std::uint32_t> parent;
  std::vector<std::uint32_t> position;
  for (std::size_t l = first_lane; l < last_lane; ++l) {
    if (set.status.at(l) != Status::ok) continue;
    const std::size_t end = std::min(last_position, set.at(l).size());
    for (std::size_t k = first_position; k < end; ++k) {
      parent.push_back(static_cast<std::uint32_t>(l));
      position.push_back(static_cast<std::uint32_t>(k));
    }
  }
  return parent.empty() || expand(state, space, set, std::move(parent), std::move(position));
}

/// A new lane for each of these lanes, with the element at that position of its set; fewer at a time if the elements do
/// not fit into one value, as texts do not, or tuples of different sizes.
template <class A>
bool Evaluator<A>::expand(Walk& state, LaneSpace& space, const SetLanes<A>& set, std::vector<std::uint32_t> parent,
                          std::vector<std::uint32_t> position) {
  const std::size_t lanes = parent.size();
  std::optional<Value<A>> values;
  try {
    values = elements(set, parent, position, state.node.where);
  } catch (const SplitLanes& request) {
    if (lanes == 1) fail(request.where, request.why, "The values must have one shape and kind.");
  }
  if (!values) {
    const auto chosen = [](const std::vector<std::uint32_t>& all, std::vector<std::uint32_t> index) {
      for (std::uint32_t& i : index) i = all[i];
      return index;
    };
    for (const std::vector<std::uint32_t>& half : halves(lanes))
      if (!expand(state, space, set, chosen(parent, half), chosen(position, half))) return false;
    return true;
  }
  LaneSpace child(space, lanes, std::move(parent), false);
  bind(state, *std::move(values), {&child, std::move(position), 0});
  walk(state, child, false);
  state.levels.pop_back();
  return !state.reducer.done();
}

/// The slice of the first generator's set (one lane), cut into blocks.
template <class A>
void Evaluator<A>::walk_slice(Walk& state, LaneSpace& space, const SetLanes<A>& set) {
  const std::size_t size = set.at(0).size();
  const std::size_t last = state.slice.last(size);
  for (std::size_t k = state.slice.first(size); k < last; k += A::block_lanes)
    if (!expand_chunk(state, space, set, 0, 1, k, std::min(last, k + A::block_lanes))) return;
}

/// Consecutive lanes together, each with all elements of its set, up to the size of a block; the set of a single lane
/// that is too large is cut. Instances come in lexicographic order.
template <class A>
void Evaluator<A>::walk_grouped(Walk& state, LaneSpace& space, const SetLanes<A>& set) {
  constexpr std::size_t block = A::block_lanes;
  const std::size_t lanes = space.lanes();
  for (std::size_t first = 0; first < lanes;) {
    std::size_t total = set.at(first).size();
    if (total > block) {
      for (std::size_t k = 0; k < total; k += block)
        if (!expand_chunk(state, space, set, first, first + 1, k, k + block)) return;
      ++first;
      continue;
    }
    std::size_t last = first + 1;
    while (last < lanes && total + set.at(last).size() <= block) total += set.at(last++).size();
    if (!expand_chunk(state, space, set, first, last, 0, block)) return;
    first = last;
  }
}

/// Only the given points [first, last): those that an earlier arithmetic left open, or drawn ones.
/// `position_of(point, generator)` is the position of the generator's value in its set.
template <class A>
template <class PositionOf>
void Evaluator<A>::walk_points(Walk& state, std::size_t first, std::size_t last, PositionOf position_of) {
  for (; first < last && !state.reducer.done(); first += A::block_lanes)
    walk_block(state, first, std::min(A::block_lanes, last - first), position_of);
}

template <class A>
template <class PositionOf>
void Evaluator<A>::walk_block(Walk& state, std::size_t first, std::size_t lanes, PositionOf position_of) {
  std::vector<std::unique_ptr<LaneSpace>> spaces;
  LaneSpace* space = &state.base;
  state.first_point = first;
  try {
    for (std::size_t g = 0; g < state.node.slots.size(); ++g) {
      std::vector<std::uint32_t> position(lanes);
      for (std::size_t l = 0; l < lanes; ++l) position[l] = position_of(first + l, g);
      Value<A> values = state.drawn != nullptr && state.drawn->forms[g] != Extent::Form::list
                            ? drawn_values(state, g, *space, position)
                            : elements_at(state, g, *space, position);
      spaces.push_back(std::make_unique<LaneSpace>(*space, lanes, std::vector<std::uint32_t>{}, false));
      space = spaces.back().get();
      bind(state, std::move(values), {space, std::move(position), 0});
    }
  } catch (const SplitLanes& request) {
    state.levels.clear();
    if (lanes == 1) fail(request.where, request.why, "The values must have one shape and kind.");
    walk_block(state, first, lanes / 2, position_of);
    return walk_block(state, first + lanes / 2, lanes - lanes / 2, position_of);
  }
  leaf(state, *space);
  state.levels.clear();
}

/// The elements of the set of generator `g` at given positions, one for each lane.
template <class A>
Value<A> Evaluator<A>::elements_at(Walk& state, std::size_t g, LaneSpace& space,
                                   const std::vector<std::uint32_t>& position) {
  const SourceRange& where = state.node.children[g]->where;
  Value<A> domain = eval(*state.node.children[g], space, state.act);
  if (const Domain<A>* infinite = domain.domain()) {
    session_.met_infinite_domain = true;
    domain = {candidates(*infinite, space.lanes(), where)};
  }
  const SetLanes<A> set = set_of(domain, where);
  std::vector<std::uint32_t> set_lane(position.size(), 0);
  for (std::size_t l = 0; l < position.size(); ++l) {
    if (set.sets.size() > 1) set_lane[l] = static_cast<std::uint32_t>(l);
    const std::size_t size = set.status.at(l) == Status::ok ? set.at(set_lane[l]).size() : 0;
    if (position[l] >= size) throw UnlistedSet();
  }
  return elements(set, set_lane, position, state.node.where);
}

template <class A>
void Evaluator<A>::leaf(Walk& state, LaneSpace& space) {
  session_.budget.check();
  try {
    if (!state.node.has_filter || state.without_filter) return leaf_body(state, space);
    const Node& filter = *state.node.children[state.node.slots.size()];
    if constexpr (A::is_symbolic) {
      const Truth holds = truth_of_value(eval(filter, space, state.act), filter.where).at(0);
      if (space.lanes() == 1 && holds == Truth::unknown) {
        // Only `forall` can use a body that was found under the assumption that the filter holds, and only if it is
        // true.
        arithmetic_.assumptions().push();
        LaneSpace guarded(space, 1, {}, true);
        state.reducer.only_true_counts();
        if (state.node.operation == Operation::binder && state.node.kind == notation::BinderKind::forall &&
            assume(filter, true, space, state.act))
          leaf_body(state, guarded);
        else
          state.reducer.instance_not_ok(state, space, 0, origins(space, state.base)[0], Status::open);
        arithmetic_.assumptions().pop();
        return;
      }
    }
    const TruthLanes condition = truth_of_value(eval(filter, space, state.act), filter.where);
    const LanesByTruth by(condition, condition.size() == 1 ? 1 : space.lanes());
    if (condition.size() == 1) {
      if (!by.yes.empty()) return leaf_body(state, space);
      if (!by.no.empty()) return;
    }
    const std::vector<std::uint32_t> origin = origins(space, state.base);
    for (std::size_t l = 0; l < space.lanes(); ++l) {
      const Truth truth = condition.at(l);
      if (truth == Truth::unknown) state.reducer.instance_not_ok(state, space, l, origin[l], Status::open);
      if (truth == Truth::undefined) state.reducer.instance_not_ok(state, space, l, origin[l], Status::undefined);
    }
    if (by.yes.empty()) return;
    if (by.yes.size() == space.lanes()) return leaf_body(state, space);
    LaneSpace part(space, by.yes.size(), by.yes, true);
    leaf_body(state, part);
  } catch (const SplitLanes& split_request) {
    if (space.lanes() == 1) {
      if (state.base.lanes() > 1) throw;
      fail(split_request.where, split_request.why, "The values must have one shape and kind.");
    }
    split(state, space);
  }
}

/// Evaluates the lanes in two halves: lanes are in order of the outer variables, so that halves soon agree in shape.
template <class A>
void Evaluator<A>::split(Walk& state, LaneSpace& space) {
  for (const std::vector<std::uint32_t>& index : halves(space.lanes())) {
    LaneSpace half(space, index.size(), index, true);
    leaf(state, half);
  }
}

template <class A>
void Evaluator<A>::leaf_body(Walk& state, LaneSpace& space) {
  std::optional<Value<A>> body;
  if (state.node.has_body && !state.without_body) body = eval(*state.node.children.back(), space, state.act);
  state.reducer.absorb(state, space, origins(space, state.base), body ? &*body : nullptr);
}

}  // namespace assay::evaluate
