#pragma once
#include <string>
#include <vector>

#include "files/load.hpp"

namespace assay::files {

/// One leaf of a file: a tensor, number, text, …
struct ListedValue {
  std::string name;  ///< how the notation reaches it, e.g. `["blocks.0.mlp.W_in"]` or `.model.bias`; "" for the file
  std::string type;  ///< "float32", …, "number", "truth value", "text", "null", "unusable", "empty list", …
  std::vector<std::size_t> shape;  ///< of a tensor; otherwise empty
  bool is_tensor = false;
  std::size_t count = 1;  ///< number of entries of a tensor
  std::string shown;      ///< number, truth value or text as the file has it, shortened; reason if unusable
};

/// What `assay inspect FILE` tells; needs no entry of a tensor decoded.
struct Listing {
  std::string name;
  Format format;
  std::size_t bytes;
  std::string digest;
  std::vector<ListedValue> values;  ///< in the order of the file
  std::size_t tensor_count;
  std::size_t entry_count;  ///< of all tensors together
};

[[nodiscard]] Listing list(const File& file);

}  // namespace assay::files
