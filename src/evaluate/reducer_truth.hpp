#pragma once
#include "evaluate/quantifier.hpp"
#include "evaluate/reducer.hpp"

/// Reducers of binders: the quantifiers.
namespace assay::evaluate {

/// forall and exists, by the strong Kleene tables: an instance that decides, decides, whatever the others are.
template <class A>
class TruthReducer final : public Reducer<A> {
 public:
  TruthReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes, bool tracked, BinderKey key)
      : Reducer<A>(evaluator, node, base_lanes),
        quantifier_(node),
        tracked_(tracked),
        key_(key),
        truth_(base_lanes, quantifier_.neutral()) {
    open_.generators = node.slots.size();
  }

  void absorb(BinderWalk<A>& walk, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    const TruthLanes lanes = this->truth(*body);
    instances_ += leaf.lanes();
    for (std::size_t l = 0; l < leaf.lanes(); ++l) take(walk, leaf, l, origin[l], lanes.at(l));
  }
  void instance_not_ok(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane, std::uint32_t base_lane,
                       Status status) override {
    ++instances_;
    take(walk, leaf, lane, base_lane, status == Status::undefined ? Truth::undefined : Truth::unknown);
  }
  void not_ok(std::uint32_t base_lane, Status status) override {
    merge(base_lane, status == Status::undefined ? Truth::undefined : Truth::unknown);
    complete_ = false;
  }
  void incomplete() override {
    for (std::size_t l = 0; l < truth_.size(); ++l) merge(l, Truth::unknown);
    complete_ = false;
  }
  void only_true_counts() override { only_true_counts_ = true; }
  [[nodiscard]] bool done() const override {
    return (truth_.size() == 1 && truth_[0] == quantifier_.decisive()) ||
           (&this->node_ == this->session().outermost && this->session().slice.is_superfluous());
  }

  Value<A> finish() override {
    if (tracked_) report();
    return {truth_lanes(truth_)};
  }

 private:
  void merge(std::size_t base_lane, Truth instance) {
    truth_[base_lane] = quantifier_.with(truth_[base_lane], instance);
  }

  void take(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane, std::uint32_t base_lane, Truth instance) {
    if (only_true_counts_ && instance != Truth::true_) instance = Truth::unknown;
    if (instance == quantifier_.neutral()) return;
    if (tracked_ && truth_[base_lane] != quantifier_.decisive()) {
      const bool first = truth_[base_lane] == quantifier_.neutral();
      // An undefined instance settles nothing while others are open, and is not to be taken for a neutral one later.
      if (instance != quantifier_.decisive()) open_.add(this->trace(walk, leaf, lane));
      if (instance == Truth::unknown) {
        if (this->session().first_open.empty())
          this->session().first_open = in_words(this->witness_at(walk, leaf, lane).assignment);
      } else if (instance == quantifier_.decisive() || first) {
        this->session().witness = this->witness_at(walk, leaf, lane);
        this->session().witness_point = {key_, this->trace(walk, leaf, lane)};
      }
    }
    merge(base_lane, instance);
  }

  void report() {
    Session& session = this->session();
    session.effort.points += walk_is_restricted() ? 0 : instances_;
    const std::uint64_t left = truth_[0] == Truth::undefined ? 0 : open_.size();
    session.effort.decided[A::name] += instances_ - std::min(instances_, left);
    const bool is_settled = truth_[0] == Truth::true_ || truth_[0] == Truth::false_;
    if (!is_settled && complete_) session.still[key_] = std::move(open_);
    if (instances_ == 0 && complete_ && !walk_is_restricted() && session.outermost == &this->node_)
      session.met_empty_domain = true;
  }
  [[nodiscard]] bool walk_is_restricted() const { return this->session().open.contains(key_); }

  Quantifier quantifier_;
  bool tracked_;
  BinderKey key_;
  std::vector<Truth> truth_;
  OpenPoints open_;
  std::uint64_t instances_ = 0;
  bool complete_ = true;
  bool only_true_counts_ = false;
};

}  // namespace assay::evaluate
