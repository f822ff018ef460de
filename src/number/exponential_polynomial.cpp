#include "number/exponential_polynomial.hpp"

#include <utility>
#include <vector>

#include "base/contract.hpp"
#include "number/rational.hpp"

namespace assay {

namespace {

/// Degrees stay below this, so that the sum of two cannot overflow and the negative of one exists.
constexpr std::int64_t degree_limit = std::int64_t{1} << 60;

constexpr std::size_t quotient_limit = 2'000;

[[nodiscard]] Indeterminate conj(const Indeterminate& x) {
  switch (x.kind) {
    case Indeterminate::Kind::complex: return {Indeterminate::Kind::conjugate, x.index};
    case Indeterminate::Kind::conjugate: return {Indeterminate::Kind::complex, x.index};
    case Indeterminate::Kind::pi:
    case Indeterminate::Kind::real: return x;
  }
  return x;
}

/// c as a Gaussian rational, if it is one.
[[nodiscard]] std::optional<GaussianRational> gaussian_value(const Cyclotomic& c) {
  const auto re = c.re().is_rational();
  if (!re) return std::nullopt;
  const auto im = c.im().is_rational();
  if (!im) return std::nullopt;
  return GaussianRational{*re, *im};
}

[[nodiscard]] const Monomial& pi_monomial() {
  static const Monomial pi(Indeterminate{}, Degree{1});
  return pi;
}

/// exp(iπq), the root of unity exp(2πi·n/(2d)) for q = n/d.
[[nodiscard]] Cyclotomic exp_of_i_pi_times(const Rational& q) {
  const Integer twice_denominator = 2 * q.get_den();
  if (twice_denominator > limit::conductor) throw NotRepresentable("a root of unity of very high order");
  return Cyclotomic::root_of_unity(twice_denominator.get_ui(), q.get_num());
}

}  // namespace

Degree operator+(Degree a, Degree b) {
  const std::int64_t sum = a.value + b.value;
  if (sum > degree_limit || sum < -degree_limit) throw NotRepresentable("a degree above 2^60");
  return {sum};
}

Monomial conj(const Monomial& monomial) {
  Monomial result;
  for (const auto& [x, degree] : monomial.entries()) result = result + Monomial(conj(x), degree);
  return result;
}

Exponent conj(const Exponent& exponent) {
  Exponent result;
  for (const auto& [monomial, coefficient] : exponent.entries()) {
    result = result + Exponent(conj(monomial), coefficient.conj());
  }
  return result;
}

ExponentialPolynomial::ExponentialPolynomial(const Indeterminate& x)
    : ExponentialPolynomial(Cyclotomic(Rational(1)), PowerProduct{Exponent{}, Monomial(x, Degree{1})}) {}

ExponentialPolynomial::ExponentialPolynomial(const Cyclotomic& coefficient, PowerProduct factor) {
  if (!coefficient.is_zero()) terms_.emplace(std::move(factor), coefficient);
}

std::optional<ExponentialPolynomial> ExponentialPolynomial::exponential(const ExponentialPolynomial& argument) {
  Exponent exponent;
  Rational imaginary_pi = 0;
  for (const auto& [factor, cyclotomic] : argument.terms_) {
    if (!factor.exponent.is_zero()) return std::nullopt;  // exp(exp(x)) is no exponential polynomial
    auto coefficient = gaussian_value(cyclotomic);
    if (!coefficient) return std::nullopt;
    // exp((a + bi)π) = exp(aπ)·exp(iπb): the second factor is algebraic and belongs to the coefficient.
    if (factor.monomial == pi_monomial()) std::swap(imaginary_pi, coefficient->im);
    exponent = exponent + Exponent(factor.monomial, *coefficient);
  }
  return ExponentialPolynomial(exp_of_i_pi_times(imaginary_pi), PowerProduct{exponent, Monomial{}});
}

bool ExponentialPolynomial::is_one() const {
  const auto value = rational();
  return value && *value == 1;
}

std::optional<Cyclotomic> ExponentialPolynomial::constant() const {
  if (is_zero()) return Cyclotomic{};
  const auto& [factor, coefficient] = *terms_.begin();
  if (terms_.size() > 1 || !(factor == PowerProduct{})) return std::nullopt;
  return coefficient;
}

std::optional<Rational> ExponentialPolynomial::rational() const {
  const auto value = constant();
  return value ? value->is_rational() : std::nullopt;
}

ExponentialPolynomial ExponentialPolynomial::conj() const {
  ExponentialPolynomial result;
  for (const auto& [factor, coefficient] : terms_) {
    result.add_term({assay::conj(factor.exponent), assay::conj(factor.monomial)}, coefficient.conj());
  }
  return result;
}

ExponentialPolynomial ExponentialPolynomial::operator-() const {
  ExponentialPolynomial result = *this;
  for (auto& [factor, coefficient] : result.terms_) coefficient = -coefficient;
  return result;
}

ExponentialPolynomial& ExponentialPolynomial::operator+=(const ExponentialPolynomial& other) {
  if (&other == this) return *this += ExponentialPolynomial(other);
  for (const auto& [factor, coefficient] : other.terms_) add_term(factor, coefficient);
  return *this;
}

void ExponentialPolynomial::add_term(const PowerProduct& factor, const Cyclotomic& coefficient) {
  const auto [place, is_new] = terms_.try_emplace(factor, coefficient);
  if (!is_new) place->second = place->second + coefficient;
  if (place->second.is_zero()) terms_.erase(place);
  if (terms_.size() > term_limit) throw NotRepresentable("an exponential polynomial of too many terms");
}

ExponentialPolynomial& ExponentialPolynomial::operator*=(const ExponentialPolynomial& other) {
  // Each factor has at most term_limit terms, so the product of the sizes does not overflow.
  if (terms_.size() * other.terms_.size() > product_limit) {
    throw NotRepresentable("a product of too long exponential polynomials");
  }
  ExponentialPolynomial product;
  for (const auto& [left, c] : terms_) {
    for (const auto& [right, d] : other.terms_) product.add_term(left * right, c * d);
  }
  return *this = std::move(product);
}

Factored factor_out_unit(const ExponentialPolynomial& p) {
  ASSAY_ENSURE(!p.is_zero(), "zero has no leading term");
  Extremes<Indeterminate, Degree> degrees;
  for (const auto& [factor, coefficient] : p.terms()) degrees.include(factor.monomial);
  const auto& [leading, leading_coefficient] = *p.terms().rbegin();
  ExponentialPolynomial unit(leading_coefficient, PowerProduct{leading.exponent, degrees.least()});
  ExponentialPolynomial rest = p * inverse_of_term(unit);
  return {std::move(unit), std::move(rest)};
}

ExponentialPolynomial inverse_of_term(const ExponentialPolynomial& term) {
  ASSAY_ENSURE(term.terms().size() == 1, "only a single term has an inverse");
  const auto& [factor, coefficient] = *term.terms().begin();
  const auto inverse = coefficient.inverse();
  ASSAY_ENSURE(inverse, "the coefficients of an exponential polynomial are not zero");
  return {*inverse, factor.inverse()};
}

namespace {

/// The extreme coefficients of the exponents and of the monomials of an exponential polynomial. For a product they
/// are the sums of those of the factors: each coordinate is a homomorphism into an ordered group, and the parts of two
/// nonzero factors where it is extreme have a nonzero product, since the ring has no zero divisors.
class Box {
 public:
  explicit Box(const ExponentialPolynomial& p) {
    for (const auto& [factor, coefficient] : p.terms()) {
      exponents_.include(factor.exponent);
      monomials_.include(factor.monomial);
    }
  }
  [[nodiscard]] bool may_contain_quotient_term(const Box& divisor, const PowerProduct& q) const {
    return monomials_.may_contain_shift(divisor.monomials_, q.monomial) &&
           exponents_.may_contain_shift(divisor.exponents_, q.exponent);
  }

 private:
  Extremes<Monomial, GaussianRational> exponents_;
  Extremes<Indeterminate, Degree> monomials_;
};

}  // namespace

std::optional<ExponentialPolynomial> exact_quotient(const ExponentialPolynomial& a, const ExponentialPolynomial& b) {
  ASSAY_ENSURE(!b.is_zero(), "division by the zero polynomial");
  const auto& [leading, leading_coefficient] = *b.terms().rbegin();
  const ExponentialPolynomial inverse_of_leading = inverse_of_term({leading_coefficient, leading});
  const Box dividend_box(a);
  const Box divisor_box(b);
  ExponentialPolynomial quotient;
  ExponentialPolynomial remainder = a;
  for (std::size_t step = 0; !remainder.is_zero(); ++step) {
    const auto& [factor, coefficient] = *remainder.terms().rbegin();
    const ExponentialPolynomial term = ExponentialPolynomial(coefficient, factor) * inverse_of_leading;
    if (step == quotient_limit || !dividend_box.may_contain_quotient_term(divisor_box, term.terms().begin()->first)) {
      return std::nullopt;
    }
    quotient += term;
    remainder += -(term * b);  // a = quotient·b + remainder throughout; the leading terms cancel
  }
  return quotient;
}

}  // namespace assay
