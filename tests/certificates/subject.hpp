#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/budget.hpp"
#include "evaluate/program.hpp"
#include "kernel/kernel.hpp"
#include "notation/document.hpp"

namespace assay::kernel::testing {

/// Contents of files by name.
using Files = std::map<std::string, std::string>;

/// What became of a certificate that was given to reader and kernel.
struct Fate {
  enum class Kind : std::uint8_t {
    malformed,  ///< the reader refuses it
    rejected,   ///< reader or kernel reject it
    open,       ///< the budget ran out
    accepted    ///< the kernel comes to the conclusion that it states
  };
  Kind kind;
  Conclusion conclusion = Conclusion::undecided;  ///< that the kernel came to
  std::optional<Rejection::Kind> rejection;
  std::string reason;
  Conclusion stated = Conclusion::undecided;  ///< by the certificate, if it was read
};

/// The only claim of a note, with files in memory, and a kernel to judge it.
class Subject {
 public:
  /// @param note  text of the notation.
  /// @throws InputError if it is ill-formed or has not exactly one claim.
  explicit Subject(const std::string& note, const Files& files = {});
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;
  ~Subject();

  [[nodiscard]] const Claim& claim() const { return *claim_; }
  /// What the prover finds, by the claim's method; its certificate looks for nothing when it is checked.
  [[nodiscard]] Certificate prove() const;
  [[nodiscard]] Verdict check(const Certificate& certificate) const;
  [[nodiscard]] Fate fate(const Certificate& certificate) const;
  /// As from disk; an empty sidecar is a missing one.
  [[nodiscard]] Fate fate(const CertificateFiles& stored) const;
  /// As from one text.
  [[nodiscard]] Fate fate(std::string_view json) const;
  /// Every check may take so many seconds.
  void set_time_limit(unsigned seconds) { seconds_ = seconds; }

 private:
  class Memory;
  [[nodiscard]] Fate fate_of(const ReadCertificate& read) const;
  void prepare(Budget& budget) const;

  unsigned seconds_ = 60;
  std::unique_ptr<Memory> files_;
  notation::DocumentPtr document_;
  const notation::Claim* statement_ = nullptr;
  std::unique_ptr<evaluate::Program> program_;
  std::unique_ptr<Claim> claim_;
  std::unique_ptr<Kernel> kernel_;   ///< the prover's
  std::unique_ptr<Kernel> checker_;  ///< that judges certificates
};

}  // namespace assay::kernel::testing
