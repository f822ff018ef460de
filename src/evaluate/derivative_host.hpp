#pragma once
#include <map>

#include "evaluate/evaluator.hpp"
#include "evaluate/graph_values.hpp"
#include "evaluate/trace_arithmetic.hpp"

/// A function written down as a graph at a point, for the evaluator that wants its derivatives there.
namespace assay::evaluate {

extern template class Evaluator<TraceArithmetic>;

/// Stands between a tracing evaluator and the one that wants derivatives at a point: makes values inputs of the graph
/// and answers for their order.
template <class A>
class DerivativeHost : public TraceHost {
 public:
  DerivativeHost(Evaluator<A>& evaluator, graph::Graph& graph, GraphValues<A>& values)
      : evaluator_(evaluator), graph_(graph), values_(values) {}

  [[nodiscard]] Value<TraceArithmetic> definition(const Node& name) override {
    return imported(evaluator_.definition(name));
  }
  [[nodiscard]] Relations compare(graph::NodeId x, graph::NodeId y) override {
    const auto& left = values_(x);
    const auto& right = values_(y);
    if (left.status != Status::ok || right.status != Status::ok) return relation::any;
    const Relations possible = values_.compare(left.numbers->get(0), right.numbers->get(0));
    const bool varies = graph_.node(x).depends_on_variable || graph_.node(y).depends_on_variable;
    return varies && (possible & relation::equal) != 0 ? relation::any : possible;
  }
  [[nodiscard]] bool is_exact() const override { return A::is_exact; }

  /// A value that is the same in all lanes, with its real numbers as inputs of the graph.
  [[nodiscard]] Value<TraceArithmetic> imported(const Value<A>& value) {
    if (const auto* x = value.numeric()) return {imported(*x)};
    if (const auto* x = value.truth()) return {TruthLanes(*x)};
    if (const auto* x = value.text()) return {*x};
    if (const auto* x = value.stored()) return {*x};
    if (const auto* x = value.function()) return {imported(*x)};
    if (const auto* x = value.tuple()) return tuple_value<TraceArithmetic>(all_of(x->items));
    if (const auto* x = value.domain()) {
      Domain<TraceArithmetic> out{x->name, x->base, x->dimension, all_of(x->corners), nullptr};
      if (x->like) out.like = std::make_shared<const Value<TraceArithmetic>>(imported(*x->like));
      return {std::move(out)};
    }
    if (const auto* x = value.record()) {
      RecordValue<TraceArithmetic> out;
      for (const auto& [name, field] : x->fields) out.fields.emplace_back(name, imported(field));
      return {std::make_shared<const RecordValue<TraceArithmetic>>(std::move(out))};
    }
    const auto* set = value.set();
    ASSAY_ENSURE(set != nullptr, "every kind of value can be imported");
    const FiniteSet<A>& in = set->at(0);
    FiniteSet<TraceArithmetic> out{in.is_range, in.first, in.last, all_of(in.items)};
    return {
        SetLanes<TraceArithmetic>{{std::make_shared<const FiniteSet<TraceArithmetic>>(std::move(out))}, set->status}};
  }
  [[nodiscard]] FunctionValue<TraceArithmetic> imported(const FunctionValue<A>& f) {
    FunctionValue<TraceArithmetic> out{f.unit, f.builtin, f.name, {}, nullptr};
    for (const auto& captured : f.captured)
      out.captured.push_back(
          {captured.slot, std::make_shared<const Value<TraceArithmetic>>(imported(*captured.value)), nullptr});
    if (f.of) out.of = std::make_shared<const FunctionValue<TraceArithmetic>>(imported(*f.of));
    return out;
  }
  /// Gives the graph an input of that many numbers, to be set later. @returns its index
  std::size_t new_input() noexcept { return inputs_++; }

 private:
  [[nodiscard]] Numeric<TraceArithmetic> imported(const Numeric<A>& x) {
    Numeric<TraceArithmetic> out;
    out.shape = x.shape;
    out.form = x.form;
    out.status = x.status;
    if (x.form == Form::integer) {
      out.integers = x.integers;
      return out;
    }
    if (x.form == Form::complex || x.status.at(0) != Status::ok) {  // graphs are of real numbers
      out.form = Form::integer;
      out.integers = std::make_shared<const IntArray>(x.entries(), 0);
      out.status = LaneStatus({x.status.at(0) == Status::undefined ? Status::undefined : Status::open});
      return out;
    }
    const auto [known, is_new] = known_.try_emplace(x.reals.get());
    if (is_new) {
      const std::size_t index = new_input();
      values_.set_input(index, x.reals);
      known->second = {x.reals, graph_.input(index, x.entries())};
    }
    out.reals = std::make_shared<const Traced>(graph_, known->second.second);
    return out;
  }
  [[nodiscard]] std::vector<Value<TraceArithmetic>> all_of(const std::vector<Value<A>>& items) {
    std::vector<Value<TraceArithmetic>> out;
    for (const auto& item : items) out.push_back(imported(item));
    return out;
  }

  Evaluator<A>& evaluator_;
  graph::Graph& graph_;
  GraphValues<A>& values_;
  std::size_t inputs_ = 0;
  using Array = std::shared_ptr<const typename A::RealArray>;
  std::map<const void*, std::pair<Array, graph::NodeId>> known_;  ///< kept alive, so that addresses stay theirs
};

/// How many numbers these nodes hold together.
[[nodiscard]] inline std::size_t entries_of(const graph::Graph& graph, const std::vector<graph::NodeId>& nodes) {
  std::size_t out = 0;
  for (const graph::NodeId id : nodes) out += graph.node(id).size();
  return out;
}

/// A function traced at a point, with all that is needed to compute its derivatives there.
template <class A>
struct TracedAt {
  TracedAt(Evaluator<A>& evaluator, Session& outer, const FunctionValue<A>& f, const Value<A>& x, const Node& at)
      : values(graph, evaluator.arithmetic(), outer.budget),
        host(evaluator, graph, values),
        session(outer.program, outer.data, outer.budget) {
    session.describe = outer.describe;
    Evaluator<TraceArithmetic> tracer(TraceArithmetic(graph, &host), session);
    const Value<TraceArithmetic> argument = host.imported(x);
    point = tracer.trace_at(host.imported(f), argument, at);
    seed_input = host.new_input();
  }
  [[nodiscard]] bool used_enclosures() const { return values.used_enclosures() || session.used_enclosures; }

  graph::Graph graph;
  GraphValues<A> values;
  DerivativeHost<A> host;
  Session session;
  TracedPoint point;
  std::size_t seed_input = 0;
};

}  // namespace assay::evaluate
