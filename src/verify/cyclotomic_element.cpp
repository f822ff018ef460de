#include "verify/cyclotomic_element.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "base/contract.hpp"
#include "number/concepts.hpp"
#include "number/limits.hpp"
#include "verify/kronecker_product.hpp"
#include "verify/small_integers.hpp"

namespace assay::verify {

static_assert(Field<CyclotomicElement>);

namespace {

/// More terms are never held sparsely.
constexpr std::size_t most_terms = 48;

std::uint64_t common_conductor(std::uint64_t m, std::uint64_t n) {
  const std::uint64_t common = std::lcm(m, n);  // below 10^12
  if (common > limit::conductor) throw NotRepresentable("the conductor of a cyclotomic number is too large");
  return common;
}

/// The degree of the polynomial modulo which elements of conductor n are held: x^n = 1, or x^(n/2) = −1.
std::uint64_t period(std::uint64_t n) { return n % 2 == 0 ? n / 2 : n; }

bool may_be_sparse(std::size_t terms, std::uint64_t n) {
  return terms <= 2 || (terms <= most_terms && 4 * terms <= period(n));
}

void check_size(std::uint64_t coefficients, std::size_t bits) {
  if (coefficients * (bits + 1) > limit::cyclotomic_bits) throw NotRepresentable("a cyclotomic number is too large");
}

/// The coefficients below the period, one each, of a polynomial modulo x^n − 1 or x^(n/2) + 1.
std::vector<Integer> folded(std::vector<Integer> polynomial, std::uint64_t n) {
  const std::uint64_t m = period(n);
  for (std::uint64_t e = m; e < polynomial.size(); ++e) {
    if (n % 2 == 0 && e / m % 2 == 1)
      polynomial[e % m] -= polynomial[e];
    else
      polynomial[e % m] += polynomial[e];
  }
  polynomial.resize(m);
  return polynomial;
}

/// Multiplies by e·∏ p (the class comment), and returns the product of the odd primes p | n.
Integer project(std::vector<Integer>& coefficients, std::uint64_t n) {
  const std::uint64_t m = period(n);
  Integer scale = 1;
  for (const PrimePower& q : factors(n)) {
    if (q.prime == 2) continue;
    // The sum over a coset e + (n/p)·Z depends on e mod n/p only, and n/p ≤ m.
    const std::uint64_t step = n / q.prime;
    std::vector<Integer> sums(step);
    for (std::uint64_t e = 0; e < n; ++e) {
      if (e < m)
        sums[e % step] += coefficients[e];
      else
        sums[e % step] -= coefficients[e - m];
    }
    for (std::uint64_t e = 0; e < m; ++e) {
      coefficients[e] *= static_cast<unsigned long>(q.prime);
      coefficients[e] -= sums[e % step];
    }
    scale *= static_cast<unsigned long>(q.prime);
  }
  return scale;
}

/// The rational that the coefficients in e·R denote, if they are a multiple of e itself. The coefficient of x^k in e is
/// ∏ w_p: for odd p, w_p = 1 − 1/p if the component k mod p^v of k is 0, −1/p if it is another multiple of p^(v−1),
/// else 0; for p = 2 it is 1 if the component is 0, −1 if it is 2^(v−1) (of x^(k + n/2) = −x^k), else 0.
std::optional<Rational> multiple_of_one(const std::vector<Integer>& coefficients, std::uint64_t n) {
  const std::vector<PrimePower> primes = factors(n);
  Integer first = 1;  // ∏ (p − 1), the coefficient of x^0 times ∏ p
  Integer scale = 1;
  for (const PrimePower& q : primes) {
    if (q.prime == 2) continue;
    first *= static_cast<unsigned long>(q.prime - 1);
    scale *= static_cast<unsigned long>(q.prime);
  }
  for (std::uint64_t k = 1; k < coefficients.size(); ++k) {
    Integer weight = 1;
    for (const PrimePower& q : primes) {
      const std::uint64_t component = k % q.power;
      if (q.prime == 2)
        weight *= component == 0 ? 1 : component == q.power / 2 ? -1 : 0;
      else if (component == 0)
        weight *= static_cast<unsigned long>(q.prime - 1);
      else
        weight *= component % (q.power / q.prime) == 0 ? -1 : 0;
    }
    if (coefficients[k] * first != coefficients[0] * weight) return std::nullopt;
  }
  Rational out(coefficients[0] * scale, first);
  out.canonicalize();
  return out;
}

}  // namespace

CyclotomicElement::CyclotomicElement(const Rational& value) : denominator_(value.get_den()) {
  if (value != 0) terms_.push_back({0, value.get_num()});
}

CyclotomicElement CyclotomicElement::root_of_unity(std::uint64_t n, const Integer& k) {
  ASSAY_ENSURE(n >= 1, "roots of unity have a positive order");
  const std::uint64_t exponent = mpz_fdiv_ui(k.get_mpz_t(), n);
  const std::uint64_t common = std::gcd(n, exponent);
  if (n / common > 2 * limit::conductor) throw NotRepresentable("the order of a root of unity is too large");
  return sparse(n / common, {{exponent / common, 1}}, 1);
}

CyclotomicElement CyclotomicElement::from_coefficients(const std::vector<Rational>& coefficients) {
  ASSAY_ENSURE(!coefficients.empty(), "a cyclotomic number has a positive conductor");
  const std::uint64_t n = coefficients.size();
  if (n > limit::conductor) throw NotRepresentable("too many coefficients");
  Integer common = 1;
  for (const Rational& c : coefficients) common = lcm(common, c.get_den());
  std::vector<Term> terms;
  for (std::uint64_t e = 0; e < n; ++e)
    if (coefficients[e] != 0) terms.push_back({e, coefficients[e].get_num() * (common / coefficients[e].get_den())});
  return sparse(n, std::move(terms), common);
}

CyclotomicElement CyclotomicElement::sparse(std::uint64_t n, std::vector<Term> terms, Integer denominator) {
  std::uint64_t common = n;
  for (const Term& term : terms) common = std::gcd(common, term.exponent);
  n /= common;
  for (Term& term : terms) term.exponent /= common;
  if (n % 4 == 2) {
    // ζ_2m^e = (−1)^e·ζ_m^(e·(m+1)/2) for odd m.
    n /= 2;
    for (Term& term : terms) {
      if (term.exponent % 2 == 1) term.coefficient = -term.coefficient;
      term.exponent = term.exponent % n * ((n + 1) / 2) % n;
    }
  }
  if (n > limit::conductor) throw NotRepresentable("the conductor of a cyclotomic number is too large");
  const std::uint64_t m = period(n);
  std::map<std::uint64_t, Integer> merged;
  for (const Term& term : terms) {
    if (n % 2 == 0 && term.exponent >= m)
      merged[term.exponent - m] -= term.coefficient;
    else
      merged[term.exponent] += term.coefficient;
  }
  CyclotomicElement out;
  out.conductor_ = n;
  out.denominator_ = std::move(denominator);
  for (auto& [exponent, coefficient] : merged)
    if (coefficient != 0) out.terms_.push_back({exponent, std::move(coefficient)});
  if (out.terms_.empty() || (out.terms_.size() == 1 && out.terms_[0].exponent == 0)) out.conductor_ = 1;
  out.finish();
  if (may_be_sparse(out.terms_.size(), out.conductor_)) return out;
  Projected projected = out.projected_in(out.conductor_);
  return dense(out.conductor_, std::move(projected.coefficients), std::move(projected.denominator));
}

CyclotomicElement CyclotomicElement::dense(std::uint64_t n, std::vector<Integer> coefficients, Integer denominator) {
  if (std::optional<Rational> rational = multiple_of_one(coefficients, n))
    return CyclotomicElement(Rational(*rational / Rational(denominator)));
  CyclotomicElement out;
  out.conductor_ = n;
  out.dense_ = std::move(coefficients);
  out.denominator_ = std::move(denominator);
  out.finish();
  return out;
}

CyclotomicElement::Projected CyclotomicElement::projected_in(std::uint64_t n) const {
  if (is_dense() && n == conductor_) return {dense_, denominator_};
  check_size(n, is_dense() ? most_bits(dense_) : 1);
  Projected out{std::vector<Integer>(period(n)), denominator_};
  for (Term& term : terms_in(n)) out.coefficients[term.exponent] = std::move(term.coefficient);
  out.denominator *= project(out.coefficients, n);
  return out;
}

std::vector<CyclotomicElement::Term> CyclotomicElement::terms_in(std::uint64_t n) const {
  std::vector<Term> out = terms_;
  for (std::uint64_t e = 0; e < dense_.size(); ++e)
    if (dense_[e] != 0) out.push_back({e, dense_[e]});
  const std::uint64_t m = period(n);
  for (Term& term : out) {
    term.exponent *= n / conductor_;
    if (n % 2 == 1 || term.exponent < m) continue;
    term.exponent -= m;
    term.coefficient = -term.coefficient;
  }
  return out;
}

/// Removes the common factor of numerators and denominator, and checks the size.
void CyclotomicElement::finish() {
  if (denominator_ != 1) {
    Integer common = denominator_;
    for (const Term& term : terms_) common = gcd(common, term.coefficient);
    for (const Integer& c : dense_)
      if (common != 1) common = gcd(common, c);
    if (common != 1) {
      denominator_ /= common;
      for (Term& term : terms_) term.coefficient /= common;
      for (Integer& c : dense_) c /= common;
    }
  }
  if (bit_size() > limit::cyclotomic_bits) throw NotRepresentable("a cyclotomic number is too large");
}

std::size_t CyclotomicElement::bit_size() const {
  std::size_t bits = mpz_sizeinbase(denominator_.get_mpz_t(), 2);
  for (const Term& term : terms_) bits += mpz_sizeinbase(term.coefficient.get_mpz_t(), 2);
  return bits + dense_.size() * (most_bits(dense_) + 1);
}

CyclotomicElement::Size CyclotomicElement::size() const {
  Integer sum = 0;
  for (const Term& term : terms_) sum += ::abs(term.coefficient);
  for (const Integer& c : dense_) sum += ::abs(c);
  return {sum, denominator_};
}

CyclotomicElement CyclotomicElement::sum(const CyclotomicElement& other, int sign) const {
  const std::uint64_t n = common_conductor(conductor_, other.conductor_);
  if (!is_dense() && !other.is_dense()) {
    const Integer common = lcm(denominator_, other.denominator_);
    std::vector<Term> terms = terms_in(n);
    for (Term& term : terms) term.coefficient *= common / denominator_;
    for (Term& term : other.terms_in(n)) {
      term.coefficient *= sign * (common / other.denominator_);
      terms.push_back(std::move(term));
    }
    return sparse(n, std::move(terms), common);
  }
  const auto [a, a_denominator] = projected_in(n);
  const auto [b, b_denominator] = other.projected_in(n);
  const Integer common = lcm(a_denominator, b_denominator);
  const Integer a_scale = common / a_denominator;
  const Integer b_scale = sign * (common / b_denominator);
  std::vector<Integer> out(a.size());
  for (std::size_t e = 0; e < a.size(); ++e) out[e] = a[e] * a_scale + b[e] * b_scale;
  return dense(n, std::move(out), common);
}

CyclotomicElement operator+(const CyclotomicElement& x, const CyclotomicElement& y) { return x.sum(y, 1); }
CyclotomicElement operator-(const CyclotomicElement& x, const CyclotomicElement& y) { return x.sum(y, -1); }

CyclotomicElement operator-(const CyclotomicElement& x) {
  CyclotomicElement out = x;
  for (CyclotomicElement::Term& term : out.terms_) term.coefficient = -term.coefficient;
  for (Integer& c : out.dense_) c = -c;
  return out;
}

/// this · c·ζ^e for a dense element: a rotation keeps e·R.
CyclotomicElement CyclotomicElement::rotated(const CyclotomicElement& monomial) const {
  const std::uint64_t n = common_conductor(conductor_, monomial.conductor_);
  auto [coefficients, denominator] = projected_in(n);
  const Term& term = monomial.terms_[0];
  const std::uint64_t shift = term.exponent * (n / monomial.conductor_);
  std::vector<Integer> out(n);
  for (std::uint64_t e = 0; e < coefficients.size(); ++e) out[(e + shift) % n] = coefficients[e] * term.coefficient;
  return dense(n, folded(std::move(out), n), denominator * monomial.denominator_);
}

CyclotomicElement operator*(const CyclotomicElement& x, const CyclotomicElement& y) {
  using Term = CyclotomicElement::Term;
  if (!x.is_dense() && x.terms_.empty()) return x;
  if (!y.is_dense() && y.terms_.empty()) return y;
  const std::uint64_t n = common_conductor(x.conductor_, y.conductor_);
  if (!x.is_dense() && !y.is_dense() && x.terms_.size() * y.terms_.size() <= 4 * most_terms) {
    std::vector<Term> terms;
    for (const Term& a : x.terms_in(n))
      for (const Term& b : y.terms_in(n))
        terms.push_back({(a.exponent + b.exponent) % n, a.coefficient * b.coefficient});
    return CyclotomicElement::sparse(n, std::move(terms), x.denominator_ * y.denominator_);
  }
  if (x.is_dense() && y.terms_.size() == 1) return x.rotated(y);
  if (y.is_dense() && x.terms_.size() == 1) return y.rotated(x);
  const auto [a, a_denominator] = x.projected_in(n);
  const auto [b, b_denominator] = y.projected_in(n);
  check_size(n, most_bits(a) + most_bits(b));
  return CyclotomicElement::dense(n, folded(product(a, b), n), a_denominator * b_denominator);
}

/// For a sparse f: f·∏ (x^(n/p) − 1) over all primes p | n vanishes in Q[x]/(x^n − 1) exactly if f(ζ_n) = 0, as the
/// product vanishes at every n-th root of unity but the primitive ones (for p = 2: modulo x^(n/2) + 1 nothing is left
/// to do).
bool CyclotomicElement::is_zero() const {
  if (is_dense()) return false;  // finished: not a multiple of e
  if (terms_.size() <= 1) return terms_.empty();
  std::map<std::uint64_t, Integer> f;
  for (const Term& term : terms_) f[term.exponent] = term.coefficient;
  const std::uint64_t m = period(conductor_);
  for (const PrimePower& q : factors(conductor_)) {
    if (q.prime == 2) continue;
    std::map<std::uint64_t, Integer> difference;
    for (const auto& [exponent, coefficient] : f) {
      difference[exponent] -= coefficient;
      const std::uint64_t shifted = (exponent + conductor_ / q.prime) % conductor_;
      if (shifted >= m)
        difference[shifted - m] -= coefficient;
      else
        difference[shifted] += coefficient;
    }
    std::erase_if(difference, [](const auto& entry) { return entry.second == 0; });
    f = std::move(difference);
  }
  return f.empty();
}

bool operator==(const CyclotomicElement& x, const CyclotomicElement& y) {
  if (x.is_dense() && y.is_dense() && x.conductor_ == y.conductor_)
    return x.denominator_ == y.denominator_ && x.dense_ == y.dense_;
  return (x - y).is_zero();
}

CyclotomicElement CyclotomicElement::galois(std::uint64_t g) const {
  ASSAY_ENSURE(std::gcd(g, conductor_) == 1, "a conjugate belongs to a unit modulo the conductor");
  const std::uint64_t n = conductor_;
  if (!is_dense()) {
    std::vector<Term> terms = terms_;
    for (Term& term : terms) term.exponent = term.exponent * (g % n) % n;
    return sparse(n, std::move(terms), denominator_);
  }
  std::vector<Integer> out(n);
  for (std::uint64_t e = 0; e < dense_.size(); ++e) out[e * (g % n) % n] = dense_[e];
  return dense(n, folded(std::move(out), n), denominator_);
}

bool CyclotomicElement::is_fixed_by(std::uint64_t g) const {
  if (!is_dense()) return galois(g) == *this;
  const std::uint64_t n = conductor_;
  const std::uint64_t m = period(n);
  for (std::uint64_t e = 0; e < m; ++e) {
    const std::uint64_t image = e * (g % n) % n;
    const bool same = image < m ? dense_[image] == dense_[e]
                                : sgn(dense_[image - m]) == -sgn(dense_[e]) &&
                                      mpz_cmpabs(dense_[image - m].get_mpz_t(), dense_[e].get_mpz_t()) == 0;
    if (!same) return false;
  }
  return true;
}

CyclotomicElement CyclotomicElement::conj() const { return galois(2 * conductor_ - 1); }
CyclotomicElement CyclotomicElement::re() const { return (*this + conj()) * CyclotomicElement(Rational(1, 2)); }
CyclotomicElement CyclotomicElement::im() const {
  return (*this - conj()) * CyclotomicElement(Rational(1, 2)) * root_of_unity(4, 3);
}
bool CyclotomicElement::is_real() const { return is_fixed_by(2 * conductor_ - 1); }

std::optional<Rational> CyclotomicElement::is_rational() const {
  if (is_dense()) return std::nullopt;  // finished: not a multiple of e
  if (terms_.empty()) return Rational(0);
  if (terms_.size() == 1 && terms_[0].exponent == 0) {
    Rational out(terms_[0].coefficient, denominator_);
    out.canonicalize();
    return out;
  }
  const Rational value = mean();
  return *this == CyclotomicElement(value) ? std::optional<Rational>(value) : std::nullopt;
}

/// Tr(ζ_m) = μ(m) and [Q(ζ_n) : Q(ζ_m)] = φ(n)/φ(m), hence the mean of the conjugates of ζ_n^e is μ(m)/φ(m) for
/// m = n/gcd(n, e). In e·R the coefficient of x^0 is their sum divided by the period.
Rational CyclotomicElement::mean() const {
  if (is_dense()) {
    Rational out(dense_[0] * static_cast<unsigned long>(period(conductor_)),
                 denominator_ * static_cast<unsigned long>(euler_phi(conductor_)));
    out.canonicalize();
    return out;
  }
  Rational sum = 0;
  for (const Term& term : terms_in(conductor_)) {
    const std::uint64_t order = conductor_ / std::gcd(conductor_, term.exponent);
    int moebius = 1;
    Integer degree = 1;
    for (const PrimePower& q : factors(order)) {
      moebius = q.power == q.prime ? -moebius : 0;
      degree *= static_cast<unsigned long>(q.prime - 1);
    }
    Rational part(term.coefficient * moebius, degree);
    part.canonicalize();
    sum += part;
  }
  return sum / Rational(denominator_);
}

std::optional<CyclotomicElement::Monomial> CyclotomicElement::as_monomial() const {
  if (is_dense() || terms_.size() != 1) return std::nullopt;
  Rational coefficient(terms_[0].coefficient, denominator_);
  coefficient.canonicalize();
  return Monomial{coefficient, terms_[0].exponent};
}

std::vector<Rational> CyclotomicElement::coefficients() const {
  std::vector<Rational> out(conductor_);
  for (const Term& term : terms_in(conductor_)) {
    out[term.exponent] = Rational(term.coefficient, denominator_);
    out[term.exponent].canonicalize();
  }
  return out;
}

}  // namespace assay::verify
