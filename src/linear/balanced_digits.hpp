#pragma once
#include <gmp.h>

#include <cstddef>
#include <vector>

#include "linear/integer_matrix.hpp"

namespace assay {

/// A matrix of integers in balanced digits: x = Σ_s d_s·2^(βs) with −2^(β−1) ≤ d_s < 2^(β−1), 0 ≤ s < places.
///
/// With H = Σ_s 2^(β−1)·2^(βs) the d_s + 2^(β−1) are the ordinary digits of x + H, which is what is stored. It lies
/// between 0 and 2^(β·places) if |x| < 2^(β·places − 2), β ≥ 3: H ≥ 2^(β·places − 1) and
/// H < 2^(β·places − 1)·(1 + 2^(1−β)), so that H + |x| < 2^(β·places)·(½ + ⅛ + ¼).
class BalancedDigits {
 public:
  /// @param bits  β, from 3 to 32.
  BalancedDigits(const IntegerMatrix& a, int bits);

  /// How many digits the longest entry has, at least 1.
  [[nodiscard]] std::size_t places() const noexcept { return places_; }
  /// β.
  [[nodiscard]] int bits() const noexcept { return bits_; }
  /// The digits s of the columns from `first` on, row by row: rows × count doubles. s < places.
  void plane(std::size_t s, std::size_t first, std::size_t count, double* out) const noexcept;

  /// The places that integers of `length` bits need.
  [[nodiscard]] static std::size_t places_for(std::size_t length, int bits) noexcept {
    return (length + 2 + static_cast<std::size_t>(bits) - 1) / static_cast<std::size_t>(bits);
  }

 private:
  std::size_t rows_, cols_, places_, stride_;
  int bits_;
  std::vector<mp_limb_t> limbs_;  ///< x + H, `stride_` limbs each, of which the last is 0
};

}  // namespace assay
