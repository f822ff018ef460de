#include "linear/integer_solve.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "linear/padic_solve.hpp"

namespace assay {

namespace {

/// Is p-adic lifting likely to be faster than FLINT's elimination? Measured (benchmarks/rank.cpp).
bool is_worth_lifting(const IntegerMatrix& a, const IntegerMatrix& b) {
  const bool fits_into_words = std::max(longest(a), longest(b)) <= 55;
  return fits_into_words ? a.rows() >= 16 : a.rows() >= 30 && b.cols() >= 8;
}

/// Makes the denominator positive and coprime to the numerators' common divisor.
IntegerSolution reduced(IntegerMatrix numerators, FlintInteger denominator) {
  FlintInteger common;
  fmpz_abs(common.get(), denominator.get());
  for (std::size_t i = 0; i < numerators.rows() && !fmpz_is_one(common.get()); ++i)
    for (std::size_t j = 0; j < numerators.cols(); ++j) fmpz_gcd(common.get(), common.get(), numerators.at(i, j));
  if (fmpz_sgn(denominator.get()) < 0) fmpz_neg(common.get(), common.get());
  if (!fmpz_is_one(common.get())) {
    fmpz_divexact(denominator.get(), denominator.get(), common.get());
    fmpz_mat_scalar_divexact_fmpz(numerators.get(), numerators.get(), common.get());
  }
  return {std::move(numerators), to_integer(denominator.get())};
}

}  // namespace

std::optional<IntegerSolution> find_solution(const IntegerMatrix& a, const IntegerMatrix& b, unsigned threads) {
  ASSAY_ENSURE(a.rows() == a.cols() && b.rows() == a.rows(), "a square matrix and right sides of its height");
  if (is_worth_lifting(a, b))
    if (auto solution = padic_solution(a, b, threads)) return solution;
  IntegerMatrix numerators(a.rows(), b.cols());
  FlintInteger denominator;
  if (fmpz_mat_solve(numerators.get(), denominator.get(), a.get(), b.get()) == 0) return std::nullopt;
  return reduced(std::move(numerators), std::move(denominator));
}

}  // namespace assay
