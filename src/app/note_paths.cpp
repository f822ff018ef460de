#include "app/note_paths.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "base/error.hpp"

namespace assay::app {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> notes_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code failure;
  fs::recursive_directory_iterator each(folder, failure);
  for (const fs::recursive_directory_iterator end; !failure && each != end; each.increment(failure)) {
    const fs::path& path = each->path();
    std::error_code ignored;
    const bool is_hidden = path.filename().string().starts_with('.');
    if (is_hidden && each->is_directory(ignored)) each.disable_recursion_pending();
    if (!is_hidden && (path.extension() == ".md" || path.extension() == ".assay") && each->is_regular_file(ignored))
      found.push_back(path.string());
  }
  if (failure) throw InputError("the folder " + folder + " cannot be read: " + failure.message());
  if (found.empty())
    throw InputError("the folder " + folder + " holds no document", "Documents are files that end in .md or .assay.");
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::vector<NotePath> note_paths(const std::vector<std::string>& paths) {
  std::vector<NotePath> out;
  std::set<fs::path> known;
  const auto add = [&](const std::string& path, const std::string& folder) {
    std::error_code failure;
    if (known.insert(fs::weakly_canonical(path, failure)).second || failure) out.push_back({path, folder});
  };
  for (const std::string& path : paths) {
    std::error_code failure;
    if (!fs::is_directory(path, failure))
      add(path, "");
    else
      for (const std::string& note : notes_in(path)) add(note, path);
  }
  return out;
}

}  // namespace assay::app
