#pragma once
#include <flint/ulong_extras.h>

#include "evaluate/evaluator.hpp"
#include "evaluate/sample.hpp"

/// Evaluator: finite sets, infinite domains, membership.
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
    // n_is_prime is a proof for all 64-bit integers (FLINT: BPSW checked exhaustively below 2^64).
    if (n >= 2 && n_is_prime(static_cast<mp_limb_t>(n)) != 0) out.items.push_back(item);
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

/// Points of an infinite domain at which it is worth trying to refute or to find: never all of it.
template <class A>
SetLanes<A> Evaluator<A>::candidates(const Domain<A>& domain, std::size_t lanes, const SourceRange& where) {
  const auto scalars = [&](const std::string& name) {
    std::vector<Value<A>> items;
    for (const Rational& q : session_.candidates) {
      if ((name == "N" || name == "Z") && q.get_den() != 1) continue;
      if (name == "N" && q < 0) continue;
      items.push_back(number(q));
    }
    return items;
  };
  const auto one = [](std::vector<Value<A>> items) {
    FiniteSet<A> set;
    set.items = std::move(items);
    return std::make_shared<const FiniteSet<A>>(std::move(set));
  };
  SetLanes<A> out;
  if (domain.name == "power") {
    const std::vector<Value<A>> base = scalars(domain.base);
    std::vector<Value<A>> vectors;
    // Vectors whose entries walk through the candidates at different strides.
    for (std::size_t start = 0; start < base.size(); ++start) {
      std::vector<Value<A>> entries;
      for (std::size_t i = 0; i < domain.dimension; ++i) entries.push_back(base[(start * (i + 1) + i) % base.size()]);
      if (!entries.empty()) vectors.push_back(concat(entries, where));
    }
    out.sets = {one(std::move(vectors))};
  } else if (domain.name == "C") {
    std::vector<Value<A>> items;
    const std::vector<Value<A>> base = scalars("R");
    for (std::size_t i = 0; i < base.size(); ++i) {
      const Num re = promoted(arithmetic_, *base[i].numeric(), Form::real);
      const Num im = promoted(arithmetic_, *base[(3 * i + 1) % base.size()].numeric(), Form::real);
      typename A::ComplexArray z(1);
      typename A::Complex value;
      const Status status = arithmetic_.complex(value, re.reals->get(0), im.reals->get(0));
      z.set(0, std::move(value));
      items.push_back(complex_value<A>(std::move(z), 1, {}, LaneStatus({status})));
    }
    out.sets = {one(std::move(items))};
  } else if (domain.is_box()) {
    const std::size_t boxes = std::max(lane_count(domain.corners[0]), lane_count(domain.corners[1]));
    for (std::size_t l = 0; l < std::min(boxes, std::max<std::size_t>(lanes, 1)); ++l)
      out.sets.push_back(one(points_of_box(domain, l, where)));
  } else {
    out.sets = {one(scalars(domain.name))};
  }
  return out;
}

/// interval(a, b), box(lo, hi) and ball(center, r) = box(center − r, center + r).
template <class A>
Value<A> Evaluator<A>::points_between(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments) {
  const SourceRange& where = node.where;
  const char* name = builtin == Builtin::interval ? "interval" : builtin == Builtin::box ? "box" : "ball";
  if (arguments.size() != 2) fail(where, std::string(name) + " takes two arguments");
  if (builtin == Builtin::ball && arguments[0].record() != nullptr) throw NotSupported(where, "a ball of records");
  const Num& first = numeric(arguments[0], where, name);
  const Num& second = numeric(arguments[1], where, name);
  if (first.form == Form::complex || second.form == Form::complex)
    fail(where, std::string(name) + " needs real numbers: complex ones have no order");
  if (builtin == Builtin::interval && !(first.is_scalar() && second.is_scalar()))
    fail(where, "the ends of an interval must be real numbers", "Use box(lo, hi) for vectors.");
  if (builtin == Builtin::box && first.shape != second.shape)
    fail(where, "the corners of a box have shapes " + describe(first.shape) + " and " + describe(second.shape));
  if (builtin == Builtin::ball && !second.is_scalar()) fail(where, "the radius of a ball must be a real number");
  if (builtin == Builtin::ball)
    return {Domain<A>{name, {}, 0, {subtract(first, second, where), add(first, second, where)}}};
  return {Domain<A>{name, {}, 0, arguments}};
}

/// Points that are certainly in the box: lo + t·(hi − lo) with rational t in [0, 1] in each entry. None of a box that
/// may be empty, such as interval(2, 1).
template <class A>
std::vector<Value<A>> Evaluator<A>::points_of_box(const Domain<A>& domain, std::size_t lane, const SourceRange& where) {
  const Num& low = *domain.corners[0].numeric();
  const Num& high = *domain.corners[1].numeric();
  const std::size_t entries = low.entries();
  for (std::size_t e = 0; e < entries; ++e)
    if (compare_numbers(at_entry(low, e, lane), notation::Relation::less_equal, at_entry(high, e, lane), where).at(0) !=
        Truth::true_)
      return {};
  std::vector<Rational> fractions;
  for (const Rational& t : session_.candidates)
    if (t >= 0 && t <= 1) fractions.push_back(t);
  const auto point = [&](auto fraction_of) -> Value<A> {
    std::vector<Value<A>> out;
    for (std::size_t e = 0; e < entries; ++e) {
      const Num a = at_entry(low, e, lane);
      const Value<A> width = subtract(at_entry(high, e, lane), a, where);
      const Value<A> step = multiply_entrywise(*number(fraction_of(e)).numeric(), *width.numeric(), where);
      out.push_back(add(a, *step.numeric(), where));
    }
    if (low.is_scalar()) return out[0];
    Value<A> whole = entries == 0 ? integer_value<A>(IntArray{}, {0}) : concat(out, where);
    Num shaped = *whole.numeric();
    shaped.shape = low.shape;
    return {std::move(shaped)};
  };
  std::vector<Value<A>> points;
  constexpr std::size_t most_corners_of = 6;
  if (entries > 1 && entries <= most_corners_of)
    for (std::size_t corner = 0; corner < std::size_t{1} << entries; ++corner)
      points.push_back(point([&](std::size_t e) { return Rational(static_cast<long>(corner >> e & 1U)); }));
  // Entries that walk through the fractions together, then at different strides.
  for (std::size_t k = 0; k < fractions.size(); ++k) points.push_back(point([&](std::size_t) { return fractions[k]; }));
  if (entries > 1)
    for (std::size_t k = 0; k < fractions.size(); ++k)
      points.push_back(point([&](std::size_t e) { return fractions[(k * (e + 1) + e) % fractions.size()]; }));
  return points;
}

/// Whether a number lies in N, Z, Q, R or C.
template <class A>
Truth Evaluator<A>::member_of_numbers(const Num& x, const std::string& name) {
  if (name == "C") return Truth::true_;
  if (x.form == Form::complex) {
    typename A::Real imaginary;
    if (arithmetic_.im(imaginary, x.complexes->get(0)) != Status::ok) return Truth::unknown;
    const Truth is_real = judge(imaginary, notation::Relation::equal, arithmetic_.real(0));
    if (is_real != Truth::true_) return is_real;
    Num real = x;
    typename A::RealArray data(1);
    typename A::Real part;
    if (arithmetic_.re(part, x.complexes->get(0)) != Status::ok) return Truth::unknown;
    data.set(0, std::move(part));
    return member_of_numbers(*real_value<A>(std::move(data), 1).numeric(), name);
  }
  if (name == "R") return Truth::true_;
  if (x.form == Form::integer) return truth_of(name != "N" || (*x.integers)[0] >= 0);
  const auto& value = x.reals->get(0);
  if (const std::optional<Rational> q = arithmetic_.rational(value)) {
    if (name == "Q") return Truth::true_;
    return truth_of(q->get_den() == 1 && (name == "Z" || *q >= 0));
  }
  if (name == "Q") return Truth::unknown;
  // Certainly no integer if it lies strictly between two neighbours.
  typename A::Real floor;
  if (arithmetic_.floor(floor, value) == Status::ok && arithmetic_.compare(value, floor) == relation::greater) {
    session_.used_enclosures = session_.used_enclosures || !A::is_exact;
    return Truth::false_;
  }
  return Truth::unknown;
}

template <class A>
Truth Evaluator<A>::member_of_domain(const Value<A>& x, std::size_t lane, const Domain<A>& domain,
                                     const SourceRange& where) {
  const Num& n = numeric(x, where, "'in'");
  Status status = n.status.at(lane);
  for (const Value<A>& corner : domain.corners) status = combine(status, status_at(corner, lane));
  if (status != Status::ok) return status == Status::undefined ? Truth::undefined : Truth::unknown;
  if (domain.name == "power" && (n.shape.size() != 1 || n.shape[0] != domain.dimension)) return Truth::false_;
  if (domain.is_box()) {
    const Shape& shape = domain.corners[0].numeric()->shape;
    if (n.shape != shape)
      fail(where, "a value of shape " + describe(n.shape) + " in a set of values of shape " + describe(shape));
  } else if (domain.name != "power" && !n.is_scalar()) {
    fail(where, "a value of shape " + describe(n.shape) + " in a set of numbers", "Write " + domain.name + "^n.");
  }
  const auto at_most = [&](const Num& a, const Num& b) {
    return compare_numbers(a, notation::Relation::less_equal, b, where).at(0);
  };
  Truth all = Truth::true_;
  for (std::size_t e = 0; e < n.entries() && all != Truth::false_; ++e) {
    const Num entry = at_entry(n, e, lane);
    Truth each;
    if (domain.is_box())
      each = sequential_and(at_most(at_entry(*domain.corners[0].numeric(), e, lane), entry),
                            at_most(entry, at_entry(*domain.corners[1].numeric(), e, lane)));
    else
      each = member_of_numbers(entry, domain.name == "power" ? domain.base : domain.name);
    if (each != Truth::true_) all = each;
  }
  return all;
}

template <class A>
Truth Evaluator<A>::member(const Value<A>& x, std::size_t lane, const Value<A>& set, const SourceRange& where) {
  if (const Domain<A>* domain = set.domain()) return member_of_domain(x, lane, *domain, where);
  const SetLanes<A> sets = set_of(set, where);
  const std::size_t set_lane = sets.sets.size() == 1 ? 0 : lane;
  const Status status = combine(sets.status.at(lane), status_at(x, lane));
  if (status != Status::ok) return status == Status::undefined ? Truth::undefined : Truth::unknown;
  const FiniteSet<A>& finite = sets.at(set_lane);
  if (finite.is_range) {
    if (const Num* n = x.numeric(); n != nullptr && n->form == Form::integer) {
      const std::int64_t k = (*n->integers)[n->lanes == 1 ? 0 : lane];
      return truth_of(k >= finite.first && k <= finite.last);
    }
  }
  Truth result = Truth::false_;
  const std::size_t x_lane = lane_count(x) == 1 ? 0 : lane;
  for (std::size_t k = 0; k < finite.size(); ++k) {
    const Truth same = equal(x, x_lane, element(finite, k), 0);
    if (same == Truth::true_) return same;
    if (same != Truth::false_) result = Truth::unknown;
  }
  return result;
}

}  // namespace assay::evaluate
