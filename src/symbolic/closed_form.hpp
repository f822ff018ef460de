#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "base/budget.hpp"
#include "evaluate/session.hpp"
#include "notation/syntax.hpp"
#include "symbolic/variables.hpp"

/// Closed forms of expressions of a note, for people to read. They come from GiNaC and are not trusted: nothing of this
/// folder may feed a verdict.
namespace assay::symbolic {

/// How a closed form is rewritten.
enum class Simplification {
  automatic,  ///< whichever of the others is shortest when printed, entry by entry
  none,       ///< as it comes from the definitions and the rules of differentiation
  expand,     ///< products of sums multiplied out
  normal,     ///< one fraction without common factors
  factor,     ///< the same, with the polynomials factorised over the rationals
  collect     ///< multiplied out, with common factors before the sum
};

struct ClosedForm {
  notation::ExprPtr expression;               ///< in the variables; a number, vector, matrix, tuple or record of such
  std::vector<notation::ExprPtr> conditions;  ///< it is a derivative only where these hold: away from kinks
  std::size_t points = 0;                     ///< at which it was compared with the expression that it is of
};

/// The closed form of `expression` in real variables.
///
/// It equals the expression wherever that is defined and the conditions hold, as far as GiNaC is right. That is checked
/// at rational points, chosen by a fixed rule: the printed form is read and evaluated again, in balls, and so is the
/// expression; the enclosures must meet and be narrower than 10⁻²⁰, relatively.
///
/// @param expression  checked by `notation::check_kinds`, as the body of a function of the variables.
/// @throws InputError with place and cause if there is no closed form: an undefined expression, a condition on the
/// order
///     of symbols, a function without a word in the notation; or if no point was found at which it could be checked.
/// @throws InternalError if the closed form is wrong at a point.
[[nodiscard]] ClosedForm closed_form(const evaluate::Program& program, evaluate::DataSource& data,
                                     const notation::ExprPtr& expression, const std::vector<Variable>& variables,
                                     Simplification simplification, const Budget& budget);

}  // namespace assay::symbolic
