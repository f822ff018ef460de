#include "files/write_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "base/error.hpp"

namespace assay::files {

namespace {

/// A file that is being written; removed again unless `keep` was reached.
class Temporary {
 public:
  Temporary(const std::string& target, unsigned mode) : target_(target) {
    // Processes in different containers may share a folder and have one number; a crash may have left a temporary.
    static std::atomic<unsigned> next{0};
    constexpr int attempts = 1000;
    for (int i = 0; i < attempts && descriptor_ < 0; ++i) {
      path_ = target + ".part" + std::to_string(getpid()) + "-" + std::to_string(next++);
      descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, static_cast<mode_t>(mode));
      if (descriptor_ < 0 && errno != EEXIST) break;
    }
    if (descriptor_ < 0) refuse("Is its directory there and writable?");
  }
  Temporary(const Temporary&) = delete;
  Temporary& operator=(const Temporary&) = delete;
  ~Temporary() {
    if (descriptor_ >= 0) (void)::close(descriptor_);
    if (!kept_) (void)::unlink(path_.c_str());
  }

  void write(std::string_view content) {
    while (!content.empty()) {
      const ssize_t written = ::write(descriptor_, content.data(), content.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) refuse("Is there space?");
      content.remove_prefix(static_cast<std::size_t>(written));
    }
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
  [[noreturn]] void refuse(const std::string& remedy) const {
    throw InputError("cannot write " + target_ + ": " + std::strerror(errno), remedy);
  }

  const std::string& target_;
  std::string path_;
  int descriptor_ = -1;
  bool kept_ = false;
};

}  // namespace

void write_file(const std::string& path, std::string_view content, Durability durability, unsigned mode) {
  Temporary temporary(path, mode);
  temporary.write(content);
  temporary.keep(durability);
}

}  // namespace assay::files
