#pragma once
#include <optional>
#include <string>
#include <vector>

#include "number/real_ball.hpp"

/// Values as people read them: text with a place for each real number in it.
namespace assay::evaluate {

/// A real number as far as an arithmetic knows it: exactly, or as one of the numbers of a ball.
struct KnownReal {
  std::optional<Rational> exact;
  Ball ball;  ///< without meaning if `exact` is there
};

/// Decimal digits of a number that are all guaranteed.
struct ShownNumber {
  std::string text;
  /// The decimal *is* the number. Otherwise it is the number rounded to the wanted digits, half to even.
  bool is_whole = false;
};

/// What there is to say about `x` in `digits` significant digits.
///
/// A number with a finite decimal expansion of at most so many digits, and any integer, is written out, without zeros
/// at the end; any other is rounded half to even, in the form of `rounded_decimal`.
struct Rounding {
  std::optional<ShownNumber> shown;  ///< nothing: points of the ball round differently
  /// The ball contains the decimal to which all of it rounds, or an integer below 10³⁰: the number may be that itself,
  /// which only an arithmetic that knows more can tell. Larger balls nearly always contain integers, and to ask exact
  /// algebra each time is dear.
  bool may_be_whole = false;
};
[[nodiscard]] Rounding rounding_of(const KnownReal& x, long digits);

/// A value as text. The real numbers in it are left out: `numbers[i]` belongs between `pieces[i]` and `pieces[i + 1]`.
/// The imaginary part of a complex number follows a piece that ends in " + " and precedes one that begins with "*I".
struct ShownValue {
  std::vector<std::string> pieces;
  std::vector<std::optional<KnownReal>> numbers;  ///< nothing where the arithmetic knows nothing
  bool is_text = false;                           ///< one piece, a text of the notation without its quotes
};

/// The pieces with these texts between them, one fewer than there are pieces.
[[nodiscard]] std::string put_together(const std::vector<std::string>& pieces, const std::vector<std::string>& numbers);

}  // namespace assay::evaluate
