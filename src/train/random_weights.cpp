#include "train/random_weights.hpp"

#include <cmath>
#include <string>
#include <vector>

#include "base/contract.hpp"
#include "base/digest.hpp"
#include "base/error.hpp"
#include "train/inner_product.hpp"

namespace assay::train {

namespace {

/// Whether a run of falling uniforms below `bound`/2^64, of which each link also needs `link()`, has even length. With
/// x = bound/2^64 and q the probability of `link()`, it has length >= m with probability (xq)^m/m!, so an even one with
/// probability exp(-xq) (von Neumann 1951).
template <class Link>
bool even_run(SplitMix64& random, std::uint64_t bound, Link link) {
  bool even = true;
  for (;;) {
    const std::uint64_t draw = random.next();
    if (draw >= bound || !link()) return even;
    bound = draw;
    even = !even;
  }
}

/// True with probability exp(-1/2): algorithm H.
bool half_exponential(SplitMix64& random) {
  return even_run(random, std::uint64_t{1} << 63U, [] { return true; });
}

/// True with probability exp(-x(2k + x)/(2k + 2)), x = fraction/2^64: algorithm B.
bool tail_exponential(SplitMix64& random, std::uint64_t k, std::uint64_t fraction) {
  return even_run(random, fraction, [&] {  // true with probability (2k + x)/(2k + 2)
    const std::uint64_t choice = random.below(2 * k + 2);
    return choice < 2 * k || (choice == 2 * k && random.next() < fraction);
  });
}

/// All of `count` independent events.
template <class Event>
bool all_of(std::uint64_t count, Event event) {
  for (std::uint64_t i = 0; i < count; ++i)
    if (!event()) return false;
  return true;
}

/// Orthonormalizes the `count` vectors of `length` >= count numbers, one after the other.
void orthonormalize_vectors(std::span<double> vectors, std::size_t count, std::size_t length) {
  for (std::size_t i = 0; i < count; ++i) {
    const std::span v = vectors.subspan(i * length, length);
    const double before = std::sqrt(inner_product(v, v));
    for (int pass = 0; pass < 2; ++pass)
      for (std::size_t j = 0; j < i; ++j) {
        const std::span q = vectors.subspan(j * length, length);
        const double projection = inner_product(q, v);
        for (std::size_t k = 0; k < length; ++k) v[k] -= projection * q[k];
      }
    const double norm = std::sqrt(inner_product(v, v));
    if (!(norm > 1e-13 * before)) throw InputError("`orthogonal` drew a singular matrix", "Take another seed.");
    for (std::size_t k = 0; k < length; ++k) v[k] /= norm;
  }
}

}  // namespace

std::uint64_t stream_seed(std::int64_t seed, std::string_view name) {
  const std::string hash = sha256("assay stream\n" + std::to_string(seed) + "\n" + std::string(name));
  return std::stoull(hash.substr(hash.find(':') + 1, 16), nullptr, 16);
}

double standard_normal(SplitMix64& random) {
  for (;;) {
    std::uint64_t k = 0;
    while (half_exponential(random)) ++k;
    if (!all_of(k * (k - (k > 0 ? 1 : 0)), [&] { return half_exponential(random); })) continue;
    const std::uint64_t fraction = random.next();
    if (!all_of(k + 1, [&] { return tail_exponential(random, k, fraction); })) continue;
    const double value = static_cast<double>(k) + static_cast<double>(fraction >> 11U) * 0x1p-53;
    return random.next() >> 63U == 0 ? value : -value;
  }
}

double standard_uniform(SplitMix64& random) { return static_cast<double>(random.next() >> 11U) * 0x1p-52 - 1; }

void orthonormalize(std::span<double> matrix, std::size_t rows, std::size_t columns) {
  ASSAY_ENSURE(matrix.size() == rows * columns, "a matrix has rows × columns entries");
  if (rows <= columns) return orthonormalize_vectors(matrix, rows, columns);
  std::vector<double> transpose(matrix.size());
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) transpose[j * rows + i] = matrix[i * columns + j];
  orthonormalize_vectors(transpose, columns, rows);
  for (std::size_t i = 0; i < rows; ++i)
    for (std::size_t j = 0; j < columns; ++j) matrix[i * columns + j] = transpose[j * rows + i];
}

}  // namespace assay::train
