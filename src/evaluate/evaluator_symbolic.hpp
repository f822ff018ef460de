#pragma once
#include "evaluate/evaluator.hpp"
#include "number/basic_symbolic.hpp"

/// Evaluator: variables that range over infinite sets, and assumptions about them.
namespace assay::evaluate {

/// An indeterminate for an element of `domain`, about which only what the domain says is assumed; open if we have none.
template <class A>
Value<A> Evaluator<A>::symbol_for(const Domain<A>& domain, const SourceRange& where) {
  if constexpr (!A::is_symbolic) {
    fail(where, "indeterminates belong to the symbolic arithmetic");
  } else {
    using Symbol = typename A::Real;
    const auto one = [](Symbol x) {
      typename A::RealArray data(1);
      data.set(0, std::move(x));
      return data;
    };
    const std::string& name = domain.name == "power" ? domain.base : domain.name;
    const bool is_complex = name == "C";
    const auto fresh = [&] {
      Symbol x = is_complex ? Symbol::complex_variable(symbols_) : Symbol::variable(symbols_);
      ++symbols_;
      if (name == "N") assay::assume(arithmetic_.assumptions(), x, relation::greater | relation::equal);
      return x;
    };
    if (domain.name == "power") {
      typename A::RealArray data(domain.dimension);
      for (std::size_t i = 0; i < domain.dimension; ++i) data.set(i, fresh());
      return is_complex ? complex_value<A>(std::move(data), 1, {domain.dimension})
                        : real_value<A>(std::move(data), 1, {domain.dimension});
    }
    if (name == "C") return complex_value<A>(one(fresh()), 1);
    if (name == "R" || name == "Q" || name == "Z" || name == "N") return real_value<A>(one(fresh()), 1);
    if (domain.is_box()) {
      const Num low = promoted(arithmetic_, *domain.corners[0].numeric(), Form::real);
      const Num high = promoted(arithmetic_, *domain.corners[1].numeric(), Form::real);
      if (low.status.at(0) != Status::ok || high.status.at(0) != Status::ok) return poison({Status::open});
      typename A::RealArray data(low.entries());
      for (std::size_t e = 0; e < low.entries(); ++e) {
        Symbol x = fresh();
        assay::assume(arithmetic_.assumptions(), x - low.reals->get(e), relation::greater | relation::equal);
        assay::assume(arithmetic_.assumptions(), high.reals->get(e) - x, relation::greater | relation::equal);
        data.set(e, std::move(x));
      }
      const Value<A> numbers = real_value<A>(std::move(data), 1, low.shape);
      return domain.like ? point_of_box(domain, *numbers.numeric(), where) : numbers;
    }
    return poison({Status::open});
  }
}

template <class A>
void Evaluator<A>::walk_symbolically(Walk& state, LaneSpace& space, const Domain<A>& domain) {
  if constexpr (A::is_symbolic) {
    // An identity that holds for an indeterminate holds for all values. It shows `exists` only if there is a value, and
    // gives no sum, count or extremum.
    const bool universal = state.node.operation == Operation::binder && state.node.kind == notation::BinderKind::forall;
    const bool existential =
        state.node.operation == Operation::binder && state.node.kind == notation::BinderKind::exists;
    if (!universal && !(existential && !domain.is_box())) return state.reducer.incomplete();
    if (existential && state.node.has_filter) return state.reducer.incomplete();
    // The set may be empty (an interval, or through a filter): that the body fails for the indeterminate refutes
    // nothing.
    if (universal) state.reducer.only_true_counts();
    arithmetic_.assumptions().push();
    LaneSpace child(space, space.lanes(), {}, true);
    bind(state, symbol_for(domain, state.node.where), {&child, {}, 0});
    walk(state, child, true);
    state.levels.pop_back();
    arithmetic_.assumptions().pop();
  } else {
    static_cast<void>(state), static_cast<void>(space), static_cast<void>(domain);
  }
}

/// Assumes that `condition` holds (or fails). Returns whether it is certain to be defined for all values, without which
/// nothing may be concluded under it. What cannot be used is not assumed, which is sound.
template <class A>
bool Evaluator<A>::assume(const Node& condition, bool holds, LaneSpace& space, Act& act) {
  if constexpr (!A::is_symbolic) {
    return false;
  } else {
    using O = Operation;
    if (condition.operation == O::truth) return true;
    if (condition.operation == O::logical_not) return assume(*condition.children[0], !holds, space, act);
    if (condition.operation == (holds ? O::logical_and : O::logical_or)) {
      const bool left = assume(*condition.children[0], holds, space, act);
      return assume(*condition.children[1], holds, space, act) && left;
    }
    if (condition.operation != O::comparison) return false;
    std::vector<Value<A>> operands;
    for (const auto& child : condition.children) operands.push_back(eval(*child, space, act));
    for (const Value<A>& operand : operands)
      if (operand.numeric() == nullptr || !operand.numeric()->is_scalar() || status_at(operand, 0) != Status::ok)
        return false;
    if (!holds && condition.relations.size() > 1) return true;
    for (std::size_t i = 0; i < condition.relations.size(); ++i) {
      const notation::Relation r = condition.relations[i];
      if (r == notation::Relation::in || r == notation::Relation::not_in) return false;
      const Num x = promoted(arithmetic_, *operands[i].numeric(), Form::complex);
      const Num y = promoted(arithmetic_, *operands[i + 1].numeric(), Form::complex);
      const bool ordered =
          operands[i].numeric()->form != Form::complex && operands[i + 1].numeric()->form != Form::complex;
      Relations sign = accepted(r);
      if (!holds) sign = static_cast<Relations>(relation::any & ~sign);
      if (!ordered && sign != relation::equal && sign != relation::unequal) return false;
      try {
        assay::assume(arithmetic_.assumptions(), x.complexes->get(0) - y.complexes->get(0), sign);
      } catch (const NotRepresentable&) {
      }
    }
    return true;
  }
}

}  // namespace assay::evaluate
