#pragma once
#include <string>
#include <string_view>

namespace assay::files {

/// Writes the whole of `content` or nothing: to a temporary beside `path`, which is forced to the disk and then
/// renamed. Whoever reads `path` meanwhile, and whatever interrupts the writing, finds the old content or the new one.
/// @throws InputError if that is not possible; the old content is still there.
void write_file(const std::string& path, std::string_view content);

}  // namespace assay::files
