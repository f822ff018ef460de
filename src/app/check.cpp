#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "app/check_cache.hpp"
#include "app/check_jobs.hpp"
#include "app/check_lock.hpp"
#include "app/check_output.hpp"
#include "app/check_tables.hpp"
#include "app/commands.hpp"
#include "app/data_files.hpp"
#include "app/ordered_pool.hpp"
#include "app/progress.hpp"
#include "base/budget.hpp"
#include "base/error.hpp"
#include "base/processors.hpp"
#include "number/flint_convert.hpp"

namespace assay::app {

namespace {

int say_there_is_nothing(const CheckOptions& options, const CheckOutput& output) {
  output.write_reports();  // those of an earlier check are not about this one
  fmt::print(stderr,
             "error: {} no claim\n  A claim is written in a fenced block with info string `assay`:\n"
             "  claim ID \"title\": FORMULA\n",
             options.documents.size() == 1 ? options.documents[0] + " holds" : "the documents hold");
  return exit_nothing;
}

bool is_alarming(const report::ClaimResult& result) {
  return std::any_of(result.deviations.begin(), result.deviations.end(),
                     [](const report::Deviation& each) { return each.is_alarm(); });
}

int exit_code(const CheckOutput& output) {
  const std::vector<report::ClaimResult>& results = output.results();
  if (std::any_of(results.begin(), results.end(), is_alarming)) return exit_internal;
  int code = exit_ok;
  for (const report::ClaimResult& result : results) {
    if (!result.error.empty()) return exit_ill_formed;
    if (!result.passes()) code = exit_unexpected;
  }
  for (const report::ShownTable& table : output.tables())
    if (!table.passes()) code = exit_unexpected;
  return code;
}

/// Works on the claims with several threads and calls report(checked) with each, in order.
template <class Report>
void check_all(const std::vector<Job>& jobs, const CheckContext& context, Report report) {
  OrderedPool<CheckedClaim> pool(jobs.size(), threads_for(context.options.jobs));
  const Progress progress(jobs.size(), !context.options.quiet);
  pool.run([&](std::size_t item, unsigned threads) { return check_claim(jobs[item], context, threads); },
           [](const auto& work) {
             const FlintThread cleanup;  // gives back what FLINT keeps for a thread
             work();
           },
           [&](std::size_t item) { progress.at(item, jobs[item].claim->id); },
           [&](CheckedClaim checked) {
             progress.clear();
             report(std::move(checked));
           });
}

bool show_tables(const std::vector<CheckedNote>& notes) {
  return std::any_of(notes.begin(), notes.end(), [](const CheckedNote& each) { return !each.tables.empty(); });
}

/// What is to be done after a check with a lock.
void conclude(const CheckOptions& options, const Locks& locks, const std::vector<report::ClaimResult>& results,
              int code) {
  std::string paths;
  for (const std::string& path : options.documents) paths += " " + path;
  const bool deviates = std::any_of(results.begin(), results.end(),
                                    [](const report::ClaimResult& each) { return !each.deviations.empty(); });
  if (options.lock == LockUse::write && code == exit_ok && !interrupt_requested())
    locks.write();
  else if (options.lock == LockUse::write && code == exit_ok)
    throw BudgetExceeded("interrupted; nothing was locked");
  else if (options.lock == LockUse::write)
    fmt::print(stderr, "error: nothing was locked, because not every claim is as expected\n");
  else if (deviates && code == exit_unexpected)
    fmt::print(stderr, "If what is not as locked was meant to change: assay lock{}\n", printable(paths));
}

int check(const CheckOptions& options, DataFiles& data, CheckOutput& output) {
  const std::vector<NotePath> paths = note_paths(options.documents);
  const std::vector<CheckedNote> notes = open_notes(paths, options, data);
  const std::vector<Job> jobs = jobs_of(notes, options.only);
  if (jobs.empty() && !show_tables(notes)) return say_there_is_nothing(options, output);
  const std::unique_ptr<CheckCache> cache = CheckCache::open(options);
  std::optional<Locks> locks;
  if (options.lock != LockUse::none) locks.emplace(options, paths);
  const CheckContext context{options, data, cache.get()};
  bool internal_error = false;
  if (!jobs.empty())
    check_all(jobs, context, [&](CheckedClaim checked) {
      if (locks) locks->add(checked);
      internal_error = internal_error || checked.internal_error;
      output.add(checked.result);
    });
  if (locks && options.lock == LockUse::compare)
    for (const report::ClaimResult& gone : locks->gone()) output.add(gone);
  if (cache) cache->close();
  if (!internal_error)
    for (const CheckedNote& checked : notes)
      for (const report::ShownTable& table : compared(checked.tables, checked.note, data, options)) output.add(table);
  output.finish();
  const int code = internal_error ? exit_internal : exit_code(output);
  if (locks) conclude(options, *locks, output.results(), code);
  return code;
}

}  // namespace

int check(const CheckOptions& options) {
  DataFiles data(options.data);
  CheckOutput output(options);
  try {
    return check(options, data, output);
  } catch (const InputError& error) {
    output.finish(error);
    throw;
  }
}

}  // namespace assay::app
