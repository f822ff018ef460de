#include "train/trace_objective.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "evaluate/trace.hpp"
#include "graph/plain_program.hpp"

namespace assay::train {

namespace {

/// Runs the loss and its gradient as one program in doubles.
class TracedObjective final : public Objective {
 public:
  TracedObjective(const evaluate::Program& program, evaluate::DataSource& data, const notation::ExprPtr& loss,
                  const std::vector<WeightArray>& weights, unsigned threads)
      : unit_(program.resolve(loss)),
        tracer_(program, data, *unit_, inputs_of(weights), budget_),
        weights_(weights),
        threads_(threads),
        whole_(compile(tracer_.trace())) {}

  [[nodiscard]] std::size_t size() const override { return total_size(weights_); }

  double evaluate(std::span<const double> weights, std::span<double> gradient) override {
    std::vector<std::span<const double>> inputs;
    for (const WeightArray& array : weights_) inputs.push_back(weights.subspan(array.offset, array.size()));
    graph::PlainProgram& program = part_ ? *part_ : whole_;
    program.run(inputs);
    for (std::size_t i = 0; i < weights_.size(); ++i) {
      const std::span<const double> partial = program.output(i + 1);
      std::copy(partial.begin(), partial.end(), gradient.begin() + static_cast<std::ptrdiff_t>(weights_[i].offset));
    }
    return program.output(0)[0];
  }

  [[nodiscard]] std::size_t instances() const override { return tracer_.instances(); }

  void restrict_to(std::vector<std::uint32_t> instances) override {
    part_.reset();
    if (!instances.empty()) part_ = compile(tracer_.trace(instances));
  }

 private:
  static std::vector<evaluate::TracedInput> inputs_of(const std::vector<WeightArray>& weights) {
    std::vector<evaluate::TracedInput> inputs;
    for (const WeightArray& array : weights) inputs.push_back({array.name, array.shape});
    return inputs;
  }

  [[nodiscard]] graph::PlainProgram compile(evaluate::TracedFunction function) const {
    std::vector<graph::NodeId> outputs = graph::gradient(function.graph, function.value, function.inputs);
    outputs.insert(outputs.begin(), function.value);
    return {function.graph, outputs, threads_};
  }

  Budget budget_;
  std::unique_ptr<evaluate::Unit> unit_;
  evaluate::FunctionTracer tracer_;
  std::vector<WeightArray> weights_;
  unsigned threads_;
  graph::PlainProgram whole_;
  std::optional<graph::PlainProgram> part_;  ///< of the present minibatch
};

}  // namespace

std::unique_ptr<Objective> make_objective(const evaluate::Program& program, evaluate::DataSource& data,
                                          const notation::Train& training, const std::vector<WeightArray>& weights,
                                          unsigned threads) {
  for (const notation::Clause& clause : training.clauses)
    if (clause.keyword == "minimize")
      return std::make_unique<TracedObjective>(program, data, clause.values[0], weights, threads);
  throw InputError("the training `" + training.name + "` has no `minimize`",
                   "Say what to minimize: `minimize w -> …`.");
}

}  // namespace assay::train
