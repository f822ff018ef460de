#include "graph/plain_program.hpp"

#include <algorithm>
#include <numbers>

#include "graph/plain_body.hpp"

namespace assay::graph {

namespace {

using namespace plain;

std::vector<double> numbers_of(const Constant& constant, std::size_t size) {
  std::vector<double> out(size);
  for (std::size_t i = 0; i < size; ++i)
    out[i] = constant.rationals.empty() ? constant.doubles[constant.size() == 1 ? 0 : i]
                                        : plain_number(constant.rationals[constant.size() == 1 ? 0 : i]);
  return out;
}

}  // namespace

PlainProgram::Body::Body(const Graph& g, const std::vector<NodeId>& results, unsigned threads, KnownArrays known)
    : graph(g), outputs(results), pool(std::max(threads, 1U)) {
  layout = lay_out(graph, make_plan(graph, outputs, known), pool.size());
  make_constants(std::move(known));
  memory = AlignedDoubles(layout.global_size);
  inputs.resize(graph.size());
  copies.resize(outputs.size());
  make_threads();
}

void PlainProgram::Body::make_constants(KnownArrays known) {
  constants = std::move(known);
  std::vector<bool> is_used(graph.size());
  for (const NodeId id : outputs) is_used[id] = true;
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph.node(id);
    // A number is a register of its kernel; others read it as an array.
    if (!place(id).is_needed) continue;
    if (node.operation == Operation::pick || node.operation == Operation::product ||
        node.operation == Operation::log_sum_exp)
      for (const NodeId operand : node.operands) is_used[operand] = true;
  }
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph.node(id);
    if (!place(id).is_needed || constants.count(id) != 0) continue;
    if (node.operation == Operation::pi) constants[id] = {std::numbers::pi};
    if (node.operation == Operation::constant && (is_used[id] || graph.uniform_constant(id) == nullptr))
      constants[id] = numbers_of(graph.constant_of(node), node.size());
  }
}

void PlainProgram::Body::make_threads() {
  own.resize(pool.size());
  sums.resize(pool.size(), std::vector<double*>(graph.size()));
  std::size_t places = 0;
  std::size_t accesses = 0;
  for (const LaidStage& stage : layout.stages) {
    places = std::max(places, stage.most_places);
    accesses = std::max(accesses, stage.most_accesses);
  }
  // Each thread touches its memory first, so that it lies near the thread.
  pool.run(pool.size(), [&](unsigned thread) {
    own[thread] = {AlignedDoubles(layout.thread_size), std::vector<double*>(accesses),
                   std::vector<std::size_t>(accesses), std::vector<double*>(places)};
  });
}

PlainProgram::PlainProgram(const Graph& graph, const std::vector<NodeId>& outputs, unsigned threads) {
  KnownArrays known;
  const std::vector<NodeId> frontier = constant_frontier(graph, outputs);
  if (!frontier.empty()) {
    Body once(graph, frontier, 1, {});
    once.run({});
    for (const NodeId id : frontier) {
      const double* values = once.array(id, 0);
      known[id].assign(values, values + graph.node(id).size());
    }
  }
  body_ = std::make_unique<Body>(graph, outputs, threads, std::move(known));
}

PlainProgram::PlainProgram(PlainProgram&&) noexcept = default;
PlainProgram& PlainProgram::operator=(PlainProgram&&) noexcept = default;
PlainProgram::~PlainProgram() = default;

void PlainProgram::run(const std::vector<std::span<const double>>& inputs) { body_->run(inputs); }

std::span<const double> PlainProgram::output(std::size_t i) const {
  const NodeId id = body_->outputs[i];
  if (body_->place(id).home == Home::input) return body_->copies[i];
  return {body_->array(id, 0), body_->graph.node(id).size()};
}

std::size_t PlainProgram::memory() const {
  std::size_t doubles = body_->memory.size();
  for (const Body::Own& own : body_->own) doubles += own.memory.size();
  for (const auto& [id, values] : body_->constants) doubles += values.size();
  for (const std::vector<double>& copy : body_->copies) doubles += copy.size();
  return doubles * sizeof(double);
}

}  // namespace assay::graph
