// Let B be the inverse of A modulo p, d = Σ d_i·p^i a common denominator and R_0 = 0. Then
//     S_i = R_i + d_i·b,   Y_i = B·S_i mod p,   R_(i+1) = (S_i − A·Y_i)/p
// give A·Σ_(i<k) Y_i·p^i = b·Σ_(i<k) d_i·p^i − p^k·R_k: if d is used up and R_k = 0, then Y = Σ Y_i·p^i solves A·Y =
// d·b. With d = 1 the Y_i are the p-adic digits of the solution, from which its denominators can be told. Digits are
// taken between −p/2 and p/2 (a little more does no harm).
//
// Products in doubles are exact: B and S_i mod p have entries of size ≤ 2²⁰ + 1, so their sums of n products are below
// n·2⁴¹ ≤ 2⁵³; a is cut into balanced pieces of γ bits with n·2^(γ−1)·(2²⁰ + 1) ≤ 2⁵³. R_(i+1) is computed modulo 2^N,
// N = 64·limbs, where the division by p leaves no rest. That is right as |R_(i+1)| < 2^(N−1):
// |R_(i+1)| ≤ |R_i|/p + (max|b| + n·max|a|)·(½ + 2⁻²⁰), so by induction never above max|b| + n·max|a|. S_i itself may
// pass 2^N; its residue modulo p is that of (R_i mod p) + d_i·(b mod p).
#include "linear/padic_lifter.hpp"

#include <flint/ulong_extras.h>

#include <algorithm>
#include <bit>

#include "linear/balanced_digits.hpp"
#include "linear/gemm.hpp"
#include "linear/word_matrix.hpp"

namespace assay {

namespace {

constexpr std::uint64_t primes_below = std::uint64_t{1} << 21U;
constexpr std::size_t most_rows = 4096;
constexpr std::size_t most_bits = 4096;
constexpr int attempts = 4;

}  // namespace

std::optional<PadicLifter> PadicLifter::make(const IntegerMatrix& a, const IntegerMatrix& b) {
  if (a.rows() > most_rows || std::max(longest(a), longest(b)) > most_bits) return std::nullopt;
  // |b| + n·|a| < 2^(64·limbs − 1).
  const std::size_t bits = std::max(longest(b), longest(a) + std::bit_width(a.rows())) + 2;
  std::uint64_t p = primes_below;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    do --p;
    while (n_is_prime(p) == 0);
    PadicLifter out(a, p, (bits + 63) / 64);
    if (out.invert(a)) return out;
  }
  return std::nullopt;
}

PadicLifter::PadicLifter(const IntegerMatrix& a, std::uint64_t p, std::size_t limbs)
    : rows_(a.rows()),
      limbs_(limbs),
      prime_(p),
      divisor_(p, limbs),
      modulo_(static_cast<double>(p)),
      piece_bits_(32 - static_cast<int>(std::bit_width(rows_))) {
  const BalancedDigits digits(a, piece_bits_);
  pieces_.assign(digits.places(), std::vector<double>(rows_ * rows_));
  for (std::size_t u = 0; u < pieces_.size(); ++u) digits.plane(u, 0, rows_, pieces_[u].data());
}

bool PadicLifter::invert(const IntegerMatrix& a) {
  WordMatrix residues(a, prime_);
  if (nmod_mat_inv(residues.get(), residues.get()) == 0) return false;
  for (std::size_t i = 0; i < rows_; ++i)
    for (std::size_t j = 0; j < rows_; ++j) inverse_.push_back(modulo_(static_cast<double>(residues.at(i, j))));
  return true;
}

void PadicLifter::multiply(const std::vector<double>& left, const std::vector<double>& right, std::vector<double>& out,
                           std::size_t columns) const {
  gemm::best_kernels().doubles(left.data(), right.data(), out.data(), rows_, rows_, columns, rows_, columns, columns);
}

PadicLifter::State PadicLifter::initial_state(const IntegerMatrix& b, std::size_t first, std::size_t count) const {
  State out;
  // A product with one column is slower than one with four (Eigen 3.4, with AVX-512).
  out.columns = std::max<std::size_t>(count, 4);
  const std::size_t size = rows_ * out.columns;
  out.side = WrappedIntegers(size, limbs_);
  out.residual = WrappedIntegers(size, limbs_);
  for (std::size_t i = 0; i < rows_; ++i)
    for (std::size_t j = 0; j < count; ++j) out.side.set(i * out.columns + j, b.at(i, first + j));
  for (std::size_t k = 0; k < size; ++k) out.side_modulo.push_back(modulo_(out.side.residue(k, divisor_)));
  return out;
}

void PadicLifter::lift(State& state, const std::vector<std::int32_t>& denominator) const {
  const std::size_t size = rows_ * state.columns;
  std::vector<double> digit(size);
  std::vector<double> product(size);
  for (const std::int32_t d : denominator) {
    for (std::size_t k = 0; k < size; ++k)
      product[k] = modulo_(state.residual.residue(k, divisor_) + modulo_(d * state.side_modulo[k]));
    multiply(inverse_, product, digit, state.columns);
    gemm::best_kernels().reduce(digit.data(), size, static_cast<double>(prime_));
    std::vector<std::int32_t>& stored = state.digits.emplace_back(size);
    for (std::size_t k = 0; k < size; ++k) stored[k] = static_cast<std::int32_t>(digit[k]);
    state.residual.add_multiple(state.side, d);
    for (std::size_t u = 0; u < pieces_.size(); ++u) {
      multiply(pieces_[u], digit, product, state.columns);
      state.residual.subtract_shifted(product, u * static_cast<std::size_t>(piece_bits_));
    }
    state.residual.divide_exactly(divisor_);
  }
}

}  // namespace assay
