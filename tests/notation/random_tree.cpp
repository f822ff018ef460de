#include "random_tree.hpp"

#include <rapidcheck.h>

#include <array>
#include <utility>

#include "notation/words.hpp"

namespace assay::notation {

namespace {

/// A number in [low, high].
int pick(int low, int high) { return *rc::gen::inRange(low, high + 1); }

template <class Item, std::size_t n>
Item one_of(const std::array<Item, n>& items) {
  return items[static_cast<std::size_t>(pick(0, static_cast<int>(n) - 1))];
}

std::string random_name() {
  return one_of(
      std::array<std::string, 12>{"x", "k", "S", "f", "sum", "max", "record", "expect", "by", "W_in", "theta1", "e2"});
}

std::string random_text() { return one_of(std::array<std::string, 5>{"", "a b", "\"\\", "é\n\t#", "blocks.0.W"}); }

ExprPtr made(Node node) { return make_expr(std::move(node), {}); }

ExprPtr random_number() {
  static const std::array<std::pair<std::string, Rational>, 5> numbers = {
      std::pair{std::string("0"), Rational(0)}, std::pair{std::string("113"), Rational(113)},
      std::pair{std::string("0.5"), Rational(1, 2)}, std::pair{std::string("1e-3"), Rational(1, 1000)},
      std::pair{std::string(), Rational(5, 4)}};
  const auto& [spelling, value] = numbers[static_cast<std::size_t>(pick(0, 4))];
  return made(NumberLiteral{value, spelling});
}

/// Splits a budget of nodes over the children of one node.
class Children {
 public:
  explicit Children(int size) : size_(size) {}
  [[nodiscard]] ExprPtr next() const { return random_tree(size_); }
  [[nodiscard]] ExprPtr next_or_null() const { return pick(0, 1) == 0 ? nullptr : next(); }
  [[nodiscard]] std::vector<ExprPtr> list(int least, int most) const {
    std::vector<ExprPtr> all;
    for (int i = pick(least, most); i > 0; --i) all.push_back(next());
    return all;
  }
  [[nodiscard]] std::vector<Generator> generators(int least, int most) const {
    std::vector<Generator> all;
    for (int i = pick(least, most); i > 0; --i) all.push_back({random_name(), next(), {}});
    return all;
  }
  [[nodiscard]] std::vector<Binding> bindings(int least, int most) const {
    std::vector<Binding> all;
    for (int i = pick(least, most); i > 0; --i) all.push_back({"b" + std::to_string(i), next(), {}});
    return all;
  }

 private:
  int size_;
};

std::vector<std::string> random_parameters() {
  std::vector<std::string> names;
  for (int i = pick(1, 3); i > 0; --i) names.push_back("p" + std::to_string(i));
  return names;
}

ExprPtr random_comparison(const Children& children) {
  Comparison chain{{children.next()}, {}};
  for (int i = pick(1, 3); i > 0; --i) {
    chain.relations.push_back(static_cast<Relation>(pick(0, 7)));
    chain.operands.push_back(children.next());
  }
  return made(std::move(chain));
}

ExprPtr random_binder(const Children& children) {
  const auto kind = static_cast<BinderKind>(pick(0, 12));
  const bool is_matrix = kind == BinderKind::matrix;
  const bool is_single = kind == BinderKind::vector || kind == BinderKind::integral;
  Binder binder{kind, children.generators(is_matrix ? 2 : 1, is_matrix ? 2 : is_single ? 1 : 3), nullptr, nullptr};
  if (!is_matrix && kind != BinderKind::integral) binder.filter = children.next_or_null();
  binder.body = kind == BinderKind::count ? children.next_or_null() : children.next();
  return made(std::move(binder));
}

std::vector<Argument> random_arguments(const Children& children) {
  std::vector<Argument> arguments;
  for (const ExprPtr& value : children.list(0, 3)) arguments.push_back({"", value});
  for (const Binding& binding : children.bindings(0, 2)) arguments.push_back({binding.name, binding.value});
  return arguments;
}

ExprPtr random_index(const Children& children) {
  Index index{children.next(), {}};
  for (int i = pick(1, 3); i > 0; --i) index.items.push_back(children.next_or_null());
  return made(std::move(index));
}

ExprPtr random_matrix(const Children& children) {
  MatrixLiteral matrix;
  const int columns = pick(1, 2);
  for (int i = pick(1, 3); i > 0; --i) matrix.rows.push_back(children.list(columns, columns));
  return made(std::move(matrix));
}

ExprPtr random_expectation(const Children& children) {
  Expectation expectation;
  for (int i = pick(1, 2); i > 0; --i) expectation.variables.push_back({random_parameters(), children.next(), {}});
  expectation.body = children.next();
  return made(std::move(expectation));
}

ExprPtr random_leaf() {
  switch (pick(0, 5)) {
    case 0: return random_number();
    case 1: return made(TruthLiteral{pick(0, 1) == 0});
    case 2: return made(TextLiteral{random_text()});
    default: return made(Name{random_name()});
  }
}

ExprPtr random_inner_node(const Children& children) {
  switch (pick(0, 19)) {
    case 0: return made(Unary{static_cast<UnaryOp>(pick(0, 2)), children.next()});
    case 1:
    case 2:
    case 3: return made(Binary{static_cast<BinaryOp>(pick(0, 13)), children.next(), children.next()});
    case 4: return random_comparison(children);
    case 5: return made(Conditional{children.next(), children.next(), children.next()});
    case 6: return made(With{children.bindings(1, 3), children.next()});
    case 7:
    case 8: return random_binder(children);
    case 9: return made(SetBuilder{children.next(), children.generators(1, 2), children.next_or_null()});
    case 10: return made(SetLiteral{children.list(0, 3)});
    case 11: return made(Lambda{random_parameters(), children.next()});
    case 12: return made(Call{children.next(), random_arguments(children)});
    case 13: return made(RecordLiteral{children.bindings(0, 3)});
    case 14: return random_index(children);
    case 15: return made(Field{children.next(), one_of(std::array<std::string, 4>{"U", "in", "blocks.0", ""})});
    case 16: return made(Tuple{children.list(2, 3)});
    case 17: return made(VectorLiteral{children.list(0, 3)});
    case 18: return random_matrix(children);
    default:
      return pick(0, 1) == 0 ? random_expectation(children)
                             : made(DefiniteDescription{children.generators(1, 1).front(), children.next()});
  }
}

}  // namespace

ExprPtr random_tree(int size) { return size <= 1 ? random_leaf() : random_inner_node(Children(size / 2)); }

ExprPtr random_operators(int size) {
  if (size <= 1) return made(Name{one_of(std::array<std::string, 3>{"x", "y", "z"})});
  const int half = size / 2;
  switch (pick(0, 4)) {
    case 0: return made(Unary{static_cast<UnaryOp>(pick(0, 2)), random_operators(half)});
    case 1:
      return made(Comparison{{random_operators(half), random_operators(half)}, {static_cast<Relation>(pick(0, 7))}});
    default: return made(Binary{static_cast<BinaryOp>(pick(0, 13)), random_operators(half), random_operators(half)});
  }
}

namespace {

Claim random_claim(const Children& children) {
  Claim claim;
  claim.id = "A-1";
  claim.title = random_text();
  claim.formula = children.next();
  if (pick(0, 1) == 0) claim.method = Method{"ideal", random_arguments(children), {}};
  claim.expectation_written = pick(0, 1) == 0;
  if (claim.expectation_written) claim.expected = static_cast<Expected>(pick(0, 5));
  claim.source = random_text();
  return claim;
}

Table random_table(const Children& children) {
  Table table{"t-1", random_text(), children.generators(0, 2), nullptr, {}};
  if (!table.generators.empty()) table.filter = children.next_or_null();
  for (int i = pick(1, 2); i > 0; --i) {
    TableColumn column{random_text(), children.next(), {}};
    if (pick(0, 1) == 0) column.options.push_back({"digits", children.next()});
    table.columns.push_back(std::move(column));
  }
  return table;
}

Train random_train(const Children& children) {
  Train train{"t-1", {{"U", children.list(0, 3)}, {"V", children.list(1, 1)}}, {}};
  train.clauses.push_back({"minimize", children.list(1, 1), {}});
  for (const char* keyword : {"init", "optimizer", "schedule", "batch", "steps", "until"})
    if (pick(0, 4) == 0) train.clauses.push_back({keyword, children.list(1, 2), {}});
  return train;
}

}  // namespace

Statement random_statement(int size) {
  const Children children(size);
  switch (pick(0, 5)) {
    case 0: return {Let{"f", pick(0, 1) == 0 ? std::vector<std::string>{} : random_parameters(), children.next()}, {}};
    case 1: return {random_table(children), {}};
    case 2: return {random_train(children), {}};
    case 3: return {Plot{"p-1", random_text(), "bars", children.generators(1, 2), children.next()}, {}};
    case 4: return {Import{"a \"b\".md"}, {}};
    default: return {random_claim(children), {}};
  }
}

}  // namespace assay::notation
