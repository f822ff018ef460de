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
  void add(const report::ShownTable& table);
  /// Prints the summary and writes the reports. @throws InputError if that is not possible.
  void finish() const;
  /// Writes the reports of a check that stopped, because a document could not be read perhaps.
  void finish(const InputError& error);
  /// Writes the reports alone: of nothing, if nothing was added.
  void write_reports() const;
  [[nodiscard]] const std::vector<report::ClaimResult>& results() const noexcept { return report_.results; }
  [[nodiscard]] const std::vector<report::ShownTable>& tables() const noexcept { return report_.tables; }

 private:
  const CheckOptions& options_;
  CertificateFolder certificates_;
  bool colour_;
  std::set<std::string> warned_;
  report::CheckReport report_;
};

}  // namespace assay::app
