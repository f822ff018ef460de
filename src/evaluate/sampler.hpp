#pragma once
#include <algorithm>
#include <map>
#include <memory>
#include <numeric>

#include "evaluate/evaluator.hpp"
#include "evaluate/rungs.hpp"
#include "evaluate/sampling.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

/// One sampling by the arithmetics of a ladder.
template <class Ladder>
class Sampler {
 public:
  Sampler(const Program& program, DataSource& data, const Unit& formula, const SampledBinder& binder,
          const SampleRequest& request, const Budget& budget)
      : session_(program, data, budget),
        formula_(formula),
        binder_(binder),
        request_(request),
        fast_(Fast{}, session_),
        exact_(Exact{}, session_) {
    session_.candidates = request.candidates;
    session_.describe = [](const Node& node) { return notation::print(*node.syntax); };
    rejects_ = request.question.filter_holds && binder.node->has_filter;
  }

  SampleResult run() {
    try {
      if (survey()) draw_all();
    } catch (const BudgetExceeded& exceeded) {
      out_.obstacle = exceeded.what();
    }
    out_.sum_lower = sum_.low;
    out_.sum_upper = sum_.high;
    out_.undefined_operation = session_.undefined_operation;
    out_.effort.points = out_.points;
    return std::move(out_);
  }

 private:
  using Fast = typename Ladder::Fast;
  using Enclosing = typename Ladder::Enclosing;
  using Exact = typename Ladder::Exact;

  // Assignments drawn at most: so many, and so many for each instance that is wanted.
  static constexpr std::uint64_t fewest_draws = 1000000;
  static constexpr std::uint64_t draws_for_each = 1000;
  /// Assignments that are looked at together.
  static constexpr std::uint64_t largest_batch = std::uint64_t{1} << 20U;

  /// Calls `use(evaluator)` in one arithmetic after the other until it returns true.
  template <class Use>
  void climb(Use use) {
    evaluate::climb<Ladder>(session_.budget, [&](const auto& arithmetic) { return use(evaluator_for(arithmetic)); });
  }
  Evaluator<Fast>& evaluator_for(const Fast&) { return fast_; }
  Evaluator<Exact>& evaluator_for(const Exact&) { return exact_; }
  Evaluator<Enclosing>& evaluator_for(const Enclosing& arithmetic) {
    out_.effort.precision = std::max(out_.effort.precision, arithmetic.precision());
    auto& evaluator = enclosing_[arithmetic.precision()];
    if (!evaluator) evaluator = std::make_unique<Evaluator<Enclosing>>(arithmetic, session_);
    return *evaluator;
  }

  /// Counts the assignments.
  bool survey() {
    climb([&](auto& evaluator) {
      assignments_ = evaluator.assignments(formula_, binder_);
      return assignments_.status != Status::open;
    });
    if (assignments_.status != Status::ok) {
      out_.obstacle = assignments_.status == Status::undefined ? "the set of a generator is undefined"
                                                               : "the elements of a generator's set are not decided";
      return false;
    }
    out_.assignments = assignments_.total();
    out_.infinite = assignments_.infinite;
    if (out_.assignments == 0) out_.obstacle = "there is nothing to draw from: a set is empty";
    return out_.obstacle.empty();
  }

  void draw_all() {
    Drawing drawing(assignments_, request_.seed);
    const std::uint64_t most_draws = fewest_draws + draws_for_each * request_.points;
    while (out_.points < request_.points && out_.obstacle.empty() && !refuted()) {
      session_.budget.check();
      DrawnPoints points;
      const std::uint64_t batch = std::min(next_batch(), most_draws - out_.drawn);
      if (batch == 0) {
        out_.obstacle = "of " + std::to_string(out_.drawn) + " drawn assignments " +
                        (out_.points == 0 ? "none satisfies the filter"
                                          : "only " + std::to_string(out_.points) + " satisfy the filter");
        return;
      }
      drawing.draw(points, batch);
      out_.drawn += batch;
      if (rejects_) points = accepted(points);
      take(points);
    }
  }
  /// As many as are missing, in view of how many were dropped so far.
  [[nodiscard]] std::uint64_t next_batch() const {
    const std::uint64_t missing = request_.points - out_.points;
    if (!rejects_) return std::min(missing, largest_batch);
    const std::uint64_t for_each = out_.points == 0 ? out_.drawn + 1 : out_.drawn / out_.points + 1;
    return std::min(largest_batch, missing > largest_batch / for_each ? largest_batch : missing * for_each);
  }
  [[nodiscard]] bool refuted() const { return request_.stops_at_no && out_.no > 0; }

  /// The drawn assignments that satisfy the filter, in the order in which they were drawn, up to those that are
  /// missing.
  DrawnPoints accepted(const DrawnPoints& points) {
    Question filter = request_.question;
    filter.kind = Question::Kind::filter;
    const std::vector<Answer> answers = settle(points, filter, nullptr);
    std::vector<std::size_t> numbers;
    for (std::size_t i = 0; i < answers.size() && out_.points + numbers.size() < request_.points; ++i) {
      if (answers[i] == Answer::yes) numbers.push_back(i);
      if (answers[i] == Answer::undefined) ++out_.undefined;
      if (answers[i] == Answer::open || answers[i] == Answer::undefined) {
        out_.obstacle = std::string("the filter is ") + (answers[i] == Answer::open ? "not decided" : "undefined") +
                        " at a drawn assignment";
        if (!open_here_.empty()) out_.first_open = open_here_;
        break;
      }
    }
    return selected(points, numbers);
  }

  /// Asks at instances.
  void take(const DrawnPoints& points) {
    if (points.points.size() == 0) return;
    const std::vector<Answer> answers = settle(points, request_.question, &out_.effort);
    out_.points += answers.size();
    for (const Answer answer : answers) {
      out_.yes += answer == Answer::yes ? 1 : 0;
      out_.no += answer == Answer::no ? 1 : 0;
      out_.undefined += answer == Answer::undefined ? 1 : 0;
      out_.open += answer == Answer::open ? 1 : 0;
    }
    if (out_.first_open.empty()) out_.first_open = open_here_;
  }

  /// The answers at all points: what one arithmetic leaves open the next ones look at.
  std::vector<Answer> settle(const DrawnPoints& points, const Question& question, Effort* effort) {
    std::vector<Answer> out(points.points.size(), Answer::open);
    std::vector<std::size_t> open(out.size());
    std::iota(open.begin(), open.end(), std::size_t{0});
    climb([&](auto& evaluator) {
      const DrawnPoints part = open.size() == out.size() ? points : selected(points, open);
      Answers answers;
      try {
        answers = evaluator.ask(formula_, binder_, part, question);
      } catch (const UnlistedSet&) {
        return false;
      }
      if (question.kind == Question::Kind::range) sum_ = sum_ + answers.sum;
      keep_witness(answers, part, question);
      open_here_ = answers.first_open ? answers.first_open->second : "";
      std::vector<std::size_t> still;
      for (std::size_t i = 0; i < open.size(); ++i) {
        out[open[i]] = answers.at[i];
        if (answers.at[i] == Answer::open) still.push_back(open[i]);
      }
      if (effort != nullptr) effort->decided[evaluator.arithmetic().name] += open.size() - still.size();
      open = std::move(still);
      return open.empty();
    });
    return out;
  }

  /// The first point that answers no, or else the first that is undefined. A variable of an infinite set was tried at a
  /// rational, which an enclosing arithmetic can only show as an enclosure: there it is looked at once more, exactly.
  void keep_witness(const Answers& answers, const DrawnPoints& points, const Question& question) {
    if (!answers.first) return;
    const auto& [number, witness] = *answers.first;
    const bool is_no = answers.at[number] == Answer::no;
    if (out_.witness && (witness_is_no_ || !is_no)) return;
    out_.witness = witness;
    witness_is_no_ = is_no;
    out_.witness_exact = !session_.used_enclosures;
    if (!out_.infinite) return;
    session_.used_enclosures = false;
    try {
      const Answers again = exact_.ask(formula_, binder_, selected(points, {number}), question);
      if (again.at[0] == answers.at[number] && again.first) {
        out_.witness = again.first->second;
        out_.witness_exact = !session_.used_enclosures;
      }
    } catch (const BudgetExceeded&) {
      // What was found stays.
    }
    session_.used_enclosures = true;
  }

  Session session_;
  const Unit& formula_;
  const SampledBinder& binder_;
  const SampleRequest& request_;
  Evaluator<Fast> fast_;
  Evaluator<Exact> exact_;
  std::map<long, std::unique_ptr<Evaluator<Enclosing>>> enclosing_;
  bool rejects_ = false;
  bool witness_is_no_ = false;
  Assignments assignments_;
  RationalInterval sum_;
  std::string open_here_;
  SampleResult out_;
};

}  // namespace assay::evaluate
