#pragma once
#include <optional>

#include "app/check_cache.hpp"
#include "app/check_jobs.hpp"
#include "regression/locking.hpp"
#include "report/result.hpp"

namespace assay::app {

/// What became of one claim.
struct CheckedClaim {
  report::ClaimResult result;
  std::optional<regression::Foundations> foundations;  ///< if there is a lock, and the claim is not ill-formed
  bool internal_error = false;
};

/// What all claims of a check have in common. What it refers to must outlive it.
struct CheckContext {
  const CheckOptions& options;
  DataFiles& data;
  CheckCache* cache;  ///< null: everything is proved
};

/// Decides a claim as the options say. Never throws for what is wrong with the claim: the result says it.
/// @param threads  for this claim alone
[[nodiscard]] CheckedClaim check_claim(const Job& job, const CheckContext& context, unsigned threads);

}  // namespace assay::app
