#include "kernel/kernel.hpp"

#include "base/contract.hpp"

namespace assay::kernel {

const char* name_of(Assurance assurance) noexcept {
  switch (assurance) {
    case Assurance::none: return "none";
    case Assurance::sampled: return "sampled";
    case Assurance::enclosed: return "enclosed";
    case Assurance::exact: return "exact";
    case Assurance::verified: return "verified";
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
      effort_(other.effort_),
      lemmas_(other.lemmas_),
      confidence_(other.confidence_) {}

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
  verdict.certificate_.conclusion = Conclusion::undecided;
  verdict.remark_ = std::move(reason);
  return verdict;
}

std::optional<Rejection> Kernel::mismatch(const Claim& claim, const Certificate& certificate) const {
  using Kind = Rejection::Kind;
  if (certificate.checker != checker_version)
    return Rejection{Kind::other_checker, "the certificate is for version " + std::to_string(certificate.checker) +
                                              " of the checker, not for version " + std::to_string(checker_version)};
  const Certificate frame = certificate_for(claim, certificate.rule);
  if (certificate.claim != frame.claim) return Rejection{Kind::other_claim, "the certificate is for another claim"};
  if (certificate.data != frame.data) return Rejection{Kind::other_files, "the certificate is for other files"};
  return std::nullopt;
}

namespace {

SamplePlan plan_of(const Certificate& certificate) {
  return {certificate.points, certificate.seed, certificate.confidence, certificate.range};
}

}  // namespace

Judgement Kernel::check_certificate(const Claim& claim, const Certificate& certificate, const Budget& budget) const {
  using Kind = Rejection::Kind;
  if (const std::optional<Rejection> other = mismatch(claim, certificate)) return *other;
  if (certificate.conclusion == Conclusion::undecided)
    return Rejection{Kind::no_conclusion, "the certificate states no conclusion"};
  if (certificate.rule == Rule::sample && claim.sample() != plan_of(certificate))
    return Rejection{Kind::other_claim, claim.sample() ? "the certificate is for a sample with another size, seed, "
                                                         "confidence or range than the note asks for"
                                                       : "the certificate is for a sample, and the note asks for none"};
  Verdict verdict = check(claim, certificate, budget);
  const Conclusion found = verdict.conclusion();
  if (found == certificate.conclusion) return verdict;
  const std::string stated = std::string("the certificate states '") + name_of(certificate.conclusion) + "', but ";
  if (found != Conclusion::undecided)
    return Rejection{Kind::other_conclusion, stated + "leads to '" + name_of(found) + "'", found};
  try {
    budget.check();
  } catch (const BudgetExceeded&) {
    return verdict;  // it might have been shown
  }
  return Rejection{Kind::not_shown, stated + "does not show it: " + verdict.remark()};
}

Verdict Kernel::check(const Claim& claim, const Certificate& certificate, const Budget& budget) const {
  if (const std::optional<Rejection> other = mismatch(claim, certificate))
    return undecided(claim, certificate, other->reason);
  evaluate::Settings settings;
  settings.candidates = certificate.candidates;
  settings.enclosures_only = certificate.enclosures_only;
  if (certificate.lemmas) settings.lemmas = &*certificate.lemmas;
  switch (certificate.rule) {
    case Rule::evaluation:
      return conclude(claim, certificate, engine_.decide(program_, data_, claim.resolved(), budget, settings));
    case Rule::normal_forms:
      return conclude(claim, certificate,
                      engine_.decide_by_normal_forms(program_, data_, claim.resolved(), budget, settings));
    case Rule::sample: return check_sample(claim, certificate, draw(claim, certificate, budget), budget);
  }
  ASSAY_ENSURE(false, "every rule is checked");
}

Verdict Kernel::conclude(const Claim& claim, const Certificate& certificate, const evaluate::Outcome& outcome) const {
  Verdict verdict = undecided(claim, certificate, {});
  verdict.effort_ = outcome.effort;
  verdict.assurance_ = engine_.is_independent() ? Assurance::verified
                       : outcome.exact          ? Assurance::exact
                                                : Assurance::enclosed;
  verdict.conditions_.assign(outcome.notes.begin(), outcome.notes.end());
  if (!certificate.lemmas) verdict.lemmas_ = outcome.lemmas;
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
  verdict.certificate_.conclusion = verdict.conclusion_;
  return verdict;
}

}  // namespace assay::kernel
