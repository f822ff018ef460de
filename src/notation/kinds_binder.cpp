#include "notation/kinds_check.hpp"
#include "notation/words.hpp"

/// Kinds of binders: quantifiers, sums, vectors, sets, expectations, definite descriptions.
namespace assay::notation {

namespace {

bool is_any(const KindPtr& kind) { return std::holds_alternative<AnyKind>(kind->form); }

bool is_quantifier(BinderKind kind) { return kind == BinderKind::forall || kind == BinderKind::exists; }

}  // namespace

KindChecker::Element KindChecker::element_of(const KindPtr& domain, const SourceRange& where) {
  if (const auto* set = std::get_if<SetKind>(&domain->form)) return {set->element, set->size};
  if (!is_any(domain)) {
    const std::optional<Shape> shape = shape_of(domain);
    const bool is_number = shape && shape->dimensions && shape->dimensions->empty();
    mismatch(where, "a variable ranges over a set, but this is " + describe(domain),
             is_number ? "The first n natural numbers are `0..n-1`."
             : shape   ? "Range over its indices, `k in 0..size(v)-1`; a set is written with braces, `{1, 2, 5}`."
                       : "A set is written with braces, `{1, 2, 5}`, or as a range, `0..n-1`.");
  }
  return {any_kind(), std::nullopt};
}

const Scope* KindChecker::bind_generators(const std::vector<Generator>& generators, const Scope* scope,
                                          std::vector<Element>& elements) {
  for (const Generator& generator : generators) {
    Element element = element_of(evaluate(generator.domain, scope), generator.domain->where);
    scope = bind(scope, generator.variable, element.kind);
    elements.push_back(std::move(element));
  }
  return scope;
}

KindPtr KindChecker::binder(const Binder& node, const Scope* scope, const SourceRange& where) {
  std::vector<Element> elements;
  const Scope* inner = bind_generators(node.generators, scope, elements);
  const std::string word(word_of(node.kind));
  bool filtered = false;
  if (node.filter) {
    const KindPtr filter = evaluate(node.filter, inner);
    require_truth(filter, node.filter->where, "the filter after `where`");
    const auto* truth = std::get_if<TruthKind>(&filter->form);
    filtered = truth == nullptr || truth->value != true;
    for (Element& element : elements) element.size = std::nullopt;
  }
  const KindReport::Branch branch(report_, filtered);
  const KindPtr body = node.body ? evaluate(node.body, inner) : truth_kind();
  if (is_quantifier(node.kind) || node.kind == BinderKind::count) {
    if (node.body) require_truth(body, node.body->where, "the body of " + code(word));
    return node.kind == BinderKind::count ? number_kind(NumberSort::integer) : truth_kind();
  }
  return binder_value(node, body, elements, where);
}

KindPtr KindChecker::binder_value(const Binder& node, const KindPtr& body, const std::vector<Element>& elements,
                                  const SourceRange& where) {
  if (node.kind == BinderKind::vector || node.kind == BinderKind::matrix) return collected(node, body, elements, where);
  const std::string word(word_of(node.kind));
  const std::optional<Shape> shape = operand(body, node.body->where, word);
  if (!shape) return any_kind();
  const bool additive = node.kind == BinderKind::sum || node.kind == BinderKind::prod ||
                        node.kind == BinderKind::mean || node.kind == BinderKind::integral;
  if (node.kind == BinderKind::prod && shape->dimensions && shape->dimensions->size() >= 2 && !may_be_number(*shape)) {
    mismatch(node.body->where, "a product over matrices could be entry by entry or of matrices, so it is neither",
             "Write the factors with `*`, or iterate(M -> …, identity(n), k).");
    return any_kind();
  }
  if (additive) {
    // The empty sum is the number 0, whatever the shape of its summands.
    NumberSort entries = shape->entries;
    if (node.kind == BinderKind::mean && entries == NumberSort::integer) entries = NumberSort::rational;
    if (node.kind == BinderKind::integral && entries < NumberSort::real) entries = NumberSort::real;
    return kind_of(Shape{shape->dimensions, entries});
  }
  const bool is_scalar = may_be_number(*shape);
  if (!is_scalar || shape->entries == NumberSort::complex) {
    mismatch(node.body->where, code(word) + " compares real numbers, but this is " + describe(body),
             is_scalar ? "Compare `abs(z)`, `re(z)` or `im(z)`." : "Compare a norm or an entry.");
    return any_kind();
  }
  if (node.kind == BinderKind::max || node.kind == BinderKind::min) return without_values(body);
  std::vector<KindPtr> points;
  for (const Element& element : elements) points.push_back(element.kind);
  return points.size() == 1 ? points[0] : tuple_kind(std::move(points));
}

KindPtr KindChecker::collected(const Binder& node, const KindPtr& body, const std::vector<Element>& elements,
                               const SourceRange& where) {
  const bool is_vector = node.kind == BinderKind::vector;
  const std::size_t needed = is_vector ? 1 : 2;
  if (elements.size() != needed) {
    report_.certain(where,
                    is_vector ? "`vector` takes one variable, but " + std::to_string(elements.size()) + " are given"
                              : "`matrix` takes two variables, but " + std::to_string(elements.size()) +
                                    (elements.size() == 1 ? " is given" : " are given"),
                    "Write `vector(i in S: e)` or `matrix(i in S, j in T: e)`.");
    return any_kind();
  }
  const std::optional<Shape> shape = shape_of(body);
  if (!shape || !may_be_number(*shape)) {
    mismatch(node.body->where,
             std::string("an entry of a ") + (is_vector ? "vector" : "matrix") + " must be a number, but this is " +
                 describe(body),
             shape && is_vector ? "A vector of vectors is a matrix: `matrix(i in S, j in T: e)`."
                                : "To count truth values write `if … then 1 else 0`.");
    return any_kind();
  }
  std::vector<Dimension> dimensions;
  for (const Element& element : elements) dimensions.push_back(element.size);
  return tensor_kind(std::move(dimensions), shape->entries);
}

KindPtr KindChecker::set_builder(const SetBuilder& node, const Scope* scope) {
  std::vector<Element> elements;
  const Scope* inner = bind_generators(node.generators, scope, elements);
  if (node.filter) require_truth(evaluate(node.filter, inner), node.filter->where, "the filter after `where`");
  const KindReport::Branch branch(report_, node.filter != nullptr);
  return set_kind(without_values(evaluate(node.body, inner)));
}

KindPtr KindChecker::distribution(const ExprPtr& expression, const Scope* scope) {
  check_vocabulary(expression, distributions(), "a distribution");
  const auto* use = std::get_if<notation::Call>(&expression->node);
  const auto* name = use != nullptr ? std::get_if<Name>(&use->callee->node) : nullptr;
  if (name == nullptr || find_word(distributions(), name->name) == nullptr || use->arguments.size() != 2)
    return any_kind();
  std::vector<Shape> shapes;
  for (const Argument& argument : use->arguments) {
    const std::optional<Shape> shape = operand(evaluate(argument.value, scope), argument.value->where, name->name);
    if (!shape) return any_kind();
    shapes.push_back(*shape);
  }
  const bool scalar = may_be_number(shapes[0]) && may_be_number(shapes[1]);
  if (scalar) {
    const bool known = shapes[0].dimensions || shapes[1].dimensions;
    return known ? number_kind(NumberSort::real) : numeric_kind(NumberSort::real);
  }
  const std::optional<Dimension> length = length_of(shapes[0]);
  const auto covariance = matrix_dimensions(shapes[1]);
  const bool fits = name->name == "normal" && length && covariance && !differ(*length, covariance->first) &&
                    !differ(*length, covariance->second) && !differ(covariance->first, covariance->second);
  if (fits) return tensor_kind({*length ? *length : covariance->first}, NumberSort::real);
  mismatch(expression->where,
           code(name->name) + " does not fit " + describe(kind_of(shapes[0])) + " and " + describe(kind_of(shapes[1])),
           name->name == "normal"
               ? "It takes a mean and a standard deviation, or a mean vector with n entries and an n×n "
                 "covariance matrix."
               : "It takes two numbers; independent variables are written `x ~ …, y ~ …`.");
  return any_kind();
}

const Scope* KindChecker::bind_random(const RandomVariable& variable, const Scope* scope) {
  const KindPtr kind = distribution(variable.distribution, scope);
  if (variable.names.size() == 1) return bind(scope, variable.names[0], kind);
  const std::optional<Shape> shape = shape_of(kind);
  const auto names = static_cast<std::int64_t>(variable.names.size());
  const std::optional<Dimension> length = shape ? length_of(*shape) : std::nullopt;
  if (!length || differ(*length, names))
    mismatch(variable.where,
             std::to_string(names) + " names stand for the entries of a random vector, but this is " + describe(kind),
             "Independent variables are written one by one: `x ~ …, y ~ …`.");
  for (const std::string& name : variable.names) scope = bind(scope, name, number_kind(NumberSort::real));
  return scope;
}

KindPtr KindChecker::expectation(const Expectation& node, const Scope* scope) {
  for (const RandomVariable& variable : node.variables) scope = bind_random(variable, scope);
  const KindPtr body = evaluate(node.body, scope);
  const std::optional<Shape> shape = operand(body, node.body->where, "expect");
  if (!shape) return any_kind();
  return kind_of(Shape{shape->dimensions, shape->entries < NumberSort::real ? NumberSort::real : shape->entries});
}

KindPtr KindChecker::definite_description(const DefiniteDescription& node, const Scope* scope) {
  const KindPtr domain = evaluate(node.generator.domain, scope);
  const Element element = element_of(domain, node.generator.domain->where);
  const auto* set = std::get_if<SetKind>(&domain->form);
  if (set != nullptr && set->finite)
    mismatch(node.generator.domain->where, "`the` looks in a box or a ball, but this is a finite set",
             "Write `the t in ball(center, r): P(t)` or `box(lo, hi)`.");
  const Scope* inner = bind(scope, node.generator.variable, element.kind);
  require_truth(evaluate(node.condition, inner), node.condition->where, "the condition of `the`");
  return element.kind;
}

}  // namespace assay::notation
