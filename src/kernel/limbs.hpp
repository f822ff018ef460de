#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "linear/matrix.hpp"
#include "number/integer.hpp"

/// Integer matrices as arrays of 64-bit words: rows × columns × limbs, each entry in two's complement with the least
/// significant word first. A sidecar holds them as I64.
namespace assay::kernel {

/// The least number of words, at least 1, in which every entry fits.
[[nodiscard]] std::size_t limbs_of(const Matrix<Integer>& a);

/// @param limbs  at least limbs_of(a).
[[nodiscard]] std::vector<std::int64_t> to_limbs(const Matrix<Integer>& a, std::size_t limbs);

/// @param words  rows·cols·limbs of them; limbs ≥ 1.
[[nodiscard]] Matrix<Integer> from_limbs(std::size_t rows, std::size_t cols, std::size_t limbs,
                                         std::span<const std::int64_t> words);

}  // namespace assay::kernel
