#include <initializer_list>
#include <string>
#include <string_view>

#include "number/exponential_polynomial.hpp"
#include "number/rational.hpp"

namespace assay {

namespace {

[[nodiscard]] std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

[[nodiscard]] bool is_sum(const std::string& text) { return text.find(' ') != std::string::npos; }

/// Appends "+ term" or "- term" as the sign of `term` demands.
void append_term(std::string& sum, const std::string& term) {
  if (sum.empty()) {
    sum = term;
  } else if (term.front() == '-') {
    sum += joined({" - ", std::string_view(term).substr(1)});
  } else {
    sum += joined({" + ", term});
  }
}

/// "coefficient*factors" without trivial parts; `factors` may be empty.
[[nodiscard]] std::string product(const std::string& coefficient, const std::string& factors) {
  if (!factors.empty() && coefficient == "1") return factors;
  if (!factors.empty() && coefficient == "-1") return joined({"-", factors});
  const std::string number = is_sum(coefficient) ? joined({"(", coefficient, ")"}) : coefficient;
  return factors.empty() ? number : joined({number, "*", factors});
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
    if (degree.value < 0) text += joined({"^(", std::to_string(degree.value), ")"});
    if (degree.value > 1) text += joined({"^", std::to_string(degree.value)});
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
  return joined({text, text.empty() ? "" : "*", "exp(", exponent, ")"});
}

}  // namespace

std::string default_name(const Indeterminate& x) {
  const std::string number = std::to_string(x.index);
  switch (x.kind) {
    case Indeterminate::Kind::pi: return "pi";
    case Indeterminate::Kind::real: return joined({"x", number});
    case Indeterminate::Kind::complex: return joined({"z", number});
    case Indeterminate::Kind::conjugate: return joined({"conj(z", number, ")"});
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
