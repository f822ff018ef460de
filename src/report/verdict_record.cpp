#include "report/verdict_record.hpp"

namespace assay::report {

VerdictRecord::VerdictRecord(const kernel::Verdict& verdict)
    : parts_{verdict.conclusion(),  verdict.assurance(),
             verdict.conditions(),  verdict.claim_digest(),
             verdict.certificate(), verdict.witness(),
             verdict.remark(),      verdict.effort(),
             verdict.confidence(),  verdict.lemmas() && verdict.lemmas()->empty()} {}

kernel::Certificate VerdictRecord::stored_certificate() const {
  kernel::Certificate certificate = parts_.certificate;
  if (!certificate.lemmas && certificate.rule != kernel::Rule::sample && parts_.needed_no_search)
    certificate.lemmas.emplace();
  return certificate;
}

}  // namespace assay::report
