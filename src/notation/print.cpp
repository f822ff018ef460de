#include "notation/print.hpp"

#include <string_view>
#include <utility>

#include "notation/lexer.hpp"
#include "notation/literal.hpp"
#include "notation/precedence.hpp"
#include "notation/print_support.hpp"
#include "notation/words.hpp"

namespace assay::notation {

namespace {

std::string_view spelling_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::iff: return " iff ";
    case BinaryOp::implies: return " implies ";
    case BinaryOp::or_: return " or ";
    case BinaryOp::and_: return " and ";
    case BinaryOp::range: return "..";
    case BinaryOp::add: return " + ";
    case BinaryOp::subtract: return " - ";
    case BinaryOp::multiply: return "*";
    case BinaryOp::divide: return "/";
    case BinaryOp::mod: return " mod ";
    case BinaryOp::entrywise_multiply: return " .* ";
    case BinaryOp::entrywise_divide: return " ./ ";
    case BinaryOp::power: return "^";
    case BinaryOp::entrywise_power: return " .^ ";
  }
  return " ? ";
}

std::string_view spelling_of(Relation relation) {
  switch (relation) {
    case Relation::equal: return " == ";
    case Relation::not_equal: return " != ";
    case Relation::less: return " < ";
    case Relation::less_equal: return " <= ";
    case Relation::greater: return " > ";
    case Relation::greater_equal: return " >= ";
    case Relation::in: return " in ";
    case Relation::not_in: return " not in ";
  }
  return " ? ";
}

/// Whether an argument list that begins with `argument` would be read as the generators of a binder: `sum(k in …`.
bool looks_like_generator(std::string_view argument) {
  std::size_t end = 0;
  while (end < argument.size() && is_name_part(argument[end])) ++end;
  return is_name(argument.substr(0, end)) && argument.substr(end, 4) == " in ";
}

/// Appends the text of a tree. Every operand is printed for a loosest acceptable precedence and put in parentheses if
/// it is looser; prefix forms stand without parentheses only where something else delimits them.
class Printer {
 public:
  void print(const Expr& e, Precedence loosest) {
    const bool in_parentheses = precedence_of(e) < loosest;
    const bool was_in_range = in_range_;
    in_range_ = in_range_ && !in_parentheses && std::holds_alternative<Binary>(e.node);
    if (in_parentheses) out_ += "(";
    std::visit(*this, e.node);
    if (in_parentheses) out_ += ")";
    in_range_ = was_in_range;
  }
  void print(const ExprPtr& e, Precedence loosest = Precedence::function) { print(*e, loosest); }
  [[nodiscard]] std::string take() { return std::move(out_); }

  void operator()(const NumberLiteral& n) { out_ += number_spelling(n); }
  void operator()(const TruthLiteral& n) { out_ += n.value ? "true" : "false"; }
  void operator()(const TextLiteral& n) { out_ += text_spelling(n.value); }
  void operator()(const Name& n) { out_ += n.name; }

  void operator()(const Unary& n) {
    if (n.op == UnaryOp::transpose) {
      print(n.operand, Precedence::postfix);
      out_ += "'";
    } else if (n.op == UnaryOp::negate) {
      out_ += "-";
      print(n.operand, Precedence::negation);
    } else {
      out_ += "not ";
      print(n.operand, Precedence::not_);
    }
  }

  void operator()(const Binary& n) {
    const OperandPrecedence operands = operands_of(n.op);
    in_range_ = in_range_ || n.op == BinaryOp::range;
    print(n.left, operands.left);
    if (in_range_ && n.op == BinaryOp::add)
      out_ += "+";
    else if (in_range_ && n.op == BinaryOp::subtract)
      out_ += "-";
    else
      out_ += spelling_of(n.op);
    if (n.op == BinaryOp::power || n.op == BinaryOp::entrywise_power)
      print_exponent(n.right);
    else
      print(n.right, operands.right);
  }

  void operator()(const Comparison& n) {
    for (std::size_t i = 0; i < n.operands.size(); ++i) {
      if (i > 0) out_ += spelling_of(n.relations[i - 1]);
      print(n.operands[i], Precedence::range);
    }
  }

  void operator()(const Conditional& n) {
    out_ += "if ";
    print(n.condition, Precedence::iff);
    out_ += " then ";
    print(n.then_branch, Precedence::iff);
    out_ += " else ";
    print(n.else_branch);
  }

  void operator()(const With& n) {
    out_ += "with ";
    print_bindings(n.bindings);
    out_ += ": ";
    print(n.body);
  }

  void operator()(const Binder& n) {
    const bool is_quantifier = n.kind == BinderKind::forall || n.kind == BinderKind::exists;
    out_ += word_of(n.kind);
    out_ += is_quantifier ? " " : "(";
    print_generators(n.generators, n.filter);
    if (n.body) {
      out_ += ": ";
      print(n.body);
    }
    if (!is_quantifier) out_ += ")";
  }

  void operator()(const SetBuilder& n) {
    out_ += "{";
    print(n.body, Precedence::iff);
    out_ += " for ";
    print_generators(n.generators, n.filter);
    out_ += "}";
  }

  void operator()(const SetLiteral& n) { print_list("{", n.items, "}"); }
  void operator()(const Tuple& n) { print_list("(", n.items, ")"); }
  void operator()(const VectorLiteral& n) { print_list("[", n.items, "]"); }

  void operator()(const MatrixLiteral& n) {
    out_ += "[";
    for (std::size_t i = 0; i < n.rows.size(); ++i) print_list(i > 0 ? "; " : "", n.rows[i], "");
    out_ += n.rows.size() == 1 ? ";]" : "]";
  }

  void operator()(const Lambda& n) {
    print_parameters(n.parameters);
    out_ += " -> ";
    print(n.body);
  }

  void operator()(const Call& n) {
    const auto* name = std::get_if<Name>(&n.callee->node);
    const bool special = name && (name->name == "record" || name->name == "expect");
    print(n.callee, special || is_literal(*n.callee) ? beyond_primary : Precedence::postfix);
    const std::size_t open = out_.size();
    print_arguments(n.arguments);
    if (!name || !binder_of(name->name) || n.arguments.empty() || !n.arguments[0].name.empty()) return;
    if (!looks_like_generator(std::string_view(out_).substr(open + 1))) return;
    out_.resize(open);
    out_ += "(";
    print(n.arguments[0].value, beyond_primary);
    for (std::size_t i = 1; i < n.arguments.size(); ++i) print_argument(", ", n.arguments[i]);
    out_ += ")";
  }

  void operator()(const RecordLiteral& n) {
    out_ += "record(";
    print_bindings(n.fields);
    out_ += ")";
  }

  void operator()(const Index& n) {
    print(n.base, Precedence::postfix);
    const bool is_text = n.items.size() == 1 && n.items[0] && std::holds_alternative<TextLiteral>(n.items[0]->node);
    for (std::size_t i = 0; i < n.items.size(); ++i) {
      out_ += i > 0 ? ", " : "[";
      if (!n.items[i])
        out_ += ":";
      else
        print(n.items[i], is_text ? beyond_primary : Precedence::function);
    }
    out_ += "]";
  }

  void operator()(const Field& n) {
    print(n.base, Precedence::postfix);
    out_ += is_field_name(n.name) ? "." + n.name : "[" + text_spelling(n.name) + "]";
  }

  void operator()(const Expectation& n) {
    out_ += "expect(";
    for (std::size_t i = 0; i < n.variables.size(); ++i) {
      if (i > 0) out_ += ", ";
      print_parameters(n.variables[i].names);
      out_ += " ~ ";
      print(n.variables[i].distribution, Precedence::range);
    }
    out_ += ": ";
    print(n.body);
    out_ += ")";
  }

  void operator()(const DefiniteDescription& n) {
    out_ += "the ";
    print_generators({n.generator}, nullptr);
    out_ += ": ";
    print(n.condition);
  }

  // ---- parts of several forms
  // --------------------------------------------------------------------------------------------

  void print_list(std::string_view open, const std::vector<ExprPtr>& items, std::string_view close) {
    out_ += open;
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (i > 0) out_ += ", ";
      print(items[i]);
    }
    out_ += close;
  }

  void print_generators(const std::vector<Generator>& generators, const ExprPtr& filter) {
    for (std::size_t i = 0; i < generators.size(); ++i) {
      out_ += (i > 0 ? ", " : "") + generators[i].variable + " in ";
      print(generators[i].domain, Precedence::range);
    }
    if (!filter) return;
    out_ += " where ";
    print(filter, Precedence::iff);
  }

  void print_arguments(const std::vector<Argument>& arguments) {
    out_ += "(";
    for (std::size_t i = 0; i < arguments.size(); ++i) print_argument(i > 0 ? ", " : "", arguments[i]);
    out_ += ")";
  }

  void print_parameters(const std::vector<std::string>& names) {
    if (names.size() != 1) out_ += "(";
    for (std::size_t i = 0; i < names.size(); ++i) out_ += (i > 0 ? ", " : "") + names[i];
    if (names.size() != 1) out_ += ")";
  }

 private:
  void print_argument(std::string_view separator, const Argument& argument) {
    out_ += separator;
    if (!argument.name.empty()) out_ += argument.name + " = ";
    print(argument.value);
  }

  void print_bindings(const std::vector<Binding>& bindings) {
    for (std::size_t i = 0; i < bindings.size(); ++i)
      print_argument(i > 0 ? ", " : "", {bindings[i].name, bindings[i].value});
  }

  /// An exponent may begin with a minus sign, which then extends over the powers to its right.
  void print_exponent(const ExprPtr& e) {
    const auto* unary = std::get_if<Unary>(&e->node);
    if (!unary || unary->op != UnaryOp::negate) return print(e, Precedence::power);
    out_ += "-";
    print_exponent(unary->operand);
  }

  std::string out_;
  bool in_range_ = false;  ///< in `a..b`, outside of brackets: sums are set tight, `0..n-1`
};

}  // namespace

std::string print(const Expr& expression) {
  Printer printer;
  printer.print(expression, Precedence::function);
  return printer.take();
}

}  // namespace assay::notation
