#include "app/check_output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "base/error.hpp"
#include "files/write_file.hpp"

namespace assay::app {

CheckOutput::CheckOutput(const CheckOptions& options)
    : options_(options), certificates_(options.certificates), colour_(!options.json && isatty(STDOUT_FILENO) == 1) {}

void CheckOutput::add(const report::ClaimResult& result) {
  for (const std::string& warning : result.warnings)
    if (warned_.insert(warning).second) fmt::print(stderr, "warning: {}\n", printable(warning));
  if (options_.json)
    fmt::print("{}\n", report::to_json(result));
  else if (!options_.quiet || !result.as_expected())
    fmt::print("{}", report::to_terminal(result, colour_));
  if (!options_.certificates.empty() && result.verdict) certificates_.write(result.file, result.id, *result.verdict);
  (void)std::fflush(stdout);  // a reader that went away gets nothing more
  results_.push_back(result);
}

void CheckOutput::finish() const {
  if (!options_.json) fmt::print("{}", report::summary(results_));
  if (!options_.junit.empty()) files::write_file(options_.junit, report::to_junit(results_));
}

}  // namespace assay::app
