#pragma once
#include <functional>
#include <unordered_map>

#include "evaluate/elementwise.hpp"
#include "evaluate/sampled_binder.hpp"
#include "evaluate/session.hpp"
#include "graph/graph.hpp"
#include "linear/matrix.hpp"

/// The batched evaluator, written once over the arithmetics.
namespace assay::evaluate {

/// The values of a unit's slots during one call, and the lane space in which each was bound.
template <class A>
struct Activation {
  struct Entry {
    Value<A> value;
    LaneSpace* space = nullptr;
  };
  std::vector<Entry> slots;
  std::uint64_t serial = 0;  ///< unique among the activations of an evaluator
  std::uint64_t path = 0;    ///< identifies the chain of calls; the same in every arithmetic
};

template <class A>
class Reducer;
template <class A>
class GraphValues;
template <class A>
class RootFinder;
template <class A>
class RootCheck;
template <class A>
struct Root;

/// A function at a point as part of a graph: the numbers of its argument and its value.
struct TracedPoint {
  std::vector<graph::NodeId> variables;  ///< entries × 1 each, in the order of the argument's parts
  graph::NodeId value = 0;               ///< entries × 1; only if the status is ok
  Shape shape;                           ///< of the value
  Status status = Status::ok;
};

/// One arithmetic's view of a binder's generators while they are expanded.
struct Level {
  LaneSpace* space = nullptr;
  std::vector<std::uint32_t> position;  ///< lane → position of its element in the domain; empty: `uniform` everywhere
  std::uint32_t uniform = 0;
  [[nodiscard]] std::uint32_t at(std::size_t lane) const noexcept {
    return position.empty() ? uniform : position[lane];
  }
};

/// The expansion of one binder: its generators' values become lanes, block by block.
template <class A>
struct BinderWalk {
  const Node& node;
  LaneSpace& base;
  Activation<A>& act;
  Reducer<A>& reducer;
  std::vector<Level> levels;
  const OpenPoints* restriction = nullptr;
  Slice slice = {};  ///< of the first generator's set, or of the points of the restriction
  // While the binder is sampled:
  Assignments* survey = nullptr;       ///< count the assignments instead of evaluating them
  const DrawnPoints* drawn = nullptr;  ///< the points that are evaluated
  std::size_t first_point = 0;         ///< the point in the first lane of the present block
  bool without_filter = false;         ///< the filter is known to hold
  bool without_body = false;           ///< only the filter matters
};

/// Evaluates resolved expressions over blocks of lanes.
///
/// Every value it returns encloses (or, for an exact arithmetic, equals) what the expression denotes in each lane whose
/// status is `ok`; `undefined` lanes certainly meet a partial operation outside its domain; of `open` lanes nothing is
/// claimed. Truth lanes `true_` and `false_` are certain.
///
/// @throws InputError for shape mismatches that only show at evaluation, NotSupported, BudgetExceeded.
template <class A>
class Evaluator {
 public:
  Evaluator(A arithmetic, Session& session) : arithmetic_(std::move(arithmetic)), session_(session) {}
  Evaluator(const Evaluator&) = delete;
  Evaluator& operator=(const Evaluator&) = delete;

  /// The value of a closed expression (one lane).
  [[nodiscard]] Value<A> evaluate(const Unit& unit);
  /// The value of the function that a closed expression denotes, at these (uniform) arguments.
  [[nodiscard]] Value<A> apply(const Unit& unit, std::vector<Value<A>> arguments);
  /// The truth value of a closed formula.
  [[nodiscard]] Truth decide(const Unit& unit);
  /// Hands the instances of a binder, which is all of `unit`, to `reducer` with the values of its body: all instances,
  /// or those of the `points` given, which must satisfy its filter. A binder without generators has one instance.
  void visit(const Unit& unit, const OpenPoints* points, Reducer<A>& reducer);
  /// The assignments of a binder in the closed `formula`. Their status is not ok where this arithmetic cannot tell.
  [[nodiscard]] Assignments assignments(const Unit& formula, const SampledBinder& binder);
  /// The answers to a question at drawn points of a binder. An answer other than `open` is certain.
  [[nodiscard]] Answers ask(const Unit& formula, const SampledBinder& binder, const DrawnPoints& drawn,
                            const Question& question);
  /// The function's value at a point, whose numbers become variables of the graph. Only of a tracing evaluator.
  [[nodiscard]] TracedPoint trace_at(const FunctionValue<A>& f, const Value<A>& x, const Node& at);
  /// Looks for the solution of a closed description or `exists`, and keeps rationals near it in the session.
  [[nodiscard]] bool locate(const Node& node, bool wants_uniqueness);
  /// Relations between the equations of a closed description or `exists` that hold at random rational points.
  [[nodiscard]] std::vector<Relation> guess_relations(const Node& node);
  /// Those of the relations that hold for all values of the unknowns.
  [[nodiscard]] std::vector<Relation> proved_relations(const Node& node, std::vector<Relation> relations);
  /// The value of a definition that is no function.
  [[nodiscard]] Value<A> definition(const Node& name) { return global(name); }
  [[nodiscard]] const A& arithmetic() const noexcept { return arithmetic_; }
  [[nodiscard]] A& arithmetic() noexcept { return arithmetic_; }
  /// The value in words, for reports.
  [[nodiscard]] std::string text(const Value<A>& value, long digits = 15) const;

 private:
  using Act = Activation<A>;
  using Num = Numeric<A>;
  friend class Reducer<A>;
  friend class RootCheck<A>;
  friend class RootFinder<A>;

  // evaluator_core.hpp
  struct Placed {
    Value<A> value;
    LaneSpace* space;
  };
  Value<A> eval(const Node& node, LaneSpace& space, Act& act);
  Placed eval_placed(const Node& node, LaneSpace& space, Act& act);
  Placed eval_unmoved(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_here(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_operation(const Node& node, LaneSpace& space, Act& act);
  std::optional<Value<A>> eval_on_distinct(const Node& node, LaneSpace& space, Act& act);
  Value<A> pull(const Value<A>& value, const LaneSpace* from, LaneSpace& to);
  Value<A> local(const Node& node, LaneSpace& space, Act& act);
  Value<A> global(const Node& node);
  Value<A> number(const Rational& q);
  Value<A> eval_with(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_call(const Node& node, LaneSpace& space, Act& act);
  Value<A> call(const FunctionValue<A>& function, std::vector<Placed> arguments, LaneSpace& space, const Node& node,
                const Act& caller);
  Value<A> eval_lambda(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_record(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_field(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_vector(const Node& node, LaneSpace& space, Act& act);

  // evaluator_conditions.hpp
  Value<A> poison(std::vector<Status> statuses, const Shape& shape = {});
  static bool is_poison(const Value<A>& value);
  TruthLanes truth_of_value(const Value<A>& value, const SourceRange& where);
  Value<A> with_status(const Value<A>& value, const LaneStatus& extra);
  static Value<A> without_status(const Value<A>& value);
  Value<A> eval_conditional(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_logical(const Node& node, LaneSpace& space, Act& act);

  // evaluator_numbers.hpp
  Value<A> eval_binary(const Node& node, LaneSpace& space, Act& act);
  Value<A> binary(const Node& node, const Value<A>& left, const Value<A>& right);
  Value<A> computed(const Node& node, const Value<A>& left, const Value<A>& right);
  bool keeps_symmetry(Operation operation, const Num& x, const Num& y);
  Value<A> add(const Num& x, const Num& y, const SourceRange& where);
  Value<A> subtract(const Num& x, const Num& y, const SourceRange& where);
  Value<A> multiply_entrywise(const Num& x, const Num& y, const SourceRange& where);
  Value<A> multiply(const Num& x, const Num& y, const SourceRange& where);
  Value<A> divide(const Num& x, const Num& y, const SourceRange& where);
  Value<A> modulo(const Num& x, const Num& y, const SourceRange& where);
  Value<A> power(const Num& x, const Num& y, const SourceRange& where);
  Value<A> power_by_integers(const Num& x, const Num& n, const SourceRange& where);
  Value<A> matrix_product(const Num& x, const Num& y, const SourceRange& where);
  Value<A> negate(const Num& x);
  Value<A> transpose(const Num& x, const SourceRange& where);
  Value<A> narrowed(Value<A> value);
  const Num& numeric(const Value<A>& value, const SourceRange& where, const char* what);
  Value<A> sum_of_entries(const Num& x);
  Value<A> reduce_entries(const Node& node, const Num& x, Builtin builtin);
  Value<A> arg_extremum(const Num& x, bool largest, const SourceRange& where);
  Value<A> extremum_of(const std::vector<Value<A>>& values, bool largest, const SourceRange& where);

  // evaluator_index.hpp
  Value<A> eval_index(const Node& node, LaneSpace& space, Act& act);
  Value<A> index_positions(const Value<A>& item, const SourceRange& where);
  Value<A> index_tensor(const Num& base, const std::vector<std::optional<Value<A>>>& items, const SourceRange& where,
                        const std::vector<std::uint32_t>& lane_of = {});
  Value<A> index_set(const SetLanes<A>& set, const Value<A>& item, const SourceRange& where);

  // evaluator_functions.hpp
  Value<A> eval_builtin(const Node& node, Builtin builtin, LaneSpace& space, Act& act);
  Value<A> apply_builtin(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments, LaneSpace& space,
                         Act& act);
  Value<A> eval_iterate(const Node& node, LaneSpace& space, Act& act);

  // evaluator_derivatives.hpp
  Value<A> in_lane(const Value<A>& value, const LaneSpace* from, LaneSpace& space, std::size_t lane);
  FunctionValue<A> in_lane(const FunctionValue<A>& f, LaneSpace& space, std::size_t lane);
  Value<A> differentiate(const FunctionValue<A>& f, Builtin order, const Placed& argument, LaneSpace& space,
                         const Node& at);
  Value<A> derivative_at(const FunctionValue<A>& f, Builtin order, const Value<A>& x, const Node& at);
  Value<A> derivative_in_graph(const TracedPoint& point, Builtin order, const Node& at);
  Value<A> differentiated(graph::Graph& graph, GraphValues<A>& values, std::size_t seed_input, const TracedPoint& point,
                          Builtin order, const Node& at);
  Value<A> gradient_of(graph::Graph& graph, GraphValues<A>& values, const TracedPoint& point, Status status);
  struct LinearImages {
    std::vector<graph::NodeId> nodes;
    std::size_t directions = 0;
    std::size_t rows = 0;
    bool is_transposed = false;  ///< `nodes` are the rows of the matrix
  };
  LinearImages linear_images(graph::Graph& graph, GraphValues<A>& values, std::size_t seed_input,
                             const TracedPoint& point, Builtin order, Status& status);
  typename A::RealArray linear_map(const graph::Graph& graph, GraphValues<A>& values,
                                   const std::vector<graph::NodeId>& images, std::size_t seed_input,
                                   std::size_t directions, std::size_t rows, Status& status);
  Value<A> with_variables(const Value<A>& value, std::vector<graph::NodeId>& variables, const SourceRange& where);
  void check_differentiable(const TracedPoint& point, Builtin order, const SourceRange& where);
  void note_undefined(const Node& at, const std::string& reason);
  Value<A> apply_function(const FunctionValue<A>& f, std::vector<Placed> arguments, LaneSpace& space, const Node& node,
                          Act& act);
  Value<A> applied(const FunctionValue<A>& f, const Value<A>& x, const Node& at);
  Value<A> derivative_of(const Node& node, Builtin order, const Value<A>& function);

  // evaluator_relations.hpp
  const std::vector<Relation>& relations_of(const Node& node);
  std::pair<Value<A>, Value<A>> closed_system(const Node& node);
  Num as_column(const Num& x) const;
  Status coefficient(typename A::Real& out, const Relation& relation, std::size_t i,
                     const std::vector<typename A::Real>& t);

  // evaluator_descriptions.hpp
  /// A point that satisfies a condition, as far as this arithmetic can tell.
  struct Solution {
    Truth truth = Truth::unknown;  ///< true: `point` is one (the only one, if that was asked); false: there is none
    Value<A> point;
    bool is_candidate = false;  ///< a solution, if there is one that counts, lies in `numbers`
    std::vector<typename A::Real> numbers;
  };
  /// The functions of a System.
  struct Conditions {
    Value<A> equations;
    std::optional<Value<A>> rest;
    [[nodiscard]] bool are_uniform() const { return is_uniform(equations) && (!rest || is_uniform(*rest)); }
  };
  static constexpr long first_precision_for_rationals = 256;
  static constexpr long last_precision_for_rationals = 16384;
  Conditions conditions_of(const System& system, LaneSpace& space, Act& act);
  Solution solve_in_lane(const Node& node, const Conditions& conditions, const Domain<A>& box, bool wants_uniqueness,
                         LaneSpace& space, const Act& act, std::size_t lane);
  Truth satisfies(const FunctionValue<A>& equations, const FunctionValue<A>* rest, const Value<A>& point,
                  const Node& at);
  Solution solve(const Node& node, const std::string& name, const FunctionValue<A>& equations,
                 const FunctionValue<A>* rest, const Domain<A>& box, bool wants_uniqueness);
  bool is_solution(const Value<A>& flat, const Node& node, const FunctionValue<A>& equations,
                   const FunctionValue<A>* rest, const Domain<A>& box, Solution& out);
  Solution solve_exactly(const Node& node, const FunctionValue<A>& equations, const FunctionValue<A>* rest,
                         const Domain<A>& box, bool wants_uniqueness);
  Root<A> root_of(const Node& node, const std::string& name, const FunctionValue<A>& equations, const Domain<A>& box,
                  bool wants_uniqueness);
  Solution solve_enclosed(const Node& node, const Root<A>& root, const FunctionValue<A>* rest, const Domain<A>& box,
                          bool wants_uniqueness);
  std::string name_of_system(const Node& node, LaneSpace& space, const Act& act, std::size_t lane);
  Value<A> unknown_point(const Domain<A>& box, Status status, const SourceRange& where);
  Value<A> eval_description(const Node& node, LaneSpace& space, Act& act);
  std::vector<Truth> solvable(const Node& node, LaneSpace& space, Act& act);

  // evaluator_linear.hpp
  Value<A> linear_algebra(const Node& node, Builtin builtin, const Num& x);
  Value<A> no_answer(Builtin builtin, Status status, std::size_t rows, std::size_t cols);
  Value<A> of_matrix(const Node& node, Builtin builtin, const Num& x);
  template <class Matrices, class T>
  Value<A> of_matrix_in(const Matrices& matrices, const Node& node, Builtin builtin, const Matrix<T>& matrix,
                        bool is_symmetric, Form form);
  [[nodiscard]] std::optional<Matrix<Rational>> rational_matrix(const Num& x) const;
  [[nodiscard]] bool are_certainly_real(const Matrix<typename A::Real>& matrix, Form form) const;
  [[nodiscard]] bool is_all_rational(const Num& x) const;
  Truth is_symmetric(const Num& x, const Matrix<typename A::Real>& matrix);
  template <class T>
  Value<A> numbers(const std::vector<T>& entries, Shape shape, Form form = Form::real);
  Value<A> bounded(std::size_t low, std::size_t high);

  // evaluator_whole.hpp
  Value<A> eval_whole(const Node& node, Builtin builtin, LaneSpace& space, Act& act);
  std::optional<Value<A>> softmax(const Node& node, const Num& v);
  std::optional<Value<A>> gelu(const Num& x);
  Value<A> layernorm(const Node& node, LaneSpace& space, Act& act);
  Value<A> narrowed_by_slopes(const Num& box, const Num& eps, const Num& values, const Num& centre);
  Value<A> log_sum_exp(const Node& node, const Num& v);

  // evaluator_elementary.hpp
  Value<A> elementary(const Num& x, Elementary function);
  Value<A> unary_real(const Node& node, Builtin builtin, const Num& x);
  Value<A> floor_or_ceil(const Num& x, bool up);
  Value<A> sign(const Num& x);
  Value<A> roots_of_unity(const Num& n, const SourceRange& where);

  // evaluator_integers.hpp
  Value<A> integer_function(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments);

  // evaluator_tensors.hpp
  std::vector<std::size_t> extents(const std::vector<Value<A>>& arguments, std::size_t from, Status& status,
                                   const SourceRange& where);
  Value<A> constructor(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments);
  Value<A> concat(const std::vector<Value<A>>& parts, const SourceRange& where);
  Value<A> stack(const std::vector<Value<A>>& parts, bool horizontally, const SourceRange& where);

  // evaluator_stored.hpp
  Value<A> from_stored(const files::FileValue& stored, const SourceRange& where);
  Value<A> load(const Node& node, const std::vector<Value<A>>& arguments);

  // evaluator_sets.hpp
  Value<A> eval_range(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_set_literal(const Node& node, LaneSpace& space, Act& act);
  Value<A> set_function(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments);
  Value<A> size_of(const Value<A>& value, const SourceRange& where);
  FiniteSet<A> primes_in(const FiniteSet<A>& set, const SourceRange& where);
  FiniteSet<A> subsets_of(const FiniteSet<A>& set, std::optional<std::int64_t> size, const SourceRange& where);
  std::optional<FiniteSet<A>> make_set(std::vector<Value<A>> items, const SourceRange& where);
  Value<A> elements(const SetLanes<A>& set, const std::vector<std::uint32_t>& set_lane,
                    const std::vector<std::uint32_t>& position, const SourceRange& where);
  std::optional<Value<A>> elements_that_are_sets(const SetLanes<A>& set, const std::vector<std::uint32_t>& set_lane,
                                                 const std::vector<std::uint32_t>& position);
  Value<A> element(const FiniteSet<A>& set, std::size_t position);
  SetLanes<A> set_of(const Value<A>& value, const SourceRange& where);

  // evaluator_domains.hpp
  SetLanes<A> candidates(const Domain<A>& domain, std::size_t lanes, const SourceRange& where);
  Value<A> points_between(const Node& node, Builtin builtin, const std::vector<Value<A>>& arguments);
  Value<A> flattened(const Value<A>& value, const SourceRange& where);
  void collect_numbers(const Value<A>& value, std::vector<Value<A>>& parts, const SourceRange& where);
  Value<A> shaped_like(const Value<A>& like, const Num& flat, std::size_t& next, const SourceRange& where);
  Value<A> point_of_box(const Domain<A>& domain, const Num& numbers, const SourceRange& where);
  std::vector<Value<A>> points_of_box(const Domain<A>& domain, std::size_t lane, const SourceRange& where);
  Truth member_of_numbers(const Num& x, const std::string& name);
  Truth member(const Value<A>& x, std::size_t lane, const Value<A>& set, const SourceRange& where);
  Truth member_of_domain(const Value<A>& x, std::size_t lane, const Domain<A>& domain, const SourceRange& where);

  // evaluator_compare.hpp
  Value<A> eval_comparison(const Node& node, LaneSpace& space, Act& act);
  TruthLanes compare(const Value<A>& left, notation::Relation relation, const Value<A>& right, const SourceRange& where,
                     std::size_t lanes);
  TruthLanes compare_numbers(const Num& left, notation::Relation relation, const Num& right, const SourceRange& where);
  Relations relate(const Value<A>& left, std::size_t left_lane, const Value<A>& right, std::size_t right_lane);
  Truth equal(const Value<A>& left, std::size_t left_lane, const Value<A>& right, std::size_t right_lane);
  Truth compare_bounds(const Num& x, notation::Relation r, const Num& y, std::size_t lane);
  template <class T>
  Truth judge(const T& x, notation::Relation relation, const T& y);

  // evaluator_binders.hpp
  Value<A> eval_binder(const Node& node, LaneSpace& space, Act& act);
  Value<A> eval_instances(const Node& node, LaneSpace& space, Act& act);
  std::unique_ptr<Reducer<A>> reducer_for(const Node& node, LaneSpace& base, Act& act);
  using Walk = BinderWalk<A>;
  void walk(Walk& state, LaneSpace& space, bool one_lane_per_origin);
  void walk_serially(Walk& state, LaneSpace& space, const SetLanes<A>& set);
  void walk_slice(Walk& state, LaneSpace& space, const SetLanes<A>& set);
  void walk_grouped(Walk& state, LaneSpace& space, const SetLanes<A>& set);
  template <class PositionOf>
  void walk_points(Walk& state, std::size_t first, std::size_t last, PositionOf position_of);
  template <class PositionOf>
  void walk_block(Walk& state, std::size_t first, std::size_t lanes, PositionOf position_of);
  Value<A> elements_at(Walk& state, std::size_t g, LaneSpace& space, const std::vector<std::uint32_t>& position);
  bool split_domain(Walk& state, LaneSpace& space, bool one_lane_per_origin, const SplitLanes& request);
  void walk_symbolically(Walk& state, LaneSpace& space, const Domain<A>& domain);
  void leaf(Walk& state, LaneSpace& space);
  void leaf_body(Walk& state, LaneSpace& space);
  void split(Walk& state, LaneSpace& space);
  std::vector<std::uint32_t> origins(const LaneSpace& leaf, const LaneSpace& base) const;
  Positions trace(const Walk& state, const LaneSpace& leaf, std::size_t lane) const;
  void bind(Walk& state, Value<A> value, Level level);
  bool expand_chunk(Walk& state, LaneSpace& space, const SetLanes<A>& set, std::size_t first_lane,
                    std::size_t last_lane, std::size_t first_position, std::size_t last_position);
  bool expand(Walk& state, LaneSpace& space, const SetLanes<A>& set, std::vector<std::uint32_t> parent,
              std::vector<std::uint32_t> position);

  // evaluator_report.hpp
  Witness witness_at(const Walk& state, LaneSpace& leaf, std::size_t lane);
  void explain(const Node& node, LaneSpace& space, Act& act, Witness& witness);
  bool explain_undefined(const Node& node, LaneSpace& space, Act& act, Witness& witness);

  // evaluator_sample.hpp
  template <class Use>
  void at_binder(const Unit& formula, const SampledBinder& binder, Use use);
  template <class Use>
  void follow(const Node& node, const SampledBinder& binder, std::size_t step, LaneSpace& root, Act& act, Use& use);
  std::vector<Extent> extents_of(Walk& state, std::size_t g, LaneSpace& space);
  void survey(Walk& state, LaneSpace& space);
  std::vector<Extent> extents_of_subsets(Walk& state, const Node& node, LaneSpace& space);
  std::optional<std::vector<Extent>> extents_of_range(Walk& state, const Node& node, LaneSpace& space);
  Value<A> drawn_values(Walk& state, std::size_t g, LaneSpace& space, const std::vector<std::uint32_t>& index);
  Value<A> drawn_integers(Walk& state, const Node& node, LaneSpace& space, const std::vector<std::uint32_t>& index);
  std::size_t point_of(const Walk& state, const LaneSpace& leaf, std::size_t lane) const;
  Value<A> stand_in(const StandIn& what);

  // for the symbolic arithmetic (evaluator_symbolic.hpp)
  bool assume(const Node& condition, bool holds, LaneSpace& space, Act& act);
  Value<A> symbol_for(const Domain<A>& domain, const SourceRange& where);

  A arithmetic_;
  Session& session_;
  std::unordered_map<const Definition*, Value<A>> globals_;
  std::unordered_map<const Definition*, bool> in_progress_;
  std::unordered_map<const files::FileValue*, Value<A>> stored_;
  std::uint64_t next_serial_ = 1;
  std::size_t depth_ = 0;
  std::map<BinderKey, std::size_t> uses_;
  std::size_t symbols_ = 0;
};

}  // namespace assay::evaluate
