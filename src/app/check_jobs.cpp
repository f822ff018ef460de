#include "app/check_jobs.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

#include "app/check_tables.hpp"
#include "base/error.hpp"
#include "notation/print.hpp"

namespace assay::app {

namespace {

/// Two notes of one name would share a folder of certificates.
void check_names(const std::vector<NotePath>& notes, const CheckOptions& options) {
  if (options.certificates.empty() && options.recheck.empty()) return;
  std::map<std::string, std::string> paths;
  for (const auto& [path, folder] : notes) {
    const auto [known, is_new] = paths.try_emplace(std::filesystem::path(path).stem().string(), path);
    if (!is_new && known->second != path)
      throw InputError(known->second + " and " + path + " have one name, and so one folder of certificates",
                       "Check them by calls of their own, with a folder each.");
  }
}

}  // namespace

std::vector<CheckedNote> open_notes(const std::vector<NotePath>& paths, const CheckOptions& options, DataFiles& data) {
  check_names(paths, options);
  std::vector<CheckedNote> notes;
  notes.reserve(paths.size());  // what looks for stale files points to its note
  for (const auto& [path, folder] : paths) {
    notes.push_back({open_note(path, data), {}, nullptr});
    notes.back().tables = shown_tables(notes.back().note, options);
    notes.back().stale = std::make_unique<StaleFiles>(notes.back().note, data);
  }
  return notes;
}

std::vector<Job> jobs_of(const std::vector<CheckedNote>& notes, const std::vector<std::string>& only) {
  std::set<std::string> wanted(only.begin(), only.end());
  std::vector<Job> jobs;
  std::vector<std::string> ids;
  for (const auto& [note, tables, stale] : notes)
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

std::string method_of(const notation::Claim& claim) { return claim.method ? notation::print(*claim.method) : ""; }

}  // namespace assay::app
