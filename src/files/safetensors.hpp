#pragma once
#include "files/bytes.hpp"
#include "files/value.hpp"

namespace assay::files {

/// Whether the bytes look like a safetensors file: an 8-byte length, then a JSON object.
[[nodiscard]] bool is_safetensors(std::string_view content) noexcept;

/// A safetensors file as a record of tensors in the order of the header. `__metadata__`, if present, is a field of that
/// name: a record of texts.
///
/// Checked as the format demands: the header's length and JSON; no name twice; types known; each tensor as long as its
/// shape and type say; the tensors together cover the data without gap or overlap.
/// Source: https://github.com/huggingface/safetensors, section "Format".
[[nodiscard]] FileValue read_safetensors(const FileBytesPtr& file, const Limits& limits);

}  // namespace assay::files
