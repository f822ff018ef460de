#include "notation/kinds_check.hpp"
#include "notation/kinds_fold.hpp"

/// Kinds of operators.
namespace assay::notation {

namespace {

std::string symbol_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::iff: return "iff";
    case BinaryOp::implies: return "implies";
    case BinaryOp::or_: return "or";
    case BinaryOp::and_: return "and";
    case BinaryOp::range: return "..";
    case BinaryOp::add: return "+";
    case BinaryOp::subtract: return "-";
    case BinaryOp::multiply: return "*";
    case BinaryOp::divide: return "/";
    case BinaryOp::mod: return "mod";
    case BinaryOp::entrywise_multiply: return ".*";
    case BinaryOp::entrywise_divide: return "./";
    case BinaryOp::power: return "^";
    case BinaryOp::entrywise_power: return ".^";
  }
  return "?";
}

bool is_any(const KindPtr& kind) { return std::holds_alternative<AnyKind>(kind->form); }

bool is_logical(BinaryOp op) {
  return op == BinaryOp::iff || op == BinaryOp::implies || op == BinaryOp::or_ || op == BinaryOp::and_;
}

std::optional<Rational> value_of(const KindPtr& kind) {
  const auto* number = std::get_if<NumberKind>(&kind->form);
  return number != nullptr ? number->value : std::nullopt;
}

std::optional<bool> truth_of_kind(const KindPtr& kind) {
  const auto* truth = std::get_if<TruthKind>(&kind->form);
  return truth != nullptr ? truth->value : std::nullopt;
}

bool may_be_square(const Shape& shape) {
  return !shape.dimensions ||
         (shape.dimensions->size() == 2 && !differ((*shape.dimensions)[0], (*shape.dimensions)[1]));
}

std::string remedy_for_product(const Shape& left, const Shape& right) {
  const auto rank = [](const Shape& shape) { return shape.dimensions ? shape.dimensions->size() : 0; };
  if (rank(left) == 1 && rank(right) == 1)
    return "Vectors are columns: write `u'*v` for the scalar product, `u .* v` entry by entry, `outer(u, v)` for the "
           "matrix.";
  if (rank(left) > 2 || rank(right) > 2) return "Take a matrix of the tensor by indices first, like `T[i]`.";
  return "The columns of the left side must be as many as the rows of the right side; `A'` is the transpose, `.*` the "
         "entrywise product.";
}

}  // namespace

std::string remedy_for_operand(const KindPtr& kind) {
  struct Remedy {
    std::string operator()(const TruthKind&) const { return "To count it, write `if … then 1 else 0`."; }
    std::string operator()(const SetKind&) const { return "Bind its elements: `sum(x in S: …)`, `{f(x) for x in S}`."; }
    std::string operator()(const FunctionKind&) const { return "Apply it: `f(x)`; or define `x -> f(x) + g(x)`."; }
    std::string operator()(const RecordKind&) const { return "Take one of its fields, like `w.U`."; }
    std::string operator()(const TupleKind&) const {
      return "Write a vector in brackets, `[a, b]`, or take an item, `t[0]`.";
    }
    std::string operator()(const TextKind&) const { return "Texts are only names, files and captions."; }
    std::string operator()(const AnyKind&) const { return ""; }
    std::string operator()(const NumberKind&) const { return ""; }
    std::string operator()(const TensorKind&) const { return ""; }
  };
  return std::visit(Remedy{}, kind->form);
}

std::optional<Shape> KindChecker::operand(const KindPtr& kind, const SourceRange& where, const std::string& symbol) {
  std::optional<Shape> shape = shape_of(kind);
  if (!shape)
    mismatch(where, code(symbol) + " needs numbers, vectors or matrices, but this is " + describe(kind),
             remedy_for_operand(kind));
  return shape;
}

void KindChecker::require_truth(const KindPtr& kind, const SourceRange& where, const std::string& what) {
  if (is_any(kind) || std::holds_alternative<TruthKind>(kind->form)) return;
  mismatch(where, what + " must be a truth value, but this is " + describe(kind),
           shape_of(kind) ? "Write a comparison, like `… != 0` or `… == …`." : "Write a formula, like `x in S`.");
}

bool KindChecker::require_integer(const KindPtr& kind, const SourceRange& where, const std::string& what) {
  const std::optional<Shape> shape = shape_of(kind);
  if (!shape || !may_be_number(*shape) || shape->entries == NumberSort::complex) {
    mismatch(where, what + " must be an integer, but this is " + describe(kind), remedy_for_operand(kind));
    return false;
  }
  const std::optional<Rational> value = value_of(kind);
  if (value && value->get_den() != 1) {
    wrong_constant(where, what + " must be an integer, but this is " + describe(kind),
                   "Use `floor` or `ceil` if a rounded number is meant.");
    return false;
  }
  return true;
}

KindPtr KindChecker::unary(const Unary& node, const Scope* scope) {
  const KindPtr kind = evaluate(node.operand, scope);
  if (node.op == UnaryOp::not_) {
    require_truth(kind, node.operand->where, "the operand of `not`");
    const std::optional<bool> truth = truth_of_kind(kind);
    return truth_kind(truth ? std::optional(!*truth) : std::nullopt);
  }
  const bool negate = node.op == UnaryOp::negate;
  const std::optional<Shape> shape = operand(kind, node.operand->where, negate ? "-" : "'");
  if (!shape) return any_kind();
  if (negate) {
    const std::optional<Rational> value = value_of(kind);
    return value ? constant_kind(-*value) : kind_of(*shape);
  }
  const std::optional<Shape> transposed = transpose_shape(*shape);
  if (transposed) return kind_of(*transposed);
  mismatch(node.operand->where, "only a vector or a matrix has a transpose, but this is " + describe(kind),
           "Take a matrix of the tensor by indices first, like `T[i]'`.");
  return any_kind();
}

KindPtr KindChecker::binary(const Expr& expression, const Scope* scope) {
  // Long sums are deep on the left: descend in a loop, so that their length needs no stack.
  std::vector<const Expr*> spine;
  const Expr* innermost = &expression;
  for (;;) {
    const auto* node = std::get_if<Binary>(&innermost->node);
    if (node == nullptr || is_logical(node->op)) break;
    spine.push_back(innermost);
    innermost = node->left.get();
  }
  if (spine.empty()) return logical(std::get<Binary>(expression.node), scope);
  KindPtr left = evaluate(std::get<Binary>(spine.back()->node).left, scope);
  for (auto level = spine.rbegin(); level != spine.rend(); ++level) {
    const Binary& node = std::get<Binary>((*level)->node);
    const KindPtr right = evaluate(node.right, scope);
    left = operate(node, left, right, (*level)->where);
  }
  return left;
}

KindPtr KindChecker::logical(const Binary& node, const Scope* scope) {
  const KindPtr left = evaluate(node.left, scope);
  require_truth(left, node.left->where, "the left side of " + code(symbol_of(node.op)));
  const std::optional<bool> known = truth_of_kind(left);
  const bool skipped = known && ((node.op == BinaryOp::and_ && !*known) || (node.op == BinaryOp::or_ && *known) ||
                                 (node.op == BinaryOp::implies && !*known));
  const KindReport::Branch branch(report_, !known && node.op != BinaryOp::iff);
  std::optional<KindReport::Dead> dead;
  if (skipped) dead.emplace(report_);
  const KindPtr right = evaluate(node.right, scope);
  require_truth(right, node.right->where, "the right side of " + code(symbol_of(node.op)));
  if (skipped) return truth_kind(node.op != BinaryOp::and_);
  const std::optional<bool> other = truth_of_kind(right);
  if (!known || !other) return truth_kind();
  return truth_kind(node.op == BinaryOp::iff ? *known == *other : *other);
}

KindPtr KindChecker::operate(const Binary& node, const KindPtr& left, const KindPtr& right, const SourceRange& where) {
  if (node.op == BinaryOp::range) return range(node, left, right);
  if (node.op == BinaryOp::power) return power(node, left, right);
  const std::string symbol = symbol_of(node.op);
  const std::optional<Shape> left_shape = operand(left, node.left->where, symbol);
  const std::optional<Shape> right_shape = operand(right, node.right->where, symbol);
  if (!left_shape || !right_shape) return any_kind();
  const std::optional<Rational> left_value = value_of(left);
  const std::optional<Rational> right_value = value_of(right);
  if (left_value && right_value)
    if (const std::optional<Rational> folded = fold(node.op, *left_value, *right_value)) return constant_kind(*folded);
  const bool is_product = node.op == BinaryOp::multiply;
  if (node.op == BinaryOp::divide && !may_be_number(*right_shape)) {
    mismatch(node.right->where, "`/` divides by a number, but this is " + describe(right),
             "Write `./` to divide entry by entry, `inverse(A)*b` to solve a system.");
    return any_kind();
  }
  std::optional<Shape> result =
      is_product ? product_shape(*left_shape, *right_shape) : entrywise_shape(*left_shape, *right_shape);
  if (!result) {
    mismatch(where, code(symbol) + " does not fit " + describe(left) + " and " + describe(right),
             is_product ? remedy_for_product(*left_shape, *right_shape)
                        : "Both sides must have the same shape, or one of them be a number.");
    return any_kind();
  }
  const bool quotient = node.op == BinaryOp::divide || node.op == BinaryOp::entrywise_divide;
  if (quotient && result->entries == NumberSort::integer) result->entries = NumberSort::rational;
  if (node.op == BinaryOp::entrywise_power && result->entries < NumberSort::complex) result->entries = NumberSort::real;
  return kind_of(*result);
}

KindPtr KindChecker::range(const Binary& node, const KindPtr& left, const KindPtr& right) {
  const bool ends = require_integer(left, node.left->where, "the begin of a range `a..b`") &&
                    require_integer(right, node.right->where, "the end of a range `a..b`");
  const std::optional<Rational> first = value_of(left);
  const std::optional<Rational> last = value_of(right);
  if (!ends || !first || !last) return set_kind(number_kind(NumberSort::integer));
  const Rational size = *last < *first ? Rational(0) : Rational(*last - *first + 1);
  return set_kind(number_kind(NumberSort::integer), dimension_of(constant_kind(size)));
}

KindPtr KindChecker::power_of_domain(const SetKind& domain, const Binary& node, const KindPtr& exponent) {
  const std::optional<Shape> element = shape_of(domain.element);
  if (domain.finite || !element || !may_be_number(*element)) {
    mismatch(node.left->where,
             "only a domain of numbers like R has powers `R^n`, but this is " +
                 std::string(domain.finite ? "a finite set" : "a set of something else"),
             "Write one generator for each coordinate: `a in S, b in S`.");
    return any_kind();
  }
  if (!require_integer(exponent, node.right->where, "the exponent of a domain")) return any_kind();
  return infinite_set_kind(tensor_kind({dimension_of(exponent)}, element->entries));
}

KindPtr KindChecker::power(const Binary& node, const KindPtr& left, const KindPtr& right) {
  if (const auto* domain = std::get_if<SetKind>(&left->form)) return power_of_domain(*domain, node, right);
  const std::optional<Shape> base = operand(left, node.left->where, "^");
  const std::optional<Shape> exponent = operand(right, node.right->where, "^");
  if (!base || !exponent) return any_kind();
  if (!may_be_number(*exponent)) {
    mismatch(node.right->where, "the exponent of `^` must be a number, but this is " + describe(right),
             "Write `.^` to raise entry by entry.");
    return any_kind();
  }
  if (!may_be_number(*base) && !may_be_square(*base)) {
    mismatch(node.left->where, "only numbers and square matrices have powers, but this is " + describe(left),
             "Write `.^` to raise entry by entry.");
    return any_kind();
  }
  const std::optional<Rational> base_value = value_of(left);
  const std::optional<Rational> exponent_value = value_of(right);
  if (base_value && exponent_value)
    if (const auto folded = fold(BinaryOp::power, *base_value, *exponent_value)) return constant_kind(*folded);
  NumberSort sort = combine_sorts(base->entries, exponent->entries);
  const bool natural = exponent_value && exponent_value->get_den() == 1 && *exponent_value >= 0;
  if (natural)
    sort = base->entries;
  else if (exponent->entries == NumberSort::integer && sort == NumberSort::integer)
    sort = NumberSort::rational;
  else if (exponent->entries != NumberSort::integer && sort < NumberSort::real)
    sort = NumberSort::real;
  return kind_of(Shape{base->dimensions, sort});
}

}  // namespace assay::notation
