#include "linear/padic_solve.hpp"

#include <flint/fmpq.h>

#include <algorithm>
#include <cstdint>
#include <functional>

#include "base/contract.hpp"
#include "base/thread_pool.hpp"
#include "linear/padic_lifter.hpp"
#include "number/rational.hpp"

namespace assay {

namespace {

/// A number modulo p^k is believed if it is so many bits shorter than p^k.
constexpr std::size_t spare_bits = 30;

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
  PadicSolver(const PadicLifter& lifter, const IntegerMatrix& b, unsigned threads)
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
    PadicLifter::State state = lifter_.initial_state(b_, j, 1);
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
    PadicLifter::State state = lifter_.initial_state(side, begin, end - begin);
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

  const PadicLifter& lifter_;
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
  if (a.rows() == 0 || b.cols() == 0) return std::nullopt;
  const std::optional<PadicLifter> lifter = PadicLifter::make(a, b);
  if (!lifter) return std::nullopt;
  return PadicSolver(*lifter, b, threads).solve();
}

}  // namespace assay
