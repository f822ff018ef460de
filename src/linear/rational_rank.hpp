#pragma once
#include <cstdint>
#include <optional>
#include <vector>

#include "linear/matrix.hpp"
#include "number/integer.hpp"

/// The rank of a rational matrix, proved.
///
/// A rank modulo a prime is a lower bound only. The upper bound comes from vectors of the kernel: if the columns C of A
/// span the others, the kernel has dimension cols − |C| at least. Both bounds are a certificate, which is found by
/// anything that is fast and checked by little: one elimination modulo a prime, and one product of integer matrices.
///
/// The alternatives were measured for a 300 × 300 matrix of rank 150 with entries of 38 bits (benchmarks/rank.cpp):
/// ranks modulo so many primes that Hadamard's bound forces all larger minors to vanish need no kernel, but about 100
/// eliminations (0.9 s) each time they are checked; a factorisation A = B·C with the kernel's rational entries in C is
/// the same matrix as the kernel; one with small entries needs a lattice reduction.
namespace assay {

/// Says why `rank(A) = rows.size()`. Let B be A, or its transpose if `of_transpose`, with each row multiplied by the
/// least common denominator of its entries: an integer matrix of the same rank.
///
/// *At least*: the leading principal minors of the submatrix B[rows, cols], its determinant among them, are not zero
/// modulo `prime`; the order of rows and columns matters.
/// *At most*: B[:, cols]·relations = denominator·B[:, others], where `others` are the other columns, ascending. Not
/// needed, and empty, if the rank is the number of rows or columns of A.
struct RankCertificate {
  bool of_transpose = false;
  std::vector<std::size_t> rows;
  std::vector<std::size_t> cols;
  std::uint64_t prime = 0;    ///< below 2⁶²; of no meaning for rank 0
  Matrix<Integer> relations;  ///< rank × (columns of B − rank)
  Integer denominator = 1;    ///< > 0
};

/// Looks for a certificate. Of the matrix and its transpose the one with fewer columns is taken, whose kernel is
/// smaller. Untrusted: only `checked_rank` says what the certificate proves.
///
/// @param threads  how many threads may work on a large matrix, ≥ 1.
/// @returns nothing if none was found, or if a row's common denominator or an entry over it has more than 2¹⁶ bits.
[[nodiscard]] std::optional<RankCertificate> find_rank(const Matrix<Rational>& a, unsigned threads = 1);

/// The rank of `a` if the certificate proves it, else nothing. Every part of the certificate is checked; it may come
/// from anywhere. The arithmetic is exact, and no matrix algorithm of a library takes part but products of doubles that
/// are exact.
[[nodiscard]] std::optional<std::size_t> checked_rank(const Matrix<Rational>& a, const RankCertificate& certificate,
                                                      unsigned threads = 1);

/// Of matrices with as many rows or columns at most, elimination without fractions finds the rank sooner than a
/// certificate is checked (benchmarks/rank.cpp).
inline constexpr std::size_t largest_eliminated = 16;

/// The rank, proved: as `find_rank` and `checked_rank` together, but without a certificate to keep. Small matrices go
/// through fraction-free elimination, which is a proof by itself.
/// @returns nothing as find_rank.
[[nodiscard]] std::optional<std::size_t> exact_rank(const Matrix<Rational>& a, unsigned threads = 1);

}  // namespace assay
