#include <algorithm>

#include "base/contract.hpp"
#include "graph/plain_body.hpp"

/// Running a program, stage after stage.
namespace assay::graph {

using namespace plain;

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

}  // namespace assay::graph
