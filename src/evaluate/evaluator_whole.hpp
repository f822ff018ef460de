#pragma once
#include "evaluate/evaluator.hpp"
#include "evaluate/softmax.hpp"

/// Evaluator: functions that some arithmetics evaluate as a whole instead of step by step. What they mean is said by
/// their definition, in the prelude or here, which all other arithmetics follow.
namespace assay::evaluate {

template <class A>
Value<A> Evaluator<A>::eval_whole(const Node& node, Builtin builtin, LaneSpace& space, Act& act) {
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
