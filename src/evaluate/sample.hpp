#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace assay::evaluate {

/// Calls `visit` with the positions (ascending) of each subset of 0, …, n−1, of size k if given. Order: by size, then
/// lexicographically; it is the order in which sets of sets are enumerated.
/// @throws BudgetExceeded after `limit` subsets.
void for_each_subset(std::size_t n, std::optional<std::size_t> k, std::size_t limit,
                     const std::function<void(const std::vector<std::size_t>&)>& visit);

/// The specified generator of every seeded choice: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
class SplitMix64 {
 public:
  explicit SplitMix64(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() noexcept {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  /// Uniform in 0, …, bound−1 (bound ≥ 1): draws beyond the largest multiple of `bound` are thrown away.
  std::uint64_t below(std::uint64_t bound) noexcept {
    const std::uint64_t threshold = (0 - bound) % bound;
    std::uint64_t draw = next();
    while (draw < threshold) draw = next();
    return draw % bound;
  }

 private:
  std::uint64_t state_;
};

/// A uniformly distributed set of min(count, n) of the positions 0, …, n−1, ascending: the same for the same arguments
/// on every platform. SplitMix64 seeded with `seed`, rejection to avoid bias, and Floyd's sampling without replacement
/// (Bentley & Floyd, CACM 30 (1987)).
[[nodiscard]] std::vector<std::size_t> sample_positions(std::size_t n, std::size_t count, std::int64_t seed);

}  // namespace assay::evaluate
