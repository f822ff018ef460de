#include "notation/cursor.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "notation/literal.hpp"
#include "notation/words.hpp"

namespace assay::notation {

namespace {

constexpr std::size_t longest_quotation = 40;

std::string quoted(std::string_view text) {
  if (text.size() <= longest_quotation) return "`" + std::string(text) + "`";
  std::size_t end = longest_quotation;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;  // not within a code point
  return "`" + std::string(text.substr(0, end)) + "…`";
}

bool is_identifier_part(char c) { return is_name_part(c) || c == '-'; }

bool ends_operand(TokenKind kind) {
  return kind == TokenKind::name || kind == TokenKind::number || kind == TokenKind::right_paren ||
         kind == TokenKind::right_bracket;
}

bool begins_operand(TokenKind kind) {
  return kind == TokenKind::name || kind == TokenKind::number || kind == TokenKind::left_paren;
}

/// Words with which an expression may begin, for "did you mean" when two names stand side by side.
const std::vector<std::string>& leading_words() {
  static const std::vector<std::string> words = {"forall", "exists", "with", "if", "not", "the"};
  return words;
}

}  // namespace

TokenCursor::TokenCursor(std::shared_ptr<const SourceText> text, const std::vector<Token>& tokens)
    : text_(std::move(text)), tokens_(tokens) {
  ASSAY_ENSURE(!tokens_.empty() && tokens_.back().kind == TokenKind::end, "token lists are closed by an end token");
}

const Token& TokenCursor::token(std::size_t ahead) const noexcept {
  return tokens_[std::min(index_ + ahead, tokens_.size() - 1)];
}

bool TokenCursor::at_word(std::string_view word) const noexcept { return at(TokenKind::name) && spelling() == word; }

std::string_view TokenCursor::spelling(std::size_t ahead) const noexcept {
  const Token& t = token(ahead);
  return text_->content().substr(t.begin, t.end - t.begin);
}

void TokenCursor::advance() noexcept {
  if (index_ + 1 < tokens_.size()) ++index_;
}

bool TokenCursor::accept(TokenKind kind) noexcept {
  if (!at(kind)) return false;
  advance();
  return true;
}

void TokenCursor::expect(TokenKind kind, const std::string& role) {
  const std::string spelled(spelling_of(kind));
  if (!accept(kind)) fail_expecting("`" + spelled + "`" + (role.empty() ? "" : " " + role), {spelled});
}

void TokenCursor::expect_closing(TokenKind kind, std::size_t open) {
  if (accept(kind)) return;
  const Token& bracket = tokens_[open];
  const bool nearby = index_ - open < 12 && at(TokenKind::end) == false;
  const std::string place =
      nearby ? ""
             : " to close the `" + std::string(text_->content().substr(bracket.begin, 1)) + "` of " + line_of(open);
  fail_expecting("an operator, `,` or `" + std::string(spelling_of(kind)) + "`" + place, reserved_words());
}

std::string TokenCursor::expect_name(const std::string& role) {
  if (!at(TokenKind::name)) {
    const bool is_reserved = reserved_word(spelling()).has_value();
    fail_expecting(role + (is_reserved ? " (reserved words cannot be names)" : ""));
  }
  std::string name(spelling());
  advance();
  return name;
}

std::string TokenCursor::expect_text(const std::string& role) {
  if (!at(TokenKind::text)) fail_expecting(role + " in double quotes");
  std::size_t bad_escape = 0;
  std::string text = text_from(spelling(), bad_escape);
  if (bad_escape != std::string::npos) {
    const std::size_t begin = token(0).begin + bad_escape;
    fail_at({text_, begin, begin + 2}, "expected one of the escapes \\\" \\\\ \\n \\t",
            "A backslash in a text is written \\\\.");
  }
  advance();
  return text;
}

std::string TokenCursor::expect_identifier(const std::string& role) {
  if (!at(TokenKind::name) && !reserved_word(spelling())) fail_expecting(role + " such as `MODADD-01`");
  const std::string_view content = text_->content();
  const std::size_t begin = token(0).begin;
  const Token& keyword = tokens_[index_ > 0 ? index_ - 1 : 0];
  if (content.substr(keyword.end, begin - keyword.end).find('\n') != std::string_view::npos)
    fail_expecting(role + " on the line of `" +
                   std::string(content.substr(keyword.begin, keyword.end - keyword.begin)) + "`");
  std::size_t end = begin;
  while (end < content.size() && is_identifier_part(content[end])) ++end;
  while (!at(TokenKind::end) && token(0).begin < end) {
    if (token(0).end > end) fail_at(here(), "expected " + role + " of letters, digits, `_` and `-`, found " + found());
    advance();
  }
  return std::string(content.substr(begin, end - begin));
}

SourceRange TokenCursor::range_of(const Token& token) const {
  // The end of a statement is shown just after its last token.
  return {text_, token.begin, std::max<std::size_t>(token.end, token.begin + 1)};
}

SourceRange TokenCursor::range_from(std::size_t first) const {
  return {text_, tokens_[first].begin, tokens_[index_ > first ? index_ - 1 : first].end};
}

SourceRange TokenCursor::here() const { return range_of(token(0)); }

std::string TokenCursor::line_of(std::size_t token_index) const {
  const Position position = text_->position(tokens_[token_index].begin);
  return "line " + std::to_string(position.line) + ", column " + std::to_string(position.column);
}

/// Whether the statement ends because the next line is not indented, rather than with its block.
bool TokenCursor::ends_before_text() const {
  const std::size_t next = text_->content().find_first_not_of(" \t\r\n", token(0).end);
  return next != std::string_view::npos && text_->content()[next] != '`' && text_->content()[next] != '~';
}

std::string TokenCursor::found() const {
  switch (kind()) {
    case TokenKind::end: return ends_before_text() ? "the end of the statement" : "the end";
    case TokenKind::text: return "the text " + quoted(spelling());
    default: return quoted(spelling());
  }
}

std::string TokenCursor::remedy_for(const std::vector<std::string>& words) const {
  const bool after_operand = index_ > 0 && ends_operand(tokens_[index_ - 1].kind);
  if (at(TokenKind::name))
    if (const std::string word = nearest_word(std::string(spelling()), words); !word.empty())
      return "Did you mean `" + word + "`?";
  if (after_operand && tokens_[index_ - 1].kind == TokenKind::name && begins_operand(kind())) {
    const Token& last = tokens_[index_ - 1];
    const std::string previous(text_->content().substr(last.begin, last.end - last.begin));
    if (const std::string word = nearest_word(previous, leading_words()); !word.empty())
      return "Did you mean `" + word + "` instead of " + quoted(previous) + "?";
  }
  if (after_operand && begins_operand(kind())) return "A product is written with *.";
  if (at(TokenKind::assign)) return "Equality is written ==.";
  if (at(TokenKind::arrow)) return "A function within an expression needs parentheses: (x -> e).";
  if (at(TokenKind::end) && ends_before_text()) return "A statement goes on over lines that are indented.";
  return "";
}

void TokenCursor::fail_expecting(const std::string& expected, const std::vector<std::string>& words) const {
  if (at(TokenKind::unreadable)) throw InputError(complaint_about(here()));
  fail_at(here(), "expected " + expected + ", found " + found(), remedy_for(words));
}

void TokenCursor::fail_at(const SourceRange& where, const std::string& message, const std::string& remedy) const {
  throw InputError(Diagnostic{where, message, remedy});
}

}  // namespace assay::notation
