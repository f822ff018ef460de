#include "evaluate/graph_values.hpp"

#include <rapidcheck.h>

#include <catch2/catch.hpp>

#include "../graph/evaluate_graph.hpp"
#include "../graph/random_graph.hpp"
#include "evaluate/prover_ladder.hpp"

/// GraphValues, whole arrays at a time, against the definition of what a graph means (evaluate_graph.hpp), in
/// each arithmetic: products with transposes and lanes among the random graphs, derivatives in many directions at once.
using namespace assay;
using namespace assay::evaluate;

namespace {

using graph::GraphEvaluator;
using graph::NodeId;
using graph::RandomGraph;

/// The operations of A on real numbers, without those on complex ones of the same names.
template <class A>
class OfReals {
 public:
  using Real = typename A::Real;
  explicit OfReals(const A& arithmetic) : a_(arithmetic) {}
  [[nodiscard]] Status real(Real& out, const Rational& q) const { return a_.real(out, q); }
  [[nodiscard]] Real pi() const { return a_.pi(); }
  [[nodiscard]] Status add(Real& out, const Real& x, const Real& y) const { return a_.add(out, x, y); }
  [[nodiscard]] Status subtract(Real& out, const Real& x, const Real& y) const { return a_.subtract(out, x, y); }
  [[nodiscard]] Status multiply(Real& out, const Real& x, const Real& y) const { return a_.multiply(out, x, y); }
  [[nodiscard]] Status divide(Real& out, const Real& x, const Real& y) const { return a_.divide(out, x, y); }
  [[nodiscard]] Status maximum(Real& out, const Real& x, const Real& y) const { return a_.maximum(out, x, y); }
  [[nodiscard]] Status minimum(Real& out, const Real& x, const Real& y) const { return a_.minimum(out, x, y); }
  [[nodiscard]] Status negate(Real& out, const Real& x) const { return a_.negate(out, x); }
  [[nodiscard]] Status abs(Real& out, const Real& x) const { return a_.abs(out, x); }
  [[nodiscard]] Status relu(Real& out, const Real& x) const { return a_.relu(out, x); }
  [[nodiscard]] Status power(Real& out, const Real& x, std::int64_t n) const { return a_.power(out, x, n); }
  [[nodiscard]] Status power(Real& out, const Real& x, const Real& y) const { return a_.power(out, x, y); }
  [[nodiscard]] Status apply(Elementary f, Real& out, const Real& x) const { return a_.apply(f, out, x); }
  [[nodiscard]] Relations compare(const Real& x, const Real& y) const { return a_.compare(x, y); }

 private:
  const A& a_;
};
template <class A>
using Definition = GraphEvaluator<OfReals<A>>;

template <class A>
std::vector<typename A::Real> numbers_of(const A& arithmetic, const std::vector<Rational>& in) {
  std::vector<typename A::Real> out(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) RC_ASSERT(arithmetic.real(out[i], in[i]) == Status::ok);
  return out;
}
template <class A>
std::shared_ptr<const typename A::RealArray> array_of(const std::vector<typename A::Real>& in) {
  auto out = std::make_shared<typename A::RealArray>(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) out->set(i, in[i]);
  return out;
}

/// Whether the numbers may be the same: enclosures have a point in common, exact numbers are equal.
template <class A>
bool agree(const A& arithmetic, const typename A::Real& x, const typename A::Real& y) {
  return (arithmetic.compare(x, y) & relation::equal) != 0;
}

/// The worst status of an entry of the node or of one that it is made of.
template <class A>
Status worst(const graph::Graph& graph, Definition<A>& definition, NodeId node) {
  Status out = Status::ok;
  for (const auto& entry : definition(node)) out = combine(out, entry.status);
  for (const NodeId operand : graph.node(node).operands) out = combine(out, worst<A>(graph, definition, operand));
  return out;
}

/// Compares variant d of the values with what the definition says, if both have numbers. GraphValues must have them
/// where all that the node is made of has, and must not where an entry is undefined. (Rounding may leave a tie open for
/// one way and not for the other.)
template <class A>
bool check_node(const A& arithmetic, const graph::Graph& graph, GraphValues<A>& values, Definition<A>& definition,
                NodeId node, std::size_t d) {
  const auto& entries = definition(node);
  const auto& found = values(node);
  Status expected = Status::ok;
  for (const auto& entry : entries) expected = combine(expected, entry.status);
  if (A::is_exact || found.status == Status::undefined) {
    const Status on_the_way = worst<A>(graph, definition, node);
    if (A::is_exact) RC_ASSERT(found.status == on_the_way);
    RC_ASSERT(on_the_way != Status::ok || found.status == Status::ok);
  }
  if (expected == Status::undefined) RC_ASSERT(found.status != Status::ok);
  if (found.status != Status::ok || expected != Status::ok) return false;
  RC_ASSERT(found.numbers->size() == entries.size() * found.depth);
  for (std::size_t i = 0; i < entries.size(); ++i)
    RC_ASSERT(agree(arithmetic, found.numbers->get(found.depth == 1 ? i : i * found.depth + d), entries[i].value));
  return true;
}

template <class A>
int check_graph(const A& arithmetic, unsigned seed, const graph::GraphKind& kind) {
  RandomGraph random = graph::random_graph(seed, *rc::gen::inRange(1, 14), kind);
  const auto rationals = graph::random_inputs(seed, random);
  std::vector<std::vector<typename A::Real>> inputs;
  for (const auto& input : rationals) inputs.push_back(numbers_of(arithmetic, input));
  // Derivatives add products with transposed operands and sums over lanes.
  const auto derivatives = graph::gradient(random.graph, random.nodes.back(), random.inputs);
  const Budget budget;
  GraphValues<A> values(random.graph, arithmetic, budget);
  for (std::size_t i = 0; i < inputs.size(); ++i) values.set_input(i, array_of<A>(inputs[i]));
  const OfReals<A> reals(arithmetic);
  Definition<A> definition(random.graph, reals, inputs);
  int checked = 0;
  for (const NodeId node : random.nodes) checked += check_node(arithmetic, random.graph, values, definition, node, 0);
  for (const NodeId node : derivatives) checked += check_node(arithmetic, random.graph, values, definition, node, 0);
  return checked;
}

/// Jᵀu for a seed u at input `index` that the graph of derivatives is linear in.
struct Pullback {
  RandomGraph random;
  std::size_t seed_input;
  std::size_t outputs;
  std::vector<NodeId> images;
};

Pullback pullback(unsigned seed, const graph::GraphKind& kind) {
  Pullback out{graph::random_graph(seed, *rc::gen::inRange(1, 12), kind), 0, 0, {}};
  graph::Graph& graph = out.random.graph;
  out.seed_input = out.random.inputs.size();
  const NodeId value = out.random.nodes.back();
  const auto rows = graph.node(value).rows;
  const auto columns = graph.node(value).columns;
  out.outputs = rows * columns;
  const NodeId u = graph.input(out.seed_input, rows, columns);
  const NodeId sum = graph.sum_to(graph.entrywise(graph::Operation::multiply, {u, value}), 1, 1);
  out.images = graph::gradient(graph, sum, out.random.inputs);
  return out;
}

/// With `depth` seeds at once, against one after the other by the definition.
template <class A>
int check_depths(const A& arithmetic, unsigned seed, const graph::GraphKind& kind) {
  Pullback pull = pullback(seed, kind);
  const OfReals<A> reals(arithmetic);
  std::vector<std::vector<typename A::Real>> inputs;
  for (const auto& input : graph::random_inputs(seed, pull.random)) inputs.push_back(numbers_of(arithmetic, input));
  const auto depth = static_cast<std::size_t>(*rc::gen::inRange(1, 5));
  std::vector<std::vector<Rational>> seeds(depth);
  for (auto& one : seeds)
    for (std::size_t i = 0; i < pull.outputs; ++i) one.push_back(Rational(*rc::gen::inRange(-2, 3)));
  const Budget budget;
  GraphValues<A> values(pull.random.graph, arithmetic, budget);
  for (std::size_t i = 0; i < inputs.size(); ++i) values.set_input(i, array_of<A>(inputs[i]));
  // A former seed, of which nothing must be left.
  values.set_input(pull.seed_input, array_of<A>(numbers_of(arithmetic, std::vector<Rational>(pull.outputs, 7))));
  for (const NodeId image : pull.images) static_cast<void>(values(image));
  std::vector<Rational> together(pull.outputs * depth);
  for (std::size_t i = 0; i < pull.outputs; ++i)
    for (std::size_t d = 0; d < depth; ++d) together[i * depth + d] = seeds[d][i];
  values.set_input(pull.seed_input, array_of<A>(numbers_of(arithmetic, together)), depth);
  int checked = 0;
  for (std::size_t d = 0; d < depth; ++d) {
    auto with_seed = inputs;
    with_seed.push_back(numbers_of(arithmetic, seeds[d]));
    Definition<A> definition(pull.random.graph, reals, with_seed);
    for (const NodeId image : pull.images)
      checked += check_node(arithmetic, pull.random.graph, values, definition, image, d);
  }
  return checked;
}

constexpr long reference_precision = 200;

}  // namespace

TEST_CASE("a graph's values are what its definition says", "[evaluate][graph][property]") {
  int exact = 0;
  int balls = 0;
  int doubles = 0;
  const graph::GraphKind rational{false, true, {1, 2, 5}, 4};
  const graph::GraphKind elementary{true, true, {1, 2, 5, 64}, 5};
  CHECK(rc::check("exactly", [&](unsigned seed) { exact += check_graph(ExactArithmetic(), seed, rational); }));
  CHECK(rc::check("in balls",
                  [&](unsigned seed) { balls += check_graph(BallArithmetic(reference_precision), seed, elementary); }));
  CHECK(rc::check("in doubles", [&](unsigned seed) { doubles += check_graph(FastArithmetic(), seed, elementary); }));
  CHECK(exact > 300);
  CHECK(balls > 300);
  CHECK(doubles > 300);
}

TEST_CASE("many directions at once are the directions one by one", "[evaluate][graph][property]") {
  int exact = 0;
  int doubles = 0;
  const graph::GraphKind rational{false, true, {1, 2, 5}, 4};
  const graph::GraphKind elementary{true, true, {1, 2, 5, 64}, 4};
  CHECK(rc::check("exactly", [&](unsigned seed) { exact += check_depths(ExactArithmetic(), seed, rational); }));
  CHECK(rc::check("in doubles", [&](unsigned seed) { doubles += check_depths(FastArithmetic(), seed, elementary); }));
  CHECK(exact > 100);
  CHECK(doubles > 100);
}

TEST_CASE("step, sign and choose are undefined at a tie and open near it", "[evaluate][graph]") {
  graph::Graph graph;
  const NodeId x = graph.input(0, 1, 1);
  const NodeId y = graph.input(1, 1, 1);
  const std::vector<NodeId> nodes = {graph.entrywise(graph::Operation::step, {x}),
                                     graph.entrywise(graph::Operation::sign, {x}),
                                     graph.entrywise(graph::Operation::choose, {x, y, x, y})};
  const Budget budget;
  const auto status_of = [&](MidRad at) {
    std::vector<Status> out;
    const FastArithmetic arithmetic;
    GraphValues<FastArithmetic> values(graph, arithmetic, budget);
    values.set_input(0, array_of<FastArithmetic>({at}));
    values.set_input(1, array_of<FastArithmetic>({MidRad{0, 0}}));
    for (const NodeId node : nodes) out.push_back(values(node).status);
    return out;
  };
  CHECK(status_of({0, 0}) == std::vector<Status>(3, Status::undefined));
  CHECK(status_of({0, 1e-300}) == std::vector<Status>(3, Status::open));
  CHECK(status_of({1e-300, 1e-300}) == std::vector<Status>(3, Status::open));
  CHECK(status_of({0x1p-1000, 0x1p-1001}) == std::vector<Status>(3, Status::ok));
  CHECK(status_of({-0x1p-1000, 0x1p-1001}) == std::vector<Status>(3, Status::ok));
}
