#pragma once
#include <cstdint>
#include <string>

#include "kernel/conclusion.hpp"

namespace assay::kernel {

/// Why a certificate does not count. It says nothing about the claim.
struct Rejection {
  enum class Kind : std::uint8_t {
    altered,           ///< the content, or the sidecar, is not what its digest says
    other_checker,     ///< made for a checker whose checks mean something else
    other_claim,       ///< made for another claim
    other_files,       ///< made for other files than the claim loads
    no_conclusion,     ///< it does not say what it leads to
    not_shown,         ///< the check leads to no conclusion
    other_conclusion,  ///< the check leads to another conclusion than the one it states
  };
  Kind kind;
  std::string reason;
  /// What the check led to, if it came to that: `other_conclusion` is either a wrong certificate or, if the certificate
  /// is as a prover wrote it, a contradiction between prover and checker.
  Conclusion found = Conclusion::undecided;
};

}  // namespace assay::kernel
