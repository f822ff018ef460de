#include "evaluate/published.hpp"

#include "notation/literal.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

namespace {

constexpr std::string_view minus_sign = "\xE2\x88\x92";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// How many characters of `text` a decimal takes, with its sign and an ellipsis; 0 if there is none.
std::size_t decimal_length(std::string_view text) {
  std::size_t at = text.starts_with(minus_sign)                     ? minus_sign.size()
                   : text.starts_with("-") || text.starts_with("+") ? 1
                                                                    : 0;
  const auto digits = [&] {
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    return at - begin;
  };
  const bool has_whole = digits() > 0;
  const bool has_fraction = at + 1 < text.size() && text[at] == '.' && is_digit(text[at + 1]);
  if (!has_whole && !has_fraction) return 0;
  if (has_fraction) {
    ++at;
    (void)digits();
  }
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const std::size_t before = at++;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (digits() == 0) at = before;
  }
  if (text.substr(at).starts_with("...")) return at + 3;
  return text.substr(at).starts_with(ellipsis) ? at + ellipsis.size() : at;
}

Rational power_of_ten(long n) { return power(Rational(10), n); }

/// x is between `low` and `high`; the ends count where the flags say so.
struct Range {
  Rational low;
  Rational high;
  bool with_low;
  bool with_high;
};

Truth lies_in(const KnownReal& x, const Range& range) {
  std::pair<Rational, Rational> ends;
  try {
    ends = x.exact ? std::pair(*x.exact, *x.exact) : std::pair(lower(x.ball), upper(x.ball));
  } catch (const NotRepresentable&) {
    return Truth::unknown;
  }
  const auto& [low, high] = ends;
  const bool above = low > range.low || (range.with_low && low == range.low);
  const bool below = high < range.high || (range.with_high && high == range.high);
  if (above && below) return Truth::true_;
  const bool all_below = high < range.low || (!range.with_low && high == range.low);
  const bool all_above = low > range.high || (!range.with_high && low == range.high);
  return all_below || all_above ? Truth::false_ : Truth::unknown;
}

Truth both(Truth a, Truth b) {
  if (a == Truth::false_ || b == Truth::false_) return Truth::false_;
  return a == Truth::true_ && b == Truth::true_ ? Truth::true_ : Truth::unknown;
}

std::string without_spaces(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != ' ' && c != '\t') out += c;
  return out;
}

constexpr Agreement disagreement{Truth::false_, Truth::false_};

}  // namespace

std::optional<PublishedNumber> published_number(std::string_view text) {
  if (text.empty() || decimal_length(text) != text.size()) return std::nullopt;
  PublishedNumber out;
  if (text.ends_with("...")) text.remove_suffix(3);
  if (text.ends_with(ellipsis)) text.remove_suffix(ellipsis.size());
  out.is_negative = text.starts_with("-") || text.starts_with(minus_sign);
  text.remove_prefix(text.starts_with(minus_sign) ? minus_sign.size() : out.is_negative || text.front() == '+' ? 1 : 0);
  const std::string spelling = (text.front() == '.' ? "0" : "") + std::string(text);
  text = spelling;
  if (!notation::has_acceptable_size(text)) return std::nullopt;
  const std::size_t e = std::min(text.find_first_of("eE"), text.size());
  const std::size_t point = std::min(text.find('.'), e);
  const long decimals = point == e ? 0 : static_cast<long>(e - point - 1);
  const bool signed_exponent = e + 1 < text.size() && text[e + 1] == '+';
  const long exponent = e == text.size() ? 0 : std::stol(std::string(text.substr(e + (signed_exponent ? 2 : 1))));
  out.value = notation::rational_from(text);
  if (out.is_negative) out.value = -out.value;
  out.unit = power_of_ten(exponent - decimals);
  return out;
}

Agreement agreement(const KnownReal& x, const PublishedNumber& published) {
  const auto& [value, unit, is_negative] = published;
  const Rational half = unit / 2;
  Range cut{value, value + unit, true, false};
  if (value < 0 || (value == 0 && is_negative)) cut = {value - unit, value, false, true};
  if (value == 0 && !is_negative) cut = {-unit, unit, false, false};
  return {lies_in(x, {value - half, value + half, true, true}), lies_in(x, cut)};
}

Agreement combine(const Agreement& a, const Agreement& b) {
  return {both(a.rounded, b.rounded), both(a.truncated, b.truncated)};
}

Agreement agreement(const ShownValue& value, std::string_view published) {
  const std::string text = without_spaces(published);
  std::string_view rest = text;
  Agreement out{Truth::true_, Truth::true_};
  for (std::size_t i = 0; i < value.pieces.size(); ++i) {
    std::string piece = without_spaces(value.pieces[i]);
    // "a + b*I" may be printed as "a - b*I": then the sign belongs to b.
    const bool before_imaginary = i + 1 < value.pieces.size() && value.pieces[i + 1].starts_with("*I") &&
                                  piece.ends_with("+") && !rest.starts_with(piece);
    if (before_imaginary) piece.pop_back();
    if (!rest.starts_with(piece)) return disagreement;
    rest.remove_prefix(piece.size());
    if (i == value.numbers.size()) break;
    const std::size_t length = decimal_length(rest);
    const std::optional<PublishedNumber> number = published_number(rest.substr(0, length));
    if (!number) return disagreement;
    rest.remove_prefix(length);
    out = combine(out, value.numbers[i] ? agreement(*value.numbers[i], *number) : Agreement{});
  }
  return rest.empty() ? out : disagreement;
}

bool is_settled(const Agreement& agreement) {
  return agreement.rounded == Truth::true_ ||
         (agreement.rounded == Truth::false_ && agreement.truncated != Truth::unknown);
}

CellGoal::Answer AgreementGoal::look(const CellFinding& finding) {
  Agreement& known = agreements_[finding.cell];
  const Agreement now = agreement(finding.value, published_[finding.cell]);
  if (now.rounded != Truth::unknown) known.rounded = now.rounded;
  if (now.truncated != Truth::unknown) known.truncated = now.truncated;
  return is_settled(known) ? Answer::reached : Answer::open;
}

}  // namespace assay::evaluate
