#pragma once
#include <string>
#include <type_traits>

#include "base/budget.hpp"
#include "base/error.hpp"
#include "evaluate/structure.hpp"

/// Operations entry by entry and lane by lane, with broadcasting of scalars and of uniform values.
namespace assay::evaluate {

[[nodiscard]] std::string describe(const Shape& shape);

[[noreturn]] void fail(const SourceRange& where, const std::string& message, const std::string& remedy = "");

namespace detail {

/// Splits a block of several lanes whose tensors would be larger than the arithmetic likes.
template <class A>
void check_size(std::size_t entries, std::size_t lanes, const SourceRange& where) {
  if (lanes > 1 && entries > 1 && entries * lanes > A::largest_array)
    throw SplitLanes{where, "the values of a block would be too large"};
}

/// out[e·lanes + l] = op(x, y) with strides; notes lanes whose status is not ok.
template <class Out, class X, class Y, class Op>
void zip(Out& out, std::size_t entries, std::size_t lanes, const X& x, bool x_scalar, std::size_t x_lanes, const Y& y,
         bool y_scalar, std::size_t y_lanes, std::vector<Status>& statuses, Op op) {
  const auto loop = [&](auto sx, auto sy) {
    for (std::size_t e = 0; e < entries; ++e) {
      const std::size_t x0 = x_scalar ? 0 : e * x_lanes;
      const std::size_t y0 = y_scalar ? 0 : e * y_lanes;
      for (std::size_t l = 0; l < lanes; ++l) {
        typename Out::Scalar result;
        const Status status = op(result, element(x, x0 + sx * l), element(y, y0 + sy * l));
        out.set(e * lanes + l, std::move(result));
        if (status != Status::ok) {
          if (statuses.empty()) statuses.assign(lanes, Status::ok);
          statuses[l] = combine(statuses[l], status);
        }
      }
    }
  };
  using Zero = std::integral_constant<std::size_t, 0>;
  using One = std::integral_constant<std::size_t, 1>;
  if (x_lanes == 1 && y_lanes == 1)
    loop(Zero{}, Zero{});
  else if (x_lanes == 1)
    loop(Zero{}, One{});
  else if (y_lanes == 1)
    loop(One{}, Zero{});
  else
    loop(One{}, One{});
}

template <class Out, class X, class Op>
void map(Out& out, std::size_t entries, std::size_t lanes, const X& x, std::vector<Status>& statuses, Op op) {
  for (std::size_t e = 0; e < entries; ++e)
    for (std::size_t l = 0; l < lanes; ++l) {
      typename Out::Scalar result;
      const Status status = op(result, element(x, e * lanes + l));
      out.set(e * lanes + l, std::move(result));
      if (status != Status::ok) {
        if (statuses.empty()) statuses.assign(lanes, Status::ok);
        statuses[l] = combine(statuses[l], status);
      }
    }
}

/// `map` over the array `in` of x; in one step, if the arithmetic computes with whole arrays.
template <class A, class Out, class X, class Op>
void map_whole(const A& arithmetic, Out& out, const Numeric<A>& x, const X& in, std::vector<Status>& statuses, Op op) {
  if constexpr (A::is_traced) {
    if (op(out, arithmetic.broadcast(in, x.entries(), x.lanes, x.entries(), x.lanes)) != Status::ok)
      statuses.assign(x.lanes, Status::open);
  } else {
    map(out, x.entries(), x.lanes, in, statuses, op);
  }
}

}  // namespace detail

/// Whether two shapes are the same or those of a vector and of the matrix with one column that it is.
[[nodiscard]] inline bool same_shape(const Shape& x, const Shape& y) {
  const auto is_column = [](const Shape& vector, const Shape& matrix) {
    return vector.size() == 1 && matrix.size() == 2 && matrix[0] == vector[0] && matrix[1] == 1;
  };
  return x == y || is_column(x, y) || is_column(y, x);
}

/// The common shape of an entrywise operation. @throws InputError if neither side is a scalar and the shapes differ.
template <class A>
[[nodiscard]] Shape broadcast_shape(const Numeric<A>& x, const Numeric<A>& y, const SourceRange& where,
                                    const char* operation) {
  if (x.is_scalar()) return y.shape;
  if (y.is_scalar() || same_shape(x.shape, y.shape))
    return x.shape.size() <= y.shape.size() || y.is_scalar() ? x.shape : y.shape;
  fail(where,
       std::string("the shapes ") + describe(x.shape) + " and " + describe(y.shape) + " do not fit for " + operation,
       "Entrywise operations need equal shapes, or a scalar on one side.");
}

/// Entrywise real or complex operation `op(arithmetic, out, x, y) -> Status`, generic in the scalar type.
template <class A, class Op>
[[nodiscard]] Value<A> zip_numbers(const A& arithmetic, const Numeric<A>& x0, const Numeric<A>& y0,
                                   const SourceRange& where, const char* name, Op op) {
  const Form form = std::max({x0.form, y0.form, Form::real});
  const Numeric<A> x = promoted(arithmetic, x0, form);
  const Numeric<A> y = promoted(arithmetic, y0, form);
  Shape shape = broadcast_shape(x, y, where, name);
  const std::size_t entries = entry_count(shape);
  const std::size_t lanes = std::max(x.lanes, y.lanes);
  detail::check_size<A>(entries, lanes, where);
  std::vector<Status> statuses;
  const auto run = [&]<class Array>(const Array& xs, const Array& ys) {
    Array out(entries * lanes);
    if constexpr (A::is_traced) {
      statuses.assign(lanes, op(arithmetic, out, arithmetic.broadcast(xs, x.entries(), x.lanes, entries, lanes),
                                arithmetic.broadcast(ys, y.entries(), y.lanes, entries, lanes)));
      return out;
    }
    detail::zip(out, entries, lanes, xs, x.is_scalar(), x.lanes, ys, y.is_scalar(), y.lanes, statuses,
                [&](auto& r, const auto& a, const auto& b) { return op(arithmetic, r, a, b); });
    return out;
  };
  if (form == Form::real) {
    auto data = run(*x.reals, *y.reals);
    return real_value<A>(std::move(data), lanes, std::move(shape),
                         then(combine(x.status, y.status), LaneStatus(std::move(statuses))));
  }
  auto data = run(*x.complexes, *y.complexes);
  return complex_value<A>(std::move(data), lanes, std::move(shape),
                          then(combine(x.status, y.status), LaneStatus(std::move(statuses))));
}

/// Entrywise operation on integers; nothing if some result does not fit (`op(out, x, y)` is then false).
template <class A, class Op>
[[nodiscard]] std::optional<Value<A>> zip_integers(const Numeric<A>& x, const Numeric<A>& y, const SourceRange& where,
                                                   const char* name, Op op) {
  Shape shape = broadcast_shape(x, y, where, name);
  const std::size_t entries = entry_count(shape);
  const std::size_t lanes = std::max(x.lanes, y.lanes);
  detail::check_size<A>(entries, lanes, where);
  IntArray out(entries * lanes);
  const std::size_t sx = x.lanes == 1 ? 0 : 1;
  const std::size_t sy = y.lanes == 1 ? 0 : 1;
  bool fits = true;
  for (std::size_t e = 0; e < entries; ++e) {
    const std::int64_t* xs = x.integers->data() + (x.is_scalar() ? 0 : e * x.lanes);
    const std::int64_t* ys = y.integers->data() + (y.is_scalar() ? 0 : e * y.lanes);
    std::int64_t* os = out.data() + e * lanes;
    for (std::size_t l = 0; l < lanes; ++l) fits &= op(os[l], xs[sx * l], ys[sy * l]);
  }
  if (!fits) return std::nullopt;
  Value<A> value = integer_value<A>(std::move(out), std::move(shape), combine(x.status, y.status));
  std::get<Numeric<A>>(value.data).lanes = lanes;
  return value;
}

/// Entrywise function `op(arithmetic, out, x) -> Status` of reals (integers are promoted) or complex numbers.
template <class A, class Op>
[[nodiscard]] Value<A> map_numbers(const A& arithmetic, const Numeric<A>& x0, Op op) {
  const Numeric<A> x = promoted(arithmetic, x0, std::max(x0.form, Form::real));
  std::vector<Status> statuses;
  const auto run = [&]<class Array>(const Array& xs) {
    Array out(xs.size());
    detail::map_whole(arithmetic, out, x, xs, statuses, [&](auto& r, const auto& a) { return op(arithmetic, r, a); });
    return out;
  };
  if (x.form == Form::real) {
    auto data = run(*x.reals);
    return real_value<A>(std::move(data), x.lanes, x.shape, then(x.status, LaneStatus(std::move(statuses))));
  }
  auto data = run(*x.complexes);
  return complex_value<A>(std::move(data), x.lanes, x.shape, then(x.status, LaneStatus(std::move(statuses))));
}

/// Entrywise real-valued function of complex numbers (re, im, abs).
template <class A, class Op>
[[nodiscard]] Value<A> map_to_real(const A& arithmetic, const Numeric<A>& x0, Op op) {
  const Numeric<A> x = promoted(arithmetic, x0, Form::complex);
  std::vector<Status> statuses;
  typename A::RealArray out(x.complexes->size());
  detail::map_whole(arithmetic, out, x, *x.complexes, statuses,
                    [&](auto& r, const auto& z) { return op(arithmetic, r, z); });
  return real_value<A>(std::move(out), x.lanes, x.shape, then(x.status, LaneStatus(std::move(statuses))));
}

}  // namespace assay::evaluate
