#pragma once
#include "evaluate/value.hpp"

/// Moving lanes about: gathering, joining, and changing the form of numbers. Nothing here computes.
namespace assay::evaluate {

[[nodiscard]] inline LaneStatus gather(const LaneStatus& status, const std::vector<std::uint32_t>& index) {
  if (status.all_ok() || status.size() == 1) return status;
  std::vector<Status> out(index.size());
  for (std::size_t i = 0; i < index.size(); ++i) out[i] = status.at(index[i]);
  return LaneStatus(std::move(out));
}

namespace detail {

inline const IntArray::value_type& element(const IntArray& array, std::size_t i) { return array[i]; }
template <class Array>
decltype(auto) element(const Array& array, std::size_t i) {
  return array.get(i);
}
inline void store(IntArray& array, std::size_t i, std::int64_t n) { array[i] = n; }
template <class Array, class T>
void store(Array& array, std::size_t i, T&& x) {
  array.set(i, std::forward<T>(x));
}

}  // namespace detail

/// An array of which nothing is computed but where each entry comes from: out[e·lanes + l] = in[from(e, l)]. Where
/// `from` says `from_nowhere` the entry means nothing.
inline constexpr std::size_t from_nowhere = SIZE_MAX;
template <class Array, class From>
[[nodiscard]] std::shared_ptr<const Array> rearranged(const Array& in, std::size_t entries, std::size_t lanes,
                                                      From from) {
  auto out = std::make_shared<Array>(entries * lanes);
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < lanes; ++l)
      if (const std::size_t i = from(e, l); i != from_nowhere)
        detail::store(*out, e * lanes + l, detail::element(in, i));
      else
        detail::store(*out, e * lanes + l, std::decay_t<decltype(detail::element(in, 0))>{});
  return out;
}

/// A part of an array put together by `assembled`: its entry e of lane l goes to `to(e, l)`.
template <class Array, class To>
struct Part {
  const Array* array;
  std::size_t entries;
  std::size_t lanes;         ///< of the part in the result
  std::size_t stored_lanes;  ///< 1 if it is uniform
  To to;
};
template <class Array, class To>
[[nodiscard]] std::shared_ptr<const Array> assembled(const std::vector<Part<Array, To>>& parts, std::size_t entries,
                                                     std::size_t lanes) {
  auto out = std::make_shared<Array>(entries * lanes);
  for (const auto& part : parts)
    for (std::size_t e = 0; e < part.entries; ++e)
      for (std::size_t l = 0; l < part.lanes; ++l)
        detail::store(*out, part.to(e, l),
                      detail::element(*part.array, e * part.stored_lanes + (part.stored_lanes == 1 ? 0 : l)));
  return out;
}

/// The numbers of x with each of its arrays changed by `change`.
template <class A, class Change>
[[nodiscard]] Numeric<A> with_arrays(const Numeric<A>& x, Change change) {
  Numeric<A> out = x;
  if (x.integers) out.integers = change(*x.integers);
  if (x.reals) out.reals = change(*x.reals);
  if (x.complexes) out.complexes = change(*x.complexes);
  return out;
}

template <class A>
[[nodiscard]] Numeric<A> gather(const Numeric<A>& x, const std::vector<std::uint32_t>& index) {
  if (x.lanes == 1) {
    Numeric<A> same = x;
    same.status = gather(x.status, index);
    return same;
  }
  Numeric<A> out = with_arrays(x, [&](const auto& in) {
    return rearranged(in, x.entries(), index.size(),
                      [&](std::size_t e, std::size_t l) { return e * x.lanes + index[l]; });
  });
  out.lanes = index.size();
  out.status = gather(x.status, index);
  if (x.is_symmetric()) out.mark_symmetric();
  return out;
}

/// The value whose lane l is lane index[l] of `value`.
template <class A>
[[nodiscard]] Value<A> gather(const Value<A>& value, const std::vector<std::uint32_t>& index) {
  if (const auto* x = value.numeric()) return {gather(*x, index)};
  if (const auto* x = value.truth()) {
    if (x->size() == 1) return value;
    std::vector<Truth> out(index.size());
    for (std::size_t i = 0; i < index.size(); ++i) out[i] = x->at(index[i]);
    return {truth_lanes(std::move(out))};
  }
  if (const auto* x = value.set()) {
    SetLanes<A> out{{}, gather(x->status, index)};
    if (x->sets.size() == 1)
      out.sets = x->sets;
    else
      for (const std::uint32_t i : index) out.sets.push_back(x->sets[i]);
    return {std::move(out)};
  }
  if (const auto* x = value.tuple()) {
    std::vector<Value<A>> items;
    for (const auto& item : x->items) items.push_back(gather(item, index));
    return tuple_value<A>(std::move(items));
  }
  if (const auto* x = value.record()) {
    RecordValue<A> out;
    for (const auto& [name, item] : x->fields) out.fields.emplace_back(name, gather(item, index));
    return {std::make_shared<const RecordValue<A>>(std::move(out))};
  }
  if (const auto* x = value.domain()) {
    Domain<A> out = *x;
    for (auto& item : out.corners) item = gather(item, index);
    if (out.like) out.like = std::make_shared<const Value<A>>(gather(*out.like, index));
    return {std::move(out)};
  }
  return value;
}

/// The value of one lane, as a uniform value.
template <class A>
[[nodiscard]] Value<A> at_lane(const Value<A>& value, std::size_t lane) {
  if (lane_count(value) == 1) return value;
  return gather(value, {static_cast<std::uint32_t>(lane)});
}

/// One entry of a tensor in one lane.
template <class A>
[[nodiscard]] Numeric<A> at_entry(const Numeric<A>& x, std::size_t entry, std::size_t lane) {
  const std::size_t i = entry * x.lanes + (x.lanes == 1 ? 0 : lane);
  Numeric<A> out = with_arrays(x, [&](const auto& in) { return rearranged(in, 1, 1, [i](auto, auto) { return i; }); });
  out.shape.clear();
  out.lanes = 1;
  out.status = LaneStatus({x.status.at(lane)});
  return out;
}

template <class A>
[[nodiscard]] typename A::RealArray reals_from(const A& arithmetic, const IntArray& integers) {
  typename A::RealArray out(integers.size());
  for (std::size_t i = 0; i < integers.size(); ++i) out.set(i, arithmetic.real(integers[i]));
  return out;
}

/// The same numbers in the form `form` (integer → real → complex); never the other way.
template <class A>
[[nodiscard]] Numeric<A> promoted(const A& arithmetic, const Numeric<A>& x, Form form) {
  if (x.form >= form) return x;
  const bool is_symmetric = x.is_symmetric();
  Numeric<A> out = x;
  out.form = form;
  out.integers.reset();
  out.reals.reset();
  if (form == Form::real) {
    out.reals = std::make_shared<const typename A::RealArray>(reals_from(arithmetic, *x.integers));
    if (is_symmetric) out.mark_symmetric();
    return out;
  }
  const Numeric<A> real = promoted(arithmetic, x, Form::real);
  const std::size_t n = real.reals->size();
  auto data = std::make_shared<typename A::ComplexArray>(n);
  for (std::size_t i = 0; i < n; ++i) data->set(i, arithmetic.complex(real.reals->get(i)));
  out.complexes = std::move(data);
  return out;
}

template <class A>
[[nodiscard]] Value<A> join(const A& arithmetic, const std::vector<std::pair<Value<A>, std::size_t>>& parts,
                            const SourceRange& where);

namespace detail {

/// The component `member` of each of `numbers`, one after the other along the lanes.
template <class A, class Array>
std::shared_ptr<const Array> join_arrays(const std::vector<std::pair<Numeric<A>, std::size_t>>& numbers,
                                         std::shared_ptr<const Array> Numeric<A>::*member, std::size_t total) {
  std::size_t start = 0;
  const auto behind = [total](std::size_t first) {
    return [first, total](std::size_t e, std::size_t l) { return e * total + first + l; };
  };
  std::vector<Part<Array, decltype(behind(0))>> parts;
  for (const auto& [x, lanes] : numbers) {
    parts.push_back({(x.*member).get(), x.entries(), lanes, x.lanes, behind(start)});
    start += lanes;
  }
  return assembled(parts, numbers.front().first.entries(), total);
}

template <class Piece, class StatusOf>
LaneStatus join_status(const std::vector<Piece>& parts, StatusOf status_of) {
  bool ok = true;
  for (const auto& part : parts) ok = ok && status_of(part).all_ok();
  if (ok) return {};
  std::vector<Status> out;
  for (const auto& part : parts)
    for (std::size_t l = 0; l < part.second; ++l) out.push_back(status_of(part).at(l));
  return LaneStatus(std::move(out));
}

template <class A>
Value<A> join_numeric(const A& arithmetic, const std::vector<std::pair<Value<A>, std::size_t>>& parts,
                      const SourceRange& where) {
  std::vector<std::pair<Numeric<A>, std::size_t>> numbers;
  Form form = Form::integer;
  std::size_t total = 0;
  for (const auto& [value, lanes] : parts) {
    form = std::max(form, value.numeric()->form);
    total += lanes;
    if (value.numeric()->shape != parts.front().first.numeric()->shape)
      throw SplitLanes{where, "values of different shapes meet"};
  }
  numbers.reserve(parts.size());
  for (const auto& [value, lanes] : parts) numbers.emplace_back(promoted(arithmetic, *value.numeric(), form), lanes);
  Numeric<A> out = numbers.front().first;
  out.lanes = total;
  if (form == Form::integer)
    out.integers = join_arrays(numbers, &Numeric<A>::integers, total);
  else if (form == Form::real)
    out.reals = join_arrays(numbers, &Numeric<A>::reals, total);
  else
    out.complexes = join_arrays(numbers, &Numeric<A>::complexes, total);
  out.status = join_status(numbers, [](const auto& part) -> const LaneStatus& { return part.first.status; });
  if (std::all_of(numbers.begin(), numbers.end(), [](const auto& part) { return part.first.is_symmetric(); }))
    out.mark_symmetric();
  return {std::move(out)};
}

/// Joins component `get(value)` of each part.
template <class A, class Get>
Value<A> join_component(const A& arithmetic, const std::vector<std::pair<Value<A>, std::size_t>>& parts,
                        const SourceRange& where, Get get) {
  std::vector<std::pair<Value<A>, std::size_t>> components;
  components.reserve(parts.size());
  for (const auto& [value, lanes] : parts) components.emplace_back(get(value), lanes);
  return join(arithmetic, components, where);
}

}  // namespace detail

/// Splits lanes by a truth value.
struct LanesByTruth {
  std::vector<std::uint32_t> yes, no, rest;
  std::vector<Status> rest_status;
  LanesByTruth(const TruthLanes& truth, std::size_t lanes) {
    for (std::size_t l = 0; l < lanes; ++l) {
      const auto lane = static_cast<std::uint32_t>(l);
      switch (truth.at(l)) {
        case Truth::true_: yes.push_back(lane); break;
        case Truth::false_: no.push_back(lane); break;
        case Truth::unknown: rest.push_back(lane), rest_status.push_back(Status::open); break;
        case Truth::undefined: rest.push_back(lane), rest_status.push_back(Status::undefined); break;
      }
    }
  }
};

/// One value out of parts, each with its number of lanes, one after the other.
/// @throws SplitLanes if the parts do not fit into one value: different shapes or kinds.
template <class A>
Value<A> join(const A& arithmetic, const std::vector<std::pair<Value<A>, std::size_t>>& parts,
              const SourceRange& where) {
  if (parts.size() == 1) return parts.front().first;
  const Value<A>& first = parts.front().first;
  for (const auto& [value, lanes] : parts)
    if (value.data.index() != first.data.index()) throw SplitLanes{where, "values of different kinds meet"};
  if (first.numeric()) return detail::join_numeric(arithmetic, parts, where);
  if (first.truth()) {
    std::vector<Truth> out;
    for (const auto& [value, lanes] : parts)
      for (std::size_t l = 0; l < lanes; ++l) out.push_back(value.truth()->at(l));
    return {truth_lanes(std::move(out))};
  }
  if (first.set()) {
    SetLanes<A> out;
    for (const auto& [value, lanes] : parts)
      for (std::size_t l = 0; l < lanes; ++l)
        out.sets.push_back(value.set()->sets[value.set()->sets.size() == 1 ? 0 : l]);
    out.status = detail::join_status(parts, [](const auto& p) -> const LaneStatus& { return p.first.set()->status; });
    return {std::move(out)};
  }
  if (const auto* tuple = first.tuple()) {
    std::vector<Value<A>> items;
    for (std::size_t i = 0; i < tuple->items.size(); ++i) {
      for (const auto& part : parts)
        if (part.first.tuple()->items.size() != tuple->items.size())
          throw SplitLanes{where, "tuples of different sizes meet"};
      items.push_back(
          detail::join_component(arithmetic, parts, where, [i](const Value<A>& v) { return v.tuple()->items[i]; }));
    }
    return tuple_value<A>(std::move(items));
  }
  if (const auto* record = first.record()) {
    RecordValue<A> out;
    for (std::size_t i = 0; i < record->fields.size(); ++i) {
      for (const auto& part : parts)
        if (part.first.record()->fields.size() != record->fields.size() ||
            part.first.record()->fields[i].first != record->fields[i].first)
          throw SplitLanes{where, "records with different fields meet"};
      out.fields.emplace_back(record->fields[i].first,
                              detail::join_component(arithmetic, parts, where,
                                                     [i](const Value<A>& v) { return v.record()->fields[i].second; }));
    }
    return {std::make_shared<const RecordValue<A>>(std::move(out))};
  }
  throw SplitLanes{where, "values that differ between the points of a block meet"};
}

}  // namespace assay::evaluate
