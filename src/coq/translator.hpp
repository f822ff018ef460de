#pragma once
#include <functional>
#include <set>
#include <unordered_map>

#include "coq/value.hpp"
#include "evaluate/session.hpp"

namespace assay::coq {

/// How the numbers of a claim are computed, and so how it is proved.
enum class Method : std::uint8_t {
  exact,     ///< rational numbers, by a computation over bigQ
  enclosed,  ///< real numbers, by roots of unity and intervals
  symbolic   ///< quantifiers over the real numbers, by ring, field and the addition theorems
};

/// The variables of one activation of a unit.
struct Frame {
  std::unordered_map<evaluate::Slot, Value> slots;
};

/// A formula at the top of a claim: the proposition, and the computation that implies it.
struct Formula {
  Text text;  ///< real: of type Prop; copy: of type bool
  double cost = 1;
};

/// Translates the resolved expressions of a note into terms of Coq. Definitions that are used become definitions of the
/// file, one for each list of types of their arguments; functions and records as arguments are put into the body.
/// @throws NotExportable for what is not in the fragment.
class Translator {
 public:
  Translator(const evaluate::Program& program, evaluate::DataSource& data, Method method)
      : program_(program), data_(data), method_(method) {}

  /// A name that no definition or variable may have.
  void reserve(const std::string& name) { global_names_.insert(name); }

  /// The claim's formula as a proposition (statement.cpp).
  Formula formula(const evaluate::Node& node, Frame& frame);
  /// Its negation.
  Formula negation(const evaluate::Node& node, Frame& frame);
  /// The definitions that the translated expressions use, with their copies, in order.
  [[nodiscard]] const std::string& definitions() const noexcept { return definitions_; }
  /// Which of rank, inertia and kernel the statement speaks of.
  [[nodiscard]] const std::set<evaluate::Builtin>& uses() const noexcept { return uses_; }
  [[nodiscard]] double definitions_cost() const noexcept { return shared_cost_; }

 private:
  using Node = evaluate::Node;

  // translate.cpp
  Value translate(const Node& node, Frame& frame);
  Value translate_node(const Node& node, Frame& frame);
  /// What is costly and the same in every round of the loops around it, or needed for its definedness, too, becomes a
  /// definition of its own.
  Value shared(const Node& node, Value value);
  [[nodiscard]] bool is_closed(const Text& text) const;
  void define(const std::string& name, const Text& text, const Type& type);
  Value local(const Node& node, Frame& frame);
  Value global(const Node& node);
  Text choice(const Node& node, const Value& condition, const Type& type, const Text& a, const Text& b);
  Value conditional(const Node& node, Frame& frame);
  Value with(const Node& node, Frame& frame);
  Value set_literal(const Node& node, Frame& frame);
  Value vector_literal(const Node& node, Frame& frame);
  Value matrix_literal(const Node& node, Frame& frame);
  Value lambda(const Node& node, Frame& frame);
  Value join(const Node& node, Value a, const Type& type);
  Type common(const Node& node, const Type& a, const Type& b);

  // operators.cpp
  Value arithmetic(const Node& node, evaluate::Operation operation, Value a, Value b);
  Value scalar_operation(const Node& node, evaluate::Operation operation, Value a, Value b);
  Value entrywise(const Node& node, evaluate::Operation operation, Value a, Value b);
  Value product(const Node& node, Value a, Value b);
  Value power(const Node& node, Value a, Value b);
  Value divide(const Node& node, Value a, Value b);
  Value negated(const Node& node, Value a);
  Value comparison(const Node& node, Frame& frame);
  Value compare(const Node& node, notation::Relation relation, const Value& a, const Value& b);
  Value membership(const Node& node, const Value& a, const Value& b);
  Value to_number(const Node& node, Value a);
  Value to_integer(const Node& node, Value a);
  Value logical(const Node& node, Frame& frame);
  Value mapped(const Node& node, const Value& a, const std::function<Value(Value)>& function);

  // indices.cpp
  Value index(const Node& node, Frame& frame);
  Value field(const Node& node, Frame& frame);
  Value stored(const Node& node, const files::FileValue& value, const std::string& name);
  Value tensor(const Node& node, const files::TensorPtr& tensor, const std::string& name);

  // binders.cpp
  /// The variables of a binder, in scope until `leave`.
  struct Generators {
    std::vector<Value> domains;
    std::vector<std::string> names;
    Text filter;          ///< of type bool; empty: none
    Text filter_defined;  ///< likewise
    double points = 1;
    bool filter_uncertain = false;
    double filter_cost = 0;
  };
  Generators enter(const Node& node, Frame& frame);
  void leave(const Generators& generators);
  Text domain_of(const Generators& generators, std::size_t i) const;
  Text all_defined(const Generators& generators, const Text& body) const;
  Value binder(const Node& node, Frame& frame);
  Value set_builder(const Node& node, Frame& frame);
  Value quantified(const Node& node, const Generators& generators, const Value& body);
  Value summed(const Node& node, const Generators& generators, Value body);
  Value extreme(const Node& node, const Generators& generators, Value body);
  Value array(const Node& node, const Generators& generators, Value body);
  /// The list of `item` over all assignments.
  Text listed(const Generators& generators, const Text& item) const;
  static Value variable_in(const Value& domain, const std::string& name);

  // calls.cpp
  Value call(const Node& node, Frame& frame);
  Value apply(const Node& node, const Value& function, std::vector<Value> arguments);
  Value apply_unit(const Node& node, const evaluate::Unit& unit, std::vector<Value> arguments,
                   const std::map<evaluate::Slot, Value>& captured);
  Value in_place(const Node& node, const evaluate::Definition& definition, const std::vector<Value>& arguments);
  Value instance(const Node& node, const evaluate::Definition& definition, const std::vector<Value>& arguments);
  Value builtin(const Node& node, evaluate::Builtin builtin, std::vector<Value> arguments);
  Value builtin_of_sets(const Node& node, evaluate::Builtin builtin, const std::vector<Value>& arguments);
  Value builtin_of_scalar(const Node& node, evaluate::Builtin builtin, Value x);
  Value builtin_of_integers(const Node& node, evaluate::Builtin builtin, std::vector<Value> arguments);
  Value reduction(const Node& node, evaluate::Builtin builtin, Value x);
  Value extremum(const Node& node, bool largest, std::vector<Value> arguments);
  Value position(const Node& node, bool largest, Value x);
  Value constructed(const Node& node, evaluate::Builtin builtin, const std::vector<Value>& arguments);

  // statement.cpp
  Formula conjunction(const Node& node, Frame& frame);
  Formula quantifier(const Node& node, Frame& frame);
  Formula relation(const Node& node, notation::Relation relation, const Value& a, const Value& b);
  Formula relations(const Node& node, Frame& frame);
  Formula plain_relations(const Node& node, Frame& frame);
  Formula leaf(const Value& value);
  Formula bound(const Node& node, Frame& frame);
  std::string proposition(const Node& node, Frame& frame);
  static Formula guarded(const Text& defined, Formula formula);

  // characterized.cpp
  /// A rank, inertia or kernel that stands in a comparison at the top, or is named by a `with` there: variables of
  /// which the statement says that they are it.
  struct Characterized {
    evaluate::Builtin what = evaluate::Builtin::rank;
    std::vector<std::string> names;
    Value matrix;
  };
  [[nodiscard]] static bool is_characterized(evaluate::Builtin builtin) noexcept;
  Value characterized(const Node& node, evaluate::Builtin what, Value matrix);
  Value as_matrix(const Node& node, Value value);
  void begin_comparison();
  std::vector<Characterized> end_comparison();
  static Formula with_characterized(const std::vector<Characterized>& met, Formula formula);

  // support (translate.cpp)
  [[noreturn]] static void refuse(const Node& node, const std::string& reason);
  std::string fresh(const std::string& name);
  /// Lets the proofs that follow use the lemma.
  void announce(const std::string& lemma, std::size_t arguments);
  [[nodiscard]] bool is_simple(const Value& value) const;
  Value let_in(const std::vector<std::pair<std::string, Value>>& bound, Value body) const;
  [[nodiscard]] Text lambda_text(const std::string& name, const Type& type, const Text& body) const;

  const evaluate::Program& program_;
  evaluate::DataSource& data_;
  Method method_;
  std::string definitions_;
  double shared_cost_ = 0;
  std::map<std::string, Value> instances_;
  std::map<std::string, std::string> instance_names_;
  std::map<std::string, Text> shared_;  ///< their names, by what they are
  std::set<std::string> global_names_;
  std::vector<std::string> scope_;
  std::set<const evaluate::Definition*> in_progress_;
  std::map<const void*, Value> tensors_;
  std::string lemmas_;
  /// The ranks, inertias and kernels met in the comparison at hand, and how many variables are in scope there.
  std::optional<std::vector<Characterized>> met_;
  std::size_t met_depth_ = 0;
  std::set<evaluate::Builtin> uses_;
};

/// "Z", "list R" (or "list bigQ" in the copy); in parentheses if it is made of several words and `inner`.
[[nodiscard]] std::string type_text(const Type& type, bool copy, bool inner = false);
/// How a copy of a term of this type is related to the term: "eq", "rn", "Forall2 rn", …
[[nodiscard]] std::string relation_of(const Type& type);
/// Both conditions; empty ones hold.
[[nodiscard]] Text both(const Text& a, const Text& b);
/// The condition b where a holds, and true elsewhere.
[[nodiscard]] Text where(const Text& a, const Text& b);
/// "not a".
[[nodiscard]] Text negation_of(const Text& a);
/// "a or b", "a iff b".
[[nodiscard]] Text either(const Text& a, const Text& b);
[[nodiscard]] Text equivalence(const Text& a, const Text& b);
/// The function, from elements to truth values, is true of all elements (of some element) of the list.
[[nodiscard]] Text all_of(const Text& function, const Text& list, double length);
[[nodiscard]] Text some_of(const Text& function, const Text& list, double length);
/// `pattern` with `{}` replaced in order, for statement and copy.
[[nodiscard]] Text filled(const std::string& pattern, const std::vector<Text>& parts);
/// The same with another pattern for the copy.
[[nodiscard]] Text filled2(const std::string& real, const std::string& copy, const std::vector<Text>& parts);
/// The same with the scope %Z or %R, which the parts need not name again.
[[nodiscard]] Text in_scope(char scope, const std::string& pattern, std::vector<Text> parts);
/// "rank", "inertia" or "kernel": what a result that is characterized, not computed, is called in Coq.
[[nodiscard]] std::string name_of_characterized(evaluate::Builtin builtin);
/// The number of bits of a scalar, or of the entries of an array.
[[nodiscard]] Digits digits_of(const Value& value);
/// Widens what is estimated of an array's entries, so that it holds for `entry`, too.
void include(Estimates& of_entries, const Value& entry);
/// About how many steps of the virtual machine, of 0.1 microseconds, an operation on numbers with so many bits takes. A
/// product of integers, which are lists of bits, takes the square of their length.
[[nodiscard]] double operation_cost(Method method, const Type& type, const Digits& digits, bool is_product = false);
/// A number or integer that is written down.
[[nodiscard]] Value literal_value(const Rational& value);

}  // namespace assay::coq
