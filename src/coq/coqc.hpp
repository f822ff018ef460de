#pragma once
#include <string>
#include <vector>

/// Runs Coq's compiler.
namespace assay::coq {

/// What coqc says of a file.
struct Judgement {
  bool accepted = false;              ///< coqc accepted the proof, and all axioms are allowed
  std::vector<std::string> axioms;    ///< that the theorem rests on, if coqc accepted it
  std::vector<std::string> rejected;  ///< those of them that are not allowed
  std::string reason;                 ///< why it is not accepted
  double seconds = 0;
};

/// Whether there is a `coqc` to run: the value of COQC, or a program of that name in PATH.
[[nodiscard]] bool has_coqc();

/// Has coqc check the file `name`.v with this content, in a folder of its own that is removed afterwards, and reads the
/// axioms that its last line asks for.
/// @param seconds  after which coqc is stopped; 0: never.
/// @throws InputError if coqc cannot be run or lacks a library, naming what to install; BudgetExceeded after Ctrl-C.
[[nodiscard]] Judgement judge(const std::string& name, const std::string& text, double seconds);

}  // namespace assay::coq
