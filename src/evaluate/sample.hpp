#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/random.hpp"

namespace assay::evaluate {

/// Calls `visit` with the positions (ascending) of each subset of 0, …, n−1, of size k if given. Order: by size, then
/// lexicographically; it is the order in which sets of sets are enumerated.
/// @throws BudgetExceeded after `limit` subsets.
void for_each_subset(std::size_t n, std::optional<std::size_t> k, std::size_t limit,
                     const std::function<void(const std::vector<std::size_t>&)>& visit);

/// A uniformly distributed set of min(count, n) of the positions 0, …, n−1, ascending, drawn with `random`: Floyd's
/// sampling without replacement (Bentley & Floyd, CACM 30 (1987)).
[[nodiscard]] std::vector<std::size_t> sample_positions(std::size_t n, std::size_t count, SplitMix64& random);

/// A uniformly distributed set of min(count, n) of the positions 0, …, n−1, ascending: the same for the same arguments
/// on every platform. SplitMix64 seeded with `seed`, rejection to avoid bias.
[[nodiscard]] std::vector<std::size_t> sample_positions(std::size_t n, std::size_t count, std::int64_t seed);

}  // namespace assay::evaluate
