#pragma once
#include "evaluate/evaluator.hpp"
#include "evaluate/product.hpp"

/// Evaluator: arithmetic on numbers, vectors and matrices.
namespace assay::evaluate {

template <class A>
const Numeric<A>& Evaluator<A>::numeric(const Value<A>& value, const SourceRange& where, const char* what) {
  if (const Num* x = value.numeric()) return *x;
  fail(where, std::string("a number, vector or matrix is needed for ") + what);
}

template <class A>
Value<A> Evaluator<A>::add(const Num& x, const Num& y, const SourceRange& where) {
  if (x.form == Form::integer && y.form == Form::integer)
    if (auto sum = zip_integers(x, y, where, "+", [](std::int64_t& out, std::int64_t a, std::int64_t b) {
          return !__builtin_add_overflow(a, b, &out);
        }))
      return std::move(*sum);
  return zip_numbers(arithmetic_, x, y, where, "+",
                     [](const A& a, auto& r, const auto& u, const auto& v) { return a.add(r, u, v); });
}

template <class A>
Value<A> Evaluator<A>::subtract(const Num& x, const Num& y, const SourceRange& where) {
  if (x.form == Form::integer && y.form == Form::integer)
    if (auto difference = zip_integers(x, y, where, "-", [](std::int64_t& out, std::int64_t a, std::int64_t b) {
          return !__builtin_sub_overflow(a, b, &out);
        }))
      return std::move(*difference);
  return zip_numbers(arithmetic_, x, y, where, "-",
                     [](const A& a, auto& r, const auto& u, const auto& v) { return a.subtract(r, u, v); });
}

template <class A>
Value<A> Evaluator<A>::multiply_entrywise(const Num& x, const Num& y, const SourceRange& where) {
  if (x.form == Form::integer && y.form == Form::integer)
    if (auto product = zip_integers(
            x, y, where, "multiplication",
            [](std::int64_t& out, std::int64_t a, std::int64_t b) { return !__builtin_mul_overflow(a, b, &out); }))
      return std::move(*product);
  return zip_numbers(arithmetic_, x, y, where, "multiplication",
                     [](const A& a, auto& r, const auto& u, const auto& v) { return a.multiply(r, u, v); });
}

template <class A>
Value<A> Evaluator<A>::negate(const Num& x) {
  if (x.form == Form::integer && std::find(x.integers->begin(), x.integers->end(), INT64_MIN) == x.integers->end()) {
    IntArray out(x.integers->size());
    std::transform(x.integers->begin(), x.integers->end(), out.begin(), [](std::int64_t n) { return -n; });
    Num result = x;
    result.integers = std::make_shared<const IntArray>(std::move(out));
    return {std::move(result)};
  }
  Value<A> out = map_numbers(arithmetic_, x, [](const A& a, auto& r, const auto& u) { return a.negate(r, u); });
  if (x.is_symmetric()) std::get<Num>(out.data).mark_symmetric();
  return out;
}

/// The value with exactly known integers in integer form, if that holds for every ok lane.
template <class A>
Value<A> Evaluator<A>::narrowed(Value<A> value) {
  const Num* x = value.numeric();
  if (x == nullptr || x->form != Form::real) return value;
  IntArray out(x->reals->size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (x->status.at(i % x->lanes) != Status::ok) continue;
    const std::optional<std::int64_t> n = arithmetic_.integer(x->reals->get(i));
    if (!n) return value;
    out[i] = *n;
  }
  Num result = *x;
  result.form = Form::integer;
  result.reals.reset();
  result.integers = std::make_shared<const IntArray>(std::move(out));
  return {std::move(result)};
}

template <class A>
Value<A> Evaluator<A>::divide(const Num& x, const Num& y, const SourceRange& where) {
  if (x.form == Form::integer && y.form == Form::integer)
    if (auto quotient = zip_integers(x, y, where, "division", [](std::int64_t& out, std::int64_t a, std::int64_t b) {
          if (b == 0 || b == -1 || a % b != 0) return b == -1 && !__builtin_sub_overflow(0, a, &out);
          out = a / b;
          return true;
        }))
      return std::move(*quotient);
  // Where integers need not be numbers of the arithmetic their quotient may still be one: 1/10000000.
  if constexpr (requires(typename A::Real & r) { arithmetic_.quotient(r, std::int64_t{}, std::int64_t{}); })
    if (x.form == Form::integer && y.form == Form::integer) {
      Shape shape = broadcast_shape(x, y, where, "division");
      const std::size_t entries = entry_count(shape);
      const std::size_t lanes = std::max(x.lanes, y.lanes);
      detail::check_size<A>(entries, lanes, where);
      std::vector<Status> statuses;
      typename A::RealArray out(entries * lanes);
      detail::zip(out, entries, lanes, *x.integers, x.is_scalar(), x.lanes, *y.integers, y.is_scalar(), y.lanes,
                  statuses, [&](auto& r, std::int64_t a, std::int64_t b) { return arithmetic_.quotient(r, a, b); });
      return real_value<A>(std::move(out), lanes, std::move(shape),
                           then(combine(x.status, y.status), LaneStatus(std::move(statuses))));
    }
  return zip_numbers(arithmetic_, x, y, where, "division",
                     [](const A& a, auto& r, const auto& u, const auto& v) { return a.divide(r, u, v); });
}

template <class A>
Value<A> Evaluator<A>::modulo(const Num& x, const Num& y, const SourceRange& where) {
  if (x.form == Form::complex || y.form == Form::complex) fail(where, "'mod' needs real numbers");
  if (x.form == Form::integer && y.form == Form::integer)
    if (auto rest = zip_integers(x, y, where, "mod", [](std::int64_t& out, std::int64_t a, std::int64_t b) {
          if (b == 0) return false;
          out = b == -1 ? 0 : a % b;
          if (out != 0 && (out < 0) != (b < 0)) out += b;
          return true;
        }))
      return std::move(*rest);
  // a mod n = a − n·⌊a/n⌋; undefined for n = 0.
  const Value<A> quotient = divide(x, y, where);
  const Value<A> whole = floor_or_ceil(*quotient.numeric(), false);
  const Value<A> product = multiply_entrywise(y, *whole.numeric(), where);
  return narrowed(subtract(x, *product.numeric(), where));
}

template <class A>
Value<A> Evaluator<A>::power_by_integers(const Num& x0, const Num& n, const SourceRange& where) {
  if (x0.form == Form::integer)
    if (auto power = zip_integers(x0, n, where, "powers", [](std::int64_t& out, std::int64_t base, std::int64_t e) {
          if (e < 0) return false;
          out = 1;
          for (std::int64_t square = base; e > 0; e >>= 1) {
            if ((e & 1) != 0 && __builtin_mul_overflow(out, square, &out)) return false;
            if (e > 1 && __builtin_mul_overflow(square, square, &square)) return false;
          }
          return true;
        }))
      return std::move(*power);
  const Num x = promoted(arithmetic_, x0, std::max(x0.form, Form::real));
  Shape shape = broadcast_shape(x, n, where, "powers");
  const std::size_t entries = entry_count(shape);
  const std::size_t lanes = std::max(x.lanes, n.lanes);
  detail::check_size<A>(entries, lanes, where);
  std::vector<Status> statuses;
  const auto run = [&]<class Array>(const Array& xs) {
    Array out(entries * lanes);
    if constexpr (A::is_traced)
      if (const std::vector<std::int64_t>& all = *n.integers;
          !all.empty() && std::equal(all.begin() + 1, all.end(), all.begin())) {
        if (arithmetic_.power(out, arithmetic_.broadcast(xs, x.entries(), x.lanes, entries, lanes), all[0]) !=
            Status::ok)
          statuses.assign(lanes, Status::open);
        return out;
      }
    if (n.is_scalar() && n.lanes == 1 && (*n.integers)[0] == 2) {
      detail::map(out, entries, lanes, xs, statuses, [&](auto& r, const auto& a) { return arithmetic_.square(r, a); });
      return out;
    }
    detail::zip(out, entries, lanes, xs, x.is_scalar(), x.lanes, *n.integers, n.is_scalar(), n.lanes, statuses,
                [&](auto& r, const auto& a, std::int64_t e) { return arithmetic_.power(r, a, e); });
    return out;
  };
  if (x.form == Form::real) {
    auto data = run(*x.reals);
    return real_value<A>(std::move(data), lanes, std::move(shape),
                         then(combine(x.status, n.status), LaneStatus(std::move(statuses))));
  }
  auto data = run(*x.complexes);
  return complex_value<A>(std::move(data), lanes, std::move(shape),
                          then(combine(x.status, n.status), LaneStatus(std::move(statuses))));
}

template <class A>
Value<A> Evaluator<A>::power(const Num& x, const Num& y, const SourceRange& where) {
  if (y.form == Form::integer) return power_by_integers(x, y, where);
  return zip_numbers(arithmetic_, x, y, where, "powers", [&](const A& a, auto& r, const auto& u, const auto& v) {
    if constexpr (std::is_same_v<typename A::Real, typename A::Complex>)
      if (x.form == Form::complex || y.form == Form::complex) return a.complex_power(r, u, v);
    return a.power(r, u, v);
  });
}

template <class A>
Value<A> Evaluator<A>::transpose(const Num& x, const SourceRange& where) {
  if (x.shape.size() > 2) fail(where, "only vectors and matrices can be transposed, not shape " + describe(x.shape));
  Num out = x;
  if (x.shape.size() < 2) {
    if (x.shape.size() == 1) out.shape = {1, x.shape[0]};
    return {std::move(out)};
  }
  const std::size_t rows = x.shape[0];
  const std::size_t columns = x.shape[1];
  out.shape = {columns, rows};
  out = with_arrays(out, [&](const auto& in) {
    return rearranged(in, x.entries(), x.lanes,
                      [&](std::size_t e, std::size_t l) { return (e % rows * columns + e / rows) * x.lanes + l; });
  });
  return {std::move(out)};
}

/// `*` between tensors: a scalar broadcasts, a matrix acts on a column or matrix, a row times a column is a scalar.
template <class A>
Value<A> Evaluator<A>::multiply(const Num& x, const Num& y, const SourceRange& where) {
  if (x.is_scalar() || y.is_scalar()) return multiply_entrywise(x, y, where);
  return matrix_product(x, y, where);
}

template <class A>
Value<A> Evaluator<A>::matrix_product(const Num& x0, const Num& y0, const SourceRange& where) {
  const ProductShape shape = product_shape(x0.shape, y0.shape, where);
  Form form = std::max(x0.form, y0.form);
  detail::check_size<A>(shape.rows * shape.columns, std::max(x0.lanes, y0.lanes), where);
  const LaneStatus status = combine(x0.status, y0.status);
  if (form == Form::integer) {
    if (auto data = integer_product(*x0.integers, x0.lanes, *y0.integers, y0.lanes, shape)) {
      Value<A> value = integer_value<A>(std::move(*data), shape.result, status);
      std::get<Num>(value.data).lanes = std::max(x0.lanes, y0.lanes);
      return value;
    }
    form = Form::real;
  }
  const Num x = promoted(arithmetic_, x0, form);
  const Num y = promoted(arithmetic_, y0, form);
  const std::size_t lanes = std::max(x.lanes, y.lanes);
  std::vector<Status> statuses;
  session_.budget.check();
  if (form == Form::real) {
    auto data = product(arithmetic_, *x.reals, x.lanes, *y.reals, y.lanes, shape, statuses);
    return real_value<A>(std::move(data), lanes, shape.result, then(status, LaneStatus(std::move(statuses))));
  }
  auto data = generic_product(arithmetic_, *x.complexes, x.lanes, *y.complexes, y.lanes, shape, statuses);
  return complex_value<A>(std::move(data), lanes, shape.result, then(status, LaneStatus(std::move(statuses))));
}

template <class A>
Value<A> Evaluator<A>::eval_binary(const Node& node, LaneSpace& space, Act& act) {
  const Value<A> left = eval(*node.children[0], space, act);
  const Value<A> right = eval(*node.children[1], space, act);
  return binary(node, left, right);
}

template <class A>
Value<A> Evaluator<A>::binary(const Node& node, const Value<A>& left, const Value<A>& right) {
  if (const Num* x = left.numeric(), *y = right.numeric(); x != nullptr && y != nullptr)
    if ((is_poison(left) && !y->is_scalar()) || (is_poison(right) && !x->is_scalar())) {
      // Of unknown extent, and so is the result: M*kernel(A) has not the extent of M.
      Value<A> unknown = poison({Status::open});
      std::get<Num>(unknown.data).status = combine(x->status, y->status);
      return unknown;
    }
  Value<A> out = computed(node, left, right);
  if (Num* x = std::get_if<Num>(&out.data); x != nullptr && x->shape.size() == 2 && x->shape[0] == x->shape[1])
    if (node.is_gram || keeps_symmetry(node.operation, *left.numeric(), *right.numeric())) x->mark_symmetric();
  return out;
}

/// Whether the result of the operation is a symmetric matrix because its operands are.
template <class A>
bool Evaluator<A>::keeps_symmetry(Operation operation, const Num& x, const Num& y) {
  const auto symmetric = [](const Num& m) {
    if (m.is_scalar() || m.is_symmetric()) return true;
    if (m.form != Form::integer || m.shape.size() != 2 || m.shape[0] != m.shape[1]) return false;
    for (std::size_t i = 0; i < m.shape[0]; ++i)
      for (std::size_t j = 0; j < i; ++j)
        for (std::size_t l = 0; l < m.lanes; ++l)
          if ((*m.integers)[(i * m.shape[0] + j) * m.lanes + l] != (*m.integers)[(j * m.shape[0] + i) * m.lanes + l])
            return false;
    return true;
  };
  switch (operation) {
    case Operation::add:
    case Operation::subtract:
    case Operation::entrywise_multiply:
    case Operation::entrywise_divide:
    case Operation::entrywise_power: return symmetric(x) && symmetric(y);
    case Operation::multiply:
    case Operation::divide: return (x.is_scalar() || y.is_scalar()) && symmetric(x) && symmetric(y);
    case Operation::power: return symmetric(x) && y.is_scalar();
    default: return false;
  }
}

template <class A>
Value<A> Evaluator<A>::computed(const Node& node, const Value<A>& left, const Value<A>& right) {
  using O = Operation;
  if (const Domain<A>* domain = left.domain(); domain != nullptr && node.operation == O::power) {
    if (domain->is_box() || domain->name == "power")
      fail(node.where, "only N, Z, Q, R and C have powers here", "Use box(lo, hi) with vectors lo and hi.");
    const Num* n = right.numeric();
    if (n == nullptr || n->form != Form::integer || !n->is_scalar())
      fail(node.where, "the power of a set needs an integer exponent");
    if (n->lanes != 1 || n->status.size() != 1) throw SplitLanes{node.where, "spaces of different dimensions"};
    if (n->status.at(0) != Status::ok) return poison({n->status.at(0)});
    if ((*n->integers)[0] < 0 || (*n->integers)[0] > 100000) fail(node.where, "the dimension must be in 0..100000");
    return {Domain<A>{"power", domain->name, static_cast<std::size_t>((*n->integers)[0]), {}, nullptr}};
  }
  const Num& x = numeric(left, node.children[0]->where, "this operation");
  const Num& y = numeric(right, node.children[1]->where, "this operation");
  switch (node.operation) {
    case O::add: return add(x, y, node.where);
    case O::subtract: return subtract(x, y, node.where);
    case O::multiply: return multiply(x, y, node.where);
    case O::entrywise_multiply: return multiply_entrywise(x, y, node.where);
    case O::divide:
      if (!y.is_scalar())
        fail(node.where, "'/' needs a scalar divisor, not shape " + describe(y.shape),
             "Entrywise division is written './'.");
      [[fallthrough]];
    case O::entrywise_divide: return divide(x, y, node.where);
    case O::mod: return modulo(x, y, node.where);
    case O::power:
      if (x.shape.size() == 2 || !y.is_scalar()) break;
      if (x.shape.size() == 1)
        fail(node.where, "'^' needs a scalar or a square matrix", "Entrywise powers are written '.^'.");
      return power(x, y, node.where);
    case O::entrywise_power: return power(x, y, node.where);
    default: break;
  }
  // A^n of a square matrix, by repeated squaring.
  if (node.operation == O::power && x.shape.size() == 2 && x.shape[0] == x.shape[1] && y.is_scalar() &&
      y.form == Form::integer) {
    if (y.lanes != 1) throw SplitLanes{node.where, "matrix powers with different exponents"};
    const std::int64_t n = (*y.integers)[0];
    if (n == INT64_MIN) throw BudgetExceeded("a power of a matrix that is too large");
    if (n < 0) {
      const Value<A> inverse = linear_algebra(node, Builtin::inverse, x);
      const Value<A> exponent = integer_value<A>(-n);
      return computed(node, inverse, exponent);
    }
    IntArray unit(x.shape[0] * x.shape[0], 0);
    for (std::size_t i = 0; i < x.shape[0]; ++i) unit[i * x.shape[0] + i] = 1;
    Value<A> result = integer_value<A>(std::move(unit), x.shape);
    Value<A> square{x};
    for (std::int64_t e = n; e > 0; e >>= 1) {
      if ((e & 1) != 0) result = matrix_product(*result.numeric(), *square.numeric(), node.where);
      if (e > 1) square = matrix_product(*square.numeric(), *square.numeric(), node.where);
    }
    return with_status(result, y.status);
  }
  fail(node.where, "the shapes " + describe(x.shape) + " and " + describe(y.shape) + " do not fit for this operation");
}

/// The sum of the entries in one step, where the arithmetic has one.
template <class A>
Value<A> Evaluator<A>::sum_of_entries(const Num& x) {
  if constexpr (A::is_traced) {
    return real_value<A>(arithmetic_.sum_of_entries(*x.reals, x.entries(), x.lanes), x.lanes, {}, x.status);
  } else {
    ASSAY_ENSURE(false, "only a traced sum is one step");
  }
}

/// sum, prod, mean, max, min of the entries of a vector or matrix.
template <class A>
Value<A> Evaluator<A>::reduce_entries(const Node& node, const Num& x, Builtin builtin) {
  const std::size_t entries = x.entries();
  const auto entry = [&](std::size_t e) {
    Num one = with_arrays(x, [&](const auto& in) {
      return rearranged(in, 1, x.lanes, [&](std::size_t, std::size_t l) { return e * x.lanes + l; });
    });
    one.shape = {};
    return Value<A>{std::move(one)};
  };
  if (builtin == Builtin::max || builtin == Builtin::min) {
    std::vector<Value<A>> entries_of;
    for (std::size_t e = 0; e < entries; ++e) entries_of.push_back(entry(e));
    return extremum_of(entries_of, builtin == Builtin::max, node.where);
  }
  Value<A> total = integer_value<A>(builtin == Builtin::prod ? 1 : 0);
  if (A::is_traced && x.form == Form::real && builtin != Builtin::prod) {
    total = sum_of_entries(x);
  } else {
    for (std::size_t e = 0; e < entries; ++e) {
      const Value<A> next = entry(e);
      total = builtin == Builtin::prod ? multiply_entrywise(*total.numeric(), *next.numeric(), node.where)
                                       : add(*total.numeric(), *next.numeric(), node.where);
    }
  }
  if (builtin == Builtin::mean) {
    const Value<A> count = integer_value<A>(static_cast<std::int64_t>(entries));
    return divide(*total.numeric(), *count.numeric(), node.where);
  }
  return total;
}

template <class A>
Value<A> Evaluator<A>::extremum_of(const std::vector<Value<A>>& values, bool largest, const SourceRange& where) {
  if (values.empty()) return poison({Status::undefined});
  Value<A> best = values.front();
  for (const Value<A>& value : values)
    if (numeric(value, where, "max and min").form == Form::complex) fail(where, "max and min need real numbers");
  for (std::size_t i = 1; i < values.size(); ++i) {
    const Num& x = *best.numeric();
    const Num& y = *values[i].numeric();
    if (x.form == Form::integer && y.form == Form::integer)
      best = *zip_integers(x, y, where, "max and min", [largest](std::int64_t& out, std::int64_t a, std::int64_t b) {
        out = largest ? std::max(a, b) : std::min(a, b);
        return true;
      });
    else
      best = zip_numbers(arithmetic_, x, y, where, "max and min",
                         [&](const A& a, auto& r, const auto& u, const auto& v) -> Status {
                           if constexpr (std::is_same_v<std::decay_t<decltype(r)>, typename A::Real>)
                             return largest ? a.maximum(r, u, v) : a.minimum(r, u, v);
                           else
                             return Status::open;
                         });
  }
  return best;
}

/// Position of the unique extremum of a vector; undefined with a tie.
template <class A>
Value<A> Evaluator<A>::arg_extremum(const Num& x0, bool largest, const SourceRange& where) {
  if (x0.shape.size() != 1) fail(where, "argmax and argmin of a vector, not of shape " + describe(x0.shape));
  if (x0.form == Form::complex) fail(where, "argmax and argmin need real numbers");
  const Num x = promoted(arithmetic_, x0, Form::real);
  const std::size_t n = x.shape[0];
  if (n == 0) return poison({Status::undefined});
  IntArray best(x.lanes, 0);
  std::vector<bool> tie(x.lanes, false);
  std::vector<Status> statuses(x.lanes, Status::ok);
  const Relations wins = largest ? relation::greater : relation::less;
  const auto at = [&](std::size_t i, std::size_t l) -> decltype(auto) { return x.reals->get(i * x.lanes + l); };
  std::vector<typename A::Real> candidate(x.lanes);
  for (std::size_t l = 0; l < x.lanes; ++l) candidate[l] = at(0, l);
  // If some entry is certainly extreme, it replaces any other candidate when it is met, and is never replaced. Lanes
  // are the inner loop, in the order in which they are stored.
  for (std::size_t i = 1; i < n; ++i)
    for (std::size_t l = 0; l < x.lanes; ++l)
      if (x.status.at(l) == Status::ok && arithmetic_.compare(at(i, l), candidate[l]) == wins) {
        best[l] = static_cast<std::int64_t>(i);
        candidate[l] = at(i, l);
      }
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t l = 0; l < x.lanes; ++l) {
      if (i == static_cast<std::size_t>(best[l]) || statuses[l] == Status::open || x.status.at(l) != Status::ok)
        continue;
      const Relations r = arithmetic_.compare(candidate[l], at(i, l));
      if (r == relation::equal)
        tie[l] = true;
      else if (r != wins)
        statuses[l] = Status::open;
    }
  for (std::size_t l = 0; l < x.lanes; ++l)
    if (tie[l] && statuses[l] == Status::ok) statuses[l] = Status::undefined;
  session_.used_enclosures = session_.used_enclosures || (!A::is_exact && x0.form != Form::integer);
  return integer_value<A>(std::move(best), {}, then(x.status, LaneStatus(std::move(statuses))));
}

}  // namespace assay::evaluate
