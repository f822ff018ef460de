#include "graph/graph.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "base/digest.hpp"
#include "graph/index.hpp"

namespace assay::graph {

namespace {

std::size_t operand_count(Operation operation) {
  switch (operation) {
    case Operation::add:
    case Operation::subtract:
    case Operation::multiply:
    case Operation::divide:
    case Operation::maximum:
    case Operation::minimum:
    case Operation::real_power: return 2;
    case Operation::negate:
    case Operation::abs:
    case Operation::relu:
    case Operation::step:
    case Operation::sign: return 1;
    case Operation::choose: return 4;
    default: return 0;
  }
}

/// Whether the operation is defined and differentiable at all numbers.
bool is_smooth(const Node& node) {
  switch (node.operation) {
    case Operation::divide:
    case Operation::real_power:
    case Operation::maximum:
    case Operation::minimum:
    case Operation::abs:
    case Operation::relu:
    case Operation::step:
    case Operation::sign:
    case Operation::choose: return false;
    case Operation::integer_power: return node.index >= 0;
    case Operation::elementary: break;
    default: return true;
  }
  switch (static_cast<Elementary>(node.index)) {
    case Elementary::exp:
    case Elementary::sin:
    case Elementary::cos:
    case Elementary::atan:
    case Elementary::sinh:
    case Elementary::cosh:
    case Elementary::tanh:
    case Elementary::erf: return true;
    default: return false;
  }
}

bool is_commutative(Operation operation) {
  return operation == Operation::add || operation == Operation::multiply || operation == Operation::maximum ||
         operation == Operation::minimum;
}

/// A constant of one number if all its numbers are equal.
Constant collapsed(Constant value) {
  if (!value.rationals.empty()) {
    const Rational first = value.rationals[0];
    const auto& all = value.rationals;
    if (std::all_of(all.begin(), all.end(), [&](const Rational& q) { return q == first; })) return {{}, {first}};
    value.doubles.clear();
  } else if (!value.doubles.empty()) {
    const double first = value.doubles[0];
    const auto& all = value.doubles;
    if (std::all_of(all.begin(), all.end(), [&](double x) { return x == first; })) return {{}, {exact_rational(first)}};
  }
  return value;
}

std::string digest(const Constant& value) {
  if (value.size() == 1) return to_string(value.at(0));
  if (value.rationals.empty())
    return sha256({reinterpret_cast<const char*>(value.doubles.data()), value.doubles.size() * sizeof(double)});
  std::string text;
  for (const Rational& q : value.rationals) text += to_string(q) + ",";
  return sha256(text);
}

}  // namespace

NodeId Graph::add(Node node, const std::string& payload) {
  std::string key = std::to_string(static_cast<int>(node.operation)) + ":" + std::to_string(node.rows) + "x" +
                    std::to_string(node.columns);
  for (const NodeId operand : node.operands) key += "," + std::to_string(operand);
  key += ";" + payload;
  const auto [known, is_new] = known_.try_emplace(std::move(key), static_cast<NodeId>(nodes_.size()));
  if (is_new) {
    node.is_smooth = is_smooth(node);
    node.depends_on_variable = node.operation == Operation::variable;
    for (const NodeId operand : node.operands) {
      node.is_smooth = node.is_smooth && nodes_[operand].is_smooth;
      node.depends_on_variable = node.depends_on_variable || nodes_[operand].depends_on_variable;
    }
    nodes_.push_back(std::move(node));
  }
  return known->second;
}

template <class Table, class Item>
NodeId Graph::add_with(Node node, Table& table, Item item, const std::string& payload) {
  node.index = static_cast<std::int64_t>(table.size());
  const std::size_t before = nodes_.size();
  const NodeId id = add(std::move(node), payload);
  if (nodes_.size() > before) table.push_back(std::move(item));
  return id;
}

NodeId Graph::input(std::size_t index, std::size_t rows, std::size_t columns) {
  return add({Operation::input, rows, columns, static_cast<std::int64_t>(index), {}}, std::to_string(index));
}

NodeId Graph::constant(Constant value, std::size_t rows, std::size_t columns) {
  ASSAY_ENSURE(value.size() == rows * columns || value.size() == 1, "a constant has a number for every entry");
  value = collapsed(std::move(value));
  const std::string payload = digest(value);
  return add_with({Operation::constant, rows, columns, 0, {}}, constants_, std::move(value), payload);
}

NodeId Graph::constant(const Rational& value, std::size_t rows, std::size_t columns) {
  return constant(Constant{{}, {value}}, rows, columns);
}

NodeId Graph::pi() { return add({Operation::pi, 1, 1, 0, {}}, ""); }

NodeId Graph::variable(NodeId x) {
  const auto serial = static_cast<std::int64_t>(nodes_.size());
  return add({Operation::variable, nodes_[x].rows, nodes_[x].columns, serial, {x}}, std::to_string(serial));
}

NodeId Graph::entrywise(Operation operation, std::vector<NodeId> operands) {
  ASSAY_ENSURE(operand_count(operation) == operands.size() && !operands.empty(),
               "an entrywise operation has its number of operands");
  const std::size_t rows = nodes_[operands[0]].rows;
  const std::size_t columns = nodes_[operands[0]].columns;
  for (const NodeId operand : operands)
    ASSAY_ENSURE(nodes_[operand].rows == rows && nodes_[operand].columns == columns,
                 "operands of an entrywise operation have equal extents");
  if (is_commutative(operation) && operands[0] > operands[1]) std::swap(operands[0], operands[1]);
  if (rows * columns == 0) return constant(Rational(0), rows, columns);
  if (const std::optional<NodeId> simple = simplified(operation, operands)) return *simple;
  return add({operation, rows, columns, 0, std::move(operands)}, "");
}

NodeId Graph::elementary(Elementary function, NodeId x) {
  if (nodes_[x].size() == 0) return constant(Rational(0), nodes_[x].rows, nodes_[x].columns);
  const auto index = static_cast<std::int64_t>(function);
  return add({Operation::elementary, nodes_[x].rows, nodes_[x].columns, index, {x}}, std::to_string(index));
}

NodeId Graph::log_sum_exp(NodeId x) {
  ASSAY_ENSURE(nodes_[x].rows > 0, "log_sum_exp is of at least one number");
  if (nodes_[x].rows == 1) return x;
  if (nodes_[x].columns == 0) return constant(Rational(0), 1, 0);
  return add({Operation::log_sum_exp, 1, nodes_[x].columns, 0, {x}}, "");
}

/// A pick or scatter of x with a normalized index.
NodeId Graph::linear(Operation operation, NodeId x, std::size_t rows, std::size_t columns, Index index) {
  const std::string payload = digest(index);
  return add_with({operation, rows, columns, 0, {x}}, indices_, std::move(index), payload);
}

NodeId Graph::pick(NodeId x, std::size_t rows, std::size_t columns, Index index) {
  const Node& of = nodes_[x];
  if (rows * columns == 0) return constant(Rational(0), rows, columns);
  if (const Rational* q = uniform_constant(x)) return constant(Rational(*q), rows, columns);
  index = normalized(std::move(index), rows, columns);
  ASSAY_ENSURE(largest(index, rows, columns) < of.size(), "a pick stays within its operand");
  if (rows == of.rows && columns == of.columns && is_identity(index, rows, columns)) return x;
  if (of.operation == Operation::pick)
    if (std::optional<Index> direct = composed(index, rows, columns, index_of(of), of.columns))
      return pick(of.operands[0], rows, columns, std::move(*direct));
  return linear(Operation::pick, x, rows, columns, std::move(index));
}

NodeId Graph::scatter(NodeId x, std::size_t rows, std::size_t columns, Index index) {
  const Node& of = nodes_[x];
  if (of.size() == 0 || is_constant(x, 0)) return constant(Rational(0), rows, columns);
  index = normalized(std::move(index), of.rows, of.columns);
  ASSAY_ENSURE(largest(index, of.rows, of.columns) < rows * columns, "a scatter stays within its result");
  if (rows == of.rows && columns == of.columns && is_identity(index, rows, columns)) return x;
  if (of.operation == Operation::scatter) {
    const Node& source = nodes_[of.operands[0]];
    if (std::optional<Index> direct = composed(index_of(of), source.rows, source.columns, index, of.columns))
      return scatter(of.operands[0], rows, columns, std::move(*direct));
  }
  return linear(Operation::scatter, x, rows, columns, std::move(index));
}

NodeId Graph::product(NodeId x, NodeId y, const Product& shape) {
  const Node& left = nodes_[x];
  const Node& right = nodes_[y];
  ASSAY_ENSURE(left.rows == shape.m * shape.k && right.rows == shape.k * shape.n,
               "the operands of a product have its extents");
  ASSAY_ENSURE(left.columns == right.columns || left.columns == 1 || right.columns == 1,
               "the operands of a product have the same lanes");
  const std::size_t lanes = std::max(left.columns, right.columns);
  const std::size_t columns = shape.sum_lanes ? 1 : lanes;
  const bool vanishes = (is_constant(x, 0) && right.is_smooth) || (is_constant(y, 0) && left.is_smooth);
  if (vanishes || shape.k == 0 || shape.m * shape.n * lanes == 0)
    return constant(Rational(0), shape.m * shape.n, columns);
  Product plain = shape;
  // A matrix with one row or column is stored like its transpose.
  if (plain.m == 1 || plain.k == 1) plain.transpose_x = false;
  if (plain.k == 1 || plain.n == 1) plain.transpose_y = false;
  if (plain.sum_lanes && (left.columns == 1 || right.columns == 1)) {
    // Σ_l X·Y_l = X·(Σ_l Y_l); with a single lane there is nothing to sum.
    plain.sum_lanes = false;
    const NodeId sum_x = sum_to(x, left.rows, 1);
    return product(sum_x, sum_to(y, nodes_[y].rows, 1), plain);
  }
  const std::string payload = std::to_string(plain.m) + "," + std::to_string(plain.k) + "," + std::to_string(plain.n) +
                              (plain.transpose_x ? "T" : "-") + (plain.transpose_y ? "T" : "-") +
                              (plain.sum_lanes ? "S" : "-");
  return add_with({Operation::product, shape.m * shape.n, columns, 0, {x, y}}, products_, plain, payload);
}

NodeId Graph::concat(const std::vector<NodeId>& parts) {
  std::size_t total = 0;
  for (const NodeId part : parts) total += nodes_[part].size();
  // The sum of the parts, each at its place. Added in pairs, so that many small parts stay cheap.
  std::vector<NodeId> placed;
  std::size_t first = 0;
  for (const NodeId part : parts) {
    const std::size_t rows = nodes_[part].rows;
    const std::size_t columns = nodes_[part].columns;
    Index index;
    index.row = {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(columns), nullptr};
    index.column.stride = 1;
    placed.push_back(scatter(part, total, 1, std::move(index)));
    first += rows * columns;
  }
  while (placed.size() > 1) {
    std::vector<NodeId> sums;
    for (std::size_t i = 0; i + 1 < placed.size(); i += 2)
      sums.push_back(entrywise(Operation::add, {placed[i], placed[i + 1]}));
    if (placed.size() % 2 == 1) sums.push_back(placed.back());
    placed = std::move(sums);
  }
  return placed.empty() ? constant(Rational(0), 0, 1) : placed[0];
}

NodeId Graph::broadcast(NodeId x, std::size_t rows, std::size_t columns) {
  const Node& of = nodes_[x];
  ASSAY_ENSURE((of.rows == rows || of.rows == 1) && (of.columns == columns || of.columns == 1),
               "only an extent of one is repeated");
  if (of.rows == rows && of.columns == columns) return x;
  Index index;
  index.row.stride = of.rows == 1 ? 0 : static_cast<std::uint32_t>(of.columns);
  index.column.stride = of.columns == 1 ? 0 : 1;
  return pick(x, rows, columns, std::move(index));
}

NodeId Graph::sum_to(NodeId x, std::size_t rows, std::size_t columns) {
  const Node& of = nodes_[x];
  ASSAY_ENSURE((of.rows == rows || rows == 1) && (of.columns == columns || columns == 1),
               "a sum leaves an extent as it is or one");
  if (of.rows == rows && of.columns == columns) return x;
  if (const Rational* q = uniform_constant(x); q != nullptr && rows * columns != 0)
    return constant(Rational(*q * exact_integer(static_cast<std::int64_t>(of.size() / (rows * columns)))), rows,
                    columns);
  Index index;
  index.row.stride = rows == 1 ? 0 : static_cast<std::uint32_t>(columns);
  index.column.stride = columns == 1 ? 0 : 1;
  return scatter(x, rows, columns, std::move(index));
}

}  // namespace assay::graph
