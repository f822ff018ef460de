#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: comparisons. Nothing is true here unless it is certain.
namespace assay::evaluate {

/// The relations between two numbers under which `left relation right` holds.
[[nodiscard]] constexpr Relations accepted(notation::Relation r) noexcept {
  switch (r) {
    case notation::Relation::equal: return relation::equal;
    case notation::Relation::not_equal: return relation::unequal;
    case notation::Relation::less: return relation::less;
    case notation::Relation::less_equal: return relation::less | relation::equal;
    case notation::Relation::greater: return relation::greater;
    case notation::Relation::greater_equal: return relation::greater | relation::equal;
    case notation::Relation::in:
    case notation::Relation::not_in: break;
  }
  return relation::none;
}

/// True if all possible relations are accepted, false if none is.
[[nodiscard]] constexpr Truth verdict(Relations possible, Relations wanted) noexcept {
  if ((possible & ~wanted) == 0) return Truth::true_;
  return (possible & wanted) == 0 ? Truth::false_ : Truth::unknown;
}

template <class A>
template <class T>
Truth Evaluator<A>::judge(const T& x, notation::Relation r, const T& y) {
  const Relations possible = arithmetic_.compare(x, y);
  const Truth truth = verdict(possible, accepted(r));
  if (truth != Truth::unknown && possible != relation::equal && !session_.used_enclosures)
    session_.used_enclosures = !arithmetic_.is_order_exact(x, y);
  return truth;
}

template <class A>
TruthLanes Evaluator<A>::compare_numbers(const Num& x0, notation::Relation r, const Num& y0, const SourceRange& where) {
  const bool ordering = r != notation::Relation::equal && r != notation::Relation::not_equal;
  if (ordering && (!x0.is_scalar() || !y0.is_scalar()))
    fail(where, "an order between shapes " + describe(x0.shape) + " and " + describe(y0.shape) + " has no meaning");
  if (ordering && std::max(x0.form, y0.form) == Form::complex)
    fail(where, "complex numbers have no order", "Compare re(…), im(…) or abs(…).");
  const Shape shape = broadcast_shape(x0, y0, where, "a comparison");
  const std::size_t lanes = std::max({x0.lanes, y0.lanes, x0.status.size(), y0.status.size()});
  const std::size_t entries = entry_count(shape);
  std::vector<Truth> out(lanes, Truth::true_);
  const Form form = std::max(x0.form, y0.form);
  // Over the entries: `==` is a conjunction, `!=` its negation.
  const auto inner = ordering ? r : notation::Relation::equal;
  const auto loop = [&](auto judge_at, const Num& x, const Num& y) {
    for (std::size_t e = 0; e < entries; ++e) {
      const std::size_t x0_ = x.is_scalar() ? 0 : e * x.lanes;
      const std::size_t y0_ = y.is_scalar() ? 0 : e * y.lanes;
      const std::size_t sx = x.lanes == 1 ? 0 : 1;
      const std::size_t sy = y.lanes == 1 ? 0 : 1;
      for (std::size_t l = 0; l < lanes; ++l) {
        if (out[l] == Truth::false_) continue;
        const Truth each = judge_at(x0_ + sx * l, y0_ + sy * l);
        if (each != Truth::true_) out[l] = each;
      }
    }
  };
  if (form == Form::integer) {
    const Relations wanted = accepted(inner);
    loop(
        [&](std::size_t i, std::size_t j) {
          const std::int64_t a = (*x0.integers)[i];
          const std::int64_t b = (*y0.integers)[j];
          return verdict(a < b ? relation::less : a == b ? relation::equal : relation::greater, wanted);
        },
        x0, y0);
  } else {
    const Num x = promoted(arithmetic_, x0, form);
    const Num y = promoted(arithmetic_, y0, form);
    if (form == Form::real)
      loop([&](std::size_t i, std::size_t j) { return judge(x.reals->get(i), inner, y.reals->get(j)); }, x, y);
    else
      loop([&](std::size_t i, std::size_t j) { return judge(x.complexes->get(i), inner, y.complexes->get(j)); }, x, y);
  }
  for (std::size_t l = 0; l < lanes; ++l) {
    if (r == notation::Relation::not_equal) out[l] = !out[l];
    const Status status = combine(x0.status.at(l), y0.status.at(l));
    if (status != Status::ok) out[l] = status == Status::undefined ? Truth::undefined : compare_bounds(x0, r, y0, l);
  }
  return truth_lanes(std::move(out));
}

/// A comparison of integers of which one or both are open, but bounded.
template <class A>
Truth Evaluator<A>::compare_bounds(const Num& x, notation::Relation r, const Num& y, std::size_t lane) {
  using Bounds = typename Num::Bounds;
  const auto bounds_of = [lane](const Num& n) -> Bounds {
    if (!n.is_scalar() || n.form != Form::integer) return std::nullopt;
    if (n.status.at(lane) != Status::ok) return n.bounds();
    const std::int64_t value = (*n.integers)[n.lanes == 1 ? 0 : lane];
    return std::pair(value, value);
  };
  const Bounds left = bounds_of(x);
  const Bounds right = bounds_of(y);
  if (!left || !right) return Truth::unknown;
  Relations possible = relation::none;
  if (left->first < right->second) possible |= relation::less;
  if (left->first <= right->second && right->first <= left->second) possible |= relation::equal;
  if (left->second > right->first) possible |= relation::greater;
  const Truth truth = verdict(possible, accepted(r));
  session_.used_enclosures = session_.used_enclosures || truth != Truth::unknown;
  return truth;
}

/// The relations between two values in given lanes, for the order of sets: numbers by size, tuples and sets
/// lexicographically, sets of fewer elements first. Both must be ok.
template <class A>
Relations Evaluator<A>::relate(const Value<A>& left, std::size_t left_lane, const Value<A>& right,
                               std::size_t right_lane) {
  if (left.numeric() && right.numeric()) {
    const Num& x0 = *left.numeric();
    const Num& y0 = *right.numeric();
    const Form form = std::max(x0.form, y0.form);
    const std::size_t i = x0.lanes == 1 ? 0 : left_lane;
    const std::size_t j = y0.lanes == 1 ? 0 : right_lane;
    if (!x0.is_scalar() || !y0.is_scalar()) {
      if (x0.shape != y0.shape) return relation::unequal;
      const Truth same = equal(left, left_lane, right, right_lane);
      return same == Truth::true_ ? relation::equal : same == Truth::false_ ? relation::unequal : relation::any;
    }
    if (form == Form::integer) {
      const std::int64_t a = (*x0.integers)[i];
      const std::int64_t b = (*y0.integers)[j];
      return a < b ? relation::less : a == b ? relation::equal : relation::greater;
    }
    const Num x = promoted(arithmetic_, x0, form);
    const Num y = promoted(arithmetic_, y0, form);
    return form == Form::real ? arithmetic_.compare(x.reals->get(i), y.reals->get(j))
                              : arithmetic_.compare(x.complexes->get(i), y.complexes->get(j));
  }
  const auto lexicographic = [&](std::size_t n, const auto& a, const auto& b) {
    for (std::size_t k = 0; k < n; ++k) {
      const Relations r = relate(a(k), left_lane, b(k), right_lane);
      if (r != relation::equal) return r == relation::less || r == relation::greater ? r : relation::any;
    }
    return relation::equal;
  };
  if (left.tuple() && right.tuple()) {
    const auto& a = left.tuple()->items;
    const auto& b = right.tuple()->items;
    if (a.size() != b.size()) return a.size() < b.size() ? relation::less : relation::greater;
    return lexicographic(
        a.size(), [&](std::size_t k) { return a[k]; }, [&](std::size_t k) { return b[k]; });
  }
  if (left.set() && right.set()) {
    const FiniteSet<A>& a = left.set()->at(left_lane);
    const FiniteSet<A>& b = right.set()->at(right_lane);
    if (a.size() != b.size()) return a.size() < b.size() ? relation::less : relation::greater;
    return lexicographic(
        a.size(), [&](std::size_t k) { return element(a, k); }, [&](std::size_t k) { return element(b, k); });
  }
  if (left.text() && right.text())
    return *left.text() < *right.text()    ? relation::less
           : *left.text() == *right.text() ? relation::equal
                                           : relation::greater;
  const Truth same = equal(left, left_lane, right, right_lane);
  return same == Truth::true_ ? relation::equal : same == Truth::false_ ? relation::unequal : relation::any;
}

template <class A>
Truth Evaluator<A>::equal(const Value<A>& left, std::size_t left_lane, const Value<A>& right, std::size_t right_lane) {
  if (left.numeric() && right.numeric()) {
    const Num& x = *left.numeric();
    const Num& y = *right.numeric();
    if (!same_shape(x.shape, y.shape)) return Truth::false_;
    if (!x.is_scalar()) {
      const Value<A> a = at_lane(left, left_lane);
      const Value<A> b = at_lane(right, right_lane);
      return compare_numbers(*a.numeric(), notation::Relation::equal, *b.numeric(), {}).at(0);
    }
    return verdict(relate(left, left_lane, right, right_lane), relation::equal);
  }
  // Equal parts, one by one; certainly different if some part is.
  const auto all_equal = [&](std::size_t n, const auto& a, const auto& b) {
    Truth all = Truth::true_;
    for (std::size_t k = 0; k < n && all != Truth::false_; ++k) {
      const Truth each = equal(a(k), left_lane, b(k), right_lane);
      if (each != Truth::true_) all = each;
    }
    return all;
  };
  if (left.tuple() && right.tuple()) {
    const auto& a = left.tuple()->items;
    const auto& b = right.tuple()->items;
    if (a.size() != b.size()) return Truth::false_;
    return all_equal(
        a.size(), [&](std::size_t k) { return a[k]; }, [&](std::size_t k) { return b[k]; });
  }
  if (left.record() && right.record()) {
    const auto& a = left.record()->fields;
    const auto& b = right.record()->fields;
    if (a.size() != b.size()) return Truth::false_;
    std::vector<const Value<A>*> partner;
    for (const auto& named : a) {
      const auto found =
          std::find_if(b.begin(), b.end(), [&](const auto& field) { return field.first == named.first; });
      if (found == b.end()) return Truth::false_;
      partner.push_back(&found->second);
    }
    return all_equal(
        a.size(), [&](std::size_t k) { return a[k].second; }, [&](std::size_t k) { return *partner[k]; });
  }
  if (left.truth() && right.truth()) return truth_of(left.truth()->at(left_lane) == right.truth()->at(right_lane));
  if ((left.set() && right.set()) || (left.text() && right.text()))
    return verdict(relate(left, left_lane, right, right_lane), relation::equal);
  // Functions, infinite sets and stored records have no equality that could be decided.
  return left.data.index() == right.data.index() || left.stored() || right.stored() ? Truth::unknown : Truth::false_;
}

template <class A>
TruthLanes Evaluator<A>::compare(const Value<A>& left, notation::Relation r, const Value<A>& right,
                                 const SourceRange& where, std::size_t space_lanes) {
  const bool membership = r == notation::Relation::in || r == notation::Relation::not_in;
  if (!membership && left.numeric() && right.numeric())
    return compare_numbers(*left.numeric(), r, *right.numeric(), where);
  if (!membership && r != notation::Relation::equal && r != notation::Relation::not_equal)
    fail(where, "an order is only defined between real numbers");
  const std::size_t lanes = std::max(lane_count(left), lane_count(right)) == 1 ? 1 : space_lanes;
  std::vector<Truth> out(lanes);
  for (std::size_t l = 0; l < lanes; ++l) {
    if (membership) {
      out[l] = member(left, l, right, where);
    } else {
      const Status status = combine(status_at(left, l), status_at(right, l));
      out[l] = status == Status::undefined ? Truth::undefined
               : status == Status::open    ? Truth::unknown
                                           : equal(left, l, right, l);
    }
    if (r == notation::Relation::not_in || r == notation::Relation::not_equal) out[l] = !out[l];
  }
  return truth_lanes(std::move(out));
}

template <class A>
Value<A> Evaluator<A>::eval_comparison(const Node& node, LaneSpace& space, Act& act) {
  std::vector<Value<A>> operands;
  for (const auto& child : node.children) operands.push_back(eval(*child, space, act));
  std::optional<TruthLanes> result;
  for (std::size_t i = 0; i < node.relations.size(); ++i) {
    const TruthLanes each = compare(operands[i], node.relations[i], operands[i + 1], node.where, space.lanes());
    if (!result) {
      result = each;
      continue;
    }
    std::vector<Truth> out(std::max(result->size(), each.size()));
    for (std::size_t l = 0; l < out.size(); ++l) {
      // a < b < c means a < b and b < c, left to right.
      out[l] = sequential_and(result->at(l), each.at(l));
    }
    result = truth_lanes(std::move(out));
  }
  return {*result};
}

}  // namespace assay::evaluate
