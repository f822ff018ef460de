#include "number/rational.hpp"
#include "verify/exact_number_internal.hpp"
#include "verify/formal_fraction.hpp"

namespace assay::verify {

using detail::guarded;

namespace {

constexpr long first_precision = 64;
/// Up to this precision a fraction that is not formally zero is looked at for being different from 0.
constexpr long zero_precision = 4096;

/// Enclosures that separate: less or greater.
std::optional<Relations> separated(const ExactNumber& x, const ExactNumber& y, long most) {
  for (long precision = first_precision; precision <= most; precision *= 2) {
    const Relations possible = compare(enclosure(x, precision).re, enclosure(y, precision).re);
    if (possible == relation::less || possible == relation::greater) return possible;
  }
  return std::nullopt;
}

std::optional<ComplexInterval> enclosed(const ExactNumber& x, long precision) {
  if (const auto* rational = std::get_if<Rational>(&x.value()))
    return complex_from(interval_from(*rational, precision));
  if (const auto* algebraic = std::get_if<AlgebraicNumber>(&x.value())) return algebraic->enclosure(precision);
  return std::get<ExactNumber::Fraction>(x.value())->enclosure(precision);
}

/// The test subtracts, which may lead to an expression that is too large.
bool is_known_to_be_real(const AlgebraicNumber& x) {
  try {
    return x.is_real() == Truth::true_;
  } catch (const NotRepresentable&) {
    return false;
  }
}

Truth is_zero_fraction(const FormalFraction& x) {
  if (x.numerator().empty()) return Truth::true_;
  for (long precision = first_precision; precision <= zero_precision; precision *= 4) {
    const std::optional<ComplexInterval> value = x.enclosure(precision);
    if (value && !(contains_zero(value->re) && contains_zero(value->im))) return Truth::false_;
  }
  return x.is_nonzero_by_theorem() ? Truth::false_ : Truth::unknown;
}

Truth equal(const ExactNumber& x, const ExactNumber& y) {
  try {
    return is_zero(x - y);
  } catch (const NotRepresentable&) {
    // Formally too large, but enclosures may still separate them.
    for (long precision = first_precision; precision <= zero_precision; precision *= 4)
      if (compare(enclosure(x, precision), enclosure(y, precision)) == relation::unequal) return Truth::false_;
    return Truth::unknown;
  }
}

}  // namespace

Truth is_zero(const ExactNumber& x) {
  if (const auto* rational = std::get_if<Rational>(&x.value())) return truth_of(*rational == 0);
  if (const auto* algebraic = std::get_if<AlgebraicNumber>(&x.value())) return algebraic->is_zero();
  return is_zero_fraction(*std::get<ExactNumber::Fraction>(x.value()));
}

Truth is_real(const ExactNumber& x) {
  if (std::holds_alternative<Rational>(x.value())) return Truth::true_;
  try {
    if (const auto* algebraic = std::get_if<AlgebraicNumber>(&x.value())) return algebraic->is_real();
    if (std::get<ExactNumber::Fraction>(x.value())->is_real()) return Truth::true_;
    return is_zero(x - conj(x));
  } catch (const NotRepresentable&) {
    const Interval imaginary = enclosure(x, first_precision).im;
    return contains_zero(imaginary) ? Truth::unknown : Truth::false_;
  }
}

Relations compare(const ExactNumber& x, const ExactNumber& y) {
  const auto* p = std::get_if<Rational>(&x.value());
  const auto* q = std::get_if<Rational>(&y.value());
  if (p != nullptr && q != nullptr) return assay::compare(*p, *q);
  const Truth same = equal(x, y);
  if (same == Truth::true_) return relation::equal;
  if (same == Truth::unknown) return relation::any;
  if (is_real(x) != Truth::true_ || is_real(y) != Truth::true_) return relation::unequal;
  // Two different reals: growing precision ends, unless they are closer than the limit can see.
  return separated(x, y, limit::compare_precision).value_or(relation::unequal);
}

std::optional<int> detail::sign_of(const ExactNumber& x) {
  const Relations order = compare(x, ExactNumber());
  if (order == relation::equal) return 0;
  if (order == relation::less) return -1;
  return order == relation::greater ? std::optional<int>(1) : std::nullopt;
}

Status abs(ExactNumber& out, const ExactNumber& x) {
  return guarded([&]() -> Status {
    const Truth real = is_real(x);
    if (real == Truth::unknown) return Status::open;
    if (real == Truth::false_) return apply(Elementary::sqrt, out, mul(x, conj(x)), true);
    const std::optional<int> sign = detail::sign_of(x);
    if (!sign) return Status::open;
    out = *sign < 0 ? neg(x) : x;
    return Status::ok;
  });
}

Status relu(ExactNumber& out, const ExactNumber& x) {
  return guarded([&]() -> Status {
    if (is_real(x) != Truth::true_) return Status::open;
    const std::optional<int> sign = detail::sign_of(x);
    if (!sign) return Status::open;
    out = *sign > 0 ? x : ExactNumber();
    return Status::ok;
  });
}

std::optional<Integer> floor(const ExactNumber& x) {
  if (const std::optional<Rational> rational = rational_value(x)) return assay::floor(*rational);
  if (is_real(x) != Truth::true_) return std::nullopt;
  bool tried_integer = false;
  for (long precision = first_precision; precision <= limit::compare_precision; precision *= 2) {
    const Interval value = enclosure(x, precision).re;
    if (std::optional<Integer> found = unique_floor(value)) return found;
    const std::optional<Integer> candidate =
        unique_floor(add(value, interval_from(Rational(1, 2), precision), precision + 64));
    if (tried_integer || !candidate) continue;
    // The enclosure straddles this integer: x may be equal to it, and then no precision would help.
    const Relations order = compare(x, ExactNumber::from(*candidate));
    if (order == relation::equal || order == relation::greater) return candidate;
    if (order == relation::less) return Integer(*candidate - 1);
    if (order == relation::any) return std::nullopt;
    tried_integer = true;
  }
  return std::nullopt;
}

ComplexInterval enclosure(const ExactNumber& x, long precision) {
  if (const auto* rational = std::get_if<Rational>(&x.value()))
    return complex_from(interval_from(*rational, precision));
  std::optional<ComplexInterval> value = enclosed(x, precision + 16);
  for (long working = 2 * precision; working <= 8 * precision + 512; working *= 2) {
    if (value && accuracy_bits(*value) >= precision) break;
    value = enclosed(x, working);
  }
  if (!value) return complex_from(Interval::whole(), Interval::whole());
  if (!is_real(*value) && contains_zero(value->im))
    if (const auto* algebraic = std::get_if<AlgebraicNumber>(&x.value()); algebraic != nullptr)
      if (is_known_to_be_real(*algebraic)) value->im = Interval();
  return *value;
}

}  // namespace assay::verify
