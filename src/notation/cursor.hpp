#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "notation/lexer.hpp"
#include "notation/syntax.hpp"

namespace assay::notation {

/// A place in the tokens of one statement. All errors of the parser are made here, so that they read alike.
class TokenCursor {
 public:
  /// @param tokens  closed by an `end` token; must outlive the cursor.
  TokenCursor(std::shared_ptr<const SourceText> text, const std::vector<Token>& tokens);

  [[nodiscard]] TokenKind kind(std::size_t ahead = 0) const noexcept { return token(ahead).kind; }
  [[nodiscard]] bool at(TokenKind kind) const noexcept { return token(0).kind == kind; }
  [[nodiscard]] bool at_word(std::string_view word) const noexcept;
  [[nodiscard]] std::string_view spelling(std::size_t ahead = 0) const noexcept;
  /// The index of the current token; the beginning of a later `range_from`.
  [[nodiscard]] std::size_t index() const noexcept { return index_; }

  void advance() noexcept;
  /// Takes the current token if it is of this kind.
  [[nodiscard]] bool accept(TokenKind kind) noexcept;
  /// Takes a token of this kind. @param role  what it is for, e.g. "before the body"; may be empty.
  void expect(TokenKind kind, const std::string& role = "");
  /// Takes the bracket that closes the one at token index `open`.
  void expect_closing(TokenKind kind, std::size_t open);
  /// Takes a name. @param role  what it names, e.g. "a variable".
  [[nodiscard]] std::string expect_name(const std::string& role);
  /// Takes a text literal and resolves its escapes. @param role  e.g. "a title".
  [[nodiscard]] std::string expect_text(const std::string& role);
  /// Takes the identifier of a claim, table, train or plot: letters, digits, `_` and `-`, e.g. MODADD-01.
  [[nodiscard]] std::string expect_identifier(const std::string& role);

  /// From the token at index `first` to the last token taken.
  [[nodiscard]] SourceRange range_from(std::size_t first) const;
  /// The current token.
  [[nodiscard]] SourceRange here() const;

  /// "expected …, found …" at the current token, with a remedy if there is an obvious one.
  /// @param words  what the current token, if a name, may misspell.
  [[noreturn]] void fail_expecting(const std::string& expected, const std::vector<std::string>& words = {}) const;
  [[noreturn]] void fail_at(const SourceRange& where, const std::string& message, const std::string& remedy = "") const;

 private:
  [[nodiscard]] const Token& token(std::size_t ahead) const noexcept;
  [[nodiscard]] SourceRange range_of(const Token& token) const;
  [[nodiscard]] std::string found() const;
  [[nodiscard]] std::string remedy_for(const std::vector<std::string>& words) const;
  [[nodiscard]] bool ends_before_text() const;
  [[nodiscard]] std::string line_of(std::size_t token_index) const;

  std::shared_ptr<const SourceText> text_;
  const std::vector<Token>& tokens_;
  std::size_t index_ = 0;
};

}  // namespace assay::notation
