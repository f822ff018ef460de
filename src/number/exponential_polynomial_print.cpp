#include <vector>

#include "number/exponential_polynomial.hpp"
#include "number/rational.hpp"

namespace assay {

namespace {

[[nodiscard]] bool is_sum(const std::string& text) { return text.find(' ') != std::string::npos; }

/// Appends "+ term" or "- term" as the sign of `term` demands.
void append_term(std::string& sum, const std::string& term) {
  if (sum.empty()) {
    sum = term;
  } else if (term.front() == '-') {
    sum += " - " + term.substr(1);
  } else {
    sum += " + " + term;
  }
}

/// "coefficient*factors" without trivial parts; `factors` may be empty.
[[nodiscard]] std::string product(const std::string& coefficient, const std::string& factors) {
  if (factors.empty()) return is_sum(coefficient) ? "(" + coefficient + ")" : coefficient;
  if (coefficient == "1") return factors;
  if (coefficient == "-1") return "-" + factors;
  return (is_sum(coefficient) ? "(" + coefficient + ")" : coefficient) + "*" + factors;
}

[[nodiscard]] std::string text_of(const GaussianRational& c) {
  if (c.im == 0) return to_string(c.re);
  std::string text = c.re == 0 ? "" : to_string(c.re);
  append_term(text, product(to_string(c.im), "I"));
  return text;
}

[[nodiscard]] std::string text_of(const Cyclotomic& c) {
  const auto re = c.re().is_rational();
  const auto im = c.im().is_rational();
  return re && im ? text_of(GaussianRational{*re, *im}) : to_string(c);
}

[[nodiscard]] std::string text_of(const Monomial& monomial, const IndeterminateNames& name) {
  std::string text;
  for (const auto& [x, degree] : monomial.entries()) {
    if (!text.empty()) text += "*";
    text += name(x);
    if (degree.value < 0) text += "^(" + std::to_string(degree.value) + ")";
    if (degree.value > 1) text += "^" + std::to_string(degree.value);
  }
  return text;
}

[[nodiscard]] std::string text_of(const PowerProduct& factor, const IndeterminateNames& name) {
  std::string text = text_of(factor.monomial, name);
  if (factor.exponent.is_zero()) return text;
  std::string exponent;
  for (const auto& [monomial, coefficient] : factor.exponent.entries()) {
    append_term(exponent, product(text_of(coefficient), text_of(monomial, name)));
  }
  return text + (text.empty() ? "" : "*") + "exp(" + exponent + ")";
}

}  // namespace

std::string default_name(const Indeterminate& x) {
  switch (x.kind) {
    case Indeterminate::Kind::pi: return "pi";
    case Indeterminate::Kind::real: return "x" + std::to_string(x.index);
    case Indeterminate::Kind::complex: return "z" + std::to_string(x.index);
    case Indeterminate::Kind::conjugate: return "conj(z" + std::to_string(x.index) + ")";
  }
  return "?";
}

std::string ExponentialPolynomial::to_string(const IndeterminateNames& name) const {
  if (is_zero()) return "0";
  std::string text;
  for (auto term = terms_.rbegin(); term != terms_.rend(); ++term) {
    append_term(text, product(text_of(term->second), text_of(term->first, name)));
  }
  return text;
}

}  // namespace assay
