#pragma once
#include <string>

#include "notation/precedence.hpp"
#include "notation/syntax.hpp"

/// What the text printer and the LaTeX printer share.
namespace assay::notation {

/// As the loosest acceptable precedence: always in parentheses.
inline constexpr Precedence beyond_primary = static_cast<Precedence>(static_cast<int>(Precedence::primary) + 1);

/// How tightly the outermost form of `e` binds when it is printed as text.
[[nodiscard]] Precedence precedence_of(const Expr& e);
[[nodiscard]] Precedence precedence_of(BinaryOp op) noexcept;

/// The loosest forms that may stand left and right of an operator without parentheses.
struct OperandPrecedence {
  Precedence left;
  Precedence right;
};
[[nodiscard]] OperandPrecedence operands_of(BinaryOp op) noexcept;

/// A number, truth value or text: what cannot be applied to an argument without parentheses.
[[nodiscard]] bool is_literal(const Expr& e) noexcept;

/// The spelling of the literal, or, of one made by a program, its exact value as a decimal or a fraction.
[[nodiscard]] std::string number_spelling(const NumberLiteral& literal);

}  // namespace assay::notation
