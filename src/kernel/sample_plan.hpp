#pragma once
#include <cstdint>
#include <optional>
#include <utility>

#include "notation/syntax.hpp"
#include "number/rational.hpp"

namespace assay::kernel {

/// The sample that a note asks for with `by sampling(…)`. It is a part of what the note says: a smaller sample, or
/// another seed of many, would be another statement.
struct SamplePlan {
  std::uint64_t points = 1000;
  std::int64_t seed = 0;
  Rational confidence = Rational(99, 100);
  std::optional<std::pair<Rational, Rational>> range;  ///< in which the values of a mean are said to lie

  friend bool operator==(const SamplePlan&, const SamplePlan&) = default;
};

/// Nothing if the method is another one.
/// @throws InputError if an argument is no number, or one out of range.
[[nodiscard]] std::optional<SamplePlan> sample_plan(const std::optional<notation::Method>& method);

}  // namespace assay::kernel
