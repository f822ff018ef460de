#include "random_graph.hpp"

#include <algorithm>

namespace assay::graph {

namespace {

using Table = std::vector<std::uint32_t>;

class Builder {
 public:
  Builder(unsigned seed, const GraphKind& kind) : kind_(kind), generator_(seed) {
    for (std::size_t i = 0; i < 3; ++i) {
      out_.inputs.push_back(out_.graph.input(i, below(kind_.most_rows) + 1, lanes()));
      out_.nodes.push_back(out_.inputs.back());
    }
    out_.nodes.push_back(out_.graph.constant(numbers(4 * 5), 4, 5));
    out_.nodes.push_back(out_.graph.constant(Rational(3, 4), 2, 1));
  }

  RandomGraph build(int operations) {
    for (int i = 0; i < operations; ++i) out_.nodes.push_back(next());
    return std::move(out_);
  }

 private:
  std::size_t below(std::size_t n) { return static_cast<std::size_t>(generator_() % n); }
  std::size_t lanes() { return kind_.lanes[below(kind_.lanes.size())]; }
  /// Recent nodes are preferred, so that graphs become deep.
  NodeId any() {
    const std::size_t n = out_.nodes.size();
    return out_.nodes[n - 1 - std::min(below(n), below(n))];
  }
  Constant numbers(std::size_t size) {
    Constant out;
    for (std::size_t i = 0; i < size; ++i) out.doubles.push_back(static_cast<double>(below(33)) / 8 - 2);
    return out;
  }
  const Node& node(NodeId id) const { return out_.graph.node(id); }

  Index::Axis random_axis(std::size_t length, std::size_t size) {
    Table table(length);
    for (std::uint32_t& at : table) at = static_cast<std::uint32_t>(below(size));
    return {0, 0, std::make_shared<const Table>(std::move(table))};
  }
  Index::Axis random_rows(std::size_t length, std::size_t rows, std::size_t columns) {
    Table table(length);
    for (std::uint32_t& at : table) at = static_cast<std::uint32_t>(below(rows) * columns);
    return {0, 0, std::make_shared<const Table>(std::move(table))};
  }

  /// Positions for rows × columns within an array of height × width, of a random kind.
  Index random_index(std::size_t rows, std::size_t columns, std::size_t height, std::size_t width) {
    const auto w = static_cast<std::uint32_t>(width);
    Index index;
    switch (below(6)) {
      case 0:  // any table
        index.table = random_axis(rows * columns, height * width).table;
        break;
      case 1:  // rows and columns, repeated
        index.row = random_rows(rows, height, width);
        index.column = random_axis(columns, width);
        break;
      case 2:  // the same column
        index.row = random_rows(rows, height, width);
        if (columns == width) index.column = {0, 1, nullptr};
        break;
      case 3:  // a row of its own in each column
        if (columns == width) {
          index.column = random_rows(columns, height, width);
          Table table(columns);
          for (std::uint32_t c = 0; c < columns; ++c) table[c] = (*index.column.table)[c] + c;
          index.column.table = std::make_shared<const Table>(std::move(table));
        }
        break;
      case 4:  // transposed
        if (rows == width && columns == height) {
          index.row = {0, 1, nullptr};
          index.column = {0, w, nullptr};
        }
        break;
      default:  // broadcast as far as possible
        if (rows == height) index.row = {0, w, nullptr};
        if (columns == width) index.column = {0, 1, nullptr};
    }
    return index;
  }

  NodeId with_extent(std::size_t rows, std::size_t columns) {
    for (int tries = 0; tries < 4; ++tries)
      if (const NodeId id = any(); node(id).rows == rows && node(id).columns == columns) return id;
    const NodeId x = any();
    return out_.graph.pick(x, rows, columns, random_index(rows, columns, node(x).rows, node(x).columns));
  }

  NodeId next() {
    switch (below(kind_.has_elementary ? 12 : 9)) {
      case 0:
      case 1: return binary();
      case 2: return unary();
      case 3: {
        const NodeId x = any();
        return with_index(false, x);
      }
      case 4: return with_index(true, any());
      case 5:
      case 6: return product();
      case 7: return kind_.has_kinks ? kinked() : binary();
      case 8: {
        const NodeId x = any();
        return below(2) == 0 ? out_.graph.sum_to(x, 1, node(x).columns) : out_.graph.sum_to(x, node(x).rows, 1);
      }
      case 9: return out_.graph.log_sum_exp(damped(any()));
      default: return elementary();
    }
  }

  NodeId with_index(bool scatters, NodeId x) {
    const std::size_t height = node(x).rows;
    const std::size_t width = node(x).columns;
    const std::size_t rows = below(2) == 0 ? height : below(kind_.most_rows) + 1;
    const std::size_t columns = below(3) != 0 ? width : lanes();
    if (scatters) return out_.graph.scatter(x, rows, columns, random_index(height, width, rows, columns));
    return out_.graph.pick(x, rows, columns, random_index(rows, columns, height, width));
  }

  NodeId binary() {
    const NodeId x = any();
    const NodeId y = with_extent(node(x).rows, node(x).columns);
    constexpr Operation operations[] = {Operation::add, Operation::subtract, Operation::multiply, Operation::divide};
    return out_.graph.entrywise(operations[below(4)], {x, y});
  }

  NodeId unary() {
    const NodeId x = any();
    switch (below(4)) {
      case 0: return out_.graph.entrywise(Operation::negate, {x});
      case 1: return out_.graph.integer_power(x, 2);
      case 2: return out_.graph.integer_power(x, 3);
      default: return out_.graph.integer_power(x, -1);
    }
  }

  NodeId kinked() {
    const NodeId x = any();
    const std::size_t rows = node(x).rows;
    const std::size_t columns = node(x).columns;
    switch (below(7)) {
      case 0: return out_.graph.entrywise(Operation::maximum, {x, with_extent(rows, columns)});
      case 1: return out_.graph.entrywise(Operation::minimum, {x, with_extent(rows, columns)});
      case 2: return out_.graph.entrywise(Operation::abs, {x});
      case 3: return out_.graph.entrywise(Operation::relu, {x});
      case 4: return out_.graph.entrywise(Operation::step, {x});
      case 5: return out_.graph.entrywise(Operation::sign, {x});
      default: {
        const NodeId y = with_extent(rows, columns);
        const NodeId u = with_extent(rows, columns);
        return out_.graph.entrywise(Operation::choose, {x, y, u, with_extent(rows, columns)});
      }
    }
  }

  NodeId product() {
    Product shape;
    shape.m = below(4) + 1;
    shape.k = below(3) + 1;
    shape.n = below(4) + 1;
    shape.transpose_x = below(2) == 0;
    shape.transpose_y = below(2) == 0;
    shape.sum_lanes = below(3) == 0;
    const std::size_t width = lanes();
    const NodeId x = with_extent(shape.m * shape.k, below(3) == 0 ? 1 : width);
    const NodeId y = with_extent(shape.k * shape.n, below(3) == 0 ? 1 : width);
    return out_.graph.product(x, y, shape);
  }

  /// x/(1 + x²), so that exponentials stay moderate.
  NodeId damped(NodeId x) {
    const NodeId one = out_.graph.constant(Rational(1), node(x).rows, node(x).columns);
    return out_.graph.entrywise(Operation::divide,
                                {x, out_.graph.entrywise(Operation::add, {one, out_.graph.integer_power(x, 2)})});
  }

  NodeId elementary() {
    const NodeId x = damped(any());
    const NodeId one = out_.graph.constant(Rational(1), node(x).rows, node(x).columns);
    const NodeId positive = out_.graph.entrywise(Operation::add, {one, x});
    switch (below(4)) {
      case 0:
        return out_.graph.entrywise(Operation::real_power,
                                    {positive, damped(with_extent(node(x).rows, node(x).columns))});
      case 1: return out_.graph.elementary(below(2) == 0 ? Elementary::sqrt : Elementary::log, positive);
      default: {
        auto f = static_cast<Elementary>(below(14));
        if (f == Elementary::log || f == Elementary::sqrt || f == Elementary::gamma) f = Elementary::exp;
        return out_.graph.elementary(f, x);
      }
    }
  }

  const GraphKind& kind_;
  std::mt19937 generator_;
  RandomGraph out_;
};

}  // namespace

RandomGraph random_graph(unsigned seed, int operations, const GraphKind& kind) {
  return Builder(seed, kind).build(operations);
}

std::vector<std::vector<Rational>> random_inputs(unsigned seed, const RandomGraph& random) {
  std::mt19937 generator(seed);
  std::vector<std::vector<Rational>> arrays;
  for (const NodeId input : random.inputs) {
    std::vector<Rational>& array = arrays.emplace_back();
    for (std::size_t i = 0; i < random.graph.node(input).size(); ++i) {
      array.emplace_back(static_cast<long>(generator() % 33) - 16, 8);
      array.back().canonicalize();
    }
  }
  return arrays;
}

std::vector<std::vector<double>> doubles(const std::vector<std::vector<Rational>>& arrays) {
  std::vector<std::vector<double>> out;
  for (const std::vector<Rational>& array : arrays) {
    out.emplace_back();
    for (const Rational& q : array) out.back().push_back(q.get_d());
  }
  return out;
}

}  // namespace assay::graph
