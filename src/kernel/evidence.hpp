#pragma once
#include <string>
#include <vector>

#include "evaluate/sampling.hpp"
#include "kernel/certificate.hpp"
#include "kernel/sampled_terms.hpp"

namespace assay::kernel {

/// The samples that were taken of a claim's terms. Only the kernel takes them; a prover looks for bounds that follow.
class Evidence {
 public:
  [[nodiscard]] const SampledTerms& terms() const noexcept { return terms_; }
  /// Of each term, in order; empty if the terms could not be sampled.
  [[nodiscard]] const std::vector<evaluate::SampleResult>& results() const noexcept { return results_; }

 private:
  friend class Kernel;
  Evidence() = default;

  Certificate taken_for_;  ///< its bounds do not matter
  SampledTerms terms_;
  std::vector<evaluate::SampleResult> results_;
};

}  // namespace assay::kernel
