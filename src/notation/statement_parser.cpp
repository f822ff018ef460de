#include "notation/statement_parser.hpp"

#include <algorithm>
#include <utility>

#include "notation/words.hpp"

namespace assay::notation {

namespace {

bool contains(const std::vector<std::string>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

}  // namespace

Statement StatementParser::statement() {
  StatementNode parsed = node();
  if (!cursor_.at(TokenKind::end)) {
    if (cursor_.at(TokenKind::right_paren) || cursor_.at(TokenKind::right_bracket) ||
        cursor_.at(TokenKind::right_brace))
      cursor_.fail_at(cursor_.here(), "this `" + std::string(cursor_.spelling()) + "` closes nothing");
    cursor_.fail_expecting("an operator or the end of the statement", reserved_words());
  }
  return {std::move(parsed), cursor_.range_from(0)};
}

StatementNode StatementParser::node() {
  if (cursor_.at_word("let")) return let();
  if (cursor_.at_word("claim")) return claim();
  if (cursor_.at_word("table")) return table();
  if (cursor_.at_word("train")) return train();
  if (cursor_.at_word("plot")) return plot();
  if (cursor_.at_word("import")) return import();
  const std::string expected = "a statement, which begins with " + alternatives(statement_words());
  if (cursor_.at(TokenKind::unreadable) || !nearest_word(std::string(cursor_.spelling()), statement_words()).empty())
    cursor_.fail_expecting(expected, statement_words());
  cursor_.fail_at(cursor_.here(), "expected " + expected + ", found `" + std::string(cursor_.spelling()) + "`",
                  "If this line continues the statement above, indent it.");
}

/// `let NAME = e`, `let NAME(x, y) = e`
Let StatementParser::let() {
  cursor_.advance();
  if (cursor_.at_word("record") || cursor_.at_word("expect"))
    cursor_.fail_at(cursor_.here(), "`" + std::string(cursor_.spelling()) + "` has a meaning of its own",
                    "Choose another name.");
  Let definition;
  definition.name = cursor_.expect_name("the name to be defined");
  if (cursor_.at(TokenKind::left_paren)) definition.parameters = expressions_.parameters();
  if (!cursor_.accept(TokenKind::assign))
    cursor_.fail_expecting(definition.parameters.empty() ? "`=`, or parameters in parentheses," : "`=`");
  definition.body = expressions_.expression();
  return definition;
}

std::string StatementParser::optional_text() {
  return cursor_.at(TokenKind::text) ? cursor_.expect_text("a title") : "";
}

bool StatementParser::at_claim_clause() const {
  return cursor_.at_word("by") || cursor_.at_word("source") ||
         (cursor_.at_word("expect") && cursor_.kind(1) != TokenKind::left_paren);
}

Claim StatementParser::claim() {
  cursor_.advance();
  Claim claim;
  claim.id = cursor_.expect_identifier("the id of the claim");
  claim.title = optional_text();
  static_cast<void>(cursor_.accept(TokenKind::colon));
  const bool clause_instead = cursor_.kind(1) == TokenKind::name || cursor_.kind(1) == TokenKind::text;
  if (cursor_.at(TokenKind::end) || (at_claim_clause() && clause_instead))
    cursor_.fail_expecting("the formula of the claim");
  claim.formula = expressions_.expression();
  while (!cursor_.at(TokenKind::end)) claim_clause(claim);
  return claim;
}

void StatementParser::claim_clause(Claim& claim) {
  const auto refuse_second = [this](bool given) {
    if (given) cursor_.fail_at(cursor_.here(), "a second `" + std::string(cursor_.spelling()) + "` in this claim");
  };
  if (cursor_.at_word("by")) {
    refuse_second(claim.method.has_value());
    claim.method = method();
  } else if (cursor_.at_word("expect")) {
    refuse_second(claim.expectation_written);
    expectation(claim);
  } else if (cursor_.at_word("source")) {
    refuse_second(!claim.source.empty());
    cursor_.advance();
    claim.source = cursor_.expect_text("the source of the claim");
  } else if (cursor_.at(TokenKind::right_paren) || cursor_.at(TokenKind::right_bracket)) {
    cursor_.fail_at(cursor_.here(), "this `" + std::string(cursor_.spelling()) + "` closes nothing");
  } else {
    std::vector<std::string> words = reserved_words();
    words.insert(words.end(), {"by", "expect", "source"});
    cursor_.fail_expecting("an operator, `by`, `expect`, `source` or the end of the claim", words);
  }
}

/// `by NAME`, `by NAME(args)`
Method StatementParser::method() {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  if (!cursor_.at(TokenKind::name) || !contains(method_words(), cursor_.spelling()))
    cursor_.fail_expecting("a method: " + alternatives(method_words()), method_words());
  Method method;
  method.name = cursor_.expect_name("a method");
  if (cursor_.at(TokenKind::left_paren)) method.arguments = expressions_.arguments();
  method.where = cursor_.range_from(first);
  return method;
}

/// `expect VERDICT`
void StatementParser::expectation(Claim& claim) {
  cursor_.advance();
  const std::optional<Expected> verdict = expected_of(cursor_.spelling());
  if (!verdict) cursor_.fail_expecting("a verdict: " + alternatives(verdict_words()), verdict_words());
  cursor_.advance();
  claim.expected = *verdict;
  claim.expectation_written = true;
}

Table StatementParser::table() {
  cursor_.advance();
  Table table;
  table.name = cursor_.expect_identifier("the name of the table");
  table.caption = optional_text();
  if (cursor_.accept(TokenKind::for_)) {
    table.generators = expressions_.generators();
    table.filter = expressions_.optional_filter();
  }
  if (!cursor_.at_word("column"))
    cursor_.fail_expecting(table.generators.empty() ? "`for` or `column`" : "an operator, `,`, `where` or `column`",
                           {"for", "column", "where"});
  while (cursor_.at_word("column")) table.columns.push_back(column());
  if (!cursor_.at(TokenKind::end))
    cursor_.fail_expecting("an operator, `digits`, `column` or the end of the table", {"column", "digits"});
  return table;
}

/// `column "heading" = e digits 20`
TableColumn StatementParser::column() {
  cursor_.advance();
  TableColumn column;
  column.heading = cursor_.expect_text("the heading of the column");
  cursor_.expect(TokenKind::assign, "after the heading of the column");
  column.value = expressions_.expression();
  while (cursor_.at(TokenKind::name) && contains(column_words(), cursor_.spelling())) {
    if (!column.options.empty()) cursor_.fail_at(cursor_.here(), "a second `digits` for this column");
    std::string option = cursor_.expect_name("an option");
    column.options.push_back({std::move(option), expressions_.operation(Precedence::negation)});
  }
  return column;
}

Train StatementParser::train() {
  cursor_.advance();
  Train train;
  train.name = cursor_.expect_identifier("the name of the training");
  std::vector<std::string> words = train_words();
  words.insert(words.begin(), "weights");
  std::vector<std::string> seen;
  do {
    if (!contains(words, cursor_.spelling()))
      cursor_.fail_expecting((seen.empty() ? "" : "an operator, `,` or ") + alternatives(words), words);
    if (contains(seen, cursor_.spelling()))
      cursor_.fail_at(cursor_.here(), "a second `" + std::string(cursor_.spelling()) + "` in this training");
    seen.emplace_back(cursor_.spelling());
    if (cursor_.at_word("weights"))
      train.weights = weights();
    else
      train.clauses.push_back(clause());
  } while (!cursor_.at(TokenKind::end));
  for (const std::string required : {"weights", "minimize"})
    if (!contains(seen, required)) cursor_.fail_expecting("a line `" + required + " …` in this training");
  return train;
}

/// `weights U: [128, 113], V: [113]`
std::vector<WeightShape> StatementParser::weights() {
  cursor_.advance();
  std::vector<WeightShape> shapes;
  do {
    const SourceRange where = cursor_.here();
    WeightShape shape{cursor_.expect_name("the name of a weight"), {}};
    const auto same_name = [&shape](const WeightShape& other) { return other.name == shape.name; };
    if (std::any_of(shapes.begin(), shapes.end(), same_name))
      cursor_.fail_at(where, "`" + shape.name + "` occurs twice in this list", "Give each a name of its own.");
    cursor_.expect(TokenKind::colon, "after the name of the weight");
    const ExprPtr dimensions = expressions_.operation(Precedence::postfix);
    const auto* list = std::get_if<VectorLiteral>(&dimensions->node);
    if (!list)
      cursor_.fail_at(dimensions->where,
                      "expected the dimensions of `" + shape.name + "` in brackets, e.g. [128, 113]");
    shape.dimensions = list->items;
    shapes.push_back(std::move(shape));
  } while (cursor_.accept(TokenKind::comma));
  return shapes;
}

/// `steps 600`, `optimizer adamw(lr = 0.01)`
Clause StatementParser::clause() {
  const std::size_t first = cursor_.index();
  Clause clause{cursor_.expect_name("a keyword"), {}, {}};
  do {
    clause.values.push_back(expressions_.expression());
  } while (cursor_.accept(TokenKind::comma));
  clause.where = cursor_.range_from(first);
  return clause;
}

/// `plot NAME "caption"` and one line, `bars k in 1..56: e`
Plot StatementParser::plot() {
  cursor_.advance();
  Plot plot;
  plot.name = cursor_.expect_identifier("the name of the plot");
  plot.caption = optional_text();
  if (!cursor_.at(TokenKind::name) || !contains(plot_words(), cursor_.spelling()))
    cursor_.fail_expecting("the form of the plot: " + alternatives(plot_words()), plot_words());
  plot.form = cursor_.expect_name("the form of the plot");
  plot.generators = expressions_.generators();
  if (cursor_.at(TokenKind::where))
    cursor_.fail_at(cursor_.here(), "a plot takes no `where`", "Filter its domain: {k for k in S where P(k)}.");
  cursor_.expect(TokenKind::colon, "before what is plotted");
  plot.value = expressions_.expression();
  return plot;
}

Import StatementParser::import() {
  cursor_.advance();
  Import import{cursor_.expect_text("the path of a document")};
  if (import.path.empty())
    cursor_.fail_at(cursor_.range_from(1), "expected the path of a document, found an empty text");
  return import;
}

}  // namespace assay::notation
