#pragma once
#include "number/integer.hpp"

namespace assay {

/// The real numbers from `low` to `high`: an enclosure that does not depend on the arithmetic it was found in.
struct RationalInterval {
  Rational low;
  Rational high;
};

/// Contains the sums of all x of `a` and y of `b`. Its ends are those sums' ends, moved outwards to multiples of 2⁻²⁵⁶
/// where their denominators would have more than 512 bits.
[[nodiscard]] RationalInterval operator+(const RationalInterval& a, const RationalInterval& b);

}  // namespace assay
