#pragma once
#include <string>
#include <vector>

#include "evaluate/session.hpp"
#include "evaluate/value.hpp"
#include "graph/graph.hpp"

/// From a function written in the notation to its graph, which can be differentiated and run.
namespace assay::evaluate {

/// An array among the arguments of a traced function: a field of the record that is its one parameter.
struct TracedInput {
  std::string name;
  Shape shape;
};

struct TracedFunction {
  graph::Graph graph;
  std::vector<graph::NodeId> inputs;  ///< in the order of the TracedInputs; entries × 1
  graph::NodeId value = 0;            ///< 1 × 1
};

/// A real-valued function of a record of arrays, to be traced once or for many subsets of its instances.
class FunctionTracer {
 public:
  /// @param function  a closed expression that denotes a function of one record; it must outlive the tracer.
  FunctionTracer(const Program& program, DataSource& data, const Unit& function, std::vector<TracedInput> inputs,
                 const Budget& budget);

  /// @throws InputError if the function is no real number, depends on an order of reals, or uses what has no derivative
  /// rule; the place is named.
  [[nodiscard]] TracedFunction trace() const;
  /// The same with the outermost `mean` over these instances only.
  [[nodiscard]] TracedFunction trace(const std::vector<std::uint32_t>& instances) const;
  /// Number of instances of the outermost `mean`; 0 if the function is none. Traces it once.
  [[nodiscard]] std::size_t instances() const;

 private:
  [[nodiscard]] TracedFunction trace(const OpenPoints* restriction, OpenPoints* seen) const;
  [[nodiscard]] const OpenPoints& all_instances() const;

  const Program& program_;
  DataSource& data_;
  const Unit& function_;
  std::vector<TracedInput> inputs_;
  const Budget& budget_;
  mutable std::optional<OpenPoints> instances_;
};

}  // namespace assay::evaluate
