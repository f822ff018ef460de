#pragma once
#include <flint/nmod_mat.h>

#include "linear/integer_matrix.hpp"

namespace assay {

/// An integer matrix modulo a word-sized number: owns an nmod_mat.
class WordMatrix {
 public:
  WordMatrix(const IntegerMatrix& a, mp_limb_t modulus) {
    nmod_mat_init(value_, static_cast<slong>(a.rows()), static_cast<slong>(a.cols()), modulus);
    fmpz_mat_get_nmod_mat(value_, a.get());
  }
  WordMatrix(const WordMatrix&) = delete;
  WordMatrix& operator=(const WordMatrix&) = delete;
  ~WordMatrix() { nmod_mat_clear(value_); }
  [[nodiscard]] nmod_mat_struct* get() noexcept { return value_; }
  [[nodiscard]] mp_limb_t at(std::size_t i, std::size_t j) const noexcept { return value_->rows[i][j]; }

 private:
  nmod_mat_t value_;
};

}  // namespace assay
