#pragma once
#include "base/random.hpp"
#include "evaluate/sampled_binder.hpp"

/// The sampling of a binder's instances: which are drawn, and what holds at them.
///
/// **The law.** Instances are drawn independently of each other, each uniformly from all instances of the binder (with
/// replacement), as far as SplitMix64 with the seed yields independent uniform numbers. Where the set of a generator
/// depends on earlier generators, the assignments under each of their values are counted, and a prefix is drawn with
/// probability in proportion to its count. An assignment that does not satisfy the filter is thrown away and another
/// one drawn, so that those which are kept are uniform among the instances. The n-th instance is the last one that is
/// drawn, a number that depends on filters only; so the answers at the instances are independent, too.
namespace assay::evaluate {

struct SampleRequest {
  std::uint64_t points = 0;
  std::uint64_t seed = 0;  ///< of this binder's own stream of numbers
  Question question;
  bool stops_at_no = false;          ///< one `no` is enough
  std::vector<Rational> candidates;  ///< tried for variables over infinite sets
};

/// What was found. Counts are of certain answers.
struct SampleResult {
  Integer assignments = -1;  ///< of the generators, whether or not they satisfy the filter; −1: not known
  bool infinite = false;     ///< some generator ranges over an infinite set, whose candidates were counted instead
  std::uint64_t drawn = 0;   ///< assignments drawn
  std::uint64_t points = 0;  ///< instances among them: n, or fewer if `obstacle` says why
  std::uint64_t yes = 0;
  std::uint64_t no = 0;
  std::uint64_t undefined = 0;
  std::uint64_t open = 0;
  Rational sum_lower, sum_upper;   ///< range: enclose the sum of the values that answered yes
  std::optional<Witness> witness;  ///< of the first `no` (to `formula` and `range`), or else of the first undefined
  bool witness_exact = false;      ///< the witness was judged without enclosures
  std::string undefined_operation;
  std::string first_open;  ///< an instance that stayed open, in words
  std::string obstacle;    ///< why the sample is not complete; empty if it is
  Effort effort;
};

/// Draws instances of `binder` in the closed `formula` and asks at each, in the ladder of the prover's arithmetics. A
/// binder with a filter that is counted (`question.filter_holds` false) needs no instances: assignments are drawn, and
/// one that does not satisfy the filter answers no.
/// @throws InputError for ill-formed input that only shows at evaluation, NotSupported.
[[nodiscard]] SampleResult sample(const Program& program, DataSource& data, const Unit& formula,
                                  const SampledBinder& binder, const SampleRequest& request, const Budget& budget);

/// The points of `all` with the given numbers.
[[nodiscard]] DrawnPoints selected(const DrawnPoints& all, const std::vector<std::size_t>& numbers);

/// Draws assignments, one after the other.
class Drawing {
 public:
  /// @param assignments  at least one; must outlive this.
  Drawing(const Assignments& assignments, std::uint64_t seed);
  /// Adds `count` assignments.
  void draw(DrawnPoints& out, std::uint64_t count);

 private:
  Integer below(const Integer& bound);
  std::uint32_t position(const Extent& extent, DrawnPoints& out);

  const Assignments& assignments_;
  SplitMix64 random_;
};

}  // namespace assay::evaluate
