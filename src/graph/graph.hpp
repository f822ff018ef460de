#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "number/arithmetic.hpp"
#include "number/rational.hpp"

/// Computation graphs over arrays of real numbers: what an evaluation of the notation computes, written down instead of
/// done, so that it can be differentiated and then run many times, in any arithmetic.
///
/// The value of a node is a matrix of `rows` × `columns` real numbers, stored by rows. For values of the notation the
/// rows are the entries of a scalar, vector or matrix and the columns its lanes (evaluate/value.hpp).
namespace assay::graph {

using NodeId = std::uint32_t;

enum class Operation : std::uint8_t {
  input,     ///< the array that the caller supplies under `index`
  constant,  ///< `Graph::constants()[index]`
  pi,        ///< π (1 × 1)
  variable,  ///< the operand itself, told apart from all other nodes: what a function is differentiated by
  // Entrywise; operands have the node's extent (broadcasting is a `pick`).
  add,
  subtract,
  multiply,
  divide,
  maximum,
  minimum,
  real_power,  ///< xʸ for x > 0
  negate,
  integer_power,  ///< xⁿ with the integer n in `index`
  abs,
  relu,
  step,         ///< 1 for x > 0, 0 for x < 0; undefined at 0: the derivative of relu
  sign,         ///< 1 for x > 0, −1 for x < 0; undefined at 0: the derivative of abs
  choose,       ///< operands x, y, u, v: u where x > y, v where x < y; undefined where x = y: derivative of maximum
  elementary,   ///< the `Elementary` function in `index`
  log_sum_exp,  ///< out(0, c) = log Σ_r exp x(r, c), evaluated without overflow; derivative exp(x(r, c) − out(0, c))
  // Linear.
  pick,     ///< out(r, c) = x at Index(r, c)
  scatter,  ///< out = the sum over (r, c) of x(r, c) put at Index(r, c), elsewhere 0: the transpose of `pick`
  product   ///< a matrix product in each lane, see `Product`
};

/// Positions in an array stored by rows: Index(r, c) = row(r) + column(c), or any table.
///
/// The separate form covers broadcasting, gathering of lanes, columns and rows, transposition, summation over entries
/// or lanes; it needs only rows + columns numbers and keeps loops simple.
struct Index {
  /// Offsets along one direction: first + i·stride, or table[i].
  struct Axis {
    std::uint32_t first = 0;
    std::uint32_t stride = 0;
    std::shared_ptr<const std::vector<std::uint32_t>> table;
    [[nodiscard]] std::uint32_t at(std::size_t i) const {
      return table ? (*table)[i] : first + static_cast<std::uint32_t>(i) * stride;
    }
  };
  Axis row;
  Axis column;
  /// Not null: Index(r, c) = (*table)[r·columns + c], and `row`, `column` are not used.
  std::shared_ptr<const std::vector<std::uint32_t>> table;
  [[nodiscard]] std::size_t at(std::size_t r, std::size_t c, std::size_t columns) const {
    return table ? (*table)[r * columns + c] : std::size_t{row.at(r)} + column.at(c);
  }
};

/// z_l = op(x_l) · op(y_l) in each lane l, where x_l is the matrix whose entries are lane l of x, by rows, and op is
/// the identity or the transpose. An operand with one lane takes part in every lane.
///
/// Extents: op(x) is m × k, op(y) is k × n, so that x has m·k rows and y has k·n rows; columns are lanes. The result
/// has m·n rows and max(lanes of x, lanes of y) columns, or one column, Σ_l z_l, if `sum_lanes` is set.
struct Product {
  std::size_t m = 0, k = 0, n = 0;
  bool transpose_x = false;
  bool transpose_y = false;
  bool sum_lanes = false;
};

struct Node {
  Operation operation = Operation::input;
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::int64_t index = 0;        ///< input, constant, integer_power, elementary; pick, scatter, product: of the table
  std::vector<NodeId> operands;  ///< each smaller than the node's own id
  /// Certainly defined and differentiable wherever the inputs are numbers: no division, logarithm, relu, … on the way.
  bool is_smooth = true;
  bool depends_on_variable = false;
  [[nodiscard]] std::size_t size() const noexcept { return rows * columns; }
};

/// An array of known numbers. Doubles stand for their exact values, so they are finite. A single number stands for an
/// array of any extent that has it everywhere.
struct Constant {
  std::vector<double> doubles;  ///< used if `rationals` is empty
  std::vector<Rational> rationals;
  [[nodiscard]] std::size_t size() const noexcept { return rationals.empty() ? doubles.size() : rationals.size(); }
  /// The number at position i of the array.
  [[nodiscard]] Rational at(std::size_t i) const {
    const std::size_t j = size() == 1 ? 0 : i;
    return rationals.empty() ? exact_rational(doubles[j]) : rationals[j];
  }
};

/// Builds nodes. Equal nodes are made once, and operations that change nothing (x + 0, 1·x, a pick of everything) are
/// left out, so that the sums of a derivative stay as small as written by hand. Numbers that are the same everywhere
/// are folded exactly.
///
/// A simplified node is defined where the operation asked for is, with the same value, and so are its derivatives: 0·x
/// is the constant 0 only if x is smooth, because 0·(1/y) is undefined at y = 0 and 0·relu(y) has no derivative there.
///
/// Functions check extents by contract (ASSAY_ENSURE): callers know the shapes of the notation.
class Graph {
 public:
  [[nodiscard]] NodeId input(std::size_t index, std::size_t rows, std::size_t columns = 1);
  [[nodiscard]] NodeId constant(Constant value, std::size_t rows, std::size_t columns);
  /// The same number everywhere.
  [[nodiscard]] NodeId constant(const Rational& value, std::size_t rows = 1, std::size_t columns = 1);
  [[nodiscard]] NodeId pi();
  /// A node of its own for x: two variables made of the same x are different, so that a derivative by one of them
  /// leaves the other, and x itself, as they are.
  [[nodiscard]] NodeId variable(NodeId x);

  /// Entrywise operations of one to four operands of equal extent.
  [[nodiscard]] NodeId entrywise(Operation operation, std::vector<NodeId> operands);
  [[nodiscard]] NodeId integer_power(NodeId x, std::int64_t n);
  [[nodiscard]] NodeId elementary(Elementary function, NodeId x);

  [[nodiscard]] NodeId log_sum_exp(NodeId x);

  [[nodiscard]] NodeId pick(NodeId x, std::size_t rows, std::size_t columns, Index index);
  [[nodiscard]] NodeId scatter(NodeId x, std::size_t rows, std::size_t columns, Index index);
  [[nodiscard]] NodeId product(NodeId x, NodeId y, const Product& shape);

  /// The elements of all of `parts`, one after the other, as a column.
  [[nodiscard]] NodeId concat(const std::vector<NodeId>& parts);

  /// x with one row and/or one column repeated to the given extent; x itself if it has it.
  [[nodiscard]] NodeId broadcast(NodeId x, std::size_t rows, std::size_t columns);
  /// The transpose of `broadcast`: sums over rows and/or columns until the extent is the given one.
  [[nodiscard]] NodeId sum_to(NodeId x, std::size_t rows, std::size_t columns);

  [[nodiscard]] const Node& node(NodeId id) const { return nodes_[id]; }
  [[nodiscard]] std::size_t size() const noexcept { return nodes_.size(); }
  [[nodiscard]] const Constant& constant_of(const Node& node) const {
    return constants_[static_cast<std::size_t>(node.index)];
  }
  [[nodiscard]] const Index& index_of(const Node& node) const { return indices_[static_cast<std::size_t>(node.index)]; }
  [[nodiscard]] const Product& product_of(const Node& node) const {
    return products_[static_cast<std::size_t>(node.index)];
  }
  /// Whether the node is a constant, the same number q everywhere.
  [[nodiscard]] bool is_constant(NodeId id, const Rational& q) const;
  /// The number that the node is everywhere; null unless it is such a constant.
  [[nodiscard]] const Rational* uniform_constant(NodeId id) const;

 private:
  NodeId add(Node node, const std::string& payload);
  template <class Table, class Item>
  NodeId add_with(Node node, Table& table, Item item, const std::string& payload);
  [[nodiscard]] std::optional<NodeId> simplified(Operation operation, const std::vector<NodeId>& x);
  [[nodiscard]] std::optional<NodeId> simplified_sum(Operation operation, NodeId x, NodeId y);
  [[nodiscard]] std::optional<NodeId> simplified_product(NodeId x, NodeId y);
  [[nodiscard]] std::optional<NodeId> simplified_unary(Operation operation, NodeId x);
  [[nodiscard]] std::optional<NodeId> folded(Operation operation, const std::vector<NodeId>& x);
  [[nodiscard]] NodeId linear(Operation operation, NodeId x, std::size_t rows, std::size_t columns, Index index);

  std::vector<Node> nodes_;
  std::vector<Constant> constants_;
  std::vector<Index> indices_;
  std::vector<Product> products_;
  std::unordered_map<std::string, NodeId> known_;  ///< operation, extents, operands, payload → node
};

/// The derivatives of Σ output (all entries) with respect to `inputs`, as nodes of the same graph: reverse
/// accumulation. Where the function has a kink (relu, abs, max) the derivative is undefined, as in the notation. An
/// input that the output does not depend on has the constant 0.
[[nodiscard]] std::vector<NodeId> gradient(Graph& graph, NodeId output, const std::vector<NodeId>& inputs);

}  // namespace assay::graph
