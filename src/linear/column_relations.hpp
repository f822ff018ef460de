#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "linear/integer_matrix.hpp"

/// Ranks and kernels of integer matrices: found by a search that nobody has to trust, then checked.
namespace assay {

/// Rows and columns of a square submatrix, in an order for which none of its leading principal minors is zero modulo a
/// prime. So the rank of the matrix is at least their number: a minor that is not zero modulo a prime is not zero.
struct NonzeroMinor {
  std::vector<std::size_t> rows;
  std::vector<std::size_t> cols;  ///< ascending
  std::uint64_t prime = 0;        ///< below 2⁶²
};

/// The columns `minor.cols` =: C span the columns of a matrix A: A[:, C]·numerators = denominator·A[:, others], where
/// `others` are the columns that are not in C, ascending. So the rank of A is at most |C|.
struct ColumnRelations {
  IntegerMatrix numerators;  ///< |C| × (cols − |C|)
  Integer denominator = 1;   ///< > 0
};

/// A largest minor that is not zero modulo a 28-bit prime that the seed names; the columns are the leftmost ones.
/// Untrusted: for one prime in some hundred thousand it is not the largest over Q, or its columns are not the leftmost.
[[nodiscard]] NonzeroMinor find_minor(const IntegerMatrix& a, std::uint64_t seed);

/// The relations of the columns of a minor, nothing if (as far as the search can tell, that is, modulo a prime) there
/// are none. Untrusted.
/// @param threads  how many may work on it.
[[nodiscard]] std::optional<ColumnRelations> find_relations(const IntegerMatrix& a, const NonzeroMinor& minor,
                                                            unsigned threads);

/// Is this minor within the matrix, and none of its leading principal minors zero modulo the prime? Checks everything.
[[nodiscard]] bool is_nonzero_minor(const IntegerMatrix& a, const NonzeroMinor& minor);

/// Do the relations hold exactly? The columns are within the matrix and distinct; everything else is checked.
[[nodiscard]] bool relations_hold(const IntegerMatrix& a, const std::vector<std::size_t>& cols,
                                  const ColumnRelations& relations, unsigned threads);

}  // namespace assay
