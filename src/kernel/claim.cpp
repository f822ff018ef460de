#include "kernel/claim.hpp"

#include "base/digest.hpp"
#include "notation/print.hpp"

namespace assay::kernel {

Claim::Claim(std::string id, std::string title, notation::ExprPtr formula, const evaluate::Program& program,
             const std::optional<notation::Method>& method)
    : id_(std::move(id)),
      title_(std::move(title)),
      formula_(std::move(formula)),
      resolved_(program.resolve(formula_)),
      statement_(notation::print(*formula_)),
      sample_(sample_plan(method)) {
  Dependencies dependencies;
  dependencies.add(*resolved_);
  digest_ = sha256("assay claim 1\n" + statement_ + "\n" + dependencies.text());
  loads_ = dependencies.loads();
}

}  // namespace assay::kernel
