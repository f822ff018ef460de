// The forms that bind variables: functions, quantifiers, sums and their kin, with, the, expect, set builders.
#include <algorithm>
#include <utility>

#include "notation/expression_parser.hpp"
#include "notation/words.hpp"

namespace assay::notation {

/// Before `x ->` or `(x, y) ->`. Looks ahead over names and commas only, so nested parentheses cost nothing twice.
bool ExpressionParser::at_function() const {
  if (cursor_.at(TokenKind::name)) return cursor_.kind(1) == TokenKind::arrow;
  if (!cursor_.at(TokenKind::left_paren)) return false;
  std::size_t ahead = 1;
  while (cursor_.kind(ahead) == TokenKind::name || cursor_.kind(ahead) == TokenKind::comma) ++ahead;
  return ahead > 1 && cursor_.kind(ahead) == TokenKind::right_paren && cursor_.kind(ahead + 1) == TokenKind::arrow;
}

ExprPtr ExpressionParser::function() {
  const std::size_t first = cursor_.index();
  std::vector<std::string> names;
  if (cursor_.at(TokenKind::name))
    names.push_back(cursor_.expect_name("a parameter"));
  else
    names = parameters();
  cursor_.expect(TokenKind::arrow);
  ExprPtr body = expression();
  return made(Lambda{std::move(names), std::move(body)}, first);
}

std::vector<std::string> ExpressionParser::parameters() {
  cursor_.expect(TokenKind::left_paren);
  std::vector<std::string> names;
  do {
    if (cursor_.at(TokenKind::name)) check_distinct(names, std::string(cursor_.spelling()));
    names.push_back(cursor_.expect_name("a parameter"));
  } while (cursor_.accept(TokenKind::comma));
  if (!cursor_.accept(TokenKind::right_paren)) cursor_.fail_expecting("`,` or `)`");
  return names;
}

void ExpressionParser::check_distinct(const std::vector<std::string>& names, const std::string& name) const {
  if (std::find(names.begin(), names.end(), name) != names.end())
    cursor_.fail_at(cursor_.here(), "`" + name + "` occurs twice in this list", "Give each a name of its own.");
}

Generator ExpressionParser::generator() {
  const std::size_t first = cursor_.index();
  std::string variable = cursor_.expect_name("a variable");
  const SourceRange where = cursor_.range_from(first);
  if (cursor_.at(TokenKind::comma))
    cursor_.fail_at(cursor_.here(), "expected `in` after the variable `" + variable + "`, found `,`",
                    "Each variable has a domain of its own: `" + variable + " in S, …`.");
  cursor_.expect(TokenKind::in, "after the variable `" + variable + "`");
  return {std::move(variable), operation(Precedence::range), where};
}

std::vector<Generator> ExpressionParser::generators() {
  std::vector<Generator> all;
  do {
    all.push_back(generator());
  } while (cursor_.accept(TokenKind::comma));
  return all;
}

ExprPtr ExpressionParser::optional_filter() {
  return cursor_.accept(TokenKind::where) ? operation(Precedence::iff) : nullptr;
}

/// The colon before a body. @param before  what else could stand here.
void ExpressionParser::expect_body(const std::string& before) {
  if (!cursor_.accept(TokenKind::colon))
    cursor_.fail_expecting("an operator, " + before + "`:` and the body", {"where"});
}

ExprPtr ExpressionParser::quantifier(BinderKind kind) {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  Binder binder{kind, generators(), nullptr, nullptr};
  binder.filter = optional_filter();
  expect_body(binder.filter ? "" : "`,` and another variable, `where`, or ");
  binder.body = expression();
  return made(std::move(binder), first);
}

/// Before `sum(k in …` and its like; `sum(v)` is an ordinary application.
bool ExpressionParser::at_binder() const {
  return cursor_.at(TokenKind::name) && binder_of(cursor_.spelling()) && cursor_.kind(1) == TokenKind::left_paren &&
         cursor_.kind(2) == TokenKind::name && cursor_.kind(3) == TokenKind::in;
}

ExprPtr ExpressionParser::binder(BinderKind kind) {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  const std::size_t open = cursor_.index();
  cursor_.advance();
  Binder binder{kind, generators(), nullptr, nullptr};
  binder.filter = optional_filter();
  check_binder(binder, first);
  if (kind != BinderKind::count || !cursor_.at(TokenKind::right_paren)) {
    expect_body(binder.filter ? "" : "`,` and another variable, `where`, or ");
    binder.body = expression();
  }
  cursor_.expect_closing(TokenKind::right_paren, open);
  return made(std::move(binder), first);
}

void ExpressionParser::check_binder(const Binder& binder, std::size_t first) const {
  const std::string word = "`" + std::string(word_of(binder.kind)) + "`";
  const bool is_matrix = binder.kind == BinderKind::matrix;
  const bool is_integral = binder.kind == BinderKind::integral;
  const std::size_t wanted = is_matrix ? 2 : binder.kind == BinderKind::vector || is_integral ? 1 : 0;
  if (wanted > 0 && binder.generators.size() != wanted)
    cursor_.fail_at(cursor_.range_from(first), word + " takes exactly " +
                                                   (wanted == 1 ? "one variable" : "two variables") + ", found " +
                                                   std::to_string(binder.generators.size()));
  if (binder.filter && (is_matrix || is_integral))
    cursor_.fail_at(binder.filter->where, word + " takes no `where`",
                    is_matrix ? "Write `if P then e else 0` as its entry." : "");
}

/// `with x = e, y = f: body`
ExprPtr ExpressionParser::with() {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  With with;
  do {
    const std::size_t name_index = cursor_.index();
    std::string name = cursor_.expect_name("a name");
    const SourceRange where = cursor_.range_from(name_index);
    cursor_.expect(TokenKind::assign, "after the name `" + name + "`");
    with.bindings.push_back({std::move(name), expression(), where});
  } while (cursor_.accept(TokenKind::comma));
  expect_body("`,` and another name, or ");
  with.body = expression();
  return made(std::move(with), first);
}

ExprPtr ExpressionParser::conditional() {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  ExprPtr condition = expression();
  if (!cursor_.accept(TokenKind::then)) cursor_.fail_expecting("an operator or `then`", {"then"});
  ExprPtr then_branch = expression();
  if (!cursor_.accept(TokenKind::else_)) cursor_.fail_expecting("an operator or `else`", {"else"});
  ExprPtr else_branch = expression();
  return made(Conditional{std::move(condition), std::move(then_branch), std::move(else_branch)}, first);
}

/// `the t in B: P(t)`
ExprPtr ExpressionParser::description() {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  Generator variable = generator();
  expect_body("or ");
  ExprPtr condition = expression();
  return made(DefiniteDescription{std::move(variable), std::move(condition)}, first);
}

/// `expect((u, v) ~ normal(m, S), x ~ uniform(a, b): e)`
ExprPtr ExpressionParser::expectation() {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  const std::size_t open = cursor_.index();
  cursor_.advance();
  Expectation expectation;
  do {
    expectation.variables.push_back(random_variable());
  } while (cursor_.accept(TokenKind::comma));
  expect_body("`,` and another variable, or ");
  expectation.body = expression();
  cursor_.expect_closing(TokenKind::right_paren, open);
  return made(std::move(expectation), first);
}

RandomVariable ExpressionParser::random_variable() {
  const std::size_t first = cursor_.index();
  RandomVariable variable;
  if (cursor_.at(TokenKind::left_paren))
    variable.names = parameters();
  else
    variable.names.push_back(cursor_.expect_name("a random variable"));
  variable.where = cursor_.range_from(first);
  cursor_.expect(TokenKind::tilde, "and a distribution after the random variable");
  variable.distribution = operation(Precedence::range);
  return variable;
}

/// `{body for generators where filter}`
ExprPtr ExpressionParser::set_builder(ExprPtr body, std::size_t open) {
  cursor_.advance();
  SetBuilder builder{std::move(body), generators(), nullptr};
  builder.filter = optional_filter();
  cursor_.expect_closing(TokenKind::right_brace, open);
  return made(std::move(builder), open);
}

}  // namespace assay::notation
