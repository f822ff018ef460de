#pragma once
#include "graph/plain_kernels.hpp"
#include "graph/plain_plan.hpp"

/// Kernels made of a plan's roots. Internal to src/graph.
namespace assay::graph::plain {

/// Which array an access belongs to.
struct AccessedArray {
  NodeId node = 0;
  std::size_t offset = 0;  ///< of the access' base: in rows of a tile, or in entries of a whole array
  bool writes = false;
};

/// A kernel together with the arrays that it points into.
struct CompiledKernel {
  std::size_t rows = 0;
  std::size_t columns = 0;
  std::size_t registers = 0;
  std::size_t invariant_count = 0;
  std::vector<double> numbers;
  std::vector<Access> accesses;
  std::vector<AccessedArray> arrays;  ///< of each access
  std::vector<Instruction> instructions;
  std::vector<std::shared_ptr<const std::vector<std::uint32_t>>> tables;
  std::vector<NodeId> cleared;  ///< sums over rows, set to 0 before each tile

  [[nodiscard]] Kernel view() const {
    return {rows,
            columns,
            registers,
            numbers.data(),
            numbers.size(),
            accesses.data(),
            accesses.size(),
            instructions.data(),
            invariant_count,
            instructions.size()};
  }
};

[[nodiscard]] CompiledKernel compile(const Graph& graph, const Plan& plan, const Stage& stage, const Step& step);

/// The double nearest to q, within one unit in the last place.
[[nodiscard]] double plain_number(const Rational& q);

}  // namespace assay::graph::plain
