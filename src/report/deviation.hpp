#pragma once
#include <cstdint>
#include <string>

/// In what a claim differs from what was locked (docs/regression.md).
namespace assay::report {

struct Deviation {
  enum class Kind : std::uint8_t {
    not_locked,          ///< the lock does not know the claim
    gone,                ///< the lock knows a claim that the note does not have
    claim_changed,       ///< the claim or a definition it rests on
    file_changed,        ///< a file that it loads
    conclusion_changed,  ///< to one that does not contradict the locked one
    assurance_lowered,
    confidence_lowered,
    method_changed,  ///< of a supported claim: it says something about another sample
    margins_lost,    ///< no enclosure was found that implies the claim, as the locked one does
    contradiction,   ///< the same claim about the same files was proved then and is refuted now, or the like
    disjoint         ///< then and now an enclosure of one number, and nothing is in both
  };
  Kind kind;
  std::string message;

  /// Whether then or now something false was concluded: an alarm about soundness.
  [[nodiscard]] bool is_alarm() const noexcept { return kind == Kind::contradiction || kind == Kind::disjoint; }
};

/// "claim-changed", …
[[nodiscard]] const char* name_of(Deviation::Kind kind) noexcept;

}  // namespace assay::report
