#pragma once
#include "files/bytes.hpp"
#include "files/value.hpp"
#include "files/zip_archive.hpp"

namespace assay::files {

[[nodiscard]] bool is_npy(std::string_view content) noexcept;

/// A NumPy .npy file (format versions 1 to 3) as a tensor: floats of 16, 32 and 64 bits, integers and bool, of either
/// byte order, in C or Fortran order. Arrays of Python objects, which are pickles, are refused.
/// Source: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
[[nodiscard]] FileValue read_npy(const FileBytesPtr& file, const Limits& limits);

/// A NumPy .npz archive as a record of tensors, named as in `numpy.load`: entries without ".npy".
[[nodiscard]] FileValue read_npz(const ZipArchivePtr& archive, const Limits& limits);

}  // namespace assay::files
