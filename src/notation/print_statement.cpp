#include <string>
#include <utility>

#include "notation/literal.hpp"
#include "notation/precedence.hpp"
#include "notation/print.hpp"
#include "notation/print_support.hpp"
#include "notation/words.hpp"

namespace assay::notation {

namespace {

constexpr const char* new_line = "\n  ";

std::string list_of(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  return list;
}

std::string list_of(const std::vector<ExprPtr>& values) {
  std::string list;
  for (const ExprPtr& value : values) list += (list.empty() ? "" : ", ") + print(*value);
  return list;
}

/// `value`, in parentheses if it is looser than `loosest`.
std::string operand(const Expr& value, Precedence loosest) {
  return precedence_of(value) < loosest ? "(" + print(value) + ")" : print(value);
}

std::string generators_of(const std::vector<Generator>& generators, const ExprPtr& filter) {
  std::string list;
  for (const Generator& generator : generators)
    list += (list.empty() ? "" : ", ") + generator.variable + " in " + operand(*generator.domain, Precedence::range);
  return filter ? list + " where " + operand(*filter, Precedence::iff) : list;
}

std::string titled(const std::string& word, const std::string& name, const std::string& title) {
  return word + " " + name + (title.empty() ? "" : " " + text_spelling(title));
}

struct StatementPrinter {
  std::string operator()(const Let& s) const {
    const std::string parameters = s.parameters.empty() ? "" : "(" + list_of(s.parameters) + ")";
    return "let " + s.name + parameters + " = " + print(*s.body);
  }

  std::string operator()(const Claim& s) const {
    // Without a title, the colon keeps a formula that begins with a text from being read as one.
    std::string out = titled("claim", s.id, s.title) + (s.title.empty() ? ":" : "") + new_line + print(*s.formula);
    if (s.method) out += std::string(new_line) + "by " + print(*s.method);
    if (s.expectation_written) out += std::string(new_line) + "expect " + std::string(word_of(s.expected));
    if (!s.source.empty()) out += std::string(new_line) + "source " + text_spelling(s.source);
    return out;
  }

  std::string operator()(const Table& s) const {
    std::string out = titled("table", s.name, s.caption);
    if (!s.generators.empty()) out += std::string(new_line) + "for " + generators_of(s.generators, s.filter);
    for (const TableColumn& column : s.columns) {
      out += std::string(new_line) + "column " + text_spelling(column.heading) + " = " + print(*column.value);
      for (const Argument& option : column.options)
        out += "  " + option.name + " " + operand(*option.value, Precedence::negation);
    }
    return out;
  }

  std::string operator()(const Train& s) const {
    std::string shapes;
    for (const WeightShape& weight : s.weights)
      shapes += (shapes.empty() ? "" : ", ") + weight.name + ": [" + list_of(weight.dimensions) + "]";
    std::string out = titled("train", s.name, "") + new_line + "weights " + shapes;
    for (const Clause& clause : s.clauses) out += new_line + clause.keyword + " " + list_of(clause.values);
    return out;
  }

  std::string operator()(const Plot& s) const {
    return titled("plot", s.name, s.caption) + new_line + s.form + " " + generators_of(s.generators, nullptr) + ": " +
           print(*s.value);
  }

  std::string operator()(const Import& s) const { return "import " + text_spelling(s.path); }
};

}  // namespace

std::string print(const Method& method) {
  if (method.arguments.empty()) return method.name;
  return print(*make_expr(Call{make_expr(Name{method.name}, method.where), method.arguments}, method.where));
}

std::string print(const Statement& statement) { return std::visit(StatementPrinter{}, statement.node); }

}  // namespace assay::notation
