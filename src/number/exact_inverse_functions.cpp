#include "base/contract.hpp"
#include "number/exact.hpp"
#include "number/exact_internal.hpp"
#include "number/rational.hpp"

/// Roots, logarithms, inverse trigonometric functions and gamma: where a classical value is possible it is guessed from
/// an enclosure and accepted only after an exact check; the rest goes to Calcium.
namespace assay::exact_detail {

namespace {

constexpr long guess_precision = 128;

Status set(Exact& out, Exact value) {
  out = std::move(value);
  return Status::ok;
}

Status by_calcium(Elementary f, Exact& out, const Exact& x) {
  CalciumNumber result(Rational(0));
  const Status status = apply(f, result, to_calcium(x));
  if (status == Status::ok) out = Exact(std::move(result));
  return status;
}

Exact pi_times(const Rational& q) { return Exact(PiMultiple{Cyclotomic(q)}); }

/// The a/N nearest to angle/π.
std::optional<Rational> nearest_turn(const Ball& angle, std::uint64_t n) {
  Ball turns;
  if (divide(turns, angle, pi(guess_precision), guess_precision) != Status::ok) return std::nullopt;
  const Integer denominator(static_cast<unsigned long>(n));
  const Ball scaled = mul(turns, ball_from(denominator), guess_precision);
  const std::optional<Integer> nearest = unique_floor(add(scaled, ball_from(0.5), guess_precision));
  if (!nearest) return std::nullopt;
  Rational q(*nearest, denominator);
  q.canonicalize();
  return q;
}

/// √(a ± √r) = √((a + c)/2) ± √((a − c)/2) with c = √(a² − r), where these are rational square roots; checked by
/// squaring.
std::optional<Cyclotomic> denested_root(const Cyclotomic& x) {
  const std::optional<Quadratic> quadratic = as_quadratic(x);
  if (!quadratic) return std::nullopt;
  const Rational& a = quadratic->rational;
  const std::optional<Rational> c = exact_sqrt(Rational(a * a - quadratic->radicand));
  if (!c) return std::nullopt;
  const std::optional<Cyclotomic> first = sqrt_of_rational(Rational((a + *c) / 2));
  const std::optional<Cyclotomic> second = sqrt_of_rational(Rational((a - *c) / 2));
  if (!first || !second) return std::nullopt;
  for (const Cyclotomic& root : {*first + *second, *first - *second, *second - *first}) {
    if (!(root * root == x)) continue;
    const Ball real = re(root.enclosure(guess_precision));
    if (arb_is_positive(real.get()) != 0) return root;
  }
  return std::nullopt;
}

/// |x| ≤ 1 for a real x.
std::optional<bool> in_unit_interval(const Exact& x) {
  const Relations above = compare(x, Exact(Rational(1)));
  const Relations below = compare(x, Exact(Rational(-1)));
  if (above == relation::greater || below == relation::less) return false;
  const bool bounded =
      (above == relation::less || above == relation::equal) && (below == relation::greater || below == relation::equal);
  return bounded ? std::optional<bool>(true) : std::nullopt;
}

/// q with cos(πq) = x, 0 ≤ q ≤ 1, for a real cyclotomic x. If cos(2πa/m) ∈ Q(ζ_n) with n minimal, then m divides 12n:
/// Q(cos 2πa/m) has the conductor m, or m/2 for m ≡ 2 (mod 4), except that it is Q for m | 4 or m | 6.
std::optional<Rational> classical_acos(const Exact& x) {
  const std::optional<Cyclotomic> value = as_cyclotomic(x);
  if (!value || !value->is_real()) return std::nullopt;
  Ball angle;
  if (apply(Elementary::acos, angle, re(enclosure(x, guess_precision)), guess_precision) != Status::ok) {
    if (const std::optional<Rational> r = value->is_rational(); r && ::abs(*r) == 1) return Rational(*r == 1 ? 0 : 1);
    return std::nullopt;
  }
  const std::optional<Rational> q = nearest_turn(angle, 12 * value->conductor());
  if (!q || *q < 0 || *q > 1) return std::nullopt;
  const Exact cosine = re(exact_root_of_unity(q->get_den() * 2, q->get_num()));
  return compare(cosine, x) == relation::equal ? q : std::nullopt;
}

/// q with tan(πq) = x, |q| < 1/2, for a real cyclotomic x: (1 + ix) = w(1 − ix) with w = exp(2πiq).
std::optional<Rational> classical_atan(const Exact& x) {
  const std::optional<Cyclotomic> value = as_cyclotomic(x);
  if (!value || !value->is_real()) return std::nullopt;
  Ball angle;
  if (apply(Elementary::atan, angle, re(enclosure(x, guess_precision)), guess_precision) != Status::ok)
    return std::nullopt;
  const std::optional<Rational> q = nearest_turn(angle, 24 * value->conductor());
  if (!q || ::abs(*q) >= Rational(1, 2)) return std::nullopt;
  const Exact w = exact_root_of_unity(q->get_den(), q->get_num());
  const Exact ix = mul(exact_i(), x);
  const Exact one(Rational(1));
  return compare(add(one, ix), mul(w, sub(one, ix))) == relation::equal ? q : std::nullopt;
}

/// Γ(k + 1/2) = (2k)!/(4^k·k!)·√π, Γ(1/2 − k) = (−4)^k·k!/(2k)!·√π for k ≥ 0 (DLMF 5.4.6 with the recurrence).
Status gamma_at_half_integer(Exact& out, const Rational& x) {
  constexpr long most = 10000;
  const Integer k = floor(x);
  if (::abs(k) > most) return Status::open;
  const auto m = static_cast<unsigned long>(std::labs(k.get_si()));
  Rational factor(factorial(Integer(2 * m)),
                  factorial(Integer(m)) * Integer(power(Rational(4), static_cast<long>(m)).get_num()));
  factor.canonicalize();
  if (k < 0) factor = (m % 2 == 0 ? 1 : -1) / factor;
  Exact root;
  const Status status = by_calcium(Elementary::sqrt, root, exact_pi());
  return status == Status::ok ? set(out, mul(Exact(factor), root)) : status;
}

}  // namespace

Status exact_sqrt_of(Exact& out, const Exact& x, bool real_domain) {
  if (is_zero(x) == Truth::true_) return set(out, Exact());
  if (real_domain) {
    const std::optional<int> sign = sign_of(x);
    if (!sign) return Status::open;
    if (*sign < 0) return Status::undefined;
  }
  if (const std::optional<Rational> rational = rational_value(x)) {
    if (const std::optional<Rational> root = exact_sqrt(*rational)) return set(out, Exact(*root));
    if (const std::optional<Cyclotomic> root = sqrt_of_rational(*rational)) return set(out, Exact(*root));
  } else if (const std::optional<Cyclotomic> value = as_cyclotomic(x)) {
    if (const std::optional<Cyclotomic> root = denested_root(*value)) return set(out, Exact(*root));
  }
  return by_calcium(Elementary::sqrt, out, x);
}

Status exact_log_of(Exact& out, const Exact& x, bool real_domain) {
  const Truth zero = is_zero(x);
  if (zero != Truth::false_) return zero == Truth::true_ ? Status::undefined : Status::open;
  if (real_domain) {
    const std::optional<int> sign = sign_of(x);
    if (!sign) return Status::open;
    if (*sign < 0) return Status::undefined;
  }
  const std::optional<Cyclotomic> value = as_cyclotomic(x);
  const std::optional<Cyclotomic::Monomial> monomial = value ? value->as_monomial() : std::nullopt;
  if (!monomial) return by_calcium(Elementary::log, out, x);
  // c·ζ_n^e: the argument is 2πe/n, or π more for c < 0, brought into (−π, π].
  Rational turn(Integer(static_cast<unsigned long>(2 * monomial->exponent)),
                Integer(static_cast<unsigned long>(value->conductor())));
  turn.canonicalize();
  if (monomial->coefficient < 0) turn += 1;
  turn -= 2 * Rational(ceil(Rational((turn - 1) / 2)));
  const Exact argument = mul(exact_i(), pi_times(turn));
  const Rational modulus = ::abs(monomial->coefficient);
  if (modulus == 1) return set(out, argument);
  Exact logarithm;
  const Status status = by_calcium(Elementary::log, logarithm, Exact(modulus));
  return status == Status::ok ? set(out, add(logarithm, argument)) : status;
}

Status exact_acos_of(Exact& out, const Exact& x, bool real_domain) {
  if (real_domain) {
    const std::optional<bool> inside = in_unit_interval(x);
    if (!inside) return Status::open;
    if (!*inside) return Status::undefined;
  }
  if (const std::optional<Rational> q = classical_acos(x)) return set(out, pi_times(*q));
  return by_calcium(Elementary::acos, out, x);
}

Status exact_asin_of(Exact& out, const Exact& x, bool real_domain) {
  if (real_domain) {
    const std::optional<bool> inside = in_unit_interval(x);
    if (!inside) return Status::open;
    if (!*inside) return Status::undefined;
  }
  if (const std::optional<Rational> q = classical_acos(x)) return set(out, pi_times(Rational(1, 2) - *q));
  return by_calcium(Elementary::asin, out, x);
}

Status exact_atan_of(Exact& out, const Exact& x) {
  if (const std::optional<Rational> q = classical_atan(x)) return set(out, pi_times(*q));
  const Truth singular = is_zero(add(mul(x, x), Exact(Rational(1))));
  if (singular != Truth::false_) return singular == Truth::true_ ? Status::undefined : Status::open;
  return by_calcium(Elementary::atan, out, x);
}

Status exact_gamma_of(Exact& out, const Exact& x) {
  constexpr long most = 20000;
  const std::optional<Rational> value = rational_value(x);
  if (value && is_integer(*value)) {
    if (*value <= 0) return Status::undefined;
    if (*value > most) return Status::open;
    return set(out, Exact(Rational(factorial(Integer(value->get_num() - 1)))));
  }
  if (value && value->get_den() == 2) return gamma_at_half_integer(out, *value);
  return by_calcium(Elementary::gamma, out, x);
}

}  // namespace assay::exact_detail
