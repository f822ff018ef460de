#pragma once
#include "app/check_jobs.hpp"
#include "report/result.hpp"

namespace assay::app {

/// What became of one claim.
struct CheckedClaim {
  report::ClaimResult result;
  bool internal_error = false;
};

/// Decides a claim as the options say. Never throws for what is wrong with the claim: the result says it.
/// @param threads  for this claim alone
[[nodiscard]] CheckedClaim check_claim(const Job& job, DataFiles& data, const CheckOptions& options, unsigned threads);

}  // namespace assay::app
