#pragma once
#include <string>
#include <vector>

#include "notation/syntax.hpp"

namespace assay::notation {

/// The expression as text of the notation, on one line, with as few parentheses as its grammar allows.
/// Law: parse_expression(print(e)) has the same structure as e.
[[nodiscard]] std::string print(const Expr& expression);
/// What stands after `by`: "ring", "sampling(n = 100)".
[[nodiscard]] std::string print(const Method& method);
/// The statement on lines of its own, the second and further ones indented; it parses back likewise.
[[nodiscard]] std::string print(const Statement& statement);

/// The expression as LaTeX math (without dollar signs), for amsmath and amssymb.
/// @param bound  variables that are bound around it, e.g. the parameters of a definition: a bound `N` or `I` is set as
/// a
///     letter, not as the set or the imaginary unit.
[[nodiscard]] std::string print_latex(const Expr& expression, const std::vector<std::string>& bound = {});
/// What a training looks for, as LaTeX math: `argmin` over the named weights, each in the space of its shape, of the
/// loss.
[[nodiscard]] std::string print_latex(const Train& training);

}  // namespace assay::notation
