#include "notation/latex_names.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "notation/lexer.hpp"

namespace assay::notation {

namespace {

using namespace std::string_view_literals;

/// Greek letters that have a command of their own in LaTeX.
constexpr std::array greek = {"alpha"sv, "beta"sv,  "gamma"sv,   "delta"sv,  "epsilon"sv, "zeta"sv,   "eta"sv,
                              "theta"sv, "iota"sv,  "kappa"sv,   "lambda"sv, "mu"sv,      "nu"sv,     "xi"sv,
                              "pi"sv,    "rho"sv,   "sigma"sv,   "tau"sv,    "upsilon"sv, "phi"sv,    "chi"sv,
                              "psi"sv,   "omega"sv, "Gamma"sv,   "Delta"sv,  "Theta"sv,   "Lambda"sv, "Xi"sv,
                              "Pi"sv,    "Sigma"sv, "Upsilon"sv, "Phi"sv,    "Psi"sv,     "Omega"sv};

bool is_greek(std::string_view word) { return std::find(greek.begin(), greek.end(), word) != greek.end(); }

/// A base and its subscript: what follows the first underscore, or trailing digits.
struct Subscripted {
  std::string_view base;
  std::string_view subscript;
};

Subscripted split(std::string_view name) {
  const std::size_t underscore = name.find('_');
  const bool inside = underscore != std::string_view::npos && underscore > 0 && underscore + 1 < name.size();
  if (inside) {
    const std::string_view base = name.substr(0, underscore);
    const bool is_symbol = base.size() == 1 || is_greek(base);
    if (is_symbol && name.find('_', underscore + 1) == std::string_view::npos)
      return {base, name.substr(underscore + 1)};
    return {name, {}};
  }
  std::size_t end = name.size();
  while (end > 0 && is_digit(name[end - 1])) --end;
  const std::string_view base = name.substr(0, end);
  return base.size() == 1 || is_greek(base) ? Subscripted{base, name.substr(end)} : Subscripted{name, {}};
}

std::string upright(std::string_view command, std::string_view word) {
  return "\\" + std::string(command) + "{" + latex_escaped(word) + "}";
}

std::string set_name(std::string_view name, std::string_view command) {
  const auto [base, subscript] = split(name);
  std::string out = is_greek(base)                    ? "\\" + std::string(base)
                    : base.size() == 1 && base != "_" ? std::string(base)
                                                      : upright(command, base);
  if (subscript.empty()) return out;
  const bool is_plain = subscript.size() == 1 || std::all_of(subscript.begin(), subscript.end(), is_digit);
  return out + "_{" + (is_plain ? std::string(subscript) : set_name(subscript, "mathrm")) + "}";
}

}  // namespace

std::string latex_name(std::string_view name) { return set_name(name, "mathrm"); }
std::string latex_function_name(std::string_view name) { return set_name(name, "operatorname"); }

std::string_view latex_constant(std::string_view name) noexcept {
  static constexpr std::array constants = {std::pair{"N"sv, "\\mathbb{N}"sv}, std::pair{"Z"sv, "\\mathbb{Z}"sv},
                                           std::pair{"Q"sv, "\\mathbb{Q}"sv}, std::pair{"R"sv, "\\mathbb{R}"sv},
                                           std::pair{"C"sv, "\\mathbb{C}"sv}, std::pair{"I"sv, "\\mathrm{i}"sv}};
  for (const auto& [spelling, latex] : constants)
    if (spelling == name) return latex;
  return {};
}

std::string latex_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\textbackslash{}"; break;
      case '~': out += "\\textasciitilde{}"; break;
      case '^': out += "\\textasciicircum{}"; break;
      case '<': out += "\\textless{}"; break;
      case '>': out += "\\textgreater{}"; break;
      case '\n': out += ' '; break;
      case '_':
      case '#':
      case '$':
      case '%':
      case '&':
      case '{':
      case '}':
        out += '\\';
        out += c;
        break;
      default: out += c;
    }
  }
  return out;
}

std::string latex_number(std::string_view spelling) {
  const std::size_t e = std::min(spelling.find_first_of("eE"), spelling.size());
  std::string mantissa(spelling.substr(0, e));
  if (e == spelling.size()) return mantissa;
  std::string_view exponent = spelling.substr(e + 1);
  if (exponent[0] == '+') exponent.remove_prefix(1);
  const std::string power = "10^{" + std::string(exponent) + "}";
  return mantissa == "1" ? power : mantissa + " \\cdot " + power;
}

}  // namespace assay::notation
