#pragma once
#include <string>

namespace assay::app {

/// Writes the whole of `content` or nothing: to a temporary beside `path`, which is then renamed.
/// @throws InputError if that is not possible.
void write_file(const std::string& path, const std::string& content);

}  // namespace assay::app
