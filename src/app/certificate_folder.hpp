#pragma once
#include <optional>
#include <string>

#include "kernel/certificate.hpp"

namespace assay::app {

/// Certificates on disk: DIRECTORY/NOTE/ID.json, where NOTE is the document's name without its folder and ending. One
/// line of JSON each, some with a sidecar ID.DIGEST.safetensors, where DIGEST are the first 16 digits of the sidecar's
/// (docs/certificates.md). So a file and its sidecar never come from two different checks.
class CertificateFolder {
 public:
  explicit CertificateFolder(std::string directory) : directory_(std::move(directory)) {}

  /// Writes the certificate of a conclusion: the sidecar, then the JSON, each the whole of it or nothing. Then the
  /// sidecars that earlier checks left of this claim are removed. What is `undecided` has no certificate: files that an
  /// earlier check left are kept. Lemmas that could not be read again, because a number has too many digits, are left
  /// out, so that whoever checks the certificate has to search.
  /// @throws InputError if that is not possible.
  void write(const std::string& document, const std::string& id, const kernel::Certificate& certificate) const;
  /// Nothing if there is no file. @throws InputError if it is ill-formed.
  [[nodiscard]] std::optional<kernel::ReadCertificate> read(const std::string& document, const std::string& id) const;

 private:
  [[nodiscard]] std::string path_of(const std::string& document, const std::string& id) const;

  std::string directory_;
};

}  // namespace assay::app
