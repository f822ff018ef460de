#pragma once
#include <optional>
#include <string>

#include "base/source.hpp"
#include "coq/translator.hpp"
#include "evaluate/session.hpp"
#include "notation/syntax.hpp"

/// Claims as theorems of Coq (docs/coq.md).
namespace assay::coq {

/// A claim as a file of Coq, or why there is none.
struct Export {
  std::string theorem;   ///< its name in the file
  std::string text;      ///< the file; empty if the claim cannot be exported
  bool negated = false;  ///< the claim is expected to be refuted, and the theorem is its negation
  Method method{};
  double operations = 0;  ///< about how many its computation takes
  std::string reason;     ///< why it cannot be exported
  SourceRange where;      ///< the expression that is the reason
  [[nodiscard]] bool is_exported() const noexcept { return !text.empty(); }
};

/// "exact", "enclosed", "symbolic".
[[nodiscard]] const char* name_of(Method method) noexcept;

/// Translates the claim. The same claim gives the same file, byte for byte.
/// @param note  name of the note, for the comment at the top of the file.
/// @throws InputError if a file that the claim loads is not there.
[[nodiscard]] Export export_claim(const notation::Claim& claim, const evaluate::Program& program,
                                  evaluate::DataSource& data, const std::string& note);

}  // namespace assay::coq
