#include "evaluate/trace_arithmetic.hpp"

#include "base/contract.hpp"

namespace assay::evaluate {

using graph::Graph;
using graph::Index;
using graph::NodeId;

namespace {

/// Cuts the array of a node into rows × columns; nothing moves.
NodeId cut(Graph& graph, NodeId node, std::size_t rows, std::size_t columns) {
  const graph::Node& known = graph.node(node);
  if (known.rows == rows && known.columns == columns) return node;
  Index index;
  index.row.stride = static_cast<std::uint32_t>(columns);
  index.column.stride = 1;
  return graph.pick(node, rows, columns, std::move(index));
}

}  // namespace

Traced Traced::get(std::size_t i) const {
  ASSAY_ENSURE(i < size_, "an element of the array");
  if (!elements_.empty()) return elements_[i];
  if (!node_ || size_ == 1) return *this;
  Index index;
  index.row.first = static_cast<std::uint32_t>(i);
  return {*graph_, graph_->pick(*node_, 1, 1, std::move(index))};
}

void Traced::set(std::size_t i, Traced x) {
  ASSAY_ENSURE(i < size_ && x.size_ == 1, "an element of the array");
  if (size_ == 1) {
    *this = std::move(x);
    return;
  }
  if (elements_.empty()) {
    std::vector<Traced> elements(size_);
    for (std::size_t k = 0; k < size_; ++k) elements[k] = get(k);
    elements_ = std::move(elements);
    node_.reset();
  }
  elements_[i] = std::move(x);
}

std::pair<std::size_t, std::size_t> Traced::extent() const {
  if (!node_) return {size_, 1};
  const graph::Node& known = graph_->node(*node_);
  return {known.rows, known.columns};
}

NodeId Traced::node(Graph& graph, std::size_t rows, std::size_t columns) const {
  ASSAY_ENSURE(rows * columns == size_, "an array is cut into all of its elements");
  if (node_) return cut(graph, *node_, rows, columns);
  if (elements_.empty()) return graph.constant(Rational(0), rows, columns);
  std::vector<NodeId> elements;
  elements.reserve(size_);
  for (const Traced& element : elements_) elements.push_back(element.node(graph, 1, 1));
  return cut(graph, graph.concat(elements), rows, columns);
}

std::shared_ptr<const Traced> gathered(const std::vector<const Traced*>& arrays, std::size_t entries, std::size_t lanes,
                                       std::vector<std::uint32_t> table) {
  Graph* graph = nullptr;
  for (const Traced* array : arrays)
    if (array->graph() != nullptr) graph = array->graph();
  if (graph == nullptr || table.empty()) return std::make_shared<const Traced>(entries * lanes);
  std::vector<NodeId> nodes;
  for (const Traced* array : arrays)
    if (array->size() > 0) nodes.push_back(array->node(*graph, array->size(), 1));
  const NodeId all = nodes.size() == 1 ? nodes[0] : graph->concat(nodes);
  Index index;
  index.table = std::make_shared<const std::vector<std::uint32_t>>(std::move(table));
  return std::make_shared<const Traced>(*graph, graph->pick(all, entries, lanes, std::move(index)));
}

Traced TraceArithmetic::reals(const std::vector<double>& values) const {
  return {*graph_, graph_->constant({values, {}}, values.size(), 1)};
}

Traced TraceArithmetic::reals(const IntArray& values) const {
  graph::Constant constant;
  constexpr std::int64_t exact_in_double = std::int64_t{1} << 53;
  const bool fits = std::all_of(values.begin(), values.end(),
                                [](std::int64_t n) { return n <= exact_in_double && n >= -exact_in_double; });
  if (fits)
    constant.doubles.assign(values.begin(), values.end());
  else
    for (const std::int64_t n : values) constant.rationals.emplace_back(static_cast<long>(n));
  return {*graph_, graph_->constant(std::move(constant), values.size(), 1)};
}

Status TraceArithmetic::im(Traced& out, const Traced& z) const {
  return done(out, {*graph_, graph_->constant(Rational(0), z.size(), 1)});
}

Status TraceArithmetic::entrywise(Traced& out, graph::Operation operation,
                                  std::initializer_list<const Traced*> operands) const {
  const auto [rows, columns] = (*operands.begin())->extent();
  std::vector<NodeId> nodes;
  for (const Traced* operand : operands) nodes.push_back(operand->node(*graph_, rows, columns));
  return done(out, {*graph_, graph_->entrywise(operation, std::move(nodes))});
}

Status TraceArithmetic::divide(Traced& out, const Traced& x, const Traced& y) const {
  const auto [rows, columns] = y.extent();
  if (graph_->is_constant(y.node(*graph_, rows, columns), Rational(0))) return Status::undefined;
  return entrywise(out, graph::Operation::divide, {&x, &y});
}

Status TraceArithmetic::power(Traced& out, const Traced& x, std::int64_t n) const {
  const auto [rows, columns] = x.extent();
  return done(out, {*graph_, graph_->integer_power(x.node(*graph_, rows, columns), n)});
}

Status TraceArithmetic::apply(Elementary f, Traced& out, const Traced& x) const {
  const auto [rows, columns] = x.extent();
  return done(out, {*graph_, graph_->elementary(f, x.node(*graph_, rows, columns))});
}

Traced TraceArithmetic::broadcast(const Traced& x, std::size_t entries, std::size_t lanes, std::size_t to_entries,
                                  std::size_t to_lanes) const {
  return {*graph_, graph_->broadcast(x.node(*graph_, entries, lanes), to_entries, to_lanes)};
}

Traced TraceArithmetic::sum_of_entries(const Traced& x, std::size_t entries, std::size_t lanes) const {
  return {*graph_, graph_->sum_to(x.node(*graph_, entries, lanes), 1, lanes)};
}

Traced TraceArithmetic::add_lanes(const Traced& sums, const Traced& terms, std::size_t entries, std::size_t term_lanes,
                                  std::size_t lanes, const std::vector<std::uint32_t>& origin,
                                  std::size_t base_lanes) const {
  const NodeId all = graph_->broadcast(terms.node(*graph_, entries, term_lanes), entries, lanes);
  Index index;
  index.row.stride = static_cast<std::uint32_t>(base_lanes);
  index.column.table = std::make_shared<const std::vector<std::uint32_t>>(origin);
  const NodeId added = graph_->scatter(all, entries, base_lanes, std::move(index));
  const NodeId before = sums.node(*graph_, entries, base_lanes);
  return {*graph_, graph_->entrywise(graph::Operation::add, {before, added})};
}

Traced TraceArithmetic::log_sum_exp(const Traced& x, std::size_t entries, std::size_t lanes) const {
  return {*graph_, graph_->log_sum_exp(x.node(*graph_, entries, lanes))};
}

Traced product(const TraceArithmetic& arithmetic, const Traced& x, std::size_t x_lanes, const Traced& y,
               std::size_t y_lanes, const ProductShape& shape, std::vector<Status>&) {
  Graph& graph = arithmetic.graph();
  graph::Product product;
  product.m = shape.rows;
  product.k = shape.inner;
  product.n = shape.columns;
  return {graph, graph.product(x.node(graph, shape.rows * shape.inner, x_lanes),
                               y.node(graph, shape.inner * shape.columns, y_lanes), product)};
}

}  // namespace assay::evaluate
