#include "prove/sample_bounds.hpp"

#include <functional>

#include "kernel/confidence.hpp"
#include "number/rational.hpp"

namespace assay::prove {

namespace {

using evaluate::SampleResult;
using kernel::SampledTerm;

/// The least k in 0, …, last for which `holds(k)`, which holds for all from some k on, and for `last`.
Integer least(Integer last, const std::function<bool(const Integer&)>& holds) {
  Integer first = 0;
  while (first < last) {
    const Integer middle = (first + last) / 2;
    if (holds(middle))
      last = middle;
    else
      first = middle + 1;
  }
  return last;
}

/// The smallest number of the form k/denominator that the kernel takes for an upper bound of a share.
Rational share_at_most(std::uint64_t n, std::uint64_t k, const Rational& alpha, const Integer& denominator) {
  const auto share = [&](const Integer& numerator) {
    Rational out(numerator, denominator);
    out.canonicalize();
    return out;
  };
  return share(least(
      denominator, [&](const Integer& numerator) { return kernel::is_share_at_most(n, k, share(numerator), alpha); }));
}

class Search {
 public:
  Search(const kernel::Certificate& certificate, Rational alpha)
      : certificate_(certificate), alpha_(std::move(alpha)), shares_(1000), means_(1000) {
    for (std::uint64_t power = 1; power < certificate.points; power *= 10) shares_ *= 10;
    for (std::uint64_t power = 1; power < certificate.points; power *= 100) means_ *= 10;
  }

  [[nodiscard]] kernel::SampleBounds of(const SampledTerm& term, const SampleResult& result) const {
    kernel::SampleBounds out;
    const bool forall = term.kind == SampledTerm::Kind::forall;
    const bool lower = !forall && (certificate_.two_sided || term.needs_lower);
    const bool upper = forall || certificate_.two_sided || term.needs_upper;
    if (forall || term.kind == SampledTerm::Kind::count || term.is_indicator) {
      const std::uint64_t n = result.points;
      if (upper) out.upper = share_at_most(n, forall ? result.no : n - result.no, alpha_, shares_);
      if (lower) out.lower = 1 - share_at_most(n, n - result.yes, alpha_, shares_);
    } else {
      const auto& [low, high] = *certificate_.range;
      const Rational deviation = deviation_of_mean(result.points);
      const Rational step = (high - low) / means_;
      const Integer n(result.points);
      if (lower)
        out.lower = std::max<Rational>(low, low + step * floor((result.sum_lower / n - deviation - low) / step));
      if (upper)
        out.upper = std::min<Rational>(high, low + step * ceil((result.sum_upper / n + deviation - low) / step));
    }
    return out;
  }

 private:
  /// The smallest multiple of (high − low)/denominator that the kernel takes for a rare deviation.
  [[nodiscard]] Rational deviation_of_mean(std::uint64_t n) const {
    const Rational& low = certificate_.range->first;
    const Rational& high = certificate_.range->second;
    const Rational step = (high - low) / means_;
    return step *
           least(means_, [&](const Integer& k) { return kernel::is_deviation_rare(n, low, high, step * k, alpha_); });
  }

  const kernel::Certificate& certificate_;
  Rational alpha_;
  Integer shares_, means_;  ///< denominators of bounds, in units of the range
};

}  // namespace

std::vector<kernel::SampleBounds> find_sample_bounds(const kernel::Evidence& evidence,
                                                     const kernel::Certificate& certificate) {
  int bounds = 0;
  for (const SampledTerm& term : evidence.terms().terms) bounds += term.bounds(certificate.two_sided);
  std::vector<kernel::SampleBounds> out;
  const Search search(certificate, (1 - certificate.confidence) / std::max(bounds, 1));
  for (std::size_t i = 0; i < evidence.results().size(); ++i) {
    const SampleResult& result = evidence.results()[i];
    const SampledTerm& term = evidence.terms().terms[i];
    const bool says_nothing =
        result.points == 0 || (term.kind == SampledTerm::Kind::mean && !term.is_indicator && !certificate.range);
    out.push_back(says_nothing ? kernel::SampleBounds{} : search.of(term, result));
  }
  return out;
}

}  // namespace assay::prove
