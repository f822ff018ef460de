#pragma once
#include <string>
#include <string_view>

#include "files/limits.hpp"
#include "files/value.hpp"

namespace assay::files {

/// A JSON text (RFC 8259) as a value. Stricter than most readers, so that two readers cannot disagree: a name that
/// occurs twice in an object, ill-formed UTF-8, NaN, comments, trailing commas and numbers beyond the doubles are
/// refused. See `FileValue` for what numbers denote.
/// @param name  what errors call the text.
/// @throws InputError with line and column.
[[nodiscard]] FileValue parse_json(std::string_view text, const std::string& name, const Limits& limits = {});

}  // namespace assay::files
