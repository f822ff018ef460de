#include "notation/document.hpp"

#include <algorithm>
#include <utility>

#include "base/error.hpp"
#include "notation/definitions.hpp"
#include "notation/lexer.hpp"
#include "notation/markdown.hpp"
#include "notation/statement_parser.hpp"

namespace assay::notation {

namespace {

Statement parse_statement(const std::shared_ptr<const SourceText>& text, const TokenList& list) {
  const SourceRange first{text, list.tokens[0].begin, list.tokens[0].end};
  if (list.too_long)
    throw InputError(Diagnostic{first, "this statement has more than " + std::to_string(most_tokens) + " tokens",
                                "Keep data in a file of its own and read it with load(\"…\")."});
  if (list.starts_indented)
    throw InputError(Diagnostic{first, "a statement starts at the beginning of a line, found an indented line",
                                "Remove the indentation of the first line."});
  TokenCursor cursor(text, list.tokens);
  return StatementParser(cursor).statement();
}

}  // namespace

Document parse_document(std::shared_ptr<const SourceText> text, bool markdown) {
  check_is_text(text);
  std::vector<CodeBlock> blocks = markdown ? find_code_blocks(text) : std::vector<CodeBlock>{whole_text(*text)};
  StatementLexer lexer(*text, std::move(blocks));
  Document document{text, {}, {}};
  Definitions definitions;
  std::vector<Diagnostic> errors;
  while (const std::optional<TokenList> list = lexer.next()) {
    try {
      Statement statement = parse_statement(text, *list);
      definitions.add(statement);
      document.statements.push_back(std::move(statement));
    } catch (const InputError& error) {
      errors.insert(errors.end(), error.diagnostics().begin(), error.diagnostics().end());
      if (errors.size() >= most_errors) break;
    }
  }
  if (!errors.empty()) throw InputError(std::move(errors));
  return document;
}

ExprPtr parse_expression(std::shared_ptr<const SourceText> text) {
  check_is_text(text);
  const TokenList list = lex_all(*text);
  if (list.too_long) throw InputError("the expression has more than " + std::to_string(most_tokens) + " tokens");
  TokenCursor cursor(text, list.tokens);
  ExprPtr e = ExpressionParser(cursor).expression();
  if (!cursor.at(TokenKind::end)) cursor.fail_expecting("an operator or the end of the expression", reserved_words());
  return e;
}

}  // namespace assay::notation
