#pragma once
#include "number/interval.hpp"
#include "number/midrad_real.hpp"

namespace assay {

/// x as midpoint and radius in doubles; without information where it is too large for them.
[[nodiscard]] inline MidRad to_midrad(const Interval& x) { return midrad_between(lower_double(x), upper_double(x)); }

}  // namespace assay
