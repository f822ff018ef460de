#include "kernel/confidence.hpp"

#include "base/contract.hpp"
#include "number/interval.hpp"

namespace assay::kernel {

namespace {

constexpr long precision = 192;

/// log n!. MPFR rounds log Γ correctly.
Interval log_factorial(std::uint64_t n) {
  const Interval x = interval_from(static_cast<std::int64_t>(n) + 1);
  Interval out = Interval::of_precision(precision);
  mpfr_lngamma(out.left(), x.left(), MPFR_RNDD);
  mpfr_lngamma(out.right(), x.left(), MPFR_RNDU);
  return out;
}

/// n·log p, p > 0.
Interval log_of_power(const Rational& p, std::uint64_t n) {
  Interval out;
  ASSAY_ENSURE(apply(Elementary::log, out, interval_from(p, precision), precision) == Status::ok,
               "a positive number has a logarithm");
  return mul(interval_from(static_cast<std::int64_t>(n)), out, precision);
}

/// x / y for y that is certainly not 0.
Interval quotient(const Interval& x, const Interval& y) {
  Interval out;
  ASSAY_ENSURE(divide(out, x, y, precision) == Status::ok, "the divisor is not zero");
  return out;
}

bool is_certainly_at_most(const Interval& x, const Rational& bound) {
  return is_finite(x) && (compare(x, interval_from(bound, precision)) & relation::greater) == 0;
}

/// The probability of k successes in n trials of probability p, 0 < p < 1: n!/(k!(n − k)!)·p^k·(1 − p)^(n − k), by the
/// sum of logarithms, since n! may be out of MPFR's range.
Interval binomial_probability(std::uint64_t n, std::uint64_t k, const Rational& p) {
  Interval exponent = sub(log_factorial(n), add(log_factorial(k), log_factorial(n - k), precision), precision);
  exponent = add(exponent, add(log_of_power(p, k), log_of_power(1 - p, n - k), precision), precision);
  Interval out;
  ASSAY_ENSURE(apply(Elementary::exp, out, exponent, precision) == Status::ok, "a probability is finite");
  return out;
}

}  // namespace

bool is_lower_tail_at_most(std::uint64_t n, std::uint64_t k, const Rational& p, const Rational& alpha) {
  ASSAY_ENSURE(n >= 1 && n <= most_points && k <= n && p >= 0 && p <= 1, "a binomial distribution of moderate size");
  if (p == 0) return false;  // X = 0, so that P(X ≤ k) = 1
  if (p == 1) return k < n;  // X = n
  if (Rational(Integer(k)) >= (n + 1) * p) return false;
  const Interval odds = interval_from((1 - p) / p, precision);
  Interval term = binomial_probability(n, k, p);
  Interval sum = term;
  // 256 summands at a time, since most of them matter where p is close to k/n and few do elsewhere. Whatever number is
  // taken, the sum with the geometric series is an upper bound.
  constexpr std::uint64_t block = 256;
  for (std::uint64_t j = k;;) {
    for (std::uint64_t i = 0; i < block && j > 0; ++i, --j) {
      term = mul(mul(term, odds, precision), interval_from(Rational(Integer(j), Integer(n - j + 1)), precision),
                 precision);
      sum = add(sum, term, precision);
    }
    if (j == 0) return is_certainly_at_most(sum, alpha);
    const Interval ratio = mul(odds, interval_from(Rational(Integer(j), Integer(n - j + 1)), precision), precision);
    const Interval rest = quotient(mul(term, ratio, precision), sub(interval_from(1), ratio, precision));
    if (is_certainly_at_most(add(sum, rest, precision), alpha)) return true;
    if (!is_certainly_at_most(sum, alpha)) return false;
  }
}

bool is_share_at_most(std::uint64_t n, std::uint64_t k, const Rational& upper, const Rational& alpha) {
  if (upper >= 1) return true;
  return upper > 0 && is_lower_tail_at_most(n, k, upper, alpha);
}

bool is_share_at_least(std::uint64_t n, std::uint64_t k, const Rational& lower, const Rational& alpha) {
  return is_share_at_most(n, n - k, 1 - lower, alpha);
}

bool is_deviation_rare(std::uint64_t n, const Rational& low, const Rational& high, const Rational& deviation,
                       const Rational& alpha) {
  ASSAY_ENSURE(n >= 1 && low < high, "numbers of a range that is not a point");
  if (deviation < 0) return false;
  const Rational relative = deviation / (high - low);
  const Rational exponent = -2 * Rational(Integer(n)) * relative * relative;
  Interval probability;
  return apply(Elementary::exp, probability, interval_from(exponent, precision), precision) == Status::ok &&
         is_certainly_at_most(probability, alpha);
}

}  // namespace assay::kernel
