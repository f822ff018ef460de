#include "symbolic/closed_form.hpp"

#include <set>
#include <unordered_map>

#include "base/error.hpp"
#include "evaluate/evaluator.hpp"
#include "notation/document.hpp"
#include "notation/print.hpp"
#include "symbolic/confirm.hpp"
#include "symbolic/ginac_arithmetic.hpp"
#include "symbolic/simplify.hpp"
#include "symbolic/to_notation.hpp"

namespace assay::evaluate {

extern template class Evaluator<symbolic::GinacArithmetic>;

}  // namespace assay::evaluate

namespace assay::symbolic {

namespace {

using notation::ExprPtr;
using notation::make_expr;
using Value = evaluate::Value<GinacArithmetic>;
using Numeric = evaluate::Numeric<GinacArithmetic>;

constexpr std::size_t wanted_points = 3;

/// The function of the variables whose value is the expression; the expression, if there are none.
ExprPtr function_of(const std::vector<Variable>& variables, const ExprPtr& expression) {
  if (variables.empty()) return expression;
  notation::Lambda function{{}, expression};
  for (const Variable& variable : variables) function.parameters.push_back(variable.name);
  return make_expr(std::move(function), expression->where);
}

/// How many parts the expression has when it is written out; what occurs several times is looked at once.
double written_parts(const GiNaC::ex& e, std::unordered_map<GiNaC::ex, double>& known) {
  if (e.nops() == 0) return 1;
  if (const auto it = known.find(e); it != known.end()) return it->second;
  double out = 1;
  for (std::size_t i = 0; i < e.nops(); ++i) out += written_parts(e.op(i), known);
  known.emplace(e, out);
  return out;
}

/// A value as an expression of the notation, each of its numbers simplified.
class Writer {
 public:
  Writer(ToNotation& to_notation, Simplification how, const SourceRange& where, const GinacArithmetic& arithmetic,
         const evaluate::Session& session)
      : to_notation_(to_notation), how_(how), where_(where), arithmetic_(arithmetic), session_(session) {}

  [[nodiscard]] ExprPtr write(const Value& value) {
    if (const Numeric* x = value.numeric()) return write(*x);
    if (const auto* truth = value.truth()) {
      if (truth->at(0) == Truth::undefined) fail_as_undefined();
      if (truth->at(0) == Truth::unknown) fail_as_open();
      return make_expr(notation::TruthLiteral{truth->at(0) == Truth::true_}, {});
    }
    if (const auto* tuple = value.tuple()) {
      notation::Tuple out;
      for (const Value& item : tuple->items) out.items.push_back(write(item));
      return make_expr(std::move(out), {});
    }
    if (const auto* record = value.record()) {
      notation::RecordLiteral out;
      for (const auto& [name, field] : record->fields) out.fields.push_back({name, write(field), {}});
      return make_expr(std::move(out), {});
    }
    if (value.function() != nullptr)
      evaluate::fail(where_, "this is a function, and a closed form is of its value",
                     "Apply it to a variable: grad(f)(t) with --variable t=R^3.");
    evaluate::fail(where_, "closed forms are of numbers, vectors and matrices");
  }

 private:
  [[noreturn]] void fail_as_undefined() const {
    evaluate::fail(
        session_.undefined_at.text ? session_.undefined_at : where_,
        "this is undefined" + (session_.undefined_operation.empty() ? std::string(" for all values of the variables")
                                                                    : " because of " + session_.undefined_operation));
  }
  [[noreturn]] void fail_as_open() const {
    const auto& not_ordered = arithmetic_.findings().not_ordered;
    std::string cause = "it uses an operation that symbols do not have";
    try {
      if (not_ordered)
        cause = "it depends on the order of " + notation::print(*to_notation_(not_ordered->first)) + " and " +
                notation::print(*to_notation_(not_ordered->second));
    } catch (const NoNotation&) {
      cause = "it depends on an order of symbols";
    }
    evaluate::fail(where_, "this has no closed form: " + cause,
                   "Conditions on constants and integers are fine; for variables use relu, abs, sign, max and min.");
  }

  [[nodiscard]] ExprPtr write(const Numeric& x) {
    if (x.status.at(0) == Status::undefined) fail_as_undefined();
    if (x.status.at(0) == Status::open) fail_as_open();
    std::vector<ExprPtr> entries;
    for (std::size_t i = 0; i < x.entries(); ++i) {
      session_.budget.check();
      const GiNaC::ex entry = x.form == Form::integer ? arithmetic_.real((*x.integers)[i]).value()
                              : x.form == Form::real  ? x.reals->get(i).value()
                                                      : x.complexes->get(i).value();
      constexpr double most_parts = 1e5;
      std::unordered_map<GiNaC::ex, double> known;
      if (written_parts(entry, known) > most_parts)
        evaluate::fail(where_, "the closed form would have more than 100000 parts",
                       "assay eval gives its value at points.");
      entries.push_back(to_notation_(simplified(entry, how_, to_notation_)));
    }
    if (x.shape.empty()) return entries[0];
    if (x.shape.size() == 1) return make_expr(notation::VectorLiteral{std::move(entries)}, {});
    if (x.shape.size() > 2 || entries.empty())
      evaluate::fail(where_, "the closed form would be a tensor of shape " + evaluate::describe(x.shape),
                     "Ask for a matrix in it.");
    notation::MatrixLiteral out;
    for (std::size_t i = 0; i < x.shape[0]; ++i) {
      const auto first = entries.begin() + static_cast<std::ptrdiff_t>(i * x.shape[1]);
      out.rows.emplace_back(first, first + static_cast<std::ptrdiff_t>(x.shape[1]));
    }
    return make_expr(std::move(out), {});
  }
  using Form = evaluate::Form;

  ToNotation& to_notation_;
  Simplification how_;
  SourceRange where_;
  const GinacArithmetic& arithmetic_;
  const evaluate::Session& session_;
};

/// The symbols of the numbers in the variables, with what they are called.
std::vector<std::pair<GiNaC::ex, ExprPtr>> symbols_of(const std::vector<Variable>& variables) {
  std::vector<std::pair<GiNaC::ex, ExprPtr>> out;
  for (const Entry& entry : entries_of(variables)) {
    const std::string name = notation::print(*entry.expression);
    const bool is_positive = entry.between && entry.between->first >= 0;
    out.emplace_back(is_positive ? GiNaC::ex(GiNaC::possymbol(name)) : GiNaC::ex(GiNaC::realsymbol(name)),
                     entry.expression);
  }
  return out;
}

}  // namespace

ClosedForm closed_form(const evaluate::Program& program, evaluate::DataSource& data, const ExprPtr& expression,
                       const std::vector<Variable>& variables, Simplification simplification, const Budget& budget) {
  GiNaC::Digits = 50;
  const ExprPtr function = function_of(variables, expression);
  const std::unique_ptr<evaluate::Unit> unit = program.resolve(function);
  evaluate::Session session(program, data, budget);
  session.describe = [](const evaluate::Node& node) { return notation::print(*node.syntax); };
  const GinacArithmetic arithmetic;
  evaluate::Evaluator<GinacArithmetic> evaluator(arithmetic, session);
  const auto symbols = symbols_of(variables);
  std::vector<Expression> numbers;
  for (const auto& [symbol, name] : symbols) numbers.emplace_back(symbol);
  ToNotation to_notation(symbols);
  ClosedForm out;
  try {
    const Value value = variables.empty() ? evaluator.evaluate(*unit)
                                          : evaluator.apply(*unit, values_of<GinacArithmetic>(variables, numbers));
    out.expression = Writer(to_notation, simplification, expression->where, arithmetic, session).write(value);
    std::set<std::string> known;
    for (const GiNaC::ex& kink : arithmetic.findings().kinks) {
      const ExprPtr condition = to_notation.is_not_zero(kink);
      if (known.insert(notation::print(*condition)).second) out.conditions.push_back(condition);
    }
  } catch (const NoNotation& missing) {
    evaluate::fail(expression->where,
                   std::string("the closed form has a function that the notation does not have: ") + missing.what());
  }
  // What is printed is what is checked.
  const auto text = std::make_shared<const SourceText>("<closed form>", notation::print(*out.expression));
  const ExprPtr read = notation::parse_expression(text);
  const ExprPtr read_function = function_of(variables, read);
  const std::unique_ptr<evaluate::Unit> result = program.resolve(read_function);
  const Comparison comparison = compare_at_points(program, data, *unit, *result, variables, wanted_points, budget);
  if (comparison.differ)
    throw InternalError("the closed form is wrong" + (comparison.where.empty() ? "" : " at " + comparison.where) +
                        "; this is a mistake of ours or of GiNaC, please report it: " + std::string(text->content()));
  if (comparison.points == 0)
    evaluate::fail(expression->where, "no point was found at which this is defined, to check the closed form there",
                   "If the variables range over intervals, say so: --variable 'x=interval(0, 1/2)'.");
  out.points = comparison.points;
  return out;
}

}  // namespace assay::symbolic
