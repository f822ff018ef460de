#pragma once
#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/contract.hpp"
#include "base/shared_vector.hpp"
#include "base/truth.hpp"
#include "evaluate/program.hpp"
#include "files/value.hpp"
#include "number/arithmetic.hpp"

/// Values of the evaluator. A value stands for one mathematical object in each *lane*: lanes are the assignments of a
/// block that are evaluated together. A value stored with one lane is *uniform*: the same in every lane.
namespace assay::evaluate {

class LaneSpace;

using Shape = std::vector<std::size_t>;
using IntArray = std::vector<std::int64_t>;

[[nodiscard]] inline std::size_t entry_count(const Shape& shape) noexcept {
  std::size_t count = 1;
  for (const std::size_t extent : shape) count *= extent;
  return count;
}

/// A plain array of scalars, for arithmetics whose scalars own memory.
template <class T>
class BoxedArray {
 public:
  using Scalar = T;
  BoxedArray() = default;
  explicit BoxedArray(std::size_t size) : items_(size) {}
  [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
  [[nodiscard]] const T& get(std::size_t i) const noexcept { return items_[i]; }
  void set(std::size_t i, T value) { items_[i] = std::move(value); }
  [[nodiscard]] const T* data() const noexcept { return items_.data(); }
  [[nodiscard]] T* data() noexcept { return items_.data(); }

 private:
  std::vector<T> items_;
};

/// Per-lane status of a value; empty means `ok` everywhere. Where it is not `ok` the value's data mean nothing.
class LaneStatus {
 public:
  LaneStatus() = default;
  explicit LaneStatus(std::vector<Status> lanes) {
    for (const Status status : lanes)
      if (status != Status::ok) {
        lanes_ = std::make_shared<const std::vector<Status>>(std::move(lanes));
        return;
      }
  }
  [[nodiscard]] bool all_ok() const noexcept { return !lanes_; }
  [[nodiscard]] std::size_t size() const noexcept { return lanes_ ? lanes_->size() : 1; }
  [[nodiscard]] Status at(std::size_t lane) const noexcept {
    return lanes_ ? (*lanes_)[lanes_->size() == 1 ? 0 : lane] : Status::ok;
  }

 private:
  std::shared_ptr<const std::vector<Status>> lanes_;
};

/// The status of something made of two parts: certainly undefined if a part is, else open if a part is.
[[nodiscard]] constexpr Status combine(Status a, Status b) noexcept {
  if (a == Status::undefined || b == Status::undefined) return Status::undefined;
  return a == Status::open || b == Status::open ? Status::open : Status::ok;
}
[[nodiscard]] LaneStatus combine(const LaneStatus& a, const LaneStatus& b);
/// The status of a result: where the operands are ok, what the operation says; elsewhere the operation worked on data
/// that mean nothing, and only the operands' status counts.
[[nodiscard]] LaneStatus then(const LaneStatus& operands, const LaneStatus& operation);

enum class Form : std::uint8_t { integer, real, complex };

/// A scalar, vector, matrix or tensor in each lane. Entry e of lane l is at index e·lanes + l; entries are row-major.
/// Integers are machine integers and exact in every arithmetic; what does not fit is promoted to `real`.
template <class A>
struct Numeric {
  Shape shape;
  std::size_t lanes = 1;
  Form form = Form::integer;
  std::shared_ptr<const IntArray> integers;
  std::shared_ptr<const typename A::RealArray> reals;
  std::shared_ptr<const typename A::ComplexArray> complexes;
  LaneStatus status;

  [[nodiscard]] std::size_t entries() const noexcept { return entry_count(shape); }
  [[nodiscard]] bool is_scalar() const noexcept { return shape.empty(); }
  /// Whether the matrix is known to be its own transpose, although its enclosures may not show it. False says nothing.
  [[nodiscard]] bool is_symmetric() const noexcept { return symmetric_array && symmetric_array == array(); }
  void mark_symmetric() noexcept { symmetric_array = array(); }

  using Bounds = std::optional<std::pair<std::int64_t, std::int64_t>>;
  /// Of a uniform integer that is open: between which numbers it lies certainly, if that is known. Only comparisons use
  /// it.
  [[nodiscard]] Bounds bounds() const noexcept {
    return bounded_array && bounded_array == array() ? known_bounds : std::nullopt;
  }
  void set_bounds(std::int64_t low, std::int64_t high) noexcept {
    known_bounds = std::pair(low, high);
    bounded_array = array();
  }

  /// The array of which symmetry is known: whatever moves numbers about makes a new one, of which nothing is known.
  /// (Owned, so that no later array has its address.)
  std::shared_ptr<const void> symmetric_array;
  /// Likewise of which bounds are known: a number that was computed from it is another one.
  std::shared_ptr<const void> bounded_array;
  Bounds known_bounds;

 private:
  [[nodiscard]] std::shared_ptr<const void> array() const noexcept {
    if (form == Form::integer) return integers;
    if (form == Form::real) return reals;
    return complexes;
  }
};

struct TruthLanes {
  std::shared_ptr<const std::vector<Truth>> lanes;  ///< size 1: uniform
  [[nodiscard]] std::size_t size() const noexcept { return lanes->size(); }
  [[nodiscard]] Truth at(std::size_t lane) const noexcept { return (*lanes)[lanes->size() == 1 ? 0 : lane]; }
};

template <class A>
struct Value;

/// A finite set in ascending order. Integer ranges are not spelt out.
template <class A>
struct FiniteSet {
  bool is_range = false;
  std::int64_t first = 0;  ///< of a range
  std::int64_t last = -1;  ///< of a range; last < first: empty
  std::vector<Value<A>> items;

  [[nodiscard]] std::size_t size() const noexcept {
    if (!is_range) return items.size();
    return last < first ? 0 : static_cast<std::size_t>(last - first) + 1;
  }
};
template <class A>
using FiniteSetPtr = std::shared_ptr<const FiniteSet<A>>;

/// A finite set in each lane.
template <class A>
struct SetLanes {
  SharedVector<FiniteSetPtr<A>> sets;  ///< size 1: uniform
  LaneStatus status;
  [[nodiscard]] const FiniteSet<A>& at(std::size_t lane) const { return *sets[sets.size() == 1 ? 0 : lane]; }
};

/// An infinite set: N, Z, Q, R, C, a power of one of them, or the points between two corners.
template <class A>
struct Domain {
  std::string name;               ///< "N", "Z", "Q", "R", "C", "power", "interval", "box", "ball"
  std::string base;               ///< power: the base domain
  std::size_t dimension = 0;      ///< power
  std::vector<Value<A>> corners;  ///< interval, box, ball (in the sup-norm): lower and upper end of each entry
  /// Of a box of records or tuples: one of them, from which the others take their form. The corners are vectors of all
  /// numbers then, in order of declaration.
  std::shared_ptr<const Value<A>> like;
  [[nodiscard]] bool is_box() const noexcept { return !corners.empty(); }
};

template <class A>
struct TupleValue {
  std::vector<Value<A>> items;
};
template <class A>
struct RecordValue {
  std::vector<std::pair<std::string, Value<A>>> fields;
};

/// A function: a definition, a built-in, a closure with the values it captured, or the derivative of another one.
template <class A>
struct FunctionValue {
  const Unit* unit = nullptr;
  const Builtin* builtin = nullptr;
  std::string name;
  struct Captured {
    Slot slot;
    std::shared_ptr<const Value<A>> value;
    LaneSpace* space;
  };
  std::vector<Captured> captured;
  /// A derivative, whose order is `builtin` (grad, jacobian, hessian): of this function.
  std::shared_ptr<const FunctionValue> of;
};

/// A record or list of a file, whose parts are converted when they are used.
struct StoredRecord {
  const files::FileValue* content;
};

template <class A>
struct Value {
  std::variant<Numeric<A>, TruthLanes, SetLanes<A>, Domain<A>, std::shared_ptr<const TupleValue<A>>,
               std::shared_ptr<const RecordValue<A>>, FunctionValue<A>, std::string, StoredRecord>
      data;

  [[nodiscard]] const Numeric<A>* numeric() const noexcept { return std::get_if<Numeric<A>>(&data); }
  [[nodiscard]] const TruthLanes* truth() const noexcept { return std::get_if<TruthLanes>(&data); }
  [[nodiscard]] const SetLanes<A>* set() const noexcept { return std::get_if<SetLanes<A>>(&data); }
  [[nodiscard]] const Domain<A>* domain() const noexcept { return std::get_if<Domain<A>>(&data); }
  [[nodiscard]] const TupleValue<A>* tuple() const noexcept {
    const auto* p = std::get_if<std::shared_ptr<const TupleValue<A>>>(&data);
    return p ? p->get() : nullptr;
  }
  [[nodiscard]] const RecordValue<A>* record() const noexcept {
    const auto* p = std::get_if<std::shared_ptr<const RecordValue<A>>>(&data);
    return p ? p->get() : nullptr;
  }
  [[nodiscard]] const FunctionValue<A>* function() const noexcept { return std::get_if<FunctionValue<A>>(&data); }
  [[nodiscard]] const StoredRecord* stored() const noexcept { return std::get_if<StoredRecord>(&data); }
  [[nodiscard]] const std::string* text() const noexcept { return std::get_if<std::string>(&data); }
};

[[nodiscard]] inline TruthLanes truth_lanes(std::vector<Truth> lanes) {
  return {std::make_shared<const std::vector<Truth>>(std::move(lanes))};
}

/// Number of lanes stored: 1 for a uniform value.
template <class A>
[[nodiscard]] std::size_t lane_count(const Value<A>& value) {
  if (const auto* x = value.numeric()) return std::max(x->lanes, x->status.size());
  if (const auto* x = value.truth()) return x->size();
  if (const auto* x = value.set()) return std::max(x->sets.size(), x->status.size());
  std::size_t count = 1;
  if (const auto* x = value.tuple())
    for (const auto& item : x->items) count = std::max(count, lane_count(item));
  if (const auto* x = value.record())
    for (const auto& [name, item] : x->fields) count = std::max(count, lane_count(item));
  if (const auto* x = value.domain())
    for (const auto& item : x->corners) count = std::max(count, lane_count(item));
  return count;
}

/// Whether a value is a function, or has one as a part. Functions are stored once for all lanes, but what they capture
/// keeps its own lanes: such a value may differ from lane to lane although its lane_count is 1.
template <class A>
[[nodiscard]] bool has_function(const Value<A>& value) {
  if (value.function()) return true;
  if (const auto* x = value.tuple())
    return std::any_of(x->items.begin(), x->items.end(), [](const auto& item) { return has_function(item); });
  if (const auto* x = value.record())
    return std::any_of(x->fields.begin(), x->fields.end(),
                       [](const auto& field) { return has_function(field.second); });
  return false;
}

template <class A>
[[nodiscard]] bool is_uniform(const Value<A>& value);
template <class A>
[[nodiscard]] bool is_uniform(const FunctionValue<A>& f) {
  return std::all_of(f.captured.begin(), f.captured.end(), [](const auto& c) { return is_uniform(*c.value); }) &&
         (!f.of || is_uniform(*f.of));
}

/// Whether a value is certainly the same in all lanes.
template <class A>
[[nodiscard]] bool is_uniform(const Value<A>& value) {
  if (lane_count(value) > 1) return false;
  if (const auto* x = value.function()) return is_uniform(*x);
  if (const auto* x = value.tuple())
    return std::all_of(x->items.begin(), x->items.end(), [](const auto& item) { return is_uniform(item); });
  if (const auto* x = value.record())
    return std::all_of(x->fields.begin(), x->fields.end(), [](const auto& field) { return is_uniform(field.second); });
  return true;
}

/// The status of a value in a lane: the combination over its parts.
template <class A>
[[nodiscard]] Status status_at(const Value<A>& value, std::size_t lane) {
  if (const auto* x = value.numeric()) return x->status.at(lane);
  if (const auto* x = value.set()) return x->status.at(lane);
  if (const auto* x = value.truth()) {
    const Truth truth = x->at(lane);
    return truth == Truth::undefined ? Status::undefined : truth == Truth::unknown ? Status::open : Status::ok;
  }
  Status status = Status::ok;
  if (const auto* x = value.tuple())
    for (const auto& item : x->items) status = combine(status, status_at(item, lane));
  if (const auto* x = value.record())
    for (const auto& [name, item] : x->fields) status = combine(status, status_at(item, lane));
  if (const auto* x = value.domain())
    for (const auto& item : x->corners) status = combine(status, status_at(item, lane));
  return status;
}

namespace detail {

template <class A, class Array>
[[nodiscard]] Value<A> numeric_value(Form form, std::shared_ptr<const Array> Numeric<A>::*component, Array data,
                                     std::size_t lanes, Shape shape, LaneStatus status) {
  Numeric<A> x;
  x.form = form;
  x.lanes = lanes;
  x.shape = std::move(shape);
  x.*component = std::make_shared<const Array>(std::move(data));
  x.status = std::move(status);
  return {std::move(x)};
}

}  // namespace detail

template <class A>
[[nodiscard]] Value<A> integer_value(IntArray data, Shape shape = {}, LaneStatus status = {}) {
  const std::size_t entries = entry_count(shape);
  const std::size_t lanes = entries == 0 ? 1 : data.size() / entries;
  return detail::numeric_value<A, IntArray>(Form::integer, &Numeric<A>::integers, std::move(data), lanes,
                                            std::move(shape), std::move(status));
}
template <class A>
[[nodiscard]] Value<A> integer_value(std::int64_t n) {
  return integer_value<A>(IntArray{n});
}
template <class A>
[[nodiscard]] Value<A> real_value(typename A::RealArray data, std::size_t lanes, Shape shape = {},
                                  LaneStatus status = {}) {
  return detail::numeric_value<A, typename A::RealArray>(Form::real, &Numeric<A>::reals, std::move(data), lanes,
                                                         std::move(shape), std::move(status));
}
template <class A>
[[nodiscard]] Value<A> complex_value(typename A::ComplexArray data, std::size_t lanes, Shape shape = {},
                                     LaneStatus status = {}) {
  return detail::numeric_value<A, typename A::ComplexArray>(Form::complex, &Numeric<A>::complexes, std::move(data),
                                                            lanes, std::move(shape), std::move(status));
}
template <class A>
[[nodiscard]] Value<A> truth_value(Truth truth) {
  return {truth_lanes({truth})};
}
template <class A>
[[nodiscard]] Value<A> set_value(FiniteSet<A> set) {
  return {SetLanes<A>{{std::make_shared<const FiniteSet<A>>(std::move(set))}, {}}};
}
template <class A>
[[nodiscard]] Value<A> tuple_value(std::vector<Value<A>> items) {
  return {std::make_shared<const TupleValue<A>>(TupleValue<A>{std::move(items)})};
}

/// Raised when lanes need values of different shapes, or a block's values would be too large: whoever made the block
/// evaluates it in smaller ones.
struct SplitLanes {
  SourceRange where;
  const char* why;
};

/// The lanes of a block, and how they come from the lanes of the block around it.
class LaneSpace {
 public:
  /// The root: one lane.
  LaneSpace() : anchor_(this) {}
  /// @param index  lane → lane of the parent; empty means the same lanes.
  /// @param anchored  whether expressions that do not depend on what is bound here must still be evaluated here (they
  ///                  are protected by a condition, or the block was split).
  LaneSpace(LaneSpace& parent, std::size_t lanes, std::vector<std::uint32_t> index, bool anchored)
      : parent_(&parent),
        lanes_(lanes),
        index_(std::move(index)),
        depth_(parent.depth_ + 1),
        anchor_(anchored ? this : parent.anchor_) {
    ASSAY_ENSURE(index_.empty() || index_.size() == lanes_, "the index of a lane space names a parent for each lane");
    ASSAY_ENSURE(!index_.empty() || lanes_ == parent.lanes_ || parent.lanes_ == 1,
                 "lanes without index are the parent's");
  }
  LaneSpace(const LaneSpace&) = delete;
  LaneSpace& operator=(const LaneSpace&) = delete;

  [[nodiscard]] LaneSpace* parent() const noexcept { return parent_; }
  [[nodiscard]] std::size_t lanes() const noexcept { return lanes_; }
  [[nodiscard]] const std::vector<std::uint32_t>& index() const noexcept { return index_; }
  /// The parent's lane that `lane` comes from.
  [[nodiscard]] std::uint32_t origin(std::size_t lane) const noexcept {
    if (!index_.empty()) return index_[lane];
    return parent_->lanes_ == 1 ? 0 : static_cast<std::uint32_t>(lane);
  }
  [[nodiscard]] bool is_root() const noexcept { return parent_ == nullptr; }
  [[nodiscard]] unsigned depth() const noexcept { return depth_; }
  /// The deepest space at or above this one above which nothing may be moved.
  [[nodiscard]] LaneSpace* anchor() noexcept { return anchor_; }

  /// What was evaluated here for a deeper space, by what and in which activation. Types are the evaluator's business.
  struct Key {
    const void* what;
    std::uint64_t activation;
    bool operator==(const Key&) const = default;
  };
  [[nodiscard]] std::shared_ptr<const void> cached(const Key& key) const {
    const auto it = cache_.find(key);
    return it == cache_.end() ? nullptr : it->second;
  }
  void cache(const Key& key, std::shared_ptr<const void> value) { cache_[key] = std::move(value); }

 private:
  struct KeyHash {
    std::size_t operator()(const Key& key) const noexcept {
      return std::hash<const void*>{}(key.what) ^ (key.activation * 0x9e3779b97f4a7c15U);
    }
  };
  LaneSpace* parent_ = nullptr;
  std::size_t lanes_ = 1;
  std::vector<std::uint32_t> index_;
  unsigned depth_ = 0;
  LaneSpace* anchor_ = nullptr;
  std::unordered_map<Key, std::shared_ptr<const void>, KeyHash> cache_;
};

}  // namespace assay::evaluate
