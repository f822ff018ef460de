#pragma once
#include <string>
#include <string_view>

namespace assay {

/// SHA-256 of `bytes` as "sha256:" and 64 lower-case hexadecimal digits. Source: FIPS 180-4.
[[nodiscard]] std::string sha256(std::string_view bytes);

}  // namespace assay
