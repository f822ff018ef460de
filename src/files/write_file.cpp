#include "files/write_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>

#include "base/error.hpp"

namespace assay::files {

namespace {

[[noreturn]] void refuse(const std::string& target, int cause, const std::string& remedy) {
  throw InputError("cannot write " + target + ": " + std::strerror(cause), remedy);
}

/// The file that a path leads to, through symbolic links; it need not be there.
std::string followed(std::string path) {
  namespace fs = std::filesystem;
  constexpr int most_links = 40;  // as Linux
  for (int i = 0; i < most_links; ++i) {
    std::error_code failure;
    const fs::path link = fs::read_symlink(path, failure);
    if (failure) return path;
    path = (fs::path(path).parent_path() / link).string();
  }
  refuse(path, ELOOP, "Symbolic links lead from one to another.");
}

/// A file as it is before it is written.
std::optional<struct stat> status_of(const std::string& path) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return std::nullopt;
  return status;
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// To a pipe or a device, which is neither made nor replaced.
void write_stream(const std::string& path, std::string_view content) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) refuse(path, errno, "");
  const bool is_written = write_all(descriptor, content);
  const int cause = errno;
  (void)::close(descriptor);
  if (!is_written) refuse(path, cause, "Is there space?");
}

/// A file of its own that takes another one's place when all is written; removed again unless `keep` was reached.
class Temporary {
 public:
  /// @param mode  of the file; without the umask if `exactly`.
  Temporary(const std::string& target, mode_t mode, bool exactly) : target_(target) {
    // Processes in different containers may share a folder and have one number; a crash may have left a temporary.
    static std::atomic<unsigned> next{0};
    constexpr int attempts = 1000;
    for (int i = 0; i < attempts && descriptor_ < 0; ++i) {
      path_ = target + ".part" + std::to_string(getpid()) + "-" + std::to_string(next++);
      descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode & 0777U);
      if (descriptor_ < 0 && errno != EEXIST) break;
    }
    if (descriptor_ < 0) refuse("Is its directory there and writable?");
    // Where that is not possible there are fewer permissions, never more.
    if (exactly) (void)::fchmod(descriptor_, mode);
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (descriptor_ >= 0) (void)::close(descriptor_);
    if (!kept_) (void)::unlink(path_.c_str());
  }

  void write(std::string_view content) {
    if (!write_all(descriptor_, content)) refuse("Is there space?");
  }

  void keep(Durability durability) {
    // Without this a power failure after the renaming could leave an empty file where the old one was.
    if (durability == Durability::forced && ::fsync(descriptor_) != 0 && errno != EINVAL) refuse("Is there space?");
    const int closed = ::close(descriptor_);
    descriptor_ = -1;
    if (closed != 0) refuse("Is there space?");
    if (std::rename(path_.c_str(), target_.c_str()) != 0) refuse("Is it a directory?");
    kept_ = true;
  }

 private:
  [[noreturn]] void refuse(const std::string& remedy) const { files::refuse(target_, errno, remedy); }

  const std::string& target_;
  std::string path_;
  int descriptor_ = -1;
  bool kept_ = false;
};

}  // namespace

void write_file(const std::string& path, std::string_view content, Durability durability, unsigned mode) {
  const std::optional<struct stat> before = status_of(path);
  const bool is_file = before && S_ISREG(before->st_mode);
  if (before && !is_file && !S_ISDIR(before->st_mode)) return write_stream(path, content);
  // Renaming would replace a write-protected file, and root may write whatever it is.
  constexpr mode_t writable = S_IWUSR | S_IWGRP | S_IWOTH;
  const bool is_protected =
      is_file && ((before->st_mode & writable) == 0 || ::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) != 0);
  if (is_protected) refuse(path, EACCES, "It is write-protected.");
  const std::string target = followed(path);
  Temporary temporary(target, is_file ? before->st_mode & 07777U : mode, is_file);
  temporary.write(content);
  temporary.keep(durability);
}

}  // namespace assay::files
