#pragma once
#include <algorithm>
#include <cstdlib>

#include "number/basic_symbolic_functions.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"
#include "number/symbolic_elementary_definitions.hpp"

/// The definitions of basic_symbolic_functions.hpp, for the sources that instantiate them; with those of all normal
/// forms, since it includes the others.
namespace assay {

namespace normal_forms {

[[nodiscard]] inline const char* name_of(Elementary f) {
  switch (f) {
    case Elementary::sqrt: return "sqrt";
    case Elementary::exp: return "exp";
    case Elementary::log: return "log";
    case Elementary::sin: return "sin";
    case Elementary::cos: return "cos";
    case Elementary::tan: return "tan";
    case Elementary::asin: return "asin";
    case Elementary::acos: return "acos";
    case Elementary::atan: return "atan";
    case Elementary::sinh: return "sinh";
    case Elementary::cosh: return "cosh";
    case Elementary::tanh: return "tanh";
    case Elementary::erf: return "erf";
    case Elementary::gamma: return "gamma";
    case Elementary::digamma: return "digamma";
  }
  return "?";
}

[[nodiscard]] inline bool is_positive(Relations sign) { return sign == relation::greater; }
[[nodiscard]] inline bool is_nonnegative(Relations sign) {
  return (sign & ~(relation::greater | relation::equal)) == 0;
}

/// Whether f(x) is a real number wherever the claim is evaluated.
template <CoefficientField C>
[[nodiscard]] bool is_in_domain(Elementary f, const BasicSymbolic<C>& x, const BasicAssumptions<C>& assumptions) {
  switch (f) {
    case Elementary::exp:
    case Elementary::sin:
    case Elementary::cos:
    case Elementary::sinh:
    case Elementary::cosh:
    case Elementary::tanh:
    case Elementary::atan:
    case Elementary::erf: return true;
    case Elementary::log:
    case Elementary::gamma: return is_positive(sign(x, assumptions));
    case Elementary::sqrt: return is_nonnegative(sign(x, assumptions));
    case Elementary::asin:
    case Elementary::acos: return is_nonnegative(sign(one<C>() - x * x, assumptions));
    case Elementary::tan:
    case Elementary::digamma: return false;
  }
  return false;
}

/// What is known of the sign of f(x), for x in the domain of f.
template <CoefficientField C>
[[nodiscard]] Relations sign_of_value(Elementary f, const BasicSymbolic<C>& x, const BasicAssumptions<C>& assumptions) {
  switch (f) {
    case Elementary::exp:
    case Elementary::cosh:
    case Elementary::gamma: return relation::greater;
    case Elementary::sqrt:
    case Elementary::sinh:  // odd and increasing, as the next ones
    case Elementary::tanh:
    case Elementary::asin:
    case Elementary::atan:
    case Elementary::erf: return sign(x, assumptions);
    case Elementary::log: return sign(x - one<C>(), assumptions);
    case Elementary::acos: return relation::greater | relation::equal;
    default: return relation::any;
  }
}

/// The rational c > 0 with which x = c·y, so that the leading coefficient of y's numerator is ±1; 1 if it is not
/// rational.
template <CoefficientField C>
[[nodiscard]] Rational content(const BasicSymbolic<C>& x) {
  if (x.numerator().is_zero()) return 1;
  const auto leading = x.numerator().terms().rbegin()->second.is_rational();
  return leading ? Rational(abs(*leading)) : Rational(1);
}

}  // namespace normal_forms

template <CoefficientField C>
Status BasicSymbolicFunctions<C>::apply(Elementary f, Symbolic& out, const Symbolic& x, Assumptions& assumptions) {
  try {
    if (f == Elementary::exp) return exponential(out, x, assumptions);
    const Status known = assay::apply(f, out, x, true, assumptions);
    if (known != Status::open) return known;
    if (f == Elementary::log) return logarithm(out, x, assumptions);
    if (f != Elementary::sqrt) return kernel(f, out, x, assumptions);
    const Rational c = normal_forms::content(x);
    const std::optional<C> root = C::sqrt_of_rational(c);
    if (!root) return kernel(f, out, x, assumptions);
    const Status status = kernel(f, out, Symbolic::from(Rational(1 / c)) * x, assumptions);
    if (status == Status::ok) out = Symbolic::from(*root) * out;
    return status;
  } catch (const NotRepresentable&) {
    return Status::open;
  }
}

template <CoefficientField C>
Status BasicSymbolicFunctions<C>::power(Symbolic& out, const Symbolic& x, const Rational& q, Assumptions& assumptions) {
  const Status known = assay::power(out, x, q, true, assumptions);
  if (known != Status::open || q.get_den() != 2 || !q.get_num().fits_slong_p()) return known;
  Symbolic root;
  const Status status = apply(Elementary::sqrt, root, x, assumptions);
  return status == Status::ok ? assay::power(out, root, q.get_num().get_si(), assumptions) : status;
}

/// log(c·exp(λ)·∏ x^m·r) = log(c) + λ + Σ m·log(x) + log(r) for a real λ and the rational c > 0 and indeterminates x >
/// 0 among the factors; r is what is left.
template <CoefficientField C>
Status BasicSymbolicFunctions<C>::logarithm(Symbolic& out, const Symbolic& x, Assumptions& assumptions) {
  if (x.numerator().is_zero() || !normal_forms::is_in_domain(Elementary::log, x, assumptions)) return Status::open;
  const BasicExponentialPolynomial<C> unit = factor_out_unit(x.numerator()).unit;
  const auto& [product, coefficient] = *unit.terms().begin();
  Symbolic sum;
  PowerProduct taken;
  Symbolic scale = normal_forms::one<C>();
  const auto add_log = [&](const Symbolic& factor, std::int64_t multiplicity) {
    Symbolic term;
    if (kernel(Elementary::log, term, factor, assumptions) != Status::ok) return false;
    sum = sum + Symbolic::from(Rational(static_cast<long>(multiplicity))) * term;
    return true;
  };
  if (product.exponent == conj(product.exponent)) {
    Symbolic lambda;
    if (assay::apply(Elementary::log, lambda,
                     Symbolic(BasicExponentialPolynomial<C>(C(Rational(1)), PowerProduct{product.exponent, {}})), true,
                     assumptions) == Status::ok) {
      sum = sum + lambda;
      taken.exponent = product.exponent;
    }
  }
  for (const auto& [indeterminate, degree] : product.monomial.entries())
    if (indeterminate.kind == Indeterminate::Kind::real &&
        add_log(Symbolic(BasicExponentialPolynomial<C>(indeterminate)), degree.value))
      taken.monomial = taken.monomial + Monomial(indeterminate, degree);
  const std::optional<Rational> c = coefficient.is_rational();
  if (c && *c > 0 && *c != 1 && add_log(Symbolic::from(*c), 1)) scale = Symbolic::from(Rational(1 / *c));
  const Symbolic rest = scale * x * Symbolic(BasicExponentialPolynomial<C>(C(Rational(1)), taken.inverse()));
  if (!(rest == normal_forms::one<C>()) && !add_log(rest, 1)) return Status::open;
  out = sum;
  return Status::ok;
}

/// exp(x) with exp(n·log(u)) = uⁿ for the terms of x that are integer multiples of kernels log(u).
template <CoefficientField C>
Status BasicSymbolicFunctions<C>::exponential(Symbolic& out, const Symbolic& x, Assumptions& assumptions) {
  Symbolic rest = x;
  Symbolic factor = normal_forms::one<C>();
  for (const auto& [product, coefficient] : x.numerator().terms()) {
    if (!x.is_polynomial()) break;
    const auto& entries = product.monomial.entries();
    if (!product.exponent.is_zero() || entries.size() != 1 || entries.front().second.value != 1) continue;
    const Kernel* log = find(entries.front().first);
    const std::optional<Rational> n = coefficient.is_rational();
    if (log == nullptr || log->function != Elementary::log || !n || !is_integer(*n) || !n->get_num().fits_slong_p() ||
        !normal_forms::is_in_domain(Elementary::log, log->argument, assumptions))
      continue;
    Symbolic power;
    if (assay::power(power, log->argument, n->get_num().get_si(), assumptions) != Status::ok) continue;
    factor = factor * power;
    rest = rest - Symbolic(BasicExponentialPolynomial<C>(coefficient, product));
  }
  Symbolic other;
  Status status = assay::apply(Elementary::exp, other, rest, true, assumptions);
  if (status == Status::open) status = kernel(Elementary::exp, other, rest, assumptions);
  if (status == Status::ok) out = factor * other;
  return status;
}

template <CoefficientField C>
Status BasicSymbolicFunctions<C>::kernel(Elementary f, Symbolic& out, const Symbolic& x, Assumptions& assumptions) {
  if (!(x == conj(x)) || !normal_forms::is_in_domain(f, x, assumptions)) return Status::open;
  const auto known = std::find_if(kernels_.begin(), kernels_.end(),
                                  [&](const Kernel& each) { return each.function == f && each.argument == x; });
  const auto index = static_cast<std::size_t>(known - kernels_.begin());
  if (known == kernels_.end()) {
    if (index == most_kernels) return Status::open;
    kernels_.push_back({f, x});
  }
  out = Symbolic::variable(first_index + index);
  if (const Relations sign = normal_forms::sign_of_value(f, x, assumptions); sign != relation::any)
    assume(assumptions, out, sign);
  return Status::ok;
}

template <CoefficientField C>
auto BasicSymbolicFunctions<C>::find(const Indeterminate& x) const -> const Kernel* {
  const bool is_kernel =
      x.kind == Indeterminate::Kind::real && x.index >= first_index && x.index - first_index < kernels_.size();
  return is_kernel ? &kernels_[x.index - first_index] : nullptr;
}

/// p with s^(2n + r) = uⁿ·s^r, r in {0, 1}, for the kernel s = sqrt(u) of that number.
template <CoefficientField C>
auto BasicSymbolicFunctions<C>::without_squares(const BasicExponentialPolynomial<C>& p, std::size_t index) const
    -> Symbolic {
  const Indeterminate s{Indeterminate::Kind::real, first_index + index};
  const Symbolic& u = kernels_[index].argument;
  Symbolic out;
  for (const auto& [product, coefficient] : p.terms()) {
    const std::int64_t degree = product.monomial.coefficient(s).value;
    const std::int64_t n = (degree - (degree % 2 != 0 ? 1 : 0)) / 2;  // rounded down
    PowerProduct rest = product;
    rest.monomial = rest.monomial - Monomial(s, Degree{2 * n});
    // A negative degree says that s is not zero where p is defined, and so is u.
    const Symbolic& base = n < 0 ? Symbolic::fraction(u.denominator(), u.numerator()) : u;
    Symbolic power;
    if (assay::power(power, base, std::abs(n), Assumptions()) != Status::ok)
      throw NotRepresentable("a power of a square root is too large");
    out = out + Symbolic(BasicExponentialPolynomial<C>(coefficient, std::move(rest))) * power;
  }
  return out;
}

template <CoefficientField C>
auto BasicSymbolicFunctions<C>::reduced(const Symbolic& x) const -> Symbolic {
  Symbolic out = x;
  // The argument of a kernel holds only earlier ones.
  for (std::size_t index = kernels_.size(); index-- > 0;)
    if (kernels_[index].function == Elementary::sqrt)
      out = without_squares(out.numerator(), index) *
            Symbolic::fraction(normal_forms::one<C>().numerator(), out.denominator());
  return out;
}

template <CoefficientField C>
std::string BasicSymbolicFunctions<C>::name(const Indeterminate& x) const {
  const Kernel* kernel = find(x);
  if (kernel == nullptr) return default_name(x);
  const auto names = [this](const Indeterminate& each) { return name(each); };
  return std::string(normal_forms::name_of(kernel->function)) + "(" + to_string(kernel->argument, names) + ")";
}

}  // namespace assay
