#include "number/algebraic.hpp"

#include <utility>

#include "base/contract.hpp"
#include "number/calcium_shim.h"
#include "number/concepts.hpp"
#include "number/cyclotomic_basis.hpp"
#include "number/flint_convert.hpp"
#include "number/limits.hpp"

namespace assay {

static_assert(Field<Algebraic> && Ordered<Algebraic>);

namespace {

void check_sizes(long degree, long bits) {
  if (degree > limit::algebraic_degree) throw NotRepresentable("the degree of an algebraic number is too large");
  if (bits > limit::algebraic_bits) throw NotRepresentable("the height of an algebraic number is too large");
}

void check_operands(const algebraic_value* x, const algebraic_value* y) {
  check_sizes(algebraic_degree(x) * algebraic_degree(y), algebraic_height_bits(x) + algebraic_height_bits(y));
}

}  // namespace

Algebraic::Algebraic() : value_(algebraic_new()) {}
Algebraic::Algebraic(const Rational& value) : Algebraic() {
  algebraic_set_rational(value_, FlintRational(value).get());
}
Algebraic::Algebraic(const Algebraic& other) : Algebraic() { algebraic_set(value_, other.value_); }
Algebraic::Algebraic(Algebraic&& other) noexcept : value_(std::exchange(other.value_, nullptr)) {}
Algebraic& Algebraic::operator=(Algebraic other) noexcept {
  std::swap(value_, other.value_);
  return *this;
}
Algebraic::~Algebraic() {
  if (value_ != nullptr) algebraic_free(value_);
}

Algebraic Algebraic::root_of_unity(std::uint64_t n, std::uint64_t k) {
  ASSAY_ENSURE(n >= 1, "roots of unity have a positive order");
  if (n > limit::conductor) throw NotRepresentable("the order of a root of unity is too large");
  check_sizes(static_cast<long>(totient(n)), 1);
  Algebraic out;
  algebraic_set_root_of_unity(out.value_, static_cast<slong>(k % n), n);
  return out;
}

long Algebraic::degree() const { return algebraic_degree(value_); }

std::vector<Integer> Algebraic::minimal_polynomial() const {
  IntegerPolynomial polynomial;
  algebraic_minimal_polynomial(polynomial.get(), value_);
  std::vector<Integer> out;
  for (slong k = 0; k < fmpz_poly_length(polynomial.get()); ++k)
    out.push_back(to_integer(polynomial.get()->coeffs + k));
  return out;
}

bool Algebraic::is_zero() const { return degree() == 1 && *is_rational() == 0; }
bool Algebraic::is_real() const { return algebraic_is_real(value_) != 0; }

std::optional<Rational> Algebraic::is_rational() const {
  if (degree() != 1) return std::nullopt;
  FlintRational out;
  algebraic_get_rational(out.get(), value_);
  return to_rational(out.get());
}

Algebraic Algebraic::conj() const {
  Algebraic out;
  algebraic_conj(out.value_, value_);
  return out;
}

Algebraic Algebraic::re() const {
  check_operands(value_, value_);
  Algebraic out;
  algebraic_re(out.value_, value_);
  return out;
}

Algebraic Algebraic::im() const {
  check_operands(value_, value_);
  Algebraic out;
  algebraic_im(out.value_, value_);
  return out;
}

std::optional<Algebraic> Algebraic::inverse() const {
  if (is_zero()) return std::nullopt;
  Algebraic out;
  algebraic_binary(calcium_div, out.value_, Algebraic(Rational(1)).value_, value_);
  return out;
}

Algebraic Algebraic::sqrt() const { return power(Rational(1, 2)); }

Algebraic Algebraic::power(const Rational& exponent) const {
  ASSAY_ENSURE(exponent >= 0 || !is_zero(), "zero has no negative power");
  // x^(a/b) is a root of a polynomial of degree b·deg x whose height is about that of x^a.
  const Integer root_degree = exponent.get_den() * degree();
  const Integer bits = ::abs(exponent.get_num()) * (algebraic_height_bits(value_) + degree());
  if (!root_degree.fits_slong_p() || !bits.fits_slong_p()) throw NotRepresentable("a power is too large");
  check_sizes(root_degree.get_si(), bits.get_si());
  Algebraic out;
  algebraic_power(out.value_, value_, FlintRational(exponent).get());
  return out;
}

ComplexBall Algebraic::enclosure(long precision) const {
  ComplexBall out;
  algebraic_enclosure(out.get(), value_, precision);
  return out;
}

Algebraic operator+(const Algebraic& x, const Algebraic& y) {
  check_operands(x.value_, y.value_);
  Algebraic out;
  algebraic_binary(calcium_add, out.value_, x.value_, y.value_);
  return out;
}

Algebraic operator-(const Algebraic& x, const Algebraic& y) {
  check_operands(x.value_, y.value_);
  Algebraic out;
  algebraic_binary(calcium_sub, out.value_, x.value_, y.value_);
  return out;
}

Algebraic operator*(const Algebraic& x, const Algebraic& y) {
  check_operands(x.value_, y.value_);
  Algebraic out;
  algebraic_binary(calcium_mul, out.value_, x.value_, y.value_);
  return out;
}

Algebraic operator-(const Algebraic& x) {
  Algebraic out;
  algebraic_negate(out.value_, x.value_);
  return out;
}

bool operator==(const Algebraic& x, const Algebraic& y) { return algebraic_equal(x.value_, y.value_) != 0; }

Relations compare(const Algebraic& x, const Algebraic& y) {
  if (x == y) return relation::equal;
  if (!x.is_real() || !y.is_real()) return relation::unequal;
  return algebraic_compare_re(x.value_, y.value_) < 0 ? relation::less : relation::greater;
}

std::string to_string(const Algebraic& x) {
  if (const std::optional<Rational> rational = x.is_rational()) return rational->get_str();
  return "Algebraic(degree " + std::to_string(x.degree()) + ", " + to_string(x.enclosure(64)) + ")";
}

}  // namespace assay
