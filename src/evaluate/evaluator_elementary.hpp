#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: functions of numbers, which apply entrywise.
namespace assay::evaluate {

[[nodiscard]] inline std::optional<Elementary> elementary_of(Builtin builtin) {
  switch (builtin) {
    case Builtin::sqrt: return Elementary::sqrt;
    case Builtin::exp: return Elementary::exp;
    case Builtin::log: return Elementary::log;
    case Builtin::sin: return Elementary::sin;
    case Builtin::cos: return Elementary::cos;
    case Builtin::tan: return Elementary::tan;
    case Builtin::asin: return Elementary::asin;
    case Builtin::acos: return Elementary::acos;
    case Builtin::atan: return Elementary::atan;
    case Builtin::sinh: return Elementary::sinh;
    case Builtin::cosh: return Elementary::cosh;
    case Builtin::tanh: return Elementary::tanh;
    case Builtin::erf: return Elementary::erf;
    case Builtin::gamma: return Elementary::gamma;
    default: return std::nullopt;
  }
}

template <class A>
Value<A> Evaluator<A>::elementary(const Num& x, Elementary function) {
  return map_numbers(arithmetic_, x, [&](const A& a, auto& r, const auto& u) {
    if constexpr (std::is_same_v<typename A::Real, typename A::Complex>)
      if (x.form == Form::complex) return a.complex_apply(function, r, u);
    return a.apply(function, r, u);
  });
}

template <class A>
Value<A> Evaluator<A>::unary_real(const Node& node, Builtin builtin, const Num& x) {
  using B = Builtin;
  if (x.form == Form::complex) {
    switch (builtin) {
      case B::re: return map_to_real(arithmetic_, x, [](const A& a, auto& r, const auto& z) { return a.re(r, z); });
      case B::im: return map_to_real(arithmetic_, x, [](const A& a, auto& r, const auto& z) { return a.im(r, z); });
      case B::abs: return map_to_real(arithmetic_, x, [](const A& a, auto& r, const auto& z) { return a.abs(r, z); });
      case B::conj: {
        typename A::ComplexArray out(x.complexes->size());
        std::vector<Status> statuses;
        detail::map_whole(arithmetic_, out, x, *x.complexes, statuses,
                          [&](auto& r, const auto& z) { return arithmetic_.conj(r, z); });
        return complex_value<A>(std::move(out), x.lanes, x.shape, then(x.status, LaneStatus(std::move(statuses))));
      }
      default: fail(node.where, "this function needs real numbers");
    }
  }
  if (builtin == B::re || builtin == B::conj) return {x};
  if (builtin == B::im) return integer_value<A>(IntArray(x.entries(), 0), x.shape, x.status);
  if (x.form == Form::integer && std::find(x.integers->begin(), x.integers->end(), INT64_MIN) == x.integers->end()) {
    IntArray out(x.integers->size());
    std::transform(x.integers->begin(), x.integers->end(), out.begin(),
                   [&](std::int64_t n) { return builtin == B::abs ? std::abs(n) : std::max<std::int64_t>(n, 0); });
    Num result = x;
    result.integers = std::make_shared<const IntArray>(std::move(out));
    return {std::move(result)};
  }
  const Num real = promoted(arithmetic_, x, Form::real);
  typename A::RealArray out(real.reals->size());
  std::vector<Status> statuses;
  detail::map_whole(arithmetic_, out, real, *real.reals, statuses, [&](auto& r, const auto& u) {
    return builtin == B::abs ? arithmetic_.abs(r, u) : arithmetic_.relu(r, u);
  });
  return real_value<A>(std::move(out), real.lanes, real.shape, then(real.status, LaneStatus(std::move(statuses))));
}

template <class A>
Value<A> Evaluator<A>::floor_or_ceil(const Num& x, bool up) {
  if (x.form == Form::integer) return {x};
  if (x.form == Form::complex) fail({}, "floor and ceil need real numbers");
  const Value<A> argument = up ? negate(x) : Value<A>{x};
  const Num& u = *argument.numeric();
  typename A::RealArray out(u.reals->size());
  std::vector<Status> statuses;
  detail::map_whole(arithmetic_, out, u, *u.reals, statuses,
                    [&](auto& r, const auto& v) { return arithmetic_.floor(r, v); });
  Value<A> result =
      narrowed(real_value<A>(std::move(out), u.lanes, u.shape, then(u.status, LaneStatus(std::move(statuses)))));
  session_.used_enclosures = session_.used_enclosures || !A::is_exact;
  return up ? negate(*result.numeric()) : result;
}

template <class A>
Value<A> Evaluator<A>::sign(const Num& x0) {
  if (x0.form == Form::complex) fail({}, "sign needs real numbers");
  if constexpr (requires(typename A::Real & r) { arithmetic_.sign(r, r); })
    if (x0.form == Form::real)
      return map_to_real(arithmetic_, x0, [](const A& a, auto& r, const auto& u) { return a.sign(r, u); });
  const Num x = promoted(arithmetic_, x0, Form::real);
  IntArray out(x.reals->size());
  std::vector<Status> statuses(x.lanes, Status::ok);
  const typename A::Real zero = arithmetic_.real(0);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const Relations r = arithmetic_.compare(x.reals->get(i), zero);
    out[i] = r == relation::less ? -1 : r == relation::greater ? 1 : 0;
    if (r != relation::less && r != relation::greater && r != relation::equal) statuses[i % x.lanes] = Status::open;
  }
  session_.used_enclosures = session_.used_enclosures || (!A::is_exact && x0.form != Form::integer);
  return integer_value<A>(std::move(out), x.shape, then(x.status, LaneStatus(std::move(statuses))));
}

/// omega(n) = exp(2πi/n).
template <class A>
Value<A> Evaluator<A>::roots_of_unity(const Num& n, const SourceRange& where) {
  Value<A> two_pi_i = integer_value<A>(2);
  Node constant;
  LaneSpace root;
  Act none;
  constant.operation = Operation::pi;
  const Value<A> pi = eval_here(constant, root, none);
  constant.operation = Operation::imaginary_unit;
  const Value<A> i = eval_here(constant, root, none);
  two_pi_i = multiply_entrywise(*two_pi_i.numeric(), *pi.numeric(), where);
  two_pi_i = multiply_entrywise(*two_pi_i.numeric(), *i.numeric(), where);
  const Value<A> exponent = divide(*two_pi_i.numeric(), n, where);
  return elementary(*exponent.numeric(), Elementary::exp);
}

}  // namespace assay::evaluate
