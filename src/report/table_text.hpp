#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "report/table.hpp"

/// What the renderings of tables share.
namespace assay::report {

/// `text` on one line, without control characters.
[[nodiscard]] std::string on_one_line(const std::string& text);
/// Number of code points.
[[nodiscard]] std::size_t width_of(std::string_view text);
/// `text` with a backslash, or whatever `escape` gives, in the place of each character.
template <class Escape>
[[nodiscard]] std::string escaped(const std::string& text, Escape escape) {
  std::string out;
  for (const char c : text) out += escape(c);
  return out;
}

/// A decimal in its parts: "-12.50e+31" is "-12", "50", "e+31".
struct DecimalParts {
  std::string_view whole;
  std::string_view fraction;
  std::string_view exponent;
};
[[nodiscard]] DecimalParts parts_of(std::string_view decimal);

/// How much room the numbers of a column need on both sides of the decimal point.
struct DecimalWidths {
  std::size_t before = 0;  ///< sign and whole part
  std::size_t after = 0;   ///< point, fraction and exponent
};

/// A column as text.
struct TextColumn {
  std::string heading;
  std::vector<std::string> cells;
  std::vector<bool> is_number;  ///< of each cell
  bool is_numeric = false;
};
[[nodiscard]] TextColumn text_column(const TableResult& table, std::size_t column);
[[nodiscard]] DecimalWidths widths_of(const TextColumn& column);

}  // namespace assay::report
