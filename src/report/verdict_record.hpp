#pragma once
#include <optional>
#include <string>
#include <vector>

#include "kernel/verdict.hpp"

namespace assay::report {

/// A verdict as data for reports: that of the kernel, or what was written down of one that the kernel came to in an
/// earlier run. Nothing is concluded from it, which is why it may be made of anything, unlike a `kernel::Verdict`.
class VerdictRecord {
 public:
  struct Parts {
    kernel::Conclusion conclusion = kernel::Conclusion::undecided;
    kernel::Assurance assurance = kernel::Assurance::none;
    std::vector<std::string> conditions;
    std::string claim_digest;
    kernel::Certificate certificate;
    std::optional<evaluate::Witness> witness;
    std::string remark;
    evaluate::Effort effort;
    std::optional<Rational> confidence;
    bool needed_no_search = false;  ///< the certificate has no lemmas because there was nothing to look for
  };

  VerdictRecord(
      const kernel::Verdict& verdict);  // NOLINT(google-explicit-constructor): a verdict is a record of itself
  explicit VerdictRecord(Parts parts) : parts_(std::move(parts)) {}

  // As those of kernel::Verdict.
  [[nodiscard]] kernel::Conclusion conclusion() const noexcept { return parts_.conclusion; }
  [[nodiscard]] kernel::Assurance assurance() const noexcept { return parts_.assurance; }
  [[nodiscard]] const std::vector<std::string>& conditions() const noexcept { return parts_.conditions; }
  [[nodiscard]] const std::string& claim_digest() const noexcept { return parts_.claim_digest; }
  [[nodiscard]] const kernel::Certificate& certificate() const noexcept { return parts_.certificate; }
  [[nodiscard]] const std::optional<evaluate::Witness>& witness() const noexcept { return parts_.witness; }
  [[nodiscard]] const std::string& remark() const noexcept { return parts_.remark; }
  [[nodiscard]] const evaluate::Effort& effort() const noexcept { return parts_.effort; }
  [[nodiscard]] const std::optional<Rational>& confidence() const noexcept { return parts_.confidence; }

  /// The certificate as it is kept on disk: one that needed no search says that none is allowed.
  [[nodiscard]] kernel::Certificate stored_certificate() const;
  [[nodiscard]] const Parts& parts() const noexcept { return parts_; }

 private:
  Parts parts_;
};

}  // namespace assay::report
