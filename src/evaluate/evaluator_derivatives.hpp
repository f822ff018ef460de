#pragma once
#include "evaluate/derivative_host.hpp"

/// Evaluator: derivatives. The function is written down as a graph at the point, the graph is differentiated by reverse
/// accumulation (of which second derivatives and forward directions are made, too), and the result is computed in the
/// arithmetic at hand, many directions at once.
///
/// A derivative is what the rules of differentiation give. It is undefined where a rule has no value: at a kink of
/// relu, abs, max and min, at the ends of the domains of sqrt, asin, …; also if the composed function happens to be
/// smooth.
namespace assay::evaluate {

/// The value in one lane of `space`, functions with what they captured.
template <class A>
Value<A> Evaluator<A>::in_lane(const Value<A>& value, const LaneSpace* from, LaneSpace& space, std::size_t lane) {
  if (const FunctionValue<A>* f = value.function()) return {in_lane(*f, space, lane)};
  if (!has_function(value)) return at_lane(pull(value, from, space), lane);
  if (const TupleValue<A>* tuple = value.tuple()) {
    std::vector<Value<A>> items;
    for (const auto& item : tuple->items) items.push_back(in_lane(item, from, space, lane));
    return tuple_value<A>(std::move(items));
  }
  RecordValue<A> out;
  for (const auto& [name, field] : value.record()->fields)
    out.fields.emplace_back(name, in_lane(field, from, space, lane));
  return {std::make_shared<const RecordValue<A>>(std::move(out))};
}

template <class A>
FunctionValue<A> Evaluator<A>::in_lane(const FunctionValue<A>& f, LaneSpace& space, std::size_t lane) {
  FunctionValue<A> out = f;
  for (auto& captured : out.captured)
    captured = {captured.slot, std::make_shared<const Value<A>>(in_lane(*captured.value, captured.space, space, lane)),
                nullptr};
  if (f.of) out.of = std::make_shared<const FunctionValue<A>>(in_lane(*f.of, space, lane));
  return out;
}

/// The derivative of that order of f at the argument: in each lane by itself, or once if nothing varies.
template <class A>
Value<A> Evaluator<A>::differentiate(const FunctionValue<A>& f, Builtin order, const Placed& argument, LaneSpace& space,
                                     const Node& at) {
  const Value<A> x = pull(argument.value, argument.space, space);
  if (is_uniform(x) && is_uniform(f))
    return derivative_at(in_lane(f, space, 0), order, in_lane(x, &space, space, 0), at);
  std::vector<std::pair<Value<A>, std::size_t>> parts;
  for (std::size_t l = 0; l < space.lanes(); ++l)
    parts.emplace_back(derivative_at(in_lane(f, space, l), order, in_lane(x, &space, space, l), at), 1);
  return join(arithmetic_, parts, at.where);
}

/// The function's value at a point, all of whose numbers are variables of a graph.
template <class A>
TracedPoint Evaluator<A>::trace_at(const FunctionValue<A>& f, const Value<A>& x, const Node& at) {
  if constexpr (!A::is_traced) {
    ASSAY_ENSURE(false, "only a tracing evaluator makes graphs");
  } else {
    graph::Graph& graph = arithmetic_.graph();
    TracedPoint point;
    const Value<A> variables = with_variables(x, point.variables, at.where);
    Value<A> value = applied(f, variables, at);
    if (value.tuple() != nullptr || value.record() != nullptr) value = flattened(value, at.where);
    const Num* number = value.numeric();
    if (number == nullptr) fail(at.where, "only functions whose value is made of numbers have a derivative");
    point.status = number->status.at(0);
    point.shape = number->shape;
    if (number->form == Form::complex) throw NotSupported(at.where, "the derivative of a function with complex values");
    if (point.status == Status::ok)
      point.value = promoted(arithmetic_, *number, Form::real).reals->node(graph, number->entries(), 1);
    return point;
  }
}

/// The argument of a function that is differentiated: every number a variable, in order of declaration.
template <class A>
Value<A> Evaluator<A>::with_variables(const Value<A>& value, std::vector<graph::NodeId>& variables,
                                      const SourceRange& where) {
  if constexpr (A::is_traced) {
    graph::Graph& graph = arithmetic_.graph();
    if (const Num* x = value.numeric()) {
      if (x->form == Form::complex) throw NotSupported(where, "the derivative by a complex number");
      if (x->status.at(0) != Status::ok) return value;
      const Num real = promoted(arithmetic_, *x, Form::real);
      variables.push_back(graph.variable(real.reals->node(graph, x->entries(), 1)));
      return real_value<A>(Traced(graph, variables.back()), 1, x->shape);
    }
    RecordValue<A> out;
    if (const RecordValue<A>* record = value.record()) {
      for (const auto& [name, field] : record->fields)
        out.fields.emplace_back(name, with_variables(field, variables, where));
      return {std::make_shared<const RecordValue<A>>(std::move(out))};
    }
    if (const StoredRecord* stored = value.stored())
      if (const auto* fields = std::get_if<files::Record>(&stored->content->content)) {
        for (const files::Field* field : fields->data())
          out.fields.emplace_back(field->name, with_variables(from_stored(field->value, where), variables, where));
        return {std::make_shared<const RecordValue<A>>(std::move(out))};
      }
    if (const TupleValue<A>* tuple = value.tuple()) {
      std::vector<Value<A>> items;
      for (const auto& item : tuple->items) items.push_back(with_variables(item, variables, where));
      return tuple_value<A>(std::move(items));
    }
  }
  fail(where, "a derivative is by a number, a vector, or a record or tuple of tensors");
}

template <class A>
Value<A> Evaluator<A>::derivative_at(const FunctionValue<A>& f, Builtin order, const Value<A>& x, const Node& at) {
  session_.budget.check();
  if (order == Builtin::diff && (x.numeric() == nullptr || x.numeric()->entries() != 1))
    fail(at.where, "diff(e, x) is the derivative by a number x",
         "The derivative by a vector or record is grad or jacobian.");
  if constexpr (A::is_traced) {
    return derivative_in_graph(trace_at(f, x, at), order, at);
  } else {
    TracedAt<A> traced(*this, session_, f, x, at);
    if (traced.point.status != Status::ok) {
      if (traced.point.status == Status::undefined) note_undefined(at, traced.session.undefined_operation);
      const std::size_t n = flattened(x, at.where).numeric()->entries();
      const Shape shape = order == Builtin::grad ? Shape{n} : order == Builtin::hessian ? Shape{n, n} : Shape{};
      return poison({traced.point.status}, shape);
    }
    Value<A> out = differentiated(traced.graph, traced.values, traced.seed_input, traced.point, order, at);
    session_.used_enclosures = session_.used_enclosures || traced.used_enclosures();
    if (status_at(out, 0) == Status::undefined) note_undefined(at, traced.values.cause());
    return out;
  }
}

/// Keeps the reason for the report that is made when this is where a formula is undefined.
template <class A>
void Evaluator<A>::note_undefined(const Node& at, const std::string& reason) {
  if (!reason.empty()) session_.undefined_reasons[&at] = reason;
}

/// Checks the shape of the value that a derivative of that order needs.
template <class A>
void Evaluator<A>::check_differentiable(const TracedPoint& point, Builtin order, const SourceRange& where) {
  if ((order == Builtin::grad || order == Builtin::hessian) && !point.shape.empty())
    fail(where, "grad and hessian are of functions whose value is a number, not of shape " + describe(point.shape),
         "The derivative of a vector is its jacobian.");
}

/// The derivatives as nodes of the graph: of functions that are differentiated inside other traced functions.
template <class A>
Value<A> Evaluator<A>::derivative_in_graph(const TracedPoint& point, Builtin order, const Node& at) {
  if (point.status != Status::ok) return poison({point.status});
  check_differentiable(point, order, at.where);
  if constexpr (!A::is_traced) {
    ASSAY_ENSURE(false, "only a tracing evaluator makes graphs");
  } else {
    graph::Graph& graph = arithmetic_.graph();
    const auto column = [&](const std::vector<graph::NodeId>& parts) { return graph.concat(parts); };
    const auto entry = [&](graph::NodeId x, std::size_t i) {
      graph::Index index;
      index.row.first = static_cast<std::uint32_t>(i);
      return graph.pick(x, 1, 1, std::move(index));
    };
    // A derivative has no value where the function has none, although its formula may: log x at x < 0 has 1/x. So 0
    // times the function is added, which is nothing but a condition and vanishes if it holds everywhere.
    const auto where_defined = [&](graph::NodeId x, graph::NodeId needed) {
      const std::size_t size = graph.node(needed).size();
      if (size == 0 || graph.node(x).size() == 0) return x;
      const graph::NodeId zero = graph.constant(Rational(0), graph.node(needed).rows, graph.node(needed).columns);
      const graph::NodeId nothing = graph.sum_to(graph.entrywise(graph::Operation::multiply, {zero, needed}), 1, 1);
      const auto& extent = graph.node(x);
      return graph.entrywise(graph::Operation::add, {x, graph.broadcast(nothing, extent.rows, extent.columns)});
    };
    graph::NodeId of = point.value;
    if (order == Builtin::grad || order == Builtin::hessian)
      of = where_defined(column(graph::gradient(graph, of, point.variables)), of);
    if (order == Builtin::grad) {
      const std::size_t size = graph.node(of).size();
      return real_value<A>(Traced(graph, of), 1, {size});
    }
    std::vector<graph::NodeId> rows;
    for (std::size_t i = 0; i < graph.node(of).size(); ++i)
      rows.push_back(column(graph::gradient(graph, entry(of, i), point.variables)));
    const graph::NodeId all = where_defined(graph.concat(rows), of);
    const std::size_t count = rows.size();
    const std::size_t size = count == 0 ? 0 : graph.node(all).size() / count;
    // A Jacobian has a row for each entry of the value; a derivative by a number has the value's shape.
    return real_value<A>(Traced(graph, all), 1, order == Builtin::diff ? point.shape : Shape{count, size});
  }
}

/// Computes the derivatives at the point in this arithmetic.
template <class A>
Value<A> Evaluator<A>::differentiated(graph::Graph& graph, GraphValues<A>& values, std::size_t seed_input,
                                      const TracedPoint& point, Builtin order, const Node& at) {
  check_differentiable(point, order, at.where);
  if constexpr (A::is_traced) {
    ASSAY_ENSURE(false, "a tracing evaluator computes nothing");
  } else {
    // The function must have a value, also where that does not influence the derivative.
    Status status = values(point.value).status;
    if (order == Builtin::grad) return gradient_of(graph, values, point, status);
    const LinearImages images = linear_images(graph, values, seed_input, point, order, status);
    auto matrix = linear_map(graph, values, images.nodes, seed_input, images.directions, images.rows, status);
    Shape shape{images.is_transposed ? images.directions : images.rows,
                images.is_transposed ? images.rows : images.directions};
    if (order == Builtin::diff) shape = point.shape;
    if (status != Status::ok) return poison({status}, shape);
    if (images.is_transposed) matrix = transposed(matrix, images.rows, images.directions);
    Value<A> out = real_value<A>(std::move(matrix), 1, std::move(shape));
    // Second derivatives are continuous where the rules have values, hence symmetric (Schwarz).
    if (order == Builtin::hessian) std::get<Num>(out.data).mark_symmetric();
    return out;
  }
}

/// The entries of the gradient one after the other; `status` is that of the function's value.
template <class A>
Value<A> Evaluator<A>::gradient_of(graph::Graph& graph, GraphValues<A>& values, const TracedPoint& point,
                                   Status status) {
  const std::size_t parameters = entries_of(graph, point.variables);
  typename A::RealArray out(parameters);
  std::size_t next = 0;
  for (const graph::NodeId part : graph::gradient(graph, point.value, point.variables)) {
    const auto& numbers = values(part);
    status = combine(status, numbers.status);
    for (std::size_t i = 0; i < graph.node(part).size(); ++i, ++next)
      if (numbers.status == Status::ok) out.set(next, numbers.numbers->get(i));
  }
  if (status != Status::ok) return poison({status}, {parameters});
  return real_value<A>(std::move(out), 1, {parameters});
}

/// Nodes that are linear functions of a direction v, and are the columns (or rows) of a Jacobian or Hessian where v is
/// a unit vector.
template <class A>
typename Evaluator<A>::LinearImages Evaluator<A>::linear_images(graph::Graph& graph, GraphValues<A>& values,
                                                                std::size_t seed_input, const TracedPoint& point,
                                                                Builtin order, Status& status) {
  using O = graph::Operation;
  const std::size_t parameters = entries_of(graph, point.variables);
  const std::size_t outputs = graph.node(point.value).size();
  // v·parts, the parts taken one after the other
  const auto times_direction = [&](const std::vector<graph::NodeId>& parts, std::size_t size) {
    const graph::NodeId v = graph.input(seed_input, size);
    graph::NodeId sum = graph.constant(Rational(0));
    std::size_t first = 0;
    for (const graph::NodeId part : parts) {
      graph::Index index;
      index.row = {static_cast<std::uint32_t>(first), 1, nullptr};
      const graph::NodeId own = graph.pick(v, graph.node(part).rows, 1, std::move(index));
      sum = graph.entrywise(O::add, {sum, graph.sum_to(graph.entrywise(O::multiply, {own, part}), 1, 1)});
      first += graph.node(part).rows;
    }
    return sum;
  };
  LinearImages out;
  out.directions = parameters;
  out.rows = order == Builtin::hessian ? parameters : outputs;
  if (order == Builtin::hessian) {
    // H·v = ∇(v·∇f), column by column.
    const auto slope = graph::gradient(graph, point.value, point.variables);
    for (const graph::NodeId part : slope) status = combine(status, values(part).status);
    if (parameters > 0) out.nodes = graph::gradient(graph, times_direction(slope, parameters), point.variables);
  } else if (outputs < parameters) {
    // Jᵀu = ∇(u·F): the rows of J.
    out.directions = outputs;
    out.rows = parameters;
    out.is_transposed = true;
    if (outputs > 0) out.nodes = graph::gradient(graph, times_direction({point.value}, outputs), point.variables);
  } else if (parameters > 0) {
    // J·v = ∇ᵤ(v·∇(u·F)), because ∇(u·F) = Jᵀu is linear in u, whose value does not matter therefore.
    const graph::NodeId u = graph.variable(graph.constant(Rational(0), outputs, 1));
    const auto pulled = graph::gradient(graph, graph.entrywise(O::multiply, {u, point.value}), point.variables);
    // A rule without value must be seen where it is multiplied by 0, too.
    for (const graph::NodeId part : pulled) status = combine(status, values(part).status);
    out.nodes = graph::gradient(graph, times_direction(pulled, parameters), {u});
  }
  return out;
}

/// The matrix, rows × directions by rows, of the linear map from the seeds to the nodes `images`, one below the other.
template <class A>
typename A::RealArray Evaluator<A>::linear_map(const graph::Graph& graph, GraphValues<A>& values,
                                               const std::vector<graph::NodeId>& images, std::size_t seed_input,
                                               std::size_t directions, std::size_t rows, Status& status) {
  session_.budget.check_allocation(rows * directions * sizeof(typename A::Real));
  typename A::RealArray out(rows * directions);
  std::size_t largest = 1;
  for (graph::NodeId id = 0; id < graph.size(); ++id) largest = std::max(largest, graph.node(id).size());
  // As many directions at once as keep the largest array in bounds.
  constexpr std::size_t most_numbers = A::is_exact ? std::size_t{1} << 18U : std::size_t{1} << 21U;
  const std::size_t block = std::clamp<std::size_t>(most_numbers / largest, 1, std::max<std::size_t>(directions, 1));
  const auto zero = arithmetic_.real(0);
  const auto one = arithmetic_.real(1);
  for (std::size_t first = 0; first < directions && status == Status::ok; first += block) {
    const std::size_t depth = std::min(block, directions - first);
    auto seeds = std::make_shared<typename A::RealArray>(directions * depth);
    for (std::size_t i = 0; i < directions; ++i)
      for (std::size_t d = 0; d < depth; ++d) seeds->set(i * depth + d, i == first + d ? one : zero);
    values.set_input(seed_input, std::move(seeds), depth);
    std::size_t row = 0;
    for (const graph::NodeId image : images) {
      const auto& numbers = values(image);
      status = combine(status, numbers.status);
      if (status != Status::ok) break;
      for (std::size_t i = 0; i < graph.node(image).size(); ++i, ++row)
        for (std::size_t d = 0; d < depth; ++d)
          out.set(row * directions + first + d, numbers.numbers->get(numbers.depth == 1 ? i : i * depth + d));
    }
  }
  return out;
}

/// Calls a function, also a built-in one or a derivative.
template <class A>
Value<A> Evaluator<A>::apply_function(const FunctionValue<A>& f, std::vector<Placed> arguments, LaneSpace& space,
                                      const Node& node, Act& act) {
  if (f.of) {
    if (arguments.size() != 1) fail(node.where, "a derivative is a function of one argument");
    return differentiate(*f.of, *f.builtin, arguments[0], space, node);
  }
  if (f.builtin == nullptr) return call(f, std::move(arguments), space, node, act);
  std::vector<Value<A>> values;
  for (const Placed& argument : arguments) values.push_back(pull(argument.value, argument.space, space));
  return apply_builtin(node, *f.builtin, values, space, act);
}

/// The function's value at an argument that is the same in all lanes, as is all that the function captured.
///
/// The space is no root: a quantifier in the function is not one of the claim's own, of which the next arithmetic looks
/// at open points only. It may meet another argument there, or another slice of the claim's domain.
template <class A>
Value<A> Evaluator<A>::applied(const FunctionValue<A>& f, const Value<A>& x, const Node& at) {
  LaneSpace root;
  LaneSpace space(root, 1, {}, true);
  Act act;
  act.serial = next_serial_++;
  return apply_function(f, {{x, nullptr}}, space, at, act);
}

/// grad, jacobian and hessian of a function: a function.
template <class A>
Value<A> Evaluator<A>::derivative_of(const Node& node, Builtin order, const Value<A>& function) {
  const FunctionValue<A>* f = function.function();
  if (f == nullptr) fail(node.where, "this derivative is of a function", "Write for example grad(x -> x[0]^2)([3]).");
  const std::string name = order == Builtin::grad ? "grad" : order == Builtin::jacobian ? "jacobian" : "hessian";
  return {FunctionValue<A>{nullptr, find_builtin(name), name, {}, std::make_shared<const FunctionValue<A>>(*f)}};
}

}  // namespace assay::evaluate
