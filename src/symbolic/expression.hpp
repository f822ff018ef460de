#pragma once
#include <ginac/ginac.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "number/limits.hpp"
#include "number/rational.hpp"

/// GiNaC's expressions as scalars of the evaluator. This header is for the few files that work with GiNaC itself; its
/// headers take seconds to compile.
namespace assay::symbolic {

// Functions of real numbers that GiNaC does not have. Each knows its values at numbers and nothing else, so that no
// rewriting happens behind our back.
DECLARE_FUNCTION_1P(relu)            // max(x, 0)
DECLARE_FUNCTION_2P(larger)          // max(x, y)
DECLARE_FUNCTION_2P(smaller)         // min(x, y)
DECLARE_FUNCTION_1P(heaviside)       // 1 for x > 0, 0 for x < 0; no value at 0
DECLARE_FUNCTION_1P(slope_of_abs)    // 1 for x > 0, −1 for x < 0; no value at 0
DECLARE_FUNCTION_1P(sign_of)         // sign(x): 0 at 0
DECLARE_FUNCTION_1P(floor_of)        // floor(x)
DECLARE_FUNCTION_1P(error_function)  // erf(x)

/// An expression in symbols for real numbers, with the operations that the evaluator asks of a scalar. The default is
/// 0.
class Expression {
 public:
  Expression() = default;
  explicit Expression(GiNaC::ex value) : value_(std::move(value)) {}
  [[nodiscard]] static Expression from(const Rational& q);
  [[nodiscard]] static Expression i() { return Expression(GiNaC::I); }
  [[nodiscard]] const GiNaC::ex& value() const noexcept { return value_; }

  friend Expression operator+(const Expression& x, const Expression& y) { return Expression(x.value_ + y.value_); }
  friend Expression operator-(const Expression& x, const Expression& y) { return Expression(x.value_ - y.value_); }
  friend Expression operator*(const Expression& x, const Expression& y) { return Expression(x.value_ * y.value_); }
  friend Expression operator-(const Expression& x) { return Expression(-x.value_); }

 private:
  GiNaC::ex value_;
};

[[nodiscard]] inline Expression re(const Expression& z) { return Expression(z.value().real_part()); }
[[nodiscard]] inline Expression im(const Expression& z) { return Expression(z.value().imag_part()); }
[[nodiscard]] inline Expression conj(const Expression& z) { return Expression(z.value().conjugate()); }

/// GiNaC's numeric of that value.
[[nodiscard]] GiNaC::numeric to_numeric(const Rational& q);
/// The value, if it is a rational number and written as one.
[[nodiscard]] std::optional<Rational> rational_of(const GiNaC::ex& x);
[[nodiscard]] inline std::optional<Rational> rational_value(const Expression& x) { return rational_of(x.value()); }
/// Whether there are symbols in it.
[[nodiscard]] bool has_symbols(const GiNaC::ex& x);
/// −1, 0 or 1, if x is a constant whose sign 50 digits show (a guess: that it is 0 is found by algebra only).
[[nodiscard]] std::optional<int> guessed_sign(const GiNaC::ex& x);

/// x without a positive rational factor, multiplied out: what has the same sign.
[[nodiscard]] GiNaC::ex without_content(const GiNaC::ex& x);

/// What an evaluation met on its way.
struct Findings {
  std::vector<GiNaC::ex> kinks;  ///< derivatives were taken that have no value where one is 0
  std::optional<std::pair<GiNaC::ex, GiNaC::ex>> not_ordered;  ///< the first two whose order is not known
  std::string unsupported;                                     ///< the first operation without a closed form, in words
};

}  // namespace assay::symbolic
