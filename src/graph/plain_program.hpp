#pragma once
#include <memory>
#include <span>
#include <vector>

#include "graph/graph.hpp"

namespace assay::graph {

/// A graph prepared to be run in machine doubles, many times: for training and guessing, never for a verdict.
///
/// Entrywise operations, picks and scatters are run together over pieces that fit the cache (no array for an
/// intermediate value that only they use); products go to the BLAS. What does not depend on an input is computed once,
/// on construction. At a kink the derivative is that from the left (`step` and `sign` of 0 are 0, `choose` at a tie
/// takes the second), the convention of other tools.
///
/// Deterministic: the same program, inputs and number of threads give the same bits.
class PlainProgram {
 public:
  PlainProgram(const Graph& graph, const std::vector<NodeId>& outputs, unsigned threads = 1);
  PlainProgram(PlainProgram&&) noexcept;
  PlainProgram& operator=(PlainProgram&&) noexcept;
  ~PlainProgram();

  /// Runs with `inputs[i]` as the array of the inputs with index i. The results stay valid until the next run.
  void run(const std::vector<std::span<const double>>& inputs);
  [[nodiscard]] std::span<const double> output(std::size_t i) const;
  /// Bytes of all arrays that it keeps.
  [[nodiscard]] std::size_t memory() const;

 private:
  struct Body;
  std::unique_ptr<Body> body_;
};

}  // namespace assay::graph
