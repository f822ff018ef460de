#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "files/limits.hpp"
#include "files/tensor.hpp"

namespace assay::files {

/// A tensor to be written; `values` in row-major order, as many as `shape` has, must outlive the call.
struct TensorToWrite {
  std::string name;
  Shape shape;
  std::variant<std::span<const double>, std::span<const std::int64_t>> values;  ///< F64 or I64
};

/// Texts of `__metadata__`: name, text.
using Metadata = std::vector<std::pair<std::string, std::string>>;

/// The bytes of a safetensors file with these tensors, in this order, and `metadata`. The same for the same
/// arguments; `read_safetensors` gives the same tensors and texts back, bit for bit. The data begin at a multiple of 8
/// bytes, as other readers that map the file into memory need it.
/// Source: https://github.com/huggingface/safetensors, section "Format".
/// @throws InputError if a double is no finite number, a name is no text, occurs twice or is `__metadata__`, or the
/// file
///         would pass the limits within which it can be read again.
[[nodiscard]] std::string safetensors_bytes(const std::vector<TensorToWrite>& tensors, const Metadata& metadata,
                                            const Limits& limits = {});

}  // namespace assay::files
