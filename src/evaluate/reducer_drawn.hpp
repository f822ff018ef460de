#pragma once
#include "evaluate/reducer.hpp"
#include "number/rational_interval.hpp"

/// Reducers for the sampling of a binder: what its sets are, and what holds at drawn points.
namespace assay::evaluate {

/// Collects whether the sets of the generators are known; there are no instances.
template <class A>
class SurveyReducer final : public Reducer<A> {
 public:
  SurveyReducer(Evaluator<A>& evaluator, const Node& node, Assignments& assignments)
      : Reducer<A>(evaluator, node, 1), assignments_(assignments) {}
  void absorb(BinderWalk<A>&, LaneSpace&, const std::vector<std::uint32_t>&, const Value<A>*) override {}
  void not_ok(std::uint32_t, Status status) override { assignments_.status = combine(assignments_.status, status); }
  void incomplete() override { assignments_.infinite = true; }
  Value<A> finish() override { return truth_value<A>(Truth::unknown); }

 private:
  Assignments& assignments_;
};

/// Answers a question at each drawn point.
template <class A>
class DrawnReducer final : public Reducer<A> {
 public:
  using Num = Numeric<A>;
  DrawnReducer(Evaluator<A>& evaluator, const Node& node, const Question& question, Answers& answers)
      : Reducer<A>(evaluator, node, 1), question_(question), answers_(answers) {
    const bool is_range = question.kind == Question::Kind::range;
    low_ = number(is_range ? question.low : Rational(0));
    high_ = number(is_range ? question.high : Rational(1));
  }

  void absorb(BinderWalk<A>& walk, LaneSpace& leaf, const std::vector<std::uint32_t>&, const Value<A>* body) override {
    if (question_.kind == Question::Kind::range || question_.kind == Question::Kind::indicator)
      return absorb_numbers(walk, leaf, *body);
    std::optional<TruthLanes> truth;
    if (body != nullptr) truth = this->truth(*body);
    for (std::size_t l = 0; l < leaf.lanes(); ++l) put(walk, leaf, l, answer(truth ? truth->at(l) : Truth::true_));
  }
  void instance_not_ok(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane, std::uint32_t, Status status) override {
    put(walk, leaf, lane, status == Status::undefined ? Answer::undefined : Answer::open);
  }
  Value<A> finish() override { return truth_value<A>(Truth::unknown); }

 private:
  typename A::Real number(const Rational& q) {
    typename A::Real x{};
    numbers_ok_ = this->arithmetic().real(x, q) == Status::ok && numbers_ok_;
    return x;
  }
  [[nodiscard]] static Answer answer(Truth truth) {
    switch (truth) {
      case Truth::true_: return Answer::yes;
      case Truth::false_: return Answer::no;
      case Truth::undefined: return Answer::undefined;
      case Truth::unknown: break;
    }
    return Answer::open;
  }

  void absorb_numbers(BinderWalk<A>& walk, LaneSpace& leaf, const Value<A>& body) {
    const Num& x0 = this->numeric(body);
    if (!x0.is_scalar() || x0.form == Form::complex)
      fail(this->node_.where, "the values of a sampled mean must be real numbers");
    const Num x = promoted(this->arithmetic(), x0, Form::real);
    for (std::size_t l = 0; l < leaf.lanes(); ++l) {
      const Status status = x.status.at(l);
      if (status != Status::ok)
        put(walk, leaf, l, status == Status::undefined ? Answer::undefined : Answer::open, &body);
      else
        put(walk, leaf, l, answer_of(x.reals->get(x.lanes == 1 ? 0 : l)), &body);
    }
  }

  Answer answer_of(const typename A::Real& x) {
    if (!numbers_ok_) return Answer::open;
    const Relations to_low = this->arithmetic().compare(x, low_);
    const Relations to_high = this->arithmetic().compare(x, high_);
    if (question_.kind == Question::Kind::indicator)
      return to_high == relation::equal ? Answer::yes : to_low == relation::equal ? Answer::no : Answer::open;
    if (to_low == relation::less || to_high == relation::greater) return Answer::no;
    if ((to_low & relation::less) != 0 || (to_high & relation::greater) != 0) return Answer::open;
    if constexpr (requires { rational_bounds(x); }) {
      answers_.sum = answers_.sum + rational_bounds(x);
      return Answer::yes;
    } else {
      return Answer::open;
    }
  }

  void put(BinderWalk<A>& walk, LaneSpace& leaf, std::size_t lane, Answer answer, const Value<A>* value = nullptr) {
    const std::size_t point = this->point_of(walk, leaf, lane);
    answers_.at[point] = answer;
    const bool tells = question_.kind == Question::Kind::range ||
                       (question_.kind == Question::Kind::formula && question_.filter_holds);
    if (answer == Answer::open && (!answers_.first_open || point < answers_.first_open->first))
      answers_.first_open = {point, in_words(this->witness_at(walk, leaf, lane).assignment)};
    if ((answer == Answer::undefined || (answer == Answer::no && tells)) &&
        (!answers_.first || point < answers_.first->first)) {
      Witness witness = this->witness_at(walk, leaf, lane);
      if (answer == Answer::no && value != nullptr) witness.sides.push_back(this->body_in_words(*value, lane));
      answers_.first = {point, std::move(witness)};
    }
  }

  const Question& question_;
  Answers& answers_;
  typename A::Real low_{};
  typename A::Real high_{};
  bool numbers_ok_ = true;
};

}  // namespace assay::evaluate
