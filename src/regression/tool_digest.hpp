#pragma once
#include <optional>
#include <string>

namespace assay::regression {

/// Digest of the program that is running: the bytes of its executable and of every shared library that it has loaded,
/// since arithmetic happens there, too. Nothing where that cannot be found out (without /proc, or if a library was
/// replaced meanwhile).
[[nodiscard]] std::optional<std::string> tool_digest();

}  // namespace assay::regression
