#include "app/check_claim.hpp"

#include <chrono>

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
    std::optional<regression::CacheEntry> known = cached(frame, result);
    result.is_cached = known.has_value();
    if (!known) known = judged(result);
    if (!known) return;  // rejected
    const bool wants_margins = context_.options.lock != LockUse::none;
    const bool lacks_margins = wants_margins && !known->margins;
    if (lacks_margins) known->margins = margins_of(known->verdict);
    if (context_.cache != nullptr && (!result.is_cached || lacks_margins))
      context_.cache->keep(*job_.claim, frame, *known);
    if (wants_margins && known->margins) result.margins = *known->margins;
    result.verdict = std::move(known->verdict);
  }

 private:
  [[nodiscard]] kernel::Certificate frame_of_claim() const {
    return kernel_.certificate_for(claim_, kernel::Rule::evaluation);
  }

  /// What an earlier run found. What was found quickly counts only if its certificate leads to it once more.
  [[nodiscard]] std::optional<regression::CacheEntry> cached(const kernel::Certificate& frame,
                                                             report::ClaimResult& result) const {
    if (context_.cache == nullptr) return std::nullopt;
    std::optional<regression::CacheEntry> known = context_.cache->find(*job_.claim, frame);
    if (!known || !known->is_quick) return known;
    const kernel::Judgement judgement = within_limits([&](const Budget& budget) {
      return kernel_.check_certificate(claim_, known->verdict.stored_certificate(), budget);
    });
    if (std::holds_alternative<kernel::Rejection>(judgement)) {
      result.warnings.push_back("the verdict in the cache does not follow from its certificate; it is proved again: " +
                                std::get<kernel::Rejection>(judgement).reason);
      return std::nullopt;
    }
    // It is undecided if the limits of this run are too narrow.
    const auto& verdict = std::get<kernel::Verdict>(judgement);
    result.is_rechecked =
        verdict.conclusion() == known->verdict.conclusion() && verdict.assurance() == known->verdict.assurance();
    return known;
  }

  /// Decides now, by the stored certificate, if there is a folder of them, or by proof. Nothing if it is rejected.
  [[nodiscard]] std::optional<regression::CacheEntry> judged(report::ClaimResult& result) const {
    const auto start = std::chrono::steady_clock::now();
    const kernel::Judgement judgement = within_limits([&](const Budget& budget) {
      return context_.options.recheck.empty() ? prove::prove(claim_, job_.claim->method, kernel_, budget)
                                              : by_stored_certificate(budget);
    });
    if (const auto* rejection = std::get_if<kernel::Rejection>(&judgement)) {
      result.rejection = rejection->reason;
      return std::nullopt;
    }
    const std::chrono::duration<double> passed = std::chrono::steady_clock::now() - start;
    return regression::CacheEntry{std::get<kernel::Verdict>(judgement), std::nullopt,
                                  passed.count() < regression::quick_seconds};
  }

  /// What `decide`, a function of a budget, comes to; undecided where it gives up.
  template <typename Decide>
  [[nodiscard]] kernel::Judgement within_limits(const Decide& decide) const {
    Budget budget;
    set_limits(budget, context_.options.limits);
    budget.set_threads(threads_);
    try {
      return decide(budget);
    } catch (const NotSupported& unsupported) {
      return kernel_.undecided(claim_, frame_of_claim(), unsupported.what());
    } catch (const std::bad_alloc&) {
      return kernel_.undecided(claim_, frame_of_claim(), "out of memory");
    }
  }

  /// What the stored certificate of the claim leads to.
  [[nodiscard]] kernel::Judgement by_stored_certificate(const Budget& budget) const {
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
