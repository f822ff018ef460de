#include <rapidcheck.h>
#include <catch2/catch.hpp>

#include <algorithm>

#include "random_tree.hpp"
#include "support.hpp"

using namespace assay;
using namespace assay::notation;

namespace {

std::string latex(const std::string& text) { return print_latex(*parse(text)); }

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t i = text.find(part); i != std::string::npos; i = text.find(part, i + part.size())) ++count;
  return count;
}

}  // namespace

TEST_CASE("names in LaTeX", "[notation][latex]") {
  CHECK(latex("pi") == "\\pi");
  CHECK(latex("x") == "x");
  CHECK(latex("w0") == "w_{0}");
  CHECK(latex("theta_hat") == "\\theta_{\\mathrm{hat}}");
  CHECK(latex("W_in") == "W_{\\mathrm{in}}");
  CHECK(latex("logits") == "\\mathrm{logits}");
  CHECK(latex("weight_decay") == "\\mathrm{weight\\_decay}");
  CHECK(latex("_") == "\\mathrm{\\_}");
  CHECK(latex("R^n") == "\\mathbb{R}^{n}");
  CHECK(latex("I") == "\\mathrm{i}");
}

TEST_CASE("a bound letter is a letter", "[notation][latex]") {
  CHECK(latex("forall N in 1..9: N > 0") == "\\forall N \\in \\left\\{1, \\dots, 9\\right\\} :\\; N > 0");
  CHECK(latex("I -> I") == "I \\mapsto I");
  CHECK(print_latex(*parse("I + R"), {"I"}) == "I + \\mathbb{R}");
  CHECK(latex("sqrt -> sqrt(2)") == "\\mathrm{sqrt} \\mapsto \\operatorname{sqrt}\\left(2\\right)");
}

TEST_CASE("operators in LaTeX", "[notation][latex]") {
  CHECK(latex("a/b + 1") == "\\frac{a}{b} + 1");
  CHECK(latex("-a*b/c + 1") == "-\\frac{a \\, b}{c} + 1");
  CHECK(latex("1 - -a/b") == "1 - \\left(-\\frac{a}{b}\\right)");
  CHECK(latex("x*(-(a + 1)/b)") == "x \\cdot \\left(-\\frac{a + 1}{b}\\right)");
  CHECK(latex("a*-b/c") == "\\frac{a \\cdot \\left(-b\\right)}{c}");
  CHECK(latex("(a/b)^2") == "\\left(\\frac{a}{b}\\right)^{2}");
  CHECK(latex("a*(b + c)") == "a \\cdot \\left(b + c\\right)");
  CHECK(latex("2*pi*r") == "2 \\, \\pi \\, r");
  CHECK(latex("2*3") == "2 \\cdot 3");
  CHECK(latex("a*-b") == "a \\cdot \\left(-b\\right)");
  CHECK(latex("-(a + b)") == "-\\left(a + b\\right)");
  CHECK(latex("-(a*b)") == "-\\left(a \\, b\\right)");
  CHECK(latex("a^(b + 1)") == "a^{b + 1}");
  CHECK(latex("(a^b)^c") == "\\left(a^{b}\\right)^{c}");
  CHECK(latex("A'") == "A^{\\mathsf{T}}");
  CHECK(latex("v .^ 2 .* u") == "v^{\\circ 2} \\odot u");
  CHECK(latex("a mod n") == "a \\bmod n");
  CHECK(latex("p and not (q or r) implies s") == "p \\land \\lnot \\left(q \\lor r\\right) \\Rightarrow s");
  CHECK(latex("p iff q") == "p \\Leftrightarrow q");
  CHECK(latex("0 <= x < 1") == "0 \\leq x < 1");
  CHECK(latex("x not in S != T") == "x \\notin S \\neq T");
  CHECK(latex("1e-10*x") == "10^{-10} \\, x");
}

TEST_CASE("binders in LaTeX", "[notation][latex]") {
  CHECK(latex("sum(k in 0..n-1: a(k))") == "\\sum_{k=0}^{n - 1} a\\left(k\\right)");
  CHECK(latex("sum(k in 0..n-1: a + k) + 1") == "\\left(\\sum_{k=0}^{n - 1} \\left(a + k\\right)\\right) + 1");
  CHECK(
      latex("prod(p in primes(2..n) where p > 2: p)") ==
      "\\prod_{\\substack{p \\in \\operatorname{primes}\\left(\\left\\{2, \\dots, n\\right\\}\\right) \\\\ p > 2}} p");
  CHECK(latex("max(k in S: k)") == "\\max_{k \\in S} k");
  CHECK(latex("argmax(k in S: k)") == "\\operatorname*{argmax}_{k \\in S} k");
  CHECK(latex("argmax(v)") == "\\operatorname{argmax}\\left(v\\right)");
  CHECK(latex("exists x in R where x > 0: x^2 == 2") ==
        "\\exists x \\in \\mathbb{R} \\text{ with } x > 0 :\\; x^{2} = 2");
  CHECK(latex("count(i in S where i > 0)") == "\\#\\left\\{i \\in S : i > 0\\right\\}");
  CHECK(latex("vector(i in S: i^2)") == "\\left(i^{2}\\right)_{i \\in S}");
  CHECK(latex("{k^2 for k in S where k > 1}") == "\\left\\{k^{2} : k \\in S,\\, k > 1\\right\\}");
  CHECK(latex("integral(x in interval(0, 1): x)") == "\\int_{0}^{1} x \\, \\mathrm{d}x");
  CHECK(latex("expect(x ~ normal(0, 1): x)") ==
        "\\mathbb{E}_{x \\sim \\mathcal{N}\\left(0, 1\\right)}\\left[x\\right]");
  CHECK(latex("the t in B: f(t) == 0") == "\\text{the } t \\in B \\text{ with } f\\left(t\\right) = 0");
  CHECK(latex("with x = 1: x") == "\\text{with } x = 1 :\\; x");
}

TEST_CASE("functions in LaTeX", "[notation][latex]") {
  CHECK(latex("omega(n)^k") == "\\left(\\omega_{n}\\right)^{k}");
  CHECK(latex("sqrt(1 - r^2)") == "\\sqrt{1 - r^{2}}");
  CHECK(latex("cos(x)") == "\\cos\\left(x\\right)");
  CHECK(latex("gelu(x)") == "\\operatorname{GELU}\\left(x\\right)");
  CHECK(latex("relu(x)") == "\\operatorname{relu}\\left(x\\right)");
  CHECK(latex("f(x)") == "f\\left(x\\right)");
  CHECK(latex("abs(x)") == "\\left|x\\right|");
  CHECK(latex("norm2(v)") == "\\left\\|v\\right\\|^{2}");
  CHECK(latex("binomial(n, k)") == "\\binom{n}{k}");
  CHECK(latex("factorial(n + 1)") == "\\left(n + 1\\right)!");
  CHECK(latex("inverse(A)") == "A^{-1}");
  CHECK(latex("interval(a, b)") == "\\left[a, b\\right]");
  CHECK(latex("adamw(lr = 0.1)") == "\\operatorname{adamw}\\left(\\mathrm{lr} = 0.1\\right)");
}

TEST_CASE("data in LaTeX", "[notation][latex]") {
  CHECK(latex("[1, 2]") == "\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}");
  CHECK(latex("[1, 2; 3, 4]") == "\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}");
  CHECK(latex("if p then a else if q then b else c") ==
        "\\begin{cases} a & \\text{if } p \\\\ b & \\text{if } q \\\\ c & \\text{otherwise} \\end{cases}");
  CHECK(latex("x1[i]") == "{x_{1}}_{i}");
  CHECK(latex("A[:, j]") == "A_{:, j}");
  CHECK(latex("w.U") == "w.U");
  CHECK(latex("{}") == "\\emptyset");
  CHECK(latex("\"50% of a_b\"") == "\\text{``50\\% of a\\_b''}");
}

TEST_CASE("a training in LaTeX", "[notation][latex]") {
  CHECK(print_latex(parse_as<Train>("train t\n  weights U: [2*p, 3], b: []\n  minimize w -> norm2(w.U)")) ==
        "\\operatorname*{arg\\,min}_{U \\in \\mathbb{R}^{2 \\, p \\times 3},\\, b \\in \\mathbb{R}}\\; "
        "\\left\\|w.U\\right\\|^{2}");
}

TEST_CASE("the LaTeX of any tree is balanced and has no double sub- or superscripts", "[notation][latex][property]") {
  CHECK(rc::check([] {
    const ExprPtr e = random_tree(*rc::gen::inRange(1, 60));
    const std::string text = print_latex(*e);
    RC_LOG() << text << "\n";
    RC_ASSERT(occurrences(text, "\\left") == occurrences(text, "\\right"));
    RC_ASSERT(occurrences(text, "\\begin{") == occurrences(text, "\\end{"));
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\\')
        ++i;  // \{ and \} are characters, and no command begins with a brace
      else
        depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
      RC_ASSERT(depth >= 0);
    }
    RC_ASSERT(depth == 0);
  }));
}
