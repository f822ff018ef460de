#pragma once
#include "evaluate/evaluator.hpp"
#include "evaluate/layernorm.hpp"
#include "evaluate/softmax.hpp"

/// Evaluator: functions that some arithmetics evaluate as a whole instead of step by step. What they mean is said by
/// their definition, in the prelude or here, which all other arithmetics follow.
namespace assay::evaluate {

/// Whether layernorm has its mean value form: that is computed in midpoint-radius doubles, which an arithmetic without
/// floating point has not.
template <class A>
constexpr bool has_slopes = !A::is_exact && requires(const typename A::Real& x) {
  to_midrad(x);
};

template <class A>
Value<A> Evaluator<A>::eval_whole(const Node& node, Builtin builtin, LaneSpace& space, Act& act) {
  if (builtin == Builtin::layernorm) return layernorm(node, space, act);
  const Value<A> argument = eval(*node.children[1], space, act);
  if (const Num* x = argument.numeric(); x != nullptr && x->form != Form::complex && x->entries() > 0)
    if (std::optional<Value<A>> whole = builtin == Builtin::softmax ? softmax(node, *x) : gelu(*x))
      return std::move(*whole);
  return eval(*node.children.back(), space, act);
}

/// e^vᵢ/Σ e^vⱼ over all entries: the sharp range over enclosures, and e^(vᵢ − log Σ e^vⱼ) in a graph, which doubles
/// evaluate without overflow and differentiate.
template <class A>
std::optional<Value<A>> Evaluator<A>::softmax(const Node& node, const Num& v) {
  if constexpr (A::is_traced) {
    if (arithmetic_.host() != nullptr && arithmetic_.host()->is_exact()) return std::nullopt;
    const Value<A> log_of_sum = log_sum_exp(node, v);
    const Value<A> exponents = subtract(v, *log_of_sum.numeric(), node.where);
    return elementary(*exponents.numeric(), Elementary::exp);
  } else if constexpr (!A::is_exact) {
    const Num x = promoted(arithmetic_, v, Form::real);
    std::vector<Status> statuses;
    auto shares = evaluate::softmax(arithmetic_, *x.reals, x.entries(), x.lanes, statuses);
    return real_value<A>(std::move(shares), x.lanes, x.shape, then(x.status, LaneStatus(std::move(statuses))));
  } else {
    return std::nullopt;
  }
}

/// x·(1 + erf(x/√2))/2: the sharp range over enclosures.
template <class A>
std::optional<Value<A>> Evaluator<A>::gelu(const Num& x) {
  if constexpr (!A::is_exact)
    return map_numbers(arithmetic_, x, [](const A& a, auto& r, const auto& u) -> Status {
      if constexpr (std::is_same_v<std::decay_t<decltype(r)>, typename A::Real>)
        return a.gelu(r, u);
      else
        return Status::open;
    });
  else
    return std::nullopt;
}

/// The definition over the box, or its mean value form around the definition at the midpoint, whichever is narrower in
/// an entry (layernorm.hpp).
template <class A>
Value<A> Evaluator<A>::layernorm(const Node& node, LaneSpace& space, Act& act) {
  const Node& definition = *node.children.back();
  Value<A> over_box = eval(definition, space, act);
  if constexpr (has_slopes<A>) {
    const Value<A> argument = eval(*node.children[1], space, act);
    const Value<A> epsilon = eval(*node.children[2], space, act);
    const Num* box = argument.numeric();
    const Num* values = over_box.numeric();
    if (box == nullptr || box->form != Form::real || values == nullptr || values->form != Form::real) return over_box;
    if (are_points(arithmetic_, *box->reals, box->reals->size())) return over_box;
    Act at_midpoint = act;
    at_midpoint.serial = next_serial_++;
    typename A::RealArray mids(box->reals->size());
    for (std::size_t i = 0; i < mids.size(); ++i) mids.set(i, midpoint(box->reals->get(i)));
    const Value<A> midpoints = real_value<A>(std::move(mids), box->lanes, box->shape, box->status);
    at_midpoint.slots[node.children[1]->slot] = {midpoints, &space};
    const Value<A> centre = eval(definition, space, at_midpoint);
    const Num eps = promoted(arithmetic_, *epsilon.numeric(), Form::real);
    if (centre.numeric()->form == Form::real && centre.numeric()->reals->size() == values->reals->size())
      return narrowed_by_slopes(*box, eps, *values, *centre.numeric());
  }
  return over_box;
}

/// The entries of `values`, or the mean value form around `centre`, whichever is narrower.
template <class A>
Value<A> Evaluator<A>::narrowed_by_slopes(const Num& box, const Num& eps, const Num& values, const Num& centre) {
  if constexpr (!has_slopes<A>) {
    return {values};
  } else {
    LayernormBoxes boxes{values.entries(), values.lanes, {}, {}, {}, {}};
    const std::size_t size = boxes.entries * boxes.lanes;
    const auto of = [&](const Num& x, std::size_t i) -> decltype(auto) {
      const std::size_t entry = x.is_scalar() ? 0 : i / boxes.lanes;
      return x.reals->get(entry * x.lanes + (x.lanes == 1 ? 0 : i % boxes.lanes));
    };
    // The entry of a lane with the largest radius.
    std::vector<std::size_t> widest(boxes.lanes);
    for (std::size_t i = 0; i < size; ++i) {
      std::size_t& most = widest[i % boxes.lanes];
      if (i < boxes.lanes || has_smaller_radius(of(box, most), of(box, i))) most = i;
    }
    for (std::size_t i = 0; i < size; ++i) {
      const auto& reference = of(box, widest[i % boxes.lanes]);
      const bool usable = arithmetic_.is_finite(reference) && !arithmetic_.is_order_exact(reference, reference);
      boxes.v.push_back(to_midrad(of(box, i)));
      boxes.values.push_back(to_midrad(of(values, i)));
      boxes.radii.push_back(usable ? radius_ratio(of(box, i), reference) : 0);
      if (i < boxes.lanes) boxes.eps.push_back(to_midrad(of(eps, i)));
    }
    const std::vector<double> slopes = layernorm_slopes(boxes);
    typename A::RealArray out(size);
    for (std::size_t i = 0; i < size; ++i) {
      const typename A::Real form = widened(of(centre, i), slopes[i], of(box, widest[i % boxes.lanes]));
      const bool better = centre.status.at(i % boxes.lanes) == Status::ok && has_smaller_radius(form, of(values, i));
      out.set(i, better ? form : of(values, i));
    }
    return real_value<A>(std::move(out), boxes.lanes, values.shape, values.status);
  }
}

/// log Σ e^vⱼ over all entries: the sharp range over enclosures, and one step in a graph, which doubles evaluate
/// without overflow.
template <class A>
Value<A> Evaluator<A>::log_sum_exp(const Node& node, const Num& v) {
  if (v.form == Form::complex) fail(node.where, "log_sum_exp needs real numbers");
  // The logarithm of an empty sum.
  if (v.entries() == 0) return integer_value<A>({0}, {}, then(v.status, LaneStatus({Status::undefined})));
  if constexpr (A::is_traced) {
    const Num x = promoted(arithmetic_, v, Form::real);
    return real_value<A>(arithmetic_.log_sum_exp(*x.reals, x.entries(), x.lanes), x.lanes, {}, x.status);
  } else if constexpr (!A::is_exact) {
    const Num x = promoted(arithmetic_, v, Form::real);
    std::vector<Status> statuses;
    auto logs = evaluate::log_sum_exp(arithmetic_, *x.reals, x.entries(), x.lanes, statuses);
    return real_value<A>(std::move(logs), x.lanes, {}, then(x.status, LaneStatus(std::move(statuses))));
  } else {
    const Value<A> powers = elementary(v, Elementary::exp);
    const Value<A> sum = reduce_entries(node, *powers.numeric(), Builtin::sum);
    return elementary(*sum.numeric(), Elementary::log);
  }
}

}  // namespace assay::evaluate
