#pragma once
#include <utility>

#include "evaluate/evaluator.hpp"

/// What a binder makes of the values of its body.
namespace assay::evaluate {

/// Collects the instances of a binder. The binder is evaluated in `base` lanes; each block of instances comes with the
/// base lane of each instance, and instances of one base lane come in ascending order of the generators' values.
template <class A>
class Reducer {
 public:
  using Num = Numeric<A>;
  Reducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : evaluator_(evaluator), node_(node), statuses_(base_lanes, Status::ok) {}
  Reducer(const Reducer&) = delete;
  Reducer& operator=(const Reducer&) = delete;
  virtual ~Reducer() = default;

  /// @param body  null for a binder without body.
  virtual void absorb(BinderWalk<A>& walk, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
                      const Value<A>* body) = 0;
  /// A domain or a condition that is not ok in a base lane.
  virtual void not_ok(std::uint32_t base_lane, Status status) {
    statuses_[base_lane] = combine(statuses_[base_lane], status);
  }
  /// A condition that is not ok for one instance.
  virtual void instance_not_ok(BinderWalk<A>&, LaneSpace&, std::size_t, std::uint32_t base_lane, Status status) {
    not_ok(base_lane, status);
  }
  /// Not all instances were, or can be, looked at.
  virtual void incomplete() { std::fill(statuses_.begin(), statuses_.end(), Status::open); }
  /// From now on an instance that is false or undefined shows nothing: it was found under an assumption.
  virtual void only_true_counts() {}
  /// Whether further instances cannot change the result.
  [[nodiscard]] virtual bool done() const { return false; }
  [[nodiscard]] virtual Value<A> finish() = 0;
  /// The number of values of the first generator in each base lane, for matrices.
  virtual void first_domain(const SetLanes<A>&) {}

 protected:
  // What reducers need of the evaluator; it lets only this base class in.
  [[nodiscard]] const A& arithmetic() const { return evaluator_.arithmetic_; }
  [[nodiscard]] Session& session() const { return evaluator_.session_; }
  [[nodiscard]] const Num& numeric(const Value<A>& value) const {
    return evaluator_.numeric(value, node_.where, "the body of this binder");
  }
  [[nodiscard]] TruthLanes truth(const Value<A>& value) const { return evaluator_.truth_of_value(value, node_.where); }
  [[nodiscard]] Value<A> narrowed(Value<A> value) const { return evaluator_.narrowed(std::move(value)); }
  [[nodiscard]] Value<A> divide(const Num& x, const Num& y) const { return evaluator_.divide(x, y, node_.where); }
  [[nodiscard]] std::optional<FiniteSet<A>> make_set(std::vector<Value<A>> items) const {
    return evaluator_.make_set(std::move(items), node_.where);
  }
  [[nodiscard]] Positions trace(const BinderWalk<A>& walk, const LaneSpace& leaf, std::size_t lane) const {
    return evaluator_.trace(walk, leaf, lane);
  }
  [[nodiscard]] Witness witness_at(const BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane) const {
    return evaluator_.witness_at(walk, leaf, lane);
  }
  [[nodiscard]] Value<A> generator_values(const BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane) const {
    std::vector<Value<A>> items;
    for (const Slot slot : node_.slots) {
      const auto& entry = walk.act.slots[slot];
      items.push_back(at_lane(evaluator_.pull(entry.value, entry.space, leaf), lane));
    }
    return items.size() == 1 ? items.front() : tuple_value<A>(std::move(items));
  }
  /// Why the body is undefined in a lane: the innermost expression that is, in words.
  [[nodiscard]] std::string why_undefined(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane) const {
    Witness witness;
    LaneSpace point(leaf, 1, {static_cast<std::uint32_t>(lane)}, true);
    session().undefined_operation.clear();
    (void)evaluator_.explain_undefined(*node_.children.back(), point, walk.act, witness);
    return std::exchange(session().undefined_operation, {});
  }
  [[nodiscard]] std::size_t point_of(const BinderWalk<A>& walk, const LaneSpace& leaf, std::size_t lane) const {
    return evaluator_.point_of(walk, leaf, lane);
  }
  /// The body and its value in a lane.
  [[nodiscard]] std::pair<std::string, std::string> body_in_words(const Value<A>& value, std::size_t lane) const {
    return {session().describe(*node_.children.back()), evaluator_.text(at_lane(value, lane))};
  }
  [[nodiscard]] Value<A> with_status(const Value<A>& value) const { return evaluator_.with_status(value, status()); }
  [[nodiscard]] std::size_t base_lanes() const { return statuses_.size(); }
  [[nodiscard]] LaneStatus status() const { return LaneStatus(statuses_); }

  Evaluator<A>& evaluator_;
  const Node& node_;
  std::vector<Status> statuses_;
};

}  // namespace assay::evaluate
