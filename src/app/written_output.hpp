#pragma once
#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "app/commands.hpp"

namespace assay::app {

/// The exit code of a program at its end: `code`, unless something of its standard output was lost, on a full disk
/// perhaps, which is said then.
inline int with_written_output(int code) {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  fmt::print(stderr, "error: the output cannot be written{}{}\n", errno == 0 ? "" : ": ",
             errno == 0 ? "" : std::strerror(errno));
  return exit_internal;
}

}  // namespace assay::app
