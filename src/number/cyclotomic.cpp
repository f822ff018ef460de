#include "number/cyclotomic.hpp"

#include <algorithm>
#include <numeric>

#include <flint/fmpz_vec.h>

#include "base/contract.hpp"
#include "number/concepts.hpp"
#include "number/cyclotomic_basis.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay {

static_assert(Field<Cyclotomic>);

namespace {

/// More terms than this are held densely.
constexpr std::size_t most_terms = 48;

std::uint64_t common_conductor(std::uint64_t m, std::uint64_t n) {
  const std::uint64_t lcm = m / std::gcd(m, n) * n;  // below 10^12: no overflow
  if (lcm > limit::conductor) throw NotRepresentable("the conductor of a cyclotomic number is too large");
  return lcm;
}

std::size_t coefficient_bits(const IntegerPolynomial& f) {
  return static_cast<std::size_t>(std::labs(fmpz_poly_max_bits(f.get())));
}

/// Fills up with zeros to exactly n coefficients, adding those from degree n on to the low ones: modulo xⁿ − 1.
void fold(IntegerPolynomial& f, std::uint64_t n) {
  fmpz_poly_struct* poly = f.get();
  const auto length = static_cast<std::uint64_t>(poly->length);
  ASSAY_ENSURE(length <= 2 * n, "a product of two folded polynomials is folded once");
  for (std::uint64_t e = n; e < length; ++e) fmpz_add(poly->coeffs + (e - n), poly->coeffs + (e - n), poly->coeffs + e);
  fmpz_poly_fit_length(poly, static_cast<slong>(n));
  if (length < n) _fmpz_vec_zero(poly->coeffs + length, static_cast<slong>(n - length));
  _fmpz_poly_set_length(poly, static_cast<slong>(n));
}

IntegerPolynomial product(const IntegerPolynomial& f, const IntegerPolynomial& g, std::uint64_t n) {
  if (n * (coefficient_bits(f) + coefficient_bits(g)) > limit::cyclotomic_bits)
    throw NotRepresentable("a product of cyclotomic numbers is too large");
  IntegerPolynomial out;
  fmpz_poly_mul(out.get(), f.get(), g.get());
  return out;
}

}  // namespace

Cyclotomic::Cyclotomic(const Rational& value) : denominator_(value.get_den()) {
  if (value != 0) terms_.push_back({0, value.get_num()});
  if (value == 0) denominator_ = 1;
}

Cyclotomic Cyclotomic::root_of_unity(std::uint64_t n, const Integer& k) {
  ASSAY_ENSURE(n >= 1, "roots of unity have a positive order");
  const auto exponent = mpz_fdiv_ui(k.get_mpz_t(), n);
  const std::uint64_t common = std::gcd(n, exponent);
  std::uint64_t order = n / common;
  std::uint64_t power = exponent / common;
  int sign = 1;
  if (order % 4 == 2) {
    // ζ_2m = −ζ_m^((m+1)/2) for odd m: conductors ≡ 2 (mod 4) never occur. Here `power` is odd.
    order /= 2;
    power = power % order * ((order + 1) / 2) % order;
    sign = -1;
  }
  if (order > limit::conductor) throw NotRepresentable("the order of a root of unity is too large");
  return sparse(order, {{power, sign}}, 1);
}

Cyclotomic Cyclotomic::from_coefficients(const std::vector<Rational>& coefficients) {
  ASSAY_ENSURE(!coefficients.empty(), "a cyclotomic number has a positive conductor");
  if (coefficients.size() > limit::conductor) throw NotRepresentable("too many coefficients");
  Integer common = 1;
  for (const Rational& c : coefficients) common = lcm(common, c.get_den());
  IntegerPolynomial polynomial;
  for (std::size_t e = coefficients.size(); e-- > 0;) {
    if (coefficients[e] == 0) continue;
    const FlintInteger numerator(Integer(coefficients[e].get_num() * (common / coefficients[e].get_den())));
    fmpz_poly_set_coeff_fmpz(polynomial.get(), static_cast<slong>(e), numerator.get());
  }
  return folded(coefficients.size(), std::move(polynomial), common);
}

Cyclotomic Cyclotomic::sparse(std::uint64_t n, std::vector<Term> terms, Integer denominator) {
  std::sort(terms.begin(), terms.end(), [](const Term& a, const Term& b) { return a.exponent < b.exponent; });
  std::vector<Term> merged;
  for (Term& term : terms) {
    if (!merged.empty() && merged.back().exponent == term.exponent) {
      merged.back().coefficient += term.coefficient;
    } else {
      merged.push_back(std::move(term));
    }
  }
  std::erase_if(merged, [](const Term& term) { return term.coefficient == 0; });
  std::uint64_t common = n;
  for (const Term& term : merged) common = std::gcd(common, term.exponent);
  for (Term& term : merged) term.exponent /= common;
  Cyclotomic out;
  out.conductor_ = n / common;
  out.terms_ = std::move(merged);
  out.denominator_ = std::move(denominator);
  out.remove_content();
  return out.terms_.size() > most_terms ? out.reduced() : out;
}

Cyclotomic Cyclotomic::folded(std::uint64_t n, IntegerPolynomial polynomial, Integer denominator) {
  fold(polynomial, n);
  reduce_to_basis(polynomial.get()->coeffs, n);
  _fmpz_poly_normalise(polynomial.get());
  if (fmpz_poly_length(polynomial.get()) <= 1) {
    // 1 belongs to every basis, so exactly the rationals have no other coefficient.
    FlintInteger constant;
    fmpz_poly_get_coeff_fmpz(constant.get(), polynomial.get(), 0);
    return sparse(1, {{0, to_integer(constant.get())}}, std::move(denominator));
  }
  Cyclotomic out;
  out.conductor_ = n;
  out.dense_ = true;
  out.polynomial_ = std::move(polynomial);
  out.denominator_ = std::move(denominator);
  out.remove_content();
  return out;
}

IntegerPolynomial Cyclotomic::spread(std::uint64_t n) const {
  IntegerPolynomial out;
  if (dense_) {
    fmpz_poly_inflate(out.get(), polynomial_.get(), n / conductor_);
    return out;
  }
  for (const Term& t : terms_)
    fmpz_poly_set_coeff_fmpz(out.get(), static_cast<slong>(t.exponent * (n / conductor_)),
                             FlintInteger(t.coefficient).get());
  return out;
}

Cyclotomic Cyclotomic::reduced() const { return dense_ ? *this : folded(conductor_, spread(conductor_), denominator_); }

void Cyclotomic::remove_content() {
  if (denominator_ != 1) {
    FlintInteger content;
    if (dense_) fmpz_poly_content(content.get(), polynomial_.get());
    Integer common = dense_ ? to_integer(content.get()) : Integer(0);
    for (const Term& term : terms_) common = gcd(common, term.coefficient);
    common = gcd(common, denominator_);
    if (common != 1) {
      denominator_ /= common;
      for (Term& term : terms_) term.coefficient /= common;
      if (dense_) fmpz_poly_scalar_divexact_fmpz(polynomial_.get(), polynomial_.get(), FlintInteger(common).get());
    }
  }
  check_size();
}

std::size_t Cyclotomic::bit_size() const {
  std::size_t bits = mpz_sizeinbase(denominator_.get_mpz_t(), 2);
  for (const Term& term : terms_) bits += mpz_sizeinbase(term.coefficient.get_mpz_t(), 2);
  if (dense_)
    bits += static_cast<std::size_t>(fmpz_poly_length(polynomial_.get())) * (coefficient_bits(polynomial_) + 1);
  return bits;
}

void Cyclotomic::check_size() const {
  if (bit_size() > limit::cyclotomic_bits) throw NotRepresentable("a cyclotomic number is too large");
}

Cyclotomic Cyclotomic::sum(const Cyclotomic& other, int sign) const {
  const std::uint64_t n = common_conductor(conductor_, other.conductor_);
  const Integer common = lcm(denominator_, other.denominator_);
  const Integer left_scale = common / denominator_;
  const Integer right_scale = sign * (common / other.denominator_);
  if (!dense_ && !other.dense_) {
    std::vector<Term> terms;
    terms.reserve(terms_.size() + other.terms_.size());
    for (const Term& t : terms_) terms.push_back({t.exponent * (n / conductor_), t.coefficient * left_scale});
    for (const Term& t : other.terms_)
      terms.push_back({t.exponent * (n / other.conductor_), t.coefficient * right_scale});
    return sparse(n, std::move(terms), common);
  }
  IntegerPolynomial total = spread(n);
  IntegerPolynomial addend = other.spread(n);
  if (left_scale != 1) fmpz_poly_scalar_mul_fmpz(total.get(), total.get(), FlintInteger(left_scale).get());
  if (right_scale != 1) fmpz_poly_scalar_mul_fmpz(addend.get(), addend.get(), FlintInteger(right_scale).get());
  fmpz_poly_add(total.get(), total.get(), addend.get());
  return folded(n, std::move(total), common);
}

Cyclotomic operator+(const Cyclotomic& x, const Cyclotomic& y) { return x.sum(y, 1); }
Cyclotomic operator-(const Cyclotomic& x, const Cyclotomic& y) { return x.sum(y, -1); }

Cyclotomic operator-(const Cyclotomic& x) {
  Cyclotomic out = x;
  for (Cyclotomic::Term& term : out.terms_) term.coefficient = -term.coefficient;
  fmpz_poly_neg(out.polynomial_.get(), out.polynomial_.get());
  return out;
}

Cyclotomic Cyclotomic::sparse_product(const Cyclotomic& other) const {
  const std::uint64_t n = common_conductor(conductor_, other.conductor_);
  std::vector<Term> terms;
  terms.reserve(terms_.size() * other.terms_.size());
  for (const Term& a : terms_)
    for (const Term& b : other.terms_)
      terms.push_back(
          {(a.exponent * (n / conductor_) + b.exponent * (n / other.conductor_)) % n, a.coefficient * b.coefficient});
  return sparse(n, std::move(terms), denominator_ * other.denominator_);
}

/// this · c·ζ^e / d for a dense element: a rotation.
Cyclotomic Cyclotomic::monomial_product(const Term& term, std::uint64_t conductor, const Integer& denominator) const {
  const std::uint64_t n = common_conductor(conductor_, conductor);
  IntegerPolynomial out = spread(n);
  fmpz_poly_shift_left(out.get(), out.get(), static_cast<slong>(term.exponent * (n / conductor)));
  fmpz_poly_scalar_mul_fmpz(out.get(), out.get(), FlintInteger(term.coefficient).get());
  return folded(n, std::move(out), denominator_ * denominator);
}

Cyclotomic operator*(const Cyclotomic& x, const Cyclotomic& y) {
  if (!x.dense_ && !y.dense_ && x.terms_.size() * y.terms_.size() <= 4 * most_terms) return x.sparse_product(y);
  if (!x.dense_ && x.terms_.empty()) return x;
  if (!y.dense_ && y.terms_.empty()) return y;
  if (y.dense_ && !x.dense_ && x.terms_.size() == 1)
    return y.monomial_product(x.terms_[0], x.conductor_, x.denominator_);
  if (x.dense_ && !y.dense_ && y.terms_.size() == 1)
    return x.monomial_product(y.terms_[0], y.conductor_, y.denominator_);
  const std::uint64_t n = common_conductor(x.conductor_, y.conductor_);
  if (n == x.conductor_ && n == y.conductor_ && x.dense_ && y.dense_)
    return Cyclotomic::folded(n, product(x.polynomial_, y.polynomial_, n), x.denominator_ * y.denominator_);
  return Cyclotomic::folded(n, product(x.spread(n), y.spread(n), n), x.denominator_ * y.denominator_);
}

bool Cyclotomic::is_zero() const {
  if (dense_) return false;  // a dense element has a coefficient beside that of 1
  if (terms_.size() <= 1) return terms_.empty();
  // A power of ζ as a common factor does not matter: what does is the field of the exponents' differences.
  std::vector<Term> terms = terms_;
  for (Term& term : terms) term.exponent -= terms_[0].exponent;
  const Cyclotomic smaller = sparse(conductor_, std::move(terms), 1).reduced();
  return !smaller.dense_ && smaller.terms_.empty();
}

bool operator==(const Cyclotomic& x, const Cyclotomic& y) {
  if (x.dense_ && y.dense_ && x.conductor_ == y.conductor_)
    return x.denominator_ == y.denominator_ && fmpz_poly_equal(x.polynomial_.get(), y.polynomial_.get()) != 0;
  return (x - y).is_zero();
}

Cyclotomic Cyclotomic::conj() const {
  if (!dense_) {
    std::vector<Term> terms = terms_;
    for (Term& term : terms) term.exponent = (conductor_ - term.exponent) % conductor_;
    return sparse(conductor_, std::move(terms), denominator_);
  }
  // x^e -> x^(n − e), with x^n in place of x^0: the fold puts it right.
  IntegerPolynomial reversed;
  fmpz_poly_reverse(reversed.get(), polynomial_.get(), static_cast<slong>(conductor_ + 1));
  return folded(conductor_, std::move(reversed), denominator_);
}

Cyclotomic Cyclotomic::re() const { return (*this + conj()) * Cyclotomic(Rational(1, 2)); }

Cyclotomic Cyclotomic::im() const {
  const Cyclotomic minus_half_i = root_of_unity(4, 3) * Cyclotomic(Rational(1, 2));
  return (*this - conj()) * minus_half_i;
}

bool Cyclotomic::is_real() const { return *this == conj(); }

std::optional<Rational> Cyclotomic::is_rational() const {
  if (dense_) return std::nullopt;
  if (terms_.empty()) return Rational(0);
  if (terms_.size() > 1) {
    const Cyclotomic canonical = reduced();
    return canonical.dense_ ? std::nullopt : canonical.is_rational();
  }
  if (2 * terms_[0].exponent % conductor_ != 0) return std::nullopt;
  Rational value(terms_[0].exponent == 0 ? terms_[0].coefficient : Integer(-terms_[0].coefficient), denominator_);
  value.canonicalize();
  return value;
}

std::optional<Cyclotomic::Monomial> Cyclotomic::as_monomial() const {
  if (dense_ || terms_.size() != 1) return std::nullopt;
  Rational coefficient(terms_[0].coefficient, denominator_);
  coefficient.canonicalize();
  return Monomial{coefficient, terms_[0].exponent};
}

std::vector<Rational> Cyclotomic::coefficients() const {
  const Cyclotomic canonical = reduced();
  std::vector<Rational> out(canonical.conductor_);
  for (const Term& term : canonical.terms_) out[term.exponent] = Rational(term.coefficient, canonical.denominator_);
  for (slong e = 0; e < fmpz_poly_length(canonical.polynomial_.get()); ++e)
    out[static_cast<std::size_t>(e)] =
        Rational(to_integer(canonical.polynomial_.get()->coeffs + e), canonical.denominator_);
  for (Rational& c : out) c.canonicalize();
  return out;
}

}  // namespace assay
