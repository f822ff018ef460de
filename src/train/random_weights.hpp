#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "base/random.hpp"

/// Seeded random numbers of trainings: specified algorithms, with the same bits on every platform.
namespace assay::train {

/// The seed of the stream that belongs to `name`: the first 8 bytes, most significant first, of the SHA-256 of the text
/// "assay stream", the seed in decimal, and the name, a line feed before each of the latter two. So streams of
/// different names are unrelated, and a further weight does not change the others.
[[nodiscard]] std::uint64_t stream_seed(std::int64_t seed, std::string_view name);

/// A number of the standard normal distribution, as an integer k >= 0 plus a fraction of 53 bits, with a random sign.
///
/// Only integers are compared and one sum is rounded: no logarithm or exponential of a mathematics library, whose last
/// bits differ between platforms. With 64-bit uniforms in place of unbounded ones the probability of any decision is
/// off by at most 2^-64. Source: Karney, "Sampling exactly from the normal distribution", ACM TOMS 42 (2016), algorithm
/// N.
[[nodiscard]] double standard_normal(SplitMix64& random);

/// Uniform on the 2^53 multiples of 2^-52 in [-1, 1).
[[nodiscard]] double standard_uniform(SplitMix64& random);

/// Makes the `rows` × `columns` matrix (row-major) one with orthonormal rows if rows <= columns, else orthonormal
/// columns: the factor Q of the matrix or its transpose, A = QR with positive diagonal of R, so that a matrix of
/// independent normal numbers becomes uniformly (Haar) distributed.
///
/// Gram-Schmidt, each vector orthogonalised twice, which suffices for orthogonality to machine precision (Giraud,
/// Langou, Rozložník, van den Eshof 2005); its sums have a fixed order, which a vectorising library does not promise.
/// @throws InputError if the vectors are linearly dependent to machine precision (probability 0 for normal numbers).
void orthonormalize(std::span<double> matrix, std::size_t rows, std::size_t columns);

}  // namespace assay::train
