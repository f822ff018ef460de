#include <fmt/format.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdio>
#include <filesystem>
#include <map>
#include <mutex>
#include <set>

#include "app/certificate_folder.hpp"
#include "app/commands.hpp"
#include "app/data_files.hpp"
#include "app/deep_run.hpp"
#include "app/note.hpp"
#include "app/progress.hpp"
#include "app/rendered_tables.hpp"
#include "app/trainings.hpp"
#include "base/deep_stack.hpp"
#include "base/error.hpp"
#include "files/write_file.hpp"
#include "notation/kinds.hpp"
#include "notation/prelude.hpp"
#include "number/flint_convert.hpp"
#include "prove/prove.hpp"
#include "report/result.hpp"

namespace assay::app {

namespace {

struct Job {
  const Note* note;
  StaleFiles* stale;
  const notation::Statement* statement;
  const notation::Claim* claim;
};

/// What the stored certificate of a claim leads to.
kernel::Judgement rechecked(const kernel::Claim& claim, const std::string& document, const std::string& folder,
                            const kernel::Kernel& kernel, const Budget& budget) {
  const std::optional<kernel::ReadCertificate> read = CertificateFolder(folder).read(document, claim.id());
  if (!read)
    return kernel.undecided(
        claim, kernel.certificate_for(claim, kernel::Rule::evaluation),
        "there is no certificate of it in " + folder + "; `assay check --certificates` writes them");
  if (const auto* rejection = std::get_if<kernel::Rejection>(&*read)) return *rejection;
  return kernel.check_certificate(claim, std::get<kernel::Certificate>(*read), budget);
}

/// By the stored certificate, if there is a folder of them, or by proof.
void decide(report::ClaimResult& result, const Job& job, const kernel::Claim& claim, const CheckOptions& options,
            const kernel::Kernel& kernel, const Budget& budget) {
  if (options.recheck.empty()) {
    result.verdict = prove::prove(claim, job.claim->method, kernel, budget);
    return;
  }
  const kernel::Judgement judgement = rechecked(claim, result.file, options.recheck, kernel, budget);
  if (const auto* rejection = std::get_if<kernel::Rejection>(&judgement))
    result.rejection = rejection->reason;
  else
    result.verdict = std::get<kernel::Verdict>(judgement);
}

/// @param threads  for this claim alone
report::ClaimResult work_on(const Job& job, DataFiles& data, const CheckOptions& options, unsigned threads,
                            bool& internal_error) {
  report::ClaimResult result;
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
    const kernel::Kernel kernel(*job.note->program, data, data, evaluate::prover_engine());
    try {
      decide(result, job, claim, options, kernel, budget);
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
    internal_error = true;
  }
  return result;
}

/// Works on the jobs with several threads and hands over the results in the order of the document.
class Pool {
 public:
  Pool(const std::vector<Job>& jobs, DataFiles& data, const CheckOptions& options)
      : jobs_(jobs), data_(data), options_(options), results_(jobs.size()) {}

  /// Calls `report(result)` in order, as soon as possible. Threads that are more than there are claims work within
  /// claims: how many does not depend on what else is going on, so that the same call gives the same report.
  template <class Report>
  void run(unsigned threads, Report report) {
    const auto claims = static_cast<unsigned>(jobs_.size());
    threads_in_claim_ = std::max(1U, threads / claims);
    std::vector<std::unique_ptr<DeepThread>> workers;
    for (unsigned i = 0; i < std::min(threads, claims); ++i)
      workers.push_back(std::make_unique<DeepThread>([this] { work(); }));
    const Progress progress(jobs_.size(), !options_.quiet);
    for (std::size_t i = 0; i < jobs_.size(); ++i) {
      progress.at(i, jobs_[i].claim->id);
      std::unique_lock lock(mutex_);
      ready_.wait(lock, [&] { return results_[i].has_value(); });
      progress.clear();
      report(*results_[i]);
    }
  }
  [[nodiscard]] bool internal_error() const noexcept { return internal_error_; }

 private:
  void work() {
    const FlintThread cleanup;  // gives back what FLINT keeps for a thread
    for (;;) {
      std::size_t mine = 0;
      {
        const std::lock_guard lock(mutex_);
        if (next_ == jobs_.size()) return;
        mine = next_++;
      }
      bool failed = false;
      report::ClaimResult result = work_on(jobs_[mine], data_, options_, threads_in_claim_, failed);
      const std::lock_guard lock(mutex_);
      internal_error_ = internal_error_ || failed;
      results_[mine] = std::move(result);
      ready_.notify_all();
    }
  }

  const std::vector<Job>& jobs_;
  DataFiles& data_;
  const CheckOptions& options_;
  unsigned threads_in_claim_ = 1;
  std::mutex mutex_;
  std::condition_variable ready_;
  std::size_t next_ = 0;
  bool internal_error_ = false;
  std::vector<std::optional<report::ClaimResult>> results_;
};

/// A document to be checked, with what it says of the files it uses.
struct CheckedNote {
  Note note;
  std::unique_ptr<StaleFiles> stale;
};

std::vector<Job> jobs_of(const std::vector<CheckedNote>& notes, const std::vector<std::string>& only) {
  std::set<std::string> wanted(only.begin(), only.end());
  std::vector<Job> jobs;
  std::vector<std::string> ids;
  for (const auto& [note, stale] : notes)
    for (const notation::Statement& statement : note.document->statements)
      if (const auto* claim = std::get_if<notation::Claim>(&statement.node)) {
        ids.push_back(claim->id);
        if (only.empty() || std::find(only.begin(), only.end(), claim->id) != only.end())
          jobs.push_back({&note, stale.get(), &statement, claim});
        wanted.erase(claim->id);
      }
  if (!wanted.empty()) {
    const std::string near = nearest_word(*wanted.begin(), ids);
    throw InputError("there is no claim '" + *wanted.begin() + "'", near.empty() ? "" : "Did you mean '" + near + "'?");
  }
  return jobs;
}

/// Says which of the tables that the notes show are stale; whether there are any. They are no claims: a check of some
/// claims passes them over.
bool say_stale_tables(const std::vector<CheckedNote>& notes, DataFiles& data, const CheckOptions& options) {
  bool stale = false;
  if (!options.only.empty()) return stale;
  for (const CheckedNote& checked : notes)
    for (const Rendering& rendering : renderings_of(checked.note, data, options.limits, options.jobs)) {
      if (!rendering.is_stale) continue;
      stale = true;
      fmt::print(options.json ? stderr : stdout, "{}\n    `assay render --in-place` brings it up to date\n",
                 rendering.complaint);
    }
  return stale;
}

/// Two notes of one name would share a folder of certificates.
void check_names(const CheckOptions& options) {
  if (options.certificates.empty() && options.recheck.empty()) return;
  std::map<std::string, std::string> paths;
  for (const std::string& path : options.documents) {
    const auto [known, is_new] = paths.try_emplace(std::filesystem::path(path).stem().string(), path);
    if (!is_new && known->second != path)
      throw InputError(known->second + " and " + path + " have one name, and so one folder of certificates",
                       "Check them by calls of their own, with a folder each.");
  }
}

}  // namespace

int check(const CheckOptions& options) {
  check_names(options);
  DataFiles data(options.data);
  std::vector<CheckedNote> notes;
  notes.reserve(options.documents.size());  // what looks for stale files points to its note
  for (const std::string& path : options.documents) {
    notes.push_back({open_note(path, data), nullptr});
    notes.back().stale = std::make_unique<StaleFiles>(notes.back().note, data);
  }
  const std::vector<Job> jobs = jobs_of(notes, options.only);
  if (jobs.empty()) {
    fmt::print(stderr,
               "error: {} no claim\n  A claim is written in a fenced block with info string `assay`:\n"
               "  claim ID \"title\": FORMULA\n",
               options.documents.size() == 1 ? options.documents[0] + " holds" : "the documents hold");
    return exit_nothing;
  }
  std::vector<report::ClaimResult> results;
  const bool colour = !options.json && isatty(STDOUT_FILENO) == 1;
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  const unsigned threads = options.jobs == 0 ? processors : options.jobs;
  Pool pool(jobs, data, options);
  std::set<std::string> warned;
  const CertificateFolder certificates(options.certificates);
  pool.run(threads, [&](const report::ClaimResult& result) {
    for (const std::string& warning : result.warnings)
      if (warned.insert(warning).second) fmt::print(stderr, "warning: {}\n", printable(warning));
    if (options.json)
      fmt::print("{}\n", report::to_json(result));
    else if (!options.quiet || !result.as_expected())
      fmt::print("{}", report::to_terminal(result, colour));
    if (!options.certificates.empty() && result.verdict) certificates.write(result.file, result.id, *result.verdict);
    (void)std::fflush(stdout);  // a reader that went away gets nothing more
    results.push_back(result);
  });
  if (!options.json) fmt::print("{}", report::summary(results));
  if (!options.junit.empty()) files::write_file(options.junit, report::to_junit(results));
  if (pool.internal_error()) return exit_internal;
  int code = say_stale_tables(notes, data, options) ? exit_unexpected : exit_ok;
  for (const report::ClaimResult& result : results) {
    if (!result.verdict && result.rejection.empty()) return exit_ill_formed;
    if (!result.as_expected()) code = exit_unexpected;
  }
  return code;
}

int eval(const EvalOptions& options) {
  DataFiles data(options.data);
  Note note;
  if (!options.document.empty()) note = open_note(options.document, data);
  const auto text = std::make_shared<const SourceText>("<expression>", options.expression);
  const notation::ExprPtr expression = notation::parse_expression(text);
  notation::check_kinds(expression, note.document.get(), notation::prelude(),
                        [&](const std::string& name, const SourceRange& where) { return data.kind(name, where); });
  if (!note.program) note.program = std::make_unique<evaluate::Program>(shared_prelude(), nullptr);
  Budget budget;
  set_limits(budget, options.limits);
  evaluate::Evaluated value;
  run_deep([&] { value = evaluate::evaluate_digits(*note.program, data, expression, budget, options.digits); });
  fmt::print("{}\n", value.text);
  if (value.determined) return exit_ok;
  fmt::print(stderr, "not determined to {} digits: {}\n", options.digits, value.reason);
  return exit_unexpected;
}

}  // namespace assay::app
