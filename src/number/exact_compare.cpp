#include <algorithm>

#include "base/contract.hpp"
#include "number/exact.hpp"
#include "number/exact_internal.hpp"
#include "number/rational.hpp"

namespace assay {

using exact_detail::as_cyclotomic;
using exact_detail::guarded;
using exact_detail::sign_of;
using exact_detail::to_calcium;

namespace {

constexpr long first_precision = 64;

Truth equal(const Exact& x, const Exact& y) {
  const auto* c = std::get_if<PiMultiple>(&x.value());
  const auto* d = std::get_if<PiMultiple>(&y.value());
  const auto a = as_cyclotomic(x);
  const auto b = as_cyclotomic(y);
  if (a && b) {
    try {
      return truth_of(*a == *b);
    } catch (const NotRepresentable&) {
      // The common field is too large; Calcium may still know.
    }
  }
  if (c != nullptr && d != nullptr) return truth_of(c->coefficient == d->coefficient);
  if ((a && d != nullptr) || (b && c != nullptr)) return Truth::false_;  // π is transcendental, and c ≠ 0
  try {
    return equal(to_calcium(x), to_calcium(y));
  } catch (const NotRepresentable&) {
    return Truth::unknown;
  }
}

/// Enclosures that separate: less or greater.
std::optional<Relations> separated(const Exact& x, const Exact& y, long most) {
  for (long precision = first_precision; precision <= most; precision *= 2) {
    const Relations possible = compare(re(enclosure(x, precision)), re(enclosure(y, precision)));
    if (possible == relation::less || possible == relation::greater) return possible;
  }
  return std::nullopt;
}

/// An enclosure of a nonzero or unknown number with about `precision` accurate bits, from one whose absolute accuracy
/// grows.
ComplexBall sharpened(const Cyclotomic& x, long precision) {
  ComplexBall value = x.enclosure(precision);
  for (long working = 2 * precision; accuracy_bits(value) < precision && working <= 8 * precision + 512; working *= 2)
    value = x.enclosure(working);
  return x.is_real() ? complex_from(re(value)) : value;
}

}  // namespace

Truth is_zero(const Exact& x) {
  if (const auto* rational = std::get_if<Rational>(&x.value())) return truth_of(*rational == 0);
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return truth_of(cyclotomic->is_zero());
  if (std::holds_alternative<PiMultiple>(x.value())) return Truth::false_;
  return std::get<CalciumNumber>(x.value()).is_zero();
}

Truth is_real(const Exact& x) {
  if (std::holds_alternative<Rational>(x.value())) return Truth::true_;
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return truth_of(cyclotomic->is_real());
  if (const auto* multiple = std::get_if<PiMultiple>(&x.value())) return truth_of(multiple->coefficient.is_real());
  return std::get<CalciumNumber>(x.value()).is_real();
}

Relations compare(const Exact& x, const Exact& y) {
  const auto* p = std::get_if<Rational>(&x.value());
  const auto* q = std::get_if<Rational>(&y.value());
  if (p != nullptr && q != nullptr) return compare(*p, *q);
  const Truth same = equal(x, y);
  if (same == Truth::true_) return relation::equal;
  if (same == Truth::unknown) return relation::any;
  if (is_real(x) != Truth::true_ || is_real(y) != Truth::true_) return relation::unequal;
  // Two different reals: growing precision ends, unless they are closer than the limit can see.
  return separated(x, y, limit::compare_precision).value_or(relation::unequal);
}

std::optional<int> exact_detail::sign_of(const Exact& x) {
  const Relations order = compare(x, Exact());
  if (order == relation::equal) return 0;
  if (order == relation::less) return -1;
  return order == relation::greater ? std::optional<int>(1) : std::nullopt;
}

Status abs(Exact& out, const Exact& x) {
  return guarded([&]() -> Status {
    const Truth real = is_real(x);
    if (real == Truth::true_) {
      const std::optional<int> sign = sign_of(x);
      if (!sign) return Status::open;
      out = *sign < 0 ? neg(x) : x;
      return Status::ok;
    }
    if (real == Truth::unknown) return Status::open;
    return apply(Elementary::sqrt, out, mul(x, conj(x)), true);
  });
}

Status relu(Exact& out, const Exact& x) {
  return guarded([&]() -> Status {
    if (is_real(x) != Truth::true_) return Status::open;
    const std::optional<int> sign = sign_of(x);
    if (!sign) return Status::open;
    out = *sign > 0 ? x : Exact();
    return Status::ok;
  });
}

std::optional<Integer> floor(const Exact& x) {
  if (const std::optional<Rational> rational = rational_value(x)) return floor(*rational);
  if (is_real(x) != Truth::true_) return std::nullopt;
  bool tried_integer = false;
  for (long precision = first_precision; precision <= limit::compare_precision; precision *= 2) {
    const Ball value = re(enclosure(x, precision));
    if (std::optional<Integer> found = unique_floor(value)) return found;
    Ball half_up = add(value, ball_from(0.5), precision + 64);
    std::optional<Integer> candidate = unique_floor(half_up);
    if (tried_integer || !candidate) continue;
    // The enclosure straddles this integer: x may be equal to it, and then no precision would help.
    const Relations order = compare(x, Exact::from(*candidate));
    if (order == relation::equal || order == relation::greater) return candidate;
    if (order == relation::less) return Integer(*candidate - 1);
    if (order == relation::any) return std::nullopt;
    tried_integer = true;
  }
  return std::nullopt;
}

ComplexBall enclosure(const Exact& x, long precision) {
  if (const auto* rational = std::get_if<Rational>(&x.value())) return complex_from(ball_from(*rational, precision));
  if (const auto* cyclotomic = std::get_if<Cyclotomic>(&x.value())) return sharpened(*cyclotomic, precision);
  if (const auto* multiple = std::get_if<PiMultiple>(&x.value()))
    return mul(sharpened(multiple->coefficient, precision), complex_from(pi(precision + 10)), precision + 10);
  const auto& number = std::get<CalciumNumber>(x.value());
  const ComplexBall value = number.enclosure(precision);
  const Ball imaginary = im(value);
  const bool perhaps_real = !is_real(value) && arb_contains_zero(imaginary.get()) != 0;
  return perhaps_real && number.is_real() == Truth::true_ ? complex_from(re(value)) : value;
}

RationalInterval rational_bounds(const Exact& x) {
  constexpr long precision = 192;
  const Ball ball = re(enclosure(x, precision));
  return {lower(ball), upper(ball)};
}

}  // namespace assay
