// LaTeX of applications. Built-in functions that mathematics writes with a sign of their own get it.
#include <algorithm>
#include <array>
#include <utility>

#include "notation/latex.hpp"
#include "notation/latex_names.hpp"

namespace assay::notation {

namespace {

using namespace std::string_view_literals;
using Pair = std::pair<std::string_view, std::string_view>;

/// Functions that only change their name.
constexpr std::array renamed = {Pair{"sin", "\\sin"},
                                Pair{"cos", "\\cos"},
                                Pair{"tan", "\\tan"},
                                Pair{"asin", "\\arcsin"},
                                Pair{"acos", "\\arccos"},
                                Pair{"atan", "\\arctan"},
                                Pair{"sinh", "\\sinh"},
                                Pair{"cosh", "\\cosh"},
                                Pair{"tanh", "\\tanh"},
                                Pair{"exp", "\\exp"},
                                Pair{"log", "\\log"},
                                Pair{"max", "\\max"},
                                Pair{"min", "\\min"},
                                Pair{"gcd", "\\gcd"},
                                Pair{"det", "\\det"},
                                Pair{"gamma", "\\Gamma"},
                                Pair{"gelu", "\\operatorname{GELU}"},
                                Pair{"re", "\\operatorname{Re}"},
                                Pair{"im", "\\operatorname{Im}"},
                                Pair{"trace", "\\operatorname{tr}"},
                                Pair{"sign", "\\operatorname{sgn}"},
                                Pair{"kernel", "\\ker"}};

/// Functions of one argument that are written around it.
struct Fence {
  std::string_view name, open, close;
};
constexpr std::array fences = {Fence{"sqrt", "\\sqrt{", "}"},
                               Fence{"abs", "\\left|", "\\right|"},
                               Fence{"size", "\\left|", "\\right|"},
                               Fence{"floor", "\\left\\lfloor ", "\\right\\rfloor"},
                               Fence{"ceil", "\\left\\lceil ", "\\right\\rceil"},
                               Fence{"norm", "\\left\\|", "\\right\\|"},
                               Fence{"norm2", "\\left\\|", "\\right\\|^{2}"},
                               Fence{"conj", "\\overline{", "}"},
                               Fence{"omega", "\\omega_{", "}"},
                               Fence{"identity", "I_{", "}"}};

/// Functions of one argument that are written before it, without parentheses around a name.
constexpr std::array prefixes = {Pair{"grad", "\\nabla "}, Pair{"hessian", "\\nabla^{2} "}, Pair{"jacobian", "D"}};

}  // namespace

Latex LatexPrinter::operator()(const Call& n) {
  const auto* name = std::get_if<Name>(&n.callee->node);
  const bool built_in = name && !is_bound(name->name);
  if (built_in)
    if (std::optional<Latex> latex = special_call(name->name, n.arguments)) return *std::move(latex);
  std::string callee = name ? latex_function_name(name->name) : print(n.callee, Precedence::postfix);
  for (const auto& [spelling, latex] : renamed)
    if (built_in && name->name == spelling) callee = latex;
  return {callee + "\\left(" + argument_list(n.arguments) + "\\right)", Precedence::postfix};
}

std::optional<Latex> LatexPrinter::special_call(std::string_view name, const std::vector<Argument>& arguments) {
  const auto is_named = [](const Argument& argument) { return !argument.name.empty(); };
  if (std::any_of(arguments.begin(), arguments.end(), is_named)) return std::nullopt;
  if (arguments.size() == 1) return unary_call(name, arguments[0].value);
  if (arguments.size() == 2) return binary_call(name, arguments[0].value, arguments[1].value);
  return std::nullopt;
}

std::optional<Latex> LatexPrinter::unary_call(std::string_view name, const ExprPtr& argument) {
  for (const Fence& fence : fences)
    if (fence.name == name)
      return Latex{std::string(fence.open) + print(argument) + std::string(fence.close), Precedence::postfix};
  for (const auto& [spelling, sign] : prefixes)
    if (spelling == name) return Latex{std::string(sign) + print(argument, Precedence::primary), Precedence::postfix};
  if (name == "factorial") return Latex{print(argument, Precedence::primary) + "!", Precedence::postfix};
  if (name == "transpose") return (*this)(Unary{UnaryOp::transpose, argument});
  if (name == "inverse") return Latex{superscript_base(argument) + "^{-1}", Precedence::postfix};
  return std::nullopt;
}

std::optional<Latex> LatexPrinter::binary_call(std::string_view name, const ExprPtr& first, const ExprPtr& second) {
  const std::string pair = print(first) + ", " + print(second);
  if (name == "binomial") return Latex{"\\binom{" + print(first) + "}{" + print(second) + "}", Precedence::primary};
  if (name == "dot") return Latex{"\\left\\langle " + pair + "\\right\\rangle", Precedence::primary};
  if (name == "interval") return Latex{"\\left[" + pair + "\\right]", Precedence::primary};
  if (name == "outer")
    return Latex{print(first, Precedence::power) + " \\otimes " + print(second, Precedence::power),
                 Precedence::product};
  if (name == "diff")
    return Latex{"\\frac{\\partial}{\\partial " + print(second) + "} " + print(first, Precedence::power),
                 Precedence::product};
  return std::nullopt;
}

}  // namespace assay::notation
