#include "report/margin.hpp"

#include <algorithm>
#include <stdexcept>
#include <string_view>

#include "notation/literal.hpp"
#include "number/outward_decimal.hpp"
#include "number/rational.hpp"

namespace assay::report {

namespace {

constexpr long digits = 10;

/// Takes the digits away that the text begins with. @return how many
std::size_t take_digits(std::string_view& text) {
  const std::size_t count = std::min(text.find_first_not_of("0123456789"), text.size());
  text.remove_prefix(count);
  return count;
}

/// Digits [. digits] [e (+|-) digits].
bool is_decimal(std::string_view text) {
  if (take_digits(text) == 0) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (take_digits(text) == 0) return false;
  }
  if (text.starts_with("e+") || text.starts_with("e-")) {
    text.remove_prefix(2);
    if (take_digits(text) == 0) return false;
  }
  return text.empty();
}

}  // namespace

evaluate::Enclosure rounded(const evaluate::Enclosure& exact) {
  return {decimal_below(exact.low, digits), decimal_above(exact.high, digits)};
}

std::string decimal(const Rational& end) { return rounded_decimal(end, digits); }

Rational decimal_value(const std::string& text) {
  constexpr std::size_t longest = 40;
  const std::string magnitude = text.substr(text.starts_with('-') ? 1 : 0);
  if (text.size() > longest || !is_decimal(magnitude) || !notation::has_acceptable_size(magnitude))
    throw std::invalid_argument("no decimal");
  Rational value = notation::rational_from(magnitude);
  if (magnitude != text) value = -value;
  if (decimal(value) != text) throw std::invalid_argument("a decimal that is written in another way");
  return value;
}

}  // namespace assay::report
