#pragma once
#include <string>
#include <utility>

namespace assay::app {

/// `FILE#NAME` in its parts, where NAME may be missing. A file whose own name contains `#` is found as long as it
/// exists.
[[nodiscard]] std::pair<std::string, std::string> split_target(const std::string& target);

}  // namespace assay::app
