#include "kernel/confidence.hpp"

#include "base/contract.hpp"
#include "number/ball.hpp"

namespace assay::kernel {

namespace {

constexpr long precision = 192;

Ball factorial(std::uint64_t n) {
  Ball out;
  ASSAY_ENSURE(apply(Elementary::gamma, out, ball_from(static_cast<std::int64_t>(n) + 1), precision) == Status::ok,
               "a factorial of a machine integer is finite");
  return out;
}

/// x / y for y that is certainly not 0.
Ball quotient(const Ball& x, const Ball& y) {
  Ball out;
  ASSAY_ENSURE(divide(out, x, y, precision) == Status::ok, "the divisor is not zero");
  return out;
}

bool is_certainly_at_most(const Ball& x, const Rational& bound) {
  return is_finite(x) && (compare(x, ball_from(bound, precision)) & relation::greater) == 0;
}

/// The probability of k successes in n trials of probability p, 0 < p < 1: n!/(k!(n − k)!)·p^k·(1 − p)^(n − k).
Ball binomial_probability(std::uint64_t n, std::uint64_t k, const Rational& p) {
  const Ball ways = quotient(factorial(n), mul(factorial(k), factorial(n - k), precision));
  const Ball successes = power(ball_from(p, precision), static_cast<long>(k), precision);
  const Ball failures = power(ball_from(1 - p, precision), static_cast<long>(n - k), precision);
  return mul(ways, mul(successes, failures, precision), precision);
}

}  // namespace

bool is_lower_tail_at_most(std::uint64_t n, std::uint64_t k, const Rational& p, const Rational& alpha) {
  ASSAY_ENSURE(n >= 1 && n <= most_points && k <= n && p >= 0 && p <= 1, "a binomial distribution of moderate size");
  if (p == 0) return false;  // X = 0, so that P(X ≤ k) = 1
  if (p == 1) return k < n;  // X = n
  if (Rational(Integer(k)) >= (n + 1) * p) return false;
  const Ball odds = ball_from((1 - p) / p, precision);
  Ball term = binomial_probability(n, k, p);
  Ball sum = term;
  // 256 summands at a time, since most of them matter where p is close to k/n and few do elsewhere. Whatever number is
  // taken, the sum with the geometric series is an upper bound.
  constexpr std::uint64_t block = 256;
  for (std::uint64_t j = k;;) {
    for (std::uint64_t i = 0; i < block && j > 0; ++i, --j) {
      term = mul(mul(term, odds, precision), ball_from(Rational(Integer(j), Integer(n - j + 1)), precision), precision);
      sum = add(sum, term, precision);
    }
    if (j == 0) return is_certainly_at_most(sum, alpha);
    const Ball ratio = mul(odds, ball_from(Rational(Integer(j), Integer(n - j + 1)), precision), precision);
    const Ball rest = quotient(mul(term, ratio, precision), sub(ball_from(1), ratio, precision));
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
  Ball probability;
  return apply(Elementary::exp, probability, ball_from(exponent, precision), precision) == Status::ok &&
         is_certainly_at_most(probability, alpha);
}

}  // namespace assay::kernel
