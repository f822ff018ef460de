#pragma once
#include <cstdint>

namespace assay {

/// Truth value of a formula as far as it is known.
///
/// `unknown` means "not decided by this arithmetic": the formula is true, false or undefined and we cannot tell which.
/// `undefined` means that the formula certainly meets a partial operation outside its domain (language.md, section 4).
/// There is deliberately no conversion to bool.
enum class Truth : std::uint8_t { false_, true_, unknown, undefined };

[[nodiscard]] constexpr Truth truth_of(bool value) noexcept { return value ? Truth::true_ : Truth::false_; }

[[nodiscard]] constexpr Truth operator!(Truth value) noexcept {
  if (value == Truth::true_) return Truth::false_;
  if (value == Truth::false_) return Truth::true_;
  return value;
}

/// Sequential conjunction: `right` is looked at only where `left` does not decide, so a false left side protects.
/// If `left` is unknown it may be undefined, hence only `false_`-or-undefined could follow: the result is unknown.
[[nodiscard]] constexpr Truth sequential_and(Truth left, Truth right) noexcept {
  return left == Truth::true_ ? right : left;
}

/// Sequential disjunction, dual to `sequential_and`.
[[nodiscard]] constexpr Truth sequential_or(Truth left, Truth right) noexcept {
  return left == Truth::false_ ? right : left;
}

/// Sequential implication: `not left or right`.
///
/// An unknown left side with a *true* right side gives true only if the left side is known to be defined; the caller
/// knows that, this table does not, so the result stays unknown.
[[nodiscard]] constexpr Truth sequential_implies(Truth left, Truth right) noexcept {
  return sequential_or(!left, right);
}

[[nodiscard]] constexpr const char* name_of(Truth value) noexcept {
  switch (value) {
    case Truth::false_: return "false";
    case Truth::true_: return "true";
    case Truth::unknown: return "unknown";
    case Truth::undefined: return "undefined";
  }
  return "?";
}

}  // namespace assay
