#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "files/tensor.hpp"

namespace assay::train {

/// One trained tensor: entries in row-major order at [offset, offset + size()) of the flat vector of all weights.
struct WeightArray {
  std::string name;
  files::Shape shape;  ///< empty for a number
  std::size_t offset = 0;

  [[nodiscard]] std::size_t size() const noexcept {
    std::size_t count = 1;
    for (const std::size_t extent : shape) count *= extent;
    return count;
  }
};

/// Length of the flat vector of all weights; the arrays follow each other without gap.
[[nodiscard]] inline std::size_t total_size(const std::vector<WeightArray>& arrays) noexcept {
  return arrays.empty() ? 0 : arrays.back().offset + arrays.back().size();
}

}  // namespace assay::train
