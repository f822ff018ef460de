#pragma once
#include <memory>
#include <string>

#include "../evaluate/support.hpp"
#include "kernel/kernel.hpp"

namespace assay::kernel::testing {

class NoDigests : public FileDigests {
 public:
  std::string digest(const Claim::Loaded&) override { return "none"; }
};

/// A claim in the scope of definitions, and a kernel to judge it.
class ClaimBench {
 public:
  explicit ClaimBench(const std::string& formula, const std::string& definitions = "") {
    document_ = std::make_shared<const notation::Document>(
        notation::parse_document(std::make_shared<const SourceText>("test", definitions), false));
    program_ = std::make_unique<evaluate::Program>(
        notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}), document_);
    expression_ = notation::parse_expression(std::make_shared<const SourceText>("formula", formula));
    notation::check_kinds(expression_, document_.get(), notation::prelude(), {});
    claim = std::make_unique<Claim>("A", "", expression_, *program_);
    kernel = std::make_unique<Kernel>(*program_, files_, digests_, evaluate::prover_engine());
  }

  std::unique_ptr<Claim> claim;
  std::unique_ptr<Kernel> kernel;
  Budget budget;

 private:
  evaluate::testing::NoFiles files_;
  NoDigests digests_;
  notation::DocumentPtr document_;
  std::unique_ptr<evaluate::Program> program_;
  notation::ExprPtr expression_;
};

}  // namespace assay::kernel::testing
