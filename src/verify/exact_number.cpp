#include "verify/exact_number.hpp"

#include "base/contract.hpp"
#include "number/concepts.hpp"
#include "number/rational.hpp"
#include "verify/exact_number_internal.hpp"
#include "verify/formal_fraction.hpp"

namespace assay::verify {

static_assert(Ordered<ExactNumber> && Transcendental<ExactNumber>);

using detail::as_algebraic;
using detail::as_cyclotomic;
using detail::guarded;

namespace {

Rational checked(Rational x) {
  if (bit_size(x) > limit::rational_bits) throw NotRepresentable("an exact rational is too long");
  return x;
}

const Rational* rational_pointer(const ExactNumber& x) { return std::get_if<Rational>(&x.value()); }

}  // namespace

ExactNumber::ExactNumber(Rational x) : value_(checked(std::move(x))) {}

ExactNumber::ExactNumber(AlgebraicNumber x) {
  const CyclotomicElement* cyclotomic = x.cyclotomic();
  const std::optional<Rational> rational = cyclotomic == nullptr ? std::nullopt : cyclotomic->is_rational();
  if (rational)
    value_ = checked(*rational);
  else
    value_ = std::move(x);
}

ExactNumber::ExactNumber(Fraction x) : value_(std::move(x)) {}

ExactNumber exact_pi() {
  static const ExactNumber pi = formal::number(Atom::Kind::pi, ExactNumber());
  return pi;
}

ExactNumber exact_i() { return ExactNumber(CyclotomicElement::root_of_unity(4, 1)); }

ExactNumber exact_root_of_unity(const Integer& n, const Integer& k) {
  ASSAY_ENSURE(n >= 1, "roots of unity have a positive order");
  Rational turn(k, n);
  turn.canonicalize();
  if (turn.get_den() > Integer(static_cast<unsigned long>(2 * limit::conductor)))
    throw NotRepresentable("the order of a root of unity is too large");
  return ExactNumber(CyclotomicElement::root_of_unity(turn.get_den().get_ui(), turn.get_num()));
}

namespace detail {

std::optional<AlgebraicNumber> as_algebraic(const ExactNumber& x) {
  if (const auto* rational = std::get_if<Rational>(&x.value())) return AlgebraicNumber(*rational);
  if (const auto* algebraic = std::get_if<AlgebraicNumber>(&x.value())) return *algebraic;
  return std::nullopt;
}

std::optional<CyclotomicElement> as_cyclotomic(const ExactNumber& x) {
  if (const auto* rational = std::get_if<Rational>(&x.value())) return CyclotomicElement(*rational);
  const auto* algebraic = std::get_if<AlgebraicNumber>(&x.value());
  if (algebraic == nullptr || algebraic->cyclotomic() == nullptr) return std::nullopt;
  return *algebraic->cyclotomic();
}

std::optional<AlgebraicNumber> pi_coefficient(const ExactNumber& x) {
  if (is_held_as_rational(x)) return is_zero(x) == Truth::true_ ? std::optional(AlgebraicNumber()) : std::nullopt;
  if (as_algebraic(x)) return std::nullopt;
  const std::optional<Term> term = formal::single_term(x);
  if (!term || term->monomial.powers.size() != 1 || is_zero(term->monomial.exponent) != Truth::true_)
    return std::nullopt;
  const auto& [atom, exponent] = term->monomial.powers[0];
  return atom->kind == Atom::Kind::pi && exponent == 1 ? std::optional(term->coefficient) : std::nullopt;
}

std::optional<Rational> rational_turn(const ExactNumber& x) {
  const std::optional<AlgebraicNumber> coefficient = pi_coefficient(x);
  return coefficient ? coefficient->rational() : std::nullopt;
}

ExactNumber pi_times(const Rational& q) { return ExactNumber(q) * exact_pi(); }

}  // namespace detail

ExactNumber add(const ExactNumber& x, const ExactNumber& y) {
  const Rational* p = rational_pointer(x);
  const Rational* q = rational_pointer(y);
  if (p != nullptr && q != nullptr) return ExactNumber(Rational(*p + *q));
  if (p != nullptr && *p == 0) return y;
  if (q != nullptr && *q == 0) return x;
  if (const auto a = as_algebraic(x), b = as_algebraic(y); a && b) return ExactNumber(*a + *b);
  const FormalFraction a = formal::fraction_of(x);
  const FormalFraction b = formal::fraction_of(y);
  if (formal::equal(a.denominator(), b.denominator()))
    return formal::number(formal::sum(a.numerator(), b.numerator()), a.denominator());
  return formal::number(
      formal::sum(formal::product(a.numerator(), b.denominator()), formal::product(b.numerator(), a.denominator())),
      formal::product(a.denominator(), b.denominator()));
}

ExactNumber sub(const ExactNumber& x, const ExactNumber& y) { return add(x, neg(y)); }

ExactNumber mul(const ExactNumber& x, const ExactNumber& y) {
  const Rational* p = rational_pointer(x);
  const Rational* q = rational_pointer(y);
  if (p != nullptr && q != nullptr) return ExactNumber(Rational(*p * *q));
  if ((p != nullptr && *p == 0) || (q != nullptr && *q == 0)) return {};
  if (p != nullptr && *p == 1) return y;
  if (q != nullptr && *q == 1) return x;
  if (const auto a = as_algebraic(x), b = as_algebraic(y); a && b) return ExactNumber(*a * *b);
  const FormalFraction a = formal::fraction_of(x);
  const FormalFraction b = formal::fraction_of(y);
  return formal::number(formal::product(a.numerator(), b.numerator()),
                        formal::product(a.denominator(), b.denominator()));
}

ExactNumber neg(const ExactNumber& x) {
  if (const Rational* rational = rational_pointer(x)) return ExactNumber(Rational(-*rational));
  if (const auto algebraic = as_algebraic(x)) return ExactNumber(-*algebraic);
  const FormalFraction fraction = formal::fraction_of(x);
  return formal::number(formal::negated(fraction.numerator()), fraction.denominator());
}

ExactNumber conj(const ExactNumber& x) {
  if (rational_pointer(x) != nullptr) return x;
  if (const auto algebraic = as_algebraic(x)) return ExactNumber(algebraic->conj());
  const FormalFraction fraction = formal::fraction_of(x);
  if (fraction.is_real()) return x;
  return formal::number(formal::conjugated(fraction.numerator()), formal::conjugated(fraction.denominator()));
}

ExactNumber re(const ExactNumber& x) {
  if (rational_pointer(x) != nullptr) return x;
  return mul(ExactNumber(Rational(1, 2)), add(x, conj(x)));
}

ExactNumber im(const ExactNumber& x) {
  if (rational_pointer(x) != nullptr) return {};
  return mul(mul(ExactNumber(Rational(-1, 2)), exact_i()), sub(x, conj(x)));
}

Status divide(ExactNumber& out, const ExactNumber& x, const ExactNumber& y) {
  return guarded([&]() -> Status {
    const Truth zero = is_zero(y);
    if (zero != Truth::false_) return zero == Truth::true_ ? Status::undefined : Status::open;
    const Rational* p = rational_pointer(x);
    const Rational* q = rational_pointer(y);
    if (p != nullptr && q != nullptr) {
      out = ExactNumber(Rational(*p / *q));
      return Status::ok;
    }
    if (const auto a = as_algebraic(x), b = as_algebraic(y); a && b) {
      AlgebraicNumber quotient;
      const Status status = divide(quotient, *a, *b);
      if (status == Status::ok) out = ExactNumber(std::move(quotient));
      return status;
    }
    const FormalFraction a = formal::fraction_of(x);
    const FormalFraction b = formal::fraction_of(y);
    out = formal::number(formal::product(a.numerator(), b.denominator()),
                         formal::product(a.denominator(), b.numerator()));
    return Status::ok;
  });
}

bool is_held_as_rational(const ExactNumber& x) { return rational_pointer(x) != nullptr; }

bool has_closed_form(const ExactNumber& x) {
  if (as_cyclotomic(x)) return true;
  const auto coefficient = detail::pi_coefficient(x);
  return (coefficient && coefficient->cyclotomic() != nullptr) || rational_value(x);
}

std::optional<Rational> rational_value(const ExactNumber& x) {
  if (const Rational* rational = rational_pointer(x)) return *rational;
  if (const auto* algebraic = std::get_if<AlgebraicNumber>(&x.value())) return algebraic->rational();
  return std::nullopt;
}

static std::string cyclotomic_string(const CyclotomicElement& x) {
  const std::optional<QuadraticNumber> quadratic = as_quadratic(x);
  if (!quadratic) return to_string(x);
  const std::string root = "sqrt(" + quadratic->radicand.get_str() + ")";
  std::string out = quadratic->rational == 0 ? "" : quadratic->rational.get_str();
  if (quadratic->rational != 0)
    out += quadratic->positive ? " + " : " - ";
  else if (!quadratic->positive)
    out += "-";
  return out + root;
}

std::string to_string(const ExactNumber& x) {
  if (const std::optional<Rational> rational = rational_value(x)) return rational->get_str();
  if (const auto cyclotomic = as_cyclotomic(x)) return cyclotomic_string(*cyclotomic);
  if (const auto coefficient = detail::pi_coefficient(x); coefficient && coefficient->cyclotomic() != nullptr) {
    if (const auto rational = coefficient->rational())
      return *rational == 1 ? std::string("pi") : rational->get_str() + "*pi";
    return std::string("(").append(cyclotomic_string(*coefficient->cyclotomic())).append(")*pi");
  }
  return to_string(enclosure(x, 128), 30);
}

}  // namespace assay::verify
