// The operands of expressions: literals, names, brackets, and what may be attached to them (application, index, field,
// transpose).
#include <algorithm>
#include <utility>

#include "notation/expression_parser.hpp"
#include "notation/literal.hpp"
#include "notation/words.hpp"

namespace assay::notation {

ExprPtr ExpressionParser::postfix() {
  const std::size_t first = cursor_.index();
  const bool is_literal = cursor_.at(TokenKind::number) || cursor_.at(TokenKind::text) ||
                          cursor_.at(TokenKind::true_) || cursor_.at(TokenKind::false_);
  ExprPtr e = primary();
  while (ExprPtr next = postfix_step(e, first, is_literal)) e = std::move(next);
  return e;
}

/// One application, index, field or transpose of `base`; null if none follows.
ExprPtr ExpressionParser::postfix_step(ExprPtr base, std::size_t first, bool is_literal) {
  switch (cursor_.kind()) {
    case TokenKind::left_paren: {
      if (is_literal && cursor_.index() == first + 1)
        cursor_.fail_at(cursor_.here(), "a literal cannot be applied to an argument", "A product is written with *.");
      std::vector<Argument> given = arguments();
      return made(Call{std::move(base), std::move(given)}, first);
    }
    case TokenKind::left_bracket: return index(std::move(base), first);
    case TokenKind::dot: {
      cursor_.advance();
      if (!is_field_name(cursor_.spelling())) cursor_.fail_expecting("the name of a field after `.`");
      std::string field(cursor_.spelling());
      cursor_.advance();
      return made(Field{std::move(base), std::move(field)}, first);
    }
    case TokenKind::prime: cursor_.advance(); return made(Unary{UnaryOp::transpose, std::move(base)}, first);
    default: return nullptr;
  }
}

/// `A[i, :]`, or `w["name"]`, which is the field of that name.
ExprPtr ExpressionParser::index(ExprPtr base, std::size_t first) {
  const std::size_t open = cursor_.index();
  cursor_.advance();
  if (cursor_.at(TokenKind::text) && cursor_.kind(1) == TokenKind::right_bracket) {
    std::string field = cursor_.expect_text("the name of a field");
    cursor_.advance();
    return made(Field{std::move(base), std::move(field)}, first);
  }
  if (cursor_.at(TokenKind::right_bracket)) cursor_.fail_expecting("an index or `:`");
  std::vector<IndexItem> items;
  do {
    items.push_back(cursor_.accept(TokenKind::colon) ? nullptr : expression());
  } while (cursor_.accept(TokenKind::comma));
  cursor_.expect_closing(TokenKind::right_bracket, open);
  return made(Index{std::move(base), std::move(items)}, first);
}

std::vector<Argument> ExpressionParser::arguments() {
  const std::size_t open = cursor_.index();
  cursor_.expect(TokenKind::left_paren);
  std::vector<Argument> all;
  if (cursor_.accept(TokenKind::right_paren)) return all;
  std::vector<std::string> names;
  do {
    const bool is_named = cursor_.at(TokenKind::name) && cursor_.kind(1) == TokenKind::assign;
    if (!is_named && !names.empty()) cursor_.fail_expecting("a named argument `name = value`, as the one before");
    std::string name;
    if (is_named) {
      name = std::string(cursor_.spelling());
      check_distinct(names, name);
      names.push_back(name);
      cursor_.advance();
      cursor_.advance();
    }
    all.push_back({std::move(name), expression()});
  } while (cursor_.accept(TokenKind::comma));
  cursor_.expect_closing(TokenKind::right_paren, open);
  return all;
}

ExprPtr ExpressionParser::primary() {
  const std::size_t first = cursor_.index();
  switch (cursor_.kind()) {
    case TokenKind::number: return number();
    case TokenKind::text: {
      std::string text = cursor_.expect_text("a text");
      return made(TextLiteral{std::move(text)}, first);
    }
    case TokenKind::true_: cursor_.advance(); return made(TruthLiteral{true}, first);
    case TokenKind::false_: cursor_.advance(); return made(TruthLiteral{false}, first);
    case TokenKind::name: return word();
    case TokenKind::left_paren: return parenthesized();
    case TokenKind::left_bracket: return bracketed();
    case TokenKind::left_brace: return braced();
    default: cursor_.fail_expecting("an expression");
  }
}

ExprPtr ExpressionParser::number() {
  const std::size_t first = cursor_.index();
  std::string spelling(cursor_.spelling());
  if (!has_acceptable_size(spelling))
    cursor_.fail_at(cursor_.here(),
                    "this number has more than " + std::to_string(most_digits) + " digits when written out",
                    "A large power is written with ^, e.g. 10^(10^6).");
  cursor_.advance();
  Rational value = rational_from(spelling);
  return made(NumberLiteral{std::move(value), std::move(spelling)}, first);
}

/// A name, or one of the forms that begin with a word and a parenthesis.
ExprPtr ExpressionParser::word() {
  const std::size_t first = cursor_.index();
  if (cursor_.kind(1) == TokenKind::left_paren) {
    if (cursor_.at_word("record")) return record();
    if (cursor_.at_word("expect")) return expectation();
    if (at_binder()) return binder(*binder_of(cursor_.spelling()));
  }
  std::string name = cursor_.expect_name("a name");
  return made(Name{std::move(name)}, first);
}

/// `(e)` is e; `(a, b)` is a tuple.
ExprPtr ExpressionParser::parenthesized() {
  const std::size_t open = cursor_.index();
  cursor_.advance();
  if (cursor_.at(TokenKind::right_paren)) cursor_.fail_expecting("an expression");
  ExprPtr e = expression();
  if (!cursor_.accept(TokenKind::comma)) {
    cursor_.expect_closing(TokenKind::right_paren, open);
    return e;
  }
  if (cursor_.at(TokenKind::right_paren)) cursor_.fail_expecting("another item (a tuple has at least two)");
  std::vector<ExprPtr> items = {std::move(e)};
  for (ExprPtr& item : items_until(TokenKind::right_paren, open)) items.push_back(std::move(item));
  return made(Tuple{std::move(items)}, open);
}

/// Items separated by commas, at least one, and the closing bracket.
std::vector<ExprPtr> ExpressionParser::items_until(TokenKind closing, std::size_t open) {
  std::vector<ExprPtr> items;
  do {
    items.push_back(expression());
  } while (cursor_.accept(TokenKind::comma));
  cursor_.expect_closing(closing, open);
  return items;
}

/// `[1, 2, 3]` is a column, `[1, 2; 3, 4]` a matrix, and `[1, 2;]` a matrix of one row.
ExprPtr ExpressionParser::bracketed() {
  const std::size_t open = cursor_.index();
  cursor_.advance();
  std::vector<ExprPtr> row;
  if (!cursor_.at(TokenKind::right_bracket)) {
    do {
      row.push_back(expression());
    } while (cursor_.accept(TokenKind::comma));
    if (cursor_.at(TokenKind::semicolon)) return matrix_rows(std::move(row), open);
  }
  cursor_.expect_closing(TokenKind::right_bracket, open);
  return made(VectorLiteral{std::move(row)}, open);
}

ExprPtr ExpressionParser::matrix_rows(std::vector<ExprPtr> first_row, std::size_t open) {
  const std::size_t columns = first_row.size();
  MatrixLiteral matrix;
  matrix.rows.push_back(std::move(first_row));
  while (cursor_.accept(TokenKind::semicolon)) {
    if (cursor_.at(TokenKind::right_bracket)) break;
    const std::size_t first = cursor_.index();
    std::vector<ExprPtr> row;
    do {
      row.push_back(expression());
    } while (cursor_.accept(TokenKind::comma));
    if (row.size() != columns)
      cursor_.fail_at(cursor_.range_from(first), "expected a row of length " + std::to_string(columns) +
                                                     " like the first one, found length " + std::to_string(row.size()));
    matrix.rows.push_back(std::move(row));
  }
  cursor_.expect_closing(TokenKind::right_bracket, open);
  return made(std::move(matrix), open);
}

/// `{}`, `{a, b}`, or a set builder.
ExprPtr ExpressionParser::braced() {
  const std::size_t open = cursor_.index();
  cursor_.advance();
  if (cursor_.accept(TokenKind::right_brace)) return made(SetLiteral{}, open);
  ExprPtr e = expression();
  if (cursor_.at(TokenKind::for_)) return set_builder(std::move(e), open);
  std::vector<ExprPtr> items = {std::move(e)};
  while (cursor_.accept(TokenKind::comma)) items.push_back(expression());
  cursor_.expect_closing(TokenKind::right_brace, open);
  return made(SetLiteral{std::move(items)}, open);
}

/// `record(a = e, b = e)`
ExprPtr ExpressionParser::record() {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  const std::size_t open = cursor_.index();
  cursor_.advance();
  RecordLiteral record;
  std::vector<std::string> names;
  if (cursor_.accept(TokenKind::right_paren)) return made(std::move(record), first);
  do {
    const std::size_t name_index = cursor_.index();
    if (cursor_.at(TokenKind::name)) check_distinct(names, std::string(cursor_.spelling()));
    names.push_back(cursor_.expect_name("the name of a field"));
    const SourceRange where = cursor_.range_from(name_index);
    cursor_.expect(TokenKind::assign, "after the name of the field");
    record.fields.push_back({names.back(), expression(), where});
  } while (cursor_.accept(TokenKind::comma));
  cursor_.expect_closing(TokenKind::right_paren, open);
  return made(std::move(record), first);
}

}  // namespace assay::notation
