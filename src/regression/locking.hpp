#pragma once
#include <map>
#include <string>
#include <vector>

#include "notation/syntax.hpp"
#include "regression/lock.hpp"
#include "report/result.hpp"

namespace assay::regression {

/// What a claim rests on now, in digests.
struct Foundations {
  struct Definition {
    std::string digest;
    std::string document;  ///< "" of the note itself, "prelude", or the path of the import
  };
  std::string claim;
  std::string statement;
  std::string method;           ///< `by` clause; "" for `auto`
  bool margins_decide = false;  ///< the claim is true if all of its margins are positive
  std::map<std::string, Definition> definitions;
  std::map<std::string, std::string> files;  ///< path relative to the note's folder → digest
};

/// Whether a formula consists of nothing but orders, so that it is true where each of its margins is positive.
[[nodiscard]] bool margins_decide(const notation::Expr& formula);

/// In what a claim differs from what was locked. That the claim or a file is not the locked one is said alone: what
/// else differs follows from it, perhaps.
/// @param note  of the lock, which was written by version `written_by`.
[[nodiscard]] std::vector<report::Deviation> deviations(const LockedNote& note, const std::string& written_by,
                                                        const Foundations& now, const report::ClaimResult& result);

/// What is to be locked of a claim with a verdict. Where the claim and its files are as locked and the enclosures
/// overlap, the locked enclosures stay, so that a lock changes only where something did.
/// @param before  null if it was not locked.
[[nodiscard]] LockedClaim locked(const Foundations& now, const report::ClaimResult& result, const LockedNote* before);

/// "claim text, assurance exact -> enclosed"; "" if nothing changed.
[[nodiscard]] std::string changes(const LockedClaim& before, const LockedClaim& now);

}  // namespace assay::regression
