#pragma once
#include <string>
#include <string_view>

#include "files/bytes.hpp"
#include "files/limits.hpp"
#include "files/tensor.hpp"

/// Where the entries of a tensor lie within a block of bytes: the one decoder behind all formats.
namespace assay::files {

/// Entry (i_0, …, i_{r−1}) is the element number offset + Σ i_d · strides[d] of the storage.
struct Layout {
  ElementType type;
  ByteOrder order;
  Shape shape;
  std::vector<std::size_t> strides;  ///< in elements, one a dimension
  std::size_t offset = 0;            ///< in elements
};

/// Layout of an array that fills its storage, last index fastest (`row_major`) or first index fastest.
/// `shape` has at most SIZE_MAX entries.
[[nodiscard]] Layout contiguous_layout(ElementType type, ByteOrder order, Shape shape, bool row_major = true);

/// What is wrong with a shape, or "": rank and number of entries against the limits.
[[nodiscard]] std::string shape_fault(const Shape& shape, const Limits& limits);

/// What is wrong with a layout whose shape is fine, or "": each entry lies within a storage of `available` elements.
[[nodiscard]] std::string layout_fault(const Layout& layout, std::size_t available);

/// The entries in row-major order.
/// @param layout   free of faults for `storage`.
/// @param who      what errors call the tensor, e.g. `["a.b"]`, after the file's name.
/// @throws InputError naming the first entry that is no number that `TensorValues` can hold.
[[nodiscard]] TensorValues decode(const Layout& layout, std::string_view storage, const std::string& file,
                                  const std::string& who);

}  // namespace assay::files
