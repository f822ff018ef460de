#pragma once
#include "kernel/evidence.hpp"

namespace assay::prove {

/// The tightest bounds, to a few digits, that the kernel accepts of each sampled term for the confidence of
/// `certificate`; trivial ones where there is nothing better. `certificate.two_sided` says for which sides.
///
/// A bound of a share has d + 3 decimals, where 10^d ≥ n: its distance from the share is hardly ever below 1/n, so that
/// rounding widens the interval by a thousandth at most. A mean is off by more than range/(2√n) in any case; its bounds
/// are multiples of range/10^(d + 3), where 10^d ≥ √n.
[[nodiscard]] std::vector<kernel::SampleBounds> find_sample_bounds(const kernel::Evidence& evidence,
                                                                   const kernel::Certificate& certificate);

}  // namespace assay::prove
