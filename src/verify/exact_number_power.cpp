#include "number/rational.hpp"
#include "verify/exact_number_internal.hpp"
#include "verify/formal_fraction.hpp"

namespace assay::verify {

using detail::as_algebraic;
using detail::guarded;
using detail::sign_of;

namespace {

Status set(ExactNumber& out, ExactNumber value) {
  out = std::move(value);
  return Status::ok;
}

Status power_of_rational(ExactNumber& out, const Rational& x, long n) {
  if (x == 0 || x == 1 || n == 0) return set(out, ExactNumber(n == 0 ? Rational(1) : x));
  if (x == -1) return set(out, ExactNumber(Rational(n % 2 == 0 ? 1 : -1)));
  const auto magnitude = static_cast<std::size_t>(n < 0 ? -(n + 1) : n);
  if (magnitude > limit::rational_bits / (bit_size(x) - 1)) return Status::open;
  return set(out, ExactNumber(assay::power(x, n)));
}

/// By repeated multiplication; a single term at once.
Status power_of_fraction(ExactNumber& out, const ExactNumber& x, long n) {
  constexpr long most_power = 1000;
  if (const std::optional<Term> term = formal::single_term(x)) {
    Term raised = *term;
    const Status status = power(raised.coefficient, term->coefficient, n);
    if (status != Status::ok) return status;
    for (auto& factor : raised.monomial.powers) factor.second *= n;
    raised.monomial.exponent = ExactNumber();
    ExactNumber exponential;
    // Here exp(n·λ) may be known otherwise although exp(λ) is not.
    if (detail::exp_of(exponential, ExactNumber(Rational(n)) * term->monomial.exponent) != Status::ok)
      return Status::open;
    return set(out, exponential * formal::number({raised}, formal::constant(AlgebraicNumber(Rational(1)))));
  }
  if (n < -most_power || n > most_power) return Status::open;
  ExactNumber product{Rational(1)};
  ExactNumber square = x;
  for (long rest = n < 0 ? -n : n; rest > 0; rest /= 2) {
    if (rest % 2 == 1) product = product * square;
    if (rest > 1) square = square * square;
  }
  return n < 0 ? divide(out, ExactNumber(Rational(1)), product) : set(out, product);
}

/// 0^y for y that is not an integer: 0 on the right half-plane, else undefined or unknown.
Status power_of_zero(ExactNumber& out, const ExactNumber& y) {
  if (is_real(y) != Truth::true_) return Status::open;
  const std::optional<int> sign = sign_of(y);
  if (!sign) return Status::open;
  return *sign <= 0 ? Status::undefined : set(out, ExactNumber());
}

/// Whether the real y is certainly no integer.
bool is_no_integer(const ExactNumber& y) {
  if (const std::optional<Rational> rational = rational_value(y)) return !is_integer(*rational);
  const std::optional<Integer> below = floor(y);
  return below && (compare(y, ExactNumber::from(*below)) & relation::equal) == 0;
}

/// c^q·∏ a^(q·e)·exp(qλ) for a single term with c > 0 and real λ.
std::optional<ExactNumber> power_of_term(const Term& term, const Rational& q) {
  if (is_real(term.monomial.exponent) != Truth::true_ || sign_of(ExactNumber(term.coefficient)) != 1)
    return std::nullopt;
  ExactNumber out;
  if (detail::rational_power(out, ExactNumber(term.coefficient), q) != Status::ok) return std::nullopt;
  Term raised{AlgebraicNumber(Rational(1)), term.monomial};
  for (auto& factor : raised.monomial.powers) factor.second *= q;
  raised.monomial.exponent = ExactNumber(q) * term.monomial.exponent;
  return out * formal::number({raised}, formal::constant(AlgebraicNumber(Rational(1))));
}

}  // namespace

Status detail::rational_power(ExactNumber& out, const ExactNumber& x, const Rational& q) {
  if (q.get_den() > largest_root_degree) {
    ExactNumber logarithm;
    const Status status = log_of(logarithm, x, false);
    return status == Status::ok ? exp_of(out, ExactNumber(q) * logarithm) : status;
  }
  if (const std::optional<AlgebraicNumber> algebraic = as_algebraic(x)) {
    AlgebraicNumber root_of_x;
    const Status status = root(root_of_x, *algebraic, q.get_den().get_ui());
    return status == Status::ok ? power(out, ExactNumber(root_of_x), q.get_num()) : status;
  }
  if (const std::optional<Term> term = formal::single_term(x))
    if (std::optional<ExactNumber> raised = power_of_term(*term, q)) return set(out, std::move(*raised));
  if (is_real(x) != Truth::true_) return Status::open;
  const std::optional<int> sign = sign_of(x);
  if (!sign || *sign == 0) return Status::open;
  if (*sign < 0) {
    const Status status = rational_power(out, -x, q);
    if (status == Status::ok) out = out * exact_root_of_unity(2 * q.get_den(), q.get_num());
    return status;
  }
  const Integer whole = assay::floor(q);
  ExactNumber factor;
  const Status status = power(factor, x, whole);
  if (status != Status::ok) return status;
  Term term{AlgebraicNumber(Rational(1)), {}};
  term.monomial.powers.emplace_back(std::make_shared<const Atom>(Atom{Atom::Kind::base, x}), Rational(q - whole));
  return set(out, factor * formal::number({term}, formal::constant(AlgebraicNumber(Rational(1)))));
}

Status power(ExactNumber& out, const ExactNumber& x, long n) {
  return guarded([&]() -> Status {
    if (n == 0) return set(out, ExactNumber(Rational(1)));
    if (n == 1) return set(out, x);
    if (const auto* rational = std::get_if<Rational>(&x.value()))
      return *rational == 0 && n < 0 ? Status::undefined : power_of_rational(out, *rational, n);
    if (const std::optional<AlgebraicNumber> algebraic = as_algebraic(x)) {
      AlgebraicNumber raised;
      const Status status = power(raised, *algebraic, n);
      return status == Status::ok ? set(out, ExactNumber(std::move(raised))) : status;
    }
    if (n < 0) {
      const Truth zero = is_zero(x);
      if (zero != Truth::false_) return zero == Truth::true_ ? Status::undefined : Status::open;
    }
    return power_of_fraction(out, x, n);
  });
}

Status power(ExactNumber& out, const ExactNumber& x, const Integer& n) {
  if (n.fits_slong_p()) return power(out, x, n.get_si());
  return guarded([&]() -> Status {
    // So large an exponent has a power that can be written down only for 0 and roots of unity.
    if (is_zero(x) == Truth::true_) return n < 0 ? Status::undefined : power(out, x, 1L);
    const std::optional<CyclotomicElement> base = detail::as_cyclotomic(x);
    const auto monomial = base ? base->as_monomial() : std::nullopt;
    if (!monomial || ::abs(monomial->coefficient) != 1) return Status::open;
    return power(out, x, static_cast<long>(mpz_fdiv_ui(n.get_mpz_t(), 2 * base->conductor())));
  });
}

Status power(ExactNumber& out, const ExactNumber& x, const ExactNumber& y, bool over_reals) {
  return guarded([&]() -> Status {
    const std::optional<Rational> exponent = rational_value(y);
    if (exponent && is_integer(*exponent)) return power(out, x, exponent->get_num());
    const Truth zero = is_zero(x);
    if (zero == Truth::true_) return power_of_zero(out, y);
    if (zero != Truth::false_) return Status::open;
    const Truth real = is_real(x);
    if (over_reals && real == Truth::unknown) return Status::open;
    if (over_reals && real == Truth::true_ && is_real(y) != Truth::false_) {
      const std::optional<int> sign = sign_of(x);
      if (!sign) return Status::open;
      if (*sign < 0) return is_real(y) == Truth::true_ && is_no_integer(y) ? Status::undefined : Status::open;
    }
    if (exponent) return detail::rational_power(out, x, *exponent);
    ExactNumber logarithm;
    const Status logged = apply(Elementary::log, logarithm, x, false);
    return logged == Status::ok ? apply(Elementary::exp, out, mul(y, logarithm), false) : logged;
  });
}

}  // namespace assay::verify
