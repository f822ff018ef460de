#include "kernel/sample_report.hpp"

#include <algorithm>

#include "notation/literal.hpp"
#include "notation/print.hpp"
#include "number/rational.hpp"

namespace assay::kernel {

using evaluate::SampleResult;
using Kind = SampledTerm::Kind;

bool is_share(const SampledTerm& term) { return term.kind != Kind::mean || term.is_indicator; }

Rational value_at(const SampledTerm& term, const SampleResult& result, const Rational& bound, bool is_lower) {
  if (term.kind != Kind::count) return bound;
  const Rational count = std::clamp<Rational>(bound, 0, 1) * result.assignments;
  return is_lower ? ceil(count) : floor(count);
}

int number_of_bounds(const Certificate& certificate, const Evidence& evidence) {
  int out = 0;
  for (const SampledTerm& term : evidence.terms().terms) out += term.bounds(certificate.two_sided);
  return out;
}

std::string in_words(const evaluate::Witness& witness) {
  std::string out = evaluate::in_words(witness.assignment);
  if (!witness.sides.empty()) out += ", where " + evaluate::in_words(witness.sides);
  return out;
}

std::string quoted(const SampledTerm& term) {
  constexpr std::size_t longest = 60;
  const std::string text = notation::print(*term.binder.node->syntax);
  return text.size() <= longest ? text : text.substr(0, longest - 3) + "...";
}

std::string number_in_words(const Rational& x) {
  const std::string decimal = notation::decimal_spelling(abs(x));
  constexpr std::size_t longest = 24;
  if (decimal.empty() || decimal.size() > longest) return to_string(x);
  return (x < 0 ? "-" : "") + decimal;
}

namespace {

/// The report of samples and bounds; names the terms if there are several.
class InWords {
 public:
  InWords(const Evidence& evidence, const Certificate& certificate)
      : terms_(evidence.terms().terms), results_(evidence.results()), certificate_(certificate) {}

  [[nodiscard]] std::string sample(std::size_t i) const {
    const SampleResult& result = results_[i];
    const bool is_count = terms_[i].kind == Kind::count;
    const bool filtered = terms_[i].binder.node->has_filter && !is_count;
    std::string out = std::to_string(result.points) + (is_count ? " assignments" : " instances") + of(i) +
                      " drawn uniformly and independently with seed " + std::to_string(certificate_.seed) + " from ";
    if (result.infinite)
      out += "finitely many rational candidates";
    else if (filtered)
      out += "those of " + result.assignments.get_str() + " that satisfy the filter";
    else
      out += result.assignments.get_str();
    return out + ": " + found(i);
  }
  [[nodiscard]] std::string bounds(std::size_t i) const {
    const SampleBounds& bounds = certificate_.bounds[i];
    if (terms_[i].kind == Kind::forall)
      return "at most " + number_in_words(*bounds.upper) + " of all instances" + of(i) +
             " violate it (Clopper-Pearson)";
    const char* name = terms_[i].kind == Kind::count ? "the count" : "the mean";
    std::string out = (terms_.size() == 1 ? name : quoted(terms_[i])) + " is ";
    const auto value = [&](const Rational& bound, bool is_lower) {
      return number_in_words(value_at(terms_[i], results_[i], bound, is_lower));
    };
    if (bounds.lower) out += "at least " + value(*bounds.lower, true);
    if (bounds.lower && bounds.upper) out += " and ";
    if (bounds.upper) out += "at most " + value(*bounds.upper, false);
    return out + (is_share(terms_[i]) ? " (Clopper-Pearson)" : " (Hoeffding)");
  }
  [[nodiscard]] std::string all_bounds() const {
    std::string out;
    for (std::size_t i = 0; i < terms_.size(); ++i)
      if (!results_[i].infinite) out += (out.empty() ? "" : "; ") + bounds(i);
    if (out.empty()) return "of an infinite set only candidates were drawn: no confidence statement follows";
    return "with confidence " + number_in_words(certificate_.confidence) + " " + out;
  }
  [[nodiscard]] std::string assumption(std::size_t i) const {
    std::string out = "assumed: at every instance" + of(i) + " the value is defined";
    if (!is_share(terms_[i]))
      out += " and lies between " + number_in_words(certificate_.range->first) + " and " +
             number_in_words(certificate_.range->second);
    return out + ", as at the drawn ones";
  }

 private:
  [[nodiscard]] std::string of(std::size_t i) const { return terms_.size() == 1 ? "" : " of " + quoted(terms_[i]); }
  [[nodiscard]] std::string found(std::size_t i) const {
    const SampleResult& result = results_[i];
    const std::string open = result.open == 0 ? "" : ", " + std::to_string(result.open) + " stayed open";
    if (terms_[i].kind == Kind::forall) return "none violates it";
    if (terms_[i].kind == Kind::count) return std::to_string(result.yes) + " are counted" + open;
    if (terms_[i].is_indicator) return std::to_string(result.yes) + " have the value 1" + open;
    constexpr long digits = 6;
    return "their mean is about " + rounded_decimal(result.sum_lower / Integer(result.points), digits);
  }

  const std::vector<SampledTerm>& terms_;
  const std::vector<SampleResult>& results_;
  const Certificate& certificate_;
};

}  // namespace

std::string all_bounds_in_words(const Evidence& evidence, const Certificate& certificate) {
  return InWords(evidence, certificate).all_bounds();
}

std::vector<std::string> conditions_in_words(const Evidence& evidence, const Certificate& certificate) {
  const InWords words(evidence, certificate);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < evidence.results().size(); ++i) out.push_back(words.sample(i));
  out.push_back(words.all_bounds());
  if (const int m = number_of_bounds(certificate, evidence); m > 1)
    out.push_back("the " + std::to_string(m) + " bounds hold together: each errs with a probability of at most " +
                  number_in_words((1 - certificate.confidence) / m) + " (Bonferroni)");
  for (std::size_t i = 0; i < evidence.results().size(); ++i)
    if (evidence.terms().terms[i].kind != Kind::forall) out.push_back(words.assumption(i));
  return out;
}

}  // namespace assay::kernel
