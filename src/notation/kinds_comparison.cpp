#include "notation/kinds_check.hpp"

/// Kinds of comparisons.
namespace assay::notation {

namespace {

bool is_any(const KindPtr& kind) { return std::holds_alternative<AnyKind>(kind->form); }

std::optional<Rational> value_of(const KindPtr& kind) {
  const auto* number = std::get_if<NumberKind>(&kind->form);
  return number != nullptr ? number->value : std::nullopt;
}

std::string symbol_of(Relation relation) {
  switch (relation) {
    case Relation::equal: return "==";
    case Relation::not_equal: return "!=";
    case Relation::less: return "<";
    case Relation::less_equal: return "<=";
    case Relation::greater: return ">";
    case Relation::greater_equal: return ">=";
    case Relation::in: return "in";
    case Relation::not_in: return "not in";
  }
  return "?";
}

std::optional<bool> compare_values(Relation relation, const Rational& left, const Rational& right) {
  switch (relation) {
    case Relation::equal: return left == right;
    case Relation::not_equal: return left != right;
    case Relation::less: return left < right;
    case Relation::less_equal: return left <= right;
    case Relation::greater: return left > right;
    case Relation::greater_equal: return left >= right;
    default: return std::nullopt;
  }
}

/// Why values of two kinds can never be equal; empty if they can, or if it is not known.
std::string why_unequal(const KindPtr& left, const KindPtr& right);

std::string why_fields_differ(const RecordKind& left, const RecordKind& right) {
  for (const auto* pair : {&left, &right}) {
    const RecordKind& other = pair == &left ? right : left;
    for (const auto& [name, kind] : pair->fields) {
      bool found = false;
      for (const auto& [other_name, other_kind] : other.fields) found = found || other_name == name;
      if (!found) return "the field " + code(name) + " is only in one of the two records";
    }
  }
  return "";
}

std::string why_unequal(const KindPtr& left, const KindPtr& right) {
  if (is_any(left) || is_any(right)) return "";
  std::string kinds = describe(left) + " with " + describe(right);
  const std::optional<Shape> left_shape = shape_of(left);
  const std::optional<Shape> right_shape = shape_of(right);
  if (left_shape && right_shape) return entrywise_shape(*left_shape, *right_shape) ? "" : kinds;
  if (left->form.index() != right->form.index()) return kinds;
  if (std::holds_alternative<FunctionKind>(left->form)) return "functions";
  if (const auto* record = std::get_if<RecordKind>(&left->form))
    return why_fields_differ(*record, std::get<RecordKind>(right->form));
  const auto* tuple = std::get_if<TupleKind>(&left->form);
  if (tuple == nullptr) return "";
  const TupleKind& other = std::get<TupleKind>(right->form);
  if (tuple->items.size() != other.items.size()) return kinds;
  for (std::size_t i = 0; i < tuple->items.size(); ++i) {
    std::string why = why_unequal(tuple->items[i], other.items[i]);
    if (!why.empty()) return why;
  }
  return "";
}

}  // namespace

KindPtr KindChecker::comparison(const Comparison& node, const Scope* scope) {
  std::vector<KindPtr> kinds;
  for (const ExprPtr& item : node.operands) kinds.push_back(evaluate(item, scope));
  std::optional<bool> all = true;
  for (std::size_t i = 0; i < node.relations.size() && i + 1 < kinds.size(); ++i) {
    const std::optional<bool> truth =
        compare(node.relations[i], kinds[i], kinds[i + 1], node.operands[i], node.operands[i + 1]);
    if (truth == false || all == false)
      all = false;
    else if (!truth)
      all = std::nullopt;
  }
  return truth_kind(all);
}

void KindChecker::check_order(Relation relation, const KindPtr& kind, const SourceRange& where) {
  const std::optional<Shape> shape = shape_of(kind);
  const std::string symbol = code(symbol_of(relation));
  if (!shape || !may_be_number(*shape))
    mismatch(where, symbol + " compares real numbers, but this is " + describe(kind),
             shape ? "Compare the entries: `forall i in …: u[i] < v[i]`." : remedy_for_operand(kind));
  else if (shape->entries == NumberSort::complex)
    mismatch(where, symbol + " compares real numbers, but this is " + describe(kind),
             "Compare `abs(z)`, `re(z)` or `im(z)`.");
}

std::optional<bool> KindChecker::compare(Relation relation, const KindPtr& left, const KindPtr& right,
                                         const ExprPtr& left_expression, const ExprPtr& right_expression) {
  if (relation == Relation::in || relation == Relation::not_in) {
    if (!is_any(right) && !std::holds_alternative<SetKind>(right->form))
      mismatch(right_expression->where, "`in` needs a set on its right side, but this is " + describe(right),
               shape_of(right) ? "A set is written with braces, `{1, 2, 5}`, or as a range, `0..n-1`." : "");
    return std::nullopt;
  }
  if (relation != Relation::equal && relation != Relation::not_equal) {
    check_order(relation, left, left_expression->where);
    check_order(relation, right, right_expression->where);
  } else {
    const std::string why = why_unequal(left, right);
    if (!why.empty())
      mismatch(span(left_expression->where, right_expression->where),
               code(symbol_of(relation)) + " cannot compare " + why, "Both sides must be of the same kind and shape.");
  }
  const std::optional<Rational> left_value = value_of(left);
  const std::optional<Rational> right_value = value_of(right);
  return left_value && right_value ? compare_values(relation, *left_value, *right_value) : std::nullopt;
}

}  // namespace assay::notation
