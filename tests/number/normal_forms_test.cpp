#include "normal_forms.hpp"

#include <array>
#include <cstdint>
#include <optional>

#include "base/contract.hpp"

using namespace assay;
using namespace assay::testing;

TEST_CASE("symbolic scalars obey the laws of a commutative ring", "[number][symbolic][property]") {
  rc::prop("commutative, associative, distributive", [] {
    const Symbolic a = random_symbolic();
    const Symbolic b = random_symbolic();
    const Symbolic c = random_symbolic();
    RC_ASSERT(a + b == b + a);
    RC_ASSERT(a * b == b * a);
    RC_ASSERT((a + b) + c == a + (b + c));
    RC_ASSERT((a * b) * c == a * (b * c));
    RC_ASSERT(a * (b + c) == a * b + a * c);
    RC_ASSERT(a - a == Symbolic{});
    RC_ASSERT(conj(conj(a)) == a);
    RC_ASSERT(conj(a * b) == conj(a) * conj(b));
    RC_ASSERT(re(a) + Symbolic::i() * im(a) == a);
    RC_ASSERT((compare(a + rational(1), a, no_assumptions) & relation::equal) == 0);
  });
}

namespace {

/// The value of a quotient of polynomials in x0, x1, x2, z0 at a point, by the arithmetic of the coefficients.
class Substitution {
 public:
  Substitution() {
    for (Coefficient& value : reals_) value = Coefficient(small_rational());
    complex_ = Coefficient(small_rational()) + Coefficient(small_rational()) * some_root_of_unity();
  }

  [[nodiscard]] Coefficient operator()(const ExponentialPolynomial& p) const {
    Coefficient sum;
    for (const auto& [factor, coefficient] : p.terms()) {
      REQUIRE(factor.exponent.is_zero());
      Coefficient product = coefficient;
      for (const auto& [indeterminate, degree] : factor.monomial.entries()) {
        REQUIRE(degree.value > 0);
        for (std::int64_t k = 0; k < degree.value; ++k) product = product * value_of(indeterminate);
      }
      sum = sum + product;
    }
    return sum;
  }
  /// Nothing where the denominator vanishes.
  [[nodiscard]] std::optional<Coefficient> operator()(const Symbolic& s) const {
    const std::optional<Coefficient> inverse = (*this)(s.denominator()).inverse();
    return inverse ? std::optional((*this)(s.numerator()) * *inverse) : std::nullopt;
  }

 private:
  [[nodiscard]] Coefficient value_of(const Indeterminate& x) const {
    if (x.kind == Indeterminate::Kind::complex) return complex_;
    if (x.kind == Indeterminate::Kind::conjugate) return complex_.conj();
    REQUIRE(x.kind == Indeterminate::Kind::real);
    return reals_.at(x.index);
  }

  std::array<Coefficient, 3> reals_;
  Coefficient complex_;
};

/// A quotient of polynomials whose denominator has no zero.
Symbolic random_quotient() {
  const Symbolic numerator = random_polynomial() + random_polynomial() * Symbolic::from(some_root_of_unity());
  return *rc::gen::arbitrary<bool>() ? numerator : ratio(numerator, rational(1) + square(x(0)) + square(x(1)));
}

}  // namespace

TEST_CASE("operations on symbols agree with those of coefficients at points", "[number][symbolic][property]") {
  rc::prop("substitution is a homomorphism", [] {
    const Symbolic a = random_quotient();
    const Symbolic b = random_quotient();
    const Substitution at;
    const Coefficient u = at(a).value();
    const Coefficient v = at(b).value();
    RC_ASSERT(at(a + b).value() == u + v);
    RC_ASSERT(at(a - b).value() == u - v);
    RC_ASSERT(at(a * b).value() == u * v);
    RC_ASSERT(at(-a).value() == -u);
    RC_ASSERT(at(conj(a)).value() == u.conj());
    RC_ASSERT(at(re(a)).value() == u.re());
    RC_ASSERT(at(im(a)).value() == u.im());
    if (a == b) RC_ASSERT(u == v);
    Symbolic quotient;
    const Status status = divide(quotient, a, square(re(b)) + rational(1), no_assumptions);
    RC_ASSERT(status != Status::undefined);
    if (status == Status::ok) RC_ASSERT(at(quotient).value() * (v.re() * v.re() + Coefficient(1)) == u);
  });
}

TEST_CASE("signs that are deduced hold for coefficients at points", "[number][symbolic][property]") {
  rc::prop("sign is sound", [] {
    const Symbolic condition = re(random_quotient());
    const Symbolic other = re(random_quotient());
    const Symbolic tested = *rc::gen::element(other * condition, other + square(condition), condition + square(other));
    const Substitution at;
    const auto relations_at = [&](const Symbolic& s) {
      const Coefficient value = at(s).value();
      return value.is_zero() ? Relations{relation::equal} : value.sign();
    };
    Assumptions assumptions;
    assume(assumptions, condition, relations_at(condition));
    RC_ASSERT((sign(tested, assumptions) & relations_at(tested)) != 0);
  });
}

TEST_CASE("trigonometric identities hold as identities of normal forms", "[number][symbolic]") {
  const Symbolic w = x(0), a = x(1), b = x(2), c = x(3);
  CHECK(are_equal(square(cos(a)) + square(sin(a)), rational(1)));
  CHECK(are_equal(square(cosh(a)) - square(sinh(a)), rational(1)));
  CHECK(are_equal(cos(a + b), cos(a) * cos(b) - sin(a) * sin(b)));
  CHECK(are_equal(sin(rational(3) * a), rational(3) * sin(a) - rational(4) * sin(a) * square(sin(a))));
  CHECK(are_equal(cos(Symbolic::i() * a), cosh(a)));
  CHECK(are_equal(exp(Symbolic::i() * Symbolic::pi()), rational(-1)));
  CHECK(are_equal(sin(a + Symbolic::pi() * rational(1, 2)), cos(a)));
  const Symbolic expanded = cos(w * c) * (cos(w * a) * cos(w * b) - sin(w * a) * sin(w * b)) +
                            sin(w * c) * (sin(w * a) * cos(w * b) + cos(w * a) * sin(w * b));
  CHECK(are_equal(cos(w * (a + b - c)), expanded));
  CHECK_FALSE(are_equal(cos(w * (a + b + c)), expanded));
  CHECK_FALSE(are_equal(cos(w * (a + b) - c), expanded));
  CHECK_FALSE(are_equal(square(cos(a)) - square(sin(a)), rational(1)));
}

namespace {

/// MODADD-12, with the sign of the cross term in the second unit as a parameter: −1 is right.
Symbolic four_units(long sign) {
  const Symbolic w = x(0), a = x(1), b = x(2), c = x(3);
  const Symbolic ca = cos(w * a), sa = sin(w * a), cb = cos(w * b), sb = sin(w * b), cc = cos(w * c), sc = sin(w * c);
  const Symbolic h1 = square(ca + cb);
  const Symbolic h2 = square(sa + rational(sign) * sb);
  const Symbolic h3 = square(ca + sb);
  const Symbolic h4 = square(sa + cb);
  return cc * (h1 + h2) * rational(1, 2) + sc * (h3 + h4) * rational(1, 2) - cc - sc;
}

}  // namespace

TEST_CASE("four square units add exactly, and not with one sign changed", "[number][symbolic]") {
  const Symbolic target = cos(x(0) * (x(1) + x(2) - x(3)));
  CHECK(are_equal(four_units(-1), target));
  CHECK_FALSE(are_equal(four_units(1), target));
}

TEST_CASE("x/x is 1 only where x is known to be nonzero", "[number][symbolic]") {
  Symbolic out = rational(17);
  CHECK(divide(out, x(0), x(0), no_assumptions) == Status::open);
  CHECK(rational_value(out) == Rational(17));  // left alone
  Assumptions assumptions;
  assumptions.push();
  assume(assumptions, x(0), relation::unequal);
  CHECK(are_equal(ratio(x(0), x(0), assumptions), rational(1)));
  CHECK(divide(out, x(0), x(1), assumptions) == Status::open);
  CHECK(divide(out, x(0), x(0) - x(1), assumptions) == Status::open);
  assumptions.pop();
  CHECK(divide(out, x(0), x(0), assumptions) == Status::open);
  CHECK_THROWS_AS(assumptions.pop(), InternalError);
}

TEST_CASE("division by zero is undefined however zero is written", "[number][symbolic]") {
  Symbolic out;
  CHECK(divide(out, rational(1), Symbolic{}, no_assumptions) == Status::undefined);
  CHECK(divide(out, Symbolic{}, Symbolic{}, no_assumptions) == Status::undefined);
  const Symbolic zero = square(cos(x(0))) + square(sin(x(0))) - rational(1);
  CHECK(divide(out, x(1), zero, no_assumptions) == Status::undefined);
  CHECK(power(out, zero, -1, no_assumptions) == Status::undefined);
  CHECK(apply(Elementary::tan, out, Symbolic::pi() * rational(1, 2), true, no_assumptions) == Status::undefined);
  CHECK(apply(Elementary::log, out, zero, true, no_assumptions) == Status::undefined);
}

TEST_CASE("assumptions are split into factors and found again in products", "[number][symbolic]") {
  Assumptions assumptions;
  assume(assumptions, x(0) * (x(0) - x(1)) * (x(0) + x(1)), relation::unequal);
  const auto is_nonzero = [&](const Symbolic& s) { return (sign(s, assumptions) & relation::equal) == 0; };
  CHECK(is_nonzero(x(0)));
  CHECK(is_nonzero(x(0) - x(1)));
  CHECK(is_nonzero(x(1) - x(0)));
  CHECK(is_nonzero(square(x(0)) - square(x(1))));
  CHECK(is_nonzero(square(square(x(0)) - square(x(1))) * exp(Symbolic::i() * x(2)) * x(0) * rational(-7)));
  CHECK_FALSE(is_nonzero(x(1)));
  CHECK_FALSE(is_nonzero(x(0) - x(1) - rational(1)));
  CHECK_FALSE(is_nonzero((x(0) - x(1)) * x(2)));
}

TEST_CASE("rational function identities need no common denominators", "[number][symbolic]") {
  Assumptions assumptions;
  for (std::size_t k = 0; k < 3; ++k) {
    assume(assumptions, x(k) - x((k + 1) % 3), relation::unequal);
  }
  // Lagrange interpolation of 1: the sum over k of the product over j ≠ k of (t − x_j)/(x_k − x_j).
  const Symbolic t = x(3);
  Symbolic sum;
  for (std::size_t k = 0; k < 3; ++k) {
    Symbolic product = rational(1);
    for (std::size_t j = 0; j < 3; ++j) {
      if (j != k) product = product * ratio(t - x(j), x(k) - x(j), assumptions);
    }
    sum = sum + product;
  }
  CHECK(are_equal(sum, rational(1)));
  CHECK(rational_value(sum) == Rational(1));
  CHECK_FALSE(are_equal(sum, t));
  CHECK(are_equal(ratio(square(x(0)) - square(x(1)), x(0) - x(1), assumptions), x(0) + x(1)));
}

TEST_CASE("signs follow from squares, exponentials and the signs of variables", "[number][symbolic]") {
  Assumptions positive;
  assume(positive, x(0), relation::greater);
  assume(positive, x(1), relation::greater | relation::equal);
  const Symbolic z = Symbolic::complex_variable(0);
  const auto sign_of = [&](const Symbolic& s) { return sign(s, positive); };
  CHECK(sign_of(rational(1) + square(x(2))) == relation::greater);
  CHECK(sign_of(-rational(1) - square(x(2)) * x(0)) == relation::less);
  CHECK(sign_of(rational(1) + x(2)) == relation::any);
  CHECK(sign_of(square(x(2))) == (relation::greater | relation::equal));
  CHECK(sign_of(x(0) + x(1)) == relation::greater);
  CHECK(sign_of(x(1) * x(0)) == (relation::greater | relation::equal));
  CHECK(sign_of(x(0) - x(1)) == relation::any);
  CHECK(sign_of(exp(x(2)) + exp(-x(3))) == relation::greater);
  CHECK(sign_of(exp(Symbolic::i() * x(2))) == relation::unequal);
  CHECK(sign_of(cosh(x(2))) == relation::greater);
  CHECK(sign_of(cosh(z)) == relation::any);
  CHECK(sign_of(z * conj(z) + rational(1)) == relation::greater);
  CHECK(sign_of(square(z) + rational(1)) == relation::any);  // zero at z = i
  CHECK(sign_of(square(z)) == relation::any);
  CHECK(sign_of(Symbolic::pi() - rational(3)) == relation::unequal);
  CHECK(sign_of(exp(rational(1)) - rational(3)) == relation::unequal);
  CHECK(sign_of(exp(rational(1)) - Symbolic::pi()) == relation::any);  // true, but by no theorem used here
  CHECK(compare(x(0), -x(1), positive) == relation::greater);
  CHECK(compare(rational(1, 3), rational(1, 2), positive) == relation::less);
  CHECK(compare(Symbolic::i(), rational(1), positive) == relation::unequal);
}

TEST_CASE("complex numbers have no order, even if they differ by a positive real", "[number][symbolic]") {
  const Symbolic z = Symbolic::complex_variable(0);
  CHECK(compare(z + rational(1), z, no_assumptions) == relation::unequal);
  CHECK(compare(re(z) + rational(1), re(z), no_assumptions) == relation::greater);
  CHECK(compare(z + square(x(0)), z, no_assumptions) == relation::any);
}

TEST_CASE("contradictory assumptions never lead to the empty set of relations", "[number][symbolic]") {
  Assumptions assumptions;
  for (const Relations sign : {relation::less, relation::greater, relation::equal}) {
    assume(assumptions, x(0), sign);
    assume(assumptions, x(0) + x(1), sign);
  }
  for (const Symbolic& s : {x(0), x(0) * (x(0) + x(1)), square(x(0) + x(1)) * x(2), x(2)}) {
    CHECK(sign(s, assumptions) != relation::none);
  }
  // Values made under assumptions that no longer hold.
  Assumptions nonzero;
  Assumptions zero;
  for (const Symbolic& s : {x(0), x(0) + x(1)}) {
    assume(nonzero, s, relation::unequal);
    assume(zero, s, relation::equal);
  }
  CHECK(sign(ratio(rational(1), x(0), nonzero), zero) != relation::none);
  CHECK(sign(ratio(rational(1), x(0) + x(1), nonzero), zero) != relation::none);
}

TEST_CASE("assumed signs of longer expressions carry over to their products", "[number][symbolic]") {
  Assumptions assumptions;
  assume(assumptions, x(0) - x(1), relation::greater);
  const Symbolic d = x(0) - x(1);
  CHECK(compare(x(0), x(1), assumptions) == relation::greater);
  CHECK(compare(x(1), x(0), assumptions) == relation::less);
  CHECK(sign(d * d * d, assumptions) == relation::greater);
  assume(assumptions, x(2) + x(3), relation::unequal);
  CHECK(sign(x(2) + x(3), assumptions) == relation::unequal);
  CHECK(sign(square(x(2) + x(3)) * d, assumptions) == relation::greater);
  assume(assumptions, Symbolic::complex_variable(0) + rational(1), relation::unequal);
  CHECK(sign(square(Symbolic::complex_variable(0) + rational(1)), assumptions) == relation::unequal);
  Symbolic out;
  CHECK(abs(out, x(1) - x(0), assumptions) == Status::ok);
  CHECK(are_equal(out, d));
  CHECK(relu(out, x(1) - x(0), assumptions) == Status::ok);
  CHECK(are_equal(out, Symbolic{}));
  CHECK(relu(out, x(1), assumptions) == Status::open);
}

TEST_CASE("an assumption says no more about a factor than it should", "[number][symbolic]") {
  Assumptions assumptions;
  const auto sign_of = [&](const Symbolic& s) { return sign(s, assumptions); };
  const auto only = [&](const Symbolic& s, Relations known) {
    assumptions = Assumptions{};
    assume(assumptions, s, known);
  };
  only(x(1) - rational(2) * x(0), relation::greater);
  CHECK(sign_of(x(0) - rational(1, 2) * x(1)) == relation::less);
  only(x(0) * (x(1) + x(2)), relation::greater);
  CHECK(sign_of(x(1) + x(2)) == relation::unequal);
  CHECK(sign_of(x(0)) == relation::unequal);
  only(x(0) * (x(1) + x(2)), relation::greater | relation::equal);
  CHECK(sign_of(x(1) + x(2)) == relation::any);
  CHECK(sign_of(x(0)) == relation::any);
  only(square(x(0)) * (x(1) + x(2)), relation::greater | relation::equal);
  CHECK(sign_of(x(1) + x(2)) == relation::any);  // x0 may be zero
  only((x(0) - x(1)) * (x(0) + x(2)), relation::greater | relation::equal);
  CHECK(sign_of(x(0) - x(1)) == relation::any);
  only(square(x(0)), relation::greater);
  CHECK(sign_of(x(0)) == relation::unequal);
  only(-x(0) * square(x(0)), relation::greater);
  CHECK(sign_of(x(0)) == relation::less);
  only(Symbolic::complex_variable(0) * exp(Symbolic::i() * x(0)), relation::unequal);
  CHECK(sign_of(conj(Symbolic::complex_variable(0))) == relation::unequal);
}

TEST_CASE("the sign of a fraction takes its denominator into account", "[number][symbolic]") {
  Assumptions assumptions;
  assume(assumptions, x(0) + x(1), relation::less);
  const Symbolic reciprocal = ratio(rational(1), x(0) + x(1), assumptions);
  CHECK(sign(reciprocal, assumptions) == relation::less);
  CHECK(sign(square(reciprocal), assumptions) == relation::greater);
  assume(assumptions, x(2) * reciprocal, relation::greater);  // so x2 < 0
  CHECK((sign(x(2), assumptions) & relation::less) != 0);
  CHECK((sign(x(2), assumptions) & relation::equal) == 0);
  CHECK(sign(rational(1) + Symbolic::i(), assumptions) == relation::unequal);
  CHECK(sign(Symbolic::from(some_root_of_unity()), assumptions) == relation::unequal);
}

TEST_CASE("tangents divide by cosines that must not vanish", "[number][symbolic]") {
  Symbolic tangent;
  CHECK(apply(Elementary::tan, tangent, x(0), true, no_assumptions) == Status::open);
  Assumptions assumptions;
  assume(assumptions, cos(x(0)), relation::unequal);
  REQUIRE(apply(Elementary::tan, tangent, x(0), true, assumptions) == Status::ok);
  CHECK(are_equal(rational(1) + square(tangent), ratio(rational(1), square(cos(x(0))), assumptions)));
  const Symbolic tanh = applied(Elementary::tanh, x(0));
  const Symbolic sigmoid = ratio(rational(1), rational(1) + exp(rational(-2) * x(0)));
  CHECK(are_equal(tanh, rational(2) * sigmoid - rational(1)));
}

TEST_CASE("Laurent monomials may stand in exponents", "[number][symbolic]") {
  // The characters of Z/p for a symbolic p: angles 2πkx/p.
  Assumptions assumptions;
  const Symbolic p = x(0), k = x(1), a = x(2), b = x(3);
  assume(assumptions, p, relation::unequal);
  const auto angle = [&](const Symbolic& t) { return ratio(rational(2) * Symbolic::pi() * k * t, p, assumptions); };
  CHECK(are_equal(cos(angle(a + b)), cos(angle(a)) * cos(angle(b)) - sin(angle(a)) * sin(angle(b))));
  CHECK(are_equal(cos(angle(p)), cos(rational(2) * Symbolic::pi() * k)));
  CHECK_FALSE(are_equal(cos(angle(p)), rational(1)));  // k is any real number here
  Symbolic out;
  const Symbolic quotient = ratio(a, rational(1) + square(b));
  CHECK(apply(Elementary::cos, out, quotient, true, assumptions) == Status::open);
}

TEST_CASE("what is no exponential polynomial stays open", "[number][symbolic]") {
  Symbolic out;
  const auto is_open = [&](Elementary f, const Symbolic& argument) {
    return apply(f, out, argument, true, no_assumptions) == Status::open;
  };
  CHECK(is_open(Elementary::exp, exp(x(0))));
  CHECK(is_open(Elementary::cos, x(0) + sin(x(1))));
  CHECK(is_open(Elementary::log, rational(2) * exp(x(0))));
  CHECK(is_open(Elementary::log, -exp(x(0))));
  CHECK(is_open(Elementary::log, x(0) * exp(x(0))));
  CHECK(is_open(Elementary::sqrt, x(0)));
  CHECK(is_open(Elementary::gamma, rational(3)));
  CHECK(is_open(Elementary::asin, x(0)));
  CHECK(are_equal(applied(Elementary::atan, x(0) - x(0)), Symbolic{}));
}

TEST_CASE("powers", "[number][symbolic]") {
  Symbolic out;
  const auto to_the = [&](const Symbolic& base, const Rational& q, bool over_reals = true) {
    return power(out, base, q, over_reals, no_assumptions);
  };
  CHECK(power(out, x(0), 0, no_assumptions) == Status::ok);
  CHECK(are_equal(out, rational(1)));
  CHECK(power(out, x(0) + x(1), 3, no_assumptions) == Status::ok);
  CHECK(are_equal(out, (x(0) + x(1)) * square(x(0) + x(1))));
  CHECK(power(out, x(0), -2, no_assumptions) == Status::open);
  CHECK(power(out, exp(x(0)), -2, no_assumptions) == Status::ok);
  CHECK(are_equal(out * square(exp(x(0))), rational(1)));
  CHECK(power(out, x(0), 1'000'000'000L, no_assumptions) == Status::open);
  CHECK(to_the(rational(8), Rational(-2, 3)) == Status::ok);
  CHECK(are_equal(out, rational(1, 4)));
  CHECK(to_the(rational(-4), Rational(1, 2)) == Status::undefined);
  CHECK(to_the(rational(-4), Rational(1, 2), false) == Status::ok);
  CHECK(are_equal(out, rational(2) * Symbolic::i()));
  CHECK(to_the(rational(-8), Rational(1, 3), false) == Status::open);
  CHECK(to_the(rational(-2), Rational("1000000000000000000000000000001")) == Status::open);
  CHECK(to_the(Symbolic{}, Rational(-1, 2)) == Status::undefined);
  CHECK(to_the(square(x(0)), Rational(1, 2)) == Status::open);  // it is |x|
  CHECK(to_the(exp(rational(3) * x(0)), Rational(1, 3)) == Status::ok);
  CHECK(are_equal(out, exp(x(0))));
  CHECK(to_the(exp(Symbolic::i() * x(0)), Rational(1, 3)) == Status::open);
  CHECK(apply(Elementary::log, out, exp(x(0) * x(1) - rational(1, 2)), true, no_assumptions) == Status::ok);
  CHECK(are_equal(out, x(0) * x(1) - rational(1, 2)));
  CHECK(apply(Elementary::log, out, exp(Symbolic::complex_variable(0)), false, no_assumptions) == Status::open);
}

TEST_CASE("complex variables are independent of their conjugates", "[number][symbolic]") {
  const Symbolic z = Symbolic::complex_variable(0);
  CHECK(are_equal(square(re(z)) + square(im(z)), z * conj(z)));
  CHECK(are_equal(conj(exp(Symbolic::i() * z)), exp(-Symbolic::i() * conj(z))));
  CHECK_FALSE(are_equal(z, conj(z)));
  CHECK_FALSE(are_equal(z, x(0)));
  CHECK_FALSE(are_equal(z * conj(z), square(z)));
  CHECK(are_equal(re(exp(Symbolic::i() * x(0))), cos(x(0))));
}

TEST_CASE("what grows too long is refused, never wrong", "[number][symbolic]") {
  ExponentialPolynomial many_terms;
  for (std::size_t k = 0; k < 2'500; ++k) many_terms += x(k).numerator();
  const Symbolic long_sum(many_terms);
  CHECK_THROWS_AS(long_sum * long_sum, NotRepresentable);
  Symbolic out;
  CHECK(power(out, long_sum, 2, no_assumptions) == Status::open);
  Symbolic huge = x(0);
  const auto square_often = [&] {
    for (int k = 0; k < 70; ++k) huge = square(huge);
  };
  CHECK_THROWS_AS(square_often(), NotRepresentable);  // x^(2^70) is refused, not wrapped
  const Symbolic tiny_angle = Symbolic::pi() * rational(1, 1'000'000'007L);
  CHECK(apply(Elementary::cos, out, tiny_angle, true, no_assumptions) == Status::open);
}

TEST_CASE("exact quotients are found, and only exact ones", "[number][symbolic][property]") {
  rc::prop("(p·q)/q = p", [] {
    const ExponentialPolynomial p = random_symbolic().numerator();
    const ExponentialPolynomial q = random_symbolic().numerator();
    if (q.is_zero()) return;
    const auto quotient = exact_quotient(p * q, q);
    RC_ASSERT(quotient.has_value());
    RC_ASSERT(*quotient == p);
  });
  rc::prop("what is found is a quotient", [] {
    const ExponentialPolynomial p = random_symbolic().numerator();
    const ExponentialPolynomial q = random_symbolic().numerator();
    if (q.is_zero()) return;
    const auto quotient = exact_quotient(p, q);
    if (quotient) RC_ASSERT(*quotient * q == p);
  });
}

TEST_CASE("symbols print as formulas", "[number][symbolic]") {
  CHECK(to_string(Symbolic{}) == "0");
  CHECK(to_string(square(x(0)) * x(1) - rational(3, 2) * x(1) + rational(1)) == "x0^2*x1 - 3/2*x1 + 1");
  CHECK(to_string(cos(x(0))) == "1/2*exp(I*x0) + 1/2*exp(-I*x0)");
  CHECK(to_string(exp((rational(2) + Symbolic::i()) * x(0) * x(1))) == "exp((2 + I)*x0*x1)");
  CHECK(to_string(ratio(x(0), rational(1) + square(x(0)))) == "(x0)/(x0^2 + 1)");
  CHECK(to_string(Symbolic::pi() * conj(Symbolic::complex_variable(2))) == "pi*conj(z2)");
  const auto name = [](const Indeterminate& t) { return t.index == 0 ? std::string("alpha") : std::string("beta"); };
  CHECK(to_string(x(0) - x(1), name) == "alpha - beta");
}
