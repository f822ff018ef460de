#pragma once
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <string>

namespace assay::app {

/// Shows on a terminal which claim or table is being worked on; silent in a pipe.
class Progress {
 public:
  Progress(std::size_t total, bool wanted) : total_(total), shown_(wanted && isatty(STDERR_FILENO) == 1) {}
  void at(std::size_t done, const std::string& id) const {
    if (shown_) fmt::print(stderr, "\r\x1b[K[{}/{}] {} …", done, total_, id), std::fflush(stderr);
  }
  void clear() const {
    if (shown_) fmt::print(stderr, "\r\x1b[K"), std::fflush(stderr);
  }

 private:
  std::size_t total_;
  bool shown_;
};

}  // namespace assay::app
