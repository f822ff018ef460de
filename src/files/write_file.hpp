#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::files {

enum class Durability : std::uint8_t {
  forced,    ///< on the disk before the old content is given up
  unforced,  ///< the system writes when it likes: after a power failure the file may be empty
};

/// Writes the whole of `content` or nothing: to a temporary beside `path`, which is forced to the disk and then
/// renamed. Whoever reads `path` meanwhile, and whatever interrupts the writing, finds the old content or the new one.
/// Several processes and threads may write one path at once: the last one to finish wins.
/// A symbolic link stays one: the file that it leads to is written. A file keeps its permissions. What is no regular
/// file, a pipe perhaps, is written to as it is.
/// @param mode  of a new file, less the umask.
/// @throws InputError if that is not possible, or the file is write-protected; the old content is still there.
void write_file(const std::string& path, std::string_view content, Durability durability = Durability::forced,
                unsigned mode = 0666);

}  // namespace assay::files
