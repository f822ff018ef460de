// Large products are checked digit by digit. In a base 2^β and balanced digits (linear/balanced_digits.hpp), let A_u
// and X_s be the matrices of digits of a and x, C_u those of c and f_s the digits of the factor. a·x = factor·c says
//     Σ_d T_d·2^(βd) = 0,   T_d = Σ_{u+s=d} A_u·X_s − Σ_{u+s=d} f_s·C_u,
// which holds in an entry if and only if carries t_d with t_0 = 0 and t_(d+1) = (t_d + T_d)/2^β exist in the integers
// and the last one is 0: that is schoolbook addition.
//
// Everything is computed in doubles, and exactly. A_u·X_s is a sum of k products of size ≤ 2^(2β−2); with p digits in a
// and r in c, T_d is a sum of at most p·k + r such products. So all of its partial sums, in any order, are integers of
// size ≤ (p·k + r)·2^(2β−2). As |t_(d+1)| ≤ |t_d + T_d|/2^β ≤ 2^(53−β) by induction, t_d + T_d is exact if
//     (p·k + r)·2^(2β−2) + 2^(54−β) ≤ 2⁵³.
// Multiplying by 2^−β is exact, and whether the result is an integer is seen by adding and subtracting 3·2⁵¹, which
// rounds |y| ≤ 2⁵¹ to an integer (to itself if it is one). β ≥ 8 is asked for, so |y| ≤ 2⁴⁵.
#include "linear/product_check.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>

#include "base/contract.hpp"
#include "base/thread_pool.hpp"
#include "linear/balanced_digits.hpp"
#include "linear/gemm.hpp"

namespace assay {

namespace {

constexpr int least_base = 8;
/// From so many multiplications on digits are faster (benchmarks/rank.cpp).
constexpr std::size_t worth_splitting = 30000;
/// From so many on threads are.
constexpr std::size_t worth_threads = 3000000;

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

/// The largest β for which all sums are exact, at most 26; 0 if there is none that is worth it.
int digit_bits(std::size_t k, std::size_t a_length, std::size_t c_length) {
  for (int bits = 26; bits >= least_base; --bits) {
    const auto terms = static_cast<double>(BalancedDigits::places_for(a_length, bits) * k +
                                           BalancedDigits::places_for(c_length, bits));
    if (terms < 0x1p40 && std::ldexp(terms, 2 * bits - 2) + std::ldexp(1, 54 - bits) <= 0x1p53) return bits;
  }
  return 0;
}

class DigitCheck {
 public:
  DigitCheck(const IntegerMatrix& a, const IntegerMatrix& x, const IntegerMatrix& factor, const IntegerMatrix& c,
             int bits)
      : rows_(a.rows()), inner_(a.cols()), bits_(bits), x_(x, bits), c_(c, bits) {
    const BalancedDigits digits(a, bits);
    a_.assign(digits.places(), std::vector<double>(rows_ * inner_));
    for (std::size_t u = 0; u < a_.size(); ++u) digits.plane(u, 0, inner_, a_[u].data());
    const BalancedDigits factor_digits(factor, bits);
    factor_.resize(factor_digits.places());
    for (std::size_t s = 0; s < factor_.size(); ++s) factor_digits.plane(s, 0, 1, &factor_[s]);
  }

  /// Checks these columns.
  [[nodiscard]] bool holds(std::size_t first, std::size_t count) const {
    const std::size_t size = rows_ * count;
    std::vector<std::vector<double>> c(c_.places(), std::vector<double>(size));
    for (std::size_t u = 0; u < c.size(); ++u) c_.plane(u, first, count, c[u].data());
    std::vector<std::vector<double>> x(a_.size(), std::vector<double>(inner_ * count));  // the last planes, by s mod p
    std::vector<double> sum(size, 0.0);                                                  // t_d + T_d, then t_(d+1)
    std::vector<double> product(size);
    const std::size_t steps = std::max(a_.size() + x_.places(), c.size() + factor_.size()) - 1;
    for (std::size_t d = 0; d < steps; ++d) {
      if (d < x_.places()) x_.plane(d, first, count, x[d % a_.size()].data());
      for (std::size_t u = 0; u < a_.size() && u <= d; ++u) {
        if (d - u >= x_.places()) continue;
        gemm::best_kernels().doubles(a_[u].data(), x[(d - u) % a_.size()].data(), product.data(), rows_, inner_, count,
                                     inner_, count, count);
        for (std::size_t k = 0; k < size; ++k) sum[k] += product[k];
      }
      for (std::size_t u = 0; u < c.size() && u <= d; ++u) {
        if (d - u >= factor_.size()) continue;
        const double digit = factor_[d - u];
        for (std::size_t k = 0; k < size; ++k) sum[k] -= c[u][k] * digit;
      }
      if (!carry(sum)) return false;
    }
    return std::all_of(sum.begin(), sum.end(), [](double t) { return t == 0; });
  }

 private:
  /// Divides by 2^β. @returns whether that leaves no rest.
  [[nodiscard]] bool carry(std::vector<double>& sum) const noexcept {
    const double scale = std::ldexp(1, -bits_);
    bool has_rest = false;
    for (double& t : sum) {
      const double y = t * scale;
      const double rounded = (y + 0x1.8p52) - 0x1.8p52;
      has_rest |= rounded != y;
      t = rounded;
    }
    return !has_rest;
  }

  std::size_t rows_, inner_;
  int bits_;
  BalancedDigits x_, c_;
  std::vector<std::vector<double>> a_;  ///< a plane for each place
  std::vector<double> factor_;
};

bool is_product_by_digits(const IntegerMatrix& a, const IntegerMatrix& x, const FlintInteger& factor,
                          const IntegerMatrix& c, int bits, unsigned threads) {
  IntegerMatrix factor_matrix(1, 1);
  fmpz_set(factor_matrix.at(0, 0), factor.get());
  const DigitCheck check(a, x, factor_matrix, c, bits);
  if (threads == 1) return check.holds(0, x.cols());
  ThreadPool pool(threads);
  std::atomic<bool> holds = true;
  pool.run(threads, [&](unsigned number) {
    const std::size_t first = x.cols() * number / threads;
    const std::size_t last = x.cols() * (number + 1) / threads;
    if (!check.holds(first, last - first)) holds = false;
  });
  return holds;
}

}  // namespace

bool is_product(const IntegerMatrix& a, const IntegerMatrix& x, const Integer& factor, const IntegerMatrix& c,
                unsigned threads) {
  ASSAY_ENSURE(a.cols() == x.rows() && a.rows() == c.rows() && x.cols() == c.cols(), "a product's extents fit");
  const std::size_t work = a.rows() * a.cols() * x.cols();
  const int bits = work < worth_splitting ? 0 : digit_bits(a.cols(), longest(a), longest(c));
  if (bits == 0) return is_product_by_entries(a, x, FlintInteger(factor), c);
  const auto most_threads = static_cast<unsigned>(std::min<std::size_t>(std::max(threads, 1U), x.cols()));
  return is_product_by_digits(a, x, FlintInteger(factor), c, bits, work < worth_threads ? 1 : most_threads);
}

IntegerMatrix checked_product(const IntegerMatrix& a, const IntegerMatrix& x, unsigned threads) {
  IntegerMatrix out(a.rows(), x.cols());
  fmpz_mat_mul(out.get(), a.get(), x.get());
  ASSAY_ENSURE(is_product(a, x, Integer(1), out, threads), "FLINT's product of matrices is right");
  return out;
}

}  // namespace assay
