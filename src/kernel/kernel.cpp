#include "kernel/kernel.hpp"

#include "base/contract.hpp"

namespace assay::kernel {

const char* name_of(Conclusion conclusion) noexcept {
  switch (conclusion) {
    case Conclusion::proved: return "proved";
    case Conclusion::refuted: return "refuted";
    case Conclusion::undefined: return "undefined";
    case Conclusion::supported: return "supported";
    case Conclusion::undecided: return "undecided";
    case Conclusion::vacuous: return "vacuous";
  }
  return "?";
}

const char* name_of(Assurance assurance) noexcept {
  switch (assurance) {
    case Assurance::none: return "none";
    case Assurance::sampled: return "sampled";
    case Assurance::enclosed: return "enclosed";
    case Assurance::exact: return "exact";
  }
  return "?";
}

Verdict::Verdict(const Verdict& other)
    : conclusion_(other.conclusion_),
      assurance_(other.assurance_),
      conditions_(other.conditions_),
      claim_digest_(other.claim_digest_),
      certificate_(other.certificate_),
      witness_(other.witness_),
      remark_(other.remark_),
      effort_(other.effort_) {}

Certificate Kernel::certificate_for(const Claim& claim, Rule rule) const {
  Certificate certificate;
  certificate.rule = rule;
  certificate.claim = claim.digest();
  for (const Claim::Loaded& loaded : claim.loads()) certificate.data.push_back(digests_.digest(loaded));
  return certificate;
}

Verdict Kernel::undecided(const Claim& claim, const Certificate& certificate, std::string reason) const {
  Verdict verdict;
  verdict.claim_digest_ = claim.digest();
  verdict.certificate_ = certificate;
  verdict.remark_ = std::move(reason);
  return verdict;
}

Verdict Kernel::check(const Claim& claim, const Certificate& certificate, const Budget& budget) const {
  const Certificate frame = certificate_for(claim, certificate.rule);
  if (certificate.claim != frame.claim) return undecided(claim, certificate, "the certificate is for another claim");
  if (certificate.data != frame.data) return undecided(claim, certificate, "the certificate is for other files");
  evaluate::Settings settings;
  settings.candidates = certificate.candidates;
  settings.enclosures_only = certificate.enclosures_only;
  switch (certificate.rule) {
    case Rule::evaluation:
      return conclude(claim, certificate, evaluate::decide(program_, data_, claim.resolved(), budget, settings));
    case Rule::normal_forms:
      return conclude(claim, certificate, evaluate::decide_by_normal_forms(program_, data_, claim.resolved(), budget));
    case Rule::sample:
      settings.sampling = {certificate.points, certificate.seed};
      return conclude_sample(claim, certificate, evaluate::decide(program_, data_, claim.resolved(), budget, settings));
  }
  ASSAY_ENSURE(false, "every rule is checked");
}

Verdict Kernel::conclude(const Claim& claim, const Certificate& certificate, const evaluate::Outcome& outcome) const {
  Verdict verdict = undecided(claim, certificate, {});
  verdict.effort_ = outcome.effort;
  verdict.assurance_ = outcome.exact ? Assurance::exact : Assurance::enclosed;
  switch (outcome.truth) {
    case Truth::true_:
      verdict.conclusion_ = outcome.empty_domain ? Conclusion::vacuous : Conclusion::proved;
      if (outcome.empty_domain) verdict.remark_ = "an outermost quantifier ranges over the empty set";
      verdict.witness_ = outcome.witness;
      break;
    case Truth::false_:
      verdict.conclusion_ = Conclusion::refuted;
      verdict.witness_ = outcome.witness;
      break;
    case Truth::undefined:
      verdict.conclusion_ = Conclusion::undefined;
      verdict.witness_ = outcome.witness;
      verdict.remark_ = outcome.undefined_operation.empty()
                            ? "a partial operation is met outside its domain"
                            : outcome.undefined_operation + " is met outside its domain";
      break;
    case Truth::unknown:
      verdict.assurance_ = Assurance::none;
      verdict.remark_ = outcome.reason;
      if (outcome.open_points > 0)
        verdict.remark_ += "; " + std::to_string(outcome.open_points) + " points stayed open" +
                           (outcome.first_open.empty() ? "" : ", the first at " + outcome.first_open);
      break;
  }
  return verdict;
}

Verdict Kernel::conclude_sample(const Claim& claim, const Certificate& certificate,
                                const evaluate::Outcome& outcome) const {
  if (outcome.truth != Truth::unknown && outcome.truth != Truth::true_) return conclude(claim, certificate, outcome);
  Verdict verdict = undecided(claim, certificate, {});
  verdict.effort_ = outcome.effort;
  if (outcome.open_points > 0 || outcome.effort.points < certificate.points || certificate.points == 0) {
    verdict.remark_ = outcome.effort.points == 0
                          ? "the formula is no quantifier whose points could be drawn: " + outcome.reason
                          : "not all drawn points were decided: " + outcome.reason;
    return verdict;
  }
  verdict.conclusion_ = Conclusion::supported;
  verdict.assurance_ = Assurance::sampled;
  verdict.conditions_.push_back(std::to_string(certificate.points) + " points drawn uniformly with seed " +
                                std::to_string(certificate.seed) + ", none violates the claim");
  if (outcome.infinite_domain) {
    verdict.conditions_.push_back("drawn from finitely many rational candidates: no confidence statement follows");
    return verdict;
  }
  // If a share of at least s of all points violated the claim, n independent points would all agree with probability at
  // most (1 − s)^n ≤ e^(−sn). With s = m/n that is e^(−m), which is at most 1 − c if m ≥ −ln(1 − c). In rationals: the
  // least k with (1 − c)·3^k ≥ 1 has k·ln 3 ≥ −ln(1 − c), and ln 3 < 6/5.
  unsigned long k = 1;
  Rational power = 3;
  while (power * (1 - certificate.confidence) < 1) {
    power *= 3;
    ++k;
  }
  const Integer m = Integer(6 * k) / 5 + 1;
  verdict.conditions_.push_back("with confidence " + certificate.confidence.get_str() + " at most " + m.get_str() +
                                "/" + std::to_string(certificate.points) + " of all points violate it");
  return verdict;
}

}  // namespace assay::kernel
