#pragma once
#include "evaluate/evaluator_elementary.hpp"

/// Evaluator: which built-in function does what.
namespace assay::evaluate {

template <class A>
Value<A> Evaluator<A>::eval_builtin(const Node& node, Builtin builtin, LaneSpace& space, Act& act) {
  if (builtin == Builtin::iterate) return eval_iterate(node, space, act);
  if (is_whole_definition(builtin)) return eval_whole(node, builtin, space, act);
  if (builtin == Builtin::diff) {
    const Value<A> function = eval(*node.children[1], space, act);
    return differentiate(*function.function(), builtin, eval_placed(*node.children[2], space, act), space, node);
  }
  std::vector<Value<A>> arguments;
  for (std::size_t i = 1; i < node.children.size(); ++i) arguments.push_back(eval(*node.children[i], space, act));
  return apply_builtin(node, builtin, arguments, space, act);
}

template <class A>
Value<A> Evaluator<A>::apply_builtin(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments,
                                     LaneSpace&, Act&) {
  using B = Builtin;
  const SourceRange& where = node.where;
  if (arguments.empty()) fail(where, "this function needs an argument");
  const auto number_argument = [&](std::size_t i) -> const Num& {
    if (i >= arguments.size()) fail(where, "an argument is missing");
    return numeric(arguments[i], where, "this function");
  };
  if (const std::optional<Elementary> f = elementary_of(builtin)) return elementary(number_argument(0), *f);
  if (is_linear_algebra(builtin)) return linear_algebra(node, builtin, number_argument(0));
  switch (builtin) {
    case B::abs:
    case B::relu:
    case B::re:
    case B::im:
    case B::conj: return unary_real(node, builtin, number_argument(0));
    case B::sign: return sign(number_argument(0));
    case B::floor: return floor_or_ceil(number_argument(0), false);
    case B::ceil: return floor_or_ceil(number_argument(0), true);
    case B::max:
    case B::min:
      if (arguments.size() > 1) return extremum_of(arguments, builtin == B::max, where);
      if (const SetLanes<A>* set = arguments[0].set()) {
        if (set->sets.size() != 1) throw SplitLanes{where, "the extremum of a set that varies"};
        std::vector<Value<A>> members;
        for (std::size_t i = 0; i < set->at(0).size(); ++i) members.push_back(element(set->at(0), i));
        return with_status(extremum_of(members, builtin == B::max, where), set->status);
      }
      return number_argument(0).is_scalar() ? arguments[0] : reduce_entries(node, number_argument(0), builtin);
    case B::sum:
    case B::prod:
    case B::mean: return reduce_entries(node, number_argument(0), builtin);
    case B::log_sum_exp: return log_sum_exp(node, number_argument(0));
    case B::argmax: return arg_extremum(number_argument(0), true, where);
    case B::argmin: return arg_extremum(number_argument(0), false, where);
    case B::gcd:
    case B::binomial:
    case B::factorial: return integer_function(node, builtin, arguments);
    case B::omega: return roots_of_unity(number_argument(0), where);
    case B::size:
    case B::primes:
    case B::subsets:
    case B::sample: return set_function(node, builtin, arguments);
    case B::transpose: return transpose(number_argument(0), where);
    case B::zeros:
    case B::ones:
    case B::diag:
    case B::reshape:
    case B::shape: return constructor(node, builtin, arguments);
    case B::concat: return concat(arguments, where);
    case B::hstack: return stack(arguments, true, where);
    case B::vstack: return stack(arguments, false, where);
    case B::interval:
    case B::box:
    case B::ball: return points_between(node, builtin, arguments);
    case B::load: return load(node, arguments);
    case B::grad:
    case B::jacobian:
    case B::hessian: return derivative_of(node, builtin, arguments[0]);
    default: break;
  }
  throw NotSupported(where, "this function");
}

/// iterate(f, x, n) = f(f(…f(x)…)), n times.
template <class A>
Value<A> Evaluator<A>::eval_iterate(const Node& node, LaneSpace& space, Act& act) {
  if (node.children.size() != 4) fail(node.where, "iterate(f, x, n) takes a function, a value and a number");
  const Value<A> function = eval(*node.children[1], space, act);
  const FunctionValue<A>* f = function.function();
  if (f == nullptr) fail(node.children[1]->where, "iterate needs a function");
  Placed x = eval_placed(*node.children[2], space, act);
  const Value<A> count = narrowed(eval(*node.children[3], space, act));
  const Num& n = numeric(count, node.children[3]->where, "the number of iterations");
  if (n.form != Form::integer || !n.is_scalar())
    fail(node.children[3]->where, "the number of iterations must be an integer");
  if (n.lanes != 1) throw SplitLanes{node.where, "numbers of iterations that vary"};
  if (n.status.at(0) != Status::ok) return poison({n.status.at(0)});
  if ((*n.integers)[0] < 0) return poison({Status::undefined});
  for (std::int64_t i = 0; i < (*n.integers)[0]; ++i) {
    session_.budget.check();
    x = {apply_function(*f, {x}, space, node, act), &space};
  }
  return pull(x.value, x.space, space);
}

}  // namespace assay::evaluate
