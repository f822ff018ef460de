#include "app/check_claim.hpp"

#include "app/certificate_folder.hpp"
#include "app/foundations.hpp"
#include "base/budget.hpp"
#include "base/error.hpp"
#include "evaluate/margins.hpp"
#include "prove/prove.hpp"
#include "report/margin.hpp"

namespace assay::app {

namespace {

using Margins = std::vector<evaluate::Enclosure>;

/// Works on one claim.
class Worker {
 public:
  Worker(const Job& job, const CheckContext& context, unsigned threads)
      : job_(job),
        context_(context),
        threads_(threads),
        claim_(job.claim->id, job.claim->title, job.claim->formula, *job.note->program, job.claim->method),
        kernel_(*job.note->program, context.data, context.data, evaluate::prover_engine()) {}

  [[nodiscard]] const kernel::Claim& claim() const noexcept { return claim_; }

  /// Finds the verdict, in the cache, by the stored certificate or by proving; and the margins if there is a lock to
  /// hold them against.
  void decide(report::ClaimResult& result) {
    const kernel::Certificate frame = frame_of_claim();
    std::optional<regression::CacheEntry> known;
    if (context_.cache != nullptr) known = context_.cache->find(*job_.claim, frame);
    result.is_cached = known.has_value();
    if (known)
      result.verdict = known->verdict;
    else
      judge(result);
    if (!result.verdict) return;  // rejected
    const bool wants_margins = context_.options.lock != LockUse::none;
    std::optional<Margins> margins;
    if (known) margins = known->margins;
    const bool is_news = !known || (wants_margins && !margins);
    if (wants_margins && !margins) margins = margins_of(*result.verdict);
    if (context_.cache != nullptr && is_news) context_.cache->keep(*job_.claim, frame, {*result.verdict, margins});
    if (wants_margins && margins) result.margins = *margins;
  }

 private:
  [[nodiscard]] kernel::Certificate frame_of_claim() const {
    return kernel_.certificate_for(claim_, kernel::Rule::evaluation);
  }

  /// Decides now, by the stored certificate, if there is a folder of them, or by proof.
  void judge(report::ClaimResult& result) const {
    const kernel::Judgement judgement = this->judgement();
    if (const auto* rejection = std::get_if<kernel::Rejection>(&judgement))
      result.rejection = rejection->reason;
    else
      result.verdict = std::get<kernel::Verdict>(judgement);
  }

  [[nodiscard]] kernel::Judgement judgement() const {
    Budget budget;
    set_limits(budget, context_.options.limits);
    budget.set_threads(threads_);
    try {
      if (context_.options.recheck.empty()) return prove::prove(claim_, job_.claim->method, kernel_, budget);
      return rechecked(budget);
    } catch (const NotSupported& unsupported) {
      return kernel_.undecided(claim_, frame_of_claim(), unsupported.what());
    } catch (const std::bad_alloc&) {
      return kernel_.undecided(claim_, frame_of_claim(), "out of memory");
    }
  }

  /// What the stored certificate of the claim leads to.
  [[nodiscard]] kernel::Judgement rechecked(const Budget& budget) const {
    const std::string& folder = context_.options.recheck;
    const std::optional<kernel::ReadCertificate> read =
        CertificateFolder(folder).read(job_.statement->where.text->name(), claim_.id());
    if (!read)
      return kernel_.undecided(
          claim_, frame_of_claim(),
          "there is no certificate of it in " + folder + "; `assay check --certificates` writes them");
    if (const auto* rejection = std::get_if<kernel::Rejection>(&*read)) return *rejection;
    return kernel_.check_certificate(claim_, std::get<kernel::Certificate>(*read), budget);
  }

  /// Of a verdict that rests on enclosures. Nothing if the search was stopped.
  [[nodiscard]] std::optional<Margins> margins_of(const report::VerdictRecord& verdict) const {
    const bool is_enclosed =
        verdict.assurance() == kernel::Assurance::enclosed &&
        (verdict.conclusion() == kernel::Conclusion::proved || verdict.conclusion() == kernel::Conclusion::refuted);
    if (!is_enclosed) return Margins();
    Budget budget;
    set_limits(budget, context_.options.limits);
    try {
      Margins margins = evaluate::enclose_margins(*job_.note->program, context_.data, job_.claim->formula, budget);
      for (evaluate::Enclosure& margin : margins) margin = report::rounded(margin);
      return margins;
    } catch (const BudgetExceeded&) {
      return std::nullopt;
    } catch (const std::bad_alloc&) {
      return std::nullopt;
    }
  }

  const Job& job_;
  const CheckContext& context_;
  unsigned threads_;
  kernel::Claim claim_;
  kernel::Kernel kernel_;
};

report::ClaimResult result_without_verdict(const Job& job) {
  report::ClaimResult result;
  result.id = job.claim->id;
  result.title = job.claim->title;
  result.source = job.claim->source;
  result.expected = job.claim->expected;
  result.file = job.statement->where.text->name();
  const Position position = job.statement->where.text->position(job.statement->where.begin);
  result.line = position.line;
  result.column = position.column;
  return result;
}

}  // namespace

CheckedClaim check_claim(const Job& job, const CheckContext& context, unsigned threads) {
  CheckedClaim checked;
  report::ClaimResult& result = checked.result;
  result = result_without_verdict(job);
  try {
    Worker worker(job, context, threads);
    result.statement = worker.claim().statement();
    result.warnings = job.stale->warnings(worker.claim().loads());
    if (context.options.lock != LockUse::none)
      checked.foundations = foundations_of(worker.claim(), *job.claim, *job.note, context.data);
    worker.decide(result);
  } catch (const InputError& error) {
    result.error = error.what();
  } catch (const std::exception& error) {
    result.error = error.what();
    checked.internal_error = true;
  }
  return checked;
}

}  // namespace assay::app
