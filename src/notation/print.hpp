#pragma once
#include <string>

#include "notation/syntax.hpp"

namespace assay::notation {

/// The expression as text of the notation, on one line, with as few parentheses as its grammar allows.
/// Law: parse_expression(print(e)) has the same structure as e.
[[nodiscard]] std::string print(const Expr& expression);
[[nodiscard]] std::string print(const Statement& statement);

/// The expression as LaTeX math (without dollar signs), for amsmath.
[[nodiscard]] std::string print_latex(const Expr& expression);

}  // namespace assay::notation
