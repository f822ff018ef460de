#include "evaluate/trace.hpp"

#include "evaluate/evaluator.hpp"
#include "evaluate/trace_arithmetic.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

extern template class Evaluator<TraceArithmetic>;

namespace {

/// The expression that gives the value of a function: behind `with` and calls of definitions.
const Node* outermost_of(const Node* node) {
  constexpr int deepest = 100;
  for (int depth = 0; depth < deepest; ++depth) {
    if (node->operation == Operation::with)
      node = node->children.back().get();
    else if (node->operation == Operation::lambda)
      node = node->unit->body.get();
    else if (node->operation == Operation::call && node->children[0]->operation == Operation::global &&
             node->children[0]->definition->is_function)
      node = node->children[0]->definition->unit->body.get();
    else
      break;
  }
  return node;
}

bool is_mean(const Node& node) {
  return node.operation == Operation::binder && node.kind == notation::BinderKind::mean;
}

}  // namespace

FunctionTracer::FunctionTracer(const Program& program, DataSource& data, const Unit& function,
                               std::vector<TracedInput> inputs, const Budget& budget)
    : program_(program), data_(data), function_(function), inputs_(std::move(inputs)), budget_(budget) {}

TracedFunction FunctionTracer::trace(const OpenPoints* restriction, OpenPoints* seen) const {
  Session session(program_, data_, budget_);
  session.describe = [](const Node& node) { return notation::print(*node.syntax); };
  session.outermost = outermost_of(function_.body.get());
  if (is_mean(*session.outermost)) session.instances = {restriction, seen};
  TracedFunction out;
  Evaluator<TraceArithmetic> evaluator(TraceArithmetic(out.graph), session);
  RecordValue<TraceArithmetic> argument;
  for (const TracedInput& input : inputs_) {
    out.inputs.push_back(out.graph.input(out.inputs.size(), entry_count(input.shape)));
    argument.fields.emplace_back(input.name,
                                 real_value<TraceArithmetic>(Traced(out.graph, out.inputs.back()), 1, input.shape));
  }
  const Value<TraceArithmetic> value =
      evaluator.apply(function_, {{std::make_shared<const RecordValue<TraceArithmetic>>(std::move(argument))}});
  const SourceRange& where = function_.body->where;
  const Numeric<TraceArithmetic>* number = value.numeric();
  if (number == nullptr || !number->is_scalar() || number->form == Form::complex)
    fail(where, "the value of this function is no real number");
  if (number->status.at(0) == Status::undefined)
    fail(where, "this function is undefined" +
                    (session.undefined_operation.empty() ? "" : " because of " + session.undefined_operation));
  if (number->status.at(0) == Status::open)
    fail(where, "this function has no graph: it depends on an order of real numbers, or on complex numbers",
         "Conditions on integers are fine; for reals use relu, abs, max and min.");
  const TraceArithmetic arithmetic(out.graph);
  out.value = promoted(arithmetic, *number, Form::real).reals->node(out.graph, 1, 1);
  return out;
}

TracedFunction FunctionTracer::trace() const { return trace(nullptr, nullptr); }

TracedFunction FunctionTracer::trace(const std::vector<std::uint32_t>& instances) const {
  const OpenPoints& all = all_instances();
  OpenPoints some;
  some.generators = all.generators;
  for (const std::uint32_t i : instances) {
    ASSAY_ENSURE(i < all.size(), "an instance of the mean");
    const auto first = all.flat.begin() + static_cast<std::ptrdiff_t>(i * all.generators);
    some.flat.insert(some.flat.end(), first, first + static_cast<std::ptrdiff_t>(all.generators));
  }
  return trace(&some, nullptr);
}

const OpenPoints& FunctionTracer::all_instances() const {
  if (!instances_) {
    OpenPoints seen;
    const Node* outermost = outermost_of(function_.body.get());
    seen.generators = outermost->slots.size();
    if (is_mean(*outermost)) (void)trace(nullptr, &seen);
    instances_ = std::move(seen);
  }
  return *instances_;
}

std::size_t FunctionTracer::instances() const { return all_instances().size(); }

}  // namespace assay::evaluate
