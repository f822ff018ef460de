#pragma once
#include <cstdint>

#include "evaluate/basic_residue_arithmetic.hpp"

namespace assay::verify {

/// Residues modulo the Mersenne prime 2⁶¹ − 1, of which 2⁶¹ ≡ 1 makes the reduction an addition.
struct MersenneResidues {
  static constexpr std::uint64_t prime = (std::uint64_t{1} << 61U) - 1;
  static std::uint64_t add(std::uint64_t x, std::uint64_t y) { return reduced(x + y); }
  static std::uint64_t subtract(std::uint64_t x, std::uint64_t y) { return reduced(x + (prime - y)); }
  static std::uint64_t negate(std::uint64_t x) { return x == 0 ? 0 : prime - x; }
  static std::uint64_t multiply(std::uint64_t x, std::uint64_t y) {
    const DoubleWord product = static_cast<DoubleWord>(x) * y;
    return reduced((static_cast<std::uint64_t>(product) & prime) + static_cast<std::uint64_t>(product >> 61U));
  }
  /// x^(p − 2), by Fermat. @pre x is not 0
  static std::uint64_t inverse(std::uint64_t x) {
    std::uint64_t out = 1;
    for (std::uint64_t rest = prime - 2; rest > 0; rest >>= 1U, x = multiply(x, x))
      if ((rest & 1U) != 0) out = multiply(out, x);
    return out;
  }
  static std::size_t rank(Matrix<evaluate::ModularNumber> a);

 private:
  __extension__ using DoubleWord = unsigned __int128;
  /// @param x  below 2p.
  static std::uint64_t reduced(std::uint64_t x) { return x >= prime ? x - prime : x; }
};

}  // namespace assay::verify
