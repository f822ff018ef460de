#include "linear/rational_rank.hpp"

#include <algorithm>

#include "linear/column_relations.hpp"
#include "linear/fraction_free.hpp"

namespace assay {

namespace {

/// Each prime may be unlucky: it then divides all minors of the true rank's size.
constexpr std::uint64_t attempts = 4;
/// Up to so many columns fraction-free elimination is faster than a minor (benchmarks/rank.cpp).
constexpr std::size_t small_for_minor = 6;

std::optional<ClearedRows> oriented(const Matrix<Rational>& a, bool of_transpose) {
  return of_transpose ? clear_rows(transposed(a)) : clear_rows(a);
}

}  // namespace

std::optional<RankCertificate> find_rank(const Matrix<Rational>& a, unsigned threads) {
  const bool of_transpose = a.cols > a.rows;
  const std::optional<ClearedRows> cleared = oriented(a, of_transpose);
  if (!cleared) return std::nullopt;
  for (std::uint64_t seed = 1; seed <= attempts; ++seed) {
    NonzeroMinor minor = find_minor(cleared->matrix, seed);
    RankCertificate out;
    if (minor.rows.size() < std::min(a.rows, a.cols)) {
      const auto relations = find_relations(cleared->matrix, minor, threads);
      if (!relations) continue;
      out.relations = to_integers(relations->numerators);
      out.denominator = relations->denominator;
    }
    out.of_transpose = of_transpose;
    out.rows = std::move(minor.rows);
    out.cols = std::move(minor.cols);
    out.prime = minor.prime;
    return out;
  }
  return std::nullopt;
}

std::optional<std::size_t> checked_rank(const Matrix<Rational>& a, const RankCertificate& certificate,
                                        unsigned threads) {
  const std::optional<ClearedRows> cleared = oriented(a, certificate.of_transpose);
  if (!cleared || !is_nonzero_minor(cleared->matrix, {certificate.rows, certificate.cols, certificate.prime}))
    return std::nullopt;
  const std::size_t rank = certificate.rows.size();
  if (rank == std::min(a.rows, a.cols)) return rank;
  // The extents first: those of a hostile matrix may be anything, and their product may overflow.
  const Matrix<Integer>& relations = certificate.relations;
  if (relations.rows != rank || relations.cols != cleared->matrix.cols() - rank ||
      relations.entries.size() != relations.rows * relations.cols)
    return std::nullopt;
  if (!relations_hold(cleared->matrix, certificate.cols, {integer_matrix(relations), certificate.denominator}, threads))
    return std::nullopt;
  return rank;
}

std::optional<std::size_t> exact_rank(const Matrix<Rational>& a, unsigned threads) {
  const std::optional<ClearedRows> cleared = oriented(a, a.cols > a.rows);
  if (!cleared) return std::nullopt;
  const IntegerMatrix& matrix = cleared->matrix;
  if (matrix.cols() <= small_for_minor) return fraction_free_rank(matrix);
  for (std::uint64_t seed = 1; seed <= attempts; ++seed) {
    const NonzeroMinor minor = find_minor(matrix, seed);
    const std::size_t rank = minor.rows.size();
    if (!is_nonzero_minor(matrix, minor)) continue;
    if (rank == matrix.cols()) return rank;
    if (matrix.cols() <= largest_eliminated) return fraction_free_rank(matrix);
    const auto relations = find_relations(matrix, minor, threads);
    if (relations && relations_hold(matrix, minor.cols, *relations, threads)) return rank;
  }
  return std::nullopt;
}

}  // namespace assay
