#pragma once
#include <optional>
#include <string>
#include <vector>

#include "kernel/verdict.hpp"
#include "notation/syntax.hpp"

/// What became of the claims of a document, and its renderings. JSON Lines is the source of truth.
namespace assay::report {

struct ClaimResult {
  std::string id;
  std::string title;
  std::string statement;
  std::string source;
  std::string file;
  std::size_t line = 0;
  notation::Expected expected = notation::Expected::proved;
  std::vector<std::string> warnings;       ///< about the files it rests on; they do not change the verdict
  std::optional<kernel::Verdict> verdict;  ///< none if the claim is ill-formed or its certificate rejected
  std::string rejection;                   ///< why its certificate is rejected; empty if it is not
  std::string error;                       ///< why claim or certificate are ill-formed

  [[nodiscard]] bool as_expected() const;
};

/// What the supported claims of a document say together. If claim i has confidence cᵢ, all their bounds hold with
/// confidence 1 − Σ(1 − cᵢ) at least (Boole's inequality, the union bound), whatever their samples have to do with each
/// other.
struct JointConfidence {
  std::size_t claims = 0;     ///< supported ones
  std::size_t unbounded = 0;  ///< of these, those whose sample allows no confidence statement
  Rational confidence = 1;    ///< of the others; 0 if the bound says nothing
};
/// Nothing if no claim is supported.
[[nodiscard]] std::optional<JointConfidence> joint_confidence(const std::vector<ClaimResult>& results);

[[nodiscard]] const char* name_of(notation::Expected expected) noexcept;

/// One line and, where there is something to say, a few indented ones. `colour`: with terminal colours.
[[nodiscard]] std::string to_terminal(const ClaimResult& result, bool colour);
/// "7 proved, 1 refuted as expected, …", and what failed; a second line on the supported claims if there are any.
[[nodiscard]] std::string summary(const std::vector<ClaimResult>& results);
/// One object on one line, keys in fixed order.
[[nodiscard]] std::string to_json(const ClaimResult& result);
/// A JUnit XML document: a test case for each claim, a failure where the expectation is not met.
[[nodiscard]] std::string to_junit(const std::vector<ClaimResult>& results);

}  // namespace assay::report
