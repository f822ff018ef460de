#pragma once
#include <deque>
#include <map>
#include <set>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <variant>
#include <vector>

#include "notation/kinds_report.hpp"
#include "notation/kinds_rules.hpp"

/// The abstract interpreter behind check_kinds.
namespace assay::notation {

/// A name bound inside an expression. Scopes form lists from the innermost name outwards.
struct Scope {
  std::string name;
  KindPtr kind;
  const Scope* outer;
};

/// A function of the document or a lambda, with the names it sees.
struct Closure {
  const std::vector<std::string>* parameters;
  ExprPtr body;
  const Scope* scope;
};
/// grad(f), jacobian(f), hessian(f)
struct Derivative {
  enum class Order : std::uint8_t { gradient, jacobian, hessian };
  Order order;
  KindPtr function;
};
/// What stands behind a function's kind.
struct Callable {
  std::string name;  ///< for messages: "`f`", "this function"
  std::variant<Closure, const Builtin*, Derivative> what;
};

/// What would turn a value of this kind into an operand of arithmetic, as a sentence.
[[nodiscard]] std::string remedy_for_operand(const KindPtr& kind);

class KindChecker final : public KindContext {
 public:
  /// `document` may be null. All must outlive the checker.
  KindChecker(const Document* document, const Document& prelude, const FileKinds& files);

  /// Everything in the document and the definitions of its imports.
  void check_document();
  /// One expression in the scope of the document.
  KindPtr check_expression(const ExprPtr& expression);
  /// @throws InputError if anything was wrong
  void finish() const { report_.finish(); }

  void mismatch(const SourceRange& where, const std::string& message, const std::string& remedy) override;
  void wrong_constant(const SourceRange& where, const std::string& message, const std::string& remedy) override;
  [[nodiscard]] KindPtr apply(const KindPtr& function, const std::vector<KindPtr>& arguments,
                              const SourceRange& where) override;
  [[nodiscard]] KindPtr file_kind(const std::string& path, const SourceRange& where) override;

 private:
  /// A `let` of the document, of an import or of the prelude; constants are evaluated when first used.
  struct Definition {
    const Let* let;
    SourceRange where;
    enum class State : std::uint8_t { fresh, active, done } state = State::fresh;
    KindPtr kind;
  };
  /// The kind of one generator's variable and the number of its values.
  struct Element {
    KindPtr kind;
    Dimension size;
  };

  // Statements (kinds_statement.cpp).
  void check_definitions(const Document& document, std::unordered_set<const Document*>& seen);
  void check_definition(Definition& definition);
  void check_statement(const Statement& statement);
  void check(const Claim& claim);
  void check(const Table& table);
  void check(const Train& train);
  void check(const Plot& plot);
  void check_method(const Method& method, const ExprPtr& formula);
  void check_clause(const Clause& clause, const KindPtr& weights);
  void check_loss(const KindPtr& loss, const KindPtr& weights, const SourceRange& where);
  /// One of `words`, by itself or with arguments, which are numbers, tuples of them, truth values or names of files.
  void check_use(const ExprPtr& use, std::span<const Vocabulary> words, const std::string& what);
  void check_vocabulary(const ExprPtr& use, std::span<const Vocabulary> words, const std::string& what);
  void check_arguments(const Vocabulary& word, const std::vector<Argument>& arguments, const SourceRange& where);

  // Names (kinds_name.cpp).
  void define_all(const Document& document, std::unordered_set<const Document*>& seen);
  void define(const Statement& statement);
  [[nodiscard]] const Scope* bind(const Scope* outer, const std::string& name, KindPtr kind);
  /// The kind of a name in scope, or null.
  [[nodiscard]] KindPtr lookup(const std::string& name, const Scope* scope);
  [[nodiscard]] KindPtr kind_of_definition(Definition& definition);
  void unknown_name(const std::string& name, const Scope* scope, const SourceRange& where);

  // Expressions (kinds_expression.cpp); one function for each kind of node.
  [[nodiscard]] KindPtr evaluate(const ExprPtr& expression, const Scope* scope);
  struct Visitor;
  [[nodiscard]] KindPtr name(const Name& node, const Scope* scope, const SourceRange& where);
  [[nodiscard]] KindPtr conditional(const Conditional& node, const Scope* scope);
  [[nodiscard]] KindPtr with(const With& node, const Scope* scope);
  [[nodiscard]] KindPtr set_literal(const SetLiteral& node, const Scope* scope);
  [[nodiscard]] KindPtr lambda(const Lambda& node, const Scope* scope);
  [[nodiscard]] KindPtr record(const RecordLiteral& node, const Scope* scope);
  [[nodiscard]] KindPtr field(const Field& node, const Scope* scope, const SourceRange& where);
  [[nodiscard]] KindPtr tuple(const Tuple& node, const Scope* scope);
  [[nodiscard]] KindPtr vector_literal(const VectorLiteral& node, const Scope* scope);
  [[nodiscard]] KindPtr matrix_literal(const MatrixLiteral& node, const Scope* scope);
  [[nodiscard]] NumberSort entry(const ExprPtr& expression, const KindPtr& kind, const std::string& of);
  [[nodiscard]] KindPtr field_of_record(const RecordKind& record, const std::string& name, const SourceRange& where);
  [[nodiscard]] KindPtr index(const Index& node, const Scope* scope, const SourceRange& where);
  [[nodiscard]] KindPtr index_tensor(const Index& node, const KindPtr& base, const std::vector<KindPtr>& items,
                                     const SourceRange& where);
  [[nodiscard]] bool check_index(const KindPtr& item, const SourceRange& where);

  // Operators (kinds_operator.cpp).
  [[nodiscard]] KindPtr unary(const Unary& node, const Scope* scope);
  [[nodiscard]] KindPtr binary(const Expr& expression, const Scope* scope);
  [[nodiscard]] KindPtr logical(const Binary& node, const Scope* scope);
  [[nodiscard]] KindPtr operate(const Binary& node, const KindPtr& left, const KindPtr& right,
                                const SourceRange& where);
  [[nodiscard]] KindPtr range(const Binary& node, const KindPtr& left, const KindPtr& right);
  [[nodiscard]] KindPtr power(const Binary& node, const KindPtr& left, const KindPtr& right);
  [[nodiscard]] KindPtr power_of_domain(const SetKind& domain, const Binary& node, const KindPtr& exponent);
  /// Whether the operand may be a number or tensor; reports anything else.
  [[nodiscard]] std::optional<Shape> operand(const KindPtr& kind, const SourceRange& where, const std::string& symbol);
  /// Reports a kind that certainly is no truth value.
  void require_truth(const KindPtr& kind, const SourceRange& where, const std::string& what);
  [[nodiscard]] bool require_integer(const KindPtr& kind, const SourceRange& where, const std::string& what);

  // Comparisons (kinds_comparison.cpp).
  [[nodiscard]] KindPtr comparison(const Comparison& node, const Scope* scope);
  /// The truth of `left relation right` if it is known; reports what cannot be compared.
  [[nodiscard]] std::optional<bool> compare(Relation relation, const KindPtr& left, const KindPtr& right,
                                            const ExprPtr& left_expression, const ExprPtr& right_expression);
  void check_order(Relation relation, const KindPtr& kind, const SourceRange& where);

  // Binders (kinds_binder.cpp).
  [[nodiscard]] KindPtr binder(const Binder& node, const Scope* scope, const SourceRange& where);
  [[nodiscard]] KindPtr binder_value(const Binder& node, const KindPtr& body, const std::vector<Element>& elements,
                                     const SourceRange& where);
  [[nodiscard]] KindPtr collected(const Binder& node, const KindPtr& body, const std::vector<Element>& elements,
                                  const SourceRange& where);
  [[nodiscard]] KindPtr set_builder(const SetBuilder& node, const Scope* scope);
  [[nodiscard]] KindPtr expectation(const Expectation& node, const Scope* scope);
  [[nodiscard]] KindPtr distribution(const ExprPtr& expression, const Scope* scope);
  [[nodiscard]] const Scope* bind_random(const RandomVariable& variable, const Scope* scope);
  [[nodiscard]] KindPtr definite_description(const DefiniteDescription& node, const Scope* scope);
  /// Binds the generators' variables from left to right; appends what they range over to `elements`.
  [[nodiscard]] const Scope* bind_generators(const std::vector<Generator>& generators, const Scope* scope,
                                             std::vector<Element>& elements);
  [[nodiscard]] Element element_of(const KindPtr& domain, const SourceRange& where);

  // Calls (kinds_call.cpp).
  /// Takes `work` from what may still be evaluated within calls; false if there is not enough left.
  [[nodiscard]] bool spend(std::size_t work);
  [[nodiscard]] KindPtr call(const notation::Call& node, const Scope* scope, const SourceRange& where);
  void not_a_function(const KindPtr& kind, const SourceRange& where);
  [[nodiscard]] bool check_count(const std::string& callee, std::size_t minimum, std::size_t maximum, std::size_t given,
                                 const std::string& usage, const SourceRange& where);
  [[nodiscard]] KindPtr apply_builtin(const Builtin& builtin, std::vector<RuleArgument> arguments,
                                      const SourceRange& where);
  [[nodiscard]] KindPtr apply_closure(const Callable& callable, const Closure& closure,
                                      const std::vector<KindPtr>& arguments, const SourceRange& where);
  [[nodiscard]] KindPtr evaluate_body(const Callable& callable, const Closure& closure,
                                      const std::vector<KindPtr>& arguments, const SourceRange& where);
  [[nodiscard]] KindPtr apply_derivative(const Derivative& derivative, const std::vector<KindPtr>& arguments,
                                         const SourceRange& where);

  const Document* document_;
  const Document& prelude_;
  const FileKinds& files_;
  KindReport report_;
  std::map<std::string, Definition> definitions_;
  std::unordered_map<std::string, KindPtr> builtin_kinds_;
  std::deque<Scope> scopes_;  ///< an arena: closures point into it, and long lists need no recursion to be freed
  std::unordered_map<std::string, KindPtr> results_;     ///< of calls, by function and kinds of arguments
  std::unordered_map<std::string, KindPtr> file_kinds_;  ///< by path
  std::unordered_set<const Expr*> active_bodies_;
  std::size_t depth_ = 0;
  std::size_t call_work_ = 0;        ///< expressions evaluated within calls for this statement
  std::size_t remaining_call_work_;  ///< for all statements
};

}  // namespace assay::notation
