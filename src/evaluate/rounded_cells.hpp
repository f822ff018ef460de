#pragma once
#include "evaluate/ziv.hpp"

/// Cells whose numbers are rounded correctly.
namespace assay::evaluate {

/// A number of a cell, and how it is known.
struct CellNumber {
  std::optional<ShownNumber> shown;  ///< nothing: its digits are not determined
  std::optional<KnownReal> known;    ///< what decided the digits, or the last that was found out
  const char* arithmetic = "";
  long precision = 0;  ///< in bits; 0 for exact algebra
};

struct Cell {
  enum class Kind : std::uint8_t {
    value,         ///< all its digits are guaranteed
    undefined,     ///< certainly meets a partial operation outside its domain
    undetermined,  ///< the budget ended before all digits were determined
  };
  Kind kind = Kind::undetermined;
  bool is_text = false;             ///< a text of the notation
  std::vector<std::string> pieces;  ///< what stands between the numbers (ShownValue); none if nothing is known
  std::vector<CellNumber> numbers;
  std::string reason;      ///< why it is undefined or not determined
  std::string arithmetic;  ///< undefined: which one found it

  /// The value with the digits that are determined, the others as enclosures to `digits` digits; "undefined"; "not
  /// determined" if nothing is known.
  [[nodiscard]] std::string text(long digits) const;
};

/// The cells of a column in `digits` significant digits (`rounding_of`); rows as for `settle_cells`.
[[nodiscard]] std::vector<Cell> rounded_cells(const Workplace& workplace, const CellSource& source,
                                              const OpenPoints& rows, long digits);

}  // namespace assay::evaluate
