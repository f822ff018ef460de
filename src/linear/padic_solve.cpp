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
#include "linear/padic_solve.hpp"

#include <flint/fmpq.h>
#include <flint/nmod_mat.h>
#include <flint/ulong_extras.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <functional>

#include "base/contract.hpp"
#include "base/thread_pool.hpp"
#include "linear/balanced_digits.hpp"
#include "linear/gemm.hpp"
#include "linear/machine_residue.hpp"
#include "linear/wrapped_integers.hpp"
#include "number/rational.hpp"

namespace assay {

namespace {

constexpr std::uint64_t primes_below = std::uint64_t{1} << 21U;
constexpr std::size_t most_rows = 4096;
constexpr std::size_t most_bits = 4096;
constexpr int attempts = 4;
/// A number modulo p^k is believed if it is so many bits shorter than p^k.
constexpr std::size_t spare_bits = 30;

/// A matrix and what lifting needs of it.
class Lifter {
 public:
  /// @returns nothing if no prime leaves the matrix invertible.
  static std::optional<Lifter> make(const IntegerMatrix& a, const IntegerMatrix& b) {
    // |b| + n·|a| < 2^(64·limbs − 1).
    const std::size_t bits = std::max(longest(b), longest(a) + std::bit_width(a.rows())) + 2;
    std::uint64_t p = primes_below;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      do --p;
      while (n_is_prime(p) == 0);
      Lifter out(a, p, (bits + 63) / 64);
      if (out.invert(a)) return out;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::uint64_t prime() const noexcept { return prime_; }

  /// What changes from step to step for some columns of the right side.
  struct State {
    std::size_t columns = 0;
    WrappedIntegers side;                           ///< rows × columns
    std::vector<double> side_modulo;                ///< the same modulo p
    WrappedIntegers residual;                       ///< R_i
    std::vector<std::vector<std::int32_t>> digits;  ///< for each step, rows × columns
  };

  [[nodiscard]] State initial_state(const IntegerMatrix& b, std::size_t first, std::size_t count) const {
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

  /// One more step for each digit of the denominator.
  void lift(State& state, const std::vector<std::int32_t>& denominator) const {
    const std::size_t size = rows_ * state.columns;
    std::vector<double> digit(size);
    std::vector<double> product(size);
    for (const std::int32_t d : denominator) {
      for (std::size_t k = 0; k < size; ++k)
        digit[k] = modulo_(state.residual.residue(k, divisor_) + modulo_(d * state.side_modulo[k]));
      multiply(inverse_, digit, product, state.columns);
      digit = product;
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

  /// A bound of the digits that numerators and denominators of a solution have together, by Cramer and Hadamard.
  [[nodiscard]] std::size_t most_digits() const noexcept { return (2 * rows_ * 64 * limbs_) / 20 + 32; }

  static bool fits(const IntegerMatrix& a, const IntegerMatrix& b) {
    return a.rows() <= most_rows && std::max(longest(a), longest(b)) <= most_bits;
  }

 private:
  Lifter(const IntegerMatrix& a, std::uint64_t p, std::size_t limbs)
      : rows_(a.rows()), limbs_(limbs), prime_(p), divisor_(p, limbs), modulo_(static_cast<double>(p)) {
    piece_bits_ = 32 - static_cast<int>(std::bit_width(rows_));
    const BalancedDigits digits(a, piece_bits_);
    pieces_.assign(digits.places(), std::vector<double>(rows_ * rows_));
    for (std::size_t u = 0; u < pieces_.size(); ++u) digits.plane(u, 0, rows_, pieces_[u].data());
  }

  bool invert(const IntegerMatrix& a) {
    nmod_mat_t residues;
    nmod_mat_init(residues, static_cast<slong>(rows_), static_cast<slong>(rows_), prime_);
    fmpz_mat_get_nmod_mat(residues, a.get());
    const bool is_invertible = nmod_mat_inv(residues, residues) != 0;
    inverse_.resize(rows_ * rows_);
    for (std::size_t i = 0; i < rows_ && is_invertible; ++i)
      for (std::size_t j = 0; j < rows_; ++j)
        inverse_[i * rows_ + j] = modulo_(static_cast<double>(nmod_mat_entry(residues, i, j)));
    nmod_mat_clear(residues);
    return is_invertible;
  }

  void multiply(const std::vector<double>& left, const std::vector<double>& right, std::vector<double>& out,
                std::size_t columns) const {
    gemm::best_kernels().doubles(left.data(), right.data(), out.data(), rows_, rows_, columns, rows_, columns, columns);
  }

  std::size_t rows_, limbs_;
  std::uint64_t prime_;
  WrappedIntegers::Divisor divisor_;
  MachineResidue<> modulo_;
  int piece_bits_ = 0;
  std::vector<double> inverse_;
  std::vector<std::vector<double>> pieces_;
};

/// out = Σ_s digit(s)·p^s over `count` digits.
template <class Digit>
void set_from_digits(Integer& out, std::uint64_t prime, std::size_t count, const Digit& digit) {
  out = 0;
  // Three digits at a time are below 2⁶³.
  const std::uint64_t cube = prime * prime * prime;
  const auto p = static_cast<std::int64_t>(prime);
  const auto digit_or_zero = [&](std::size_t s) -> std::int64_t { return s < count ? digit(s) : 0; };
  mpz_realloc2(out.get_mpz_t(), 21 * count + 128);
  for (std::size_t s = (count + 2) / 3 * 3; s > 0; s -= 3) {
    const std::int64_t three = digit_or_zero(s - 3) + p * (digit_or_zero(s - 2) + p * digit_or_zero(s - 1));
    mpz_mul_ui(out.get_mpz_t(), out.get_mpz_t(), cube);
    if (three >= 0)
      mpz_add_ui(out.get_mpz_t(), out.get_mpz_t(), static_cast<std::uint64_t>(three));
    else
      mpz_sub_ui(out.get_mpz_t(), out.get_mpz_t(), -static_cast<std::uint64_t>(three));
  }
}

/// The digits of x in base p, from −p/2 to p/2.
std::vector<std::int32_t> digits_of(Integer x, std::uint64_t prime) {
  std::vector<std::int32_t> out;
  while (x != 0) {
    auto digit = static_cast<std::int64_t>(mpz_fdiv_ui(x.get_mpz_t(), prime));
    if (digit > static_cast<std::int64_t>(prime / 2)) digit -= static_cast<std::int64_t>(prime);
    x -= exact_integer(digit);
    mpz_divexact_ui(x.get_mpz_t(), x.get_mpz_t(), prime);
    out.push_back(static_cast<std::int32_t>(digit));
  }
  return out;
}

/// Numbers modulo p^k, of which it is known how long they are if they are right.
class Modulus {
 public:
  Modulus(std::uint64_t prime, std::size_t digits) {
    mpz_ui_pow_ui(value_.get_mpz_t(), prime, digits);
    half_ = value_ / 2;
    bits_ = mpz_sizeinbase(value_.get_mpz_t(), 2);
  }

  /// The length in bits of x modulo p^k, near 0, if it is short enough to be believed.
  [[nodiscard]] std::optional<std::size_t> length(Integer x) const {
    mpz_mod(x.get_mpz_t(), x.get_mpz_t(), value_.get_mpz_t());
    if (x > half_) x -= value_;
    const std::size_t bits = mpz_sizeinbase(x.get_mpz_t(), 2);
    return bits + spare_bits <= bits_ ? std::optional(bits) : std::nullopt;
  }

  /// The denominator of the fraction that x modulo p^k stands for, if one is short enough to be believed.
  [[nodiscard]] std::optional<Integer> denominator(Integer x) const {
    mpz_mod(x.get_mpz_t(), x.get_mpz_t(), value_.get_mpz_t());
    FlintRational fraction;
    if (fmpq_reconstruct_fmpz(fraction.get(), FlintInteger(x).get(), FlintInteger(value_).get()) == 0) return {};
    const fmpz* found = fmpq_denref(fraction.get());
    if (fmpz_bits(fmpq_numref(fraction.get())) + fmpz_bits(found) + spare_bits > bits_) return {};
    return to_integer(found);
  }

 private:
  Integer value_, half_;
  std::size_t bits_ = 0;
};

class PadicSolver {
 public:
  PadicSolver(const Lifter& lifter, const IntegerMatrix& b, unsigned threads)
      : lifter_(lifter), b_(b), threads_(threads), numerators_(lifter.rows(), b.cols()), denominators_(b.cols(), 1) {}

  std::optional<IntegerSolution> solve() {
    std::vector<std::size_t> left = all_indices(b_.cols());
    // Nearly always the first column has the denominator of all.
    while (!left.empty()) {
      if (!find_denominator(left.front())) return std::nullopt;
      const std::size_t before = left.size();
      left = solve_columns(left);
      if (left.size() == before) return std::nullopt;
    }
    IntegerSolution out{IntegerMatrix(numerators_.rows, numerators_.cols), denominator_};
    for (std::size_t j = 0; j < numerators_.cols; ++j) {
      const Integer factor = denominator_ / denominators_[j];
      for (std::size_t i = 0; i < numerators_.rows; ++i) {
        if (factor != 1) numerators_(i, j) *= factor;
        fmpz_set_mpz(out.numerators.at(i, j), numerators_(i, j).get_mpz_t());
      }
    }
    return out;
  }

 private:
  /// Lifts column j with the denominator 1 until its denominators show, and multiplies the common one by what it needs.
  bool find_denominator(std::size_t j) {
    Lifter::State state = lifter_.initial_state(b_, j, 1);
    std::vector<std::int32_t> one{1};
    const std::size_t most = lifter_.most_digits();
    for (std::size_t digits = 8; state.digits.size() < most; digits = std::min(most, digits + digits / 4)) {
      one.resize(digits - state.digits.size(), 0);
      lifter_.lift(state, one);
      one.assign(0, 0);
      const Modulus modulus(lifter_.prime(), digits);
      Integer found = denominator_;
      Integer x;
      std::size_t i = 0;
      for (; i < lifter_.rows(); ++i) {
        set_from_digits(x, lifter_.prime(), digits, [&](std::size_t s) { return state.digits[s][i * state.columns]; });
        x *= found;
        if (const auto length = modulus.length(x)) {
          longest_ = std::max(longest_, *length);
          continue;
        }
        const auto more = modulus.denominator(x);
        if (!more) break;
        found *= *more;
        longest_ += mpz_sizeinbase(more->get_mpz_t(), 2);
      }
      if (i < lifter_.rows()) continue;
      denominator_ = found;
      return true;
    }
    return false;
  }

  /// Solves these columns with the denominator that is known. @returns those that need another one.
  std::vector<std::size_t> solve_columns(const std::vector<std::size_t>& columns) {
    std::vector<std::uint8_t> is_solved(columns.size(), 0);
    const IntegerMatrix side = submatrix(b_, all_indices(b_.rows()), columns);
    const auto work = [&](std::size_t begin, std::size_t end) { solve_block(side, columns, begin, end, is_solved); };
    const std::size_t count = columns.size();
    if (threads_ <= 1 || count < threads_ || lifter_.rows() < 32) {
      work(0, count);
    } else {
      ThreadPool pool(threads_);
      pool.run(threads_, [&](unsigned number) { work(count * number / threads_, count * (number + 1) / threads_); });
    }
    std::vector<std::size_t> left;
    for (std::size_t k = 0; k < count; ++k)
      if (is_solved[k] == 0) left.push_back(columns[k]);
    return left;
  }

  /// Columns begin, …, end − 1 of `side`, which are `columns` of b.
  void solve_block(const IntegerMatrix& side, const std::vector<std::size_t>& columns, std::size_t begin,
                   std::size_t end, std::vector<std::uint8_t>& is_solved) {
    if (begin == end) return;
    const std::size_t n = lifter_.rows();
    Lifter::State state = lifter_.initial_state(side, begin, end - begin);
    std::vector<std::int32_t> denominator = digits_of(denominator_, lifter_.prime());
    const auto is_done = [&](std::size_t j) {
      for (std::size_t i = 0; i < n; ++i)
        if (!state.residual.is_zero(i * state.columns + j)) return false;
      return true;
    };
    // No column is expected to have numerators of more than twice the length of those that were seen.
    const std::size_t most = 2 * std::max(denominator.size(), longest_ / 20) + 16;
    lifter_.lift(state, denominator);
    denominator.assign(2, 0);
    while (!state.residual.all_zero() && state.digits.size() < most) lifter_.lift(state, denominator);
    for (std::size_t j = begin; j < end; ++j) {
      if (!is_done(j - begin)) continue;
      for (std::size_t i = 0; i < n; ++i)
        set_from_digits(numerators_(i, columns[j]), lifter_.prime(), state.digits.size(),
                        [&](std::size_t s) { return state.digits[s][i * state.columns + j - begin]; });
      denominators_[columns[j]] = denominator_;
      is_solved[j] = 1;
    }
  }

  const Lifter& lifter_;
  const IntegerMatrix& b_;
  unsigned threads_;
  Integer denominator_ = 1;  ///< of all columns that are solved
  std::size_t longest_ = 0;  ///< bits of numerators over it that were seen
  Matrix<Integer> numerators_;
  std::vector<Integer> denominators_;  ///< of each column
};

}  // namespace

std::optional<IntegerSolution> padic_solution(const IntegerMatrix& a, const IntegerMatrix& b, unsigned threads) {
  ASSAY_ENSURE(a.rows() == a.cols() && b.rows() == a.rows(), "a square matrix and right sides of its height");
  if (a.rows() == 0 || b.cols() == 0 || !Lifter::fits(a, b)) return std::nullopt;
  const std::optional<Lifter> lifter = Lifter::make(a, b);
  if (!lifter) return std::nullopt;
  return PadicSolver(*lifter, b, threads).solve();
}

}  // namespace assay
