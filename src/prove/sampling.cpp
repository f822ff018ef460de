#include "prove/sampling.hpp"

#include "prove/sample_bounds.hpp"

namespace assay::prove {

kernel::Verdict sample(const kernel::Claim& claim, kernel::Certificate certificate, const kernel::Kernel& kernel,
                       const Budget& budget) {
  const kernel::Evidence evidence = kernel.draw(claim, certificate, budget);
  certificate.bounds = find_sample_bounds(evidence, certificate);
  const kernel::Verdict verdict = kernel.check_sample(claim, certificate, evidence, budget);
  bool has_number = false;
  for (const kernel::SampledTerm& term : evidence.terms().terms)
    has_number = has_number || term.kind != kernel::SampledTerm::Kind::forall;
  if (verdict.conclusion() != kernel::Conclusion::undecided || !has_number) return verdict;
  // What the sample does say is shown with bounds on both sides; a claim that the one bound of each term does not show
  // is not shown by the wider ones either.
  certificate.two_sided = true;
  certificate.bounds = find_sample_bounds(evidence, certificate);
  return kernel.check_sample(claim, certificate, evidence, budget);
}

}  // namespace assay::prove
