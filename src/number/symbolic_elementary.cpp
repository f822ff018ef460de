#include "number/limits.hpp"
#include "number/rational.hpp"
#include "number/symbolic.hpp"

namespace assay {

namespace {

constexpr long power_limit = 10'000;

/// The Status of `compute`, and `open` where the result is too large to be represented.
template <class Function>
[[nodiscard]] Status guarded(Function compute) {
  try {
    return compute();
  } catch (const NotRepresentable&) {
    return Status::open;
  }
}

[[nodiscard]] Status set(Symbolic& out, const std::optional<Symbolic>& value) {
  if (!value) return Status::open;
  out = *value;
  return Status::ok;
}

[[nodiscard]] Symbolic one() { return Symbolic::from(Rational(1)); }

[[nodiscard]] Symbolic half() { return Symbolic::from(Rational(1, 2)); }

/// x^n for n ≥ 0, by repeated squaring.
[[nodiscard]] Symbolic natural_power(Symbolic x, long n) {
  Symbolic result = one();
  for (; n > 0; n /= 2) {
    if (n % 2 == 1) result = result * x;
    if (n > 1) x = x * x;
  }
  return result;
}

/// λ if x = exp(λ) is visibly the exponential of a real λ.
[[nodiscard]] std::optional<Exponent> real_logarithm(const Symbolic& x) {
  if (!x.is_polynomial() || x.numerator().terms().size() != 1) return std::nullopt;
  const auto& [factor, coefficient] = *x.numerator().terms().begin();
  const bool is_exponential = factor.monomial.is_zero() && coefficient == Cyclotomic(Rational(1));
  if (!is_exponential || !(factor.exponent == conj(factor.exponent))) return std::nullopt;
  return factor.exponent;
}

/// The Laurent polynomial λ as a value.
[[nodiscard]] Symbolic value_of(const Exponent& lambda) {
  ExponentialPolynomial result;
  for (const auto& [monomial, coefficient] : lambda.entries()) {
    const Cyclotomic c = Cyclotomic(coefficient.re) + Cyclotomic(coefficient.im) * Cyclotomic::root_of_unity(4, 1);
    result += ExponentialPolynomial(c, PowerProduct{Exponent{}, monomial});
  }
  return Symbolic(result);
}

/// exp(x), if that is an exponential polynomial.
[[nodiscard]] std::optional<Symbolic> exponential(const Symbolic& x) {
  if (!x.is_polynomial()) return std::nullopt;
  const auto value = ExponentialPolynomial::exponential(x.numerator());
  return value ? std::optional(Symbolic(*value)) : std::nullopt;
}

/// A root y with y^degree = x: for degree 2 the principal square root, else the positive root of a positive x.
[[nodiscard]] std::optional<Symbolic> root_of_rational(const Rational& x, const Integer& degree) {
  if (degree == 2) {
    const auto root = sqrt_of_rational(x);
    return root ? std::optional(Symbolic::from(*root)) : std::nullopt;
  }
  if (x < 0 || degree > power_limit) return std::nullopt;
  const auto root = exact_root(x, degree.get_ui());
  return root ? std::optional(Symbolic::from(*root)) : std::nullopt;
}

[[nodiscard]] Status rational_to_the(Symbolic& out, const Rational& x, const Rational& q, bool over_reals,
                                     const Assumptions& assumptions) {
  if (x == 0 && q < 0) return Status::undefined;
  if (x == 0) return set(out, Symbolic{});
  if (x < 0 && over_reals) return Status::undefined;
  const auto root = root_of_rational(x, q.get_den());
  if (!root || !q.get_num().fits_slong_p()) return Status::open;
  return power(out, *root, q.get_num().get_si(), assumptions);
}

}  // namespace

Status power(Symbolic& out, const Symbolic& x, long n, const Assumptions& assumptions) {
  if (n > power_limit || n < -power_limit) return Status::open;
  return guarded([&] {
    if (n >= 0) return set(out, natural_power(x, n));
    Symbolic inverse;
    const Status status = divide(inverse, one(), x, assumptions);
    return status == Status::ok ? set(out, natural_power(inverse, -n)) : status;
  });
}

Status power(Symbolic& out, const Symbolic& x, const Rational& q, bool over_reals, const Assumptions& assumptions) {
  if (const auto n = to_int64(q)) return power(out, x, static_cast<long>(*n), assumptions);
  if (is_integer(q)) return Status::open;  // too large; a negative base is no reason to call it undefined
  return guarded([&] {
    if (const auto value = rational_value(x)) return rational_to_the(out, *value, q, over_reals, assumptions);
    // exp(λ)^q = exp(qλ) for real λ: the principal logarithm of exp(λ) is λ.
    const auto lambda = real_logarithm(x);
    return lambda ? set(out, exponential(Symbolic::from(q) * value_of(*lambda))) : Status::open;
  });
}

Status abs(Symbolic& out, const Symbolic& x, const Assumptions& assumptions) {
  return guarded([&] {
    const Relations known = sign(x, assumptions);
    if ((known & relation::less) == 0) return set(out, x);
    return (known & relation::greater) == 0 ? set(out, -x) : Status::open;
  });
}

Status relu(Symbolic& out, const Symbolic& x, const Assumptions& assumptions) {
  return guarded([&] {
    const Relations known = sign(x, assumptions);
    if ((known & relation::less) == 0) return set(out, x);
    return (known & relation::greater) == 0 ? set(out, Symbolic{}) : Status::open;
  });
}

namespace {

/// a·exp(x) + b·exp(−x), the form of Euler's formulas.
[[nodiscard]] std::optional<Symbolic> euler(const Symbolic& a, const Symbolic& b, const Symbolic& x) {
  const auto plus = exponential(x);
  const auto minus = exponential(-x);
  return plus && minus ? std::optional(a * *plus + b * *minus) : std::nullopt;
}

[[nodiscard]] std::optional<Symbolic> cosh(const Symbolic& x) { return euler(half(), half(), x); }
[[nodiscard]] std::optional<Symbolic> sinh(const Symbolic& x) { return euler(half(), -half(), x); }
[[nodiscard]] std::optional<Symbolic> cos(const Symbolic& x) { return cosh(Symbolic::i() * x); }
[[nodiscard]] std::optional<Symbolic> sin(const Symbolic& x) {
  const auto i_sin = sinh(Symbolic::i() * x);
  return i_sin ? std::optional(-Symbolic::i() * *i_sin) : std::nullopt;
}

[[nodiscard]] Status quotient(Symbolic& out, const std::optional<Symbolic>& x, const std::optional<Symbolic>& y,
                              const Assumptions& assumptions) {
  return x && y ? divide(out, *x, *y, assumptions) : Status::open;
}

[[nodiscard]] Status sqrt(Symbolic& out, const Symbolic& x, bool over_reals, const Assumptions& assumptions) {
  return power(out, x, Rational(1, 2), over_reals, assumptions);
}

[[nodiscard]] Status log(Symbolic& out, const Symbolic& x, bool over_reals) {
  const auto value = rational_value(x);
  if (value && (*value == 0 || (*value < 0 && over_reals))) return Status::undefined;
  const auto lambda = real_logarithm(x);
  return lambda ? set(out, value_of(*lambda)) : Status::open;
}

/// Functions of which only f(0) = 0 is known here.
[[nodiscard]] Status zero_at_zero(Symbolic& out, const Symbolic& x) {
  return x.numerator().is_zero() ? set(out, Symbolic{}) : Status::open;
}

[[nodiscard]] Status apply_unguarded(Elementary f, Symbolic& out, const Symbolic& x, bool over_reals,
                                     const Assumptions& assumptions) {
  switch (f) {
    case Elementary::exp: return set(out, exponential(x));
    case Elementary::sin: return set(out, sin(x));
    case Elementary::cos: return set(out, cos(x));
    case Elementary::tan: return quotient(out, sin(x), cos(x), assumptions);
    case Elementary::sinh: return set(out, sinh(x));
    case Elementary::cosh: return set(out, cosh(x));
    case Elementary::tanh: return quotient(out, sinh(x), cosh(x), assumptions);
    case Elementary::sqrt: return sqrt(out, x, over_reals, assumptions);
    case Elementary::log: return log(out, x, over_reals);
    case Elementary::asin:
    case Elementary::atan:
    case Elementary::erf: return zero_at_zero(out, x);
    case Elementary::acos:
    case Elementary::gamma:
    case Elementary::digamma: return Status::open;
  }
  return Status::open;
}

}  // namespace

Status apply(Elementary f, Symbolic& out, const Symbolic& x, bool over_reals, const Assumptions& assumptions) {
  return guarded([&] { return apply_unguarded(f, out, x, over_reals, assumptions); });
}

}  // namespace assay
