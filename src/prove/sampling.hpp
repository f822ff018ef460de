#pragma once
#include "kernel/kernel.hpp"

/// The method `sampling`.
namespace assay::prove {

/// Draws the samples that the certificate describes, finds bounds that follow, and lets the kernel judge.
[[nodiscard]] kernel::Verdict sample(const kernel::Claim& claim, kernel::Certificate certificate,
                                     const kernel::Kernel& kernel, const Budget& budget);

}  // namespace assay::prove
