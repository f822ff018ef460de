#pragma once
#include <cstddef>
#include <string>

namespace assay::report {

/// `text`, or its first `bytes` (fewer, not to cut a code point) and "…" if it is longer.
[[nodiscard]] std::string shortened(const std::string& text, std::size_t bytes);

}  // namespace assay::report
