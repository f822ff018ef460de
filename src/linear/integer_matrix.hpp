#pragma once
#include <flint/fmpz_mat.h>

#include <cstddef>
#include <optional>
#include <vector>

#include "linear/matrix.hpp"
#include "number/flint_convert.hpp"
#include "number/integer.hpp"

namespace assay {

/// Owns an fmpz_mat.
class IntegerMatrix {
 public:
  IntegerMatrix(std::size_t rows, std::size_t cols) {
    fmpz_mat_init(value_, static_cast<slong>(rows), static_cast<slong>(cols));
  }
  IntegerMatrix(const IntegerMatrix& other) { fmpz_mat_init_set(value_, other.value_); }
  IntegerMatrix(IntegerMatrix&& other) noexcept {
    fmpz_mat_init(value_, 0, 0);
    fmpz_mat_swap(value_, other.value_);
  }
  IntegerMatrix& operator=(IntegerMatrix other) noexcept {
    fmpz_mat_swap(value_, other.value_);
    return *this;
  }
  ~IntegerMatrix() { fmpz_mat_clear(value_); }

  [[nodiscard]] std::size_t rows() const noexcept { return static_cast<std::size_t>(value_->r); }
  [[nodiscard]] std::size_t cols() const noexcept { return static_cast<std::size_t>(value_->c); }
  [[nodiscard]] fmpz_mat_struct* get() noexcept { return value_; }
  [[nodiscard]] const fmpz_mat_struct* get() const noexcept { return value_; }
  [[nodiscard]] fmpz* at(std::size_t i, std::size_t j) noexcept { return value_->rows[i] + j; }
  [[nodiscard]] const fmpz* at(std::size_t i, std::size_t j) const noexcept { return value_->rows[i] + j; }

 private:
  fmpz_mat_t value_;
};

/// Bits up to which a common denominator, and a number over it, is made.
inline constexpr std::size_t largest_cleared_bits = std::size_t{1} << 16U;

/// A rational matrix with the rows over common denominators: entry (i, j) is matrix(i, j)/denominators[i].
struct ClearedRows {
  IntegerMatrix matrix;
  std::vector<Integer> denominators;  ///< > 0, the least
};

/// A rational matrix over one common denominator: entry (i, j) is matrix(i, j)/denominator.
struct Cleared {
  IntegerMatrix matrix;
  Integer denominator;  ///< > 0, the least
};

/// @returns nothing if a common denominator, or a number over it, has more than `largest_cleared_bits` bits.
[[nodiscard]] std::optional<ClearedRows> clear_rows(const Matrix<Rational>& a);
/// @returns nothing if the common denominator, or a number over it, has more than `largest_cleared_bits` bits.
[[nodiscard]] std::optional<Cleared> clear_all(const Matrix<Rational>& a);

[[nodiscard]] IntegerMatrix integer_matrix(const Matrix<Integer>& a);
[[nodiscard]] Matrix<Integer> to_integers(const IntegerMatrix& a);
/// The matrix a/denominator in lowest terms. denominator ≠ 0.
[[nodiscard]] Matrix<Rational> quotient(const IntegerMatrix& a, const Integer& denominator);

/// The length in bits of the longest entry.
[[nodiscard]] std::size_t longest(const IntegerMatrix& a);
/// The rows and columns with these indices, in their order.
[[nodiscard]] IntegerMatrix submatrix(const IntegerMatrix& a, const std::vector<std::size_t>& rows,
                                      const std::vector<std::size_t>& cols);
[[nodiscard]] IntegerMatrix transposed(const IntegerMatrix& a);
/// 0, 1, …, n − 1.
[[nodiscard]] std::vector<std::size_t> all_indices(std::size_t n);
/// Those of 0, …, n − 1 that are not in `indices`, ascending.
[[nodiscard]] std::vector<std::size_t> other_indices(const std::vector<std::size_t>& indices, std::size_t n);

}  // namespace assay
