#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evaluate/margins.hpp"
#include "report/verdict_record.hpp"

namespace assay::regression {

/// What the cache keeps of a claim: the verdict with its certificate, and the enclosures of the margins.
struct CacheEntry {
  report::VerdictRecord verdict;
  std::optional<std::vector<evaluate::Enclosure>> margins;  ///< nothing: not looked for, or not to the end
  /// It took less than `quick_seconds` to find the verdict: whoever uses it checks its certificate again.
  bool is_quick = false;

  /// Two lines of JSON: the question's digest with what was found, and the certificate.
  [[nodiscard]] std::string to_text(const std::string& question) const;
  /// What `to_text` wrote. @throws InputError for anything else, and if it is the answer to another question.
  [[nodiscard]] static CacheEntry from_text(std::string_view text, const std::string& question);
};

/// What takes less is decided again from its certificate whenever it is used: three fifths of the claims of proofs/,
/// which take about half a second together. To decide all of them again would take as long as to prove them.
inline constexpr double quick_seconds = 0.01;

/// Whether a conclusion is kept: only what is settled. What is undecided is always tried again.
[[nodiscard]] bool is_kept(kernel::Conclusion conclusion) noexcept;

}  // namespace assay::regression
