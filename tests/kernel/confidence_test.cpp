#include "kernel/confidence.hpp"

#include <catch2/catch.hpp>
#include <functional>
#include <vector>

#include "number/rational.hpp"

using namespace assay;
using namespace assay::kernel;

namespace {

Rational binomial(unsigned long n, unsigned long k) {
  Integer out;
  mpz_bin_uiui(out.get_mpz_t(), n, k);
  return out;
}

/// The probabilities of 0, …, n successes, exactly.
std::vector<Rational> law(unsigned long n, const Rational& p) {
  std::vector<Rational> out;
  for (unsigned long k = 0; k <= n; ++k)
    out.push_back(binomial(n, k) * power(p, static_cast<long>(k)) * power(1 - p, static_cast<long>(n - k)));
  return out;
}

Rational lower_tail(unsigned long n, unsigned long k, const Rational& p) {
  Rational sum = 0;
  const std::vector<Rational> probabilities = law(n, p);
  for (unsigned long j = 0; j <= k; ++j) sum += probabilities[j];
  return sum;
}

Rational fraction(long a, long b) {
  Rational out(a, b);
  out.canonicalize();
  return out;
}

/// The smallest i/denominator that `holds`, which holds for all from some i on.
Rational least(long denominator, const std::function<bool(const Rational&)>& holds) {
  long first = 0;
  long last = denominator;
  while (first < last) {
    const long middle = (first + last) / 2;
    if (holds(fraction(middle, denominator)))
      last = middle;
    else
      first = middle + 1;
  }
  return fraction(last, denominator);
}

const std::vector<Rational> levels = {Rational(1, 2), Rational(1, 10), Rational(1, 100), Rational(1, 1000000)};

}  // namespace

TEST_CASE("a binomial tail is judged on the right side of its exact value", "[kernel][property]") {
  const Rational tiny = power(Rational(1, 2), 90);
  for (unsigned long n : {1UL, 2UL, 7UL, 20UL, 41UL})
    for (unsigned long k = 0; k <= n; ++k)
      for (long i = 1; i < 16; ++i) {
        const Rational p = fraction(i, 16);
        const Rational tail = lower_tail(n, k, p);
        if (tail >= 1) continue;
        INFO("n = " << n << ", k = " << k << ", p = " << i << "/16");
        CHECK_FALSE(is_lower_tail_at_most(n, k, p, tail * (1 - tiny)));
        // Beyond the mode nothing is shown, by contract; there the tail is no small number.
        if (Rational(Integer(k)) < (n + 1) * p)
          CHECK(is_lower_tail_at_most(n, k, p, tail * (1 + tiny)));
        else
          CHECK(tail > fraction(1, 4));
      }
}

TEST_CASE("tails at the ends of the range of p", "[kernel]") {
  CHECK_FALSE(is_lower_tail_at_most(5, 0, 0, Rational(99, 100)));
  CHECK(is_lower_tail_at_most(5, 4, 1, Rational(1, 1000)));
  CHECK_FALSE(is_lower_tail_at_most(5, 5, 1, Rational(99, 100)));
  CHECK(is_share_at_most(5, 5, 1, Rational(1, 1000)));
  CHECK_FALSE(is_share_at_most(5, 0, 0, Rational(1, 2)));
  CHECK_FALSE(is_share_at_most(5, 0, -1, Rational(1, 2)));
  CHECK(is_share_at_least(5, 0, 0, Rational(1, 1000)));
  CHECK_FALSE(is_share_at_least(5, 5, 1, Rational(1, 2)));
}

TEST_CASE("without a violation the bound is 1 - alpha^(1/n)", "[kernel]") {
  for (const Rational& alpha : levels)
    for (unsigned long n : {1UL, 10UL, 300UL}) {
      const Rational bound = least(1000000, [&](const Rational& p) { return is_share_at_most(n, 0, p, alpha); });
      // (1 − s)^n ≤ alpha ≤ (1 − (s − step))^n; enclosures do not show an equality
      CHECK(power(1 - bound, static_cast<long>(n)) <= alpha);
      CHECK(power(1 - bound + Rational(1, 1000000), static_cast<long>(n)) >= alpha);
    }
}

TEST_CASE("bounds of shares err with at most the stated probability", "[kernel][property]") {
  // Summed exactly: for a population with share θ the probability that the bound is on the wrong side of θ.
  for (unsigned long n : {1UL, 3UL, 10UL, 25UL})
    for (const Rational& alpha : levels) {
      std::vector<Rational> upper;
      std::vector<Rational> lower;
      for (unsigned long k = 0; k <= n; ++k) {
        upper.push_back(least(997, [&](const Rational& p) { return is_share_at_most(n, k, p, alpha); }));
        lower.push_back(1 - least(997, [&](const Rational& p) { return is_share_at_least(n, k, 1 - p, alpha); }));
      }
      Rational most = 0;
      for (long i = 0; i <= 200; ++i) {
        const Rational theta = fraction(i, 200);
        const std::vector<Rational> probabilities = law(n, theta);
        Rational too_low = 0;
        Rational too_high = 0;
        for (unsigned long k = 0; k <= n; ++k) {
          if (upper[k] < theta) too_low += probabilities[k];
          if (lower[k] > theta) too_high += probabilities[k];
        }
        INFO("n = " << n << ", alpha = " << alpha << ", theta = " << theta);
        CHECK(too_low <= alpha);
        CHECK(too_high <= alpha);
        most = std::max(most, too_low);
      }
      // The bounds are not needlessly wide: somewhere they err nearly as often as they may.
      if (n == 25 && alpha >= Rational(1, 100)) CHECK(most > alpha / 2);
    }
}

TEST_CASE("a deviation of a mean is as rare as stated", "[kernel][property]") {
  // For zeros and ones, whose means have the widest spread, and for three values, summed exactly.
  for (unsigned long n : {1UL, 4UL, 30UL})
    for (const Rational& alpha : levels) {
      const Rational deviation = least(1000, [&](const Rational& t) { return is_deviation_rare(n, 0, 1, t, alpha); });
      for (long i = 0; i <= 20; ++i) {
        const Rational p = fraction(i, 20);
        const std::vector<Rational> probabilities = law(n, p);
        Rational high = 0;
        Rational low = 0;
        for (unsigned long k = 0; k <= n; ++k) {
          const Rational mean = fraction(static_cast<long>(k), static_cast<long>(n));
          if (mean - p >= deviation) high += probabilities[k];
          if (p - mean >= deviation) low += probabilities[k];
        }
        // A deviation of the whole range is only allowed because nothing smaller is rare enough.
        if (deviation == 1) continue;
        CHECK(high <= alpha);
        CHECK(low <= alpha);
      }
      CHECK(is_deviation_rare(n, -3, 5, 8 * deviation + Rational(1, 1000), alpha) ==
            is_deviation_rare(n, 0, 1, deviation + Rational(1, 8000), alpha));
    }
  CHECK_FALSE(is_deviation_rare(1000000, 0, 1, -1, Rational(1, 2)));
  CHECK_FALSE(is_deviation_rare(10, 0, 1, 0, Rational(1, 2)));
}

TEST_CASE("Hoeffding's bound is sharp to a relative 2^-100", "[kernel]") {
  // exp(−2·50·(1/10)²) = 1/e: between 0.36787944117 and 0.36787944118.
  CHECK(is_deviation_rare(50, 0, 1, Rational(1, 10), Rational(Integer("36787944118"), Integer("100000000000"))));
  CHECK_FALSE(is_deviation_rare(50, 0, 1, Rational(1, 10), Rational(Integer("36787944117"), Integer("100000000000"))));
}

TEST_CASE("large samples are judged, too", "[kernel]") {
  // By the central limit theorem the bound for k = n/2 is near 1/2 + 2.3263/(2√n).
  for (unsigned long n : {10000UL, 1000000UL, 100000000UL}) {
    const auto bound = [&](long z) -> Rational {  // 1/2 + z/(20000·√n)
      Integer root;
      mpz_sqrt(root.get_mpz_t(), Integer(n).get_mpz_t());
      return Rational(1, 2) + Rational(z) / (20000 * root);
    };
    CHECK(is_share_at_most(n, n / 2, bound(23500), Rational(1, 100)));
    CHECK_FALSE(is_share_at_most(n, n / 2, bound(23100), Rational(1, 100)));
  }
  CHECK(is_share_at_most(100000000, 0, Rational(1, 1000000), Rational(1, 1000000)));
}
