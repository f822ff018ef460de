#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <thread>

#include "app/check_jobs.hpp"
#include "app/check_output.hpp"
#include "app/check_pool.hpp"
#include "app/commands.hpp"
#include "app/data_files.hpp"

namespace assay::app {

namespace {

int say_there_is_nothing(const CheckOptions& options) {
  fmt::print(stderr,
             "error: {} no claim\n  A claim is written in a fenced block with info string `assay`:\n"
             "  claim ID \"title\": FORMULA\n",
             options.documents.size() == 1 ? options.documents[0] + " holds" : "the documents hold");
  return exit_nothing;
}

int exit_code(const std::vector<report::ClaimResult>& results) {
  int code = exit_ok;
  for (const report::ClaimResult& result : results) {
    if (!result.verdict) return exit_ill_formed;
    if (!result.as_expected()) code = exit_unexpected;
  }
  return code;
}

}  // namespace

int check(const CheckOptions& options) {
  DataFiles data(options.data);
  const std::vector<CheckedNote> notes = open_notes(options, data);
  const std::vector<Job> jobs = jobs_of(notes, options.only);
  if (jobs.empty()) return say_there_is_nothing(options);
  const unsigned processors = std::max(1U, std::thread::hardware_concurrency());
  CheckPool pool(jobs, [&](const Job& job, unsigned threads) { return check_claim(job, data, options, threads); });
  CheckOutput output(options);
  pool.run(options.jobs == 0 ? processors : options.jobs, !options.quiet,
           [&](const report::ClaimResult& result) { output.add(result); });
  output.finish();
  return pool.internal_error() ? exit_internal : exit_code(output.results());
}

}  // namespace assay::app
