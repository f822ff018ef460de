#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/source.hpp"
#include "evaluate/session.hpp"
#include "kernel/certificate.hpp"
#include "kernel/conclusion.hpp"

namespace assay::kernel {

class Claim;

/// How a conclusion was reached, from weak to strong. `verified`: by an engine that has no arithmetic in common with
/// the prover, from the prover's certificate. What Coq has checked is `kernel-checked`, which Coq says, not this
/// kernel.
enum class Assurance : std::uint8_t { none, sampled, enclosed, exact, verified };

[[nodiscard]] const char* name_of(Assurance assurance) noexcept;

/// What is known about a claim. Only the kernel makes one.
class Verdict {
 public:
  // A copy is as good as the original; there is no other way to get one. User-provided, so that the class is not
  // trivially copyable.
  Verdict(const Verdict& other);
  Verdict& operator=(const Verdict& other) = default;
  ~Verdict() = default;

  [[nodiscard]] Conclusion conclusion() const noexcept { return conclusion_; }
  [[nodiscard]] Assurance assurance() const noexcept { return assurance_; }
  /// What the conclusion assumes, and the range it covers, in words.
  [[nodiscard]] const std::vector<std::string>& conditions() const noexcept { return conditions_; }
  [[nodiscard]] const std::string& claim_digest() const noexcept { return claim_digest_; }
  [[nodiscard]] const Certificate& certificate() const noexcept { return certificate_; }
  /// Refuted, undefined: where. Proved `exists`: an instance.
  [[nodiscard]] const std::optional<evaluate::Witness>& witness() const noexcept { return witness_; }
  /// Undecided: what remained and what would help. Undefined: the operation.
  [[nodiscard]] const std::string& remark() const noexcept { return remark_; }
  [[nodiscard]] const evaluate::Effort& effort() const noexcept { return effort_; }
  /// Certificates of what the evaluator had to look for because the certificate had no lemmas; nothing if they are too
  /// much to be kept.
  [[nodiscard]] const std::optional<evaluate::Lemmas>& lemmas() const noexcept { return lemmas_; }
  /// Supported: the confidence of all bounds in the conditions together; none if no bound follows from the sample.
  [[nodiscard]] const std::optional<Rational>& confidence() const noexcept { return confidence_; }

 private:
  friend class Kernel;
  Verdict() = default;

  Conclusion conclusion_ = Conclusion::undecided;
  Assurance assurance_ = Assurance::none;
  std::vector<std::string> conditions_;
  std::string claim_digest_;
  Certificate certificate_;
  std::optional<evaluate::Witness> witness_;
  std::string remark_;
  evaluate::Effort effort_;
  std::optional<evaluate::Lemmas> lemmas_;
  std::optional<Rational> confidence_;
};

}  // namespace assay::kernel
