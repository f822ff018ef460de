#pragma once
#include <cstddef>

namespace assay::files {

/// What a file may ask of us. Every count, length and depth read from a file is held against these before memory is
/// reserved for it. The defaults admit everything trained on one machine that we know of.
struct Limits {
  std::size_t file_bytes = std::size_t{8} << 30U;       ///< of the whole file
  std::size_t text_bytes = 100'000'000;                 ///< of JSON and of a pickle program; safetensors' own limit
  std::size_t tensor_elements = std::size_t{1} << 30U;  ///< of one tensor
  std::size_t rank = 32;                                ///< of one tensor
  std::size_t tensors = std::size_t{1} << 17U;          ///< in one file
  std::size_t name_bytes = 4096;                        ///< of a field name
  std::size_t values = std::size_t{1} << 22U;           ///< numbers, texts, lists, … in one file
  std::size_t nesting = 64;                             ///< of lists and records
  std::size_t integer_digits = 4300;                    ///< of one integer in a pickle; Python's own limit
};

}  // namespace assay::files
