#include "evaluate/shown_value.hpp"

#include "base/contract.hpp"
#include "notation/literal.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

namespace {

/// Whether x·10^k is an integer for some k: the denominator has no other prime factors than 2 and 5.
bool has_finite_expansion(const Rational& x) {
  Integer rest;
  (void)mpz_remove(rest.get_mpz_t(), x.get_den_mpz_t(), Integer(2).get_mpz_t());
  (void)mpz_remove(rest.get_mpz_t(), rest.get_mpz_t(), Integer(5).get_mpz_t());
  return rest == 1;
}

/// The number that a decimal of `rounded_decimal` spells, unless it is too long to be looked at.
std::optional<Rational> value_of(std::string_view decimal) {
  const bool negative = decimal.front() == '-';
  if (negative) decimal.remove_prefix(1);
  if (!notation::has_acceptable_size(decimal)) return std::nullopt;
  const Rational magnitude = notation::rational_from(decimal);
  return negative ? Rational(-magnitude) : magnitude;
}

/// The decimal without the zeros at the end of its fraction.
std::string without_zeros(const std::string& decimal) {
  const std::size_t exponent = std::min(decimal.find('e'), decimal.size());
  std::string mantissa = decimal.substr(0, exponent);
  if (mantissa.find('.') != std::string::npos) {
    mantissa.erase(mantissa.find_last_not_of('0') + 1);
    if (mantissa.back() == '.') mantissa.pop_back();
  }
  return mantissa + decimal.substr(exponent);
}

/// Only below the bound of `may_be_whole`: balls of the usual precision then leave no integers but the true ones.
bool may_be_integer(const Ball& x) {
  constexpr double bound = 1e30;
  return upper_double(abs(x)) < bound && arb_contains_int(x.get()) != 0;
}

Rounding rounding_of_exact(const Rational& x, long digits) {
  if (x.get_den() == 1) return {ShownNumber{x.get_num().get_str(), true}, false};
  const std::string rounded = *guaranteed_decimal(x, digits);
  if (has_finite_expansion(x))
    if (const std::optional<Rational> value = value_of(rounded); value && *value == x)
      return {ShownNumber{without_zeros(rounded), true}, false};
  return {ShownNumber{rounded, false}, false};
}

}  // namespace

Rounding rounding_of(const KnownReal& x, long digits) {
  if (x.exact) return rounding_of_exact(*x.exact, digits);
  const std::optional<std::string> rounded = guaranteed_decimal(x.ball, digits);
  if (!rounded) return {};
  const std::optional<Rational> value = value_of(*rounded);
  return {ShownNumber{*rounded, false}, !value || contains(x.ball, *value) || may_be_integer(x.ball)};
}

std::string put_together(const std::vector<std::string>& pieces, const std::vector<std::string>& numbers) {
  ASSAY_ENSURE(pieces.size() == numbers.size() + 1, "there is a number between two pieces");
  std::string out = pieces.front();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const bool is_imaginary = pieces[i + 1].starts_with("*I") && out.ends_with(" + ");
    if (is_imaginary && numbers[i].starts_with("-"))
      out.replace(out.size() - 2, 2, "- ").append(numbers[i], 1);
    else
      out += numbers[i];
    out += pieces[i + 1];
  }
  return out;
}

}  // namespace assay::evaluate
