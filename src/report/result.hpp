#pragma once
#include <optional>
#include <string>
#include <vector>

#include "evaluate/margins.hpp"
#include "notation/syntax.hpp"
#include "report/deviation.hpp"
#include "report/verdict_record.hpp"

/// What became of the claims of a document, and its renderings. JSON Lines is the source of truth.
namespace assay::report {

struct ClaimResult {
  std::string id;
  std::string title;
  std::string statement;
  std::string source;
  std::string file;
  std::size_t line = 0;
  std::size_t column = 0;
  notation::Expected expected = notation::Expected::proved;
  std::vector<std::string> warnings;         ///< about the files it rests on; they do not change the verdict
  std::optional<VerdictRecord> verdict;      ///< none if the claim is ill-formed, gone, or its certificate rejected
  std::string rejection;                     ///< why its certificate is rejected; empty if it is not
  std::string error;                         ///< why claim or certificate are ill-formed; empty if they are not
  bool is_cached = false;                    ///< the verdict was reached by an earlier run
  bool is_rechecked = false;                 ///< it is cached, and follows once more from its certificate
  std::vector<evaluate::Enclosure> margins;  ///< rounded (report/margin.hpp); empty if they were not asked for
  std::vector<Deviation> deviations;         ///< from the lock, if there is one to be held against

  [[nodiscard]] bool as_expected() const;
  /// As expected, and as locked.
  [[nodiscard]] bool passes() const { return as_expected() && deviations.empty(); }
  /// The conclusion; "ill-formed"; "rejected"; or "gone" of a claim that only the lock knows.
  [[nodiscard]] const char* state() const;
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
/// "2 supported claims: all bounds hold with confidence 0.98 (union bound)".
[[nodiscard]] std::string in_words(const JointConfidence& joint);

[[nodiscard]] const char* name_of(notation::Expected expected) noexcept;

/// One line and, where there is something to say, a few indented ones. `colour`: with terminal colours.
[[nodiscard]] std::string to_terminal(const ClaimResult& result, bool colour);
/// "7 proved, 1 refuted as expected, …", and what failed; a second line on the supported claims if there are any.
[[nodiscard]] std::string summary(const std::vector<ClaimResult>& results);
/// One object on one line, keys in fixed order.
[[nodiscard]] std::string to_json(const ClaimResult& result);

}  // namespace assay::report
