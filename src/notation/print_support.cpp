#include "notation/print_support.hpp"

#include "notation/literal.hpp"

namespace assay::notation {

namespace {

struct PrecedenceOf {
  template <class Primary>
  Precedence operator()(const Primary&) const {
    return Precedence::primary;
  }
  Precedence operator()(const NumberLiteral& n) const {
    if (!n.spelling.empty() || !decimal_spelling(n.value).empty()) return Precedence::primary;
    return n.value < 0 && n.value.get_den() == 1 ? Precedence::negation : Precedence::product;
  }
  Precedence operator()(const Unary& n) const {
    return n.op == UnaryOp::negate ? Precedence::negation
           : n.op == UnaryOp::not_ ? Precedence::not_
                                   : Precedence::postfix;
  }
  Precedence operator()(const Binary& n) const { return precedence_of(n.op); }
  Precedence operator()(const Comparison&) const { return Precedence::comparison; }
  Precedence operator()(const Conditional&) const { return Precedence::binder; }
  Precedence operator()(const With&) const { return Precedence::binder; }
  Precedence operator()(const DefiniteDescription&) const { return Precedence::binder; }
  Precedence operator()(const Binder& n) const {
    return n.kind == BinderKind::forall || n.kind == BinderKind::exists ? Precedence::binder : Precedence::primary;
  }
  Precedence operator()(const Lambda&) const { return Precedence::function; }
  Precedence operator()(const Call&) const { return Precedence::postfix; }
  Precedence operator()(const Index&) const { return Precedence::postfix; }
  Precedence operator()(const Field&) const { return Precedence::postfix; }
};

}  // namespace

Precedence precedence_of(const Expr& e) { return std::visit(PrecedenceOf{}, e.node); }

Precedence precedence_of(BinaryOp op) noexcept {
  switch (op) {
    case BinaryOp::iff: return Precedence::iff;
    case BinaryOp::implies: return Precedence::implies;
    case BinaryOp::or_: return Precedence::or_;
    case BinaryOp::and_: return Precedence::and_;
    case BinaryOp::range: return Precedence::range;
    case BinaryOp::add:
    case BinaryOp::subtract: return Precedence::sum;
    case BinaryOp::multiply:
    case BinaryOp::divide:
    case BinaryOp::mod:
    case BinaryOp::entrywise_multiply:
    case BinaryOp::entrywise_divide: return Precedence::product;
    case BinaryOp::power:
    case BinaryOp::entrywise_power: return Precedence::power;
  }
  return Precedence::function;
}

OperandPrecedence operands_of(BinaryOp op) noexcept {
  const Precedence own = precedence_of(op);
  const bool right_associative = own == Precedence::implies || own == Precedence::power;
  const bool not_associative = own == Precedence::iff || own == Precedence::range;
  return {right_associative || not_associative ? next_tighter(own) : own, right_associative ? own : next_tighter(own)};
}

bool is_literal(const Expr& e) noexcept {
  return std::holds_alternative<NumberLiteral>(e.node) || std::holds_alternative<TextLiteral>(e.node) ||
         std::holds_alternative<TruthLiteral>(e.node);
}

std::string number_spelling(const NumberLiteral& literal) {
  if (!literal.spelling.empty()) return literal.spelling;
  const std::string decimal = decimal_spelling(literal.value);
  return decimal.empty() ? literal.value.get_str() : decimal;
}

}  // namespace assay::notation
