#pragma once
#include <string>

#include "report/failure.hpp"

namespace assay::report {

/// A SARIF 2.1.0 log (OASIS Standard, 2020) of what is wrong: a result for each failure, at the claim's place, and a
/// warning for each stale file. What passes is no result, as code scanning services show every result.
///
/// Paths are relative to the working directory; a file elsewhere has a `file:` URI. Fingerprints follow the claim:
/// `claimDigest/v1` stays the same while its statement and definitions do, `claimId/v1` while the note's path and the
/// id do.
[[nodiscard]] std::string to_sarif(const CheckReport& report);

}  // namespace assay::report
