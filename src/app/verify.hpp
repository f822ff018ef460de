#pragma once
#include <string>
#include <vector>

#include "app/commands.hpp"

namespace assay::app {

struct VerifyOptions {
  std::vector<std::string> documents;  ///< and folders of them (note_paths.hpp)
  std::string certificates;            ///< folder, as `assay check --certificates` wrote it
  std::vector<std::string> data;       ///< as for `assay check`
  std::vector<std::string> only;
  bool json = false;
  bool quiet = false;
  unsigned jobs = 0;  ///< 0: as many as there are processors
  Limits limits;
};

/// `assay-verify`: reads documents, the files that they load and certificates, and decides each claim once more, by the
/// second checker's arithmetics (verify/engine.hpp) and what the certificate says, without search. Prints which
/// conclusions it confirms, and why not the others; returns the exit code:
/// 0 all certificates are confirmed, and there is one at least · 1 some are not · 2 ill-formed input · 3 internal
/// error, or soundness alarm: it comes to the opposite conclusion · 5 there is nothing to confirm.
[[nodiscard]] int verify(const VerifyOptions& options);

}  // namespace assay::app
