#include "graph/plain_program.hpp"

#include <algorithm>
#include <numbers>

#include "base/contract.hpp"
#include "base/thread_pool.hpp"
#include "graph/plain_layout.hpp"

namespace assay::graph {

namespace {

using namespace plain;

/// Memory that begins at a cache line.
class AlignedDoubles {
 public:
  explicit AlignedDoubles(std::size_t size = 0) : memory_(size + 8) {
    void* p = memory_.data();
    std::size_t space = memory_.size() * sizeof(double);
    data_ = static_cast<double*>(std::align(64, size * sizeof(double), p, space));
  }
  [[nodiscard]] double* data() const noexcept { return data_; }
  [[nodiscard]] std::size_t size() const noexcept { return memory_.size(); }

 private:
  std::vector<double> memory_;
  double* data_ = nullptr;
};

std::vector<double> numbers_of(const Constant& constant, std::size_t size) {
  std::vector<double> out(size);
  for (std::size_t i = 0; i < size; ++i)
    out[i] = constant.rationals.empty() ? constant.doubles[constant.size() == 1 ? 0 : i]
                                        : plain_number(constant.rationals[constant.size() == 1 ? 0 : i]);
  return out;
}

}  // namespace

struct PlainProgram::Body {
  Body(const Graph& g, const std::vector<NodeId>& results, unsigned threads, KnownArrays known);

  void run(const std::vector<std::span<const double>>& inputs);

  /// What a thread has of its own.
  struct Own {
    AlignedDoubles memory;
    std::vector<double*> bases;
    std::vector<std::size_t> pitches;
    std::vector<double*> places;
  };

  void make_constants(KnownArrays known);
  void make_threads();
  void bind_inputs(const std::vector<std::span<const double>>& arrays);
  void copy_outputs();
  void run_tiled(const LaidStage& stage);
  void run_whole(const LaidStage& stage);
  void run_tiles(const LaidStage& stage, unsigned thread);
  void run_step(const LaidStage& stage, const LaidStep& step, unsigned thread, std::size_t first, std::size_t width,
                bool is_first_tile);
  void run_kernel(const LaidStage& stage, const CompiledKernel& kernel, unsigned thread, std::size_t first,
                  std::size_t width);
  void run_product(const LaidStage& stage, NodeId id, unsigned thread, std::size_t first, std::size_t width,
                   bool is_first_tile);
  void run_log_sum_exp(const LaidStage& stage, NodeId id, unsigned thread, std::size_t first, std::size_t width);
  void add_sums(const LaidStage& stage, unsigned thread);
  void clear(NodeId id, unsigned thread, std::size_t first, std::size_t width);
  /// The array of a node, in a thread that uses it; of a tile, the tile.
  double* array(NodeId id, unsigned thread) const;
  /// The same from the given column on, for arrays whose rows are their lanes.
  double* columns_from(NodeId id, unsigned thread, std::size_t first) const {
    return array(id, thread) + (place(id).home == Home::tile ? 0 : first);
  }
  std::size_t pitch(NodeId id, std::size_t width) const {
    return place(id).home == Home::tile ? width : graph.node(id).columns;
  }
  const Place& place(NodeId id) const { return layout.plan.places[id]; }

  Graph graph;
  std::vector<NodeId> outputs;
  Layout layout;
  KnownArrays constants;
  std::vector<const double*> inputs;        ///< of each node that is an input
  std::vector<std::vector<double>> copies;  ///< of outputs that are inputs
  AlignedDoubles memory;
  std::vector<Own> own;                    ///< of each thread
  std::vector<std::vector<double*>> sums;  ///< sums[thread]: of each node, in the stage that runs
  ThreadPool pool;
};

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

void PlainProgram::Body::run(const std::vector<std::span<const double>>& arrays) {
  bind_inputs(arrays);
  for (const LaidStage& stage : layout.stages) {
    if (stage.columns == 0)
      run_whole(stage);
    else
      run_tiled(stage);
  }
  copy_outputs();
}

void PlainProgram::Body::bind_inputs(const std::vector<std::span<const double>>& arrays) {
  for (NodeId id = 0; id < graph.size(); ++id) {
    if (place(id).home != Home::input) continue;
    const auto index = static_cast<std::size_t>(graph.node(id).index);
    ASSAY_ENSURE(index < arrays.size() && arrays[index].size() == graph.node(id).size(),
                 "an input has the extent of its node");
    inputs[id] = arrays[index].data();
  }
}

void PlainProgram::Body::copy_outputs() {
  for (std::size_t i = 0; i < outputs.size(); ++i)
    if (place(outputs[i]).home == Home::input)
      copies[i].assign(inputs[outputs[i]], inputs[outputs[i]] + graph.node(outputs[i]).size());
}

double* PlainProgram::Body::array(NodeId id, unsigned thread) const {
  switch (place(id).home) {
    // Kernels read and write through the same kind of pointer; no instruction writes to an input or a constant.
    case Home::input: return const_cast<double*>(inputs[id]);                  // NOLINT(*-const-cast)
    case Home::constant: return const_cast<double*>(constants.at(id).data());  // NOLINT(*-const-cast)
    case Home::global: return memory.data() + layout.offsets[id];
    case Home::tile: return own[thread].memory.data() + layout.offsets[id];
    case Home::none: break;
  }
  ASSAY_ENSURE(false, "what is used has an array");
  return nullptr;
}

/// A product or log_sum_exp of few lanes: products share their rows among the threads.
void PlainProgram::Body::run_whole(const LaidStage& stage) {
  const NodeId id = stage.steps[0].roots[0];
  const Node& node = graph.node(id);
  if (node.operation == Operation::log_sum_exp) return run_log_sum_exp(stage, id, 0, 0, node.columns);
  const Product& shape = graph.product_of(node);
  const bool is_uniform = node.columns == 1 && !shape.sum_lanes;
  if (!is_uniform) {
    const std::size_t lanes = std::max(graph.node(node.operands[0]).columns, graph.node(node.operands[1]).columns);
    return run_product(stage, id, 0, 0, lanes, true);
  }
  const auto threads = static_cast<unsigned>(std::min<std::size_t>(stage.threads, std::max<std::size_t>(shape.m, 1)));
  pool.run(threads, [&](unsigned thread) {
    run_uniform_rows(shape, array(node.operands[0], 0), array(node.operands[1], 0), array(id, 0),
                     shape.m * thread / threads, shape.m * (thread + 1) / threads);
  });
}

void PlainProgram::Body::run_tiled(const LaidStage& stage) {
  for (const NodeId id : stage.cleared) {
    std::fill_n(array(id, 0), graph.node(id).size(), 0.0);
    for (unsigned thread = 0; thread < stage.threads; ++thread) sums[thread][id] = array(id, 0);
  }
  for (const Sum& sum : stage.sums)
    for (unsigned thread = 0; thread < stage.threads; ++thread)
      sums[thread][sum.node] = thread == 0 ? array(sum.node, 0) : own[thread].memory.data() + sum.offset;
  pool.run(stage.threads, [&](unsigned thread) { run_tiles(stage, thread); });
  if (stage.threads > 1 && !stage.sums.empty())
    pool.run(stage.threads, [&](unsigned thread) { add_sums(stage, thread); });
}

/// A thread's share of the columns, cut into tiles of nearly equal width.
void PlainProgram::Body::run_tiles(const LaidStage& stage, unsigned thread) {
  for (const Sum& sum : stage.sums)
    if (graph.node(sum.node).operation == Operation::scatter) std::fill_n(sums[thread][sum.node], sum.size, 0.0);
  const auto share = [&](unsigned t) {
    return t == stage.threads ? stage.columns : stage.columns * t / stage.threads / 8 * 8;
  };
  const std::size_t begin = share(thread);
  const std::size_t end = share(thread + 1);
  const std::size_t tiles = (end - begin + stage.widest - 1) / stage.widest;
  if (tiles == 0) {
    for (const Sum& sum : stage.sums) std::fill_n(sums[thread][sum.node], sum.size, 0.0);
    return;
  }
  const std::size_t width = std::min(stage.widest, ((end - begin + tiles - 1) / tiles + 7) / 8 * 8);
  for (std::size_t first = begin; first < end; first += width)
    for (const LaidStep& step : stage.steps)
      run_step(stage, step, thread, first, std::min(width, end - first), first == begin);
}

void PlainProgram::Body::run_step(const LaidStage& stage, const LaidStep& step, unsigned thread, std::size_t first,
                                  std::size_t width, bool is_first_tile) {
  if (step.is_kernel) return run_kernel(stage, step.kernel, thread, first, width);
  for (const NodeId id : step.roots) {
    if (graph.node(id).operation == Operation::product)
      run_product(stage, id, thread, first, width, is_first_tile);
    else
      run_log_sum_exp(stage, id, thread, first, width);
  }
}

void PlainProgram::Body::clear(NodeId id, unsigned thread, std::size_t first, std::size_t width) {
  const std::size_t distance = place(id).home == Home::tile ? width : view_of(graph.node(id)).columns;
  double* row = columns_from(id, thread, first);
  for (std::size_t r = 0; r < view_of(graph.node(id)).rows; ++r) std::fill_n(row + r * distance, width, 0.0);
}

void PlainProgram::Body::run_kernel(const LaidStage& stage, const CompiledKernel& kernel, unsigned thread,
                                    std::size_t first, std::size_t width) {
  Own& mine = own[thread];
  for (const NodeId id : kernel.cleared) clear(id, thread, first, width);
  for (std::size_t i = 0; i < kernel.arrays.size(); ++i) {
    const AccessedArray& accessed = kernel.arrays[i];
    const Access& access = kernel.accesses[i];
    const Place& of = place(accessed.node);
    const bool is_tile = of.home == Home::tile;
    mine.pitches[i] = is_tile ? width : 1;
    double* base = accessed.writes && of.is_reduced ? sums[thread][accessed.node] : array(accessed.node, thread);
    base += accessed.offset * mine.pitches[i];
    if (!is_tile && access.columns == Columns::contiguous) base += first;
    if (!is_tile && access.columns == Columns::strided) base += first * access.stride;
    mine.bases[i] = base;
  }
  best_loops().run(kernel.view(), {first, width, mine.bases.data(), mine.pitches.data(),
                                   mine.memory.data() + stage.register_offset, mine.places.data()});
}

void PlainProgram::Body::run_product(const LaidStage& /*stage*/, NodeId id, unsigned thread, std::size_t first,
                                     std::size_t width, bool is_first_tile) {
  const Node& node = graph.node(id);
  const auto operand = [&](NodeId x) -> ProductOperand {
    if (graph.node(x).columns == 1) return {array(x, thread), 1, true};
    return {columns_from(x, thread, first), pitch(x, width), false};
  };
  const Product& shape = graph.product_of(node);
  const bool is_sum = shape.sum_lanes;
  const bool is_whole = loop_of(graph, node).columns == 0;
  double* z = is_sum && !is_whole ? sums[thread][id] : is_sum ? array(id, thread) : columns_from(id, thread, first);
  plain::run_product(shape, operand(node.operands[0]), operand(node.operands[1]), z, pitch(id, width), width,
                     is_sum && !is_first_tile);
}

void PlainProgram::Body::run_log_sum_exp(const LaidStage& stage, NodeId id, unsigned thread, std::size_t first,
                                         std::size_t width) {
  const NodeId x = graph.node(id).operands[0];
  best_loops().log_sum_exp(columns_from(x, thread, first), graph.node(x).rows, pitch(x, width), width,
                           columns_from(id, thread, first), own[thread].memory.data() + stage.register_offset);
}

/// Adds what the other threads have summed to what the first has, each thread a part of every array.
void PlainProgram::Body::add_sums(const LaidStage& stage, unsigned thread) {
  for (const Sum& sum : stage.sums) {
    const std::size_t begin = sum.size * thread / stage.threads;
    const std::size_t end = sum.size * (thread + 1) / stage.threads;
    for (unsigned other = 1; other < stage.threads; ++other)
      best_loops().add(sums[0][sum.node] + begin, sums[other][sum.node] + begin, end - begin);
  }
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
