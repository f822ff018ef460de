#include <algorithm>
#include <map>

#include "base/contract.hpp"
#include "kernel/confidence.hpp"
#include "kernel/kernel.hpp"
#include "kernel/sample_report.hpp"
#include "number/rational.hpp"

/// The rule `sample`; docs/certificates.md says what it concludes and why.
namespace assay::kernel {

namespace {

using evaluate::Question;
using evaluate::SampleResult;
using evaluate::StandIn;
using Kind = SampledTerm::Kind;

Question question_for(const SampledTerm& term, const Certificate& certificate) {
  Question question;
  question.filter_holds = term.kind != Kind::count;
  if (term.kind == Kind::mean) question.kind = term.is_indicator ? Question::Kind::indicator : Question::Kind::range;
  if (question.kind == Question::Kind::range && certificate.range) {
    question.low = certificate.range->first;
    question.high = certificate.range->second;
  }
  return question;
}

/// What keeps the samples from saying anything; empty if nothing does.
std::string obstacle_to(const SampledTerm& term, const SampleResult& result, const Certificate& certificate) {
  if (term.kind != Kind::forall && result.infinite)
    return "a count or mean over an infinite set cannot be sampled by its candidates";
  if (term.kind == Kind::mean && !term.is_indicator && !certificate.range)
    return "of a mean nothing can be said without a range that its values lie in: write sampling(…, low = a, high = "
           "b), "
           "or make each value `if … then 1 else 0`";
  if (!result.obstacle.empty())
    return result.obstacle + (result.first_open.empty() ? "" : ", the first being " + result.first_open);
  if (result.points < certificate.points || certificate.points == 0) return "not all points were drawn";
  if (result.undefined > 0)
    return "the formula is undefined at a drawn point, " + in_words(*result.witness) +
           ": so it is undefined, or false at another point";
  if (term.kind == Kind::mean && !term.is_indicator && result.no > 0)
    return "a drawn value does not lie between low = " + to_string(certificate.range->first) +
           " and high = " + to_string(certificate.range->second) + ": " + in_words(*result.witness);
  // Open points of a count or of zeros and ones are taken for whichever is worse.
  const bool all_must_be_decided = term.kind == Kind::forall || !is_share(term);
  if (all_must_be_decided && result.open > 0)
    return std::to_string(result.open) + " of " + std::to_string(result.points) +
           " drawn points stayed open, the first at " + result.first_open;
  return "";
}

/// Whether the bounds of a term follow from its sample at level `alpha` each.
class BoundsCheck {
 public:
  BoundsCheck(const SampledTerm& term, const SampleResult& result, const Certificate& certificate, Rational alpha)
      : term_(term), result_(result), certificate_(certificate), alpha_(std::move(alpha)) {}

  [[nodiscard]] bool is_lower(const Rational& bound) const {
    if (is_share(term_)) return bound <= 0 || is_share_at_least(n(), result_.yes, bound, alpha_);
    return bound <= certificate_.range->first ||
           is_deviation_rare(n(), certificate_.range->first, certificate_.range->second,
                             result_.sum_lower / Integer(n()) - bound, alpha_);
  }
  [[nodiscard]] bool is_upper(const Rational& bound) const {
    if (term_.kind == Kind::forall) return is_share_at_most(n(), result_.no, bound, alpha_);
    if (is_share(term_)) return is_share_at_most(n(), n() - result_.no, bound, alpha_);
    return bound >= certificate_.range->second ||
           is_deviation_rare(n(), certificate_.range->first, certificate_.range->second,
                             bound - result_.sum_upper / Integer(n()), alpha_);
  }

 private:
  [[nodiscard]] std::uint64_t n() const { return result_.points; }

  const SampledTerm& term_;
  const SampleResult& result_;
  const Certificate& certificate_;
  Rational alpha_;
};

bool is_any_infinite(const Evidence& evidence) {
  return std::any_of(evidence.results().begin(), evidence.results().end(),
                     [](const SampleResult& result) { return result.infinite; });
}

evaluate::Effort effort_of(const Evidence& evidence) {
  evaluate::Effort out;
  for (const SampleResult& result : evidence.results()) {
    out.points += result.effort.points;
    out.precision = std::max(out.precision, result.effort.precision);
    for (const auto& [arithmetic, points] : result.effort.decided) out.decided[arithmetic] += points;
  }
  return out;
}

/// What the statistics ask for.
bool is_well_formed(const Certificate& certificate) {
  return certificate.points >= 1 && certificate.points <= most_points && certificate.confidence > 0 &&
         certificate.confidence < 1 && (!certificate.range || certificate.range->first < certificate.range->second);
}

}  // namespace

Evidence Kernel::draw(const Claim& claim, const Certificate& certificate, const Budget& budget) const {
  ASSAY_ENSURE(certificate.rule == Rule::sample, "samples are drawn for the rule that uses them");
  Evidence out;
  out.taken_for_ = certificate;
  if (!is_well_formed(certificate)) return out;  // the check says so; nothing may be drawn 2^64 times for it
  out.terms_ = find_sampled_terms(claim.resolved());
  if (!out.terms_.obstacle.empty()) return out;
  // Each term has its own stream of numbers. Bounds hold together whether or not the samples are independent.
  SplitMix64 seeds(static_cast<std::uint64_t>(certificate.seed));
  for (const SampledTerm& term : out.terms_.terms) {
    evaluate::SampleRequest request;
    request.points = certificate.points;
    request.seed = seeds.next();
    request.question = question_for(term, certificate);
    request.stops_at_no = term.kind == Kind::forall || request.question.kind == Question::Kind::range;
    request.candidates = certificate.candidates;
    out.results_.push_back(engine_.sample(program_, data_, claim.resolved(), term.binder, request, budget));
  }
  return out;
}

namespace {

/// Whether `evidence` was taken for the certificate, whatever the bounds.
bool is_same_sample(const Certificate& a, const Certificate& b) {
  return a.claim == b.claim && a.data == b.data && a.points == b.points && a.seed == b.seed && a.range == b.range &&
         a.candidates == b.candidates;
}

/// What is certain of the terms: that a `forall` is violated, or a count or mean undefined.
std::map<evaluate::BinderKey, StandIn> what_is_certain(const Evidence& evidence) {
  std::map<evaluate::BinderKey, StandIn> out;
  for (std::size_t i = 0; i < evidence.results().size(); ++i) {
    const SampledTerm& term = evidence.terms().terms[i];
    const SampleResult& result = evidence.results()[i];
    const bool is_forall = term.kind == Kind::forall;
    const Truth truth = is_forall ? (result.no > 0 ? Truth::false_ : Truth::unknown)
                                  : (result.undefined > 0 ? Truth::undefined : Truth::unknown);
    out[term.binder.key()] = is_forall ? StandIn::formula(truth) : StandIn::nothing(truth);
  }
  return out;
}

/// Where in the confidence intervals of counts and means a formula is looked at.
enum class Place { lower, upper, all };

/// Each `forall` true, and each count and mean at its lower or upper bound, or at the only one it has; or all values
/// between them.
std::map<evaluate::BinderKey, StandIn> at_bounds(const Evidence& evidence, const Certificate& certificate,
                                                 Place place) {
  std::map<evaluate::BinderKey, StandIn> out;
  for (std::size_t i = 0; i < evidence.results().size(); ++i) {
    const SampledTerm& term = evidence.terms().terms[i];
    const SampleBounds& bounds = certificate.bounds[i];
    const auto value = [&](bool lower) {
      return value_at(term, evidence.results()[i], lower ? *bounds.lower : *bounds.upper, lower);
    };
    if (term.kind == Kind::forall)
      out[term.binder.key()] = StandIn::formula(Truth::true_);
    else if (place == Place::all)
      out[term.binder.key()] = StandIn::range(value(true), value(false));
    else
      out[term.binder.key()] = StandIn::value(value(bounds.lower && (place == Place::lower || !bounds.upper)));
  }
  return out;
}

/// The bounds that a certificate must give of a term, and no others.
bool has_needed_bounds(const SampledTerm& term, const SampleBounds& bounds, bool two_sided) {
  if (term.kind == Kind::forall) return bounds.upper && !bounds.lower;
  return bounds.lower.has_value() == (two_sided || term.needs_lower) &&
         bounds.upper.has_value() == (two_sided || term.needs_upper);
}

/// Every bound must hold at the level α/m, where m is the number of bounds and α = 1 − confidence: so by Boole's
/// inequality all of them hold with the confidence (Bonferroni). How α is divided does not depend on what was drawn.
std::string wrong_bounds(const Certificate& certificate, const Evidence& evidence) {
  const std::vector<SampledTerm>& terms = evidence.terms().terms;
  if (certificate.bounds.size() != terms.size()) return "the certificate has no bounds for each sampled term";
  const Rational alpha = (1 - certificate.confidence) / number_of_bounds(certificate, evidence);
  for (std::size_t i = 0; i < terms.size(); ++i) {
    const SampleBounds& bounds = certificate.bounds[i];
    if (!has_needed_bounds(terms[i], bounds, certificate.two_sided))
      return "the certificate lacks a bound of " + quoted(terms[i]) + " or has one too many";
    const BoundsCheck check(terms[i], evidence.results()[i], certificate, alpha);
    if ((bounds.lower && !check.is_lower(*bounds.lower)) || (bounds.upper && !check.is_upper(*bounds.upper)))
      return "a bound of " + quoted(terms[i]) + " in the certificate does not follow from the sample";
  }
  return "";
}

}  // namespace

/// Nothing follows from the sample but what is certain without it: a violation, an undefined operation, or that the
/// rest of the formula is false.
Verdict Kernel::without_confidence(const Claim& claim, const Certificate& certificate, const Evidence& evidence,
                                   const std::string& reason, const Budget& budget) const {
  evaluate::Settings settings;
  settings.stand_ins = what_is_certain(evidence);
  const evaluate::Effort effort = effort_of(evidence);
  evaluate::Outcome outcome = engine_.decide(program_, data_, claim.resolved(), budget, settings);
  outcome.effort = effort;
  if (outcome.truth != Truth::false_ && outcome.truth != Truth::undefined) {
    Verdict verdict = undecided(claim, certificate, reason);
    verdict.effort_ = effort;
    return verdict;
  }
  for (std::size_t i = 0; i < evidence.results_.size(); ++i) {
    const SampleResult& result = evidence.results_[i];
    const bool decides = evidence.terms_.terms[i].kind == Kind::forall
                             ? result.no > 0 && outcome.truth == Truth::false_
                             : result.undefined > 0 && outcome.truth == Truth::undefined;
    if (!decides || outcome.witness) continue;
    outcome.witness = result.witness;
    outcome.exact = outcome.exact && result.witness_exact;
    if (outcome.undefined_operation.empty()) outcome.undefined_operation = result.undefined_operation;
  }
  return conclude(claim, certificate, outcome);
}

Verdict Kernel::check_sample(const Claim& claim, const Certificate& certificate, const Evidence& evidence,
                             const Budget& budget) const {
  const Certificate frame = certificate_for(claim, certificate.rule);
  if (certificate.rule != Rule::sample || certificate.claim != frame.claim || certificate.data != frame.data ||
      !is_same_sample(certificate, evidence.taken_for_))
    return undecided(claim, certificate, "the sample was taken for another claim or certificate");
  if (!is_well_formed(certificate)) return undecided(claim, certificate, "the certificate is ill-formed");
  if (!evidence.terms_.obstacle.empty()) return undecided(claim, certificate, evidence.terms_.obstacle);
  const std::vector<SampledTerm>& terms = evidence.terms_.terms;
  if (terms.size() == 1 && terms[0].kind == Kind::forall && evidence.results_[0].assignments == 0) {
    const Verdict whole = conclude(claim, certificate, engine_.decide(program_, data_, claim.resolved(), budget, {}));
    if (whole.conclusion() == Conclusion::vacuous) return whole;
  }
  for (std::size_t i = 0; i < terms.size(); ++i)
    if (terms[i].kind == Kind::forall && evidence.results_[i].no > 0)
      return without_confidence(
          claim, certificate, evidence,
          "a violation was drawn: " + in_words(*evidence.results_[i].witness) + "; but the rest of the formula is open",
          budget);
  for (std::size_t i = 0; i < terms.size(); ++i)
    if (const std::string obstacle = obstacle_to(terms[i], evidence.results_[i], certificate); !obstacle.empty())
      return without_confidence(claim, certificate, evidence, obstacle, budget);
  if (const std::string wrong = wrong_bounds(certificate, evidence); !wrong.empty())
    return without_confidence(claim, certificate, evidence, wrong, budget);
  return conclude_sample(claim, certificate, evidence, budget);
}

/// With bounds that follow from the samples. The formula is monotone in each term that has one bound, so that it holds
/// for all values the bound allows if it holds at the bound. In a term that has two bounds the values for which it
/// holds are an interval: it holds between the bounds if it holds at both. Since each comparison has one term only, all
/// terms may be looked at together, first at the lower, then at the upper bounds.
Verdict Kernel::conclude_sample(const Claim& claim, const Certificate& certificate, const Evidence& evidence,
                                const Budget& budget) const {
  const auto truth_at = [&](Place place) {
    evaluate::Settings settings;
    settings.stand_ins = at_bounds(evidence, certificate, place);
    return engine_.decide(program_, data_, claim.resolved(), budget, settings).truth;
  };
  const Truth at_lower = truth_at(Place::lower);
  const Truth at_upper = truth_at(Place::upper);
  if (at_lower == Truth::true_ && at_upper == Truth::true_) {
    Verdict verdict = undecided(claim, certificate, {});
    verdict.effort_ = effort_of(evidence);
    verdict.conclusion_ = verdict.certificate_.conclusion = Conclusion::supported;
    verdict.assurance_ = Assurance::sampled;
    verdict.conditions_ = conditions_in_words(evidence, certificate);
    if (!is_any_infinite(evidence)) verdict.confidence_ = certificate.confidence;
    return verdict;
  }
  std::string reason = "the sample does not show it: " + all_bounds_in_words(evidence, certificate);
  if (certificate.two_sided) {
    if (truth_at(Place::all) == Truth::false_)
      reason += "; the claim holds nowhere between the bounds: the sample speaks against it, which is no refutation";
    else
      reason += std::string("; the claim holds at ") +
                (at_lower == Truth::true_   ? "the lower end, not at the upper one"
                 : at_upper == Truth::true_ ? "the upper end, not at the lower one"
                                            : "neither end, as far as could be decided") +
                ": the sample leaves it open";
  }
  return without_confidence(claim, certificate, evidence, reason, budget);
}

}  // namespace assay::kernel
