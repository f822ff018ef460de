#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "notation/document.hpp"

/// Definitions and formulas made ready for the evaluator: names resolved to slots, free variables known.
namespace assay::evaluate {

/// Built-in functions that the evaluator computes itself. Everything else is a definition of the prelude.
enum class Builtin : std::uint8_t {
  abs,
  sign,
  floor,
  ceil,
  sqrt,
  exp,
  log,
  sin,
  cos,
  tan,
  asin,
  acos,
  atan,
  sinh,
  cosh,
  tanh,
  erf,
  gamma,
  relu,
  max,
  min,
  gcd,
  binomial,
  factorial,
  conj,
  re,
  im,
  omega,
  log_sum_exp,
  softmax,  ///< see `whole_definition`
  gelu,     ///< likewise
  layernorm,
  iterate,
  sum,
  prod,
  mean,
  argmax,
  argmin,
  size,
  primes,
  subsets,
  sample,
  transpose,
  zeros,
  ones,
  diag,
  concat,
  hstack,
  vstack,
  reshape,
  shape,
  power_domain,
  interval,
  box,
  ball,
  load,
  grad,
  jacobian,
  hessian,
  diff,  ///< of a function and a number: what diff(e, x) means for the function x -> e at x
  det,
  rank,
  kernel,
  inverse,
  inertia,
  eigenvalues,
  singular_values,
  characteristic_polynomial
};

/// Functions of a whole matrix, which take more than a few operations for each entry.
[[nodiscard]] constexpr bool is_linear_algebra(Builtin builtin) noexcept {
  return builtin >= Builtin::det && builtin <= Builtin::characteristic_polynomial;
}

/// grad, jacobian, hessian: from a function to its derivative.
[[nodiscard]] constexpr bool is_derivative(Builtin builtin) noexcept {
  return builtin == Builtin::grad || builtin == Builtin::jacobian || builtin == Builtin::hessian;
}

/// The built-in of that name, if the evaluator has it.
[[nodiscard]] const Builtin* find_builtin(const std::string& name);

/// The definitions of the prelude that some arithmetics evaluate as a whole, because step by step they lose sharpness
/// or overflow. The definition stays their meaning. The body of such a function is a call of the built-in with the
/// parameters and, as the last child, what the definition says, for all other arithmetics.
[[nodiscard]] std::optional<Builtin> whole_definition(const std::string& name);
[[nodiscard]] constexpr bool is_whole_definition(Builtin builtin) noexcept {
  return builtin == Builtin::softmax || builtin == Builtin::gelu || builtin == Builtin::layernorm;
}

enum class Operation : std::uint8_t {
  number,
  truth,
  text,
  domain,
  pi,
  imaginary_unit,  // leaves without children
  local,
  global,
  builtin_name,  //
  negate,
  logical_not,
  transpose,  // one child
  iff,
  implies,
  logical_or,
  logical_and,
  range,  // two children
  add,
  subtract,
  multiply,
  divide,
  mod,
  entrywise_multiply,
  entrywise_divide,
  power,
  entrywise_power,
  comparison,
  conditional,
  with,  //
  binder,
  set_builder,
  set_literal,
  lambda,
  call,
  record,
  index,
  field,
  tuple,
  vector,
  matrix,
  description,  ///< the t in B: P(t): children are B and the function t -> P(t)
  unsupported   // parsed and checked, but this version cannot evaluate it
};

struct Node;
struct Unit;
struct Definition;
struct System;
using Slot = std::uint32_t;

/// A resolved expression. Children are in the order in which the syntax tree has them:
/// - binder, set_builder: domains, then the filter if `has_filter`, then the body if `has_body`;
/// - with: values, then the body; index: base, then the items that are not `:`.
struct Node {
  Operation operation{};
  SourceRange where;
  const notation::Expr* syntax = nullptr;  ///< for printing; kept alive by the document
  std::vector<std::unique_ptr<Node>> children;

  Rational value;                             ///< number
  std::string text;                           ///< text, field, name of what is unsupported, domain
  bool flag = false;                          ///< truth
  Slot slot = 0;                              ///< local
  const Definition* definition = nullptr;     ///< global
  Builtin builtin{};                          ///< builtin_name
  std::vector<notation::Relation> relations;  ///< comparison
  notation::BinderKind kind{};                ///< binder
  std::vector<Slot> slots;                    ///< what with, binder or set_builder binds
  std::vector<std::string> names;             ///< names of those; fields of a record
  bool has_filter = false;
  bool has_body = false;
  std::vector<bool> index_given;  ///< index: false for `:`
  std::size_t columns = 0;        ///< matrix literal
  bool is_gram = false;           ///< multiply: X'*X or X*X' of one expression X
  std::unique_ptr<Unit> unit;     ///< lambda
  /// description, and `exists` with one generator: the condition, which is among the children, once more as a system of
  /// equations, if it has one.
  std::unique_ptr<System> system;

  std::vector<Slot> free;  ///< slots that it reads and does not bind itself, ascending
  bool cheap = true;       ///< contains no call of a definition or a value, and no binder
  /// For binders and calls of definitions: the maximal cheap sub-expressions that depend on variables bound outside and
  /// on nothing bound inside. The value of the node is a function of theirs.
  std::vector<const Node*> frontier;
  bool frontier_complete = false;  ///< false if something else (a closure) may matter
};

/// A condition on one variable t, the conjunction of equations and of whatever else it says: the functions t -> the
/// tuple of the differences of both sides, and t -> the rest (null if there is nothing else).
struct System {
  std::unique_ptr<Node> equations;
  std::unique_ptr<Node> rest;
  /// Whether a part of the rest stands before an equation. It may be undefined where that equation is false, and so is
  /// the condition then.
  bool rest_protects = false;
};

/// A function body (or a formula, with no parameters): one activation record is made for each call.
struct Unit {
  std::string name;
  std::size_t parameters = 0;  ///< they take slots 0 … parameters-1
  std::size_t slots = 0;
  std::vector<std::string> slot_names;
  std::vector<std::pair<Slot, Slot>> captures;  ///< (slot of the enclosing unit, own slot), for lambdas
  std::unique_ptr<Node> body;
};

/// Whether an expression with the property is a part of the unit, or of a definition that it uses. All of them are
/// looked at, each definition once, until one has it.
[[nodiscard]] bool mentions(const Unit& unit, const std::function<bool(const Node&)>& property);

struct Definition {
  std::string name;
  bool is_function = false;
  std::unique_ptr<Unit> unit;
  notation::DocumentPtr document;  ///< where it stands: `load` paths are relative to it
};

/// All definitions in scope of a document: the prelude's, those of its imports, its own. Immutable once built, shared
/// by the evaluators of all threads.
class Program {
 public:
  /// @param prelude and document must have passed `notation::check_kinds`; `document` may be null.
  Program(notation::DocumentPtr prelude, notation::DocumentPtr document);

  /// Resolves `expression` in the scope of the program. The expression must outlive the result.
  [[nodiscard]] std::unique_ptr<Unit> resolve(const notation::ExprPtr& expression) const;
  [[nodiscard]] const Definition* find(const std::string& name) const;
  [[nodiscard]] const notation::DocumentPtr& document() const noexcept { return document_; }

 private:
  void add_definitions(const notation::DocumentPtr& document);

  notation::DocumentPtr prelude_;
  notation::DocumentPtr document_;
  std::unordered_map<std::string, std::unique_ptr<Definition>> definitions_;
};

}  // namespace assay::evaluate
