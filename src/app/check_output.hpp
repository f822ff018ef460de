#pragma once
#include <set>
#include <string>
#include <vector>

#include "app/certificate_folder.hpp"
#include "app/commands.hpp"
#include "report/failure.hpp"

namespace assay::app {

/// Where the results of a check go: the terminal or JSON Lines as soon as each is there, files at the end.
class CheckOutput {
 public:
  /// @param options  must outlive this.
  explicit CheckOutput(const CheckOptions& options);

  /// Prints the result, and writes its certificate if that is wanted. @throws InputError if that is not possible.
  void add(const report::ClaimResult& result);
  /// Prints the summary and writes the reports. @throws InputError if that is not possible.
  void finish() const;
  /// Writes the reports of documents that could not be read.
  void finish(const InputError& error);
  [[nodiscard]] const std::vector<report::ClaimResult>& results() const noexcept { return report_.results; }

 private:
  void write_reports() const;

  const CheckOptions& options_;
  CertificateFolder certificates_;
  bool colour_;
  std::set<std::string> warned_;
  report::CheckReport report_;
};

}  // namespace assay::app
