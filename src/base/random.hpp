#pragma once
#include <cstdint>

namespace assay {

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

}  // namespace assay
