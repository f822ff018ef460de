#pragma once
#include <string>
#include <vector>

#include "base/error.hpp"
#include "report/result.hpp"
#include "report/shown_table.hpp"

/// What is wrong, as the reports for other programs (JUnit, SARIF, TAP) say it.
namespace assay::report {

/// All that such a report is made of.
struct CheckReport {
  std::vector<ClaimResult> results;
  std::vector<ShownTable> tables;
  std::vector<Diagnostic> problems;  ///< why the check stopped: what of the rest is there may not be all
};

struct Failure {
  std::string kind;     ///< "refuted", "ill-formed", "lock-claim-changed", "soundness-alarm", …
  std::string message;  ///< one line
};

/// Why a claim does not pass; nothing if it does.
[[nodiscard]] std::vector<Failure> failures_of(const ClaimResult& result);
/// Likewise of a table that a note shows.
[[nodiscard]] std::vector<Failure> failures_of(const ShownTable& table);

/// A kind of failure, and what it means.
struct FailureKind {
  const char* kind;
  const char* name;         ///< in PascalCase
  const char* description;  ///< a sentence
};
/// All kinds that there are.
[[nodiscard]] const std::vector<FailureKind>& failure_kinds();

/// The document that a problem is in; "" if it has no place.
[[nodiscard]] std::string file_of(const Diagnostic& problem);

}  // namespace assay::report
