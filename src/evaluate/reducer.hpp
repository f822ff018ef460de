#pragma once
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
  [[nodiscard]] Value<A> with_status(const Value<A>& value) const { return evaluator_.with_status(value, status()); }
  [[nodiscard]] std::size_t base_lanes() const { return statuses_.size(); }
  [[nodiscard]] LaneStatus status() const { return LaneStatus(statuses_); }

  Evaluator<A>& evaluator_;
  const Node& node_;
  std::vector<Status> statuses_;
};

/// forall and exists, by the strong Kleene tables: an instance that decides, decides, whatever the others are.
template <class A>
class TruthReducer final : public Reducer<A> {
 public:
  TruthReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes, bool tracked, BinderKey key)
      : Reducer<A>(evaluator, node, base_lanes),
        for_all_(node.kind == notation::BinderKind::forall),
        tracked_(tracked),
        key_(key),
        truth_(base_lanes, for_all_ ? Truth::true_ : Truth::false_) {
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
    sampled_ = true;
  }
  void only_true_counts() override { only_true_counts_ = true; }
  [[nodiscard]] bool done() const override {
    return (truth_.size() == 1 && truth_[0] == decisive()) ||
           (&this->node_ == this->session().outermost && this->session().slice.is_superfluous());
  }

  Value<A> finish() override {
    if (tracked_) report();
    // A sample can refute; that all its points agree proves nothing.
    if (this->session().sampling && tracked_ && truth_[0] == Truth::true_) return truth_value<A>(Truth::unknown);
    return {truth_lanes(truth_)};
  }

 private:
  [[nodiscard]] Truth decisive() const { return for_all_ ? Truth::false_ : Truth::true_; }

  /// decisive > unknown > undefined > the value of the empty binder.
  void merge(std::size_t base_lane, Truth instance) {
    Truth& so_far = truth_[base_lane];
    if (so_far == decisive()) return;
    if (instance == decisive() || instance == Truth::unknown ||
        (instance == Truth::undefined && so_far != Truth::unknown))
      so_far = instance;
  }

  void take(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane, std::uint32_t base_lane, Truth instance) {
    if (only_true_counts_ && instance != Truth::true_) instance = Truth::unknown;
    if (instance == (for_all_ ? Truth::true_ : Truth::false_)) return;
    if (tracked_ && truth_[base_lane] != decisive()) {
      const bool first = truth_[base_lane] == (for_all_ ? Truth::true_ : Truth::false_);
      if (instance == Truth::unknown) {
        open_.add(this->trace(walk, leaf, lane));
        if (this->session().first_open.empty())
          this->session().first_open = in_words(this->witness_at(walk, leaf, lane).assignment);
      } else if (instance == decisive() || first) {
        this->session().witness = this->witness_at(walk, leaf, lane);
        this->session().witness_point = {key_, this->trace(walk, leaf, lane)};
      }
    }
    merge(base_lane, instance);
  }

  void report() {
    Session& session = this->session();
    session.effort.points += walk_is_restricted() ? 0 : instances_;
    session.effort.decided[A::name] += instances_ - std::min<std::uint64_t>(instances_, open_.size());
    if (truth_[0] == Truth::unknown && complete_) session.still[key_] = std::move(open_);
    if (instances_ == 0 && !sampled_ && complete_ && !walk_is_restricted() && session.outermost == &this->node_)
      session.met_empty_domain = true;
  }
  [[nodiscard]] bool walk_is_restricted() const { return this->session().open.contains(key_); }

  bool for_all_;
  bool tracked_;
  BinderKey key_;
  std::vector<Truth> truth_;
  OpenPoints open_;
  std::uint64_t instances_ = 0;
  bool complete_ = true;
  bool sampled_ = false;
  bool only_true_counts_ = false;
};

/// sum, prod and mean; entrywise for vectors and matrices.
template <class A>
class SumReducer final : public Reducer<A> {
 public:
  using Num = Numeric<A>;
  SumReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : Reducer<A>(evaluator, node, base_lanes),
        product_(node.kind == notation::BinderKind::prod),
        integers_(base_lanes, product_ ? 1 : 0),
        count_(base_lanes, 0) {}

  void absorb(BinderWalk<A>& walk, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    const Num& x = this->numeric(*body);
    const std::size_t lanes = leaf.lanes();
    if (OpenPoints* seen = this->session().instances.seen; seen != nullptr && &this->node_ == this->session().outermost)
      for (std::size_t l = 0; l < lanes; ++l) seen->add(this->trace(walk, leaf, l));
    if (!started_ && !x.is_scalar()) {
      shape_ = x.shape;
      integers_.assign(entry_count(shape_) * this->base_lanes(), product_ ? 1 : 0);
    }
    if (x.shape != shape_) throw SplitLanes{this->node_.where, "terms of different shapes"};
    started_ = true;
    for (std::size_t l = 0; l < lanes; ++l) {
      ++count_[origin[l]];
      this->not_ok(origin[l], x.status.at(l));
    }
    if (x.form == Form::integer && form_ == Form::integer && fold_integers(x, lanes, origin)) return;
    promote(std::max(x.form, Form::real));
    const Num y = promoted(this->arithmetic(), x, form_);
    if (form_ == Form::real)
      fold(reals_, *y.reals, y.lanes, lanes, origin);
    else
      fold(complexes_, *y.complexes, y.lanes, lanes, origin);
  }

  Value<A> finish() override {
    Value<A> total = value();
    if (this->node_.kind != notation::BinderKind::mean) return total;
    // The mean over the empty set is 0/0: undefined.
    return this->divide(*total.numeric(), *integer_value<A>(IntArray(count_)).numeric());
  }

 private:
  Value<A> value() const {
    const std::size_t lanes = this->base_lanes();
    if (form_ == Form::real) return real_value<A>(reals_, lanes, shape_, this->status());
    if (form_ == Form::complex) return complex_value<A>(complexes_, lanes, shape_, this->status());
    Value<A> out = integer_value<A>(integers_, shape_, this->status());
    std::get<Num>(out.data).lanes = lanes;
    return out;
  }

  bool fold_integers(const Num& x, std::size_t lanes, const std::vector<std::uint32_t>& origin) {
    IntArray sums = integers_;
    for (std::size_t e = 0; e < entry_count(shape_); ++e)
      for (std::size_t l = 0; l < lanes; ++l) {
        std::int64_t& sum = sums[e * this->base_lanes() + origin[l]];
        const std::int64_t term = (*x.integers)[e * x.lanes + (x.lanes == 1 ? 0 : l)];
        if (product_ ? __builtin_mul_overflow(sum, term, &sum) : __builtin_add_overflow(sum, term, &sum)) return false;
      }
    integers_ = std::move(sums);
    return true;
  }

  void promote(Form form) {
    if (form <= form_) return;
    const Value<A> now = value();
    const Num next = promoted(this->arithmetic(), *now.numeric(), form);
    form_ = form;
    if (form == Form::real)
      reals_ = *next.reals;
    else
      complexes_ = *next.complexes;
  }

  template <class Array>
  void fold(Array& sums, const Array& terms, std::size_t term_lanes, std::size_t lanes,
            const std::vector<std::uint32_t>& origin) {
    const A& arithmetic = this->arithmetic();
    if constexpr (A::is_traced)
      if (!product_) {
        sums = arithmetic.add_lanes(sums, terms, entry_count(shape_), term_lanes, lanes, origin, this->base_lanes());
        return;
      }
    for (std::size_t e = 0; e < entry_count(shape_); ++e)
      for (std::size_t l = 0; l < lanes; ++l) {
        typename Array::Scalar next{};
        const std::size_t at = e * this->base_lanes() + origin[l];
        const auto& term = terms.get(e * term_lanes + (term_lanes == 1 ? 0 : l));
        const Status status =
            product_ ? arithmetic.multiply(next, sums.get(at), term) : arithmetic.add(next, sums.get(at), term);
        sums.set(at, std::move(next));
        if (status != Status::ok) this->not_ok(origin[l], status);
      }
  }

  bool product_;
  bool started_ = false;
  Form form_ = Form::integer;
  Shape shape_;
  IntArray integers_;
  typename A::RealArray reals_;
  typename A::ComplexArray complexes_;
  IntArray count_;
};

/// Number of instances (whose body, if there is one, is true).
template <class A>
class CountReducer final : public Reducer<A> {
 public:
  CountReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : Reducer<A>(evaluator, node, base_lanes), count_(base_lanes, 0) {}
  void absorb(BinderWalk<A>&, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    std::optional<TruthLanes> truth;
    if (body != nullptr) truth = this->truth(*body);
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      const Truth each = truth ? truth->at(l) : Truth::true_;
      if (each == Truth::true_) ++count_[origin[l]];
      if (each == Truth::unknown) this->not_ok(origin[l], Status::open);
      if (each == Truth::undefined) this->not_ok(origin[l], Status::undefined);
    }
  }
  Value<A> finish() override { return integer_value<A>(count_, {}, this->status()); }

 private:
  IntArray count_;
};

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

/// vector(i in S: e) and matrix(i in S, j in T: e).
template <class A>
class VectorReducer final : public Reducer<A> {
 public:
  using Num = Numeric<A>;
  VectorReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : Reducer<A>(evaluator, node, base_lanes), seen_(base_lanes, 0), rows_(base_lanes, 0) {}

  void first_domain(const SetLanes<A>& set) override {
    for (std::size_t l = 0; l < rows_.size(); ++l) rows_[l] = set.at(l).size();
  }
  void absorb(BinderWalk<A>&, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    Num x = this->numeric(*body);
    if (!x.is_scalar())
      fail(this->node_.where, "the entries of a vector or matrix must be scalars, not of shape " + describe(x.shape),
           "Use hstack or vstack to put matrices together.");
    Part part{std::move(x), origin, std::vector<std::uint32_t>(leaf.lanes())};
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      part.entry[l] = seen_[origin[l]]++;
      this->not_ok(origin[l], part.body.status.at(l));
    }
    form_ = std::max(form_, part.body.form);
    parts_.push_back(std::move(part));
  }

  Value<A> finish() override {
    const std::size_t lanes = this->base_lanes();
    const std::size_t entries = seen_[0];
    for (std::size_t l = 0; l < lanes; ++l)
      if (seen_[l] != entries || rows_[l] != rows_[0])
        throw SplitLanes{this->node_.where, "vectors or matrices of different sizes"};
    Shape shape{entries};
    if (this->node_.kind == notation::BinderKind::matrix) {
      if (rows_[0] != 0 && entries % rows_[0] != 0)
        fail(this->node_.where, "the rows of this matrix have different lengths");
      shape = {rows_[0], rows_[0] == 0 ? 0 : entries / rows_[0]};
    }
    detail::check_size<A>(entries, lanes, this->node_.where);
    Num out;
    out.shape = shape;
    out.lanes = lanes;
    out.form = form_;
    out.status = this->status();
    std::vector<Num> bodies;
    bodies.reserve(parts_.size());
    for (const Part& part : parts_) bodies.push_back(promoted(this->arithmetic(), part.body, form_));
    if (form_ == Form::integer) out.integers = put_together(bodies, &Num::integers, entries);
    if (form_ == Form::real) out.reals = put_together(bodies, &Num::reals, entries);
    if (form_ == Form::complex) out.complexes = put_together(bodies, &Num::complexes, entries);
    return {std::move(out)};
  }

 private:
  struct Part {
    Num body;
    std::vector<std::uint32_t> origin;
    std::vector<std::uint32_t> entry;
  };

  template <class Array>
  std::shared_ptr<const Array> put_together(const std::vector<Num>& bodies, std::shared_ptr<const Array> Num::*member,
                                            std::size_t entries) const {
    const auto place = [lanes = this->base_lanes()](const Part& part) {
      return [&part, lanes](std::size_t, std::size_t l) { return part.entry[l] * lanes + part.origin[l]; };
    };
    std::vector<evaluate::Part<Array, decltype(place(parts_.front()))>> pieces;
    for (std::size_t p = 0; p < parts_.size(); ++p)
      pieces.push_back({(bodies[p].*member).get(), 1, parts_[p].entry.size(), bodies[p].lanes, place(parts_[p])});
    return assembled(pieces, entries, this->base_lanes());
  }

  Form form_ = Form::integer;
  std::vector<std::uint32_t> seen_;
  std::vector<std::size_t> rows_;
  std::vector<Part> parts_;
};

/// {e for k in S where P}
template <class A>
class SetReducer final : public Reducer<A> {
 public:
  SetReducer(Evaluator<A>& evaluator, const Node& node, std::size_t base_lanes)
      : Reducer<A>(evaluator, node, base_lanes), items_(base_lanes) {}
  void absorb(BinderWalk<A>&, LaneSpace& leaf, const std::vector<std::uint32_t>& origin,
              const Value<A>* body) override {
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      this->not_ok(origin[l], status_at(*body, l));
      items_[origin[l]].push_back(at_lane(*body, l));
    }
  }
  Value<A> finish() override {
    SetLanes<A> out;
    for (std::size_t l = 0; l < items_.size(); ++l) {
      std::optional<FiniteSet<A>> set;
      if (this->statuses_[l] == Status::ok) {
        set = this->make_set(std::move(items_[l]));
        if (!set) this->not_ok(static_cast<std::uint32_t>(l), Status::open);
      }
      out.sets.push_back(std::make_shared<const FiniteSet<A>>(set ? std::move(*set) : FiniteSet<A>{}));
    }
    out.status = this->status();
    return {std::move(out)};
  }

 private:
  std::vector<std::vector<Value<A>>> items_;
};

}  // namespace assay::evaluate
