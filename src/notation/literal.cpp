#include "notation/literal.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "notation/lexer.hpp"

namespace assay::notation {

namespace {

struct Decimal {
  std::string digits;    ///< of the mantissa, without its point
  std::size_t decimals;  ///< how many of them follow the point
  bool exponent_negative;
  std::string_view exponent;  ///< digits only, without leading zeros
};

Decimal split(std::string_view spelling) {
  const std::size_t e = std::min(spelling.find_first_of("eE"), spelling.size());
  const std::string_view mantissa = spelling.substr(0, e);
  std::string_view exponent = spelling.substr(std::min(e + 1, spelling.size()));
  const bool negative = !exponent.empty() && exponent[0] == '-';
  if (!exponent.empty() && !is_digit(exponent[0])) exponent.remove_prefix(1);
  exponent.remove_prefix(std::min(exponent.find_first_not_of('0'), exponent.size()));
  const std::size_t point = mantissa.find('.');
  if (point == std::string_view::npos) return {std::string(mantissa), 0, negative, exponent};
  const std::string_view decimals = mantissa.substr(point + 1);
  return {std::string(mantissa.substr(0, point)) + std::string(decimals), decimals.size(), negative, exponent};
}

Integer power_of_ten(std::size_t exponent) {
  Integer power;
  mpz_ui_pow_ui(power.get_mpz_t(), 10, exponent);
  return power;
}

std::size_t exponent_of(const Decimal& decimal) {
  return decimal.exponent.empty() ? 0 : std::stoul(std::string(decimal.exponent));
}

}  // namespace

bool has_acceptable_size(std::string_view spelling) noexcept {
  if (spelling.size() > most_digits) return false;
  const std::size_t e = std::min(spelling.find_first_of("eE"), spelling.size());
  std::string_view exponent = spelling.substr(std::min(e + 1, spelling.size()));
  exponent.remove_prefix(std::min(exponent.find_first_of("123456789"), exponent.size()));
  if (exponent.size() > 6) return false;
  std::size_t magnitude = 0;
  for (const char c : exponent) magnitude = 10 * magnitude + static_cast<std::size_t>(c - '0');
  return e + magnitude <= most_digits;
}

Rational rational_from(std::string_view spelling) {
  ASSAY_ENSURE(has_acceptable_size(spelling), "a number literal of acceptable size");
  const Decimal decimal = split(spelling);
  const std::size_t exponent = exponent_of(decimal);
  Integer numerator(decimal.digits, 10);
  Integer denominator = power_of_ten(decimal.decimals);
  (decimal.exponent_negative ? denominator : numerator) *= power_of_ten(exponent);
  Rational value(numerator, denominator);
  value.canonicalize();
  return value;
}

std::string decimal_spelling(const Rational& value) {
  if (value < 0) return "";
  const Integer& denominator = value.get_den();
  Integer odd;
  const std::size_t twos = mpz_remove(odd.get_mpz_t(), denominator.get_mpz_t(), Integer(2).get_mpz_t());
  const std::size_t fives = mpz_remove(odd.get_mpz_t(), odd.get_mpz_t(), Integer(5).get_mpz_t());
  if (odd != 1) return "";
  const std::size_t decimals = std::max(twos, fives);
  std::string digits = Integer(value.get_num() * power_of_ten(decimals) / denominator).get_str();
  if (decimals == 0) return digits;
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  return digits.insert(digits.size() - decimals, ".");
}

std::string text_from(std::string_view literal, std::size_t& bad_escape) {
  bad_escape = std::string_view::npos;
  std::string text;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    if (literal[i] != '\\') {
      text += literal[i];
      continue;
    }
    const char escaped = literal[++i];
    if (escaped == 'n')
      text += '\n';
    else if (escaped == 't')
      text += '\t';
    else if (escaped == '"' || escaped == '\\')
      text += escaped;
    else if (bad_escape == std::string_view::npos)
      bad_escape = i - 1;
  }
  return text;
}

std::string text_spelling(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '\n')
      literal += "\\n";
    else if (c == '\t')
      literal += "\\t";
    else if (c == '"' || c == '\\')
      literal += std::string("\\") + c;
    else
      literal += c;
  }
  return literal + "\"";
}

}  // namespace assay::notation
