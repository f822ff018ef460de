// LaTeX of the forms that bind variables.
#include <utility>

#include "notation/latex.hpp"
#include "notation/latex_names.hpp"
#include "notation/name_scope.hpp"

namespace assay::notation {

namespace {

const Binary* as_range(const ExprPtr& e) {
  const auto* binary = std::get_if<Binary>(&e->node);
  return binary && binary->op == BinaryOp::range ? binary : nullptr;
}

/// The arguments of `name(a, b)`, null for anything else.
const std::vector<Argument>* call_of(const ExprPtr& e, std::string_view name, std::size_t arity) {
  const auto* call = std::get_if<Call>(&e->node);
  if (!call || call->arguments.size() != arity) return nullptr;
  const auto* callee = std::get_if<Name>(&call->callee->node);
  return callee && callee->name == name ? &call->arguments : nullptr;
}

}  // namespace

std::string LatexPrinter::domain(const ExprPtr& set) { return print(set, Precedence::range); }

std::string LatexPrinter::generators(const std::vector<Generator>& all) {
  std::string out;
  for (const Generator& generator : all) {
    const std::string set = domain(generator.domain);  // before its variable is bound
    out += (out.empty() ? "" : ",\\, ") + latex_name(generator.variable) + " \\in " + set;
    bound_.push_back(generator.variable);
  }
  return out;
}

Latex LatexPrinter::operator()(const Binder& n) {
  switch (n.kind) {
    case BinderKind::forall:
    case BinderKind::exists: return quantifier(n);
    case BinderKind::sum: return big_operator(n, "\\sum");
    case BinderKind::prod: return big_operator(n, "\\prod");
    case BinderKind::max: return big_operator(n, "\\max");
    case BinderKind::min: return big_operator(n, "\\min");
    case BinderKind::argmax: return big_operator(n, "\\operatorname*{argmax}");
    case BinderKind::argmin: return big_operator(n, "\\operatorname*{argmin}");
    case BinderKind::mean: return big_operator(n, "\\operatorname*{mean}");
    case BinderKind::integral: return integral(n);
    case BinderKind::count:
    case BinderKind::vector:
    case BinderKind::matrix: return family(n);
  }
  return {"", Precedence::primary};
}

Latex LatexPrinter::quantifier(const Binder& n) {
  const NameScope scope(bound_);
  std::string out = (n.kind == BinderKind::forall ? "\\forall " : "\\exists ") + generators(n.generators);
  if (n.filter) out += " \\text{ with } " + print(n.filter, Precedence::iff);
  return {out + " :\\; " + print(n.body), Precedence::binder};
}

/// \sum_{k=a}^{b} for one range without filter, else \sum_{…} with everything below the sign.
Latex LatexPrinter::big_operator(const Binder& n, const std::string& symbol) {
  const NameScope scope(bound_);
  const Binary* range = n.generators.size() == 1 && !n.filter ? as_range(n.generators[0].domain) : nullptr;
  const bool has_limits = n.kind == BinderKind::sum || n.kind == BinderKind::prod;
  std::string out = symbol;
  if (range && has_limits) {
    const std::string last = print(range->right);
    out += "_{" + latex_name(n.generators[0].variable) + "=" + print(range->left) + "}^{" + last + "}";
    bound_.push_back(n.generators[0].variable);
  } else {
    const std::string below = generators(n.generators);
    out += n.filter ? "_{\\substack{" + below + " \\\\ " + print(n.filter) + "}}" : "_{" + below + "}";
  }
  return {out + " " + print(n.body, Precedence::product), Precedence::range};
}

Latex LatexPrinter::integral(const Binder& n) {
  const NameScope scope(bound_);
  const Generator& variable = n.generators.at(0);
  std::string out = "\\int";
  if (const auto* limits = call_of(variable.domain, "interval", 2))
    out += "_{" + print((*limits)[0].value) + "}^{" + print((*limits)[1].value) + "}";
  else
    out += "_{" + domain(variable.domain) + "}";
  bound_.push_back(variable.variable);
  return {out + " " + print(n.body, Precedence::product) + " \\, \\mathrm{d}" + latex_name(variable.variable),
          Precedence::range};
}

/// A vector or matrix as a family (e)_{i \in S}, `count` as the size of a set.
Latex LatexPrinter::family(const Binder& n) {
  const NameScope scope(bound_);
  std::string below = generators(n.generators);
  std::string condition = n.filter ? print(n.filter, Precedence::and_) : "";
  if (n.kind != BinderKind::count) {
    if (n.filter) below += " \\text{ with } " + condition;
    return {"\\left(" + print(n.body) + "\\right)_{" + below + "}", Precedence::primary};
  }
  if (n.body) condition += (n.filter ? " \\land " : "") + print(n.body, Precedence::and_);
  return {"\\#\\left\\{" + below + (condition.empty() ? "" : " : " + condition) + "\\right\\}", Precedence::primary};
}

Latex LatexPrinter::operator()(const With& n) {
  const NameScope scope(bound_);
  std::string out = "\\text{with } ";
  for (std::size_t i = 0; i < n.bindings.size(); ++i) {
    const std::string value = print(n.bindings[i].value, Precedence::iff);
    out += (i > 0 ? ",\\, " : "") + latex_name(n.bindings[i].name) + " = " + value;
    bound_.push_back(n.bindings[i].name);
  }
  return {out + " :\\; " + print(n.body), Precedence::binder};
}

Latex LatexPrinter::operator()(const SetBuilder& n) {
  const NameScope scope(bound_);
  const std::string below = generators(n.generators);
  const std::string condition = n.filter ? ",\\, " + print(n.filter, Precedence::iff) : "";
  return {"\\left\\{" + print(n.body) + " : " + below + condition + "\\right\\}", Precedence::primary};
}

Latex LatexPrinter::operator()(const Lambda& n) {
  const NameScope scope(bound_);
  const std::string names = parameters(n.parameters);
  return {names + " \\mapsto " + print(n.body), Precedence::function};
}

Latex LatexPrinter::operator()(const Expectation& n) {
  const NameScope scope(bound_);
  std::string below;
  for (const RandomVariable& variable : n.variables) {
    std::string distribution;
    if (const auto* normal = call_of(variable.distribution, "normal", 2))
      distribution = "\\mathcal{N}\\left(" + argument_list(*normal) + "\\right)";
    else if (const auto* uniform = call_of(variable.distribution, "uniform", 2))
      distribution = "\\mathcal{U}\\left(" + argument_list(*uniform) + "\\right)";
    else
      distribution = print(variable.distribution, Precedence::range);
    below += (below.empty() ? "" : ",\\, ") + parameters(variable.names) + " \\sim " + distribution;
  }
  return {"\\mathbb{E}_{" + below + "}\\left[" + print(n.body) + "\\right]", Precedence::primary};
}

Latex LatexPrinter::operator()(const DefiniteDescription& n) {
  const NameScope scope(bound_);
  std::string out = "\\text{the } " + generators({n.generator});
  return {out + " \\text{ with } " + print(n.condition), Precedence::binder};
}

}  // namespace assay::notation
