#pragma once
#include "evaluate/evaluator.hpp"
#include "evaluate/sample.hpp"
#include "number/primality.hpp"

/// Evaluator: finite sets.
namespace assay::evaluate {

/// Elements that a set may have at most; beyond it the budget is said to be exceeded.
inline constexpr std::size_t largest_set = std::size_t{1} << 24U;

template <class A>
SetLanes<A> Evaluator<A>::set_of(const Value<A>& value, const SourceRange& where) {
  if (const SetLanes<A>* set = value.set()) return *set;
  const std::size_t lanes = lane_count(value);
  std::vector<Status> statuses(lanes);
  for (std::size_t l = 0; l < lanes; ++l) {
    statuses[l] = status_at(value, l);
    if (statuses[l] == Status::ok) fail(where, "a set is needed here", "A range of integers is written a..b.");
  }
  return {{std::make_shared<const FiniteSet<A>>()}, LaneStatus(std::move(statuses))};
}

template <class A>
Value<A> Evaluator<A>::eval_range(const Node& node, LaneSpace& space, Act& act) {
  const Value<A> first_value = narrowed(eval(*node.children[0], space, act));
  const Value<A> last_value = narrowed(eval(*node.children[1], space, act));
  const Num& first = numeric(first_value, node.where, "'..'");
  const Num& last = numeric(last_value, node.where, "'..'");
  if (!first.is_scalar() || !last.is_scalar()) fail(node.where, "the ends of a range must be numbers");
  const std::size_t lanes =
      std::max({first.lanes, last.lanes, first.status.size(), last.status.size(), std::size_t{1}});
  std::vector<Status> statuses(lanes, Status::ok);
  SetLanes<A> out;
  if (first.form == Form::integer && last.form == Form::integer) {
    std::map<std::pair<std::int64_t, std::int64_t>, FiniteSetPtr<A>> known;
    for (std::size_t l = 0; l < lanes; ++l) {
      statuses[l] = combine(first.status.at(l), last.status.at(l));
      const std::pair ends{(*first.integers)[first.lanes == 1 ? 0 : l], (*last.integers)[last.lanes == 1 ? 0 : l]};
      FiniteSetPtr<A>& set = known[ends];
      if (!set) {
        FiniteSet<A> range;
        range.is_range = true;
        range.first = ends.first;
        range.last = ends.second;
        if (range.last >= range.first &&
            static_cast<std::uint64_t>(range.last) - static_cast<std::uint64_t>(range.first) >= UINT32_MAX)
          throw BudgetExceeded("a range of more than 4 thousand million integers");
        set = std::make_shared<const FiniteSet<A>>(std::move(range));
      }
      out.sets.push_back(set);
    }
    if (known.size() == 1) out.sets.resize(1);
  } else {
    // Ends that are real: a..b is the set of integers between them.
    const Value<A> low = floor_or_ceil(first, true);
    const Value<A> high = floor_or_ceil(last, false);
    if (low.numeric()->form != Form::integer || high.numeric()->form != Form::integer)
      return poison(std::vector<Status>(lanes, Status::open));
    for (std::size_t l = 0; l < lanes; ++l) {
      const Num& a = *low.numeric();
      const Num& b = *high.numeric();
      statuses[l] = combine(a.status.at(l), b.status.at(l));
      FiniteSet<A> range;
      range.is_range = true;
      range.first = (*a.integers)[a.lanes == 1 ? 0 : l];
      range.last = (*b.integers)[b.lanes == 1 ? 0 : l];
      out.sets.push_back(std::make_shared<const FiniteSet<A>>(std::move(range)));
    }
  }
  out.status = LaneStatus(std::move(statuses));
  return {std::move(out)};
}

/// The set of `items` (each uniform and ok), in ascending order and without repetition; nothing if the order is open.
template <class A>
std::optional<FiniteSet<A>> Evaluator<A>::make_set(std::vector<Value<A>> items, const SourceRange& where) {
  FiniteSet<A> out;
  if (items.size() > largest_set) throw BudgetExceeded("a set of more than 16 million elements");
  const bool integers = std::all_of(items.begin(), items.end(), [](const Value<A>& v) {
    return v.numeric() != nullptr && v.numeric()->is_scalar() && v.numeric()->form == Form::integer;
  });
  if (integers) {
    const auto number_of = [](const Value<A>& v) { return (*v.numeric()->integers)[0]; };
    std::sort(items.begin(), items.end(), [&](const auto& a, const auto& b) { return number_of(a) < number_of(b); });
    items.erase(std::unique(items.begin(), items.end(),
                            [&](const auto& a, const auto& b) { return number_of(a) == number_of(b); }),
                items.end());
    out.items = std::move(items);
    return out;
  }
  bool decided = true;
  for (Value<A>& item : items) {  // insertion by bisection: each comparison may be open, which std::sort cannot say
    if (item.numeric() && !item.numeric()->is_scalar())
      fail(where, "a vector cannot be an element of a set", "Use a tuple.");
    std::size_t low = 0;
    std::size_t high = out.items.size();
    bool present = false;
    while (low < high && decided && !present) {
      const std::size_t middle = (low + high) / 2;
      const Relations r = relate(item, 0, out.items[middle], 0);
      if (r == relation::less)
        high = middle;
      else if (r == relation::greater)
        low = middle + 1;
      else if (r == relation::equal)
        present = true;
      else
        decided = false;
    }
    if (!decided) return std::nullopt;
    if (!present) out.items.insert(out.items.begin() + static_cast<std::ptrdiff_t>(low), std::move(item));
  }
  return out;
}

template <class A>
Value<A> Evaluator<A>::eval_set_literal(const Node& node, LaneSpace& space, Act& act) {
  std::vector<Value<A>> values;
  std::size_t lanes = 1;
  for (const auto& child : node.children) {
    values.push_back(eval(*child, space, act));
    lanes = std::max(lanes, lane_count(values.back()));
  }
  SetLanes<A> out;
  std::vector<Status> statuses(lanes, Status::ok);
  for (std::size_t l = 0; l < lanes; ++l) {
    std::vector<Value<A>> items;
    for (const Value<A>& value : values) {
      statuses[l] = combine(statuses[l], status_at(value, l));
      items.push_back(at_lane(value, l));
    }
    std::optional<FiniteSet<A>> set;
    if (statuses[l] == Status::ok) {
      set = make_set(std::move(items), node.where);
      if (!set) statuses[l] = Status::open;
    }
    out.sets.push_back(std::make_shared<const FiniteSet<A>>(set ? std::move(*set) : FiniteSet<A>{}));
  }
  out.status = LaneStatus(std::move(statuses));
  return {std::move(out)};
}

template <class A>
Value<A> Evaluator<A>::element(const FiniteSet<A>& set, std::size_t position) {
  return set.is_range ? integer_value<A>(set.first + static_cast<std::int64_t>(position)) : set.items[position];
}

/// Lane l: element number position[l] of the set in lane set_lane[l].
template <class A>
Value<A> Evaluator<A>::elements(const SetLanes<A>& set, const std::vector<std::uint32_t>& set_lane,
                                const std::vector<std::uint32_t>& position, const SourceRange& where) {
  const std::size_t lanes = position.size();
  IntArray integers(lanes);
  bool all_integers = true;
  for (std::size_t l = 0; l < lanes && all_integers; ++l) {
    const FiniteSet<A>& each = set.at(set_lane[l]);
    if (each.is_range) {
      integers[l] = each.first + static_cast<std::int64_t>(position[l]);
    } else {
      const Num* x = each.items[position[l]].numeric();
      all_integers = x != nullptr && x->form == Form::integer && x->is_scalar();
      if (all_integers) integers[l] = (*x->integers)[0];
    }
  }
  if (all_integers) return integer_value<A>(std::move(integers));
  if (std::optional<Value<A>> sets = elements_that_are_sets(set, set_lane, position)) return std::move(*sets);
  std::vector<std::pair<Value<A>, std::size_t>> parts;
  parts.reserve(lanes);
  for (std::size_t l = 0; l < lanes; ++l) parts.emplace_back(element(set.at(set_lane[l]), position[l]), 1);
  return join(arithmetic_, parts, where);
}

/// Sets of sets, of which there may be a great many: their elements are handed on as they are.
template <class A>
std::optional<Value<A>> Evaluator<A>::elements_that_are_sets(const SetLanes<A>& set,
                                                             const std::vector<std::uint32_t>& set_lane,
                                                             const std::vector<std::uint32_t>& position) {
  std::vector<FiniteSetPtr<A>> sets(position.size());
  for (std::size_t l = 0; l < sets.size(); ++l) {
    const FiniteSet<A>& each = set.at(set_lane[l]);
    const SetLanes<A>* item = each.is_range ? nullptr : each.items[position[l]].set();
    if (item == nullptr || item->sets.size() != 1 || !item->status.all_ok()) return std::nullopt;
    sets[l] = item->sets[0];
  }
  return Value<A>{SetLanes<A>{SharedVector<FiniteSetPtr<A>>(std::move(sets)), {}}};
}

template <class A>
Value<A> Evaluator<A>::size_of(const Value<A>& value, const SourceRange& where) {
  if (const Num* x = value.numeric(); x != nullptr && !x->is_scalar())
    return with_status(integer_value<A>(static_cast<std::int64_t>(x->shape[0])), x->status);
  if (const TupleValue<A>* tuple = value.tuple())
    return integer_value<A>(static_cast<std::int64_t>(tuple->items.size()));
  const SetLanes<A> set = set_of(value, where);
  const std::size_t lanes = std::max(set.sets.size(), set.status.size());
  IntArray out(lanes);
  for (std::size_t l = 0; l < lanes; ++l) out[l] = static_cast<std::int64_t>(set.at(l).size());
  return with_status(integer_value<A>(std::move(out)), set.status);
}

template <class A>
FiniteSet<A> Evaluator<A>::primes_in(const FiniteSet<A>& set, const SourceRange& where) {
  FiniteSet<A> out;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const Value<A> item = element(set, i);
    const Num* x = item.numeric();
    if (x == nullptr || x->form != Form::integer) fail(where, "primes needs a set of integers");
    const std::int64_t n = (*x->integers)[0];
    if (is_prime(n)) out.items.push_back(item);
    if (i % 65536 == 0) session_.budget.check();
  }
  return out;
}

template <class A>
FiniteSet<A> Evaluator<A>::subsets_of(const FiniteSet<A>& set, std::optional<std::int64_t> size,
                                      const SourceRange& where) {
  if (size && *size < 0) fail(where, "subsets need a size of at least 0");
  if (!size && set.size() >= 24) throw BudgetExceeded("more than 16 million subsets");
  FiniteSet<A> out;
  for_each_subset(set.size(), size ? std::optional<std::size_t>(*size) : std::nullopt, largest_set,
                  [&](const std::vector<std::size_t>& positions) {
                    FiniteSet<A> subset;
                    for (const std::size_t p : positions) subset.items.push_back(element(set, p));
                    out.items.push_back(set_value<A>(std::move(subset)));
                  });
  return out;
}

/// Functions from a set, and integers that must not vary, to a set: lanes that share a set share its image.
template <class A>
Value<A> Evaluator<A>::set_function(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments) {
  const SourceRange& where = node.where;
  if (builtin == Builtin::size) return size_of(arguments[0], where);
  const SetLanes<A> set = set_of(arguments[0], where);
  SetLanes<A> out;
  out.status = set.status;
  std::vector<std::int64_t> extra;
  for (std::size_t i = 1; i < arguments.size(); ++i) {
    const Value<A> narrow = narrowed(arguments[i]);
    const Num& n = numeric(narrow, where, "an argument of this function");
    if (n.form != Form::integer || !n.is_scalar()) fail(where, "the further arguments must be integers");
    if (n.lanes != 1) throw SplitLanes{where, "arguments that vary"};
    extra.push_back((*n.integers)[0]);
    out.status = combine(out.status, n.status);
  }
  const auto image = [&](const FiniteSet<A>& each) {
    if (builtin == Builtin::primes) return primes_in(each, where);
    if (builtin == Builtin::subsets)
      return subsets_of(each, extra.empty() ? std::nullopt : std::optional(extra[0]), where);
    if (extra.size() != 2 || extra[0] < 0) fail(where, "sample(S, n, seed) needs n >= 0 and a seed");
    FiniteSet<A> sample;
    for (const std::size_t p : sample_positions(each.size(), static_cast<std::size_t>(extra[0]), extra[1]))
      sample.items.push_back(element(each, p));
    return sample;
  };
  std::map<const FiniteSet<A>*, FiniteSetPtr<A>> known;
  for (const FiniteSetPtr<A>& each : set.sets) {
    FiniteSetPtr<A>& result = known[each.get()];
    if (!result) result = std::make_shared<const FiniteSet<A>>(image(*each));
    out.sets.push_back(result);
  }
  return {std::move(out)};
}

}  // namespace assay::evaluate
