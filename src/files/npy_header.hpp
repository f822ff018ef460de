#pragma once
#include <string>
#include <string_view>

#include "files/elements.hpp"

namespace assay::files {

/// numpy reads no longer header by default either (its `max_header_size` is 10000 characters).
inline constexpr std::size_t longest_npy_header = 16384;

/// What the header of an .npy file says.
struct NpyHeader {
  Layout layout;
  std::size_t bytes;  ///< of magic, version, length and header together: where the entries begin
};

/// @param content  the beginning of the file, at least `longest_npy_header` bytes if it has as many.
/// @param name     what errors call the file.
/// @throws InputError if the header is malformed, or of a type or size that is refused.
[[nodiscard]] NpyHeader parse_npy_header(std::string_view content, const std::string& name, const Limits& limits);

}  // namespace assay::files
