#pragma once
#include <cstddef>
#include <variant>

#include "linear/elimination.hpp"
#include "number/rational_interval.hpp"
#include "verify/exact_number.hpp"

/// What elimination asks of the second checker's exact numbers; is_zero and divide they have.
namespace assay::verify {

[[nodiscard]] inline ExactNumber zero_like(const ExactNumber&) { return ExactNumber(); }
[[nodiscard]] inline ExactNumber one_like(const ExactNumber&) { return ExactNumber(Rational(1)); }
[[nodiscard]] inline std::size_t pivot_cost(const ExactNumber& x) {
  const auto* rational = std::get_if<Rational>(&x.value());
  return rational != nullptr ? assay::pivot_cost(*rational) : x.value().index() << 32U;
}
/// An enclosure of a real x, narrow to 192 bits.
[[nodiscard]] inline RationalInterval rational_bounds(const ExactNumber& x) {
  constexpr long precision = 192;
  const Interval interval = re(enclosure(x, precision));
  return {lower(interval), upper(interval)};
}

static_assert(PartialField<ExactNumber>);

}  // namespace assay::verify
