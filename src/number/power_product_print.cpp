#include <initializer_list>
#include <string>
#include <string_view>

#include "number/power_product.hpp"
#include "number/rational.hpp"

namespace assay {

namespace {

[[nodiscard]] std::string joined(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

[[nodiscard]] bool is_sum(const std::string& text) { return text.find(' ') != std::string::npos; }

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

}  // namespace

void append_term(std::string& sum, const std::string& term) {
  if (sum.empty()) {
    sum = term;
  } else if (term.front() == '-') {
    sum += joined({" - ", std::string_view(term).substr(1)});
  } else {
    sum += joined({" + ", term});
  }
}

std::string product_text(const std::string& coefficient, const std::string& factors) {
  if (!factors.empty() && coefficient == "1") return factors;
  if (!factors.empty() && coefficient == "-1") return joined({"-", factors});
  const std::string number = is_sum(coefficient) ? joined({"(", coefficient, ")"}) : coefficient;
  return factors.empty() ? number : joined({number, "*", factors});
}

std::string to_string(const GaussianRational& x) {
  if (x.im == 0) return to_string(x.re);
  std::string text = x.re == 0 ? "" : to_string(x.re);
  append_term(text, product_text(to_string(x.im), "I"));
  return text;
}

std::string to_string(const PowerProduct& factor, const IndeterminateNames& name) {
  std::string text = text_of(factor.monomial, name);
  if (factor.exponent.is_zero()) return text;
  std::string exponent;
  for (const auto& [monomial, coefficient] : factor.exponent.entries()) {
    append_term(exponent, product_text(to_string(coefficient), text_of(monomial, name)));
  }
  return joined({text, text.empty() ? "" : "*", "exp(", exponent, ")"});
}

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

}  // namespace assay
