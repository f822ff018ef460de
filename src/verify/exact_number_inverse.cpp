#include "base/contract.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "verify/exact_number_internal.hpp"
#include "verify/formal_fraction.hpp"
#include "verify/gaussian_angle.hpp"

/// Roots, logarithms, inverse trigonometric functions and gamma. Classical angles are guessed from an enclosure and
/// accepted only after an exact check.
namespace assay::verify::detail {

namespace {

constexpr long guess_precision = 128;

Status set(ExactNumber& out, ExactNumber value) {
  out = std::move(value);
  return Status::ok;
}

const ExactNumber& one() {
  static const ExactNumber value{Rational(1)};
  return value;
}

/// The a/N nearest to angle/π.
std::optional<Rational> nearest_turn(const Interval& angle, std::uint64_t n) {
  Interval turns;
  if (divide(turns, angle, interval_pi(guess_precision), guess_precision) != Status::ok) return std::nullopt;
  const Integer denominator(static_cast<unsigned long>(n));
  const Interval scaled = mul(turns, interval_from(denominator), guess_precision);
  const std::optional<Integer> nearest =
      unique_floor(add(scaled, interval_from(Rational(1, 2), guess_precision), guess_precision));
  if (!nearest) return std::nullopt;
  Rational q(*nearest, denominator);
  q.canonicalize();
  return q;
}

/// |x| ≤ 1 for a real x.
std::optional<bool> in_unit_interval(const ExactNumber& x) {
  const Relations above = compare(x, one());
  const Relations below = compare(x, -one());
  if (above == relation::greater || below == relation::less) return false;
  const bool bounded =
      (above == relation::less || above == relation::equal) && (below == relation::greater || below == relation::equal);
  return bounded ? std::optional<bool>(true) : std::nullopt;
}

/// The conductor of a field that contains x, for a real cyclotomic x.
std::optional<std::uint64_t> real_conductor(const ExactNumber& x) {
  const std::optional<CyclotomicElement> value = as_cyclotomic(x);
  return value && value->is_real() ? std::optional(value->conductor()) : std::nullopt;
}

/// q with tan(πq) = x, |q| < 1/2, for a real cyclotomic x: (1 + ix) = w(1 − ix) with w = exp(2πiq).
std::optional<Rational> classical_atan(const ExactNumber& x) {
  const std::optional<std::uint64_t> conductor = real_conductor(x);
  Interval angle;
  if (!conductor || apply(Elementary::atan, angle, enclosure(x, guess_precision).re, guess_precision) != Status::ok)
    return std::nullopt;
  const std::optional<Rational> q = nearest_turn(angle, 24 * *conductor);
  if (!q || ::abs(*q) >= Rational(1, 2)) return std::nullopt;
  const ExactNumber w = exact_root_of_unity(q->get_den(), q->get_num());
  const ExactNumber ix = exact_i() * x;
  return compare(one() + ix, w * (one() - ix)) == relation::equal ? q : std::nullopt;
}

/// q with cos(πq) = x, 0 ≤ q ≤ 1, for a real cyclotomic x. If cos(2πa/m) ∈ Q(ζ_n) with n minimal, then m divides 12n:
/// Q(cos 2πa/m) has the conductor m, or m/2 for m ≡ 2 (mod 4), except that it is Q for m | 4 or m | 6.
std::optional<Rational> classical_acos(const ExactNumber& x) {
  if (const std::optional<Rational> r = rational_value(x); r && ::abs(*r) == 1) return Rational(*r == 1 ? 0 : 1);
  const std::optional<std::uint64_t> conductor = real_conductor(x);
  Interval angle;
  if (!conductor || apply(Elementary::acos, angle, enclosure(x, guess_precision).re, guess_precision) != Status::ok)
    return std::nullopt;
  const std::optional<Rational> q = nearest_turn(angle, 12 * *conductor);
  if (!q || *q < 0 || *q > 1) return std::nullopt;
  const ExactNumber cosine = re(exact_root_of_unity(q->get_den() * 2, q->get_num()));
  return compare(cosine, x) == relation::equal ? q : std::nullopt;
}

/// π/2 − arccos x, the arcsine: classical, or arctan(x/√(1 − x²)).
Status arcsine(ExactNumber& out, const ExactNumber& x) {
  if (const std::optional<Rational> q = classical_acos(x)) return set(out, pi_times(Rational(1, 2) - *q));
  ExactNumber cosine;
  ExactNumber tangent;
  const Status status = sqrt_of(cosine, one() - x * x, true);
  if (status != Status::ok) return status;
  const Status divided = divide(tangent, x, cosine);
  return divided == Status::ok ? atan_of(out, tangent) : Status::open;
}

/// A sum of multiples of logarithms of primes, and perhaps one of what trial division leaves, for r > 0.
ExactNumber log_of_rational(const Rational& r) {
  constexpr unsigned long bound = 10000;
  ExactNumber sum;
  const auto add_log = [&sum](const Integer& base, long multiplicity) {
    sum = sum + ExactNumber(Rational(multiplicity)) * formal::number(Atom::Kind::log, ExactNumber::from(base));
  };
  for (const int sign : {1, -1}) {
    Integer rest = sign > 0 ? r.get_num() : r.get_den();
    for (unsigned long p = 2; p <= bound && rest != 1; ++p) {
      if (Integer(p) * p > rest && rest.fits_ulong_p()) p = rest.get_ui();  // what is left is prime
      const Integer prime(p);
      const auto multiplicity = static_cast<long>(mpz_remove(rest.get_mpz_t(), rest.get_mpz_t(), prime.get_mpz_t()));
      if (multiplicity > 0) add_log(prime, sign * multiplicity);
    }
    if (rest != 1) add_log(rest, sign);
  }
  return sum;
}

ExactNumber log_of_positive(const ExactNumber& x);

/// log(c·∏ a^q·exp(λ)) for c > 0 and real λ.
std::optional<ExactNumber> log_of_term(const Term& term) {
  if (term.monomial.powers.empty() && is_zero(term.monomial.exponent) == Truth::true_) return std::nullopt;
  const ExactNumber coefficient(term.coefficient);
  if (is_real(term.monomial.exponent) != Truth::true_ || sign_of(coefficient) != 1) return std::nullopt;
  ExactNumber sum = log_of_positive(coefficient) + term.monomial.exponent;
  for (const auto& [atom, exponent] : term.monomial.powers) {
    const ExactNumber base =
        atom->kind == Atom::Kind::base ? atom->argument : formal::number(atom->kind, atom->argument);
    ExactNumber part;
    const Relations order = compare(base, one());
    if (order != relation::greater && order != relation::less) return std::nullopt;
    ExactNumber inverse;
    if (order == relation::less && divide(inverse, one(), base) != Status::ok) return std::nullopt;
    part =
        order == relation::greater ? formal::number(Atom::Kind::log, base) : -formal::number(Atom::Kind::log, inverse);
    sum = sum + ExactNumber(exponent) * part;
  }
  return sum;
}

/// log x of an algebraic number: of its square if that is rational, of the radicand if it is a root.
std::optional<ExactNumber> log_of_algebraic(const AlgebraicNumber& x) {
  if (const std::optional<Rational> rational = x.rational()) return log_of_rational(*rational);
  if (const auto parts = x.as_real_root())
    return ExactNumber(Rational(Integer(1), Integer(parts->second))) * log_of_positive(ExactNumber(parts->first));
  if (x.cyclotomic() == nullptr) return std::nullopt;
  if (const std::optional<Rational> square = (x * x).rational())
    return ExactNumber(Rational(1, 2)) * log_of_rational(*square);
  return std::nullopt;
}

/// log x for a real x > 0.
ExactNumber log_of_positive(const ExactNumber& x) {
  if (const std::optional<AlgebraicNumber> algebraic = as_algebraic(x)) {
    if (std::optional<ExactNumber> known = log_of_algebraic(*algebraic)) return *known;
  } else if (const std::optional<Term> term = formal::single_term(x)) {
    if (std::optional<ExactNumber> known = log_of_term(*term)) return *known;
  }
  const Relations order = compare(x, one());
  if (order == relation::equal) return {};
  if (order == relation::greater) return formal::number(Atom::Kind::log, x);
  ExactNumber inverse;
  if (order != relation::less || divide(inverse, one(), x) != Status::ok)
    throw NotRepresentable("it is not known on which side of 1 a number lies");
  return -formal::number(Atom::Kind::log, inverse);
}

/// Γ(k + 1/2) = (2k)!/(4^k·k!)·√π, Γ(1/2 − k) = (−4)^k·k!/(2k)!·√π for k ≥ 0 (DLMF 5.4.6 with the recurrence).
Status gamma_at_half_integer(ExactNumber& out, const Rational& x) {
  constexpr long most = 10000;
  const Integer k = assay::floor(x);
  if (::abs(k) > most) return Status::open;
  const auto m = static_cast<unsigned long>(std::labs(k.get_si()));
  Rational factor(factorial(Integer(2 * m)),
                  factorial(Integer(m)) * Integer(assay::power(Rational(4), static_cast<long>(m)).get_num()));
  factor.canonicalize();
  if (k < 0) factor = (m % 2 == 0 ? 1 : -1) / factor;
  ExactNumber root;
  const Status status = sqrt_of(root, exact_pi(), true);
  return status == Status::ok ? set(out, ExactNumber(factor) * root) : status;
}

/// Γ(x) = Γ(x − k)·(x − k)⋯(x − 1) with 0 < x − k < 1.
Status gamma_of_fraction(ExactNumber& out, const Rational& x) {
  constexpr long most = 1000;
  const Integer k = assay::floor(x);
  if (::abs(k) > most) return Status::open;
  if (bit_size(x) * k.get_ui() > limit::rational_bits) return Status::open;  // the product would be too long
  const Rational low = x - k;
  Rational factor = 1;
  for (Rational t = low; t < x; t += 1) factor *= t;
  for (Rational t = x; t < low; t += 1) factor /= t;
  return set(out, ExactNumber(factor) * formal::number(Atom::Kind::gamma, ExactNumber(low)));
}

}  // namespace

Status sqrt_of(ExactNumber& out, const ExactNumber& x, bool real_domain) {
  const Truth zero = is_zero(x);
  if (zero == Truth::unknown) return Status::open;
  if (zero == Truth::true_) return set(out, ExactNumber());
  if (real_domain) {
    const std::optional<int> sign = sign_of(x);
    if (!sign) return Status::open;
    if (*sign < 0) return Status::undefined;
  }
  return rational_power(out, x, Rational(1, 2));
}

Status log_of(ExactNumber& out, const ExactNumber& x, bool real_domain) {
  const Truth zero = is_zero(x);
  if (zero != Truth::false_) return zero == Truth::true_ ? Status::undefined : Status::open;
  const Truth real = real_domain ? Truth::true_ : is_real(x);
  if (real == Truth::true_) {
    const std::optional<int> sign = sign_of(x);
    if (!sign) return Status::open;
    if (*sign > 0) return set(out, log_of_positive(x));
    if (real_domain) return Status::undefined;
    return set(out, log_of_positive(-x) + exact_i() * exact_pi());
  }
  const std::optional<CyclotomicElement> value = as_cyclotomic(x);
  const auto monomial = value ? value->as_monomial() : std::nullopt;
  if (!monomial) return Status::open;
  // c·ζ_n^e: the argument is 2πe/n, or π more for c < 0, brought into (−π, π].
  Rational turn(Integer(static_cast<unsigned long>(2 * monomial->exponent)),
                Integer(static_cast<unsigned long>(value->conductor())));
  turn.canonicalize();
  if (monomial->coefficient < 0) turn += 1;
  turn -= 2 * Rational(ceil(Rational((turn - 1) / 2)));
  return set(out, log_of_rational(::abs(monomial->coefficient)) + exact_i() * pi_times(turn));
}

Status asin_of(ExactNumber& out, const ExactNumber& x, bool real_domain) {
  if (is_real(x) != Truth::true_) return Status::open;
  const std::optional<bool> inside = in_unit_interval(x);
  if (!inside) return Status::open;
  if (!*inside) return real_domain ? Status::undefined : Status::open;
  return arcsine(out, x);
}

Status acos_of(ExactNumber& out, const ExactNumber& x, bool real_domain) {
  const Status status = asin_of(out, x, real_domain);
  if (status == Status::ok) out = pi_times(Rational(1, 2)) - out;
  return status;
}

Status atan_of(ExactNumber& out, const ExactNumber& x) {
  if (const std::optional<Rational> q = classical_atan(x)) return set(out, pi_times(*q));
  const Truth singular = is_zero(x * x + one());
  if (singular != Truth::false_) return singular == Truth::true_ ? Status::undefined : Status::open;
  if (is_real(x) != Truth::true_) return Status::open;
  const std::optional<int> sign = sign_of(x);
  if (!sign) return Status::open;
  if (*sign < 0) {
    const Status status = atan_of(out, -x);
    if (status == Status::ok) out = -out;
    return status;
  }
  if (const std::optional<Rational> rational = rational_value(x))
    if (const std::optional<ExactNumber> sum = angle_by_gaussian_primes(*rational)) return set(out, *sum);
  return set(out, formal::number(Atom::Kind::atan, x));
}

Status gamma_of(ExactNumber& out, const ExactNumber& x) {
  constexpr long most = 20000;
  if (const std::optional<Rational> value = rational_value(x)) {
    if (value->get_den() == 2) return gamma_at_half_integer(out, *value);
    if (!is_integer(*value)) return gamma_of_fraction(out, *value);
    if (*value <= 0) return Status::undefined;
    if (*value > most) return Status::open;
    return set(out, ExactNumber(Rational(factorial(Integer(value->get_num() - 1)))));
  }
  if (is_real(x) != Truth::true_ || sign_of(x) != 1) return Status::open;
  return set(out, formal::number(Atom::Kind::gamma, x));
}

}  // namespace assay::verify::detail
