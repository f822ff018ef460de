#pragma once
#include <cstddef>
#include <cstdint>
#include <stdexcept>

namespace assay {

/// The exact result exists but is larger than this arithmetic is willing to represent (a coefficient, a conductor or a
/// degree beyond its documented bound). Never a verdict: whoever catches it treats the operation as `Status::open`.
class NotRepresentable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

namespace limit {
/// Bits of the numerator and of the denominator of an exact rational, and of a coefficient of a cyclotomic number. At
/// this size one multiplication with its gcds takes about a tenth of a second.
inline constexpr std::size_t rational_bits = std::size_t{1} << 20U;
/// Bits of all coefficients of one cyclotomic number together.
inline constexpr std::size_t cyclotomic_bits = std::size_t{1} << 24U;
/// Largest n of a field Q(ζ_n) in which we compute.
inline constexpr std::uint64_t conductor = 1000000;
/// Largest n for an inverse that needs the extended Euclidean algorithm modulo Φ_n.
inline constexpr std::uint64_t inverse_degree = 400;
/// Largest conductor of a square root of a rational written as a quadratic Gauss sum.
inline constexpr std::uint64_t gauss_sum_conductor = 5000;
/// Largest degree of an algebraic number, and bits of the height of its minimal polynomial.
inline constexpr long algebraic_degree = 60;
inline constexpr long algebraic_bits = 1L << 16;
/// Highest precision in bits to which the comparison of exact numbers escalates.
inline constexpr long compare_precision = 1L << 16;
}  // namespace limit

}  // namespace assay
