#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: infinite domains, boxes, and membership.
namespace assay::evaluate {

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

/// All numbers of a value, tensors by rows, records and tuples in order of declaration: a vector.
template <class A>
Value<A> Evaluator<A>::flattened(const Value<A>& value, const SourceRange& where) {
  std::vector<Value<A>> parts;
  collect_numbers(value, parts, where);
  return parts.empty() ? integer_value<A>(IntArray{}, {0}) : concat(parts, where);
}

template <class A>
void Evaluator<A>::collect_numbers(const Value<A>& value, std::vector<Value<A>>& parts, const SourceRange& where) {
  if (const Num* x = value.numeric()) {
    Num flat = *x;
    if (!flat.is_scalar()) flat.shape = {x->entries()};
    return parts.push_back({std::move(flat)});
  }
  if (const TupleValue<A>* tuple = value.tuple()) {
    for (const auto& item : tuple->items) collect_numbers(item, parts, where);
    return;
  }
  if (const RecordValue<A>* record = value.record()) {
    for (const auto& [name, field] : record->fields) collect_numbers(field, parts, where);
    return;
  }
  if (const StoredRecord* stored = value.stored())
    if (const auto* fields = std::get_if<files::Record>(&stored->content->content)) {
      for (const files::Field* field : fields->data()) collect_numbers(from_stored(field->value, where), parts, where);
      return;
    }
  fail(where, "only numbers, tensors, and records and tuples of them can be flattened");
}

/// The value of the form of `like` whose numbers are those of the vector.
template <class A>
Value<A> Evaluator<A>::shaped_like(const Value<A>& like, const Num& flat, std::size_t& next, const SourceRange& where) {
  if (const Num* x = like.numeric()) {
    const std::size_t first = next;
    next += x->entries();
    Num part = with_arrays(flat, [&](const auto& in) {
      return rearranged(in, x->entries(), flat.lanes,
                        [&](std::size_t e, std::size_t l) { return (first + e) * flat.lanes + l; });
    });
    part.shape = x->shape;
    return {std::move(part)};
  }
  if (const TupleValue<A>* tuple = like.tuple()) {
    std::vector<Value<A>> items;
    for (const auto& item : tuple->items) items.push_back(shaped_like(item, flat, next, where));
    return tuple_value<A>(std::move(items));
  }
  RecordValue<A> out;
  if (const RecordValue<A>* record = like.record()) {
    for (const auto& [name, field] : record->fields)
      out.fields.emplace_back(name, shaped_like(field, flat, next, where));
  } else {
    const StoredRecord* stored = like.stored();
    const auto* fields = stored == nullptr ? nullptr : std::get_if<files::Record>(&stored->content->content);
    ASSAY_ENSURE(fields != nullptr, "only what was flattened gives a form");
    for (const files::Field* field : fields->data())
      out.fields.emplace_back(field->name, shaped_like(from_stored(field->value, where), flat, next, where));
  }
  return {std::make_shared<const RecordValue<A>>(std::move(out))};
}

/// A point of a box, given by its numbers.
template <class A>
Value<A> Evaluator<A>::point_of_box(const Domain<A>& domain, const Num& numbers, const SourceRange& where) {
  std::size_t next = 0;
  return shaped_like(domain.like ? *domain.like : domain.corners[0], numbers, next, where);
}

/// interval(a, b), box(lo, hi) and ball(center, r) = box(center − r, center + r).
template <class A>
Value<A> Evaluator<A>::points_between(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments) {
  const SourceRange& where = node.where;
  const char* name = builtin == Builtin::interval ? "interval" : builtin == Builtin::box ? "box" : "ball";
  if (arguments.size() != 2) fail(where, std::string(name) + " takes two arguments");
  if (builtin != Builtin::interval && arguments[0].numeric() == nullptr) {
    const Value<A> first = flattened(arguments[0], where);
    const Value<A> second = arguments[1].numeric() != nullptr ? arguments[1] : flattened(arguments[1], where);
    Value<A> box = points_between(node, builtin, {first, second});
    std::get<Domain<A>>(box.data).like = std::make_shared<const Value<A>>(arguments[0]);
    return box;
  }
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
    return {Domain<A>{name, {}, 0, {subtract(first, second, where), add(first, second, where)}, nullptr}};
  return {Domain<A>{name, {}, 0, arguments, nullptr}};
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
    if (domain.like) return point_of_box(domain, *concat(out, where).numeric(), where);
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
  const Value<A> numbers = domain.like ? flattened(x, where) : x;
  const Num& n = numeric(numbers, where, "'in'");
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
