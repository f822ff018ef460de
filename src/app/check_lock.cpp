#include "app/check_lock.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.hpp"
#include "files/bytes.hpp"
#include "files/write_file.hpp"

namespace assay::app {

namespace {

namespace fs = std::filesystem;
constexpr const char* lock_name = "assay.lock";

/// A path without links and dots. @throws InputError if it cannot be found out.
fs::path canonical(const fs::path& path) {
  std::error_code failure;
  fs::path out = fs::weakly_canonical(fs::absolute(path, failure), failure);
  if (failure) throw InputError("the path " + path.string() + " cannot be resolved: " + failure.message());
  return out;
}

/// The nearest lock at or above a folder; "" if there is none.
fs::path nearest_lock(fs::path folder) {
  for (;;) {
    std::error_code failure;
    if (fs::exists(folder / lock_name, failure)) return folder / lock_name;
    if (!folder.has_relative_path()) return {};
    folder = folder.parent_path();
  }
}

/// A path as messages name it: relative to the working directory if it lies below.
std::string shown(const fs::path& path) {
  std::error_code failure;
  const fs::path relative = path.lexically_relative(fs::current_path(failure));
  return failure || relative.empty() || *relative.begin() == ".." ? path.string() : relative.string();
}

std::size_t claims_in(const regression::Lock& lock) {
  std::size_t count = 0;
  for (const auto& [name, note] : lock.notes) count += note.claims.size();
  return count;
}

std::string claims_in_words(std::size_t count) { return fmt::format("{} claim{}", count, count == 1 ? "" : "s"); }

/// What changed in a map of digests, a line for each.
void print_changes(const std::string& note, const char* what, const std::map<std::string, std::string>& before,
                   const std::map<std::string, std::string>& now) {
  for (const auto& [name, digest] : now)
    if (const auto known = before.find(name); known != before.end() && known->second != digest)
      fmt::print("  ~ {}: {} {} changed\n", note, what, printable(name));
}

void print_changes(const std::string& name, const regression::LockedNote& before, const regression::LockedNote& now) {
  print_changes(name, "file", before.files, now.files);
  print_changes(name, "definition", before.definitions, now.definitions);
  for (const auto& [id, claim] : now.claims) {
    const auto known = before.claims.find(id);
    if (known == before.claims.end()) {
      fmt::print("  + {}#{} ({}, {})\n", name, id, kernel::name_of(claim.conclusion), kernel::name_of(claim.assurance));
    } else if (const std::string changes = regression::changes(known->second, claim); !changes.empty()) {
      fmt::print("  ~ {}#{}: {}\n", name, id, changes);
    }
  }
  for (const auto& [id, claim] : before.claims)
    if (!now.claims.contains(id)) fmt::print("  - {}#{}\n", name, id);
}

void print_changes(const regression::Lock& before, const regression::Lock& now) {
  for (const auto& [name, note] : now.notes) {
    const auto known = before.notes.find(name);
    if (known == before.notes.end())
      fmt::print("  + {} ({})\n", name, claims_in_words(note.claims.size()));
    else
      print_changes(name, known->second, note);
  }
  for (const auto& [name, note] : before.notes)
    if (!now.notes.contains(name)) fmt::print("  - {} ({})\n", name, claims_in_words(note.claims.size()));
}

}  // namespace

Locks::Locks(const CheckOptions& options, const std::vector<NotePath>& notes) : options_(options) {
  for (const NotePath& note : notes) place(note);
}

void Locks::place(const NotePath& note) {
  const fs::path path = canonical(note.path);
  fs::path lock = nearest_lock(path.parent_path());
  const bool exists = !lock.empty();
  const fs::path folder = note.folder.empty() ? path.parent_path() : canonical(note.folder);
  if (!exists && options_.lock == LockUse::compare)
    throw InputError("there is no assay.lock for " + note.path,
                     "Write one: assay lock " + (note.folder.empty() ? note.path : note.folder));
  if (!exists) lock = folder / lock_name;
  auto file = std::find_if(files_.begin(), files_.end(), [&](const File& each) { return each.path == lock; });
  if (file == files_.end()) {
    file = files_.insert(files_.end(), File{lock.string(), exists, {}, {}, {}, {}});
    if (exists) file->before = regression::Lock::from_text(files::read_file(lock, {})->content(), shown(lock));
  }
  if (!note.folder.empty()) file->folders.push_back(folder.lexically_relative(lock.parent_path()).generic_string());
  const std::string name = path.lexically_relative(lock.parent_path()).generic_string();
  file->now[name];
  places_[note.path] = {static_cast<std::size_t>(file - files_.begin()), name};
}

void Locks::add(CheckedClaim& checked) {
  report::ClaimResult& result = checked.result;
  const Place& where = places_.at(result.file);
  File& file = files_[where.file];
  file.met.emplace(where.name, result.id);
  if (!result.verdict || !checked.foundations) return;
  const auto known = file.before.notes.find(where.name);
  const regression::LockedNote* before = known == file.before.notes.end() ? nullptr : &known->second;
  result.deviations = regression::deviations(before == nullptr ? regression::LockedNote() : *before, file.before.assay,
                                             *checked.foundations, result);
  if (options_.lock == LockUse::write)
    std::erase_if(result.deviations, [](const report::Deviation& each) { return !each.is_alarm(); });
  regression::LockedNote& note = file.now[where.name];
  note.claims[result.id] = regression::locked(*checked.foundations, result, before);
  for (const auto& [name, definition] : checked.foundations->definitions) note.definitions[name] = definition.digest;
  for (const auto& [path, digest] : checked.foundations->files) note.files[path] = digest;
}

bool Locks::is_gone(const File& file, const std::string& note) const {
  if (file.now.contains(note)) return false;
  return std::any_of(file.folders.begin(), file.folders.end(),
                     [&](const std::string& folder) { return folder == "." || note.starts_with(folder + "/"); });
}

std::vector<report::ClaimResult> Locks::gone() const {
  std::vector<report::ClaimResult> out;
  if (!options_.only.empty()) return out;
  for (const File& file : files_)
    for (const auto& [name, note] : file.before.notes) {
      const auto now = file.now.find(name);
      if (now == file.now.end() && !is_gone(file, name)) continue;
      for (const auto& [id, claim] : note.claims) {
        if (file.met.contains({name, id})) continue;
        report::ClaimResult result;
        result.id = id;
        result.file = shown(file.path);
        result.line = result.column = 1;
        result.deviations = {{report::Deviation::Kind::gone,
                              now == file.now.end() ? "it is locked, but the note " + name + " is not there any more"
                                                    : "it is locked, but the note " + name + " does not have it"}};
        out.push_back(result);
      }
    }
  return out;
}

regression::Lock Locks::after(const File& file) const {
  regression::Lock out;
  out.assay = ASSAY_VERSION;
  for (const auto& [name, note] : file.before.notes)
    if (!file.now.contains(name) && !is_gone(file, name)) out.notes[name] = note;
  for (const auto& [name, note] : file.now)
    if (!note.claims.empty()) out.notes[name] = note;
  return out;
}

void Locks::write() const {
  for (const File& file : files_) {
    const regression::Lock now = after(file);
    const std::string claims = claims_in_words(claims_in(now));
    if (file.exists && now.to_text() == file.before.to_text()) {
      fmt::print("{} is up to date ({})\n", printable(shown(file.path)), claims);
      continue;
    }
    files::write_file(file.path, now.to_text());
    fmt::print("{} {} ({})\n", file.exists ? "updated" : "wrote", printable(shown(file.path)), claims);
    print_changes(file.before, now);
  }
}

}  // namespace assay::app
