#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: functions of integers.
namespace assay::evaluate {

/// gcd, binomial and factorial of machine integers; results of any size.
template <class A>
Value<A> Evaluator<A>::integer_function(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments) {
  std::vector<Value<A>> narrow;
  std::size_t lanes = 1;
  LaneStatus status;
  for (const Value<A>& argument : arguments) {
    narrow.push_back(narrowed(argument));
    const Num& x = numeric(narrow.back(), node.where, "this function");
    if (!x.is_scalar()) fail(node.where, "this function needs integers");
    lanes = std::max({lanes, x.lanes, x.status.size()});
    status = combine(status, x.status);
  }
  for (const Value<A>& x : narrow)
    if (x.numeric()->form != Form::integer) return poison(std::vector<Status>(lanes, Status::open));
  const auto at = [&](std::size_t i, std::size_t l) {
    const Num& x = *narrow[i].numeric();
    return (*x.integers)[x.lanes == 1 ? 0 : l];
  };
  std::vector<Integer> results(lanes);
  std::vector<Status> statuses(lanes, Status::ok);
  constexpr std::int64_t largest = 1000000;
  for (std::size_t l = 0; l < lanes; ++l) {
    if (status.at(l) != Status::ok) continue;
    if (builtin == Builtin::gcd) {
      for (std::size_t i = 0; i < narrow.size(); ++i)
        results[l] = gcd(results[l], Integer(static_cast<long>(at(i, l))));
    } else if (builtin == Builtin::factorial) {
      const std::int64_t n = at(0, l);
      if (n < 0)
        statuses[l] = Status::undefined;
      else if (n > largest)
        statuses[l] = Status::open;
      else
        mpz_fac_ui(results[l].get_mpz_t(), static_cast<unsigned long>(n));
    } else {
      const std::int64_t k = at(1, l);
      if (k < 0)
        results[l] = 0;
      else if (k > largest)
        statuses[l] = Status::open;
      else
        mpz_bin_ui(results[l].get_mpz_t(), Integer(static_cast<long>(at(0, l))).get_mpz_t(),
                   static_cast<unsigned long>(k));
    }
  }
  const LaneStatus all = then(status, LaneStatus(std::move(statuses)));
  if (std::all_of(results.begin(), results.end(), [](const Integer& n) { return n.fits_slong_p(); })) {
    IntArray out(lanes);
    std::transform(results.begin(), results.end(), out.begin(), [](const Integer& n) { return n.get_si(); });
    return integer_value<A>(std::move(out), {}, all);
  }
  typename A::RealArray out(lanes);
  std::vector<Status> conversion(lanes, Status::ok);
  for (std::size_t l = 0; l < lanes; ++l) {
    typename A::Real x;
    conversion[l] = arithmetic_.real(x, Rational(results[l]));
    out.set(l, std::move(x));
  }
  return real_value<A>(std::move(out), lanes, {}, then(all, LaneStatus(std::move(conversion))));
}

}  // namespace assay::evaluate
