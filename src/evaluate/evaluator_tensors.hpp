#pragma once
#include "evaluate/evaluator.hpp"

/// Evaluator: making tensors and putting them together.
namespace assay::evaluate {

/// The sizes that the arguments from number `from` on say; none if their status, which is joined to `status`, is not
/// ok: then their numbers mean nothing.
template <class A>
std::vector<std::size_t> Evaluator<A>::extents(const std::vector<Value<A>>& arguments, std::size_t from, Status& status,
                                               const SourceRange& where) {
  std::vector<std::size_t> out;
  std::size_t total = 1;
  for (std::size_t i = from; i < arguments.size(); ++i) {
    const Value<A> narrow = narrowed(arguments[i]);
    const Num& x = numeric(narrow, where, "a size");
    if (x.form != Form::integer || x.shape.size() > 1) fail(where, "sizes must be integers");
    if (x.lanes != 1 || x.status.size() != 1) throw SplitLanes{where, "sizes that vary"};
    status = combine(status, x.status.at(0));
    for (const std::int64_t n : *x.integers) {
      constexpr std::int64_t largest = std::int64_t{1} << 32;
      if (n < 0 || n > largest) fail(where, "a size must not be negative or larger than 2^32");
      out.push_back(static_cast<std::size_t>(n));
      if (__builtin_mul_overflow(total, out.back(), &total)) throw BudgetExceeded("a tensor of more than 2^64 entries");
    }
  }
  if (status != Status::ok) return {};
  session_.budget.check_allocation(total * 16);
  return out;
}

template <class A>
Value<A> Evaluator<A>::constructor(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments) {
  using B = Builtin;
  if (builtin == B::zeros || builtin == B::ones) {
    Status status = Status::ok;
    const Shape shape = extents(arguments, 0, status, node.where);
    if (status != Status::ok) return poison({status});
    return integer_value<A>(IntArray(entry_count(shape), builtin == B::ones ? 1 : 0), shape);
  }
  if (is_poison(arguments[0])) return arguments[0];  // of unknown extent
  const Num& x = numeric(arguments[0], node.where, "this function");
  if (builtin == B::shape) {
    IntArray out(x.shape.begin(), x.shape.end());
    const Shape shape{x.shape.size()};
    return with_status(integer_value<A>(std::move(out), shape), x.status);
  }
  if (builtin == B::reshape) {
    Num out = x;
    Status status = Status::ok;
    out.shape = extents(arguments, 1, status, node.where);
    if (status != Status::ok) return poison({status});
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
  for (const Value<A>& part : parts)
    if (is_poison(part)) return part;  // of unknown extent, and so is the result
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

}  // namespace assay::evaluate
