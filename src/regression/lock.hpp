#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/margins.hpp"
#include "kernel/verdict.hpp"

/// `assay.lock`: what claims are expected to lead to, written down once so that a later check can be held against it
/// (docs/regression.md).
namespace assay::regression {

struct LockedClaim {
  kernel::Conclusion conclusion = kernel::Conclusion::proved;
  kernel::Assurance assurance = kernel::Assurance::none;  ///< the least that will do
  std::optional<Rational> confidence;                     ///< supported: likewise
  std::string claim;                                      ///< digest of the claim (kernel::Claim)
  std::string statement;                                  ///< digest of its text alone, to tell what changed
  std::string method;                                     ///< supported: `by` clause; "" if it was not locked
  std::vector<evaluate::Enclosure> margins;               ///< rounded (report/margin.hpp); may be empty
};

struct LockedNote {
  std::map<std::string, std::string> files;        ///< that the claims load → digest
  std::map<std::string, std::string> definitions;  ///< that they rest on → digest of the canonical text
  std::map<std::string, LockedClaim> claims;       ///< by id
};

struct Lock {
  static constexpr int version = 1;
  std::string assay;                        ///< version of the program that wrote it
  std::map<std::string, LockedNote> notes;  ///< by path relative to the lock's folder, with slashes

  /// JSON, sorted, with a line for each claim, definition and file, so that versions compare well.
  /// @throws InputError for a name that is not UTF-8.
  [[nodiscard]] std::string to_text() const;
  /// What `to_text` wrote; anything else in it is refused. @param name  what errors call the text.
  /// @throws InputError with the place in the lock.
  [[nodiscard]] static Lock from_text(std::string_view text, const std::string& name);
};

}  // namespace assay::regression
