#pragma once
#include <string>

#include "evaluate/margins.hpp"

/// Enclosures of margins as reports and locks show them: decimals of ten significant digits, rounded outward. So little
/// depends on the last bits of an enclosure, which differ between processors, that the texts seldom do.
namespace assay::report {

/// The least enclosure of such decimals that contains `exact`.
[[nodiscard]] evaluate::Enclosure rounded(const evaluate::Enclosure& exact);
/// The text of one end of a rounded enclosure.
[[nodiscard]] std::string decimal(const Rational& end);
/// The number whose `decimal` is that text. @throws std::invalid_argument if there is none.
[[nodiscard]] Rational decimal_value(const std::string& text);

}  // namespace assay::report
