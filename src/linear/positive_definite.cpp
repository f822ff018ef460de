#include "linear/positive_definite.hpp"

#include <algorithm>
#include <vector>

#include "base/contract.hpp"
#include "linear/fraction_free.hpp"

namespace assay {

namespace {

bool is_symmetric(const IntegerMatrix& a) {
  if (a.rows() != a.cols()) return false;
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!fmpz_equal(a.at(i, j), a.at(j, i))) return false;
  return true;
}

}  // namespace

bool is_diagonally_dominant(const IntegerMatrix& a) {
  const std::size_t n = a.rows();
  // D = diag(2^(largest − half_i)) up to a common factor; half_i is half the length of the i-th diagonal entry.
  std::vector<mp_bitcnt_t> half(n);
  for (std::size_t i = 0; i < n; ++i) {
    if (fmpz_sgn(a.at(i, i)) <= 0) return false;
    half[i] = fmpz_bits(a.at(i, i)) / 2;
  }
  const mp_bitcnt_t largest = n == 0 ? 0 : *std::max_element(half.begin(), half.end());
  FlintInteger excess;
  FlintInteger term;
  for (std::size_t i = 0; i < n; ++i) {
    // Row i of D·A·D without its common factor d_i.
    fmpz_mul_2exp(excess.get(), a.at(i, i), largest - half[i]);
    for (std::size_t j = 0; j < n; ++j) {
      if (j == i) continue;
      fmpz_abs(term.get(), a.at(i, j));
      fmpz_mul_2exp(term.get(), term.get(), largest - half[j]);
      fmpz_sub(excess.get(), excess.get(), term.get());
    }
    if (fmpz_sgn(excess.get()) <= 0) return false;
  }
  return true;
}

bool is_positive_definite(const IntegerMatrix& a) {
  ASSAY_ENSURE(is_symmetric(a), "definiteness is asked of symmetric matrices");
  return is_diagonally_dominant(a) || leading_minors_are_positive(a);
}

}  // namespace assay
