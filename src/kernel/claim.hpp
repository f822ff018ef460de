#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "evaluate/program.hpp"
#include "kernel/dependencies.hpp"
#include "kernel/sample_plan.hpp"
#include "notation/document.hpp"

/// What is to be proved. A claim always comes from a note, never from a certificate.
namespace assay::kernel {

/// A closed formula in the scope of a document's definitions.
class Claim {
 public:
  /// @param program  the definitions in scope; must outlive the claim.
  /// @param method   as the note says it.
  /// @throws InputError if it asks for a sample with arguments that are none.
  Claim(std::string id, std::string title, notation::ExprPtr formula, const evaluate::Program& program,
        const std::optional<notation::Method>& method = std::nullopt);

  [[nodiscard]] const std::string& id() const noexcept { return id_; }
  [[nodiscard]] const std::string& title() const noexcept { return title_; }
  [[nodiscard]] const notation::Expr& formula() const noexcept { return *formula_; }
  [[nodiscard]] const evaluate::Unit& resolved() const noexcept { return *resolved_; }
  /// The formula as the notation prints it.
  [[nodiscard]] const std::string& statement() const noexcept { return statement_; }
  /// The sample that the note asks for, if it does.
  [[nodiscard]] const std::optional<SamplePlan>& sample() const noexcept { return sample_; }
  /// Digest of the statement and of every definition it rests on, in canonical form: a certificate names it.
  [[nodiscard]] const std::string& digest() const noexcept { return digest_; }
  /// Names of the files that the claim reads with `load`, as written, with the documents in which they stand.
  using Loaded = LoadedFile;
  [[nodiscard]] const std::vector<Loaded>& loads() const noexcept { return loads_; }

 private:
  std::string id_;
  std::string title_;
  notation::ExprPtr formula_;
  std::shared_ptr<const evaluate::Unit> resolved_;
  std::string statement_;
  std::optional<SamplePlan> sample_;
  std::string digest_;
  std::vector<Loaded> loads_;
};

}  // namespace assay::kernel
