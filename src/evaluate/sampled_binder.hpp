#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "evaluate/session.hpp"
#include "number/arithmetic.hpp"
#include "number/rational_interval.hpp"

/// What the sampling of a binder's instances needs to know in whatever arithmetic the instances are evaluated.
///
/// An *assignment* of a binder gives each generator a value of its set; an *instance* is an assignment that satisfies
/// the filter.
namespace assay::evaluate {

/// A forall, count or mean inside a formula, with the way that leads to it: it is evaluated once, in one lane.
struct SampledBinder {
  /// A node on the way, and the child to go on to; of a call or constant the way goes on into the definition.
  struct Step {
    const Node* node;
    std::size_t child;
  };
  const Node* node = nullptr;
  std::uint64_t path = 0;  ///< the calls on the way, as in `BinderKey`
  std::vector<Step> way;

  [[nodiscard]] BinderKey key() const noexcept { return {node, path}; }
};

/// The set of a generator as far as drawing from it needs it. Ranges of integers and families of subsets may be too
/// large to be listed.
struct Extent {
  enum class Form : std::uint8_t {
    list,    ///< a set of so many elements, which is listed
    range,   ///< so many integers
    subsets  ///< the subsets of a set of so many elements
  };
  std::uint64_t elements = 0;
  Form form = Form::list;
  std::optional<std::uint64_t> chosen;  ///< subsets: the number of elements of each; none: any number

  /// The number of values: `elements`, or a binomial coefficient, or a power of two.
  [[nodiscard]] Integer size() const;
};

/// All assignments of a binder, so counted that one of them can be drawn uniformly.
///
/// The values of the first generators, down to the last that another generator's set depends on, are listed as
/// *prefixes*. Under each prefix the other generators are independent.
struct Assignments {
  Status status = Status::ok;  ///< not ok: a set is undefined, or this arithmetic cannot tell its elements
  bool infinite = false;       ///< a generator ranges over an infinite set, for which candidates stand
  std::size_t generators = 0;
  std::size_t listed = 0;               ///< generators in a prefix
  std::vector<std::uint32_t> prefixes;  ///< prefix i at [i·listed, (i+1)·listed)
  std::vector<Extent> extents;          ///< of the other generators, under each prefix in turn
  std::vector<Integer> up_to;           ///< assignments under the prefixes 0, …, i

  [[nodiscard]] Integer total() const { return up_to.empty() ? Integer(0) : up_to.back(); }
};

/// Assignments that were drawn. The position of a generator in a listed set is that of its value. Otherwise it is an
/// index into `offsets`, each of which is the distance from the first integer of a range, or into `subsets`, each of
/// which holds the positions of its elements, ascending.
struct DrawnPoints {
  OpenPoints points;
  std::vector<Extent::Form> forms;  ///< of the generators
  std::vector<std::uint64_t> offsets;
  std::vector<std::vector<std::uint32_t>> subsets;
};

/// What is asked at drawn points.
struct Question {
  enum class Kind : std::uint8_t {
    filter,     ///< does the filter hold?
    formula,    ///< does the body hold (`true` without one)?
    indicator,  ///< is the body 1, rather than 0?
    range       ///< does the body lie between `low` and `high`? The sum of those that do is enclosed.
  };
  Kind kind = Kind::formula;
  bool filter_holds = true;  ///< it is known to hold; otherwise a point at which it is false answers no
  Rational low, high;
};

enum class Answer : std::uint8_t { no, yes, open, undefined };

/// The answers at points, in their order.
struct Answers {
  std::vector<Answer> at;
  RationalInterval sum;                                  ///< range: of the values at which the answer is yes
  std::optional<std::pair<std::size_t, Witness>> first;  ///< of the first undefined, or `no` other than of a count
  std::optional<std::pair<std::size_t, std::string>> first_open;
};

}  // namespace assay::evaluate
