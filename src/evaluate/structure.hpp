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

[[nodiscard]] inline std::shared_ptr<const IntArray> gather_array(const IntArray& in, std::size_t entries,
                                                                  std::size_t lanes,
                                                                  const std::vector<std::uint32_t>& index) {
  auto out = std::make_shared<IntArray>(entries * index.size());
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < index.size(); ++l) (*out)[e * index.size() + l] = in[e * lanes + index[l]];
  return out;
}
template <class Array>
[[nodiscard]] std::shared_ptr<const Array> gather_array(const Array& in, std::size_t entries, std::size_t lanes,
                                                        const std::vector<std::uint32_t>& index) {
  auto out = std::make_shared<Array>(entries * index.size());
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < index.size(); ++l) out->set(e * index.size() + l, in.get(e * lanes + index[l]));
  return out;
}

template <class A>
[[nodiscard]] Numeric<A> gather(const Numeric<A>& x, const std::vector<std::uint32_t>& index) {
  if (x.lanes == 1) {
    Numeric<A> same = x;
    same.status = gather(x.status, index);
    return same;
  }
  Numeric<A> out = x;
  out.lanes = index.size();
  out.status = gather(x.status, index);
  if (x.integers) out.integers = gather_array(*x.integers, x.entries(), x.lanes, index);
  if (x.reals) out.reals = gather_array(*x.reals, x.entries(), x.lanes, index);
  if (x.complexes) out.complexes = gather_array(*x.complexes, x.entries(), x.lanes, index);
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
  Numeric<A> out;
  out.form = x.form;
  out.status = LaneStatus({x.status.at(lane)});
  const auto pick = [i]<class Array>(const Array& in) {
    auto one = std::make_shared<Array>(1);
    one->set(0, in.get(i));
    return one;
  };
  if (x.form == Form::integer) out.integers = std::make_shared<const IntArray>(IntArray{(*x.integers)[i]});
  if (x.form == Form::real) out.reals = pick(*x.reals);
  if (x.form == Form::complex) out.complexes = pick(*x.complexes);
  return out;
}

/// The same numbers in the form `form` (integer → real → complex); never the other way.
template <class A>
[[nodiscard]] Numeric<A> promoted(const A& arithmetic, const Numeric<A>& x, Form form) {
  if (x.form >= form) return x;
  Numeric<A> out = x;
  out.form = form;
  out.integers.reset();
  out.reals.reset();
  if (form == Form::real) {
    const std::size_t n = x.integers->size();
    auto data = std::make_shared<typename A::RealArray>(n);
    for (std::size_t i = 0; i < n; ++i) data->set(i, arithmetic.real((*x.integers)[i]));
    out.reals = std::move(data);
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

template <class Array, class Pick>
std::shared_ptr<const Array> join_arrays(std::size_t entries, std::size_t total, std::size_t parts, Pick pick) {
  auto out = std::make_shared<Array>(entries * total);
  std::size_t start = 0;
  for (std::size_t p = 0; p < parts; ++p) {
    const auto [array, stored, lanes] = pick(p);
    for (std::size_t e = 0; e < entries; ++e)
      for (std::size_t l = 0; l < lanes; ++l) {
        const std::size_t from = e * stored + (stored == 1 ? 0 : l);
        if constexpr (std::is_same_v<Array, IntArray>)
          (*out)[e * total + start + l] = (*array)[from];
        else
          out->set(e * total + start + l, array->get(from));
      }
    start += lanes;
  }
  return out;
}

template <class Part, class StatusOf>
LaneStatus join_status(const std::vector<Part>& parts, StatusOf status_of) {
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
  const std::size_t entries = out.entries();
  const auto pick = [&](auto member) {
    return [&numbers, member](std::size_t p) {
      return std::tuple(numbers[p].first.*member, numbers[p].first.lanes, numbers[p].second);
    };
  };
  if (form == Form::integer)
    out.integers = join_arrays<IntArray>(entries, total, numbers.size(), pick(&Numeric<A>::integers));
  else if (form == Form::real)
    out.reals = join_arrays<typename A::RealArray>(entries, total, numbers.size(), pick(&Numeric<A>::reals));
  else
    out.complexes = join_arrays<typename A::ComplexArray>(entries, total, numbers.size(), pick(&Numeric<A>::complexes));
  out.status = join_status(numbers, [](const auto& part) -> const LaneStatus& { return part.first.status; });
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
