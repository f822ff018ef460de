#include "report/margin.hpp"

#include <regex>
#include <stdexcept>

#include "notation/literal.hpp"
#include "number/outward_decimal.hpp"
#include "number/rational.hpp"

namespace assay::report {

namespace {
constexpr long digits = 10;
}

evaluate::Enclosure rounded(const evaluate::Enclosure& exact) {
  return {decimal_below(exact.low, digits), decimal_above(exact.high, digits)};
}

std::string decimal(const Rational& end) { return rounded_decimal(end, digits); }

Rational decimal_value(const std::string& text) {
  static const std::regex form("-?[0-9]+(\\.[0-9]+)?(e[+-][0-9]{1,6})?");
  constexpr std::size_t longest = 40;
  const std::string size = text.substr(text.starts_with('-') ? 1 : 0);
  if (text.size() > longest || !std::regex_match(text, form) || !notation::has_acceptable_size(size))
    throw std::invalid_argument("no decimal");
  Rational value = notation::rational_from(size);
  if (size != text) value = -value;
  if (decimal(value) != text) throw std::invalid_argument("a decimal that is written in another way");
  return value;
}

}  // namespace assay::report
