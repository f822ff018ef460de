#pragma once
#include <string>
#include <vector>

/// What a theorem may rest on.
namespace assay::coq {

/// An axiom that a theorem may use, and why that is all right (docs/coq.md has the same list).
struct AllowedAxiom {
  const char* name;
  const char* meaning;
};
/// The allow-list: the real numbers of Coq's library, functional extensionality, and the machine integers of the
/// virtual machine with their specifications. Ascending by name within each group.
[[nodiscard]] const std::vector<AllowedAxiom>& allowed_axioms();
[[nodiscard]] bool is_allowed(const std::string& axiom);

/// The names that `Print Assumptions` printed, in order: none for "Closed under the global context".
/// @returns nothing if `output` does not contain such an answer.
struct Assumptions {
  bool found = false;
  std::vector<std::string> axioms;
};
[[nodiscard]] Assumptions read_assumptions(const std::string& output);

}  // namespace assay::coq
