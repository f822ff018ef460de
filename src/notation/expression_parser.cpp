#include "notation/expression_parser.hpp"

#include <optional>
#include <utility>

#include "notation/words.hpp"

namespace assay::notation {

namespace {

struct Operator {
  BinaryOp op;
  Precedence precedence;
  Precedence right;  ///< the loosest operator in the right operand
};

constexpr Operator left_associative(BinaryOp op, Precedence precedence) {
  return {op, precedence, next_tighter(precedence)};
}
constexpr Operator right_associative(BinaryOp op, Precedence precedence) { return {op, precedence, precedence}; }

std::optional<Operator> operator_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::iff: return left_associative(BinaryOp::iff, Precedence::iff);
    case TokenKind::implies: return right_associative(BinaryOp::implies, Precedence::implies);
    case TokenKind::or_: return left_associative(BinaryOp::or_, Precedence::or_);
    case TokenKind::and_: return left_associative(BinaryOp::and_, Precedence::and_);
    case TokenKind::dots: return left_associative(BinaryOp::range, Precedence::range);
    case TokenKind::plus: return left_associative(BinaryOp::add, Precedence::sum);
    case TokenKind::minus: return left_associative(BinaryOp::subtract, Precedence::sum);
    case TokenKind::star: return left_associative(BinaryOp::multiply, Precedence::product);
    case TokenKind::slash: return left_associative(BinaryOp::divide, Precedence::product);
    case TokenKind::mod: return left_associative(BinaryOp::mod, Precedence::product);
    case TokenKind::dot_star: return left_associative(BinaryOp::entrywise_multiply, Precedence::product);
    case TokenKind::dot_slash: return left_associative(BinaryOp::entrywise_divide, Precedence::product);
    case TokenKind::caret: return right_associative(BinaryOp::power, Precedence::power);
    case TokenKind::dot_caret: return right_associative(BinaryOp::entrywise_power, Precedence::power);
    default: return std::nullopt;
  }
}

bool is_associative(BinaryOp op) { return op != BinaryOp::iff && op != BinaryOp::range; }

/// The relation at the cursor; `not in` is two tokens.
std::optional<Relation> relation_at(const TokenCursor& cursor) {
  switch (cursor.kind()) {
    case TokenKind::equal: return Relation::equal;
    case TokenKind::not_equal: return Relation::not_equal;
    case TokenKind::less: return Relation::less;
    case TokenKind::less_equal: return Relation::less_equal;
    case TokenKind::greater: return Relation::greater;
    case TokenKind::greater_equal: return Relation::greater_equal;
    case TokenKind::in: return Relation::in;
    case TokenKind::not_: return cursor.kind(1) == TokenKind::in ? std::optional(Relation::not_in) : std::nullopt;
    default: return std::nullopt;
  }
}

/// Counts one level of nesting while it lives.
class Nesting {
 public:
  Nesting(std::size_t& depth, const TokenCursor& cursor) : depth_(depth) {
    if (depth_ == deepest_nesting)
      cursor.fail_at(
          cursor.here(),
          "this expression is nested too deeply; the limit is " + std::to_string(deepest_nesting) + " levels",
          "Name its parts with `let` or `with`.");
    ++depth_;
  }
  ~Nesting() { --depth_; }
  Nesting(const Nesting&) = delete;
  Nesting& operator=(const Nesting&) = delete;

 private:
  std::size_t& depth_;
};

}  // namespace

ExprPtr ExpressionParser::made(Node node, std::size_t first) const {
  ExprPtr e = make_expr(std::move(node), cursor_.range_from(first));
  if (e->height > greatest_height)
    cursor_.fail_at(cursor_.here(),
                    "this expression is too high a tree: the limit is " + std::to_string(greatest_height) +
                        " operations upon each other",
                    "Write a long chain as sum(…), prod(…) or a quantifier over a set.");
  return e;
}

ExprPtr ExpressionParser::expression() {
  if (!at_function()) return operation(Precedence::iff);
  const Nesting nesting(depth_, cursor_);
  return function();
}

ExprPtr ExpressionParser::operation(Precedence loosest) {
  const Nesting nesting(depth_, cursor_);
  const std::size_t first = cursor_.index();
  ExprPtr left = prefix(loosest);
  while (true) {
    if (relation_at(cursor_)) {
      if (loosest > Precedence::comparison) return left;
      left = comparison(std::move(left), first);
      continue;
    }
    const std::optional<Operator> op = operator_of(cursor_.kind());
    if (!op || op->precedence < loosest) return left;
    cursor_.advance();
    ExprPtr right = operation(op->right);
    left = made(Binary{op->op, std::move(left), std::move(right)}, first);
    const std::optional<Operator> following = operator_of(cursor_.kind());
    if (!is_associative(op->op) && following && following->op == op->op)
      cursor_.fail_at(cursor_.here(), "`" + std::string(cursor_.spelling()) + "` cannot be chained",
                      "Use parentheses to say which comes first.");
  }
}

ExprPtr ExpressionParser::comparison(ExprPtr first_operand, std::size_t first) {
  Comparison chain;
  chain.operands.push_back(std::move(first_operand));
  while (const std::optional<Relation> relation = relation_at(cursor_)) {
    cursor_.advance();
    if (*relation == Relation::not_in) cursor_.advance();
    chain.relations.push_back(*relation);
    chain.operands.push_back(operation(Precedence::range));
  }
  return made(std::move(chain), first);
}

ExprPtr ExpressionParser::prefix(Precedence loosest) {
  switch (cursor_.kind()) {
    case TokenKind::minus: return negation();
    case TokenKind::not_: return logical_not(loosest);
    case TokenKind::forall: return quantifier(BinderKind::forall);
    case TokenKind::exists: return quantifier(BinderKind::exists);
    case TokenKind::with: return with();
    case TokenKind::if_: return conditional();
    case TokenKind::the: return description();
    default: return postfix();
  }
}

/// `-x^2` is -(x^2), and an exponent may be negative: `2^-x^2` is 2^(-(x^2)).
ExprPtr ExpressionParser::negation() {
  const std::size_t first = cursor_.index();
  cursor_.advance();
  ExprPtr operand = operation(Precedence::negation);
  return made(Unary{UnaryOp::negate, std::move(operand)}, first);
}

ExprPtr ExpressionParser::logical_not(Precedence loosest) {
  if (loosest > Precedence::not_)
    cursor_.fail_at(cursor_.here(), "`not` binds more loosely than the operator before it",
                    "Put `not …` in parentheses.");
  const std::size_t first = cursor_.index();
  cursor_.advance();
  ExprPtr operand = operation(Precedence::not_);
  return made(Unary{UnaryOp::not_, std::move(operand)}, first);
}

}  // namespace assay::notation
