#pragma once
#include <filesystem>
#include <string>

#include "files/limits.hpp"
#include "files/value.hpp"

namespace assay::files {

enum class Format : std::uint8_t { safetensors, npy, npz, pytorch, json };

/// "safetensors", "NumPy array", "NumPy archive", "PyTorch checkpoint", "JSON".
[[nodiscard]] const char* name_of(Format format) noexcept;

/// A file that was read: its bytes were taken once, and `digest` and `value` both come from those bytes.
struct File {
  std::string name;  ///< as errors call it
  Format format;
  std::size_t bytes;   ///< length of the file
  std::string digest;  ///< sha256 of the file's bytes, as base/digest.hpp writes it
  FileValue value;     ///< a record of tensors for weights; a single tensor for .npy
};

/// Reads a weights file or a configuration: safetensors, NumPy .npy and .npz, PyTorch checkpoints (torch.save of
/// version 1.6 or later), JSON. The format is recognised by content, never by the file's name.
///
/// Shapes, types, offsets and names are checked here; entries of tensors are decoded, and refused if they are no
/// numbers, when first used (`Tensor::values`). Nothing in a file is ever executed.
/// @throws InputError if the file is missing, unreadable, of no known format, malformed or beyond `limits`.
[[nodiscard]] File load(const std::filesystem::path& path, const Limits& limits = {});

/// The same for bytes that are in memory already. @param name  what errors call them.
[[nodiscard]] File load_bytes(std::string name, std::string bytes, const Limits& limits = {});

}  // namespace assay::files
