#include "verify/formal_fraction.hpp"

#include <algorithm>

#include "base/budget_scope.hpp"
#include "base/contract.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay::verify {

namespace {

/// Products of more terms are refused.
constexpr std::size_t most_products = 4000;

bool is_zero_for_certain(const ExactNumber& x) { return is_zero(x) == Truth::true_; }

/// Whether both are the same object: what is copied is shared, so that most equal numbers are seen to be so at once.
bool is_shared(const ExactNumber& x, const ExactNumber& y) {
  const auto* p = std::get_if<ExactNumber::Fraction>(&x.value());
  const auto* q = std::get_if<ExactNumber::Fraction>(&y.value());
  return p != nullptr && q != nullptr && *p == *q;
}

/// Enclosures are looked at first: they separate most numbers, and what is nested deeply would be compared again and
/// again at each level.
bool are_separated(const ExactNumber& x, const ExactNumber& y) {
  constexpr long precision = 64;
  return compare(enclosure(x, precision), enclosure(y, precision)) == relation::unequal;
}

bool same(const Atom& a, const Atom& b) {
  if (&a == &b) return true;
  if (a.kind != b.kind) return false;
  if (a.kind == Atom::Kind::pi || is_shared(a.argument, b.argument)) return true;
  check_budget_of_thread();
  return !are_separated(a.argument, b.argument) && compare(a.argument, b.argument) == relation::equal;
}

bool same(const Monomial& x, const Monomial& y) {
  if (x.powers.size() != y.powers.size()) return false;
  for (const auto& [atom, exponent] : x.powers) {
    const auto is_this = [&, &a = atom, &q = exponent](const auto& power) {
      return power.second == q && same(*power.first, *a);
    };
    if (std::none_of(y.powers.begin(), y.powers.end(), is_this)) return false;
  }
  if (is_shared(x.exponent, y.exponent)) return true;
  check_budget_of_thread();
  return is_zero_for_certain(x.exponent - y.exponent);
}

Monomial product(const Monomial& x, const Monomial& y) {
  Monomial out = x;
  for (const auto& [atom, exponent] : y.powers) {
    const auto place = std::find_if(out.powers.begin(), out.powers.end(),
                                    [&, &a = atom](const auto& power) { return same(*power.first, *a); });
    if (place == out.powers.end())
      out.powers.emplace_back(atom, exponent);
    else
      place->second += exponent;
  }
  std::erase_if(out.powers, [](const auto& power) { return power.second == 0; });
  out.exponent = x.exponent + y.exponent;
  if (is_zero_for_certain(out.exponent)) out.exponent = ExactNumber();
  return out;
}

Monomial inverse(const Monomial& x) {
  Monomial out = x;
  for (auto& power : out.powers) power.second = -power.second;
  out.exponent = -x.exponent;
  return out;
}

bool is_one(const Monomial& x) { return x.powers.empty() && is_zero_for_certain(x.exponent); }

void add_term(Terms& terms, Term term) {
  for (Term& known : terms)
    if (same(known.monomial, term.monomial)) {
      known.coefficient = known.coefficient + term.coefficient;
      return;
    }
  terms.push_back(std::move(term));
}

Terms without_zeros(Terms terms) {
  std::erase_if(terms, [](const Term& term) { return term.coefficient.is_zero() == Truth::true_; });
  return terms;
}

/// c with x = c·y, formally, for terms that belong to each other in pairs.
std::optional<AlgebraicNumber> ratio(const Terms& x, const Terms& y) {
  if (x.size() != y.size()) return std::nullopt;
  const auto first = std::find_if(x.begin(), x.end(), [&](const Term& t) { return same(t.monomial, y[0].monomial); });
  AlgebraicNumber out;
  if (first == x.end() || divide(out, first->coefficient, y[0].coefficient) != Status::ok) return std::nullopt;
  return formal::equal(x, formal::product(formal::constant(out), y)) ? std::optional(out) : std::nullopt;
}

/// The sum of terms, with powers of bases whose exponents are outside of (0, 1) multiplied out.
ExactNumber with_bases_expanded(const Terms& terms) {
  ExactNumber sum;
  for (Term term : terms) {
    ExactNumber factor{Rational(1)};
    for (auto& [atom, exponent] : term.monomial.powers) {
      const Integer whole = assay::floor(exponent);
      if (atom->kind != Atom::Kind::base || whole == 0) continue;
      ExactNumber raised;
      if (power(raised, atom->argument, whole) != Status::ok) throw NotRepresentable("a power is too large");
      factor = factor * raised;
      exponent -= whole;
    }
    std::erase_if(term.monomial.powers, [](const auto& power) { return power.second == 0; });
    sum = sum + factor * formal::number({term}, formal::constant(AlgebraicNumber(Rational(1))));
  }
  return sum;
}

bool has_bases_to_expand(const Terms& terms) {
  return std::any_of(terms.begin(), terms.end(), [](const Term& term) {
    return std::any_of(term.monomial.powers.begin(), term.monomial.powers.end(), [](const auto& power) {
      return power.first->kind == Atom::Kind::base && assay::floor(power.second) != 0;
    });
  });
}

std::optional<Interval> enclosure_of(const Atom& atom, long precision) {
  if (atom.kind == Atom::Kind::pi) return interval_pi(precision);
  // Rounded to this precision: MPFR 4.2.0 does not return from mpfr_erf at an argument with about 20 bits more than the
  // result if its square is rounded to 3.
  const Interval argument = add(enclosure(atom.argument, precision).re, Interval(), precision);
  if (atom.kind == Atom::Kind::base) return argument;
  const Elementary f = atom.kind == Atom::Kind::log    ? Elementary::log
                       : atom.kind == Atom::Kind::atan ? Elementary::atan
                       : atom.kind == Atom::Kind::erf  ? Elementary::erf
                                                       : Elementary::gamma;
  Interval out;
  return apply(f, out, argument, precision) == Status::ok ? std::optional(out) : std::nullopt;
}

std::optional<ComplexInterval> enclosure_of(const Monomial& monomial, long precision) {
  Interval real = interval_from(1);
  for (const auto& [atom, exponent] : monomial.powers) {
    const std::optional<Interval> base = enclosure_of(*atom, precision);
    Interval raised;
    if (!base || power(raised, *base, interval_from(exponent, precision), precision) != Status::ok) return std::nullopt;
    real = mul(real, raised, precision);
  }
  if (is_held_as_rational(monomial.exponent) && is_zero_for_certain(monomial.exponent)) return complex_from(real);
  ComplexInterval exponential;
  if (apply(Elementary::exp, exponential, enclosure(monomial.exponent, precision), precision) != Status::ok)
    return std::nullopt;
  return mul(complex_from(real), exponential, precision);
}

std::optional<ComplexInterval> enclosure_of(const Terms& terms, long precision) {
  ComplexInterval sum;
  for (const Term& term : terms) {
    const std::optional<ComplexInterval> monomial = enclosure_of(term.monomial, precision);
    if (!monomial) return std::nullopt;
    sum = add(sum, mul(term.coefficient.enclosure(precision), *monomial, precision), precision);
  }
  return sum;
}

bool is_algebraic(const ExactNumber& x) { return !std::holds_alternative<ExactNumber::Fraction>(x.value()); }

}  // namespace

namespace formal {

Terms constant(const AlgebraicNumber& c) { return without_zeros({Term{c, Monomial{}}}); }

Terms sum(const Terms& x, const Terms& y) {
  Terms out = x;
  for (const Term& term : y) add_term(out, term);
  if (out.size() > most_products) throw NotRepresentable("a formal sum is too long");
  return without_zeros(std::move(out));
}

Terms product(const Terms& x, const Terms& y) {
  if (x.size() * y.size() > most_products) throw NotRepresentable("a formal product is too long");
  Terms out;
  for (const Term& a : x)
    for (const Term& b : y) add_term(out, Term{a.coefficient * b.coefficient, verify::product(a.monomial, b.monomial)});
  return without_zeros(std::move(out));
}

Terms negated(const Terms& x) {
  Terms out = x;
  for (Term& term : out) term.coefficient = -term.coefficient;
  return out;
}

/// Atoms are real, and exp(λ) has the conjugate exp(conj(λ)).
Terms conjugated(const Terms& x) {
  Terms out = x;
  for (Term& term : out) {
    term.coefficient = term.coefficient.conj();
    term.monomial.exponent = conj(term.monomial.exponent);
  }
  return out;
}

bool equal(const Terms& x, const Terms& y) { return sum(x, negated(y)).empty(); }

FormalFraction fraction_of(const ExactNumber& x) {
  const Terms one = constant(AlgebraicNumber(Rational(1)));
  if (const auto* rational = std::get_if<Rational>(&x.value())) return {constant(AlgebraicNumber(*rational)), one};
  if (const auto* algebraic = std::get_if<AlgebraicNumber>(&x.value())) return {constant(*algebraic), one};
  return *std::get<ExactNumber::Fraction>(x.value());
}

ExactNumber number(Terms numerator, Terms denominator) {
  ASSAY_ENSURE(!denominator.empty(), "a denominator is not 0");
  if (numerator.empty()) return {};
  if (has_bases_to_expand(numerator) || has_bases_to_expand(denominator)) {
    const Terms one = constant(AlgebraicNumber(Rational(1)));
    const auto expanded = [&one](const Terms& terms) {
      return has_bases_to_expand(terms) ? with_bases_expanded(terms) : number(terms, one);
    };
    const ExactNumber above = expanded(numerator);
    const ExactNumber below = expanded(denominator);
    ExactNumber out;
    if (divide(out, above, below) != Status::ok) throw NotRepresentable("a divisor may be 0");
    return out;
  }
  if (denominator.size() == 1) {
    if (!(is_one(denominator[0].monomial) && denominator[0].coefficient.rational() == Rational(1))) {
      Term inverted{AlgebraicNumber(), inverse(denominator[0].monomial)};
      if (divide(inverted.coefficient, AlgebraicNumber(Rational(1)), denominator[0].coefficient) != Status::ok)
        throw NotRepresentable("a divisor may be 0");
      return number(product(numerator, {inverted}), constant(AlgebraicNumber(Rational(1))));
    }
    if (numerator.size() == 1 && is_one(numerator[0].monomial)) return ExactNumber(numerator[0].coefficient);
  } else if (const std::optional<AlgebraicNumber> c = ratio(numerator, denominator)) {
    return ExactNumber(*c);
  }
  return ExactNumber(std::make_shared<const FormalFraction>(std::move(numerator), std::move(denominator)));
}

ExactNumber number(Atom::Kind kind, const ExactNumber& argument) {
  Monomial monomial;
  monomial.powers.emplace_back(std::make_shared<const Atom>(Atom{kind, argument}), Rational(1));
  const AlgebraicNumber one{Rational(1)};
  return number({Term{one, std::move(monomial)}}, constant(one));
}

std::optional<Term> single_term(const ExactNumber& x) {
  FormalFraction fraction = fraction_of(x);
  if (fraction.has_denominator() || fraction.numerator().size() != 1) return std::nullopt;
  return fraction.numerator()[0];
}

}  // namespace formal

FormalFraction::FormalFraction(Terms numerator, Terms denominator)
    : numerator_(std::move(numerator)), denominator_(std::move(denominator)) {
  const Terms above = formal::conjugated(numerator_);
  const Terms below = formal::conjugated(denominator_);
  is_real_ =
      (formal::equal(numerator_, above) && formal::equal(denominator_, below)) ||
      (has_denominator() && formal::equal(formal::product(numerator_, below), formal::product(above, denominator_)));
}

bool FormalFraction::has_denominator() const noexcept { return denominator_.size() != 1; }

std::optional<ComplexInterval> FormalFraction::enclosure(long precision) const {
  const std::optional<ComplexInterval> above = enclosure_of(numerator_, precision);
  if (!above) return std::nullopt;
  ComplexInterval out = *above;
  if (has_denominator()) {
    const std::optional<ComplexInterval> below = enclosure_of(denominator_, precision);
    if (!below || divide(out, *above, *below, precision) != Status::ok) return std::nullopt;
  }
  if (is_real_) out.im = Interval();
  return out;
}

bool FormalFraction::is_nonzero_by_theorem() const {
  const auto all = [&](auto condition) { return std::all_of(numerator_.begin(), numerator_.end(), condition); };
  if (all([](const Term& term) { return term.coefficient.is_zero() != Truth::false_; })) return false;
  if (all([](const Term& term) {
        const auto& powers = term.monomial.powers;
        return is_zero_for_certain(term.monomial.exponent) &&
               std::all_of(powers.begin(), powers.end(), [](const auto& p) { return p.first->kind == Atom::Kind::pi; });
      }))
    return true;
  if (!all([](const Term& term) { return term.monomial.powers.empty() && is_algebraic(term.monomial.exponent); }))
    return false;
  for (std::size_t i = 0; i < numerator_.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (is_zero(numerator_[i].monomial.exponent - numerator_[j].monomial.exponent) != Truth::false_) return false;
  return true;
}

}  // namespace assay::verify
