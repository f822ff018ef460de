#pragma once
#include <stdexcept>
#include <string>
#include <vector>

#include "base/source.hpp"

namespace assay {

/// One thing wrong with the input: where, what was expected, and what would mend it.
struct Diagnostic {
  SourceRange where;    ///< may point nowhere, e.g. for a missing file
  std::string message;  ///< what is wrong and what was expected, without place
  std::string remedy;   ///< what to do about it; may be empty
};

/// `file:line:column: error: message`, the line with a caret below it, and the remedy.
/// Long lines are shown as a window of about 100 columns around the caret; control characters are escaped.
[[nodiscard]] std::string render(const Diagnostic& diagnostic);

/// Ill-formed input: the user's, reported with exit code 2. Carries one or more diagnostics, in order of position.
class InputError : public std::runtime_error {
 public:
  explicit InputError(std::vector<Diagnostic> diagnostics);
  explicit InputError(Diagnostic diagnostic);
  /// Without a place in a source text, e.g. a file that cannot be read.
  explicit InputError(const std::string& message, const std::string& remedy = "");

  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const noexcept { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
};

/// Well-formed input that asks for what this version cannot do yet. The message says so and names the feature.
class NotSupported : public InputError {
 public:
  NotSupported(const SourceRange& where, const std::string& feature);
};

/// The word of `candidates` that `word` most likely misspells, or "" if none is near (Damerau–Levenshtein distance at
/// most a third of the length).
[[nodiscard]] std::string nearest_word(const std::string& word, const std::vector<std::string>& candidates);

/// `text` with control characters, and bytes that are no UTF-8, written as escapes: safe to print on a terminal.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace assay
