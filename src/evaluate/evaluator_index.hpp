#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: A[i, j], A[:, j], v[S], S[k].
namespace assay::evaluate {

template <class A>
Value<A> Evaluator<A>::eval_index(const Node& node, LaneSpace& space, Act& act) {
  // The tensor stays in the lanes it was made in: only the entries that are picked are moved to the lanes of `space`.
  const Placed placed = eval_unmoved(*node.children[0], space, act);
  const bool moves = placed.space != &space && placed.space != nullptr && lane_count(placed.value) > 1;
  if (is_poison(placed.value)) return pull(placed.value, placed.space, space);
  const bool in_place = moves && placed.value.numeric() != nullptr;
  const Value<A> base = moves && !in_place ? pull(placed.value, placed.space, space) : placed.value;
  std::vector<std::optional<Value<A>>> items;
  std::size_t next = 1;
  for (const bool given : node.index_given) {
    if (given)
      items.emplace_back(eval(*node.children[next++], space, act));
    else
      items.emplace_back();
  }
  if (const SetLanes<A>* set = base.set()) {
    if (items.size() != 1 || !items[0]) fail(node.where, "a set takes one index");
    return index_set(*set, *items[0], node.where);
  }
  const auto one_position = [&](std::size_t size,
                                const char* what) -> std::pair<std::optional<std::size_t>, LaneStatus> {
    if (items.size() != 1 || !items[0]) fail(node.where, std::string(what) + " takes one index");
    const Num& k = numeric(*items[0], node.where, "an index");
    if (k.form != Form::integer || k.lanes != 1)
      throw SplitLanes{node.where, "an index into a tuple or list that varies"};
    const std::int64_t i = (*k.integers)[0];
    if (i < 0 || static_cast<std::size_t>(i) >= size) return {std::nullopt, k.status};
    return {static_cast<std::size_t>(i), k.status};
  };
  if (const TupleValue<A>* tuple = base.tuple()) {
    const auto [i, status] = one_position(tuple->items.size(), "a tuple");
    return i ? with_status(tuple->items[*i], status) : poison({Status::undefined});
  }
  if (const StoredRecord* stored = base.stored())
    if (const auto* list = std::get_if<files::List>(&stored->content->content)) {
      const auto [i, status] = one_position(list->items.size(), "a list");
      return i ? with_status(from_stored(list->items[*i], node.where), status) : poison({Status::undefined});
    }
  const Num& tensor = numeric(base, node.where, "indexing");
  if (items.size() > tensor.shape.size())
    fail(node.where, std::to_string(items.size()) + " indices for shape " + describe(tensor.shape));
  return index_tensor(tensor, items, node.where,
                      in_place ? origins(space, *placed.space) : std::vector<std::uint32_t>{});
}

namespace detail {

/// One dimension of an index: all of it, one position in each lane, or a list of positions.
struct IndexAxis {
  enum class Kind : std::uint8_t { all, scalar, list } kind = Kind::all;
  const IntArray* positions = nullptr;
  std::size_t lanes = 1;
  std::size_t count = 0;  ///< entries of the result along it; 1 for a scalar, which leaves no axis

  [[nodiscard]] std::int64_t at(std::size_t i, std::size_t lane) const {
    if (kind == Kind::all) return static_cast<std::int64_t>(i);
    return (*positions)[i * lanes + (lanes == 1 ? 0 : lane)];
  }
};

/// Where in the tensor each entry of the result comes from, for each lane; a lane with a position out of range is
/// undefined. Unless a list of positions varies from lane to lane, it is a sum: an offset of the entry and one of the
/// lane.
struct Offsets {
  std::vector<std::size_t> of_entry;
  std::vector<std::size_t> of_lane;
  std::vector<std::size_t> of_both;  ///< entry e of lane l at [e·lanes + l], if it is no sum
  std::vector<Status> status;

  Offsets(const std::vector<IndexAxis>& axes, const Shape& shape, std::size_t entries, std::size_t lanes)
      : of_entry(entries, 0), of_lane(lanes, 0), status(lanes, Status::ok) {
    for (const IndexAxis& axis : axes)
      if (axis.kind == IndexAxis::Kind::list && axis.lanes > 1) of_both.assign(entries * lanes, 0);
    std::size_t stride = 1;
    std::size_t inner = 1;  // entries of the result for each position along the axis
    for (std::size_t d = axes.size(); d-- > 0;) {
      const IndexAxis& axis = axes[d];
      if (axis.kind == IndexAxis::Kind::scalar)
        add_scalar(axis, shape[d], stride);
      else
        add_list(axis, shape[d], stride, inner);
      stride *= shape[d];
      if (axis.kind != IndexAxis::Kind::scalar) inner *= axis.count;
    }
  }

 private:
  void add_scalar(const IndexAxis& axis, std::size_t extent, std::size_t stride) {
    for (std::size_t l = 0; l < of_lane.size(); ++l) {
      const std::int64_t p = axis.at(0, l);
      if (p < 0 || static_cast<std::size_t>(p) >= extent)
        status[l] = Status::undefined;
      else
        of_lane[l] += static_cast<std::size_t>(p) * stride;
    }
  }

  void add_list(const IndexAxis& axis, std::size_t extent, std::size_t stride, std::size_t inner) {
    const bool varies = axis.kind == IndexAxis::Kind::list && axis.lanes > 1;
    for (std::size_t e = 0; e < of_entry.size(); ++e) {
      const std::size_t i = e / inner % axis.count;
      for (std::size_t l = 0; l < (varies ? of_lane.size() : 1); ++l) {
        const std::int64_t p = axis.at(i, l);
        if (p >= 0 && static_cast<std::size_t>(p) < extent) {
          (varies ? of_both[e * of_lane.size() + l] : of_entry[e]) += static_cast<std::size_t>(p) * stride;
        } else if (varies) {
          status[l] = Status::undefined;
        } else {
          status.assign(status.size(), Status::undefined);
        }
      }
    }
  }
};

}  // namespace detail

/// The positions that an index item names: an integer in each lane, or a list of them.
template <class A>
Value<A> Evaluator<A>::index_positions(const Value<A>& item, const SourceRange& where) {
  const SetLanes<A>* set = item.set();
  if (set == nullptr) return narrowed(item);
  if (set->sets.size() != 1) throw SplitLanes{where, "an index set that varies"};
  std::vector<Value<A>> members;
  for (std::size_t k = 0; k < set->at(0).size(); ++k) members.push_back(element(set->at(0), k));
  Value<A> list = members.empty() ? integer_value<A>(IntArray{}, {0}) : concat(members, where);
  return with_status(narrowed(std::move(list)), set->status);
}

/// @param lane_of  the lane of `base` for each lane of the result; empty: the same lane.
template <class A>
Value<A> Evaluator<A>::index_tensor(const Num& base, const std::vector<std::optional<Value<A>>>& items,
                                    const SourceRange& where, const std::vector<std::uint32_t>& lane_of) {
  std::vector<detail::IndexAxis> axes(base.shape.size());
  std::vector<Value<A>> kept;  // owns the positions that axes point to
  kept.reserve(items.size());
  Num out = base;
  out.shape.clear();
  out.lanes = lane_of.empty() ? base.lanes : lane_of.size();
  out.status = lane_of.empty() ? base.status : gather(base.status, lane_of);
  for (std::size_t d = 0; d < axes.size(); ++d) {
    detail::IndexAxis& axis = axes[d];
    axis.count = base.shape[d];
    if (d >= items.size() || !items[d]) {
      out.shape.push_back(axis.count);
      continue;
    }
    kept.push_back(index_positions(*items[d], where));
    const Num& index = numeric(kept.back(), where, "an index");
    if (index.form != Form::integer) {
      // A number that is not known to be an integer: undefined if it certainly is none; we cannot tell here.
      std::vector<Status> open(std::max(index.lanes, index.status.size()), Status::open);
      for (std::size_t l = 0; l < open.size(); ++l) open[l] = combine(open[l], index.status.at(l));
      return poison(std::move(open));
    }
    if (index.shape.size() > 1) fail(where, "an index must be an integer, a set or a vector of integers");
    out.status = combine(out.status, index.status);
    axis.kind = index.is_scalar() ? detail::IndexAxis::Kind::scalar : detail::IndexAxis::Kind::list;
    axis.positions = index.integers.get();
    axis.lanes = index.lanes;
    axis.count = index.entries();
    out.lanes = std::max(out.lanes, index.lanes);
    if (!index.is_scalar()) out.shape.push_back(axis.count);
  }
  detail::check_size<A>(out.entries(), out.lanes, where);
  const detail::Offsets offsets(axes, base.shape, out.entries(), out.lanes);
  const std::size_t entries = out.entries();
  const std::size_t lanes = out.lanes;
  std::vector<std::size_t> start = offsets.of_lane;  // in the array, for each lane
  for (std::size_t l = 0; l < lanes; ++l)
    start[l] = start[l] * base.lanes + (base.lanes == 1 ? 0 : lane_of.empty() ? l : lane_of[l]);
  const bool all_ok = std::count(offsets.status.begin(), offsets.status.end(), Status::ok) ==
                      static_cast<std::ptrdiff_t>(offsets.status.size());
  out = with_arrays(out, [&](const auto& in) {
    if (all_ok && offsets.of_both.empty())
      return rearranged(in, entries, lanes,
                        [&](std::size_t e, std::size_t l) { return offsets.of_entry[e] * base.lanes + start[l]; });
    return rearranged(in, entries, lanes, [&](std::size_t e, std::size_t l) {
      if (offsets.status[l] != Status::ok) return from_nowhere;
      const std::size_t varying = offsets.of_both.empty() ? 0 : offsets.of_both[e * lanes + l];
      return (offsets.of_entry[e] + varying) * base.lanes + start[l];
    });
  });
  out.status = then(out.status, LaneStatus(offsets.status));
  return {std::move(out)};
}

template <class A>
Value<A> Evaluator<A>::index_set(const SetLanes<A>& set, const Value<A>& item, const SourceRange& where) {
  const Value<A> narrow = narrowed(item);
  const Num& k = numeric(narrow, where, "an index");
  const std::size_t lanes = std::max({set.sets.size(), k.lanes, set.status.size(), k.status.size()});
  if (k.form != Form::integer) return poison(std::vector<Status>(lanes, Status::open));
  if (!k.is_scalar()) fail(where, "the index of a set must be an integer");
  std::vector<Status> statuses(lanes, Status::ok);
  std::vector<std::uint32_t> set_lane(lanes);
  std::vector<std::uint32_t> position(lanes);
  bool any_element = false;
  for (std::size_t l = 0; l < lanes; ++l) {
    set_lane[l] = static_cast<std::uint32_t>(set.sets.size() == 1 ? 0 : l);
    statuses[l] = combine(set.status.at(l), k.status.at(l));
    const std::int64_t i = (*k.integers)[k.lanes == 1 ? 0 : l];
    const std::size_t size = set.at(l).size();
    if (statuses[l] == Status::ok && (i < 0 || static_cast<std::size_t>(i) >= size)) statuses[l] = Status::undefined;
    position[l] = statuses[l] == Status::ok ? static_cast<std::uint32_t>(i) : 0;
    any_element = any_element || statuses[l] == Status::ok;
  }
  if (!any_element) return poison(std::move(statuses));
  for (std::size_t l = 0; l < lanes; ++l)
    if (statuses[l] != Status::ok) {
      // Any element will do for a lane whose value is not used; take that of a good lane.
      const auto good =
          static_cast<std::size_t>(std::find(statuses.begin(), statuses.end(), Status::ok) - statuses.begin());
      set_lane[l] = set_lane[good];
      position[l] = position[good];
    }
  return with_status(elements(set, set_lane, position, where), LaneStatus(std::move(statuses)));
}

}  // namespace assay::evaluate
