#include "subject.hpp"

#include <cstdlib>

#include "base/error.hpp"
#include "files/load.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"
#include "prove/prove.hpp"
#include "verify/engine.hpp"

namespace assay::kernel::testing {

class Subject::Memory : public evaluate::DataSource, public FileDigests {
 public:
  explicit Memory(const Files& files) {
    for (const auto& [name, bytes] : files) files_.emplace(name, files::load_bytes(name, bytes));
  }
  const files::FileValue& load(const std::string& name, const std::string&, const SourceRange& where) override {
    const auto file = files_.find(name);
    if (file == files_.end()) throw InputError(Diagnostic{where, "no such file", ""});
    return file->second.value;
  }
  std::string digest(const Claim::Loaded& loaded) override { return files_.at(loaded.name).digest; }

 private:
  std::map<std::string, files::File> files_;
};

Subject::Subject(const std::string& note, const Files& files) : files_(std::make_unique<Memory>(files)) {
  document_ = std::make_shared<const notation::Document>(
      notation::parse_document(std::make_shared<const SourceText>("note", note), false));
  notation::check_kinds(*document_, notation::prelude(),
                        [](const std::string&, const SourceRange&) { return notation::any_kind(); });
  std::size_t claims = 0;
  for (const notation::Statement& statement : document_->statements)
    if (const auto* claim = std::get_if<notation::Claim>(&statement.node)) {
      statement_ = claim;
      ++claims;
    }
  if (claims != 1) throw InputError("a note with one claim is needed", "");
  program_ = std::make_unique<evaluate::Program>(
      notation::DocumentPtr(&notation::prelude(), [](const notation::Document*) {}), document_);
  claim_ =
      std::make_unique<Claim>(statement_->id, statement_->title, statement_->formula, *program_, statement_->method);
  kernel_ = std::make_unique<Kernel>(*program_, *files_, *files_, evaluate::prover_engine());
  // The same tests, of the second checker.
  const bool second = std::getenv("ASSAY_SECOND_CHECKER") != nullptr;
  checker_ =
      std::make_unique<Kernel>(*program_, *files_, *files_, second ? verify::engine() : evaluate::prover_engine());
}

Subject::~Subject() = default;

void Subject::prepare(Budget& budget) const {
  constexpr long enough = 512;  // what is open because of a wrong lemma is so at any precision
  budget.set_precision_limit(enough);
  budget.set_time_limit(seconds_);
}

Certificate Subject::prove() const {
  Budget budget;
  prepare(budget);
  const Verdict verdict = prove::prove(*claim_, statement_->method, *kernel_, budget);
  Certificate out = verdict.certificate();
  if (out.rule != Rule::sample && !out.lemmas) out.lemmas = evaluate::Lemmas();
  return out;
}

Verdict Subject::check(const Certificate& certificate) const {
  Budget budget;
  prepare(budget);
  return checker_->check(*claim_, certificate, budget);
}

Fate Subject::fate(const Certificate& certificate) const {
  Budget budget;
  prepare(budget);
  const Judgement judgement = checker_->check_certificate(*claim_, certificate, budget);
  if (const auto* rejection = std::get_if<Rejection>(&judgement))
    return {Fate::Kind::rejected, rejection->found, rejection->kind, rejection->reason, certificate.conclusion};
  const auto& verdict = std::get<Verdict>(judgement);
  const bool is_open = verdict.conclusion() == Conclusion::undecided;
  return {is_open ? Fate::Kind::open : Fate::Kind::accepted,
          verdict.conclusion(),
          {},
          verdict.remark(),
          certificate.conclusion};
}

Fate Subject::fate_of(const ReadCertificate& read) const {
  if (const auto* rejection = std::get_if<Rejection>(&read))
    return {Fate::Kind::rejected, Conclusion::undecided, rejection->kind, rejection->reason};
  return fate(std::get<Certificate>(read));
}

Fate Subject::fate(const CertificateFiles& stored) const {
  try {
    return fate_of(Certificate::from_files(stored.json, "c.json", [&](const std::string&) {
      return stored.sidecar.empty() ? std::nullopt : std::optional(stored.sidecar);
    }));
  } catch (const InputError& error) {
    return {Fate::Kind::malformed, Conclusion::undecided, {}, error.what()};
  }
}

Fate Subject::fate(std::string_view json) const {
  try {
    return fate_of(Certificate::from_json(json, "c.json"));
  } catch (const InputError& error) {
    return {Fate::Kind::malformed, Conclusion::undecided, {}, error.what()};
  }
}

}  // namespace assay::kernel::testing
