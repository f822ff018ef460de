#pragma once
#include "evaluate/reducer.hpp"

/// Reducers of binders: extrema, and where they are attained.
namespace assay::evaluate {

/// max, min, argmax, argmin. Keeps the instances that may be extreme; at the outermost level they are what the next
/// arithmetic has to look at.
template <class A>
class ExtremumReducer final : public Reducer<A> {
 public:
  using Num = Numeric<A>;
  ExtremumReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes, bool tracked, BinderKey key)
      : Reducer<A>(evaluator, node, base_lanes),
        key_(key),
        tracked_(tracked),
        largest_(node.kind == notation::BinderKind::max || node.kind == notation::BinderKind::argmax),
        argument_(node.kind == notation::BinderKind::argmax || node.kind == notation::BinderKind::argmin),
        lanes_(base_lanes) {}

  void absorb(BinderWalk<A>& walk, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    const Num& x0 = this->numeric(*body);
    if (!x0.is_scalar() || x0.form == Form::complex) fail(this->node_.where, "an extremum needs real numbers");
    const Num x = promoted(this->arithmetic(), x0, Form::real);
    instances_ += leaf.lanes();
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      const std::uint32_t at = origin[l];
      if (const Status status = x.status.at(l); status != Status::ok) {
        this->not_ok(at, status);
        continue;
      }
      take(walk, leaf, l, lanes_[at], x.reals->get(x.lanes == 1 ? 0 : l));
    }
  }

  Value<A> finish() override {
    for (std::size_t l = 0; l < lanes_.size(); ++l)
      if (lanes_[l].candidates.empty() && this->statuses_[l] == Status::ok) this->statuses_[l] = Status::undefined;
    Session& session = this->session();
    if (tracked_) {
      if (!session.open.contains(key_)) session.effort.points += instances_;
      if (this->statuses_[0] == Status::ok && lanes_[0].candidates.size() < instances_) {
        OpenPoints open;
        open.generators = this->node_.slots.size();
        for (const Candidate& candidate : lanes_[0].candidates) open.add(candidate.point);
        session.still[key_] = std::move(open);
      }
    }
    if (!A::is_exact) session.used_enclosures = true;
    return argument_ ? arguments() : values();
  }

 private:
  struct Candidate {
    typename A::Real value;
    Positions point;                   // tracked
    std::optional<Value<A>> argument;  // argmax, argmin
  };
  struct Lane {
    std::vector<Candidate> candidates;
    std::size_t best = 0;  // beats or overlaps all others
    std::size_t prune_at = 64;
  };

  [[nodiscard]] Relations relation_to(const typename A::Real& x, const typename A::Real& y) const {
    return this->arithmetic().compare(x, y);
  }

  void take(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t l, Lane& lane, const typename A::Real& value) {
    const Relations wins = largest_ ? relation::greater : relation::less;
    const Relations loses = largest_ ? relation::less : relation::greater;
    Relations r = relation::any;
    if (!lane.candidates.empty()) {
      r = relation_to(value, lane.candidates[lane.best].value);
      if (r == loses) return;
      // Without positions or arguments to remember, an extremum that overlaps is folded into the best.
      if (!argument_ && !tracked_) return fold(lane, value, r, wins);
      if (r == wins) lane.best = lane.candidates.size();
    }
    Candidate candidate{value, {}, std::nullopt};
    if (tracked_) candidate.point = this->trace(walk, leaf, l);
    if (argument_) candidate.argument = this->generator_values(walk, leaf, l);
    lane.candidates.push_back(std::move(candidate));
    if (lane.candidates.size() > lane.prune_at) {
      prune(lane);
      lane.prune_at = std::max<std::size_t>(64, 2 * lane.candidates.size());
    }
  }

  void fold(Lane& lane, const typename A::Real& value, Relations r, Relations wins) {
    typename A::Real& best = lane.candidates[0].value;
    if (r == wins) {
      best = value;
      return;
    }
    typename A::Real next{};
    const Status status =
        largest_ ? this->arithmetic().maximum(next, best, value) : this->arithmetic().minimum(next, best, value);
    if (status == Status::ok)
      best = std::move(next);
    else
      lane.candidates.push_back({value, {}, std::nullopt});  // resolved, or open, at the end
  }

  void prune(Lane& lane) {
    const Relations loses = largest_ ? relation::less : relation::greater;
    const typename A::Real best = lane.candidates[lane.best].value;
    std::vector<Candidate> kept;
    std::size_t new_best = 0;
    for (std::size_t i = 0; i < lane.candidates.size(); ++i) {
      if (i == lane.best)
        new_best = kept.size();
      else if (relation_to(lane.candidates[i].value, best) == loses)
        continue;
      kept.push_back(std::move(lane.candidates[i]));
    }
    lane.best = new_best;
    lane.candidates = std::move(kept);
  }

  Value<A> values() {
    typename A::RealArray out(lanes_.size());
    for (std::size_t l = 0; l < lanes_.size(); ++l) {
      if (this->statuses_[l] != Status::ok) {
        out.set(l, typename A::Real{});
        continue;
      }
      typename A::Real best = lanes_[l].candidates[0].value;
      for (std::size_t i = 1; i < lanes_[l].candidates.size(); ++i) {
        typename A::Real next{};
        const typename A::Real& value = lanes_[l].candidates[i].value;
        const Status status =
            largest_ ? this->arithmetic().maximum(next, best, value) : this->arithmetic().minimum(next, best, value);
        if (status != Status::ok) this->not_ok(static_cast<std::uint32_t>(l), status);
        best = std::move(next);
      }
      out.set(l, std::move(best));
    }
    return this->narrowed(real_value<A>(std::move(out), lanes_.size(), {}, this->status()));
  }

  Value<A> arguments() {
    std::vector<std::pair<Value<A>, std::size_t>> parts;
    const Value<A>* filler = nullptr;
    for (std::size_t l = 0; l < lanes_.size(); ++l)
      if (this->statuses_[l] == Status::ok) {
        decide(static_cast<std::uint32_t>(l));
        if (filler == nullptr) filler = &*lanes_[l].candidates[lanes_[l].best].argument;
      }
    if (filler == nullptr) return with_all_status();
    for (Lane& lane : lanes_)
      parts.emplace_back(lane.candidates.empty() ? *filler : *lane.candidates[lane.best].argument, 1);
    Value<A> joined = join(this->arithmetic(), parts, this->node_.where);
    return this->with_status(joined);
  }
  Value<A> with_all_status() const { return integer_value<A>(IntArray{0}, {}, this->status()); }

  /// The extremum is attained at one point if all others certainly lose; a certain tie makes it undefined.
  void decide(std::uint32_t l) {
    Lane& lane = lanes_[l];
    prune(lane);
    bool tie = false;
    for (std::size_t i = 0; i < lane.candidates.size(); ++i) {
      if (i == lane.best) continue;
      const Relations r = relation_to(lane.candidates[i].value, lane.candidates[lane.best].value);
      if (r == relation::equal)
        tie = true;
      else
        return this->not_ok(l, Status::open);
    }
    if (tie) this->not_ok(l, Status::undefined);
  }

  BinderKey key_;
  bool tracked_;
  bool largest_;
  bool argument_;
  std::vector<Lane> lanes_;
  std::uint64_t instances_ = 0;
};

}  // namespace assay::evaluate
