#include "evaluate/sampling.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/contract.hpp"
#include "evaluate/evaluator.hpp"
#include "evaluate/rungs.hpp"
#include "evaluate/sample.hpp"
#include "notation/print.hpp"

namespace assay::evaluate {

extern template class Evaluator<FastArithmetic>;
extern template class Evaluator<BallArithmetic>;
extern template class Evaluator<ExactArithmetic>;

Integer Extent::size() const {
  if (form != Form::subsets) return Integer(static_cast<unsigned long>(elements));
  Integer out;
  if (!chosen)
    mpz_ui_pow_ui(out.get_mpz_t(), 2, elements);
  else
    mpz_bin_uiui(out.get_mpz_t(), elements, *chosen);
  return out;
}

Drawing::Drawing(const Assignments& assignments, std::uint64_t seed) : assignments_(assignments), random_(seed) {
  ASSAY_ENSURE(assignments.total() > 0, "there is something to draw");
}

/// Uniform in 0, …, bound − 1: as many bits as bound − 1 has, until they are below the bound.
Integer Drawing::below(const Integer& bound) {
  constexpr std::size_t word = 64;
  const Integer most = bound - 1;
  const std::size_t bits = most == 0 ? 0 : mpz_sizeinbase(most.get_mpz_t(), 2);
  for (;;) {
    Integer draw = 0;
    for (std::size_t done = 0; done < bits; done += word) {
      const std::size_t take = std::min(word, bits - done);
      draw = (draw << take) + Integer(static_cast<unsigned long>(random_.next() >> (word - take)));
    }
    if (draw < bound) return draw;
  }
}

/// A value of a generator; an offset or subset is put down in `out`.
std::uint32_t Drawing::position(const Extent& extent, DrawnPoints& out) {
  if (extent.form == Extent::Form::range) {
    out.offsets.push_back(random_.below(extent.elements));
    return static_cast<std::uint32_t>(out.offsets.size() - 1);
  }
  if (extent.form == Extent::Form::list) {
    if (extent.elements > UINT32_MAX) throw BudgetExceeded("a set of more than 4 thousand million elements");
    return static_cast<std::uint32_t>(random_.below(extent.elements));
  }
  std::vector<std::uint32_t> subset;
  if (extent.chosen) {
    for (const std::size_t p : sample_positions(extent.elements, *extent.chosen, random_))
      subset.push_back(static_cast<std::uint32_t>(p));
  } else {
    // Each element is in half of the subsets, independently of the others.
    for (std::uint64_t i = 0; i < extent.elements; ++i)
      if (random_.below(2) == 1) subset.push_back(static_cast<std::uint32_t>(i));
  }
  out.subsets.push_back(std::move(subset));
  return static_cast<std::uint32_t>(out.subsets.size() - 1);
}

void Drawing::draw(DrawnPoints& out, std::uint64_t count) {
  const Assignments& a = assignments_;
  const std::size_t rest = a.generators - a.listed;
  out.points.generators = a.generators;
  out.forms.assign(a.generators, Extent::Form::list);
  for (std::size_t g = 0; g < rest; ++g) out.forms[a.listed + g] = a.extents[g].form;
  for (std::uint64_t i = 0; i < count; ++i) {
    std::size_t prefix = 0;
    if (a.up_to.size() > 1) {
      const auto found = std::upper_bound(a.up_to.begin(), a.up_to.end(), below(a.total()));
      prefix = static_cast<std::size_t>(found - a.up_to.begin());
    }
    for (std::size_t g = 0; g < a.listed; ++g) out.points.flat.push_back(a.prefixes[prefix * a.listed + g]);
    for (std::size_t g = 0; g < rest; ++g) out.points.flat.push_back(position(a.extents[prefix * rest + g], out));
  }
}

namespace {

/// Assignments that are looked at together.
constexpr std::uint64_t largest_batch = std::uint64_t{1} << 20U;
/// Assignments drawn at most: so many, and so many for each instance that is wanted.
constexpr std::uint64_t fewest_draws = 1000000;
constexpr std::uint64_t draws_for_each = 1000;

/// The points of `all` with the given numbers.
DrawnPoints selected(const DrawnPoints& all, const std::vector<std::size_t>& numbers) {
  DrawnPoints out;
  out.points.generators = all.points.generators;
  out.forms = all.forms;
  for (const std::size_t number : numbers)
    for (std::size_t g = 0; g < all.points.generators; ++g) {
      std::uint32_t position = all.points.flat[number * all.points.generators + g];
      if (all.forms[g] == Extent::Form::range) {
        out.offsets.push_back(all.offsets[position]);
        position = static_cast<std::uint32_t>(out.offsets.size() - 1);
      } else if (all.forms[g] == Extent::Form::subsets) {
        out.subsets.push_back(all.subsets[position]);
        position = static_cast<std::uint32_t>(out.subsets.size() - 1);
      }
      out.points.flat.push_back(position);
    }
  return out;
}

class Sampler {
 public:
  Sampler(const Program& program, DataSource& data, const Unit& formula, const SampledBinder& binder,
          const SampleRequest& request, const Budget& budget)
      : session_(program, data, budget),
        formula_(formula),
        binder_(binder),
        request_(request),
        fast_(FastArithmetic{}, session_),
        exact_(ExactArithmetic{}, session_) {
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
    out_.sum_lower = lower(sum_);
    out_.sum_upper = upper(sum_);
    out_.undefined_operation = session_.undefined_operation;
    out_.effort.points = out_.points;
    return std::move(out_);
  }

 private:
  /// Calls `use(evaluator)` in one arithmetic after the other until it returns true.
  template <class Use>
  void climb(Use use) {
    evaluate::climb(session_.budget, [&](const auto& arithmetic) { return use(evaluator_for(arithmetic)); });
  }
  Evaluator<FastArithmetic>& evaluator_for(const FastArithmetic&) { return fast_; }
  Evaluator<ExactArithmetic>& evaluator_for(const ExactArithmetic&) { return exact_; }
  Evaluator<BallArithmetic>& evaluator_for(const BallArithmetic& arithmetic) {
    out_.effort.precision = std::max(out_.effort.precision, arithmetic.precision());
    auto& evaluator = balls_[arithmetic.precision()];
    if (!evaluator) evaluator = std::make_unique<Evaluator<BallArithmetic>>(arithmetic, session_);
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
      constexpr long precision = 192;
      if (question.kind == Question::Kind::range) sum_ = add(sum_, answers.sum, precision);
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
  Evaluator<FastArithmetic> fast_;
  Evaluator<ExactArithmetic> exact_;
  std::map<long, std::unique_ptr<Evaluator<BallArithmetic>>> balls_;
  bool rejects_ = false;
  bool witness_is_no_ = false;
  Assignments assignments_;
  Ball sum_;
  std::string open_here_;
  SampleResult out_;
};

}  // namespace

SampleResult sample(const Program& program, DataSource& data, const Unit& formula, const SampledBinder& binder,
                    const SampleRequest& request, const Budget& budget) {
  return Sampler(program, data, formula, binder, request, budget).run();
}

}  // namespace assay::evaluate
