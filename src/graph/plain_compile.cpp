#include "graph/plain_compile.hpp"

#include <algorithm>
#include <numbers>

#include "base/contract.hpp"
#include "graph/index.hpp"

namespace assay::graph::plain {

namespace {

constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

Code code_of(Operation operation) {
  switch (operation) {
    case Operation::add: return Code::add;
    case Operation::subtract: return Code::subtract;
    case Operation::multiply: return Code::multiply;
    case Operation::divide: return Code::divide;
    case Operation::maximum: return Code::maximum;
    case Operation::minimum: return Code::minimum;
    case Operation::real_power: return Code::real_power;
    case Operation::negate: return Code::negate;
    case Operation::integer_power: return Code::integer_power;
    case Operation::abs: return Code::abs;
    case Operation::relu: return Code::relu;
    case Operation::step: return Code::step;
    case Operation::sign: return Code::sign;
    case Operation::choose: return Code::choose;
    case Operation::elementary: return Code::elementary;
    default: ASSAY_ENSURE(false, "a kernel consists of entrywise operations"); return Code::copy;
  }
}

/// A value of a kernel, or a write. Values are in an order in which they can be computed.
struct Value {
  enum class Kind : std::uint8_t { number, memory, computed, write };
  Kind kind = Kind::computed;
  Code code = Code::copy;
  std::vector<std::size_t> in;  ///< values
  std::int64_t n = 0;
  std::size_t access = nowhere;  ///< memory, load: read from; write: written to; computed: kept in
  std::size_t number = 0;
  bool is_invariant = false;  ///< the same in every row
  std::size_t last_use = 0;
  std::size_t reg = nowhere;
};

class Compiler {
 public:
  Compiler(const Graph& graph, const Plan& plan, const Stage& stage, const Step& step)
      : graph_(graph), plan_(plan), step_(step), loop_{step.rows, stage.columns} {}

  CompiledKernel compile() {
    out_.rows = loop_.rows;
    out_.columns = loop_.columns;
    for (const NodeId root : step_.roots) emit_root(root);
    allocate();
    for (const bool invariant : {true, false}) {
      for (const Value& value : values_)
        if (value.is_invariant == invariant) emit_instruction(value);
      if (invariant) out_.invariant_count = out_.instructions.size();
    }
    return std::move(out_);
  }

 private:
  using Kind = Value::Kind;

  bool is_computed_here(NodeId id) const {
    return std::find(step_.roots.begin(), step_.roots.end(), id) != step_.roots.end() &&
           graph_.node(id).operation != Operation::scatter;
  }
  Index identity() const {
    return normalized({{0, static_cast<std::uint32_t>(loop_.columns), nullptr}, {0, 1, nullptr}, nullptr}, loop_.rows,
                      loop_.columns);
  }

  void emit_root(NodeId root);
  std::size_t value_of(NodeId id);
  std::size_t compute(NodeId id);
  std::size_t read(NodeId array, const Index& index);
  std::size_t access(NodeId array, const Index& index, bool writes);
  std::size_t push(Value value);
  bool is_row_invariant(const Access& a) const;
  void allocate();
  void release(const Value& value, std::size_t now, std::vector<std::size_t>& free);
  void emit_instruction(const Value& value);
  std::uint16_t place(const Value& value) const;

  const Graph& graph_;
  const Plan& plan_;
  const Step& step_;
  View loop_;
  CompiledKernel out_;
  std::vector<Value> values_;
  std::unordered_map<NodeId, std::size_t> known_;
};

std::size_t Compiler::push(Value value) {
  const std::size_t now = values_.size();
  for (const std::size_t operand : value.in) values_[operand].last_use = now;
  value.last_use = now;
  values_.push_back(std::move(value));
  return now;
}

/// The value of a root, and what is done with it: stored, or added where a scatter puts it.
void Compiler::emit_root(NodeId root) {
  const Node& node = graph_.node(root);
  const Place& place = plan_.places[root];
  if (node.operation == Operation::scatter) {
    const Node& source = graph_.node(node.operands[0]);
    const Index index = index_in_view(graph_.index_of(node), source.rows, source.columns);
    const std::size_t value = value_of(node.operands[0]);
    push({Kind::write, Code::accumulate, {value}, 0, access(root, index, true)});
    if (!place.is_reduced) out_.cleared.push_back(root);
    return;
  }
  const std::size_t value = value_of(root);
  if (place.home == Home::none) return;
  const std::size_t to = access(root, identity(), true);
  Value& kept = values_[value];
  if (kept.kind == Kind::computed && !kept.is_invariant && kept.access == nowhere && kept.code != Code::load)
    kept.access = to;
  else
    push({Kind::write, Code::copy, {value}, 0, to});
}

std::size_t Compiler::value_of(NodeId id) {
  const auto known = known_.find(id);
  if (known != known_.end()) return known->second;
  const std::size_t value = compute(id);
  known_[id] = value;
  return value;
}

std::size_t Compiler::compute(NodeId id) {
  const Node& node = graph_.node(id);
  const Place& place = plan_.places[id];
  if (const Rational* q = graph_.uniform_constant(id)) {
    out_.numbers.push_back(plain_number(*q));
    Value number{Kind::number};
    number.number = out_.numbers.size() - 1;
    number.is_invariant = loop_.rows > 1;
    return push(std::move(number));
  }
  const bool is_array = place.home == Home::input || place.home == Home::constant || place.is_root;
  if (is_array && !is_computed_here(id)) return read(id, identity());
  if (node.operation == Operation::pick)
    return read(node.operands[0], index_in_view(graph_.index_of(node), node.rows, node.columns));
  if (node.operation == Operation::variable) return value_of(node.operands[0]);
  Value value;
  value.code = code_of(node.operation);
  value.n = node.index;
  value.is_invariant = loop_.rows > 1;
  for (const NodeId operand : node.operands) {
    value.in.push_back(value_of(operand));
    value.is_invariant = value.is_invariant && values_[value.in.back()].is_invariant;
  }
  return push(std::move(value));
}

bool Compiler::is_row_invariant(const Access& a) const {
  return loop_.rows > 1 && a.row_table == nullptr && a.row_stride == 0 && a.columns != Columns::entries &&
         a.columns != Columns::row_entries;
}

/// A row that lies in memory as it is needs no instruction.
std::size_t Compiler::read(NodeId array, const Index& index) {
  Value value;
  value.access = access(array, index, false);
  const Access& a = out_.accesses[value.access];
  value.kind = a.columns == Columns::contiguous ? Kind::memory : Kind::computed;
  value.code = Code::load;
  value.is_invariant = is_row_invariant(a);
  return push(std::move(value));
}

/// The access to an array at positions given over the loop's extent.
std::size_t Compiler::access(NodeId array, const Index& index, bool writes) {
  const bool is_tile = plan_.places[array].home == Home::tile;
  std::optional<Index> numbers;
  if (is_tile) {
    numbers = row_numbers(index, loop_);
    ASSAY_ENSURE(numbers.has_value(), "a tile is used in its own columns only");
  }
  const Index& at = is_tile ? *numbers : index;
  Access a;
  AccessedArray of{array, 0, writes};
  a.row_first = at.row.first;
  a.row_stride = at.row.stride;
  if (at.row.table) {
    a.row_table = at.row.table->data();
    out_.tables.push_back(at.row.table);
  }
  const auto& table = at.table ? at.table : at.column.table;
  if (table) {
    a.table = table->data();
    out_.tables.push_back(table);
    a.columns = at.table ? (is_tile ? Columns::row_entries : Columns::entries)
                         : (is_tile ? Columns::row_table : Columns::table);
  } else {
    of.offset = at.column.first;
    a.stride = at.column.stride;
    if (!is_tile && loop_.columns > 1 && a.stride != 1) a.columns = a.stride == 0 ? Columns::single : Columns::strided;
  }
  out_.accesses.push_back(a);
  out_.arrays.push_back(of);
  return out_.accesses.size() - 1;
}

/// Gives a register to every value that is computed and not kept in an array. Values that are the same in every row
/// keep theirs; the others share.
void Compiler::allocate() {
  out_.registers = out_.numbers.size();
  for (Value& value : values_)
    if (value.kind == Kind::number) value.reg = value.number;
  const auto needs_register = [](const Value& v) {
    return v.kind == Kind::computed && (v.access == nowhere || v.code == Code::load);
  };
  for (Value& value : values_)
    if (value.is_invariant && needs_register(value)) value.reg = out_.registers++;
  std::vector<std::size_t> free;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    Value& value = values_[i];
    if (value.is_invariant) continue;
    // These read their operand again after they have begun to write.
    const bool reads_late = value.code == Code::integer_power || value.code == Code::elementary;
    if (!reads_late) release(value, i, free);
    if (needs_register(value)) {
      if (free.empty()) free.push_back(out_.registers++);
      value.reg = free.back();
      free.pop_back();
    }
    if (reads_late) release(value, i, free);
    if (value.reg != nowhere && value.last_use == i) free.push_back(value.reg);  // nobody uses it
  }
  ASSAY_ENSURE(out_.registers + out_.accesses.size() < 65536, "the places of a kernel are numbered by 16 bits");
}

/// Frees the registers of operands that `value`, at position `now`, is the last to use.
void Compiler::release(const Value& value, std::size_t now, std::vector<std::size_t>& free) {
  for (std::size_t i = 0; i < value.in.size(); ++i) {
    const Value& operand = values_[value.in[i]];
    const bool is_repeated = std::find(value.in.begin(), value.in.begin() + static_cast<std::ptrdiff_t>(i),
                                       value.in[i]) != value.in.begin() + static_cast<std::ptrdiff_t>(i);
    if (!is_repeated && operand.kind == Kind::computed && operand.reg != nowhere && !operand.is_invariant &&
        operand.last_use == now)
      free.push_back(operand.reg);
  }
}

std::uint16_t Compiler::place(const Value& value) const {
  return static_cast<std::uint16_t>(value.reg != nowhere ? value.reg : out_.registers + value.access);
}

void Compiler::emit_instruction(const Value& value) {
  if (value.kind == Kind::number || value.kind == Kind::memory) return;
  Instruction instruction;
  instruction.code = value.code;
  instruction.n = value.n;
  instruction.out = place(value);
  if (value.kind == Kind::computed && value.code == Code::load)
    instruction.in[0] = static_cast<std::uint16_t>(out_.registers + value.access);
  for (std::size_t i = 0; i < value.in.size(); ++i) instruction.in[i] = place(values_[value.in[i]]);
  out_.instructions.push_back(instruction);
}

}  // namespace

double plain_number(const Rational& q) { return q.get_d(); }

CompiledKernel compile(const Graph& graph, const Plan& plan, const Stage& stage, const Step& step) {
  return Compiler(graph, plan, stage, step).compile();
}

}  // namespace assay::graph::plain
