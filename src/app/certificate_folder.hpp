#pragma once
#include <optional>
#include <string>

#include "report/verdict_record.hpp"

namespace assay::app {

/// Certificates on disk: DIRECTORY/NOTE/ID.json, where NOTE is the document's name without its folder and ending. One
/// line of JSON each (docs/certificates.md).
class CertificateFolder {
 public:
  explicit CertificateFolder(std::string directory) : directory_(std::move(directory)) {}

  /// Writes the certificate of a conclusion, the whole of it or nothing. What is `undecided` has none: a file that an
  /// earlier check left is kept.
  /// @throws InputError if that is not possible.
  void write(const std::string& document, const std::string& id, const report::VerdictRecord& verdict) const;
  /// Nothing if there is no file. @throws InputError if it is ill-formed.
  [[nodiscard]] std::optional<kernel::Certificate> read(const std::string& document, const std::string& id) const;

 private:
  [[nodiscard]] std::string path_of(const std::string& document, const std::string& id) const;

  std::string directory_;
};

}  // namespace assay::app
