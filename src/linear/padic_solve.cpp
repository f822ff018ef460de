// Let B be the inverse of A modulo p and R_0 = b. Then X_i = B·R_i mod p and R_(i+1) = (R_i − A·X_i)/p give
// A·Σ_(i<k) X_i·p^i = b − p^k·R_k. Digits are taken between −p/2 and p/2 (a little more does no harm).
//
// Products in doubles are exact: B and R_i mod p have entries of size ≤ 2²⁰ + 1, so their sums of n products are below
// n·2⁴¹ ≤ 2⁵³; a is cut into balanced pieces of γ bits with n·2^(γ−1)·(2²⁰ + 1) ≤ 2⁵³. R_(i+1) is computed modulo 2⁶⁴,
// with p⁻¹ modulo 2⁶⁴ in place of the division, which leaves no rest. That is right as |R_(i+1)| < 2⁶³:
// |R_(i+1)| ≤ |R_i|/p + n·max|a|·(½ + 2⁻²⁰), so by induction never above max(|b|, n·max|a|).
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

namespace assay {

namespace {

constexpr std::uint64_t primes_below = std::uint64_t{1} << 21U;
constexpr std::size_t most_rows = 4096;
constexpr int attempts = 4;
/// A number modulo p^k is believed if it is so many bits shorter than p^k.
constexpr std::size_t spare_bits = 30;

/// x modulo p as the nearest integer to 0, for |x| ≤ 2⁵³ − 2³²: the quotient is rounded by adding 3·2⁵¹; it is off by
/// one at most, as |x/p| < 2³³.
double balanced_residue(double x, double p, double inverse) { return x - ((x * inverse + 0x1.8p52) - 0x1.8p52) * p; }

/// A matrix and what lifting needs of it.
class Lifter {
 public:
  /// @returns nothing if no prime leaves the matrix invertible.
  static std::optional<Lifter> make(const IntegerMatrix& a) {
    std::uint64_t p = primes_below;
    for (int attempt = 0; attempt < attempts; ++attempt) {
      do --p;
      while (n_is_prime(p) == 0);
      Lifter out(a, p);
      if (out.invert(a)) return out;
    }
    return std::nullopt;
  }

  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  [[nodiscard]] std::uint64_t prime() const noexcept { return prime_; }

  /// What changes from step to step for some columns.
  struct State {
    std::size_t columns = 0;
    std::vector<std::int64_t> residual;             ///< rows × columns
    std::vector<std::vector<std::int32_t>> digits;  ///< for each step, rows × columns
  };

  /// The next `steps` digits.
  void lift(State& state, std::size_t steps) const {
    const std::size_t size = rows_ * state.columns;
    std::vector<double> digit(size);
    std::vector<double> product(size);
    for (std::size_t step = 0; step < steps; ++step) {
      for (std::size_t k = 0; k < size; ++k) digit[k] = residue(state.residual[k]);
      multiply(inverse_, digit, product, state.columns);
      for (std::size_t k = 0; k < size; ++k) digit[k] = balanced_residue(product[k], p_, reciprocal_);
      std::vector<std::int32_t>& stored = state.digits.emplace_back(size);
      for (std::size_t k = 0; k < size; ++k) stored[k] = static_cast<std::int32_t>(digit[k]);
      for (std::size_t u = 0; u < pieces_.size(); ++u) {
        multiply(pieces_[u], digit, product, state.columns);
        const std::size_t shift = u * static_cast<std::size_t>(piece_bits_);
        for (std::size_t k = 0; k < size; ++k) {
          const auto term = static_cast<std::uint64_t>(static_cast<std::int64_t>(product[k])) << shift;
          state.residual[k] = static_cast<std::int64_t>(static_cast<std::uint64_t>(state.residual[k]) - term);
        }
      }
      for (std::int64_t& r : state.residual)
        r = static_cast<std::int64_t>(static_cast<std::uint64_t>(r) * inverse_of_prime_);
    }
  }

  /// Are the entries short enough for all that is said above?
  static bool fits(const IntegerMatrix& a, const IntegerMatrix& b) {
    return a.rows() <= most_rows && longest(b) <= 61 && longest(a) + std::bit_width(a.rows()) <= 61;
  }

 private:
  Lifter(const IntegerMatrix& a, std::uint64_t p)
      : rows_(a.rows()), prime_(p), p_(static_cast<double>(p)), reciprocal_(1 / static_cast<double>(p)) {
    // Newton's iteration doubles the number of right bits; p·p = 1 modulo 8 begins with three.
    inverse_of_prime_ = p;
    for (int i = 0; i < 5; ++i) inverse_of_prime_ *= 2 - p * inverse_of_prime_;
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
        inverse_[i * rows_ + j] =
            balanced_residue(static_cast<double>(nmod_mat_entry(residues, i, j)), p_, reciprocal_);
    nmod_mat_clear(residues);
    return is_invertible;
  }

  /// r modulo p near 0: the quotient in doubles is off by |r/p|·2⁻⁵² + 1 at most, |r| < 2⁶², hence by less than 2; one
  /// more reduction makes it exact.
  [[nodiscard]] double residue(std::int64_t r) const noexcept {
    const auto quotient = static_cast<std::int64_t>(static_cast<double>(r) * reciprocal_);
    return balanced_residue(static_cast<double>(r - quotient * static_cast<std::int64_t>(prime_)), p_, reciprocal_);
  }

  void multiply(const std::vector<double>& left, const std::vector<double>& right, std::vector<double>& out,
                std::size_t columns) const {
    gemm::best_kernels().doubles(left.data(), right.data(), out.data(), rows_, rows_, columns, rows_, columns, columns);
  }

  std::size_t rows_;
  std::uint64_t prime_, inverse_of_prime_ = 0;
  double p_, reciprocal_;
  int piece_bits_ = 0;
  std::vector<double> inverse_;
  std::vector<std::vector<double>> pieces_;
};

Lifter::State initial_state(const IntegerMatrix& b, std::size_t first, std::size_t count) {
  Lifter::State out;
  out.columns = count;
  for (std::size_t i = 0; i < b.rows(); ++i)
    for (std::size_t j = 0; j < count; ++j) out.residual.push_back(fmpz_get_si(b.at(i, first + j)));
  return out;
}

/// The numbers modulo p^digits that a state holds, as fractions with a given denominator.
class Digits {
 public:
  Digits(const Lifter::State& state, std::uint64_t prime) : state_(state), prime_(prime) {
    mpz_ui_pow_ui(modulus_.get_mpz_t(), prime, state.digits.size());
    half_ = modulus_ / 2;
    bits_ = mpz_sizeinbase(modulus_.get_mpz_t(), 2);
  }

  [[nodiscard]] const Integer& modulus() const noexcept { return modulus_; }

  /// out = denominator·(entry k) modulo p^digits, near 0. @returns whether it is short enough to be believed.
  bool numerator(std::size_t k, const Integer& denominator, Integer& out) const {
    out = 0;
    // Three digits at a time are below 2⁶³.
    const std::uint64_t cube = prime_ * prime_ * prime_;
    const auto p = static_cast<std::int64_t>(prime_);
    const std::size_t count = state_.digits.size();
    for (std::size_t s = (count + 2) / 3 * 3; s > 0; s -= 3) {
      const auto digit = [&](std::size_t place) -> std::int64_t { return place < count ? state_.digits[place][k] : 0; };
      const std::int64_t three = digit(s - 3) + p * (digit(s - 2) + p * digit(s - 1));
      mpz_mul_ui(out.get_mpz_t(), out.get_mpz_t(), cube);
      if (three >= 0)
        mpz_add_ui(out.get_mpz_t(), out.get_mpz_t(), static_cast<std::uint64_t>(three));
      else
        mpz_sub_ui(out.get_mpz_t(), out.get_mpz_t(), -static_cast<std::uint64_t>(three));
    }
    if (denominator != 1) out *= denominator;
    mpz_mod(out.get_mpz_t(), out.get_mpz_t(), modulus_.get_mpz_t());
    if (out > half_) out -= modulus_;
    return mpz_sizeinbase(out.get_mpz_t(), 2) + spare_bits <= bits_;
  }

 private:
  const Lifter::State& state_;
  std::uint64_t prime_;
  Integer modulus_, half_;
  std::size_t bits_ = 0;
};

/// Multiplies the denominator by what the numbers of a single column need; false if they cannot be told yet.
bool reconstruct(const Digits& digits, std::size_t rows, Integer& denominator) {
  FlintRational fraction;
  const FlintInteger modulus(digits.modulus());
  const std::size_t bits = fmpz_bits(modulus.get());
  Integer found = denominator;
  Integer numerator;
  for (std::size_t i = 0; i < rows; ++i) {
    if (digits.numerator(i, found, numerator)) continue;
    numerator = numerator < 0 ? Integer(numerator + digits.modulus()) : numerator;
    const FlintInteger residue(numerator);
    if (fmpq_reconstruct_fmpz(fraction.get(), residue.get(), modulus.get()) == 0 ||
        fmpz_bits(fmpq_numref(fraction.get())) + fmpz_bits(fmpq_denref(fraction.get())) + spare_bits > bits)
      return false;
    found *= to_integer(fmpq_denref(fraction.get()));
  }
  denominator = found;
  return true;
}

class PadicSolver {
 public:
  PadicSolver(const Lifter& lifter, const IntegerMatrix& b, unsigned threads)
      : lifter_(lifter), b_(b), threads_(threads), numerators_(lifter.rows(), b.cols()), denominators_(b.cols()) {}

  std::optional<IntegerSolution> solve() {
    if (!solve_column(0)) return std::nullopt;
    const std::size_t digits = longest_ / static_cast<std::size_t>(std::bit_width(lifter_.prime()) - 1) + 4;
    std::vector<std::size_t> left = solve_columns(1, digits);
    for (const std::size_t j : left)
      if (!solve_column(j)) return std::nullopt;
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
  /// Lifts one column until its denominator shows.
  bool solve_column(std::size_t j) {
    Lifter::State state = initial_state(b_, j, 1);
    // Numerators and denominators of Cramer's rule are below (n·max²)^(n/2), by Hadamard; b's column may be longer.
    const std::size_t bound = 2 * lifter_.rows() * 64 + 256;
    for (std::size_t digits = 8; digits < bound; digits += digits / 2) {
      lifter_.lift(state, digits - state.digits.size());
      const Digits numbers(state, lifter_.prime());
      if (!reconstruct(numbers, lifter_.rows(), denominator_)) continue;
      if (!store(numbers, 1, 0, j)) continue;
      for (std::size_t i = 0; i < lifter_.rows(); ++i)
        longest_ = std::max(longest_, mpz_sizeinbase(numerators_(i, j).get_mpz_t(), 2) + spare_bits);
      return true;
    }
    return false;
  }

  /// All columns from `first` on, by the denominator that is known. @returns those that need another one.
  std::vector<std::size_t> solve_columns(std::size_t first, std::size_t digits) {
    const std::size_t count = b_.cols() - first;
    std::vector<std::uint8_t> is_solved(b_.cols(), 0);
    const auto work = [&](std::size_t begin, std::size_t end) {
      if (begin == end) return;
      Lifter::State state = initial_state(b_, begin, end - begin);
      lifter_.lift(state, digits);
      const Digits numbers(state, lifter_.prime());
      for (std::size_t j = begin; j < end; ++j) is_solved[j] = store(numbers, end - begin, j - begin, j) ? 1 : 0;
    };
    if (threads_ <= 1 || count < threads_ || lifter_.rows() < 32) {
      work(first, b_.cols());
    } else {
      ThreadPool pool(threads_);
      pool.run(threads_, [&](unsigned number) {
        work(first + count * number / threads_, first + count * (number + 1) / threads_);
      });
    }
    std::vector<std::size_t> left;
    for (std::size_t j = first; j < b_.cols(); ++j)
      if (is_solved[j] == 0) left.push_back(j);
    return left;
  }

  /// Takes the numerators of column `place` of `columns` as those of column j; false if some are not to be believed.
  bool store(const Digits& numbers, std::size_t columns, std::size_t place, std::size_t j) {
    denominators_[j] = denominator_;
    for (std::size_t i = 0; i < lifter_.rows(); ++i)
      if (!numbers.numerator(i * columns + place, denominator_, numerators_(i, j))) return false;
    return true;
  }

  const Lifter& lifter_;
  const IntegerMatrix& b_;
  unsigned threads_;
  Integer denominator_ = 1;           ///< of all columns that are solved
  std::size_t longest_ = spare_bits;  ///< bits of numerators so far, with what belief asks for
  Matrix<Integer> numerators_;
  std::vector<Integer> denominators_;  ///< of each column
};

}  // namespace

std::optional<IntegerSolution> padic_solution(const IntegerMatrix& a, const IntegerMatrix& b, unsigned threads) {
  ASSAY_ENSURE(a.rows() == a.cols() && b.rows() == a.rows(), "a square matrix and right sides of its height");
  if (a.rows() == 0 || b.cols() == 0 || !Lifter::fits(a, b)) return std::nullopt;
  const std::optional<Lifter> lifter = Lifter::make(a);
  if (!lifter) return std::nullopt;
  return PadicSolver(*lifter, b, threads).solve();
}

}  // namespace assay
