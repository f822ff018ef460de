#include "app/check_claim.hpp"

#include "app/certificate_folder.hpp"
#include "base/error.hpp"
#include "prove/prove.hpp"

namespace assay::app {

namespace {

/// What the stored certificate of a claim leads to.
kernel::Verdict rechecked(const kernel::Claim& claim, const std::string& document, const std::string& folder,
                          const kernel::Kernel& kernel, const Budget& budget) {
  const std::optional<kernel::Certificate> certificate = CertificateFolder(folder).read(document, claim.id());
  if (certificate) return kernel.check(claim, *certificate, budget);
  return kernel.undecided(claim, kernel.certificate_for(claim, kernel::Rule::evaluation),
                          "there is no certificate of it in " + folder + "; `assay check --certificates` writes them");
}

}  // namespace

CheckedClaim check_claim(const Job& job, DataFiles& data, const CheckOptions& options, unsigned threads) {
  CheckedClaim checked;
  report::ClaimResult& result = checked.result;
  result.id = job.claim->id;
  result.title = job.claim->title;
  result.source = job.claim->source;
  result.expected = job.claim->expected;
  result.file = job.statement->where.text->name();
  result.line = job.statement->where.text->position(job.statement->where.begin).line;
  try {
    Budget budget;
    set_limits(budget, options.limits);
    budget.set_threads(threads);
    const kernel::Claim claim(job.claim->id, job.claim->title, job.claim->formula, *job.note->program);
    result.statement = claim.statement();
    result.warnings = job.stale->warnings(claim.loads());
    const kernel::Kernel kernel(*job.note->program, data, data);
    try {
      result.verdict = options.recheck.empty() ? prove::prove(claim, job.claim->method, kernel, budget)
                                               : rechecked(claim, result.file, options.recheck, kernel, budget);
    } catch (const NotSupported& unsupported) {
      result.verdict =
          kernel.undecided(claim, kernel.certificate_for(claim, kernel::Rule::evaluation), unsupported.what());
    } catch (const std::bad_alloc&) {
      result.verdict =
          kernel.undecided(claim, kernel.certificate_for(claim, kernel::Rule::evaluation), "out of memory");
    }
  } catch (const InputError& error) {
    result.error = error.what();
  } catch (const std::exception& error) {
    result.error = error.what();
    checked.internal_error = true;
  }
  return checked;
}

}  // namespace assay::app
