#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/source.hpp"
#include "number/integer.hpp"

/// The immutable syntax tree of the notation (docs/notation.md). Trees are shared and never changed after parsing.
namespace assay::notation {

struct Expr;
using ExprPtr = std::shared_ptr<const Expr>;

/// A decimal literal is the rational it spells: 0.1 is 1/10, 1e-10 is 10^-10.
struct NumberLiteral {
  Rational value;
  std::string spelling;  ///< as written, for printing
};
struct TruthLiteral {
  bool value;
};
struct TextLiteral {
  std::string value;  ///< escapes resolved
};
struct Name {
  std::string name;
};

enum class UnaryOp { negate, not_, transpose };
struct Unary {
  UnaryOp op;
  ExprPtr operand;
};

// clang-format off
enum class BinaryOp {
  iff, implies, or_, and_, range,        // a..b is range
  add, subtract, multiply, divide, mod,  //
  entrywise_multiply, entrywise_divide,  // .* ./
  power, entrywise_power,                // ^ .^
};
// clang-format on
struct Binary {
  BinaryOp op;
  ExprPtr left;
  ExprPtr right;
};

enum class Relation { equal, not_equal, less, less_equal, greater, greater_equal, in, not_in };
/// `a < b <= c`: operands a, b, c and relations <, <=. `x not in S` is the relation `not_in`.
struct Comparison {
  std::vector<ExprPtr> operands;
  std::vector<Relation> relations;
};

struct Conditional {
  ExprPtr condition;
  ExprPtr then_branch;
  ExprPtr else_branch;
};

struct Binding {
  std::string name;
  ExprPtr value;
  SourceRange where;  ///< of the name
};
/// `with x = e, y = f: body`; a later binding may use an earlier one.
struct With {
  std::vector<Binding> bindings;
  ExprPtr body;
};

/// `x in S`. A later generator may use an earlier variable.
struct Generator {
  std::string variable;
  ExprPtr domain;
  SourceRange where;  ///< of the variable
};

// clang-format off
enum class BinderKind {
  forall, exists,                                    // written without parentheses
  sum, prod, max, min, argmax, argmin, mean, count,  // sum(k in S where P: e)
  vector, matrix,                                    //
  integral,                                          // integral(x in interval(a, b): e)
};
// clang-format on
/// `kind generators [where filter]: body`. `count(i in S where P)` has no body.
struct Binder {
  BinderKind kind;
  std::vector<Generator> generators;
  ExprPtr filter;  ///< null if there is none
  ExprPtr body;    ///< null only for `count`
};

/// `{body for generators where filter}`
struct SetBuilder {
  ExprPtr body;
  std::vector<Generator> generators;
  ExprPtr filter;  ///< null if there is none
};
/// `{a, b, c}`; `{}` is the empty set.
struct SetLiteral {
  std::vector<ExprPtr> items;
};

/// `x -> e`, `(x, y) -> e`
struct Lambda {
  std::vector<std::string> parameters;
  ExprPtr body;
};

struct Argument {
  std::string name;  ///< empty for a positional argument; `normal(scale = 0.2, seed = 1)` has named ones
  ExprPtr value;
};
struct Call {
  ExprPtr callee;
  std::vector<Argument> arguments;
};

/// `record(a = [1, 0], b = 2)`
struct RecordLiteral {
  std::vector<Binding> fields;
};

/// One index of `A[i, :]`; null means `:`.
using IndexItem = ExprPtr;
struct Index {
  ExprPtr base;
  std::vector<IndexItem> items;
};
/// `w.U`, and `w["blocks.0.mlp.W_in"]`, which parses to the same node.
struct Field {
  ExprPtr base;
  std::string name;
};

struct Tuple {
  std::vector<ExprPtr> items;  ///< at least two
};
struct VectorLiteral {
  std::vector<ExprPtr> items;  ///< a column; may be empty
};
struct MatrixLiteral {
  std::vector<std::vector<ExprPtr>> rows;  ///< all of one length
};

/// `(u, v) ~ normal(m, S)` within `expect`.
struct RandomVariable {
  std::vector<std::string> names;
  ExprPtr distribution;
  SourceRange where;
};
struct Expectation {
  std::vector<RandomVariable> variables;
  ExprPtr body;
};

/// `the t in B: P(t)`
struct DefiniteDescription {
  Generator generator;
  ExprPtr condition;
};

using Node = std::variant<NumberLiteral, TruthLiteral, TextLiteral, Name, Unary, Binary, Comparison, Conditional, With,
                          Binder, SetBuilder, SetLiteral, Lambda, Call, RecordLiteral, Index, Field, Tuple,
                          VectorLiteral, MatrixLiteral, Expectation, DefiniteDescription>;

struct Expr {
  Node node;
  SourceRange where;
  /// Nodes on the longest path to a leaf, this one included; `make_expr` computes it. What the parser accepts is at
  /// most `greatest_height` high, so that recursion over a parsed tree needs a bounded stack.
  std::uint32_t height = 1;
};
inline constexpr std::uint32_t greatest_height = 1000;

[[nodiscard]] ExprPtr make_expr(Node node, SourceRange where);

/// Structural equality, positions and spelling of numbers (but not their values) apart.
[[nodiscard]] bool same_structure(const Expr& left, const Expr& right);

// ---- statements ----------------------------------------------------------------------------------------------------

/// `let NAME = e` or `let NAME(x, y) = e`; `parameters` is empty for a constant.
struct Let {
  std::string name;
  std::vector<std::string> parameters;
  ExprPtr body;
};

/// Verdict words of language.md, section 6, as they stand after `expect`.
enum class Expected { proved, refuted, undefined, supported, undecided, vacuous };

/// `by NAME` or `by NAME(args)`.
struct Method {
  std::string name;
  std::vector<Argument> arguments;
  SourceRange where;
};

struct Claim {
  std::string id;
  std::string title;  ///< may be empty
  ExprPtr formula;
  std::optional<Method> method;  ///< none means `auto`
  Expected expected = Expected::proved;
  bool expectation_written = false;
  std::string source;  ///< may be empty
};

struct TableColumn {
  std::string heading;
  ExprPtr value;
  std::vector<Argument> options;  ///< `digits 20` becomes {digits, 20}
};
struct Table {
  std::string name;
  std::string caption;
  std::vector<Generator> generators;
  ExprPtr filter;  ///< null if there is none
  std::vector<TableColumn> columns;
};

struct WeightShape {
  std::string name;
  std::vector<ExprPtr> dimensions;
};
/// A clause of `train` or `plot` that is a keyword and an expression, e.g. `steps 600`.
struct Clause {
  std::string keyword;
  std::vector<ExprPtr> values;
  SourceRange where;
};
struct Train {
  std::string name;
  std::vector<WeightShape> weights;
  std::vector<Clause> clauses;  ///< those of train_words(), each at most once
};
struct Plot {
  std::string name;
  std::string caption;
  std::string form;  ///< bars, points, line, heatmap, arrows
  std::vector<Generator> generators;
  ExprPtr value;
};
struct Import {
  std::string path;
};

using StatementNode = std::variant<Let, Claim, Table, Train, Plot, Import>;
struct Statement {
  StatementNode node;
  SourceRange where;
};

}  // namespace assay::notation
