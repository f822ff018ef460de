#include "regression/cache.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include "base/error.hpp"
#include "files/bytes.hpp"
#include "files/write_file.hpp"

namespace assay::regression {

namespace {

namespace fs = std::filesystem;

/// An entry begins with this, its tag and the end of the line.
constexpr std::string_view heading = "assay cache 1 ";
constexpr std::size_t tag_digits = 64;
constexpr std::size_t largest_entry = std::size_t{32} << 20U;

std::string made(const std::string& directory) {
  std::error_code failure;
  const bool is_new = fs::create_directories(fs::path(directory) / "verdicts", failure);
  if (!failure && is_new) fs::permissions(directory, fs::perms::owner_all, failure);
  if (failure)
    throw InputError("the cache " + directory + " cannot be made: " + failure.message(),
                     "Choose another folder with --cache.");
  return directory;
}

/// The text that an authentic entry holds; nothing of another one.
std::optional<std::string_view> authentic(std::string_view entry, const CacheSecret& secret) {
  const std::size_t begin = heading.size() + tag_digits + 1;
  if (entry.size() < begin || !entry.starts_with(heading) || entry[begin - 1] != '\n') return std::nullopt;
  const std::string_view text = entry.substr(begin);
  if (!secret.is_genuine(text, entry.substr(heading.size(), tag_digits))) return std::nullopt;
  return text;
}

}  // namespace

Cache::Cache(const std::string& directory, std::uintmax_t most_bytes)
    : directory_(made(directory)), most_bytes_(most_bytes), secret_(directory_) {}

std::string Cache::path_of(const std::string& question) const {
  return (fs::path(directory_) / "verdicts" / question.substr(question.find(':') + 1)).string();
}

std::optional<CacheEntry> Cache::find(const CacheQuestion& question, const kernel::Certificate& frame) {
  const std::string digest = question.digest();
  const std::string path = path_of(digest);
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return std::nullopt;
  try {
    files::Limits limits;
    limits.file_bytes = largest_entry;
    const files::FileBytesPtr bytes = files::read_file(path, limits);
    if (const std::optional<std::string_view> text = authentic(bytes->content(), secret_)) {
      CacheEntry entry = CacheEntry::from_text(*text, digest);
      const kernel::Certificate& certificate = entry.verdict.certificate();
      if (certificate.claim == frame.claim && certificate.data == frame.data) {
        fs::last_write_time(path, fs::file_time_type::clock::now(), ignored);
        return entry;
      }
    }
  } catch (const InputError&) {
    // ill-formed, or not readable: as if it were not there
  }
  fs::remove(path, ignored);
  return std::nullopt;
}

void Cache::keep(const CacheQuestion& question, const CacheEntry& entry) {
  if (!is_kept(entry.verdict.conclusion())) return;
  try {
    const std::string digest = question.digest();
    const std::string text = entry.to_text(digest);
    if (text.size() > largest_entry / 2) return;
    std::string whole(heading);
    whole.append(secret_.tag(text)).append("\n").append(text);
    files::write_file(path_of(digest), whole, files::Durability::unforced, 0600);
  } catch (const std::exception& error) {  // no space, or a text that JSON cannot hold
    const std::lock_guard lock(mutex_);
    if (problem_.empty()) problem_ = error.what();
  }
}

std::string Cache::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

void Cache::trim() const {
  struct File {
    fs::file_time_type used;
    std::uintmax_t size;
    fs::path path;
  };
  std::vector<File> files;
  std::uintmax_t total = 0;
  std::error_code failure;
  const auto long_ago = fs::file_time_type::clock::now() - std::chrono::hours(24);
  for (fs::directory_iterator each(fs::path(directory_) / "verdicts", failure), end; !failure && each != end;
       each.increment(failure)) {
    std::error_code vanished;  // another process may trim, too
    const File file{each->last_write_time(vanished), vanished ? 0 : each->file_size(vanished), each->path()};
    if (vanished) continue;
    const bool is_left_over = file.path.filename().string().find(".part") != std::string::npos && file.used < long_ago;
    if (is_left_over) fs::remove(file.path, vanished);
    if (is_left_over) continue;
    total += file.size;
    files.push_back(file);
  }
  if (total <= most_bytes_) return;
  std::sort(files.begin(), files.end(), [](const File& x, const File& y) { return x.used < y.used; });
  for (const File& file : files) {
    if (total <= most_bytes_ / 10 * 9) return;  // room for the next runs
    std::error_code vanished;
    fs::remove(file.path, vanished);
    total -= file.size;
  }
}

std::string usual_cache_directory() {
  const char* home = std::getenv("XDG_CACHE_HOME");
  if (home != nullptr && *home == '/') return (fs::path(home) / "assay").string();
  home = std::getenv("HOME");
  if (home != nullptr && *home == '/') return (fs::path(home) / ".cache" / "assay").string();
  return "";
}

}  // namespace assay::regression
