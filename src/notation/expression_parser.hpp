#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "notation/cursor.hpp"
#include "notation/precedence.hpp"
#include "notation/syntax.hpp"

namespace assay::notation {

/// Expressions may be nested this deep: brackets, prefix forms, right operands.
inline constexpr std::size_t deepest_nesting = 256;

/// Recursive descent over the forms of an expression, precedence climbing over its operators (docs/notation.md).
///
/// Left-associative chains are built in loops and everything else recurses at most `deepest_nesting` times; the height
/// of a tree is at most `greatest_height`. Both limits are errors with a position.
class ExpressionParser {
 public:
  explicit ExpressionParser(TokenCursor& cursor) : cursor_(cursor) {}

  [[nodiscard]] ExprPtr expression();
  /// An expression whose operators bind at least as tightly as `loosest`. Prefix forms may begin any operand, since
  /// they extend as far right as possible.
  [[nodiscard]] ExprPtr operation(Precedence loosest);

  /// `x in S, y in T`
  [[nodiscard]] std::vector<Generator> generators();
  /// `where P`, or null if there is none.
  [[nodiscard]] ExprPtr optional_filter();
  /// `(e, name = e)` with its parentheses; positional arguments come first, names are distinct.
  [[nodiscard]] std::vector<Argument> arguments();
  /// `(x, y)` with its parentheses: at least one name, all distinct.
  [[nodiscard]] std::vector<std::string> parameters();

 private:
  // expression_parser.cpp: operators
  [[nodiscard]] ExprPtr prefix(Precedence loosest);
  [[nodiscard]] ExprPtr negation();
  [[nodiscard]] ExprPtr logical_not(Precedence loosest);
  [[nodiscard]] ExprPtr comparison(ExprPtr first_operand, std::size_t first);
  [[nodiscard]] ExprPtr made(Node node, std::size_t first) const;

  // operand_parser.cpp: what operators work on
  [[nodiscard]] ExprPtr postfix();
  [[nodiscard]] ExprPtr postfix_step(ExprPtr base, std::size_t first, bool is_literal);
  [[nodiscard]] ExprPtr primary();
  [[nodiscard]] ExprPtr number();
  [[nodiscard]] ExprPtr word();
  [[nodiscard]] ExprPtr parenthesized();
  [[nodiscard]] ExprPtr bracketed();
  [[nodiscard]] ExprPtr matrix_rows(std::vector<ExprPtr> first_row, std::size_t open);
  [[nodiscard]] ExprPtr braced();
  [[nodiscard]] ExprPtr index(ExprPtr base, std::size_t first);
  [[nodiscard]] ExprPtr record();
  [[nodiscard]] std::vector<ExprPtr> items_until(TokenKind closing, std::size_t open);

  // binder_parser.cpp: what binds variables
  [[nodiscard]] bool at_function() const;
  [[nodiscard]] ExprPtr function();
  [[nodiscard]] ExprPtr quantifier(BinderKind kind);
  [[nodiscard]] bool at_binder() const;
  [[nodiscard]] ExprPtr binder(BinderKind kind);
  void check_binder(const Binder& binder, std::size_t first) const;
  [[nodiscard]] ExprPtr with();
  [[nodiscard]] ExprPtr conditional();
  [[nodiscard]] ExprPtr description();
  [[nodiscard]] ExprPtr expectation();
  [[nodiscard]] RandomVariable random_variable();
  [[nodiscard]] ExprPtr set_builder(ExprPtr body, std::size_t open);
  [[nodiscard]] Generator generator();
  void expect_body(const std::string& before);
  void check_distinct(const std::vector<std::string>& names, const std::string& name) const;

  TokenCursor& cursor_;
  std::size_t depth_ = 0;
};

}  // namespace assay::notation
