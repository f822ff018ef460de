#include "graph/plain_plan.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "base/contract.hpp"

namespace assay::graph::plain {

namespace {

/// What computing an entry costs, in additions; values below the limit are computed again for every use rather than
/// stored.
constexpr std::size_t expensive = 20;
constexpr std::size_t cheap_enough = 6;

std::size_t own_cost(const Node& node) {
  switch (node.operation) {
    case Operation::elementary:
    case Operation::real_power: return expensive;
    case Operation::pick: return 3;  // of a table, a load for every entry
    case Operation::divide: return cheap_enough;
    case Operation::integer_power: return node.index > 0 && node.index <= 4 ? 2 : cheap_enough;
    default: return 1;
  }
}

class Planner {
 public:
  Planner(const Graph& graph, const std::vector<NodeId>& outputs, const KnownArrays& known)
      : graph_(graph), known_(known), outputs_(outputs) {
    plan_.places.resize(graph.size());
  }

  Plan make() {
    mark_needed();
    choose_roots();
    find_reads();
    assign_levels();
    assign_steps();
    choose_homes();
    return std::move(plan_);
  }

 private:
  Place& at(NodeId id) { return plan_.places[id]; }
  bool is_source(NodeId id) const {
    const Operation operation = graph_.node(id).operation;
    return operation == Operation::input || operation == Operation::constant || operation == Operation::pi ||
           known_.count(id) != 0;
  }
  /// The nodes that are computed, operands before results.
  template <class F>
  void each_computed(F f) {
    for (NodeId id = 0; id < plan_.places.size(); ++id)
      if (at(id).is_needed && !is_source(id)) f(id, graph_.node(id), at(id));
  }

  void mark_needed();
  void choose_roots();
  void find_reads();
  void collect_reads(NodeId id, const View& loop, std::vector<Read>& reads, std::vector<NodeId>& seen);
  void read_operands(const Node& node, std::vector<Read>& reads);
  void assign_levels();
  void assign_steps();
  void choose_homes();
  bool is_same_kernel(const Place& a, const Place& b) const {
    return a.stage == b.stage && a.step == b.step && plan_.stages[a.stage].steps[a.step].is_kernel;
  }

  const Graph& graph_;
  const KnownArrays& known_;
  const std::vector<NodeId>& outputs_;
  Plan plan_;
};

void Planner::mark_needed() {
  for (const NodeId id : outputs_) {
    at(id).is_needed = true;
    at(id).is_output = true;
  }
  for (NodeId id = static_cast<NodeId>(plan_.places.size()); id-- > 0;) {
    if (!at(id).is_needed || is_source(id)) continue;
    for (const NodeId operand : graph_.node(id).operands) at(operand).is_needed = true;
  }
}

void Planner::choose_roots() {
  std::vector<std::size_t> uses(plan_.places.size()), cost(plan_.places.size());
  const auto needs_array = [&](NodeId id) {
    if (!is_source(id)) at(id).is_root = true;
  };
  each_computed([&](NodeId /*id*/, const Node& node, Place& place) {
    place.is_root = place.is_root || place.is_output || !is_entrywise(node.operation);
    for (const NodeId operand : node.operands) {
      ++uses[operand];
      if (node.operation == Operation::pick || node.operation == Operation::product ||
          node.operation == Operation::log_sum_exp)
        needs_array(operand);
    }
  });
  each_computed([&](NodeId id, const Node& node, Place& place) {
    cost[id] = own_cost(node);
    for (const NodeId operand : node.operands)
      cost[id] += at(operand).is_root || is_source(operand) ? 0 : cost[operand];
    if (uses[id] > 1 && cost[id] > cheap_enough && is_entrywise(node.operation)) place.is_root = true;
  });
}

void Planner::collect_reads(NodeId id, const View& loop, std::vector<Read>& reads, std::vector<NodeId>& seen) {
  if (std::find(seen.begin(), seen.end(), id) != seen.end()) return;
  seen.push_back(id);
  if (is_source(id) || at(id).is_root) {
    reads.push_back({id, true, true});
    return;
  }
  const Node& node = graph_.node(id);
  if (node.operation != Operation::pick) {
    for (const NodeId operand : node.operands) collect_reads(operand, loop, reads, seen);
    return;
  }
  const NodeId from = node.operands[0];
  const Index index = index_in_view(graph_.index_of(node), node.rows, node.columns);
  const bool is_local = view_of(graph_.node(from)).columns == loop.columns && row_numbers(index, loop).has_value();
  reads.push_back({from, is_local, false});
}

/// What a product or log_sum_exp reads: operands with its lanes lane by lane, uniform ones as a whole.
void Planner::read_operands(const Node& node, std::vector<Read>& reads) {
  for (const NodeId operand : node.operands) reads.push_back({operand, graph_.node(operand).columns != 1, false});
}

void Planner::find_reads() {
  each_computed([&](NodeId id, const Node& node, Place& place) {
    if (!place.is_root) return;
    const View loop = loop_of(graph_, node);
    std::vector<NodeId> seen;
    if (node.operation == Operation::product || node.operation == Operation::log_sum_exp) {
      read_operands(node, place.reads);
      place.is_reduced = node.operation == Operation::product && graph_.product_of(node).sum_lanes;
    } else if (node.operation == Operation::scatter) {
      collect_reads(node.operands[0], loop, place.reads, seen);
      const Node& source = graph_.node(node.operands[0]);
      const Index index = index_in_view(graph_.index_of(node), source.rows, source.columns);
      place.is_reduced = view_of(node).columns != loop.columns || !row_numbers(index, loop);
      place.is_injective = place.is_reduced && is_injective(index, loop, node.size());
    } else {
      place.is_root = false;  // its own value is computed, not read
      collect_reads(id, loop, place.reads, seen);
      place.is_root = true;
    }
  });
}

void Planner::assign_levels() {
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> stages;  // level, columns → stage
  std::vector<Stage>& all = plan_.stages;
  each_computed([&](NodeId /*id*/, const Node& node, Place& place) {
    if (!place.is_root) return;
    const std::size_t columns = loop_of(graph_, node).columns;
    for (const Read& read : place.reads) {
      if (is_source(read.from)) continue;
      const Place& from = at(read.from);
      const bool is_together = read.is_local && !from.is_reduced && columns != 0 && all[from.stage].columns == columns;
      place.level = std::max(place.level, from.level + (is_together ? 0 : 1));
    }
    const auto key = std::make_pair(place.level, columns);
    if (columns == 0 || stages.count(key) == 0) {
      stages[key] = all.size();
      all.push_back({place.level, columns, {}});
    }
    place.stage = stages[key];
  });
  // Stages in the order of their levels.
  std::vector<std::size_t> order(all.size()), position(all.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return all[a].level < all[b].level; });
  std::vector<Stage> sorted;
  for (std::size_t i = 0; i < order.size(); ++i) {
    position[order[i]] = i;
    sorted.push_back(all[order[i]]);
  }
  all = std::move(sorted);
  for (Place& place : plan_.places)
    if (place.is_root) place.stage = position[place.stage];
}

void Planner::assign_steps() {
  each_computed([&](NodeId id, const Node& node, Place& place) {
    if (!place.is_root) return;
    const bool is_kernel = node.operation != Operation::product && node.operation != Operation::log_sum_exp;
    const std::size_t rows = is_kernel ? loop_of(graph_, node).rows : 0;
    for (const Read& read : place.reads) {
      const Place& from = at(read.from);
      if (is_source(read.from) || from.stage != place.stage || plan_.stages[place.stage].columns == 0) continue;
      const Node& source = graph_.node(read.from);
      const bool is_fused =
          is_kernel && read.is_direct && is_entrywise(source.operation) && loop_of(graph_, source).rows == rows;
      place.rank = std::max(place.rank, from.rank + (is_fused ? 0 : 1));
    }
    std::vector<Step>& steps = plan_.stages[place.stage].steps;
    auto step = std::find_if(steps.begin(), steps.end(), [&](const Step& s) {
      return is_kernel && s.is_kernel && s.rank == place.rank && s.rows == rows;
    });
    if (step == steps.end()) step = steps.insert(steps.end(), {place.rank, is_kernel, rows, {}});
    step->roots.push_back(id);
  });
  for (std::size_t s = 0; s < plan_.stages.size(); ++s) {
    std::vector<Step>& steps = plan_.stages[s].steps;
    std::stable_sort(steps.begin(), steps.end(), [](const Step& a, const Step& b) { return a.rank < b.rank; });
    for (std::size_t i = 0; i < steps.size(); ++i)
      for (const NodeId root : steps[i].roots) at(root).step = i;
  }
}

void Planner::choose_homes() {
  for (NodeId id = 0; id < plan_.places.size(); ++id) {
    Place& place = at(id);
    if (!place.is_needed) continue;
    if (is_source(id))
      place.home = graph_.node(id).operation == Operation::input ? Home::input : Home::constant;
    else if (place.is_root && (place.is_output || place.is_reduced || plan_.stages[place.stage].columns == 0))
      place.home = Home::global;
    else if (place.is_root && !is_entrywise(graph_.node(id).operation))
      place.home = Home::tile;
  }
  each_computed([&](NodeId /*id*/, const Node& /*node*/, Place& place) {
    if (!place.is_root) return;
    for (const Read& read : place.reads) {
      Place& from = at(read.from);
      if (is_source(read.from) || from.home == Home::global) continue;
      if (from.stage != place.stage || !read.is_local)
        from.home = Home::global;
      else if (!read.is_direct || !is_same_kernel(from, place))
        from.home = Home::tile;
    }
  });
}

}  // namespace

bool is_entrywise(Operation operation) noexcept {
  return operation != Operation::scatter && operation != Operation::product && operation != Operation::log_sum_exp;
}

View loop_of(const Graph& graph, const Node& node) {
  switch (node.operation) {
    case Operation::scatter: return view_of(graph.node(node.operands[0]));
    case Operation::product: {
      const std::size_t lanes = std::max(graph.node(node.operands[0]).columns, graph.node(node.operands[1]).columns);
      return {0, lanes < fewest_lanes ? 0 : lanes};
    }
    case Operation::log_sum_exp: return {0, node.columns < fewest_lanes ? 0 : node.columns};
    default: return view_of(node);
  }
}

Plan make_plan(const Graph& graph, const std::vector<NodeId>& outputs, const KnownArrays& known) {
  return Planner(graph, outputs, known).make();
}

std::vector<NodeId> constant_frontier(const Graph& graph, const std::vector<NodeId>& outputs) {
  std::vector<bool> is_needed(graph.size()), is_constant(graph.size()), needs_array(graph.size());
  for (const NodeId id : outputs) is_needed[id] = needs_array[id] = true;
  for (NodeId id = 0; id < graph.size(); ++id) {
    const Node& node = graph.node(id);
    is_constant[id] = node.operation != Operation::input &&
                      std::all_of(node.operands.begin(), node.operands.end(), [&](NodeId x) { return is_constant[x]; });
  }
  std::vector<NodeId> frontier;
  for (NodeId id = static_cast<NodeId>(graph.size()); id-- > 0;) {
    const Node& node = graph.node(id);
    if (!is_needed[id] || node.operands.empty()) continue;
    if (is_constant[id] && (node.operation != Operation::pick || needs_array[id])) {
      frontier.push_back(id);
      continue;
    }
    const bool takes_arrays = node.operation == Operation::product || node.operation == Operation::log_sum_exp;
    for (const NodeId operand : node.operands) {
      is_needed[operand] = true;
      if (takes_arrays || node.operation == Operation::pick) needs_array[operand] = true;
    }
  }
  return frontier;
}

}  // namespace assay::graph::plain
