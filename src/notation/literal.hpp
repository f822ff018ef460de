#pragma once
#include <string>
#include <string_view>

#include "number/integer.hpp"

/// What the spelling of a literal denotes.
namespace assay::notation {

/// A number literal may have at most this many decimal digits, written out without exponent: 1e999999999 is a dozen
/// characters, but would take 400 megabytes.
inline constexpr std::size_t most_digits = 100'000;

/// Whether the number literal `spelling` written out without exponent has at most `most_digits` digits.
[[nodiscard]] bool has_acceptable_size(std::string_view spelling) noexcept;

/// The rational that a number literal spells, e.g. 1/10 for "0.1" and 1/1000 for "1e-3".
/// @param spelling  digits [. digits] [(e|E) [+-] digits], of acceptable size.
[[nodiscard]] Rational rational_from(std::string_view spelling);

/// A decimal literal that spells `value` exactly; "" if there is none (negative, or a denominator with other prime
/// factors than 2 and 5).
[[nodiscard]] std::string decimal_spelling(const Rational& value);

/// The text between the quotes of `literal` with its escapes \" \\ \n \t resolved.
/// @param bad_escape  set to the offset of the first other escape in `literal`, or to npos.
[[nodiscard]] std::string text_from(std::string_view literal, std::size_t& bad_escape);

/// `text` as a literal with quotes and escapes.
[[nodiscard]] std::string text_spelling(std::string_view text);

}  // namespace assay::notation
