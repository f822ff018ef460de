#pragma once
#include <algorithm>

#include "evaluate/reducer_drawn.hpp"

/// Evaluator: the sampling of a binder's instances.
namespace assay::evaluate {

/// Prefixes that are listed at most (`Assignments`).
inline constexpr std::size_t most_prefixes = std::size_t{1} << 20U;

/// `subsets(S)` or `subsets(S, k)`.
[[nodiscard]] inline bool is_family_of_subsets(const Node& domain) {
  return domain.operation == Operation::call && domain.children[0]->operation == Operation::builtin_name &&
         domain.children[0]->builtin == Builtin::subsets;
}

/// The number of generators down to the last on which another generator's set depends.
[[nodiscard]] inline std::size_t generators_depended_on(const Node& binder) {
  std::size_t out = 0;
  for (std::size_t g = 0; g < binder.slots.size(); ++g)
    for (const Slot slot : binder.children[g]->free)
      for (std::size_t earlier = 0; earlier < g; ++earlier)
        if (binder.slots[earlier] == slot) out = std::max(out, earlier + 1);
  return out;
}

/// Calls `use(node, space, activation)` where the binder is evaluated: with what is bound on the way to it.
template <class A>
template <class Use>
void Evaluator<A>::at_binder(const Unit& formula, const SampledBinder& binder, Use use) {
  LaneSpace root;
  Act act;
  act.slots.resize(formula.slots);
  act.serial = next_serial_++;
  follow(*formula.body, binder, 0, root, act, use);
}

template <class A>
template <class Use>
void Evaluator<A>::follow(const Node& node, const SampledBinder& binder, std::size_t step, LaneSpace& root, Act& act,
                          Use& use) {
  session_.budget.check();
  if (step == binder.way.size()) {
    ASSAY_ENSURE(&node == binder.node && act.path == binder.path, "the way leads to the binder");
    return use(node, root, act);
  }
  ASSAY_ENSURE(&node == binder.way[step].node, "the way is one of this formula");
  if (node.operation != Operation::global && node.operation != Operation::call) {
    if (node.operation == Operation::with)
      for (std::size_t i = 0; i < node.slots.size(); ++i)
        act.slots[node.slots[i]] = {eval(*node.children[i], root, act), &root};
    return follow(*node.children[binder.way[step].child], binder, step + 1, root, act, use);
  }
  const bool is_call = node.operation == Operation::call;
  const Unit& unit = *(is_call ? *node.children[0] : node).definition->unit;
  Act inner;
  inner.slots.resize(unit.slots);
  inner.serial = next_serial_++;
  if (is_call) {
    inner.path = path_through(act.path, node);
    for (std::size_t i = 1; i < node.children.size(); ++i)
      inner.slots[i - 1] = {eval(*node.children[i], root, act), &root};
  }
  follow(*unit.body, binder, step + 1, root, inner, use);
}

template <class A>
Assignments Evaluator<A>::assignments(const Unit& formula, const SampledBinder& binder) {
  Assignments out;
  at_binder(formula, binder, [&](const Node& node, LaneSpace& root, Act& act) {
    out.generators = node.slots.size();
    out.listed = generators_depended_on(node);
    SurveyReducer<A> reducer(*this, node, out);
    Walk state{node, root, act, reducer, {}, nullptr};
    state.survey = &out;
    walk(state, root, true);
  });
  return out;
}

/// The extents of the set of generator `g`, for each lane of `space` or one for all.
template <class A>
std::vector<Extent> Evaluator<A>::extents_of(Walk& state, std::size_t g, LaneSpace& space) {
  const Node& node = *state.node.children[g];
  if (is_family_of_subsets(node)) return extents_of_subsets(state, node, space);
  if (node.operation == Operation::range)
    if (std::optional<std::vector<Extent>> extents = extents_of_range(state, node, space)) return std::move(*extents);
  Value<A> domain = eval(node, space, state.act);
  if (const Domain<A>* infinite = domain.domain()) {
    session_.met_infinite_domain = true;
    state.reducer.incomplete();
    domain = {candidates(*infinite, space.lanes(), node.where)};
  }
  const SetLanes<A> set = set_of(domain, node.where);
  for (std::size_t l = 0; l < set.status.size(); ++l)
    if (set.status.at(l) != Status::ok) state.reducer.not_ok(0, set.status.at(l));
  std::vector<Extent> out;
  for (const FiniteSetPtr<A>& each : set.sets) out.push_back({each->size(), Extent::Form::list, std::nullopt});
  return out;
}

template <class A>
std::vector<Extent> Evaluator<A>::extents_of_subsets(Walk& state, const Node& node, LaneSpace& space) {
  const SetLanes<A> base = set_of(eval(*node.children[1], space, state.act), node.where);
  std::optional<Value<A>> chosen;
  if (node.children.size() > 2) chosen = narrowed(eval(*node.children[2], space, state.act));
  const std::size_t lanes = std::max({base.sets.size(), base.status.size(), chosen ? lane_count(*chosen) : 1});
  std::vector<Extent> out;
  for (std::size_t l = 0; l < lanes; ++l) {
    Extent extent{base.at(l).size(), Extent::Form::subsets, std::nullopt};
    Status status = base.status.at(l);
    if (chosen) {
      const Num& k = numeric(*chosen, node.where, "the size of a subset");
      status = combine(status, k.status.at(l));
      if (k.form != Form::integer || !k.is_scalar()) fail(node.where, "the further arguments must be integers");
      const std::int64_t size = (*k.integers)[k.lanes == 1 ? 0 : l];
      if (status == Status::ok && size < 0) fail(node.where, "subsets need a size of at least 0");
      extent.chosen = static_cast<std::uint64_t>(size);
    }
    if (status != Status::ok) state.reducer.not_ok(0, status);
    out.push_back(extent);
  }
  return out;
}

/// Of a range whose ends are machine integers.
template <class A>
std::optional<std::vector<Extent>> Evaluator<A>::extents_of_range(Walk& state, const Node& node, LaneSpace& space) {
  const Value<A> first = narrowed(eval(*node.children[0], space, state.act));
  const Value<A> last = narrowed(eval(*node.children[1], space, state.act));
  const Num* a = first.numeric();
  const Num* b = last.numeric();
  if (a == nullptr || b == nullptr || !a->is_scalar() || !b->is_scalar() || a->form != Form::integer ||
      b->form != Form::integer)
    return std::nullopt;
  std::vector<Extent> out;
  const std::size_t lanes = std::max(lane_count(first), lane_count(last));
  for (std::size_t l = 0; l < lanes; ++l) {
    const std::int64_t low = (*a->integers)[a->lanes == 1 ? 0 : l];
    const std::int64_t high = (*b->integers)[b->lanes == 1 ? 0 : l];
    if (const Status status = combine(a->status.at(l), b->status.at(l)); status != Status::ok) {
      state.reducer.not_ok(0, status);
      out.push_back({0, Extent::Form::range, std::nullopt});
      continue;
    }
    const std::uint64_t distance = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low);
    if (high >= low && distance == UINT64_MAX) throw BudgetExceeded("a range of 2^64 integers");
    out.push_back({high < low ? 0 : distance + 1, Extent::Form::range, std::nullopt});
  }
  return out;
}

/// Adds the prefixes of a block, one in each lane, with what can follow them.
template <class A>
void Evaluator<A>::survey(Walk& state, LaneSpace& space) {
  session_.budget.check();
  Assignments& out = *state.survey;
  std::vector<std::vector<Extent>> rest;
  for (std::size_t g = out.listed; g < out.generators; ++g) rest.push_back(extents_of(state, g, space));
  if (out.status != Status::ok) return;
  if (out.up_to.size() + space.lanes() > most_prefixes)
    throw BudgetExceeded(
        "the sets of later generators depend on more than a million values of earlier ones: draw them "
        "independently and put what they must satisfy behind `where`");
  // How a generator's values are drawn is the same under all prefixes.
  for (std::size_t g = 0; g < rest.size(); ++g)
    for (const Extent& extent : rest[g])
      if (extent.form != (out.extents.empty() ? rest[g].front() : out.extents[g]).form) out.status = Status::open;
  for (std::size_t l = 0; l < space.lanes(); ++l) {
    const Positions prefix = trace(state, space, l);
    out.prefixes.insert(out.prefixes.end(), prefix.begin(), prefix.end());
    Integer count = 1;
    for (const std::vector<Extent>& extents : rest) {
      out.extents.push_back(extents[extents.size() == 1 ? 0 : l]);
      count *= out.extents.back().size();
    }
    out.up_to.push_back(out.total() + count);
  }
}

template <class A>
Answers Evaluator<A>::ask(const Unit& formula, const SampledBinder& binder, const DrawnPoints& drawn,
                          const Question& question) {
  Answers out;
  out.at.assign(drawn.points.size(), Answer::open);
  if constexpr (has_real_numbers<A>) {
    // Where a filter decides, points that it drops are not heard of again.
    const bool drops = !question.filter_holds || question.kind == Question::Kind::filter;
    if (drops) std::fill(out.at.begin(), out.at.end(), Answer::no);
    at_binder(formula, binder, [&](const Node& node, LaneSpace& root, Act& act) {
      DrawnReducer<A> reducer(*this, node, question, out);
      Walk state{node, root, act, reducer, {}, nullptr};
      state.drawn = &drawn;
      state.without_filter = question.filter_holds && question.kind != Question::Kind::filter;
      state.without_body = question.kind == Question::Kind::filter;
      walk_points(state, 0, drawn.points.size(), [&](std::size_t point, std::size_t generator) {
        return drawn.points.flat[point * drawn.points.generators + generator];
      });
    });
  }
  return out;
}

/// In each lane the integer or subset of generator g that was drawn there.
template <class A>
Value<A> Evaluator<A>::drawn_values(Walk& state, std::size_t g, LaneSpace& space,
                                    const std::vector<std::uint32_t>& index) {
  const Node& node = *state.node.children[g];
  if (state.drawn->forms[g] == Extent::Form::range) return drawn_integers(state, node, space, index);
  const SetLanes<A> base = set_of(eval(*node.children[1], space, state.act), node.where);
  SetLanes<A> out;
  out.status = base.status;
  for (std::size_t l = 0; l < index.size(); ++l) {
    FiniteSet<A> subset;
    for (const std::uint32_t position : state.drawn->subsets[index[l]]) {
      if (base.status.at(l) != Status::ok || position >= base.at(l).size()) throw UnlistedSet();
      subset.items.push_back(element(base.at(l), position));
    }
    out.sets.push_back(std::make_shared<const FiniteSet<A>>(std::move(subset)));
  }
  return {std::move(out)};
}

template <class A>
Value<A> Evaluator<A>::drawn_integers(Walk& state, const Node& node, LaneSpace& space,
                                      const std::vector<std::uint32_t>& index) {
  const Value<A> first = narrowed(eval(*node.children[0], space, state.act));
  const Num* a = first.numeric();
  if (a == nullptr || a->form != Form::integer || !a->status.all_ok()) throw UnlistedSet();
  IntArray out(index.size());
  // first + offset is at most the last integer of the range: both fit, whatever the sign of `first`.
  for (std::size_t l = 0; l < index.size(); ++l)
    out[l] = static_cast<std::int64_t>(static_cast<std::uint64_t>((*a->integers)[a->lanes == 1 ? 0 : l]) +
                                       state.drawn->offsets[index[l]]);
  return integer_value<A>(std::move(out));
}

/// The number of the drawn point in a lane of `leaf`.
template <class A>
std::size_t Evaluator<A>::point_of(const Walk& state, const LaneSpace& leaf, std::size_t lane) const {
  for (const LaneSpace* s = &leaf; s != state.levels.back().space; s = s->parent()) lane = s->origin(lane);
  return state.first_point + lane;
}

}  // namespace assay::evaluate
