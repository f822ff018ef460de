// Large products are checked modulo primes. Every entry z of a·x − factor·c is below
//     k·max|a|·max|x| + |factor|·max|c|
// in size, so that z = 0 if z is 0 modulo primes whose product is at least that (Chinese remainder theorem).
//
// Everything modulo a prime is computed in doubles, and exactly. Residues are taken near 0: they are at most (p + 2)/2
// in size. The residues of long integers come from balanced digits (linear/balanced_digits.hpp) in base 2^β: the matrix
// of residues is Σ_s (2^(βs) mod p)·D_s, so for all primes together one product of machine matrices. A product of
// residues is at most (p/2 + 1)²; sums of k of them, plus one more for factor·c, stay below 2⁵² by the choice of the
// length of the primes, and so do sums of S products of residues and digits (|D_s| ≤ 2^(β−1)) by the choice of β.
// Integers of that size are doubles, whatever the order of summation.
#include "linear/product_check.hpp"

#include <flint/ulong_extras.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <memory>

#include "base/contract.hpp"
#include "base/thread_pool.hpp"
#include "linear/balanced_digits.hpp"
#include "linear/gemm.hpp"
#include "linear/machine_residue.hpp"

namespace assay {

namespace {

/// From so many multiplications on residues are faster than long integers (benchmarks/rank.cpp).
constexpr std::size_t worth_residues = 30000;
/// From so many on threads are.
constexpr std::size_t worth_threads = 3000000;
/// Primes shorter than this are too few.
constexpr int least_prime_bits = 16;
/// Doubles in the digits of a block of columns.
constexpr std::size_t block_size = std::size_t{1} << 23U;

bool is_product_by_entries(const IntegerMatrix& a, const IntegerMatrix& x, const FlintInteger& factor,
                           const IntegerMatrix& c) {
  FlintInteger sum;
  for (std::size_t i = 0; i < a.rows(); ++i)
    for (std::size_t j = 0; j < x.cols(); ++j) {
      fmpz_mul(sum.get(), factor.get(), c.at(i, j));
      for (std::size_t t = 0; t < a.cols(); ++t) fmpz_submul(sum.get(), a.at(i, t), x.at(t, j));
      if (!fmpz_is_zero(sum.get())) return false;
    }
  return true;
}

/// The largest b ≤ 23 with (k + 1)·(2^(b−1) + 1)² ≤ 2⁵²; 0 if that is too little.
int prime_bits(std::size_t k) {
  for (int bits = 23; bits >= least_prime_bits; --bits)
    if (static_cast<double>(k + 1) * std::pow(std::ldexp(1, bits - 1) + 1, 2) <= 0x1p52) return bits;
  return 0;
}

/// Primes below 2^bits whose product is at least 2^length; empty if there are too few.
std::vector<double> primes(int bits, std::size_t length) {
  std::vector<double> out;
  const std::uint64_t least = std::uint64_t{1} << static_cast<unsigned>(bits - 1);
  std::uint64_t p = 2 * least;
  // Each prime is above 2^(bits − 1).
  for (std::size_t have = 0; have < length; have += static_cast<std::size_t>(bits - 1)) {
    do --p;
    while (n_is_prime(p) == 0);
    if (p <= least) return {};
    out.push_back(static_cast<double>(p));
  }
  return out;
}

/// A matrix modulo several primes.
class Images {
 public:
  Images(const IntegerMatrix& a, const std::vector<double>& moduli)
      : moduli_(moduli), size_(a.rows() * a.cols()), digits_(a, digit_bits(longest(a), moduli)) {
    const std::size_t places = digits_.places();
    planes_.resize(places * size_);
    for (std::size_t s = 0; s < places; ++s) digits_.plane(s, 0, a.cols(), planes_.data() + s * size_);
    weights_.resize(moduli.size() * places);
    const double base = std::ldexp(1, digits_.bits());
    for (std::size_t q = 0; q < moduli.size(); ++q) {
      const MachineResidue<> modulo(moduli[q]);
      double weight = 1;
      for (std::size_t s = 0; s < places; ++s, weight = modulo(weight * modulo(base)))
        weights_[q * places + s] = weight;
    }
  }

  /// The residues for `count` primes from `first` on, one matrix after the other.
  void residues(std::size_t first, std::size_t count, double* out) const {
    const std::size_t places = digits_.places();
    gemm::best_kernels().doubles(weights_.data() + first * places, planes_.data(), out, count, places, size_, places,
                                 size_, size_);
    for (std::size_t q = 0; q < count; ++q) gemm::best_kernels().reduce(out + q * size_, size_, moduli_[first + q]);
  }
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  /// The largest β with S·2^(β−1)·(p/2 + 1) ≤ 2⁵² for the S digits that it needs.
  static int digit_bits(std::size_t length, const std::vector<double>& moduli) {
    const double largest = moduli.front() / 2 + 1;
    for (int bits = 28; bits > 3; --bits)
      if (std::ldexp(largest * static_cast<double>(BalancedDigits::places_for(length, bits)), bits - 1) <= 0x1p52)
        return bits;
    ASSAY_ENSURE(false, "digits of some length can be summed");
  }

  const std::vector<double>& moduli_;
  std::size_t size_;
  BalancedDigits digits_;
  std::vector<double> planes_;   ///< for each place the matrix of digits
  std::vector<double> weights_;  ///< 2^(βs) for each prime and place
};

/// a·x = factor·c modulo some primes.
class ModularCheck {
 public:
  ModularCheck(const IntegerMatrix& a, const IntegerMatrix& x, const IntegerMatrix& factor, const IntegerMatrix& c,
               const std::vector<double>& moduli)
      : rows_(a.rows()),
        inner_(a.cols()),
        cols_(x.cols()),
        moduli_(moduli),
        a_(a, moduli),
        x_(x, moduli),
        c_(c, moduli),
        factor_(factor, moduli) {}

  /// For the primes first, …, last − 1. So many at a time as make the products of weights and digits good ones: the
  /// digits of x are many, those of a and c few.
  [[nodiscard]] bool holds(std::size_t first, std::size_t last) const {
    constexpr std::size_t together = 64;
    const auto x = std::make_unique_for_overwrite<double[]>(x_.size() * std::min(together, last - first));
    for (; first < last; first += together) {
      const std::size_t count = std::min(together, last - first);
      x_.residues(first, count, x.get());
      if (!holds_for(first, count, x.get())) return false;
    }
    return true;
  }

 private:
  /// For `count` primes, of which the residues of x are given.
  [[nodiscard]] bool holds_for(std::size_t first, std::size_t count, const double* x) const {
    constexpr std::size_t together = 8;
    std::vector<double> a(a_.size() * together), c(c_.size() * together), factor(together), product(rows_ * cols_);
    for (std::size_t q = 0; q < count; ++q, x += x_.size()) {
      const std::size_t place = q % together;
      if (place == 0) {
        const std::size_t some = std::min(together, count - q);
        a_.residues(first + q, some, a.data());
        c_.residues(first + q, some, c.data());
        factor_.residues(first + q, some, factor.data());
      }
      const gemm::Kernels& kernels = gemm::best_kernels();
      kernels.doubles(&a[place * a_.size()], x, product.data(), rows_, inner_, cols_, inner_, cols_, cols_);
      if (!kernels.are_congruent(product.data(), &c[place * c_.size()], factor[place], product.size(),
                                 moduli_[first + q]))
        return false;
    }
    return true;
  }

  std::size_t rows_, inner_, cols_;
  const std::vector<double>& moduli_;
  Images a_, x_, c_, factor_;
};

IntegerMatrix columns(const IntegerMatrix& a, std::size_t first, std::size_t count) {
  std::vector<std::size_t> indices(count);
  for (std::size_t j = 0; j < count; ++j) indices[j] = first + j;
  return submatrix(a, all_indices(a.rows()), indices);
}

bool is_product_modulo_primes(const IntegerMatrix& a, const IntegerMatrix& x, const IntegerMatrix& factor,
                              const IntegerMatrix& c, const std::vector<double>& moduli, unsigned threads) {
  const ModularCheck check(a, x, factor, c, moduli);
  if (threads == 1) return check.holds(0, moduli.size());
  ThreadPool pool(threads);
  std::atomic<bool> holds = true;
  pool.run(threads, [&](unsigned number) {
    if (!check.holds(moduli.size() * number / threads, moduli.size() * (number + 1) / threads)) holds = false;
  });
  return holds;
}

}  // namespace

bool is_product(const IntegerMatrix& a, const IntegerMatrix& x, const Integer& factor, const IntegerMatrix& c,
                unsigned threads) {
  ASSAY_ENSURE(a.cols() == x.rows() && a.rows() == c.rows() && x.cols() == c.cols(), "a product's extents fit");
  const std::size_t work = a.rows() * a.cols() * x.cols();
  const int bits = work < worth_residues ? 0 : prime_bits(a.cols());
  // The bound, in bits: each length is that of a power of two above the number.
  const FlintInteger scale(factor);
  const std::size_t sum = longest(a) + longest(x) + fmpz_bits(FlintInteger(Integer(a.cols())).get());
  const std::size_t length = std::max<std::size_t>(sum, fmpz_bits(scale.get()) + longest(c)) + 1;
  const std::vector<double> moduli = bits == 0 ? std::vector<double>() : primes(bits, length);
  if (moduli.empty()) return is_product_by_entries(a, x, scale, c);
  IntegerMatrix scale_matrix(1, 1);
  fmpz_set(scale_matrix.at(0, 0), scale.get());
  const auto count = static_cast<unsigned>(std::min<std::size_t>(std::max(threads, 1U), moduli.size()));
  const std::size_t width = std::max<std::size_t>(
      1, block_size / (std::max(x.rows(), c.rows()) * (1 + length / static_cast<std::size_t>(bits))));
  for (std::size_t first = 0; first < x.cols(); first += width) {
    const std::size_t last = std::min(x.cols(), first + width);
    if (!is_product_modulo_primes(a, columns(x, first, last - first), scale_matrix, columns(c, first, last - first),
                                  moduli, work < worth_threads ? 1 : count))
      return false;
  }
  return true;
}

IntegerMatrix checked_product(const IntegerMatrix& a, const IntegerMatrix& x, unsigned threads) {
  IntegerMatrix out(a.rows(), x.cols());
  fmpz_mat_mul(out.get(), a.get(), x.get());
  ASSAY_ENSURE(is_product(a, x, Integer(1), out, threads), "FLINT's product of matrices is right");
  return out;
}

}  // namespace assay
