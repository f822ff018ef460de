#pragma once
#include "kernel/kernel.hpp"
#include "notation/syntax.hpp"

/// The method `sampling`.
namespace assay::prove {

/// Puts the arguments of the method into the certificate: n = 1000, confidence = 99/100 and seed = 0 if nothing is
/// said.
/// @throws InputError if an argument is no number, or one out of range.
void set_sampling_arguments(kernel::Certificate& certificate, const notation::Method& method);

/// Draws the samples that the certificate describes, finds bounds that follow, and lets the kernel judge.
[[nodiscard]] kernel::Verdict sample(const kernel::Claim& claim, kernel::Certificate certificate,
                                     const kernel::Kernel& kernel, const Budget& budget);

}  // namespace assay::prove
