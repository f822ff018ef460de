#include "graph/plain_layout.hpp"

#include <algorithm>

namespace assay::graph::plain {

namespace {

constexpr std::size_t cache_line = 8;                       // doubles
constexpr std::size_t tile_memory = std::size_t{1} << 18U;  // doubles, about the second-level cache
constexpr std::size_t fewest_columns = 64;                  // in a tile, unless there are fewer
constexpr std::size_t least_work = std::size_t{1} << 14U;   // entries that are worth a second thread

std::size_t rounded_up(std::size_t size) { return (size + cache_line - 1) / cache_line * cache_line; }

class Layouter {
 public:
  Layouter(const Graph& graph, Plan plan, unsigned threads) : graph_(graph), threads_(threads) {
    layout_.plan = std::move(plan);
    layout_.offsets.resize(graph.size());
  }

  Layout make() {
    place_globals();
    for (const Stage& stage : layout_.plan.stages) layout_.stages.push_back(lay_stage(stage));
    return std::move(layout_);
  }

 private:
  const Place& at(NodeId id) const { return layout_.plan.places[id]; }
  void place_globals();
  LaidStage lay_stage(const Stage& stage);
  void place_tiles(const Stage& stage, LaidStage& laid);
  void place_sums(const Stage& stage, LaidStage& laid);
  void choose_threads(const Stage& stage, LaidStage& laid) const;

  const Graph& graph_;
  unsigned threads_;
  Layout layout_;
};

/// The arrays of all rows and columns live from their stage to the last one that reads them; outputs for ever.
void Layouter::place_globals() {
  const std::size_t end = layout_.plan.stages.size();
  std::vector<Lifetime> lives;
  std::vector<NodeId> nodes;
  std::vector<std::size_t> last(graph_.size());
  for (const Place& place : layout_.plan.places)
    for (const Read& read : place.reads) last[read.from] = std::max(last[read.from], place.stage);
  for (NodeId id = 0; id < graph_.size(); ++id) {
    if (at(id).home != Home::global) continue;
    nodes.push_back(id);
    lives.push_back({at(id).stage, at(id).is_output ? end : std::max(last[id], at(id).stage), graph_.node(id).size()});
  }
  layout_.global_size = assign_offsets(lives);
  for (std::size_t i = 0; i < nodes.size(); ++i) layout_.offsets[nodes[i]] = lives[i].offset;
}

LaidStage Layouter::lay_stage(const Stage& stage) {
  LaidStage laid;
  laid.columns = stage.columns;
  std::size_t registers = 0;
  for (const Step& step : stage.steps) {
    LaidStep next{step.roots, step.is_kernel, {}};
    if (step.is_kernel) {
      next.kernel = compile(graph_, layout_.plan, stage, step);
      registers = std::max(registers, next.kernel.registers);
      laid.most_accesses = std::max(laid.most_accesses, next.kernel.accesses.size());
      laid.most_places = std::max(laid.most_places, next.kernel.registers + next.kernel.accesses.size());
    }
    laid.steps.push_back(std::move(next));
  }
  choose_threads(stage, laid);
  if (stage.columns != 0) place_tiles(stage, laid);
  place_sums(stage, laid);
  laid.register_offset = laid.thread_memory;
  // One register more as temporary of a function; log_sum_exp needs two.
  laid.thread_memory += (std::max<std::size_t>(registers, 1) + 1) * widest_tile;
  layout_.thread_size = std::max(layout_.thread_size, laid.thread_memory);
  return laid;
}

/// Tiles live from the step that makes them to the last one that reads them.
void Layouter::place_tiles(const Stage& stage, LaidStage& laid) {
  std::vector<NodeId> nodes;
  std::vector<std::size_t> last(graph_.size());
  for (std::size_t s = 0; s < stage.steps.size(); ++s)
    for (const NodeId root : stage.steps[s].roots) {
      for (const Read& read : at(root).reads) last[read.from] = std::max(last[read.from], s);
      if (at(root).home == Home::tile) nodes.push_back(root);
    }
  std::vector<Lifetime> lives;
  for (const NodeId id : nodes)
    lives.push_back({at(id).step, std::max(last[id], at(id).step), view_of(graph_.node(id)).rows});
  const std::size_t rows = std::max<std::size_t>(assign_offsets(lives), 1);
  laid.widest = std::clamp(tile_memory / rows / cache_line * cache_line, fewest_columns, widest_tile);
  laid.widest = std::min(laid.widest, rounded_up((stage.columns + laid.threads - 1) / laid.threads));
  for (Lifetime& life : lives) life.size *= laid.widest;
  laid.thread_memory = assign_offsets(lives);
  for (std::size_t i = 0; i < nodes.size(); ++i) layout_.offsets[nodes[i]] = lives[i].offset;
}

void Layouter::place_sums(const Stage& stage, LaidStage& laid) {
  for (const Step& step : stage.steps)
    for (const NodeId root : step.roots) {
      if (!at(root).is_reduced) continue;
      if (at(root).is_injective) {
        laid.cleared.push_back(root);
        continue;
      }
      laid.sums.push_back({root, graph_.node(root).size(), laid.thread_memory});
      if (laid.threads > 1) laid.thread_memory += rounded_up(graph_.node(root).size());
    }
}

void Layouter::choose_threads(const Stage& stage, LaidStage& laid) const {
  std::size_t work = 0;
  for (const Step& step : stage.steps)
    for (const NodeId root : step.roots) {
      std::size_t rows = std::max<std::size_t>(loop_of(graph_, graph_.node(root)).rows, 1);
      if (graph_.node(root).operation == Operation::product) {
        const Product& p = graph_.product_of(graph_.node(root));
        rows = stage.columns == 0 ? graph_.node(root).size() * p.k : p.m * p.n * p.k;
      } else if (graph_.node(root).operation == Operation::log_sum_exp) {
        rows = graph_.node(graph_.node(root).operands[0]).rows;
      }
      work += rows * std::max<std::size_t>(stage.columns, 1);
    }
  const std::size_t most = stage.columns == 0 ? threads_ : (stage.columns + 15) / 16;
  if (work >= least_work) laid.threads = static_cast<unsigned>(std::min<std::size_t>(threads_, most));
}

}  // namespace

std::size_t assign_offsets(std::vector<Lifetime>& things) {
  std::size_t room = 0;
  std::vector<std::size_t> placed;
  for (std::size_t i = 0; i < things.size(); ++i) {
    std::vector<const Lifetime*> rivals;
    for (const std::size_t j : placed)
      if (things[j].first <= things[i].last && things[i].first <= things[j].last) rivals.push_back(&things[j]);
    std::sort(rivals.begin(), rivals.end(), [](const auto* a, const auto* b) { return a->offset < b->offset; });
    const std::size_t size = rounded_up(things[i].size);
    std::size_t offset = 0;
    for (const Lifetime* rival : rivals) {
      if (offset + size <= rival->offset) break;
      offset = std::max(offset, rival->offset + rounded_up(rival->size));
    }
    things[i].offset = offset;
    room = std::max(room, offset + size);
    placed.push_back(i);
  }
  return room;
}

Layout lay_out(const Graph& graph, Plan plan, unsigned threads) {
  return Layouter(graph, std::move(plan), threads).make();
}

}  // namespace assay::graph::plain
