#pragma once
#include "number/integer.hpp"

/// Short decimals that bound a number.
namespace assay {

/// The largest number with at most `digits` significant decimal digits that is at most x; `rounded_decimal` writes it
/// exactly. digits ≥ 1.
[[nodiscard]] Rational decimal_below(const Rational& x, long digits);
/// The smallest one that is at least x.
[[nodiscard]] Rational decimal_above(const Rational& x, long digits);

}  // namespace assay
