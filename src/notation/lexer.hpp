#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "base/source.hpp"
#include "notation/markdown.hpp"

/// From characters to tokens, one statement at a time.
namespace assay::notation {

// clang-format off
enum class TokenKind : std::uint8_t {
  end,         ///< the end of the statement
  unreadable,  ///< no token of the notation; `complaint_about` says why
  name, number, text,
  // reserved words, in alphabetical order
  and_, else_, exists, false_, for_, forall, if_, iff, implies, in, mod, not_, or_, the, then, true_, where, with,
  // brackets and separators
  left_paren, right_paren, left_bracket, right_bracket, left_brace, right_brace, comma, semicolon, colon, dot, tilde,
  assign,  ///< a single =
  arrow,   ///< ->
  // operators
  equal, not_equal, less, less_equal, greater, greater_equal, dots, plus, minus, star, slash, dot_star, dot_slash,
  caret, dot_caret, prime,
};
// clang-format on

/// A token is a range of bytes of the source text; 32 bits suffice because documents are limited to 16 MiB.
struct Token {
  TokenKind kind;
  std::uint32_t begin;
  std::uint32_t end;
};

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_name_start(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
[[nodiscard]] constexpr bool is_name_part(char c) noexcept { return is_name_start(c) || is_digit(c); }

/// The token kind of a reserved word, none for any other text.
[[nodiscard]] std::optional<TokenKind> reserved_word(std::string_view text) noexcept;
/// How a reserved word or symbol is written, e.g. "->"; empty for `end`, `unreadable`, `name`, `number` and `text`.
[[nodiscard]] std::string_view spelling_of(TokenKind kind) noexcept;
/// All reserved words of expressions.
[[nodiscard]] const std::vector<std::string>& reserved_words();

/// The tokens of one statement, closed by an `end` token.
struct TokenList {
  std::vector<Token> tokens;
  bool starts_indented = false;  ///< the first line does not start at column 0
  bool too_long = false;         ///< more than `most_tokens`; the rest was skipped
};

/// A statement has at most this many tokens, so that the memory a document can take is bounded.
inline constexpr std::size_t most_tokens = 1'000'000;

/// Cuts code blocks into statements: a statement starts at column 0 and ends before the next line, not empty and not
/// only a comment, that starts at column 0, or with its block.
class StatementLexer {
 public:
  StatementLexer(const SourceText& text, std::vector<CodeBlock> blocks);
  /// The tokens of the next statement, none at the end of the last block.
  [[nodiscard]] std::optional<TokenList> next();

 private:
  void skip_indentation() noexcept;
  void lex_line(TokenList& list, std::size_t line_end);

  std::string_view content_;
  std::vector<CodeBlock> blocks_;
  std::size_t block_ = 0;
  std::size_t offset_ = 0;  ///< always at the beginning of a line of `blocks_[block_]`
};

/// The tokens of all of `text`, columns ignored.
[[nodiscard]] TokenList lex_all(const SourceText& text);

/// Why the `unreadable` token at `where` is none: an unterminated text, or a character that is written differently.
[[nodiscard]] Diagnostic complaint_about(const SourceRange& where);

}  // namespace assay::notation
