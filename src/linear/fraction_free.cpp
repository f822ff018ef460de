#include "linear/fraction_free.hpp"

#include <optional>
#include <utility>

#include "base/contract.hpp"

namespace assay {

namespace {

/// entry = (entry·pivot − left·above)/previous, which leaves no rest.
void update(fmpz* entry, const fmpz* pivot, const fmpz* left, const fmpz* above, const fmpz* previous) {
  fmpz_mul(entry, entry, pivot);
  fmpz_submul(entry, left, above);
  if (!fmpz_is_one(previous)) fmpz_divexact(entry, entry, previous);
}

/// The row from `top` on with the shortest entry in the column that is not zero.
std::optional<std::size_t> shortest_pivot(const IntegerMatrix& a, std::size_t top, std::size_t column) {
  std::optional<std::size_t> best;
  for (std::size_t i = top; i < a.rows(); ++i)
    if (!fmpz_is_zero(a.at(i, column)) && (!best || fmpz_cmpabs(a.at(i, column), a.at(*best, column)) < 0)) best = i;
  return best;
}

}  // namespace

std::size_t fraction_free_rank(IntegerMatrix a) {
  std::size_t rank = 0;
  FlintInteger previous(Integer(1));
  for (std::size_t column = 0; column < a.cols() && rank < a.rows(); ++column) {
    const auto pivot = shortest_pivot(a, rank, column);
    if (!pivot) continue;
    if (*pivot != rank) std::swap(a.get()->rows[*pivot], a.get()->rows[rank]);
    for (std::size_t i = rank + 1; i < a.rows(); ++i)
      for (std::size_t j = column + 1; j < a.cols(); ++j)
        update(a.at(i, j), a.at(rank, column), a.at(i, column), a.at(rank, j), previous.get());
    fmpz_set(previous.get(), a.at(rank, column));
    ++rank;
  }
  return rank;
}

bool leading_minors_are_positive(IntegerMatrix a) {
  ASSAY_ENSURE(a.rows() == a.cols(), "a symmetric matrix is square");
  FlintInteger previous(Integer(1));
  for (std::size_t k = 0; k < a.rows(); ++k) {
    if (fmpz_sgn(a.at(k, k)) <= 0) return false;  // the minor of the first k + 1 rows and columns
    for (std::size_t i = k + 1; i < a.rows(); ++i)
      for (std::size_t j = k + 1; j <= i; ++j)  // below the diagonal is enough
        update(a.at(i, j), a.at(k, k), a.at(i, k), a.at(j, k), previous.get());
    fmpz_set(previous.get(), a.at(k, k));
  }
  return true;
}

}  // namespace assay
