#pragma once
#include "train/settings.hpp"

namespace assay::train {

/// The factor of the learning rate in update t of N = `steps`, t = 1, …, N. With W = schedule.warmup:
///     constant: 1
///     warmup:   min(1, t/W)
///     cosine:   t/W for t <= W, then final + (1 − final)·(1 + cos(π(t − W)/(N − W)))/2,
/// which is 1 at t = W and `final` at t = N (Loshchilov & Hutter, "SGDR", 2017, eq. 5, with one period). t/0 counts
/// as 1.
[[nodiscard]] double rate_factor(const Schedule& schedule, std::uint64_t update, std::uint64_t steps);

}  // namespace assay::train
