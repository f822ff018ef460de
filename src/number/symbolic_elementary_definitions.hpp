#pragma once
#include <type_traits>

#include "number/basic_symbolic.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "number/symbolic_definitions.hpp"

/// The definitions of the elementary functions of basic_symbolic.hpp, for the sources that instantiate them.
namespace assay {

namespace normal_forms {

inline constexpr long power_limit = 10'000;

/// The Status of `compute`, and `open` where the result is too large to be represented.
template <class Function>
[[nodiscard]] Status guarded(Function compute) {
  try {
    return compute();
  } catch (const NotRepresentable&) {
    return Status::open;
  }
}

template <CoefficientField C>
[[nodiscard]] Status set(BasicSymbolic<C>& out, const std::optional<std::type_identity_t<BasicSymbolic<C>>>& value) {
  if (!value) return Status::open;
  out = *value;
  return Status::ok;
}

/// x^n for n ≥ 0, by repeated squaring.
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> natural_power(BasicSymbolic<C> x, long n) {
  BasicSymbolic<C> result = one<C>();
  for (; n > 0; n /= 2) {
    if (n % 2 == 1) result = result * x;
    if (n > 1) x = x * x;
  }
  return result;
}

/// λ if x = exp(λ) is visibly the exponential of a real λ.
template <CoefficientField C>
[[nodiscard]] std::optional<Exponent> real_logarithm(const BasicSymbolic<C>& x) {
  if (!x.is_polynomial() || x.numerator().terms().size() != 1) return std::nullopt;
  const auto& [factor, coefficient] = *x.numerator().terms().begin();
  const bool is_exponential = factor.monomial.is_zero() && coefficient == C(Rational(1));
  if (!is_exponential || !(factor.exponent == conj(factor.exponent))) return std::nullopt;
  return factor.exponent;
}

/// The Laurent polynomial λ as a value.
template <CoefficientField C>
[[nodiscard]] BasicSymbolic<C> value_of(const Exponent& lambda) {
  BasicExponentialPolynomial<C> result;
  for (const auto& [monomial, coefficient] : lambda.entries()) {
    const C c = C(coefficient.re) + C(coefficient.im) * C::root_of_unity(4, 1);
    result += BasicExponentialPolynomial<C>(c, PowerProduct{Exponent{}, monomial});
  }
  return BasicSymbolic<C>(result);
}

/// exp(x), if that is an exponential polynomial.
template <CoefficientField C>
[[nodiscard]] std::optional<BasicSymbolic<C>> exponential(const BasicSymbolic<C>& x) {
  if (!x.is_polynomial()) return std::nullopt;
  const auto value = BasicExponentialPolynomial<C>::exponential(x.numerator());
  return value ? std::optional(BasicSymbolic<C>(*value)) : std::nullopt;
}

/// A root y with y^degree = x: for degree 2 the principal square root, else the positive root of a positive x.
template <CoefficientField C>
[[nodiscard]] std::optional<BasicSymbolic<C>> root_of_rational(const Rational& x, const Integer& degree) {
  if (degree == 2) {
    const auto root = C::sqrt_of_rational(x);
    return root ? std::optional(BasicSymbolic<C>::from(*root)) : std::nullopt;
  }
  if (x < 0 || degree > power_limit) return std::nullopt;
  const auto root = exact_root(x, degree.get_ui());
  return root ? std::optional(BasicSymbolic<C>::from(*root)) : std::nullopt;
}

template <CoefficientField C>
[[nodiscard]] Status rational_to_the(BasicSymbolic<C>& out, const Rational& x, const Rational& q, bool over_reals,
                                     const BasicAssumptions<C>& assumptions) {
  if (x == 0 && q < 0) return Status::undefined;
  if (x == 0) return set(out, BasicSymbolic<C>{});
  if (x < 0 && over_reals) return Status::undefined;
  const auto root = root_of_rational<C>(x, q.get_den());
  if (!root || !q.get_num().fits_slong_p()) return Status::open;
  return power(out, *root, q.get_num().get_si(), assumptions);
}

}  // namespace normal_forms

template <CoefficientField C>
Status power(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, long n, const BasicAssumptions<C>& assumptions) {
  if (n > normal_forms::power_limit || n < -normal_forms::power_limit) return Status::open;
  return normal_forms::guarded([&] {
    if (n >= 0) return normal_forms::set(out, normal_forms::natural_power(x, n));
    BasicSymbolic<C> inverse;
    const Status status = divide(inverse, normal_forms::one<C>(), x, assumptions);
    return status == Status::ok ? normal_forms::set(out, normal_forms::natural_power(inverse, -n)) : status;
  });
}

template <CoefficientField C>
Status power(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, const Rational& q, bool over_reals,
             const BasicAssumptions<C>& assumptions) {
  if (const auto n = to_int64(q)) return power(out, x, static_cast<long>(*n), assumptions);
  if (is_integer(q)) return Status::open;  // too large; a negative base is no reason to call it undefined
  return normal_forms::guarded([&] {
    if (const auto value = rational_value(x))
      return normal_forms::rational_to_the(out, *value, q, over_reals, assumptions);
    // exp(λ)^q = exp(qλ) for real λ: the principal logarithm of exp(λ) is λ.
    const auto lambda = normal_forms::real_logarithm(x);
    if (!lambda) return Status::open;
    return normal_forms::set(out,
                             normal_forms::exponential(BasicSymbolic<C>::from(q) * normal_forms::value_of<C>(*lambda)));
  });
}

template <CoefficientField C>
Status abs(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, const BasicAssumptions<C>& assumptions) {
  return normal_forms::guarded([&] {
    const Relations known = sign(x, assumptions);
    if ((known & relation::less) == 0) return normal_forms::set(out, x);
    return (known & relation::greater) == 0 ? normal_forms::set(out, -x) : Status::open;
  });
}

template <CoefficientField C>
Status relu(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, const BasicAssumptions<C>& assumptions) {
  return normal_forms::guarded([&] {
    const Relations known = sign(x, assumptions);
    if ((known & relation::less) == 0) return normal_forms::set(out, x);
    return (known & relation::greater) == 0 ? normal_forms::set(out, BasicSymbolic<C>{}) : Status::open;
  });
}

namespace normal_forms {

// Functions with the names of mathematics are called by their full names: whoever instantiates this may have others of
// those names in the namespace of the coefficients.

/// a·exp(x) + b·exp(−x), the form of Euler's formulas.
template <CoefficientField C>
[[nodiscard]] std::optional<BasicSymbolic<C>> euler(const BasicSymbolic<C>& a, const BasicSymbolic<C>& b,
                                                    const BasicSymbolic<C>& x) {
  const auto plus = exponential(x);
  const auto minus = exponential(-x);
  return plus && minus ? std::optional(a * *plus + b * *minus) : std::nullopt;
}

template <CoefficientField C>
[[nodiscard]] std::optional<BasicSymbolic<C>> cosh(const BasicSymbolic<C>& x) {
  return euler(half<C>(), half<C>(), x);
}
template <CoefficientField C>
[[nodiscard]] std::optional<BasicSymbolic<C>> sinh(const BasicSymbolic<C>& x) {
  return euler(half<C>(), -half<C>(), x);
}
template <CoefficientField C>
[[nodiscard]] std::optional<BasicSymbolic<C>> cos(const BasicSymbolic<C>& x) {
  return normal_forms::cosh(BasicSymbolic<C>::i() * x);
}
template <CoefficientField C>
[[nodiscard]] std::optional<BasicSymbolic<C>> sin(const BasicSymbolic<C>& x) {
  const auto i_sin = normal_forms::sinh(BasicSymbolic<C>::i() * x);
  return i_sin ? std::optional(-BasicSymbolic<C>::i() * *i_sin) : std::nullopt;
}

template <CoefficientField C>
[[nodiscard]] Status quotient(BasicSymbolic<C>& out, const std::optional<BasicSymbolic<C>>& x,
                              const std::optional<BasicSymbolic<C>>& y, const BasicAssumptions<C>& assumptions) {
  return x && y ? divide(out, *x, *y, assumptions) : Status::open;
}

template <CoefficientField C>
[[nodiscard]] Status sqrt(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, bool over_reals,
                          const BasicAssumptions<C>& assumptions) {
  return power(out, x, Rational(1, 2), over_reals, assumptions);
}

template <CoefficientField C>
[[nodiscard]] Status log(BasicSymbolic<C>& out, const BasicSymbolic<C>& x, bool over_reals) {
  const auto value = rational_value(x);
  if (value && (*value == 0 || (*value < 0 && over_reals))) return Status::undefined;
  const auto lambda = real_logarithm(x);
  return lambda ? set(out, value_of<C>(*lambda)) : Status::open;
}

/// Functions of which only f(0) = 0 is known here.
template <CoefficientField C>
[[nodiscard]] Status zero_at_zero(BasicSymbolic<C>& out, const BasicSymbolic<C>& x) {
  return x.numerator().is_zero() ? set(out, BasicSymbolic<C>{}) : Status::open;
}

template <CoefficientField C>
[[nodiscard]] Status apply_unguarded(Elementary f, BasicSymbolic<C>& out, const BasicSymbolic<C>& x, bool over_reals,
                                     const BasicAssumptions<C>& assumptions) {
  switch (f) {
    case Elementary::exp: return set(out, exponential(x));
    case Elementary::sin: return set(out, normal_forms::sin(x));
    case Elementary::cos: return set(out, normal_forms::cos(x));
    case Elementary::tan: return quotient(out, normal_forms::sin(x), normal_forms::cos(x), assumptions);
    case Elementary::sinh: return set(out, normal_forms::sinh(x));
    case Elementary::cosh: return set(out, normal_forms::cosh(x));
    case Elementary::tanh: return quotient(out, normal_forms::sinh(x), normal_forms::cosh(x), assumptions);
    case Elementary::sqrt: return normal_forms::sqrt(out, x, over_reals, assumptions);
    case Elementary::log: return normal_forms::log(out, x, over_reals);
    case Elementary::asin:
    case Elementary::atan:
    case Elementary::erf: return zero_at_zero(out, x);
    case Elementary::acos:
    case Elementary::gamma:
    case Elementary::digamma: return Status::open;
  }
  return Status::open;
}

}  // namespace normal_forms

template <CoefficientField C>
Status apply(Elementary f, BasicSymbolic<C>& out, const BasicSymbolic<C>& x, bool over_reals,
             const BasicAssumptions<C>& assumptions) {
  return normal_forms::guarded([&] { return normal_forms::apply_unguarded(f, out, x, over_reals, assumptions); });
}

}  // namespace assay
