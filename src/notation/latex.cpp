#include "notation/latex.hpp"

#include <algorithm>
#include <utility>

#include "notation/latex_names.hpp"
#include "notation/print.hpp"
#include "notation/print_support.hpp"

namespace assay::notation {

namespace {

std::string parenthesized(const std::string& text) { return "\\left(" + text + "\\right)"; }

std::string_view symbol_of(BinaryOp op) {
  switch (op) {
    case BinaryOp::iff: return " \\Leftrightarrow ";
    case BinaryOp::implies: return " \\Rightarrow ";
    case BinaryOp::or_: return " \\lor ";
    case BinaryOp::and_: return " \\land ";
    case BinaryOp::add: return " + ";
    case BinaryOp::subtract: return " - ";
    case BinaryOp::mod: return " \\bmod ";
    case BinaryOp::entrywise_multiply: return " \\odot ";
    case BinaryOp::entrywise_divide: return " \\oslash ";
    default: return " ";  // the others have forms of their own
  }
}

std::string_view symbol_of(Relation relation) {
  switch (relation) {
    case Relation::equal: return " = ";
    case Relation::not_equal: return " \\neq ";
    case Relation::less: return " < ";
    case Relation::less_equal: return " \\leq ";
    case Relation::greater: return " > ";
    case Relation::greater_equal: return " \\geq ";
    case Relation::in: return " \\in ";
    case Relation::not_in: return " \\notin ";
  }
  return " ";
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

/// Whether a thin space would make `left right` look like an application, a number or something else.
bool needs_dot(std::string_view right) {
  return right.empty() || (right[0] >= '0' && right[0] <= '9') || right[0] == '-' || starts_with(right, "\\left") ||
         starts_with(right, "\\begin") || starts_with(right, "\\frac");
}

}  // namespace

std::string LatexPrinter::print(const ExprPtr& e, Precedence loosest) {
  Latex latex = translate(*e);
  return latex.precedence < loosest ? parenthesized(latex.text) : std::move(latex.text);
}

Latex LatexPrinter::translate(const Expr& e) { return std::visit(*this, e.node); }

bool LatexPrinter::is_bound(std::string_view name) const noexcept {
  return std::find(bound_.begin(), bound_.end(), name) != bound_.end();
}

Latex LatexPrinter::operator()(const NumberLiteral& n) const {
  if (!n.spelling.empty()) {
    std::string latex = latex_number(n.spelling);
    const bool is_power = latex.find('^') != std::string::npos;
    return {std::move(latex), is_power ? Precedence::product : Precedence::primary};
  }
  const std::string spelling = number_spelling(n);
  const std::size_t slash = spelling.find('/');
  if (slash == std::string::npos) return {spelling, n.value < 0 ? Precedence::negation : Precedence::primary};
  return {"\\frac{" + spelling.substr(0, slash) + "}{" + spelling.substr(slash + 1) + "}", Precedence::product};
}

Latex LatexPrinter::operator()(const TruthLiteral& n) const {
  return {n.value ? "\\mathrm{true}" : "\\mathrm{false}", Precedence::primary};
}

Latex LatexPrinter::operator()(const TextLiteral& n) const {
  return {"\\text{``" + latex_escaped(n.value) + "''}", Precedence::primary};
}

Latex LatexPrinter::operator()(const Name& n) const {
  const std::string_view constant = is_bound(n.name) ? std::string_view() : latex_constant(n.name);
  return {constant.empty() ? latex_name(n.name) : std::string(constant), Precedence::primary};
}

/// What a superscript may be attached to: braces keep TeX from meeting a second one.
std::string LatexPrinter::superscript_base(const ExprPtr& e) {
  std::string base = print(e, Precedence::primary);
  return base.find('^') == std::string::npos || starts_with(base, "\\left(") ? base : "{" + base + "}";
}

Latex LatexPrinter::operator()(const Unary& n) {
  switch (n.op) {
    case UnaryOp::transpose: return {superscript_base(n.operand) + "^{\\mathsf{T}}", Precedence::postfix};
    case UnaryOp::negate: return {"-" + print(n.operand, Precedence::power), Precedence::negation};
    case UnaryOp::not_: return {"\\lnot " + print(n.operand, Precedence::range), Precedence::not_};
  }
  return {"", Precedence::primary};
}

namespace {

/// The product without the minus before its first factor; null if it has none.
ExprPtr without_sign(const ExprPtr& e) {
  if (const Unary* unary = std::get_if<Unary>(&e->node)) return unary->op == UnaryOp::negate ? unary->operand : nullptr;
  const Binary* binary = std::get_if<Binary>(&e->node);
  if (binary == nullptr || binary->op != BinaryOp::multiply) return nullptr;
  const ExprPtr first = without_sign(binary->left);
  return first ? make_expr(Binary{BinaryOp::multiply, first, binary->right}, e->where) : nullptr;
}

}  // namespace

Latex LatexPrinter::operator()(const Binary& n) {
  switch (n.op) {
    case BinaryOp::range:
      return {
          "\\left\\{" + print(n.left, Precedence::sum) + ", \\dots, " + print(n.right, Precedence::sum) + "\\right\\}",
          Precedence::primary};
    case BinaryOp::divide:
      // -a*b/c is set with the minus before the fraction.
      if (const ExprPtr numerator = without_sign(n.left))
        return {"-\\frac{" + print(numerator) + "}{" + print(n.right) + "}", Precedence::sum};
      return {"\\frac{" + print(n.left) + "}{" + print(n.right) + "}", Precedence::product};
    case BinaryOp::power: return {superscript_base(n.left) + "^{" + print(n.right) + "}", Precedence::power};
    case BinaryOp::entrywise_power:
      return {superscript_base(n.left) + "^{\\circ " + print(n.right, Precedence::product) + "}", Precedence::power};
    case BinaryOp::multiply: return {product(n), Precedence::product};
    default: {
      const OperandPrecedence operands = operands_of(n.op);
      return {print(n.left, operands.left) + std::string(symbol_of(n.op)) + print(n.right, operands.right),
              precedence_of(n.op)};
    }
  }
}

std::string LatexPrinter::product(const Binary& n) {
  const std::string left = print(n.left, Precedence::product);
  // A right factor that begins with a minus sign is bracketed, as nobody writes a·−b.
  const std::string right = print(n.right, Precedence::power);
  return left + (needs_dot(right) ? " \\cdot " : " \\, ") + right;
}

Latex LatexPrinter::operator()(const Comparison& n) {
  std::string out;
  for (std::size_t i = 0; i < n.operands.size(); ++i) {
    if (i > 0) out += symbol_of(n.relations[i - 1]);
    out += print(n.operands[i], Precedence::range);
  }
  return {std::move(out), Precedence::comparison};
}

Latex LatexPrinter::operator()(const Conditional& n) {
  std::string out = "\\begin{cases} ";
  const Conditional* now = &n;
  while (true) {
    out += print(now->then_branch) + " & \\text{if } " + print(now->condition) + " \\\\ ";
    const auto* next = std::get_if<Conditional>(&now->else_branch->node);
    if (!next) break;
    now = next;
  }
  return {out + print(now->else_branch) + " & \\text{otherwise} \\end{cases}", Precedence::range};
}

std::string LatexPrinter::list(const std::vector<ExprPtr>& items) {
  std::string out;
  for (const ExprPtr& item : items) out += (out.empty() ? "" : ", ") + print(item);
  return out;
}

std::string LatexPrinter::argument_list(const std::vector<Argument>& arguments) {
  std::string out;
  for (const Argument& argument : arguments) {
    if (!out.empty()) out += ", ";
    if (!argument.name.empty()) out += latex_name(argument.name) + " = ";
    out += print(argument.value);
  }
  return out;
}

std::string LatexPrinter::parameters(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + latex_name(name);
    bound_.push_back(name);
  }
  return names.size() == 1 ? out : parenthesized(out);
}

Latex LatexPrinter::operator()(const SetLiteral& n) {
  return {n.items.empty() ? "\\emptyset" : "\\left\\{" + list(n.items) + "\\right\\}", Precedence::primary};
}

Latex LatexPrinter::operator()(const Tuple& n) { return {parenthesized(list(n.items)), Precedence::primary}; }

Latex LatexPrinter::operator()(const VectorLiteral& n) {
  std::string rows;
  for (const ExprPtr& item : n.items) rows += (rows.empty() ? "" : " \\\\ ") + print(item);
  return {"\\begin{pmatrix} " + rows + " \\end{pmatrix}", Precedence::primary};
}

Latex LatexPrinter::operator()(const MatrixLiteral& n) {
  std::string rows;
  for (const std::vector<ExprPtr>& row : n.rows) {
    std::string cells;
    for (const ExprPtr& cell : row) cells += (cells.empty() ? "" : " & ") + print(cell);
    rows += (rows.empty() ? "" : " \\\\ ") + cells;
  }
  return {"\\begin{pmatrix} " + rows + " \\end{pmatrix}", Precedence::primary};
}

Latex LatexPrinter::operator()(const RecordLiteral& n) {
  std::string fields;
  for (const Binding& field : n.fields)
    fields += (fields.empty() ? "" : ", ") + latex_name(field.name) + " = " + print(field.value);
  return {parenthesized(fields), Precedence::primary};
}

Latex LatexPrinter::operator()(const Index& n) {
  const std::string base = print(n.base, Precedence::postfix);
  std::string items;
  for (const IndexItem& item : n.items) items += (items.empty() ? "" : ", ") + (item ? print(item) : ":");
  const bool has_subscript = base.find('_') != std::string::npos;
  return {(has_subscript ? "{" + base + "}" : base) + "_{" + items + "}", Precedence::primary};
}

Latex LatexPrinter::operator()(const Field& n) {
  return {print(n.base, Precedence::postfix) + "." + latex_name(n.name), Precedence::postfix};
}

std::string print_latex(const Expr& expression, const std::vector<std::string>& bound) {
  return LatexPrinter(bound).translate(expression).text;
}

std::string print_latex(const Train& training) {
  std::string spaces;
  for (const WeightShape& weight : training.weights) {
    std::string extents;
    for (const ExprPtr& dimension : weight.dimensions)
      extents += (extents.empty() ? "" : " \\times ") + LatexPrinter({}).print(dimension, Precedence::product);
    spaces += (spaces.empty() ? "" : ",\\, ") +
              LatexPrinter({weight.name}).translate(Expr{Name{weight.name}, {}}).text + " \\in \\mathbb{R}" +
              (extents.empty() ? "" : "^{" + extents + "}");
  }
  std::string loss;
  for (const Clause& clause : training.clauses)
    if (clause.keyword == "minimize" && clause.values.size() == 1) {
      const auto* function = std::get_if<Lambda>(&clause.values[0]->node);
      loss = function != nullptr ? print_latex(*function->body, function->parameters) : print_latex(*clause.values[0]);
    }
  return "\\operatorname*{arg\\,min}_{" + spaces + "}\\; " + loss;
}

}  // namespace assay::notation
