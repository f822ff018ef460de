#include "verify/gaussian_angle.hpp"

#include "base/budget_scope.hpp"
#include "base/contract.hpp"
#include "number/rational.hpp"
#include "verify/exact_number_internal.hpp"
#include "verify/formal_fraction.hpp"

namespace assay::verify {

namespace {

constexpr unsigned long largest_prime = 100000;

struct Gaussian {
  Integer re, im;
};

Gaussian operator*(const Gaussian& x, const Gaussian& y) {
  return {x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re};
}

/// u > v > 0 with u² + v² = p, for a prime p ≡ 1 (mod 4).
Gaussian prime_above(unsigned long p) {
  for (unsigned long v = 1;; ++v) {
    const Integer rest = Integer(p) - Integer(v) * v;
    if (mpz_perfect_square_p(rest.get_mpz_t()) != 0) return {sqrt(rest), v};
  }
}

/// x/y if that is a Gaussian integer.
std::optional<Gaussian> quotient(const Gaussian& x, const Gaussian& y) {
  const Integer norm = y.re * y.re + y.im * y.im;
  const Gaussian z = x * Gaussian{y.re, -y.im};
  if (z.re % norm != 0 || z.im % norm != 0) return std::nullopt;
  return Gaussian{z.re / norm, z.im / norm};
}

/// The number of quarter turns of a unit.
int quarter_turns(const Gaussian& unit) {
  if (unit.im == 0) return unit.re > 0 ? 0 : 2;
  return unit.im > 0 ? 1 : 3;
}

/// The integer m of which an enclosure is known.
std::optional<Integer> integer_in(const ExactNumber& x) {
  return unique_floor(add(enclosure(x, 64).re, interval_from(Rational(1, 2), 64), 128));
}

}  // namespace

std::optional<ExactNumber> angle_by_gaussian_primes(const Rational& x) {
  Gaussian z{x.get_den(), x.get_num()};
  ExactNumber sum;
  const auto take = [&](const Gaussian& prime, const ExactNumber& angle) {
    while (const std::optional<Gaussian> rest = quotient(z, prime)) {
      z = *rest;
      sum = sum + angle;
    }
  };
  take({1, 1}, detail::pi_times(Rational(1, 4)));
  Integer norm = z.re * z.re + z.im * z.im;
  for (unsigned long p = 5; p <= largest_prime && norm != 1; p += 4) {
    if (Integer(p) * p > norm) {  // what is left is a prime
      if (norm > largest_prime) return std::nullopt;
      p = norm.get_ui();
    }
    if (!mpz_divisible_ui_p(norm.get_mpz_t(), p)) continue;
    const Gaussian prime = prime_above(p);
    const ExactNumber angle = formal::number(Atom::Kind::atan, ExactNumber(Rational(prime.im, prime.re)));
    take(prime, angle);
    take({prime.re, -prime.im}, -angle);
    norm = z.re * z.re + z.im * z.im;
    check_budget_of_thread();
  }
  if (norm != 1) return std::nullopt;
  // Equal up to whole turns, of which an enclosure shows the number.
  sum = sum + detail::pi_times(Rational(quarter_turns(z), 2));
  ExactNumber turns;
  if (divide(turns, formal::number(Atom::Kind::atan, ExactNumber(x)) - sum, detail::pi_times(2)) != Status::ok)
    return std::nullopt;
  const std::optional<Integer> m = integer_in(turns);
  if (!m) return std::nullopt;
  return sum + detail::pi_times(Rational(2 * *m));
}

}  // namespace assay::verify
