#include "evaluate/published.hpp"

#include "notation/literal.hpp"
#include "number/limits.hpp"
#include "number/rational.hpp"

namespace assay::evaluate {

namespace {

constexpr std::string_view minus_sign = "\xE2\x88\x92";
constexpr std::string_view ellipsis = "\xE2\x80\xA6";
constexpr std::string_view imaginary_unit = "*I";

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
  const bool has_point = text.substr(at).starts_with('.') && !text.substr(at).starts_with("..");
  const bool has_fraction = has_point && at + 1 < text.size() && is_digit(text[at + 1]);
  if (!has_whole && !has_fraction) return 0;
  if (has_point) {
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

constexpr Agreement disagreement{Truth::false_, Truth::false_};

bool is_blank(char c) { return c == ' ' || c == '\t'; }
bool is_of_word(char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Reads a published cell from left to right. Blanks are passed over between its parts, but within no number or word.
class CellReader {
 public:
  explicit CellReader(std::string_view text) : rest_(text) {}

  [[nodiscard]] bool is_at_end() {
    skip_blanks();
    return rest_.empty();
  }
  /// Passes over `text` if it stands here. Where it has a blank there may be none.
  [[nodiscard]] bool skip(std::string_view text) {
    const std::string_view before = rest_;
    char last = ' ';
    for (const char c : text) {
      if (!is_of_word(last) || !is_of_word(c)) skip_blanks();
      last = c;
      if (is_blank(c)) continue;
      if (!rest_.starts_with(c)) {
        rest_ = before;
        return false;
      }
      rest_.remove_prefix(1);
    }
    return true;
  }
  /// The decimal here as it is spelled; "" if there is none.
  [[nodiscard]] std::string_view number() {
    skip_blanks();
    const std::string_view out = rest_.substr(0, decimal_length(rest_));
    rest_.remove_prefix(out.size());
    return out;
  }
  /// The imaginary part: b, with its sign, of "+ b*I" or "- b*I".
  [[nodiscard]] std::optional<std::string> imaginary() {
    CellReader ahead = *this;
    const bool is_added = ahead.skip("+");
    if (!is_added && !ahead.skip("-") && !ahead.skip(minus_sign)) return std::nullopt;
    const std::string_view b = ahead.number();
    const bool has_sign = !b.empty() && !is_digit(b.front()) && b.front() != '.';
    if (b.empty() || (has_sign && !is_added) || !ahead.skip("*I")) return std::nullopt;
    *this = ahead;
    return (is_added ? "" : "-") + std::string(b);
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && is_blank(rest_.front())) rest_.remove_prefix(1);
  }
  std::string_view rest_;
};

/// A decimal that is too long to be looked at agrees for all we know.
Agreement agreement_with(const std::optional<KnownReal>& x, std::string_view decimal) {
  const std::optional<PublishedNumber> number = published_number(decimal);
  return x && number ? agreement(*x, *number) : Agreement{};
}

/// Whether `numbers[i]` is the imaginary part of the number before it.
bool is_imaginary(const ShownValue& value, std::size_t i) {
  return i > 0 && i < value.numbers.size() && value.pieces[i] == " + " &&
         value.pieces[i + 1].starts_with(imaginary_unit);
}
bool has_imaginary_parts(const ShownValue& value) {
  for (std::size_t i = 0; i < value.numbers.size(); ++i)
    if (is_imaginary(value, i)) return true;
  return false;
}
void remove_imaginary_parts(ShownValue& value) {
  ShownValue out{{value.pieces.front()}, {}, value.is_text};
  for (std::size_t i = 0; i < value.numbers.size(); ++i) {
    if (is_imaginary(value, i)) {
      out.pieces.back() = value.pieces[i + 1].substr(imaginary_unit.size());
    } else {
      out.numbers.push_back(value.numbers[i]);
      out.pieces.push_back(value.pieces[i + 1]);
    }
  }
  value = std::move(out);
}

Truth is_zero(const std::optional<KnownReal>& x) {
  if (!x) return Truth::unknown;
  if (x->exact) return truth_of(*x->exact == 0);
  return contains(x->ball, 0) ? Truth::unknown : Truth::false_;
}

}  // namespace

std::optional<PublishedNumber> published_number(std::string_view text) {
  if (text.empty() || decimal_length(text) != text.size()) return std::nullopt;
  PublishedNumber out;
  if (text.ends_with("...")) text.remove_suffix(3);
  if (text.ends_with(ellipsis)) text.remove_suffix(ellipsis.size());
  out.is_negative = text.starts_with("-") || text.starts_with(minus_sign);
  text.remove_prefix(text.starts_with(minus_sign) ? minus_sign.size() : out.is_negative || text.front() == '+' ? 1 : 0);
  std::string spelling = (text.front() == '.' ? "0" : "") + std::string(text);
  if (const std::size_t dot = spelling.find('.'); dot != std::string::npos && !is_digit((spelling + ' ')[dot + 1]))
    spelling.erase(dot, 1);
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
  CellReader reader(published);
  Agreement out{Truth::true_, Truth::true_};
  for (std::size_t i = 0;; ++i) {
    std::string_view piece = value.pieces[i];
    if (i > 0 && is_imaginary(value, i - 1)) piece.remove_prefix(imaginary_unit.size());  // was read with its number
    if (!reader.skip(piece)) return disagreement;
    if (i == value.numbers.size()) break;
    const std::string_view real = reader.number();
    if (real.empty()) return disagreement;
    out = combine(out, agreement_with(value.numbers[i], real));
    const bool is_complex = is_imaginary(value, i + 1);
    const std::optional<KnownReal> part = is_complex ? value.numbers[i + 1] : KnownReal{Rational(0), {}};
    if (const std::optional<std::string> imaginary = reader.imaginary()) {
      out = combine(out, agreement_with(part, *imaginary));
    } else {  // it is printed as a real number, and may be one
      const Truth is_real = is_zero(part);
      out = combine(out, {is_real, is_real});
    }
    if (is_complex) ++i;
  }
  return reader.is_at_end() ? out : disagreement;
}

bool is_settled(const Agreement& agreement) {
  return agreement.rounded == Truth::true_ ||
         (agreement.rounded == Truth::false_ && agreement.truncated != Truth::unknown);
}

CellGoal::Answer AgreementGoal::look(const CellFinding& finding) {
  // Enclosures never find out by themselves that a number is real, but may be the ones that have enough digits.
  ShownValue value = finding.value;
  if (is_real_[finding.cell])
    remove_imaginary_parts(value);
  else
    is_real_[finding.cell] = !has_imaginary_parts(value);
  Agreement& known = agreements_[finding.cell];
  const Agreement now = agreement(value, published_[finding.cell]);
  if (now.rounded != Truth::unknown) known.rounded = now.rounded;
  if (now.truncated != Truth::unknown) known.truncated = now.truncated;
  return is_settled(known) ? Answer::reached : Answer::open;
}

}  // namespace assay::evaluate
