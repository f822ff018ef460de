#pragma once
#include <cstddef>
#include <string>
#include <string_view>

/// Characters outside ASCII: the notation uses none, so that every statement can be typed on every keyboard and no two
/// look alike; but it knows what people mean by them.
namespace assay::notation {

/// Bytes of the well-formed UTF-8 sequence at the beginning of `text` (RFC 3629: no surrogates, no overlong forms, at
/// most U+10FFFF), 0 if there is none.
[[nodiscard]] std::size_t code_point_length(std::string_view text) noexcept;

/// What to write instead of the mathematical character (one code point), e.g. "<=" for "≤"; empty if unknown.
[[nodiscard]] std::string_view ascii_for(std::string_view character) noexcept;

/// Whether a code point changes the direction of the text around it, or is invisible: with it, a statement could look
/// different from what it says (CVE-2021-42574).
[[nodiscard]] bool is_deceptive(std::string_view character) noexcept;

}  // namespace assay::notation
