#pragma once
#include <variant>

#include "evaluate/ladder.hpp"
#include "kernel/claim.hpp"
#include "kernel/evidence.hpp"
#include "kernel/rejection.hpp"
#include "kernel/verdict.hpp"

namespace assay::kernel {

/// Tells the digest of a loaded file.
class FileDigests {
 public:
  FileDigests() = default;
  FileDigests(const FileDigests&) = delete;
  FileDigests& operator=(const FileDigests&) = delete;
  virtual ~FileDigests() = default;
  [[nodiscard]] virtual std::string digest(const Claim::Loaded& loaded) = 0;
};

/// What becomes of a certificate that comes from anywhere.
using Judgement = std::variant<Verdict, Rejection>;

/// Turns a claim and a certificate into a verdict. It checks; it does not search, and no floating-point number appears
/// in it. It relies on evaluations of the closed formula in the evaluator's rigorous arithmetics (docs/trust.md), which
/// find the certificates of ranks, inertias and solutions themselves if they are not given any.
class Kernel {
 public:
  /// @param engine  decides formulas; all arguments must outlive the kernel.
  Kernel(const evaluate::Program& program, evaluate::DataSource& data, FileDigests& digests,
         const evaluate::Engine& engine)
      : program_(program), data_(data), digests_(digests), engine_(engine) {}

  /// For whoever has a certificate and wants to know whether it holds: the verdict with the conclusion that the
  /// certificate states, or why it is rejected. A sample must be the one that the claim's note asks for. `undecided`
  /// only if the budget ran out before it was checked.
  /// @throws as `check`.
  [[nodiscard]] Judgement check_certificate(const Claim& claim, const Certificate& certificate,
                                            const Budget& budget) const;

  /// For whoever makes a certificate: the verdict on `claim` that it leads to, whatever conclusion it states; the
  /// verdict's certificate states that one. A certificate for another claim, or for other files, leads to `undecided`
  /// with the reason. If it has no lemmas, the verdict tells those that the evaluator found.
  /// @throws InputError if the claim turns out ill-formed when it is evaluated, NotSupported.
  [[nodiscard]] Verdict check(const Claim& claim, const Certificate& certificate, const Budget& budget) const;

  /// Takes the samples that a certificate of the rule `sample` describes; its bounds do not matter.
  /// @throws as `check`.
  [[nodiscard]] Evidence draw(const Claim& claim, const Certificate& certificate, const Budget& budget) const;
  /// The verdict that `certificate` leads to with `evidence`, which must come from `draw` with the same claim, files,
  /// seed, number of points, range and candidates.
  [[nodiscard]] Verdict check_sample(const Claim& claim, const Certificate& certificate, const Evidence& evidence,
                                     const Budget& budget) const;

  /// The certificate's frame for `claim`: its digest and those of its files.
  [[nodiscard]] Certificate certificate_for(const Claim& claim, Rule rule) const;

  /// No conclusion, for a claim whose method could not be applied.
  [[nodiscard]] Verdict undecided(const Claim& claim, const Certificate& certificate, std::string reason) const;

 private:
  /// Nothing if the certificate was made for this claim, its files and this checker.
  [[nodiscard]] std::optional<Rejection> mismatch(const Claim& claim, const Certificate& certificate) const;
  [[nodiscard]] Verdict conclude(const Claim& claim, const Certificate& certificate,
                                 const evaluate::Outcome& outcome) const;
  // sample_rule.cpp
  [[nodiscard]] Verdict without_confidence(const Claim& claim, const Certificate& certificate, const Evidence& evidence,
                                           const std::string& reason, const Budget& budget) const;
  [[nodiscard]] Verdict conclude_sample(const Claim& claim, const Certificate& certificate, const Evidence& evidence,
                                        const Budget& budget) const;

  const evaluate::Program& program_;
  evaluate::DataSource& data_;
  FileDigests& digests_;
  const evaluate::Engine& engine_;
};

}  // namespace assay::kernel
