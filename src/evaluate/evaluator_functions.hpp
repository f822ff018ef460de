#pragma once
#include <flint/arith.h>
#include <flint/fmpz.h>

#include "evaluate/evaluator.hpp"

/// Evaluator: built-in functions.
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
Value<A> Evaluator<A>::eval_builtin(const Node& node, Builtin builtin, LaneSpace& space, Act& act) {
  if (builtin == Builtin::iterate) return eval_iterate(node, space, act);
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
    default: break;
  }
  throw NotSupported(where, "this function");
}

template <class A>
Value<A> Evaluator<A>::elementary(const Num& x, Elementary function) {
  return map_numbers(arithmetic_, x, [&](const A& a, auto& r, const auto& u) {
    if constexpr (std::is_same_v<typename A::Real, typename A::Complex>)
      if (x.form == Form::complex) return a.complex_apply(function, r, u);
    return a.apply(function, r, u);
  });
}

/// log Σ exp(vᵢ). Where values are only written down, it stays one step that can be run without overflow.
template <class A>
Value<A> Evaluator<A>::log_sum_exp(const Node& node, const Num& v) {
  if (v.form == Form::complex) fail(node.where, "log_sum_exp needs real numbers");
  if constexpr (A::is_traced) {
    const Num x = promoted(arithmetic_, v, Form::real);
    return real_value<A>(arithmetic_.log_sum_exp(*x.reals, x.entries(), x.lanes), x.lanes, {}, x.status);
  } else {
    const Value<A> powers = elementary(v, Elementary::exp);
    const Value<A> sum = reduce_entries(node, *powers.numeric(), Builtin::sum);
    return elementary(*sum.numeric(), Elementary::log);
  }
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

template <class A>
std::vector<std::size_t> Evaluator<A>::extents(const std::vector<Value<A>>& arguments, std::size_t from,
                                               const SourceRange& where) {
  std::vector<std::size_t> out;
  std::size_t total = 1;
  for (std::size_t i = from; i < arguments.size(); ++i) {
    const Value<A> narrow = narrowed(arguments[i]);
    const Num& x = numeric(narrow, where, "a size");
    if (x.form != Form::integer || x.shape.size() > 1) fail(where, "sizes must be integers");
    if (x.lanes != 1) throw SplitLanes{where, "sizes that vary"};
    for (const std::int64_t n : *x.integers) {
      constexpr std::int64_t largest = std::int64_t{1} << 32;
      if (n < 0 || n > largest) fail(where, "a size must not be negative or larger than 2^32");
      out.push_back(static_cast<std::size_t>(n));
      if (__builtin_mul_overflow(total, out.back(), &total)) throw BudgetExceeded("a tensor of more than 2^64 entries");
    }
  }
  session_.budget.check_allocation(total * 16);
  return out;
}

template <class A>
Value<A> Evaluator<A>::constructor(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments) {
  using B = Builtin;
  if (builtin == B::zeros || builtin == B::ones) {
    const Shape shape = extents(arguments, 0, node.where);
    return integer_value<A>(IntArray(entry_count(shape), builtin == B::ones ? 1 : 0), shape);
  }
  const Num& x = numeric(arguments[0], node.where, "this function");
  if (builtin == B::shape) {
    IntArray out(x.shape.begin(), x.shape.end());
    const Shape shape{x.shape.size()};
    return with_status(integer_value<A>(std::move(out), shape), x.status);
  }
  if (builtin == B::reshape) {
    Num out = x;
    out.shape = extents(arguments, 1, node.where);
    if (out.entries() != x.entries())
      fail(node.where,
           "shape " + describe(x.shape) + " cannot become " + describe(out.shape) + ": the numbers of entries differ");
    return {std::move(out)};
  }
  if (x.shape.size() == 1) {  // diag(v)
    const std::size_t n = x.shape[0];
    std::vector<Value<A>> entries;
    const Value<A> zero = integer_value<A>(0);
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j)
        entries.push_back(i == j ? index_tensor(x, {integer_value<A>(static_cast<std::int64_t>(i))}, node.where)
                                 : zero);
    if (entries.empty()) return integer_value<A>(IntArray{}, {0, 0});
    Value<A> out = concat(entries, node.where);
    std::get<Num>(out.data).shape = {n, n};
    return out;
  }
  if (x.shape.size() != 2) fail(node.where, "diag of a vector or a matrix, not of shape " + describe(x.shape));
  std::vector<Value<A>> entries;
  for (std::size_t i = 0; i < std::min(x.shape[0], x.shape[1]); ++i) {
    const Value<A> k = integer_value<A>(static_cast<std::int64_t>(i));
    entries.push_back(index_tensor(x, {k, k}, node.where));
  }
  return entries.empty() ? integer_value<A>(IntArray{}, {0}) : concat(entries, node.where);
}

/// Vectors and scalars one after the other, as a vector.
template <class A>
Value<A> Evaluator<A>::concat(const std::vector<Value<A>>& parts, const SourceRange& where) {
  Form form = Form::integer;
  std::size_t lanes = 1;
  std::size_t total = 0;
  LaneStatus status;
  for (const Value<A>& part : parts) {
    const Num& x = numeric(part, where, "an entry");
    if (x.shape.size() > 1)
      fail(where, "concat takes vectors, not shape " + describe(x.shape), "Use hstack or vstack for matrices.");
    form = std::max(form, x.form);
    lanes = std::max(lanes, x.lanes);
    total += x.entries();
    status = combine(status, x.status);
  }
  detail::check_size<A>(total, lanes, where);
  std::vector<Num> numbers;
  numbers.reserve(parts.size());
  for (const Value<A>& part : parts) numbers.push_back(promoted(arithmetic_, *part.numeric(), form));
  const auto joined = [&](auto member) {
    using Array = std::remove_const_t<typename std::decay_t<decltype(numbers[0].*member)>::element_type>;
    const auto behind = [lanes](std::size_t first) {
      return [first, lanes](std::size_t e, std::size_t l) { return (first + e) * lanes + l; };
    };
    std::vector<Part<Array, decltype(behind(0))>> pieces;
    std::size_t first = 0;
    for (const Num& x : numbers) {
      pieces.push_back({(x.*member).get(), x.entries(), lanes, x.lanes, behind(first)});
      first += x.entries();
    }
    return assembled(pieces, total, lanes);
  };
  Num out;
  out.shape = {total};
  out.lanes = lanes;
  out.form = form;
  out.status = status;
  if (form == Form::integer) out.integers = joined(&Num::integers);
  if (form == Form::real) out.reals = joined(&Num::reals);
  if (form == Form::complex) out.complexes = joined(&Num::complexes);
  return {std::move(out)};
}

template <class A>
Value<A> Evaluator<A>::stack(const std::vector<Value<A>>& parts, bool horizontally, const SourceRange& where) {
  // Rows one after the other are the entries one after the other; columns likewise after transposition.
  std::vector<Value<A>> flat;
  std::size_t other = 0;
  std::size_t along = 0;
  for (const Value<A>& part : parts) {
    Num x = numeric(part, where, "stacking");
    if (x.shape.size() > 2) fail(where, "only vectors and matrices can be stacked");
    if (horizontally) {
      if (x.shape.size() == 1) x.shape = {x.shape[0], 1};
      if (x.shape.empty()) x.shape = {1, 1};
      x = *transpose(x, where).numeric();
    } else {
      if (x.shape.size() == 1) x.shape = {1, x.shape[0]};
      if (x.shape.empty()) x.shape = {1, 1};
    }
    if (!flat.empty() && x.shape[1] != other)
      fail(where,
           "the parts to be stacked do not fit: " + std::to_string(other) + " and " + std::to_string(x.shape[1]));
    other = x.shape[1];
    along += x.shape[0];
    x.shape = {x.entries()};
    flat.push_back({std::move(x)});
  }
  Value<A> out = concat(flat, where);
  std::get<Num>(out.data).shape = {along, other};
  return horizontally ? transpose(*out.numeric(), where) : out;
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
    if (f->builtin != nullptr)
      x = {apply_builtin(node, *f->builtin, {pull(x.value, x.space, space)}, space, act), &space};
    else
      x = {call(*f, {x}, space, node, act), &space};
  }
  return pull(x.value, x.space, space);
}

/// Tensors are converted once for each evaluator; records and lists stay as they are until a part is used.
template <class A>
Value<A> Evaluator<A>::from_stored(const files::FileValue& stored, const SourceRange& where) {
  if (std::holds_alternative<files::Record>(stored.content) || std::holds_alternative<files::List>(stored.content))
    return {StoredRecord{&stored}};
  if (const auto* q = std::get_if<Rational>(&stored.content)) return number(*q);
  if (const auto* text = std::get_if<std::string>(&stored.content)) return {*text};
  if (const auto* truth = std::get_if<bool>(&stored.content)) return truth_value<A>(truth_of(*truth));
  if (const auto* unusable = std::get_if<files::Unusable>(&stored.content)) fail(where, unusable->reason);
  const auto* tensor = std::get_if<files::TensorPtr>(&stored.content);
  if (tensor == nullptr) fail(where, "the file has no value here (null)");
  const auto known = stored_.find(&stored);
  if (known != stored_.end()) return known->second;
  const files::TensorValues& values = (*tensor)->values();
  const Shape& shape = (*tensor)->shape();
  Value<A> value;
  if (const auto* doubles = std::get_if<std::vector<double>>(&values))
    value = real_value<A>(arithmetic_.reals(*doubles), 1, shape);
  else
    value = integer_value<A>(std::get<std::vector<std::int64_t>>(values), shape);
  return stored_.emplace(&stored, std::move(value)).first->second;
}

template <class A>
Value<A> Evaluator<A>::load(const Node& node, const std::vector<Value<A>>& arguments) {
  const std::string* name = arguments[0].text();
  if (name == nullptr) fail(node.where, "load needs a file name in quotes");
  return from_stored(session_.data.load(*name, node.where.text ? node.where.text->name() : "", node.where), node.where);
}

}  // namespace assay::evaluate
