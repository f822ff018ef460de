#include "notation/lexer.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "notation/unicode.hpp"

namespace assay::notation {

namespace {

using Spelling = std::pair<std::string_view, TokenKind>;

constexpr std::array reserved = {
    Spelling{"and", TokenKind::and_},     Spelling{"else", TokenKind::else_},  Spelling{"exists", TokenKind::exists},
    Spelling{"false", TokenKind::false_}, Spelling{"for", TokenKind::for_},    Spelling{"forall", TokenKind::forall},
    Spelling{"if", TokenKind::if_},       Spelling{"iff", TokenKind::iff},     Spelling{"implies", TokenKind::implies},
    Spelling{"in", TokenKind::in},        Spelling{"mod", TokenKind::mod},     Spelling{"not", TokenKind::not_},
    Spelling{"or", TokenKind::or_},       Spelling{"the", TokenKind::the},     Spelling{"then", TokenKind::then},
    Spelling{"true", TokenKind::true_},   Spelling{"where", TokenKind::where}, Spelling{"with", TokenKind::with}};

/// Longer spellings before their prefixes.
constexpr std::array symbols = {Spelling{"->", TokenKind::arrow},
                                Spelling{"==", TokenKind::equal},
                                Spelling{"!=", TokenKind::not_equal},
                                Spelling{"<=", TokenKind::less_equal},
                                Spelling{">=", TokenKind::greater_equal},
                                Spelling{"..", TokenKind::dots},
                                Spelling{".*", TokenKind::dot_star},
                                Spelling{"./", TokenKind::dot_slash},
                                Spelling{".^", TokenKind::dot_caret},
                                Spelling{"(", TokenKind::left_paren},
                                Spelling{")", TokenKind::right_paren},
                                Spelling{"[", TokenKind::left_bracket},
                                Spelling{"]", TokenKind::right_bracket},
                                Spelling{"{", TokenKind::left_brace},
                                Spelling{"}", TokenKind::right_brace},
                                Spelling{",", TokenKind::comma},
                                Spelling{";", TokenKind::semicolon},
                                Spelling{":", TokenKind::colon},
                                Spelling{".", TokenKind::dot},
                                Spelling{"~", TokenKind::tilde},
                                Spelling{"=", TokenKind::assign},
                                Spelling{"<", TokenKind::less},
                                Spelling{">", TokenKind::greater},
                                Spelling{"+", TokenKind::plus},
                                Spelling{"-", TokenKind::minus},
                                Spelling{"*", TokenKind::star},
                                Spelling{"/", TokenKind::slash},
                                Spelling{"^", TokenKind::caret},
                                Spelling{"'", TokenKind::prime}};

/// ASCII that other notations use, and what to write here. They are unreadable as a whole, so that `a => b` is not
/// mistaken for `a = (> b)`.
constexpr std::array foreign = {
    std::pair{std::string_view("<=>"), std::string_view("iff")},
    std::pair{std::string_view("<->"), std::string_view("iff")},
    std::pair{std::string_view("==>"), std::string_view("implies")},
    std::pair{std::string_view("==="), std::string_view("==")},
    std::pair{std::string_view("=>"), std::string_view("implies (or, for an order, >=)")},
    std::pair{std::string_view("=<"), std::string_view("<=")},
    std::pair{std::string_view("<>"), std::string_view("!=")},
    std::pair{std::string_view("/="), std::string_view("!=")},
    std::pair{std::string_view("&&"), std::string_view("and")},
    std::pair{std::string_view("||"), std::string_view("or")},
    std::pair{std::string_view("**"), std::string_view("^")},
    std::pair{std::string_view(":="), std::string_view("=")},
    std::pair{std::string_view("..."), std::string_view("..")},
    std::pair{std::string_view("!"), std::string_view("not (or, for a factorial, factorial(n))")},
    std::pair{std::string_view("&"), std::string_view("and")},
    std::pair{std::string_view("%"), std::string_view("mod")},
    std::pair{std::string_view("|"), std::string_view("abs(x), or where")},
    std::pair{std::string_view("@"), std::string_view("*")},
    std::pair{std::string_view("\\"), std::string_view("the name without backslash")}};

bool starts_with(std::string_view text, std::string_view prefix) noexcept {
  return text.substr(0, prefix.size()) == prefix;
}

/// `<->` and `...` begin with tokens, `a<-b` and `S[0...n]` do not mean them; only what cannot be anything else counts.
std::size_t foreign_length(std::string_view rest) noexcept {
  if (starts_with(rest, "!=")) return 0;
  for (const auto& [spelling, meaning] : foreign)
    if (starts_with(rest, spelling)) return spelling.size();
  return 0;
}

std::size_t name_length(std::string_view rest) noexcept {
  std::size_t n = 1;
  while (n < rest.size() && is_name_part(rest[n])) ++n;
  return n;
}

/// digits [. digits] [e [+-] digits]; `1..5` and `2.*x` begin with the number up to the dot.
std::size_t number_length(std::string_view rest) noexcept {
  const auto digits_from = [&](std::size_t i) {
    while (i < rest.size() && is_digit(rest[i])) ++i;
    return i;
  };
  std::size_t n = digits_from(0);
  if (n + 1 < rest.size() && rest[n] == '.' && is_digit(rest[n + 1])) n = digits_from(n + 1);
  if (n < rest.size() && (rest[n] == 'e' || rest[n] == 'E')) {
    std::size_t exponent = n + 1;
    if (exponent < rest.size() && (rest[exponent] == '+' || rest[exponent] == '-')) ++exponent;
    if (exponent < rest.size() && is_digit(rest[exponent])) n = digits_from(exponent);
  }
  return n;
}

/// Bytes of the text literal with its quotes, 0 if it is not closed or has a character that may not stand in it.
std::size_t text_length(std::string_view rest) noexcept {
  for (std::size_t i = 1; i < rest.size();) {
    if (rest[i] == '"') return i + 1;
    if (rest[i] == '\\' && i + 1 < rest.size()) ++i;
    const std::size_t length = code_point_length(rest.substr(i));
    const bool control = static_cast<unsigned char>(rest[i]) < 0x20U && rest[i] != '\t';
    if (length == 0 || control || rest[i] == '\x7F' || is_deceptive(rest.substr(i, length))) return 0;
    i += length;
  }
  return 0;
}

struct Lexeme {
  TokenKind kind;
  std::size_t length;
};

Lexeme lexeme_at(std::string_view rest) noexcept {
  if (is_name_start(rest[0])) {
    const std::size_t length = name_length(rest);
    return {reserved_word(rest.substr(0, length)).value_or(TokenKind::name), length};
  }
  if (is_digit(rest[0])) return {TokenKind::number, number_length(rest)};
  if (rest[0] == '"') {
    const std::size_t length = text_length(rest);
    return length > 0 ? Lexeme{TokenKind::text, length} : Lexeme{TokenKind::unreadable, rest.size()};
  }
  if (const std::size_t length = foreign_length(rest); length > 0) return {TokenKind::unreadable, length};
  for (const auto& [spelling, kind] : symbols)
    if (starts_with(rest, spelling)) return {kind, spelling.size()};
  return {TokenKind::unreadable, std::max<std::size_t>(code_point_length(rest), 1)};
}

bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\r'; }

/// Comments are prose, but what turns the reading direction or hides could make a comment look like a statement.
std::size_t deceptive_in_comment(std::string_view comment) noexcept {
  for (std::size_t i = 0; i < comment.size();) {
    const std::size_t length = std::max<std::size_t>(code_point_length(comment.substr(i)), 1);
    if (length > 1 && is_deceptive(comment.substr(i, length))) return i;
    i += length;
  }
  return std::string_view::npos;
}

/// Appends the tokens of `content[begin, end)`, one line.
void append_tokens(std::string_view content, std::size_t begin, std::size_t end, TokenList& list) {
  const auto push = [&list](TokenKind kind, std::size_t from, std::size_t length) {
    if (list.tokens.size() >= most_tokens)
      list.too_long = true;
    else
      list.tokens.push_back({kind, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(from + length)});
  };
  for (std::size_t i = begin; i < end && !list.too_long;) {
    if (is_blank(content[i])) {
      ++i;
      continue;
    }
    const std::string_view rest = content.substr(i, end - i);
    if (rest[0] == '#') {
      const std::size_t bad = deceptive_in_comment(rest);
      if (bad != std::string_view::npos) push(TokenKind::unreadable, i + bad, code_point_length(rest.substr(bad)));
      return;
    }
    const Lexeme lexeme = lexeme_at(rest);
    push(lexeme.kind, i, lexeme.length);
    i += lexeme.length;
  }
}

void close_list(TokenList& list) {
  const std::uint32_t end = list.tokens.empty() ? 0 : list.tokens.back().end;
  list.tokens.push_back({TokenKind::end, end, end});
}

}  // namespace

std::optional<TokenKind> reserved_word(std::string_view text) noexcept {
  for (const auto& [spelling, kind] : reserved)
    if (spelling == text) return kind;
  return std::nullopt;
}

std::string_view spelling_of(TokenKind kind) noexcept {
  for (const auto& [spelling, candidate] : reserved)
    if (candidate == kind) return spelling;
  for (const auto& [spelling, candidate] : symbols)
    if (candidate == kind) return spelling;
  return {};
}

const std::vector<std::string>& reserved_words() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> all;
    for (const auto& [spelling, kind] : reserved) all.emplace_back(spelling);
    return all;
  }();
  return words;
}

StatementLexer::StatementLexer(const SourceText& text, std::vector<CodeBlock> blocks)
    : content_(text.content()), blocks_(std::move(blocks)), offset_(blocks_.empty() ? 0 : blocks_[0].begin) {}

std::optional<TokenList> StatementLexer::next() {
  TokenList list;
  while (block_ < blocks_.size()) {
    const CodeBlock& block = blocks_[block_];
    if (offset_ >= block.end) {
      ++block_;
      if (block_ < blocks_.size()) offset_ = blocks_[block_].begin;
      if (!list.tokens.empty()) break;
      continue;
    }
    const std::size_t line_end = std::min(content_.find('\n', offset_), block.end);
    const std::size_t line_begin =
        std::min({content_.find_first_not_of(' ', offset_), offset_ + block.indent, line_end});
    const bool at_column_0 = line_begin < line_end && !is_blank(content_[line_begin]);
    if (at_column_0 && content_[line_begin] != '#' && !list.tokens.empty()) break;
    const bool first = list.tokens.empty();
    append_tokens(content_, line_begin, line_end, list);
    if (first && !list.tokens.empty()) list.starts_indented = !at_column_0;
    offset_ = line_end + 1;
  }
  if (list.tokens.empty()) return std::nullopt;
  close_list(list);
  return list;
}

TokenList lex_all(const SourceText& text) {
  const CodeBlock all = whole_text(text);
  TokenList list;
  for (std::size_t begin = all.begin; begin < all.end;) {
    const std::size_t end = std::min(text.content().find('\n', begin), all.end);
    append_tokens(text.content(), begin, end, list);
    begin = end + 1;
  }
  close_list(list);
  return list;
}

namespace {

Diagnostic complaint_about_text(const SourceRange& where, std::string_view literal) {
  const bool escaped = literal.size() >= 2 && literal[literal.size() - 1] == '"';
  return {
      {where.text, where.begin, where.begin + 1},
      "this text is not closed on its line, or has a control or invisible character in it",
      escaped ? "A text ends with \"; \\\" is a quote within it." : "A text ends with \" on the line it starts on."};
}

}  // namespace

Diagnostic complaint_about(const SourceRange& where) {
  const std::string_view character = where.text->content().substr(where.begin, where.end - where.begin);
  if (character[0] == '"') return complaint_about_text(where, character);
  const std::string quoted = "`" + std::string(character) + "`";
  for (const auto& [spelling, meaning] : foreign)
    if (spelling == character)
      return {where, quoted + " is not part of the notation", "Write " + std::string(meaning) + " instead."};
  if (static_cast<unsigned char>(character[0]) < 0x80U) return {where, quoted + " is not part of the notation", ""};
  if (is_deceptive(character))
    return {where, "an invisible character that could make the statement look different from what it says",
            "Remove it."};
  const std::string_view ascii = ascii_for(character);
  if (ascii == " ") return {where, "a blank that is not the ordinary space", "Replace it by a space."};
  return {where, quoted + " is not part of the notation, which is written in ASCII",
          ascii.empty() ? "" : "Write " + std::string(ascii) + " instead."};
}

}  // namespace assay::notation
