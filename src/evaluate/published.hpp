#pragma once
#include "evaluate/ziv.hpp"

/// Numbers that somebody else printed, compared with the true ones. All comparisons are exact.
namespace assay::evaluate {

/// A decimal with k digits after the point (or so many fewer as its exponent says): `value`, and `unit` = 10^-k.
struct PublishedNumber {
  Rational value;
  Rational unit;
  bool is_negative = false;  ///< it is written with a minus sign, perhaps before 0
};
/// Reads digits [. digits] [e exponent] (no digits before the point mean 0) with a sign before it, which may be U+2212;
/// "..." or "…" behind the digits is passed over. Nothing if `text` is no such number or is too long.
[[nodiscard]] std::optional<PublishedNumber> published_number(std::string_view text);

/// How a printed number may have come from the true one. Both may hold, or neither.
struct Agreement {
  /// The true number rounds to it: |x − value| ≤ unit/2. In a tie both neighbours do.
  Truth rounded = Truth::unknown;
  /// It is the true number without the digits that follow: x cut off towards 0.
  Truth truncated = Truth::unknown;
};
[[nodiscard]] Agreement agreement(const KnownReal& x, const PublishedNumber& published);
[[nodiscard]] Agreement combine(const Agreement& a, const Agreement& b);

/// A published cell against the value that a ShownValue shows: texts between the numbers must be the same, spaces
/// apart, and each number must agree. A real number may be printed with an imaginary part that agrees with 0; a complex
/// one that may be real, for all that is known, may agree with a real one.
[[nodiscard]] Agreement agreement(const ShownValue& value, std::string_view published);

/// Wants to know of each cell whether the published one agrees.
class AgreementGoal final : public CellGoal {
 public:
  explicit AgreementGoal(std::vector<std::string> published)
      : published_(std::move(published)), agreements_(published_.size()), is_real_(published_.size()) {}
  [[nodiscard]] Answer look(const CellFinding& finding) override;
  [[nodiscard]] const std::vector<Agreement>& agreements() const noexcept { return agreements_; }

 private:
  std::vector<std::string> published_;
  std::vector<Agreement> agreements_;
  std::vector<bool> is_real_;  ///< of each cell: an arithmetic knew that none of its numbers has an imaginary part
};
/// Whether further digits cannot change what is said of a cell.
[[nodiscard]] bool is_settled(const Agreement& agreement);

}  // namespace assay::evaluate
