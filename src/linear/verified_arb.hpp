#pragma once
#include <arb_mat.h>

#include "linear/matrix.hpp"
#include "number/real_ball.hpp"

namespace assay {

/// Owns an arb_mat. Used only inside the implementation of src/linear.
class ArbMatrix {
 public:
  ArbMatrix(std::size_t rows, std::size_t cols) {
    arb_mat_init(value_, static_cast<slong>(rows), static_cast<slong>(cols));
  }
  explicit ArbMatrix(const Matrix<Ball>& a) : ArbMatrix(a.rows, a.cols) {
    for (std::size_t i = 0; i < a.rows; ++i)
      for (std::size_t j = 0; j < a.cols; ++j)
        arb_set(arb_mat_entry(value_, static_cast<slong>(i), static_cast<slong>(j)), a(i, j).get());
  }
  ArbMatrix(const ArbMatrix&) = delete;
  ArbMatrix& operator=(const ArbMatrix&) = delete;
  ~ArbMatrix() { arb_mat_clear(value_); }

  [[nodiscard]] arb_mat_struct* get() noexcept { return value_; }
  [[nodiscard]] const arb_mat_struct* get() const noexcept { return value_; }
  [[nodiscard]] Matrix<Ball> to_matrix() const {
    Matrix<Ball> out(static_cast<std::size_t>(arb_mat_nrows(value_)), static_cast<std::size_t>(arb_mat_ncols(value_)));
    for (std::size_t i = 0; i < out.rows; ++i)
      for (std::size_t j = 0; j < out.cols; ++j)
        arb_set(out(i, j).get(), arb_mat_entry(value_, static_cast<slong>(i), static_cast<slong>(j)));
    return out;
  }

 private:
  arb_mat_t value_;
};

}  // namespace assay
