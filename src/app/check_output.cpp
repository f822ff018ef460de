#include "app/check_output.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "base/error.hpp"
#include "files/write_file.hpp"
#include "report/junit.hpp"
#include "report/sarif.hpp"
#include "report/tap.hpp"

namespace assay::app {

CheckOutput::CheckOutput(const CheckOptions& options)
    : options_(options), certificates_(options.certificates), colour_(!options.json && isatty(STDOUT_FILENO) == 1) {}

void CheckOutput::add(const report::ClaimResult& result) {
  for (const std::string& warning : result.warnings)
    if (warned_.insert(warning).second) fmt::print(stderr, "warning: {}\n", printable(warning));
  if (options_.json)
    fmt::print("{}\n", report::to_json(result));
  else if (!options_.quiet || !result.passes())
    fmt::print("{}", report::to_terminal(result, colour_));
  if (!options_.certificates.empty() && result.verdict)
    certificates_.write(result.file, result.id, result.verdict->stored_certificate());
  (void)std::fflush(stdout);  // a reader that went away gets nothing more
  report_.results.push_back(result);
}

void CheckOutput::add(const report::ShownTable& table) {
  if (options_.json)
    fmt::print("{}\n", report::to_json(table));
  else if (!table.passes())
    fmt::print("{}\n", table.complaint);
  report_.tables.push_back(table);
}

void CheckOutput::finish() const {
  if (!options_.json) fmt::print("{}", report::summary(report_.results) + report::summary(report_.tables));
  for (const report::ClaimResult& result : report_.results)
    for (const report::Deviation& deviation : result.deviations)
      if (deviation.is_alarm())
        fmt::print(stderr, "SOUNDNESS ALARM: {}#{}: {}\n", printable(result.file), result.id,
                   printable(deviation.message));
  write_reports();
}

void CheckOutput::finish(const InputError& error) {
  report_.problems = error.diagnostics();
  write_reports();
}

void CheckOutput::write_reports() const {
  if (!options_.junit.empty()) files::write_file(options_.junit, report::to_junit(report_));
  if (!options_.sarif.empty()) files::write_file(options_.sarif, report::to_sarif(report_));
  if (!options_.tap.empty()) files::write_file(options_.tap, report::to_tap(report_));
}

}  // namespace assay::app
