#include "symbolic/ginac_arithmetic.hpp"

#include <cmath>
#include <sstream>

#include "linear/division_free.hpp"

namespace assay::symbolic {

namespace {

using evaluate::Finding;
using GiNaC::ex;

Status done(Expression& out, ex value) {
  out = Expression(std::move(value));
  return Status::ok;
}

/// What `compute` gives; undefined at a pole, open where GiNaC has no answer.
template <class F>
Status with_poles(Expression& out, F compute) {
  try {
    return done(out, compute());
  } catch (const GiNaC::pole_error&) {
    return Status::undefined;
  } catch (const std::domain_error&) {  // 0^0 and the like
    return Status::undefined;
  } catch (const std::overflow_error&) {  // GiNaC's word for a division by 0
    return Status::undefined;
  } catch (const std::runtime_error&) {
    return Status::open;
  }
}

/// √x; of a rational number with the squares of small primes before the root: √(8/3) = 2√6/3.
ex square_root(const ex& x) {
  const auto q = rational_of(x);
  if (!q || *q <= 0) return GiNaC::sqrt(x);
  constexpr unsigned long largest_prime = 1000;
  Integer under = q->get_num() * q->get_den();
  Integer before = 1;
  for (unsigned long p = 2; p < largest_prime && p * p <= under; ++p)
    while (mpz_divisible_ui_p(under.get_mpz_t(), p * p) != 0) {
      under /= p * p;
      before *= p;
    }
  return to_numeric(Rational(before) / q->get_den()) * GiNaC::sqrt(ex(to_numeric(Rational(under))));
}

ex applied(Elementary f, const ex& x) {
  switch (f) {
    case Elementary::sqrt: return square_root(x);
    case Elementary::exp: return GiNaC::exp(x);
    case Elementary::log: return GiNaC::log(x);
    case Elementary::sin: return GiNaC::sin(x);
    case Elementary::cos: return GiNaC::cos(x);
    case Elementary::tan: return GiNaC::tan(x);
    case Elementary::asin: return GiNaC::asin(x);
    case Elementary::acos: return GiNaC::acos(x);
    case Elementary::atan: return GiNaC::atan(x);
    case Elementary::sinh: return GiNaC::sinh(x);
    case Elementary::cosh: return GiNaC::cosh(x);
    case Elementary::tanh: return GiNaC::tanh(x);
    case Elementary::erf: return error_function(x);
    case Elementary::gamma: return GiNaC::tgamma(x);
    case Elementary::digamma: return GiNaC::psi(x);
  }
  throw std::runtime_error("a function that GiNaC does not have");
}

/// Whether a constant certainly lies outside of the real domain of the function.
bool is_outside(Elementary f, const ex& x) {
  const std::optional<int> sign = guessed_sign(x);
  if (!sign) return false;
  switch (f) {
    case Elementary::sqrt: return *sign < 0;
    case Elementary::log: return *sign <= 0;
    case Elementary::asin:
    case Elementary::acos: return guessed_sign(1 - x * x) == -1;
    default: return false;
  }
}

GiNaC::matrix to_matrix(const Matrix<Expression>& a) {
  GiNaC::matrix out(static_cast<unsigned>(a.rows), static_cast<unsigned>(a.cols));
  for (std::size_t i = 0; i < a.rows; ++i)
    for (std::size_t j = 0; j < a.cols; ++j) out(static_cast<unsigned>(i), static_cast<unsigned>(j)) = a(i, j).value();
  return out;
}

}  // namespace

Status GinacArithmetic::divide(Real& out, const Real& x, const Real& y) const {
  if (guessed_sign(y.value()) == 0) return Status::undefined;
  return with_poles(out, [&] { return x.value() / y.value(); });
}

Status GinacArithmetic::power(Real& out, const Real& x, std::int64_t n) const {
  if (n == 0) return done(out, 1);
  constexpr double most_bits = 1e6;
  if (const auto q = rational_value(x))
    if (static_cast<double>(bit_size(*q)) * std::fabs(static_cast<double>(n)) > most_bits) return Status::open;
  return with_poles(out, [&] { return GiNaC::pow(x.value(), GiNaC::numeric(static_cast<long>(n))); });
}

Status GinacArithmetic::power(Real& out, const Real& x, const Real& y) const {
  const std::optional<Rational> exponent = rational_value(y);
  if (exponent && is_integer(*exponent))
    if (const auto n = to_int64(*exponent)) return power(out, x, *n);
  const std::optional<int> sign = guessed_sign(x.value());
  if (sign == -1) return exponent ? Status::undefined : Status::open;
  if (sign == 0) {
    const std::optional<int> order = guessed_sign(y.value());
    if (!order) return Status::open;
    return *order > 0 ? done(out, 0) : Status::undefined;
  }
  return with_poles(out, [&] { return GiNaC::pow(x.value(), y.value()); });
}

Status GinacArithmetic::complex_power(Real& out, const Real& x, const Real& y) const {
  if (const auto exponent = rational_value(y); exponent && is_integer(*exponent))
    if (const auto n = to_int64(*exponent)) return power(out, x, *n);
  if (x.value().is_zero()) return Status::open;
  return with_poles(out, [&] { return GiNaC::pow(x.value(), y.value()); });
}

Status GinacArithmetic::apply(Elementary f, Real& out, const Real& x) const {
  if (is_outside(f, x.value())) return Status::undefined;
  return with_poles(out, [&] { return applied(f, x.value()); });
}

Status GinacArithmetic::complex_apply(Elementary f, Real& out, const Real& x) const {
  if (f == Elementary::erf && !x.value().info(GiNaC::info_flags::real)) return Status::open;
  return with_poles(out, [&] { return applied(f, x.value()); });
}

Status GinacArithmetic::abs(Real& out, const Real& x) const {
  return with_poles(out, [&] { return GiNaC::abs(x.value()); });
}
Status GinacArithmetic::relu(Real& out, const Real& x) const { return done(out, symbolic::relu(x.value())); }
Status GinacArithmetic::maximum(Real& out, const Real& x, const Real& y) const {
  return done(out, larger(x.value(), y.value()));
}
Status GinacArithmetic::minimum(Real& out, const Real& x, const Real& y) const {
  return done(out, smaller(x.value(), y.value()));
}
Status GinacArithmetic::floor(Real& out, const Real& x) const { return done(out, floor_of(x.value())); }
Status GinacArithmetic::sign(Real& out, const Real& x) const { return done(out, sign_of(x.value())); }

Status GinacArithmetic::chosen(Real& out, const Real& x, const Real& y, const Real& u, const Real& v) const {
  const ex difference = (x.value() - y.value()).expand();
  if (const auto sign = guessed_sign(difference)) {
    if (*sign == 0) return Status::undefined;
    out = *sign > 0 ? u : v;
    return Status::ok;
  }
  const ex& a = u.value();
  const ex& b = v.value();
  // A power with a broken exponent has no value where its base is negative: nothing is left to choose.
  if (b.is_zero() && GiNaC::is_a<GiNaC::power>(a) && a.op(0).is_equal(difference) &&
      !a.op(1).info(GiNaC::info_flags::integer))
    return done(out, a);
  findings_->kinks.push_back(without_content(difference));
  if (a.is_equal(b)) return done(out, a);
  if (b.is_zero()) return done(out, a * heaviside(difference));
  if (a.is_zero()) return done(out, b * heaviside(-difference));
  if ((a + b).is_zero()) return done(out, a * slope_of_abs(difference));
  return done(out, b + (a - b) * heaviside(difference));
}

Relations GinacArithmetic::compare(const Real& x, const Real& y) const {
  const std::optional<int> sign = guessed_sign((x.value() - y.value()).expand());
  if (sign) return *sign < 0 ? relation::less : *sign > 0 ? relation::greater : relation::equal;
  if ((x.value() - y.value()).expand().is_zero()) return relation::equal;
  if (!findings_->not_ordered) findings_->not_ordered = std::pair(x.value(), y.value());
  return relation::any;
}

std::string GinacArithmetic::text(const Real& x, long) const {
  std::ostringstream out;
  out << x.value();
  return out.str();
}

Finding<Expression> GinacMatrices::determinant(const Matrix<Expression>& a) const {
  if (a.rows == 0) return Finding(Expression(GiNaC::ex(1)));
  return Finding(Expression(to_matrix(a).determinant()));
}

/// The adjugate over the determinant: GiNaC's own inverse takes greatest common divisors at every step.
Finding<Matrix<Expression>> GinacMatrices::inverse(const Matrix<Expression>& a) const {
  if (a.rows == 0) return Finding(a);
  const ex determinant = to_matrix(a).determinant().expand();
  if (determinant.is_zero() || determinant.normal().is_zero())
    return Finding<Matrix<Expression>>(Status::undefined);  // singular for all values of the symbols
  Matrix<Expression> out = adjugate_without_division(a, Expression(), Expression(ex(1)));
  for (Expression& entry : out.entries) entry = Expression(entry.value().expand() / determinant);
  return Finding(std::move(out));
}

Finding<std::vector<Expression>> GinacMatrices::characteristic_polynomial(const Matrix<Expression>& a) const {
  if (a.rows == 0) return Finding(std::vector{Expression(GiNaC::ex(1))});
  const GiNaC::symbol x;
  // GiNaC's is det(a − x·I) = (−1)ⁿ det(x·I − a).
  const ex polynomial = to_matrix(a).charpoly(x).expand() * (a.rows % 2 == 0 ? 1 : -1);
  std::vector<Expression> out;
  for (std::size_t k = 0; k <= a.rows; ++k) out.emplace_back(polynomial.expand().coeff(x, static_cast<int>(k)));
  return Finding(std::move(out));
}

}  // namespace assay::symbolic
